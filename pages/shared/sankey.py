"""Three fixed columns, funding → organisation → theme, drawn to one scale with a place for every label."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import plotly.graph_objects as go

from budget_model.count.flows import Flows, Link, Node
from pages.shared import style

SLOT = 17
"""Pixels that a label needs: no two nodes are closer, however small."""
GAP = 5
COLUMNS = (0.21, 0.5, 0.79)
THICK = 0.012
STEPS = 18


@dataclass(frozen=True, slots=True)
class _Placed:
    node: Node
    top: float
    height: float
    middle: float


def sankey(
    drawn: Flows, said: Callable[[Decimal], str], ways: Mapping[tuple[str, str], int], height: int = 520
) -> go.Figure:
    """Draw flows. `said` puts an amount into words, `ways` gives each (column, key) its way down."""
    columns = (drawn.funding, drawn.organisations, drawn.themes)
    room = height - 34
    scale = min(
        (_scale([float(node.amount) for node in nodes], room) for nodes in columns if nodes), default=1.0
    )
    placed = [_place(nodes, scale, room) for nodes in columns]
    texts, notes = _told_beside(placed, said)
    traces: list[Any] = [
        *_links(drawn.left, placed[0], placed[1], 0, scale, said),
        *_links(drawn.right, placed[1], placed[2], 1, scale, said),
        _nodes(placed, said, ways),
        *texts,
    ]
    return style.figure(
        traces,
        height,
        xaxis={"range": [0, 1]},
        yaxis={"range": [room + 6, -28]},
        annotations=[*_headings(), *notes],
    )


def _scale(amounts: Sequence[float], room: float) -> float:
    """Pixels per pound, such that a column fits with a slot for each label."""
    if not any(amounts):
        return 1.0
    low, high = 0.0, room / sum(amounts)
    for _ in range(40):
        middle = (low + high) / 2
        used = sum(max(amount * middle, SLOT) + GAP for amount in amounts)
        low, high = (middle, high) if used <= room else (low, middle)
    return low


def _place(nodes: Sequence[Node], scale: float, room: float) -> list[_Placed]:
    used = sum(max(float(node.amount) * scale, SLOT) + GAP for node in nodes) - GAP
    gap = GAP + max(0.0, (room - used) / max(1, len(nodes) - 1)) if len(nodes) > 1 else 0.0
    gap = min(gap, 26.0)
    used = sum(max(float(node.amount) * scale, SLOT) for node in nodes) + gap * (len(nodes) - 1)
    at, placed = max(0.0, (room - used) / 2), []
    for node in nodes:
        high = float(node.amount) * scale
        slot = max(high, SLOT)
        placed.append(_Placed(node, at + (slot - high) / 2, high, at + slot / 2))
        at += slot + gap
    return placed


def _links(
    links: Sequence[Link], left: Sequence[_Placed], right: Sequence[_Placed], step: int, scale: float,
    said: Callable[[Decimal], str],
) -> list[Any]:  # fmt: skip
    sources = {one.node.key: one for one in left}
    targets = {one.node.key: one for one in right}
    order_left = {one.node.key: place for place, one in enumerate(left)}
    order_right = {one.node.key: place for place, one in enumerate(right)}
    leaving = {key: one.top for key, one in sources.items()}
    entering = {key: one.top for key, one in targets.items()}
    tops: dict[tuple[str, str], tuple[float, float]] = {}
    for link in sorted(links, key=lambda one: (order_left[one.source], order_right[one.target])):
        tops[(link.source, link.target)] = (leaving[link.source], 0.0)
        leaving[link.source] += float(link.amount) * scale
    for link in sorted(links, key=lambda one: (order_right[one.target], order_left[one.source])):
        start, _ = tops[(link.source, link.target)]
        tops[(link.source, link.target)] = (start, entering[link.target])
        entering[link.target] += float(link.amount) * scale
    x0, x1 = COLUMNS[step] + THICK / 2, COLUMNS[step + 1] - THICK / 2
    ribbons: dict[str, tuple[list[float | None], list[float | None]]] = {}
    middles: dict[str, list[Any]] = {"x": [], "y": [], "said": []}
    for link in links:
        start, end = tops[(link.source, link.target)]
        high = max(float(link.amount) * scale, 0.4)
        body = link.source if step == 1 else link.target
        xs, ys = _ribbon(x0, x1, start, end, high)
        all_xs, all_ys = ribbons.setdefault(body, ([], []))
        all_xs += [*xs, xs[0], None]
        all_ys += [*ys, ys[0], None]
        middles["x"].append((x0 + x1) / 2)
        middles["y"].append((start + end + high) / 2)
        middles["said"].append(
            f"<b>{sources[link.source].node.name} → {targets[link.target].node.name}</b><br>{said(link.amount)}"
        )
    bodies = sources if step == 1 else targets
    traces: list[Any] = [
        style.scatter(
            x=xs,
            y=ys,
            mode="lines",
            line={"width": 0},
            fill="toself",
            fillcolor=_clear(style.colour(bodies[body].node.colour, body), 0.32),
            hoverinfo="skip",
        )
        for body, (xs, ys) in ribbons.items()
    ]
    traces.append(
        style.scatter(
            x=middles["x"],
            y=middles["y"],
            mode="markers",
            marker={"size": 14, "opacity": 0},
            hovertext=middles["said"],
            hovertemplate="%{hovertext}<extra></extra>",
            customdata=[[-1]] * len(links),
        )
    )
    return traces


def _ribbon(x0: float, x1: float, start: float, end: float, high: float) -> tuple[list[float], list[float]]:
    places = [step / STEPS for step in range(STEPS + 1)]
    smooth = [place * place * (3 - 2 * place) for place in places]
    xs = [x0 + (x1 - x0) * place for place in places]
    upper = [start + (end - start) * part for part in smooth]
    return [*xs, *reversed(xs)], [*upper, *(y + high for y in reversed(upper))]


def _nodes(
    placed: Sequence[Sequence[_Placed]], said: Callable[[Decimal], str], ways: Mapping[tuple[str, str], int]
) -> style.Trace:
    flat = [(place, one) for place, column in enumerate(placed) for one in column]
    return style.bar(
        x=[COLUMNS[place] for place, _ in flat],
        base=[one.top for _, one in flat],
        y=[max(one.height, 1.0) for _, one in flat],
        width=[THICK for _ in flat],
        marker={"color": [style.colour(one.node.colour, one.node.key) for _, one in flat], "line": {"width": 0}},
        customdata=[[ways.get((one.node.column, one.node.key), -1)] for _, one in flat],
        hovertext=[_told(one.node, said) for _, one in flat],
        hovertemplate="%{hovertext}<extra></extra>",
        selected={"marker": {"opacity": 1}}, unselected={"marker": {"opacity": 0.5}},
    )  # fmt: skip


def _told(node: Node, said: Callable[[Decimal], str]) -> str:
    held = "<br>".join(style.shorten(name, 50) for name in node.holds[:12])
    more = f"<br>and {len(node.holds) - 12} more" if len(node.holds) > 12 else ""
    return f"<b>{node.name}</b> {said(node.amount)}" + (f"<br>{held}{more}" if held else "")


def _headings() -> list[dict[str, Any]]:
    names = ("Where it comes from", "Who spends it", "What it is for")
    anchors = ("right", "center", "left")
    return [
        {
            "x": place, "y": -18, "text": f"<b>{name}</b>", "showarrow": False, "xanchor": anchor,
            "font": {"size": 13, "color": style.QUIET},
        }
        for place, name, anchor in zip(COLUMNS, names, anchors, strict=True)
    ]  # fmt: skip


def _told_beside(
    placed: Sequence[Sequence[_Placed]], said: Callable[[Decimal], str]
) -> tuple[list[style.Trace], list[dict[str, Any]]]:
    """Labels of the outer columns as text, those of the middle on a ground that keeps them readable."""
    texts: list[style.Trace] = []
    notes: list[dict[str, Any]] = []
    for place, column in enumerate(placed):
        told = [f"{style.shorten(one.node.name, 23)} <b>{said(one.node.amount)}</b>" for one in column]
        if place == 1:
            notes = [
                {
                    "x": COLUMNS[1] + THICK * 0.9, "y": one.middle, "xanchor": "left", "text": text,
                    "showarrow": False, "font": {"size": 12.5}, "bgcolor": "rgba(255,255,255,0.72)",
                    "borderpad": 1,
                }
                for one, text in zip(column, told, strict=True)
            ]  # fmt: skip
        else:
            edge = COLUMNS[place] + (THICK if place else -THICK) * 0.9
            side = "middle right" if place else "middle left"
            texts.append(style.words([edge] * len(column), [one.middle for one in column], told, side, 12.5))
    return texts, notes


def _clear(tone: str, opacity: float) -> str:
    red, green, blue = (int(tone[place : place + 2], 16) for place in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity})"
