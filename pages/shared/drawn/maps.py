"""Areas of a place in their outlines, shaded: drawn as plain polygons, so that nothing is fetched from anywhere."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from math import cos, radians
from typing import Any

from budget_model.exhibits.colours import FAINT, INK, PAPER, SEQUENCE, text_on
from budget_model.exhibits.figures import AreaMap, Ring, Shape
from budget_model.exhibits.ways import Way
from pages.shared import style

HEIGHT = 560
NARROWEST = 600
"""Pixels of width from which a map is drawn; below, its figures are bars."""
SIZE = 12
LETTER, LINE = 6.9, 15.0
"""Pixels that a letter of a name is wide, and a line of it high, at that size."""
MOVES = (0, 10, -10, 18, -18, 26, -26)
"""Pixels by which a name may stand higher or lower than the middle of its area, so that it lies on no other."""
PALEST = 2
"""The step of the sequence of the least figure, so that it stands out from the ground."""
Flat = tuple[tuple[float, float], ...]
Box = tuple[float, float, float, float]


def draw(figure: AreaMap, ways: Mapping[Way | None, int]) -> style.Drawn:
    """Each area in its outline, its name and figure in its middle where there is room."""
    north = _middle_latitude(figure)
    grounds = [_ground(shape, north) for shape in figure.shapes if shape.value is None]
    areas = [_area(shape, figure, north) for shape in figure.shapes if shape.value is not None]
    named = [] if grounds else [_names(figure, north, ways)]
    return style.figure(
        [*grounds, *areas, *named],
        HEIGHT,
        annotations=_beside(figure, north) if grounds else [],
        xaxis={"scaleanchor": "y", "constrain": "domain"},
        yaxis={"constrain": "domain"},
        hovermode="closest",
    )


def _middle_latitude(figure: AreaMap) -> float:
    heights = [point[1] for shape in figure.shapes for ring in shape.rings for point in ring]
    return sum(heights) / len(heights) if heights else 0.0


def _flat(ring: Ring, north: float) -> Flat:
    """An outline on the plane: a degree of longitude is shorter by the cosine of the latitude."""
    narrow = cos(radians(north))
    return tuple((x * narrow, y) for x, y in ring)


def _closed(shape: Shape, north: float) -> tuple[list[float | None], list[float | None]]:
    """Every ring of a shape one after the other, each closed, with a gap between two."""
    xs: list[float | None] = []
    ys: list[float | None] = []
    for ring in shape.rings:
        points = _flat(ring, north)
        xs += [*([None] if xs else []), *(x for x, _ in (*points, points[0]))]
        ys += [*([None] if ys else []), *(y for _, y in (*points, points[0]))]
    return xs, ys


def _ground(shape: Shape, north: float) -> style.Trace:
    xs, ys = _closed(shape, north)
    return style.scatter(
        x=xs,
        y=ys,
        mode="lines",
        fill="toself",
        fillcolor=FAINT,
        line={"color": PAPER, "width": 1},
        hoverinfo="skip",
    )


def _area(shape: Shape, figure: AreaMap, north: float) -> style.Trace:
    xs, ys = _closed(shape, north)
    said = figure.say(shape.value or Decimal(0))
    words = f"<b>{shape.mark.name}</b><br>{figure.counts}: {said}<br>{style.wrap(shape.note, 56, 4)}"
    return style.scatter(
        x=xs,
        y=ys,
        mode="lines",
        fill="toself",
        fillcolor=SEQUENCE[_step(shape, figure)],
        line={"color": PAPER, "width": 1.4},
        hoveron="fills",
        hoverinfo="text",
        text=words,
    )


def _step(shape: Shape, figure: AreaMap) -> int:
    """The step of the sequence for a figure: from the least, pale, to the most."""
    low, high = figure.span()
    part = float(((shape.value or low) - low) / (high - low)) if high > low else 1.0
    return PALEST + round(part * (len(SEQUENCE) - 1 - PALEST))


def _names(figure: AreaMap, north: float, ways: Mapping[Way | None, int]) -> style.Trace:
    placed = _placed(figure, north)
    named = [shape for shape, _ in placed]
    return style.scatter(
        x=[at[0] for _, at in placed],
        y=[at[1] for _, at in placed],
        mode="text",
        text=[_label(shape, figure) for shape in named],
        textfont={"size": SIZE, "color": [_ink(shape, figure) for shape in named]},
        customdata=[[ways.get(shape.mark.way, -1)] for shape in named],
        hoverinfo="skip",
    )


def _label(shape: Shape, figure: AreaMap, letters: int = 14) -> str:
    return f"{style.wrap(shape.mark.label, letters)}<br><b>{figure.say(shape.value or Decimal(0))}</b>"


def _to_be_named(figure: AreaMap) -> list[Shape]:
    """The shapes whose name and figure stand on the map, if there is room."""
    return [shape for shape in figure.shapes if shape.value is not None and shape.labelled and shape.rings]


def _outline(figure: AreaMap, north: float) -> list[tuple[float, float]]:
    """Every point of every shape on the plane."""
    rings = (ring for shape in figure.shapes for ring in shape.rings)
    return [point for ring in rings for point in _flat(ring, north)]


def _placed(figure: AreaMap, north: float) -> list[tuple[Shape, tuple[float, float]]]:
    """Where each name stands, the largest areas first: near its middle and on no other, or left to the table."""
    named = _to_be_named(figure)
    pixel = _pixel(_outline(figure, north))
    named.sort(key=lambda shape: -max(abs(_twice_area(_flat(ring, north))) for ring in shape.rings))
    taken: list[Box] = []
    placed = []
    for shape in named:
        x, y = _middle(shape, north)
        for move in MOVES:
            box = _box(_label(shape, figure), (x, y + move * pixel), pixel)
            if not any(_on(box, other) for other in taken):
                taken.append(box)
                placed.append((shape, (x, y + move * pixel)))
                break
    return placed


def _pixel(points: Sequence[tuple[float, float]]) -> float:
    """How far one pixel of the smallest map is on the plane."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    wide, high = max(xs, default=0.0) - min(xs, default=0.0), max(ys, default=0.0) - min(ys, default=0.0)
    return max(wide / NARROWEST, high / HEIGHT)


def _box(label: str, at: tuple[float, float], pixel: float) -> Box:
    """The left, bottom, right and top of a label around its middle."""
    lines = label.replace("<b>", "").replace("</b>", "").split("<br>")
    half_wide = max(map(len, lines)) * LETTER * pixel / 2
    half_high = len(lines) * LINE * pixel / 2
    return at[0] - half_wide, at[1] - half_high, at[0] + half_wide, at[1] + half_high


def _on(box: Box, other: Box) -> bool:
    across = box[0] < other[2] and other[0] < box[2]
    return across and box[1] < other[3] and other[1] < box[3]


def _beside(figure: AreaMap, north: float) -> list[dict[str, Any]]:
    """Names at the edges with a line to their areas, where areas are small parts of a ground: none hides another."""
    named = _to_be_named(figure)
    points = _outline(figure, north)
    if not points or not named:
        return []
    xs, ys = zip(*points, strict=True)
    west, east, south, height = min(xs), max(xs), min(ys), max(ys) - min(ys)
    middles = {shape.mark.key: _middle(shape, north) for shape in named}
    ordered = sorted(named, key=lambda shape: middles[shape.mark.key][0])
    half = len(ordered) // 2
    notes = []
    for side, at, anchor in ((ordered[:half], west, "left"), (ordered[half:], east, "right")):
        falling = sorted(side, key=lambda shape: -middles[shape.mark.key][1])
        for place, shape in enumerate(falling):
            row = south + height * (0.24 + 0.5 * (1 - (place + 0.5) / len(falling)))
            notes.append(_callout(shape, figure, middles[shape.mark.key], (at, row), anchor))
    return notes


def _callout(
    shape: Shape, figure: AreaMap, middle: tuple[float, float], at: tuple[float, float], anchor: str
) -> dict[str, Any]:
    return {
        "x": middle[0],
        "y": middle[1],
        "ax": at[0],
        "ay": at[1],
        "axref": "x",
        "ayref": "y",
        "showarrow": True,
        "arrowhead": 6,
        "arrowsize": 0.6,
        "arrowwidth": 1.2,
        "arrowcolor": INK,
        "standoff": 2,
        "bgcolor": PAPER,
        "xanchor": anchor,
        "align": "left",
        "text": _label(shape, figure, 16),
        "font": {"size": 12, "color": INK},
    }


def _ink(shape: Shape, figure: AreaMap) -> str:
    return text_on(SEQUENCE[_step(shape, figure)]) if shape.rings else INK


def _middle(shape: Shape, north: float) -> tuple[float, float]:
    """The centre of the largest ring by its area; the mean of its points where it has none."""
    rings: Sequence[Flat] = [_flat(ring, north) for ring in shape.rings]
    ring = max(rings, key=lambda each: abs(_twice_area(each)))
    whole = _twice_area(ring)
    if not whole:
        return sum(x for x, _ in ring) / len(ring), sum(y for _, y in ring) / len(ring)
    pairs = list(zip(ring, (*ring[1:], ring[0]), strict=True))
    x = sum((a[0] + b[0]) * (a[0] * b[1] - b[0] * a[1]) for a, b in pairs)
    y = sum((a[1] + b[1]) * (a[0] * b[1] - b[0] * a[1]) for a, b in pairs)
    return x / (3 * whole), y / (3 * whole)


def _twice_area(ring: Flat) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, (*ring[1:], ring[0]), strict=True))
