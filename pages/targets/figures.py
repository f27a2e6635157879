"""The targets' figures: money behind each, how far one has come, money behind none."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import plotly.graph_objects as go

from budget_model.place.model import Target
from budget_model.together.targets import TargetMoney, Track
from pages.shared import bars, style
from pages.shared.bars import Bar, Piece

TONES: Mapping[Track, str] = {
    Track.GOING_BACK: style.PLUM, Track.OFF_TRACK: style.ORANGE, Track.ON_TRACK: style.TEAL, Track.MET: style.NAVY,
}  # fmt: skip


def money(found: Sequence[TargetMoney], said: Callable[[Decimal], str]) -> go.Figure:
    """The money on each target's services, in the colour of where the target is heading."""
    rows = [
        Bar(
            one.target.name, said(one.linked), TONES[one.track], (Piece(float(one.linked), said=one.sentence),), place,
            note=str(one.track),
        )
        for place, one in enumerate(found)
    ]  # fmt: skip
    return bars.ledger(rows, width=70)


def unlinked(
    found: Sequence[tuple[str, Decimal]],
    services: Mapping[str, str],
    said: Callable[[Decimal], str],
    most: int = 8,
) -> go.Figure:
    """The services with most money that no target reaches."""
    rows = [
        Bar(
            services.get(service, service),
            said(amount),
            style.UNMAPPED_COLOUR,
            (Piece(float(amount), said=said(amount)),),
            place,
        )
        for place, (service, amount) in enumerate(found[:most])
    ]
    return bars.ledger(rows)


def way(target: Target) -> go.Figure:
    """One target's way: where it began, is, is forecast to be, and should be, on one line."""
    points = (
        ("began", target.baseline, target.baseline_year, style.UNMAPPED_COLOUR, "circle-open", 1),
        ("is", target.latest, target.latest_year, style.NAVY, "circle", -1),
        ("forecast", target.forecast, target.target_year, style.ORANGE, "diamond", 1),
        ("target", target.target, target.target_year, style.TEAL, "line-ns", -1),
    )
    values = [float(value) for _, value, *_ in points]
    low, high = min(values), max(values)
    room = (high - low or 1.0) * 0.14
    notes: list[dict[str, Any]] = [
        {
            "x": float(value), "y": 0, "yshift": 30 * side, "showarrow": False, "align": "center",
            "text": f"{name} <b>{value.normalize():f}</b><br>{year}", "font": {"size": 12.5, "color": style.INK},
        }
        for name, value, year, _, _, side in points
    ]  # fmt: skip
    traces = [
        go.Scatter(x=[low - room, high + room], y=[0, 0], mode="lines", line={"color": style.RULE, "width": 2}, hoverinfo="skip"),
        go.Scatter(
            x=values, y=[0] * 4, mode="markers", hoverinfo="skip",
            marker={
                "size": [13, 15, 14, 24], "color": [tone for *_, tone, _, _ in points], "symbol": [symbol for *_, symbol, _ in points],
                "line": {"width": [2.5, 0, 0, 4], "color": [tone for *_, tone, _, _ in points]}, "opacity": 1,
            },
        ),
    ]  # fmt: skip
    return style.figure(
        traces,
        130,
        xaxis={"range": [low - room * 1.6, high + room * 1.6]},
        yaxis={"range": [-1, 1]},
        annotations=notes,
    )
