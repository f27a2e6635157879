"""What do our bodies spend on back offices, how large is the prize in sharing them, and who could host?"""

from dataclasses import replace
from decimal import Decimal

import streamlit as st

from budget_model.count.saying import counted, listed
from budget_model.exhibits import back_office as shown
from budget_model.money import percent, pounds
from budget_model.together import back_office
from budget_model.together.back_office import BackOffice, BackOfficeAsked
from budget_model.vocabulary import Dimension
from pages.shared import chart, choice, components, empty_states, kept, tables, together
from pages.shared.components import Tile, as_typed

ASKED = "asked"


def show() -> None:
    """The prize by national rates, what each body spends, who could host, and what is not known."""
    scope = together.begin()
    asked = back_office.from_link(st.query_params.get(ASKED, ""))
    answers = kept.answers(scope)
    functions = answers.back_office(asked)
    names = answers.short_names(Dimension.ORGANISATION)
    if not functions.prizes and not functions.unstated:
        st.title("Back offices")
        empty_states.no_line_chosen()
        return
    _headline(functions)
    together.said_of_scope()
    if words := shown.of_departments(functions):
        components.note(words)
    _added(asked)
    chart.show(scope, "back-office", asked.to_link(), level=2)
    _hosts(functions, names, answers.staff())
    _windows(functions, names)
    _unknown(functions, names)


def _headline(functions: BackOffice) -> None:
    title = shown.sentence(functions) if functions.prizes else "No body states what it spends on back offices"
    components.headline(
        title,
        standfirst="A scale from national findings of 2009, not a plan and not a saving: what it would take has to be "
        "worked out body by body.",
    )
    if not functions.prizes:
        return
    after = "after the one-off cost" if functions.one_off else "a year, before any one-off cost"
    components.tiles(
        [
            Tile("Low case", pounds(functions.low), f"half of what was found nationally, {after}"),
            Tile("Central case", pounds(functions.central), f"three quarters of it, {after}"),
            Tile("High case", pounds(functions.high), f"all of it, {after}"),
            Tile(
                "Stands on",
                pounds(functions.base),
                f"what lines say is spent on these functions{_assumed(functions)}",
            ),
        ],
        "four",
    )


def _assumed(functions: BackOffice) -> str:
    return f"; {pounds(functions.assumed)} more is assumed" if functions.assumed else ""


def _write(asked: BackOfficeAsked) -> None:
    choice.write(ASKED, asked.to_link())


def _added(asked: BackOfficeAsked) -> None:
    """What may be added to the figures: a one-off cost, and an assumption about bodies that state none."""
    with st.expander(
        "Add a one-off cost, or an assumption about bodies that state none",
        expanded=asked != BackOfficeAsked(),
    ):
        cost = choice.ready("back_office_cost", float(asked.one_off))
        st.number_input(
            "One-off cost of sharing, pounds",
            0.0,
            float(back_office.MOST_COST),
            step=50_000.0,
            format="%.0f",
            key=cost,
            on_change=lambda: _write(replace(asked, one_off=Decimal(str(st.session_state[cost])))),
        )
        part = choice.ready("back_office_part", float(asked.part * 100))
        st.slider(
            "Taken to be spent on back offices by bodies that state none (% of running costs)",
            0.0,
            float(back_office.MOST_PART * 100),
            step=0.1,
            format="%.1f",
            key=part,
            on_change=lambda: _write(
                replace(asked, part=Decimal(str(round(st.session_state[part], 1))) / 100)
            ),
            help="An assumption of yours, drawn as a bar of its own. At 0 nothing is assumed, and they are unknown.",
        )
        _national(asked)


def _national(asked: BackOfficeAsked) -> None:
    """The national ratio, which may be taken for bodies that state none, with its range and where it is from."""
    ratio = back_office.national_ratio()
    if asked.part != ratio.central:
        st.button(
            as_typed(f"Take the national ratio, {percent(ratio.central, Decimal(1))}"),
            key="back_office_ratio",
            on_click=lambda: _write(replace(asked, part=ratio.central)),
        )
    components.note(ratio.sentence)


def _hosts(functions: BackOffice, names: dict[str, str], staff: dict[str, Decimal]) -> None:
    """Who does most of each function today: where a host would be looked for first."""
    if not functions.prizes:
        return
    components.section(
        "Who could host", "The body of the place that does most of a function today, where two or more do it."
    )
    if hosts := shown.hosts(functions, names):
        components.bullets(hosts)
    else:
        components.note(
            "No function is stated by two bodies of the place, so nobody could host it for another yet."
        )
    tables.show(shown.by_body(functions, names, staff))


def _windows(functions: BackOffice, names: dict[str, str]) -> None:
    """Contracts of several bodies that end in the same year; where there are none, whether any end is known."""
    if not functions.prizes:
        return
    components.section("Contracts that end in the same year", "A common date to buy together from.")
    if functions.endings:
        tables.show(shown.windows(functions, names))
    else:
        components.note(shown.no_window(functions))


def _unknown(functions: BackOffice, names: dict[str, str]) -> None:
    """Bodies whose back office nobody has stated."""
    if not functions.unstated:
        return
    bodies = [names.get(body, body) for body, _ in functions.unstated]
    components.section(f"Not known of {counted(len(functions.unstated), 'body', 'bodies')}")
    components.note(
        f"{listed(bodies)} state no line of finance, IT, human resources, legal, property, "
        "communications or procurement. Ask them for these lines: they are unknown, not zero."
    )


show()
