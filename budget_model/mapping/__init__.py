"""From a line as an organisation wrote it to a service of the common list, with a reason and a confidence."""
