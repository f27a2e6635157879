"""The decision register: what became of each opportunity, kept through every recomputation.

A decision is about an opportunity by its id, which depends on who and what alone. When budgets change,
the money beneath it is compared with what it was when somebody last looked, and the difference is said.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from budget_model.money import NOTHING, pounds
from budget_model.together.opportunities import Opportunity


class State(StrEnum):
    """How far an opportunity has come."""

    IDEA = "idea"
    EXPLORED = "explored"
    BUSINESS_CASE = "business case"
    AGREED = "agreed"
    LIVE = "live"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The money beneath a decision when somebody last looked, pounds."""

    joinable: Decimal
    partners: tuple[tuple[str, Decimal], ...]


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that somebody did or said; empty text and None leave what was there."""

    decision: str
    what: str
    """'registered', 'state', 'owner', 'review', 'comment', 'looked again'."""
    made_by: str
    made_at: datetime
    state: State | None = None
    owner: str = ""
    review: date | None = None
    comment: str = ""
    snapshot: Snapshot | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """One entry of the register as it stands, with everything that led there."""

    opportunity: str
    title: str
    partners: tuple[str, ...]
    services: tuple[str, ...]
    state: State
    owner: str
    review: date | None
    snapshot: Snapshot
    events: tuple[Event, ...]

    @property
    def comments(self) -> tuple[Event, ...]:
        """What people said, the first first."""
        return tuple(event for event in self.events if event.comment)


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A decision beside the present map.

    `now` is the opportunity as it is today, or the one that has most in common with it where partners
    or services changed; None where nothing like it is left. `change` is the difference in joinable pounds.
    """

    decision: Decision
    now: Opportunity | None
    same: bool
    change: Decimal
    changed: tuple[tuple[str, Decimal, Decimal], ...]
    """Partners whose money changed: pounds then and now."""
    overdue: bool
    flag: str
    """What changed beneath it, in a sentence; empty where nothing did."""


def snapshot_of(opportunity: Opportunity) -> Snapshot:
    """The money beneath an opportunity, to hold it against later."""
    return Snapshot(
        opportunity.joinable,
        tuple(sorted((partner.organisation, partner.amount) for partner in opportunity.partners)),
    )


def decision_of(
    opportunity: str, title: str, partners: Sequence[str], services: Sequence[str], events: Iterable[Event]
) -> Decision:
    """The entry as its events, taken in order, leave it."""
    state, owner, review = State.IDEA, "", None
    snapshot = Snapshot(NOTHING, ())
    ordered = tuple(events)
    for event in ordered:
        state = event.state or state
        owner = event.owner or owner
        review = event.review or review
        snapshot = event.snapshot or snapshot
    return Decision(
        opportunity, title, tuple(partners), tuple(services), state, owner, review, snapshot, ordered
    )


def review(
    decisions: Iterable[Decision],
    opportunities: Sequence[Opportunity],
    on: date,
    names: Mapping[str, str] | None = None,
) -> tuple[Reviewed, ...]:
    """Every decision beside the present map, in the order given; `names` is what flags call a body."""
    by_id = {opportunity.id: opportunity for opportunity in opportunities}
    return tuple(_reviewed(decision, by_id, opportunities, on, names or {}) for decision in decisions)


def _reviewed(
    decision: Decision,
    by_id: Mapping[str, Opportunity],
    opportunities: Sequence[Opportunity],
    on: date,
    called: Mapping[str, str],
) -> Reviewed:
    now = by_id.get(decision.opportunity)
    same = now is not None
    if now is None:
        now = _successor(decision, opportunities)
    settled = decision.state is State.REJECTED
    overdue = decision.review is not None and decision.review < on and not settled
    if now is None:
        flag = "Nothing like it is on the map any more: a partner’s money has gone, or its mapping changed."
        return Reviewed(decision, None, False, -decision.snapshot.joinable, (), overdue, flag)  # noqa: FBT003
    change = now.joinable - decision.snapshot.joinable
    then, today = dict(decision.snapshot.partners), dict(snapshot_of(now).partners)
    changed = tuple(
        (body, then.get(body, NOTHING), today.get(body, NOTHING))
        for body in sorted({*then, *today})
        if then.get(body, NOTHING) != today.get(body, NOTHING)
    )
    return Reviewed(
        decision, now, same, change, changed, overdue, _flag(decision, now, same, change, changed, called)
    )


def _named(bodies: Iterable[str], called: Mapping[str, str]) -> list[str]:
    return sorted(called.get(body, body) for body in bodies)


def _flag(
    decision: Decision,
    now: Opportunity,
    same: bool,
    change: Decimal,
    changed: Sequence[tuple[str, Decimal, Decimal]],
    called: Mapping[str, str],
) -> str:
    said = []
    if not same:
        joined = _named(set(now.organisations) - set(decision.partners), called)
        left = _named(set(decision.partners) - set(now.organisations), called)
        if joined:
            said.append(f"{' and '.join(joined)} came in")
        if left:
            said.append(f"{' and '.join(left)} went out")
        if set(now.services) != set(decision.services):
            said.append("the services are not the same")
    if changed:
        way = "more" if change > 0 else "less"
        figures = ", ".join(
            f"{called.get(body, body)} {pounds(then)} then, {pounds(today)} now"
            for body, then, today in changed
        )
        much = f"{pounds(abs(change))} {way} could be planned together" if change else "the money moved"
        said.append(f"{much} ({figures})")
    return f"Since it was last looked at: {'; '.join(said)}." if said else ""


def _successor(decision: Decision, opportunities: Sequence[Opportunity]) -> Opportunity | None:
    """The opportunity with most in common with one that is gone; at least half of who and of what."""
    best: tuple[Decimal, str] | None = None
    chosen = None
    for opportunity in opportunities:
        who = _likeness(decision.partners, opportunity.organisations)
        what = _likeness(decision.services, opportunity.services)
        if min(who, what) < Decimal("0.5"):
            continue
        mark = (who + what, opportunity.id)
        if best is None or mark > best:
            best, chosen = mark, opportunity
    return chosen


def _likeness(first: Iterable[str], second: Iterable[str]) -> Decimal:
    a, b = set(first), set(second)
    return Decimal(len(a & b)) / len(a | b) if a | b else NOTHING
