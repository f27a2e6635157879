"""Counting once: city shares, transfers, the two views, confidence and comparisons."""
