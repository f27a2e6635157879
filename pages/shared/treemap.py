"""Areas in proportion to money, two levels deep, laid out here so that labels fit and every tile can be clicked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import plotly.graph_objects as go

from budget_model.money import NOTHING
from pages.shared import style

WIDTH, HEIGHT = 960.0, 600.0
HEAD = 22.0
LETTER, LINE = 6.7, 16.4
SMALL_LETTER, SMALL_LINE = 5.9, 14.5
DUST = Decimal("0.0035")


@dataclass(frozen=True, slots=True)
class Leaf:
    """One tile: what it is called, its pounds above nought, whether most of it is estimated, its way down."""

    name: str
    amount: Decimal
    estimated: bool
    way: int


@dataclass(frozen=True, slots=True)
class Branch:
    """A group of tiles under one heading and colour."""

    name: str
    colour: str
    leaves: tuple[Leaf, ...]

    @property
    def amount(self) -> Decimal:
        """Pounds of all its tiles."""
        return sum((leaf.amount for leaf in self.leaves), NOTHING)


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels of the narrowest screen, from its top left."""

    left: float
    top: float
    width: float
    height: float


def squarified(amounts: Sequence[float], box: Box) -> list[Box]:
    """Divide a box in proportion to amounts, the largest first, keeping each part near a square.

    Bruls, Huizing and van Wijk (2000). The parts cover the box exactly.

    >>> [round(part.width * part.height) for part in squarified([6, 3, 1], Box(0, 0, 10, 10))]
    [60, 30, 10]
    """
    whole = sum(amounts)
    if whole <= 0:
        return [Box(box.left, box.top, 0, 0) for _ in amounts]
    areas = [amount / whole * box.width * box.height for amount in amounts]
    boxes: list[Box] = []
    at = 0
    while at < len(areas):
        side = min(box.width, box.height)
        row = [areas[at]]
        while at + len(row) < len(areas):
            longer = [*row, areas[at + len(row)]]
            if _worst(longer, side) > _worst(row, side):
                break
            row = longer
        placed, box = _laid(row, box)
        boxes += placed
        at += len(row)
    return boxes


def treemap(branches: Sequence[Branch], said: Callable[[Decimal], str]) -> go.Figure:
    """Draw branches as headed groups of tiles; tiles too small to see are gathered in their group."""
    whole = sum((branch.amount for branch in branches), NOTHING)
    gathered = [_gathered(branch, whole) for branch in branches]
    marks: dict[str, list[Any]] = {
        name: [] for name in ("x", "y", "base", "width", "colour", "shape", "front", "data", "said")
    }
    notes: list[dict[str, Any]] = []
    outer = squarified([float(branch.amount) for branch in gathered], Box(0, 0, WIDTH, HEIGHT))
    for branch, box in zip(gathered, outer, strict=True):
        head = HEAD if box.height > 52 and box.width > 44 else 0.0
        inner = Box(box.left, box.top + head, box.width, box.height - head)
        if head:
            notes.append(_heading(branch, box, said))
        for leaf, tile in zip(
            branch.leaves, squarified([float(leaf.amount) for leaf in branch.leaves], inner), strict=True
        ):
            colour = style.colour(branch.colour)
            fill = style.tint(colour, 0.42) if leaf.estimated else colour
            marks["x"].append(tile.left + tile.width / 2)
            marks["width"].append(tile.width)
            marks["base"].append(tile.top)
            marks["y"].append(tile.height)
            marks["colour"].append(fill)
            marks["front"].append(style.tint(colour, 0.62))
            marks["shape"].append(style.ESTIMATED if leaf.estimated else "")
            marks["data"].append([leaf.way])
            marks["said"].append(f"<b>{leaf.name}</b><br>{branch.name}<br>{said(leaf.amount)}")
            notes += _label(leaf, tile, fill, said, branch.name if not head else "")
    estimated = [place for place, shape in enumerate(marks["shape"]) if shape]
    traces = [_trace(marks, range(len(marks["x"])), "colour")]
    if estimated:
        traces.append(_trace(marks, estimated, "front"))
    return style.figure(
        traces, int(HEIGHT), margin={"t": 0, "b": 0}, barmode="overlay",
        xaxis={"range": [0, WIDTH]}, yaxis={"range": [HEIGHT, 0]}, annotations=notes,
    )  # fmt: skip


def _trace(marks: dict[str, list[Any]], places: Sequence[int], colours: str) -> style.Trace:
    """Some of the tiles, plain or as the hatching that lies over the plain ones."""
    chosen = {name: [values[place] for place in places] for name, values in marks.items()}
    marker: dict[str, Any] = {"color": chosen[colours], "line": {"color": style.PAPER, "width": 1.5}}
    if colours == "front":
        marker["pattern"] = {"shape": chosen["shape"], "fgcolor": chosen["front"], "size": 9, "solidity": 0.2}
    return style.bar(
        x=chosen["x"], y=chosen["y"], base=chosen["base"], width=chosen["width"], marker=marker,
        customdata=chosen["data"], hovertext=chosen["said"], hovertemplate="%{hovertext}<extra></extra>",
        selected={"marker": {"opacity": 1}}, unselected={"marker": {"opacity": 0.45}},
    )  # fmt: skip


def _worst(row: Sequence[float], side: float) -> float:
    total = sum(row)
    if total <= 0 or side <= 0:
        return float("inf")
    largest, smallest = max(row), min(row)
    if smallest <= 0:
        return float("inf")
    return max(side * side * largest / (total * total), total * total / (side * side * smallest))


def _laid(row: Sequence[float], box: Box) -> tuple[list[Box], Box]:
    total = sum(row)
    boxes = []
    if box.width >= box.height:
        thick = total / box.height if box.height else 0.0
        top = box.top
        for area in row:
            high = area / thick if thick else 0.0
            boxes.append(Box(box.left, top, thick, high))
            top += high
        return boxes, Box(box.left + thick, box.top, max(0.0, box.width - thick), box.height)
    thick = total / box.width if box.width else 0.0
    left = box.left
    for area in row:
        wide = area / thick if thick else 0.0
        boxes.append(Box(left, box.top, wide, thick))
        left += wide
    return boxes, Box(box.left, box.top + thick, box.width, max(0.0, box.height - thick))


def _gathered(branch: Branch, whole: Decimal) -> Branch:
    least = whole * DUST
    small = [leaf for leaf in branch.leaves if leaf.amount < least]
    leaves = tuple(
        sorted((leaf for leaf in branch.leaves if leaf.amount >= least), key=lambda leaf: -leaf.amount)
    )
    if len(small) > 1:
        rest = sum((leaf.amount for leaf in small), NOTHING)
        leaves = (*leaves, Leaf(f"{len(small)} others", rest, estimated=False, way=-1))
    elif small:
        leaves = (*leaves, *small)
    return Branch(branch.name, branch.colour, leaves)


def _heading(branch: Branch, box: Box, said: Callable[[Decimal], str]) -> dict[str, Any]:
    letters = int((box.width - 8) / LETTER)
    amount = said(branch.amount)
    room = letters - len(amount) - 1
    if room >= 6:
        text = f"<b>{style.shorten(branch.name, room)}</b> {amount}"
    else:
        text = f"<b>{style.shorten(branch.name, max(3, letters))}</b>"
    return _note(text, box.left + 3, box.top + HEAD / 2, style.INK, "middle", 13)


def _label(
    leaf: Leaf, tile: Box, fill: str, said: Callable[[Decimal], str], group: str
) -> list[dict[str, Any]]:
    size, letter, line = (11, SMALL_LETTER, SMALL_LINE) if tile.width < 84 else (12.5, LETTER, LINE)
    letters, lines = int((tile.width - 8) / letter), int((tile.height - 7) / line)
    if letters < 7 or lines < 1:
        return []
    amount = said(leaf.amount)
    colour = style.text_on(fill)
    name = leaf.name or group
    if lines == 1:
        if letters < len(amount) + 9:
            return []
        text = f"{style.shorten(name, letters - len(amount) - 1)} <b>{amount}</b>"
    else:
        text = f"{style.wrap(name, letters, min(4, lines - 1))}<br><b>{amount}</b>"
    return [_note(text, tile.left + 5, tile.top + 4, colour, "top", size)]


def _note(text: str, x: float, y: float, colour: str, anchor: str, size: float) -> dict[str, Any]:
    return {
        "x": x, "y": y, "text": text, "showarrow": False, "xanchor": "left", "yanchor": anchor,
        "align": "left", "font": {"size": size, "color": colour}, "borderpad": 0, "captureevents": False,
    }  # fmt: skip
