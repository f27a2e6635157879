"""Which financial year a header, a title or a label speaks of.

Financial years are written '2016-17'; a single calendar or fiscal year stays '2013'.
"""

import re
from datetime import date, datetime
from typing import Final

from budget_model.financial_year import beginning_in
from budget_model.intake.files.grid import CellValue
from budget_model.intake.files.reading_limits import count
from budget_model.intake.sheet.eras import in_common_years

LAST_OF_TWO_DIGITS: Final = count("years", "last_of_two_digits")
LONGEST_REST: Final = count("years", "longest_rest")
LONGEST_YEAR: Final = count("years", "longest_year")
FIRST_YEAR: Final = count("years", "first_year")
LAST_YEAR: Final = count("years", "last_year")

_SPAN = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*(?:[-/–]|to)\s*((?:19|20)?\d{2})(?!\d|[-/.]\d)")
_SHORT_SPAN = re.compile(r"(?<![\d/.-])(\d{2})\s*[-/–]\s*(\d{2})(?![\d/.-])")
_COMPACT = re.compile(r"(?<![\d.,/])(\d{2})(\d{2})(?![\d.,/])")
_TOGETHER = re.compile(r"(?<![\d.,/-])((?:19|20)\d{2})((?:19|20)?\d{2})(?![\d.,/-])")
_FISCAL = re.compile(r"\bFY\s*[-']?\s*((?:19|20)?\d{2})(?!\d)", re.IGNORECASE)
_SINGLE = re.compile(r"(?<![\d.,/])((?:19|20)\d{2})(?:(?![\d.,/])|(?=\.\s[^\W\d]))")
_END = re.compile(
    r"(?:year )?(?:\bended|\bending|\bto|\by/?e|\bfye)\s*(?:the )?(?:31(?:st)?\s+)?mar(?:ch)?\s*'?((?:19|20)?\d{2})(?!\d)",
    re.IGNORECASE,
)


def years_in(text: str) -> tuple[str, ...]:
    """Every year that a text names, in its order, each once.

    >>> years_in("2016/17 Budget"), years_in("FY 2013-14 Proposed"), years_in("Plan 2013"), years_in("ro1112")
    (('2016-17',), ('2013-14',), ('2013',), ('2011-12',))
    >>> years_in("201617"), years_in("Budget 20162017"), years_in("201618")
    (('2016-17',), ('2016-17',), ())
    >>> years_in("Change 2015/16 to 2016/17"), years_in("Year ended 31 March 2017"), years_in("Band 1617.5")
    (('2015-16', '2016-17'), ('2016-17',), ())

    A year of another era is read as ours; a fiscal year that is named by one year is the one that ends in it.

    >>> years_in("令和6年度"), years_in("ปีงบประมาณ พ.ศ. 2567"), years_in("民國113年")
    (('2024',), ('2024',), ('2024',))

    >>> years_in("FY25 Budget £"), years_in("Y/E 31 Mar 25")
    (('2024-25',), ('2024-25',))
    """
    found: list[tuple[int, str]] = []
    rest = text = in_common_years(text)

    def take(match: re.Match[str], year: str) -> None:
        nonlocal rest
        found.append((match.start(), year))
        rest = rest[: match.start()] + " " * (match.end() - match.start()) + rest[match.end() :]

    for match in list(_END.finditer(rest)):
        take(match, beginning_in(_in_full(match[1]) - 1))
    for match in list(_SPAN.finditer(rest)):
        if _follows(int(match[1]), match[2]):
            take(match, beginning_in(int(match[1])))
    for match in list(_TOGETHER.finditer(rest)):
        if _follows(int(match[1]), match[2]):
            take(match, beginning_in(int(match[1])))
    for match in list(_SHORT_SPAN.finditer(rest)):
        if _follows(2000 + int(match[1]), match[2]):
            take(match, beginning_in(2000 + int(match[1])))
    for match in list(_FISCAL.finditer(rest)):
        take(match, beginning_in(_in_full(match[1]) - 1))
    for match in list(_SINGLE.finditer(rest)):
        take(match, match[1])
    if not found:
        for match in list(_COMPACT.finditer(rest)):
            if (
                int(match[1]) < LAST_OF_TWO_DIGITS
                and _follows(2000 + int(match[1]), match[2])
                and len(rest.strip()) <= LONGEST_REST
            ):
                take(match, beginning_in(2000 + int(match[1])))
    return tuple(dict.fromkeys(year for _, year in sorted(found)))


def _in_full(year: str) -> int:
    return int(year) + (2000 if len(year) <= 2 else 0)


def _follows(start: int, end: str) -> bool:
    return (start + 1) % 100 == int(end[-2:]) and FIRST_YEAR <= start <= LAST_YEAR


def year_of(value: CellValue) -> str | None:
    """The year that a cell by itself names: 2016, '2016/17', 'FY13-14'; None for anything longer.

    >>> year_of(2016.0), year_of("FY13-14"), year_of("2016/17 budget"), year_of(12.5)
    ('2016', '2013-14', None, None)
    """
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return str(int(value)) if FIRST_YEAR <= value <= LAST_YEAR and float(value).is_integer() else None
    if isinstance(value, str):
        text = value.strip().removesuffix(".0")
        years = years_in(text) if len(text) <= LONGEST_YEAR else ()
        return years[0] if len(years) == 1 and re.fullmatch(r"(?:FY)?[\s\d/–-]+", text, re.I) else None
    if isinstance(value, date | datetime):
        return None
    return None
