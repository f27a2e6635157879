"""Who would pay and who would gain if something were done together, against going on as before.

Each benefit = cohort × engaged × success × (1 − deadweight) × unit value × agency's share × (1 − optimism
correction), after the form of the Greater Manchester model in Green Book guidance. Fiscal and public value
are kept apart; there is always a range; without a comparator nothing is worked out (method page, section
13).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from budget_model.money import NOTHING, to_penny

DISCOUNT = Decimal("0.035")
"""The Green Book's real rate: used where no other is given."""


class Value(StrEnum):
    """Whose money a benefit is."""

    FISCAL = "fiscal"
    PUBLIC = "public value"


@dataclass(frozen=True, slots=True)
class Benefit:
    """One outcome for one agency in one year. Parts are 0 to 1; `unit_value` is pounds for one success.

    Year 0 is now and is not discounted. `grade` sets how wide the range is.
    """

    outcome: str
    agency: str
    year: int
    cohort: Decimal
    engaged: Decimal
    success: Decimal
    deadweight: Decimal
    unit_value: Decimal
    agency_share: Decimal
    correction: Decimal
    value: Value = Value.FISCAL
    grade: int = 6

    @property
    def amount(self) -> Decimal:
        """Pounds in that year, before discounting."""
        return to_penny(
            self.cohort
            * self.engaged
            * self.success
            * (1 - self.deadweight)
            * self.unit_value
            * self.agency_share
            * (1 - self.correction)
        )


@dataclass(frozen=True, slots=True)
class Cost:
    """What one agency pays in one year, pounds."""

    agency: str
    year: int
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Position:
    """What one agency pays and gains, present value in pounds; `net` = fiscal gain − cost.

    `band` is how far its fiscal gain may lie to either side.
    """

    agency: str
    cost: Decimal
    fiscal: Decimal
    public_value: Decimal
    band: Decimal = NOTHING

    @property
    def net(self) -> Decimal:
        """What it is better or worse off by."""
        return self.fiscal - self.cost


@dataclass(frozen=True, slots=True)
class InYear:
    """What one agency pays and gains in one year, pounds; `present` is gain less cost as a present value."""

    year: int
    agency: str
    cost: Decimal
    fiscal: Decimal
    public_value: Decimal
    present: Decimal


@dataclass(frozen=True, slots=True)
class Case:
    """The whole case, present value in pounds, fiscal value alone unless it says otherwise.

    `ratio` is None without a cost; `payback` is the first year in which the cumulative net is zero or
    more, None where that never comes. `low` and `high` are the net with benefits at the ends of their bands.
    """

    comparator: str
    cost: Decimal
    fiscal: Decimal
    public_value: Decimal
    net: Decimal
    low: Decimal
    high: Decimal
    ratio: Decimal | None
    payback: int | None
    positions: tuple[Position, ...]
    years: tuple[InYear, ...] = ()
    """Year by year and agency by agency, before discounting."""


def case(
    benefits: Iterable[Benefit],
    costs: Iterable[Cost],
    comparator: str,
    bands: Mapping[int, Decimal],
    discount: Decimal = DISCOUNT,
) -> Case:
    """What doing it together is worth, against going on as `comparator` says.

    `bands` is each grade's half-width. Raises `ValueError` without a comparator: there is then nothing that
    a benefit would be an addition to.
    """
    if not comparator.strip():
        raise ValueError("A case needs a comparator: say what would happen without it.")
    gained, paid = tuple(benefits), tuple(costs)
    fiscal_by_year: defaultdict[int, Decimal] = defaultdict(lambda: NOTHING)
    agencies: defaultdict[str, list[Decimal]] = defaultdict(lambda: [NOTHING, NOTHING, NOTHING, NOTHING])
    width = NOTHING
    for benefit in gained:
        now = _present(benefit.amount, benefit.year, discount)
        if benefit.value is Value.FISCAL:
            agencies[benefit.agency][1] += now
            fiscal_by_year[benefit.year] += now
            band = abs(now) * bands.get(benefit.grade, NOTHING)
            agencies[benefit.agency][3] += band
            width += band
        else:
            agencies[benefit.agency][2] += now
    for spent in paid:
        now = _present(spent.amount, spent.year, discount)
        agencies[spent.agency][0] += now
        fiscal_by_year[spent.year] -= now
    positions = tuple(
        Position(agency, *(to_penny(part) for part in parts)) for agency, parts in sorted(agencies.items())
    )
    cost = sum((position.cost for position in positions), NOTHING)
    fiscal = sum((position.fiscal for position in positions), NOTHING)
    net, widest = fiscal - cost, to_penny(width)
    return Case(
        comparator=comparator,
        cost=cost,
        fiscal=fiscal,
        public_value=sum((position.public_value for position in positions), NOTHING),
        net=net,
        low=net - widest,
        high=net + widest,
        ratio=(fiscal / cost).quantize(Decimal("0.01")) if cost > 0 else None,
        payback=_payback(fiscal_by_year),
        positions=tuple(sorted(positions, key=lambda position: (-position.net, position.agency))),
        years=_year_by_year(gained, paid, discount),
    )


def _year_by_year(gained: Iterable[Benefit], paid: Iterable[Cost], discount: Decimal) -> tuple[InYear, ...]:
    """Costs and gains by year and agency, the first year first."""
    sums: defaultdict[tuple[int, str], list[Decimal]] = defaultdict(lambda: [NOTHING, NOTHING, NOTHING])
    for spent in paid:
        sums[spent.year, spent.agency][0] += spent.amount
    for benefit in gained:
        sums[benefit.year, benefit.agency][1 if benefit.value is Value.FISCAL else 2] += benefit.amount
    return tuple(
        InYear(year, agency, cost, fiscal, public, to_penny(_present(fiscal - cost, year, discount)))
        for (year, agency), (cost, fiscal, public) in sorted(sums.items())
    )


def _present(amount: Decimal, year: int, discount: Decimal) -> Decimal:
    return amount / (1 + discount) ** year


def _payback(by_year: Mapping[int, Decimal]) -> int | None:
    """The first year by which what was gained is at least what was paid."""
    total = NOTHING
    for year in sorted(by_year):
        total += by_year[year]
        if total >= 0:
            return year
    return None
