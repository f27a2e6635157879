"""Dots on lanes: further right for more of one thing, higher for further along, larger for pounds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from budget_model.exhibits.colours import INK, PAPER, QUIET, RULE, tint
from budget_model.exhibits.figures import Dot, Dots
from budget_model.exhibits.ways import Way
from budget_model.money import NOTHING, pounds
from pages.shared import style

WIDTH = 940.0
"""Pixels of the narrowest screen that the picture is laid out for."""
LEFT = 168.0
HEAD = 38.0
LANE, LEAST_DOT, MOST_DOT = 96.0, 9.0, 62.0
LETTER, LINE = 6.6, 15.0
MOST_LABELS, MOST_DRAWN, CROWD, CROWDED_DOT = 12, 40, 25, 40.0
HALF = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class Spot:
    """Where one dot stands in the picture, in pixels from the top left."""

    dot: Dot
    x: float
    y: float
    size: float
    lane: tuple[float, float]
    """Where its lane begins and ends."""


def draw(figure: Dots, ways: Mapping[Way | None, int]) -> style.Drawn:
    """The first `MOST_DRAWN` dots on their lanes, none hiding another."""
    spots, tops, height = spots_of(figure)
    notes, shapes = _lanes(figure, tops, height)
    notes += _labels(spots)
    return style.figure(
        [_trace(spots, figure, ways)],
        int(height),
        margin={"t": 0, "b": 0},
        xaxis={"range": [0, WIDTH]},
        yaxis={"range": [height, 0]},
        annotations=notes,
        shapes=shapes,
        hovermode="closest",
    )


def spots_of(figure: Dots) -> tuple[list[Spot], dict[int, float], float]:
    """Where each dot stands, where each lane begins, and how high the picture is."""
    dots = figure.dots[:MOST_DRAWN]
    most = MOST_DOT if len(dots) <= CROWD else CROWDED_DOT
    largest = float(max((dot.amount for dot in dots), default=NOTHING) or 1)
    tops: dict[int, float] = {}
    spots: list[Spot] = []
    top = HEAD + 4
    for lane in sorted({dot.lane for dot in dots}, reverse=True) or [0]:
        tops[lane] = top
        placed, height = _laid([dot for dot in dots if dot.lane == lane], top, largest, most)
        spots += placed
        top += height
    return spots, tops, top + 6


def _across(part: Decimal) -> float:
    return LEFT + 18 + float(part) / 100 * (WIDTH - LEFT - 60)


def _laid(dots: Sequence[Dot], top: float, largest: float, most: float) -> tuple[list[Spot], float]:
    """Dots of one lane, moved up or down until none hides another; how high the lane has to be."""
    sized = [
        (LEAST_DOT + (most - LEAST_DOT) * (max(float(dot.amount), 0.0) / largest) ** 0.5, dot) for dot in dots
    ]
    placed: list[tuple[Dot, float, float, float]] = []
    for size, dot in sorted(sized, key=lambda pair: -pair[0]):
        x = _across(dot.across)
        placed.append((dot, x, _free(x, size, placed), size))
    above = max((size / 2 - y for _, _, y, size in placed), default=0.0)
    below = max((size / 2 + y for _, _, y, size in placed), default=0.0)
    height = max(LANE, above + below + 44)
    middle = top + (height - above - below) / 2 + above
    lane = (top, top + height)
    return [Spot(dot, x, middle + y, size, lane) for dot, x, y, size in placed], height


def _free(x: float, size: float, placed: Sequence[tuple[Dot, float, float, float]]) -> float:
    """How far up or down a dot has to move so that it hides none of those that are placed."""
    steps = [0.0, *(step * 7.0 * side for step in range(1, 150) for side in (1, -1))]
    return next((step for step in steps if _clear_of(x, step, size, placed)), 0.0)


def _clear_of(x: float, y: float, size: float, placed: Sequence[tuple[Dot, float, float, float]]) -> bool:
    return all(
        (x - other_x) ** 2 + (y - other_y) ** 2 >= ((size + other) / 2 + 1) ** 2
        for _, other_x, other_y, other in placed
    )


def _trace(spots: Sequence[Spot], figure: Dots, ways: Mapping[Way | None, int]) -> style.Trace:
    return style.scatter(
        x=[spot.x for spot in spots],
        y=[spot.y for spot in spots],
        mode="markers",
        marker={
            "size": [spot.size for spot in spots],
            "sizemode": "diameter",
            "color": [_fill(spot.dot) for spot in spots],
            "opacity": 1,
            "line": {"color": [spot.dot.mark.colour for spot in spots], "width": 2},
        },
        customdata=[[ways.get(spot.dot.mark.way, -1)] for spot in spots],
        hovertext=[
            f"<b>{style.wrap(spot.dot.mark.name, 60, 4)}</b><br>{figure.counts}: {pounds(spot.dot.amount)}"
            f"<br>{style.wrap(spot.dot.note, 60, 4)}"
            for spot in spots
        ],
        cliponaxis=False,
        **style.CHOSEN,
    )


def _fill(dot: Dot) -> str:
    """White for not known, pale for under half, full for half and more."""
    if dot.filled is None:
        return PAPER
    return tint(dot.mark.colour, 0.4) if dot.filled < HALF else dot.mark.colour


def _lanes(
    figure: Dots, tops: Mapping[int, float], height: float
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The lanes' names, the rules between them, and the places across that mean something."""
    notes = []
    shapes = []
    for lane, top in tops.items():
        name = f"<b>{style.wrap(figure.lanes.get(lane, ''), 20, 3)}</b>"
        notes.append(_note(name, 0, top + 10, "left", INK, "top"))
        shapes.append(_rule(0, WIDTH, top, top))
    for part, meaning in figure.rules:
        x = _across(part)
        shapes.append(_rule(x, x, 4, height - 4, dash="dot"))
        notes.append(_note(style.wrap(meaning, 16), x + 5, 18, "left", QUIET, "middle", size=12))
    return notes, shapes


def _rule(x0: float, x1: float, y0: float, y1: float, *, dash: str = "solid") -> dict[str, Any]:
    return {
        "type": "line",
        "x0": x0,
        "x1": x1,
        "y0": y0,
        "y1": y1,
        "layer": "below",
        "line": {"color": RULE, "width": 1, "dash": dash},
    }


Box = tuple[float, float, float, float]


def _labels(spots: Sequence[Spot]) -> list[dict[str, Any]]:
    """Names beside the dots, the largest first, where one has room and covers neither dot nor name."""
    taken = [_box(spot.x, spot.y, spot.size, spot.size) for spot in spots]
    notes: list[dict[str, Any]] = []
    largest = max((spot.dot.amount for spot in spots), default=NOTHING)
    for spot in sorted(spots, key=lambda spot: -spot.size):
        if len(notes) == MOST_LABELS or spot.dot.amount * 60 < largest:
            break
        placed = _placed(spot, taken)
        if placed:
            note, box = placed
            notes.append(note)
            taken.append(box)
    return notes


def _placed(spot: Spot, taken: Sequence[Box]) -> tuple[dict[str, Any], Box] | None:
    """A name at the first free side of its dot, shortened where it must be."""
    reach = spot.size / 2 + 5
    rank, _, _ = spot.dot.mark.name.partition(" ")
    amount = pounds(spot.dot.amount)
    sides = (
        (spot.x + reach, spot.y, "left"),
        (spot.x - reach, spot.y, "right"),
        (spot.x, spot.y - reach - 6, "center"),
        (spot.x, spot.y + reach + 6, "center"),
    )
    for most in (40, 26, 16):
        name = f"{rank} {style.shorten(spot.dot.mark.note, most)}"
        wide = (len(name) + len(amount) + 1) * LETTER
        for x, y, across in sides:
            left = {"left": x, "right": x - wide, "center": x - wide / 2}[across]
            box = (left, y - LINE / 2, left + wide, y + LINE / 2)
            if _inside(box, spot.lane) and not any(_meet(box, other) for other in taken):
                return _note(f"{name} <b>{amount}</b>", x, y, across, INK, "middle"), box
    return None


def _inside(box: Box, lane: tuple[float, float]) -> bool:
    return box[0] >= LEFT - 8 and box[2] <= WIDTH and box[1] > lane[0] and box[3] < lane[1]


def _meet(box: Box, other: Box) -> bool:
    return box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]


def _box(x: float, y: float, wide: float, high: float) -> Box:
    return x - wide / 2, y - high / 2, x + wide / 2, y + high / 2


def _note(
    text: str, x: float, y: float, across: str, colour: str, down: str, *, size: float = 12.5
) -> dict[str, Any]:
    return {
        "x": x,
        "y": y,
        "text": text,
        "xanchor": across,
        "yanchor": down,
        "showarrow": False,
        "align": "left",
        "font": {"size": size, "color": colour},
    }
