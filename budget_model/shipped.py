"""The tables that come with the product, as CSV in UTF-8 with a row of names."""

import csv
from pathlib import Path


def rows_of_table(file: Path) -> list[dict[str, str]]:
    """Each row of a table by the names of its columns, all as text; raises `OSError` where the file is not there."""
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
