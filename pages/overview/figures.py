"""The Overview's own figure: the bridge from the published benchmark to the map."""

from collections.abc import Callable
from decimal import Decimal

import plotly.graph_objects as go

from budget_model.count.benchmark import Bridge
from pages.shared import bars, style
from pages.shared.bars import Bar, Piece


def bridge(found: Bridge, said: Callable[[Decimal], str], where: str) -> go.Figure:
    """From the published benchmark, step by step, to what is on the map."""
    rows = [
        Bar(
            f"{found.region}’s published spending × {where}’s share", said(found.benchmark), style.CHARCOAL,
            (Piece(float(found.benchmark), "", said(found.benchmark)),), strong=True,
        )
    ]  # fmt: skip
    at = found.benchmark
    for step in found.steps:
        tone = style.TEAL if step.difference > 0 else style.PLUM
        sign = "+" if step.difference > 0 else "−"
        label = f"{sign}{said(abs(step.difference))}"
        piece = Piece(float(step.difference), "", f"{label}<br>{said(step.published)} → {said(step.mapped)}")
        rows.append(Bar(step.name, label, tone, (piece,), start=float(at)))
        at += step.difference
    rows.append(
        Bar(
            "On the map",
            said(found.total),
            style.NAVY,
            (Piece(float(found.total), "", said(found.total)),),
            strong=True,
        )
    )
    return bars.ledger(rows, row=42, width=80, cut=cut(found))


def cut(found: Bridge) -> float:
    """Where the axis may start: nought, unless the steps are too small against the totals to be seen."""
    at, heights = found.benchmark, [found.benchmark, found.total]
    for step in found.steps:
        at += step.difference
        heights.append(at)
    low, high = min(heights), max(heights)
    if low <= 0 or (high - low) * 4 > high:
        return 0.0
    return float(low - (high - low) * 2)
