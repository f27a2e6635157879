"""Which financial year a file's own words say, so that no figure is loaded under another year unasked."""

import re
from collections.abc import Iterable, Sequence
from pathlib import PurePath

from budget_model.contribute.about import About
from budget_model.financial_year import first_calendar_year, is_financial_year, year_of_month
from budget_model.intake.reading import Reading, ReadLine, measures_to_load
from budget_model.intake.sheet import words
from budget_model.intake.sheet.years import years_in

MOST_DATES = 2_000
"""Lines whose dates are looked at to tell the year."""
_DATE = re.compile(r"^(?:(20\d\d)-(\d\d)-\d\d|(\d{1,2})/(\d{1,2})/(20\d\d))(?:\s|T|$)")
_NAMED_MONTHS = "|".join(f"{month[:3]}(?:{month[3:]})?" for month in words.MONTHS) + "|sept"
_MONTH = re.compile(rf"\b({_NAMED_MONTHS})\b[\s.,'’/-]*((?:20)?\d\d)(?!\d)", re.IGNORECASE)
_NUMBERED_MONTH = re.compile(
    r"(?<!\d)(20\d\d)-(\d\d)-\d\d(?!\d)|(?<!\d)\d{1,2}[./](\d{1,2})[./]((?:20)?\d\d)(?!\d)"
)


def other_years(
    reading: Reading, tables: Sequence[int], lines: Sequence[ReadLine], about: About
) -> tuple[str, ...]:
    """The years that are said of what would be loaded, where another than the one asked for is among them.

    What stands nearest the amounts tells: their columns and rows, then dates beside them, then months in
    their headers, then titles, the names of sheets and the file's name. Empty where nothing says a year.
    """
    of_lines = {line.year for line in lines if line.year}
    if of_lines:
        others = {year for year in of_lines if not same_year(year, about.year)}
        if _named_by_their_end(others, about.year) and _says(_of_words(reading, tables), about.year):
            return ()
        return tuple(sorted(others))
    for said in (_of_dates(lines), _of_headers(reading, tables), _of_words(reading, tables)):
        if said:
            return () if _says(said, about.year) else tuple(sorted(said))
    return ()


def _named_by_their_end(years: Iterable[str], asked: str) -> bool:
    """Whether the only year is the calendar year in which the one asked for ends: accounts of 2016-17 say '2017'."""
    return set(years) == {str(first_calendar_year(asked) + 1)}


def _says(said: Iterable[str], year: str) -> bool:
    return any(same_year(each, year) for each in said)


def same_year(said: str, year: str) -> bool:
    """Whether two ways of writing a financial year mean the same one.

    >>> same_year("2016/17", "2016-17"), same_year("2016-2017", "2016-17"), same_year("2015-16", "2016-17")
    (True, True, False)
    """
    figures = [part for part in said.replace("/", "-").replace("–", "-").split("-") if part.isdigit()]
    if not figures or figures[0] != year[:4]:
        return False
    return len(figures) == 1 or figures[-1][-2:] == year[-2:]


def years_of_months(text: str) -> tuple[str, ...]:
    """The financial years of the months that a header names.

    >>> years_of_months("Mar-25"), years_of_months("2025-03-31"), years_of_months("Position at 30.9.25")
    (('2024-25',), ('2024-25',), ('2025-26',))
    >>> years_of_months("March"), years_of_months("Mayor 24")
    ((), ())
    """
    return tuple(dict.fromkeys(year_of_month(year, month) for year, month in _months_in(text)))


def _months_in(text: str) -> list[tuple[int, int]]:
    """The months that a text names, each as its calendar year and its number."""
    found = [(_in_full(year), _number_of(month)) for month, year in _MONTH.findall(text)]
    for year, month, other_month, other_year in _NUMBERED_MONTH.findall(text):
        found.append((_in_full(year or other_year), int(month or other_month)))
    return [(year, month) for year, month in found if 1 <= month <= 12]


def dated_years(headers: Sequence[str]) -> tuple[str | None, ...]:
    """The financial year that ends on, or holds, the day in each header, where all of them name the same month.

    Columns of different months are parts of a year, or reports of it, and tell no year each.

    >>> dated_years(["2025-03-31", "2026-03-31"]), dated_years(["Apr-25", "May-25"]), dated_years(["Budget"])
    (('2024-25', '2025-26'), (None, None), (None,))
    """
    found = [_months_in(header) for header in headers]
    months = {month for one in found for _, month in one}
    if len(months) != 1 or any(len(one) != 1 for one in found):
        return (None,) * len(headers)
    return tuple(year_of_month(year, month) for ((year, month),) in found)


def _in_full(year: str) -> int:
    return int(year) if len(year) == 4 else 2000 + int(year)


def _number_of(month: str) -> int:
    starts = [name[:3] for name in words.MONTHS]
    return starts.index(month[:3].casefold()) + 1


def _of_dates(lines: Sequence[ReadLine]) -> set[str]:
    """The financial years of the dates beside the amounts, where there are dates."""
    years = set()
    for line in lines[:MOST_DATES]:
        for _, text in line.attributes:
            if (date := _DATE.match(text)) is None:
                continue
            year, month = (int(date[1]), int(date[2])) if date[1] else (int(date[5]), int(date[4]))
            years.add(year_of_month(year, month))
            break
    return years


def _of_headers(reading: Reading, tables: Sequence[int]) -> set[str]:
    loaded = (measure for number in tables for measure in measures_to_load(reading.tables[number]))
    return {year for measure in loaded for year in years_of_months(measure.name)}


def _of_words(reading: Reading, tables: Sequence[int]) -> set[str]:
    """The whole financial years that titles, sheets and the file are named with; single years may be anything."""
    loaded = [reading.tables[number] for number in tables]
    said = [{year for title in table.titles for year in _whole_years(title)} for table in loaded]
    of_titles = {year for years in said for year in years}
    of_sheets = {year for table in loaded for year in _whole_years(table.sheet)}
    return of_titles or of_sheets or set(_whole_years(PurePath(reading.file).stem.replace("_", " ")))


def _whole_years(text: str) -> Iterable[str]:
    return (year for year in years_in(text) if is_financial_year(year))
