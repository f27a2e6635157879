"""One renderer of figures for the screen: plotly's, as plain traces. It knows nothing of Streamlit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from budget_model.exhibits.figures import (
    AreaMap,
    Bars,
    Dots,
    Figure,
    HeatMap,
    Points,
    Sankey,
    Treemap,
    Waterfall,
    Years,
)
from budget_model.exhibits.ways import Way
from budget_model.money import NOTHING
from pages.shared import style
from pages.shared.drawn import bars, boxes, cells, dots, flows, maps, points, sides, wholes, years

DUST = Decimal("0.0035")
"""A box below this part of the whole is too small to see."""


@dataclass(frozen=True, slots=True)
class Room:
    """How much room a figure has: marks and pieces at most, its height where it can choose, its width."""

    most: int = 10
    pieces: int = 7
    rows: int = 24
    height: int = 520
    width: float = 880.0
    letter: float = 12.5
    """Pixels of the type inside bars."""


def fitting(figure: Figure, room: Room) -> Figure:
    """The figure with as many marks as there is room for."""
    match figure:
        case Bars():
            whole = figure.sides or figure.level or figure.colours
            return figure.folded(room.most, 0 if whole else room.pieces)
        case Waterfall() | Sankey():
            return figure.folded(room.most)
        case HeatMap():
            return figure.folded(room.rows, max(len(figure.columns), 1))
        case Treemap():
            return figure.folded(least=DUST * sum((tile.amount for tile in figure.tiles), NOTHING))
    return figure


def _drawn_bars(figure: Bars, places: Mapping[Way | None, int], room: Room) -> style.Drawn:
    if figure.level:
        return wholes.draw(figure, places, room.width, room.letter)
    return sides.draw(figure, places) if figure.sides else bars.draw(figure, places)


def drawn(figure: Figure, ways: Sequence[Way], room: Room) -> style.Drawn | None:
    """A figure as plotly draws it; None for a table, which is its own picture.

    Each mark carries the number of its way down, or -1.
    """
    places: Mapping[Way | None, int] = {way: place for place, way in enumerate(ways)}
    match figure:
        case Bars():
            return _drawn_bars(figure, places, room)
        case Waterfall():
            return bars.waterfall(figure)
        case HeatMap():
            return cells.draw(figure, places)
        case Treemap():
            return boxes.draw(figure, places)
        case Sankey():
            return flows.draw(figure, places, room.height)
        case Dots():
            return dots.draw(figure, places)
        case Points():
            return points.draw(figure)
        case Years():
            return years.draw(figure, places, room.width)
        case AreaMap():
            return maps.draw(figure, places)
    return None
