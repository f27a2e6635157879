"""What would a merger, a split or a transfer of functions move, from whom to whom?"""

import streamlit as st

from budget_model.exhibits import catalogue, reorganisation
from budget_model.exhibits.colours import FAINT
from budget_model.exhibits.exhibit import Gone
from budget_model.exhibits.reorganisation_worked import (
    Choice,
    Worked,
    listed_cases,
    plan_of,
    worked_out,
    years_of,
)
from budget_model.money import pounds
from budget_model.together.reorganisation import Ground, Plan, to_link
from pages.reorganisation import building
from pages.shared import chart, choice, components, kept, together
from pages.shared.components import Key, Tile, as_typed
from pages.shared.drawn import Room

OWN = "own"
KEYS = (
    Key("other bodies’ figures begin here", "dot hollow"),
    Key("no figure", colour=FAINT),
)
ROOM = Room(most=14, height=560)


def show() -> None:
    """The page: an example or a plan of one's own, what it moves, service by service, and year by year."""
    scope = together.begin()
    answers = kept.answers(scope)
    chosen = _chosen()
    worked_plan = worked_out(answers, chosen)
    if isinstance(worked_plan, Gone):
        st.title("Reorganisation")
        _choices(chosen)
        chart.say_gone(worked_plan)
    else:
        components.headline(reorganisation.sentence(worked_plan), standfirst=_standfirst(worked_plan))
        _choices(chosen)
        _worked(worked_plan, chosen)
    _own(chosen)
    if not isinstance(worked_plan, Gone):
        with components.folded_on_phones("To know", "reorganisation_to_know"):
            _to_know(worked_plan)


def _chosen() -> Choice:
    """What the link asks for: a plan of one's own before an example."""
    asked = st.query_params
    own = asked.get(building.LINK, "")
    return Choice("" if own else asked.get("example", ""), asked.get("money", ""), own)


def _standfirst(worked_plan: Worked) -> str:
    if worked_plan.case:
        return worked_plan.case.told
    return f"{worked_plan.plan.name or 'A reorganisation of your own'}: a what-if, kept in the address of this page."


def _choices(chosen: Choice) -> None:
    """Which example, and of which year; kept in the link."""
    answers = kept.answers(together.begin())
    cases = {case.id: case.title for case in listed_cases(answers)}
    plan = plan_of(answers, chosen)
    with st.container(horizontal=True, key="controls_reorganisation", vertical_alignment="bottom"):
        first = next(iter(cases))
        now = OWN if chosen.own else chosen.case if chosen.case in cases else first
        st.session_state["reorganisation_example"] = now
        st.selectbox(
            "Example",
            [*cases, *([OWN] if chosen.own else [])],
            format_func=lambda key: cases.get(key, "Your own"),
            key="reorganisation_example",
            on_change=_take_example,
        )
        years = years_of(answers, plan) if plan else ()
        if plan and plan.ground is not Ground.MAP and years:
            choice.one("Money of", years, "money", plan.year if plan.year in years else years[0])


def _take_example() -> None:
    key = str(st.session_state["reorganisation_example"])
    if key != OWN:
        choice.write(building.LINK, "")
        choice.write("money", "")
        choice.write("example", key)


def _worked(worked_plan: Worked, chosen: Choice) -> None:
    """What moves as tiles, a flow, by service, by body, and year by year."""
    outcome, scope = worked_plan.outcome, together.begin()
    same = len(outcome.services)
    components.tiles(
        [
            Tile(
                "Bodies",
                f"{len(outcome.bodies_before)} → {len(outcome.bodies_after)}",
                "with this money, before and after",
            ),
            Tile("Changes hands", pounds(outcome.moved), f"a year, in money of {worked_plan.plan.year}"),
            Tile("Services unchanged", f"{same} of {same}", "the same pounds before and after"),
            Tile("All their money", pounds(outcome.total), "before and after"),
        ],
        "four",
    )
    together.problems(outcome.problems)
    name = str(chosen)
    chart.show(scope, "reorganisation", name, room=ROOM, level=2)
    chart.show_aside(scope, "reorganisation-services", "Service by service", name)
    chart.fold(reorganisation.bodies_table(worked_plan), "bodies_before_and_after")
    with components.folded_on_phones("One body over the years", "reorganisation_series"):
        _series(worked_plan, chosen)


def _series(worked_plan: Worked, chosen: Choice) -> None:
    """One body in the end, year by year."""
    components.section("Year by year")
    bodies = worked_plan.outcome.bodies_after
    body = choice.one("Body", bodies, "series", bodies[0], worked_plan.body)
    name = str(Choice(chosen.case, chosen.year, chosen.own, body))
    shown = catalogue.show(kept.answers(together.begin()), "reorganisation-years", name)
    if isinstance(shown, Gone):
        chart.say_gone(shown)
        return
    chart.draw(shown, f"reorganisation_years_{body}", keys=KEYS)
    components.bullets(list(shown.table.notes))


def _own(chosen: Choice) -> None:
    """A plan of one's own: where to begin one, or its steps."""
    components.section("A reorganisation of your own")
    answers = kept.answers(together.begin())
    plan = plan_of(answers, chosen)
    if chosen.own and plan:
        building.steps(answers, plan)
        return
    components.note(
        "Choose bodies, then how they merge, split or pass services on. The what-if is kept in the address of this page: "
        "copy it to keep or send it."
    )
    with st.container(horizontal=True):
        if plan and plan.ground is not Ground.PUBLISHED:
            st.button(
                "Change this one", on_click=_begin, args=(plan,), icon=":material/edit:", key="own_from_this"
            )
        for ground, label in building.GROUNDS.items():
            fresh = Plan(ground=ground, year=building.latest(answers, ground), changes=(building.FIRST,))
            st.button(as_typed(label), on_click=_begin, args=(fresh,), key=f"own_{ground.name}")


def _begin(plan: Plan) -> None:
    choice.write("example", "")
    choice.write("money", "")
    choice.write(building.LINK, to_link(plan))


def _to_know(worked_plan: Worked) -> None:
    """The steps, what to know before reading the figures, and where they are from."""
    components.section("To know")
    case = worked_plan.case
    steps = reorganisation.steps_told(worked_plan)
    components.bullets([*steps, *(case.notes if case else ()), reorganisation.KEPT])
    sources = case.sources if case else ([worked_plan.source] if worked_plan.source else [])
    if sources:
        components.note(f"Sources: {'; '.join(sources)}.")


show()
