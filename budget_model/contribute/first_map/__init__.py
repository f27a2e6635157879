"""The first map of an English place, made of national figures until its bodies send their own."""
