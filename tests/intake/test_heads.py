"""Columns by what they are for: prices, numbers and codes are no money, and those who are paid are no counts."""

import pytest

from budget_model.intake.files.grid import CellValue
from tests.intake.sheets import loaded, only, read, totals


def roles(header: list[CellValue], *rows: list[CellValue]) -> dict[str, str]:
    return {column.name: column.role for column in only(read([header, *rows])).columns}


def test_the_product_of_a_price_and_a_number_is_the_only_money() -> None:
    rows: list[list[CellValue]] = [
        ["Week", 410.5, 900, 369_450.0],
        ["Day", 52.25, 3000, 156_750.0],
        ["Meal", 12, 8500, 102_000.0],
    ]
    assert loaded(read([["Leistung", "Preis €", "Menge", "Summe €"], *rows])) == 369_450 + 156_750 + 102_000


@pytest.mark.parametrize(
    "header",
    ["Kostenstelle", "Sachkonto", "Código", "Položka", "Kapitola", "FUND", "Rozdział", "Capitolo", "Konto"],
)
def test_codes_that_another_language_names_are_no_amounts(header: str) -> None:
    rows: list[list[CellValue]] = [
        [1000 + 137 * k % 400, f"Service {k}", 20_000.0 * k + 31] for k in range(1, 9)
    ]
    reading = read([[header, "Name", "Amount €"], *rows])
    assert loaded(reading) == sum(20_000 * k + 31 for k in range(1, 9))
    assert [question.key for question in reading.questions if not question.key.startswith("currency")] == []


def test_households_that_are_lent_to_are_no_count() -> None:
    rows: list[list[CellValue]] = [["A Council", 1_500.0], ["B Council", 2_600.0], ["C Council", 22_000.0]]
    assert loaded(read([["Borrower", "Loans to households £"], *rows])) == 26_100


def test_client_groups_that_a_total_across_needs_are_money() -> None:
    rows: list[list[CellValue]] = [
        ["Council", 100, 60, 50, 210],
        ["NHS", 150, 0, 20, 170],
        ["Schools", 0, 160, 0, 160],
    ]
    reading = read(
        [["2024/25 budget £000"], ["Body", "Older people", "Pupils", "Households", "Total"], *rows]
    )
    assert loaded(reading) == 540_000


def test_what_the_union_pays_of_a_project_is_no_income_beside_its_cost() -> None:
    rows: list[list[CellValue]] = [
        [f"Projet {k}", 10_000.0 * k + 0.5, 4_000.0 * k + 0.25] for k in range(1, 7)
    ]
    table = only(read([["Projet", "Total dépenses éligibles", "Montant UE - co-financing"], *rows]))
    assert [measure.role for measure in table.measures] == ["line amount", "memo"]
    assert totals(table)["Total dépenses éligibles"] == sum(10_000 * k for k in range(1, 7)) + 3


def test_years_in_a_column_called_for_the_budget_are_no_money() -> None:
    rows: list[list[CellValue]] = [[2024, f"Head {k}", 30_000.0 * k + 7] for k in range(1, 9)]
    assert roles(["BudgetBookVersion", "HeadName", "DataValue"], *rows)["BudgetBookVersion"] == "code"


def test_columns_named_alike_are_best_added_and_people_are_no_amounts() -> None:
    loans: list[list[CellValue]] = [
        ["A", 100.0, 15.0, 50.0],
        ["B", 200.0, 26.0, 70.0],
        ["C", 112.0, 22.0, 268.0],
    ]
    reading = read(
        [["Borrower", "Loans from banks £", "Loans from households £", "Loans from government £"], *loans]
    )
    assert reading.questions[0].best == "add them up"
    people: list[list[CellValue]] = [[f"Service {k}", 1.0, 30_000.0 + k] for k in range(5)]
    assert loaded(read([["Service", "Anna Smith", "Cost £"], *people])) == 150_010


def test_a_month_that_ends_in_no_heads_amounts_and_a_compound_of_code_heads_codes() -> None:
    rows = [
        ["Voce", "maggio", "giugno", "Maincode"],
        ["Strade", 4_120.0, 4_980.0, 410.0],
        ["Parchi", 1_250.0, 1_305.0, 400.0],
        ["Musei", 2_218.0, 2_377.0, 390.0],
    ]
    seen = {column.name: column.role for column in read(rows).tables[0].columns}
    assert (seen["giugno"], seen["Maincode"]) == ("line amount", "code")
