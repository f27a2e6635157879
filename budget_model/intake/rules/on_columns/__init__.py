"""Rules about columns: one file a rule, each named for what it finds."""
