"""Rows under headings, exact: what stands behind a figure, and goes to a screen, a file or a slide."""

from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from budget_model.money import exact_pounds, pounds

LEAST_SHARE = Decimal("0.005")
"""A share below this is said to be under one per cent."""

Value = str | int | Decimal | None
"""What one cell of a table holds: words, a count, an amount, or nothing known."""


class Kind(StrEnum):
    """How the cells of a column are written."""

    WORDS = "words"
    POUNDS = "pounds"
    COUNT = "count"
    SHARE = "share"
    """A Decimal that is mostly between zero and one, said as a percentage."""
    NUMBER = "number"
    TIMES = "times"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table."""

    name: str
    kind: Kind = Kind.WORDS
    detail: bool = False
    """Whether it is for a screen and a file alone: paper has no room for it, and a pack does not follow it."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings. The last `totals` rows are sums of those above."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    totals: int = 0
    notes: tuple[str, ...] = ()
    """What a person who finds the table alone must know: year, basis, unit, coverage, source."""

    def table(self) -> "Table":
        """Itself: a table is a figure too."""
        return self

    def on_paper(self) -> "Table":
        """The table without the columns that paper has no room for."""
        kept = [place for place, column in enumerate(self.columns) if not column.detail]
        if len(kept) == len(self.columns):
            return self
        columns = tuple(self.columns[place] for place in kept)
        return replace(
            self, columns=columns, rows=tuple(tuple(row[place] for place in kept) for row in self.rows)
        )


def say_cell(value: Value, kind: Kind, *, short: bool = False) -> str:
    """One cell as paper says it, to the pound; nothing known is an empty cell, negatives in brackets.

    >>> say_cell(Decimal("-4210000"), Kind.POUNDS, short=True), say_cell(None, Kind.POUNDS)
    ('(£4.2m)', '')
    >>> say_cell(Decimal("-1250.50"), Kind.POUNDS)
    '(£1,250)'
    >>> [say_cell(Decimal("0.004"), kind) for kind in (Kind.SHARE, Kind.NUMBER, Kind.TIMES)]
    ['<1%', '0.004', '0.0×']
    >>> [say_cell(Decimal(share), Kind.SHARE) for share in ("-0.52", "-0.001", "0.5")]
    ['−52%', '0%', '50%']
    >>> say_cell(Decimal("4.00"), Kind.COUNT)
    '4'
    """
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return _say_amount(value, kind, short=short)
    return f"{value:,}" if kind is Kind.COUNT and isinstance(value, int) else str(value)


def _say_amount(value: Decimal, kind: Kind, *, short: bool) -> str:
    if kind is Kind.SHARE:
        percent = f"{value * 100:.0f}%".replace("-0%", "0%").replace("-", "−")
        return "<1%" if 0 < value < LEAST_SHARE else percent
    if kind is Kind.TIMES:
        return f"{value:.1f}×"
    if kind in (Kind.NUMBER, Kind.COUNT):
        return f"{value.normalize():,f}"
    if kind is not Kind.POUNDS:
        return str(value)
    if not short:
        return exact_pounds(value.quantize(Decimal(1))).replace(".00", "")
    return f"({pounds(abs(value))})" if value < 0 and pounds(value) != "£0" else pounds(value)
