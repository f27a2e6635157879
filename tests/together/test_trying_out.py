"""What becomes of a what-if when somebody moves one of its controls."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from budget_model.together.risk_share import RiskShare, Rule
from budget_model.together.scenarios import Ingredient, Scenario
from budget_model.together.trying_out import (
    LineThere,
    code_of,
    equal_shares,
    partners_of,
    spends_on,
    with_choice,
    with_partners,
    with_same_part,
)

SPENT = {
    ("council", "older people"): Decimal(30),
    ("council", "waste"): Decimal(50),
    ("health", "older people"): Decimal(5),
    ("police", "policing"): Decimal(80),
    ("police", "lost property"): Decimal(-1),
}
POOL = Scenario(
    "Older people",
    "2016-17",
    (Ingredient("council", "older people", share=Decimal("0.5")),),
    host="council",
    risk_share=RiskShare(Rule.PROPORTIONAL),
    variance=Decimal(2),
    opportunity="older",
)
LINES = {7: LineThere("Home care", "older people", Decimal(12))}


def test_a_partner_that_spends_on_what_is_pooled_joins_on_that_and_another_on_its_largest_service() -> None:
    after = with_partners(POOL, ["council", "health", "police"], SPENT)
    assert [(each.partner, each.service) for each in after.ingredients] == [
        ("council", "older people"),
        ("health", "older people"),
        ("police", "policing"),
    ]
    assert after.ingredients[0].share == Decimal("0.5"), "who was there keeps its part"
    assert after.opportunity == "", "it is no longer the opportunity that it came from"


def test_a_host_that_leaves_gives_way_to_the_first_partner_and_nobody_hosts_nothing() -> None:
    assert with_partners(POOL, ["health"], SPENT).host == "health"
    assert with_partners(POOL, [], SPENT).host == ""
    assert partners_of(with_partners(POOL, [], SPENT)) == ()


def test_what_a_body_spends_is_the_largest_first_and_never_what_is_below_zero() -> None:
    assert list(spends_on(SPENT, "council")) == ["waste", "older people"]
    assert list(spends_on(SPENT, "police")) == ["policing"]


def test_a_line_takes_the_place_of_its_whole_service_and_the_whole_of_its_lines() -> None:
    with_line = with_choice(POOL, "council", ["service:older people", "line:7"], LINES)
    assert [code_of(each) for each in with_line.ingredients] == ["line:7"]
    whole_again = with_choice(with_line, "council", ["line:7", "service:older people"], LINES)
    assert [code_of(each) for each in whole_again.ingredients] == ["service:older people"]


def test_another_service_joins_and_what_was_there_keeps_its_part() -> None:
    after = with_choice(POOL, "council", ["service:older people", "service:waste"], LINES)
    assert [each.share for each in after.ingredients] == [Decimal("0.5"), Decimal(1)]


def test_a_variance_stays_as_large_a_part_of_the_fund() -> None:
    larger = replace(POOL, ingredients=(*POOL.ingredients, Ingredient("health", "older people")))
    assert with_same_part(POOL, larger, Decimal(20), Decimal(40)).variance == Decimal(4)
    assert with_same_part(POOL, larger, Decimal(0), Decimal(40)).variance == Decimal(2), "5% to begin with"
    assert with_same_part(POOL, larger, Decimal(20), Decimal(0)).variance == 0


@given(st.integers(0, 400))
def test_equal_shares_always_come_to_the_whole(how_many: int) -> None:
    shares = equal_shares([f"body {number}" for number in range(how_many)])
    assert sum(shares.values()) == (1 if how_many else 0)
