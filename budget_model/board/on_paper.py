"""An exhibit as paper has room for it: tails gathered, plain bars for what only a screen can draw."""

from dataclasses import dataclass

from budget_model.exhibits.exhibit import Exhibit
from budget_model.exhibits.figures import (
    AreaMap,
    Bars,
    Dots,
    Drawn,
    Figure,
    HeatMap,
    Points,
    Sankey,
    Treemap,
    Waterfall,
    Years,
    in_words,
)
from budget_model.exhibits.tables import Table

MOST_BARS, MOST_PIECES = 9, 5
MOST_APART = 10
"""Bars of which none are gathered as others: as many as the Board is asked to look at or to decide."""
MOST_CHANGES = 6
MOST_ROWS, MOST_COLUMNS = 9, 6
MOST_TILES = 7
MOST_STOPS, MOST_OF_TWO = 8, 14
"""Stops in a column: where there are three columns, and where there are two."""


@dataclass(frozen=True, slots=True)
class Printed:
    """An exhibit as paper draws it: the figure folded to its room, and the table that stands behind it."""

    exhibit: Exhibit
    figure: Drawn
    table: Table

    @property
    def why(self) -> str:
        """How the finding comes about, in one sentence."""
        return self.exhibit.why

    @property
    def source(self) -> str:
        """Where the figures are from."""
        return self.exhibit.source

    @property
    def alt(self) -> str:
        """The figure as it is drawn, in words."""
        return f"{self.exhibit.finding} {in_words(self.figure)}"


def on_paper(shown: Exhibit) -> Printed:
    """An exhibit with a figure of as many marks as paper has room for."""
    return Printed(shown, fitting(shown.figure), (shown.appendix or shown.table).on_paper())


def fitting(figure: Figure) -> Drawn:
    """A figure of as many marks as paper has room for."""
    match figure:
        case Dots() | Points() | AreaMap():
            return fitting(figure.bars())
        case Years():
            return figure.bars(MOST_BARS)
        case Bars():
            most = MOST_BARS if figure.gathers else MOST_APART
            return figure.known().folded(most, 0 if figure.sides else MOST_PIECES)
        case Waterfall():
            return figure.folded(MOST_CHANGES)
        case HeatMap():
            return figure.folded(MOST_ROWS, MOST_COLUMNS)
        case Treemap():
            return figure.folded(most=MOST_TILES)
        case Sankey():
            return figure.folded(MOST_STOPS if len(figure.columns) > 2 else MOST_OF_TWO)
    return figure
