from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budget_model.intake.files.amounts import Missing, Style, is_code, style_of
from tests.intake.sheets import read_amount


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1,234.50", "1234.50"),
        ("£1,234.50", "1234.50"),
        ("-£5", "-5"),
        ("£-5", "-5"),
        ("(500)", "-500"),
        ("(£1,250.50)", "-1250.50"),
        ("500 CR", "-500"),
        ("500 DR", "500"),
        ("500-", "-500"),
        ("£1.2m", "1200000"),
        ("£3.5bn", "3500000000"),
        ("12k", "12000"),
        ("1\u00a0234\u00a0567", "1234567"),
        (" 7 ", "7"),
        ("-", "0"),
        ("–", "0"),
        ("NIL", "0"),
        ("£ -", "0"),
        (".5", "0.5"),
        ("5.0%", "0.05"),
        ("−12", "-12"),
        ("3,575", "3575"),
        ("€2.000,50".replace(".", "").replace(",", "."), "2000.50"),
    ],
)
def test_an_amount_is_read_as_the_officer_meant_it(typed: str, meant: str) -> None:
    assert read_amount(typed) == Decimal(meant)


@pytest.mark.parametrize("typed", ["n/a", "N/A", "…", "...", "..", "[x]", "[c]", "tbc", "#REF!"])
def test_a_mark_in_place_of_a_figure_is_not_zero(typed: str) -> None:
    assert isinstance(read_amount(typed), Missing)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "Adults",
        "12 posts",
        "3a",
        "1,23",
        "1,2345",
        "12/05/2016",
        "2016/17",
        "£000",
        "£'000",
        "(5",
        "5)",
        "1 309 126   1 309 126",
        "A123",
        "--5",
        "1.2.3",
        "£",
    ],
)
def test_what_is_only_partly_a_number_is_no_amount(typed: str) -> None:
    assert read_amount(typed) is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1.234.567", "1234567"),
        ("1.234,56", "1234.56"),
        ("3.236", "3236"),
        ("-504.000", "-504000"),
        ("0", "0"),
    ],
)
def test_continental_figures_part_thousands_by_points(typed: str, meant: str) -> None:
    assert read_amount(typed, Style.CONTINENTAL) == Decimal(meant)


def test_the_style_of_a_sheet_is_told_by_the_figures_that_can_only_be_one() -> None:
    assert style_of(["14.132.602", "3.236", "0"]) == (Style.CONTINENTAL, True)
    assert style_of(["1,234", "3.236"]) == (Style.ENGLISH, True)
    assert style_of(["3.236", "4.100"]) == (Style.ENGLISH, False)


def test_a_leading_zero_makes_a_code() -> None:
    assert is_code("001")
    assert not is_code("0")
    assert not is_code("0.5")


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=2))
def test_every_amount_is_read_back_however_it_is_written(amount: Decimal) -> None:
    assert read_amount(f"{amount:,.2f}") == amount
    assert read_amount(f"£{abs(amount):,.2f}") == abs(amount)
    if amount > 0:
        assert read_amount(f"({amount:,.2f})") == -amount
