"""What stands in for a body's own budget: its sheets of published lines, its share and its funding."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from budget_model.money import NOTHING
from budget_model.place.england import LineService
from budget_model.place.model import Funding, Organisation, Share
from budget_model.vocabulary import (
    ControlSource,
    OrganisationStatus,
    OrganisationType,
    Phase,
    Provenance,
    ShareBasis,
)

YEAR: Final = "2016-17"
RETURN: Final = "Revenue Account budget 2016-17, Department for Communities and Local Government"
ANALYSIS: Final = "Country and Regional Analysis 2018, HM Treasury"
ALLOCATIONS: Final = "Clinical commissioning group allocations, NHS England"
PROVIDERS: Final = "16 to 19 allocations 2019-20, Education and Skills Funding Agency"
CENSUS: Final = "Census 2011 and Census 2021, Office for National Statistics"
LONGEST_SHEET: Final = 31
COLOURS: Final = (
    "#12436D",
    "#801650",
    "#28A197",
    "#F46A25",
    "#7B5AB0",
    "#2073BC",
    "#946C00",
    "#1D7A72",
    "#B0307A",
    "#4E7A27",
    "#6B5B95",
    "#C4501B",
    "#0F5E58",
    "#A285D1",
    "#5694CA",
    "#2E6E8E",
    "#C2528B",
    "#5F7355",
    "#9A5B3C",
    "#3B8E88",
)
"""One after another, for bodies that have no colour of their own; each is at least 3:1 against white."""


@dataclass(frozen=True, slots=True)
class SentLine:
    """One published figure: its code and name at the source, pounds of the whole body, and what it pays for."""

    code: str
    name: str
    pounds: Decimal
    service: LineService
    group: str = ""
    """The section or the function that the source prints it under."""
    at: str = ""
    """Where the source prints it, where it can be said: 'CRA row 512'."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook that stands in for a part of a body's budget."""

    name: str
    part: str
    title: str
    lines: tuple[SentLine, ...]
    source: str
    phase: Phase
    grade: int
    provenance: Provenance
    control: ControlSource
    figures_year: str = ""
    income: tuple[SentLine, ...] = ()
    """Lines of income, printed apart; the part is then what is spent less what comes in."""

    @property
    def total(self) -> Decimal:
        """Net pounds of the sheet."""
        return total_of(self.lines) - total_of(self.income)


@dataclass(frozen=True, slots=True)
class Body:
    """A body with what is published of its money."""

    organisation: Organisation
    share: Share
    sheets: tuple[Sheet, ...]
    funding: tuple[Funding, ...]

    @property
    def id(self) -> str:
        """The body's id."""
        return self.organisation.id


def total_of(lines: Iterable[SentLine]) -> Decimal:
    """Pounds of some lines."""
    return sum((line.pounds for line in lines), NOTHING)


def id_of(name: str) -> str:
    """A name as an id, of at most 70 characters.

    >>> id_of("Bath & North East Somerset Council")
    'bath-and-north-east-somerset-council'
    """
    words = re.findall(r"[a-z0-9]+", name.lower().replace("&", " and ").replace("'", "").replace("’", ""))
    return "-".join(words)[:70].rstrip("-")


def joined_id(first: str, second: str) -> str:
    """Two ids as one that is short enough.

    >>> joined_id("kent-police", "revenue")
    'kent-police-revenue'
    """
    return f"{first[:57].rstrip('-')}-{second[:22].rstrip('-')}"


def short(name: str, longest: int = 40) -> str:
    """A name for charts: cut at a word where it is too long.

    >>> short("Nottinghamshire Police and Crime Commissioner", 30)
    'Nottinghamshire Police and…'
    """
    if len(name) <= longest:
        return name
    return name[:longest].rpartition(" ")[0] + "…"


def sheet_name(name: str) -> str:
    """A name that a workbook's sheet may have.

    >>> sheet_name("NHS West London (K&C & QPP) CCG: allocation")
    'NHS West London (K&C & QPP) CCG'
    """
    return re.sub(r"[\[\]:*?/\\']", "", name)[:LONGEST_SHEET].strip()


def organisation(name: str, kind: OrganisationType, footprint: str, note: str, source: str) -> Organisation:
    """A body that is on the map; it has its colour when all are known."""
    return Organisation(
        id_of(name), name, short(name), kind, OrganisationStatus.MAPPED, footprint, "", note, source
    )


def whole(body: str, says: str, *, grade: int, source: str) -> Share:
    """The share of a body whose whole budget is the place's."""
    one = Decimal(1)
    return Share(
        f"{body}-whole", body, YEAR, ShareBasis.DIRECT, one, says, one, "the whole", grade, "", source
    )


def of_residents(body: str, residents: int, served: int, where: tuple[str, str], grade: int) -> Share:
    """The share of a body by the residents that the place has of those whom it serves; `where` names both areas."""
    place, footprint = where
    return Share(
        f"{body}-residents",
        body,
        YEAR,
        ShareBasis.RESIDENT_POPULATION,
        Decimal(residents),
        f"residents of {place}, mid-2016",
        Decimal(served),
        f"residents of {footprint}, mid-2016",
        grade,
        "An estimate: residents between the two censuses. Ask the body for a figure of its own.",
        CENSUS,
    )


def services_of(source: str, known: Iterable[LineService]) -> Mapping[str, LineService]:
    """What the lines of one source pay for, by code."""
    return {line.line_code: line for line in known if line.source == source}


def pays_for(service: str, stream: str = "", ring_fence: str = "") -> LineService:
    """A line that is all of one service."""
    return LineService("", "", service, "what the allocation is for", stream, ring_fence, "", "", "", "")
