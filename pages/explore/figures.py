"""Explore's figures: the treemap's groups and the heat map's cells."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import plotly.graph_objects as go

from budget_model.count.assurance import ESTIMATED_FROM
from budget_model.count.results import Cell
from budget_model.money import NOTHING
from pages.shared import style
from pages.shared.treemap import Branch, Leaf

ROW, MOST_ROWS = 30, 24
LEFT = 0.265


def branches(
    cells: Sequence[Cell],
    outer: Mapping[str, str],
    inner: Mapping[str, str],
    colours: Mapping[str, str],
    ways: Mapping[tuple[str, str], int],
) -> tuple[list[Branch], Decimal]:
    """Cells of (outer, inner, grade) as headed groups, and what is below nought and cannot be drawn."""
    amounts: dict[tuple[str, str], Decimal] = defaultdict(lambda: NOTHING)
    estimated: dict[tuple[str, str], Decimal] = defaultdict(lambda: NOTHING)
    for cell in cells:
        pair = (cell.keys[0], cell.keys[1])
        amounts[pair] += cell.amount
        if int(cell.keys[2]) >= ESTIMATED_FROM:
            estimated[pair] += cell.amount
    groups: dict[str, list[Leaf]] = defaultdict(list)
    for (group, key), amount in amounts.items():
        if amount > 0:
            doubt = estimated[(group, key)] * 2 > amount
            groups[group].append(Leaf(inner.get(key, key), amount, doubt, ways.get((group, key), -1)))
    below = sum((amount for amount in amounts.values() if amount < 0), NOTHING)
    found = [
        Branch(
            outer.get(group, group),
            _tone(group, place, colours),
            tuple(sorted(leaves, key=lambda leaf: -leaf.amount)),
        )
        for place, (group, leaves) in enumerate(sorted(groups.items()))
    ]
    return sorted(found, key=lambda branch: -branch.amount), below


def _tone(group: str, place: int, colours: Mapping[str, str]) -> str:
    if group in colours or group == "unmapped":
        return style.colour(colours.get(group, ""), group)
    return style.PALETTE[place % len(style.PALETTE)]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of amounts with its margins, the largest rows and columns first."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    amounts: Mapping[tuple[str, str], Decimal]
    row_totals: Mapping[str, Decimal]
    column_totals: Mapping[str, Decimal]
    total: Decimal


def grid(cells: Sequence[Cell], columns: Sequence[str] = ()) -> Grid:
    """Cells of (row, column) with their margins; `columns` gives an order to those it names."""
    amounts: dict[tuple[str, str], Decimal] = defaultdict(lambda: NOTHING)
    rows: dict[str, Decimal] = defaultdict(lambda: NOTHING)
    across: dict[str, Decimal] = defaultdict(lambda: NOTHING)
    for cell in cells:
        row, column = cell.keys
        amounts[(row, column)] += cell.amount
        rows[row] += cell.amount
        across[column] += cell.amount
    order = {key: place for place, key in enumerate(columns)}
    return Grid(
        tuple(sorted(rows, key=lambda key: (key == "unmapped", -rows[key], key))),
        tuple(sorted(across, key=lambda key: (key == "unmapped", order.get(key, len(order)), -across[key], key))),
        dict(amounts), dict(rows), dict(across), sum(rows.values(), NOTHING),
    )  # fmt: skip


def heat(
    found: Grid,
    row_names: Mapping[str, str],
    column_names: Mapping[str, str],
    said: Callable[[Decimal], str],
    ways: Mapping[tuple[str, str], int],
) -> go.Figure:
    """The grid as shaded cells with their amounts, totals at the right and beneath."""
    rows, rest = found.rows[:MOST_ROWS], found.rows[MOST_ROWS:]
    largest = max((amount for amount in found.amounts.values() if amount > 0), default=NOTHING)
    wide = (1 - LEFT) / (len(found.columns) + 1)
    marks: dict[str, list[Any]] = {name: [] for name in ("x", "y", "colour", "text", "ink", "data", "said")}
    notes: list[dict[str, Any]] = []

    def cell(place: int, row: int, amount: Decimal | None, way: int, told: str, *, margin: bool) -> None:
        fill = style.PAPER if margin else style.shade(amount or NOTHING, largest)
        if amount and amount < 0 and not margin:
            fill = "#F3E4EC"
        marks["x"].append(LEFT + wide * (place + 0.5))
        marks["y"].append(row + 0.02)
        marks["colour"].append(fill)
        words = "·" if amount is None else said(amount) if amount >= 0 else f"({said(-amount)})"
        marks["text"].append(f"<b>{words}</b>" if margin else words)
        marks["ink"].append(style.text_on(fill) if amount is not None else "#8A949E")
        marks["data"].append([way])
        marks["said"].append(told)

    lines = [*rows, *(["others"] if rest else [])]
    for place, column in enumerate(found.columns):
        name = column_names.get(column, column)
        notes.append(
            _word(style.wrap(name, 13, 3), LEFT + wide * (place + 0.5), -0.08, "center", "bottom", bold=True)
        )
    notes.append(
        _word("Total", LEFT + wide * (len(found.columns) + 0.5), -0.08, "center", "bottom", bold=True)
    )
    for row, key in enumerate(lines):
        gathered = rest if key == "others" and rest else (key,)
        name = f"{len(rest)} others" if gathered is rest else row_names.get(key, key)
        notes.append(_word(style.shorten(name, 38), LEFT - 0.008, row + 0.5, "right", "middle"))
        for place, column in enumerate(found.columns):
            inside = [found.amounts[(one, column)] for one in gathered if (one, column) in found.amounts]
            amount = sum(inside, NOTHING) if inside else None
            told = f"<b>{name}</b><br>{column_names.get(column, column)}<br>{said(amount) if amount is not None else 'nothing'}"
            cell(place, row, amount, ways.get((key, column), -1), told, margin=False)
        whole = sum((found.row_totals[one] for one in gathered), NOTHING)
        cell(
            len(found.columns),
            row,
            whole,
            ways.get((key, ""), -1),
            f"<b>{name}</b><br>{said(whole)}",
            margin=True,
        )
    last = len(lines)
    notes.append(_word("Total", LEFT - 0.008, last + 0.5, "right", "middle", bold=True))
    for place, column in enumerate(found.columns):
        amount = found.column_totals[column]
        cell(
            place,
            last,
            amount,
            ways.get(("", column), -1),
            f"<b>{column_names.get(column, column)}</b><br>{said(amount)}",
            margin=True,
        )
    cell(len(found.columns), last, found.total, -1, f"<b>Total</b><br>{said(found.total)}", margin=True)
    trace = go.Bar(
        x=marks["x"], y=[0.96] * len(marks["x"]), base=marks["y"], width=[wide * 0.985] * len(marks["x"]),
        marker={"color": marks["colour"], "line": {"width": 0}},
        text=marks["text"], textposition="inside", insidetextanchor="middle", textangle=0,
        textfont={"color": marks["ink"], "size": 12.5}, constraintext="none",
        customdata=marks["data"], hovertext=marks["said"], hovertemplate="%{hovertext}<extra></extra>",
        selected={"marker": {"opacity": 1}}, unselected={"marker": {"opacity": 0.5}},
    )  # fmt: skip
    head = 1.75
    rule = {
        "type": "line", "x0": 0, "x1": 1, "y0": last, "y1": last, "line": {"color": style.INK, "width": 1.5},
    }  # fmt: skip
    return style.figure(
        [trace], int((last + 1 + head) * ROW) + 8,
        xaxis={"range": [0, 1]}, yaxis={"range": [last + 1.05, -head]}, annotations=notes, shapes=[rule],
    )  # fmt: skip


def _word(text: str, x: float, y: float, across: str, down: str, *, bold: bool = False) -> dict[str, Any]:
    return {
        "x": x, "y": y, "text": f"<b>{text}</b>" if bold else text, "showarrow": False, "xanchor": across,
        "yanchor": down, "font": {"size": 12.5, "color": style.INK}, "align": across,
    }  # fmt: skip
