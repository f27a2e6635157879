"""Every kind of figure where there is little room: bars in a column, each with its name above it.

Words wrap and nothing lies on anything, however narrow the screen. The numbers are those of the same figure.
"""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from budget_model.exhibits.colours import NAVY, SEQUENCE, tint
from budget_model.exhibits.figures import (
    OTHERS,
    AreaMap,
    Bars,
    Dots,
    Doubt,
    Figure,
    HeatMap,
    InYear,
    Points,
    Sankey,
    Stop,
    Tile,
    Treemap,
    Waterfall,
    Years,
)
from budget_model.exhibits.tables import say_cell
from budget_model.money import NOTHING, pounds
from pages.shared.components import Group, Stretch, Strip
from pages.shared.drawn import bars

WIDEST: dict[type, int] = {
    Waterfall: 600,
    HeatMap: 820,
    Treemap: 820,
    Sankey: 820,
    Dots: 900,
    Points: 820,
    Years: 600,
    AreaMap: 600,
}
PATTERNS = {"/": "hatch", "x": "cross", ".": "dots"}
"""What each pattern of a drawn figure is called in the styles of the screen."""


def widest(figure: Figure, width: float) -> int:
    """Up to how many pixels of width a figure is shown in this form, where it is drawn for `width`."""
    if isinstance(figure, Bars):
        return 820 if figure.level and width > 600 else 600
    return WIDEST.get(type(figure), 0)


def _bars(figure: Bars) -> tuple[Group, ...]:
    if figure.level:
        return _wholes(figure)
    if figure.sides:
        return _sides(figure)
    return (Group("", "", _strips(bars.rows_of(figure, {})), first=24),)


def groups_of(figure: Figure) -> tuple[Group, ...]:
    """The bars of a figure; none for a table, which is its own picture."""
    match figure:
        case Bars():
            return _bars(figure)
        case Waterfall():
            rows = bars.rows_of_steps(figure)
            return (Group("", "", _strips(rows, float(bars.cut(figure))), first=24),)
        case Treemap():
            return tuple(_boxes(tile, _largest_box(figure)) for tile in figure.tiles)
        case HeatMap():
            return (_cells(figure),)
        case Sankey():
            return tuple(_column(figure, place) for place in range(len(figure.columns)))
        case Dots():
            return _lanes(figure)
        case Points() | AreaMap():
            return (Group("", "", _strips(bars.rows_of(figure.bars(), {}))),)
        case Years():
            return (_years(figure),)
    return ()


def _strips(rows: Sequence[bars.Row], start: float = 0.0) -> tuple[Strip, ...]:
    """Rows of the ledger as bars on one scale, which begins at `start` or below it."""
    ends = [end for row in rows for piece_ends in _ends(row) for end in piece_ends]
    low, high = start or min([0.0, *ends]), max([0.0, *ends])
    span = (high - low) or 1.0
    return tuple(
        Strip(row.name, row.label, _stretches(row, low, span), note=row.note, strong=row.strong)
        for row in rows
    )


def _ends(row: bars.Row) -> list[tuple[float, float]]:
    """Where each piece of a row begins and ends: those above zero to the right, those below to the left."""
    right = left = row.start
    ends = []
    for piece in row.pieces:
        if piece.amount >= 0:
            ends.append((right, right + piece.amount))
            right += piece.amount
        else:
            ends.append((left + piece.amount, left))
            left += piece.amount
    return ends


def _stretches(row: bars.Row, low: float, span: float) -> tuple[Stretch, ...]:
    return tuple(
        Stretch(
            (max(begins, low) - low) / span * 100,
            max(ends - max(begins, low), 0.0) / span * 100,
            piece.colour,
            PATTERNS.get(piece.pattern, ""),
        )
        for piece, (begins, ends) in zip(row.pieces, _ends(row), strict=True)
    )


def _wholes(figure: Bars) -> tuple[Group, ...]:
    """Each bar as one whole with its parts; what they are opens beneath it."""
    strips = []
    for place, mark in enumerate(figure.marks):
        whole = figure.whole(place)
        parts = [(one, one.values[place]) for one in figure.series if whole and one.values[place] > 0]
        stretches, at = [], NOTHING
        for one, value in parts:
            stretches.append(_stretch(value, whole, one.colour, one.doubt, at))
            at += value
        inside = tuple(
            Strip(one.name, figure.say(value), (_stretch(value, whole, one.colour, one.doubt),))
            for one, value in sorted(parts, key=lambda part: (part[0].name.endswith(" others"), -part[1]))
        )
        strips.append(Strip(mark.name, figure.say(whole), tuple(stretches), note=mark.note, inside=inside))
    return (Group("", "", tuple(strips)),)


def _stretch(
    amount: Decimal, whole: Decimal, colour: str, doubt: Doubt | None = None, at: Decimal = NOTHING
) -> Stretch:
    """One part of a whole, from where the part before it ends."""
    divisor = whole or Decimal(1)
    left, long = (float(part / divisor * 100) for part in (at, max(amount, NOTHING)))
    return Stretch(left, long, colour, "hatch" if doubt else "")


def _sides(figure: Bars) -> tuple[Group, ...]:
    """What two bodies spend on each service, one beneath the other; the common part in full colour."""
    largest = max((value for one in figure.series for value in one.values), default=NOTHING)
    groups = []
    for place, mark in enumerate(figure.marks):
        common = min(one.values[place] for one in figure.series)
        strips = tuple(
            Strip(
                one.name,
                figure.say(one.values[place]),
                (
                    _stretch(common, largest, one.colour),
                    _stretch(one.values[place] - common, largest, tint(one.colour, 0.28), at=common),
                ),
            )
            for one in figure.series
        )
        groups.append(Group(mark.name, "", strips))
    return tuple(groups)


def _largest_box(figure: Treemap) -> Decimal:
    boxes = (part.amount for tile in figure.tiles for part in tile.tiles or (tile,))
    return max(boxes, default=NOTHING)


def _boxes(tile: Tile, largest: Decimal) -> Group:
    strips = tuple(
        Strip(
            part.mark.name,
            pounds(part.stated),
            (_stretch(part.amount, largest, tile.colour, part.doubt),),
        )
        for part in tile.tiles or (tile,)
    )
    return Group(tile.mark.name, pounds(tile.stated), strips, first=4)


def _cells(figure: HeatMap) -> Group:
    """Each row as its total, or as its largest cell where cells do not add up; its cells open beneath it."""
    rows = [_row(figure, place) for place in range(len(figure.rows))]
    largest = max((amount for _, amount, _ in rows), default=NOTHING)
    strips = tuple(
        replace(strip, stretches=(_stretch(amount, largest, NAVY),), inside=inside)
        for strip, amount, inside in rows
    )
    return Group("", "", strips, first=16)


def _row(figure: HeatMap, place: int) -> tuple[Strip, Decimal, tuple[Strip, ...]]:
    """One row's name and figure, how long its bar is, and its cells, the largest first."""
    cells = [
        (value, column.name)
        for value, column in zip(figure.values[place], figure.columns, strict=True)
        if value
    ]
    cells.sort(key=lambda cell: (-cell[0], cell[1]))
    largest = max((value for value, _ in cells), default=NOTHING)
    inside = tuple(
        Strip(name, _said(figure, value), (_stretch(value, largest, SEQUENCE[5]),)) for value, name in cells
    )
    name = figure.rows[place].name
    total = figure.row_total(place) if figure.has_margins else None
    if total is not None:
        return Strip(name, _said(figure, total)), total, inside
    most = f"most with {cells[0][1]}" if cells else "nothing"
    return Strip(name, _said(figure, largest) if cells else "–", note=most), largest, inside


def _said(figure: HeatMap, value: Decimal) -> str:
    return say_cell(value, figure.kind, short=True)


def _column(figure: Sankey, place: int) -> Group:
    """One column of a flow: its stops, each with where its money goes on to."""
    stops = sorted(figure.columns[place], key=lambda stop: (stop.key == OTHERS, -stop.amount))
    largest = max((stop.amount for stop in stops), default=NOTHING)
    strips = tuple(
        Strip(
            stop.mark.name,
            pounds(stop.stated),
            (_stretch(stop.amount, largest, stop.colour),),
            inside=_onward(figure, place, stop),
        )
        for stop in stops
    )
    return Group(figure.heads[place], "", strips, first=6)


def _onward(figure: Sankey, place: int, stop: Stop) -> tuple[Strip, ...]:
    """Where the money of one stop goes, the most first; nothing after the last column."""
    if place >= len(figure.flows):
        return ()
    names = {column.key: column for column in figure.columns[place + 1]}
    flows = [flow for flow in figure.flows[place] if flow.source == stop.key and flow.amount > 0]
    flows.sort(key=lambda flow: -flow.amount)
    return tuple(
        Strip(
            f"to {names[flow.target].mark.name}",
            pounds(flow.amount),
            (_stretch(flow.amount, stop.amount, names[flow.target].colour),),
        )
        for flow in flows
    )


def _lanes(figure: Dots) -> tuple[Group, ...]:
    """The dots of each lane, in their own order; the lane with the largest dot first, of equal ones the highest."""
    largest = max((dot.amount for dot in figure.dots), default=NOTHING)
    tops = {
        lane: max(dot.amount for dot in figure.dots if dot.lane == lane)
        for lane in {dot.lane for dot in figure.dots}
    }
    lanes = sorted(tops, key=lambda lane: (tops[lane], lane), reverse=True)
    return tuple(
        Group(
            figure.lanes.get(lane, ""),
            "",
            tuple(
                Strip(
                    dot.mark.label,
                    pounds(dot.amount),
                    (_stretch(dot.amount, largest, dot.mark.colour),),
                )
                for dot in figure.dots
                if dot.lane == lane
            ),
            first=4,
        )
        for lane in lanes
    )


def _years(figure: Years) -> Group:
    """Every year in its order; one without a figure says so and has no bar."""
    ends = [NOTHING, *(year.value for year in figure.years if year.value is not None)]
    low, span = min(ends), (max(ends) - min(ends)) or Decimal(1)
    strips = tuple(_year(year, figure.colour, low, span) for year in figure.years)
    return Group("", "", strips, first=24)


def _year(one: InYear, colour: str, low: Decimal, span: Decimal) -> Strip:
    note = "not counted like the year before" if one.breaks else ""
    if one.value is None:
        return Strip(one.year, "no figure", note=note)
    begins = min(one.value, NOTHING) - low
    return Strip(one.year, pounds(one.value), (_stretch(abs(one.value), span, colour, at=begins),), note=note)
