"""Whether text has the colour of what it stands on, so that nobody sees it: white on white, grey on grey."""

import re
from typing import Final

from budget_model.intake.files.xml_attributes import attributes

Colour = tuple[str, str]
"""A colour and how much it is lightened or darkened, as a workbook names both."""

WHITE: Final[Colour] = ("FFFFFF", "")
BLACK: Final[Colour] = ("000000", "")
_OF_THEME: Final = {"0": WHITE, "1": BLACK}
_INDEXED: Final = {"0": BLACK, "8": BLACK, "64": BLACK, "1": WHITE, "9": WHITE, "65": WHITE}
_COLOUR: Final = re.compile(rb"<(?:\w+:)?color\b[^>]*>")
_FOREGROUND: Final = re.compile(rb"<(?:\w+:)?fgColor\b[^>]*>")
_SOLID: Final = re.compile(rb"patternType=[\"']solid[\"']")


def colour_of_font(font: bytes) -> Colour:
    """The colour in which a font of a workbook's styles writes; black where it names none."""
    tag = _COLOUR.search(font)
    return _colour(attributes(tag[0])) if tag else BLACK


def colour_of_fill(fill: bytes) -> Colour | None:
    """The colour of a fill of a workbook's styles: white where there is none; None for patterns and shades."""
    if b"patternFill" not in fill or b"gradient" in fill:
        return None if b"gradient" in fill else WHITE
    if not _SOLID.search(fill):
        return WHITE if re.search(rb"patternType=[\"']none|<(?:\w+:)?patternFill\s*/>", fill) else None
    tag = _FOREGROUND.search(fill)
    return _colour(attributes(tag[0])) if tag else BLACK


def _colour(told: dict[bytes, str]) -> Colour:
    tint = told.get(b"tint", "")
    tint = tint if tint.strip("-0.") else ""
    if b"rgb" in told:
        return told[b"rgb"][-6:].upper(), tint
    if b"theme" in told:
        known = _OF_THEME.get(told[b"theme"]) if not tint else None
        return known or (f"theme {told[b'theme']}", tint)
    if b"indexed" in told:
        return _INDEXED.get(told[b"indexed"], (f"indexed {told[b'indexed']}", tint))
    return BLACK
