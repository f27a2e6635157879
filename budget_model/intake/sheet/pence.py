"""How amounts are written: in whole units, with pence, or with more places than pence have.

Figures are the floating numbers of the file, so each answer allows for what binary fractions leave over.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from budget_model.intake.files.cells import Numbers
from budget_model.intake.files.reading_limits import limit

NOISE: Final = limit("pence", "noise")
NOISE_OF_TENTHS: Final = limit("pence", "noise_of_tenths")
NOISE_OF_HUNDREDTHS: Final = limit("pence", "noise_of_hundredths")


def with_places(figures: Numbers) -> NDArray[np.bool_]:
    """Which figures are no whole numbers.

    >>> with_places(np.array([12.0, 12.5, 12.25])).tolist()
    [False, True, True]
    """
    return np.asarray(np.abs(figures - np.rint(figures)) > NOISE)


def to_the_penny(figures: Numbers) -> NDArray[np.bool_]:
    """Which figures have two places or fewer.

    >>> to_the_penny(np.array([12.0, 12.25, 12.125])).tolist()
    [True, True, False]
    """
    return np.asarray(np.abs(figures * 100 - np.rint(figures * 100)) < NOISE_OF_HUNDREDTHS)


def beyond_tenths(figures: Numbers) -> NDArray[np.bool_]:
    """Which figures have more than one place.

    >>> beyond_tenths(np.array([12.0, 12.5, 12.25])).tolist()
    [False, False, True]
    """
    tenths = figures * 10
    return np.asarray(np.abs(tenths - np.rint(tenths)) > NOISE_OF_TENTHS)
