"""Money is split to the penny and said in a few figures that never mislead."""

import re
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budget_model.money import apportion, exact_pounds, percent, pounds, to_pennies_together, to_penny

amounts = st.integers(-(10**15), 10**15).map(lambda pennies: Decimal(pennies) / 100)
weights = st.dictionaries(
    st.text(max_size=3), st.integers(0, 10**9).map(Decimal), min_size=1, max_size=8
).filter(lambda held: any(held.values()))


@given(amounts, weights)
def test_the_parts_always_make_the_whole(amount: Decimal, held: dict[str, Decimal]) -> None:
    assert sum(apportion(amount, held).values()) == amount


@given(st.lists(st.decimals(-(10**9), 10**9, places=6), max_size=30))
def test_amounts_rounded_together_make_their_sum_rounded_and_none_moves_by_a_penny(exact: Any) -> None:
    rounded = to_pennies_together(exact)
    assert sum(rounded, Decimal(0)) == to_penny(sum(exact, Decimal(0)))
    assert all(abs(new - old) < Decimal("0.01000001") for new, old in zip(rounded, exact, strict=True))


@given(amounts, weights)
def test_no_part_is_a_penny_from_its_exact_share(amount: Decimal, held: dict[str, Decimal]) -> None:
    whole = sum(held.values())
    for key, part in apportion(amount, held).items():
        assert abs(part - amount * held[key] / whole) < Decimal("0.01000001")


@given(amounts, weights)
def test_a_part_without_weight_gets_nothing(amount: Decimal, held: dict[str, Decimal]) -> None:
    assert all(part == 0 for key, part in apportion(amount, held).items() if held[key] == 0)


@pytest.mark.parametrize("held", [{}, {"a": Decimal(0)}, {"a": Decimal(-1), "b": Decimal(2)}])
def test_weights_that_cannot_share_are_refused(held: dict[str, Decimal]) -> None:
    with pytest.raises(ValueError, match="shared out"):
        apportion(Decimal(1), held)


@given(amounts)
def test_an_amount_as_it_is_said_is_within_one_in_twenty_of_itself(amount: Decimal) -> None:
    said = pounds(amount)
    number = Decimal(re.sub(r"[^0-9.]", "", said))
    scale = {"k": 1000, "m": 1_000_000, "n": 1_000_000_000}.get(said[-1], 1)
    assert abs(number * scale - abs(amount)) <= max(abs(amount) / 20, Decimal("0.5"))
    assert said.startswith("−") == (amount < 0 and number > 0)


@given(amounts)
def test_an_amount_in_full_is_exact(amount: Decimal) -> None:
    said = exact_pounds(amount)
    assert Decimal(re.sub(r"[^0-9.]", "", said)) == abs(amount)
    assert said.startswith("(") == (amount < 0)


def test_a_share_of_nothing_is_no_share() -> None:
    assert percent(Decimal(5), Decimal(0)) == "no share"
    assert percent(Decimal("99.97"), Decimal(100)) == "over 99.9%"
