"""Bars as a ledger: the name and the amount on one line, the bar beneath, so that no name is ever cut."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from pages.shared import style

ROW = 46
ABOVE = 0.2
"""How far above the middle of its row a bar's name stands, in rows."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a bar: how much, and the pattern of its doubt, empty for none."""

    amount: float
    pattern: str = ""
    said: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of the ledger. `way` is the number of its way down; `start` is where a floating bar begins."""

    name: str
    label: str
    colour: str
    pieces: tuple[Piece, ...]
    way: int | None = None
    start: float = 0.0
    note: str = ""
    strong: bool = False


def ledger(bars: Sequence[Bar], *, row: int = ROW, width: int = 56, cut: float = 0.0) -> go.Figure:
    """Draw bars from the top down, each with its name above it and its amount at the right edge.

    With `cut`, the axis starts there and bars that reach below it are broken, with a mark that shows it.
    """
    marks: dict[str, list[Any]] = {
        name: [] for name in ("x", "y", "base", "colour", "front", "shape", "data", "said")
    }
    ends = [0.0]
    for place, bar in enumerate(bars):
        at = bar.start
        below = bar.start
        for piece in bar.pieces:
            base = at if piece.amount >= 0 else below
            end = base + piece.amount
            ends += [base, end]
            if piece.amount >= 0:
                at = end
            else:
                below = end
            marks["x"].append(piece.amount)
            marks["y"].append(place)
            marks["base"].append(base)
            marks["colour"].append(style.tint(bar.colour, 0.35) if piece.pattern else bar.colour)
            marks["front"].append(bar.colour)
            marks["shape"].append(piece.pattern)
            marks["data"].append([bar.way if bar.way is not None else -1])
            marks["said"].append(f"<b>{bar.name}</b><br>{piece.said or bar.label}")
    low, high = (cut if cut else min(ends)), max(ends)
    span = (high - low) or 1.0
    traces = [_trace(marks, range(len(marks["x"])), marks["colour"])]
    doubtful = [place for place, shape in enumerate(marks["shape"]) if shape]
    if doubtful:
        traces.append(_trace(marks, doubtful, [marks["front"][place] for place in doubtful], hatched=True))
    zero = {
        "type": "line", "x0": 0, "x1": 0, "y0": -0.5, "y1": len(bars) - 0.45, "line": {"color": style.RULE, "width": 1},
    }  # fmt: skip
    return style.figure(
        [*traces, *_words(bars, low, high, width)],
        max(1, len(bars)) * row + 8,
        xaxis={"range": [low - span * 0.002, high + span * 0.002]},
        yaxis={"range": [max(len(bars), 1) - 0.5, -0.5]},
        shapes=[zero] if low < 0 else _breaks(bars, cut, span) if cut else [],
        barmode="overlay",
    )


def _trace(
    marks: dict[str, list[Any]], places: Sequence[int], colours: list[str], *, hatched: bool = False
) -> style.Trace:
    """Some of the stretches, plain or as the hatching that lies over the plain ones."""
    marker: dict[str, Any] = {"color": colours, "line": {"width": 0}}
    if hatched:
        shapes = [marks["shape"][place] for place in places]
        marker["pattern"] = {"shape": shapes, "fgcolor": colours, "size": 6, "solidity": 0.3}
    return style.bar(
        x=[marks["x"][place] for place in places],
        y=[marks["y"][place] for place in places],
        base=[marks["base"][place] for place in places],
        orientation="h", width=0.3, offset=0.12, marker=marker,
        customdata=[marks["data"][place] for place in places],
        hovertext=[marks["said"][place] for place in places],
        hovertemplate="%{hovertext}<extra></extra>",
        selected={"marker": {"opacity": 1}}, unselected={"marker": {"opacity": 0.35}},
    )  # fmt: skip


def _breaks(bars: Sequence[Bar], cut: float, span: float) -> list[dict[str, Any]]:
    """A white slash through each bar that starts before the axis does."""
    return [
        {
            "type": "path", "fillcolor": style.PAPER, "line": {"width": 0},
            "path": f"M {cut + span * left},{place + 0.46} L {cut + span * (left + 0.006)},{place + 0.46} "
            f"L {cut + span * (left + 0.012)},{place + 0.08} L {cut + span * (left + 0.006)},{place + 0.08} Z",
        }
        for place, bar in enumerate(bars)
        if bar.start < cut
        for left in (0.03, 0.042)
    ]  # fmt: skip


def _words(bars: Sequence[Bar], low: float, high: float, width: int) -> list[style.Trace]:
    """Names from the left edge and amounts to the right edge, above their bars: two traces of text."""
    told = [_told(bar, width) for bar in bars]
    amounts = [f"<b>{bar.label}</b>" for bar in bars]
    return [
        style.words([edge] * len(bars), [place - ABOVE for place in range(len(bars))], text, position)
        for edge, text, position in ((low, told, "middle right"), (high, amounts, "middle left"))
    ]


def _told(bar: Bar, width: int) -> str:
    name = style.shorten(bar.name, width)
    note = f" <span style='color:{style.QUIET};font-size:12px'>{bar.note}</span>" if bar.note else ""
    return f"<b>{name}</b>{note}" if bar.strong else f"{name}{note}"
