"""How figures look on a screen: their typeface, patterns of doubt, and what every chart has in common.

A pattern as well as a colour marks what is estimated, not reconciled or not mapped. No Streamlit here.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import plotly.graph_objects as go

from budget_model.exhibits.colours import INK, PAPER
from budget_model.exhibits.figures import Doubt

BODY_FONT: Final = "'IBM Plex Sans', 'Segoe UI', Helvetica, Arial, sans-serif"

PATTERNS: Final[Mapping[Doubt, str]] = {
    Doubt.ESTIMATED: "/",
    Doubt.NOT_AGREED: "x",
    Doubt.NOBODY: "x",
    Doubt.NOT_MAPPED: ".",
    Doubt.LEFT_OUT: ".",
    Doubt.TIED: "/",
}
"""The pattern of each doubt; a chart says in words which it uses."""
CHOSEN: Final[Mapping[str, Any]] = {
    "hovertemplate": "%{hovertext}<extra></extra>",
    "selected": {"marker": {"opacity": 1}},
    "unselected": {"marker": {"opacity": 0.4}},
}
"""Marks that tell what they are, and step back when another is chosen."""
CONFIG: Final[Mapping[str, Any]] = {
    "displaylogo": False,
    "modeBarButtonsToRemove": [
        "zoom2d",
        "pan2d",
        "select2d",
        "lasso2d",
        "zoomIn2d",
        "zoomOut2d",
        "autoScale2d",
        "resetScale2d",
    ],
    "toImageButtonOptions": {"format": "png", "scale": 3},
    "scrollZoom": False,
}


def shorten(name: str, most: int) -> str:
    """A name cut at a word, with an ellipsis, where a chart has no room for it whole.

    >>> shorten("Department for Work and Pensions", 22), shorten("Police", 22)
    ('Department for Work…', 'Police')
    """
    if len(name) <= most:
        return name
    cut = name[: most - 1]
    word = cut.rsplit(" ", 1)[0] if " " in cut[most // 2 :] else cut
    return word.rstrip(" ,:;-–") + "…"


def wrap(name: str, width: int, lines: int = 2) -> str:
    """A name on up to some lines for a chart's label.

    >>> wrap("Department for Work and Pensions", 18)
    'Department for<br>Work and Pensions'
    """
    rows: list[str] = [""]
    for word in name.split():
        if rows[-1] and len(rows[-1]) + 1 + len(word) > width:
            rows.append(word)
        else:
            rows[-1] = f"{rows[-1]} {word}".strip()
    if len(rows) > lines:
        rows = [*rows[: lines - 1], shorten(" ".join(rows[lines - 1 :]), width)]
    return "<br>".join(shorten(row, width) for row in rows)


def layout(height: int, **more: Any) -> dict[str, Any]:
    """What every chart's layout starts from: quiet, without legend, with room only where it is needed."""
    usual: dict[str, Any] = {
        "height": height,
        "margin": {"l": 0, "r": 0, "t": 4, "b": 4, "pad": 0},
        "paper_bgcolor": PAPER,
        "plot_bgcolor": PAPER,
        "font": {"family": BODY_FONT, "size": 13, "color": INK},
        "showlegend": False,
        "dragmode": False,
        "hoverlabel": {
            "bgcolor": INK,
            "bordercolor": INK,
            "font": {"family": BODY_FONT, "size": 13, "color": PAPER},
            "align": "left",
        },
        "xaxis": {"visible": False, "fixedrange": True},
        "yaxis": {"visible": False, "fixedrange": True},
        "bargap": 0.28,
        "uniformtext": {"mode": False},
    }
    for part, value in more.items():
        if isinstance(value, dict) and isinstance(usual.get(part), dict):
            usual[part] = usual[part] | value
        else:
            usual[part] = value
    return usual


Trace = dict[str, Any]
"""One trace as plotly.js takes it. Building plotly's own trace objects costs more than a page's questions."""

CHECKED = False
"""Whether a figure's properties are checked against plotly's schema: slow, so only the tests ask for it."""


def bar(**more: Any) -> Trace:
    """Bars, as a trace."""
    return {"type": "bar", **more}


def scatter(**more: Any) -> Trace:
    """Points, lines or words, as a trace."""
    return {"type": "scatter", **more}


class Drawn(go.Figure):  # type: ignore[misc]  # plotly has no types
    """A finished figure, which is turned into plain values once for all to whom it is sent."""

    _plain: dict[str, Any] | None = None

    def to_dict(self) -> dict[str, Any]:
        """The figure as plain values, to be read and not changed."""
        if self._plain is None:
            self._plain = super().to_dict()
        return self._plain


def figure(traces: list[Any], height: int, **more: Any) -> Drawn:
    """A figure with the house's layout."""
    return Drawn({"data": traces, "layout": layout(height, **more)}, _validate=CHECKED)


def words(
    x: Sequence[float], y: Sequence[float], text: Sequence[str], position: str, size: float = 13
) -> Trace:
    """Words at places of a chart, as one trace: far quicker to build than as many annotations."""
    return scatter(
        x=x,
        y=y,
        text=text,
        mode="text",
        textposition=position,
        textfont={"size": size, "color": INK},
        cliponaxis=False,
        hoverinfo="skip",
        selected={"textfont": {"color": INK}},
        unselected={"textfont": {"color": INK}},
    )
