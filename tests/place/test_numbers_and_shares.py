"""Laws of the numbers that a place's files hold."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter

from budget_model.financial_year import is_financial_year
from budget_model.money import typed_number
from budget_model.place import Share
from budget_model.place.reading import letter
from budget_model.vocabulary import ShareBasis

whole = st.integers(min_value=1, max_value=10**12)


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=2))
def test_an_amount_is_the_same_however_an_officer_types_it(amount: Decimal) -> None:
    typed = f"£{abs(amount):,}"
    ways = [f"({typed})", f"-{typed}", f" −{typed} "] if amount < 0 else [typed, f"{amount}", f"{amount:,}"]
    assert {typed_number(way) for way in ways} == {amount}


@given(whole, whole)
def test_a_share_of_a_part_lies_between_nothing_and_all_and_is_true_to_ten_places(
    one: int, other: int
) -> None:
    part, all_of_it = Decimal(min(one, other)), Decimal(max(one, other))
    share = Share("s", "", "2016-17", ShareBasis.DIRECT, part, "part", all_of_it, "whole", 1, "", "")
    assert 0 <= share.value <= 1
    assert abs(share.value * all_of_it - part) <= all_of_it * Decimal("0.00000000005")


@given(st.integers(min_value=1900, max_value=2100), st.integers(min_value=0, max_value=99))
def test_a_financial_year_ends_in_the_year_after_it_starts(start: int, end: int) -> None:
    assert is_financial_year(f"{start}-{end:02d}") == ((start + 1) % 100 == end)


@given(st.integers(min_value=0, max_value=16_383))
def test_columns_are_named_as_a_spreadsheet_names_them(index: int) -> None:
    assert letter(index) == get_column_letter(index + 1)
