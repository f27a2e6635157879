"""The what-ifs that people saved, side by side: who puts in, and who bears what, in each."""

import streamlit as st

from budget_model.count.saying import counted, opened
from budget_model.exhibits.pools import names_as_link
from budget_model.money import NOTHING, pounds
from budget_model.problem import Refusal
from budget_model.scope import Scope
from budget_model.store import joint
from budget_model.store.others import Thing
from budget_model.together import scenarios as what_if
from budget_model.together.ladder import arrangement_name
from budget_model.together.scenarios import Scenario
from pages.pools import agreeing, choosing
from pages.shared import chart, components, empty_states, kept, others, signing, together
from pages.shared.components import Run, Text, as_typed
from pages.shared.empty_states import Way

COMPARE = "compare"
MOST = 4


def show(scope: Scope) -> None:
    """Every saved what-if with its link, and those that were chosen beside each other."""
    saved = kept.scenarios()
    if not saved:
        empty_states.show(
            "Nobody has saved a what-if yet.",
            "Build one under “What if” and save it under its name.",
            Way("pools", "Build one under What if", "what-if"),
        )
        return
    components.finding(
        f"{opened(counted(len(saved), 'what-if is', 'what-ifs are'))} saved",
        "The latest first; one saved again under its name takes the place of the earlier",
        2,
    )
    by_name = {scenario.name: scenario for scenario in saved}
    chosen = _chosen(by_name)
    if len(chosen) > 1:
        _compare(scope, chosen)
    with st.container(key="ranked"):
        for scenario in saved:
            _entry(scope, scenario)


def _chosen(by_name: dict[str, Scenario]) -> list[str]:
    asked = [name for name in st.query_params.get_all(COMPARE) if name in by_name][:MOST]
    usual = list(by_name)[:2]
    now = asked or usual
    if st.session_state.get("saved_compare") != now:
        st.session_state["saved_compare"] = now

    def change() -> None:
        st.query_params[COMPARE] = list(st.session_state["saved_compare"])

    st.multiselect(
        "Side by side",
        list(by_name),
        key="saved_compare",
        on_change=change,
        max_selections=MOST,
        placeholder="Choose two or more",
    )
    return now


def _compare(scope: Scope, names: list[str]) -> None:
    chart.show(scope, "compared", names_as_link(names), key="compare")


def _entry(scope: Scope, scenario: Scenario) -> None:
    outcome = choosing.work_out(scope, scenario)
    names = together.names()
    partners = ", ".join(
        names.get(body, body) for body in dict.fromkeys(put.partner for put in scenario.ingredients)
    )
    facts: list[Text] = [
        (Run(pounds(outcome.fund), "b"), " joined up"),
        arrangement_name(scenario.arrangement),
        f"held by {names.get(scenario.host, scenario.host) or 'nobody yet'}",
        f"{pounds(outcome.borne.variance) if outcome.borne.variance != NOTHING else 'no'} variance",
        agreeing.RULES[scenario.risk_share.rule].lower(),
    ]
    if scenario.year and scenario.year != scope.year:
        facts.append(f"built on {scenario.year}")
    with st.container(key=f"ranked_row_{what_if.opportunity_of(scenario)}_{scenario.name}"):
        st.page_link(
            "pages/pools/page.py", label=as_typed(scenario.name), query_params=choosing.query(scenario)
        )
        components.ranked(facts, partners)
        for problem in outcome.problems:
            components.callout(problem.sentence, grave=True)
        with st.popover("Take it off the list"):
            st.write(
                "It will no longer be listed or compared. What was saved stays in the audit log, and it comes back when it is saved again."
            )
            store = others.at(scenario.name, Thing.SCENARIO)
            name = signing.name(f"withdraw_{scenario.name}")
            if st.button("Take it off", key=f"withdraw_{scenario.name}") and not signing.is_missing(name):
                try:
                    joint.withdraw_scenario(store, scenario.name, by=name)
                except Refusal as refusal:
                    components.caution(refusal.sentence)
                else:
                    st.rerun()
