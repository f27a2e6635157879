"""Overlap's figures: partners of one body, a pair side by side, the matrix, the network, the league."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import plotly.graph_objects as go

from budget_model.count.saying import in_sentence
from budget_model.money import NOTHING
from budget_model.together.alignment import Alignment, Common
from budget_model.together.meeting import MOST_SERVICES, Heat, Link, Network, heat_of, network_of
from budget_model.together.telling import Overlap
from pages.shared import bars, style
from pages.shared.bars import Bar, Piece

MOST_PARTNERS, MOST_COMMON, MOST_IN_LEAGUE = 8, 8, 12
NAME_ROOM = 96
ROW = 30


def partners(
    found: Sequence[Overlap],
    names: Mapping[str, str],
    services: Mapping[str, str],
    colours: Mapping[str, str],
    said: Callable[[Decimal], str],
) -> go.Figure:
    """With whom one body overlaps, the most common pounds first, and on what above all."""
    rows = [
        Bar(
            names.get(one.other, one.other), said(one.common), style.colour(colours.get(one.other, "")),
            (Piece(float(one.common), said=f"{said(one.common)} in {len(one.services)} services"),), place,
            note=f"most on {in_sentence(services.get(one.services[0].service, one.services[0].service))}",
        )
        for place, one in enumerate(found[:MOST_PARTNERS])
    ]  # fmt: skip
    return bars.ledger(rows, width=52)


def pair(
    common: Sequence[Common],
    services: Mapping[str, str],
    tones: tuple[str, str],
    said: Callable[[Decimal], str],
) -> go.Figure:
    """Two bodies' money on the same services, to the left and to the right; the common part in full colour."""
    shown = common[:MOST_COMMON]
    largest = float(max((max(one.first, one.second) for one in shown), default=Decimal(1)))
    marks: dict[str, list[Any]] = {name: [] for name in ("x", "y", "base", "colour", "data", "said")}
    notes: list[dict[str, Any]] = []
    for place, one in enumerate(shown):
        name = services.get(one.service, one.service)
        for amount, tone, way in ((one.first, tones[0], -1), (one.second, tones[1], 1)):
            for size, base, colour in (
                (one.common, NOTHING, tone),
                (amount - one.common, one.common, style.tint(tone, 0.28)),
            ):
                marks["x"].append(float(size) * way)
                marks["base"].append(float(base) * way)
                marks["y"].append(place)
                marks["colour"].append(colour)
                marks["data"].append([place])
                marks["said"].append(f"<b>{name}</b><br>{said(amount)}, of it {said(one.common)} in common")
        usual: dict[str, Any] = {
            "xref": "paper", "y": place, "yshift": 11, "showarrow": False, "yanchor": "middle",
            "font": {"size": 13, "color": style.INK},
        }  # fmt: skip
        notes += [
            usual | {"x": 0, "xanchor": "left", "text": f"<b>{said(one.first)}</b>"},
            usual | {"x": 0.5, "xanchor": "center", "text": style.shorten(name, 44)},
            usual | {"x": 1, "xanchor": "right", "text": f"<b>{said(one.second)}</b>"},
        ]
    trace = go.Bar(
        x=marks["x"], y=marks["y"], base=marks["base"], orientation="h", width=0.32, offset=0.1,
        marker={"color": marks["colour"], "line": {"width": 0}}, customdata=marks["data"],
        hovertext=marks["said"], hovertemplate="%{hovertext}<extra></extra>",
        selected={"marker": {"opacity": 1}}, unselected={"marker": {"opacity": 0.35}},
    )  # fmt: skip
    axis = [
        {
            "type": "line", "x0": 0, "x1": 0, "y0": place + 0.06, "y1": place + 0.46,
            "line": {"color": style.PAPER, "width": 2},
        }
        for place in range(len(shown))
    ]  # fmt: skip
    return style.figure(
        [trace], max(1, len(shown)) * 50 + 8, barmode="overlay",
        xaxis={"range": [-largest * 1.01, largest * 1.01]}, yaxis={"range": [max(len(shown), 1) - 0.5, -0.5]},
        annotations=notes, shapes=axis,
    )  # fmt: skip


def heat(
    found: Heat,
    row_names: Mapping[str, str],
    column_names: Mapping[str, str],
    said: Callable[[Decimal], str],
    ways: Mapping[tuple[str, str], int],
) -> go.Figure:
    """The matrix as shaded cells, each with its value; the column names run upwards so that none is cut."""
    left = 0.24
    across = max(len(found.columns), 1)
    wide = (1 - left) / across
    largest = max(
        (found.values[key] for key in found.values if key[0] in found.rows and key[1] in found.columns),
        default=NOTHING,
    )
    marks: dict[str, list[Any]] = {
        name: [] for name in ("x", "base", "colour", "text", "ink", "data", "said")
    }
    notes: list[dict[str, Any]] = []
    for place, column in enumerate(found.columns):
        notes.append(
            {
                "x": left + wide * (place + 0.5), "y": -0.1, "text": style.shorten(column_names.get(column, column), 18),
                "textangle": -90, "xanchor": "center", "yanchor": "bottom", "showarrow": False,
                "font": {"size": 12.5, "color": style.INK},
            }
        )  # fmt: skip
    for row, key in enumerate(found.rows):
        name = row_names.get(key, key)
        notes.append(
            {
                "x": left - 0.008, "y": row + 0.5, "text": style.shorten(name, 34), "xanchor": "right",
                "yanchor": "middle", "showarrow": False, "font": {"size": 12.5, "color": style.INK},
            }
        )  # fmt: skip
        for place, column in enumerate(found.columns):
            value = found.values.get((key, column))
            same = key == column
            fill = style.FAINT if same else style.shade(value or NOTHING, largest)
            marks["x"].append(left + wide * (place + 0.5))
            marks["base"].append(row + 0.02)
            marks["colour"].append(fill)
            marks["text"].append("" if same else "·" if value is None else said(value))
            marks["ink"].append(style.text_on(fill) if value is not None else "#6B7682")
            marks["data"].append([ways.get((key, column), -1)])
            told = "itself" if same else "nothing in common" if value is None else said(value)
            marks["said"].append(f"<b>{name}</b><br>{column_names.get(column, column)}<br>{told}")
    trace = go.Bar(
        x=marks["x"], y=[0.96] * len(marks["x"]), base=marks["base"], width=[wide * 0.97] * len(marks["x"]),
        marker={"color": marks["colour"], "line": {"width": 0}},
        text=marks["text"], textposition="inside", insidetextanchor="middle", textangle=0,
        textfont={"color": marks["ink"], "size": 11.5}, constraintext="none",
        customdata=marks["data"], hovertext=marks["said"], hovertemplate="%{hovertext}<extra></extra>",
        selected={"marker": {"opacity": 1}}, unselected={"marker": {"opacity": 0.5}},
    )  # fmt: skip
    head = 4.5
    return style.figure(
        [trace], int((len(found.rows) + head) * ROW), xaxis={"range": [0, 1]},
        yaxis={"range": [len(found.rows) + 0.05, -head]}, annotations=notes,
    )  # fmt: skip


def network(
    found: Network,
    names: Mapping[str, str],
    services: Mapping[str, str],
    colours: Mapping[str, str],
    said: Callable[[Decimal], str],
    ways: Mapping[str, int],
) -> go.Figure:
    """Bodies at the left, services at the right, a line for each one's money on the other."""
    rows = max(len(found.bodies), len(found.services), 1)
    left = {body: (place + 0.5) * rows / len(found.bodies) for place, body in enumerate(found.bodies)}
    right = {
        service: (place + 0.5) * rows / len(found.services) for place, service in enumerate(found.services)
    }
    largest = float(max((link.amount for link in found.links), default=Decimal(1)))
    start, end = 0.27, 0.66
    traces: list[Any] = []
    for link in sorted(found.links, key=lambda one: one.amount):
        y0, y1 = left[link.body], right[link.service]
        steps = [number / 16 for number in range(17)]
        width = 1.2 + 11 * (float(link.amount) / largest) ** 0.5
        traces.append(
            go.Scatter(
                x=[start + (end - start) * step for step in steps],
                y=[y0 + (y1 - y0) * (3 * step**2 - 2 * step**3) for step in steps],
                mode="lines", line={"width": width, "color": style.tint(style.colour(colours.get(link.body, "")), 0.55)},
                hoverinfo="text", hovertext=f"<b>{names.get(link.body, link.body)}</b><br>"
                f"{services.get(link.service, link.service)}<br>{said(link.amount)}",
            )
        )  # fmt: skip
    by_body: defaultdict[str, Decimal] = defaultdict(Decimal)
    by_service: defaultdict[str, Decimal] = defaultdict(Decimal)
    for link in found.links:
        by_body[link.body] += link.amount
        by_service[link.service] += link.amount
    keys = [*found.bodies, *found.services]
    traces.append(
        go.Scatter(
            x=[start] * len(found.bodies) + [end] * len(found.services),
            y=[*(left[one] for one in found.bodies), *(right[one] for one in found.services)],
            mode="markers", customdata=[[ways.get(key, -1)] for key in keys],
            marker={
                "size": 13, "line": {"width": 0}, "opacity": 1,
                "symbol": ["circle"] * len(found.bodies) + ["square"] * len(found.services),
                "color": [style.colour(colours.get(key, "")) for key in found.bodies] + [style.INK] * len(found.services),
            },
            hoverinfo="text",
            hovertext=[f"<b>{names.get(one, one)}</b><br>{said(by_body[one])} on the services shown" for one in found.bodies]
            + [f"<b>{services.get(one, one)}</b><br>{said(by_service[one])} from the bodies shown" for one in found.services],
            selected={"marker": {"opacity": 1}}, unselected={"marker": {"opacity": 0.35}},
        )
    )  # fmt: skip
    notes = [
        _word(
            f"{style.shorten(names.get(one, one), 27)} <b>{said(by_body[one])}</b>",
            start - 0.012,
            left[one],
            "right",
        )
        for one in found.bodies
    ] + [
        _word(
            f"{style.shorten(services.get(one, one), 36)} <b>{said(by_service[one])}</b>",
            end + 0.012,
            right[one],
            "left",
        )
        for one in found.services
    ]
    return style.figure(
        traces, rows * 34 + 12, xaxis={"range": [0, 1]}, yaxis={"range": [rows, 0]}, annotations=notes,
        hovermode="closest",
    )  # fmt: skip


def _word(text: str, x: float, y: float, across: str) -> dict[str, Any]:
    return {
        "x": x, "y": y, "text": text, "xanchor": across, "yanchor": "middle", "showarrow": False,
        "font": {"size": 12.5, "color": style.INK},
    }  # fmt: skip


def league(
    found: Sequence[Alignment],
    named: Mapping[str, str],
    bodies: Mapping[str, str],
    colours: Mapping[str, str],
    said: Callable[[Decimal], str],
) -> go.Figure:
    """Who pays for each service or board, as parts of the whole, with its effective funders."""
    shown = found[:MOST_IN_LEAGUE]
    marks: dict[str, list[Any]] = {
        name: [] for name in ("x", "y", "base", "colour", "data", "said", "text", "ink")
    }
    notes: list[dict[str, Any]] = []
    for place, one in enumerate(shown):
        name = named.get(one.key, one.key)
        at = 0.0
        for body, amount in one.funders:
            part = float(amount / one.total)
            colour = style.colour(colours.get(body, ""))
            who = bodies.get(body, body)
            label = f"{who} {part:.0%}"
            marks["x"].append(part)
            marks["base"].append(at)
            marks["y"].append(place)
            marks["colour"].append(colour)
            marks["data"].append([place])
            marks["text"].append(label if part * 900 > len(label) * 7.2 else "")
            marks["ink"].append(style.text_on(colour))
            marks["said"].append(f"<b>{name}</b><br>{who}: {said(amount)}, {part:.1%}")
            at += part
        usual: dict[str, Any] = {
            "xref": "paper", "y": place, "yshift": 13, "showarrow": False, "yanchor": "middle",
            "font": {"size": 13, "color": style.INK},
        }  # fmt: skip
        effective = f"{one.effective_funders:.1f}" if one.effective_funders is not None else "–"
        spread = f"{one.fragmentation:.2f}" if one.fragmentation is not None else "–"
        notes += [
            usual | {"x": 0, "xanchor": "left", "text": f"{style.shorten(name, 48)} <b>{said(one.total)}</b>"},
            usual
            | {
                "x": 1, "xanchor": "right",
                "text": f"as if <b>{effective}</b> equal funders · fragmentation {spread}",
            },
        ]  # fmt: skip
    trace = go.Bar(
        x=marks["x"], y=marks["y"], base=marks["base"], orientation="h", width=0.42, offset=0.02,
        marker={"color": marks["colour"], "line": {"width": 1, "color": style.PAPER}},
        text=marks["text"], textposition="inside", insidetextanchor="middle", textangle=0, constraintext="none",
        textfont={"color": marks["ink"], "size": 11.5},
        customdata=marks["data"], hovertext=marks["said"], hovertemplate="%{hovertext}<extra></extra>",
        selected={"marker": {"opacity": 1}}, unselected={"marker": {"opacity": 0.35}},
    )  # fmt: skip
    return style.figure(
        [trace], max(1, len(shown)) * 52 + 8, barmode="overlay", xaxis={"range": [0, 1]},
        yaxis={"range": [max(len(shown), 1) - 0.45, -0.5]}, annotations=notes,
    )  # fmt: skip


__all__ = [
    "MOST_SERVICES",
    "Heat",
    "Link",
    "Network",
    "heat",
    "heat_of",
    "league",
    "network",
    "network_of",
    "pair",
    "partners",
]
