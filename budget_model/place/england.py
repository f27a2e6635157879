"""England's published lists that ship with the product: its councils, their residents and who else serves them.

Read from `data/reference/england`; the two large tables beside them are asked by `store/england.py`. Everything is of
2016-17 unless its own column says otherwise.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, Final, TypeVar

from budget_model.financial_year import first_calendar_year
from budget_model.problem import Refusal
from budget_model.shipped import rows_of_table

FOLDER: Final = Path(__file__).resolve().parents[2] / "data" / "reference" / "england"
Value = TypeVar("Value")


class BodyKind(StrEnum):
    """What sort of body sends the government a return."""

    LONDON_BOROUGH = "L"
    METROPOLITAN_DISTRICT = "MD"
    UNITARY = "UA"
    COUNTY = "SC"
    DISTRICT = "SD"
    POLICE = "police"
    FIRE = "fire"
    WASTE = "waste"
    COMBINED = "combined"
    PARK = "park"
    GREATER_LONDON = "gla"


CENSUS_DAYS: Final = (date(2011, 3, 27), date(2021, 3, 21))
CHILDREN_YEARS: Final = (2012, 2017)
"""Between which mid-years children are counted by council."""
UPPER_TIER: Final = (
    BodyKind.LONDON_BOROUGH,
    BodyKind.METROPOLITAN_DISTRICT,
    BodyKind.UNITARY,
    BodyKind.COUNTY,
)
"""Classes of council that run social care: every part of England has one of them."""

CLASS_NAMES: Final = {
    BodyKind.LONDON_BOROUGH: "London boroughs",
    BodyKind.METROPOLITAN_DISTRICT: "metropolitan districts",
    BodyKind.UNITARY: "unitary councils",
    BodyKind.COUNTY: "county councils",
    BodyKind.DISTRICT: "district councils",
    BodyKind.POLICE: "police bodies",
    BodyKind.FIRE: "fire authorities",
}
"""What the bodies of a class are called, where they are compared."""


@dataclass(frozen=True, slots=True)
class Authority:
    """A body of the national returns."""

    ecode: str
    """The code that the returns know it by: 'E1001'."""
    ons_code: str
    name: str
    kind: BodyKind
    region: str
    county: str
    """Of a district council: the e-code of its county council."""

    @property
    def is_upper_tier(self) -> bool:
        """Whether it runs social care, so that a place can be made of its area."""
        return self.kind in UPPER_TIER


@dataclass(frozen=True, slots=True)
class People:
    """The residents of a council's area."""

    ecode: str
    census_2011: int
    census_2021: int
    mid_2016: int
    basis: str

    def in_year(self, year: str) -> Decimal:
        """Residents at the middle of a financial year's first calendar year, on the line between the two censuses.

        >>> People("E1001", 248752, 261000, 255207, "").in_year("2016-17").quantize(Decimal(1))
        Decimal('255207')
        """
        days = (date(first_calendar_year(year), 6, 30) - CENSUS_DAYS[0]).days
        between = (CENSUS_DAYS[1] - CENSUS_DAYS[0]).days
        return self.census_2011 + Decimal((self.census_2021 - self.census_2011) * days) / between


@dataclass(frozen=True, slots=True)
class Children:
    """The residents of 0 to 17 of the area of a council that runs children's services."""

    ecode: str
    mid_2012: int
    mid_2017: int

    def in_year(self, year: str) -> Decimal | None:
        """At the middle of a financial year's first calendar year, on the line between the two; None outside them.

        >>> Children("E1001", 57415, 59201).in_year("2016-17"), Children("E1001", 57415, 59201).in_year("2018-19")
        (Decimal('58843.8'), None)
        """
        after = first_calendar_year(year) - CHILDREN_YEARS[0]
        span = CHILDREN_YEARS[1] - CHILDREN_YEARS[0]
        if not 0 <= after <= span:
            return None
        return self.mid_2012 + Decimal((self.mid_2017 - self.mid_2012) * after) / span


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A council that a published scheme calls like another."""

    council: str
    scheme: str
    name: str
    rank: str
    """1 the likest; empty where the scheme ranks none."""
    neighbour: str
    source: str


@dataclass(frozen=True, slots=True)
class Serves:
    """A police, fire, waste or transport body that serves a council's area."""

    body: str
    council: str
    basis: str


@dataclass(frozen=True, slots=True)
class Group:
    """A commissioning group's published allocation in pounds, and the people that it counts."""

    name: str
    allocation: int
    per_head: int
    people: int
    year: str
    """The financial year that it is of; empty where the source states none."""


@dataclass(frozen=True, slots=True)
class GroupServes:
    """How many of a group's people live in one council's area."""

    group: str
    council: str
    people: int
    whole: bool
    """Whether the group serves no other council's area."""
    basis: str


@dataclass(frozen=True, slots=True)
class Provider:
    """A provider's published allocation for learners of 16 to 19, in pounds, and the council's area it stands in."""

    council: str
    name: str
    kind: str
    ukprn: str
    pounds: int


@dataclass(frozen=True, slots=True)
class Department:
    """A central body of the map, and the departments of the regional analysis that it stands for."""

    id: str
    name: str
    short_name: str
    colour: str
    departments: tuple[str, ...]
    """Empty for the one that stands for all the rest."""
    asks: str
    """What it holds, and what to ask it for."""


@dataclass(frozen=True, slots=True)
class LineService:
    """The service that a published line pays for, and what differs from the service's own defaults."""

    source: str
    """'return' for a line of the councils' return, 'analysis' for a segment of the regional analysis."""
    line_code: str
    service: str
    basis: str
    """Whose mapping it is, or which lines it is like."""
    funding_stream: str
    ring_fence: str
    nature: str
    kind: str
    discretion: str
    stage: str


@dataclass(frozen=True, slots=True)
class ReturnLine:
    """One figure of one authority's return, in pounds."""

    year: str
    phase: str
    ecode: str
    line: str
    """The code that the return prints: '799'. Where it prints none, the code of the same name in 2017-18."""
    section: str
    name: str
    pounds: Decimal


@dataclass(frozen=True, slots=True)
class RegionLine:
    """One row of the regional analysis, in pounds of one year."""

    row: int
    """The row of the published sheet."""
    department: str
    body: str
    segment: str
    segment_name: str
    function: str
    sort: str
    """'CUR' current or 'CAP' capital."""
    sector: str
    """'CG' central government, 'LG' local government, 'PC' public corporations."""
    region: str
    pounds: Decimal


def _several(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split(";") if part)


READ_AS: Final[dict[Any, Callable[[str], Any]]] = {
    int: int,
    bool: lambda text: text == "yes",
    tuple[str, ...]: _several,
}


def _rows(name: str, made_of: type[Value]) -> tuple[Value, ...]:
    """The values of one file, in its order."""
    kinds: dict[str, Any] = made_of.__annotations__
    return tuple(
        made_of(**{column: READ_AS.get(kinds[column], kinds[column])(text) for column, text in row.items()})
        for row in rows_of_table(FOLDER / f"{name}.csv")
    )


@dataclass(frozen=True)
class England:
    """All the lists, with the look-ups that a place is made with."""

    authorities: tuple[Authority, ...]
    people: tuple[People, ...]
    footprints: tuple[Serves, ...]
    groups: tuple[Group, ...]
    group_footprints: tuple[GroupServes, ...]
    providers: tuple[Provider, ...]
    line_services: tuple[LineService, ...]
    departments: tuple[Department, ...]
    neighbours: tuple[Neighbour, ...]
    children: tuple[Children, ...]

    def authority(self, ecode: str) -> Authority:
        """The body of a code; raises `KeyError` for one that the returns do not know."""
        return self._by_code[ecode]

    @property
    def _by_code(self) -> dict[str, Authority]:
        return {body.ecode: body for body in self.authorities}

    @property
    def upper_tier(self) -> tuple[Authority, ...]:
        """The councils of whose areas a place can be made, by name."""
        councils = [body for body in self.authorities if body.is_upper_tier]
        return tuple(sorted(councils, key=lambda body: body.name))

    @property
    def councils(self) -> tuple[Authority, ...]:
        """Every council that people may name for a place, by name: those of `upper_tier`, and the districts of counties."""
        return tuple(
            sorted(
                (body for body in self.authorities if body.is_upper_tier or body.county),
                key=lambda body: body.name,
            )
        )

    def mapped_with(self, council: Authority) -> Authority:
        """The council of whose area a place is made where a council is named: of a district its county."""
        return self.authority(council.county) if council.county else council

    def of_place(self, ons_code: str) -> tuple[Authority, ...]:
        """The bodies of the returns that serve a place: its council first; none for a place that is not English."""
        council = next((body for body in self.upper_tier if body.ons_code == ons_code), None)
        if council is None:
            return ()
        return (council, *self.within(council.ecode), *self.serving(council.ecode))

    def residents_of(self, body: Authority, year: str) -> Decimal:
        """Residents of the area that a body serves in a year; zero where nobody counts them."""
        people = {row.ecode: row for row in self.people}
        served = self.served_by(body.ecode) or (body.ecode,)
        return sum((people[code].in_year(year) for code in served if code in people), Decimal(0))

    def children_of(self, ecode: str, year: str) -> Decimal | None:
        """Residents of 0 to 17 of a council's area in a year; None where nobody counted them."""
        row = next((each for each in self.children if each.ecode == ecode), None)
        return row.in_year(year) if row else None

    def adults_of(self, ecode: str, year: str) -> Decimal | None:
        """Residents of 18 and over: all, less those of 0 to 17; None where nobody counted those."""
        children = self.children_of(ecode, year)
        return None if children is None else self.residents_of(self.authority(ecode), year) - children

    @property
    def residents(self) -> dict[str, int]:
        """Residents of each council's area at mid-2016, by e-code."""
        return {row.ecode: row.mid_2016 for row in self.people}

    def within(self, county: str) -> tuple[Authority, ...]:
        """The district councils of a county, in the return's order."""
        return tuple(body for body in self.authorities if body.county == county)

    def serving(self, council: str) -> tuple[Authority, ...]:
        """The bodies that serve a council's area beside it, in the return's order."""
        bodies = {row.body for row in self.footprints if row.council == council}
        return tuple(body for body in self.authorities if body.ecode in bodies)

    def served_by(self, body: str) -> tuple[str, ...]:
        """The e-codes of the councils whose areas a body serves."""
        return tuple(row.council for row in self.footprints if row.body == body)

    def region_residents(self, region: str) -> int:
        """Residents of a region at mid-2016: of its councils that run social care."""
        residents = self.residents
        return sum(residents[body.ecode] for body in self.upper_tier if body.region == region)

    def place_called(self, name: str) -> Authority:
        """The council whose area a name means; raises `Refusal` with the nearest names where none is."""
        wanted = plain_name(name)
        for body in self.upper_tier:
            if wanted in (plain_name(body.name), body.ecode.lower(), body.ons_code.lower()):
                return body
        raise Refusal(self._no_such_place(name))

    def _no_such_place(self, name: str) -> str:
        for body in self.authorities:
            if body.county and plain_name(body.name) == plain_name(name):
                county = self.authority(body.county).name
                return f"{body.name} is a district of {county}: make {county}, whose districts are in it."
        near = nearest_names(name, [body.name for body in self.upper_tier])
        return f"There is no English council area called '{name}'. Did you mean {' or '.join(near)}?"


def plain_name(name: str) -> str:
    """A council's name as people type it alike.

    >>> plain_name("Bath & North East Somerset") == plain_name("bath and north-east somerset")
    True
    >>> plain_name("Bristol, City of"), plain_name("St. Helens")
    ('bristol', 'st helens')
    """
    words = name.lower().replace("&", " and ").replace("-", " ").replace(".", "").replace(",", " ").split()
    text = " ".join(words)
    return text.removeprefix("city of ").removesuffix(" city of").removesuffix(" county council")


def nearest_names(wrong: str, known: Iterable[str]) -> list[str]:
    """The three known names closest to one that is not known, the closest first."""
    from rapidfuzz import fuzz, process

    return [name for name, _, _ in process.extract(wrong, list(known), scorer=fuzz.WRatio, limit=3)]


@cache
def england() -> England:
    """The lists, read once."""
    return England(
        _rows("authorities", Authority),
        _rows("people", People),
        _rows("footprints", Serves),
        _rows("commissioning_groups", Group),
        _rows("group_footprints", GroupServes),
        _rows("providers_16_19", Provider),
        _rows("line_services", LineService),
        _rows("departments", Department),
        _rows("statistical_neighbours", Neighbour),
        _rows("children", Children),
    )
