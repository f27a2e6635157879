"""Rules about which columns of amounts belong together, and which are alternatives: one rule, one file."""
