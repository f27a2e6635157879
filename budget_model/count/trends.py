"""How a part of the map went over the years: gaps where a year has no figure, and marks where the series breaks.

A trend stands on the bodies that sent every year of the one that sent most years, unless it is
of one body or of all that each map has. A year
that one of its bodies has not sent is a gap with its reason, never zero. A break is where figures of two
years beside each other are not made alike: another phase, other parts of a budget, another kind of share,
other bodies (method page, section 14).
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from budget_model.count.restate import base_deflator, deflator, people_counted, people_served, population_of
from budget_model.count.what_changed import Held, Lives, MapOf, parts_of, phases_of
from budget_model.financial_year import (
    beginning_in,
    first_calendar_year,
    is_financial_year,
)
from budget_model.money import NOTHING, to_penny
from budget_model.place.model import Organisation, Place, Population, Share
from budget_model.scope import Scope
from budget_model.vocabulary import ShareBasis


class Missing(StrEnum):
    """Why a year has no figure."""

    NO_MAP = "nothing is on the map"
    NOT_SENT = "not sent"
    NO_LINE = "no line of it"
    NO_PRICES = "no deflator"
    NO_PEOPLE = "no count of the people"
    NOT_HELD = "no figure is held"
    NOT_IN_RETURN = "no line of the return"


class Difference(StrEnum):
    """What is not alike in the figures of two years beside each other."""

    PHASE = "phase"
    PARTS = "parts of the budget"
    SHARE = "kind of share"
    BODIES = "bodies"
    DEFINITION = "what is counted"


@dataclass(frozen=True, slots=True)
class Break:
    """One reason why two years beside each other are not made alike, at one body: what it was and what it is."""

    what: Difference
    organisation: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Point:
    """One year of a trend.

    `cash` is the map's own pounds, `amount` the same as the trend counts it; both None in a gap. `absent` are the
    bodies that have not sent the year, `breaks` what is unlike the year with figures before.
    """

    year: str
    cash: Decimal | None
    amount: Decimal | None
    missing: Missing | None = None
    absent: tuple[str, ...] = ()
    breaks: tuple[Break, ...] = ()
    people: Population | None = None


@dataclass(frozen=True, slots=True)
class Trend:
    """A part of the map from the first year on it to the last."""

    points: tuple[Point, ...]
    bodies: frozenset[str]
    left_out: frozenset[str]
    """Bodies of some years that have not sent all of those years, and so are in none."""

    @property
    def known(self) -> tuple[Point, ...]:
        """The years that have a figure."""
        return tuple(point for point in self.points if point.amount is not None)

    @property
    def broken(self) -> tuple[Point, ...]:
        """The years at which the series breaks."""
        return tuple(point for point in self.points if point.breaks)


@dataclass(frozen=True, slots=True)
class Part:
    """Which part of the map a trend is of: words of `Held` ('service') and the key wanted; all where empty."""

    word: str = ""
    key: str = ""
    others: frozenset[str] = frozenset()
    """Keys that belong to it as well: the bodies before a body, and those after it."""

    def of(self, held: Held) -> bool:
        """Whether some money belongs to it."""
        return not self.word or getattr(held, self.word) in (self.key, *self.others)


def trend(
    maps: Mapping[str, MapOf],
    bodies: Iterable[Organisation],
    part: Part,
    scope: Scope,
    *,
    every_body: bool = False,
) -> Trend:
    """One part of the map over the years, in cash.

    `maps` are those of each year that has one. `scope` narrows to its bodies and boards. With `every_body`
    each year counts all that its map has. The trend of a body goes on in the bodies before and after it that a map has,
    and breaks where the one takes over from the other.
    """
    lives = Lives(bodies)
    ever = frozenset().union(*(one.bodies for one in maps.values()))
    always = _steady(maps, lives)
    wanted = always
    if part.word == "organisation":
        wanted = lives.line(part.key) & ever | {part.key}
        part = replace(part, others=wanted)
    elif scope.organisations:
        wanted = frozenset(scope.organisations)
    elif every_body:
        wanted = ever
    alike = ever if every_body else always | wanted
    held = {
        year: tuple(one for one in each.held if _counted(one, wanted, alike, scope.themes))
        for year, each in maps.items()
    }
    absent = {year: _not_sent(wanted, year, one.bodies, lives) for year, one in maps.items()}
    points = _points(maps, held, part, {} if every_body else absent)
    return Trend(points, wanted, ever - alike)


def _steady(maps: Mapping[str, MapOf], lives: Lives) -> frozenset[str]:
    """The bodies that sent every year of the one that sent most years, the largest where several did."""
    ever = frozenset().union(*(one.bodies for one in maps.values()))
    sent = {body: [one for one in maps.values() if body in one.bodies] for body in ever}
    steadiest = max(
        sorted(ever), key=lambda body: (len(sent[body]), max(one.of(body) for one in sent[body])), default=""
    )
    years = {year: one.bodies for year, one in maps.items() if steadiest in one.bodies}
    return frozenset(
        body
        for body in ever
        if all(not _not_sent({body}, year, there, lives) for year, there in years.items())
    )


def _not_sent(wanted: Collection[str], year: str, sent: Collection[str], lives: Lives) -> tuple[str, ...]:
    """The bodies wanted that have not sent a year, though they were there."""
    return tuple(sorted(body for body in wanted if body not in sent and not lives.absent(body, year, sent)))


def _counted(held: Held, wanted: Collection[str], alike: Collection[str], themes: Collection[str]) -> bool:
    """Whether money is in the trend: what passes to or from a body that some years lack counts in full."""
    both_ends = not held.payer or (held.payer in alike and held.payee in alike)
    return held.organisation in wanted and both_ends and (not themes or held.theme in themes)


def _points(
    maps: Mapping[str, MapOf],
    held: Mapping[str, Sequence[Held]],
    part: Part,
    absent: Mapping[str, tuple[str, ...]],
) -> tuple[Point, ...]:
    points: list[Point] = []
    lines = {year: tuple(one for one in each if part.of(one)) for year, each in held.items()}
    before: str = ""
    for year in every_year(maps):
        point = _point(year, lines.get(year), absent.get(year, ()))
        if point.cash is not None:
            if before:
                breaks = _breaks(maps[before], lines[before], maps[year], lines[year])
                point = replace(point, breaks=breaks)
            before = year
        points.append(point)
    return tuple(points)


def every_year(years: Iterable[str]) -> tuple[str, ...]:
    """Every financial year from the first of some to the last, those between them too.

    >>> every_year(["2013-14", "2016-17"])
    ('2013-14', '2014-15', '2015-16', '2016-17')
    """
    starts = [first_calendar_year(year) for year in years if is_financial_year(year)]
    return tuple(beginning_in(start) for start in range(min(starts), max(starts) + 1)) if starts else ()


def _point(year: str, held: Sequence[Held] | None, absent: tuple[str, ...]) -> Point:
    if held is None:
        return Point(year, None, None, Missing.NO_MAP)
    if absent:
        return Point(year, None, None, Missing.NOT_SENT, absent)
    if not held:
        return Point(year, None, None, Missing.NO_LINE)
    cash = sum((one.amount for one in held), NOTHING)
    return Point(year, cash, cash)


def _breaks(
    before: MapOf, held_before: Sequence[Held], after: MapOf, held_after: Sequence[Held]
) -> tuple[Break, ...]:
    """What is unlike between two years, body by body."""
    return (
        *_unlike(Difference.PHASE, phases_of(held_before), phases_of(held_after)),
        *_unlike(Difference.PARTS, _in_words(parts_of(held_before)), _in_words(parts_of(held_after))),
        *_unlike(Difference.SHARE, _bases(before.shares, held_before), _bases(after.shares, held_after)),
        *_other_bodies(phases_of(held_before), phases_of(held_after)),
    )


def _unlike(what: Difference, before: Mapping[str, str], after: Mapping[str, str]) -> list[Break]:
    return [
        Break(what, body, before[body], after[body])
        for body in sorted(before.keys() & after.keys())
        if before[body] != after[body]
    ]


def _other_bodies(before: Mapping[str, str], after: Mapping[str, str]) -> list[Break]:
    gone = [Break(Difference.BODIES, body, "on the map", "") for body in sorted(before.keys() - after.keys())]
    come = [Break(Difference.BODIES, body, "", "on the map") for body in sorted(after.keys() - before.keys())]
    return gone + come


def _in_words(parts: Mapping[str, Collection[str]]) -> dict[str, str]:
    return {body: " and ".join(sorted(words)) for body, words in parts.items()}


def _bases(shares: Mapping[str, Share], held: Sequence[Held]) -> dict[str, str]:
    """On which rungs of the ladder of shares each body's money stands."""
    rungs: dict[str, set[str]] = {}
    for one in held:
        if not one.payer:
            share = shares.get(one.share)
            rungs.setdefault(one.organisation, set()).add(str(share.basis if share else ShareBasis.DIRECT))
    return _in_words(rungs)


# As the trend counts it


@dataclass(frozen=True, slots=True)
class Measure:
    """What a trend's figures count: pounds, in the prices of one year, per resident or per person served."""

    real: bool = False
    per_head: bool = False
    group: str = ""
    """The group of people served, by its id; empty for none."""
    area: str = ""
    """The people served as an area of the place's populations, where no group stands for them; empty for none."""


def measured(found: Trend, place: Place, measure: Measure) -> Trend:
    """A trend in other pounds; a year whose prices or people are not known becomes a gap that says so."""
    return replace(found, points=tuple(_measured(point, place, measure) for point in found.points))


def _measured(point: Point, place: Place, measure: Measure) -> Point:
    if point.cash is None:
        return point
    amount, people = point.cash, None
    if measure.real:
        then, base = deflator(place, point.year), base_deflator(place)
        if then is None or base is None:
            return replace(point, amount=None, missing=Missing.NO_PRICES)
        amount = amount * base.index / then.index
    if measure.area or measure.group or measure.per_head:
        people = _people(place, point.year, measure)
        if people is None:
            return replace(point, amount=None, missing=Missing.NO_PEOPLE)
        amount = amount / people.population
    return replace(point, amount=to_penny(amount), people=people)


def _people(place: Place, year: str, measure: Measure) -> Population | None:
    if measure.area:
        return people_counted(place, year, measure.area)
    return people_served(place, year, measure.group) if measure.group else population_of(place, year)
