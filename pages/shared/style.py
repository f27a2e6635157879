"""How money looks: the colours, the typeface of figures, and what every chart has in common.

Colours are the Analysis Function's. A colour belongs to an organisation or a theme, never to its rank; a
pattern as well as a colour marks what is estimated, not reconciled or not mapped. No Streamlit here.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

import plotly.graph_objects as go

from budget_model.money import pounds

INK: Final = "#1D2733"
DARK: Final = "#0F141A"
"""Ink on a colour, where ordinary ink is too light."""
QUIET: Final = "#4B5763"
RULE: Final = "#CBD3DB"
FAINT: Final = "#E6EAEE"
PAPER: Final = "#FFFFFF"
NAVY: Final = "#12436D"
TEAL: Final = "#28A197"
PLUM: Final = "#801650"
ORANGE: Final = "#F46A25"
CHARCOAL: Final = "#3D3D3D"
LILAC: Final = "#A285D1"
PALETTE: Final = (NAVY, TEAL, PLUM, ORANGE, CHARCOAL, LILAC)
UNMAPPED_COLOUR: Final = "#8A949E"
OTHERS_COLOUR: Final = "#AEB7C0"
SEQUENCE: Final = (
    "#F6F8FA", "#DCE6EF", "#C3D4E3", "#A6BED4", "#87A7C4", "#678EB2", "#4A769F", "#305F8B", "#1D4F79",
    "#12436D",
)  # fmt: skip
BODY_FONT: Final = "'IBM Plex Sans', 'Segoe UI', Helvetica, Arial, sans-serif"
HEADLINE_FONT: Final = "'Source Serif', Georgia, serif"

ESTIMATED: Final = "/"
NOT_RECONCILED: Final = "x"
NOT_MAPPED: Final = "."
"""Patterns of doubt; a chart says in words which it uses."""

CONFIG: Final[Mapping[str, Any]] = {
    "displaylogo": False,
    "modeBarButtonsToRemove": [
        "zoom2d", "pan2d", "select2d", "lasso2d", "zoomIn2d", "zoomOut2d", "autoScale2d", "resetScale2d",
    ],
    "toImageButtonOptions": {"format": "png", "scale": 3},
    "scrollZoom": False,
}  # fmt: skip


def colour(given: str, key: str = "") -> str:
    """The fixed colour of an organisation or theme; grey where none was given."""
    if key in ("unmapped", "not known"):
        return UNMAPPED_COLOUR
    return given if len(given) == 7 and given.startswith("#") else OTHERS_COLOUR


def text_on(background: str) -> str:
    """Black or white, whichever reads better on a colour (WCAG relative luminance).

    >>> text_on("#12436D"), text_on("#F6F8FA"), text_on("#F46A25")
    ('#FFFFFF', '#0F141A', '#0F141A')
    """
    return PAPER if contrast(background, PAPER) > contrast(background, DARK) else DARK


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours.

    >>> round(contrast("#12436D", "#FFFFFF"), 1)
    10.2
    """
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def tint(hexadecimal: str, strength: float) -> str:
    """A colour thinned with white.

    >>> tint("#000000", 0.5)
    '#808080'
    """
    parts = [int(hexadecimal[place : place + 2], 16) for place in (1, 3, 5)]
    return "#" + "".join(f"{round(255 - (255 - part) * strength):02X}" for part in parts)


def shade(value: Decimal, largest: Decimal) -> str:
    """A step of the sequence for an amount between nought and the largest."""
    if largest <= 0 or value <= 0:
        return SEQUENCE[0]
    step = float(value / largest) ** 0.6 * (len(SEQUENCE) - 1)
    return SEQUENCE[min(len(SEQUENCE) - 1, max(1, round(step)))]


def money(amount: Decimal | float) -> str:
    """An amount as a label: four figures at most; negatives with a minus before the pound."""
    return pounds(amount)


def bracketed(amount: Decimal) -> str:
    """An amount as tables show it: negatives in brackets.

    >>> bracketed(Decimal("-4210000")), bracketed(Decimal("186000000"))
    ('(£4.2m)', '£186m')
    """
    return f"({pounds(abs(amount))})" if amount < 0 else pounds(amount)


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
            "bgcolor": INK, "bordercolor": INK, "font": {"family": BODY_FONT, "size": 13, "color": PAPER},
            "align": "left",
        },
        "xaxis": {"visible": False, "fixedrange": True},
        "yaxis": {"visible": False, "fixedrange": True},
        "bargap": 0.28,
        "uniformtext": {"mode": False},
    }  # fmt: skip
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


def figure(traces: list[Any], height: int, **more: Any) -> go.Figure:
    """A figure with the house's layout."""
    return go.Figure({"data": traces, "layout": layout(height, **more)}, _validate=CHECKED)


def words(
    x: Sequence[float], y: Sequence[float], text: Sequence[str], position: str, size: float = 13
) -> Trace:
    """Words at places of a chart, as one trace: far quicker to build than as many annotations."""
    return scatter(
        x=x, y=y, text=text, mode="text", textposition=position, textfont={"size": size, "color": INK},
        cliponaxis=False, hoverinfo="skip", selected={"textfont": {"color": INK}},
        unselected={"textfont": {"color": INK}},
    )  # fmt: skip


def _luminance(hexadecimal: str) -> float:
    parts = [int(hexadecimal[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
