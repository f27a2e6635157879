"""Rules about which way money goes: one file a rule, each named for what tells it."""
