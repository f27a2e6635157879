"""Which part of a year a header names: a month, a quarter, a half; the year so far, or the whole of it.

The words stand in `data/intake/period_words.csv`.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from budget_model.intake.sheet.units import short_form, unit_in
from budget_model.intake.sheet.word_tables import table


class Part(StrEnum):
    """What part of a year."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    THIRD = "third"
    HALF = "half"


IN_A_YEAR = {Part.WEEK: 52, Part.MONTH: 12, Part.QUARTER: 4, Part.THIRD: 3, Part.HALF: 2}
_ROWS = table("period_words")
_MONTHS: dict[str, dict[str, int]] = {}
"""For each word the month that it names in each language: Polish 'lip' is July, Croatian 'lip' June."""
for _row in _ROWS:
    if _row["number"]:
        _MONTHS.setdefault(_row["word"], {})[_row["language"]] = int(_row["number"])
_PARTS = {
    row["word"]: Part(row["period"]) for row in _ROWS if row["period"] in set(Part) and not row["number"]
}
_TO_DATE = [row["word"] for row in _ROWS if row["period"] == "to date"]
_YEAR = [row["word"] for row in _ROWS if row["period"] == "year"]


@dataclass(frozen=True, slots=True)
class Period:
    """A part of a year: the which-th of its kind."""

    part: Part
    number: int
    rest: str
    """What the header says beside it: the phase, the unit."""


def _any_of(words: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(rf"\b{re.escape(word)}\b" for word in words))


_MONTH_NAME = re.compile(
    rf"(?<![^\W\d_])(?P<name>{'|'.join(sorted(map(re.escape, _MONTHS), key=len, reverse=True))})(?![^\W\d_])\.?"
)


def _any_word(words: Iterable[str]) -> str:
    """A regular expression of any of some words, the longest first."""
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


_ORDINALS = {row["word"]: int(row["number"]) for row in table("ordinals")}
"""First to fourth, in words or in figures with an ending."""
_NUMBER = rf"{_any_word(_ORDINALS)}|\d{{1,2}}|iv|i{{1,3}}"
_NUMBERED = re.compile(
    rf"(?<![^\W\d_])(?P<name>{_any_word(_PARTS)})\.?\s*(?:no\.?\s*)?0?(?P<number>\d{{1,2}}|(?<=[\s-])(?:iv|i{{1,3}}|{_any_word(_ORDINALS)})|-(?P<dashed>{_NUMBER}))(?!\w)"
    rf"|(?<![\w.])(?P<first>{_NUMBER})(?:st|nd|rd|th|\.|er|re|e|ème|º|ª|-й|['’΄ʹ])?\s*(?P<after>{_any_word(_PARTS)})(?![^\W\d_])"
)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_DATED = re.compile(r"(?P<year>(?:19|20)\d{2})[-/.](?P<month>0?[1-9]|1[0-2])(?:[-/.]\d{1,2})?(?!\d)")
_MONTH_YEAR = re.compile(r"(?<!\d)(?P<month>0?[1-9]|1[0-2])[-/.](?P<year>(?:19|20)\d{2})(?!\d)")
_MONTH_END = re.compile(
    r"(?<![\w.,/])(?=(?:31[./](?:0?[13578]|1[02])|30[./](?:0?[469]|11)|2[89][./]0?2)(?!\d))"
    r"\d\d[./](?P<month>\d{1,2})\.?(?![\w/]|\.\d)"
)
"""The last day of a month without its year; other days without one may be numbers of chapters."""
_SO_MANY = re.compile(
    rf"(?<!\w)(?:\d{{1,2}}|iv|i{{1,3}})\.?\s+(?:{'|'.join(sorted(map(re.escape, _PARTS), key=len, reverse=True))})\w{{0,3}}\b"
)
to_date = _any_of(_TO_DATE)
"""What a header says of the part of the year that has passed."""
whole_year = _any_of(_YEAR)
"""What it says of the whole of it."""


def speaks_of_a_part(header: str) -> bool:
    """Whether a header names all since the year began, so many of its parts, a half, or the whole of it.

    >>> [speaks_of_a_part(text) for text in ("Acumulado 1T", "9 months", "III kwartały", "Rok", "Parks")]
    [True, True, True, True, False]
    """
    text = " ".join(header.casefold().split())
    return bool(to_date.search(text) or whole_year.fullmatch(text) or _SO_MANY.search(text))


def period_of(header: str, language: str = "") -> Period | None:
    """The part of a year that a header names, if it names one and does not speak of all since the year began.

    `language` says which language's months are meant where a word names different ones.

    >>> period_of("Apr-24 Budget"), period_of("Q3 £"), period_of("2. Quartal"), period_of("Budget 2024")
    (Period(part=<Part.MONTH: 'month'>, number=4, rest='-24 budget'), Period(part=<Part.QUARTER: 'quarter'>, number=3, rest='£'), Period(part=<Part.QUARTER: 'quarter'>, number=2, rest=''), None)
    >>> [period_of(text).number for text in ("Β' τρίμηνο", "2. ársfj.", "द्वितीय तिमाही", "2n trim.", "Q-II")]
    [2, 2, 2, 2, 2]
    >>> period_of("bis 30.06."), period_of("30.6 Roads"), period_of("12.5")
    (Period(part=<Part.MONTH: 'month'>, number=6, rest='bis'), Period(part=<Part.MONTH: 'month'>, number=6, rest='roads'), None)
    """
    text = " ".join(header.casefold().split())
    if to_date.search(text):
        return None
    for pattern in (_NUMBERED, _DATED, _MONTH_YEAR, _MONTH_END, _MONTH_NAME):
        match = pattern.search(text)
        if match is not None:
            part, number = _read(match, language)
            if 1 <= number <= IN_A_YEAR[part] + (part is Part.MONTH):
                return Period(part, number, f"{text[: match.start()]}{text[match.end() :]}".strip())
    return None


_YEAR_BESIDE = re.compile(r"(?:19|20)\d{2}(?:\s*[-/–]\s*\d{2,4})?|[-'’/]\d{2}$")
_FULL_DATE = re.compile(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}")
_SHORT_YEAR = re.compile(r"[^\W\d]\.? \d{2}")


def is_of_a_part(header: str) -> bool:
    """Whether a header is the name of a part of one stated year and no more than that, but for a unit.

    A day is no part of a year (a year ends on one), and other words may say what is so of the whole of it: a
    forecast that is made in a quarter.

    >>> [is_of_a_part(text) for text in ("April 2024", "Q1 2024-25 (£000)", "1. Halbjahr 2024", "Apr 24", "2024-04")]
    [True, True, True, True, True]
    >>> [is_of_a_part(text) for text in ("31 March 2025", "2025-03-31", "Q1 forecast 2024", "Out", "2024-25", "24 May")]
    [False, False, False, False, False, False]
    """
    text = " ".join(header.casefold().split())
    period = period_of(text)
    if period is None or _FULL_DATE.search(text) or whole_year.search(text):
        return False
    rest = _YEAR_BESIDE.sub(" ", period.rest, count=1)
    if _SHORT_YEAR.fullmatch(text[-4:]) and rest == text[-2:]:
        rest = " "
    dated = rest != period.rest or bool(_DATED.search(text) or _MONTH_YEAR.search(text))
    return dated and all(map(is_of_a_unit, rest.split()))


def is_of_a_unit(word: str) -> bool:
    """Whether a word of a header only says its unit, or nothing: '(£000)', '-', 'TEUR'."""
    bare = word.strip("()[].,:;-–/")
    return not bare or unit_in(bare) is not None or short_form(bare) is not None


def month_named(text: str) -> str:
    """The first name of a month in a text in small letters; '' where there is none.

    >>> month_named("31 december 2024"), month_named("budget")
    ('december', '')
    """
    match = _MONTH_NAME.search(text)
    return match["name"] if match else ""


def parts_named(texts: Sequence[str]) -> tuple[Part, int] | None:
    """Which parts of a year some texts name, and how many of them; nothing where one names none or another kind.

    >>> parts_named(["Apr-24", "May-24"]), parts_named(["Q1", "Parks"]), parts_named([])
    ((<Part.MONTH: 'month'>, 2), None, None)
    """
    periods = [period_of(text) for text in texts]
    known = [period for period in periods if period]
    kinds = {period.part for period in known}
    if len(kinds) != 1 or len(known) < len(periods):
        return None
    return kinds.pop(), len({period.number for period in known})


def _read(match: re.Match[str], language: str) -> tuple[Part, int]:
    """The part and its number: of a numbered part, a date or the name of a month."""
    said = match.groupdict()
    if "month" in said:
        return Part.MONTH, int(said["month"])
    if "number" not in said:
        months = _MONTHS[said["name"]]
        return Part.MONTH, months.get(language) or next(iter(months.values()))
    number = said["dashed"] or said["number"] or said["first"]
    return _PARTS[said["name"] or said["after"]], _ROMAN.get(number) or _ORDINALS.get(number) or int(number)


def _language(headers: Sequence[str]) -> str:
    """The language whose months most of the headers name, each once."""
    named: dict[str, set[int]] = {}
    for header in headers:
        match = _MONTH_NAME.search(header.casefold())
        for language, number in _MONTHS[match["name"]].items() if match else ():
            named.setdefault(language, set()).add(number)
    return max(named, key=lambda language: len(named[language]), default="")


@dataclass(frozen=True, slots=True)
class Run:
    """Columns that are the parts of one year, each once, by their places among the headers."""

    places: tuple[int, ...]
    part: Part
    whole: bool
    """Whether they are all parts of the year."""
    rest: str
    """What their headers say beside the period; '' where they differ."""


def runs(headers: Sequence[str]) -> list[Run]:
    """The runs of parts of a year among some headers: one for each thing that they say beside the period.

    Months of which some are actual and the others forecast are one run, since each comes once.
    """
    language = _language(headers)
    periods_of = (period_of(header, language) for header in headers)
    found = {place: period for place, period in enumerate(periods_of) if period}
    by_part: dict[Part, dict[int, Period]] = {}
    for place, period in found.items():
        by_part.setdefault(period.part, {})[place] = period
    made: list[Run] = []
    for part, periods in by_part.items():
        numbers = [period.number for period in periods.values()]
        if len(set(numbers)) == len(numbers):
            made += _run(part, periods, "")
            continue
        for rest in dict.fromkeys(_without_years(period.rest) for period in periods.values()):
            own = {p: period for p, period in periods.items() if _without_years(period.rest) == rest}
            if len({period.number for period in own.values()}) == len(own):
                made += _run(part, own, rest)
    return made


def _run(part: Part, periods: dict[int, Period], rest: str) -> list[Run]:
    if len(periods) < 2:
        return []
    return [Run(tuple(periods), part, len(periods) >= IN_A_YEAR[part], rest)]


def _without_years(text: str) -> str:
    return " ".join(re.sub(r"[-'’/]?\d{2,4}", " ", text).split())
