"""What a council, police or fire body spends per resident beside others of its kind, and how far from their median.

A difference is no judgement: need, prices, who runs what and how a service is counted all differ. The figures are
those of national returns, so that each body is measured by the same rules.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from statistics import median
from typing import Final

from budget_model.money import NOTHING, PENNY
from budget_model.place.england import CLASS_NAMES, Authority, BodyKind, England

ALL: Final = "all"
"""The key of everything that a body spends on services; of a council, education, police and fire aside."""
GROUPS: Final[Mapping[str, str]] = {
    "190": "Education",
    "290": "Highways and transport",
    "330": "Children’s social care",
    "360": "Adult social care",
    "390": "Public health",
    "490": "Housing, but for council homes",
    "509": "Culture, sport and libraries",
    "590": "Environment and regulation",
    "599": "Planning and development",
    "690": "Central services",
}
"""The groups of services that every year's return prints a total of."""
TOTALS: Final = ("699", "799")
ASIDE: Final = ("190", "601", "602")
"""What not every council of a class runs alike: schools became academies, some counties run fire."""
WITHOUT_LINES: Final = ("601", "602", "698")
"""Totals that have no lines under them, so that they are lines themselves."""
FOR_CHILDREN: Final = ("190", "330")
"""The groups of the return that are spent on children."""
CHILDREN_GROUPS: Final = frozenset(
    {"children-under-5", "school-age-children", "families", "children-in-care", "disabled-children"}
)
"""The groups of people that are children: a service that is first for one of them is spent on children."""
FOR_ADULTS: Final = ("360",)
"""The group of the return that is spent on adults of 18 and over."""
ADULT_GROUPS: Final = frozenset(
    {"older-people", "disabled-adults", "learning-disabilities", "mental-ill-health", "carers"}
)
"""The groups of people that are adults in care: a service that is first for one of them is spent on adults."""
CLASS: Final = "class"
REGION: Final = "region"
OWN_LIST: Final = "own"


class Quarter(StrEnum):
    """In which quarter of the bodies compared one stands, by what it spends per resident."""

    HIGHEST = "highest quarter"
    UPPER_MIDDLE = "second-highest quarter"
    LOWER_MIDDLE = "second-lowest quarter"
    LOWEST = "lowest quarter"


@dataclass(frozen=True, slots=True)
class Peers:
    """The bodies that one is set beside."""

    key: str
    name: str
    """As a sentence says it: 'other unitary councils'."""
    ecodes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """How one body's spending on one service stands among others', in pounds per resident, or per person served."""

    key: str
    own: Decimal
    peers: tuple[tuple[str, Decimal], ...]
    """The other bodies that print a figure, the largest first."""
    residents: Decimal
    """The people by whom its own money is divided: all residents, or those served."""

    @property
    def median(self) -> Decimal:
        """The middle of the others' figures; of an even number the mean of the two in the middle."""
        return median(amount for _, amount in self.peers)

    @property
    def rank(self) -> int:
        """Its place among all, the largest first; 1 where nobody spends more."""
        return 1 + sum(1 for _, amount in self.peers if amount > self.own)

    @property
    def of(self) -> int:
        """How many are compared, itself among them."""
        return len(self.peers) + 1

    @property
    def quarter(self) -> Quarter:
        """The quarter that its rank is in."""
        return tuple(Quarter)[(self.rank - 1) * 4 // self.of]

    @property
    def apart(self) -> Decimal:
        """Pounds between what it spends and what its people would take at the median; above zero where it spends more."""
        return ((self.own - self.median) * self.residents).quantize(PENNY, rounding=ROUND_HALF_UP)


def peers_of(body: Authority, lists: England) -> tuple[Peers, ...]:
    """Whom a body can be set beside: its class, its region's, and the published schemes that name its neighbours."""
    others = [other for other in lists.authorities if other.ecode != body.ecode]
    same = tuple(other.ecode for other in others if other.kind is body.kind)
    of_class = Peers(CLASS, f"other {CLASS_NAMES.get(body.kind, 'bodies of its kind')}", same)
    near = tuple(other.ecode for other in others if other.region == body.region and _alike(body, other))
    of_region = Peers(REGION, f"others in {body.region}", near)
    return (of_class, *([of_region] if near else ()), *_by_published_schemes(body, lists))


def _by_published_schemes(body: Authority, lists: England) -> Iterator[Peers]:
    """Its neighbours as each published scheme names them."""
    own = [row for row in lists.neighbours if row.council == body.ecode]
    for scheme, name in dict.fromkeys((row.scheme, row.name) for row in own):
        yield Peers(scheme, name, tuple(row.neighbour for row in own if row.scheme == scheme))


def _alike(body: Authority, other: Authority) -> bool:
    """Whether two bodies run the same kind of thing: any two councils with social care do."""
    return other.kind is body.kind or (other.is_upper_tier and body.is_upper_tier)


def by_group(body: Authority, printed: Iterable[tuple[str, str, Decimal]]) -> dict[str, dict[str, Decimal]]:
    """What each authority spends on each group of the return, and in all, by authority and key."""
    sums: dict[str, dict[str, Decimal]] = {}
    is_council = body.kind not in (BodyKind.POLICE, BodyKind.FIRE)
    for ecode, line, pounds in printed:
        mine = sums.setdefault(ecode, {})
        if line in GROUPS and is_council:
            mine[line] = pounds
        if line in TOTALS:
            mine[ALL] = mine.get(ALL, NOTHING) + pounds
        elif line in ASIDE and is_council:
            mine[ALL] = mine.get(ALL, NOTHING) - pounds
    return sums


def by_line(
    printed: Iterable[tuple[str, str, Decimal]], belongs: Mapping[str, Sequence[tuple[str, Decimal]]]
) -> dict[str, dict[str, Decimal]]:
    """What each authority's lines come to by key: `belongs` gives the keys of a line with its part of each."""
    sums: dict[str, dict[str, Decimal]] = {}
    for ecode, line, pounds in printed:
        mine = sums.setdefault(ecode, {})
        for key, part in belongs.get(line, ()):
            mine[key] = mine.get(key, NOTHING) + pounds * part
    return sums


def standings(
    own: str,
    peers: Peers,
    amounts: Mapping[str, Mapping[str, Decimal]],
    residents: Mapping[str, Decimal],
) -> tuple[Standing, ...]:
    """How one body stands on each key that it prints a figure for, the furthest from the median first.

    A body that prints no figure or whose residents nobody counts is left out: unknown is never zero. A key that neither
    it nor half the others spend on is left out too.
    """
    if not residents.get(own):
        return ()
    found: list[Standing] = []
    for key, pounds in amounts.get(own, {}).items():
        others = [
            (ecode, amounts[ecode][key] / residents[ecode])
            for ecode in peers.ecodes
            if key in amounts.get(ecode, {}) and residents.get(ecode)
        ]
        if others:
            others.sort(key=lambda pair: (-pair[1], pair[0]))
            standing = Standing(key, pounds / residents[own], tuple(others), residents[own])
            if standing.own or standing.median:
                found.append(standing)
    return tuple(sorted(found, key=lambda standing: (-abs(standing.apart), standing.key)))
