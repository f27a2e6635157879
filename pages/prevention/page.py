"""How much of the money acts before a need is acute, how sure is that, and is it shifting?"""

import streamlit as st

from budget_model.exhibits import prevention as shown
from budget_model.exhibits.prevention import NAMES
from budget_model.money import percent, pounds
from budget_model.together import stages
from budget_model.together.alignment import Part
from budget_model.together.stages import StagePart
from budget_model.vocabulary import Stage
from pages.prevention import agreeing
from pages.shared import chart, components, kept, tables, together
from pages.shared.components import Share, Tile

STEPS = (
    "Take the lines as they are budgeted, each with its cell: nothing is estimated from outside.",
    "Suggest by a rule, which is shown, at which stage each acts.",
    "Split by percentage a line that acts at several.",
    "Have its officer agree, with a grade that says how well it is known.",
)


def show() -> None:
    """The early share, by stage, for whom, over the years; then the lines, to agree."""
    scope = together.begin()
    answers = kept.answers(scope)
    parts = answers.stages()
    if not parts:
        st.title("Prevention")
        components.empty(
            "No line of any budget is in this choice.", "Widen it above, or load a budget on Upload."
        )
        return
    components.headline(shown.sentence(stages.early(parts)), standfirst=shown.how_sure(parts))
    _tiles(parts)
    together.said_of_scope()
    chart.show(scope, "stages", level=2)
    chart.show_aside(scope, "stages-people", "For whom")
    chart.show_aside(scope, "stages-years", "Over the years")
    with components.folded_on_phones("Line by line", "prevention_lines"):
        agreeing.show(scope, answers)
    with components.folded_on_phones("How it is counted", "prevention_steps"):
        _steps(parts)


def _of_services(label: str, part: Part, about: str) -> Tile:
    """A part of the money on services; not known where no stage of any is."""
    if part.nothing_known:
        return Tile(label, "Not known", "no stage of need is known")
    return Tile(label, pounds(part.part), about, Share(part.part, part.whole))


def _tiles(parts: tuple[StagePart, ...]) -> None:
    early, late = stages.early(parts), stages.late(parts)
    components.tiles(
        [
            _of_services("Early", early, "prevention and early help"),
            _of_services(
                "Treatment and crisis", late, f"{percent(late.part, late.whole)} of the money on services"
            ),
            Tile(
                "Stage unknown",
                pounds(early.unknown),
                "it may be for early or late help",
                Share(early.unknown, early.whole),
            ),
            Tile(
                NAMES[Stage.INCOME_MAINTENANCE],
                pounds(stages.by_stage(parts)[Stage.INCOME_MAINTENANCE]),
                "paid to people; not counted as services",
            ),
        ],
        "four",
    )


def _steps(parts: tuple[StagePart, ...]) -> None:
    components.section(
        "How it is counted",
        "Four steps of this product, which the form above goes through. CIPFA’s “Understanding Preventative Investment” (with "
        "the Health Foundation, 30 October 2025) has four as well: its announcement was read, and the text of its steps was "
        "not, so nothing here is promised to be the same as theirs. The Scottish Government’s “Preventative Budgeting Tool” of "
        "2026 follows that method, and the report on its pilot (chapter 2) calls it a process of four steps; of them this was "
        "read: organise the budget data in one format, tag each line by how far it is preventative, then by outcome. Steps "
        "one to three here do the first two; outcomes have a page of their own.",
    )
    components.steps(STEPS)
    chart.fold(shown.grades(parts), "stage_grades")
    with st.expander("The rules that suggest a stage", key="stage_rules"):
        table = shown.rules()
        tables.show(table, wide_last=True)
        chart.files(table, "stage_rules")


show()
