"""Readers of the field and ours over files whose totals are known: right, silently wrong, seconds.

    python -m benchmarks.league --python .venv-league/bin/python [FOLDER …] [--first N]

The worked example's own workbooks are always read. A FOLDER holds `controls.csv` (dir, file, unit,
control_total, …); several rows of a file are totals of which one is loaded.

Kindly to the others, strictly to ours. Another reader is right where any column of any table that it gives adds
up to a known total, in any unit; silently wrong where it gives figures and none does. Ours is right only where
what would be loaded by its best guesses is a known total; where it is not, it has asked, refused, said that
something does not agree, or is silently wrong.
"""
