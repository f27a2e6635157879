"""One figure with everything that has to be said beside it: what a page, a slide or a picture shows.

An exhibit says everything about a chart but how it is drawn. A page and a slide agree because there is one.
"""

from dataclasses import dataclass, field, replace

from budget_model.exhibits.figures import Figure, in_words
from budget_model.exhibits.tables import Table
from budget_model.exhibits.ways import Way
from budget_model.scope import Scope

SEPARATOR = " · "


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A finding with its figure, what it counts, every row behind it, and the ways down to its lines."""

    finding: str
    figure: Figure
    table: Table
    """Every row, titled, with its columns' kinds."""
    why: str
    """How the finding comes about, in one sentence: its range or its reason."""
    unit: str
    """'Pounds · 2016-17, latest available · net, shown with who pays · cash prices'."""
    left_out: str
    """What the scope leaves out or selects, in words; empty where it takes everything."""
    coverage: str
    """How many bodies are on the map, and how much of the money agrees with its own total."""
    source: str
    scope: Scope
    about: str = ""
    """What belongs to the unit of this figure alone: 'points of 100'."""
    notes: tuple[str, ...] = ()
    """What helps to read the figure: 'pale is what each part could add'."""
    ways: tuple[Way, ...] = ()
    """Every way down from its marks, in the order that a list gives them."""
    appendix: Table | None = None
    """What stands behind the figure on paper, where that is more than the table of a screen."""
    beside_the_map: bool = field(default=False, kw_only=True)
    """Whether its figures are in no total of the map, so that the map's checks and date say nothing of them."""
    chart: str = field(default="", kw_only=True)
    """The name of the chart in the catalogue, by which it is pinned."""
    chosen: str = field(default="", kw_only=True)
    """What the chart is about one of."""

    @property
    def alt(self) -> str:
        """The figure in words, for those who cannot see it."""
        return f"{self.finding} {in_words(self.figure)}"

    @property
    def counts(self) -> str:
        """What the figure counts, in one line of paper."""
        return SEPARATOR.join(part for part in (self.unit, self.left_out, self.about) if part)

    @property
    def caption(self) -> str:
        """What the figure counts, how far it can be relied on and how to read it, in one line of a screen."""
        return SEPARATOR.join(part for part in (self.counted, self.reading) if part)

    @property
    def counted(self) -> str:
        """What the figure counts and how far it can be relied on: often the same for all figures of a page."""
        return SEPARATOR.join(part for part in (self.unit, self.coverage) if part)

    @property
    def reading(self) -> str:
        """What helps to read this figure alone."""
        return SEPARATOR.join(part for part in (self.about, *self.notes) if part)

    def titled(self, finding: str) -> "Exhibit":
        """The same figure under another sentence."""
        return replace(self, finding=finding)


@dataclass(frozen=True, slots=True)
class Gone:
    """Why there is nothing to show now, in a sentence, and what to do about it."""

    sentence: str
    remedy: str = "Widen the choice above."


Shown = Exhibit | Gone
