"""What money could move this year: what law, strings and contracts hold, what nothing is known to hold, and the unknown.

Each pound stands once, under the first of the holds that it meets; the parts make the whole.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from budget_model.money import NOTHING, pounds
from budget_model.together.spend import JointSpend
from budget_model.vocabulary import Discretion, Kind, RingFence


class Hold(StrEnum):
    """What holds some money where it is, in the order in which it is asked; the last three hold nothing."""

    NO_CASH = "no cash moves: an accounting charge, or help in kind"
    RIGHT = "by law: paid to whoever is entitled"
    FENCED = "by law: ring-fenced"
    CAPITAL = "for capital only: it may not pay for running services"
    CONTRACT = "committed by contract to the end of the year or longer"
    CONDITIONS = "tied to the conditions of a grant"
    UNKNOWN = "unknown: nothing says whether it may move"
    DUTY = "could move: the law asks for the service, and bodies choose how to provide it"
    FREE = "could move: bodies choose whether to spend it"

    @property
    def lets_move(self) -> bool:
        """Whether nothing is known to hold the money."""
        return self in (Hold.DUTY, Hold.FREE)


@dataclass(frozen=True, slots=True)
class CouldMove:
    """The money by what holds it, and that which could move by body, the most first; pounds."""

    by_hold: tuple[tuple[Hold, Decimal], ...]
    by_organisation: tuple[tuple[str, Decimal], ...]
    contract_unsaid: Decimal = NOTHING
    """What of the money that could move stands on lines that do not say until when they are committed."""

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


def could_move(spend: Iterable[JointSpend], ends: date) -> CouldMove:
    """What could move in a year that ends on a day."""
    holds: defaultdict[Hold, Decimal] = defaultdict(lambda: NOTHING)
    bodies: defaultdict[str, Decimal] = defaultdict(lambda: NOTHING)
    unsaid = NOTHING
    for item in spend:
        hold = hold_of(item, ends)
        holds[hold] += item.amount
        if hold.lets_move:
            bodies[item.organisation] += item.amount
            unsaid += item.amount if item.committed_until is None else NOTHING
    ranked = sorted(bodies.items(), key=lambda part: (-part[1], part[0]))
    return CouldMove(tuple((hold, holds.get(hold, NOTHING)) for hold in Hold), tuple(ranked), unsaid)


def hold_of(item: JointSpend, ends: date) -> Hold:
    """The first hold that some money meets."""
    meets = (
        (Hold.NO_CASH, not item.cash),
        (Hold.RIGHT, item.kind is Kind.TRANSFER_TO_INDIVIDUALS or item.discretion is Discretion.DEMAND_LED),
        (Hold.FENCED, item.ring_fence is RingFence.STATUTORY),
        (Hold.CAPITAL, item.kind is Kind.CAPITAL),
        (Hold.CONTRACT, item.committed_until is not None and item.committed_until >= ends),
        (Hold.CONDITIONS, item.ring_fence is RingFence.CONDITIONS),
        (Hold.UNKNOWN, item.ring_fence is RingFence.UNKNOWN or item.discretion is Discretion.UNKNOWN),
        (Hold.DUTY, item.discretion is Discretion.STATUTORY_WITH_LOCAL_CHOICE),
    )
    return next((hold for hold, met in meets if met), Hold.FREE)


def sentence(found: CouldMove, year: str) -> str:
    """What could move, and of how much nothing says, in one sentence."""
    if not found.whole:
        return f"No money of {year} is in this choice, so none could move."
    unknown = found.of(Hold.UNKNOWN)
    beside = f"; for {pounds(unknown)} it is unknown" if unknown else ""
    if not found.free:
        return f"None of the {pounds(found.whole)} of {year} is known to be free to move{beside}."
    ended = found.free - found.contract_unsaid
    if not found.contract_unsaid:
        return (
            f"{pounds(ended)} of {pounds(found.whole)} could move in {year}: no ring-fence, grant condition or contract "
            f"is known to tie it{beside}."
        )
    known, more = (pounds(ended), " more") if ended > 0 else ("None", "")
    return (
        f"{known} of the {pounds(found.whole)} of {year} is known to be free to move. {pounds(found.contract_unsaid)}{more} "
        f"has no ring-fence and no grant condition, but nobody has said when its contracts end{beside}."
    )
