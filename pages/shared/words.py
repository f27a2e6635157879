"""What the dimensions of the map are called on a screen."""

from budget_model.count.called import CALLED, LOWER
from budget_model.scope import Scope
from budget_model.vocabulary import Dimension
from pages.shared import kept


def named(dimension: Dimension) -> dict[str, str]:
    """What each key along a dimension is called."""
    return kept.names_of(dimension)


def name(dimension: Dimension, key: str) -> str:
    """What one key along a dimension is called."""
    return kept.answers(Scope()).called(dimension)(key)


__all__ = ["CALLED", "LOWER", "name", "named"]
