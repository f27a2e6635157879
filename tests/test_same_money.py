"""The one law that tells whether two lists of amounts are the same money."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budget_model.same_money import Entry, Likeness, Listed, in_pennies, listed, same_money, sums_of, words_of

SERVICES = {"Home care": "820113.50", "Day centres": "155020.25", "Parks": "98431.75", "Waste": "1450117.00"}


def of(amounts: dict[str, str]) -> Listed:
    """A list of services and pounds."""
    return listed(Entry(in_pennies(Decimal(amount)), words_of([name])) for name, amount in amounts.items())


def likeness(first: dict[str, str], second: dict[str, str]) -> Likeness | None:
    """How two lists are the same money."""
    match = same_money(of(first), of(second))
    return match.likeness if match else None


def test_a_copy_is_the_same_money_whatever_its_order() -> None:
    assert likeness(SERVICES, dict(reversed(SERVICES.items()))) is Likeness.COPY


def test_one_amount_changed_is_another_version() -> None:
    assert likeness(SERVICES, {**SERVICES, "Parks": "99000.00"}) is Likeness.VERSION


def test_whole_thousands_of_the_same_lines_are_a_rounded_print() -> None:
    print_out = {"Home care": "820000", "Day centres": "155000", "Parks": "98000", "Waste": "1450000"}
    assert likeness(SERVICES, print_out) is Likeness.ROUNDED


def test_a_unit_that_is_not_said_does_not_hide_a_copy() -> None:
    in_pounds_too_many = {name: str(Decimal(amount) * 1000) for name, amount in SERVICES.items()}
    assert likeness(SERVICES, in_pounds_too_many) is Likeness.ROUNDED
    in_thousands = {"Home care": "820", "Day centres": "155", "Parks": "98", "Waste": "1450"}
    assert likeness(SERVICES, in_thousands) is Likeness.ROUNDED


def test_the_same_services_with_other_amounts_are_other_money() -> None:
    assert (
        likeness(SERVICES, dict(zip(SERVICES, ["412000", "87000", "655000", "120500"], strict=True))) is None
    )


def test_a_few_round_amounts_without_their_words_tell_nothing() -> None:
    assert likeness({"A": "1000", "B": "2000", "C": "5000"}, {"D": "1000", "E": "2000", "F": "5000"}) is None


@pytest.mark.parametrize(
    "summary",
    [
        {"Adults": "975133.75", "Place": "1548548.75"},
        {"Everything": "2523682.50"},
    ],
)
def test_a_summary_of_the_lines_is_the_same_money(summary: dict[str, str]) -> None:
    detail = listed(
        Entry(
            in_pennies(Decimal(amount)),
            words_of([name, "Adults" if "care" in name or "Day" in name else "Place"]),
        )
        for name, amount in SERVICES.items()
    )
    match = sums_of(of(summary), detail)
    assert match is not None
    assert match.amount == Decimal("2523682.50")


def test_a_round_total_that_happens_to_be_equal_is_no_summary() -> None:
    assert sums_of(of({"Grants": "3000000"}), of({"Roads": "1000000", "Parks": "2000000"})) is None


@given(st.lists(st.integers(1, 10**9), min_size=4, max_size=30, unique=True))
def test_every_list_with_its_words_is_the_same_money_as_itself_and_the_order_of_two_does_not_matter(
    pennies: list[int],
) -> None:
    one = listed(Entry(amount, frozenset([f"service {k}"])) for k, amount in enumerate(pennies))
    other = Listed(tuple(reversed(one.entries)), one.grain)
    match = same_money(one, other)
    assert match is not None
    assert match.whole
    assert match == same_money(other, one)
