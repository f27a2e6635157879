"""How does the place's money divide, by whatever I choose: body, board, service, function, funding?"""

from decimal import Decimal

import streamlit as st

from budget_model.count import parts_said
from budget_model.count.results import Cell
from budget_model.money import NOTHING, pounds
from budget_model.scope import Scope
from budget_model.vocabulary import Dimension
from pages.explore import figures
from pages.shared import chart, choice, components, kept, marks, money_flow, scope_picker, words
from pages.shared.tables import As, Column, Table
from pages.shared.treemap import treemap

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
MOST_COLUMNS = 9
FITS = 36


def show() -> None:
    """The page: one picture at a time, kept in the link."""
    scope = scope_picker.chosen()
    st.title("Explore")
    if not kept.total(scope).lines:
        components.empty(
            "No line of any budget is in this choice.", "Widen it above, or go back to the whole place."
        )
        return
    with st.container(horizontal=True, key="controls_explore", vertical_alignment="bottom"):
        picture = choice.segment("Show as", tuple(SHOWS), "show", "treemap", SHOWS.__getitem__)
        chosen = _controls(picture)
    if picture == "heat":
        _heat(scope, *chosen)
    elif picture == "flow":
        money_flow.draw(scope, "explore", most=16, height=640)
    elif picture == "pivot":
        _pivot(scope, *chosen)
    else:
        _treemap(scope, *chosen)


def _controls(picture: str) -> tuple[str, ...]:
    """The choices that one picture has, beside the choice of the picture."""
    names = tuple(str(one) for one in PIVOTS)
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
    cells = kept.pivot(scope, (outer, inner, Dimension.GRADE))
    outer_names = {cell.keys[0]: words.name(outer, cell.keys[0]) for cell in cells}
    inner_names = {
        cell.keys[1]: words.name(inner, cell.keys[1], short=outer is Dimension.ORGANISATION_TYPE)
        for cell in cells
    }
    pairs = _summed([Cell(cell.keys[:2], cell.amount) for cell in cells])
    ways: list[chart.Way] = []
    numbers: dict[tuple[str, str], int] = {}
    for pair in sorted(pairs, key=lambda one: -pairs[one]):
        numbers[pair] = len(ways)
        name = f"{outer_names[pair[0]]} › {inner_names[pair[1]]}"
        ways.append(chart.Way(name, ((outer, pair[0]), (inner, pair[1]))))
    found, below = figures.branches(cells, outer_names, inner_names, kept.colours(), numbers)
    if not found:
        components.empty("Nothing here is above nought.", "See it as a table instead.")
        return
    shown, total = chart.shown_as(scope), kept.total(scope)
    told = [(outer_names[one[0]], words.name(inner, one[1]), amount) for one, amount in pairs.items()]
    largest = parts_said.largest_part(parts_said.told_apart(told), total.total, shown)
    rows = [
        (outer_names[pair[0]], inner_names[pair[1]], shown.of(amount), marks.share_of(amount, total.total))
        for pair, amount in sorted(pairs.items(), key=lambda one: -one[1])
    ]
    notes = (
        [f"{pounds(shown.of(-below))} below nought is not drawn, so groups look larger by it"]
        if below
        else []
    )
    chart.draw(
        treemap(found, lambda amount: pounds(shown.of(amount))),
        key=f"treemap_{nest}",
        finding=largest.sentence if largest else "Nothing here is above nought.",
        shows=("treemap", "" if nest == "board-service" else f"{outer}/{inner}"),
        scope=scope,
        table=Table(
            f"{words.CALLED[outer]} and {words.LOWER[inner]}",
            (Column(words.CALLED[outer]), Column(words.CALLED[inner]), Column("Amount", As.MONEY), Column("Share", As.SHARE)),
            (*rows, ("Total", "", shown.of(total.total), marks.share_of(total.total, total.total))),
            has_total=True,
        ),
        ways=ways,
        notes=notes,
        patterns=marks.doubt_key(estimated=any(leaf.estimated for branch in found for leaf in branch.leaves)),
        level=2,
    )  # fmt: skip


def _heat(scope: Scope, across: str) -> None:
    column = Dimension(across)
    cells = kept.pivot(scope, (Dimension.ORGANISATION, column))
    found = figures.grid(cells, kept.boards() if column is Dimension.THEME else ())
    rows = {key: words.name(Dimension.ORGANISATION, key) for key in found.rows}
    short = {
        key: name if len(name) <= FITS else kept.short_names().get(key, name) for key, name in rows.items()
    }
    columns = {key: words.name(column, key, short=True) for key in found.columns}
    ways: list[chart.Way] = []
    numbers: dict[tuple[str, str], int] = {}
    for key in sorted(found.amounts, key=lambda pair: -found.amounts[pair]):
        numbers[key] = len(ways)
        ways.append(
            chart.Way(
                f"{rows[key[0]]} › {columns[key[1]]}", ((Dimension.ORGANISATION, key[0]), (column, key[1]))
            )
        )
    for one in found.rows:
        numbers[(one, "")] = len(ways)
        ways.append(chart.Way(rows[one], ((Dimension.ORGANISATION, one),)))
    for one in found.columns:
        numbers[("", one)] = len(ways)
        ways.append(chart.Way(columns[one], ((column, one),)))
    shown = chart.shown_as(scope)
    chart.draw(
        figures.heat(found, short, columns, lambda amount: pounds(shown.of(amount)), numbers),
        key=f"heat_{across}",
        finding=_meeting(scope, column),
        shows=("heat-map", "" if column is Dimension.THEME else str(column)),
        scope=scope,
        table=_grid_table(
            f"Organisation by {words.LOWER[column]}", "Organisation", found, rows, columns, scope
        ),
        ways=ways,
        level=2,
    )


def _meeting(scope: Scope, column: Dimension) -> str:
    """What has the most payers: a board, a function of government, a group of people."""
    if column is Dimension.THEME:
        return chart.said(scope, "payers") or chart.said(scope, "what")
    cells, shown = kept.pivot(scope, (column, Dimension.ORGANISATION)), chart.shown_as(scope)
    found = parts_said.most_met(kept.by(scope, column), cells, column, shown)
    return found.sentence if found else "Nobody’s money can be named here."


def _pivot(scope: Scope, rows_by: str, across: str, shares: str) -> None:
    down = Dimension(rows_by)
    if across in ("none", str(down)):
        _list(scope, down)
        return
    column = Dimension(across)
    found = _gathered(figures.grid(kept.pivot(scope, (down, column))))
    rows = {key: words.name(down, key) for key in found.rows}
    columns = {
        key: "Others" if key == OTHERS else words.name(column, key, short=True) for key in found.columns
    }
    title = f"{words.CALLED[down]} by {words.LOWER[column]}"
    names = {"rows": words.LOWER[down], "columns": words.LOWER[column]}
    every = len(kept.by(scope, column))
    components.finding(
        parts_said.own_table(len(found.rows), every, found.total, names, chart.shown_as(scope)).sentence,
        chart.caption(scope, chart.shown_as(scope), kept.relied_on(scope)),
        2,
    )
    ways = [chart.Way(rows[key], ((down, key),)) for key in found.rows] + [
        chart.Way(f"{rows[row]} › {columns[one]}", ((down, row), (column, one)))
        for row, one in sorted(found.amounts, key=lambda pair: -found.amounts[pair]) if one != OTHERS
    ]  # fmt: skip
    chart.beneath(
        _grid_table(title, words.CALLED[down], found, rows, columns, scope, shares), "pivot", scope, ways,
        shows=("own-table", f"{down}/{column}/{shares}"),
    )  # fmt: skip


def _list(scope: Scope, down: Dimension) -> None:
    parts, shown, total = kept.by(scope, down), chart.shown_as(scope), kept.total(scope)
    components.finding(
        parts_said.own_table(
            len(parts), 0, total.total, {"rows": words.LOWER[down], "columns": ""}, shown
        ).sentence,
        chart.caption(scope, shown, kept.relied_on(scope)),
        2,
    )
    table = marks.breakdown(words.CALLED[down], words.CALLED[down], parts, shown, total)
    ways = [chart.Way(part.name, ((down, part.key),)) for part in parts]
    chart.beneath(table, "list", scope, ways, shows=("own-table", f"{down}/none/pounds"))


OTHERS = "others gathered"


def _gathered(found: figures.Grid) -> figures.Grid:
    """The grid with its smallest columns as one, so that it fits a page."""
    if len(found.columns) <= MOST_COLUMNS:
        return found
    largest = sorted(found.columns, key=lambda key: -abs(found.column_totals[key]))[: MOST_COLUMNS - 1]
    kept_columns = [key for key in found.columns if key in largest]
    cells = [
        Cell((row, column if column in kept_columns else OTHERS), amount)
        for (row, column), amount in found.amounts.items()
    ]
    gathered = figures.grid(cells, kept_columns)
    columns = (*(one for one in gathered.columns if one != OTHERS), OTHERS)
    return figures.Grid(
        gathered.rows, columns, gathered.amounts, gathered.row_totals, gathered.column_totals, gathered.total
    )


def _grid_table(
    title: str, what: str, found: figures.Grid, rows: dict[str, str], columns: dict[str, str], scope: Scope,
    shares: str = "pounds",
) -> Table:  # fmt: skip
    shown = chart.shown_as(scope)
    written = As.MONEY if shares == "pounds" else As.SHARE

    def value(amount: Decimal, row: Decimal, column: Decimal) -> Decimal | None:
        whole = {"row": row, "column": column, "total": found.total}.get(shares)
        return shown.of(amount) if whole is None else marks.share_of(amount, whole)

    body: list[tuple[object, ...]] = [
        (
            rows[row],
            *(
                value(found.amounts[(row, one)], found.row_totals[row], found.column_totals[one])
                if (row, one) in found.amounts else None
                for one in found.columns
            ),
            value(found.row_totals[row], found.row_totals[row], found.total),
        )
        for row in found.rows
    ]  # fmt: skip
    body.append(
        (
            "Total",
            *(
                value(found.column_totals[one], found.total, found.column_totals[one])
                for one in found.columns
            ),
            value(found.total, found.total, found.total),
        )
    )
    heads = (
        Column(what),
        *(Column(columns[one], written) for one in found.columns),
        Column("Total", written),
    )
    return Table(title, heads, tuple(body), has_total=True)


def _summed(cells: list[Cell]) -> dict[tuple[str, str], Decimal]:
    sums: dict[tuple[str, str], Decimal] = {}
    for cell in cells:
        pair = (cell.keys[0], cell.keys[1])
        sums[pair] = sums.get(pair, NOTHING) + cell.amount
    return sums


def _nest_name(nest: str) -> str:
    outer, inner = NESTS[nest]
    return f"{words.CALLED[outer]}, then {words.LOWER[inner]}"


def _dimension_name(key: str) -> str:
    return "None" if key == "none" else words.CALLED[Dimension(key)]


show()
