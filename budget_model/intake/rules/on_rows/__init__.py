"""Rules about rows: one file a rule, each named for what it finds."""
