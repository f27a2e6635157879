"""Areas in proportion to money, two levels deep, laid out here so that labels fit and every box can be clicked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from budget_model.board import measure
from budget_model.board.measure import Face
from budget_model.exhibits.areas import Area, squarified
from budget_model.exhibits.colours import INK, PAPER, text_on, tint
from budget_model.exhibits.figures import Tile, Treemap
from budget_model.exhibits.ways import Way
from budget_model.money import pounds
from pages.shared import style

WIDTH, HEIGHT = 960.0, 600.0
"""Pixels of the narrowest screen."""
HEAD, HEADING = 22.0, 13.0
"""Height of a group's heading, and the size of its type."""
LINE, SMALL_LINE = 16.4, 15.8
PADDING = 9.0
"""Pixels of a box's width that its words keep free."""


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
    notes = [_heading(group, area) for group, area in groups if _head(group, area)]
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


def _head(group: Tile, area: Area) -> float:
    """The height of a group's heading; nothing where there is no room for one."""
    name = _whole_words(group.mark.name, HEADING, area.width - PADDING, Face.PAPER_BOLD)
    return HEAD if area.height > 52 and name else 0.0


def _inside(group: Tile, area: Area) -> list[_Box]:
    """The boxes of a group, beneath its heading."""
    head = _head(group, area)
    inner = Area(area.x, area.y + head, area.width, area.height - head)
    areas = squarified([float(tile.amount) for tile in group.tiles], inner)
    return [
        _Box(tile, group, place, tint(group.colour, 0.42) if tile.doubt else group.colour, bool(head))
        for tile, place in zip(group.tiles, areas, strict=True)
    ]


def _hatching(boxes: Sequence[_Box]) -> list[str]:
    """The pattern by which each box says that it is in doubt; empty for one that is not."""
    return [style.PATTERNS[box.tile.doubt] if box.tile.doubt else "" for box in boxes]


def _trace(boxes: Sequence[_Box], ways: Mapping[Way | None, int], *, hatched: bool = False) -> style.Trace:
    """Some of the boxes, plain or as the hatching that lies over the plain ones."""
    fronts = [tint(box.group.colour, 0.62) for box in boxes]
    marker: dict[str, Any] = {
        "color": fronts if hatched else [box.fill for box in boxes],
        "line": {"color": PAPER, "width": 1.5},
    }
    if hatched:
        marker["pattern"] = {"shape": _hatching(boxes), "fgcolor": fronts, "size": 9, "solidity": 0.2}
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
    """A group's name and amount; its name alone, cut at a word, where there is no room for both."""
    room, amount = area.width - PADDING, pounds(group.stated)
    beside = room - measure.width(f" {amount}", HEADING, Face.PAPER)
    name = _whole_words(group.mark.name, HEADING, beside, Face.PAPER_BOLD)
    if name:
        text = f"<b>{name}</b> {amount}"
    else:
        text = f"<b>{_whole_words(group.mark.name, HEADING, room, Face.PAPER_BOLD)}</b>"
    return _note(text, area.x + 3, area.y + HEAD / 2, INK, "middle", HEADING)


def _label(box: _Box) -> list[dict[str, Any]]:
    """A box's name and amount, as far as they fit; none where a word of them would be cut."""
    size, line = (12.0, SMALL_LINE) if box.area.width < 84 else (12.5, LINE)
    room, lines = box.area.width - PADDING, int((box.area.height - 7) / line)
    amount = pounds(box.tile.amount)
    name = box.tile.name or ("" if box.headed else box.group.name)
    if lines < 1 or measure.width(amount, size, Face.PAPER_BOLD) > room:
        return []
    if lines == 1:
        beside = room - measure.width(f" {amount}", size, Face.PAPER_BOLD)
        first = _whole_words(name, size, beside, Face.PAPER)
        rows = [f"{first} <b>{amount}</b>"] if first else []
    else:
        above = _rows(name, size, room, min(4, lines - 1))
        rows = [*above, f"<b>{amount}</b>"] if above or not name else []
    if not rows:
        return []
    return [_note("<br>".join(rows), box.area.x + 5, box.area.y + 4, text_on(box.fill), "top", size)]


def _rows(name: str, size: float, room: float, most: int) -> list[str]:
    """A name on so many lines at most; none where a word is wider than a line."""
    if any(measure.width(word, size, Face.PAPER) > room for word in name.split()):
        return []
    rows = measure.wrapped(name, size, room, Face.PAPER)
    if len(rows) <= most:
        return list(rows)
    last = _whole_words(" ".join(rows[most - 1 :]), size, room, Face.PAPER)
    return [*rows[: most - 1], *([last] if last else [])]


def _whole_words(name: str, size: float, room: float, face: Face) -> str:
    """As many words of a name as there is room for, with an ellipsis for the rest; nothing where the first has none."""
    words = name.split()
    for kept in range(len(words), 0, -1):
        text = " ".join(words[:kept])
        text = text if kept == len(words) else text.rstrip(" ,:;-–(&") + measure.ELLIPSIS
        if measure.width(text, size, face) <= room:
            return text
    return ""


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
