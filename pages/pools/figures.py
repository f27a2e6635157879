"""The what-if's figures: who puts in, who holds, who bears; scenarios beside each other."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import plotly.graph_objects as go

from budget_model.money import NOTHING
from budget_model.together.scenarios import Outcome
from pages.shared import style

ROW = 66
LETTER = 7.0
ROOM = 880.0
"""Pixels of the narrowest drawing, by which labels are fitted."""

Stretch = tuple[str, Decimal, str, str]
"""One part of a bar: its name, pounds, colour and pattern."""


def stretches(
    outcome: Outcome, names: Mapping[str, str], colours: Mapping[str, str]
) -> list[tuple[str, list[Stretch]]]:
    """What each partner puts in, who holds the joint money, and who bears the variance."""
    part = [one for one in outcome.effects if one.puts_in or one.bears]

    def stretch(body: str, amount: Decimal) -> Stretch:
        return names.get(body, body), amount, style.colour(colours.get(body, "")), ""

    puts_in = [stretch(one.organisation, one.puts_in) for one in part if one.puts_in]
    host = outcome.scenario.host
    moved = any(one.holds != one.before for one in outcome.effects)
    holds = [stretch(host, outcome.fund)] if moved and host else puts_in
    bears = [stretch(one.organisation, one.bears) for one in part if one.bears]
    if outcome.borne.retained:
        bears.append(("Stays in the pool", outcome.borne.retained, style.OTHERS_COLOUR, ""))
    if outcome.borne.unallocated:
        bears.append(("Nobody yet", outcome.borne.unallocated, "#8F1D2C", style.NOT_RECONCILED))
    rows = [("What each puts in", puts_in), ("Who holds it then", holds)]
    if outcome.borne.variance:
        more = "overspend" if outcome.borne.variance > 0 else "underspend"
        rows.append((f"Who {'bears' if outcome.borne.variance > 0 else 'keeps'} the {more}", bears))
    return rows


def stacked(
    rows: Sequence[tuple[str, Sequence[Stretch]]], said: Callable[[Decimal], str], room: float = ROOM
) -> go.Figure:
    """Each row as one whole, its parts side by side with their names and pounds."""
    marks: dict[str, list[Any]] = {
        name: [] for name in ("x", "y", "base", "colour", "shape", "text", "ink", "said")
    }
    notes: list[dict[str, Any]] = []
    for place, (title, parts) in enumerate(rows):
        whole = sum((abs(amount) for _, amount, _, _ in parts), NOTHING)
        at = 0.0
        for name, amount, colour, pattern in parts:
            share = float(abs(amount) / whole) if whole else 0.0
            label = f"{name} {said(amount)}"
            if share * room < len(label) * LETTER:
                label = said(amount) if share * room > len(said(amount)) * LETTER + 4 else ""
            fill = style.tint(colour, 0.85)
            marks["x"].append(share)
            marks["base"].append(at)
            marks["y"].append(place)
            marks["colour"].append(fill)
            marks["shape"].append(pattern)
            marks["text"].append(label)
            marks["ink"].append(style.text_on(fill))
            marks["said"].append(f"<b>{name}</b><br>{title}: {said(amount)}, {share:.1%}")
            at += share
        usual: dict[str, Any] = {
            "xref": "paper", "y": place, "yshift": 19, "showarrow": False, "yanchor": "middle",
            "font": {"size": 13, "color": style.INK},
        }  # fmt: skip
        total = sum((amount for _, amount, _, _ in parts), NOTHING)
        notes += [
            usual | {"x": 0, "xanchor": "left", "text": title},
            usual | {"x": 1, "xanchor": "right", "text": f"<b>{said(total)}</b>"},
        ]
    trace = go.Bar(
        x=marks["x"], y=marks["y"], base=marks["base"], orientation="h", width=0.48, offset=0.0,
        marker={
            "color": marks["colour"], "line": {"width": 1.5, "color": style.PAPER},
            "pattern": {"shape": marks["shape"], "fgcolor": style.PAPER, "size": 7, "solidity": 0.2},
        },
        text=marks["text"], textposition="inside", insidetextanchor="middle", textangle=0, constraintext="none",
        textfont={"color": marks["ink"], "size": 12.5},
        hovertext=marks["said"], hovertemplate="%{hovertext}<extra></extra>",
    )  # fmt: skip
    return style.figure(
        [trace], max(1, len(rows)) * ROW + 8, barmode="overlay", xaxis={"range": [0, 1]},
        yaxis={"range": [max(len(rows), 1) - 0.4, -0.5]}, annotations=notes,
    )  # fmt: skip


def compared(
    outcomes: Sequence[Outcome],
    names: Mapping[str, str],
    colours: Mapping[str, str],
    said: Callable[[Decimal], str],
) -> go.Figure:
    """Who bears the variance in each scenario, one above the other."""
    rows = []
    for outcome in outcomes:
        last = stretches(outcome, names, colours)[-1] if outcome.borne.variance else ("", [])
        rows.append((style.shorten(outcome.scenario.name, 70), last[1]))
    return stacked(rows, said)
