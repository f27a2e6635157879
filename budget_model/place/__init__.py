"""The place as data: its organisations, services, themes, shares, funding and populations, checked on load."""
