"""The colours of figures: the Analysis Function's, the house's greys, and what can be read on each.

A colour belongs to an organisation or a theme, never to its rank.
"""

from decimal import Decimal
from typing import Final

from budget_model.vocabulary import PAID_TO_PEOPLE

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
WARNING: Final = "#8F1D2C"
PALETTE: Final = (NAVY, TEAL, PLUM, ORANGE, CHARCOAL, LILAC)
"""The tones of groups that the place gives no colour, in their own order."""
UNMAPPED_COLOUR: Final = "#8A949E"
PEOPLE_COLOUR: Final = "#7A6A4F"
"""Benefits and pensions paid to people, beside the boards: a tone that no board of the examples has."""
OTHERS_COLOUR: Final = "#AEB7C0"
SEQUENCE: Final = (
    "#F6F8FA",
    "#DCE6EF",
    "#C3D4E3",
    "#A6BED4",
    "#87A7C4",
    "#678EB2",
    "#4A769F",
    "#305F8B",
    "#1D4F79",
    "#12436D",
)
"""Ten steps from nothing to the largest."""


def fixed_colour(given: str, key: str = "") -> str:
    """The colour that the place gives an organisation or theme; grey where it gives none.

    >>> fixed_colour("#12436D"), fixed_colour("navy"), fixed_colour("#12436D", "unmapped")
    ('#12436D', '#AEB7C0', '#8A949E')
    """
    if key in ("unmapped", "not known"):
        return UNMAPPED_COLOUR
    if key == PAID_TO_PEOPLE:
        return PEOPLE_COLOUR
    try:
        int(given.removeprefix("#"), 16)
    except ValueError:
        return OTHERS_COLOUR
    return given.upper() if len(given) == 7 and given.startswith("#") else OTHERS_COLOUR


def text_on(background: str) -> str:
    """Black or white, whichever reads better on a colour (WCAG relative luminance).

    >>> text_on("#12436D"), text_on("#F6F8FA"), text_on("#F46A25")
    ('#FFFFFF', '#0F141A', '#0F141A')
    """
    return PAPER if contrast(background, PAPER) > contrast(background, DARK) else DARK


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2, 1.4.3).

    >>> round(contrast("#12436D", "#FFFFFF"), 1)
    10.2
    """
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def tint(colour: str, strength: float) -> str:
    """A colour thinned with white.

    >>> tint("#000000", 0.5)
    '#808080'
    """
    parts = [int(colour[place : place + 2], 16) for place in (1, 3, 5)]
    return "#" + "".join(f"{round(255 - (255 - part) * strength):02X}" for part in parts)


def depth(amount: Decimal, largest: Decimal) -> int:
    """The step of the sequence for an amount: 0 for nothing, 9 for the largest.

    >>> depth(Decimal(0), Decimal(9)), depth(Decimal(9), Decimal(9))
    (0, 9)
    """
    if largest <= 0 or amount <= 0:
        return 0
    part: float = float(amount / largest) ** 0.6
    return min(len(SEQUENCE) - 1, max(1, round(part * (len(SEQUENCE) - 1))))


def shade(amount: Decimal, largest: Decimal) -> str:
    """The colour of the sequence for an amount between zero and the largest."""
    return SEQUENCE[depth(amount, largest)]


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
