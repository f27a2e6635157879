"""How does the place's money divide, by whatever I choose: body, board, service, function, funding?"""

import streamlit as st

from budget_model.scope import Scope
from budget_model.vocabulary import Dimension
from pages.shared import chart, choice, empty_states, kept, scope_picker, words
from pages.shared.drawn import Room

SHOWS = {"treemap": "Treemap", "heat": "Body × board", "flow": "Flow", "pivot": "Your own table"}
NESTS = {
    "board-service": (Dimension.THEME, Dimension.SERVICE),
    "body-service": (Dimension.ORGANISATION, Dimension.SERVICE),
    "body-board": (Dimension.ORGANISATION, Dimension.THEME),
    "division-group": (Dimension.DIVISION, Dimension.COFOG),
    "type-body": (Dimension.ORGANISATION_TYPE, Dimension.ORGANISATION),
    "client-service": (Dimension.CLIENT_GROUP, Dimension.SERVICE),
}
PIVOTS = tuple(dimension for dimension in words.CALLED if dimension is not Dimension.SUBMISSION)
AS = {
    "pounds": "Pounds",
    "row": "Share of the row",
    "column": "Share of the column",
    "total": "Share of the total",
}


def show() -> None:
    """The page: one picture at a time, kept in the link."""
    scope = scope_picker.chosen()
    st.title("Explore")
    if not kept.total(scope).lines:
        empty_states.no_line_chosen()
        return
    with st.container(horizontal=True, key="controls_explore", vertical_alignment="bottom"):
        picture = choice.segment("Show as", tuple(SHOWS), "show", "treemap", SHOWS.__getitem__)
        chosen = _controls(picture)
    if picture == "heat":
        _heat(scope, *chosen)
    elif picture == "flow":
        chart.show(scope, "flows", key="flow_explore", room=Room(most=16, height=640), level=2)
        chart.show(scope, "funding", key="funding_explore", room=Room(most=16), level=2)
    elif picture == "pivot":
        _pivot(scope, *chosen)
    else:
        _treemap(scope, *chosen)


def _controls(picture: str) -> tuple[str, ...]:
    """The choices that one picture has, beside the choice of the picture."""
    names = tuple(str(pivot) for pivot in PIVOTS)
    if picture == "treemap":
        return (choice.one("Group by", tuple(NESTS), "by", "board-service", _nest_name),)
    if picture == "heat":
        options = ("theme", "cofog division", "client group")
        return (choice.one("Columns", options, "across", "theme", _dimension_name),)
    if picture == "pivot":
        return (
            choice.one("Rows", names, "rows", "service", _dimension_name),
            choice.one("Columns", ("none", *names), "columns", "organisation type", _dimension_name),
            choice.one("Amounts as", tuple(AS), "as", "pounds", AS.__getitem__),
        )
    return ()


def _treemap(scope: Scope, nest: str) -> None:
    outer, inner = NESTS[nest]
    chosen = "" if nest == "board-service" else f"{outer}/{inner}"
    chart.show(scope, "treemap", chosen, key=f"treemap_{nest}", level=2)


def _heat(scope: Scope, across: str) -> None:
    chosen = "" if across == Dimension.THEME else across
    chart.show(scope, "heat-map", chosen, key=f"heat_{across}", level=2)


def _pivot(scope: Scope, rows_by: str, across: str, shares: str) -> None:
    alone = across in ("none", rows_by)
    chosen = f"{rows_by}/none/pounds" if alone else f"{rows_by}/{across}/{shares}"
    chart.show_table(scope, "own-table", chosen, key="list" if alone else "pivot", level=2)


def _nest_name(nest: str) -> str:
    outer, inner = NESTS[nest]
    return f"{words.CALLED[outer]}, then {words.LOWER[inner]}"


def _dimension_name(key: str) -> str:
    return "None" if key == "none" else words.CALLED[Dimension(key)]


show()
