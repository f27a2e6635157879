"""Per head and real terms: one factor on every figure, or a sentence why not."""

from dataclasses import replace
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from budget_model.count.ranked import basis_of, with_basis
from budget_model.count.restate import restating
from budget_model.place.model import Deflator, Population
from budget_model.scope import Scope
from budget_model.vocabulary import Served
from tests.towns import town as any_town

PEOPLE = Population("E06", "Riverton", 2016, 250_000, "", "")
PRICES = (Deflator("2016-17", Decimal(100), "", ""), Deflator("2018-19", Decimal(104), "", ""))


def place(populations: tuple[Any, ...] = (PEOPLE,), deflators: tuple[Any, ...] = PRICES) -> Any:
    return SimpleNamespace(
        ons_code="E06", populations=populations, deflators=deflators, population=lambda year: populations[0]
    )


SCOPE = Scope(year="2016-17")


def test_an_amount_stays_as_it_is_unless_something_is_asked_for() -> None:
    assert restating(SCOPE, place()).of(Decimal("1.23")) == Decimal("1.23")


def test_per_head_divides_by_the_people_and_says_so() -> None:
    shown = restating(replace(SCOPE, per_head=True), place())
    assert shown.of(Decimal(862_000_000)) == Decimal("3448.00")
    assert shown.unit == "pounds per resident"


def test_pounds_are_divided_among_children_where_they_are_counted_and_left_whole_where_not() -> None:
    children = Population("E1", "Anytown, aged 0 to 17", 2016, 1_000, "", "", ("school-age-children",))
    counted = replace(any_town(), ons_code="E1", populations=(children,))
    each_child = replace(SCOPE, per_head=True, served=Served.CHILDREN)
    shown = restating(each_child, counted)
    assert (shown.of(Decimal(5_000)), shown.unit) == (Decimal("5.00"), "pounds per child")
    assert with_basis("Schools take £5, 9% of it.", basis_of(shown)) == "Schools take £5 per child, 9% of it."
    later = restating(replace(each_child, year="2017-18"), counted)
    assert (later.of(Decimal(5_000)), later.unit) == (Decimal(5_000), "pounds")
    assert (
        later.note == "Figures per child need how many there are in 2017-18, which the place does not have."
    )
    older = restating(replace(each_child, served=Served.OLDER), counted)
    assert older.note.startswith("Figures per older person need")


def test_real_terms_are_in_the_prices_of_the_latest_year() -> None:
    shown = restating(replace(SCOPE, real_terms=True), place())
    assert shown.of(Decimal(100)) == Decimal("104.00")
    assert shown.prices == "prices of 2018-19"


def test_real_terms_are_never_in_the_prices_of_a_forecast() -> None:
    forecast = Deflator("2030-31", Decimal(150), "forecast", "")
    shown = restating(replace(SCOPE, real_terms=True), place(deflators=(*PRICES, forecast)))
    assert shown.prices == "prices of 2018-19"


def test_what_the_place_cannot_support_is_said_and_left_in_pounds() -> None:
    shown = restating(replace(SCOPE, per_head=True, real_terms=True), place(populations=(), deflators=()))
    assert shown.of(Decimal(100)) == Decimal(100)
    assert "population" in shown.note
    assert "deflator" in shown.note
