"""What money could move this year: what law, strings and contracts hold, what nothing is known to hold, and the unknown.

Each pound stands once, under the first of the holds that it meets; the parts make the whole. Of money that is tied,
the part that its terms let move to another purpose could move; the rest is held.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from budget_model.money import NOTHING, pounds, to_penny
from budget_model.place.strings import NO_STRINGS, StringOn, Strings
from budget_model.together.spend import JointSpend
from budget_model.vocabulary import Discretion, Kind, OrganisationType, PaysFor, RingFence


class Hold(StrEnum):
    """What holds some money where it is, in the order in which it is asked; the last three hold nothing."""

    NO_CASH = "no cash moves: an accounting charge, or help in kind"
    RIGHT = "by law: paid to whoever is entitled"
    FENCED = "by law: ring-fenced"
    CAPITAL = "for capital only: it may not pay for running services"
    CONTRACT = "committed by contract to the end of the year or longer"
    CONDITIONS = "tied to the conditions of its funding"
    UNKNOWN = "unknown: nothing says whether it may move"
    SWITCH = "could move: the part of a tied grant that its terms let move"
    DUTY = "no condition known: the law asks for the service, and bodies choose how to provide it"
    FREE = "no condition known: bodies choose whether to spend it"

    @property
    def lets_move(self) -> bool:
        """Whether nothing is known to hold the money."""
        return self in (Hold.SWITCH, Hold.DUTY, Hold.FREE)


@dataclass(frozen=True, slots=True)
class CouldMove:
    """The money by what holds it, and that which could move by body, the most first; pounds."""

    by_hold: tuple[tuple[Hold, Decimal], ...]
    by_organisation: tuple[tuple[str, Decimal], ...]
    contract_unsaid: Decimal = NOTHING
    """What of the money that could move stands on lines that do not say until when they are committed."""
    ends_by_then: Decimal = NOTHING
    """What of the money that could move ends by the last day of the year: it could move once."""
    match_beside: Decimal = NOTHING
    """What others must put beside the money that needs match."""
    known: tuple[tuple[StringOn, Decimal], ...] = ()
    """For each string, how much of all the money says something of it."""

    def of(self, hold: Hold) -> Decimal:
        """What one hold holds."""
        return dict(self.by_hold).get(hold, NOTHING)

    @property
    def whole(self) -> Decimal:
        """All of the money."""
        return sum((amount for _, amount in self.by_hold), NOTHING)

    @property
    def free(self) -> Decimal:
        """What nothing is known to hold."""
        return sum((amount for hold, amount in self.by_hold if hold.lets_move), NOTHING)


NO_STREAMS: Mapping[str, Strings] = {}


def could_move(
    spend: Iterable[JointSpend], ends: date, streams: Mapping[str, Strings] = NO_STREAMS
) -> CouldMove:
    """What could move in a year that ends on a day; `streams` are the strings of each funding stream by its id."""
    holds: defaultdict[Hold, Decimal] = defaultdict(lambda: NOTHING)
    bodies: defaultdict[str, Decimal] = defaultdict(lambda: NOTHING)
    unsaid = once = NOTHING
    strung = [(item, strings_on(item, streams)) for item in spend]
    for item, strings in strung:
        for hold, amount in parts_of(item, ends, strings):
            holds[hold] += amount
            if hold.lets_move:
                bodies[item.organisation] += amount
                unsaid += amount if item.committed_until is None else NOTHING
                once += amount if strings.end_by(ends) else NOTHING
    ranked = sorted(bodies.items(), key=lambda part: (-part[1], part[0]))
    by_hold = tuple((hold, holds.get(hold, NOTHING)) for hold in Hold)
    known = _known_by_string(strung)
    by_string = tuple((string, known.get(string, NOTHING)) for string in StringOn)
    beside = sum((to_penny(item.amount * (strings.match or 0)) for item, strings in strung), NOTHING)
    return CouldMove(by_hold, tuple(ranked), unsaid, once, beside, by_string)


def _known_by_string(strung: Iterable[tuple[JointSpend, Strings]]) -> dict[StringOn, Decimal]:
    """Pounds of which each string is known."""
    known: defaultdict[StringOn, Decimal] = defaultdict(lambda: NOTHING)
    for item, strings in strung:
        for string, words in strings.said.items():
            if words or _is_its_own(string, item):
                known[string] += item.amount
    return known


def _is_its_own(string: StringOn, item: JointSpend) -> bool:
    """Whether the string is the home department of what a department spends: the department itself."""
    return string is StringOn.DEPARTMENT and item.organisation_type is OrganisationType.CENTRAL_DEPARTMENT


def strings_on(item: JointSpend, streams: Mapping[str, Strings]) -> Strings:
    """The strings on some money: what its lines say of their own, and else what holds for its funding stream."""
    return item.strings.over(streams.get(item.funding, NO_STRINGS))


def parts_of(item: JointSpend, ends: date, strings: Strings) -> Iterator[tuple[Hold, Decimal]]:
    """The parts of some money by what holds each: tied money has a part that its terms let move, where they say one."""
    hold = hold_of(item, ends, strings)
    tied = hold in (Hold.FENCED, Hold.CONDITIONS)
    switched = to_penny(item.amount * strings.switching) if tied and strings.switching else NOTHING
    yield hold, item.amount - switched
    if switched:
        yield Hold.SWITCH, switched


def hold_of(item: JointSpend, ends: date, strings: Strings = NO_STRINGS) -> Hold:
    """The first hold that some money meets."""
    meets = (
        (Hold.NO_CASH, not item.cash),
        (Hold.RIGHT, item.kind is Kind.TRANSFER_TO_INDIVIDUALS or item.discretion is Discretion.DEMAND_LED),
        (Hold.FENCED, item.ring_fence is RingFence.STATUTORY),
        (Hold.CAPITAL, item.kind is Kind.CAPITAL or strings.pays_for is PaysFor.CAPITAL),
        (Hold.CONTRACT, item.committed_until is not None and item.committed_until >= ends),
        (Hold.CONDITIONS, item.ring_fence is RingFence.CONDITIONS or strings.ties),
        (Hold.UNKNOWN, item.ring_fence is RingFence.UNKNOWN or item.discretion is Discretion.UNKNOWN),
        (Hold.DUTY, item.discretion is Discretion.STATUTORY_WITH_LOCAL_CHOICE),
    )
    return next((hold for hold, met in meets if met), Hold.FREE)


def sentence(movable: CouldMove, year: str) -> str:
    """What could move, and of how much nothing says, in one sentence."""
    if not movable.whole:
        return f"No money of {year} is in this choice, so none could move."
    unknown = movable.of(Hold.UNKNOWN)
    beside = f"; for {pounds(unknown)} it is unknown" if unknown else ""
    if not movable.free:
        return f"None of the {pounds(movable.whole)} of {year} is known to be free to move{beside}."
    ended = movable.free - movable.contract_unsaid
    if not movable.contract_unsaid:
        return (
            f"{pounds(ended)} of {pounds(movable.whole)} could move in {year}: no ring-fence, grant condition or contract "
            f"is known to tie it{beside}."
        )
    known, more = (pounds(ended), " more") if ended > 0 else ("None", "")
    return (
        f"{known} of the {pounds(movable.whole)} of {year} is known to be free to move. {pounds(movable.contract_unsaid)}{more} "
        f"has no ring-fence and no grant condition, but nobody has said when its contracts end{beside}."
    )
