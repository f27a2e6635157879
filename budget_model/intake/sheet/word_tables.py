"""The tables of words under `data/intake`, each word with its language, what it says and where it may stand."""

import csv
import re
from pathlib import Path

DATA = Path(__file__).parents[3] / "data" / "intake"


def table(name: str) -> list[dict[str, str]]:
    """The rows of one table of words, by its file's name."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def pattern(word: str, where: str = "word") -> str:
    """A regular expression of a word: by itself in a text, or as part of a compound ('Personalaufwand').

    A contract ('Vertrag') holds no yield ('Ertrag').

    >>> bool(re.search(pattern("ertrag", "part"), "zinsertrag")), bool(re.search(pattern("ertrag", "part"), "vertrag"))
    (True, False)
    """
    return rf"(?<!v){re.escape(word)}" if where == "part" else rf"\b{re.escape(word)}\b"


def normal(text: str) -> str:
    """A text's words alone, without marks, numbers and capitals.

    >>> normal("1 - Revenues"), normal("EIN/AUS"), normal("Dr."), normal("DataValue")
    ('revenues', 'ein aus', 'dr', 'data value')
    """
    return " ".join(re.findall(r"[^\W\d_]+", re.sub(r"(?<=[a-zß-ÿ])(?=[A-Z])", " ", text))).casefold()
