"""Which rules of law reach a place: those of its country, and orders that name it."""

from collections.abc import Iterable

from budget_model.place.model import LegalPower, Place

COUNTRIES = {"E": "England", "W": "Wales", "S": "Scotland", "N": "Northern Ireland"}
"""The country of a place by the first letter of its ONS code."""


def of_place(powers: Iterable[LegalPower], place: Place) -> tuple[LegalPower, ...]:
    """The rules whose jurisdiction takes in this place; an unknown country leaves none out."""
    country = COUNTRIES.get(place.ons_code[:1].upper(), "")
    return tuple(power for power in powers if _reaches(power.jurisdiction, country, place.name))


def _reaches(jurisdiction: str, country: str, place: str) -> bool:
    """Whether a jurisdiction in words takes in a place of a country.

    >>> _reaches("England: Derby, Nottingham", "England", "Leicester")
    False
    >>> _reaches("Great Britain", "Wales", "Cardiff")
    True
    """
    countries, _, places = jurisdiction.partition(":")
    if places:
        return place in [name.strip() for name in places.split(",")]
    whole_kingdom = countries == "United Kingdom"
    great_britain = countries == "Great Britain" and country != "Northern Ireland"
    return not country or whole_kingdom or great_britain or country in countries
