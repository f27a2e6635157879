"""The opportunities' figures: size, score and level in one picture; the parts of a score; who brings what."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import plotly.graph_objects as go

from budget_model.money import NOTHING
from budget_model.together.ladder import arrangement_name
from budget_model.together.opportunities import WITHIN, Opportunity, Partner
from budget_model.together.score import Part
from pages.shared import bars, style
from pages.shared.bars import Bar, Piece

WIDTH = 940.0
"""Pixels of the narrowest screen that the picture is laid out for."""
LEFT = 168.0
HEAD = 38.0
LANE, LEAST_DOT, MOST_DOT = 96.0, 9.0, 62.0
LETTER, LINE = 6.6, 15.0
MOST_LABELS, MOST_DRAWN, CROWD, CROWDED_DOT = 12, 40, 25, 40.0
HALF_READY = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class Spot:
    """Where one opportunity stands in the picture, in pixels from the top left."""

    number: int
    x: float
    y: float
    size: float
    lane: tuple[float, float]
    """Where its lane begins and ends."""


def short_title(one: Opportunity) -> str:
    """What it is, without whose."""
    return one.title.rsplit(": ", 1)[0]


def picture(
    found: Sequence[Opportunity],
    earned: Sequence[tuple[Decimal, int]],
    said: Callable[[Decimal], str],
) -> go.Figure:
    """Each opportunity as a dot: further right for its score, higher for how far it can go, larger for its pounds.

    Blue within a board, orange across; full where readiness is recorded, hollow where nobody has said. The
    first `MOST_DRAWN` are drawn.
    """
    found = found[:MOST_DRAWN]
    most = MOST_DOT if len(found) <= CROWD else CROWDED_DOT
    levels = sorted({one.level for one in found}, reverse=True) or [0]
    largest = float(max((one.joinable for one in found), default=NOTHING) or 1)
    tops: dict[int, float] = {}
    spots: list[Spot] = []
    top = HEAD + 4
    for level in levels:
        tops[level] = top
        inside = [(number, one) for number, one in enumerate(found) if one.level == level]
        placed, height = _lane(inside, top, largest, most)
        spots += placed
        top += height
    height = top + 6
    traces = [_dots(spots, found, said)]
    notes, shapes = _lanes(levels, tops, height, earned)
    notes += _labels(spots, found, said)
    return style.figure(
        traces, int(height), margin={"t": 0, "b": 0}, xaxis={"range": [0, WIDTH]}, yaxis={"range": [height, 0]},
        annotations=notes, shapes=shapes, hovermode="closest",
    )  # fmt: skip


def _across(score: Decimal) -> float:
    return LEFT + 18 + float(score) / 100 * (WIDTH - LEFT - 60)


def _lane(
    inside: Sequence[tuple[int, Opportunity]], top: float, largest: float, most: float
) -> tuple[list[Spot], float]:
    """Dots of one level, moved up or down until none hides another; how high the lane has to be."""
    sizes = {
        number: LEAST_DOT + (most - LEAST_DOT) * (max(float(one.joinable), 0.0) / largest) ** 0.5
        for number, one in inside
    }
    ordered = sorted(inside, key=lambda one: (-sizes[one[0]], one[0]))
    laid: list[tuple[int, float, float, float]] = []
    for number, one in ordered:
        x, size = _across(one.score), sizes[number]
        steps = [0.0]
        for step in range(1, 150):
            steps += [step * 7.0, -step * 7.0]
        y = next(
            (
                step for step in steps
                if all((x - ox) ** 2 + (step - oy) ** 2 >= ((size + other) / 2 + 1) ** 2 for _, ox, oy, other in laid)
            ),
            0.0,
        )  # fmt: skip
        laid.append((number, x, y, size))
    above = max((size / 2 - y for _, _, y, size in laid), default=0.0)
    below = max((size / 2 + y for _, _, y, size in laid), default=0.0)
    height = max(LANE, above + below + 44)
    middle = top + (height - above - below) / 2 + above
    return [Spot(number, x, middle + y, size, (top, top + height)) for number, x, y, size in laid], height


def _dots(spots: Sequence[Spot], found: Sequence[Opportunity], said: Callable[[Decimal], str]) -> go.Scatter:
    fills, edges, told = [], [], []
    for spot in spots:
        one = found[spot.number]
        tone = style.NAVY if one.scope == WITHIN else style.ORANGE
        ready = next((part.value for part in one.parts if part.name == "readiness"), None)
        fills.append(style.PAPER if ready is None else style.tint(tone, 0.4) if ready < HALF_READY else tone)
        edges.append(tone)
        told.append(
            f"<b>{one.rank}. {style.wrap(one.title, 60, 4)}</b><br>{said(one.joinable)} to be steered jointly<br>"
            f"{one.arrangement}, score {one.score}<br>by law as far as {arrangement_name(one.allowed)}"
        )
    return go.Scatter(
        x=[spot.x for spot in spots], y=[spot.y for spot in spots], mode="markers",
        marker={
            "size": [spot.size for spot in spots], "sizemode": "diameter", "color": fills, "opacity": 1,
            "line": {"color": edges, "width": 2},
        },
        customdata=[[spot.number] for spot in spots], hovertext=told, hovertemplate="%{hovertext}<extra></extra>",
        selected={"marker": {"opacity": 1}}, unselected={"marker": {"opacity": 0.5}}, cliponaxis=False,
    )  # fmt: skip


def _lanes(
    levels: Sequence[int], tops: Mapping[int, float], height: float, earned: Sequence[tuple[Decimal, int]]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The lanes' names, their rules, and the scores that earn each level."""
    notes: list[dict[str, Any]] = []
    shapes: list[dict[str, Any]] = []
    for level in levels:
        notes.append(
            _note(
                f"<b>{style.wrap(arrangement_name(level), 20, 3)}</b>",
                0,
                tops[level] + 10,
                "left",
                style.INK,
                "top",
            )
        )
        shapes.append(_rule(0, WIDTH, tops[level], tops[level], style.RULE))
    for least, level in sorted(earned):
        if least > 0:
            x = _across(least)
            shapes.append(_rule(x, x, 4, height - 4, style.RULE, dash="dot"))
            notes.append(
                _note(
                    f"{least:f} earns<br>{_brief(level)}", x + 5, 18, "left", style.QUIET, "middle", size=11.5
                )
            )
    return notes, shapes


def _brief(level: int) -> str:
    return {1: "sharing information", 3: "joint buying", 5: "lead commissioning", 6: "a pool"}.get(
        level, arrangement_name(level).lower()
    )


def _rule(x0: float, x1: float, y0: float, y1: float, colour: str, *, dash: str = "solid") -> dict[str, Any]:
    return {
        "type": "line", "x0": x0, "x1": x1, "y0": y0, "y1": y1, "layer": "below",
        "line": {"color": colour, "width": 1, "dash": dash},
    }  # fmt: skip


def _labels(
    spots: Sequence[Spot], found: Sequence[Opportunity], said: Callable[[Decimal], str]
) -> list[dict[str, Any]]:
    """Names beside the dots, the largest first, where one has room and covers neither dot nor name."""
    taken = [_box(spot.x, spot.y, spot.size, spot.size) for spot in spots]
    notes: list[dict[str, Any]] = []
    largest = max((one.joinable for one in found), default=NOTHING)
    for spot in sorted(spots, key=lambda one: (-one.size, one.number)):
        one = found[spot.number]
        if len(notes) == MOST_LABELS or one.joinable * 60 < largest:
            break
        placed = _placed(spot, one, said, taken)
        if placed:
            note, box = placed
            notes.append(note)
            taken.append(box)
    return notes


Box = tuple[float, float, float, float]


def _placed(
    spot: Spot, one: Opportunity, said: Callable[[Decimal], str], taken: Sequence[Box]
) -> tuple[dict[str, Any], Box] | None:
    """A name at the first free side of its dot, shortened where it must be."""
    reach = spot.size / 2 + 5
    for most in (40, 26, 16):
        name, amount = f"{one.rank}. {style.shorten(short_title(one), most)}", said(one.joinable)
        wide = (len(name) + len(amount) + 1) * LETTER
        for x, y, across in (
            (spot.x + reach, spot.y, "left"), (spot.x - reach, spot.y, "right"),
            (spot.x, spot.y - reach - 6, "center"), (spot.x, spot.y + reach + 6, "center"),
        ):  # fmt: skip
            left = {"left": x, "right": x - wide, "center": x - wide / 2}[across]
            box = (left, y - LINE / 2, left + wide, y + LINE / 2)
            inside = (
                box[0] >= LEFT - 8 and box[2] <= WIDTH and box[1] > spot.lane[0] and box[3] < spot.lane[1]
            )
            if inside and not any(
                box[0] < o[2] and o[0] < box[2] and box[1] < o[3] and o[1] < box[3] for o in taken
            ):
                return _note(f"{name} <b>{amount}</b>", x, y, across, style.INK, "middle"), box
    return None


def _box(x: float, y: float, wide: float, high: float) -> Box:
    return x - wide / 2, y - high / 2, x + wide / 2, y + high / 2


def _note(
    text: str, x: float, y: float, across: str, colour: str, down: str, *, size: float = 12.5
) -> dict[str, Any]:
    return {
        "x": x, "y": y, "text": text, "xanchor": across, "yanchor": down, "showarrow": False, "align": "left",
        "font": {"size": size, "color": colour},
    }  # fmt: skip


def brought(
    partners: Sequence[Partner], colours: Mapping[str, str], said: Callable[[Decimal], str]
) -> go.Figure:
    """What each partner would bring; hatched where its figure is an estimate."""
    rows = [
        Bar(
            one.name, said(one.amount), style.colour(colours.get(one.organisation, "")),
            (Piece(float(one.amount), style.ESTIMATED if one.estimated else "", said(one.amount)),), place,
            note="totals only" if one.totals_only else f"grade {one.grade}",
        )
        for place, one in enumerate(partners)
    ]  # fmt: skip
    return bars.ledger(rows, width=60)


def parts(found: Sequence[Part]) -> go.Figure:
    """Each part of a score: what it could add pale, what it adds in full colour; dotted where it is left out."""
    known = sum((part.weight for part in found if part.value is not None), NOTHING)
    ordered = sorted(found, key=lambda one: (one.value is None, -one.weight, one.name))
    room, got, told, shapes = [], [], [], []
    notes: list[dict[str, Any]] = []
    for place, part in enumerate(ordered):
        out = part.value is None or part.points is None
        most = part.weight * 100 if out else part.weight / known * 100 if known else NOTHING
        room.append(float(most))
        got.append(0.0 if part.points is None else float(part.points))
        shapes.append(style.NOT_MAPPED if out else "")
        label = "left out" if out else f"{part.points} of {most:.1f} points"
        told.append(f"<b>{part.label}</b><br>{label}<br>{style.wrap(part.reason, 60, 4)}")
        usual: dict[str, Any] = {
            "xref": "paper", "y": place, "yshift": 9, "showarrow": False, "yanchor": "middle",
            "font": {"size": 13, "color": style.INK},
        }  # fmt: skip
        notes += [
            usual | {"x": 0, "xanchor": "left", "text": part.label},
            usual | {"x": 1, "xanchor": "right", "text": f"<b>{label}</b>"},
        ]
    usual_bar: dict[str, Any] = {
        "y": list(range(len(ordered))), "orientation": "h", "width": 0.3, "offset": 0.12,
        "hovertext": told, "hovertemplate": "%{hovertext}<extra></extra>",
    }  # fmt: skip
    pale = {
        "color": style.SEQUENCE[1],
        "line": {"width": 0},
        "pattern": {"shape": shapes, "fgcolor": style.UNMAPPED_COLOUR, "size": 5},
    }
    return style.figure(
        [
            go.Bar(x=room, marker=pale, **usual_bar),
            go.Bar(x=got, marker={"color": style.NAVY, "line": {"width": 0}}, **usual_bar),
        ],
        max(1, len(ordered)) * bars.ROW + 8, barmode="overlay", xaxis={"range": [0, max([*room, 1.0])]},
        yaxis={"range": [max(len(ordered), 1) - 0.5, -0.5]}, annotations=notes,
    )  # fmt: skip
