"""Reorganisations that ship with the product: what happened, or is talked of, each with its sources.

One file a case in `data/reference/reorganisations`; `data/README.md` describes what it holds.
"""

import tomllib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Final

from budget_model.place.england import People
from budget_model.plain_values import from_plain
from budget_model.together.reorganisation import Ground, Holdings, Plan

FOLDER: Final = Path(__file__).resolve().parents[2] / "data" / "reference" / "reorganisations"


@dataclass(frozen=True, slots=True)
class CaseArea:
    """An area that a split speaks of, and its residents at the two censuses."""

    key: str
    name: str
    census_2011: int
    census_2021: int

    def in_year(self, year: str) -> Decimal:
        """Residents at the middle of a year, on the line between the two censuses."""
        return People(self.key, self.census_2011, self.census_2021, 0, "").in_year(year)


@dataclass(frozen=True, slots=True)
class CaseService:
    """What a service of a case's own published money is called."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class CaseMoney:
    """Published pounds of one body on one service in one year."""

    body: str
    year: str
    service: str
    pounds: Decimal


@dataclass(frozen=True, slots=True)
class Case:
    """A reorganisation with what is known of it."""

    title: str
    happened: bool
    """Whether it is what happened; else it is a what-if."""
    told: str
    """In a sentence, what became of whom, or what is asked."""
    sources: tuple[str, ...]
    plan: Plan
    notes: tuple[str, ...] = ()
    """What to know before reading its figures."""
    areas: tuple[CaseArea, ...] = ()
    services: tuple[CaseService, ...] = ()
    money: tuple[CaseMoney, ...] = ()
    """Published pounds, where the case does not stand on the national returns."""
    id: str = ""

    def held(self) -> Mapping[str, Holdings]:
        """Its published money by year, the earliest first."""
        years: defaultdict[str, dict[tuple[str, str], Decimal]] = defaultdict(dict)
        for row in sorted(self.money, key=lambda row: row.year):
            years[row.year][row.body, row.service] = row.pounds
        return years


@cache
def cases() -> Mapping[str, Case]:
    """Every case by its id, by title; raises `ValueError` for a file that is no case."""
    found = [_read(path) for path in sorted(FOLDER.glob("*.toml"))]
    return {case.id: case for case in sorted(found, key=lambda case: (not case.happened, case.title))}


def _read(path: Path) -> Case:
    """The case of one file; its name is the case's id."""
    with path.open("rb") as file:
        case = from_plain(Case, tomllib.load(file, parse_float=Decimal))
    published = path.stem if case.plan.ground is Ground.PUBLISHED else ""
    return replace(case, id=path.stem, plan=replace(case.plan, case=published))
