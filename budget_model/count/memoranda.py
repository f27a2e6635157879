"""What bodies' own returns say some of their spending is made of, year by year: beside the map, and in no total."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from budget_model.count.trends import Break, Difference, Missing, Point, Trend, every_year
from budget_model.money import NOTHING
from budget_model.place.model import Memorandum, MemorandumLine

EVERY_LINE = "every line"
"""What a row of `memorandum_lines.csv` names that is of the whole and of all its lines."""


@dataclass(frozen=True, slots=True)
class MemorandumHeld:
    """One line of a memorandum in one year, with the cell that it was read from."""

    memorandum: str
    organisation: str
    year: str
    name: str
    amount: Decimal
    """Pounds of the year; income is below zero."""
    sensitivity: str
    submission: int
    grade: int
    source: str
    file: str
    sheet: str
    row: int
    column: str


def lines_of(held: Iterable[MemorandumHeld], memorandum: str, line: str = "") -> tuple[MemorandumHeld, ...]:
    """The lines of one memorandum in every year; of one `line` of it where that is named."""
    return tuple(one for one in held if one.memorandum == memorandum and (not line or one.name == line))


def names_of(held: Iterable[MemorandumHeld], memorandum: str) -> tuple[str, ...]:
    """What the lines of a memorandum are called in any year, those of the latest year first and the largest of them first."""
    own = sorted(lines_of(held, memorandum), key=lambda one: one.amount, reverse=True)
    own.sort(key=lambda one: one.year, reverse=True)
    return tuple(dict.fromkeys(one.name for one in own))


def people_for(memorandum: Memorandum, line: str, notes: Iterable[MemorandumLine]) -> str:
    """Whom a line is for, as an area of the place's populations; empty where nobody counted them.

    What a line's own row says stands before what is said of the memorandum, which is for the whole and for lines without.
    """
    own = [
        note.people
        for note in notes
        if note.memorandum == memorandum.id and note.line == line and note.people
    ]
    return own[0] if own else memorandum.people


def trend_of(
    held: Sequence[MemorandumHeld], memorandum: Memorandum, line: str, notes: Iterable[MemorandumLine]
) -> Trend:
    """A memorandum, or one line of it, over the years that it is held for, in cash.

    A year between them that is not held, or whose return has no such line, is a gap; a year that is counted otherwise
    than the one before it is a break.
    """
    years = {one.year for one in lines_of(held, memorandum.id)}
    sums: defaultdict[str, list[Decimal]] = defaultdict(list)
    for one in lines_of(held, memorandum.id, line):
        sums[one.year].append(one.amount)
    points = [_point(year, sums.get(year), is_held=year in years) for year in every_year(years)]
    changes = [note for note in notes if note.memorandum == memorandum.id and note.line in (line, EVERY_LINE)]
    broken = tuple(_with_breaks(points, changes, memorandum))
    return Trend(broken, frozenset({memorandum.organisation}), frozenset())


def _with_breaks(
    points: Iterable[Point], changes: Sequence[MemorandumLine], memorandum: Memorandum
) -> Iterator[Point]:
    """Each year with what is counted otherwise than in the last year before it that has a figure."""
    waiting: list[MemorandumLine] = []
    is_first = True
    for point in points:
        waiting += [change for change in changes if change.year == point.year]
        if point.cash is None:
            yield point
            continue
        broken = [] if is_first else waiting
        yield replace(point, breaks=tuple(_break(memorandum, memorandum_line) for memorandum_line in broken))
        is_first, waiting = False, []


def _point(year: str, amounts: list[Decimal] | None, *, is_held: bool) -> Point:
    if amounts is None:
        return Point(year, None, None, Missing.NOT_IN_RETURN if is_held else Missing.NOT_HELD)
    cash = sum(amounts, NOTHING)
    return Point(year, cash, cash)


def _break(memorandum: Memorandum, note: MemorandumLine) -> Break:
    return Break(Difference.DEFINITION, memorandum.organisation, "", note.change)
