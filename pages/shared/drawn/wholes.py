"""Bars that are each one whole, their parts side by side with their names and pounds."""

from collections.abc import Mapping, Sequence
from typing import Any

from budget_model.exhibits.colours import INK, PAPER, QUIET, text_on, tint
from budget_model.exhibits.figures import Bars, Mark
from budget_model.exhibits.ways import Way
from pages.shared import style

ROW, LOW_ROW = 66, 38
"""Pixels of a row with its name above the bar, and of one with it at the left."""
LETTER = 0.56
"""Width of a letter over the size of its type."""
BESIDE = 800.0
"""From how many pixels of width on names stand beside their bars."""
LETTERS = 28
"""Letters of one line of a name beside its bar."""


def draw(figure: Bars, ways: Mapping[Way | None, int], width: float, letter: float) -> style.Drawn:
    """Each bar as one whole. `width` is the pixels of the picture, `letter` those of the type inside bars."""
    margins = _margins(figure, letter) if width >= BESIDE else (0, 0)
    room = width - sum(margins)
    lists: dict[str, list[Any]] = {
        name: [] for name in ("x", "y", "base", "colour", "shape", "text", "ink", "way", "hover")
    }
    for place, mark in enumerate(figure.marks):
        whole = figure.whole(place)
        at = 0.0
        for one in figure.series:
            value = one.values[place]
            if value <= 0 or not whole:
                continue
            share = float(value / whole)
            amount = figure.say(value)
            fill = tint(one.colour, 0.85)
            lists["x"].append(share)
            lists["base"].append(at)
            lists["y"].append(place)
            lists["colour"].append(fill)
            lists["shape"].append(style.PATTERNS[one.doubt] if one.doubt else "")
            lists["text"].append(_label(one.name, amount, share * room / (letter * LETTER)))
            lists["ink"].append(text_on(fill))
            lists["way"].append([ways.get(mark.way, -1)])
            lists["hover"].append(f"<b>{one.name}</b><br>{mark.name}: {amount}, {share:.1%}")
            at += share
    beside = any(margins)
    row = (LOW_ROW if beside else ROW) * letter / 12.5
    each = [
        _beside(figure, place, mark, letter, margins[0]) if beside else _above(figure, place, mark, letter)
        for place, mark in enumerate(figure.marks)
    ]
    many = max(len(figure.marks), 1)
    thick = 0.66 if beside else 0.48
    return style.figure(
        [_trace(lists, letter, thick, -thick / 2 if beside else 0.0)],
        int(many * row + 8),
        barmode="overlay",
        margin={"l": margins[0], "r": margins[1]},
        xaxis={"range": [0, 1]},
        yaxis={"range": [many - (0.5 if beside else 0.4), -0.5]},
        annotations=[note for notes in each for note in notes],
    )


def _margins(figure: Bars, letter: float) -> tuple[int, int]:
    """Pixels for the names at the left, and for the sums and notes at the right."""
    names = [line for mark in figure.marks for line in style.wrap(mark.name, LETTERS).split("<br>")]
    ends = [line for place, mark in enumerate(figure.marks) for line in _end(figure, place, mark)]
    return _room_for(names, letter), _room_for(ends, letter)


def _room_for(lines: Sequence[str], letter: float) -> int:
    """Pixels that the longest of some lines takes, with the room beside it."""
    return int(max(map(len, lines), default=0) * (letter + 0.5) * LETTER + 14)


def _end(figure: Bars, place: int, mark: Mark) -> tuple[str, ...]:
    """What stands at the end of a bar: its sum, and its note beneath."""
    total = f" {figure.say(figure.whole(place))} "
    return (total, mark.note) if mark.note else (total,)


def _label(name: str, amount: str, letters: float) -> str:
    """As much as fits a part: its name and amount, its amount alone, or nothing."""
    if len(f"{name} {amount}") <= letters:
        return f"{name} {amount}"
    return amount if len(amount) < letters else ""


def _trace(lists: Mapping[str, list[Any]], letter: float, thick: float, offset: float) -> style.Trace:
    pattern = {"shape": lists["shape"], "fgcolor": PAPER, "size": 7, "solidity": 0.2}
    return style.bar(
        x=lists["x"],
        y=lists["y"],
        base=lists["base"],
        orientation="h",
        width=thick,
        offset=offset,
        marker={"color": lists["colour"], "line": {"width": 1.5, "color": PAPER}, "pattern": pattern},
        text=lists["text"],
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        constraintext="none",
        textfont={"color": lists["ink"], "size": letter},
        customdata=lists["way"],
        hovertext=lists["hover"],
        **style.CHOSEN,
    )


def _beside(figure: Bars, place: int, mark: Mark, letter: float, left: int) -> list[dict[str, Any]]:
    """A bar's name at its left; at its right its sum, and its note beneath it where it has one."""
    total, *note = _end(figure, place, mark)
    usual: dict[str, Any] = {
        "xref": "paper",
        "y": place,
        "showarrow": False,
        "yanchor": "middle",
        "xanchor": "left",
        "align": "left",
        "borderpad": 0,
        "font": {"size": letter + 0.5, "color": INK},
    }
    quiet = "".join(f"<br><span style='color:{QUIET};font-size:12px'>{words}</span>" for words in note)
    return [
        usual | {"x": 0, "xshift": -left, "text": style.wrap(mark.name, LETTERS)},
        usual | {"x": 1, "xshift": 6, "text": f"<b>{total.strip()}</b>{quiet}"},
    ]


def _above(figure: Bars, place: int, mark: Mark, letter: float) -> list[dict[str, Any]]:
    """A bar's name at the left above it; at the right its sum, or its note where it has one."""
    size = letter + 0.5
    usual: dict[str, Any] = {
        "xref": "paper",
        "y": place,
        "yshift": 19 * letter / 12.5,
        "showarrow": False,
        "yanchor": "middle",
        "font": {"size": size, "color": INK},
    }
    total = f"<b>{figure.say(figure.whole(place))}</b>"
    name = style.shorten(mark.name, 48 if mark.note else 70)
    left, right = (f"{name} {total}", mark.note) if mark.note else (name, total)
    return [
        usual | {"x": 0, "xanchor": "left", "text": left},
        usual | {"x": 1, "xanchor": "right", "text": right},
    ]
