"""Layouts from outside the collection of real files: each shape that was once read wrongly, as small as it can be."""

from datetime import datetime
from decimal import Decimal

import pytest

from budget_model.intake.files.amounts import Style, style_of
from budget_model.intake.reading import Reading, lines
from budget_model.intake.sheet.units import unit_in
from budget_model.vocabulary import Side
from tests.intake.sheets import keys, loaded, only, read, read_amount, sheet, totals

SERVICES = [
    "Home care",
    "Day centres",
    "Fostering",
    "Parks",
    "Waste",
    "Libraries",
    "Legal",
    "Audit",
    "Markets",
]


def some(k: int, column: int = 0) -> float:
    """An amount without a pattern, the same on every run."""
    return float((k * 7919 + column * 15485863 + 104729) * 31 % 89_977 + 1_011)


def net(reading: Reading) -> Decimal:
    """Expenditure less income of all that would be loaded."""
    return sum(
        (line.amount if line.side is Side.EXPENDITURE else -line.amount for line in lines(reading)),
        Decimal(0),
    )


def of_side(reading: Reading, side: Side) -> Decimal:
    """What would be loaded on one side."""
    return sum((line.amount for line in lines(reading) if line.side is side), Decimal(0))


def codes(reading: Reading) -> list[str]:
    """What kinds of trouble the loaded tables carry."""
    return [problem.code for k in reading.chosen for problem in reading.tables[k].problems]


# -- how amounts are typed ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("12,34,567", "1234567"),
        ("Rs. 12,34,567.50", "1234567.50"),
        ("₹ 1,00,000", "100000"),
        ("CHF 1'234'567", "1234567"),
        ("kr 1 234", "1234"),
        ("1'234 CHF", "1234"),
    ],
)
def test_amounts_of_other_countries_are_read(typed: str, meant: str) -> None:
    assert read_amount(typed) == Decimal(meant)


def test_thousands_parted_by_thin_spaces_do_not_hide_a_decimal_comma() -> None:
    assert style_of(["757\u202f486,21 €", "12 345,67"]) == (Style.CONTINENTAL, True)
    reading = read(
        [
            ["Chapitre", "Libellé", "Budget 2025"],
            ["011", "Charges générales", "757\u202f486,21 €"],
            ["012", "Personnel", "1\u202f204\u202f500,40 €"],
            ["65", "Gestion courante", "95\u202f000,00 €"],
            ["", "Total", "2\u202f056\u202f986,61 €"],
        ]
    )
    assert loaded(reading) == Decimal("2056986.61")


def test_figures_in_a_spelling_that_is_not_known_are_named() -> None:
    rows = [
        ["Service", "Budget £", "Grant"],
        *([name, 1203.0 + 77 * k, f"1,20{k}.000,5"] for k, name in enumerate(SERVICES)),
    ]
    assert "unread-figures" in codes(read(rows))


def test_words_and_codes_are_not_taken_for_figures_that_could_not_be_read() -> None:
    rows = [
        ["Service", "Account", "Budget £"],
        *([name, f"101-20{k}-5000", 1203.0 + 77 * k] for k, name in enumerate(SERVICES)),
    ]
    assert codes(read(rows)) == []


@pytest.mark.parametrize("reference", ["G000", "CC-000", "A5000"])
def test_a_reference_of_zeros_names_no_unit(reference: str) -> None:
    assert unit_in(reference) is None


# -- what a column is ---------------------------------------------------------------------------


def test_a_year_with_a_percent_sign_heads_a_column() -> None:
    reading = read(
        [
            ["Summary by division", "Expenditure €", "Income €", "Net 2025 €", "2025 %"],
            ["Housing", 1_200_450.0, 300_100.0, 900_350.0, None],
            ["Roads", 2_400_120.0, 410_020.0, 1_990_100.0, None],
            ["Water", 700_800.0, 90_410.0, 610_390.0, None],
        ]
    )
    assert net(reading) == 900_350 + 1_990_100 + 610_390
    assert of_side(reading, Side.INCOME) == 300_100 + 410_020 + 90_410


def test_numbers_of_schools_that_look_like_years_part_nothing() -> None:
    rows = [
        ["DfE No.", "School", "Budget share £"],
        *([2000.0 + k, f"{n} Primary", 204_311.0 + 977 * k] for k, n in enumerate(SERVICES)),
    ]
    reading = read(rows)
    assert loaded(reading) == sum(204_311 + 977 * k for k in range(9))
    assert keys(reading) == []


def test_identifiers_said_once_each_are_no_years_even_without_a_word_for_it() -> None:
    rows = [
        ["Estab", "School", "Budget share £"],
        *([2000.0 + 3 * k, f"{n} Primary", 204_311.0 + 977 * k] for k, n in enumerate(SERVICES)),
    ]
    assert loaded(read(rows)) == sum(204_311 + 977 * k for k in range(9))


def test_one_number_on_every_row_before_the_names_is_a_code() -> None:
    rows = [
        ["LA", "School", "Budget share £"],
        *([831.0, f"{n} Primary", 204_311.0 + 977 * k] for k, n in enumerate(SERVICES)),
    ]
    assert list(totals(only(read(rows)))) == ["Budget share £"]


def test_a_lump_sum_that_is_the_same_for_all_is_money() -> None:
    rows = [
        ["School", "Lump sum", "Deprivation", "Total £"],
        *([f"{n} Primary", 135_000.0, some(k), 135_000 + some(k)] for k, n in enumerate(SERVICES)),
    ]
    assert loaded(read(rows)) == sum(135_000 + some(k) for k in range(9))


def test_the_period_of_a_ledger_is_no_amount() -> None:
    rows = [["Period", "Account", "Budget"], *([202507.0, f"R{200 + k}", 1203.5 + 77 * k] for k in range(9))]
    assert list(totals(only(read(rows)))) == ["Budget"]


def test_council_tax_by_band_is_no_budget() -> None:
    bands = [f"Band {letter}" for letter in "ABCDEFGH"]
    rows = [
        ["Body", *bands],
        *(
            [name, *(round(rate * k / 9, 2) for k in (6, 7, 8, 9, 11, 13, 15, 18))]
            for name, rate in (("Borough", 1840.32), ("Police", 266.11), ("Fire", 82.4))
        ),
    ]
    assert read(rows).refused


def test_the_tax_base_and_the_charge_of_a_parish_are_not_its_precept() -> None:
    rows = [
        ["Parish", "Tax base (Band D)", "Precept £", "Band D council tax £"],
        ["Amber", 1200.5, 43_300.0, 36.07],
        ["Birch", 804.2, 21_207.0, 26.37],
        ["Cedar", 77.1, 900.0, 11.67],
        ["Total", 2081.8, 65_407.0, 31.42],
    ]
    reading = read(rows)
    assert loaded(reading) == 65_407
    assert keys(reading) == []


# -- which columns add up -----------------------------------------------------------------------


def test_running_totals_by_month_are_never_added_up() -> None:
    months = ["Apr", "May", "Jun", "Jul", "Aug", "Sep"]
    rows = [
        ["Service (£)", *months],
        *(
            [name, *(sum(some(k, m) for m in range(end + 1)) for end in range(6))]
            for k, name in enumerate(SERVICES)
        ),
    ]
    reading = read(rows)
    assert loaded(reading) == sum(some(k, m) for k in range(9) for m in range(6))
    assert keys(reading) == ["choice"]


def test_months_that_do_not_run_on_are_added_up_and_a_part_of_the_year_is_asked_about() -> None:
    rows = [
        ["Service (£)", "Apr", "May", "Jun", "Jul"],
        *([name, *(some(k, m) for m in range(4))] for k, name in enumerate(SERVICES)),
    ]
    reading = read(rows)
    assert loaded(reading) == sum(some(k, m) for k in range(9) for m in range(4))
    assert keys(reading) == ["choice"]


def test_kinds_of_cost_by_their_number_in_a_return_are_added_up() -> None:
    rows = [
        ["School (£)", "E01", "E02", "E26"],
        *([f"{n} Primary", *(some(k, m) for m in range(3))] for k, n in enumerate(SERVICES)),
    ]
    reading = read(rows)
    assert loaded(reading) == sum(some(k, m) for k in range(9) for m in range(3))
    assert keys(reading) == []


def test_columns_without_a_total_may_be_answered_to_add_up() -> None:
    rows = [
        ["Subjective (£)", "Adults", "Children", "Place"],
        *([name, *(some(k, m) for m in range(3))] for k, name in enumerate(SERVICES)),
    ]
    reading = read(rows)
    assert keys(reading) == ["choice"]
    again = read(rows, answers={reading.questions[0].key: "add them up"})
    assert loaded(again) == sum(some(k, m) for k in range(9) for m in range(3))
    assert len(lines(again)) == 27


def test_dates_of_months_in_turn_are_parts_of_a_year() -> None:
    rows = [
        ["Service (£)", *(datetime(2025, month, 1) for month in (4, 5, 6))],
        *([name, *(some(k, m) for m in range(3))] for k, name in enumerate(SERVICES)),
    ]
    assert loaded(read(rows)) == sum(some(k, m) for k in range(9) for m in range(3))


def test_a_draft_and_a_final_sheet_are_not_added_up() -> None:
    draft, final = (
        [["Service", "2025/26 £"], *([name, some(k, n)] for k, name in enumerate(SERVICES))] for n in (0, 1)
    )
    reading = read(sheet("Draft", draft), sheet("Final", final))
    assert keys(reading) == ["sheets"]
    assert loaded(reading) in {sum(some(k, n) for k in range(9)) for n in (0, 1)}


def test_tonnes_and_mileage_are_no_budget() -> None:
    rows = [
        ["Waste collected (tonnes)"],
        ["Month", "Residual", "Recycling"],
        ["Apr", 4_100.0, 1_203.0],
        ["May", 3_907.0, 1_311.0],
        ["Jun", 4_011.0, 1_250.0],
    ]
    assert read(rows).refused
    assert read([["Reg", "Make", "Mileage"], ["AB12", "Ford", 80_517.0], ["AB13", "Ford", 9_204.0]]).refused


# -- income and expenditure -----------------------------------------------------------------------


def test_the_change_between_two_years_makes_neither_of_them_income() -> None:
    rows = [
        ["Account", "Description", "FY25 Adopted $", "FY26 Proposed $", "$ Change"],
        ["101-5010", "Salaries", 500_300.0, 520_310.0, 20_010.0],
        ["101-5020", "Overtime", 41_020.0, 37_007.0, -4_013.0],
        ["101-5030", "Contracts", 77_400.0, 80_001.0, 2_601.0],
    ]
    reading = read(rows)
    assert of_side(reading, Side.INCOME) == 0


def test_columns_that_add_up_across_are_of_one_side() -> None:
    rows = [
        ["Institution name", "Core programme funding £", "High needs cost £", "Total £"],
        *(
            [f"{n} College", 900_311.0 + 977 * k, 30_020.0 + k, 930_331.0 + 978 * k]
            for k, n in enumerate(SERVICES)
        ),
    ]
    reading = read(rows)
    assert net(reading) == sum(930_331 + 978 * k for k in range(9))


def test_gross_income_with_a_minus_and_net_still_stand_on_two_sides() -> None:
    rows = [
        ["Service", "Gross £", "Income £", "Net £"],
        *([name, 9_311.0 + 97 * k, -1_020.0 - k, 8_291.0 + 96 * k] for k, name in enumerate(SERVICES)),
    ]
    reading = read(rows)
    assert of_side(reading, Side.INCOME) == sum(1_020 + k for k in range(9))
    assert net(reading) == sum(8_291 + 96 * k for k in range(9))


def test_dutch_burdens_and_benefits_are_expenditure_and_income() -> None:
    rows = [
        ["Programma", "Lasten 2025 €", "Baten 2025 €", "Saldo 2025 €"],
        ["Bestuur", 1_204_311.0, 204_300.0, -1_000_011.0],
        ["Verkeer", 804_017.0, 17_008.0, -787_009.0],
        ["Onderwijs", 2_400_120.0, 910_071.0, -1_490_049.0],
        ["Totaal", 4_408_448.0, 1_131_379.0, -3_277_069.0],
    ]
    assert net(read(rows)) == 3_277_069


def test_receipts_above_payments_under_the_same_headings_are_one_account() -> None:
    years = ["2024/25 Budget £", "2025/26 Budget £"]
    rows = [
        ["Dunmere Parish Council"],
        ["RECEIPTS", *years],
        ["Precept", 20_000.0, 21_300.0],
        ["Allotment rents", 1_207.0, 1_311.0],
        ["Total receipts", 21_207.0, 22_611.0],
        [],
        ["PAYMENTS", *years],
        ["Clerk", 11_000.0, 12_013.0],
        ["Insurance", 1_450.0, 1_502.0],
        ["Total payments", 12_450.0, 13_515.0],
        [],
        ["Surplus/(deficit)", 8_757.0, 9_096.0],
    ]
    reading = read(rows)
    assert of_side(reading, Side.INCOME) == 22_611
    assert of_side(reading, Side.EXPENDITURE) == 13_515
    assert keys(reading) == ["choice"]


def test_each_of_two_tables_side_by_side_takes_its_side_from_its_own_title() -> None:
    rows = [
        ["Expenditure 2025/26 £", None, None, None, "Income 2025/26 £"],
        *([name, some(k), None, None, f"Receipt {k}", some(k, 1)] for k, name in enumerate(SERVICES)),
    ]
    reading = read(rows)
    assert of_side(reading, Side.EXPENDITURE) == sum(some(k) for k in range(9))
    assert of_side(reading, Side.INCOME) == sum(some(k, 1) for k in range(9))


def test_in_an_account_whose_costs_carry_the_minus_the_minus_tells_the_sides() -> None:
    rows = [
        ["Statement of comprehensive income"],
        [None, "2025 £000"],
        ["Turnover", 9_204.0],
        ["Operating costs", -7_311.0],
        ["Interest payable costs", -512.0],
        ["Surplus for the year", 1_381.0],
    ]
    reading = read(rows)
    assert of_side(reading, Side.EXPENDITURE) == 7_823_000
    assert of_side(reading, Side.INCOME) == 9_204_000
    measure = only(reading).measures[0]
    assert (measure.expenditure, measure.income, measure.total) == (7_823_000, 9_204_000, -1_381_000)


def test_expenditure_printed_with_a_minus_under_its_heading_is_expenditure() -> None:
    rows = [
        ["Description", "Budget £"],
        ["Income"],
        ["Council tax", 3_204.0],
        ["Grants", 1_311.0],
        ["Total income", 4_515.0],
        ["Expenditure"],
        ["Staff", -2_017.0],
        ["Premises", -1_207.0],
        ["Total expenditure", -3_224.0],
        ["Net position", 1_291.0],
    ]
    reading = read(rows)
    assert of_side(reading, Side.EXPENDITURE) == 3_224
    assert of_side(reading, Side.INCOME) == 4_515


def test_a_balance_brought_forward_is_asked_about_and_left_out_when_the_officer_says_so() -> None:
    rows = [
        ["Code", "Description", "Budget £"],
        ["B01", "Balance brought forward", 12_345.0],
        ["E01", "Teaching staff", 80_517.0],
        ["E02", "Energy", 9_204.0],
        ["E03", "Premises", 3_311.0],
    ]
    reading = read(rows)
    assert keys(reading) == ["row"]
    again = read(rows, answers={reading.questions[0].key: "a total"})
    assert loaded(again) == 80_517 + 9_204 + 3_311
    assert keys(again) == []


# -- the unit -----------------------------------------------------------------------------------


def test_a_school_writes_its_amounts_out_in_pounds() -> None:
    rows = [["School", "Staff", "Premises"], *([f"{k} Primary", some(k), some(k, 1)] for k in range(25))]
    unit = next(question for question in read(rows).questions if question.key.startswith("unit"))
    assert unit.best == "GBP"


def test_hidden_working_of_the_same_lines_is_not_loaded() -> None:
    shown = sheet(
        "Budget", [["Service", "Budget £"], *([name, 1203.0 + 77 * k] for k, name in enumerate(SERVICES))]
    )
    working = sheet(
        "Working",
        [["Service", "Last year £"], *([name, 1100.0 + 71 * k] for k, name in enumerate(SERVICES))],
        hidden=True,
    )
    assert loaded(read(shown, working)) == sum(1203 + 77 * k for k in range(9))
