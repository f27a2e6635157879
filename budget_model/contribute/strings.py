"""What the columns of a body's own file say is tied to each line: match, ages, department, end, and the like."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Final

from budget_model.intake.reading import ReadLine
from budget_model.intake.sheet.string_words import CONTRACT, string_named
from budget_model.money import typed_number
from budget_model.place.reading import day
from budget_model.place.strings import NO_STRINGS, StringOn, Strings
from budget_model.problem import Location, Problem, Severity
from budget_model.vocabulary import PaysFor

Attributes = tuple[tuple[str, str], ...]
_AGES: Final = re.compile(r"(?:aged?s?\s+)?(\d{1,3})\s*(?:-|–|to)\s*(\d{1,3})(?:\s*years?)?")
_AND_OVER: Final = re.compile(r"(?:aged?s?\s+)?(\d{1,3})\s*(?:\+|and over|plus)")
_UP_TO: Final = re.compile(r"(?:up to|to)\s*(\d{1,3})")
_UNDER: Final = re.compile(r"under\s*(\d{1,3})s?")
_RATIO: Final = re.compile(r"1\s*:\s*1")
NOTHING_SAID: Final = frozenset({"", "-", "–", "n/a", "na", "none", "unknown", "tbc", "no", "?"})
"""What officers write where there is no string, or none is known."""
OLDEST: Final = 120
WRITTEN: Final[Mapping[str, str]] = {
    StringOn.MATCH: "Write what others put beside it as a part: 50%, or 1:1.",
    StringOn.SWITCHING: "Write the part that may move: 10%.",
    StringOn.AGES: "Write the ages as 16-24, 65+ or under 18.",
    StringOn.PAYS_FOR: "Write revenue, capital, or both.",
    StringOn.ENDS: "Write the day as 31/03/2027.",
    CONTRACT: "Write the day as 31/03/2027.",
}
"""How each string that has a form is written."""


@dataclass(frozen=True, slots=True)
class Unread:
    """A cell whose string could not be read: it is kept as its body wrote it, and is unknown."""

    string: str
    text: str

    @property
    def sentence(self) -> str:
        """What could not be read, and that it counts as unknown."""
        return f"‘{self.text[:60]}’ under “{self.string}” cannot be read, so it is unknown."

    @property
    def remedy(self) -> str:
        """How to write it."""
        return WRITTEN[self.string]


@dataclass(frozen=True, slots=True)
class Said:
    """What a line's own columns say: its strings, the day to which a contract binds it, and what is not read."""

    strings: Strings = NO_STRINGS
    committed_until: date | None = None
    unread: tuple[Unread, ...] = ()


@cache
def strings_said(attributes: Attributes) -> Said:
    """The strings that the columns of one line state.

    >>> strings_said((("Age band", "16-24"), ("Match funding", "50%"), ("Ward", "Arboretum"))).strings.match
    Decimal('0.5')
    """
    said: dict[str, object] = {}
    unread = []
    for header, text in attributes:
        name = string_named(header)
        if not name or text.strip().casefold() in NOTHING_SAID:
            continue
        try:
            said |= dict(_read(name, _with_sign(header, text.strip())))
        except ValueError:
            unread.append(Unread(name, text.strip()))
    until = said.pop(CONTRACT, None)
    return Said(Strings(**said), until if isinstance(until, date) else None, tuple(unread))  # type: ignore[arg-type]


def _with_sign(header: str, text: str) -> str:
    """The text with the sign that its header has for all: a percentage, or pounds."""
    sign = next((sign for sign in "%£" if sign in header and sign not in text), "")
    return f"{text}{sign}" if text[-1:].isdigit() else text


def _read(name: str, text: str) -> Iterator[tuple[str, object]]:
    """The fields that one cell fills; raises `ValueError` for what cannot be read."""
    if name == StringOn.MATCH:
        yield "match", Decimal(1) if _RATIO.fullmatch(text) else _part(text, most=Decimal(100))
    elif name == StringOn.SWITCHING:
        yield "switching", _part(text, most=Decimal(1))
    elif name == StringOn.AGES:
        yield from zip(("age_from", "age_to"), read_ages(text), strict=True)
    elif name == StringOn.PAYS_FOR:
        yield "pays_for", _pays_for(text)
    elif name == StringOn.ENDS:
        yield "ends", day(text)
    elif name == CONTRACT:
        yield CONTRACT, day(text)
    else:
        yield ("eligibility" if name == StringOn.ELIGIBILITY else "department"), text


def _part(text: str, most: Decimal) -> Decimal:
    """A part as officers write it, '50%' or '0.5'; raises `ValueError` for pounds, words and what is beyond `most`."""
    if "£" in text:
        raise ValueError(text)
    part = typed_number(text.removesuffix("%").strip()) / (100 if text.endswith("%") else 1)
    if not 0 <= part <= most:
        raise ValueError(text)
    return part


def read_ages(text: str) -> tuple[int | None, int | None]:
    """The youngest and the oldest of an age band; raises `ValueError` for what is none.

    >>> read_ages("16-24"), read_ages("65+"), read_ages("under 18"), read_ages("up to 25")
    ((16, 24), (65, None), (None, 17), (None, 25))
    """
    words = text.strip().casefold()
    for form, first, last in ((_AGES, 1, 2), (_AND_OVER, 1, 0), (_UP_TO, 0, 1), (_UNDER, 0, 1)):
        if match := form.fullmatch(words):
            oldest = int(match[last]) - (form is _UNDER) if last else None
            return _in_order(int(match[first]) if first else None, oldest)
    raise ValueError(text)


def _in_order(first: int | None, last: int | None) -> tuple[int | None, int | None]:
    if (first or 0) > (OLDEST if last is None else last) or (last or 0) > OLDEST:
        raise ValueError("These are no ages.")
    return first, last


def _pays_for(text: str) -> PaysFor:
    words = text.casefold()
    revenue, capital = ("revenue" in words), ("capital" in words)
    if not revenue and not capital:
        raise ValueError(text)
    if revenue and capital:
        return PaysFor.BOTH
    return PaysFor.REVENUE if revenue else PaysFor.CAPITAL


def unread_strings(lines: Iterable[ReadLine], file: str) -> tuple[Problem, ...]:
    """Every string of some lines that could not be read, each wording once, where it stands first."""
    first: dict[Unread, ReadLine] = {}
    for line in lines:
        for unread in strings_said(line.attributes).unread:
            first.setdefault(unread, line)
    return tuple(
        Problem(
            Location(file, line.sheet, line.row),
            unread.sentence,
            unread.remedy,
            Severity.NOTE,
            "unread-string",
        )
        for unread, line in first.items()
    )
