"""Budgets that print every level with its total: each amount is counted once, whatever carries the levels."""

from decimal import Decimal

import pytest

from budget_model.intake.files.grid import CellValue
from tests.intake.sheets import loaded, only, read, role

SIMPLE = [
    ("A", 300),
    ("A a", 100),
    ("A b", 200),
    ("B", 412),
    ("B a", 412),
    ("C", 77),
    ("C a", 30),
    ("C b", 47),
]
LINES = 300 + 412 + 77


def _rows(*marks: str) -> list[list[CellValue]]:
    return [[mark, name, 1000.0 * amount + 1] for mark, (name, amount) in zip(marks, SIMPLE, strict=True)]


def _true(rows: list[list[CellValue]], names: str = "A a|A b|B a|C a|C b") -> Decimal:
    return Decimal(int(sum(float(str(row[-1])) for row in rows if row[-2] in names.split("|"))))


def _tied(rows: list[list[CellValue]]) -> list[list[CellValue]]:
    """The rows with parents that are the sums of their parts to the pound."""
    by_name = {str(row[-2]): row for row in rows}
    for name, row in by_name.items():
        parts = [other for other in by_name if other.startswith(f"{name} ")]
        if parts:
            row[-1] = sum(float(str(by_name[part][-1])) for part in parts)
    return rows


@pytest.mark.parametrize(
    ("header", "marks"),
    [
        ("Code", ("1", "1.1", "1.2", "2", "2.1", "3", "3.1", "3.2")),
        ("Kapitel", ("01", "011", "012", "02", "021", "03", "031", "032")),
        ("Cuenta", ("10", "1010", "1020", "20", "2010", "30", "3010", "3020")),
        ("Konto", ("1000", "1100", "1200", "2000", "2100", "3000", "3100", "3200")),
        ("Niveau", ("1", "2", "2", "1", "2", "1", "2", "2")),
        ("Poziom", ("a", "b", "b", "a", "b", "a", "b", "b")),
        ("Stufe", ("Stufe 1", "Stufe 2", "Stufe 2", "Stufe 1", "Stufe 2", "Stufe 1", "Stufe 2", "Stufe 2")),
    ],
)
def test_every_level_printed_with_its_total_is_counted_once(header: str, marks: tuple[str, ...]) -> None:
    rows = _tied(_rows(*marks))
    table = only(reading := read([[header, "Name", "Budget £"], *rows]))
    assert loaded(reading) == _true(rows)
    assert [role(table, row) for row in (2, 3, 5, 6)] == ["total", "line", "total", "line"]


def test_parents_named_in_a_column_are_totals_wherever_they_stand() -> None:
    rows = _tied(_rows("x1", "x2", "x3", "y1", "y2", "z1", "z2", "z3"))
    above = {"x2": "x1", "x3": "x1", "y2": "y1", "z2": "z1", "z3": "z1"}
    shuffled = [[above.get(str(row[0])), *row] for row in (*rows[4:], *rows[:4])]
    assert loaded(read([["Belongs to", "Id", "Name", "Budget £"], *shuffled])) == _true(rows)


def test_a_department_with_one_service_is_counted_once_in_a_staircase_of_columns() -> None:
    rows: list[list[CellValue]] = [
        ["Adults", None, None, 600_000.0],
        [None, "Homes", None, 400_000.0],
        [None, None, "Staff", 200_000.0],
        [None, None, "Rent", 200_000.0],
        [None, "Care", None, 200_000.0],
        [None, None, "Staff", 200_000.0],
    ]
    assert loaded(read([["Directorate", "Service", "Team", "£"], *rows])) == 600_000


def test_indented_labels_with_totals_above_them_are_counted_once() -> None:
    rows: list[list[CellValue]] = [
        ["Adults", 300_000.0],
        ["  Homes", 200_000.0],
        ["    Staff", 100_000.0],
        ["    Rent", 100_000.0],
        ["  Care", 100_000.0],
        ["Roads", 50_000.0],
        ["  Winter", 50_000.0],
    ]
    assert loaded(read([["Service", "2024/25 £"], *rows])) == 350_000


def test_codes_whose_sums_prove_nothing_stay_lines() -> None:
    rows: list[list[CellValue]] = [
        ["1", "Adults", 311.0],
        ["11", "Roads", 502.0],
        ["12", "Parks", 97.0],
        ["2", "Waste", 64.0],
    ]
    assert loaded(read([["Code", "Service", "Budget £"], *rows])) == 311 + 502 + 97 + 64


def test_a_printed_total_of_a_level_that_is_wrong_is_named() -> None:
    rows = _tied(_rows("1", "1.1", "1.2", "2", "2.1", "3", "3.1", "3.2"))
    more: list[list[CellValue]] = [
        ["4", "D", 90_000.0],
        ["4.1", "D a", 60_000.0],
        ["4.2", "D b", 25_000.0],
        ["5", "E", 8001.0],
        ["5.1", "E a", 8001.0],
    ]
    reading = read([["Code", "Name", "Budget £"], *rows, *more])
    assert loaded(reading) == _true(rows) + 60_000 + 25_000 + 8001
    assert any("90,000" in str(problem) for problem in only(reading).problems)


def test_codes_with_points_that_look_like_dates_are_levels() -> None:
    codes = ["01", "01.01", "01.01.03", "01.01.06", "01.02", "01.02.02", "02", "02.01"]
    amounts = [900.0, 600.0, 420.0, 180.0, 300.0, 300.0, 500.0, 500.0]
    rows = [[code, f"Rubrica {code}", amount] for code, amount in zip(codes, amounts, strict=True)]
    assert loaded(read([["Classificação", "Designação", "Valor 2025 (€)"], *rows])) == 1_400
