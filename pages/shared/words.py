"""What the dimensions of the map are called on a screen."""

from budget_model.count.called import ABBREVIATED, CALLED, LOWER
from budget_model.vocabulary import Dimension
from pages.shared import kept


def named(dimension: Dimension, *, short: bool = False) -> dict[str, str]:
    """What each key along a dimension is called; short names for labels where there are any."""
    names = kept.names_of(dimension)
    if short and dimension in (Dimension.ORGANISATION, Dimension.THEME):
        names = names | kept.short_names()
    return names


def name(dimension: Dimension, key: str, *, short: bool = False) -> str:
    """What one key along a dimension is called."""
    found = named(dimension, short=short).get(key, key)
    if found == key and dimension not in (Dimension.ORGANISATION, Dimension.THEME):
        return key.upper() if key in ABBREVIATED else key[:1].upper() + key[1:]
    return found


__all__ = ["CALLED", "LOWER", "name", "named"]
