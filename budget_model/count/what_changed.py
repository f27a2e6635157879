"""What changed between two maps, and why: bars that add up to the change to the penny.

A map is one year, phase or version. Bodies are compared where both maps have them; one that is on a single map
counts as new or ended only where its dates say so and the body that it took over from, or that took over from it,
is on the other map. It is otherwise left out and named, since a year that nobody sent is not a year without money. Money that both maps have is taken apart in a fixed order: the place's
share, then prices, then residents; what none of these makes is the change in the budgets themselves (method page, section 14).
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from budget_model.financial_year import first_day, is_financial_year, last_day
from budget_model.money import NOTHING, to_penny
from budget_model.place.model import Deflator, Organisation, Population, Share


class Reason(StrEnum):
    """Why two maps differ, in the order in which a bridge tells it."""

    NEW = "new bodies"
    ENDED = "bodies that ended"
    SCOPE = "parts of budgets on one map only"
    SHARES = "the place’s share"
    TRANSFERS = "money passed between bodies"
    INFLATION = "prices"
    POPULATION = "number of residents"
    REAL = "change in the budgets themselves"


class LeftOut(StrEnum):
    """Why a body is not compared."""

    NOT_BEFORE = "not on the earlier map"
    NOT_AFTER = "not on the later map"


@dataclass(frozen=True, slots=True)
class Held:
    """What one map holds of one part of a body's budget on one service and board: pounds of the place.

    `payer` and `payee` are empty for lines; for money that is counted once they are its two ends, and the
    amount is below nought. `share` is the id of the share that made the amount the place's.
    """

    organisation: str
    part: str
    phase: str
    service: str
    theme: str
    share: str
    payer: str
    payee: str
    amount: Decimal

    def is_of(self, themes: Collection[str]) -> bool:
        """Whether it is of one of the boards; of any where none is chosen."""
        return not themes or self.theme in themes

    def is_within(self, bodies: Collection[str]) -> bool:
        """Whether it is a line, or passes from one of the bodies to another."""
        return not self.payer or (self.payer in bodies and self.payee in bodies)


@dataclass(frozen=True, slots=True)
class MapOf:
    """One end of a bridge: what a map holds, and the prices, residents and shares of its year.

    `price` is None where there is no index for its year, `people` where no population is known.
    """

    name: str
    year: str
    held: tuple[Held, ...]
    price: Deflator | None
    people: Population | None
    shares: Mapping[str, Share]
    version: int = 0

    @property
    def bodies(self) -> frozenset[str]:
        """Every body that has a line on it."""
        return frozenset(one.organisation for one in self.held if not one.payer)

    def of(self, body: str) -> Decimal:
        """What one body has on it, pounds."""
        return sum((one.amount for one in self.held if one.organisation == body), NOTHING)


@dataclass(frozen=True, slots=True)
class Change:
    """One reason for a change in one body's money on one service and board, pounds."""

    organisation: str
    service: str
    theme: str
    reason: Reason
    amount: Decimal


@dataclass(frozen=True, slots=True)
class NotCompared:
    """A body that one of both maps does not have, and what the other has of it, pounds."""

    organisation: str
    why: LeftOut
    amount: Decimal


@dataclass(frozen=True, slots=True)
class WhatChanged:
    """A bridge: `before` + every change = `after`, on the bodies that are compared."""

    start: MapOf
    end: MapOf
    changes: tuple[Change, ...]
    compared: frozenset[str]
    left_out: tuple[NotCompared, ...]

    @property
    def before(self) -> Decimal:
        """What the earlier map holds of the bodies compared."""
        return sum((one.amount for one in self.start.held), NOTHING)

    @property
    def after(self) -> Decimal:
        """What the later map holds of them."""
        return sum((one.amount for one in self.end.held), NOTHING)

    @property
    def same_year(self) -> bool:
        """Whether both maps are of one year, so that neither prices nor residents differ."""
        return self.start.year == self.end.year

    @property
    def separated(self) -> bool:
        """Whether the effect of prices could be told apart."""
        return self.same_year or bool(self.start.price and self.end.price)

    def reasons(self) -> tuple[tuple[Reason, Decimal], ...]:
        """Every reason that makes a difference, in the order of reasons."""
        sums: defaultdict[Reason, Decimal] = defaultdict(lambda: NOTHING)
        for change in self.changes:
            sums[change.reason] += change.amount
        return tuple((reason, sums[reason]) for reason in Reason if sums[reason])

    def by(self, word: str) -> dict[str, dict[Reason, Decimal]]:
        """Each reason's pounds for every 'organisation', 'service' or 'theme' that anything changed in."""
        sums: defaultdict[str, defaultdict[Reason, Decimal]]
        sums = defaultdict(lambda: defaultdict(lambda: NOTHING))
        for change in self.changes:
            sums[getattr(change, word)][change.reason] += change.amount
        return {key: dict(reasons) for key, reasons in sums.items()}

    def ends_by(self, word: str) -> dict[str, tuple[Decimal, Decimal]]:
        """What the earlier and the later map hold of every 'organisation', 'service' or 'theme', pounds."""
        before, after = by_word(self.start.held, word), by_word(self.end.held, word)
        return {key: (before.get(key, NOTHING), after.get(key, NOTHING)) for key in sorted(before | after)}

    def phases(self) -> tuple[tuple[str, str, str], ...]:
        """Bodies whose figures were made at different phases of the two years: body, earlier, later phase."""
        before, after = phases_of(self.start.held), phases_of(self.end.held)
        both = sorted(before.keys() & after.keys())
        return tuple((body, before[body], after[body]) for body in both if before[body] != after[body])

    def parts_on_one_map(self) -> tuple[tuple[str, str, bool], ...]:
        """Parts of compared bodies' budgets that one map lacks: body, part, whether the later one has it."""
        before, after = parts_of(self.start.held), parts_of(self.end.held)
        return tuple(
            (body, part, part in after[body])
            for body in sorted(before.keys() & after.keys())
            for part in sorted(_on_one_only(before[body], after[body]))
        )


class Lives:
    """When bodies began and ended, and who took over from whom: what makes a body's absence from a map no gap."""

    def __init__(self, bodies: Iterable[Organisation]) -> None:
        """Take the place's bodies with their dates."""
        self._known = {body.id: body for body in bodies}

    def ended(self, key: str, year: str, there: Collection[str]) -> bool:
        """Whether a body had ended before a year, and one that its functions went on to is `there`."""
        body = self._known.get(key)
        if body is None or body.closed is None or not is_financial_year(year):
            return False
        return body.closed < first_day(year) and any(one in there for one in self._after(key))

    def not_begun(self, key: str, year: str, there: Collection[str]) -> bool:
        """Whether a body began after a year, and one that its functions came from, if any, is `there`."""
        body = self._known.get(key)
        if body is None or body.opened is None or not is_financial_year(year):
            return False
        before = [one for one in self._known if key in self._after(one)]
        return body.opened > last_day(year) and (not before or any(one in there for one in before))

    def _after(self, key: str) -> list[str]:
        """The bodies to which one's functions went on, one after the other."""
        after: list[str] = []
        body = self._known.get(key)
        while body and body.successor and body.successor not in (key, *after):
            after.append(body.successor)
            body = self._known.get(body.successor)
        return after

    def line(self, key: str) -> frozenset[str]:
        """A body with those that its functions came from and those that they went on to."""
        before = (one for one in self._known if key in self._after(one))
        return frozenset({key, *before, *self._after(key)})

    def absent(self, key: str, year: str, there: Collection[str]) -> bool:
        """Whether a body is rightly not on a year's map, which holds the bodies `there`."""
        return self.ended(key, year, there) or self.not_begun(key, year, there)


def what_changed(
    start: MapOf,
    end: MapOf,
    bodies: Iterable[Organisation],
    chosen: Collection[str] = (),
    themes: Collection[str] = (),
) -> WhatChanged:
    """Take the difference between two maps apart, for every body or those `chosen`, for all boards or some.

    `bodies` give the dates and successors by which a body on one map alone is new or ended. Two versions of one year are
    compared whole: what the later has and the earlier lacks is what came onto the map.
    """
    ended, new = _ended_and_new(start, end, Lives(bodies))
    compared = (start.bodies & end.bodies) | ended | new
    left_out = [(start, body, LeftOut.NOT_AFTER) for body in start.bodies - compared]
    left_out += [(end, body, LeftOut.NOT_BEFORE) for body in end.bodies - compared]
    wanted = compared & frozenset(chosen) if chosen else compared
    before, after = (_only(one, compared, wanted, themes) for one in (start, end))
    return WhatChanged(
        before,
        after,
        tuple(change for body in sorted(wanted) for change in _changes(body, before, after, new, ended)),
        wanted,
        tuple(
            NotCompared(body, why, one.of(body))
            for one, body, why in sorted(left_out, key=lambda each: each[1])
            if not chosen or body in chosen
        ),
    )


def _ended_and_new(start: MapOf, end: MapOf, lives: Lives) -> tuple[frozenset[str], frozenset[str]]:
    """The bodies that rightly are on the earlier map alone, and those that rightly are on the later alone."""
    only_before, only_after = start.bodies - end.bodies, end.bodies - start.bodies
    if start.year == end.year and start.version != end.version:
        return only_before, only_after
    ended = frozenset(body for body in only_before if lives.ended(body, end.year, end.bodies))
    return ended, frozenset(body for body in only_after if lives.not_begun(body, start.year, start.bodies))


def _only(one: MapOf, compared: Collection[str], wanted: Collection[str], themes: Collection[str]) -> MapOf:
    """A map of some bodies and boards: what passes to or from a body that is not compared counts in full."""
    return replace(
        one,
        held=tuple(
            held
            for held in one.held
            if held.organisation in wanted and held.is_of(themes) and held.is_within(compared)
        ),
    )


def by_word(held: Iterable[Held], word: str) -> dict[str, Decimal]:
    """Pounds of each 'organisation', 'service' or 'theme'."""
    sums: defaultdict[str, Decimal] = defaultdict(lambda: NOTHING)
    for one in held:
        sums[getattr(one, word)] += one.amount
    return dict(sums)


def phases_of(held: Iterable[Held]) -> dict[str, str]:
    """At which phase, or phases, the figures of each body were made."""
    phases: defaultdict[str, set[str]] = defaultdict(set)
    for one in held:
        if not one.payer:
            phases[one.organisation].add(one.phase)
    return {body: " and ".join(sorted(words)) for body, words in phases.items()}


def parts_of(held: Iterable[Held]) -> dict[str, set[str]]:
    """The parts of each body's budget."""
    parts: defaultdict[str, set[str]] = defaultdict(set)
    for one in held:
        if not one.payer:
            parts[one.organisation].add(one.part)
    return dict(parts)


def _on_one_only(before: set[str], after: set[str]) -> set[str]:
    """Parts that one side lacks; none where no part has the same name, since then the names alone differ."""
    return before ^ after if before & after else set()


def _changes(
    body: str, start: MapOf, end: MapOf, new: Collection[str], ended: Collection[str]
) -> list[Change]:
    """Every change in one body's money."""
    passed_before, lines_before = _passed_and_lines(start, body)
    passed_after, lines_after = _passed_and_lines(end, body)
    changes = _difference(passed_before, passed_after, Reason.TRANSFERS)
    if body in new or body in ended:
        reason = Reason.NEW if body in new else Reason.ENDED
        return changes + _difference(lines_before, lines_after, reason)
    apart = _on_one_only(parts_of(lines_before).get(body, set()), parts_of(lines_after).get(body, set()))
    apart_before, lines_before = _divided(lines_before, lambda held: held.part in apart)
    apart_after, lines_after = _divided(lines_after, lambda held: held.part in apart)
    changes += _difference(apart_before, apart_after, Reason.SCOPE)
    return changes + _taken_apart(start, end, lines_before, lines_after)


def _passed_and_lines(year: MapOf, body: str) -> tuple[list[Held], list[Held]]:
    """What others pass to a body, and its own lines."""
    return _divided([held for held in year.held if held.organisation == body], lambda held: bool(held.payer))


def _divided(held: Iterable[Held], belongs: Callable[[Held], bool]) -> tuple[list[Held], list[Held]]:
    """What belongs, and the rest, each in its order."""
    inside: list[Held] = []
    outside: list[Held] = []
    for part in held:
        (inside if belongs(part) else outside).append(part)
    return inside, outside


Key = tuple[str, str, str]


def _key(one: Held) -> Key:
    return (one.organisation, one.service, one.theme)


def _summed(held: Iterable[Held]) -> dict[Key, Decimal]:
    sums: defaultdict[Key, Decimal] = defaultdict(lambda: NOTHING)
    for one in held:
        sums[_key(one)] += one.amount
    return dict(sums)


def _difference(before: Iterable[Held], after: Iterable[Held], reason: Reason) -> list[Change]:
    """Later less earlier, service by service, all for one reason."""
    first, last = _summed(before), _summed(after)
    return _told({key: last.get(key, NOTHING) - first.get(key, NOTHING) for key in first | last}, reason)


def _told(amounts: Mapping[Key, Decimal], reason: Reason) -> list[Change]:
    return [Change(*key, reason, amount) for key, amount in sorted(amounts.items()) if amount]


def _taken_apart(start: MapOf, end: MapOf, before: Sequence[Held], after: Sequence[Held]) -> list[Change]:
    """What the share, prices and residents make of the earlier money, and what is left to the later."""
    ratios = _ratios(start, end, before, after)
    levels = [_summed(before)]
    levels.append(
        _summed(replace(one, amount=_times(one.amount, ratios[one.part, one.share])) for one in before)
    )
    for factor in (_prices(start, end), _residents(start, end)):
        levels.append({key: _times(amount, factor) for key, amount in levels[-1].items()})
    levels.append(_summed(after))
    reasons = (Reason.SHARES, Reason.INFLATION, Reason.POPULATION, Reason.REAL)
    return [
        change
        for reason, first, last in zip(reasons, levels, levels[1:], strict=False)
        for change in _told(
            {key: last.get(key, NOTHING) - first.get(key, NOTHING) for key in first | last}, reason
        )
    ]


def _times(amount: Decimal, factor: tuple[Decimal, Decimal]) -> Decimal:
    """An amount times one number over another, to the penny; as it is where both are the same."""
    over, under = factor
    return amount if over == under else to_penny(amount * over / under)


SAME = (Decimal(1), Decimal(1))


def _prices(start: MapOf, end: MapOf) -> tuple[Decimal, Decimal]:
    """The later year's price index over the earlier year's; one where either is unknown."""
    return (end.price.index, start.price.index) if start.price and end.price else SAME


def _residents(start: MapOf, end: MapOf) -> tuple[Decimal, Decimal]:
    """The later year's residents over the earlier year's; one where either is unknown."""
    if start.people is None or end.people is None:
        return SAME
    return (Decimal(end.people.population), Decimal(start.people.population))


def _ratios(
    start: MapOf, end: MapOf, before: Sequence[Held], after: Sequence[Held]
) -> dict[tuple[str, str], tuple[Decimal, Decimal]]:
    """By how much the share of each part's money changed: the later share over the earlier.

    The later share of the same part is the one that stands on the same rung of the ladder, or the only one;
    where several could be meant the share is taken as unchanged, and the difference is real change.
    """
    later: defaultdict[str, set[str]] = defaultdict(set)
    for one in after:
        later[one.part].add(one.share)
        later[""].add(one.share)
    return {
        (one.part, one.share): _ratio(
            start.shares.get(one.share),
            [end.shares[key] for key in later.get(one.part, later[""]) if key in end.shares],
        )
        for one in before
    }


def _ratio(first: Share | None, later: Sequence[Share]) -> tuple[Decimal, Decimal]:
    if first is None or not first.numerator:
        return SAME
    alike = [share for share in later if share.basis is first.basis] or list(later)
    values = {share.numerator / share.denominator for share in alike}
    if len(values) != 1:
        return SAME
    return (alike[0].numerator * first.denominator, alike[0].denominator * first.numerator)
