"""A line that pays for several services is parted by percentages, to the penny."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budget_model.money import apportion

pounds = st.decimals(min_value=-(10**12), max_value=10**12, places=2)
whole_percentages = st.lists(st.integers(0, 100), min_size=1, max_size=5).map(
    lambda cuts: {
        f"service {at}": Decimal(high - low) / 100
        for at, (low, high) in enumerate(zip([0, *sorted(cuts)], [*sorted(cuts), 100], strict=True))
    }
)


@given(pounds, whole_percentages)
def test_the_parts_of_a_line_always_make_the_whole(amount: Decimal, shares: dict[str, Decimal]) -> None:
    parts = apportion(amount, shares)
    assert sum(parts.values()) == amount
    assert parts.keys() == shares.keys()


@given(pounds, whole_percentages)
def test_no_part_is_a_penny_away_from_its_exact_share(amount: Decimal, shares: dict[str, Decimal]) -> None:
    for service, part in apportion(amount, shares).items():
        assert abs(part - amount * shares[service]) < Decimal("0.01")


def test_the_odd_pennies_go_to_the_parts_that_rounding_cost_most() -> None:
    shares = {"libraries": Decimal("0.25"), "arts": Decimal("0.335"), "parks": Decimal("0.415")}
    assert apportion(Decimal("0.10"), shares) == {
        "libraries": Decimal("0.03"),
        "arts": Decimal("0.03"),
        "parks": Decimal("0.04"),
    }


@pytest.mark.parametrize("weights", [{}, {"arts": "0"}, {"libraries": "1.2", "arts": "-0.2"}])
def test_weights_below_zero_or_all_zero_share_nothing_out(weights: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="not negative and not all zero"):
        apportion(Decimal(100), {service: Decimal(weight) for service, weight in weights.items()})
