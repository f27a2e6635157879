"""Which phase of a budget a word names, in many languages: `data/intake/phase_words.csv`."""

import re
from enum import StrEnum
from functools import lru_cache
from typing import Final

from budget_model.intake.files.reading_limits import count
from budget_model.intake.sheet.word_tables import normal, pattern, table


class Phase(StrEnum):
    """What was done about the money: proposed, decided, changed, bound, spent, paid; or what is expected."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    REVISED = "revised"
    COMMITTED = "committed"
    ACTUAL = "actual"
    PAID = "paid"
    FORECAST = "forecast"


_ROWS = sorted(table("phase_words"), key=lambda row: -len(row["word"]))
_OF = {row["word"]: Phase(row["phase"]) for row in _ROWS}
SHORTEST: Final = count("phase_words", "shortest")


def phase_patterns() -> list[str]:
    """Regular expressions of the words that name a phase within a header, the longest first, but English ones."""
    return [pattern(row["word"]) for row in _ROWS if row["language"] != "en" and len(row["word"]) >= SHORTEST]


_WORDS = tuple(row["word"] for row in _ROWS if len(row["word"]) >= SHORTEST)


def phase_alone(text: str) -> Phase | None:
    """The phase that a text names and nothing else beside it but a year.

    >>> phase_alone("LIQUIDE"), phase_alone("Rozpočet po změnách 2024"), phase_alone("Planned maintenance")
    (<Phase.ACTUAL: 'actual'>, <Phase.REVISED: 'revised'>, None)
    """
    return _OF.get(normal(text))


def phase_within(text: str) -> Phase | None:
    """The phase that a header names, by its longest word for one.

    >>> phase_within("Crédito definitivo 2024"), phase_within("Service")
    (<Phase.REVISED: 'revised'>, None)
    """
    word = phase_word_within(text)
    return _OF[word] if word else None


@lru_cache(4096)
def phase_word_within(text: str) -> str:
    """The longest word for a phase that stands in a header; '' where none does.

    >>> phase_word_within("Plan po zmianach zł"), phase_word_within("Service")
    ('plan po zmianach', '')
    """
    plain = normal(text)
    words = tuple(word for word in _WORDS if word in plain)
    return max((match[0] for match in _any_of(words).finditer(plain)), key=len, default="") if words else ""


@lru_cache(4096)
def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    """The few words that can stand in a header at all: trying every word of every language takes long."""
    return re.compile("|".join(map(pattern, words)))
