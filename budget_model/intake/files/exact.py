"""Figures as whole numbers of their smallest place, so that sums are exact.

A workbook holds binary fractions: 0.1 + 0.2 is not 0.3 there. Each column is taken to the fewest decimal
places that say what its cells say, and is added up in whole numbers of that place.
"""

from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from budget_model.intake.files.cells import Mask, Numbers

MOST_PLACES = 9
_LIMIT = 4e18


@dataclass(frozen=True, slots=True)
class Places:
    """Whole numbers and the decimal places they are counted in; a cell without a figure counts zero."""

    whole: NDArray[np.int64]
    places: int

    def decimal(self, value: int) -> Decimal:
        """One whole number as the figure it stands for."""
        return Decimal(int(value)).scaleb(-self.places)

    def total(self, where: Mask | None = None) -> Decimal:
        """The exact sum, of all or of some."""
        return self.decimal(int(self.whole.sum() if where is None else self.whole[where].sum()))


def exact(numbers: Numbers, places: int | None = None) -> Places:
    """Take figures exactly, freed from the noise of binary fractions.

    >>> exact(np.array([0.1 + 0.2, 1250.5, np.nan]))
    Places(whole=array([   3, 12505,    0]), places=1)
    """
    figures = np.where(np.isfinite(numbers), numbers, 0.0)
    if places is None:
        places = places_needed(figures)
    return Places(np.rint(figures * 10.0**places).astype(np.int64), places)


def places_needed(figures: Numbers) -> int:
    """The fewest decimal places in which every figure can be said.

    >>> places_needed(np.array([1.0, 2.5])), places_needed(np.array([40760.203664000008])), places_needed(np.array([7.0]))
    (1, 6, 0)
    """
    largest = float(np.abs(figures).max(initial=0.0))
    total = float(np.abs(figures).sum()) or 1.0
    most = MOST_PLACES
    while most > 0 and (total * 10.0**most > _LIMIT or largest * 10.0**most > 4e15):
        most -= 1
    for places in range(most):
        scaled = figures * 10.0**places
        noise = np.abs(scaled) * 4.5e-16 + 1e-9 * 10.0 ** min(places, 2)
        if np.all(np.abs(scaled - np.rint(scaled)) <= noise * 4):
            return places
    return most


def median(figures: NDArray[np.float64]) -> float:
    """The middle of some figures, of which there is at least one; numpy's own first loads its masked arrays.

    >>> median(np.array([3.0, 1.0, 2.0])), median(np.array([4.0, 1.0, 2.0, 3.0]))
    (2.0, 2.5)
    """
    half = len(figures) // 2
    if len(figures) % 2:
        return float(np.partition(figures, half)[half])
    middle = np.partition(figures, (half - 1, half))[half - 1 : half + 1]
    return float(middle.sum() / 2)
