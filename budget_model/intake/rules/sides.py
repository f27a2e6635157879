"""Which lines of a table are income and which expenditure, and whether income is printed with a minus.

A column may say so, a heading above the lines, a net total that takes some lines off the others, or the
words of a line. What nothing says is expenditure.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from budget_model.intake.files.cells import CellKind, Cells, Numbers, present
from budget_model.intake.files.reading_limits import count, limit
from budget_model.intake.rules.direction_column import (
    FINANCING,
    FINANCING_IS_INCOME,
    NOT_SAID,
    SAID_BY_COLUMN,
    DirectionColumn,
)
from budget_model.intake.rules.rows import Rows
from budget_model.intake.rules.verdict import Total
from budget_model.intake.sheet import words
from budget_model.intake.sheet.answers import slug
from budget_model.intake.sheet.columns import Column, innermost
from budget_model.intake.sheet.reason import Because, Reason
from budget_model.intake.sheet.regions import Region
from budget_model.intake.sheet.roles import Role, RowRole
from budget_model.intake.sheet.side_words import Said, said_by_cell, said_by_heading
from budget_model.intake.sheet.stated import sides_stated
from budget_model.intake.sheet.table import EXPENDITURE_SIDE, INCOME_SIDE, UNKNOWN_SIDE

CODES_SAY: Final = limit("sides", "codes_say")
FEWEST_CODES: Final = count("sides", "fewest_codes")
LONGEST_SIDE: Final = count("sides", "longest_side")
COLUMNS_OF_PAYMENT: Final = count("sides", "columns_of_payment")
MOSTLY_NEGATIVE_LINE: Final = limit("sides", "mostly_negative_line")
COLUMNS_OF_RECORDS: Final = count("sides", "columns_of_records")
NEARLY_ALL_INCOME: Final = limit("sides", "nearly_all_income")
MOST_SIDES: Final = count("sides", "most_sides")
MOSTLY_NEGATIVE: Final = limit("sides", "mostly_negative")

_HEADING = re.compile(
    r"^\W*(?:[a-z]\W\s*)?(?:total |gross |less:? |other |operating )*(?P<income>income|revenues?|receipts|funding|financed by|funded by|met (?:by|from)|(?:sources of )?financing|(?:funding )?sources|sources of (?:funds?|funding|finance)|allocations?|resources available|ertr(?:ä|ae)ge|ingresos)"
    r"(?: (?:budget|sources?|and grants))?\W*$|^\W*(?:[a-z]\W\s*)?(?:total |gross |net |operating )*(?P<expenditure>expenditures?|spending|expenses|costs|payments|aufwendungen|gastos|uses of funds?)(?: budget)?\W*$",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Sides:
    """For each body row its side, and how it is known."""

    of_row: NDArray[np.uint8]
    negative: bool = False
    """Whether income is printed with a minus."""
    spending_negative: bool = False
    """Whether expenditure is printed with a minus, and income without one."""
    turned: frozenset[int] = frozenset()
    """Lines of income whose sign is the other way round from the rest: funding listed below fees with a minus."""
    of_column: dict[int, int] = field(default_factory=dict)
    negative_columns: frozenset[int] = frozenset()
    reason: Because | None = None
    unsure: str = ""
    """What was taken for granted about the sides, where nothing says it."""
    unsure_lines: tuple[int, ...] = ()
    """Lines that speak of income, which nothing in the table takes off the others."""
    unsure_total: int | None = None
    """The net total, by its body row, of which it was."""
    unsure_columns: frozenset[int] = frozenset()
    """Columns taken for income only because they are taken off others."""


TAKEN_OFF, TAKEN_FROM = "those that are taken off", "those that they are taken off"
"""Which lines of a net total the officer may say are income."""


def find_sides(
    cells: Cells,
    region: Region,
    columns: Sequence[Column],
    rows: Rows,
    relations: Sequence[tuple[int, tuple[int, ...], tuple[int, ...]]],
    told: Mapping[str, str] | None = None,
    directions: DirectionColumn | None = None,
) -> Sides:
    """Decide the side of every row, and of every column that has one of its own.

    `told` is what the officer says of net totals, by their labels.
    """
    sides = Sides(np.zeros(len(rows.roles), np.uint8))
    _by_columns(cells, region, columns, relations, sides)
    sides.of_column.update(sides_stated(cells.sheet))
    told_of = {c.index: c.side for c in columns if c.role is Role.AMOUNT}
    if INCOME_SIDE in told_of.values():
        sides.of_column.update({index: side or EXPENDITURE_SIDE for index, side in told_of.items()})
    sides.of_column.update({index: side for index, side in told_of.items() if side})
    if directions is not None and (told or {}).get(SAID_BY_COLUMN) != NOT_SAID:
        _by_direction_column(directions, told or {}, sides)
    elif not _by_a_column_of_words(cells, region, columns, sides) and not _by_codes(
        cells, region, columns, sides
    ):
        _by_the_table(cells, region, columns, rows, sides)
        _by_headings(cells, region, rows, sides)
        _by_marks(rows, sides)
        _by_net_totals(rows, sides, told or {})
        _by_signs(cells, columns, rows, sides)
        _by_words_alone(cells, region, columns, rows, sides, told or {})
    _costs_with_a_minus(cells, columns, rows, sides)
    _sign_convention(cells, columns, rows, sides)
    sides.negative_columns -= _added_with_their_minus(cells, rows, relations, sides)
    _signs_by_block(cells, columns, rows, sides)
    return sides


def side_of(text: str) -> int:
    """The side that words name, if they name only one.

    >>> side_of("Fees and charges income"), side_of("Running expenses"), side_of("Net revenue expenditure")
    (2, 1, 1)
    """
    income, expenditure = bool(words.INCOME.search(text)), bool(words.EXPENDITURE.search(text))
    if income == expenditure:
        return UNKNOWN_SIDE
    return INCOME_SIDE if income else EXPENDITURE_SIDE


def _beside_capital(columns: Sequence[Column], by_header: Mapping[int, int]) -> bool:
    """Whether a column is of capital and no other says expenditure: then revenue is what is spent on the day."""
    amounts = [c for c in columns if c.role in (Role.AMOUNT, Role.TOTAL)]
    capital = {c.index for c in amounts if _CAPITAL.search(innermost(c.parts))}
    others = (by_header[c.index] for c in amounts if c.index not in capital)
    return bool(capital) and EXPENDITURE_SIDE not in others


def _by_columns(
    cells: Cells,
    region: Region,
    columns: Sequence[Column],
    relations: Sequence[tuple[int, tuple[int, ...], tuple[int, ...]]],
    sides: Sides,
) -> None:
    """Columns headed income beside columns headed expenditure."""
    amounts = [c for c in columns if c.role is Role.AMOUNT]
    by_header = {c.index: _side_of_column(c) for c in columns}
    if _beside_capital(columns, by_header):
        by_header |= {
            c.index: UNKNOWN_SIDE for c in columns if _REVENUE.fullmatch(innermost(c.parts).strip())
        }
    for index, side in by_header.items():
        # further down the same column may be headed for the other side
        below = [text for row in region.repeats if (text := cells.text(row, index))]
        if side and any(side_of(text) != side for text in below):
            by_header[index] = UNKNOWN_SIDE
    named = {c.index: by_header[c.index] for c in amounts}
    if set(named.values()) >= {INCOME_SIDE, EXPENDITURE_SIDE}:
        sides.of_column = {index: side for index, side in named.items() if side}
        sides.reason = Reason.HEADERS_NAME_SIDES.of()
    by_index = {c.index: c for c in columns}
    for whole, plus, minus in relations:
        said = {index: by_header[index] for index in (*plus, *minus)}
        if words.DIFFERENCE.search(by_index[whole].name) and not any(said.values()):
            continue  # a change between two years or phases parts nothing into income and expenditure
        if not minus and (side := _side_of_all(by_index[whole], by_header[whole], said)):
            sides.of_column.update(dict.fromkeys(plus, side))
            continue
        if not minus and _all_of_one_side(cells, region, said):
            named_sides = {side for side in said.values() if side}
            side = named_sides.pop() if len(named_sides) == 1 else by_header[whole]
            sides.of_column.update(dict.fromkeys(said, side))
            continue
        for index in (*plus, *minus):
            if by_index[index].role is not Role.AMOUNT:
                continue
            if (index in minus and said[index] != EXPENDITURE_SIDE) or said[index] == INCOME_SIDE:
                sides.of_column[index] = INCOME_SIDE
                if not said[index] and not _speaks_of_sides(by_index[whole], by_index[index]):
                    sides.unsure_columns |= {index}
    if INCOME_SIDE in sides.of_column.values() and not sides.reason:
        sides.reason = Reason.COLUMN_TAKEN_OFF.of()


def _speaks_of_sides(whole: Column, part: Column) -> bool:
    """Whether a difference is called net, or what is taken off is called as income is."""
    return bool(words.NET.search(whole.name) or words.INCOME_WITH_A_MINUS.search(part.name))


def _side_of_all(whole: Column, own: int, said: dict[int, int]) -> int:
    """The side of a total across that names one, as 'Gross income' does for grants and for fees and charges."""
    side = UNKNOWN_SIDE if words.NET.search(whole.name) else own
    return side if all(one in (side, UNKNOWN_SIDE) for one in said.values()) else UNKNOWN_SIDE


def _all_of_one_side(cells: Cells, region: Region, said: dict[int, int]) -> bool:
    """Whether columns that add up across, some of them called income, are all of it: none carries a minus.

    'High needs funding' and 'Bursary' that make up a total are not income and expenditure.
    """
    income = [index for index, side in said.items() if side == INCOME_SIDE]
    rows = slice(region.body.start, region.body.stop)
    return bool(income) and not any(_mostly_negative(cells.numbers[rows, index]) for index in income)


_CAPITAL = words.hints("sides.capital")
_REVENUE = words.hints("sides.revenue_beside_capital")
_SHORT_INCOME = words.hints("sides.short_income")
_SHORT_EXPENDITURE = words.hints("sides.short_expenditure")


def _side_of_column(column: Column) -> int:
    """The side that a header names, in full or as it is shortened above narrow columns: 'Gross inc', 'Debit'."""
    last = innermost(column.parts)
    side = side_of(last) or side_of(column.name)
    if side or words.NET.search(last):
        return side
    if alone := _BY_WORDS.get(said_by_cell(last), UNKNOWN_SIDE):
        return alone
    income, expenditure = bool(_SHORT_INCOME.search(last)), bool(_SHORT_EXPENDITURE.search(last))
    if income == expenditure:
        return UNKNOWN_SIDE
    return INCOME_SIDE if income else EXPENDITURE_SIDE


def _by_direction_column(directions: DirectionColumn, told: Mapping[str, str], sides: Sides) -> None:
    """A column that names the side of every row; what it calls financing has one only where the officer says so."""
    sides.of_row = directions.of_row.copy()
    if told.get(FINANCING) == FINANCING_IS_INCOME:
        sides.of_row[list(directions.financing)] = INCOME_SIDE
    sides.reason = Reason.COLUMN_SAYS_SIDE.of(directions.column.letter)


def _by_a_column_of_words(cells: Cells, region: Region, columns: Sequence[Column], sides: Sides) -> bool:
    """A column that says income or expenditure on every row."""
    body = region.body
    for column in columns:
        if column.role is not Role.WORDS:
            continue
        coded = cells.coded(column.index)
        codes = coded.codes[body.start : body.stop]
        kinds = [int(code) for code in present(codes) if code]
        if not 2 <= len(kinds) <= MOST_SIDES:
            continue
        named = {code: _exact_side(coded.texts[code]) for code in kinds}
        if set(named.values()) == {INCOME_SIDE, EXPENDITURE_SIDE}:
            for code, side in named.items():
                sides.of_row[codes == code] = side
            _said_once_for_all_below(sides, codes)
            sides.reason = Reason.COLUMN_SAYS_SIDE.of(column.letter)
            return True
    return False


def _said_once_for_all_below(sides: Sides, codes: NDArray[np.int32]) -> None:
    """Where a column says a side on the first row of each block only, it holds for the rows below it."""
    said = codes != 0
    if 2 * said.sum() >= len(codes):
        return
    last = np.maximum.accumulate(np.where(said, np.arange(len(codes)), -1))
    sides.of_row[:] = np.where(last >= 0, sides.of_row[last], UNKNOWN_SIDE)


FIRST: Final = count("sides", "first")
_CODED_SIDE = re.compile(r"(?P<side>[IE])\d{2}[A-Z]?\b")


def _by_codes(cells: Cells, region: Region, columns: Sequence[Column], sides: Sides) -> bool:
    """Codes as in schools' returns: I01 is income and E01 expenditure."""
    body = region.body
    for column in columns:
        if column.role is not Role.WORDS:
            continue
        coded = cells.coded(column.index)
        codes = coded.codes[body.start : body.stop]
        few = [coded.texts[k] for k in codes[:FIRST] if k]
        if sum(bool(_CODED_SIDE.match(text)) for text in few) < CODES_SAY * len(few):
            continue
        said = {int(k): _CODED_SIDE.match(coded.texts[k]) for k in present(codes) if k}
        found = {k: match["side"] for k, match in said.items() if match}
        if set(found.values()) != {"I", "E"} or len(found) < max(FEWEST_CODES, CODES_SAY * len(said)):
            continue
        for k, letter in found.items():
            sides.of_row[codes == k] = INCOME_SIDE if letter == "I" else EXPENDITURE_SIDE
        sides.reason = Reason.CODES_SAY_SIDE.of(column.letter)
        return True
    return False


def _exact_side(text: str) -> int:
    if re.fullmatch(
        r"(?:dr|debit|exp(?:enditure|enses?|\.)?|gastos?|e|aufwand|spend)\W*", text.strip(), re.IGNORECASE
    ):
        return EXPENDITURE_SIDE
    if re.fullmatch(
        r"(?:cr|credit|inc(?:ome|\.)?|rev(?:enues?|\.)?|ingresos?|i|ertrag|receipts?)\W*",
        text.strip(),
        re.IGNORECASE,
    ):
        return INCOME_SIDE
    if len(text) > LONGEST_SIDE:
        return UNKNOWN_SIDE
    return side_of(text) or _BY_WORDS.get(said_by_cell(text), UNKNOWN_SIDE)


def _by_the_table(cells: Cells, region: Region, columns: Sequence[Column], rows: Rows, sides: Sides) -> None:
    """A title or the header of the labels that speaks of income alone: 'Revenue type', 'All funds revenue'.

    Over services, 'Revenue' alone names the revenue budget, which is not capital, and no income.
    """
    titles = [_title(cells, region, row) for row in region.titles[-3:]]
    label = next((c.name for c in columns if c.role is Role.WORDS), "")
    income = words.any_of(
        r"\b(?:revenues?|income|receipts)\W*$",
        r"^\W*(?:sources of )?(?:income|revenues|receipts)\b(?! and| &|/)(?! (?:account|budget|expenditure|outturn))",
        r"^\W*revenue(?= (?:by|from|sources?|types?|streams?)\b)",
    )
    texts = [text for text in (*titles, label) if text]
    told = (*titles[-2:], *_values_of_keys(cells, region), label, cells.sheet.name)
    said = {side for text in told if (side := said_by_heading(text))}
    if _of_services(rows):
        parts = next((c.parts for c in columns if c.role is Role.WORDS), ())
        own = " ".join(_without_revenue_alone(parts))
        told = (*titles[-2:], *_values_of_keys(cells, region), own, cells.sheet.name)
        texts = _without_revenue_alone([*titles, own])
        said = {side for text in _without_revenue_alone(told) if (side := said_by_heading(text))}
    if said == {Said.INCOME} or (
        any(income.search(text) and side_of(text) == INCOME_SIDE for text in texts)
        and not any(side_of(text) == EXPENDITURE_SIDE for text in texts)
    ):
        sides.of_row[:] = INCOME_SIDE
        sides.reason = Reason.TABLE_HEADED_INCOME.of()


def _without_revenue_alone(texts: Sequence[str]) -> list[str]:
    return [text for text in texts if text and not _REVENUE.fullmatch(text.strip())]


_PAID_TO_BODIES = words.hints("sides.paid_to_bodies")


def _of_services(rows: Rows) -> bool:
    """Whether half of the lines or more are called as services are, and not as what is paid for them."""
    labels = [rows.labels[i] for i in np.flatnonzero(rows.roles == RowRole.LINE)[:FIRST].tolist()]
    services = [
        label
        for label in labels
        if words.SERVICES.search(label)
        and not words.INCOME.search(label)
        and not _PAID_TO_BODIES.search(label)
    ]
    return bool(labels) and 2 * len(services) >= len(labels)


def _values_of_keys(cells: Cells, region: Region) -> list[str]:
    """What stands beside the keys above a table: 'Revenues' beside 'ASPECT'."""
    pairs = ([text for j in range(cells.width) if (text := cells.text(row, j))] for row in region.titles)
    return [pair[1] for pair in pairs if len(pair) == 2]


def _title(cells: Cells, region: Region, row: int) -> str:
    """The words of a title; of several over tables side by side only this table's own."""
    own = " ".join(cells.text(row, j) for j in range(region.left, region.right + 1)).strip()
    return own or " ".join(cells.text(row, j) for j in range(cells.width)).strip()


def _by_headings(cells: Cells, region: Region, rows: Rows, sides: Sides) -> None:
    """Headings 'Income' and 'Expenditure' apply to the lines below them until the next one or a net total."""
    said: dict[int, int] = {}
    for i in np.flatnonzero(
        (rows.roles == RowRole.HEADING) | (rows.roles == RowRole.REPEATED_HEADER)
    ).tolist():
        text = next(
            (t for j in range(region.left, region.right + 1) if (t := cells.text(rows.start + i, j))), ""
        )
        if side := _headed(text):
            said[i] = side
    heads = [cells.text(row, region.left) for row in region.headers if row < rows.start]
    heads += [_title(cells, region, row) for row in region.titles[-1:]]
    first = next((side for text in heads if (side := _headed(text))), UNKNOWN_SIDE)
    if first:
        said[-1] = first
    if len(set(said.values())) < 2 and not (
        _negative_below(cells, region, rows, said) or _financed_below(cells, region, rows, said)
    ):
        # A department may be called Revenue; only beside its opposite does the word part the table.
        return
    side = first
    for i, role in enumerate(rows.roles):
        if role in (RowRole.HEADING, RowRole.REPEATED_HEADER):
            side = said.get(i, side)
        elif role == RowRole.TOTAL and words.NET.search(rows.labels[i]):
            side = UNKNOWN_SIDE
        elif role == RowRole.LINE and side:
            sides.of_row[i] = side
            sides.reason = sides.reason or Reason.HEADINGS_SAY_SIDE.of()


def _by_marks(rows: Rows, sides: Sides) -> None:
    """Labels marked '(+)' and '(-)', as in a statement that leads from one balance to the next."""
    lines = np.flatnonzero(rows.roles == RowRole.LINE)[:MOST_MARKED].tolist()
    marks = {i: match["mark"] for i in lines if (match := _MARKED.match(rows.labels[i]))}
    if len(marks) < len(lines) or len({mark == "+" for mark in marks.values()}) < 2:
        return
    for i, mark in marks.items():
        sides.of_row[i] = INCOME_SIDE if mark == "+" else EXPENDITURE_SIDE
    sides.reason = sides.reason or Reason.WORDS_SAY_SIDE.of()


MOST_MARKED: Final = count("sides", "most_marked")
_MARKED = re.compile(r"[\d.\s]*\((?P<mark>[+−–-])\)")


def _headed(text: str) -> int:
    """The side that a heading of a part of the table names."""
    match = _HEADING.match(text)
    if match is None:
        return _BY_WORDS.get(said_by_heading(text), UNKNOWN_SIDE)
    return INCOME_SIDE if match["income"] else EXPENDITURE_SIDE


_BY_WORDS: dict[Said | None, int] = {Said.INCOME: INCOME_SIDE, Said.EXPENDITURE: EXPENDITURE_SIDE}
_FINANCED = re.compile(r"\W*(?:\w\W\s*)?(?:financ|fund|met (?:by|from)|sources)", re.IGNORECASE)


def _financed_below(cells: Cells, region: Region, rows: Rows, said: dict[int, int]) -> bool:
    """Whether a lone heading says, below a total, what pays for the lines above it."""
    for i in said:
        text = next(
            (
                t
                for j in range(region.left, region.right + 1)
                if i >= 0 and (t := cells.text(rows.start + i, j))
            ),
            "",
        )
        if _FINANCED.match(text) and any(total < i for total in rows.totals):
            return True
    return False


def _negative_below(cells: Cells, region: Region, rows: Rows, said: dict[int, int]) -> bool:
    """Whether a lone heading of income stands over figures with a minus."""
    for i, side in said.items():
        if side == INCOME_SIDE and 0 <= i + 1 < len(rows.roles):
            figures = cells.numbers[rows.start + i + 1, region.left : region.right + 1]
            if bool((figures < 0).any()):
                return True
    return False


def _by_net_totals(rows: Rows, sides: Sides, told: Mapping[str, str]) -> None:
    """A net total takes the lines of one side off those of the other."""
    for i, total in rows.totals.items():
        if not total.minus:
            continue
        plus, minus = lines_below(rows, total)
        first = _side_of_group(rows, total.plus) or {
            EXPENDITURE_SIDE: INCOME_SIDE,
            INCOME_SIDE: EXPENDITURE_SIDE,
        }.get(_side_of_group(rows, total.minus), UNKNOWN_SIDE)
        answer = told.get(slug(rows.labels[i] or f"row {rows.start + i + 1}"))
        if answer in (TAKEN_OFF, TAKEN_FROM):
            first = INCOME_SIDE if answer == TAKEN_FROM else EXPENDITURE_SIDE
            sides.of_row[[*plus, *minus]] = UNKNOWN_SIDE
        if not first and _marked_as_taken_off(rows, minus) and not _marked_as_taken_off(rows, plus):
            first = INCOME_SIDE
        elif not first:
            first = INCOME_SIDE if words.SURPLUS.search(rows.labels[i]) else EXPENDITURE_SIDE
            if not (words.SURPLUS.search(rows.labels[i]) or side_of(rows.labels[i])):
                sides.unsure = f"'{rows.labels[i] or f'row {rows.start + i + 1}'}' takes some lines off others without saying which are income; the second were taken for income"
                sides.unsure_total = i
        second = INCOME_SIDE if first == EXPENDITURE_SIDE else EXPENDITURE_SIDE
        for k in plus:
            sides.of_row[k] = sides.of_row[k] or first
        for k in minus:
            sides.of_row[k] = sides.of_row[k] or second
        sides.reason = sides.reason or Reason.NET_TOTAL_SAYS_SIDE.of(rows.labels[i])


def _marked_as_taken_off(rows: Rows, lines: Sequence[int]) -> bool:
    """Whether a minus stands before the words of most lines, as costs are marked in a plan of results."""
    return 2 * sum(bool(_MINUS_BEFORE_WORDS.match(rows.labels[k])) for k in lines) > len(lines)


_MINUS_BEFORE_WORDS = re.compile(r"\s*(?:\d+\W*)?[-–−]\s*[^\W\d]")


def _side_of_group(rows: Rows, members: Sequence[int]) -> int:
    for i in members:
        side = side_of(rows.labels[i])
        if side:
            return side
    return UNKNOWN_SIDE


def lines_below(rows: Rows, total: Total) -> tuple[list[int], list[int]]:
    """The lines that a total comes down to, those added and those taken off."""
    plus: list[int] = []
    minus: list[int] = []
    waiting = [(i, 1) for i in total.plus] + [(i, -1) for i in total.minus]
    while waiting:
        i, sign = waiting.pop()
        inner = rows.totals.get(i)
        if inner is None:
            (plus if sign > 0 else minus).append(i)
        else:
            waiting += [(k, sign) for k in inner.plus] + [(k, -sign) for k in inner.minus]
    return plus, minus


def _by_signs(cells: Cells, columns: Sequence[Column], rows: Rows, sides: Sides) -> None:
    """A line with a minus whose words speak of income is income."""
    amounts = [c.index for c in columns if c.role is Role.AMOUNT]
    described = sum(c.role in (Role.WORDS, Role.CODE, Role.DATE) for c in columns)
    if not amounts or described >= COLUMNS_OF_PAYMENT:
        # In a list of payments a minus is a credit note, whatever the supplier is called.
        return
    known: dict[str, int] = {}
    for i in np.flatnonzero((rows.roles == RowRole.LINE) & (sides.of_row == UNKNOWN_SIDE)):
        label = rows.labels[i]
        if label not in known:
            known[label] = side_of(label) or (
                INCOME_SIDE if words.INCOME_WITH_A_MINUS.search(label) else UNKNOWN_SIDE
            )
        if known[label] != INCOME_SIDE:
            continue
        row = rows.start + int(i)
        figures = cells.numbers[row, amounts][cells.kinds[row, amounts] == CellKind.NUMBER]
        figures = figures[figures != 0]
        if len(figures) and (figures < 0).mean() > MOSTLY_NEGATIVE_LINE:
            sides.of_row[i] = INCOME_SIDE
            sides.reason = sides.reason or Reason.INCOME_WITH_MINUS.of()


def _sign_convention(cells: Cells, columns: Sequence[Column], rows: Rows, sides: Sides) -> None:
    """Income printed with a minus: over the lines of income, and in each column of income by itself."""
    amounts = [c.index for c in columns if c.role is Role.AMOUNT]
    income = np.flatnonzero((rows.roles == RowRole.LINE) & (sides.of_row == INCOME_SIDE)) + rows.start
    if len(income) and amounts:
        sides.negative = _mostly_negative(cells.numbers[np.ix_(income, np.array(amounts))])
    spent = np.flatnonzero((rows.roles == RowRole.LINE) & (sides.of_row == EXPENDITURE_SIDE)) + rows.start
    if len(income) and len(spent) and amounts and not sides.negative and not sides.of_column:
        sides.spending_negative = _mostly_negative(cells.numbers[np.ix_(spent, np.array(amounts))])
    lines = np.flatnonzero(rows.roles == RowRole.LINE) + rows.start
    sides.negative_columns = frozenset(
        index
        for index, side in sides.of_column.items()
        if side == INCOME_SIDE and _mostly_negative(cells.numbers[lines, index])
    )


def _added_with_their_minus(
    cells: Cells, rows: Rows, relations: Sequence[tuple[int, tuple[int, ...], tuple[int, ...]]], sides: Sides
) -> set[int]:
    """Columns whose minus a total across needs to be right: a deduction from columns of the same side.

    Funding and a de-delegation of -4,000 make the funding after it; turned round, nothing would add up.
    """
    lines = np.flatnonzero(rows.roles == RowRole.LINE) + rows.start
    inside = {whole: (*plus, *minus) for whole, plus, minus in relations}

    def amounts(whole: int) -> set[int]:
        seen: set[int] = set()
        waiting = [*inside[whole]]
        while waiting:
            index = waiting.pop()
            if index not in seen:
                seen.add(index)
                waiting += inside.get(index, ())
        return {index for index in seen if index not in inside}

    found: set[int] = set()
    for whole, _, minus in relations:
        below = amounts(whole)
        of_one_side = all(sides.of_column.get(k) == INCOME_SIDE for k in below)
        if not minus and of_one_side and not _mostly_negative(cells.numbers[lines, whole]):
            found.update(below)
    return found


def _costs_with_a_minus(cells: Cells, columns: Sequence[Column], rows: Rows, sides: Sides) -> None:
    """An account in which costs carry the minus, and the result adds up everything: the minus tells the sides."""
    amounts = [c.index for c in columns if c.role is Role.AMOUNT]
    if not amounts:
        return
    results = [
        (i, lines_below(rows, total)[0])
        for i, total in rows.totals.items()
        if not total.minus and words.SURPLUS.search(rows.labels[i])
    ]
    named = _called_costs(rows) if results else set()
    for i, plus in sorted(results, key=lambda one: -len(one[1])):
        costs = [k + rows.start for k in plus if k in named]
        if costs and _mostly_negative(cells.numbers[np.ix_(np.array(costs), np.array(amounts))]):
            for k in plus:
                figures = cells.numbers[k + rows.start, amounts]
                sides.of_row[k] = EXPENDITURE_SIDE if _mostly_negative(figures) else INCOME_SIDE
            sides.reason = Reason.COSTS_WITH_MINUS.of(rows.labels[i])
            return


def _called_costs(rows: Rows) -> set[int]:
    """The lines whose own words, or whose total's, say that they cost something."""
    lines = np.flatnonzero(rows.roles == RowRole.LINE).tolist()
    called = {label: side_of(label) for label in dict.fromkeys(rows.labels[i] for i in lines)}
    found = {i for i in lines if called[rows.labels[i]] == EXPENDITURE_SIDE}
    for i, total in rows.totals.items():
        if not total.minus and side_of(rows.labels[i]) == EXPENDITURE_SIDE:
            found.update(lines_below(rows, total)[0])
    return found


INCOME_LINES = "lines-of-income"
THEY_ARE, THEY_ARE_NOT = "they are income", "they are expenditure"
_PLAINLY_INCOME = words.hints("sides.plainly_income")


def _by_words_alone(
    cells: Cells,
    region: Region,
    columns: Sequence[Column],
    rows: Rows,
    sides: Sides,
    told: Mapping[str, str],
) -> None:
    """Lines called income among others, without a minus, a heading or a total that tells: the officer is asked."""
    amounts = [c.index for c in columns if c.role is Role.AMOUNT]
    described = sum(c.role in (Role.WORDS, Role.CODE, Role.DATE) for c in columns)
    if (
        not amounts
        or described >= COLUMNS_OF_RECORDS
        or sides.of_column
        or (sides.of_row == INCOME_SIDE).any()
    ):
        return
    lines = [int(i) for i in np.flatnonzero(rows.roles == RowRole.LINE)]
    called = [
        i for i in lines if _PLAINLY_INCOME.search(rows.labels[i]) and side_of(rows.labels[i]) == INCOME_SIDE
    ]
    if not called or len(called) > NEARLY_ALL_INCOME * len(lines) or _added_to_others(rows, set(called)):
        return
    others = [i for i in lines if i not in set(called)]
    opposite = _all_below_zero(cells, amounts, rows, others) and not _any_below_zero(
        cells, amounts, rows, called
    )
    if opposite and not _of_changes(cells, region, columns, rows, called):
        # the signs say the same as the words: what is spent carries the minus
        sides.of_row[called], sides.of_row[others] = INCOME_SIDE, EXPENDITURE_SIDE
        sides.reason = Reason.WORDS_SAY_SIDE.of()
        return
    answer = told.get(INCOME_LINES)
    if answer is None:
        sides.unsure_lines = tuple(called)
    if answer != THEY_ARE_NOT:
        sides.of_row[called] = INCOME_SIDE
        sides.reason = Reason.WORDS_SAY_SIDE.of()


def _of_changes(
    cells: Cells, region: Region, columns: Sequence[Column], rows: Rows, called: Sequence[int]
) -> bool:
    """Whether a table says by how much budgets change, so that a minus is less money and not money that goes out."""
    titles = [_title(cells, region, row) for row in region.titles]
    labels = [rows.labels[i] for i in called]
    return any(
        words.MOVEMENT.search(text) or words.DIFFERENCE.search(text)
        for text in (*titles, *(c.name for c in columns), cells.sheet.name, *labels)
    )


def _all_below_zero(cells: Cells, amounts: Sequence[int], rows: Rows, lines: Sequence[int]) -> bool:
    """Whether the first amount of every one of some lines carries a minus."""
    first = [_first_figure(cells, amounts, rows.start + i) for i in lines]
    return len(first) >= 2 and all(figure < 0 for figure in first)


def _any_below_zero(cells: Cells, amounts: Sequence[int], rows: Rows, lines: Sequence[int]) -> bool:
    return any(_first_figure(cells, amounts, rows.start + i) < 0 for i in lines)


def _first_figure(cells: Cells, amounts: Sequence[int], row: int) -> float:
    """The first figure of a row that is not nought; nought where there is none."""
    figures = cells.numbers[row, list(amounts)]
    some = figures[np.isfinite(figures) & (figures != 0)]
    return float(some[0]) if len(some) else 0.0


def _added_to_others(rows: Rows, called: set[int]) -> bool:
    """Whether a total adds lines called income to others: then all are of one side."""
    return any(0 < len(called.intersection(total.plus)) < len(total.plus) for total in rows.totals.values())


def _signs_by_block(cells: Cells, columns: Sequence[Column], rows: Rows, sides: Sides) -> None:
    """Income under one total may carry a minus while that under another does not."""
    amounts = np.array([c.index for c in columns if c.role is Role.AMOUNT])
    income = set((np.flatnonzero((rows.roles == RowRole.LINE) & (sides.of_row == INCOME_SIDE))).tolist())
    if not income or not len(amounts) or sides.of_column:
        return
    turned: set[int] = set()
    for total in rows.totals.values():
        block = [i for i in (*total.plus, *total.minus) if i in income]
        if not block:
            continue
        figures = cells.numbers[np.ix_(np.array(block) + rows.start, amounts)]
        some = figures[np.isfinite(figures) & (figures != 0)]
        taken_off = (some < 0).all() if block[0] in total.plus else (some > 0).all()
        told = len(block) > 1 or (taken_off and any(i not in income for i in total.plus))
        if told and len(some) and ((some < 0) != sides.negative).all():
            turned.update(block)
    if len(turned) < len(income):
        sides.turned = frozenset(turned)


def _mostly_negative(figures: Numbers) -> bool:
    some = figures[np.isfinite(figures) & (figures != 0)]
    return bool(len(some)) and bool((some < 0).mean() > MOSTLY_NEGATIVE)
