"""If we did this together, who would pay, who would gain, and what would make each of us whole?"""

from dataclasses import replace
from decimal import Decimal

import streamlit as st

from budget_model.count.saying import listed
from budget_model.exhibits import who_gains as shown
from budget_model.money import pounds
from budget_model.scope import Scope
from budget_model.together import interventions
from budget_model.together.interventions import CaseAsked, WorkedCase
from budget_model.vocabulary import Dimension
from pages.shared import chart, choice, components, empty_states, kept, tables, together
from pages.shared.components import Tile

ASKED = "case"
MOST_PEOPLE = 1_000_000


def show() -> None:
    """One intervention for this place: who pays, who gains, the transfer, the sources and the cautions."""
    scope = together.begin()
    asked = interventions.from_link(st.query_params.get(ASKED, ""))
    if not kept.by(scope, Dimension.ORGANISATION):
        st.title("Who pays and who gains")
        empty_states.no_line_chosen()
        return
    case = kept.answers(scope).who_gains(asked)
    components.headline(shown.sentence(case), standfirst=shown.range_of(case))
    _tiles(case)
    if pot := shown.of_the_pot(case):
        components.note(pot)
    together.said_of_scope()
    left, right = st.columns([2, 3], gap="large")
    with left, components.folded_on_phones("What would be done, and for how many", "who_gains_choices"):
        _choices(asked, case)
    with right:
        chart.show(scope, "who-gains", asked.to_link(), level=2)
    _transfer(case)
    _today(scope, case)
    with components.folded_on_phones(
        "The years one by one, and what stands behind the figures", "who_gains_behind"
    ):
        _behind(scope, case)


def _tiles(worked_case: WorkedCase) -> None:
    case = worked_case.case
    payback = "not within the years that are counted"
    if case.payback is not None:
        payback = "within the first year" if case.payback == 0 else f"in year {case.payback}"
    ratio = "nothing is paid" if case.ratio is None else f"£{case.ratio} in money for each £1"
    components.tiles(
        [
            Tile("Paid", pounds(case.cost), shown.people(worked_case)),
            Tile(
                "Comes back in money",
                pounds(case.fiscal),
                f"{ratio}; after a cut for optimism, since such gains are often overstated",
            ),
            Tile("Paid back", payback, "the first year in which what came back covers what was paid"),
            Tile(
                "Value to residents",
                pounds(case.public_value) if worked_case.prices_well_being else "Not priced",
                "well-being, not cash to any body: never added to the money"
                if worked_case.prices_well_being
                else "this case puts no price on well-being",
            ),
        ],
        "four",
    )


def _write(asked: CaseAsked) -> None:
    choice.write(ASKED, asked.to_link())


def _choices(asked: CaseAsked, case: WorkedCase) -> None:
    """The intervention, how many people, how many are engaged, and what it costs for each."""
    known = {each.id: each.title for each in interventions.interventions().intervention}
    now = case.intervention
    of = choice.ready("case_of", now.id)
    st.selectbox(
        "What would be done",
        list(known),
        key=of,
        format_func=lambda identity: known.get(identity, identity),
        on_change=lambda: _write(CaseAsked(str(st.session_state[of]), pot=asked.pot)),
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        cohort = choice.ready("case_cohort", int(case.cohort))
        st.number_input(
            "How many",
            0,
            MOST_PEOPLE,
            key=cohort,
            on_change=lambda: _write(
                replace(asked, intervention=now.id, cohort=Decimal(st.session_state[cohort]))
            ),
            help="How many people, families or days.",
        )
        engaged = choice.ready(
            "case_engaged", int((now.engaged if asked.engaged is None else asked.engaged) * 100)
        )
        st.slider(
            "Engaged (%)",
            0,
            100,
            key=engaged,
            on_change=lambda: _write(
                replace(asked, intervention=now.id, engaged=Decimal(st.session_state[engaged]) / 100)
            ),
            help="The part that it reaches.",
        )
        each = choice.ready("case_each", 0.0 if asked.per_person is None else float(asked.per_person))
        st.number_input(
            "Cost for each, £ (0: as published)",
            0.0,
            1_000_000.0,
            key=each,
            on_change=lambda: _write(
                replace(
                    asked,
                    intervention=now.id,
                    per_person=Decimal(str(st.session_state[each])) if st.session_state[each] else None,
                )
            ),
        )
    _pot(replace(asked, intervention=now.id))
    components.note(f"Compared with going on as before: {now.comparator}")


def _pot(asked: CaseAsked) -> None:
    """What there is to commission with; how many people it pays for is worked out."""
    pot = choice.ready("case_pot", 0.0 if asked.pot is None else float(asked.pot))
    st.number_input(
        "A sum to commission with, £ (0: none)",
        0.0,
        float(interventions.MOST_POT),
        key=pot,
        on_change=lambda: _write(
            replace(
                asked,
                cohort=None,
                pot=Decimal(str(st.session_state[pot])) if st.session_state[pot] else None,
            )
        ),
        help="Such as the headroom in grants: it tells how many people it pays for.",
    )


def _transfer(case: WorkedCase) -> None:
    """What those that gain would pass on, so that nobody is worse off."""
    components.section(
        "Some pay and others gain",
        "What those that gain would pass on, each in proportion to its gain: as a sum, or as a part of what it turns out to "
        "gain, so that both sides share the risk.",
    )
    if not case.settled:
        components.note("Nothing would have to be passed on: nobody gains, or nobody is worse off.")
        return
    tables.show(shown.transfers(case))
    if not case.settles:
        components.note(
            "Even then the bodies that pay stay worse off: what is known to come back is less than the cost."
        )


def _today(scope: Scope, case: WorkedCase) -> None:
    table = shown.beside_spending(kept.answers(scope), case)
    if not table.rows:
        return
    with components.folded_on_phones("Beside what is spent today", "who_gains_today"):
        components.section(
            "Beside what is spent today",
            "A gain larger than what a body spends on these services could not be real. A dash: the body shows no "
            "line for these services alone, so what it spends on them is unknown.",
        )
        tables.show(table)


def _behind(scope: Scope, case: WorkedCase) -> None:
    """Every number with its source, and what the evaluation said."""
    components.section("Year by year", "Costs and gains of each body in the year in which they fall.")
    tables.show(shown.by_year(case))
    components.section("What stands behind it")
    tables.show(shown.outcomes(case))
    components.bullets([case.intervention.caution, case.intervention.evaluation])
    with st.expander("How far gains are cut for optimism (unverified)", key="case_corrections"):
        table = shown.corrections(kept.answers(scope))
        tables.show(table)
        components.note(shown.NOT_VERIFIED)
        chart.files(table, "case_corrections")
    if case.unpriced:
        components.note(
            f"No price index is known for {listed(list(case.unpriced))}: these amounts stand in the prices of their year."
        )


show()
