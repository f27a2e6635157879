"""Rows of dots that lead the eye from a label to its amount: 'Education ........ 412,537'."""

import csv
import re
from typing import Final

from budget_model.intake.files.reading_limits import count, limit

FEWEST_LINES: Final = count("leaders", "fewest_lines")
LED: Final = limit("leaders", "led")
LINES_LOOKED_AT: Final = count("leaders", "lines_looked_at")

_DOTS: Final = r"(?:…|[._·•‥]{2,}|[._·]\s(?=[._·\s…]))"
_BEFORE: Final = re.compile(rf"^(?P<money>[£€$¥]?)\s*(?:{_DOTS}\s*)+(?=[^\d\s.…_]{{0,4}}\s?[\d(])")
_BEHIND: Final = re.compile(r"(?<=\d)\s*(?:…|[._·]{3,}|(?:\s[._·]){3,})\s*$")
_LINE: Final = re.compile(
    r"^[\"']?(?P<label>[^\s\"'.…_·].*?)\s*(?:…{2,}|[._·]{4,}|(?:[._·]\s){3,})[\s._·…]*"
    r"(?P<amount>[^\w\s.…]{0,2}\s?\(?[-−]?[^\W\d]{0,3}\s?\d[\d.,'’\s]*.{0,6}?)[\"']?[,;\t\s]*$"
)


def without_leaders(text: str) -> str:
    """A text without the dots or lines that lead to an amount, or follow it to the margin.

    >>> without_leaders("....... 412,537"), without_leaders("… 90"), without_leaders("£ .... 75"), without_leaders(".5")
    ('412,537', '90', '£75', '.5')
    """
    return _BEHIND.sub("", _BEFORE.sub(r"\g<money>", text))


def with_tabs_for_leaders(text: str) -> tuple[str, list[str]]:
    r"""A text file with a tab in place of its rows of dots, where most of its lines have one between label and amount.

    >>> with_tabs_for_leaders("Parks ........ 75,209\nRoads ..... 120,418\nArts ........ 900\n")[0].split("\n")[1]
    'Roads\t120,418'
    """
    lines = text.split("\n")
    sample = [line for line in lines[:LINES_LOOKED_AT] if line.strip()]
    led = sum(_LINE.match(line) is not None for line in sample)
    if led < FEWEST_LINES or led < LED * len(sample):
        return text, []
    return "\n".join(map(_parted, lines)), [
        "Rows of dots lead to the amounts; they were read as the ends of the cells."
    ]


def _parted(line: str) -> str:
    """A line with a tab where dots lead to its amount; a header of two cells with one between them."""
    if _LINE.match(line):
        return _LINE.sub(r"\g<label>\t\g<amount>", line)
    cells = next(csv.reader([line]), [])
    return "\t".join(cells) if len(cells) == 2 else line
