"""What does the money work towards, how late do we know whether it does, and what works towards nothing?"""

import streamlit as st

from budget_model.answers import Answers
from budget_model.exhibits import outcomes as shown
from budget_model.exhibits.outcomes import BETWEEN, OPTIONS
from budget_model.money import pounds
from budget_model.scope import Scope
from budget_model.together.outcomes import Framework, OutcomesMoney
from pages.shared import chart, choice, components, kept, together
from pages.shared.components import Share, Tile

OF = "of"


def show() -> None:
    """The money of each outcome and of none, one outcome whole, and how late each is known."""
    scope = together.begin()
    chosen = choice.asked(OF, tuple(OPTIONS), "")
    answers = kept.answers(scope)
    found = answers.outcomes(shown.framework_of(chosen))
    if not found.whole:
        st.title("Outcomes")
        components.empty(
            "No money on services is in this choice.", "Widen it above, or load a budget on Upload."
        )
        return
    components.headline(shown.sentence(found), standfirst=shown.how_late(found))
    _tiles(found)
    together.said_of_scope()
    choice.segment("Whose outcomes", tuple(OPTIONS), OF, "", OPTIONS.__getitem__)
    chart.show(scope, "outcomes", chosen, level=2)
    if found.outcomes:
        _one(scope, answers, found)
        _metrics(found)
    _without(answers, found)


def _tiles(found: OutcomesMoney) -> None:
    components.tiles(
        [
            Tile(
                "Works towards an outcome",
                pounds(found.linked),
                "each pound once",
                Share(found.linked, found.whole),
            ),
            Tile(
                "Towards one that is measured",
                pounds(found.measured),
                "it has at least one metric",
                Share(found.measured, found.whole),
            ),
            Tile(
                "No outcome",
                pounds(found.none - found.unknown),
                "it may be needed all the same"
                + (f"; unknown for {pounds(found.unknown)} without a service" if found.unknown else ""),
                Share(found.none - found.unknown, found.whole),
            ),
        ],
        "three",
    )


def _one(scope: Scope, answers: Answers, found: OutcomesMoney) -> None:
    """One outcome: who pays, on which services, and its metrics."""
    names = {each.outcome.id: each.outcome.name for each in found.outcomes}
    components.section("One outcome", "Who pays towards it, and on which services.")
    first = next(iter(names))
    identity = choice.one("Outcome", tuple(names), "outcome", first, names.__getitem__)
    framework = "" if found.framework is Framework.NATIONAL else found.framework.value
    chart.show(scope, "outcome", f"{framework}{BETWEEN}{identity}", key=f"outcome_{identity}")
    one = found.of(identity)
    if one and one.by_service:
        chart.fold(shown.services_of(answers, one), f"services_{identity}")


def _metrics(found: OutcomesMoney) -> None:
    components.section(
        "How late each outcome is known",
        f"Months from the end of what a metric measures until it is published. {shown.how_many_read(found)}"
        if found.framework is Framework.NATIONAL
        else "Months since the year of its latest figure ended.",
    )
    chart.fold(shown.metrics(found), "outcome_metrics")


def _without(answers: Answers, found: OutcomesMoney) -> None:
    components.section(
        "Money with no outcome",
        "This is no judgement on the services: it means only that no outcome is matched with them.",
    )
    chart.fold(shown.without(answers, found), "no_outcome", 30)


show()
