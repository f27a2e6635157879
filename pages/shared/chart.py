"""The frame of every chart: its finding, what it counts, the way down to its lines, its table and files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from budget_model.count.assurance import Assurance
from budget_model.count.ranked import finding_of, restated
from budget_model.count.restate import Restating, restating
from budget_model.count.results import LineOnMap
from budget_model.count.saying import counted
from budget_model.money import exact_pounds, percent, pounds
from budget_model.scope import Scope
from budget_model.vocabulary import Dimension
from pages.shared import components, down, kept, pin, style, tables
from pages.shared.components import CellLine, Key
from pages.shared.down import Chosen
from pages.shared.pin import Pinned

FEW = 5


@dataclass(frozen=True, slots=True)
class Way:
    """One way down from a chart: what it is called in the list, and the part of the map that it is.

    `bodies` narrows it to the lines of some organisations, such as the two of a pair.
    """

    name: str
    chosen: Chosen
    bodies: tuple[str, ...] = ()


def caption(scope: Scope, shown: Restating, relied: Assurance, *more: str) -> str:
    """Unit, year, basis, prices, coverage and reconciliation of what a chart shows, in one line."""
    phase = str(scope.phase) if scope.phase else "best figures"
    said = [
        shown.unit.capitalize(),
        f"{scope.year}, {phase}",
        f"{scope.basis}, {scope.view} view",
        shown.prices,
        f"{relied.on_map} of {relied.known} {'body' if relied.known == 1 else 'bodies'}",
        reconciled(relied),
        *more,
    ]
    return " · ".join(one for one in said if one)


def reconciled(relied: Assurance) -> str:
    """How much of the money agrees with its own total."""
    if not relied.size:
        return "nothing to reconcile"
    return f"{percent(relied.agreed, relied.size)} reconciled"


def shown_as(scope: Scope) -> Restating:
    """How the scope's figures are shown: per head, real terms."""
    return restating(scope, kept.place())


def said(scope: Scope, kind: str) -> str:
    """The finding that answers one question of a scope, as the slides say it; empty where there is none."""
    found = finding_of(restated(kept.figures(scope), shown_as(scope)), kind)
    return found.sentence if found else ""


def draw(
    figure: go.Figure,
    *,
    key: str,
    finding: str,
    scope: Scope,
    table: tables.Table,
    shows: Pinned,
    ways: Sequence[Way] = (),
    alt: str = "",
    notes: Sequence[str] = (),
    patterns: Sequence[Key] = (),
    level: int = 3,
) -> None:
    """Draw one chart with all that belongs to it.

    `shows` is the chart of a slide that has the same figures, and what it is about. Marks carry `customdata` whose first value is the number of their way down in `ways`.
    """
    shown, relied = shown_as(scope), kept.relied_on(scope)
    about = caption(scope, shown, relied, *notes)
    with st.container(key=f"chart_{key}", gap="small"):
        components.finding(finding, about, level)
        event: Any = st.plotly_chart(
            figure,
            key=f"figure_{key}",
            theme=None,
            config=dict(style.CONFIG),
            alt=alt or finding,
            on_select="rerun" if ways else "ignore",
            selection_mode="points",
        )
        components.key(patterns)
        clicked = _clicked(event, ways)
        table = replace(table, notes=(*table.notes, about))
        if clicked:
            behind(scope, clicked, f"{key}_clicked")
        with st.expander("Table, files and the lines behind it", key=f"more_{key}"):
            beneath(table, key, scope, ways, shows)


def beneath(
    table: tables.Table, key: str, scope: Scope, ways: Sequence[Way] = (), shows: Pinned | None = None
) -> None:
    """The table beneath a chart, its two files, the list that leads down to the lines, and the pin."""
    if ways:
        names = [way.name for way in ways]
        picked = st.selectbox(
            "Go down to the lines of", range(len(ways)), index=None, format_func=lambda one: names[one],
            placeholder="Choose a part of the chart", key=f"way_{key}",
        )  # fmt: skip
        if picked is not None:
            behind(scope, ways[picked], f"{key}_picked")
    tables.show(table)
    files(table, key)
    if shows:
        pin.draw(shows, key, scope)


def files(table: tables.Table, key: str) -> None:
    """The table as CSV and as Excel, written when somebody asks for them."""
    with st.container(horizontal=True, gap="small"):
        st.download_button(
            "CSV", lambda: tables.csv(table), tables.file_name(table.title, "csv"), "text/csv",
            key=f"csv_{key}", icon=":material/download:", on_click="ignore",
            help=f"{table.title}, as CSV",
        )  # fmt: skip
        st.download_button(
            "Excel", lambda: tables.excel(table), tables.file_name(table.title, "xlsx"),
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            key=f"excel_{key}", icon=":material/download:", on_click="ignore",
            help=f"{table.title}, as an Excel workbook",
        )  # fmt: skip


def behind(scope: Scope, way: Way, key: str) -> None:
    """The largest lines behind a part of a chart, each with its cell, and the way to all of them."""
    if way.bodies:
        scope = scope.switched(organisations=way.bodies)
    found = kept.lines(scope, way.chosen, limit=FEW)
    with st.container(border=True, key=f"behind_{key}"):
        if not found.lines:
            components.say((components.strong(way.name), ": no line of the map stands behind this."))
            return
        lines = [
            CellLine(
                line.description, f"{line.organisation_name} · {cell_of(line)}", _exact(line.city_amount)
            )
            for line in found.lines
        ]
        counts = counted(found.how_many, "line", "lines")
        components.lines_behind(way.name, f"{pounds(found.city_amount)} in {counts}", lines)
        label = "Open this line" if found.how_many == 1 else f"Open all {found.how_many:,} lines"
        st.page_link(
            "pages/lines/page.py", label=f"{label}, down to the cell", icon=":material/arrow_forward:",
            query_params=down.query(scope, way.chosen),
        )  # fmt: skip


def cell_of(line: LineOnMap) -> str:
    """The file, the sheet and the cell that a line comes from."""
    return f"{line.file}, {line.sheet} {line.column}{line.row}"


def ways_along(dimension: Dimension, parts: Mapping[str, str]) -> list[Way]:
    """One way down for each key of a dimension."""
    return [Way(name, ((dimension, key),)) for key, name in parts.items()]


def _exact(amount: Any) -> str:
    return exact_pounds(amount).removesuffix(".00")


def _clicked(event: Any, ways: Sequence[Way]) -> Way | None:
    points = event.selection.points if ways and hasattr(event, "selection") else []
    for point in points:
        data = point.get("customdata")
        number = data[0] if isinstance(data, list) and data else data
        if isinstance(number, int | float) and 0 <= int(number) < len(ways):
            return ways[int(number)]
    return None
