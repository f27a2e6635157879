"""A unit of money: a currency and what one written unit is worth in it; quick to load, since every answer holds some."""

from dataclasses import dataclass
from enum import Enum
from functools import cache

from budget_model.intake.files.lists import listed_in


@cache
def written_units() -> dict[str, dict[str, object]]:
    """What stands in `data/intake/units.toml`."""
    return listed_in("units")


@cache
def scales() -> dict[int, dict[str, object]]:
    """What is said of each factor, by the factor."""
    return {int(key): about for key, about in written_units().items() if key.isdigit()}


@cache
def names() -> dict[int, str]:
    """What a unit of each size is called: 1000 → 'thousand'."""
    return {factor: str(about["name"]) for factor, about in scales().items()}


def in_words(unit: str) -> str:
    """A unit as officers say it; anything else as it is.

    >>> in_words("GBP thousand"), in_words("GBP"), in_words("EUR million"), in_words("not stated")
    ('£ thousand', '£', 'EUR million', 'not stated')
    """
    return f"£{unit[3:]}" if unit == "GBP" or unit.startswith("GBP ") else unit


class UnitSource(Enum):
    """Who says in which unit amounts are: what is decided asks this, and its words are only shown."""

    NOBODY = ""
    OFFICER = "answer"
    PACKAGE = "package"
    HEADER = "header"
    TITLE = "title"
    CELL = "cell {0}"
    NOTE = "note in row {0}"
    COLUMN = "column {0}"
    OTHER_TABLE = "another table of the sheet"
    OTHER_SHEET = "sheet '{0}'"
    PENCE = "pence in the amounts"
    AMOUNTS = "the cells of the amounts"
    GUESS = "best guess, to be confirmed"


@dataclass(frozen=True, slots=True)
class Unit:
    """A currency, which may be unknown, and what one written unit is worth in it.

    >>> str(Unit("GBP", 1000)), str(Unit(None, 1)), str(Unit("INR", 100_000)), str(Unit("EUR", 500))
    ('GBP thousand', 'GBP', 'INR lakh', 'EUR x 500')
    """

    currency: str | None = None
    factor: int = 1

    def __str__(self) -> str:
        scale = "" if self.factor == 1 else f" {names().get(self.factor, f'x {self.factor}')}"
        return (self.currency or "GBP") + scale
