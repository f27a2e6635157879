"""What the arithmetic of rows looked at: the rows that could be lines or totals, with their figures."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from budget_model.intake.files.cells import Mask
from budget_model.intake.files.reading_limits import count


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """The rows that were added up; `figures[k]`, `filled[k]` and `blocks[k]` belong to body row `items[k]`."""

    items: NDArray[np.intp]
    figures: NDArray[np.int64]
    """Whole numbers of each column's smallest place."""
    filled: Mask
    rounding: NDArray[np.int64]
    """For each column by how many of its smallest place one figure may be rounded."""
    blocks: NDArray[np.int32]
    """The block that each row stands in, where the same labels come again in every block; else zero."""
    results: frozenset[int]
    """The body rows whose words speak of a net total or a result."""
    top: frozenset[int]
    """The body rows that no total covers."""
    levelled: bool = False
    """Whether the totals were told by levels that the file itself carries."""

    @property
    def few(self) -> bool:
        """Whether the table is short enough to hold each row against the others."""
        return len(self.items) <= MOST_COMPARED


MOST_COMPARED: Final = count("arithmetic", "most_compared")
