"""Interventions with published costs and effects, as cases for this place: who pays, who gains, who makes whom whole.

The numbers are data in interventions.toml, each with its source and the year of its prices; they are put into the
prices of the map's year. What a body that loses would need from those that gain is worked out to the penny.
"""

import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Final
from urllib.parse import parse_qsl, urlencode

from budget_model.money import NOTHING, apportion, decimal_text, to_penny, typed_between
from budget_model.place.model import Grade, Organisation
from budget_model.plain_values import from_plain
from budget_model.together.benefits import Benefit, Case, Cost, Position, Value, case
from budget_model.vocabulary import OrganisationType

FILE: Final = Path(__file__).resolve().parents[2] / "data" / "reference" / "interventions.toml"
MOST_PEOPLE = Decimal(10_000_000)
MOST_COST = Decimal(10_000_000)
MOST_POT = Decimal(1_000_000_000)


@dataclass(frozen=True, slots=True)
class Agency:
    """Who pays or gains: the place's largest body of a type, one body by its id, or people who are no body."""

    id: str
    name: str
    type: OrganisationType | None = None
    organisation: str = ""


@dataclass(frozen=True, slots=True)
class InterventionCost:
    """What one agency pays for each person in some years, pounds in the prices of `prices`."""

    agency: str
    what: str
    first_year: int
    last_year: int
    per_person: Decimal
    prices: str
    source: str

    @property
    def years(self) -> range:
        """The years in which it is paid."""
        return range(self.first_year, self.last_year + 1)


@dataclass(frozen=True, slots=True)
class InterventionBenefit:
    """One outcome for one agency in some years. Parts are 0 to 1; `unit_value` is pounds for one success.

    `success` is the outcomes for each person engaged, beyond what would have happened anyway.
    """

    outcome: str
    agency: str
    first_year: int
    last_year: int
    success: Decimal
    deadweight: Decimal
    unit_value: Decimal
    prices: str
    agency_share: Decimal
    value: Value
    grade: int
    source: str

    @property
    def years(self) -> range:
        """The years in which it comes."""
        return range(self.first_year, self.last_year + 1)


@dataclass(frozen=True, slots=True)
class Intervention:
    """Something that bodies could do for some people, with what it is compared with."""

    id: str
    title: str
    people: str
    cohort: Decimal
    engaged: Decimal
    engaged_is: str
    comparator: str
    services: tuple[str, ...]
    evaluation: str
    caution: str
    cost: tuple[InterventionCost, ...]
    benefit: tuple[InterventionBenefit, ...]


@dataclass(frozen=True, slots=True)
class Interventions:
    """Every intervention that is known, and the agencies that they speak of."""

    agency: tuple[Agency, ...]
    intervention: tuple[Intervention, ...]

    def of(self, identity: str) -> Intervention:
        """The intervention of an id, else the first."""
        return next((each for each in self.intervention if each.id == identity), self.intervention[0])


@cache
def interventions() -> Interventions:
    """What interventions.toml holds; raises `ValueError` with a sentence where it cannot be read."""
    return from_plain(Interventions, _listed(tomllib.loads(FILE.read_text(encoding="utf-8"))))


def _listed(plain: dict[str, object]) -> dict[str, object]:
    """An intervention without costs or benefits has none of them."""
    for each in plain.get("intervention", []):  # type: ignore[attr-defined]
        each.setdefault("cost", [])
        each.setdefault("benefit", [])
    return plain


@dataclass(frozen=True, slots=True)
class CaseAsked:
    """Which intervention, for how many people, how many of them are engaged, at what cost for each, pounds.

    None for what the intervention itself says.
    """

    intervention: str = ""
    cohort: Decimal | None = None
    engaged: Decimal | None = None
    per_person: Decimal | None = None
    pot: Decimal | None = None
    """A sum to spend, pounds, such as the headroom in grants: without a cohort it tells how many can be helped."""

    def engaged_in(self, intervention: Intervention) -> Decimal:
        """The part of the people who are engaged, 0 to 1: as asked, else as the intervention says."""
        return intervention.engaged if self.engaged is None else self.engaged

    def left_of_pot(self, spent: Decimal) -> Decimal | None:
        """What is left of the pot once so many pounds are spent; None without a pot."""
        return None if self.pot is None else to_penny(self.pot - spent)

    def to_link(self) -> str:
        """The question as a link keeps it.

        >>> CaseAsked("families", cohort=Decimal(500)).to_link()
        'of=families&cohort=500'
        """
        numbers = {"cohort": self.cohort, "engaged": self.engaged, "each": self.per_person, "pot": self.pot}
        said = [("of", self.intervention)] if self.intervention else []
        return urlencode(
            said + [(key, decimal_text(value)) for key, value in numbers.items() if value is not None]
        )


def from_link(text: str) -> CaseAsked:
    """The question that `to_link` wrote; whatever cannot be read is as the intervention says.

    >>> from_link("of=families&cohort=much&engaged=2&each=1000")
    CaseAsked(intervention='families', cohort=None, engaged=None, per_person=Decimal('1000'), pot=None)
    """
    said = dict(parse_qsl(text))
    return CaseAsked(
        said.get("of", "")[:60],
        typed_between(said.get("cohort", ""), NOTHING, MOST_PEOPLE),
        typed_between(said.get("engaged", ""), NOTHING, Decimal(1)),
        typed_between(said.get("each", ""), NOTHING, MOST_COST),
        typed_between(said.get("pot", ""), NOTHING, MOST_POT),
    )


@dataclass(frozen=True, slots=True)
class Settled:
    """What one that gains would pass to one that pays, so that nobody is worse off, present value in pounds."""

    giver: str
    receiver: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Outcome:
    """One outcome of a case in one year, pounds of that year after the correction, and where its numbers come from."""

    what: str
    agency: str
    value: Value
    amount: Decimal
    grade: int
    source: str


@dataclass(frozen=True, slots=True)
class WorkedCase:
    """An intervention worked through for this place, in the prices of `prices`.

    `names` is what each agency is called here; `organisations` the body that each of them is, where it is one.
    """

    intervention: Intervention
    asked: CaseAsked
    prices: str
    case: Case
    settled: tuple[Settled, ...]
    outcomes: tuple[Outcome, ...]
    names: Mapping[str, str]
    organisations: Mapping[str, str]
    unpriced: tuple[str, ...]
    """Years whose prices could not be put into the map's, so that they stand as they were."""
    cohort: Decimal = NOTHING
    """How many people it is for: as asked, as many as the pot pays for, or as the intervention says."""
    paid: tuple[tuple[InterventionCost, Decimal], ...] = ()
    """Every cost with its pounds over all its years."""
    left_of_pot: Decimal | None = None
    """What the pot does not pay for anybody more with, pounds of all years together; None without a pot."""

    @property
    def settles(self) -> bool:
        """Whether those that gain could make every other whole."""
        return self.case.net >= 0

    @property
    def prices_well_being(self) -> bool:
        """Whether any outcome is a value to residents; else what they gain is unknown, and not nothing."""
        return any(outcome.value is Value.PUBLIC for outcome in self.outcomes)

    def share_passed_on(self, giver: str) -> Decimal | None:
        """The part of its net gain that a body would pass on; None for a body that gains nothing."""
        gain = next((each.net for each in self.case.positions if each.agency == giver), NOTHING)
        given = sum((each.amount for each in self.settled if each.giver == giver), NOTHING)
        return given / gain if gain > 0 else None

    def at_the_low_end(self, settled: Settled) -> Decimal:
        """What is passed on where the same part is agreed, and the giver's gains are at the low end of their range."""
        giver = next(each for each in self.case.positions if each.agency == settled.giver)
        low = max(NOTHING, giver.net - giver.band)
        return to_penny(settled.amount * low / giver.net)

    def after(self, position: Position) -> Decimal:
        """What a body is better or worse off by once the others have passed on their part."""
        given = sum((each.amount for each in self.settled if each.giver == position.agency), NOTHING)
        got = sum((each.amount for each in self.settled if each.receiver == position.agency), NOTHING)
        return position.net - given + got


Price = Callable[[Decimal, str], Decimal | None]
"""Pounds of a year in the prices of the map's year; None where they cannot be put into them."""


def worked(
    asked: CaseAsked,
    organisations: Sequence[Organisation],
    spent: Mapping[str, Decimal],
    grades: Sequence[Grade],
    price: Price,
    prices: str,
) -> WorkedCase:
    """An intervention for this place: its bodies, its prices, its grades' corrections and bands.

    `spent` is what each body spends here, which tells the largest of a type; `prices` the year of the prices.
    """
    known = interventions()
    intervention = known.of(asked.intervention)
    engaged = asked.engaged_in(intervention)
    by_grade = {grade.grade: grade for grade in grades}
    missing: list[str] = []

    def priced(amount: Decimal, year: str) -> Decimal:
        now = price(amount, year)
        if now is None:
            missing.append(year)
        return amount if now is None else now

    paid = (_per_person(asked, line, priced) * len(line.years) for line in intervention.cost)
    for_each = engaged * sum(paid, NOTHING)
    cohort = _cohort(asked, intervention, for_each)
    benefits = [
        (line, _benefit(line, year, cohort, engaged, by_grade, priced(line.unit_value, line.prices)))
        for line in intervention.benefit
        for year in line.years
    ]
    outlays = [
        (line, to_penny(cohort * engaged * _per_person(asked, line, priced))) for line in intervention.cost
    ]
    bands = {grade.grade: grade.band for grade in grades}
    done = case([benefit for _, benefit in benefits], _costs(outlays), intervention.comparator, bands)
    bodies = _bodies(known.agency, organisations, spent)
    return WorkedCase(
        intervention,
        asked,
        prices,
        done,
        settle(done.positions),
        tuple(
            Outcome(line.outcome, line.agency, line.value, benefit.amount, line.grade, line.source)
            for line, benefit in benefits
        ),
        _names(known.agency, bodies),
        {agency: body.id for agency, body in bodies.items()},
        tuple(sorted(set(missing))),
        cohort,
        tuple((line, each_year * len(line.years)) for line, each_year in outlays),
        asked.left_of_pot(cohort * for_each),
    )


def _costs(outlays: Iterable[tuple[InterventionCost, Decimal]]) -> list[Cost]:
    """What each agency pays in each year, of lines with their pounds a year."""
    return [Cost(line.agency, year, each_year) for line, each_year in outlays for year in line.years]


def _names(agencies: Iterable[Agency], bodies: Mapping[str, Organisation]) -> dict[str, str]:
    """What each agency is called here: as the body that it is, else by its own name."""
    return {agency.id: bodies[agency.id].name if agency.id in bodies else agency.name for agency in agencies}


def _bodies(
    agencies: Iterable[Agency], organisations: Sequence[Organisation], spent: Mapping[str, Decimal]
) -> dict[str, Organisation]:
    """The body of this place that each agency is, where it is one."""
    known = ((agency.id, _body(agency, organisations, spent)) for agency in agencies)
    return {agency: body for agency, body in known if body is not None}


def _cohort(asked: CaseAsked, intervention: Intervention, for_each: Decimal) -> Decimal:
    """How many people: as asked, else as many as the pot pays for whole at so many pounds for each, else the usual."""
    if asked.cohort is not None:
        return asked.cohort
    if asked.pot is None or not for_each:
        return intervention.cohort
    return min(asked.pot // for_each, MOST_PEOPLE)


def _per_person(
    asked: CaseAsked, line: InterventionCost, priced: Callable[[Decimal, str], Decimal]
) -> Decimal:
    return priced(line.per_person, line.prices) if asked.per_person is None else asked.per_person


def _benefit(
    line: InterventionBenefit,
    year: int,
    cohort: Decimal,
    engaged: Decimal,
    grades: Mapping[int, Grade],
    unit_value: Decimal,
) -> Benefit:
    return Benefit(
        outcome=line.outcome,
        agency=line.agency,
        year=year,
        cohort=cohort,
        engaged=engaged,
        success=line.success,
        deadweight=line.deadweight,
        unit_value=unit_value,
        agency_share=line.agency_share,
        correction=grades[line.grade].optimism if line.grade in grades else NOTHING,
        value=line.value,
        grade=line.grade,
    )


def _body(
    agency: Agency, organisations: Sequence[Organisation], spent: Mapping[str, Decimal]
) -> Organisation | None:
    """The body of this place that an agency is: the one that spends most here, of several."""
    fits = [
        body
        for body in organisations
        if (agency.organisation and body.id == agency.organisation)
        or (agency.type and body.type is agency.type)
    ]
    return max(fits, key=lambda body: (spent.get(body.id, NOTHING), body.id), default=None)


def settle(positions: Sequence[Position]) -> tuple[Settled, ...]:
    """Who would pass how much to whom, so that no body is worse off; each gives in proportion to what it gains.

    Where all of them together lose, those that gain pass on all they gain, in proportion to the losses, and the
    rest stays with those who pay. Value to residents is no money and is not passed on.
    """
    gains = {each.agency: each.net for each in positions if each.net > 0}
    losses = {each.agency: -each.net for each in positions if each.net < 0}
    if not gains or not losses:
        return ()
    passed = min(sum(gains.values(), NOTHING), sum(losses.values(), NOTHING))
    given, got = apportion(passed, gains), apportion(passed, losses)
    settled: list[Settled] = []
    for giver, amount in given.items():
        left = amount
        for receiver in got:
            part = min(left, got[receiver])
            if part > 0:
                settled.append(Settled(giver, receiver, part))
                got[receiver] -= part
                left -= part
    return tuple(settled)
