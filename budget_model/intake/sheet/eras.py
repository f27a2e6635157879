"""Years that are counted from another beginning, as years of our own: 令和6年度, พ.ศ. 2567, 民國113年 are 2024.

The words beside such years, and by how much they differ, stand in `data/intake/eras.csv`. An Islamic year is shorter
than ours; it is the one of ours in which it mostly lies.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from budget_model.intake.files.reading_limits import limit
from budget_model.intake.sheet.word_tables import table

__all__ = ["BareEra", "bare_era", "in_common_years"]


@dataclass(frozen=True, slots=True)
class _Era:
    """Years of one era, by the words before or behind their number."""

    pattern: re.Pattern[str]
    offset: int
    years: range

    def in_common_years(self, text: str) -> str:
        """A text with the years of this era as ours; a span keeps its second year."""
        return self.pattern.sub(self._as_common, text)

    def _as_common(self, match: re.Match[str]) -> str:
        year = _number(match["year"])
        if year not in self.years:
            return match[0]
        following = match["following"]
        second = f"-{(year + 1 + self.offset) % 100:02d}" if following and _follows(year, following) else ""
        return f"{match['before']} {year + self.offset}{second or following or ''} "


_NUMBER: Final = r"元|[一二三四五六七八九十]{1,3}|\d{1,4}"
_FOLLOWING: Final = r"(?:\s?[-/–]\s?\d{2,4})"
_DIGITS: Final = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_ISLAMIC: Final = re.compile(r"(?<!\d)(?P<year>1[34]\d{2})(?:\s?[-/]\s?\d{2,4})?\s?(?:هـ|ه\b|AH\b)")
_LUNAR_YEAR: Final = limit("eras", "lunar_year")
_ISLAMIC_BEGINS: Final = limit("eras", "islamic_begins")
_COUNTED_OTHERWISE: Final = re.compile(r"[^\x00-ɏ]|\b(?:BE|BS|FY|AH)\b|\bB\.[ES]\.")
"""What such a text has somewhere: a letter of another script, or one of the few Latin marks."""


def _follows(year: int, following: str) -> bool:
    digits = re.sub(r"\D", "", following)
    return int(digits) % 100 == (year + 1) % 100


def _number(written: str) -> int:
    """A number in digits of any script, or in Chinese characters up to 99; 元 is the first.

    >>> _number("6"), _number("元"), _number("七"), _number("十二"), _number("三十")
    (6, 1, 7, 12, 30)
    """
    if written == "元":
        return 1
    if written.isdecimal():
        return int(written)
    tens, _, units = written.rpartition("十")
    if "十" not in written:
        return _DIGITS[units] if len(units) == 1 else 0
    return 10 * (_DIGITS.get(tens, 0) if tens else 1) + _DIGITS.get(units, 0)


def _era(before: str, after: str, offset: int, years: range) -> _Era:
    letters = rf"(?<![^\W\d_]){re.escape(before)}" if before.isascii() and before else re.escape(before)
    behind = f"(?={after})" if after else r"(?!\d)"
    year = _NUMBER if offset > 0 else r"\d{4}"
    front = rf"(?P<before>{letters})\s?\.?\s?" if before else r"(?P<before>)(?<![\d.,/元])"
    return _Era(re.compile(rf"{front}(?P<year>{year})(?P<following>{_FOLLOWING})?{behind}"), offset, years)


_ERAS: Final = tuple(
    _era(row["before"], row["after"], int(row["offset"]), range(int(row["first"]), int(row["last"]) + 1))
    for row in table("eras")
)


@dataclass(frozen=True, slots=True)
class BareEra:
    """An era whose years stand by themselves in sheets of its script."""

    word: str
    years: range
    script: re.Pattern[str]


def bare_era() -> BareEra:
    """The Buddhist era, whose years are 543 more than ours."""
    row = next(row for row in table("eras") if row["language"] == "th")
    return BareEra(
        row["before"], range(int(row["first"]), int(row["last"]) + 1), re.compile("[\u0e00-\u0eff]")
    )


@lru_cache(maxsize=8192)
def in_common_years(text: str) -> str:
    """A text in which the years of other eras are ours, and all else as it is.

    >>> in_common_years("令和6年度予算額").split(), in_common_years("民國113年度").split(), in_common_years("R6当初").split()
    (['令和', '2024', '年度予算額'], ['民國', '2024', '年度'], ['R', '2024', '当初'])
    >>> in_common_years("พ.ศ. 2567").split(), in_common_years("आ.व. 2081/82").split(), in_common_years("Budget 2567")
    (['พ.ศ.', '2024'], ['आ.व.', '2024-25'], 'Budget 2567')
    """
    if not _COUNTED_OTHERWISE.search(text):
        return text
    text = _ISLAMIC.sub(lambda match: str(int(int(match["year"]) * _LUNAR_YEAR + _ISLAMIC_BEGINS)), text)
    for era in _ERAS:
        text = era.in_common_years(text)
    return text
