"""Areas in proportion to money, two levels deep, laid out here so that labels fit and every box can be clicked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from budget_model.exhibits.areas import Area, squarified
from budget_model.exhibits.colours import INK, PAPER, text_on, tint
from budget_model.exhibits.figures import Tile, Treemap
from budget_model.exhibits.ways import Way
from budget_model.money import pounds
from pages.shared import style

WIDTH, HEIGHT = 960.0, 600.0
"""Pixels of the narrowest screen."""
HEAD = 22.0
LETTER, LINE = 6.7, 16.4
SMALL_LETTER, SMALL_LINE = 6.4, 15.8


@dataclass(frozen=True, slots=True)
class _Box:
    """One box where it lies, with its colour and its group."""

    tile: Tile
    group: Tile
    area: Area
    fill: str
    headed: bool


def draw(figure: Treemap, ways: Mapping[Way | None, int]) -> style.Drawn:
    """Groups under their headings, each with its boxes."""
    outer = squarified([float(tile.amount) for tile in figure.tiles], Area(0, 0, WIDTH, HEIGHT))
    groups = list(zip(figure.tiles, outer, strict=True))
    boxes = [box for group, area in groups for box in _inside(group, area)]
    notes = [_heading(group, area) for group, area in groups if _head(area)]
    for box in boxes:
        notes += _label(box)
    doubtful = [box for box in boxes if box.tile.doubt]
    traces = [_trace(boxes, ways), *([_trace(doubtful, ways, hatched=True)] if doubtful else [])]
    return style.figure(
        traces,
        int(HEIGHT),
        margin={"t": 0, "b": 0},
        barmode="overlay",
        xaxis={"range": [0, WIDTH]},
        yaxis={"range": [HEIGHT, 0]},
        annotations=notes,
    )


def _head(area: Area) -> float:
    """The height of a group's heading; nothing where there is no room for one."""
    return HEAD if area.height > 52 and area.width > 44 else 0.0


def _inside(group: Tile, area: Area) -> list[_Box]:
    """The boxes of a group, beneath its heading."""
    head = _head(area)
    inner = Area(area.x, area.y + head, area.width, area.height - head)
    areas = squarified([float(tile.amount) for tile in group.tiles], inner)
    return [
        _Box(tile, group, place, tint(group.colour, 0.42) if tile.doubt else group.colour, bool(head))
        for tile, place in zip(group.tiles, areas, strict=True)
    ]


def _trace(boxes: Sequence[_Box], ways: Mapping[Way | None, int], *, hatched: bool = False) -> style.Trace:
    """Some of the boxes, plain or as the hatching that lies over the plain ones."""
    fronts = [tint(box.group.colour, 0.62) for box in boxes]
    marker: dict[str, Any] = {
        "color": fronts if hatched else [box.fill for box in boxes],
        "line": {"color": PAPER, "width": 1.5},
    }
    if hatched:
        shapes = [style.PATTERNS[box.tile.doubt] if box.tile.doubt else "" for box in boxes]
        marker["pattern"] = {"shape": shapes, "fgcolor": fronts, "size": 9, "solidity": 0.2}
    return style.bar(
        x=[box.area.x + box.area.width / 2 for box in boxes],
        y=[box.area.height for box in boxes],
        base=[box.area.y for box in boxes],
        width=[box.area.width for box in boxes],
        marker=marker,
        customdata=[[ways.get(box.tile.mark.way, -1)] for box in boxes],
        hovertext=[
            f"<b>{box.tile.mark.name}</b><br>{box.group.mark.name}<br>{pounds(box.tile.amount)}"
            for box in boxes
        ],
        **style.CHOSEN,
    )


def _heading(group: Tile, area: Area) -> dict[str, Any]:
    letters = int((area.width - 8) / LETTER)
    amount = pounds(group.stated)
    room = letters - len(amount) - 1
    if room >= 6:
        text = f"<b>{style.shorten(group.mark.name, room)}</b> {amount}"
    else:
        text = f"<b>{style.shorten(group.mark.name, max(3, letters))}</b>"
    return _note(text, area.x + 3, area.y + HEAD / 2, INK, "middle", 13)


def _label(box: _Box) -> list[dict[str, Any]]:
    """A box's name and amount, as far as they fit."""
    small = box.area.width < 84
    size, letter, line = (12, SMALL_LETTER, SMALL_LINE) if small else (12.5, LETTER, LINE)
    letters, lines = int((box.area.width - 8) / letter), int((box.area.height - 7) / line)
    amount = pounds(box.tile.amount)
    if letters < max(6, len(amount)) or lines < 1:
        return []
    name = box.tile.name or ("" if box.headed else box.group.name)
    if lines == 1:
        if letters < len(amount) + 9:
            return []
        text = f"{style.shorten(name, letters - len(amount) - 1)} <b>{amount}</b>"
    else:
        text = f"{style.wrap(name, letters, min(4, lines - 1))}<br><b>{amount}</b>"
    return [_note(text, box.area.x + 5, box.area.y + 4, text_on(box.fill), "top", size)]


def _note(text: str, x: float, y: float, colour: str, anchor: str, size: float) -> dict[str, Any]:
    return {
        "x": x,
        "y": y,
        "text": text,
        "showarrow": False,
        "xanchor": "left",
        "yanchor": anchor,
        "align": "left",
        "font": {"size": size, "color": colour},
        "borderpad": 0,
        "captureevents": False,
    }
