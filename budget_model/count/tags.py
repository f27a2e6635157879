"""Cross-cutting themes: how much money works towards each. They overlap, so they are never added up."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from budget_model.count.results import PartOfTotal
from budget_model.money import NOTHING
from budget_model.place.model import Place, Theme, ThemeKind


@dataclass(frozen=True, slots=True)
class Tagged:
    """The services that contribute to one cross-cutting theme, strongest first, and their money, pounds."""

    theme: Theme
    amount: Decimal
    services: tuple[tuple[PartOfTotal, int], ...]


def tagged(place: Place, services: Iterable[PartOfTotal]) -> tuple[Tagged, ...]:
    """What contributes to each cross-cutting theme, in the place's own order."""
    spent = {part.key: part for part in services}
    found = []
    for theme in place.themes:
        if theme.kind is not ThemeKind.CROSS_CUTTING:
            continue
        strengths = {
            tie.service: tie.strength
            for tie in place.service_themes
            if tie.theme == theme.id and tie.strength and tie.service in spent
        }
        ordered = sorted(strengths.items(), key=lambda tie: (-tie[1], -spent[tie[0]].amount))
        ties = tuple((spent[service], strength) for service, strength in ordered)
        found.append(Tagged(theme, sum((part.amount for part, _ in ties), NOTHING), ties))
    return tuple(found)
