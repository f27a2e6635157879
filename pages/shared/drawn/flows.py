"""Flows of money through fixed columns, drawn to one scale with a place for every label."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from budget_model.exhibits.colours import QUIET
from budget_model.exhibits.figures import Flow, Sankey, Stop
from budget_model.exhibits.ways import Way
from budget_model.money import pounds
from pages.shared import style

SLOT = 17
"""Pixels that a label needs: no two stops are closer, however small."""
GAP = 5
PLACES = {2: (0.31, 0.66), 3: (0.21, 0.5, 0.79)}
"""Where the columns stand, as parts of the width."""
LETTERS = {2: 38, 3: 23}
"""Letters of a name beside its stop."""
THICK = 0.012
STEPS = 18


@dataclass(frozen=True, slots=True)
class _Placed:
    stop: Stop
    top: float
    height: float
    middle: float


Columns = Sequence[Mapping[str, _Placed]]


def draw(figure: Sankey, ways: Mapping[Way | None, int], height: int) -> style.Drawn:
    """The columns with their stops, and the flows between neighbours as bands."""
    places = PLACES[len(figure.columns)]
    room = height - 34
    scale = min((_scale(column, room) for column in figure.columns if column), default=1.0)
    columns = [_place(column, scale, room) for column in figure.columns]
    texts, notes = _names_beside(columns, places)
    traces: list[style.Trace] = []
    for gap, flows in enumerate(figure.flows):
        traces += _bands(flows, columns, gap, places, scale)
    traces += [_stops(columns, places, ways), *texts]
    return style.figure(
        traces,
        height,
        xaxis={"range": [0, 1]},
        yaxis={"range": [room + 6, -28]},
        annotations=[*_headings(figure.heads, places), *notes],
    )


def _scale(column: Sequence[Stop], room: float) -> float:
    """Pixels per pound, such that a column fits with a slot for each label."""
    amounts = [float(stop.amount) for stop in column]
    if not any(amounts):
        return 1.0
    low, high = 0.0, room / sum(amounts)
    for _ in range(40):
        middle = (low + high) / 2
        used = sum(max(amount * middle, SLOT) + GAP for amount in amounts)
        low, high = (middle, high) if used <= room else (low, middle)
    return low


def _place(column: Sequence[Stop], scale: float, room: float) -> dict[str, _Placed]:
    used = sum(max(float(stop.amount) * scale, SLOT) + GAP for stop in column) - GAP
    gap = GAP + max(0.0, (room - used) / max(1, len(column) - 1)) if len(column) > 1 else 0.0
    gap = min(gap, 26.0)
    used = sum(max(float(stop.amount) * scale, SLOT) for stop in column) + gap * (len(column) - 1)
    at, placed = max(0.0, (room - used) / 2), {}
    for stop in column:
        high = float(stop.amount) * scale
        slot = max(high, SLOT)
        placed[stop.key] = _Placed(stop, at + (slot - high) / 2, high, at + slot / 2)
        at += slot + gap
    return placed


Ends = dict[tuple[str, str], tuple[float, float]]
"""Where each flow leaves its source and arrives at its target, from the top."""


def _ends(
    flows: Sequence[Flow], left: Mapping[str, _Placed], right: Mapping[str, _Placed], scale: float
) -> Ends:
    """Flows leave and arrive in the order of the stops, so that they cross little."""
    order_left = {key: place for place, key in enumerate(left)}
    order_right = {key: place for place, key in enumerate(right)}
    leaving = {key: placed.top for key, placed in left.items()}
    entering = {key: placed.top for key, placed in right.items()}
    starts: dict[tuple[str, str], float] = {}
    for flow in sorted(flows, key=lambda flow: (order_left[flow.source], order_right[flow.target])):
        starts[flow.source, flow.target] = leaving[flow.source]
        leaving[flow.source] += float(flow.amount) * scale
    ends: Ends = {}
    for flow in sorted(flows, key=lambda flow: (order_right[flow.target], order_left[flow.source])):
        ends[flow.source, flow.target] = starts[flow.source, flow.target], entering[flow.target]
        entering[flow.target] += float(flow.amount) * scale
    return ends


def _bands(
    flows: Sequence[Flow], columns: Columns, gap: int, places: Sequence[float], scale: float
) -> list[style.Trace]:
    """The flows of one gap in the colours of the bodies, and a mark in the middle of each that tells it."""
    left, right = columns[gap], columns[gap + 1]
    ends = _ends(flows, left, right, scale)
    x0, x1 = places[gap] + THICK / 2, places[gap + 1] - THICK / 2
    of_target = gap == 0 and len(columns) > 2
    shapes: dict[str, tuple[list[float | None], list[float | None]]] = {}
    middles: dict[str, list[Any]] = {"x": [], "y": [], "hover": []}
    for flow in flows:
        start, end = ends[flow.source, flow.target]
        high = max(float(flow.amount) * scale, 0.4)
        xs, ys = _ribbon(x0, x1, start, end, high)
        all_xs, all_ys = shapes.setdefault(flow.target if of_target else flow.source, ([], []))
        all_xs += [*xs, xs[0], None]
        all_ys += [*ys, ys[0], None]
        two = f"{left[flow.source].stop.mark.name} → {right[flow.target].stop.mark.name}"
        middles["x"].append((x0 + x1) / 2)
        middles["y"].append((start + end + high) / 2)
        middles["hover"].append(f"<b>{two}</b><br>{pounds(flow.amount)}")
    bodies = right if of_target else left
    traces = [
        style.scatter(
            x=xs,
            y=ys,
            mode="lines",
            line={"width": 0},
            fill="toself",
            fillcolor=_clear(bodies[body].stop.colour, 0.32),
            hoverinfo="skip",
        )
        for body, (xs, ys) in shapes.items()
    ]
    marks = style.scatter(
        x=middles["x"],
        y=middles["y"],
        mode="markers",
        marker={"size": 14, "opacity": 0},
        hovertext=middles["hover"],
        hovertemplate="%{hovertext}<extra></extra>",
        customdata=[[-1]] * len(flows),
    )
    return [*traces, marks]


def _ribbon(x0: float, x1: float, start: float, end: float, high: float) -> tuple[list[float], list[float]]:
    places = [step / STEPS for step in range(STEPS + 1)]
    smooth = [place * place * (3 - 2 * place) for place in places]
    xs = [x0 + (x1 - x0) * place for place in places]
    upper = [start + (end - start) * part for part in smooth]
    return [*xs, *reversed(xs)], [*upper, *(y + high for y in reversed(upper))]


def _stops(columns: Columns, places: Sequence[float], ways: Mapping[Way | None, int]) -> style.Trace:
    flat = [(x, placed) for x, column in zip(places, columns, strict=True) for placed in column.values()]
    return style.bar(
        x=[x for x, _ in flat],
        base=[placed.top for _, placed in flat],
        y=[max(placed.height, 1.0) for _, placed in flat],
        width=[THICK for _ in flat],
        marker={"color": [placed.stop.colour for _, placed in flat], "line": {"width": 0}},
        customdata=[[ways.get(placed.stop.mark.way, -1)] for _, placed in flat],
        hovertext=[_hover(placed.stop) for _, placed in flat],
        **style.CHOSEN,
    )


def _hover(stop: Stop) -> str:
    held = "<br>".join(style.shorten(name, 50) for name in stop.holds[:12])
    more = f"<br>and {len(stop.holds) - 12} more" if len(stop.holds) > 12 else ""
    return f"<b>{stop.mark.name}</b> {pounds(stop.stated)}" + (f"<br>{held}{more}" if held else "")


def _headings(heads: Sequence[str], places: Sequence[float]) -> list[dict[str, Any]]:
    anchors = ["right", *["center"] * (len(places) - 2), "left"]
    return [
        {
            "x": place,
            "y": -18,
            "text": f"<b>{name}</b>",
            "showarrow": False,
            "xanchor": anchor,
            "font": {"size": 13, "color": QUIET},
        }
        for place, name, anchor in zip(places, heads, anchors, strict=True)
    ]


def _names_beside(
    columns: Columns, places: Sequence[float]
) -> tuple[list[style.Trace], list[dict[str, Any]]]:
    """Labels of the outer columns as text, those between on a ground that keeps them readable."""
    texts: list[style.Trace] = []
    notes: list[dict[str, Any]] = []
    most = LETTERS[len(columns)]
    for place, column in enumerate(columns):
        labels = [
            f"{style.shorten(placed.stop.name, most)} <b>{pounds(placed.stop.stated)}</b>"
            for placed in column.values()
        ]
        middles = [placed.middle for placed in column.values()]
        if 0 < place < len(columns) - 1:
            notes += [_on_ground(places[place], y, text) for y, text in zip(middles, labels, strict=True)]
        else:
            edge = places[place] + (THICK if place else -THICK) * 0.9
            side = "middle right" if place else "middle left"
            texts.append(style.words([edge] * len(column), middles, labels, side, 12.5))
    return texts, notes


def _on_ground(x: float, y: float, text: str) -> dict[str, Any]:
    return {
        "x": x + THICK * 0.9,
        "y": y,
        "xanchor": "left",
        "text": text,
        "showarrow": False,
        "font": {"size": 12.5},
        "bgcolor": "rgba(255,255,255,0.72)",
        "borderpad": 1,
    }


def _clear(tone: str, opacity: float) -> str:
    red, green, blue = (int(tone[place : place + 2], 16) for place in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity})"
