"""A column that names the year of each row parts them."""

from collections.abc import Iterator
from typing import Final

import numpy as np

from budget_model.intake.files.reading_limits import count, limit
from budget_model.intake.rules.splits import Kinds, Sheet, Splits
from budget_model.intake.sheet import words
from budget_model.intake.sheet.columns import Column
from budget_model.intake.sheet.reason import Reason
from budget_model.intake.sheet.roles import Role
from budget_model.intake.sheet.years import year_of, years_in

MOST: Final = count("splits", "most")
KINDS_TRIED: Final = count("splits", "kinds_tried")
YEARS_KNOWN: Final = limit("splits", "years_known")
YEARS_GIVEN: Final = limit("splits", "years_given")
_BEGINS_OR_ENDS = words.hints("splits.begins_or_ends")
"""Years in which something begins or ends part no rows."""
_CALLED_YEAR = words.hints("splits.year")


def year_column(sheet: Sheet) -> Iterator[Splits]:
    """Find the columns of years."""
    unnamed = _unnamed_years(sheet)
    for column in (c for c in sheet.columns if c is unnamed or _may_name_years(c)):
        kinds = sheet.kinds(column)
        if len(kinds.texts) > KINDS_TRIED * MOST:
            continue
        years = {code: year for code, text in kinds.texts.items() if (year := _year(text))}
        names = tuple(sorted(set(years.values())))
        if not 1 < len(names) <= MOST or not _known_on_most_rows(kinds, years):
            continue
        of_row = np.full(len(kinds.codes), -1, np.int32)
        for code, year in years.items():
            of_row[kinds.codes == code] = names.index(year)
        yield Splits(of_row, names, column.index, Reason.COLUMN_SAYS_YEAR.of(column.letter), names)


def _unnamed_years(sheet: Sheet) -> Column | None:
    """The first column of words, where it says nothing but a year on every row: services run across, years down."""
    first = next(iter(sheet.worded()), None)
    if first is None or _BEGINS_OR_ENDS.search(first.said):
        return None
    texts = list(sheet.kinds(first).texts.values())
    dated = sum(year_of(text) is not None for text in texts)
    others = [text for text in texts if year_of(text) is None]
    return first if dated >= 2 and all(map(words.TOTAL.search, others)) else None


def _may_name_years(column: Column) -> bool:
    worded = column.role is Role.WORDS and (
        words.YEAR_HEADER.search(column.said) or _CALLED_YEAR.search(column.said)
    )
    return (column.role is Role.YEAR or bool(worded)) and not _BEGINS_OR_ENDS.search(column.said)


def _year(text: str) -> str | None:
    """The year that a text names, if it names one only."""
    if year := year_of(text):
        return year
    years = years_in(text)
    return years[0] if len(years) == 1 else None


def _known_on_most_rows(kinds: Kinds, years: dict[int, str]) -> bool:
    known = sum(len(kinds.rows(code)) for code in years)
    given = int((kinds.codes != 0).sum())
    return known >= YEARS_KNOWN * given and given >= YEARS_GIVEN * len(kinds.codes)
