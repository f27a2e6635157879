"""A series over the years: a line that stops where a year has no figure, and a mark where it breaks."""

from collections.abc import Mapping
from typing import Any

from budget_model.exhibits.colours import FAINT, INK, PAPER, QUIET, RULE, WARNING
from budget_model.exhibits.figures import InYear, Years
from budget_model.exhibits.ways import Way
from budget_model.money import pounds
from pages.shared import style

HEIGHT = 340
MOST_LABELLED = 12
"""Years that are labelled each; of more, every other one is."""


def draw(figure: Years, ways: Mapping[Way | None, int], width: float) -> style.Drawn:
    """The years from left to right on an axis that starts at nought, or below it where figures do."""
    values = [float(year.value) for year in figure.years if year.value is not None]
    low, high = min(0.0, *values), max(0.0, *values)
    room = (high - low or 1.0) * 0.16
    places = {year.year: place for place, year in enumerate(figure.years)}
    marks = _marks(figure, ways.get(figure.way, -1))
    return style.figure(
        [_line(figure), _labels(figure, width, room * 0.42), marks],
        HEIGHT,
        xaxis={"range": [-0.6, len(figure.years) - 0.4]},
        yaxis={"range": [low - room * 1.3, high + room]},
        shapes=[
            _zero(len(figure.years)),
            *_gaps(figure, low, high + room),
            *_breaks(figure, places, low, high + room),
        ],
        annotations=[
            _year(year, place, low - room * 0.15, figure) for place, year in enumerate(figure.years)
        ],
    )


def _line(figure: Years) -> style.Trace:
    """The line itself: broken where a year has no figure, and where the series breaks."""
    xs: list[float | None] = []
    ys: list[float | None] = []
    for place, year in enumerate(figure.years):
        if year.breaks:
            xs.append(None)
            ys.append(None)
        xs.append(place)
        ys.append(None if year.value is None else float(year.value))
    return style.scatter(
        x=xs,
        y=ys,
        mode="lines",
        line={"color": figure.colour, "width": 2.5},
        connectgaps=False,
        hoverinfo="skip",
    )


def _marks(figure: Years, way: int) -> style.Trace:
    known = [(place, year) for place, year in enumerate(figure.years) if year.value is not None]
    return style.scatter(
        x=[place for place, _ in known],
        y=[float(one.value or 0) for _, one in known],
        mode="markers",
        marker={
            "size": 12,
            "color": [PAPER if one.breaks else figure.colour for _, one in known],
            "line": {"width": 2.5, "color": figure.colour},
            "opacity": 1,
        },
        customdata=[[way] for _ in known],
        hovertext=[_hover(one) for _, one in known],
        **style.CHOSEN,
    )


def _hover(one: InYear) -> str:
    said = [
        f"<b>{one.year}</b> {pounds(one.value or 0)}",
        *(style.wrap(words, 60, 4) for words in one.breaks),
    ]
    return "<br>".join([*said, *([style.wrap(one.note, 60, 3)] if one.note else [])])


def _labels(figure: Years, width: float, above: float) -> style.Trace:
    """The figures above their marks: all of them, or the first, the last and every other one."""
    last = len(figure.years) - 1
    step = 1 if len(figure.years) <= (MOST_LABELLED if width > 500 else 6) else 2
    chosen = [
        (place, year)
        for place, year in enumerate(figure.years)
        if year.value is not None and (last - place) % step == 0
    ]
    return style.words(
        [place for place, _ in chosen],
        [float(one.value or 0) + above for _, one in chosen],
        [f"<b>{pounds(one.value or 0)}</b>" for _, one in chosen],
        "middle center",
    )


def _zero(years: int) -> dict[str, Any]:
    return {
        "type": "line",
        "x0": -0.5,
        "x1": years - 0.5,
        "y0": 0,
        "y1": 0,
        "line": {"color": RULE, "width": 1},
        "layer": "below",
    }


def _gaps(figure: Years, low: float, high: float) -> list[dict[str, Any]]:
    """A pale ground behind each year without a figure, so that a gap is not taken for nought."""
    return [
        {
            "type": "rect",
            "x0": place - 0.5,
            "x1": place + 0.5,
            "y0": low,
            "y1": high,
            "fillcolor": FAINT,
            "line": {"width": 0},
            "layer": "below",
        }
        for place, year in enumerate(figure.years)
        if year.value is None
    ]


def _breaks(figure: Years, places: Mapping[str, int], low: float, high: float) -> list[dict[str, Any]]:
    """A dashed line before each year that is not made like the one before."""
    return [
        {
            "type": "line",
            "x0": places[year.year] - 0.5,
            "x1": places[year.year] - 0.5,
            "y0": low,
            "y1": high,
            "line": {"color": WARNING, "width": 1.5, "dash": "dash"},
        }
        for year in figure.years
        if year.breaks
    ]


def _year(one: InYear, place: int, at: float, figure: Years) -> dict[str, Any]:
    """The year beneath its mark; shorter and slanted where there are many."""
    many = len(figure.years) > MOST_LABELLED
    missing = "" if one.value is not None else f"<br><span style='color:{QUIET}'>no figure</span>"
    return {
        "x": place,
        "y": at,
        "showarrow": False,
        "yanchor": "top",
        "text": f"{one.year[2:] if many else one.year}{missing}",
        "textangle": -60 if many else 0,
        "font": {"size": 12, "color": INK},
    }
