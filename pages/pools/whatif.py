"""One what-if: who puts in what, who holds it, how a variance is shared, and what that means for each."""

from dataclasses import replace

import streamlit as st

from budget_model import dates
from budget_model.count.saying import opened
from budget_model.exhibits import catalogue
from budget_model.exhibits.exhibit import Exhibit, Gone
from budget_model.money import pounds
from budget_model.problem import Refusal
from budget_model.scope import Scope
from budget_model.store import joint
from budget_model.store.others import Thing
from budget_model.together import powers, telling, titles
from budget_model.together import scenarios as what_if
from budget_model.together.assumed import in_words
from budget_model.together.ladder import arrangement_name
from budget_model.together.opportunities import OpportunityList
from budget_model.together.scenarios import Outcome, Scenario
from pages.pools import agreeing, choosing, link, register
from pages.shared import chart, components, kept, others, signing, tables, together
from pages.shared.components import Badge, as_typed
from pages.shared.drawn import Room


def show(scope: Scope, opportunities: OpportunityList) -> None:
    """The what-if of the link, or the one that the place's largest open pool suggests."""
    scenario = _current(scope, opportunities)
    outcome = choosing.work_out(scope, scenario)
    _headline(scope, outcome)
    if not scenario.ingredients:
        together.problems(opportunities.problems[:1])
    _year(scope, scenario)
    left, right = st.columns((5, 7), gap="large")
    with (
        left,
        components.folded_on_phones(
            "What each contributes, who holds it, and who bears more or less", "whatif"
        ),
    ):
        choosing.controls(scope, opportunities, scenario, outcome)
    with right:
        shown = _results(scope, outcome)
        _law(scenario)
        _keep(scope, opportunities, scenario, outcome)
    if shown:
        with components.folded_on_phones("Each body before and after", "whatif_bodies"):
            tables.show(shown.table)


def _current(scope: Scope, opportunities: OpportunityList) -> Scenario:
    word = st.query_params.get(link.LINK, "")
    if word:
        scenario = what_if.from_link(word)
        if scenario is not None:
            together.confirm(link.LINK)
            return scenario
        components.info(
            "The what-if in this link cannot be read: it was cut short or changed. Another is shown."
        )
    return _suggested(scope, opportunities)


def _suggested(scope: Scope, opportunities: OpportunityList) -> Scenario:
    """The largest pool that the law of the year opens, with a 5% overspend; else the first that has lines."""
    able = [
        opportunity
        for opportunity in opportunities.opportunities
        if opportunity.joinable > 0 and all(partner.services for partner in opportunity.partners)
    ]
    best = telling.largest_open_pool(opportunities) or next(iter(able), None)
    if best is None or best not in able:
        best = next(iter(able), None)
    if best is None:
        return Scenario("", scope.year)
    return choosing.started(scope, what_if.of_opportunity(best, scope.year))


def _headline(scope: Scope, outcome: Outcome) -> None:
    if outcome.fund <= 0:
        components.headline("Nobody has contributed money yet")
        return
    name = outcome.scenario.name or "a pool of your own"
    title = titles.of_outcome(outcome, kept.short_names()).removesuffix(".")
    components.headline(title, eyebrow=f"What if: {name}")
    if said := in_words(kept.answers(scope).assumed_in(outcome.scenario), kept.short_names()):
        components.callout(said, grave=False)


def _year(scope: Scope, scenario: Scenario) -> None:
    """Say so where the what-if was built on the budgets of another year."""
    if not scenario.year or scenario.year == scope.year:
        return
    components.callout(
        f"This what-if was built on the budgets of {scenario.year}; here it is worked out on those of {scope.year}. "
        f"Saved again, it is one of {scope.year}.",
        grave=False,
    )
    if scenario.year in kept.years():
        st.page_link(
            "pages/pools/page.py",
            label=as_typed(f"See it on the budgets of {scenario.year}"),
            icon=":material/arrow_forward:",
            query_params=choosing.query(scenario),
        )


# What it comes to


def _results(scope: Scope, outcome: Outcome) -> Exhibit | None:
    """What each puts in, holds and bears; None where nobody has contributed money."""
    scenario = outcome.scenario
    if scenario.ingredients:
        together.problems(outcome.problems)
    if outcome.fund <= 0:
        components.empty(
            "No money is joined up yet.", "Choose at least two partners, and what each contributes."
        )
        return None
    shown = catalogue.show(kept.answers(scope), "what-if", what_if.to_link(scenario))
    if isinstance(shown, Gone):
        chart.say_gone(shown)
        return None
    rule = agreeing.RULES[scenario.risk_share.rule].lower()
    finding = titles.who_bears_most(outcome, kept.short_names())
    chart.draw(replace(shown, finding=finding, notes=(rule,)), "whatif", room=Room(width=560), level=2)
    after = (
        f" The overspend would add {pounds(outcome.borne.variance)}, whoever bears it."
        if outcome.borne.variance > 0
        else f" The underspend would take {pounds(-outcome.borne.variance)} off it, whoever keeps it."
        if outcome.borne.variance
        else ""
    )
    components.constant(
        (
            components.strong("The place’s total does not change by joining up:"),
            f" {pounds(outcome.place_before)} before and {pounds(outcome.held)} after.{after}",
        )
    )
    components.bullets(outcome.borne.steps)
    return shown


def _law(scenario: Scenario) -> None:
    """How far the law goes for these bodies and these services, beside the arrangement that was chosen."""
    place = kept.place()
    types = {organisation.id: organisation.type for organisation in place.organisations}
    functions = {service.id: service.legal_function for service in place.services}
    bodies = {
        ingredient.partner: types[ingredient.partner]
        for ingredient in scenario.ingredients
        if ingredient.partner in types
    }
    asked = {ingredient.service: functions.get(ingredient.service, "") for ingredient in scenario.ingredients}
    if len({ingredient.partner for ingredient in scenario.ingredients}) < 2 or not bodies:
        return
    facts = kept.facts(dates.today())
    standing = powers.in_force(facts.legal_powers, kept.advice(), dates.today())
    use = powers.best(standing, bodies.values(), asked, facts.rules.level_without_power)
    use = powers.advised(use, what_if.opportunity_of(scenario), kept.advice())
    open_ = scenario.arrangement <= use.level
    badge = Badge("open by law", "open") if open_ else Badge("beyond the law on the list", "late")
    name = components.strong(f"{arrangement_name(scenario.arrangement)}.")
    components.say((badge, " ", name, f" {opened(use.sentence)}."))


# What becomes of it


def _keep(scope: Scope, opportunities: OpportunityList, scenario: Scenario, outcome: Outcome) -> None:
    components.question("Keep it")
    identity = what_if.opportunity_of(scenario)
    store = others.at(scenario.name, Thing.SCENARIO)
    registers = others.at(identity, Thing.POOL, Thing.DECISION)
    name = signing.name("whatif")
    with st.container(horizontal=True, gap="small"):
        save = st.button(
            "Save under its name", type="primary", key="wi_save", disabled=not scenario.ingredients
        )
        decide = st.button(
            "Put into the decision register", key="wi_decide", disabled=not scenario.ingredients
        )
        pool = st.button("Put into the register of pools", key="wi_pool", disabled=outcome.fund <= 0)
    if not (save or decide or pool) or signing.is_missing(name):
        return
    named = replace(scenario, year=scope.year)
    if not named.name:
        components.caution("Give it a name first, above under “What it is called”.")
        return
    try:
        if save:
            joint.keep_scenario(store, named, by=name)
            said = f"“{named.name}” is saved. It is under “Saved and compared”."
        elif decide:
            joint.keep_scenario(store, named, by=name)
            joint.register_scenario(registers, named, opportunities, by=name)
            said = f"“{named.name}” is in the decision register as an idea, and saved here."
        else:
            joint.keep_pool(registers, what_if.as_pool(named, outcome, identity), by=name)
            said = f"“{named.name}” is in the register of pools. What its agreement must still say is listed there."
    except Refusal as refusal:
        components.caution(refusal.sentence)
        return
    components.done(said)
    if pool:
        st.page_link(
            "pages/pools/page.py",
            label="Open its entry in the register",
            icon=":material/arrow_forward:",
            query_params=register.query(what_if.opportunity_of(named)),
        )
