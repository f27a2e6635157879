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
    outcomes = answers.outcomes(shown.framework_of(chosen))
    if not outcomes.whole:
        st.title("Outcomes")
        components.empty(
            "No money on services is in this choice.", "Widen it above, or load a budget on Upload."
        )
        return
    components.headline(shown.sentence(outcomes), standfirst=shown.how_late(outcomes))
    _tiles(outcomes)
    together.said_of_scope()
    choice.segment("Whose outcomes", tuple(OPTIONS), OF, "", OPTIONS.__getitem__)
    chart.show(scope, "outcomes", chosen, level=2)
    if outcomes.outcomes:
        _one(scope, answers, outcomes)
        _metrics(outcomes)
    _without(answers, outcomes)


def _tiles(outcomes: OutcomesMoney) -> None:
    components.tiles(
        [
            Tile(
                "Works towards an outcome",
                pounds(outcomes.linked),
                "each pound once",
                Share(outcomes.linked, outcomes.whole),
            ),
            Tile(
                "Towards one that is measured",
                pounds(outcomes.measured),
                "it has at least one metric",
                Share(outcomes.measured, outcomes.whole),
            ),
            Tile(
                "No outcome",
                pounds(outcomes.none - outcomes.unknown),
                "it may be needed all the same"
                + (f"; unknown for {pounds(outcomes.unknown)} without a service" if outcomes.unknown else ""),
                Share(outcomes.none - outcomes.unknown, outcomes.whole),
            ),
        ],
        "three",
    )


def _one(scope: Scope, answers: Answers, outcomes: OutcomesMoney) -> None:
    """One outcome: who pays, on which services, and its metrics."""
    names = {each.outcome.id: each.outcome.name for each in outcomes.outcomes}
    components.section("One outcome", "Who pays towards it, and on which services.")
    first = next(iter(names))
    identity = choice.one("Outcome", tuple(names), "outcome", first, names.__getitem__)
    framework = "" if outcomes.framework is Framework.NATIONAL else outcomes.framework.value
    chart.show(scope, "outcome", f"{framework}{BETWEEN}{identity}", key=f"outcome_{identity}")
    one = outcomes.of(identity)
    if one and one.by_service:
        chart.fold(shown.services_of(answers, one), f"services_{identity}")


def _metrics(outcomes: OutcomesMoney) -> None:
    components.section(
        "How late each outcome is known",
        f"Months from the end of what a metric measures until it is published. {shown.how_many_read(outcomes)}"
        if outcomes.framework is Framework.NATIONAL
        else "Months since the year of its latest figure ended.",
    )
    chart.fold(shown.metrics(outcomes), "outcome_metrics")


def _without(answers: Answers, outcomes: OutcomesMoney) -> None:
    components.section(
        "Money with no outcome",
        "This is no judgement on the services: it means only that no outcome is matched with them.",
    )
    chart.fold(shown.without(answers, outcomes), "no_outcome", 30)


show()
