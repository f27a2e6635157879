"""One plain description of each kind of figure, from which screen, slide, PDF, picture and workbook are drawn.

A figure holds every mark with exact pounds, its name, colour and way down; it knows nothing of screens or
paper. `folded` gathers its tail where there is room for so many marks; `table` gives every number in it, so
that what is drawn and what is written down can never differ.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum

from budget_model.count.funding import NOT_KNOWN
from budget_model.count.results import BESIDE_BOARDS
from budget_model.count.saying import in_sentence, number, opened
from budget_model.exhibits.colours import NAVY, OTHERS_COLOUR, TEAL
from budget_model.exhibits.tables import Column, Kind, Table, Value, say_cell
from budget_model.exhibits.ways import Way
from budget_model.money import NOTHING, pounds

OTHERS = "others"
"""The key of what a tail was gathered in."""
TELLING = Decimal("0.0001")
"""A step below this part of the largest level is told together with others."""


class Doubt(StrEnum):
    """Why an amount is drawn with a pattern as well as a colour; the value says it in words."""

    ESTIMATED = "estimated"
    NOT_AGREED = "does not agree with its own total"
    NOT_MAPPED = "no service yet"
    TIED = "tied to a purpose, or paid to people"
    NOBODY = "agreed by nobody"
    LEFT_OUT = "left out: not known"


@dataclass(frozen=True, slots=True)
class Mark:
    """What a bar, a row, a box or a dot stands for: its key, names, own colour and way down."""

    key: str
    name: str
    colour: str = ""
    """Empty where the colour is not the mark's own but its series'."""
    short: str = ""
    """A shorter name, for where there is little room."""
    way: Way | None = None
    note: str = ""
    """A word or two beside the name."""
    number: int = 1
    """How many it gathers."""

    @property
    def label(self) -> str:
        """The name where there is little room."""
        return self.short or self.name


def others(marks: Sequence[Mark], colour: str = OTHERS_COLOUR) -> Mark:
    """The mark that stands for some others; those among them that gather some are counted one by one.

    >>> others((Mark("police", "Police"), Mark("others", "11 others", number=11))).name
    '12 others'
    """
    count = sum(mark.number for mark in marks)
    return Mark(OTHERS, f"{count} others", colour, number=count)


@dataclass(frozen=True, slots=True)
class Series:
    """What one body, theme or kind of money has in each bar, pounds; its colour is its own."""

    name: str
    colour: str
    values: tuple[Decimal, ...]
    doubt: Doubt | None = None

    @property
    def doubtful(self) -> bool:
        """Whether it is drawn with a pattern as well as a colour."""
        return self.doubt is not None


@dataclass(frozen=True, slots=True)
class Bars:
    """Lying bars, the largest at the top, in one piece or stacked. Bars may have their own colours."""

    of: str
    """What a bar is: 'Organisation'."""
    marks: tuple[Mark, ...]
    series: tuple[Series, ...]
    kind: Kind = Kind.POUNDS
    """What the bars count."""
    level: bool = False
    """Whether every bar is drawn as one whole, its pieces as parts of it; no piece is then below zero."""
    summed: bool = True
    """Whether the bars add up to something; those that share pounds do not."""
    gathers: bool = True
    """Whether bars that have no room are gathered as others; else they are left out of the drawing."""
    sides: bool = False
    """Whether the two series stand to the left and the right, what both have in full colour."""
    most: tuple[Decimal, ...] = ()
    """How much each bar could be at most, where that is known."""
    unknown: frozenset[str] = frozenset()
    """Keys of bars whose figure nobody knows: a screen shows that they are left out, paper leaves them out."""

    @property
    def categories(self) -> tuple[str, ...]:
        """The bars' names, short."""
        return tuple(mark.label for mark in self.marks)

    @property
    def colours(self) -> tuple[str, ...]:
        """One colour for each bar, where the colour is the bar's and not the series'; else none."""
        return tuple(mark.colour for mark in self.marks) if any(mark.colour for mark in self.marks) else ()

    @property
    def stacked(self) -> bool:
        """Whether a bar is made of several pieces."""
        return len(self.series) > 1

    @property
    def has_key(self) -> bool:
        """Whether colours tell the pieces of a bar apart, so that a key has to name them."""
        return self.stacked and not self.colours

    @property
    def wholes(self) -> list[Decimal]:
        """The sum of each bar."""
        return [self.whole(place) for place in range(len(self.marks))]

    @property
    def spans(self) -> list[tuple[Decimal, Decimal]]:
        """How far each bar reaches below and above zero."""
        return [self.span(place) for place in range(len(self.marks))]

    def whole(self, place: int) -> Decimal:
        """The sum of one bar."""
        return sum((one.values[place] for one in self.series), NOTHING)

    def span(self, place: int) -> tuple[Decimal, Decimal]:
        """How far one bar reaches below and above zero."""
        values = [one.values[place] for one in self.series]
        below, above = (value for value in values if value < 0), (value for value in values if value > 0)
        return sum(below, NOTHING), sum(above, NOTHING)

    def say(self, amount: Decimal) -> str:
        """One amount as its label says it."""
        return pounds(amount) if self.kind is Kind.POUNDS else say_cell(amount, self.kind, short=True)

    def label(self, place: int) -> str:
        """What stands at the end of one bar: its amount, or that nobody knows it."""
        is_known = self.marks[place].key not in self.unknown
        return self.say(self.whole(place)) if is_known else "not known"

    def known(self) -> "Bars":
        """The same without bars whose figure nobody knows."""
        if not self.unknown:
            return self
        kept = [place for place, mark in enumerate(self.marks) if mark.key not in self.unknown]
        series = tuple(replace(one, values=tuple(one.values[at] for at in kept)) for one in self.series)
        most = tuple(self.most[at] for at in kept) if self.most else ()
        marks = tuple(self.marks[at] for at in kept)
        return replace(self, marks=marks, series=series, most=most, unknown=frozenset())

    def folded(self, most: int, pieces: int = 0) -> "Bars":
        """The same with at most so many bars, and so many series where `pieces` says so; the rest as others."""
        figure = self if len(self.marks) <= most else self._fewer(most)
        return figure._few_pieces(pieces) if pieces else figure

    def _fewer(self, most: int) -> "Bars":
        if not self.gathers:
            series = tuple(replace(one, values=one.values[:most]) for one in self.series)
            return replace(self, marks=self.marks[:most], series=series, most=self.most[:most])
        rest = others(self.marks[most - 1 :], OTHERS_COLOUR if self.colours else "")
        series = tuple(
            replace(one, values=(*one.values[: most - 1], sum(one.values[most - 1 :], NOTHING)))
            for one in self.series
        )
        return replace(self, marks=(*self.marks[: most - 1], rest), series=series)

    def _few_pieces(self, most: int) -> "Bars":
        """The series with most in them, and the others as one: surely known and in doubt each by itself."""
        used = [one for one in self.series if any(one.values)] or list(self.series[:1])
        if len(used) <= most:
            return replace(self, series=tuple(used))
        rest = sorted(used, key=lambda one: -sum(map(abs, one.values)))[most - 1 :]
        by_doubt: dict[Doubt | None, list[Series]] = {}
        for one in rest:
            by_doubt.setdefault(one.doubt, []).append(one)
        kept = (one for one in used if one not in rest)
        return replace(self, series=(*kept, *map(_added, by_doubt.values())))

    def table(self) -> Table:
        """Every piece of every bar, the sum of each bar, and the sum of all where they add up."""
        heads = [Column(one.name, self.kind) for one in self.series]
        if self.stacked:
            heads.append(Column("Total", self.kind))
        rows: list[tuple[Value, ...]] = []
        for place, name in enumerate(self.categories):
            values: list[Value] = [one.values[place] for one in self.series]
            rows.append((name, *values, *([self.whole(place)] if self.stacked else [])))
        if not self.summed:
            return Table(self.of, (Column(self.of), *heads), tuple(rows))
        sums: list[Value] = [sum(one.values, NOTHING) for one in self.series]
        if self.stacked:
            sums.append(sum((sum(one.values, NOTHING) for one in self.series), NOTHING))
        return Table(self.of, (Column(self.of), *heads), (*rows, ("Total", *sums)), totals=1)


def _added(series: Sequence[Series]) -> Series:
    """Several series as one of others; one alone as it is."""
    if len(series) == 1:
        return series[0]
    doubt = series[0].doubt
    values = tuple(sum(column, NOTHING) for column in zip(*(one.values for one in series), strict=True))
    words = ", estimated" if doubt is Doubt.ESTIMATED else ""
    return Series(f"{len(series)} others{words}", OTHERS_COLOUR, values, doubt)


@dataclass(frozen=True, slots=True)
class Step:
    """One bar of a waterfall: a level that it stands at, or a change from the bar before; pounds."""

    name: str
    amount: Decimal
    level: bool = False
    colour: str = ""
    note: str = ""
    """How it comes about, in a few words."""
    short: str = ""

    @property
    def label(self) -> str:
        """The name where there is little room."""
        return self.short or self.name


@dataclass(frozen=True, slots=True)
class Waterfall:
    """From one level to another by steps that add up: each level is what the steps before it make.

    The steps between the first level and the last are given with the largest first.
    """

    steps: tuple[Step, ...]
    rest: str = ""
    """What steps that are told together are called, 'smaller differences'; empty for 'others'."""

    def bottoms(self) -> tuple[tuple[Decimal, Decimal], ...]:
        """Where each bar begins and ends, pounds."""
        at, spans = NOTHING, []
        for step in self.steps:
            start = NOTHING if step.level else at
            at = start + step.amount
            spans.append((start, at))
        return tuple(spans)

    def folded(self, most: int) -> "Waterfall":
        """The same with at most so many changes; the smaller ones, and those too small to see, as one."""
        levels = [step for step in self.steps if step.level]
        changes = [step for step in self.steps if not step.level]
        least = max((abs(step.amount) for step in levels), default=NOTHING) * TELLING
        telling = [step for step in changes if abs(step.amount) >= least]
        if len(telling) == len(changes) <= most:
            return self
        kept = telling[: most - 1]
        rest = changes[len(kept) :]
        if len(rest) == 1:
            return self
        return replace(self, steps=(levels[0], *kept, self._together(rest), *levels[1:]))

    def _together(self, steps: Sequence[Step]) -> Step:
        """Several steps as one."""
        amount = sum((step.amount for step in steps), NOTHING)
        name = f"{opened(number(len(steps)))} {self.rest}" if self.rest else f"{len(steps)} others"
        return Step(name, amount, colour=steps[0].colour, note=", ".join(step.name for step in steps))

    def table(self) -> Table:
        """Every step and what it comes to."""
        rows = tuple(
            (step.label, None if step.level else step.amount, end)
            for step, (_, end) in zip(self.steps, self.bottoms(), strict=True)
        )
        heads = (Column("Step"), Column("Change", Kind.POUNDS), Column("Comes to", Kind.POUNDS))
        return Table("Step by step", heads, rows)


Cells = tuple[tuple[Decimal | None, ...], ...]
Ways = tuple[tuple[Way | None, ...], ...]


@dataclass(frozen=True, slots=True)
class HeatMap:
    """Two ways of dividing the same money, shaded by amount, with the sums of both where they add up."""

    down: str
    across: str
    rows: tuple[Mark, ...]
    columns: tuple[Mark, ...]
    values: Cells
    kind: Kind = Kind.POUNDS
    """What the cells count."""
    summed: bool = True
    """Whether rows and columns add up; shares and pounds in common do not."""
    ways: Ways = ()
    """The way down of each cell; empty where there is none."""
    shares: str = ""
    """'row', 'column' or 'total' where the pounds are to be said as shares of it."""
    margins: tuple[tuple[Decimal | None, ...], tuple[Decimal | None, ...], Decimal | None] | None = None
    """What stands at the end of each row, of each column and of both, where that is not their sum."""

    def row_total(self, row: int) -> Decimal | None:
        """What stands at the end of one row: its sum, unless margins say otherwise."""
        return self.margins[0][row] if self.margins else _sum_known(self.values[row]) or NOTHING

    def column_total(self, column: int) -> Decimal | None:
        """What stands at the end of one column."""
        return self.margins[1][column] if self.margins else self._down(column)

    def total(self) -> Decimal | None:
        """What stands at the end of both."""
        return self.margins[2] if self.margins else sum((self._down(at) for at in self._places()), NOTHING)

    @property
    def has_margins(self) -> bool:
        """Whether rows and columns end in something."""
        return self.summed or self.margins is not None

    def _places(self) -> range:
        return range(len(self.columns))

    def _down(self, column: int) -> Decimal:
        return sum((row[column] or NOTHING for row in self.values), NOTHING)

    def largest(self) -> Decimal:
        """The largest cell, which the shades are measured by."""
        return max((value or NOTHING for row in self.values for value in row), default=NOTHING)

    def folded(self, rows: int, columns: int) -> "HeatMap":
        """The same with at most so many rows and columns: the largest in their order, the rest as others.

        Where cells do not add up, the first are kept and the rest is left out. Shares are worked out last.
        """
        figure = self._turned()._fewer_rows(columns)._turned()
        return figure._fewer_rows(rows)._as_shares()

    def _as_shares(self) -> "HeatMap":
        """Pounds as shares of their row, their column or the whole, with what each end comes to."""
        if not self.shares:
            return self
        rows = [_of(self.row_total(row)) for row in range(len(self.rows))]
        columns = [_of(self.column_total(column)) for column in self._places()]
        whole = _of(self.total())

        def share(value: Decimal | None, row: Decimal, column: Decimal) -> Decimal | None:
            divisor = {"row": row, "column": column}.get(self.shares, whole)
            return None if value is None or not divisor else value / divisor

        values = tuple(
            tuple(share(value, rows[row], columns[column]) for column, value in enumerate(held))
            for row, held in enumerate(self.values)
        )
        margins = (
            tuple(share(value, value, whole) for value in rows),
            tuple(share(value, whole, value) for value in columns),
            share(whole, whole, whole),
        )
        return replace(self, values=values, kind=Kind.SHARE, summed=False, margins=margins, shares="")

    def _fewer_rows(self, most: int) -> "HeatMap":
        if len(self.rows) <= most:
            return self
        if not self.summed:
            return self._first_rows(most)
        kept, rest = self._largest_rows(most - 1)
        columns = zip(*(self.values[at] for at in rest), strict=True)
        ways = (*(self.ways[at] for at in kept), (None,) * len(self.columns)) if self.ways else ()
        return replace(
            self,
            rows=(*(self.rows[at] for at in kept), others([self.rows[at] for at in rest])),
            values=(*(self.values[at] for at in kept), tuple(map(_sum_known, columns))),
            ways=ways,
        )

    def _first_rows(self, most: int) -> "HeatMap":
        margins = self.margins and (self.margins[0][:most], *self.margins[1:])
        rows, values, ways = self.rows[:most], self.values[:most], self.ways[:most]
        return replace(self, rows=rows, values=values, ways=ways, margins=margins)

    def _largest_rows(self, most: int) -> tuple[list[int], list[int]]:
        """The places of the rows with most in them, and of the rest, each in their order.

        What was gathered before is never kept: it is gathered again.
        """
        sizes = [sum(map(_size, row)) for row in self.values]
        ordered = sorted(
            range(len(self.rows)), key=lambda place: (self.rows[place].key == OTHERS, -sizes[place], place)
        )
        return sorted(ordered[:most]), sorted(ordered[most:])

    def _turned(self) -> "HeatMap":
        """Rows and columns in each other's place."""
        values = tuple(zip(*self.values, strict=True)) if self.values else ((),) * len(self.columns)
        ways = tuple(zip(*self.ways, strict=True)) if self.ways else ()
        margins = self.margins and (self.margins[1], self.margins[0], self.margins[2])
        return replace(self, rows=self.columns, columns=self.rows, values=values, ways=ways, margins=margins)

    def table(self, *, full: bool = False) -> Table:
        """Every cell, with what rows and columns end in where there is something; `full` names the rows so."""
        if self.shares:
            return self._as_shares().table(full=full)
        title = f"{self.down} by {in_sentence(self.across)}"
        own = tuple(Column(mark.label, self.kind) for mark in self.columns)
        names = [mark.name if full else mark.label for mark in self.rows]
        if not self.has_margins:
            rows = tuple((name, *self.values[place]) for place, name in enumerate(names))
            return Table(title, (Column(self.down), *own), rows)
        body = tuple((name, *self.values[place], self.row_total(place)) for place, name in enumerate(names))
        sums = tuple(self.column_total(place) for place in self._places())
        heads = (Column(self.down), *own, Column("Total", self.kind))
        return Table(title, heads, (*body, ("Total", *sums, self.total())), totals=1)

    def unrolled(self) -> Table:
        """Every cell of its own row, the largest first, with their sum."""
        cells = [
            (value, row, column)
            for row, held in zip(self.rows, self.values, strict=True)
            for column, value in zip(self.columns, held, strict=True)
            if value is not None
        ]
        cells.sort(key=lambda cell: (-cell[0], cell[1].key, cell[2].key))
        rows = ((row.name, column.name, value) for value, row, column in cells)
        heads = (Column(self.down), Column(self.across), Column("Amount", self.kind))
        return Table(self.table().title, heads, (*rows, ("Total", "", self.total())), totals=1)


SHARES = ("row", "column", "total")
"""What the cells of a heat map may be said as shares of."""


def _of(amount: Decimal | None) -> Decimal:
    return NOTHING if amount is None else amount


def _size(amount: Decimal | None) -> Decimal:
    return abs(_of(amount))


def _sum_known(values: Iterable[Decimal | None]) -> Decimal | None:
    """The sum of what is known; None where nothing is."""
    known = [value for value in values if value is not None]
    return sum(known, NOTHING) if known else None


@dataclass(frozen=True, slots=True)
class Box:
    """What is drawn as large as its pounds, which are above zero, and what it stands for.

    `net` is what it comes to where net income inside it cannot be drawn: the figure that every other page
    has, and so the one that it states.
    """

    mark: Mark
    amount: Decimal
    net: Decimal | None = field(default=None, kw_only=True)

    @property
    def stated(self) -> Decimal:
        """The pounds that are written on it."""
        return self.amount if self.net is None else self.net

    @property
    def key(self) -> str:
        """The key of what it stands for."""
        return self.mark.key

    @property
    def name(self) -> str:
        """Its name, short."""
        return self.mark.label

    @property
    def colour(self) -> str:
        """Its colour."""
        return self.mark.colour


@dataclass(frozen=True, slots=True)
class Tile(Box):
    """One box of a treemap and the boxes inside it; `amount` is its area."""

    tiles: tuple["Tile", ...] = ()
    doubt: Doubt | None = None


@dataclass(frozen=True, slots=True)
class Treemap:
    """Boxes whose areas are pounds. What is zero or below cannot be drawn, and is listed apart."""

    of: str
    inside: str
    tiles: tuple[Tile, ...]
    below: tuple[tuple[str, str, Decimal], ...] = ()

    def folded(self, *, most: int = 0, least: Decimal = NOTHING) -> "Treemap":
        """The same with at most so many boxes in a box, or none below so much; the rest of a box as others."""
        return replace(self, tiles=tuple(_few_tiles(tile, most, least) for tile in self.tiles))

    def table(self) -> Table:
        """Every box inside every box, what could not be drawn, and the sum."""
        rows: list[tuple[Value, ...]] = []
        for tile in self.tiles:
            rows += [(tile.name, part.name, part.amount) for part in tile.tiles or (tile,)]
        rows += list(self.below)
        whole = sum((row[2] for row in rows if isinstance(row[2], Decimal)), NOTHING)
        heads = (Column(self.of), Column(self.inside), Column("Amount", Kind.POUNDS))
        return Table(
            f"{self.of} and {in_sentence(self.inside)}", heads, (*rows, ("Total", "", whole)), totals=1
        )


def _few_tiles(tile: Tile, most: int, least: Decimal) -> Tile:
    small = [part for part in tile.tiles if part.amount < least]
    if most and len(tile.tiles) > most:
        small = list(tile.tiles[most - 1 :])
    if len(small) < 2:
        return tile
    whole = sum((part.amount for part in small), NOTHING)
    kept = tuple(part for part in tile.tiles if part not in small)
    return replace(tile, tiles=(*kept, Tile(others([part.mark for part in small], tile.colour), whole)))


@dataclass(frozen=True, slots=True)
class Stop(Box):
    """One box of a flow's column, the pounds through it, and the names gathered in it."""

    holds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Flow:
    """Pounds from one stop to one in the next column."""

    source: str
    target: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Sankey:
    """Columns of stops and what flows between neighbours, never below zero."""

    heads: tuple[str, ...]
    columns: tuple[tuple[Stop, ...], ...]
    flows: tuple[tuple[Flow, ...], ...]
    """One for each gap between columns."""
    below: tuple[tuple[str, str, Decimal], ...] = ()

    def folded(self, most: int) -> "Sankey":
        """The same with at most so many stops in a column: the largest in their order, the rest as others.

        Money whose stream nobody knows, or that has no theme, keeps a stop of its own.
        """
        drawn_as = [_drawn_as(column, most) for column in self.columns]
        columns = tuple(
            _gathered_stops(column, names) for column, names in zip(self.columns, drawn_as, strict=True)
        )
        flows = tuple(
            _gathered_flows(gap, drawn_as[place], drawn_as[place + 1]) for place, gap in enumerate(self.flows)
        )
        return replace(self, columns=columns, flows=flows)

    def table(self) -> Table:
        """Every flow, column by column, and what is below zero and could not be drawn."""
        names = [{stop.key: stop.name for stop in column} for column in self.columns]
        rows: list[tuple[Value, ...]] = []
        for gap, flows in enumerate(self.flows):
            kind = f"{self.heads[gap]} to {self.heads[gap + 1].lower()}"
            rows += [
                (kind, names[gap][flow.source], names[gap + 1][flow.target], flow.amount) for flow in flows
            ]
        rows += [("Net income, not drawn", *one) for one in self.below]
        heads = (Column("Between"), Column("From"), Column("To"), Column("Amount", Kind.POUNDS))
        return Table("Where the money comes from and goes", heads, tuple(rows))


def _drawn_as(column: Sequence[Stop], most: int) -> dict[str, str]:
    """Each stop's key to that of the stop it is drawn as: its own, or the others'."""
    if len(column) <= most:
        return {stop.key: stop.key for stop in column}
    special = [stop.key for stop in column if stop.key in (*BESIDE_BOARDS, NOT_KNOWN)]
    usual = sorted(
        (stop for stop in column if stop.key not in special), key=lambda stop: (-stop.amount, stop.key)
    )
    kept = {*(stop.key for stop in usual[: most - 1 - len(special)]), *special}
    return {stop.key: stop.key if stop.key in kept else OTHERS for stop in column}


def _gathered_stops(column: Sequence[Stop], drawn_as: Mapping[str, str]) -> tuple[Stop, ...]:
    rest = [stop for stop in column if drawn_as[stop.key] == OTHERS]
    kept = tuple(stop for stop in column if drawn_as[stop.key] != OTHERS)
    if not rest:
        return kept
    whole = sum((stop.amount for stop in rest), NOTHING)
    names = tuple(stop.name for stop in rest)
    return (*kept, Stop(others([stop.mark for stop in rest]), whole, names))


def _gathered_flows(
    flows: Sequence[Flow], sources: Mapping[str, str], targets: Mapping[str, str]
) -> tuple[Flow, ...]:
    sums: dict[tuple[str, str], Decimal] = {}
    for flow in flows:
        pair = (sources[flow.source], targets[flow.target])
        sums[pair] = sums.get(pair, NOTHING) + flow.amount
    return tuple(Flow(source, target, amount) for (source, target), amount in sorted(sums.items()))


@dataclass(frozen=True, slots=True)
class Dot:
    """One dot: what it stands for, pounds as its size, how far across it stands, and on which lane."""

    mark: Mark
    amount: Decimal
    across: Decimal
    """Between zero and 100."""
    lane: int
    filled: Decimal | None = None
    """How full it is, from zero to one; None for hollow: not known."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Dots:
    """Dots on lanes, the highest lane at the top: further right for more of one thing, larger for pounds."""

    of: str
    counts: str
    """What the pounds are."""
    dots: tuple[Dot, ...]
    lanes: Mapping[int, str]
    rules: tuple[tuple[Decimal, str], ...] = ()
    """Places across that mean something, each with what it means."""
    meanings: Mapping[str, str] = field(default_factory=dict)
    """What each colour means."""
    hollow: str = ""
    """What a hollow dot means."""

    def bars(self) -> Bars:
        """The same as plain bars of pounds, for where there is no room for more."""
        drawn = [dot for dot in self.dots if dot.amount > 0]
        values = tuple(dot.amount for dot in drawn)
        marks = tuple(replace(dot.mark, colour="") for dot in drawn)
        return Bars(self.of, marks, (Series(self.counts, TEAL, values),), gathers=False)

    def table(self) -> Table:
        """Every dot with its pounds."""
        return self.bars().table()


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a line: what it is, when, its figure, colour and sign."""

    name: str
    when: str
    value: Decimal
    colour: str
    sign: str
    """'ring', 'disc', 'diamond' or 'stroke'."""


@dataclass(frozen=True, slots=True)
class Points:
    """Figures of one kind on one line: where something began, is, is forecast to be and should be."""

    unit: str
    points: tuple[Point, ...]

    def bars(self) -> Bars:
        """The same as bars, for where there is no room for more."""
        marks = tuple(
            Mark(point.name, f"{opened(point.name)}, {point.when}", point.colour) for point in self.points
        )
        values = tuple(point.value for point in self.points)
        return Bars("Point", marks, (Series(self.unit, NAVY, values),), Kind.NUMBER, summed=False)

    def table(self) -> Table:
        """Every point with its figure."""
        return self.bars().table()


@dataclass(frozen=True, slots=True)
class InYear:
    """One year of a series: its figure, or why there is none, and why it is not made like the year before."""

    year: str
    value: Decimal | None
    missing: str = ""
    breaks: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Years:
    """One figure a year, the earliest first, those without one as gaps, with marks where the series breaks."""

    name: str
    """What the figures are of: 'Roads, prices of 2024-25'."""
    years: tuple[InYear, ...]
    colour: str = NAVY
    way: Way | None = None

    @property
    def known(self) -> tuple[InYear, ...]:
        """The years that have a figure."""
        return tuple(year for year in self.years if year.value is not None)

    def bars(self, most: int = 0) -> Bars:
        """The years with a figure as bars, or the last of them; a break is said beside its year."""
        shown = self.known[-most:] if most else self.known
        marks = tuple(
            Mark(
                one.year, one.year, self.colour, note="not counted like the year before" if one.breaks else ""
            )
            for one in shown
        )
        values = tuple(one.value for one in shown if one.value is not None)
        return Bars("Year", marks, (Series(self.name, self.colour, values),), summed=False, gathers=False)

    def table(self) -> Table:
        """Every year with its figure, or with why it has none."""
        return self.bars().table()


Ring = tuple[tuple[float, float], ...]
"""The points of an outline, degrees of longitude and latitude."""


@dataclass(frozen=True, slots=True)
class Shape:
    """One area of a map: what it stands for, its outlines, and its figure; None where there is none."""

    mark: Mark
    rings: tuple[Ring, ...]
    value: Decimal | None
    note: str = ""
    labelled: bool = True
    """Whether its name stands on it: one of several shapes that stand for one area alone carries it."""


@dataclass(frozen=True, slots=True)
class AreaMap:
    """Areas in their outlines, the darker the more; what has no figure is only drawn as ground."""

    of: str
    """What a shape is: 'Ward'."""
    counts: str
    """What the figures are: 'Pounds for each resident'."""
    shapes: tuple[Shape, ...]
    kind: Kind = Kind.POUNDS

    def say(self, value: Decimal) -> str:
        """One figure as its label says it."""
        return (
            f"£{value:,.0f}"
            if self.kind is Kind.POUNDS and value < 100_000
            else say_cell(value, self.kind, short=True)
        )

    def span(self) -> tuple[Decimal, Decimal]:
        """The least and the most of the figures."""
        known = [shape.value for shape in self.shapes if shape.value is not None]
        return min(known, default=NOTHING), max(known, default=NOTHING)

    def bars(self) -> Bars:
        """The same as bars, the most first, for where there is no room for a map."""
        named = [shape for shape in self.shapes if shape.value is not None and shape.labelled]
        named.sort(key=lambda shape: -(shape.value or NOTHING))
        marks = tuple(replace(shape.mark, colour="") for shape in named)
        values = tuple(shape.value or NOTHING for shape in named)
        series = (Series(self.counts, NAVY, values),)
        return Bars(self.of, marks, series, self.kind, summed=False, gathers=False)

    def table(self) -> Table:
        """Every area with its figure."""
        return self.bars().table()


Drawn = Bars | Waterfall | HeatMap | Treemap | Sankey | Table
"""What paper draws."""
Figure = Drawn | Dots | Points | Years | AreaMap


def in_words(figure: Figure, most: int = 6) -> str:
    """The figure's own numbers in a sentence or two: the body of its alternative text."""
    match figure:
        case Dots() | Points() | Years() | AreaMap():
            return in_words(figure.bars(), most)
        case Bars():
            return _bars_in_words(figure, most)
        case Waterfall():
            said = [f"{step.label} {pounds(step.amount)}" for step in figure.steps[: most + 2]]
            return f"Waterfall: {_and_more(said, len(figure.steps))}."
        case HeatMap():
            return _cells_in_words(figure, most)
        case Treemap():
            said = [f"{tile.name} {pounds(tile.amount)}" for tile in figure.tiles[:most]]
            return f"Boxes whose areas are pounds: {_and_more(said, len(figure.tiles))}."
        case Sankey():
            return _flows_in_words(figure)
    return f"Table of {len(figure.rows)} rows: {', '.join(column.name for column in figure.columns)}."


def _bars_in_words(figure: Bars, most: int) -> str:
    names = figure.categories[:most]
    said = [f"{name} {figure.label(place)}" for place, name in enumerate(names)]
    kind = "Stacked bars" if figure.stacked else "Bars"
    return f"{kind} by {figure.of.lower()}: {_and_more(said, len(figure.marks))}."


def _cells_in_words(figure: HeatMap, most: int) -> str:
    rows = f"Table of {figure.down.lower()} by {figure.across.lower()}, shaded by amount"
    if not figure.summed:
        return f"{rows}: {len(figure.rows)} by {len(figure.columns)}."
    said = [
        f"{mark.label} {pounds(_of(figure.row_total(place)))}"
        for place, mark in enumerate(figure.rows[:most])
    ]
    return f"{rows}. Totals: {_and_more(said, len(figure.rows))}."


def _flows_in_words(figure: Sankey) -> str:
    heads = ", ".join(head.lower() for head in figure.heads)
    largest = [
        f"{figure.heads[place].lower()} {column[0].name} {pounds(column[0].amount)}"
        for place, column in enumerate(figure.columns)
        if column
    ]
    return f"Flows of money through {heads}. The first of each: {'; '.join(largest)}."


def _and_more(said: Sequence[str], how_many: int) -> str:
    rest = how_many - len(said)
    return "; ".join(said) + (f"; and {rest} more" if rest > 0 else "")


def hatched(figure: Figure) -> str:
    """What the pattern stands for, where bars carry their own colours and no key is drawn; else empty.

    >>> estimated = Series("Estimated", "#12436D", (Decimal(1),), Doubt.ESTIMATED)
    >>> hatched(Bars("Body", (Mark("a", "a", "#12436D"),), (estimated,)))
    'Hatched: estimated'
    """
    if not isinstance(figure, Bars) or not figure.colours:
        return ""
    names = [one.name for one in figure.series if one.doubt and any(one.values)]
    lower = [f"{name[:1].lower()}{name[1:]}" for name in names]
    return f"Hatched: {'; '.join(lower)}" if names else ""


def doubts(figure: Figure) -> tuple[Doubt, ...]:
    """The patterns that a figure is drawn with, so that a key can say what each means."""
    used = _doubts_of(figure)
    return tuple(doubt for doubt in Doubt if doubt in used)


def _doubts_of(figure: Figure) -> set[Doubt | None]:
    if isinstance(figure, Bars):
        left_out = {Doubt.LEFT_OUT} if figure.unknown and figure.most else set()
        return {one.doubt for one in figure.series if any(one.values)} | left_out
    if isinstance(figure, Treemap):
        return {part.doubt for tile in figure.tiles for part in tile.tiles}
    return set()
