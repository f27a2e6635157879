"""The frame of every chart: its finding, what it counts, the way down to its lines, its table and files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import streamlit as st

from budget_model.answers import Memory
from budget_model.count.restate import Restating, restating
from budget_model.count.results import LineOnMap
from budget_model.count.saying import counted
from budget_model.exhibits import catalogue
from budget_model.exhibits.exhibit import SEPARATOR, Exhibit, Gone
from budget_model.exhibits.figures import Bars, Dots, Doubt, Figure, Waterfall, doubts, in_words
from budget_model.exhibits.tables import Table
from budget_model.exhibits.ways import Way
from budget_model.money import pounds, sure_pounds
from budget_model.scope import Scope
from pages.shared import commenting, components, down, drawn, kept, narrow, once, pin, style, tables
from pages.shared.components import CellLine, Group, Key, as_typed
from pages.shared.drawn import Room
from pages.shared.drawn.bars import cut, undrawn
from pages.shared.drawn.dots import MOST_DRAWN

FEW = 5
ROOM = Room()
DRAWINGS: Final = Memory(256)
"""Drawings by the identity of their exhibit, which each keeps alive, and their room."""
SWATCHES: Mapping[Doubt, Key] = {
    Doubt.ESTIMATED: Key(str(Doubt.ESTIMATED), "hatch"),
    Doubt.TIED: Key(str(Doubt.TIED), "hatch"),
    Doubt.NOT_AGREED: Key(str(Doubt.NOT_AGREED), "cross"),
    Doubt.NOBODY: Key(str(Doubt.NOBODY), "cross"),
    Doubt.NOT_MAPPED: Key(str(Doubt.NOT_MAPPED), "dots"),
    Doubt.LEFT_OUT: Key(str(Doubt.LEFT_OUT), "dots"),
}
"""What each pattern means, as the key says it."""


def shown_as(scope: Scope) -> Restating:
    """How the scope's figures are shown: per resident, real terms."""
    return restating(scope, kept.place())


def caption(scope: Scope) -> str:
    """Unit, year, basis, prices, coverage and reconciliation of a scope's figures, in one line."""
    answers = kept.answers(scope)
    return f"{answers.unit()} · {answers.coverage()}"


def say_what_counts(scope: Scope) -> None:
    """Say beneath a page's headline what its figures count, so that no chart of the same scope says it again."""
    words = caption(scope)
    once.is_first(words, "page")
    components.counts(words)


def _about(shown: Exhibit, key: str, reading: str) -> str:
    """What a chart says beneath its finding: what its figures count, unless the page said it, and how to read them."""
    unsaid = SEPARATOR.join(part for part in reading.split(SEPARATOR) if not once.is_explained(part))
    parts = (shown.counted if once.is_first(shown.counted, key) else "", unsaid)
    return SEPARATOR.join(part for part in parts if part)


def show(
    scope: Scope,
    name: str,
    chosen: str = "",
    *,
    key: str = "",
    room: Room = ROOM,
    level: int = 3,
    keys: Sequence[Key] = (),
    quiet: bool = False,
) -> None:
    """Draw a chart of the catalogue, with all that belongs to it; or say why there is nothing to draw.

    `quiet` says nothing then. `keys` are meanings beside those of the chart's own colours and patterns.
    """
    shown = catalogue.show(kept.answers(scope), name, chosen)
    if isinstance(shown, Exhibit):
        draw(shown, key or name, room=room, level=level, keys=keys)
    elif not quiet:
        say_gone(shown)


def show_aside(
    scope: Scope, name: str, label: str, chosen: str = "", *, key: str = "", room: Room = ROOM
) -> None:
    """Draw a chart that does not lead its page: on a phone `label` stands for it. Nothing where there is none to draw."""
    shown = catalogue.show(kept.answers(scope), name, chosen)
    if isinstance(shown, Exhibit):
        with components.folded_on_phones(label, key or name):
            draw(shown, key or name, room=room, level=2)


def show_table(
    scope: Scope,
    name: str,
    chosen: str = "",
    *,
    key: str,
    level: int = 3,
    quiet: bool = False,
    folded: bool = False,
) -> None:
    """Draw a chart of the catalogue as its table alone; or say why there is nothing to draw, unless `quiet`.

    `folded` shows its finding, and its table when somebody asks for it: for pages that have several.
    """
    shown = catalogue.show(kept.answers(scope), name, chosen)
    if isinstance(shown, Exhibit):
        components.finding(shown.finding, _about(shown, key, shown.reading), level)
        if folded:
            rows = counted(len(shown.table.rows), "row", "rows")
            label = f"Table of {rows}, and its files{commenting.mark(shown)}"
            with components.unfolding(label, f"more_{key}") as more:
                if more:
                    beneath(shown, key)
        else:
            beneath(shown, key)
    elif not quiet:
        say_gone(shown)


def say_gone(gone: Gone) -> None:
    """Why there is nothing to show, and what to do."""
    components.empty(gone.sentence, gone.remedy)


def draw(shown: Exhibit, key: str, *, room: Room = ROOM, level: int = 3, keys: Sequence[Key] = ()) -> None:
    """Draw one exhibit: its finding, figure, key, way down, table, files and pin."""
    made = drawing_of(shown, room)
    with st.container(key=f"chart_{key}", gap="small"):
        groups = made.groups if made.picture else ()
        components.finding(shown.finding, _about(shown, key, made.reading), level, groups, made.below)
        clicked = _wide(made, key)
        components.key([*made.meanings, *keys])
        if clicked:
            behind(shown.scope, clicked, f"{key}_clicked")
        label = f"Table, files and the lines behind it{commenting.mark(shown)}"
        with components.unfolding(label, f"more_{key}") as more:
            if more:
                beneath(shown, key, made.about)


def reading_of(shown: Exhibit, figure: Figure) -> str:
    """What helps to read an exhibit, and what its drawing leaves out."""
    note = ""
    if isinstance(figure, Waterfall) and cut(figure) > 0:
        note = "axis cut: the two totals are longer than drawn"
    whole = shown.figure
    if isinstance(figure, Bars) and isinstance(whole, Bars) and not whole.gathers:
        drawn_of = f"the first {len(figure.marks)} of {len(whole.marks)} are drawn"
        note = drawn_of if len(figure.marks) < len(whole.marks) else ""
    elif isinstance(figure, Bars) and (others := undrawn(figure)):
        note = f"{others}: their amount together, without a bar"
    if isinstance(figure, Dots) and len(figure.dots) > MOST_DRAWN:
        note = f"the first {MOST_DRAWN} of {len(figure.dots)} are drawn"
    return SEPARATOR.join(part for part in (shown.reading, note) if part)


@dataclass(frozen=True, slots=True)
class Drawing:
    """What of a drawn exhibit is the same for everybody who sees it in the same room."""

    exhibit: Exhibit
    figure: Figure
    """The exhibit's figure with as many marks as there is room for."""
    picture: style.Drawn | None
    """None for a table, which is its own picture."""
    groups: tuple[Group, ...]
    """The form for narrow screens."""
    below: int
    """Up to how many pixels of width that form is shown."""
    about: str
    """What it counts and how to read it."""
    reading: str
    """How to read it, alone."""
    alt: str
    meanings: tuple[Key, ...]


def drawing_of(shown: Exhibit, room: Room = ROOM, *, folded: bool = True) -> Drawing:
    """An exhibit drawn, once for all who see it: answers are shared, and their drawings with them.

    What has no room is folded into others, unless not `folded`.
    """
    return DRAWINGS.once((id(shown), room, folded), lambda: _drawing(shown, room, folded=folded))


def _drawing(shown: Exhibit, room: Room, *, folded: bool) -> Drawing:
    figure = drawn.fitting(shown.figure, room) if folded else shown.figure
    reading = reading_of(shown, figure)
    return Drawing(
        shown,
        figure,
        drawn.drawn(figure, shown.ways, room),
        tuple(narrow.groups_of(figure)),
        narrow.widest(figure, room.width),
        SEPARATOR.join(part for part in (shown.counted, reading) if part),
        reading,
        f"{shown.finding} {in_words(figure)}",
        tuple(meanings(figure)),
    )


def picture(made: Drawing, key: str) -> Way | None:
    """The figure alone; the way down from the mark that was chosen in it."""
    if made.picture is None:
        return None
    with st.container(key=f"forms_{key}", gap=None):
        components.strips(made.groups, made.below)
        return _wide(made, key)


def _wide(made: Drawing, key: str) -> Way | None:
    """The form of a figure for where there is room; the way down from the mark that was chosen in it.

    The server cannot know the width: both forms are sent, and the stylesheet shows one.
    """
    if made.picture is None:
        return None
    ways = made.exhibit.ways
    event: Any = st.plotly_chart(
        made.picture,
        key=f"wide{made.below}_{key}",
        theme=None,
        config=dict(style.CONFIG),
        alt=made.alt,
        on_select="rerun" if ways else "ignore",
        selection_mode="points",
    )
    return _clicked(event, ways)


def meanings(figure: Figure) -> list[Key]:
    """What the colours and patterns of a figure mean, for those that it uses."""
    patterns = [SWATCHES[doubt] for doubt in doubts(figure)]
    match figure:
        case Bars(sides=False, has_key=True):
            sure = {one.name: Key(one.name, colour=one.colour) for one in figure.series if not one.doubt}
            named = [*sure.values(), *_estimated_alone(figure, sure)]
            return [*sorted(named, key=lambda key: key.text.endswith(" others")), *patterns]
        case Dots():
            colours = [Key(words, colour=colour) for colour, words in figure.meanings.items()]
            return [*colours, Key(f"hollow: {figure.hollow}", "dot hollow")] if figure.hollow else colours
    return patterns


def _estimated_alone(figure: Bars, sure: Mapping[str, Key]) -> list[Key]:
    """The colours of series that are in doubt as a whole, and so have no sure part that names them."""
    names = [
        (one.name.removesuffix(", estimated"), one) for one in figure.series if one.doubt is Doubt.ESTIMATED
    ]
    return [Key(name, colour=one.colour) for name, one in names if name not in sure]


def beneath(shown: Exhibit, key: str, about: str = "") -> None:
    """The table of an exhibit, its two files, the list that leads down to the lines, and the pin."""
    if shown.ways:
        names = [way.name for way in shown.ways]
        picked = st.selectbox(
            "See the lines for",
            range(len(names)),
            index=None,
            format_func=lambda place: names[place],
            placeholder="Choose a part of the chart",
            key=f"way_{key}",
        )
        if picked is not None:
            behind(shown.scope, shown.ways[picked], f"{key}_picked")
    table = replace(shown.table, notes=(*shown.table.notes, about or shown.caption))
    tables.show(table)
    with st.container(horizontal=True, gap="small", key=f"beneath_{key}"):
        files(table, key)
        pin.draw(shown, key)
        if shown.chart:
            commenting.draw(commenting.of_figure(shown), key)


def folded_table(table: Table, key: str, label: str = "Table and files") -> None:
    """A table with its files, made when somebody opens it."""
    with components.unfolding(label, f"table_{key}") as opened:
        if opened:
            tables.show(table)
            files(table, key)


def files(table: Table, key: str) -> None:
    """The table as CSV and as Excel, written when somebody asks for them."""
    with st.container(horizontal=True, gap="small"):
        st.download_button(
            "CSV",
            lambda: tables.csv(table),
            tables.file_name(table.title, "csv"),
            "text/csv",
            key=f"csv_{key}",
            icon=":material/download:",
            on_click="ignore",
            help=as_typed(f"{table.title}, as CSV"),
        )
        st.download_button(
            "Excel",
            lambda: tables.excel(table),
            tables.file_name(table.title, "xlsx"),
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            key=f"excel_{key}",
            icon=":material/download:",
            on_click="ignore",
            help=as_typed(f"{table.title}, as an Excel workbook"),
        )


def fold(table: Table, key: str, most: int = tables.MOST_ROWS) -> None:
    """A table and its files behind its title and how many rows it has, for pages that have much besides."""
    rows = counted(len(table.rows) - bool(table.totals), "row", "rows")
    with st.expander(as_typed(f"{table.title}: {rows}"), key=f"fold_{key}"):
        tables.show(table, most)
        files(table, key)


def behind(scope: Scope, way: Way, key: str) -> None:
    """The largest lines behind a part of a chart, each with its cell, and the way to all of them."""
    if way.bodies:
        scope = scope.switched(organisations=way.bodies)
    lines_found = kept.lines(scope, way.chosen, limit=FEW)
    with st.container(border=True, key=f"behind_{key}"):
        if not lines_found.lines:
            components.say((components.strong(way.name), ": there are no lines behind this."))
            return
        lines = [
            CellLine(
                line.description,
                f"{line.organisation_name} · {cell_of(line)}",
                sure_pounds(line.city_amount, line.grade),
            )
            for line in lines_found.lines
        ]
        counts = counted(lines_found.how_many, "line", "lines")
        components.lines_behind(way.name, f"{pounds(lines_found.city_amount)} in {counts}", lines)
        label = "Open this line" if lines_found.how_many == 1 else f"Open all {lines_found.how_many:,} lines"
        st.page_link(
            "pages/lines/page.py",
            label=as_typed(f"{label}, down to the cell"),
            icon=":material/arrow_forward:",
            query_params=down.query(scope, way.chosen),
        )


def cell_of(line: LineOnMap) -> str:
    """The file, the sheet and the cell that a line comes from."""
    return line.where


def _clicked(event: Any, ways: Sequence[Way]) -> Way | None:
    points = event.selection.points if ways and hasattr(event, "selection") else []
    for point in points:
        data = point.get("customdata")
        number = data[0] if isinstance(data, list) and data else data
        if isinstance(number, int | float) and 0 <= int(number) < len(ways):
            return ways[int(number)]
    return None
