"""Figures as marks on paper, in points: what pictures, PDF and the slides' own shapes are drawn from.

Nothing is drawn outside the room that was given, whatever the names are and however many there are.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from budget_model.board.measure import LEADING, Face, fitted, readable, shortened, width, wrapped
from budget_model.exhibits.areas import Area, squarified
from budget_model.exhibits.colours import INK, QUIET, RULE, SEQUENCE, depth, text_on, tint
from budget_model.exhibits.figures import Bars, Flow, HeatMap, Sankey, Stop, Tile, Treemap, Waterfall
from budget_model.exhibits.tables import Table
from budget_model.money import pounds


@dataclass(frozen=True, slots=True)
class Box:
    """A filled rectangle; `doubtful` adds a pattern to the colour. `name` tells what it stands for."""

    x: float
    y: float
    width: float
    height: float
    fill: str
    doubtful: bool = False
    name: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """One line of words, whose `y` is the middle of the line; `align` is start, middle or end."""

    x: float
    y: float
    text: str
    size: float
    colour: str = INK
    bold: bool = False
    align: str = "start"


@dataclass(frozen=True, slots=True)
class Ribbon:
    """A band from one upright edge to another, with eased sides."""

    left: float
    left_top: float
    left_height: float
    right: float
    right_top: float
    right_height: float
    fill: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A thin straight line."""

    x: float
    y: float
    to_x: float
    to_y: float
    colour: str = RULE


Mark = Box | Words | Ribbon | Rule


@dataclass(frozen=True, slots=True)
class Drawing:
    """Marks in a room of so many points by so many; the first are the furthest back."""

    width: float
    height: float
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Pen:
    """What words are drawn with: the type size, and the typeface that they are measured in.

    `smallest` is the part of the size that words inside a box may shrink to before they are left out.
    """

    size: float
    face: Face = Face.PAPER
    bold: Face = Face.PAPER_BOLD
    smallest: float = 0.75

    def width(self, text: str, *, bold: bool = False) -> float:
        """How wide words are."""
        return width(text, self.size, self.bold if bold else self.face)


def drawn(figure: Bars | Waterfall | Treemap | Sankey, room: float, height: float, pen: Pen) -> Drawing:
    """A figure drawn in a room of so many points."""
    if isinstance(figure, Bars):
        marks = _bars(figure, room, height, pen)
    elif isinstance(figure, Waterfall):
        marks = _waterfall(figure, room, height, pen)
    elif isinstance(figure, Treemap):
        marks = _treemap(figure, room, height, pen)
    else:
        marks = _sankey(figure, room, height, pen)
    return Drawing(room, height, tuple(marks))


def sketched(figure: HeatMap | Table, room: float, height: float, pen: Pen) -> Drawing:
    """A table in small: its rows' names, and a box for each amount, shaded where the figure is a heat map."""
    if isinstance(figure, Table):
        names_of_rows, across = [str(row[0]) for row in figure.rows], len(figure.columns) - 1
    else:
        names_of_rows, across = [mark.label for mark in figure.rows], len(figure.columns)
    return _sketched(figure, names_of_rows, across, room, height, pen)


def _sketched(
    figure: HeatMap | Table, rows: Sequence[str], across: int, room: float, height: float, pen: Pen
) -> Drawing:
    each = min(height / max(1, len(rows)), pen.size * 2.2)
    shown = rows[: int(height / max(each, pen.size * 1.5))]
    names = room * (0.34 if across else 1.0)
    wide = (room - names) / max(1, across)
    marks: list[Mark] = []
    for place, row in enumerate(shown):
        name = shortened(readable(row), pen.size, names - 10)
        marks.append(Words(0, (place + 0.5) * each, name, pen.size, INK))
        for column in range(across):
            step = _depth(figure, place, column)
            marks.append(Box(names + column * wide, place * each + 1.5, wide - 3, each - 3, SEQUENCE[step]))
    return Drawing(room, height, tuple(marks))


def _depth(figure: HeatMap | Table, row: int, column: int) -> int:
    """How dark a cell is drawn; all of a table are alike."""
    return (
        depth(figure.values[row][column] or Decimal(0), figure.largest())
        if isinstance(figure, HeatMap)
        else 1
    )


def _bars(figure: Bars, room: float, height: float, pen: Pen) -> list[Mark]:
    if figure.level:
        return _level(figure, room, height, pen)
    marks: list[Mark] = []
    top = 0.0
    if figure.has_key:
        key, top = _key(figure, room, pen)
        marks += key
    labels = [figure.say(whole) for whole in figure.wholes]
    rows = _Rows(figure.categories, figure.spans, labels, room, top, height, pen)
    marks += rows.names()
    for place in range(len(figure.categories)):
        right = left = rows.at(Decimal(0))
        for series in figure.series:
            value = series.values[place]
            if not value:
                continue
            size = abs(rows.at(value) - rows.at(Decimal(0)))
            start = right if value > 0 else left - size
            right, left = (right + size, left) if value > 0 else (right, left - size)
            fill = figure.colours[place] if figure.colours else series.colour
            name = f"{figure.categories[place]}, {series.name}"
            marks.append(Box(start, rows.y(place), size, rows.thick, fill, series.doubtful, name))
        marks.append(rows.label(place))
    marks.append(rows.zero())
    return marks


def _level(figure: Bars, room: float, height: float, pen: Pen) -> list[Mark]:
    """Every bar as long as the others, its pieces as parts of it, each with its amount where there is room."""
    marks, top = _key(figure, room, pen)
    labels = [figure.say(whole) for whole in figure.wholes]
    ends = [(Decimal(0), Decimal(1))] * len(labels)
    rows = _Rows(figure.categories, ends, labels, room, top, height, pen)
    marks += rows.names()
    for place in range(len(figure.categories)):
        at, whole = rows.at(Decimal(0)), figure.whole(place)
        for series in figure.series:
            value = series.values[place]
            if value <= 0 or not whole:
                continue
            size = rows.at(value / whole) - rows.at(Decimal(0))
            name = f"{figure.categories[place]}, {series.name}"
            marks.append(Box(at, rows.y(place), size, rows.thick, series.colour, series.doubtful, name))
            said = figure.say(value)
            if pen.width(said) + pen.size * 0.6 < size and not series.doubtful:
                middle = rows.y(place) + rows.thick / 2
                ink = text_on(series.colour)
                marks.append(Words(at + size / 2, middle, said, pen.size, ink, align="middle"))
            at += size
        marks.append(rows.label(place))
    return marks


def _waterfall(figure: Waterfall, room: float, height: float, pen: Pen) -> list[Mark]:
    spans = figure.bottoms()
    ends = [(min(start, end, Decimal(0)), max(start, end, Decimal(0))) for start, end in spans]
    labels = [
        pounds(step.amount) if step.level else f"{'+' if step.amount > 0 else ''}{pounds(step.amount)}"
        for step in figure.steps
    ]
    rows = _Rows([step.label for step in figure.steps], ends, labels, room, 0.0, height, pen)
    marks: list[Mark] = [*rows.names([step.level for step in figure.steps])]
    for place, (step, (start, end)) in enumerate(zip(figure.steps, spans, strict=True)):
        left, right = sorted((rows.at(start), rows.at(end)))
        marks.append(
            Box(left, rows.y(place), max(right - left, 0.8), rows.thick, step.colour, name=step.name)
        )
        if place + 1 < len(spans):
            edge = rows.at(end)
            marks.append(Rule(edge, rows.y(place), edge, rows.y(place + 1) + rows.thick, "#8A949E"))
        marks.append(rows.label(place))
    marks.append(rows.zero())
    return marks


class _Rows:
    """Where the rows of a bar figure lie: names on the left, bars in the middle, amounts at their ends."""

    def __init__(
        self,
        names: Sequence[str],
        ends: Sequence[tuple[Decimal, Decimal]],
        labels: Sequence[str],
        room: float,
        top: float,
        height: float,
        pen: Pen,
    ) -> None:
        self.pen, self.labels, self.room = pen, labels, room
        self.each = (height - top) / max(len(names), 1)
        self.each = min(self.each, pen.size * 5.5)
        self.thick = min(self.each * 0.66, pen.size * 3.4)
        self.top = top + (self.each - self.thick) / 2
        gap = pen.size * 0.6
        widest = max((pen.width(label) for label in labels), default=0.0) + gap
        names_room = min(max((pen.width(name, bold=True) for name in names), default=0.0) + 1, room * 0.4)
        self.broken = [self._broken(name, names_room) for name in names]
        low = float(min((end[0] for end in ends), default=Decimal(0)))
        high = float(max((end[1] for end in ends), default=Decimal(0)))
        before = widest if low < 0 else 0.0
        self.start = names_room + gap + before
        self.scale = max(room - self.start - widest, 1.0) / ((high - low) or 1.0)
        self.low, self.ends, self.gap = low, ends, gap
        self.right_of_names = names_room

    def _broken(self, name: str, room: float) -> tuple[str, ...]:
        lines = wrapped(name, self.pen.size, room, self.pen.bold)
        most = 2 if self.each >= self.pen.size * LEADING * 2 else 1
        if len(lines) <= most:
            return lines
        rest = " ".join(lines[most - 1 :])
        return (*lines[: most - 1], shortened(rest, self.pen.size, room, self.pen.bold))

    def at(self, amount: Decimal) -> float:
        """Where an amount lies from left to right."""
        return self.start + (float(amount) - self.low) * self.scale

    def y(self, place: int) -> float:
        """Where a row's bar begins from the top."""
        return self.top + place * self.each

    def names(self, bold: Sequence[bool] = ()) -> list[Mark]:
        """The names beside their bars."""
        marks: list[Mark] = []
        for place, lines in enumerate(self.broken):
            middle = self.y(place) + self.thick / 2
            first = middle - (len(lines) - 1) * self.pen.size * LEADING / 2
            heavy = bool(bold and bold[place])
            for number, line in enumerate(lines):
                marks.append(
                    Words(
                        self.right_of_names,
                        first + number * self.pen.size * LEADING,
                        line,
                        self.pen.size,
                        bold=heavy,
                        align="end",
                    )
                )
        return marks

    def label(self, place: int) -> Words:
        """The amount at the end of a bar."""
        low, high = self.ends[place]
        middle = self.y(place) + self.thick / 2
        if low < 0 and high == 0:
            return Words(self.at(low) - self.gap / 2, middle, self.labels[place], self.pen.size, align="end")
        return Words(self.at(high) + self.gap / 2, middle, self.labels[place], self.pen.size)

    def zero(self) -> Rule:
        """The line that bars stand on."""
        x = self.at(Decimal(0))
        return Rule(
            x, self.y(0) - self.thick * 0.15, x, self.y(len(self.broken) - 1) + self.thick * 1.15, INK
        )


def _key(figure: Bars, room: float, pen: Pen) -> tuple[list[Mark], float]:
    """Which colour is whose, in rows above the bars; the height that they take."""
    marks: list[Mark] = []
    x, y, swatch = 0.0, pen.size * 0.7, pen.size * 0.8
    for series in figure.series:
        name = shortened(series.name, pen.size, room - swatch * 2, pen.face)
        needed = swatch * 1.5 + pen.width(name)
        if x and x + needed > room:
            x, y = 0.0, y + pen.size * 1.5
        marks.append(Box(x, y - swatch / 2, swatch, swatch, series.colour, series.doubtful, series.name))
        marks.append(Words(x + swatch * 1.5, y, name, pen.size))
        x += needed + pen.size * 1.4
    return marks, y + pen.size * 1.3


GAP = 1.5
"""Points between the boxes of a treemap."""


def _boxed(tiles: Sequence[Tile], area: Area) -> Iterator[tuple[Tile, Area]]:
    return zip(tiles, squarified([float(tile.amount) for tile in tiles], area), strict=True)


def _treemap(figure: Treemap, room: float, height: float, pen: Pen) -> list[Mark]:
    marks: list[Mark] = []
    tiles = [tile for tile in figure.tiles if tile.amount > 0]
    head = pen.size * 1.5
    for tile, outer in _boxed(tiles, Area(0, 0, room, height)):
        inner = [part for part in tile.tiles if part.amount > 0]
        titled = len(inner) > 1 and outer.height > head * 2.2 and outer.width > pen.size * 5
        if not titled:
            marks += _tile(tile, outer, tile.colour, pen, bold=True)
            continue
        marks.append(Box(outer.x, outer.y, outer.width - GAP, outer.height - GAP, tint(tile.colour, 0.16)))
        words = f"{tile.name}  {pounds(tile.stated)}"
        title = shortened(words, pen.size, outer.width - pen.size, pen.bold)
        marks.append(Words(outer.x + pen.size * 0.4, outer.y + head / 2, title, pen.size, INK, bold=True))
        below = Area(outer.x, outer.y + head, outer.width - GAP, outer.height - GAP - head)
        for place, (part, box) in enumerate(_boxed(inner, below)):
            marks += _tile(part, box, tint(tile.colour, 1 - 0.09 * min(place, 5)), pen)
    return marks


def _tile(tile: Tile, box: Area, colour: str, pen: Pen, *, bold: bool = False) -> list[Mark]:
    """One box with its name and amount, as large as they fit, or without words where there is no room."""
    wide, high = max(box.width - GAP, 0.2), max(box.height - GAP, 0.2)
    marks: list[Mark] = [Box(box.x, box.y, wide, high, colour, name=f"{tile.name}, {pounds(tile.stated)}")]
    face = pen.bold if bold else pen.face
    amount = pounds(tile.stated)
    for size in (pen.size * part for part in (1.0, 0.86, 0.75) if part >= pen.smallest):
        pad = size * 0.4
        inside, tall = wide - pad * 2, high - pad * 1.6
        longest = max((width(word, size, face) for word in tile.name.split()), default=0.0)
        if max(longest, width(amount, size, face)) > inside or tall < size * LEADING * 2:
            continue
        name = fitted(tile.name, inside, tall - size * LEADING, (size,), face)
        if name.cut and len(name.text) < min(8, len(tile.name)):
            continue
        ink = text_on(colour)
        y = box.y + pad * 0.8 + size * LEADING / 2
        for line in (*name.lines, amount):
            marks.append(Words(box.x + pad, y, line, size, ink, bold=bold))
            y += size * LEADING
        break
    return marks


@dataclass(frozen=True, slots=True)
class _Grounds:
    """Where the columns of a Sankey stand, and how high its pounds are, in points."""

    columns: int
    thick: float
    """How wide a column is."""
    sides: float
    """The room for words on the left and on the right."""
    span: float
    """From one column to the next."""
    scale: float
    """Points for a pound."""
    top: float
    room: float
    height: float

    def x(self, place: int) -> float:
        """Where a column begins."""
        return self.sides + place * self.span


def _sankey(figure: Sankey, room: float, height: float, pen: Pen) -> list[Mark]:
    thick = pen.size * 0.9
    top = pen.size * 1.9
    gap = pen.size * 0.75
    columns = len(figure.columns)
    most = max((len(column) for column in figure.columns), default=1)
    gap = min(gap, (height - top) * 0.4 / max(most - 1, 1))
    whole = max((sum((stop.amount for stop in column), Decimal(0)) for column in figure.columns), default=0)
    if not whole or columns < 2:
        return []
    scale = (height - top - gap * (most - 1)) / float(whole)
    sides = room * (0.25 if columns > 2 else 0.36)
    span = (room - sides * 2 - thick) / (columns - 1)
    grounds = _Grounds(columns, thick, sides, span, scale, top, room, height)
    tops = [_stacked(column, top, height, scale, gap) for column in figure.columns]
    marks: list[Mark] = []
    for place, flows in enumerate(figure.flows):
        marks += _ribbons(
            flows,
            figure.columns[place],
            tops[place],
            tops[place + 1],
            grounds.x(place) + thick,
            grounds.x(place + 1),
            scale,
        )
    for place, column in enumerate(figure.columns):
        marks.append(_column_head(figure.heads[place], place, grounds, pen))
        marks += _stops(column, place, tops[place], grounds, pen)
    return marks


def _column_head(head: str, place: int, grounds: _Grounds, pen: Pen) -> Words:
    """What a column shows, above it."""
    ends = {0: ("start", 0.0), grounds.columns - 1: ("end", grounds.room)}
    align, x = ends.get(place, ("middle", grounds.x(place) + grounds.thick / 2))
    return Words(x, pen.size * 0.6, head, pen.size, QUIET, bold=True, align=align)


def _stops(
    column: Sequence[Stop], place: int, tops: Mapping[str, float], grounds: _Grounds, pen: Pen
) -> list[Mark]:
    """The boxes of one column with their words, which stand apart so that none is on another."""
    middles = [tops[stop.key] + float(stop.amount) * grounds.scale / 2 for stop in column]
    apart = _spread(middles, pen.size * 1.12, grounds.top, grounds.height)
    marks: list[Mark] = []
    for stop, middle in zip(column, apart, strict=True):
        tall = max(float(stop.amount) * grounds.scale, 0.6)
        x, y = grounds.x(place), tops[stop.key]
        marks.append(Box(x, y, grounds.thick, tall, stop.colour, name=stop.name))
        marks += _stop_words(stop, place, middle, grounds, pen)
    return marks


def _stop_words(stop: Stop, place: int, middle: float, grounds: _Grounds, pen: Pen) -> list[Mark]:
    """A stop's name and amount: outside on the two sides, to its right in the middle."""
    x, thick = grounds.x(place), grounds.thick
    amount = f" {pounds(stop.stated)}"
    beside = grounds.sides if place in (0, grounds.columns - 1) else grounds.span
    room = beside - thick - pen.size * 0.5
    alone = pen.width(stop.name)
    if alone + pen.width(amount, bold=True) > room and (
        alone <= room or pen.width(stop.name[:14]) > room * 0.6
    ):
        amount = ""
    name = shortened(stop.name, pen.size, room - pen.width(amount, bold=True), pen.face)
    if place == 0:
        end = x - pen.size * 0.4
        return [
            Words(end, middle, amount.strip(), pen.size, bold=True, align="end"),
            Words(end - pen.width(amount, bold=True), middle, name, pen.size, align="end"),
        ]
    start = x + thick + pen.size * 0.4
    return [
        Words(start, middle, name, pen.size),
        Words(start + pen.width(name) + pen.width(" "), middle, amount.strip(), pen.size, bold=True),
    ]


def _spread(middles: Sequence[float], least: float, top: float, bottom: float) -> list[float]:
    """The same heights moved apart just so far that words of this size do not touch, inside their room.

    >>> _spread([10, 12, 50], 10, 0, 60)
    [10, 20, 50]
    """
    placed = list(middles)
    for at in range(1, len(placed)):
        placed[at] = max(placed[at], placed[at - 1] + least)
    low = bottom - least / 2
    for at in reversed(range(len(placed))):
        placed[at] = min(placed[at], low)
        low = placed[at] - least
    return [max(one, top) for one in placed]


def _stacked(
    column: Sequence[Stop], top: float, height: float, scale: float, gap: float
) -> Mapping[str, float]:
    """Where each stop begins from the top; the column stands in the middle of its room."""
    tall = sum(float(stop.amount) * scale for stop in column) + gap * max(len(column) - 1, 0)
    y = top + max((height - top - tall) / 2, 0.0)
    tops = {}
    for stop in column:
        tops[stop.key] = y
        y += float(stop.amount) * scale + gap
    return tops


def _ribbons(
    flows: Sequence[Flow],
    column: Sequence[Stop],
    left: Mapping[str, float],
    right: Mapping[str, float],
    x: float,
    to_x: float,
    scale: float,
) -> list[Mark]:
    """Flows as bands that leave and arrive in the order of the stops, so that they cross little."""
    colours = {stop.key: stop.colour for stop in column}
    names = {stop.key: stop.name for stop in column}
    leaves, arrives = dict(left), dict(right)
    ordered = sorted(flows, key=lambda flow: (left[flow.source], right[flow.target]))
    starts = {}
    for flow in ordered:
        starts[flow.source, flow.target] = leaves[flow.source]
        leaves[flow.source] += float(flow.amount) * scale
    marks: list[Mark] = []
    for flow in sorted(flows, key=lambda flow: (right[flow.target], left[flow.source])):
        tall = float(flow.amount) * scale
        marks.append(
            Ribbon(
                x,
                starts[flow.source, flow.target],
                tall,
                to_x,
                arrives[flow.target],
                tall,
                tint(colours[flow.source], 0.38),
                f"{names[flow.source]}, {pounds(flow.amount)}",
            )
        )
        arrives[flow.target] += tall
    return marks
