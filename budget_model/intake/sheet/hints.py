"""The words that hint at what something is: `data/intake/words/hints.csv`, by concept and language.

Each is a regular expression, looked for without regard to capitals. Words are hints and never proofs.
"""

import csv
from pathlib import Path
from typing import Final

HINTS: Final = Path(__file__).resolve().parents[3] / "data" / "intake" / "words" / "hints.csv"


def hint_patterns() -> dict[str, list[str]]:
    """The patterns of each concept, in the order of the file."""
    found: dict[str, list[str]] = {}
    with HINTS.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            found.setdefault(row["concept"], []).append(row["pattern"])
    return found
