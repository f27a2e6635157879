"""What was planned and what was spent: where is a year over or under its budget?"""

import streamlit as st

from budget_model.count.plan import PLANS
from budget_model.exhibits import catalogue, plan
from budget_model.exhibits.colours import PLUM, TEAL
from budget_model.exhibits.exhibit import Exhibit
from budget_model.scope import Scope
from pages.shared import chart, choice, components, down, empty_states, kept, scope_picker
from pages.shared.components import Key, as_typed
from pages.shared.drawn import Room

ROOM = Room(most=14)
MOST_YEARS = 4
AGAINST = {"original": "Original budget", "revised": "Revised budget"}
KEYS = (Key("over budget", colour=PLUM), Key("under budget", colour=TEAL))


def show() -> None:
    """The page: over- and underspends ranked, then every phase side by side."""
    scope = scope_picker.chosen()
    st.title("Plan and outturn")
    if not kept.total(scope).lines:
        empty_states.no_line_chosen()
        return
    with st.container(horizontal=True, key="controls_plan", vertical_alignment="bottom"):
        told = choice.segment("Show as", tuple(plan.WORDS), "told", "service", _told)
        against = choice.segment("Against", tuple(AGAINST), "against", "original", AGAINST.__getitem__)
    ending = [plan.REVISED] if against == "revised" else []
    shown = _variances(scope, told, ending)
    phases = plan.BETWEEN.join(ending)
    chart.show_table(shown, "phases", phases, key="phases", level=2)
    if shown != scope:
        chart.show_table(scope, "phases", phases, key="phases_asked", level=2, folded=True)


def _variances(scope: Scope, told: str, ending: list[str]) -> Scope:
    """Draw the over- and underspends; give the scope whose they are.

    Where the year has none, those of the latest year that has are shown, and it is said why.
    """
    asked = plan.BETWEEN.join([told, *ending])
    shown = catalogue.show(kept.answers(scope), "variances", asked)
    if isinstance(shown, Exhibit):
        _draw(shown, told)
        return scope
    years = _other_years(scope)
    for year in years:
        other = scope.switched(year=year)
        instead = catalogue.show(kept.answers(other), "variances", asked)
        if isinstance(instead, Exhibit):
            components.info(
                f"{shown.sentence} {year} is shown below: the latest year of which both were sent."
            )
            _links(scope, years)
            _draw(instead, told)
            return other
    chart.say_gone(shown)
    return scope


def _draw(shown: Exhibit, told: str) -> None:
    chart.draw(shown, f"variances_{told}", room=ROOM, level=2, keys=KEYS)
    if shown.why:
        components.bullets([shown.why])


def _other_years(scope: Scope) -> list[str]:
    """The years that have a budget and what became of it, the latest first."""
    sent = kept.answers(scope).phases_to_compare()
    return sorted({year for year, phase in sent if phase not in PLANS}, reverse=True)


def _links(scope: Scope, years: list[str]) -> None:
    """The way to each of some years, as the year of everything."""
    with st.container(horizontal=True, key="ways_plan"):
        for year in years[:MOST_YEARS]:
            st.page_link(
                "pages/plan/page.py",
                label=as_typed(f"Choose {year}, which has both"),
                icon=":material/arrow_forward:",
                query_params=down.query(scope.switched(year=year)),
            )


def _told(word: str) -> str:
    return plan.OPTIONS["" if word == "service" else word]


show()
