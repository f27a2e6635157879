"""The same money per resident, child or older person, or in the prices of another year: one factor for all of a scope.

Per resident divides by the place's population of the year, per child and per older person by how many there are of
them; real terms multiply by the deflator of the base year over that of the scope's year (method page, section 14).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from budget_model.financial_year import first_calendar_year
from budget_model.money import to_penny
from budget_model.place.model import Deflator, Place, Population, interpolated
from budget_model.scope import Scope
from budget_model.vocabulary import Served

EACH: Mapping[Served, str] = {
    Served.RESIDENTS: "resident",
    Served.CHILDREN: "child",
    Served.OLDER: "older person",
}
"""What one of those that pounds are divided among is called."""
GROUPS: Mapping[Served, str] = {Served.CHILDREN: "school-age-children", Served.OLDER: "older-people"}
"""A group of people by whose id the place counts them: children from 0 to 17, older people from 65."""
FORECAST = "forecast"
"""The status of a price index of a year that is not over."""


@dataclass(frozen=True, slots=True)
class Restating:
    """How the figures of one scope are shown: the factor on pounds, and what it stands on."""

    factor: Decimal
    unit: str
    """'pounds', 'pounds per resident' or 'pounds per child'."""
    prices: str
    """'cash prices' or 'prices of 2019-20'."""
    population: Population | None
    note: str
    """Why something that was asked for cannot be done; else empty."""

    def of(self, amount: Decimal) -> Decimal:
        """An amount of the map, restated, to the penny."""
        return amount if self.factor == 1 else to_penny(amount * self.factor)


def restating(scope: Scope, place: Place) -> Restating:
    """How a scope asks for its figures to be shown.

    What the place's data cannot support stays in pounds and cash prices, with a sentence that says so.
    """
    factor, prices, notes = Decimal(1), "cash prices", []
    if scope.real_terms:
        then, base = deflator(place, scope.year), base_deflator(place)
        if then and base:
            factor *= base.index / then.index
            prices = f"prices of {base.year}"
        else:
            notes.append(f"Real terms need a deflator for {scope.year}, which the place does not have.")
    population = people_of(place, scope.year, scope.served)
    each = EACH[scope.served]
    if scope.per_head:
        if population:
            factor /= population.population
        elif scope.served is Served.RESIDENTS:
            notes.append("Figures per resident need the place’s population, which it does not have.")
        else:
            notes.append(
                f"Figures per {each} need how many there are in {scope.year}, which the place does not have."
            )
    unit = f"pounds per {each}" if scope.per_head and population else "pounds"
    return Restating(factor, unit, prices, population, " ".join(notes))


def per_head(amount: Decimal, place: Place, year: str) -> Decimal | None:
    """An amount per resident of the place, to the penny; None where the population is not known."""
    population = population_of(place, year)
    return to_penny(amount / population.population) if population else None


def population_of(place: Place, year: str) -> Population | None:
    """The population that figures per resident of a year stand on."""
    known = any(
        count.ons_code == place.ons_code and count.population and not count.groups
        for count in place.populations
    )
    return place.population(year) if known and year[:4].isdigit() else None


def people_of(place: Place, year: str, served: Served) -> Population | None:
    """Those among whom pounds of a year can be divided; None where they are not counted."""
    group = GROUPS.get(served)
    people = people_served(place, year, group) if group else population_of(place, year)
    return people if people and people.population else None


def people_served(place: Place, year: str, group: str) -> Population | None:
    """How many people of a group live in the place; None for a year outside the counts, or a group without any."""
    years = [
        population.year
        for population in place.populations
        if population.ons_code == place.ons_code and group in population.groups
    ]
    if not years or not min(years) <= first_calendar_year(year) <= max(years):
        return None
    return place.population(year, group)


def people_counted(place: Place, year: str, area: str) -> Population | None:
    """How many people were counted under the name of an area; None for a year outside its counts.

    Between two counts they are taken to have changed by as many each year, and the basis says so.
    """
    counts = [population for population in place.populations if population.area == area]
    start = first_calendar_year(year)
    before = max(
        (count for count in counts if count.year <= start), key=lambda count: count.year, default=None
    )
    after = min(
        (count for count in counts if count.year >= start), key=lambda count: count.year, default=None
    )
    if before is None or after is None:
        return None
    return before if before.year == after.year else interpolated(before, after, start)


def deflator(place: Place, year: str) -> Deflator | None:
    """The price index of one financial year."""
    return next((one for one in place.deflators if one.year == year and one.index), None)


def in_prices_of(place: Place, amount: Decimal, year: str, of: str) -> Decimal | None:
    """Pounds of one year in the prices of another; None where either year's index is not known."""
    then, now = deflator(place, year), deflator(place, of)
    if then is None or now is None:
        return amount if year == of else None
    return to_penny(amount * now.index / then.index)


def base_deflator(place: Place) -> Deflator | None:
    """The latest year whose prices are known, forecasts left out: what 'real terms' means."""
    known = [price for price in place.deflators if price.index and price.status != FORECAST]
    return max(known, key=lambda price: price.year, default=None)
