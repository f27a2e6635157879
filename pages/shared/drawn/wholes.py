"""Bars that are each one whole, their parts side by side with their names and pounds."""

from collections.abc import Mapping
from typing import Any

from budget_model.exhibits.colours import INK, PAPER, text_on, tint
from budget_model.exhibits.figures import Bars, Mark
from budget_model.exhibits.ways import Way
from pages.shared import style

ROW = 66
LETTER = 0.56
"""Width of a letter over the size of its type."""


def draw(figure: Bars, ways: Mapping[Way | None, int], width: float, letter: float) -> style.Drawn:
    """Each bar as one whole. `width` is the pixels of a bar, `letter` those of the type inside it."""
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
            lists["text"].append(_label(one.name, amount, share * width / (letter * LETTER)))
            lists["ink"].append(text_on(fill))
            lists["way"].append([ways.get(mark.way, -1)])
            lists["hover"].append(f"<b>{one.name}</b><br>{mark.name}: {amount}, {share:.1%}")
            at += share
    row = ROW * letter / 12.5
    notes = [note for place, mark in enumerate(figure.marks) for note in _ends(figure, place, mark, letter)]
    many = max(len(figure.marks), 1)
    return style.figure(
        [_trace(lists, letter)],
        int(many * row + 8),
        barmode="overlay",
        xaxis={"range": [0, 1]},
        yaxis={"range": [many - 0.4, -0.5]},
        annotations=notes,
    )


def _label(name: str, amount: str, letters: float) -> str:
    """As much as fits a part: its name and amount, its amount alone, or nothing."""
    if len(f"{name} {amount}") <= letters:
        return f"{name} {amount}"
    return amount if len(amount) < letters else ""


def _trace(lists: Mapping[str, list[Any]], letter: float) -> style.Trace:
    pattern = {"shape": lists["shape"], "fgcolor": PAPER, "size": 7, "solidity": 0.2}
    return style.bar(
        x=lists["x"],
        y=lists["y"],
        base=lists["base"],
        orientation="h",
        width=0.48,
        offset=0.0,
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


def _ends(figure: Bars, place: int, mark: Mark, letter: float) -> list[dict[str, Any]]:
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
