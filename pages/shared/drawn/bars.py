"""Bars as a ledger: the name at the left, its bar beside it on the same line, the amount at the bar's end."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain
from typing import Any

from budget_model.exhibits.colours import (
    INK,
    OTHERS_COLOUR,
    PAPER,
    QUIET,
    RULE,
    SEQUENCE,
    UNMAPPED_COLOUR,
    tint,
)
from budget_model.exhibits.figures import OTHERS, Bars, Doubt, Waterfall
from budget_model.exhibits.ways import Way
from budget_model.money import pounds
from pages.shared import style

ROWS = (30, 42, 56)
"""Pixels of a row whose longest name takes one, two or three lines."""
THICK = 17
"""Pixels of a bar across."""
WIDTH, WIDER = 34, 40
"""Letters of one line of a name: of a chart in a column, and of one across the page."""
LETTER, STRONG = 6.7, 7.9
"""Pixels of a letter of a name, and of one in bold."""
GAP = 12
"""Pixels between a name, its bar and the amount at its end."""


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
            _score(figure, place) if scored else figure.label(place),
            _scored(figure, place) if scored else _pieces(figure, place),
            ways.get(mark.way, -1),
            note="" if scored else mark.note,
        )
        for place, mark in enumerate(figure.marks)
    ]


def undrawn(figure: Bars) -> str:
    """The name of the others that have their amount alone and no bar; '' where all bars are drawn."""
    return next((mark.name for place, mark in enumerate(figure.marks) if _leads(figure, place)), "")


def _leads(figure: Bars, place: int) -> bool:
    """Whether others that were gathered would have the longest bar, and so lead what they only complete."""
    sizes = list(map(abs, figure.wholes))
    rest = figure.marks[place].key == OTHERS
    return rest and len(sizes) > 1 and sizes[place] > max(sizes[:place] + sizes[place + 1 :])


def _pieces(figure: Bars, place: int) -> tuple[Piece, ...]:
    mark = figure.marks[place]
    pieces: list[Piece] = []
    if _leads(figure, place):  # its amount says enough
        return (Piece(0.0, mark.colour or OTHERS_COLOUR),)
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
    return ledger(rows_of_steps(figure), width=WIDER, cut=float(cut(figure)))


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


def ledger(rows: Sequence[Row], *, width: int = WIDTH, cut: float = 0.0) -> style.Drawn:
    """Draw bars from the top down, each with its name at its left and its amount at its end.

    With `cut`, the axis starts there and bars that reach below it are broken, with a mark that shows it.
    """
    each = [_stretches(place, bar) for place, bar in enumerate(rows)]
    spans = [_span(bar, stretches) for bar, stretches in zip(rows, each, strict=True)]
    low = cut or min([0.0, *(left for left, _ in spans)])
    high = max([0.0, *(right for _, right in spans)])
    names = [_name(row, width) for row in rows]
    row_height = ROWS[min(max((name.count("<br>") for name in names), default=0), len(ROWS) - 1)]
    left, right = _margins(rows, spans, names)
    traces = _traces(list(chain.from_iterable(each)), THICK / row_height)
    zero = {
        "type": "line",
        "x0": 0,
        "x1": 0,
        "y0": -0.5,
        "y1": len(rows) - 0.5,
        "line": {"color": RULE, "width": 1},
    }
    return style.figure(
        [*traces, _amounts(rows, spans)],
        max(1, len(rows)) * row_height + 8,
        margin={"l": left, "r": right},
        xaxis={"range": [low, high if high > low else low + 1.0]},
        yaxis={"range": [max(len(rows), 1) - 0.5, -0.5]},
        shapes=[zero] if low < 0 else _breaks(rows, cut, high - low) if cut else [],
        annotations=[_beside(name, place, left) for place, name in enumerate(names)],
        barmode="overlay",
    )


def _span(row: Row, stretches: Sequence["_Stretch"]) -> tuple[float, float]:
    """From where to where a row is drawn."""
    ends = [row.start]
    for stretch in stretches:
        ends += (stretch.base, stretch.base + stretch.piece.amount)
    return min(ends), max(ends)


def _leftward(span: tuple[float, float]) -> bool:
    """Whether a row lies below zero alone, so that its amount stands at its left."""
    return span[0] < 0 >= span[1]


def _margins(
    rows: Sequence[Row], spans: Sequence[tuple[float, float]], names: Sequence[str]
) -> tuple[int, int]:
    """Pixels at the left for the names, and at the right for the amounts at the ends of the longest bars."""
    letters = max((_letters(line) for name in names for line in name.split("<br>")), default=0)
    ends: dict[bool, list[int]] = {True: [0], False: [0]}
    for row, span in zip(rows, spans, strict=True):
        ends[_leftward(span)].append(len(row.label))
    leftmost, rightmost = (max(ends[side]) * STRONG + GAP * (max(ends[side]) > 0) for side in (True, False))
    return int(letters * LETTER + GAP + leftmost), int(rightmost)


def _letters(line: str) -> float:
    """How many letters wide a line of a name is: markup has none, and bold ones are wider."""
    return len(re.sub("<[^>]*>", "", line)) * (STRONG / LETTER if "<b>" in line else 1)


def _beside(name: str, place: int, left: int) -> dict[str, Any]:
    """A name at the left edge of the picture, on the line of its bar."""
    return {
        "xref": "paper",
        "x": 0,
        "xshift": -left,
        "xanchor": "left",
        "y": place,
        "yanchor": "middle",
        "align": "left",
        "showarrow": False,
        "borderpad": 0,
        "text": name,
        "font": {"size": 13, "color": INK},
    }


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


def _traces(stretches: Sequence[_Stretch], thick: float) -> list[style.Trace]:
    """The stretches, and over those in doubt their hatching."""
    doubtful = [stretch for stretch in stretches if stretch.piece.pattern]
    plain = _trace(stretches, thick)
    return [plain, _trace(doubtful, thick, hatched=True)] if doubtful else [plain]


def _trace(stretches: Sequence[_Stretch], thick: float, *, hatched: bool = False) -> style.Trace:
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
        width=thick,
        offset=-thick / 2,
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
            "path": f"M {cut + span * left},{place + 0.36} L {cut + span * (left + 0.006)},{place + 0.36} "
            f"L {cut + span * (left + 0.012)},{place - 0.36} L {cut + span * (left + 0.006)},{place - 0.36} Z",
        }
        for place, row in enumerate(rows)
        if row.start < cut
        for left in (0.03, 0.042)
    ]


def _amounts(rows: Sequence[Row], spans: Sequence[tuple[float, float]]) -> style.Trace:
    """Amounts at the ends of their bars: at the left of those that lie below zero alone."""
    leftward = [_leftward(span) for span in spans]
    trace = style.words(
        [span[0] if left else span[1] for span, left in zip(spans, leftward, strict=True)],
        list(range(len(rows))),
        [f"\u00a0<b>{row.label}</b>\u00a0" for row in rows],
        "middle right",
    )
    return trace | {"textposition": ["middle left" if left else "middle right" for left in leftward]}


def _name(row: Row, width: int) -> str:
    """A name on up to two lines, with its note on the last of them where it fits, else beneath."""
    name = style.wrap(row.name, width)
    last = len(name.rsplit("<br>", 1)[-1])
    between = " " if last + len(row.note) < width else "<br>"
    note = (
        f"{between}<span style='color:{QUIET};font-size:12px'>{style.shorten(row.note, width)}</span>"
        if row.note
        else ""
    )
    return f"<b>{name}</b>{note}" if row.strong else f"{name}{note}"
