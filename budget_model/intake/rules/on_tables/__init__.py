"""Rules about whole tables: one file a rule, each named for what it finds."""
