"""One plain description of each kind of figure, from which slide, PDF, picture and workbook are all made.

A figure holds exact pounds and names; it knows nothing of slides or pages. `table` gives every number in it,
so that what is drawn and what is written down can never differ.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from budget_model.money import NOTHING, exact_pounds, pounds

OTHERS_COLOUR = "#AEB7C0"
UNMAPPED_COLOUR = "#8A949E"
LEAST_SHARE = Decimal("0.005")
"""A share below this is said to be under one per cent."""

Value = str | int | Decimal | None
"""What one cell of a table holds: words, a count, an amount, or nothing known."""


class ColumnKind(StrEnum):
    """How the cells of a column are written."""

    WORDS = "words"
    POUNDS = "pounds"
    COUNT = "count"
    SHARE = "share"
    NUMBER = "number"
    TIMES = "times"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table."""

    name: str
    kind: ColumnKind = ColumnKind.WORDS


@dataclass(frozen=True, slots=True)
class Table:
    """Rows and columns of words and pounds; as a figure of its own, or as what stands behind one.

    The last `totals` rows are sums of those above.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    totals: int = 0

    def table(self) -> "Table":
        """Itself."""
        return self


@dataclass(frozen=True, slots=True)
class Series:
    """What one body, theme or kind of money has in each category, pounds; its colour is its own.

    `doubtful` marks estimated money, which is drawn with a pattern as well as a colour.
    """

    name: str
    colour: str
    values: tuple[Decimal, ...]
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Bars:
    """Lying bars, the largest at the top, in one piece or stacked. Categories may have their own colours."""

    of: str
    """What a category is: 'Organisation'."""
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    colours: tuple[str, ...] = ()
    """One for each category, where the colour is the category's and not the series'."""
    kind: ColumnKind = ColumnKind.POUNDS
    """What the bars count."""
    level: bool = False
    """Whether every bar is drawn as one whole, its pieces as parts of it; no piece is then below nought."""
    summed: bool = True
    """Whether the bars add up to something; those that share pounds do not."""

    @property
    def stacked(self) -> bool:
        """Whether a bar is made of several pieces."""
        return len(self.series) > 1

    def whole(self, place: int) -> Decimal:
        """The sum of one bar."""
        return sum((one.values[place] for one in self.series), NOTHING)

    def say(self, amount: Decimal) -> str:
        """One amount as its label says it."""
        return (
            say_cell(amount, self.kind, short=True) if self.kind is not ColumnKind.POUNDS else pounds(amount)
        )

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
            return Table((Column(self.of), *heads), tuple(rows))
        sums: list[Value] = [sum(one.values, NOTHING) for one in self.series]
        if self.stacked:
            sums.append(sum((sum(one.values, NOTHING) for one in self.series), NOTHING))
        return Table((Column(self.of), *heads), (*rows, ("Total", *sums)), totals=1)


@dataclass(frozen=True, slots=True)
class Step:
    """One bar of a waterfall: a level that it stands at, or a change from the bar before; pounds."""

    name: str
    amount: Decimal
    level: bool = False
    colour: str = ""


@dataclass(frozen=True, slots=True)
class Waterfall:
    """From one level to another by steps that add up: each level is what the steps before it make."""

    steps: tuple[Step, ...]

    def bottoms(self) -> tuple[tuple[Decimal, Decimal], ...]:
        """Where each bar begins and ends, pounds."""
        at, spans = NOTHING, []
        for step in self.steps:
            start = NOTHING if step.level else at
            at = start + step.amount
            spans.append((start, at))
        return tuple(spans)

    def adds_up(self) -> bool:
        """Whether every level is what the steps before it come to."""
        at = self.steps[0].amount if self.steps else NOTHING
        for step in self.steps[1:]:
            if step.level and step.amount != at:
                return False
            at = step.amount if step.level else at + step.amount
        return True

    def table(self) -> Table:
        """Every step and what it comes to."""
        rows = tuple(
            (step.name, None if step.level else step.amount, end)
            for step, (_, end) in zip(self.steps, self.bottoms(), strict=True)
        )
        return Table(
            (Column("Step"), Column("Change", ColumnKind.POUNDS), Column("Comes to", ColumnKind.POUNDS)), rows
        )


@dataclass(frozen=True, slots=True)
class HeatMap:
    """Two ways of dividing the same money, shaded by amount, with the sums of both; pounds."""

    down: str
    across: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    values: tuple[tuple[Decimal | None, ...], ...]
    kind: ColumnKind = ColumnKind.POUNDS
    """What the cells count."""
    summed: bool = True
    """Whether rows and columns add up; shares and pounds in common do not."""

    def row_total(self, row: int) -> Decimal:
        """The sum of one row."""
        return sum((value for value in self.values[row] if value is not None), NOTHING)

    def column_total(self, column: int) -> Decimal:
        """The sum of one column."""
        return sum((row[column] or NOTHING for row in self.values), NOTHING)

    def table(self) -> Table:
        """Every cell, with the sums where there are any."""
        if not self.summed:
            own = tuple(Column(name, self.kind) for name in self.columns)
            rows = tuple((name, *self.values[place]) for place, name in enumerate(self.rows))
            return Table((Column(self.down), *own), rows)
        heads = tuple(Column(name, self.kind) for name in (*self.columns, "Total"))
        body = tuple(
            (name, *self.values[place], self.row_total(place)) for place, name in enumerate(self.rows)
        )
        sums = [self.column_total(place) for place in range(len(self.columns))]
        return Table((Column(self.down), *heads), (*body, ("Total", *sums, sum(sums, NOTHING))), totals=1)


@dataclass(frozen=True, slots=True)
class Tile:
    """One box of a treemap: its name, pounds above nought, colour and the boxes inside it."""

    name: str
    amount: Decimal
    colour: str
    tiles: tuple["Tile", ...] = ()


@dataclass(frozen=True, slots=True)
class Treemap:
    """Boxes whose areas are pounds. What is nought or below cannot be drawn, and is listed apart."""

    of: str
    inside: str
    tiles: tuple[Tile, ...]
    below: tuple[tuple[str, str, Decimal], ...] = ()

    def table(self) -> Table:
        """Every box inside every box, what could not be drawn, and the sum."""
        rows: list[tuple[Value, ...]] = []
        for tile in self.tiles:
            rows += [(tile.name, part.name, part.amount) for part in tile.tiles or (tile,)]
        rows += list(self.below)
        whole = sum((row[2] for row in rows if isinstance(row[2], Decimal)), NOTHING)
        heads = (Column(self.of), Column(self.inside), Column("Amount", ColumnKind.POUNDS))
        return Table(heads, (*rows, ("Total", "", whole)), totals=1)


@dataclass(frozen=True, slots=True)
class Stop:
    """One box of a Sankey column: its name, colour and pounds through it."""

    key: str
    name: str
    colour: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Flow:
    """Pounds from one stop to one in the next column."""

    source: str
    target: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Sankey:
    """Columns of stops and what flows between neighbours, never below nought."""

    heads: tuple[str, ...]
    columns: tuple[tuple[Stop, ...], ...]
    flows: tuple[tuple[Flow, ...], ...]
    """One for each gap between columns."""
    below: tuple[tuple[str, str, Decimal], ...] = ()

    def table(self) -> Table:
        """Every flow, column by column, and what is below nought and could not be drawn."""
        names = [{stop.key: stop.name for stop in column} for column in self.columns]
        rows: list[tuple[Value, ...]] = []
        for gap, flows in enumerate(self.flows):
            kind = f"{self.heads[gap]} to {self.heads[gap + 1].lower()}"
            rows += [
                (kind, names[gap][flow.source], names[gap + 1][flow.target], flow.amount) for flow in flows
            ]
        rows += [("Below nought, not drawn", *one) for one in self.below]
        heads = (Column("Between"), Column("From"), Column("To"), Column("Amount", ColumnKind.POUNDS))
        return Table(heads, tuple(rows))


Figure = Bars | Waterfall | HeatMap | Treemap | Sankey | Table


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One figure with everything that has to be said beside it: what a slide, a page or a picture shows."""

    finding: str
    figure: Figure
    why: str
    """How the finding comes about, in one sentence: its range or its reason."""
    unit: str
    """'£, net, 2016-17, cash prices'."""
    source: str
    alt: str
    """The figure in words, for those who cannot see it."""
    appendix: Table | None = None
    """Every row, where the figure gathers some of them as others."""

    def titled(self, finding: str) -> "Exhibit":
        """The same figure under another sentence."""
        return replace(self, finding=finding)


def gather(
    parts: Sequence[tuple[str, str, Decimal]], most: int
) -> tuple[tuple[tuple[str, str, Decimal], ...], int]:
    """The first parts as they are, and the rest as one called 'n others'; how many are in it.

    >>> rows, others = gather([("a", "", Decimal(3)), ("b", "", Decimal(2)), ("c", "", Decimal(1))], 2)
    >>> [name for name, _, _ in rows], others
    (['a', '2 others'], 2)
    """
    if len(parts) <= most:
        return tuple(parts), 0
    kept, rest = parts[: most - 1], parts[most - 1 :]
    whole = sum((amount for _, _, amount in rest), NOTHING)
    return (*kept, (f"{len(rest)} others", OTHERS_COLOUR, whole)), len(rest)


def say_cell(value: Value, kind: ColumnKind, *, short: bool = False) -> str:
    """One cell as a reader sees it, to the pound; nothing known is an empty cell, negatives in brackets.

    >>> say_cell(Decimal("-4210000"), ColumnKind.POUNDS, short=True), say_cell(None, ColumnKind.POUNDS)
    ('(£4.2m)', '')
    >>> say_cell(Decimal("-1250.50"), ColumnKind.POUNDS)
    '(£1,250)'
    >>> [say_cell(Decimal("0.004"), kind) for kind in (ColumnKind.SHARE, ColumnKind.NUMBER, ColumnKind.TIMES)]
    ['<1%', '0.004', '0.0×']
    """
    if value is None:
        return ""
    if isinstance(value, Decimal) and kind is ColumnKind.SHARE:
        return "<1%" if 0 < value < LEAST_SHARE else f"{value * 100:.0f}%"
    if isinstance(value, Decimal) and kind is ColumnKind.TIMES:
        return f"{value:.1f}×"
    if isinstance(value, Decimal) and kind is ColumnKind.NUMBER:
        return f"{value.normalize():,f}"
    if kind is ColumnKind.POUNDS and isinstance(value, Decimal):
        if not short:
            return exact_pounds(value.quantize(Decimal(1))).replace(".00", "")
        return f"({pounds(abs(value))})" if value < 0 and pounds(value) != "£0" else pounds(value)
    if kind is ColumnKind.COUNT and isinstance(value, int):
        return f"{value:,}"
    return str(value)


def in_words(figure: Figure, most: int = 6) -> str:
    """The figure's own numbers in a sentence or two: the body of its alternative text."""
    if isinstance(figure, Bars):
        said = [
            f"{name} {figure.say(figure.whole(place))}" for place, name in enumerate(figure.categories[:most])
        ]
        kind = "Stacked bars" if figure.stacked else "Bars"
        return f"{kind} by {figure.of.lower()}: {_and_more(said, len(figure.categories))}."
    if isinstance(figure, Waterfall):
        said = [f"{step.name} {pounds(step.amount)}" for step in figure.steps[: most + 2]]
        return f"Waterfall: {_and_more(said, len(figure.steps))}."
    if isinstance(figure, HeatMap):
        rows = f"Table of {figure.down.lower()} by {figure.across.lower()}, shaded by amount"
        if not figure.summed:
            return f"{rows}: {len(figure.rows)} by {len(figure.columns)}."
        said = [f"{name} {pounds(figure.row_total(place))}" for place, name in enumerate(figure.rows[:most])]
        return f"{rows}. Totals: {_and_more(said, len(figure.rows))}."
    if isinstance(figure, Treemap):
        said = [f"{tile.name} {pounds(tile.amount)}" for tile in figure.tiles[:most]]
        return f"Boxes whose areas are pounds: {_and_more(said, len(figure.tiles))}."
    if isinstance(figure, Sankey):
        heads = ", ".join(head.lower() for head in figure.heads)
        largest = [
            f"{figure.heads[place].lower()} {column[0].name} {pounds(column[0].amount)}"
            for place, column in enumerate(figure.columns)
            if column
        ]
        return f"Flows of money through {heads}. The first of each: {'; '.join(largest)}."
    return f"Table of {len(figure.rows)} rows: {', '.join(column.name for column in figure.columns)}."


def hatched(figure: Bars) -> str:
    """What the pattern stands for, where bars carry their own colours and no key is drawn; else empty.

    >>> hatched(Bars("Body", ("a",), (Series("Estimated", "#12436D", (Decimal(1),), doubtful=True),), ("#12436D",)))
    'Hatched: estimated'
    """
    names = [one.name for one in figure.series if one.doubtful and any(one.values)]
    return f"Hatched: {names[0][:1].lower()}{names[0][1:]}" if names and figure.colours else ""


def _and_more(said: Sequence[str], how_many: int) -> str:
    rest = how_many - len(said)
    return "; ".join(said) + (f"; and {rest} more" if rest > 0 else "")


def shades(amount: Decimal, largest: Decimal) -> int:
    """The step of the ten-step sequence for an amount: 0 for nothing, 9 for the largest."""
    if largest <= 0 or amount <= 0:
        return 0
    depth: float = float(amount / largest) ** 0.6
    return min(9, max(1, round(depth * 9)))


SEQUENCE = (
    "#F6F8FA", "#DCE6EF", "#C3D4E3", "#A6BED4", "#87A7C4", "#678EB2", "#4A769F", "#305F8B", "#1D4F79",
    "#12436D",
)  # fmt: skip


def text_on(background: str) -> str:
    """White or ink, whichever reads better on a colour.

    >>> text_on("#12436D"), text_on("#DCE6EF")
    ('#FFFFFF', '#1D2733')
    """
    light = _luminance(background)
    return "#FFFFFF" if 1.05 / (light + 0.05) > (light + 0.05) / (_luminance("#1D2733") + 0.05) else "#1D2733"


def tint(colour: str, strength: float) -> str:
    """A colour thinned with white.

    >>> tint("#000000", 0.5)
    '#808080'
    """
    parts = [int(colour[place : place + 2], 16) for place in (1, 3, 5)]
    return "#" + "".join(f"{round(255 - (255 - part) * strength):02X}" for part in parts)


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def fixed_colour(given: str, key: str = "") -> str:
    """The colour that the place gives an organisation or theme; grey where it gives none.

    >>> fixed_colour("#12436D"), fixed_colour("navy"), fixed_colour("#12436D", "unmapped")
    ('#12436D', '#AEB7C0', '#8A949E')
    """
    if key in ("unmapped", "not known"):
        return UNMAPPED_COLOUR
    try:
        int(given.removeprefix("#"), 16)
    except ValueError:
        return OTHERS_COLOUR
    return given.upper() if len(given) == 7 and given.startswith("#") else OTHERS_COLOUR
