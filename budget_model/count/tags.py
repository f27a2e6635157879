"""Cross-cutting themes: which services contribute to each, and how strongly. How much of their money is not stated."""

from collections.abc import Iterable
from dataclasses import dataclass

from budget_model.count.results import PartOfTotal
from budget_model.place.model import Place, Theme, ThemeKind


@dataclass(frozen=True, slots=True)
class Tagged:
    """The services that contribute to one cross-cutting theme with their strength, the strongest first."""

    theme: Theme
    services: tuple[tuple[PartOfTotal, int], ...]

    @property
    def strongest(self) -> tuple[str, ...]:
        """The names of the services that contribute most strongly."""
        most = max((strength for _, strength in self.services), default=0)
        return tuple(part.name for part, strength in self.services if strength == most)


def tagged(place: Place, services: Iterable[PartOfTotal]) -> tuple[Tagged, ...]:
    """What contributes to each cross-cutting theme, in the place's own order."""
    spent = {part.key: part for part in services}
    tags = []
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
        tags.append(Tagged(theme, ties))
    return tuple(tags)
