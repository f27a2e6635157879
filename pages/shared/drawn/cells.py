"""A heat map as shaded cells with their amounts; what rows and columns end in at the right and beneath."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from budget_model.exhibits.colours import FAINT, INK, PAPER, UNMAPPED_COLOUR, shade, text_on
from budget_model.exhibits.figures import HeatMap, Mark
from budget_model.exhibits.tables import say_cell
from budget_model.exhibits.ways import Way
from budget_model.money import NOTHING
from pages.shared import style

ROW = 30
LEFT = 0.255
FITS = 36
"""Letters of a row's name that there is room for."""
BELOW = "#F3E4EC"
"""The shade of an amount below zero."""
MOST_UPRIGHT = 9
"""Columns whose names still stand upright; those of more run upwards."""


@dataclass(slots=True)
class _Grid:
    """The cells as they are laid, one list for each property of the trace."""

    figure: HeatMap
    ways: Mapping[Way | None, int]
    wide: float
    lists: dict[str, list[Any]] = field(
        default_factory=lambda: {name: [] for name in ("x", "base", "colour", "text", "ink", "way", "hover")}
    )

    def put(self, place: int, row: int, value: Decimal | None, fill: str, way: Way | None, name: str) -> None:
        """One cell with its amount; a dot where there is none."""
        words = "·" if value is None else say_cell(value, self.figure.kind, short=True)
        margin = fill == PAPER
        self.lists["x"].append(LEFT + self.wide * (place + 0.5))
        self.lists["base"].append(row + 0.02)
        self.lists["colour"].append(fill)
        self.lists["text"].append(f"<b>{words}</b>" if margin else "" if fill == FAINT else words)
        self.lists["ink"].append(UNMAPPED_COLOUR if value is None else text_on(fill))
        self.lists["way"].append([self.ways.get(way, -1)])
        self.lists["hover"].append(f"<b>{name}</b><br>{'nothing' if value is None else words}")


def draw(figure: HeatMap, ways: Mapping[Way | None, int]) -> style.Drawn:
    """The cells, the names of rows and columns, and the margins where there are any."""
    across = len(figure.columns) + figure.has_margins
    grid = _Grid(figure, ways, (1 - LEFT) / max(across, 1))
    largest = figure.largest()
    for row, mark in enumerate(figure.rows):
        for place, column in enumerate(figure.columns):
            value = figure.values[row][place]
            way = figure.ways[row][place] if figure.ways else None
            fill = _fill(figure, mark, column, value, largest)
            grid.put(place, row, value, fill, way, f"{mark.name}<br>{column.label}")
        if figure.has_margins:
            grid.put(len(figure.columns), row, figure.row_total(row), PAPER, mark.way, mark.name)
    last = len(figure.rows)
    if figure.has_margins:
        for place, column in enumerate(figure.columns):
            grid.put(place, last, figure.column_total(place), PAPER, column.way, column.name)
        grid.put(len(figure.columns), last, figure.total(), PAPER, None, "Total")
    steep = len(figure.columns) > MOST_UPRIGHT
    head = 4.5 if steep else 1.75
    rows = last + figure.has_margins
    return style.figure(
        [_trace(grid)],
        int((rows + head) * ROW) + 8,
        xaxis={"range": [0, 1]},
        yaxis={"range": [rows + 0.05, -head]},
        annotations=_names(figure, grid.wide, steep=steep),
        shapes=[_rule(last)] if figure.has_margins else [],
    )


def _fill(figure: HeatMap, row: Mark, column: Mark, value: Decimal | None, largest: Decimal) -> str:
    if figure.down == figure.across and row.key == column.key:
        return FAINT
    return BELOW if value and value < 0 else shade(value or NOTHING, largest)


def _trace(grid: _Grid) -> style.Trace:
    many = len(grid.lists["x"])
    return style.bar(
        x=grid.lists["x"],
        y=[0.96] * many,
        base=grid.lists["base"],
        width=[grid.wide * 0.985] * many,
        marker={"color": grid.lists["colour"], "line": {"width": 0}},
        text=grid.lists["text"],
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        textfont={"color": grid.lists["ink"], "size": 12.5 if grid.wide > 0.06 else 12},
        constraintext="none",
        customdata=grid.lists["way"],
        hovertext=grid.lists["hover"],
        **style.CHOSEN,
    )


def _names(figure: HeatMap, wide: float, *, steep: bool) -> list[dict[str, Any]]:
    """The names of columns above, and of rows at the left."""
    heads = [(column.label, False) for column in figure.columns]
    heads += [("Total", True)] if figure.has_margins else []
    notes = []
    for place, (name, strong) in enumerate(heads):
        text = style.shorten(name, 18) if steep else style.wrap(name, 13, 3)
        middle = LEFT + wide * (place + 0.5)
        note = _word(text, middle, -0.08, "center", "bottom", bold=strong or not steep)
        notes.append(note | ({"textangle": -90} if steep else {}))
    sides = [(mark.name if len(mark.name) <= FITS else mark.label, False) for mark in figure.rows]
    sides += [("Total", True)] if figure.has_margins else []
    for row, (name, strong) in enumerate(sides):
        text = style.shorten(name, FITS)
        notes.append(_word(text, LEFT - 0.008, row + 0.5, "right", "middle", bold=strong))
    return notes


def _word(text: str, x: float, y: float, across: str, down: str, *, bold: bool = False) -> dict[str, Any]:
    return {
        "x": x,
        "y": y,
        "text": f"<b>{text}</b>" if bold else text,
        "showarrow": False,
        "xanchor": across,
        "yanchor": down,
        "font": {"size": 12.5, "color": INK},
        "align": across,
    }


def _rule(last: int) -> dict[str, Any]:
    return {"type": "line", "x0": 0, "x1": 1, "y0": last, "y1": last, "line": {"color": INK, "width": 1.5}}
