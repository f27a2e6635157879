"""Bars as a ledger: the name and the amount on one line, the bar beneath, so that no name is ever cut."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain
from typing import Any

from budget_model.exhibits.colours import PAPER, QUIET, RULE, SEQUENCE, UNMAPPED_COLOUR, tint
from budget_model.exhibits.figures import Bars, Doubt, Waterfall
from budget_model.exhibits.ways import Way
from budget_model.money import pounds
from pages.shared import style

ROW = 46
ABOVE = 0.2
"""How far above the middle of its row a bar's name stands, in rows."""
WIDTH, WIDER = 56, 80
"""Letters of a name that fit a row: of a chart in a column, and of one across the page."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a bar: how much, its colour, the pattern of its doubt, and what is said of it."""

    amount: float
    colour: str
    pattern: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the ledger. `way` is the number of its way down; `start` is where a floating bar begins."""

    name: str
    label: str
    pieces: tuple[Piece, ...]
    way: int = -1
    start: float = 0.0
    note: str = ""
    strong: bool = False


def draw(figure: Bars, ways: Mapping[Way | None, int]) -> style.Drawn:
    """Bars, each in its own colour or in those of its pieces; what is in doubt is patterned."""
    return ledger(rows_of(figure, ways), width=WIDER if not figure.summed else WIDTH)


def rows_of(figure: Bars, ways: Mapping[Way | None, int]) -> list[Row]:
    """One row of the ledger for each bar."""
    scored = bool(figure.most)
    return [
        Row(
            mark.name,
            _score(figure, place) if scored else figure.say(figure.whole(place)),
            _scored(figure, place) if scored else _pieces(figure, place),
            ways.get(mark.way, -1),
            note="" if scored else mark.note,
        )
        for place, mark in enumerate(figure.marks)
    ]


def _pieces(figure: Bars, place: int) -> tuple[Piece, ...]:
    mark = figure.marks[place]
    pieces = []
    for one in figure.series:
        value = one.values[place]
        if value:
            words = f" {one.doubt}" if one.doubt else ""
            named = f"{one.name}: " if figure.stacked and not mark.colour else ""
            label = f"{named}{figure.say(value)}{words}"
            pattern = style.PATTERNS[one.doubt] if one.doubt else ""
            pieces.append(Piece(float(value), mark.colour or one.colour, pattern, label))
    return tuple(pieces) or (Piece(0.0, mark.colour or figure.series[0].colour),)


def _score(figure: Bars, place: int) -> str:
    """What a bar has of what it could have at most."""
    if figure.marks[place].key in figure.unknown:
        return "left out"
    has, most = figure.whole(place).normalize(), figure.most[place].normalize()
    return f"{has:f} of {most:f} {figure.series[0].name.lower()}"


def _scored(figure: Bars, place: int) -> tuple[Piece, ...]:
    """What a bar has in full colour and what it could have pale; dotted where nobody knows."""
    mark, most, has = figure.marks[place], figure.most[place], figure.whole(place)
    label = f"{_score(figure, place)}<br>{style.wrap(mark.note, 60, 4)}"
    if mark.key in figure.unknown:
        return (Piece(float(most), UNMAPPED_COLOUR, style.PATTERNS[Doubt.LEFT_OUT], label),)
    rest = Piece(float(most - has), SEQUENCE[1], "", label)
    return (Piece(float(has), figure.series[0].colour, "", label), rest)


def waterfall(figure: Waterfall) -> style.Drawn:
    """From one level to another, step by step."""
    return ledger(rows_of_steps(figure), row=42, width=WIDER, cut=float(cut(figure)))


def rows_of_steps(figure: Waterfall) -> list[Row]:
    """One row of the ledger for each step, floating from where the one before it ends."""
    rows = []
    for step, (start, _) in zip(figure.steps, figure.bottoms(), strict=True):
        sign = "" if step.level else "+" if step.amount > 0 else "−"
        label = f"{sign}{pounds(abs(step.amount))}" if sign else pounds(step.amount)
        note = f"<br>{style.wrap(step.note, 60, 6)}" if step.note else ""
        piece = Piece(float(step.amount), step.colour, "", f"{label}{note}")
        rows.append(Row(step.name, label, (piece,), start=float(start), strong=step.level))
    return rows


def cut(figure: Waterfall) -> Decimal:
    """Where the axis may start: zero, unless the steps are too small against the levels to be seen."""
    heights = [end for _, end in figure.bottoms()]
    low, high = min(heights), max(heights)
    if low <= 0 or (high - low) * 4 > high:
        return Decimal(0)
    return low - (high - low) * 2


def ledger(rows: Sequence[Row], *, row: int = ROW, width: int = WIDTH, cut: float = 0.0) -> style.Drawn:
    """Draw bars from the top down, each with its name above it and its amount at the right edge.

    With `cut`, the axis starts there and bars that reach below it are broken, with a mark that shows it.
    """
    stretches = list(chain.from_iterable(_stretches(place, bar) for place, bar in enumerate(rows)))
    ends = [
        0.0,
        *(end for stretch in stretches for end in (stretch.base, stretch.base + stretch.piece.amount)),
    ]
    low, high = (cut if cut else min(ends)), max(ends)
    span = (high - low) or 1.0
    traces = [_trace(stretches)]
    doubtful = [stretch for stretch in stretches if stretch.piece.pattern]
    if doubtful:
        traces.append(_trace(doubtful, hatched=True))
    zero = {
        "type": "line",
        "x0": 0,
        "x1": 0,
        "y0": -0.5,
        "y1": len(rows) - 0.45,
        "line": {"color": RULE, "width": 1},
    }
    return style.figure(
        [*traces, *_words(rows, low, high, width)],
        max(1, len(rows)) * row + 8,
        xaxis={"range": [low - span * 0.002, high + span * 0.002]},
        yaxis={"range": [max(len(rows), 1) - 0.5, -0.5]},
        shapes=[zero] if low < 0 else _breaks(rows, cut, span) if cut else [],
        barmode="overlay",
    )


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A piece where it lies: in which row, and from where."""

    place: int
    base: float
    piece: Piece
    way: int
    name: str


def _stretches(place: int, row: Row) -> list[_Stretch]:
    """The pieces of a row one after the other: those above zero to the right, those below to the left."""
    right = left = row.start
    stretches = []
    for piece in row.pieces:
        base = right if piece.amount >= 0 else left
        if piece.amount >= 0:
            right = base + piece.amount
        else:
            left = base + piece.amount
        stretches.append(_Stretch(place, base, piece, row.way, row.name))
    return stretches


def _trace(stretches: Sequence[_Stretch], *, hatched: bool = False) -> style.Trace:
    """Some of the stretches, plain or as the hatching that lies over the plain ones."""
    pieces = [stretch.piece for stretch in stretches]
    colours = [piece.colour if hatched else _ground(piece) for piece in pieces]
    marker: dict[str, Any] = {"color": colours, "line": {"width": 0}}
    if hatched:
        shapes = [piece.pattern for piece in pieces]
        marker["pattern"] = {"shape": shapes, "fgcolor": colours, "size": 6, "solidity": 0.3}
    return style.bar(
        x=[piece.amount for piece in pieces],
        y=[stretch.place for stretch in stretches],
        base=[stretch.base for stretch in stretches],
        orientation="h",
        width=0.3,
        offset=0.12,
        marker=marker,
        customdata=[[stretch.way] for stretch in stretches],
        hovertext=[f"<b>{stretch.name}</b><br>{stretch.piece.label}" for stretch in stretches],
        **style.CHOSEN,
    )


def _ground(piece: Piece) -> str:
    """The colour of a piece; thinned where a pattern lies over it."""
    return tint(piece.colour, 0.35) if piece.pattern else piece.colour


def _breaks(rows: Sequence[Row], cut: float, span: float) -> list[dict[str, Any]]:
    """A white slash through each bar that starts before the axis does."""
    return [
        {
            "type": "path",
            "fillcolor": PAPER,
            "line": {"width": 0},
            "path": f"M {cut + span * left},{place + 0.46} L {cut + span * (left + 0.006)},{place + 0.46} "
            f"L {cut + span * (left + 0.012)},{place + 0.08} L {cut + span * (left + 0.006)},{place + 0.08} Z",
        }
        for place, row in enumerate(rows)
        if row.start < cut
        for left in (0.03, 0.042)
    ]


def _words(rows: Sequence[Row], low: float, high: float, width: int) -> list[style.Trace]:
    """Names from the left edge and amounts to the right edge, above their bars: two traces of text."""
    names = [_name(row, width) for row in rows]
    amounts = [f"<b>{row.label}</b>" for row in rows]
    heights = [place - ABOVE for place in range(len(rows))]
    return [
        style.words([edge] * len(rows), heights, text, position)
        for edge, text, position in ((low, names, "middle right"), (high, amounts, "middle left"))
    ]


def _name(row: Row, width: int) -> str:
    name = style.shorten(row.name, width)
    note = f" <span style='color:{QUIET};font-size:12px'>{row.note}</span>" if row.note else ""
    return f"<b>{name}</b>{note}" if row.strong else f"{name}{note}"
