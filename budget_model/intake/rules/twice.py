"""Which tables of a workbook hold the same money: a copied sheet, a draft beside the final, a print in thousands.

Tables are compared line by line by the one law of `budget_model.same_money`. What is found is a verdict: the
tables, how they are alike, how much, and which of them would be kept. Nothing is set aside here.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from budget_model.intake.files.reading_limits import count
from budget_model.intake.rules.draft import TableDraft
from budget_model.intake.sheet import words
from budget_model.intake.sheet.columns import Column
from budget_model.intake.sheet.roles import Role
from budget_model.intake.sheet.table import EXPENDITURE_SIDE, INCOME_SIDE
from budget_model.intake.sheet.years import years_in
from budget_model.money import pounds
from budget_model.same_money import (
    Entry,
    Likeness,
    Listed,
    SameMoney,
    in_pennies,
    listed,
    may_be_part,
    same_money,
    words_of,
)

MOST_COLUMNS: Final = count("twice", "most_columns")
MOST_PLACES: Final = count("twice", "most_places")
MOST_COMPARED: Final = count("twice", "most_compared")
ADD_UP = "add them up"
_OF_FIGURES = (Role.AMOUNT, Role.TOTAL, Role.MEMO, Role.RATE, Role.COUNT, Role.EMPTY)
_PERIOD = re.compile(
    r"\b(?:q[1-4]|quarter|term|month|week|(?:period|p)\s?\d{1,2})\b|\b(?:1st|2nd|3rd|4th)\b", re.IGNORECASE
)
_FIRM = words.hints("twice.firm")
_LOOSE = words.hints("twice.loose")


@dataclass(frozen=True, slots=True)
class Repeated:
    """A table and those that hold its money again, by their numbers."""

    table: int
    """The one with the most lines."""
    again: tuple[int, ...]
    likeness: Likeness
    lines: int
    """How many lines stand twice."""
    amount: Decimal
    """Their money without regard to sign, whole currency units."""
    best: tuple[int, ...]
    """Which of the tables would be kept."""


def repeated(drafts: Sequence[TableDraft], among: Sequence[int]) -> tuple[Repeated, ...]:
    """The tables among some that hold the same money, the largest first; each table is in one group at most."""
    if len(among) < 2:
        return ()
    lists = {k: entries_of(drafts[k]) for k in among}
    left = sorted(lists, key=lambda k: (-len(lists[k].entries), k))
    repeats = []
    while left:
        first = left.pop(0)
        pairs = {
            k: match
            for k in left
            if _comparable(drafts[first], drafts[k])
            and _worth_comparing(lists[first], lists[k], len(among))
            and (match := same_money(lists[first], lists[k])) is not None
        }
        if not pairs:
            parts, match = _together(drafts, lists, first, left)
            pairs = {k: match for k in parts if match is not None}
        if pairs:
            left = [k for k in left if k not in pairs]
            repeats.append(_group(drafts, lists, first, pairs))
    return tuple(repeats)


def _together(
    drafts: Sequence[TableDraft], lists: dict[int, Listed], first: int, others: Sequence[int]
) -> tuple[list[int], SameMoney | None]:
    """Tables too short to tell anything alone that together stand in a longer one."""
    if len(others) > MOST_COMPARED:
        return [], None
    parts = [
        k for k in others if _comparable(drafts[first], drafts[k]) and may_be_part(lists[k], lists[first])
    ]
    if len(parts) < 2:
        return [], None
    return parts, same_money(listed(entry for k in parts for entry in lists[k].entries), lists[first])


def all_alike(drafts: Sequence[TableDraft], members: Sequence[int]) -> SameMoney | None:
    """How every one of some tables is the first one's money again; None where one is not, or they are periods.

    Months and quarters may well be equal to the penny and still add up to the year.
    """
    if are_periods([drafts[k].sheet for k in members]):
        return None
    first, *others = (entries_of(drafts[k]) for k in members)
    matches = [same_money(first, other) for other in others]
    whole = [match for match in matches if match is not None and match.likeness is not Likeness.PART]
    return min(whole, key=lambda match: match.lines) if whole and len(whole) == len(matches) else None


def are_periods(names: Sequence[str]) -> bool:
    """Whether names of sheets are parts of a year: months, quarters, numbered periods.

    >>> are_periods(["April", "May"]), are_periods(["Q1", "Q2"]), are_periods(["Budget", "Budget (2)"])
    (True, True, False)
    """
    if len(set(names)) < len(names):
        return False
    return all(_PERIOD.search(name) or _is_month(name) for name in names)


def are_areas(names: Sequence[str]) -> bool:
    """Whether names of sheets are parts of a place, which may well be alike: wards, districts, north and south.

    >>> are_areas(["North", "South"]), are_areas(["Ward A", "Ward B"]), are_areas(["Draft", "Final"])
    (True, True, False)
    """
    return len(set(names)) == len(names) and all(
        _AREA.search(name) and not (_FIRM.search(name) or _LOOSE.search(name)) for name in names
    )


_AREA = words.hints("twice.area")


def _is_month(name: str) -> bool:
    return any(word in _MONTHS for word in re.findall(r"[a-z]+", name.casefold()))


_MONTHS = frozenset([*words.MONTHS, *(month[:3] for month in words.MONTHS), "sept"])


def entries_of(draft: TableDraft) -> Listed:
    """Every amount of a table's lines with the words of its row."""
    body, lines = draft.body, draft.lines.tolist()
    texts = [
        draft.cells.coded(column.index).over(body)
        for column in draft.columns
        if column.role not in _OF_FIGURES
    ]
    said = {i: words_of(column[i] for column in texts) for i in lines}
    entries = []
    for column in _largest(draft):
        figures, filled = draft.figures[column.index], draft.filled(column.index)
        factor = Decimal(draft.unit_of(column).factor)
        entries += [
            Entry(in_pennies(Decimal(int(figures.whole[i])).scaleb(-figures.places) * factor), said[i])
            for i in lines
            if filled[i]
        ]
    return listed(entries)


def _largest(draft: TableDraft) -> list[Column]:
    """The columns of amounts with the most money: a copy has the same ones, and few tell as much as many."""

    def money(column: Column) -> int:
        figures = draft.figures[column.index]
        return int(abs(figures.whole[draft.lines]).sum()) * int(10 ** (MOST_PLACES - figures.places))

    return sorted(draft.amounts(), key=money, reverse=True)[:MOST_COLUMNS]


def common_money(draft: TableDraft, first: int, second: int) -> float:
    """How much of the money of two columns is in both, line by line, from 0 to 1."""
    scale = max(draft.figures[first].places, draft.figures[second].places)
    mine, theirs = (
        [
            abs(int(whole)) * 10 ** (scale - draft.figures[j].places)
            for whole in draft.figures[j].whole[draft.lines]
        ]
        for j in (first, second)
    )
    most = sum(map(max, mine, theirs))
    return sum(map(min, mine, theirs)) / most if most else 0.0


def _comparable(first: TableDraft, second: TableDraft) -> bool:
    """Whether two tables may hold the same money: what one pays in and another spends are two sides of it."""
    sides = {_side(first), _side(second)}
    return sides != {INCOME_SIDE, EXPENDITURE_SIDE}


def _side(draft: TableDraft) -> int:
    sides = set(draft.sides.of_row[draft.lines].tolist())
    return int(sides.pop()) if len(sides) == 1 else 0


def _worth_comparing(first: Listed, second: Listed, tables: int) -> bool:
    if tables <= MOST_COMPARED:
        return True
    return bool({entry.pennies for entry in first.entries} & {entry.pennies for entry in second.entries})


def _group(
    drafts: Sequence[TableDraft], lists: dict[int, Listed], first: int, pairs: dict[int, SameMoney]
) -> Repeated:
    again = tuple(sorted(pairs))
    matches = list({id(match): match for match in pairs.values()}.values())
    kinds = {match.likeness for match in matches}
    likeness = kinds.pop() if len(matches) == len(pairs) and len(kinds) == 1 else Likeness.PART
    lines = sum(match.lines for match in matches)
    amount = sum((match.amount for match in matches), Decimal(0))
    names = [drafts[k].sheet for k in (first, *again)]
    if are_periods(names) or (likeness is Likeness.VERSION and are_areas(names)):
        best: tuple[int, ...] = (first, *again)
    elif likeness is Likeness.PART:
        best = (first,)
    else:
        best = (max((first, *again), key=lambda k: _standing(drafts[k], lists[k], k)),)
    return Repeated(first, again, likeness, lines, amount, best)


def _standing(draft: TableDraft, entries: Listed, number: int) -> tuple[str, int, int, int]:
    """What speaks for keeping one of several versions: its year, its name, how finely it is written, its place."""
    name = draft.sheet
    firm = bool(_FIRM.search(name)) - bool(_LOOSE.search(name))
    return max(years_in(name), default=""), firm, -entries.grain, -number


def money_said(amount: Decimal, draft: TableDraft) -> str:
    """An amount of a table as one says it to an officer, in the table's currency."""
    currency = draft.unit.unit.currency if draft.unit else "GBP"
    return pounds(amount) if currency in (None, "GBP") else f"{currency} {amount:,.0f}"
