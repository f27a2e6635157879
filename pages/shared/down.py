"""The way down from a figure to its lines: which part of the map was chosen, as it goes into a link."""

from collections.abc import Iterable, Mapping

from budget_model.exhibits.ways import Chosen
from budget_model.scope import Scope, to_query
from budget_model.vocabulary import Dimension

OF = "of"
LINE = "line"
SEARCH = "search"


def written(chosen: Chosen) -> list[str]:
    """A choice as it stands in a link.

    >>> written(((Dimension.ORGANISATION, "health"), (Dimension.DIVISION, "07")))
    ['organisation:health', 'cofog division:07']
    """
    return [f"{dimension}:{key}" for dimension, key in chosen]


def read(values: Iterable[str]) -> Chosen:
    """A choice as a link writes it; what is no choice is left out, since a link is hostile until read.

    >>> read(["organisation:health", "nonsense:1", "", "theme:"])
    ((<Dimension.ORGANISATION: 'organisation'>, 'health'),)
    """
    chosen: dict[Dimension, str] = {}
    for value in values:
        name, _, key = value.partition(":")
        if name in {str(dimension) for dimension in Dimension} and key and len(key) <= 200:
            chosen[Dimension(name)] = key
    return tuple(chosen.items())


def query(scope: Scope, chosen: Chosen = (), **more: str) -> dict[str, str | list[str]]:
    """The query of a link to a page in the same scope, with a choice and that page's own choices."""
    asked: dict[str, str | list[str]] = dict(to_query(scope))
    if chosen:
        asked[OF] = written(chosen)
    return asked | more


def said(chosen: Chosen, names: Mapping[Dimension, Mapping[str, str]]) -> str:
    """A choice in words.

    >>> said(((Dimension.THEME, "t"),), {Dimension.THEME: {"t": "Healthy City"}})
    'Healthy City'
    """
    return " · ".join(names.get(dimension, {}).get(key, key) for dimension, key in chosen)
