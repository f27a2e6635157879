"""The financial year, from 1 April to 31 March, written as it is kept: '2016-17'."""

import re
from datetime import date

from budget_model.problem import Refusal

_TYPED = re.compile(r"\s*((?:19|20)\d\d)\s*[-/–]\s*(?:19|20)?(\d\d)\s*")
_KEPT = re.compile(r"(\d{4})-(\d{2})")
_APRIL = 4


def beginning_in(calendar_year: int) -> str:
    """The financial year that begins in a calendar year.

    >>> beginning_in(1999), beginning_in(2016)
    ('1999-00', '2016-17')
    """
    return f"{calendar_year}-{(calendar_year + 1) % 100:02}"


def financial_year(text: str) -> str:
    """A financial year that somebody typed, as it is kept; raises `Refusal` for anything that is not one.

    >>> financial_year("2016/17"), financial_year(" 2016-2017 "), financial_year("1999-00")
    ('2016-17', '2016-17', '1999-00')
    """
    match = _TYPED.fullmatch(text)
    if match is None:
        raise Refusal(f"'{text[:40]}' is not a financial year. Write it as 2016-17.")
    year = beginning_in(int(match[1]))
    if not year.endswith(match[2]):
        raise Refusal(
            f"'{text[:40]}' is not a financial year: one that begins in {match[1]} is written {year}."
        )
    return year


def is_financial_year(text: str) -> bool:
    """Whether a text is a financial year written as it is kept.

    >>> is_financial_year("2016-17"), is_financial_year("1999-00"), is_financial_year("2016-18")
    (True, True, False)
    """
    match = _KEPT.fullmatch(text)
    return match is not None and text == beginning_in(int(match[1]))


def first_calendar_year(year: str) -> int:
    """The calendar year in which a financial year begins; raises `ValueError` where the text names none.

    >>> first_calendar_year("2016-17")
    2016
    """
    return int(year[:4])


def year_before(year: str) -> str:
    """The financial year before.

    >>> year_before("2016-17"), year_before("2000-01")
    ('2015-16', '1999-00')
    """
    return beginning_in(first_calendar_year(year) - 1)


def first_day(year: str) -> date:
    """The day on which a financial year begins.

    >>> first_day("2016-17")
    datetime.date(2016, 4, 1)
    """
    return date(first_calendar_year(year), _APRIL, 1)


def last_day(year: str) -> date:
    """The 31 March on which a financial year ends.

    >>> last_day("2016-17")
    datetime.date(2017, 3, 31)
    """
    return date(first_calendar_year(year) + 1, 3, 31)


def year_of_month(calendar_year: int, month: int) -> str:
    """The financial year that a month lies in.

    >>> year_of_month(2016, 4), year_of_month(2017, 3)
    ('2016-17', '2016-17')
    """
    return beginning_in(calendar_year if month >= _APRIL else calendar_year - 1)
