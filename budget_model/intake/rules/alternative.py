"""One of several budgets that the columns of a table hold, of which only one may be loaded: a value, not its words."""

from dataclasses import dataclass, field
from enum import Enum


class Grouping(Enum):
    """What holds the columns of one alternative together."""

    NAME = "{0}"
    """The same year, phase or header; a column by itself."""
    TOTAL = "all that adds up to {0}"
    """A total across adds them up."""
    BESIDE_SERVICES = "what else adds up to {0}"
    """A total across adds them up with what services cost, and they only pay for it."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """One alternative. What is decided asks its fields; the officer and the store see its text.

    >>> str(Alternative("Net cost", Grouping.TOTAL)), str(Alternative("Budget").of_part("2016-17"))
    ('all that adds up to Net cost', '2016-17 · Budget')
    """

    name: str
    """As the file calls it: a header, a year, a phase, the total."""
    grouping: Grouping = field(default=Grouping.NAME)
    total: int | None = field(default=None, compare=False)
    """The column that prints what its columns add up to."""
    partly: bool = field(default=False, compare=False)
    """Whether its columns are parts of a year of which others are missing."""

    def __str__(self) -> str:
        return self.grouping.value.format(self.name)

    def __bool__(self) -> bool:
        """Whether it has a name: without one there is but one budget."""
        return bool(self.name)

    def of_part(self, part: str) -> "Alternative":
        """It within one part of the rows: a year or phase that the rows are parted by."""
        return Alternative(f"{part} · {self}" if self else part, partly=self.partly)


ONE_BUDGET = Alternative("")
"""All that a table holds, where nothing in it is an alternative."""
