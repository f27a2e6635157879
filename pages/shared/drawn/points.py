"""Figures of one kind on one line: where something began, is, is forecast to be and should be."""

from typing import Any

from budget_model.exhibits.colours import INK, RULE
from budget_model.exhibits.figures import Point, Points
from pages.shared import style

SIGNS = {
    "ring": ("circle-open", 13, 2.5),
    "disc": ("circle", 15, 0),
    "diamond": ("diamond", 14, 0),
    "stroke": ("line-ns", 24, 4),
}
"""The symbol of each sign, its size and the width of its line, pixels."""


def draw(figure: Points) -> style.Drawn:
    """The points with their names by turns above and below the line."""
    values = [float(point.value) for point in figure.points]
    low, high = min(values), max(values)
    room = (high - low or 1.0) * 0.14
    symbols, sizes, widths = zip(*(SIGNS[point.sign] for point in figure.points), strict=True)
    colours = [point.colour for point in figure.points]
    line = style.scatter(
        x=[low - room, high + room],
        y=[0, 0],
        mode="lines",
        line={"color": RULE, "width": 2},
        hoverinfo="skip",
    )
    marks = style.scatter(
        x=values,
        y=[0] * len(values),
        mode="markers",
        hoverinfo="skip",
        marker={
            "size": sizes,
            "color": colours,
            "symbol": symbols,
            "line": {"width": widths, "color": colours},
            "opacity": 1,
        },
    )
    return style.figure(
        [line, marks],
        130,
        xaxis={"range": [low - room * 1.6, high + room * 1.6]},
        yaxis={"range": [-1, 1]},
        annotations=[_name(point, 1 - 2 * (place % 2)) for place, point in enumerate(figure.points)],
    )


def _name(point: Point, side: int) -> dict[str, Any]:
    return {
        "x": float(point.value),
        "y": 0,
        "yshift": 30 * side,
        "showarrow": False,
        "align": "center",
        "text": f"{point.name} <b>{point.value.normalize():f}</b><br>{point.when}",
        "font": {"size": 12.5, "color": INK},
    }
