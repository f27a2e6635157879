"""What a board spends on each child and each older person, where they are counted."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from budget_model.count.parts_said import per_person_served
from budget_model.count.results import PartOfTotal
from budget_model.place.model import Place, Population
from tests.towns import town as any_town

CHILDREN = ("children-under-5", "families")
COUNTED = tuple(
    Population("E1", "Anytown, aged 0 to 17", year, people, "estimate", "invented", CHILDREN)
    for year, people in ((2015, 900), (2017, 1_100))
)


def town(populations: tuple[Population, ...] = COUNTED) -> Place:
    return replace(any_town(), ons_code="E1", populations=populations)


def money(key: str, amount: int) -> PartOfTotal:
    pounds = Decimal(amount)
    return PartOfTotal(key, key, pounds, pounds, Decimal(0), pounds, pounds)


def said(*groups: Any, year: str = "2016-17") -> tuple[str, ...]:
    return per_person_served(groups, town(), year)


def test_two_groups_of_one_count_are_divided_by_the_people_of_the_year() -> None:
    assert said(money("families", 150_000), money("children-under-5", 50_000)) == (
        "£200 for each of the 1,000 people of the group ‘Anytown, aged 0 to 17’ (mid-2016), "
        "with all £200k that is for them.",
    )


def test_a_year_outside_the_counts_says_not_counted() -> None:
    (sentence,) = said(money("families", 200_000), year="2020-21")
    assert "not counted for 2020-21" in sentence
    assert "not known" in sentence


def test_a_group_that_no_money_is_for_and_one_that_nobody_counts_say_nothing() -> None:
    assert said(money("families", 0), money("tenants", 500)) == ()
