"""What the pages about working together have in common: their scope, their words, who is speaking."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

import streamlit as st

from budget_model.count.results import LineOnMap
from budget_model.dates import day
from budget_model.money import exact_pounds, sure_pounds
from budget_model.problem import Problem, Severity
from budget_model.scope import Scope
from budget_model.together.measures import BY_ID
from budget_model.vocabulary import View
from pages.shared import chart, components, kept, scope_picker
from pages.shared.components import CellLine, Reading, Side


def begin() -> Scope:
    """Dress the page; give its scope: the person's own, with the payer's view, in pounds of the year."""
    components.dress("together")
    chosen = scope_picker.chosen()
    return chosen.switched(view=View.COMMISSIONER, per_head=False, real_terms=False)


def confirm(key: str) -> None:
    """Write a choice of the link into the address again.

    A link from a page to itself is followed without its address being shown, and could then not be shared.
    """
    if key in st.query_params:
        st.query_params[key] = st.query_params[key]


def said_of_scope() -> None:
    """Say so where the person's way of showing money does not apply here."""
    chosen = scope_picker.chosen()
    if chosen.per_head or chosen.real_terms or chosen.view is View.PROVIDER:
        components.note(
            "Here money is shown in whole pounds of its year, with the body that decides on it: per resident, real terms "
            "and money shown with who spends it do not apply to joining up."
        )


def names() -> dict[str, str]:
    """What bodies and services are called in sentences."""
    return kept.names_of_bodies_and_services()


def numbers(scope: Scope) -> dict[str, int]:
    """What each opportunity of the place is called by, by its id; the same whichever board is chosen."""
    return {
        opportunity.id: opportunity.number
        for opportunity in kept.opportunities(scope.switched(themes=())).opportunities
    }


def short(body: str) -> str:
    """The short name of a body, for labels."""
    return kept.short_names().get(body, body)


def measure(*ids: str) -> None:
    """How to read each measure, and the caution with it."""
    read = [BY_ID[key] for key in ids]
    components.readings([Reading(each.name, each.says, each.caution, each.formula) for each in read])


def problems(found: Iterable[Problem]) -> None:
    """What should be known before reading on, each with what to do."""
    for problem in found:
        grave = problem.severity is not Severity.NOTE
        components.callout(f"{problem.sentence} {problem.remedy}", grave=grave)


def side(title: str, total: str, lines: Sequence[LineOnMap], how_many: int, nothing: str) -> Side:
    """One body's lines with their cells, to stand beside another's."""
    rows = [
        CellLine(
            line.description,
            f"{_conditions(line)}{chart.cell_of(line)}",
            sure_pounds(line.city_amount, line.grade),
        )
        for line in lines
    ]
    more = f"{how_many - len(lines):,} more in “Lines and cells”." if how_many > len(lines) else ""
    return Side(title, total, tuple(rows), more, nothing)


def whole_pounds(amount: Decimal) -> str:
    """An amount to the pound: beside others, pennies tell nobody anything."""
    return exact_pounds(amount.quantize(Decimal(1))).removesuffix(".00")


def _conditions(line: LineOnMap) -> str:
    """What keeps a line from being joined, before its cell."""
    conditions = []
    if line.ring_fence == "statutory":
        conditions.append("ring-fenced by statute")
    if line.kind != "revenue":
        conditions.append(line.kind)
    if line.committed_until:
        conditions.append(f"committed until {day(line.committed_until)}")
    return f"{', '.join(conditions)} · " if conditions else ""
