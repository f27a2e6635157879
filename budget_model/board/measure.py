"""How wide words are on paper, so that nothing overflows and what must be cut is cut at a word.

Widths are the typefaces' own advance widths (`fonts/widths.csv`, thousandths of the type size). Arial's are
the same on every machine, which is why the slides use it: what fits here fits in the Board's room.
"""

import csv
import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

WIDTHS = Path(__file__).parent / "fonts" / "widths.csv"
LEADING = 1.2
"""Height of a line over its type size."""
SAFE = 0.985
"""Part of a box that words are fitted to: programs differ by a hair in how they break lines."""
ELLIPSIS = "…"
YEAR = re.compile(r"\b(\d{4})-(?=\d{2}\b)")


class Face(StrEnum):
    """A typeface in one weight; the value is its column in the table of widths."""

    SLIDE = "arial"
    SLIDE_BOLD = "arial_bold"
    PAPER = "plex"
    PAPER_BOLD = "plex_bold"


@dataclass(frozen=True, slots=True)
class Fitted:
    """Words broken into lines of one size that fit their box; `cut` where something had to be left out."""

    lines: tuple[str, ...]
    size: float
    cut: bool

    @property
    def text(self) -> str:
        """The words as one line, for programs that break lines on their own."""
        return " ".join(self.lines)


@cache
def _widths(face: Face) -> dict[str, int]:
    with WIDTHS.open(encoding="utf-8", newline="") as file:
        return {chr(int(row["code"], 16)): int(row[face]) for row in csv.DictReader(file) if row[face]}


def width(text: str, size: float, face: Face = Face.SLIDE) -> float:
    """How wide a line of words is, in the unit of its size.

    >>> round(width("££££", 10), 2), width("", 10)
    (22.24, 0.0)
    """
    known = _widths(face)
    return sum(known.get(character) or _unknown(character) for character in text) * size / 1000


def _unknown(character: str) -> int:
    """A careful guess for what the table does not hold: zero for marks that join, wide for all else."""
    if unicodedata.combining(character) or unicodedata.category(character) in ("Cf", "Mn"):
        return 0
    return 1300 if ord(character) > 0xFFFF else 1000


def readable(text: str) -> str:
    r"""The same words without what no file can hold: control characters, halves of characters, line breaks.

    >>> readable(" Adults\x07 &  \n care\ud800 ")
    'Adults & care'
    """
    kept = "".join(
        " " if character.isspace() else character
        for character in text
        if character.isspace() or unicodedata.category(character) not in ("Cc", "Cs", "Cn")
    )
    return " ".join(kept.split())


def years_whole(text: str) -> str:
    r"""The same words with financial years that no line ends in, where a program breaks lines by itself.

    >>> years_whole("between 2015-16 and 2016-17") == "between 2015\N{NON-BREAKING HYPHEN}16 and 2016\N{NON-BREAKING HYPHEN}17"
    True
    """
    return YEAR.sub("\\1\u2011", text)


def shortened(text: str, size: float, room: float, face: Face = Face.SLIDE) -> str:
    """As much of a line as there is room for, cut at a word where one is near, with an ellipsis.

    >>> shortened("Department for Work and Pensions", 10, 110)
    'Department for Work…'
    >>> shortened("Police", 10, 110)
    'Police'
    """
    if width(text, size, face) <= room:
        return text
    left, kept = room - width(ELLIPSIS, size, face), 0
    for character in text:
        left -= width(character, size, face)
        if left < 0:
            break
        kept += 1
    cut = text[:kept]
    at = cut.rfind(" ")
    if at > kept * 0.6 and not text[kept : kept + 1].isspace():
        cut = cut[:at]
    return cut.rstrip(" ,:;-–(") + ELLIPSIS


def wrapped(text: str, size: float, room: float, face: Face = Face.SLIDE) -> tuple[str, ...]:
    """Words broken into lines that fit the room; a word that is wider than a line is broken inside.

    >>> wrapped("Department for Work and Pensions", 10, 90)
    ('Department for', 'Work and Pensions')
    """
    lines: list[str] = []
    at = 0.0
    space = width(" ", size, face)
    for word in text.split():
        needed = width(word, size, face)
        if lines and at + space + needed <= room:
            lines[-1] += f" {word}"
            at += space + needed
            continue
        for piece in _pieces(word, size, room, face) if needed > room else (word,):
            lines.append(piece)
            at = width(piece, size, face)
    return tuple(lines)


def _pieces(word: str, size: float, room: float, face: Face) -> list[str]:
    pieces, at = [""], 0.0
    for character in word:
        needed = width(character, size, face)
        if pieces[-1] and at + needed > room:
            pieces.append("")
            at = 0.0
        pieces[-1] += character
        at += needed
    return pieces


def fitted(
    text: str,
    room: float,
    height: float,
    sizes: tuple[float, ...],
    face: Face = Face.SLIDE,
    leading: float = LEADING,
) -> Fitted:
    """Words at the largest of these sizes at which they fit a box; at the smallest they are cut to fit.

    >>> fitted("Two bodies pay", 200, 30, (20, 10)).size
    20
    >>> fitted("Two bodies pay for most of it", 60, 24, (10,))
    Fitted(lines=('Two bodies', 'pay for…'), size=10, cut=True)
    """
    lines: tuple[str, ...] = ()
    for size in sizes:
        lines = wrapped(text, size, room, face)
        if len(lines) * size * leading <= height:
            return Fitted(lines, size, cut=False)
    size = sizes[-1]
    most = max(1, int(height / (size * leading)))
    kept, rest = lines[: most - 1], " ".join(lines[most - 1 :])
    last = shortened(rest, size, room, face)
    if last == rest:
        last = shortened(f"{rest}{ELLIPSIS}", size, room, face)
    return Fitted((*kept, last), size, cut=True)
