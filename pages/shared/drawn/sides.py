"""Two bodies' money on the same services, to the left and to the right of its name; the common part in full colour."""

from collections.abc import Mapping
from typing import Any

from budget_model.exhibits.colours import tint
from budget_model.exhibits.figures import Bars
from budget_model.exhibits.ways import Way
from budget_model.money import NOTHING
from pages.shared import style

ROW, THICK = 42, 17
"""Pixels of a row, and of a bar across."""
MIDDLE = 0.39
"""Half of the room for the names between both sides, as a part of the longest bar."""
LETTERS = 22
"""Letters of one line of a name: what fits the middle of the narrowest picture."""


def draw(figure: Bars, ways: Mapping[Way | None, int]) -> style.Drawn:
    """The first series to the left and the second to the right of the names."""
    left, right = figure.series
    largest = float(max((*left.values, *right.values), default=NOTHING) or 1)
    middle = largest * MIDDLE
    lists: dict[str, list[Any]] = {name: [] for name in ("x", "y", "base", "colour", "way", "hover")}
    for place, mark in enumerate(figure.marks):
        common = min(left.values[place], right.values[place])
        for one, direction in ((left, -1), (right, 1)):
            amount = one.values[place]
            for size, base, colour in (
                (common, NOTHING, one.colour),
                (amount - common, common, tint(one.colour, 0.28)),
            ):
                lists["x"].append(float(size) * direction)
                lists["base"].append((float(base) + middle) * direction)
                lists["y"].append(place)
                lists["colour"].append(colour)
                lists["way"].append([ways.get(mark.way, -1)])
                hover = f"<b>{mark.name}</b><br>{figure.say(amount)}, of it {figure.say(common)} in common"
                lists["hover"].append(hover)
    trace = style.bar(
        x=lists["x"],
        y=lists["y"],
        base=lists["base"],
        orientation="h",
        width=THICK / ROW,
        offset=-THICK / ROW / 2,
        marker={"color": lists["colour"], "line": {"width": 0}},
        customdata=lists["way"],
        hovertext=lists["hover"],
        **style.CHOSEN,
    )
    many = max(1, len(figure.marks))
    return style.figure(
        [trace, *_words(figure, middle)],
        many * ROW + 8,
        barmode="overlay",
        margin={"l": 76, "r": 76},
        xaxis={"range": [-largest - middle, largest + middle]},
        yaxis={"range": [many - 0.5, -0.5]},
    )


def _words(figure: Bars, middle: float) -> list[style.Trace]:
    """On what in the middle, and what each of the two spends at the ends of its bars."""
    rows = list(range(len(figure.marks)))
    names = [style.wrap(mark.name, LETTERS) for mark in figure.marks]
    left, right = figure.series
    first, second = (
        [f"\u00a0<b>{figure.say(value)}</b>\u00a0" for value in one.values] for one in (left, right)
    )
    return [
        style.words([0.0] * len(rows), rows, names, "middle center"),
        style.words([-float(value) - middle for value in left.values], rows, first, "middle left"),
        style.words([float(value) + middle for value in right.values], rows, second, "middle right"),
    ]
