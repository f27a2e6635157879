"""Areas in proportion to amounts: how a room is divided into boxes, whoever draws them."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle from its top left, in whatever unit its room is measured in."""

    x: float
    y: float
    width: float
    height: float


def squarified(amounts: Sequence[float], room: Area) -> list[Area]:
    """Divide a room in proportion to amounts, the largest first, keeping each part near a square.

    Bruls, Huizing and van Wijk, *Squarified treemaps* (2000). The parts cover the room exactly.

    >>> [round(part.width * part.height) for part in squarified([6, 3, 1], Area(0, 0, 10, 10))]
    [60, 30, 10]
    """
    whole = sum(amounts)
    if whole <= 0:
        return [Area(room.x, room.y, 0, 0) for _ in amounts]
    sizes = [amount / whole * room.width * room.height for amount in amounts]
    areas: list[Area] = []
    while len(areas) < len(sizes):
        row = _next_row(sizes[len(areas) :], min(room.width, room.height))
        placed, room = _laid(row, room)
        areas += placed
    return areas


def _next_row(sizes: Sequence[float], side: float) -> list[float]:
    """As many of the sizes as make one row along a side, until one more would make it less square."""
    row = [sizes[0]]
    for size in sizes[1:]:
        longer = [*row, size]
        if _worst(longer, side) > _worst(row, side):
            break
        row = longer
    return row


def _worst(row: Sequence[float], side: float) -> float:
    """How far the least square box of a row is from a square: the longer side over the shorter."""
    whole, smallest = sum(row), min(row)
    if whole <= 0 or side <= 0 or smallest <= 0:
        return float("inf")
    return max(side * side * max(row) / (whole * whole), whole * whole / (side * side * smallest))


def _laid(row: Sequence[float], room: Area) -> tuple[list[Area], Area]:
    """The boxes of one row along the shorter side of a room, and the room that is left.

    What is left of a room after large boxes is not exact, so a row takes no more than there is and fills its side.
    """
    if room.width < room.height:
        turned, left = _laid(row, Area(room.y, room.x, room.height, room.width))
        return [_turned(area) for area in turned], _turned(left)
    whole = sum(row)
    thick = min(whole / room.height, room.width) if room.height else 0.0
    areas = []
    y = room.y
    for size in row:
        high = room.height * size / whole if whole else 0.0
        areas.append(Area(room.x, y, thick, high))
        y += high
    return areas, Area(room.x + thick, room.y, max(0.0, room.width - thick), room.height)


def _turned(area: Area) -> Area:
    return Area(area.y, area.x, area.height, area.width)
