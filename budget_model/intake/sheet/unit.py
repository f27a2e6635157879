"""A unit of money: a currency and what one written unit is worth in it; quick to load, since every answer holds some."""

import tomllib
from dataclasses import dataclass
from functools import cache

from budget_model.intake.sheet.word_tables import DATA


@cache
def written_units() -> dict[str, dict[str, object]]:
    """What stands in `data/intake/units.toml`."""
    return tomllib.loads((DATA / "units.toml").read_text(encoding="utf-8"))


@cache
def scales() -> dict[int, dict[str, object]]:
    """What is said of each factor, by the factor."""
    return {int(key): about for key, about in written_units().items() if key.isdigit()}


@cache
def names() -> dict[int, str]:
    """What a unit of each size is called: 1000 → 'thousand'."""
    return {factor: str(about["name"]) for factor, about in scales().items()}


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
