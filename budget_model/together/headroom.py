"""What capping grants at last year's level would free to commission with.

Headroom = Σ max(0, this year − last year) over the grants chosen. Derby capped the grants inside its Area
Based Grant and freed about £350,000 (Derby case study 2009, paragraph 16).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from budget_model.money import NOTHING


@dataclass(frozen=True, slots=True)
class Grant:
    """One grant, pounds, this year and last; last year's is None for a grant that is new."""

    name: str
    this_year: Decimal
    last_year: Decimal | None


@dataclass(frozen=True, slots=True)
class Freed:
    """What one grant would free, pounds, and why."""

    grant: Grant
    amount: Decimal
    why: str


@dataclass(frozen=True, slots=True)
class Headroom:
    """What all of them would free, pounds, the most first. New grants free nothing: there is no cap."""

    amount: Decimal
    grants: tuple[Freed, ...]


def headroom(grants: Iterable[Grant]) -> Headroom:
    """What capping each of these grants at last year's level would free."""
    freed = [_freed(grant) for grant in grants]
    freed.sort(key=lambda one: (-one.amount, one.grant.name))
    return Headroom(sum((one.amount for one in freed), NOTHING), tuple(freed))


def _freed(grant: Grant) -> Freed:
    if grant.last_year is None:
        return Freed(grant, NOTHING, "New this year, so there is no level to cap it at.")
    growth = grant.this_year - grant.last_year
    if growth <= 0:
        return Freed(grant, NOTHING, "It did not grow.")
    return Freed(grant, growth, "What it grew by.")
