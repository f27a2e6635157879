"""What if these bodies joined up this money: who holds it, who bears what, before and after.

Pooling moves money between hands and never changes the place's total; a variance changes it by the same
amount whoever bears it. A scenario is a value: it goes into a link and comes back the same.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from budget_model import plain_values
from budget_model.count.results import UNMAPPED
from budget_model.money import NOTHING, apportion, exact_pounds, to_penny
from budget_model.plain_values import LARGEST, from_plain, from_word, is_credible, to_word
from budget_model.problem import Location, Problem, Severity
from budget_model.together.candidates import opportunity_id
from budget_model.together.ladder import LADDER, LEAD_COMMISSIONING, POOL, arrangement_name
from budget_model.together.opportunities import Opportunity, Partner
from budget_model.together.pools import Contribution, LineLimit, Pool
from budget_model.together.risk_share import Borne, RiskShare, Rule, share_variance
from budget_model.together.spend import JointSpend, by_organisation_and_service


@dataclass(frozen=True, slots=True)
class Ingredient:
    """What one partner puts in: a part of its money on a service, or of one line, or a sum, pounds.

    `amount` stands before `share`; `line` narrows the service to one budget line.
    """

    partner: str
    service: str
    share: Decimal = Decimal(1)
    line: int | None = None
    amount: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Scenario:
    """One what-if: who puts in what, who holds it, under which arrangement, and who bears a variance."""

    name: str
    year: str = ""
    ingredients: tuple[Ingredient, ...] = ()
    host: str = ""
    arrangement: int = POOL
    risk_share: RiskShare = field(default_factory=lambda: RiskShare(Rule.PROPORTIONAL))
    variance: Decimal = NOTHING
    """Actual less budget, pounds; an overspend is above zero."""
    opportunity: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Effect:
    """What the scenario means for one partner, pounds.

    `before` is all it spends in the place; `puts_in` goes into the joint fund; `holds` is what is in its
    hands afterwards, the whole fund being in the host's; `bears` is its part of the variance; `after` is
    what it pays for in the end: `before` + `bears`.
    """

    organisation: str
    before: Decimal
    puts_in: Decimal
    holds: Decimal
    bears: Decimal
    after: Decimal


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a scenario comes to, pounds, and what is wrong with it, in sentences.

    `place_before` = Σ holds: pooling never changes the place's total. `place_after` is that and the variance.
    """

    scenario: Scenario
    fund: Decimal
    effects: tuple[Effect, ...]
    borne: Borne
    place_before: Decimal
    place_after: Decimal
    problems: tuple[Problem, ...]

    @property
    def held(self) -> Decimal:
        """What all bodies hold afterwards: as much as before."""
        return sum((effect.holds for effect in self.effects), NOTHING)


def try_out(
    scenario: Scenario,
    spend: Iterable[JointSpend],
    lines: Iterable[LineLimit] = (),
    names: Mapping[str, str] | None = None,
) -> Outcome:
    """Work a scenario through on the place's spending; a part that cannot be had is left out and named.

    `names` is what its sentences call bodies and services; an id that it does not know stands for itself.
    """
    called = names or {}
    items = tuple(spend)
    limits = {limit.line: limit for limit in lines}
    on_service = by_organisation_and_service(items)
    totals: defaultdict[str, Decimal] = defaultdict(lambda: NOTHING)
    for item in items:
        totals[item.organisation] += item.amount
    puts_in, problems = _gather(scenario, on_service, limits, called)
    fund = sum(puts_in.values(), NOTHING)
    borne = share_variance(scenario.variance, puts_in, scenario.risk_share, called)
    problems += _doubts(scenario, puts_in, borne)
    held = scenario.host if scenario.arrangement >= LEAD_COMMISSIONING and scenario.host else ""
    bodies = sorted({*totals, *puts_in, *borne.partners, *([held] if held else [])})
    effects = []
    for body in bodies:
        before, given = totals[body], puts_in.get(body, NOTHING)
        holds = before - given + (fund if body == held else NOTHING) if held else before
        bears = borne.partners.get(body, NOTHING)
        effects.append(Effect(body, before, given, holds, bears, before + bears))
    whole = sum(totals.values(), NOTHING)
    effects.sort(
        key=lambda effect: (-effect.puts_in, -abs(effect.bears), -effect.before, effect.organisation)
    )
    return Outcome(scenario, fund, tuple(effects), borne, whole, whole + borne.variance, tuple(problems))


def _gather(
    scenario: Scenario,
    on_service: Mapping[tuple[str, str], Decimal],
    limits: Mapping[int, LineLimit],
    called: Mapping[str, str],
) -> tuple[dict[str, Decimal], list[Problem]]:
    """What each partner puts in, and a problem for each part that it does not have."""
    left = {("service", *key): max(amount, NOTHING) for key, amount in on_service.items()}
    left |= {
        ("line", limit.organisation, str(limit.line)): max(limit.amount, NOTHING) for limit in limits.values()
    }
    puts_in: defaultdict[str, Decimal] = defaultdict(lambda: NOTHING)
    problems = []
    for ingredient in scenario.ingredients:
        key = (
            ("service", ingredient.partner, ingredient.service)
            if ingredient.line is None
            else ("line", ingredient.partner, str(ingredient.line))
        )
        there = left.get(key, NOTHING)
        who, what = (
            called.get(ingredient.partner, ingredient.partner),
            called.get(ingredient.service, ingredient.service),
        )
        share = min(max(ingredient.share, NOTHING), Decimal(1))
        wished = to_penny(ingredient.amount if ingredient.amount is not None else there * share)
        given = min(max(wished, NOTHING), there)
        if wished > there:
            problems.append(
                _problem(
                    f"{who} has {exact_pounds(there)} on {what} left to contribute, and "
                    f"{exact_pounds(wished)} was asked for.",
                    f"{exact_pounds(given)} is counted; lower the contribution, or add another line.",
                    "above-the-line",
                )
            )
        elif wished < 0:
            problems.append(
                _problem(
                    f"{who} was asked to contribute {exact_pounds(wished)}.",
                    "Nothing is counted; a contribution is zero or more.",
                    "negative-contribution",
                )
            )
        elif there == 0:
            problems.append(
                _problem(
                    f"{who} spends nothing on {what} that could be contributed.",
                    "Choose another service, or another partner.",
                    "nothing-there",
                )
            )
        if key in left:
            left[key] -= given
        puts_in[ingredient.partner] += given
    return dict(puts_in), problems


def _doubts(scenario: Scenario, puts_in: Mapping[str, Decimal], borne: Borne) -> list[Problem]:
    doubts = []
    if len([amount for amount in puts_in.values() if amount > 0]) < 2:
        doubts.append(
            _problem(
                "Fewer than two partners contribute money.",
                "Choose at least two with money to join.",
                "one-partner",
            )
        )
    if scenario.arrangement >= LEAD_COMMISSIONING and not scenario.host:
        doubts.append(
            _problem(
                f"{arrangement_name(scenario.arrangement)} needs a host, and none is named.",
                "Name the body that holds the money.",
                "no-host",
            )
        )
    if any(ingredient.service == UNMAPPED for ingredient in scenario.ingredients):
        doubts.append(
            _problem("Some of the money is not mapped to a service.", "Map it first.", "unmapped-money")
        )
    if borne.flagged:
        doubts.append(_problem(borne.steps[-1], "Agree who bears it before anybody signs.", "unallocated"))
    return doubts


def _problem(sentence: str, remedy: str, code: str) -> Problem:
    return Problem(Location(""), sentence, remedy, Severity.WARNING, code)


def compare(outcomes: Sequence[Outcome]) -> tuple[tuple[str, tuple[Effect | None, ...]], ...]:
    """Scenarios side by side: for each body that takes part in any, its effect in each, or None."""
    taking_part = sorted(
        {
            effect.organisation
            for outcome in outcomes
            for effect in outcome.effects
            if effect.puts_in or effect.bears
        }
    )
    by_body = [{effect.organisation: effect for effect in outcome.effects} for outcome in outcomes]
    return tuple((body, tuple(effects.get(body) for effects in by_body)) for body in taking_part)


def of_opportunity(opportunity: Opportunity, year: str, host: str = "") -> Scenario:
    """The scenario that an opportunity suggests: its partners' money on its services, the largest hosting.

    The largest partner starts with as much as the others bring together and no more: its whole sum on these
    services may be for many other things too (one line for a whole body), so more of it is for it to say.
    """
    return Scenario(
        name=opportunity.title,
        year=year,
        ingredients=tuple(
            Ingredient(partner.organisation, service, amount=amount)
            for partner in opportunity.partners
            for service, amount in _starting_with(partner, opportunity).items()
        ),
        host=host or opportunity.partners[0].organisation,
        arrangement=max(opportunity.level, LEAD_COMMISSIONING),
        opportunity=opportunity.id,
    )


def _starting_with(partner: Partner, opportunity: Opportunity) -> dict[str, Decimal]:
    """What a partner brings to a first what-if, pounds by service."""
    by_service = dict(partner.services)
    own = sum(by_service.values(), NOTHING)
    others = opportunity.amount - partner.amount
    if own <= others or others <= 0:
        return by_service
    return apportion(others, by_service)


def of_pool(pool: Pool) -> Scenario:
    """The scenario that a pool of the register is: its money, its host and its risk share, come out as planned."""
    return Scenario(
        name=pool.name,
        year=pool.year,
        ingredients=tuple(
            Ingredient(
                contribution.partner, contribution.service, line=contribution.line, amount=contribution.amount
            )
            for contribution in pool.contributions
            if not contribution.in_kind
        ),
        host=pool.host,
        arrangement=pool.arrangement,
        risk_share=pool.risk_share,
    )


def as_pool(scenario: Scenario, outcome: Outcome, identity: str) -> Pool:
    """The register entry that a scenario would become; what it does not say is missing there too."""
    services = {ingredient.partner: ingredient.service for ingredient in scenario.ingredients}
    return Pool(
        id=identity,
        name=scenario.name,
        year=scenario.year,
        arrangement=scenario.arrangement,
        contributions=tuple(
            Contribution(effect.organisation, effect.puts_in, services.get(effect.organisation, ""))
            for effect in outcome.effects
            if effect.puts_in
        ),
        host=scenario.host,
        risk_share=scenario.risk_share,
        overspend=scenario.risk_share.rule.value,
        underspend=scenario.risk_share.rule.value,
    )


def opportunity_of(scenario: Scenario) -> str:
    """The id of the opportunity that a scenario is about: the one it came from, or the one it makes."""
    if scenario.opportunity:
        return scenario.opportunity
    return opportunity_id(
        {ingredient.partner for ingredient in scenario.ingredients},
        {ingredient.service for ingredient in scenario.ingredients},
    )


def to_text(scenario: Scenario) -> str:
    """A scenario as the store keeps it."""
    return plain_values.to_text(scenario)


def from_text(text: str) -> Scenario:
    """The scenario that `to_text` wrote; raises `ValueError` for anything else."""
    return from_plain(Scenario, json.loads(text))


def to_link(scenario: Scenario) -> str:
    """A scenario as one word of a link."""
    return to_word(scenario)


def from_link(word: str) -> Scenario | None:
    """The scenario that a link holds; None for a word that is no scenario, however it was made."""
    scenario = from_word(Scenario, word)
    return scenario if scenario and _is_credible(scenario) else None


def _is_credible(scenario: Scenario) -> bool:
    """Whether every number of a scenario could be one of a place: arithmetic on others may have no end."""
    rule = scenario.risk_share
    amounts = (
        scenario.variance,
        rule.underspends,
        rule.contingency,
        rule.uncommitted,
        *rule.shares.values(),
        *rule.caps.values(),
        *rule.outside.values(),
        *(amount for _, amount in rule.lines),
        *(ingredient.share for ingredient in scenario.ingredients),
        *(ingredient.amount or NOTHING for ingredient in scenario.ingredients),
    )
    lines_can_be = all(
        ingredient.line is None or 0 <= ingredient.line < LARGEST for ingredient in scenario.ingredients
    )
    return lines_can_be and 0 <= scenario.arrangement < len(LADDER) and all(map(is_credible, amounts))
