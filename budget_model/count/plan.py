"""What was planned and what was spent: budget, forecast and outturn of one year, part by part of each budget.

A variance is what was spent, or is forecast to be, less what was budgeted: above zero it is an overspend. It is
worked out where one part of a body's budget has both; a phase that was not sent is not zero, and money that
passes to a body without both counts in full (method page, section 9).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from budget_model.count.what_changed import Held, by_word
from budget_model.money import NOTHING
from budget_model.vocabulary import Phase

ACTUAL = (Phase.OUTTURN, Phase.FORECAST)
"""What a plan is compared with, the furthest first."""
PLANS = (Phase.ORIGINAL_BUDGET, Phase.REVISED_BUDGET)
"""What may be the plan, the one that is asked for usually first."""

Budget = tuple[str, str]
"""A body and a part of its budget."""


@dataclass(frozen=True, slots=True)
class PartOfBudget:
    """One part of a body's budget with the pounds of each phase that was sent; a phase not sent is absent."""

    organisation: str
    part: str
    amounts: Mapping[Phase, Decimal]
    plan: Phase | None
    actual: Phase | None

    @property
    def variance(self) -> Decimal | None:
        """What was spent less what was planned; None where one of both was not sent."""
        if self.plan is None or self.actual is None:
            return None
        return self.amounts[self.actual] - self.amounts[self.plan]

    def has(self, held: Held) -> bool:
        """Whether some money is in this part of this body's budget."""
        return (held.organisation, held.part) == (self.organisation, self.part)


@dataclass(frozen=True, slots=True)
class Variance:
    """What was planned and spent of one body, board or service, on the parts of budgets that have both, pounds."""

    key: str
    planned: Decimal
    spent: Decimal

    @property
    def amount(self) -> Decimal:
        """Above zero an overspend, below it an underspend."""
        return self.spent - self.planned


@dataclass(frozen=True, slots=True)
class PlanAndOutturn:
    """Every part of every budget of one year, and the money that can be compared."""

    parts: tuple[PartOfBudget, ...]
    planned: tuple[Held, ...]
    spent: tuple[Held, ...]

    @property
    def compared(self) -> tuple[PartOfBudget, ...]:
        """The parts that have both a plan and what became of it."""
        return tuple(part for part in self.parts if part.variance is not None)

    @property
    def whole(self) -> Variance:
        """All that can be compared, together."""
        return Variance("", _sum(self.planned), _sum(self.spent))

    def by(self, word: str) -> tuple[Variance, ...]:
        """The variance of each 'organisation', 'theme' or 'service', the largest overspend first."""
        planned, spent = by_word(self.planned, word), by_word(self.spent, word)
        variances = [
            Variance(key, planned.get(key, NOTHING), spent.get(key, NOTHING))
            for key in planned.keys() | spent.keys()
        ]
        return tuple(sorted(variances, key=lambda variance: (-variance.amount, variance.key)))


def plan_and_outturn(
    maps: Mapping[Phase, Iterable[Held]],
    organisations: Collection[str] = (),
    themes: Collection[str] = (),
    against: Phase = Phase.ORIGINAL_BUDGET,
) -> PlanAndOutturn:
    """Set the phases of one year side by side, for all bodies and boards or those chosen.

    `maps` hold each phase's money; `against` is the budget that is the plan where a part has both budgets.
    """
    held = {phase: tuple(each) for phase, each in maps.items()}
    parts = tuple(
        _part(budget, amounts, against)
        for budget, amounts in sorted(_amounts(held, themes).items())
        if not organisations or budget[0] in organisations
    )
    compared = [part for part in parts if part.variance is not None]
    planned = _held_at([(part, part.plan) for part in compared], held, themes)
    spent = _held_at([(part, part.actual) for part in compared], held, themes)
    return PlanAndOutturn(parts, planned, spent)


def _held_at(
    parts: Sequence[tuple[PartOfBudget, Phase | None]],
    held: Mapping[Phase, Iterable[Held]],
    themes: Collection[str],
) -> tuple[Held, ...]:
    """The money of some parts of budgets, each at a phase: what passes to a body that is not compared counts in full."""
    bodies = {part.organisation for part, _ in parts}
    of_parts = (one for part, phase in parts if phase for one in held[phase] if part.has(one))
    return tuple(part for part in of_parts if part.is_of(themes) and part.is_within(bodies))


def _amounts(
    held: Mapping[Phase, Iterable[Held]], themes: Collection[str]
) -> dict[Budget, dict[Phase, Decimal]]:
    """What each part of each body's budget holds at each phase, before anything is counted once."""
    amounts: defaultdict[Budget, dict[Phase, Decimal]] = defaultdict(dict)
    for phase, each in held.items():
        for one in each:
            if not one.payer and one.is_of(themes):
                of_part = amounts[one.organisation, one.part]
                of_part[phase] = of_part.get(phase, NOTHING) + one.amount
    return dict(amounts)


def _part(budget: Budget, amounts: Mapping[Phase, Decimal], against: Phase) -> PartOfBudget:
    plans = sorted(PLANS, key=lambda phase: phase is not against)
    plan = next((phase for phase in plans if phase in amounts), None)
    actual = next((phase for phase in ACTUAL if phase in amounts), None)
    return PartOfBudget(*budget, amounts, plan, actual)


def _sum(held: Iterable[Held]) -> Decimal:
    return sum((one.amount for one in held), NOTHING)
