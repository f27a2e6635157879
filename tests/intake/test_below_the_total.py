"""What stands below, beside and around a table: no further money, unless the officer says so."""

from decimal import Decimal

import pytest

from budget_model.intake.files.grid import CellValue, Facts, Sheet
from tests.intake.sheets import Rows, keys, loaded, read, sheet

LINES: list[list[CellValue]] = [
    ["Care", 412_537.0],
    ["Schools", 388_264.0],
    ["Roads", 120_418.0],
    ["Parks", 96_353.0],
]
TRUTH = 1_017_572


def book(*below: list[CellValue], total: str = "Total") -> list[list[CellValue]]:
    return [["Service", "Budget £"], *LINES, [total, float(TRUTH)], *below]


@pytest.mark.parametrize(
    "said", ["of which", "davon", "dont", "waarvan", "di cui", "z toho", "w tym", "de los cuales", "от които"]
)
def test_parts_said_again_below_the_total_are_no_further_money(said: str) -> None:
    below: list[list[CellValue]] = [
        [],
        ["Memorandum"],
        [f"{said} grants", 20_118.0],
        [f"{said} staff", 7_400.0],
        ["Total grants", 27_518.0],
    ]
    reading = read(book(*below))
    assert loaded(reading) == TRUTH
    assert keys(reading) == []


def test_figures_without_a_word_below_the_total_are_left_out_with_a_reason() -> None:
    reading = read(book([], [], [], [None, 268_816_000.0], [None, -556_000.0]))
    assert loaded(reading) == TRUTH
    assert "says no word" in str(reading.tables[0].reasons[8])


def test_what_a_filter_shows_is_no_further_money() -> None:
    rows: list[list[CellValue]] = [["Service", "Budget £"], *LINES, [], ["Shown", 412_537.0 + 388_264.0]]
    made = Sheet("Budget", rows, facts=Facts(looked=True, hidden_rows=frozenset({3, 4})))
    assert loaded(read(made)) == TRUTH


@pytest.mark.parametrize("total", ["Total", "CELKEM", "Summe", "Totaal", "Ogółem"])
def test_reserves_below_the_total_are_asked_about_and_left_out(total: str) -> None:
    reading = read(
        book([], ["Balance at 1 April", 900_001.0], ["Transfer to reserves", 50_000.0], total=total)
    )
    assert loaded(reading) == TRUTH
    assert "row" in keys(reading)


def test_sections_each_with_a_total_of_its_own_all_stay() -> None:
    more: list[list[CellValue]] = [["Waste", 200_123.0], ["Libraries", 99_001.0], ["Total Place", 299_124.0]]
    assert loaded(read(book(*more, total="Total People"))) == TRUTH + 299_124


@pytest.mark.parametrize(
    "title",
    ["Balance sheet as at 31 March 2024", "Bilanz zum 31.12.2024", "Bilan 2024", "Stato patrimoniale"],
)
def test_a_balance_sheet_is_left_out(title: str) -> None:
    rows: list[list[CellValue]] = [
        [title],
        [None, "2024 £000"],
        ["Land", 812.0],
        ["Cash", 33.0],
        ["Borrowing", -310.0],
    ]
    assert read(rows).chosen == ()


@pytest.mark.parametrize("header", ["Charge", "Gebühr", "Tarif", "Opłata"])
def test_a_list_of_charges_is_left_out(header: str) -> None:
    rows: list[list[CellValue]] = [
        [header, "2024/25 £"],
        ["Garden waste bin", 48.0],
        ["Pitch hire", 62.5],
        ["Burial", 1250.0],
    ]
    assert read(rows).chosen == ()


def test_who_pays_into_a_pool_is_the_same_money_as_what_it_pays_for() -> None:
    income: list[list[CellValue]] = [
        ["Contributor", "Contribution £"],
        ["Council", 17_572.0],
        ["NHS", 1_000_000.0],
        ["Total income", float(TRUTH)],
    ]
    reading = read(sheet("Income", income), sheet("Expenditure", book()))
    assert [reading.tables[k].sheet for k in reading.chosen] == ["Expenditure"]
    assert loaded(reading) == Decimal(TRUTH)


def test_keys_and_values_above_a_table_are_no_lines() -> None:
    block: list[list[CellValue]] = [
        ["SOURCE_TITLE", "Statements, p.82"],
        ["YEAR", 2015.0],
        ["UNITS_CODE", "GBP"],
        ["UNITS_MULTIPLIER", 1000.0],
    ]
    assert loaded(read([*block, *LINES])) in (TRUTH, 1000 * TRUTH)


@pytest.mark.parametrize(
    "block",
    [
        [
            ["Department", "People"],
            ["Budget holder", "J Smith"],
            ["Approved budget", 1_000],
            ["Cost centre", 41_200],
        ],
        [["Amt", "Sozialamt"], ["Verantwortlich", "Fr. Müller"], ["Genehmigt", 900], ["Stelle", 41_200]],
        [["Jednostka", "Urząd"], ["Plan zatwierdzony", 800], ["Rozdział", 80_101]],
    ],
    ids=["English", "German", "what the table comes to"],
)
@pytest.mark.parametrize("between", [[], [[None]]], ids=["tight", "with a gap"])
def test_pairs_above_the_header_of_a_table_are_no_lines(block: Rows, between: Rows) -> None:
    table: Rows = [
        ["Code", "Description", "Budget £"],
        [4_000, "Roads", 500],
        [4_001, "Parks", 200],
        [4_002, "Books", 100],
    ]
    reading = read([*block, *between, *table])
    assert loaded(reading) == 800
    assert "belong" not in keys(reading)


def test_a_table_without_a_header_above_another_is_money_or_asked_about() -> None:
    table: Rows = [
        ["Code", "Description", "Budget £"],
        [4_000, "Roads", 500],
        [4_001, "Parks", 200],
        [4_002, "Books", 100],
    ]
    reading = read([["Museum", 70], ["Theatre", 90], [None], *table])
    assert loaded(reading) == 960 or {"belong", "load"} & set(keys(reading))


def test_a_cover_sheet_that_says_what_the_budget_comes_to_is_ignored() -> None:
    cover: Rows = [
        ["Department", "People"],
        ["Budget holder", "J Smith"],
        ["Approved budget", 800],
        ["Cost centre", 41_200],
    ]
    table: Rows = [
        ["Code", "Description", "Budget £"],
        [4_000, "Roads", 500],
        [4_001, "Parks", 200],
        [4_002, "Books", 100],
    ]
    assert loaded(read(sheet("Cover", cover), sheet("Detail", table))) == 800


@pytest.mark.parametrize("remark", ["see note", "tbc", "included above"])
def test_a_remark_below_amounts_is_no_header_that_hides_them(remark: str) -> None:
    table: Rows = [
        ["Code", "Description", "Budget £"],
        *[[4_000 + k, f"Service {k}", 412 + k] for k in range(8)],
    ]
    reading = read(
        [["Museum", 70], ["Theatre", 90], ["Arts grant", "tbc"], ["Festival", remark], [None], *table]
    )
    assert {"load", "belong"} & set(keys(reading))


def test_the_numbers_that_head_a_pivot_are_no_line() -> None:
    rows: list[list[CellValue]] = [["Sum of FY 17", "Fund"], ["Dept", 1080, 2240, "Grand Total"]]
    rows += [[name, 3.0 * float(str(v)), float(str(v)), 4.0 * float(str(v))] for name, v in LINES]
    assert loaded(read([["£"], *rows])) == 4 * TRUTH


def test_a_housing_account_in_round_amounts_comes_to_its_result() -> None:
    rows: list[list[CellValue]] = [
        ["HRA 2024/25", "£"],
        ["Repairs", 400_000.0],
        ["Management", 300_000.0],
        ["Capital charges", 200_000.0],
    ]
    rows += [
        ["Gross expenditure", 900_000.0],
        ["Dwelling rents", -850_000.0],
        ["Service charges", -60_000.0],
        ["Gross income", -910_000.0],
    ]
    rows += [
        ["Net cost of services", -10_000.0],
        ["Interest payable", 5_000.0],
        ["(Surplus)/deficit", -5_000.0],
    ]
    assert loaded(read(rows)) == -5_000


def test_the_same_money_by_two_classifications_is_counted_once_and_asked_about() -> None:
    by_function: list[list[CellValue]] = [
        ["Functional", f"F{k}", v] for k, v in enumerate([512_345.0, 233_210.0, 99_001.0])
    ]
    by_kind: list[list[CellValue]] = [
        ["Economic", f"E{k}", v] for k, v in enumerate([412_345.0, 332_210.0, 100_001.0])
    ]
    reading = read([["Classification", "Head", "Amount £"], *by_function, *by_kind])
    assert loaded(reading) == 844_556
    assert keys(reading) == ["row"]


@pytest.mark.parametrize(
    "heading", ["Memorandum items", "Nachrichtlich:", "Pour information", "Informacyjnie"]
)
def test_what_is_told_for_information_below_is_left_out_and_asked_about(heading: str) -> None:
    rows = [["Service", "Budget £"], ["Parks", 2_311], ["Museums", 645], ["Net budget", 2_956], [None, None]]
    memo = [[heading, None], ["Capital charges", 500], ["Depreciation", 200]]
    reading = read([*rows, *memo])
    assert loaded(reading) == 2_956
    assert [question.best for question in reading.questions if question.key.startswith("row:")] == [
        "a total"
    ] * 2
    assert loaded(read([*rows, *memo, ["Total", 3_656]])) == 3_656


def test_blocks_under_one_header_each_with_its_total_are_all_loaded_and_asked_about() -> None:
    places = [["Service", "Budget £"], ["Parks", 2_311], ["Museums", 645], ["Total", 2_956], [None, None]]
    homes = [["Service", "Budget £"], ["Homes", 700], ["Care", 300], ["Total", 1_000]]
    reading = read([["Environment", None], *places, ["Housing", None], *homes])
    assert loaded(reading) == 3_956
    assert any("Homes" in question.ask for question in reading.questions)
    assert loaded(read([["Environment", None], *places, ["Reserves", None], *homes])) == 2_956
