"""Bars in a column, each with its name: the form of a chart for where there is little room, and a ranking at any width."""

from collections.abc import Sequence
from dataclasses import dataclass

from pages.shared.components.render import draw

FIRST = 8
"""Bars of a group that are shown at once; the rest opens."""
ANY_WIDTH = 9999
"""Pixels of width that no window has: bars that are shown in each."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a bar: where it begins and how long it is, per cent, its colour and the pattern of its doubt."""

    left: float
    long: float
    colour: str
    pattern: str = ""


@dataclass(frozen=True, slots=True)
class Strip:
    """One bar under its name and figure, with what it is made of where that can be opened."""

    name: str
    label: str
    stretches: tuple[Stretch, ...] = ()
    note: str = ""
    strong: bool = False
    inside: tuple["Strip", ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Bars of one kind, under a title where there are several kinds; those that open at once come first."""

    title: str
    label: str
    strips: tuple[Strip, ...]
    first: int = FIRST

    @property
    def shown(self) -> tuple[Strip, ...]:
        """Those that are shown at once: a single one more is shown too."""
        return self.strips if len(self.strips) <= self.first + 1 else self.strips[: self.first]

    @property
    def rest(self) -> tuple[Strip, ...]:
        """Those behind a click."""
        return self.strips[len(self.shown) :]


def strips(groups: Sequence[Group], below: int = ANY_WIDTH) -> None:
    """The groups, shown only where there are at most `below` pixels of width for them."""
    draw("strips", "groups", shown=groups, below=below, level=4)
