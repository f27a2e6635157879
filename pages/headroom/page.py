"""What would capping grants at an earlier year's level free, and what could be commissioned with it?"""

from dataclasses import replace
from decimal import Decimal

import streamlit as st

from budget_model.exhibits import headroom as shown
from budget_model.scope import Scope, to_query
from budget_model.together import headroom, interventions
from budget_model.together.headroom import Headroom, HeadroomAsked
from budget_model.together.interventions import CaseAsked
from budget_model.vocabulary import Dimension
from pages.shared import chart, choice, components, kept, tables, together
from pages.shared.components import Tile, as_typed

ASKED = "asked"
CASE_STUDY_FREED = Decimal(350_000)
CASE_STUDY = (
    "In 2009 Derby’s partnership capped the grants inside its Area Based Grant at the level of the year before, which "
    "freed about £350,000 to make a business case with (Derby case study 2009, paragraph 16). Its allocations by grant "
    "were not found, so the figure is the case study’s and is not worked out here."
)


def show() -> None:
    """What a cap frees, by grant and by body, and what is unknown."""
    scope = together.begin()
    asked = headroom.from_link(st.query_params.get(ASKED, ""))
    answers = kept.answers(scope)
    freed = answers.headroom(asked)
    against = shown.year_of(answers, asked)
    if not freed.grants and not asked.left_out:
        st.title("Headroom in grants")
        components.empty(
            f"No grant of any body in this choice is stated for {answers.scope.year}.",
            "Choose another year above, or add the grants to the place’s funding.csv.",
        )
        _could_move(scope)
        _case_study(scope)
        return
    components.headline(
        shown.sentence(freed, answers.scope.year, against),
        standfirst=shown.unknown(freed, against)
        or "This is the growth of the grants, not a saving: what the growth pays for would need other money.",
    )
    _tiles(freed, against)
    together.said_of_scope()
    _choices(answers.scope, asked, against, answers.funded_years())
    chart.show(scope, "headroom", asked.to_link(), level=2)
    if freed.amount:
        tables.show(shown.by_body(freed, answers.names(Dimension.ORGANISATION)))
        _go_on(scope, freed.amount)
    _could_move(scope)
    _case_study(scope)


def _go_on(scope: Scope, freed: Decimal) -> None:
    """The way on: what is freed as the pot of a commissioning case, one for each intervention that is known."""
    components.section(
        "What could be commissioned with it",
        "The sum freed can be the budget of a case: who pays, who gains.",
    )
    for each in interventions.interventions().intervention:
        st.page_link(
            "pages/who_gains/page.py",
            label=as_typed(each.title.partition(":")[0]),
            icon=":material/arrow_forward:",
            query_params=dict(to_query(scope)) | {"case": CaseAsked(each.id, pot=freed).to_link()},
        )


def _could_move(scope: Scope) -> None:
    """What law, strings and contracts hold, what they do not, and what nobody knows."""
    answers = kept.answers(scope)
    chart.show(scope, "could-move", level=2, quiet=True)
    could_move = answers.could_move()
    if could_move.by_organisation:
        components.note(shown.to_ask(could_move))
        chart.fold(shown.free_by_body(could_move, answers.names(Dimension.ORGANISATION)), "free_by_body")
    if could_move.whole:
        components.section(
            "The strings on the money",
            "Match, eligibility, ages, department, revenue or capital, switching limit and end date, as funding streams, "
            "their terms and bodies’ own files say them. What none of them says is unknown.",
        )
        chart.fold(shown.strings_known(could_move), "strings_known")
        chart.fold(shown.strings_by_stream(answers), "strings_by_stream")


def _tiles(freed: Headroom, against: str) -> None:
    components.tiles(
        [
            Tile("Freed", shown.freed(freed), f"by a cap at the level of {against}"),
            Tile(
                "Grants that grew",
                f"{freed.grew} of {len(freed.grants)}",
                "the others did not grow"
                if not freed.unstated
                else "the others did not grow, or have no figure to cap at",
            ),
            Tile("No figure to cap at", str(freed.unstated), f"not stated for {against}: unknown, not zero"),
        ],
        "three",
    )


def _write(asked: HeadroomAsked) -> None:
    choice.write(ASKED, asked.to_link())


def _choices(scope: Scope, asked: HeadroomAsked, against: str, years: tuple[str, ...]) -> None:
    """The year that grants are capped at, and the grants that are capped."""
    others = [year for year in years if year != scope.year]
    every = {
        freed.grant.id: freed.grant.name
        for freed in kept.answers(scope).headroom(replace(asked, left_out=())).grants
    }
    with st.container(horizontal=True, vertical_alignment="bottom"):
        key = "headroom_against"
        st.session_state[key] = against if against in others else None
        st.selectbox(
            "Cap grants at their level of",
            others,
            key=key,
            placeholder=f"{against}: nothing is stated" if against not in others else "Choose a year",
            on_change=lambda: _write(replace(asked, against=str(st.session_state[key] or ""))),
        )
    chosen_key = "headroom_grants"
    st.session_state[chosen_key] = [grant for grant in every if grant not in asked.left_out]
    with st.expander(
        as_typed(f"Which grants are capped: {len(every) - len(asked.left_out)} of {len(every)}")
    ):
        st.multiselect(
            "Grants that are capped",
            list(every),
            key=chosen_key,
            format_func=lambda grant: every.get(grant, grant),
            on_change=lambda: _write(
                replace(asked, left_out=tuple(sorted(set(every) - set(st.session_state[chosen_key]))))
            ),
        )


def _case_study(scope: Scope) -> None:
    components.section("How Derby did it")
    components.note(CASE_STUDY)
    st.page_link(
        "pages/who_gains/page.py",
        label="Worked example: the case study’s £350,000 as the budget of a case",
        icon=":material/arrow_forward:",
        query_params=dict(to_query(scope)) | {"case": CaseAsked(pot=CASE_STUDY_FREED).to_link()},
    )


show()
