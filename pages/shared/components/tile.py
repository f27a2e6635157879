"""Tiles: the few figures that everything hangs on; and the key that says what a chart's patterns mean."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from pages.shared.components.render import draw
from pages.shared.components.words import Badge


@dataclass(frozen=True, slots=True)
class Range:
    """A line from the least to the most that a figure may be, with a mark where it stands."""

    low: Decimal
    middle: Decimal
    high: Decimal

    @property
    def marks(self) -> tuple[Decimal, ...]:
        """Where the line begins, how long it is and where the mark stands, per cent; empty without a span."""
        span = self.high - self.low
        if span <= 0:
            return ()
        edge = span / 50
        left, at, right = (
            (amount - self.low + edge) / (span + edge * 2) * 100
            for amount in (self.low, self.middle, self.high)
        )
        return left, right - left, at


@dataclass(frozen=True, slots=True)
class Share:
    """A bar that is filled as far as the part goes."""

    part: Decimal
    whole: Decimal

    @property
    def filled(self) -> Decimal:
        """How far, per cent; nothing where the whole is not above zero."""
        share = self.part / self.whole if self.whole > 0 else Decimal(0)
        return max(Decimal(0), min(Decimal(1), share)) * 100


@dataclass(frozen=True, slots=True)
class Tile:
    """One figure with its name, what it stands on, and a small gauge."""

    name: str
    value: str
    below: str
    gauge: Range | Share | None = None


@dataclass(frozen=True, slots=True)
class Key:
    """What one pattern, dot or colour of a chart means."""

    text: str
    pattern: Literal["", "hatch", "cross", "dots", "dot within", "dot across", "dot hollow"] = ""
    colour: str = ""
    """A colour in place of a pattern, such as #12436D."""
    badge: Badge | None = None


def tiles(shown: Sequence[Tile], layout: Literal["", "four", "third", "three", "words"] = "") -> None:
    """Tiles side by side: five, four or three to a row; `words` for those whose values are words.

    `third` is for four of which the third has most to say.
    """
    draw("tiles", "tiles", shown=shown, layout=layout)


def key(meanings: Sequence[Key]) -> None:
    """The key beneath a chart; nothing where it needs none."""
    if meanings:
        draw("tiles", "key", meanings=meanings)
