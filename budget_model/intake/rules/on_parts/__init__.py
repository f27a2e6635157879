"""Rules about rows that are parted by year, phase or version: one rule, one file."""
