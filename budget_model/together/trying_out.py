"""How a what-if changes when somebody moves one of its controls: partners, services, lines, parts, the rule."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from budget_model.money import NOTHING, to_penny
from budget_model.together.risk_share import RiskShare, Rule, share_variance
from budget_model.together.scenarios import Ingredient, Outcome, Scenario

USUAL_OVERSPEND = Decimal("0.05")
"""The part of its fund that a what-if is over by to begin with."""
USUAL_CAP = Decimal("0.03")
"""The part of its contribution that a partner bears at most, to begin with."""

Spent = Mapping[tuple[str, str], Decimal]
"""What each organisation spends on each service, pounds, as `spend.by_organisation_and_service` gives it."""


@dataclass(frozen=True, slots=True)
class LineThere:
    """A budget line that a partner can put in: its words, its service, and the place's pounds of it."""

    words: str
    service: str
    amount: Decimal


def partners_of(scenario: Scenario) -> tuple[str, ...]:
    """Who puts something in, in the order in which they do."""
    return tuple(dict.fromkeys(ingredient.partner for ingredient in scenario.ingredients))


def spends_on(spent: Spent, body: str) -> dict[str, Decimal]:
    """What a body spends on each service, pounds, the largest first; what is not above zero is left out."""
    own = {service: amount for (who, service), amount in spent.items() if who == body and amount > 0}
    return dict(sorted(own.items(), key=lambda item: (-item[1], item[0])))


def with_partners(scenario: Scenario, picked: Sequence[str], spent: Spent) -> Scenario:
    """The what-if with these partners: a new one joins on the services at hand, or else on its largest.

    A host that is no partner any more gives way to the first partner.
    """
    at_hand = {ingredient.service for ingredient in scenario.ingredients}
    before = partners_of(scenario)
    staying = [ingredient for ingredient in scenario.ingredients if ingredient.partner in picked]
    joining = [
        Ingredient(body, service)
        for body in picked
        if body not in before
        for service in _joins_on(spends_on(spent, body), at_hand)
    ]
    host = scenario.host if scenario.host in picked else next(iter(picked), "")
    return replace(scenario, ingredients=(*staying, *joining), host=host, opportunity="")


def _joins_on(own: Mapping[str, Decimal], at_hand: set[str]) -> list[str]:
    return [service for service in own if service in at_hand] or list(own)[:1]


def _overtaken(ingredient: Ingredient, fresh: Iterable[Ingredient]) -> bool:
    """Whether a newer choice is of the same money: a line of the whole service, or the whole of the line's service."""
    is_whole = ingredient.line is None
    return any(each.service == ingredient.service and (each.line is None) != is_whole for each in fresh)


def code_of(ingredient: Ingredient) -> str:
    """What an ingredient is called among the choices of its partner: a whole service, or one line."""
    return f"service:{ingredient.service}" if ingredient.line is None else f"line:{ingredient.line}"


def with_choice(
    scenario: Scenario, body: str, codes: Sequence[str], lines: Mapping[int, LineThere]
) -> Scenario:
    """The what-if with these services and lines of one partner; what was there already keeps its part.

    A line and the whole service that it belongs to would count it twice: the newer choice stands.
    """
    held = {code_of(each): each for each in scenario.ingredients if each.partner == body}
    chosen = [held.get(code) or _ingredient(body, code, lines) for code in codes]
    fresh = [each for each in chosen if code_of(each) not in held]
    kept = [each for each in chosen if not _overtaken(each, fresh)]
    others = [each for each in scenario.ingredients if each.partner != body]
    return replace(scenario, ingredients=(*others, *kept), opportunity="")


def _ingredient(body: str, code: str, lines: Mapping[int, LineThere]) -> Ingredient:
    kind, _, rest = code.partition(":")
    if kind == "line":
        return Ingredient(body, lines[int(rest)].service, line=int(rest))
    return Ingredient(body, rest)


def with_usual_overspend(scenario: Scenario, fund: Decimal) -> Scenario:
    """The what-if with the overspend that every one begins with; `fund` is what is joined up, pounds."""
    return replace(scenario, variance=to_penny(fund * USUAL_OVERSPEND))


def with_same_part(before: Scenario, after: Scenario, fund_before: Decimal, fund: Decimal) -> Scenario:
    """The changed what-if with the variance as large a part of its fund as it was before the change."""
    if fund <= 0:
        return replace(after, variance=NOTHING)
    if fund_before <= 0:
        return with_usual_overspend(after, fund)
    return replace(after, variance=to_penny(fund * before.variance / fund_before))


def per_cent(part: Decimal, whole: Decimal) -> float:
    """A part of a whole, per cent; nothing where the whole is not above zero.

    >>> per_cent(Decimal(1), Decimal(8)), per_cent(Decimal(1), Decimal(0))
    (12.5, 0.0)
    """
    return float(part / whole * 100) if whole > 0 else 0.0


def fresh_rule(rule: Rule, scenario: Scenario, outcome: Outcome) -> RiskShare:
    """A rule with numbers to begin from: equal shares, caps in proportion, or each its part of the variance."""
    puts_in = {effect.organisation: effect.puts_in for effect in outcome.effects if effect.puts_in > 0}
    if rule is Rule.FIXED:
        return RiskShare(rule, scenario.host, shares=equal_shares(tuple(puts_in)))
    if rule is Rule.CAPPED:
        caps = {body: to_penny(amount * USUAL_CAP) for body, amount in puts_in.items()}
        return RiskShare(rule, scenario.host, caps=caps)
    if rule is Rule.BY_LINE:
        shared = share_variance(scenario.variance, puts_in, RiskShare(Rule.PROPORTIONAL)).partners
        return RiskShare(rule, scenario.host, lines=tuple(sorted(shared.items())))
    return RiskShare(rule, scenario.host)


def equal_shares(bodies: Sequence[str]) -> dict[str, Decimal]:
    """Equal parts of 1, to a thousandth; the first body takes what rounding leaves.

    >>> equal_shares(("a", "b", "c"))
    {'a': Decimal('0.334'), 'b': Decimal('0.333'), 'c': Decimal('0.333')}
    """
    if not bodies:
        return {}
    equal = (Decimal(1) / len(bodies)).quantize(Decimal("0.001"))
    return {bodies[0]: 1 - equal * (len(bodies) - 1)} | dict.fromkeys(bodies[1:], equal)


def whole_of(shares: Mapping[str, Decimal]) -> Decimal:
    """What agreed shares come to together; 1 where they are whole."""
    return sum(shares.values(), NOTHING)
