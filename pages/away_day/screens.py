"""One screen of a story as a room sees it: a finding in type that reads from ten metres, and its figure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from budget_model.board.drawing import Pen, drawn
from budget_model.board.headlines import whole_sentences
from budget_model.board.measure import LEADING, Face, fitted, width
from budget_model.board.on_paper import Printed
from budget_model.board.pack import Pack, Slide
from budget_model.board.svg import svg
from budget_model.exhibits.colours import shade, text_on
from budget_model.exhibits.figures import Bars, HeatMap, Sankey, Treemap, Waterfall, hatched
from budget_model.exhibits.tables import Kind, Table, Value, say_cell
from budget_model.money import NOTHING
from pages.shared.components import Head
from pages.shared.components.stage import Drawing, Screen, Shade, Told, screen

HIGH = 700.0
"""Points of height of every screen; its width follows its shape."""
LEAST = 24.0
"""Points of the smallest words that a room has to read: a finding, its reason, names and amounts."""
ASIDE = 20.0
"""Points of what only orients: what a screen is about, and what it counts."""
TITLE_SIZES = (46.0, 41.0, 36.0, 32.0, 28.0)
WHY_SIZE, PEN = LEAST, Pen(25.0, smallest=1.0)
LONGEST_WHY, LONGEST_ALT = 150, 2000
LOWEST = 260.0
"""Points of height that a figure has at least."""
DRAWN = (Bars, Waterfall, Treemap, Sankey)
"""What is a drawing on a screen; the rest is a table."""
ROW_AIR, CELL_AIR = 11.0, 18.0
"""Points of a table's row and of a cell that are not words."""


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
    shown = slide.shown
    return screen(
        Screen(
            place,
            of,
            slide.kicker,
            slide.finding,
            _title(slide.finding, SHAPES[0]).size,
            shortly(shown.why) if shown else "The other screens are as they were.",
            _unit(slide),
            tuple(_drawings(slide, place)),
            _table(shown, _high(slide, SHAPES[0])) if shown and not isinstance(shown.figure, DRAWN) else None,
        )
    )


def shortly(why: str) -> str:
    """As many whole sentences of a reason as a room reads at a glance; the rest is in the notes.

    >>> shortly("Between £1m and £2m. " + "It is capped by the law. " * 9).count("capped")
    5
    """
    return whole_sentences(why, lambda text: len(text) <= LONGEST_WHY)


def _title(finding: str, shape: Shape) -> "Title":
    found = fitted(finding, shape.across, 46 * LEADING * 3, TITLE_SIZES, Face.PAPER_BOLD)
    return Title(found.size, len(found.lines))


@dataclass(frozen=True, slots=True)
class Title:
    """How large a finding is set, and on how many lines."""

    size: float
    lines: int


def _drawings(slide: Slide, place: int) -> Iterator[Drawing]:
    """The figure of a screen for each shape of screen."""
    shown = slide.shown
    if shown is None or not isinstance(shown.figure, Bars | Waterfall | Treemap | Sankey):
        return
    for shape in SHAPES:
        picture = svg(drawn(shown.figure, shape.across, _high(slide, shape), PEN))
        # A pattern of a drawing that is hidden is not drawn in another: each has names of its own.
        own = f"p{place}{shape.name}"
        picture = picture.replace('id="h', f'id="{own}').replace("url(#h", f"url(#{own}")
        yield Drawing(shape.name, picture, shown.alt[:LONGEST_ALT])


def _high(slide: Slide, shape: Shape) -> float:
    """Points of height that a screen has for its figure."""
    return max(HIGH - _used(slide, shape), LOWEST)


def _used(slide: Slide, shape: Shape) -> float:
    """Points of height that the words of a screen take, so that its figure gets the rest."""
    size = _title(slide.finding, SHAPES[0]).size
    lines = max(_title(slide.finding, shape).lines, 1)
    why = fitted(shortly(slide.shown.why) if slide.shown else "", shape.across, 300, (WHY_SIZE,), Face.PAPER)
    unit = fitted(_unit(slide), shape.across, 300, (ASIDE,), Face.PAPER)
    heads = ASIDE * 1.2 + lines * size * 1.15 + 12
    return heads + len(why.lines) * WHY_SIZE * 1.3 + len(unit.lines) * ASIDE * 1.3 + 26


def _unit(slide: Slide) -> str:
    """What a screen counts, and what its pattern stands for."""
    figure = slide.shown.figure if slide.shown else None
    said = hatched(figure) if figure else ""
    return " · ".join(one for one in (said, slide.unit) if one)


def _table(shown: Printed, high: float) -> Told:
    """A table with as many rows and columns as the room reads; the rest is gathered, or only counted."""
    figure, across = shown.figure, SHAPES[0].across
    largest = NOTHING
    shaded = 0
    if isinstance(figure, HeatMap):
        figure = reduced(figure, across, high)
        largest = figure.largest()
        shaded = len(figure.rows)
    table = figure.table()
    rows: Sequence[tuple[Value, ...]] = table.rows
    if not isinstance(figure, HeatMap):
        rows = _that_fit(table, across, high)
    heads = tuple(Head(column.name, _kind(column.kind)) for column in table.columns)
    body = (_row(row, table, largest if place < shaded else NOTHING) for place, row in enumerate(rows))
    return Told(heads, tuple(body))


def reduced(figure: HeatMap, across: float, high: float) -> HeatMap:
    """A heat map with the rows and columns that a room reads; the rest gathered where the cells add up."""
    heads = [mark.label for mark in figure.columns]
    wide = [
        max(
            [_wide(word) for word in name.split()]
            + [_wide(say_cell(row[place], figure.kind, short=True)) for row in figure.values]
        )
        + CELL_AIR
        for place, name in enumerate(heads)
    ]
    sums = (
        _wide(say_cell(figure.table().rows[-1][-1], figure.kind, short=True)) + CELL_AIR
        if figure.has_margins
        else 0
    )
    names = min(max((_wide(mark.label) for mark in figure.rows), default=0.0), across * 0.3) + CELL_AIR
    columns = len(wide)
    while columns > 1 and names + sum(wide[:columns]) + sums > across:
        columns -= 1
    lines = max((len(name.split()) for name in heads), default=1)
    row_high = LEAST * 1.2 + ROW_AIR
    spare = high - min(lines, 3) * LEAST * 1.2 - ROW_AIR - (row_high if figure.has_margins else 0)
    rows = max(1, int(spare / row_high))
    return figure.folded(rows, columns)


def _wide(words: str) -> float:
    return width(words, LEAST, Face.PAPER_BOLD)


def _that_fit(table: Table, across: float, high: float) -> Sequence[tuple[Value, ...]]:
    """The rows of a table that a screen holds, as its words break; the last says how many more there are."""
    columns = max(len(table.columns), 1)
    left = high - LEAST * 1.2 * 2 - ROW_AIR
    rows: list[tuple[Value, ...]] = []
    for row in table.rows:
        said = [
            say_cell(value, column.kind, short=True) for value, column in zip(row, table.columns, strict=True)
        ]
        whole = sum(_wide(one) for one in said)
        lines = max(len(fitted(one, across / columns, 9999, (LEAST,)).lines) for one in said)
        lines = max(1, min(lines, round(whole / (across * 0.82) + 0.5)))
        left -= lines * LEAST * 1.2 + ROW_AIR
        if left < LEAST * 1.2 + ROW_AIR and len(rows) + 1 < len(table.rows):
            break
        rows.append(row)
    if len(rows) == len(table.rows):
        return rows
    last = table.rows[len(table.rows) - table.totals :] if table.totals else ()
    rest = len(table.rows) - len(rows) - len(last)
    more = (f"and {rest} more", *[None] * (columns - 1))
    return (*rows, more, *last)


def _row(row: Sequence[Value], table: Table, largest: Decimal) -> tuple[Shade, ...]:
    cells = [Shade(say_cell(row[0], table.columns[0].kind, short=True))]
    last = len(row) - 1
    for place, (value, column) in enumerate(zip(row[1:], table.columns[1:], strict=True), 1):
        text = say_cell(value, column.kind, short=True)
        if largest and (place != last or table.columns[last].name != "Total"):
            fill = shade(value if isinstance(value, Decimal) else NOTHING, largest)
            cells.append(Shade(text, fill, text_on(fill)))
        else:
            cells.append(Shade(text))
    return tuple(cells)


def _kind(kind: Kind) -> str:
    return "words" if kind is Kind.WORDS else "amount"


__all__ = ["ASIDE", "HIGH", "LEAST", "SHAPES", "reduced", "screens", "shortly"]
