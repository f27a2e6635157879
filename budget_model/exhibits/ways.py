"""The way down from a figure to its lines: which part of the map a mark stands for."""

from dataclasses import dataclass

from budget_model.vocabulary import Dimension

Chosen = tuple[tuple[Dimension, str], ...]
"""Keys along dimensions, such as one organisation and one theme; empty is everything in scope."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way down from a chart: what it is called in a list, and the part of the map that it is.

    `bodies` narrows it to the lines of some organisations, such as the two of a pair.
    """

    name: str
    chosen: Chosen
    bodies: tuple[str, ...] = ()
