"""From decision to done: what is done about an agreed opportunity, by whom and when, and whether it works.

A plan is words and dates that people keep; its state is worked out from them on a day, never typed. The money of its
partners on its services is followed on the map year by year; a year that a partner did not send is unknown, not zero.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from budget_model.count.saying import counted, opened
from budget_model.money import NOTHING
from budget_model.problem import Refusal
from budget_model.together.decisions import Decision, State
from budget_model.together.ladder import POOL
from budget_model.together.pools import Contribution, Pool

MOST_ACTIONS = 40
DECIDED = frozenset({State.AGREED, State.LIVE})
"""The states in which an opportunity has a plan."""


class LeadsTo(StrEnum):
    """What the plan ends in."""

    ALIGNMENT = "budgets planned together"
    POOL = "a pool"
    CONTRACT = "a contract line"


class PlanState(StrEnum):
    """How far a plan has come on a day, the one that needs attention first."""

    OVERDUE = "overdue"
    NOT_BEGUN = "not begun"
    UNDER_WAY = "under way"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do; without a due date nobody can say whether it is late."""

    what: str
    owner: str = ""
    due: date | None = None
    done: date | None = None

    def is_late(self, on: date) -> bool:
        """Whether it should have been done before a day, and is not."""
        return self.done is None and self.due is not None and self.due < on

    @property
    def lacks_what(self) -> bool:
        """Whether it has an owner or a date, and does not say what is done."""
        return not self.what.strip() and any((self.owner, self.due, self.done))


@dataclass(frozen=True, slots=True)
class PlanMeasure:
    """How one can tell whether it works: a baseline, a target by a day, and the latest figure."""

    name: str = ""
    unit: str = ""
    baseline: Decimal | None = None
    target: Decimal | None = None
    by: date | None = None
    latest: Decimal | None = None
    latest_on: date | None = None

    @property
    def lacks_name(self) -> bool:
        """Whether it has a baseline or a target, and does not say what is measured."""
        return not (self.baseline is None and self.target is None) and not self.name.strip()

    @property
    def way_come(self) -> Decimal | None:
        """The part of the way from baseline to target; None where one of the three is not known, or they are one."""
        if (
            self.baseline is None
            or self.target is None
            or self.latest is None
            or self.target == self.baseline
        ):
            return None
        return ((self.latest - self.baseline) / (self.target - self.baseline)).quantize(Decimal("0.0001"))


@dataclass(frozen=True, slots=True)
class ActionPlan:
    """What is done about one agreed opportunity. Empty text and None are what nobody has said yet."""

    opportunity: str
    aim: str = ""
    owner: str = ""
    starts: date | None = None
    review: date | None = None
    leads_to: LeadsTo = LeadsTo.ALIGNMENT
    pool: str = ""
    """Id of the pool that it ended in."""
    line: int | None = None
    """The budget line that carries the contract."""
    measure: PlanMeasure = PlanMeasure()
    actions: tuple[Action, ...] = ()

    @property
    def is_reviewed_before_it_starts(self) -> bool:
        """Whether its two days are in the wrong order."""
        return self.starts is not None and self.review is not None and self.review < self.starts


@dataclass(frozen=True, slots=True)
class PlanKept:
    """A plan as it was last kept, with the number of that wording, who kept it and when."""

    wording: int
    plan: ActionPlan
    made_by: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class PlanNow:
    """An agreed opportunity with its plan as it stands on a day; `kept` is None where there is no plan yet."""

    decision: Decision
    kept: PlanKept | None
    on: date

    @property
    def plan(self) -> ActionPlan:
        """Its plan; where there is none yet, the owner and the review that were decided and nothing else."""
        if self.kept:
            return self.kept.plan
        decided = self.decision
        return ActionPlan(decided.opportunity, owner=decided.owner, review=decided.review)

    @property
    def review(self) -> date | None:
        """When it is looked at again: the plan's own day, else the one that was decided; None where neither says."""
        return self.plan.review or self.decision.review

    @property
    def done(self) -> int:
        """How many of its actions are done."""
        return sum(1 for action in self.plan.actions if action.done)

    @property
    def late(self) -> tuple[Action, ...]:
        """Its actions that are overdue, the longest first."""
        late = [action for action in self.plan.actions if action.is_late(self.on)]
        return tuple(sorted(late, key=lambda action: action.due or self.on))

    @property
    def open(self) -> int:
        """How many of its actions are neither done nor overdue."""
        return len(self.plan.actions) - self.done - len(self.late)

    @property
    def review_late(self) -> bool:
        """Whether its review should have been held."""
        return self.review is not None and self.review < self.on

    @property
    def state(self) -> PlanState:
        """How far it has come: overdue before all else."""
        actions = self.plan.actions
        if self.late or self.review_late:
            return PlanState.OVERDUE
        if not actions or (not self.done and self.plan.starts is not None and self.plan.starts > self.on):
            return PlanState.NOT_BEGUN
        return PlanState.DONE if self.done == len(actions) else PlanState.UNDER_WAY

    @property
    def missing(self) -> tuple[str, ...]:
        """What a plan needs and this one does not say yet, in words."""
        plan, measure = self.plan, self.plan.measure
        wanted = {
            "an owner": bool(plan.owner),
            "actions": bool(plan.actions),
            "a review date": self.review is not None,
            "a measure": bool(measure.name),
            "a baseline and a target": measure.baseline is not None and measure.target is not None,
            "its pool": plan.leads_to is not LeadsTo.POOL or bool(plan.pool),
            "its contract line": plan.leads_to is not LeadsTo.CONTRACT or plan.line is not None,
        }
        return tuple(what for what, said in wanted.items() if not said)


def plans_now(decisions: Iterable[Decision], kept: Iterable[PlanKept], on: date) -> tuple[PlanNow, ...]:
    """Every agreed opportunity with its plan, those overdue first, then those with none."""
    by_opportunity = {each.plan.opportunity: each for each in kept}
    plans = [
        PlanNow(decision, by_opportunity.get(decision.opportunity), on)
        for decision in decisions
        if decision.state in DECIDED
    ]
    order = tuple(PlanState)
    return tuple(sorted(plans, key=lambda each: (order.index(each.state), each.decision.title)))


def rejected(decisions: Iterable[Decision]) -> tuple[tuple[Decision, str], ...]:
    """The opportunities that were rejected, each with the reason that was given; '' where none was."""
    return tuple((each, reason_of(each)) for each in decisions if each.state is State.REJECTED)


def reason_of(decision: Decision) -> str:
    """The reason beside the last rejection, else the last thing said since."""
    moved = [place for place, event in enumerate(decision.events) if event.state is State.REJECTED]
    since = decision.events[moved[-1] :] if moved else decision.events
    return next((event.comment for event in since if event.comment), "")


def checked(plan: ActionPlan) -> ActionPlan:
    """A plan without empty actions; raises `Refusal` for dates and figures that cannot be."""
    actions = tuple(action for action in plan.actions if action.what.strip())
    if any(action.lacks_what for action in plan.actions):
        raise Refusal("An action has an owner or a date, and does not say what is done. Write what is done.")
    if len(actions) > MOST_ACTIONS:
        raise Refusal(f"A plan has at most {MOST_ACTIONS} actions. Put some of them together.")
    if plan.is_reviewed_before_it_starts:
        raise Refusal("The review is before the start. Correct one of the two dates.")
    if plan.measure.lacks_name:
        raise Refusal("There is a baseline or a target, and no measure. Write what is measured.")
    return replace(
        plan,
        pool=plan.pool if plan.leads_to is LeadsTo.POOL else "",
        line=plan.line if plan.leads_to is LeadsTo.CONTRACT else None,
        actions=actions,
    )


def pool_of(decision: Decision, plan: ActionPlan, year: str) -> Pool:
    """The pool that a plan ends in, with what each partner had when it was last looked at, to be agreed.

    The largest partner begins with as much as the others bring together and no more, as in a what-if: its whole sum on
    these services may be for many other things too.
    """
    service = decision.services[0] if len(decision.services) == 1 else ""
    brought = [(partner, amount) for partner, amount in decision.snapshot.partners if amount > 0]
    whole = sum((amount for _, amount in brought), NOTHING)
    return Pool(
        id=f"plan-{decision.opportunity}",
        name=decision.title,
        year=year,
        arrangement=POOL,
        aims=plan.aim,
        contributions=tuple(
            Contribution(partner, min(amount, whole - amount) or amount, service)
            for partner, amount in brought
        ),
        starts=plan.starts,
        review=plan.review,
        outcome_measure=plan.measure.name,
        baseline=plan.measure.baseline,
        target=plan.measure.target,
    )


@dataclass(frozen=True, slots=True)
class MoneyFollowed:
    """What the partners of one opportunity spend on its services, pounds by year and partner; None where not sent."""

    partners: tuple[str, ...]
    years: tuple[tuple[str, tuple[Decimal | None, ...]], ...]

    def total(self, year: str) -> Decimal | None:
        """What all partners spend in a year; None unless all of them have sent it."""
        amounts = dict(self.years).get(year, ())
        known = [amount for amount in amounts if amount is not None]
        return sum(known, NOTHING) if known and len(known) == len(amounts) else None


def followed(
    decision: Decision,
    spent: Mapping[str, Mapping[tuple[str, str], Decimal]],
    sent: Mapping[str, frozenset[str]],
) -> MoneyFollowed:
    """The money of an opportunity year on year.

    `spent` is pounds by year and by (service, body), `sent` the bodies on the map of each year.
    """
    years = []
    for year in sorted(spent):
        amounts = tuple(
            sum((spent[year].get((service, body), NOTHING) for service in decision.services), NOTHING)
            if body in sent[year]
            else None
            for body in decision.partners
        )
        years.append((year, amounts))
    return MoneyFollowed(decision.partners, tuple(years))


@dataclass(frozen=True, slots=True)
class Progress:
    """How far all plans have come together, counted."""

    actions: int
    done: int
    late_actions: int
    late_reviews: int
    without_plan: int
    """Agreed opportunities of which no plan was kept yet."""

    @property
    def late(self) -> int:
        """Actions and reviews that are overdue."""
        return self.late_actions + self.late_reviews


def progress(plans: Iterable[PlanNow]) -> Progress:
    """Count the actions and reviews of every plan."""
    every = tuple(plans)
    return Progress(
        sum(len(each.plan.actions) for each in every),
        sum(each.done for each in every),
        sum(len(each.late) for each in every),
        sum(1 for each in every if each.review_late),
        sum(1 for each in every if not each.kept),
    )


def sentence(plans: Sequence[PlanNow]) -> str:
    """How many plans there are, and how many are overdue, in one sentence."""
    if not plans:
        return "No opportunity has been agreed yet, so nothing is planned."
    planned = sum(1 for each in plans if each.kept)
    late = sum(1 for each in plans if each.state is PlanState.OVERDUE)
    done = sum(1 for each in plans if each.state is PlanState.DONE)
    agreed = counted(len(plans), "opportunity is agreed", "opportunities are agreed")
    said = (
        _some(planned, "has a plan", "have a plan"),
        _some(late, "is overdue", "are overdue"),
        _some(done, "is done", "are done"),
    )
    return f"{opened(agreed)}: {said[0]}, {said[1]} and {said[2]}."


def _some(how_many: int, one: str, many: str) -> str:
    """A count of things that were named before.

    >>> _some(0, "is done", "are done"), _some(2, "is done", "are done")
    ('none is done', 'two are done')
    """
    return counted(how_many, one, many) if how_many else f"none {one}"
