"""What a what-if is made of: partners, services or lines and how much of each, host, arrangement, risk share.

The link is the truth: every control shows what the link says, and a change writes a new link.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import streamlit as st

from budget_model.money import NOTHING, pounds, to_penny
from budget_model.scope import Scope, to_query
from budget_model.together import scenarios as what_if
from budget_model.together import trying_out
from budget_model.together.opportunities import OpportunityList
from budget_model.together.scenarios import Ingredient, Outcome, Scenario
from budget_model.together.spend import by_organisation_and_service
from budget_model.together.trying_out import LineThere
from budget_model.vocabulary import Dimension, Sensitivity
from pages.pools import agreeing
from pages.pools.link import LINK, MOST_POUNDS, hundredths, pounds_in, put
from pages.shared import choice, components, kept, scope_picker, together
from pages.shared.components import as_typed

MOST_LINES = 200


def query(scenario: Scenario) -> dict[str, str | list[str]]:
    """The query of a link to a what-if in the same scope, on the budgets of its own year."""
    scope = scope_picker.chosen()
    if scenario.year in kept.years():
        scope = scope.switched(year=scenario.year)
    return dict(to_query(scope)) | {LINK: what_if.to_link(scenario)}


def work_out(scope: Scope, scenario: Scenario) -> Outcome:
    """A scenario worked through on the place's money, its sentences in the place's own names."""
    return kept.answers(scope).worked_out(scenario)


def started(scope: Scope, scenario: Scenario) -> Scenario:
    """A scenario with the overspend that every what-if begins with."""
    return trying_out.with_usual_overspend(scenario, work_out(scope, scenario).fund)


def _put_in_proportion(scope: Scope, before: Scenario, after: Scenario) -> None:
    """Write a changed what-if, the variance as large a part of its fund as before."""
    fund_before, fund = work_out(scope, before).fund, work_out(scope, after).fund
    put(trying_out.with_same_part(before, after, fund_before, fund))


def controls(scope: Scope, opportunities: OpportunityList, scenario: Scenario, outcome: Outcome) -> None:
    """Every control of a what-if, from its partners to its risk share."""
    components.question("What is joined up")
    _start(scope, opportunities, scenario)
    _name(scenario)
    _partners(scope, scenario)
    _ingredients(scope, scenario)
    components.question("Who holds it")
    agreeing.host(scenario)
    components.question("If it costs more or less")
    agreeing.variance(scenario, outcome)
    agreeing.rule(scenario, outcome)


def _start(scope: Scope, opportunities: OpportunityList, scenario: Scenario) -> None:
    able = {
        opportunity.id: opportunity
        for opportunity in opportunities.opportunities
        if opportunity.joinable > 0 and all(partner.services for partner in opportunity.partners)
    }
    if not able:
        return
    key = choice.ready("wi_start", scenario.opportunity if scenario.opportunity in able else None)

    def change() -> None:
        opportunity = able.get(str(st.session_state[key]))
        if opportunity:
            put(started(scope, what_if.of_opportunity(opportunity, scope.year)))

    st.selectbox(
        "Start from an opportunity",
        list(able),
        key=key,
        on_change=change,
        placeholder="Choose one, or build your own below",
        format_func=lambda identity: (
            f"{able[identity].number}. {able[identity].title}" if identity in able else ""
        ),
    )


def _name(scenario: Scenario) -> None:
    key = choice.ready("wi_name", scenario.name)
    st.text_input(
        "What it is called",
        key=key,
        max_chars=160,
        on_change=lambda: put(replace(scenario, name=str(st.session_state[key]).strip())),
    )


def _partners(scope: Scope, scenario: Scenario) -> None:
    spends = [
        part.key
        for part in kept.by(scope.switched(organisations=(), themes=()), Dimension.ORGANISATION)
        if part.amount > 0
    ]
    now = list(trying_out.partners_of(scenario))
    options = [*spends, *(body for body in now if body not in spends)]
    key = choice.ready("wi_partners", now)

    def change() -> None:
        picked = [body for body in st.session_state[key] if body in options]
        spent = by_organisation_and_service(kept.spend(scope))
        _put_in_proportion(scope, scenario, trying_out.with_partners(scenario, picked, spent))

    st.multiselect(
        "Partners",
        options,
        key=key,
        on_change=change,
        format_func=together.short,
        placeholder="Choose at least two bodies",
    )


def _ingredients(scope: Scope, scenario: Scenario) -> None:
    """For each partner: which services or lines, and how much of each, by a part or a sum."""
    spent = by_organisation_and_service(kept.spend(scope))
    hidden = {item.organisation for item in kept.spend(scope) if item.sensitivity is Sensitivity.TOTALS_ONLY}
    for body in trying_out.partners_of(scenario):
        mine = tuple(each for each in scenario.ingredients if each.partner == body)
        services = trying_out.spends_on(spent, body)
        lines = {} if body in hidden else _lines_of(scope, body, services, mine)
        with st.container(border=True, key=f"wi_body_{body}"):
            components.say((components.strong(together.names().get(body, body)), " contributes"))
            partner = Partner(body, mine, services, lines)
            _which(scope, scenario, partner)
            for ingredient in mine:
                _how_much(scope, scenario, ingredient, partner)


@dataclass(frozen=True, slots=True)
class Partner:
    """What one partner puts in, and what it could: pounds by service, and lines by their numbers."""

    body: str
    ingredients: tuple[Ingredient, ...]
    services: dict[str, Decimal]
    lines: dict[int, LineThere]

    def there(self, ingredient: Ingredient) -> Decimal:
        """How much there is of what an ingredient names, pounds."""
        if ingredient.line is None:
            return self.services.get(ingredient.service, NOTHING)
        line = self.lines.get(ingredient.line)
        return line.amount if line else NOTHING

    def called(self, code: str) -> str:
        """What one of its choices is called, with its amount."""
        kind, _, rest = code.partition(":")
        if kind == "service":
            amount = self.services.get(rest, NOTHING)
            return f"{together.names().get(rest, rest)}, {pounds(amount)}"
        line = self.lines.get(int(rest))
        return (
            f"Line: {line.words}, {pounds(line.amount)}" if line else "A line that is not included any more"
        )


def _lines_of(
    scope: Scope, body: str, services: Mapping[str, Decimal], mine: Sequence[Ingredient]
) -> dict[int, LineThere]:
    """The lines of a partner that can be put in, on the services that it is taking part with first."""
    lines: dict[int, LineThere] = {}
    for service in dict.fromkeys(ingredient.service for ingredient in mine if ingredient.service in services):
        chosen = ((Dimension.ORGANISATION, body), (Dimension.SERVICE, service))
        for line in kept.lines(scope, chosen, limit=MOST_LINES).lines:
            if line.city_amount > 0:
                lines[line.line] = LineThere(line.description, service, line.city_amount)
    return lines


def _which(scope: Scope, scenario: Scenario, partner: Partner) -> None:
    """Which services and lines a partner puts in."""
    now = [trying_out.code_of(ingredient) for ingredient in partner.ingredients]
    offered = [f"service:{service}" for service in partner.services] + [
        f"line:{line}" for line in partner.lines
    ]
    options = list(dict.fromkeys([*offered, *now]))
    key = choice.ready(f"wi_which_{partner.body}", now)

    def change() -> None:
        codes = [code for code in st.session_state[key] if code in options]
        after = trying_out.with_choice(scenario, partner.body, codes, partner.lines)
        _put_in_proportion(scope, scenario, after)

    st.multiselect(
        "Services or single lines",
        options,
        key=key,
        format_func=partner.called,
        on_change=change,
        placeholder="Choose what it contributes",
        label_visibility="collapsed",
    )


def _how_much(scope: Scope, scenario: Scenario, ingredient: Ingredient, partner: Partner) -> None:
    """A part of what there is, by a slider, or a sum in pounds, by typing; the last one moved counts."""
    code, there = trying_out.code_of(ingredient), partner.there(ingredient)
    line = partner.lines.get(ingredient.line) if ingredient.line is not None else None
    name = line.words if line else together.names().get(ingredient.service, ingredient.service)
    wished = ingredient.amount if ingredient.amount is not None else to_penny(there * ingredient.share)
    place = scenario.ingredients.index(ingredient)

    def change(changed: Ingredient) -> None:
        ingredients = (*scenario.ingredients[:place], changed, *scenario.ingredients[place + 1 :])
        _put_in_proportion(scope, scenario, replace(scenario, ingredients=ingredients))

    def part_moved() -> None:
        change(replace(ingredient, share=hundredths(st.session_state[slider]), amount=None))

    def sum_typed() -> None:
        change(replace(ingredient, amount=pounds_in(typed)))

    left, right = st.columns((3, 2), vertical_alignment="bottom")
    slider = choice.ready(
        f"wi_part_{partner.body}_{code}", min(max(round(trying_out.per_cent(wished, there)), 0), 100)
    )
    left.slider(
        as_typed(f"{name}: part of {pounds(there)}"),
        0,
        100,
        key=slider,
        format="%d%%",
        disabled=there <= 0,
        on_change=part_moved,
    )
    typed = choice.ready(f"wi_sum_{partner.body}_{code}", float(wished))
    right.number_input(
        "Or a sum, £",
        min_value=0.0,
        step=1000.0,
        format="%.0f",
        key=typed,
        max_value=MOST_POUNDS,
        on_change=sum_typed,
    )
