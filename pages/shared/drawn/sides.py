"""Two bodies' money on the same services, to the left and to the right; the common part in full colour."""

from collections.abc import Mapping
from typing import Any

from budget_model.exhibits.colours import INK, PAPER, tint
from budget_model.exhibits.figures import Bars
from budget_model.exhibits.ways import Way
from budget_model.money import NOTHING
from pages.shared import style

ROW = 50


def draw(figure: Bars, ways: Mapping[Way | None, int]) -> style.Drawn:
    """The first series to the left and the second to the right of one line."""
    left, right = figure.series
    largest = float(max((*left.values, *right.values), default=NOTHING) or 1)
    lists: dict[str, list[Any]] = {name: [] for name in ("x", "y", "base", "colour", "way", "hover")}
    notes: list[dict[str, Any]] = []
    for place, mark in enumerate(figure.marks):
        common = min(left.values[place], right.values[place])
        for one, direction in ((left, -1), (right, 1)):
            amount = one.values[place]
            for size, base, colour in (
                (common, NOTHING, one.colour),
                (amount - common, common, tint(one.colour, 0.28)),
            ):
                lists["x"].append(float(size) * direction)
                lists["base"].append(float(base) * direction)
                lists["y"].append(place)
                lists["colour"].append(colour)
                lists["way"].append([ways.get(mark.way, -1)])
                hover = f"<b>{mark.name}</b><br>{figure.say(amount)}, of it {figure.say(common)} in common"
                lists["hover"].append(hover)
        notes += _words(figure, place)
    trace = style.bar(
        x=lists["x"],
        y=lists["y"],
        base=lists["base"],
        orientation="h",
        width=0.32,
        offset=0.1,
        marker={"color": lists["colour"], "line": {"width": 0}},
        customdata=lists["way"],
        hovertext=lists["hover"],
        **style.CHOSEN,
    )
    many = max(1, len(figure.marks))
    return style.figure(
        [trace],
        many * ROW + 8,
        barmode="overlay",
        xaxis={"range": [-largest * 1.01, largest * 1.01]},
        yaxis={"range": [many - 0.5, -0.5]},
        annotations=notes,
        shapes=[_middle(place) for place in range(len(figure.marks))],
    )


def _words(figure: Bars, place: int) -> list[dict[str, Any]]:
    """What each of the two spends at the edges, and on what in the middle."""
    usual: dict[str, Any] = {
        "xref": "paper",
        "y": place,
        "yshift": 11,
        "showarrow": False,
        "yanchor": "middle",
        "font": {"size": 13, "color": INK},
    }
    first, second = (figure.say(one.values[place]) for one in figure.series)
    name = style.shorten(figure.marks[place].name, 44)
    return [
        usual | {"x": 0, "xanchor": "left", "text": f"<b>{first}</b>"},
        usual | {"x": 0.5, "xanchor": "center", "text": name},
        usual | {"x": 1, "xanchor": "right", "text": f"<b>{second}</b>"},
    ]


def _middle(place: int) -> dict[str, Any]:
    return {
        "type": "line",
        "x0": 0,
        "x1": 0,
        "y0": place + 0.06,
        "y1": place + 0.46,
        "line": {"color": PAPER, "width": 2},
    }
