"""Many places side by side in one year: each by the map that it published last, in total and for each resident.

A place is compared by what it published and by nothing else. Where the year is not on its newest published map, or its
residents are not published with it, it is named apart with the reason: unknown is never zero.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from budget_model import dates
from budget_model.financial_year import first_calendar_year
from budget_model.money import NOTHING, to_penny


@dataclass(frozen=True, slots=True)
class PublishedYear:
    """What one published map says of one year: who pays, net, each pound once, in pounds of the year."""

    year: str
    total: Decimal
    bodies: int
    """Bodies with money on the map of the year."""
    residents: int | None = None
    counted_in: int | None = None
    """The calendar year of which the residents are."""

    @property
    def per_head(self) -> Decimal | None:
        """Pounds per resident, to the penny."""
        return to_penny(self.total / self.residents) if self.residents else None

    @property
    def is_of_another_year(self) -> bool:
        """Whether its residents are those of another year than its money."""
        return self.counted_in is not None and self.counted_in != first_calendar_year(self.year)


@dataclass(frozen=True, slots=True)
class PublishedMap:
    """One version of a place's map, as it was published."""

    number: int
    name: str
    made_at: datetime
    program: str
    years: tuple[PublishedYear, ...]

    @property
    def title(self) -> str:
        """What it is called: 'version 3, “For the Board of May”'."""
        return f"version {self.number}, “{self.name}”"

    @property
    def published(self) -> str:
        """The day on which it was published: '26 November 2026'."""
        return dates.day(dates.day_of(self.made_at))

    def of(self, year: str) -> PublishedYear | None:
        """What it says of a year; None where it does not have it."""
        return next((known for known in self.years if known.year == year), None)


@dataclass(frozen=True, slots=True)
class PublishedPlace:
    """A place and every map that it published, the newest first."""

    id: str
    name: str
    currency: str
    maps: tuple[PublishedMap, ...]
    is_own: bool = False
    """Whether it is the place that this store is of."""

    @property
    def newest(self) -> PublishedMap | None:
        """The map that it published last."""
        return self.maps[0] if self.maps else None


@dataclass(frozen=True, slots=True)
class Places:
    """The places that a store knows of, by name, its own among them."""

    known: tuple[PublishedPlace, ...]
    not_read: tuple[str, ...] = ()
    """A sentence for each store or backup of others that could not be read."""

    @property
    def are_several(self) -> bool:
        """Whether there is anything to set side by side."""
        return len(self.known) > 1

    @property
    def years(self) -> tuple[str, ...]:
        """Every year on a newest published map, the latest first."""
        return tuple(sorted(self._how_many(), reverse=True))

    @property
    def usual_year(self) -> str:
        """The year that most places published, of those the latest; empty where none published any."""
        return max(self._how_many().items(), key=lambda pair: (pair[1], pair[0]), default=("", 0))[0]

    def _how_many(self) -> Counter[str]:
        """How many places published each year."""
        newest = (place.newest for place in self.known)
        return Counter(known.year for one in newest if one for known in one.years)


@dataclass(frozen=True, slots=True)
class Standing:
    """One place's year as its newest published map has it."""

    place: PublishedPlace
    map: PublishedMap
    of: PublishedYear


@dataclass(frozen=True, slots=True)
class Apart:
    """A place that is not compared, and why."""

    place: PublishedPlace
    reason: str


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Places in one year: those that published it, the most spent on a resident first; and those named apart."""

    year: str
    published: tuple[Standing, ...]
    """Every place that published the year; those without residents stand last."""
    apart: tuple[Apart, ...]

    @property
    def ranked(self) -> tuple[Standing, ...]:
        """The places whose residents are published too, the most spent on a resident first."""
        return tuple(standing for standing in self.published if standing.of.per_head is not None)

    @property
    def total(self) -> Decimal:
        """Pounds of all places that published the year."""
        return sum((standing.of.total for standing in self.published), NOTHING)

    @property
    def residents(self) -> int:
        """Residents of the places that published theirs."""
        return sum(standing.of.residents or 0 for standing in self.ranked)

    @property
    def total_of_ranked(self) -> Decimal:
        """Pounds of the places that published their residents too."""
        return sum((standing.of.total for standing in self.ranked), NOTHING)

    @property
    def per_head(self) -> Decimal | None:
        """Pounds per resident of the places of which both are known; None where there is none."""
        return to_penny(self.total_of_ranked / self.residents) if self.residents else None

    @property
    def own(self) -> Standing | None:
        """The place that the store is of; None where it is named apart."""
        return next((standing for standing in self.published if standing.place.is_own), None)

    @property
    def own_rank(self) -> int | None:
        """Which of the ranked places the store's own is, 1 for the most spent on a resident; None where it has no rank."""
        return next((rank for rank, standing in enumerate(self.ranked, 1) if standing.place.is_own), None)


def side_by_side(places: Places, year: str = "") -> SideBySide:
    """Places in a year, else in the one that most of them published."""
    wanted = year or places.usual_year
    own = next((place.currency for place in places.known if place.is_own), "")
    standing: list[Standing] = []
    apart: list[Apart] = []
    for place in places.known:
        newest = place.newest
        of = newest.of(wanted) if newest else None
        if newest and of and place.currency == own:
            standing.append(Standing(place, newest, of))
        else:
            apart.append(Apart(place, _why_apart(place, own, wanted)))
    return SideBySide(wanted, tuple(_most_first(standing)), tuple(apart))


def _most_first(standing: Sequence[Standing]) -> list[Standing]:
    """The most spent on a resident first, then those without residents by name."""
    return sorted(
        standing,
        key=lambda standing: (
            standing.of.per_head is None,
            -(standing.of.per_head or 0),
            standing.place.name,
        ),
    )


def _why_apart(place: PublishedPlace, currency: str, year: str) -> str:
    """Why a place is not among those that published a year."""
    newest = place.newest
    if newest is None:
        return "it has published no map yet"
    if place.currency != currency:
        return f"its money is in {place.currency}"
    years = ", ".join(sorted(known.year for known in newest.years))
    return f"{newest.title} has no {year}; its years are {years}"
