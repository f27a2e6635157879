"""Tables as people see and hear them: figures, a certificate's chain, before and after, and a piece of a sheet."""

from collections.abc import Sequence
from dataclasses import dataclass

from pages.shared.components.render import draw
from pages.shared.components.words import Stamp

MOST_COLUMNS, MOST_IN_NAMES, MOST_UNBROKEN = 3, 36, 40
"""Columns, letters of their names, and letters that cannot be broken, for which a phone has room side by side."""


@dataclass(frozen=True, slots=True)
class Head:
    """A column's heading, and what its cells hold: that decides how they are set."""

    name: str
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell says; `below` where it is an amount below zero."""

    text: str
    below: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A step of a certificate: what it is, what it comes to, and what that is held against."""

    name: str
    says: str
    sums: tuple[str, str, str]
    apart: bool


@dataclass(frozen=True, slots=True)
class Difference:
    """One name before and after, the difference in pounds, and in per cent."""

    name: str
    before: str
    after: str
    difference: str
    change: str


@dataclass(frozen=True, slots=True)
class Differences:
    """What changes by one dimension: the largest differences, how many more there are, and all together."""

    title: str
    rows: tuple[Difference, ...]
    more: int
    total: Difference


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row of a sheet: its number, its cells, which of them hold numbers, and rows left out just before it."""

    number: int
    cells: tuple[str, ...]
    numeric: tuple[bool, ...]
    gap_from: int = 0
    """The first row that is left out before this one; zero for none."""


def figures_table(
    title: str,
    heads: Sequence[Head],
    rows: Sequence[Sequence[Cell]],
    *,
    has_total: bool = False,
    left_out: int = 0,
    wide_last: bool = False,
) -> None:
    """Rows under headings, money to the right; the last row apart where it is the total.

    `left_out` counts the rows that only the files hold; `wide_last` gives a last column of sentences room.
    """
    shown = {"heads": heads, "rows": rows, "has_total": has_total, "left_out": left_out}
    is_wide = _is_wide(heads, rows)
    draw("tables", "figures_table", title=title, wide_last=wide_last, is_wide=is_wide, **shown)


def _is_wide(heads: Sequence[Head], rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether a phone has no room for the columns side by side: there, each row becomes a card."""
    names = [head.name for head in heads]
    if len(names) > MOST_COLUMNS or sum(map(len, names)) > MOST_IN_NAMES:
        return True
    columns = ([row[place].text for row in rows] for place in range(len(heads)))
    narrowest = (_narrowest(head, column) for head, column in zip(heads, columns, strict=True))
    return sum(narrowest) > MOST_UNBROKEN


def _narrowest(head: Head, cells: Sequence[str]) -> int:
    """Letters of the longest piece of a column that is never broken: an amount whole, of words the longest.

    >>> _narrowest(Head("Account"), ["ann@example.org", "not known yet"]), _narrowest(Head("Amount", "money"), ["£1 250"])
    (15, 6)
    """
    is_words = head.kind.startswith("text")
    pieces = (piece for cell in (head.name, *cells) for piece in (cell.split() if is_words else (cell,)))
    return max(map(len, pieces), default=0)


def certificate(stamp: Stamp, sentence: str, links: Sequence[Link]) -> None:
    """From the cells to the total, step by step, with the verdict."""
    draw("tables", "certificate", stamp=stamp, sentence=sentence, links=links)


def before_and_after(*shown: Differences) -> None:
    """What changes, by one dimension beside another."""
    draw("tables", "before_and_after", shown=shown)


def piece_of_sheet(sheet: str, columns: Sequence[str], rows: Sequence[SheetRow], at: tuple[int, int]) -> None:
    """The cells around one of a sheet; `at` is its row and column among those shown."""
    draw("tables", "piece_of_sheet", sheet=sheet, columns=columns, rows=rows, at=at)
