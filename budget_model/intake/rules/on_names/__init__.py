"""Rules about which column names what each line is: one file a rule."""
