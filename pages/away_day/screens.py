"""One screen of a story as a room sees it: a finding in type that reads from ten metres, and its figure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape

from budget_model.board.drawing import Pen, drawn
from budget_model.board.figures import (
    SEQUENCE,
    Bars,
    ColumnKind,
    Exhibit,
    HeatMap,
    Sankey,
    Table,
    Treemap,
    Value,
    Waterfall,
    hatched,
    say_cell,
    shades,
    text_on,
)
from budget_model.board.measure import LEADING, Face, fitted
from budget_model.board.pack import Pack, Slide
from budget_model.board.svg import svg
from budget_model.money import NOTHING

HIGH = 700.0
"""Points of height of every screen; its width follows its shape."""
TITLE_SIZES = (46.0, 41.0, 36.0, 32.0, 28.0)
WHY_SIZE, PEN = 23.0, Pen(22.0)
LONGEST_WHY = 150
MOST_ROWS = 8


@dataclass(frozen=True, slots=True)
class Shape:
    """A shape of screen: its name in the page's styles, and the points that its figure is drawn across."""

    name: str
    across: float


SHAPES = (Shape("square", 940.0), Shape("wide", 1250.0))
"""4:3 as most projectors show, and 16:9; the page shows the one that suits its window."""


def screens(pack: Pack) -> tuple[str, ...]:
    """Every screen of a pack, as HTML that the page shows one at a time."""
    return tuple(_screen(slide, place, len(pack.slides)) for place, slide in enumerate(pack.slides, 1))


def _screen(slide: Slide, place: int, of: int) -> str:
    drawings = "".join(_drawing(slide, place, shape) for shape in SHAPES)
    why = shortly(slide.shown.why) if slide.shown else "The other screens are as they were."
    unit = slide.unit
    if slide.shown and isinstance(slide.shown.figure, Bars):
        unit = " · ".join(one for one in (hatched(slide.shown.figure), unit) if one)
    size = _title(slide.finding, SHAPES[0]).size
    return (
        f'<section class="away-screen" data-screen="{place}" aria-label="Screen {place} of {of}">'
        f'<p class="kicker">{escape(slide.kicker)}</p>'
        f'<h1 style="font-size:calc({size / 10:.1f} * var(--u))">{escape(slide.finding)}</h1>'
        f'<p class="why">{escape(why)}</p>{drawings}'
        f'<p class="unit">{escape(unit)}</p></section>'
    )


def shortly(why: str) -> str:
    """As many whole sentences of a reason as a room reads at a glance; the rest is in the notes.

    >>> shortly("Between £1m and £2m. " + "It is capped by the law for long reasons. " * 5)
    'Between £1m and £2m. It is capped by the law for long reasons. It is capped by the law for long reasons.'
    """
    sentences = re.split(r"(?<=[a-z0-9%)’”]\.)\s+(?=[A-Z‘“])", why.strip())
    said = sentences[0]
    for sentence in sentences[1:]:
        if len(said) + len(sentence) + 1 > LONGEST_WHY:
            break
        said = f"{said} {sentence}"
    return said


def _title(finding: str, shape: Shape) -> "Title":
    found = fitted(finding, shape.across, 46 * LEADING * 3, TITLE_SIZES, Face.PAPER_BOLD)
    return Title(found.size, len(found.lines))


@dataclass(frozen=True, slots=True)
class Title:
    """How large a finding is set, and on how many lines."""

    size: float
    lines: int


def _drawing(slide: Slide, place: int, shape: Shape) -> str:
    shown = slide.shown
    if shown is None:
        return ""
    title = _title(slide.finding, SHAPES[0])
    lines = _title(slide.finding, shape).lines
    why = fitted(shortly(shown.why), shape.across, 200, (WHY_SIZE,), Face.PAPER)
    used = 30 + max(lines, 1) * title.size * 1.15 + len(why.lines) * WHY_SIZE * 1.35 + 26 + 30
    if isinstance(shown.figure, Bars | Waterfall | Treemap | Sankey):
        picture = svg(drawn(shown.figure, shape.across, max(HIGH - used, 260.0), PEN))
        # A pattern of a drawing that is hidden is not drawn in another: each has names of its own.
        own = f"p{place}{shape.name}"
        picture = picture.replace('id="h', f'id="{own}').replace("url(#h", f"url(#{own}")
        picture = re.sub(r'(<svg [^>]*?) width="[^"]*" height="[^"]*"', r"\1", picture, count=1)
        alt = escape(shown.alt[:2000], quote=True)
        return f'<div class="figure {shape.name}" role="img" aria-label="{alt}">{picture}</div>'
    return f'<div class="figure {shape.name} told">{_table(shown)}</div>' if shape is SHAPES[0] else ""


def _table(shown: Exhibit) -> str:
    figure = shown.figure
    table = figure.table()
    most = MOST_ROWS + 3 if isinstance(figure, HeatMap) else MOST_ROWS
    rows: Sequence[tuple[Value, ...]] = table.rows
    if len(rows) > most:
        last = rows[len(rows) - table.totals :] if table.totals else ()
        room = most - 1 - len(last)
        more = (f"and {len(rows) - len(last) - room} more", *[None] * (len(table.columns) - 1))
        rows = (*rows[:room], more, *last)
    heads = "".join(
        f'<th scope="col" class="{_kind(column.kind)}">{escape(column.name)}</th>' for column in table.columns
    )
    largest = NOTHING
    if isinstance(figure, HeatMap):
        largest = max((value or NOTHING for row in figure.values for value in row), default=NOTHING)
    shaded = len(figure.rows) if isinstance(figure, HeatMap) else 0
    body = "".join(_row(row, table, largest if place < shaded else NOTHING) for place, row in enumerate(rows))
    small = " many" if len(rows) > MOST_ROWS or len(table.columns) > 5 else ""
    return f'<table class="told{small}"><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>'


def _row(row: Sequence[Value], table: Table, largest: Decimal) -> str:
    cells = [f'<th scope="row">{escape(say_cell(row[0], table.columns[0].kind, short=True))}</th>']
    last = len(row) - 1
    for place, (value, column) in enumerate(zip(row[1:], table.columns[1:], strict=True), 1):
        ink = ""
        if largest and place != last and not (isinstance(row[0], str) and row[0].startswith("and ")):
            fill = SEQUENCE[shades(value if isinstance(value, Decimal) else NOTHING, largest)]
            ink = f' style="background:{fill};color:{text_on(fill)}"'
        cells.append(
            f'<td class="{_kind(column.kind)}"{ink}>{escape(say_cell(value, column.kind, short=True))}</td>'
        )
    return f"<tr>{''.join(cells)}</tr>"


def _kind(kind: ColumnKind) -> str:
    return "words" if kind is ColumnKind.WORDS else "amount"


__all__ = ["HIGH", "SHAPES", "screens", "shortly"]
