"""Whether the rows of a table are parted by year or phase, so that they must not be added to each other.

Four years stacked in one file are four budgets, not one of four times the size.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from budget_model.intake.files.cells import CellKind, Cells, present
from budget_model.intake.files.reading_limits import count, limit
from budget_model.intake.sheet import words
from budget_model.intake.sheet.columns import Column
from budget_model.intake.sheet.periods import period_of
from budget_model.intake.sheet.phase_words import phase_alone
from budget_model.intake.sheet.regions import Region
from budget_model.intake.sheet.roles import Role
from budget_model.intake.sheet.years import year_of, years_in

FEWEST_PERIOD_LABELS: Final = count("splits", "fewest_period_labels")
MOST_PERIODS_TRIED: Final = count("splits", "most_periods_tried")
LABELS_A_PART: Final = count("splits", "labels_a_part")
NEARLY_ALL_DIFFERENT: Final = limit("splits", "nearly_all_different")
SHARED_AMONG_PARTS: Final = limit("splits", "shared_among_parts")
KINDS_TRIED: Final = count("splits", "kinds_tried")
YEARS_KNOWN: Final = limit("splits", "years_known")
YEARS_GIVEN: Final = limit("splits", "years_given")

MOST: Final = count("splits", "most")


@dataclass(frozen=True, slots=True)
class Splits:
    """For each body row the part it belongs to (-1 for none), and what the parts are called."""

    of_row: NDArray[np.int32]
    names: tuple[str, ...]
    column: int | None
    """The column that says so; None where the rows' own labels do."""
    reason: str
    years: tuple[str | None, ...]


def find_splits(cells: Cells, region: Region, columns: Sequence[Column]) -> Splits | None:
    """The parts of a table's rows that are alternatives to each other, if there are any."""
    by_year = _by_year_column(cells, region, columns)
    by_phase = _by_phase_column(cells, region, columns)
    if by_year and by_phase:
        return _of_both(by_year, by_phase)
    known = by_year or by_phase or _by_repeated_labels(cells, region, columns)
    return known or _by_versions(cells, region, columns)


_A_PHASE = re.compile(
    r"\W*(?:(?:19|20)\d{2}(?:\W\d{2,4})?\s+)?"
    r"(?:(?:original|revised|approved|latest|current|working|final|draft|proposed|adopted|base|initial|annual|full[ -]year|projected"
    r"|provisional|estimated|profiled?|year[ -]to[ -]date|ytd|last year|this year|prior year|net|gross)\s+)*"
    r"(?:budgets?|estimates?|forecasts?|actuals?|out-?turns?|plan(?:ned)?|projections?|original|revised|approved|ytd|year[ -]to[ -]date)"
    r"(?:\s+(?:out-?turn|budget|spend|expenditure|amount|ytd|to date))?(?:\s+(?:19|20)\d{2}(?:\W\d{2,4})?)?\W*",
    re.IGNORECASE,
)
"""What names a phase of a budget and nothing else; 'Planned maintenance' does not."""


def _names_a_phase(text: str) -> bool:
    return bool(_A_PHASE.fullmatch(text)) or phase_alone(text) is not None


MOST_PHASES: Final = count("splits", "most_phases")
BLANKS: Final = count("splits", "blanks")


def _by_phase_column(cells: Cells, region: Region, columns: Sequence[Column]) -> Splits | None:
    """A column that says budget or actual on every row, each line coming again with every one of them."""
    body = region.body
    for column in columns:
        if column.role is not Role.WORDS or cells.variety(column.index, body) > MOST_PHASES + BLANKS:
            continue
        coded = cells.coded(column.index)
        codes = coded.codes[body.start : body.stop]
        kinds = [int(code) for code in present(codes) if code]
        if not 2 <= len(kinds) <= MOST_PHASES:
            continue
        phases = [code for code in kinds if _names_a_phase(coded.texts[code])]
        if len(phases) < 2 or any(
            code not in phases and not words.DIFFERENCE.search(coded.texts[code]) for code in kinds
        ):
            continue
        if not _come_again(
            cells, region, columns, column, [np.flatnonzero(codes == code) for code in phases]
        ):
            continue
        first = {code: int(np.argmax(codes == code)) for code in kinds}
        order = sorted(kinds, key=lambda code: first[code])
        of_row = np.full(len(body), -1, np.int32)
        for place, code in enumerate(order):
            of_row[codes == code] = place
        names = tuple(coded.texts[code] for code in order)
        return Splits(
            of_row,
            names,
            column.index,
            f"column {column.letter} says of each row whether it is {' or '.join(names)}",
            tuple((years_in(name) or (None,))[0] for name in names),
        )
    return None


def _come_again(
    cells: Cells, region: Region, columns: Sequence[Column], told: Column, parts: Sequence[NDArray[np.intp]]
) -> bool:
    """Whether the lines of one phase are those of the next, and not other months or other services.

    What is different on every row, as a reference is, says nothing; a blank means the same as above.
    """
    together = _lines_of(cells, region, columns, told)
    if together is None:
        return False
    said = [np.unique(together[part]) for part in parts]
    shared = reduce(np.intersect1d, said)
    return len(shared) >= 2 and len(shared) >= SHARED_AMONG_PARTS * min(map(len, said))


def _lines_of(
    cells: Cells, region: Region, columns: Sequence[Column], told: Column
) -> NDArray[np.int64] | None:
    """For each row which line it is, by what the other columns of words and codes say."""
    body = region.body
    codes = []
    for column in columns:
        if column.role not in (Role.WORDS, Role.CODE, Role.YEAR, Role.DATE) or column.index == told.index:
            continue
        own = cells.coded(column.index).codes[body.start : body.stop]
        if len(present(own)) > NEARLY_ALL_DIFFERENT * len(body):
            continue
        filled = np.maximum.accumulate(np.where(own != 0, np.arange(len(own)), 0))
        codes.append(own[filled])
    if not codes:
        return None
    together = np.zeros(len(body), np.int64)
    for own in codes:
        together = np.unique(together * (int(own.max()) + 1) + own, return_inverse=True)[1].astype(np.int64)
    return together


VERSIONS: Final = count("splits", "versions")
FEWEST_OF_A_VERSION: Final = count("splits", "fewest_of_a_version")
NEARLY_THE_SAME: Final = limit("splits", "nearly_the_same")
ALIKE: Final = limit("splits", "alike")
LARGEST_TO_SMALLEST: Final = limit("splits", "largest_to_smallest")


def _by_versions(cells: Cells, region: Region, columns: Sequence[Column]) -> Splits | None:
    """A column of few words with each of which every line comes again, once, with nearly the same amount.

    Whatever the words mean, they name versions of one budget and not parts of it; parts of a year they are where
    they say so.
    """
    amounts = [column.index for column in columns if column.role is Role.AMOUNT]
    body = region.body
    if not amounts:
        return None
    figures = cells.numbers[body.start : body.stop, amounts[0]]
    for column in columns:
        if column.role is not Role.WORDS or cells.variety(column.index, body) > VERSIONS:
            continue
        coded = cells.coded(column.index)
        codes = coded.codes[body.start : body.stop]
        kinds = [int(code) for code in present(codes) if code]
        names = tuple(coded.texts[code] for code in kinds)
        lines = _lines_of(cells, region, columns, column)
        if bool(np.isfinite(figures[codes == 0]).any()):
            continue  # what stands on some rows only is a level of the table
        if lines is None or len(kinds) < 2 or any(map(period_of, names)):
            continue
        if not _nearly_the_same([(lines[codes == code], figures[codes == code]) for code in kinds]):
            continue
        of_row = np.full(len(body), -1, np.int32)
        for place, code in enumerate(kinds):
            of_row[codes == code] = place
        reason = f"with each of {', '.join(names)} in column {column.letter} every line comes again, with nearly the same amount"
        return Splits(of_row, names, column.index, reason, (None,) * len(names))
    return None


def _nearly_the_same(parts: Sequence[tuple[NDArray[np.int64], NDArray[np.float64]]]) -> bool:
    """Whether parts hold the same lines, each once, and most of the lines nearly the same amounts."""
    first = parts[0][0]
    if len(first) < FEWEST_OF_A_VERSION or any(len(lines) != len(first) for lines, _ in parts):
        return False
    ordered = [(lines[np.argsort(lines)], figures[np.argsort(lines)]) for lines, figures in parts]
    if len(np.unique(first)) < len(first) or any((lines != ordered[0][0]).any() for lines, _ in ordered):
        return False
    table = np.abs(np.column_stack([figures for _, figures in ordered]))
    table = table[np.isfinite(table).all(axis=1) & (table > 0).all(axis=1)]
    if len(table) < FEWEST_OF_A_VERSION or table.max() < LARGEST_TO_SMALLEST * table.min():
        return False
    return bool((table.min(axis=1) >= NEARLY_THE_SAME * table.max(axis=1)).mean() >= ALIKE)


def _of_both(by_year: Splits, by_phase: Splits) -> Splits:
    """Years and phases: every phase of every year is an alternative of its own."""
    many = len(by_phase.names)
    known = (by_year.of_row >= 0) & (by_phase.of_row >= 0)
    of_row = np.where(known, by_year.of_row * many + by_phase.of_row, -1).astype(np.int32)
    return Splits(
        of_row,
        tuple(f"{year} {phase}" for year in by_year.names for phase in by_phase.names),
        by_phase.column,
        f"{by_year.reason}, and {by_phase.reason}",
        tuple(year for year in by_year.years for _ in by_phase.names),
    )


def _by_year_column(cells: Cells, region: Region, columns: Sequence[Column]) -> Splits | None:
    body = region.body
    for column in columns:
        if column.role not in (Role.YEAR, Role.WORDS) or (
            column.role is Role.WORDS and not _names_years(column)
        ):
            continue
        if _BEGINS_OR_ENDS.search(column.said):
            continue
        coded = cells.coded(column.index)
        codes = coded.codes[body.start : body.stop]
        kinds = present(codes)
        if len(kinds) > KINDS_TRIED * MOST:
            continue
        years = {int(code): _year(coded.texts[code]) for code in kinds}
        found = {year for year in years.values() if year}
        known = sum(int((codes == code).sum()) for code, year in years.items() if year)
        given = int((codes != 0).sum())
        if not 1 < len(found) <= MOST or known < YEARS_KNOWN * given or given < YEARS_GIVEN * len(body):
            continue
        names = tuple(sorted(found))
        of_row = np.full(len(body), -1, np.int32)
        for code, year in years.items():
            if year:
                of_row[codes == code] = names.index(year)
        return Splits(
            of_row, names, column.index, f"column {column.letter} names the year of each row", names
        )
    return None


_BEGINS_OR_ENDS = words.hints("splits.begins_or_ends")
"""Years in which something begins or ends part no rows."""


def _names_years(column: Column) -> bool:
    return bool(words.YEAR_HEADER.search(column.said) or words.any_of(r"\byear\b").search(column.said))


def _year(text: str) -> str | None:
    found = (one,) if (one := year_of(text)) else years_in(text)
    return found[0] if len(found) == 1 else None


def _by_repeated_labels(cells: Cells, region: Region, columns: Sequence[Column]) -> Splits | None:
    """Rows under each heading that repeat the same years or phases: 'FY16 estimate', 'FY17 request'."""
    amounts = [column.index for column in columns if column.role is Role.AMOUNT]
    if not amounts:
        return None
    wordy = [c.index for c in columns if c.role is Role.WORDS and c.index < amounts[0]]
    return next((found for j in wordy[:4] if (found := _by_labels(cells, region, amounts, j))), None)


def _by_labels(cells: Cells, region: Region, amounts: Sequence[int], label: int) -> Splits | None:
    """The same, told by the words of one column."""
    body = region.body
    figured = (
        np.flatnonzero((cells.kinds[body.start : body.stop, amounts] == CellKind.NUMBER).any(axis=1))
        + body.start
    )
    coded = cells.coded(label)
    if not 2 <= len(present(coded.codes[figured])) <= MOST_PERIODS_TRIED:
        return None
    texts = coded.over(figured)
    named = [(row, text) for row, text in zip(figured.tolist(), texts, strict=True) if text]
    if len(named) < FEWEST_PERIOD_LABELS:
        return None
    kinds = dict.fromkeys(text for _, text in named)
    if not 2 <= len(kinds) <= FEWEST_PERIOD_LABELS or len(named) < LABELS_A_PART * len(kinds):
        return None
    runs = 1 + sum(above[1] != below[1] for above, below in pairwise(named))
    if runs < 2 * len(kinds):
        return None  # they come once each: the months that are actual, then those that are forecast
    speaking = [
        text for text in kinds if years_in(text) or words.PHASE.search(text) or words.DIFFERENCE.search(text)
    ]
    if (
        len(speaking) < len(kinds)
        or sum(bool(years_in(text) or words.PHASE.search(text)) for text in kinds) < 2
    ):
        return None
    names = tuple(kinds)
    place = {name: k for k, name in enumerate(names)}
    of_row = np.full(len(body), -1, np.int32)
    for row, text in named:
        of_row[row - body.start] = place[text]
    years = tuple((years_in(name) or (None,))[0] for name in names)
    return Splits(of_row, names, None, "the same years or phases come again under each heading", years)
