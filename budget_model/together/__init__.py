"""Where organisations spend on the same things, how far they could join it up, and under which power."""
