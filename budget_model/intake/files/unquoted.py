"""Amounts with commas between their thousands, in a file whose cells are parted by commas and not quoted.

`Roads,12,500` is a row of three cells under a header of two. Where every row that is too long becomes as long as
the header in just one way, its groups of three digits are put together. Where a row could be read in several
ways, a printed total decides; where none does, the rows stay as they are and the officer is told.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import islice, product
from typing import Final

from budget_model.intake.files.grid import CellValue
from budget_model.intake.files.reading_limits import count
from budget_model.problem import Location, Problem, Severity

Row = list[CellValue]
_FIRST: Final = re.compile(r"\s*[-(+–−]?\s?[£€$]?\s?[-+]?\d{1,3}")
_NEXT: Final = re.compile(r"\d{3}")
_NEXT_IN_LAKHS: Final = re.compile(r"\d{2}")
_LAST: Final = re.compile(r"\d{3}(?:\.\d+)?(?:\s?(?:-|CR|DR|cr|dr))?\)?\s*")
ROWS_TO_A_HEADER: Final = count("unquoted", "rows_to_a_header")
DIGITS_OF_A_GROUP: Final = count("unquoted", "digits_of_a_group")
MOST_WAYS: Final = count("unquoted", "most_ways")
ROWS_FOR_A_WIDTH: Final = count("unquoted", "rows_for_a_width")


def put_together(rows: list[Row], file: str) -> tuple[list[Row], tuple[Problem, ...], list[str]]:
    """The rows with their parted amounts made whole; what the officer should know about it."""
    width, header = _header(rows)
    long = [i for i in range(header + 1, len(rows)) if len(rows[i]) > width] if width else []
    body = sum(any(row) for row in rows[header + 1 :])
    if not long or len(long) * 2 < body:
        return rows, (), []
    ways = {i: list(islice(_ways(rows[i], width), MOST_WAYS)) for i in long}
    if not all(ways.values()):
        return rows, (), []
    unsure = [i for i in long if len(ways[i]) > 1]
    proved = _proved(rows, ways, unsure, header, width)
    if proved is None and unsure:
        return rows, (_doubt(rows, unsure[0], file),), []
    chosen = proved or {i: ways[i][0] for i in long}
    whole = [chosen.get(i, row) for i, row in enumerate(rows)]
    said = f"On {len(long):,} rows the thousands of amounts were parted by commas without quotation marks; they were put together."
    if proved is not None:
        return whole, (), [f"{said} The printed total agrees."]
    return whole, (_unproved(rows, long[0], file),), [said]


def _header(rows: Sequence[Row]) -> tuple[int, int]:
    """The width of the first row of words that names columns, and its place; (0, 0) where there is none."""
    for i, row in enumerate(rows[:ROWS_TO_A_HEADER]):
        filled = [cell for cell in row if cell]
        if (
            len(row) > 1
            and len(filled) == len(row)
            and not any(_FIRST.fullmatch(str(cell)) for cell in filled)
        ):
            below = Counter(len(row) for row in rows[i + 1 : i + 1 + ROWS_FOR_A_WIDTH] if any(row))
            return (len(row), i) if any(width > len(row) for width in below) else (0, 0)
    return 0, 0


def _ways(row: Row, width: int) -> Iterator[Row]:
    """Every way in which a row's groups of digits make amounts so that it has the width of the header; lakhs where thousands make none.

    >>> list(_ways(["Roads", "12", "500"], 2)), len(list(_ways(["A", "100", "200", "300"], 3)))
    ([['Roads', '12,500']], 2)
    >>> list(_ways(["Roads", "12", "34", "567"], 2)), list(_ways(["A", "5", "12", "500", "17", "600"], 4))
    ([['Roads', '12,34,567']], [['A', '5', '12,500', '17,600']])
    """
    by_thousands = list(islice(_ways_of(row, width, in_lakhs=False), MOST_WAYS))
    yield from by_thousands or _ways_of(row, width, in_lakhs=True)


def _ways_of(row: Row, width: int, *, in_lakhs: bool) -> Iterator[Row]:
    def go(at: int, made: Row) -> Iterator[Row]:
        left = len(row) - at
        if len(made) + left < width or len(made) > width:
            return
        if at == len(row):
            if len(made) == width:
                yield made
            return
        cell = row[at]
        yield from go(at + 1, [*made, cell])
        text = str(cell or "")
        if not _FIRST.fullmatch(text):
            return
        groups = _groups(row, at) if in_lakhs else _NEXT
        for end in range(at + 1, len(row)):
            group = str(row[end] or "")
            if _LAST.fullmatch(group):
                yield from go(
                    end + 1, [*made, ",".join([text, *(str(one) for one in row[at + 1 : end + 1])])]
                )
            if not groups.fullmatch(group):
                return

    yield from go(0, [])


def _groups(row: Row, at: int) -> re.Pattern[str]:
    """How many digits stand between the first of an amount and its last three: two where lakhs are counted."""
    first, following = str(row[at] or ""), str(row[at + 1] or "") if at + 1 < len(row) else ""
    in_lakhs = sum(ch.isdecimal() for ch in first) < DIGITS_OF_A_GROUP and _NEXT_IN_LAKHS.fullmatch(following)
    return _NEXT_IN_LAKHS if in_lakhs else _NEXT


def _amount(cell: CellValue) -> Decimal | None:
    text = re.sub(r"[,£€$\s]", "", str(cell or ""))
    negative = text.startswith(("(", "-")) or text.endswith("-")
    digits = text.strip("()-+")
    return (-1 if negative else 1) * Decimal(digits) if re.fullmatch(r"\d+(?:\.\d+)?", digits) else None


def _proved(
    rows: Sequence[Row], ways: dict[int, list[Row]], unsure: Sequence[int], header: int, width: int
) -> dict[int, Row] | None:
    """The reading in which the last row with figures is the sum of the others, in every column; None without one."""
    body = [i for i in range(header + 1, len(rows)) if any(rows[i])]
    if len(body) < 3:
        return None
    choices = [ways[i] for i in unsure]
    count = 1
    for some in choices:
        count *= len(some)
    if count > MOST_WAYS:
        return None
    fixed = {i: ways[i][0] for i in ways}
    agreeing = []
    for picked in product(*choices):
        reading = {**fixed, **dict(zip(unsure, picked, strict=True))}
        if _adds_up([reading.get(i, list(rows[i])) for i in body], width):
            agreeing.append(reading)
    return agreeing[0] if len(agreeing) == 1 else None


def _adds_up(body: Sequence[Row], width: int) -> bool:
    """Whether the last row is the sum of those above it, in some column and in none otherwise."""
    proved = False
    for j in range(width):
        figures = [_amount(row[j]) if j < len(row) else None for row in body]
        if figures[-1] is None or sum(figure is not None for figure in figures) < len(body) - 1:
            continue
        proved = sum((figure for figure in figures[:-1] if figure is not None), Decimal(0)) == figures[-1]
        if not proved:
            return False
    return proved


def _doubt(rows: Sequence[Row], row: int, file: str) -> Problem:
    shown = ",".join(str(cell or "") for cell in rows[row])[:80]
    return Problem(
        Location(file, row=row + 1),
        f"'{shown}' has more cells than the header; its thousands may be parted by commas, in more than one way.",
        "Save the file again with the amounts in quotation marks or without commas, and upload the new copy.",
        Severity.WARNING,
        "unquoted-thousands",
    )


def _unproved(rows: Sequence[Row], row: int, file: str) -> Problem:
    shown = ",".join(str(cell or "") for cell in rows[row])[:80]
    return Problem(
        Location(file, row=row + 1),
        f"'{shown}' has more cells than the header; its thousands were put together, and no printed total proves it.",
        "Compare the total with your own.",
        Severity.WARNING,
        "unquoted-thousands",
    )
