from decimal import Decimal
from typing import Any

import pytest

from tests.intake.sheets import keys, loaded, only, read, sheet

ADULTS = [
    ["Adults"],
    ["Service", "2016/17 Budget £"],
    ["Home care", 1_203_400.0],
    ["Day centres", 807_155.0],
    ["Total Adults", 2_010_555.0],
]
PLACE = [
    ["Place"],
    ["Service", "2016/17 Budget £"],
    ["Parks", 311_070.0],
    ["Waste", 4_005_321.0],
    ["Total Place", 4_316_391.0],
]
HOUSING = [["Housing"], ["Service", "2016/17 Budget £"], ["Repairs", 55_120.0], ["Rents", 9_061.0]]
WHOLE = 2_010_555 + 4_316_391 + 64_181


@pytest.mark.parametrize(("unit", "factor", "places"), [("£", 1, 0), ("£000", 1000, 0), ("£m", 1_000_000, 3)])
def test_a_summary_is_proved_by_its_sheets_and_not_loaded_again(unit: str, factor: int, places: int) -> None:
    figures = [round(v / factor, places) for v in (2_010_555, 4_316_391, 64_181, WHOLE)]
    summary = [
        [f"Summary ({unit})"],
        ["Directorate", "2016/17 Budget"],
        *map(list, zip(("Adults", "Place", "Housing", "Total"), figures, strict=True)),
    ]
    reading = read(
        sheet("Summary", summary), sheet("Adults", ADULTS), sheet("Place", PLACE), sheet("Housing", HOUSING)
    )
    assert loaded(reading) == WHOLE
    assert reading.tables[0].set_aside


def test_a_line_of_the_summary_without_a_sheet_is_kept() -> None:
    summary = [
        ["Directorate", "2016/17 Budget £"],
        ["Adults", 2_010_555.0],
        ["Place", 4_316_391.0],
        ["Contingency", 250_000.0],
        ["Total", 6_576_946.0],
    ]
    reading = read(sheet("Summary", summary), sheet("Adults", ADULTS), sheet("Place", PLACE))
    assert loaded(reading) == 6_576_946
    assert [problem.code for problem in reading.problems] == ["summary-with-own-lines"]


def test_the_same_money_on_a_pivot_sheet_is_loaded_once() -> None:
    loans = [
        ["Trust", "Ref", "Balance £"],
        *([f"Trust {k % 5}", f"L{k}", 1000.0 * k + 13] for k in range(1, 31)),
    ]
    by_trust = {f"Trust {t}": sum(row[2] for row in loans[1:] if row[0] == f"Trust {t}") for t in range(5)}
    pivot = [
        ["Trust", "SUM of Balance £"],
        *map(list, by_trust.items()),
        ["Grand Total", sum(by_trust.values())],
    ]
    reading = read(sheet("Pivot", pivot), sheet("Loans", loans))
    assert only(reading).sheet == "Loans"


def test_monthly_sheets_add_up() -> None:
    def month(name: Any, start: Any) -> Any:
        return sheet(
            name,
            [
                ["Category", "Date", "Amount £", "Supplier"],
                *(["Fuel", f"{k:02d}/04/2016", start + k * 1.5, f"S{start}{k}"] for k in range(1, 9)),
            ],
        )

    reading = read(month("Apr 16", 100), month("May 16", 300))
    assert len(reading.chosen) == 2
    assert loaded(reading) == Decimal(8 * 400) + 2 * Decimal(54)
    assert not reading.questions


def test_the_same_lines_for_another_year_are_not_added() -> None:
    def year(name: Any, scale: Any) -> Any:
        return sheet(
            name,
            [
                [f"Net budget {name} £"],
                ["Service", "Net budget"],
                ["Parks", 3110.0 * scale],
                ["Waste", 4005.0 * scale],
                ["Roads", 777.0 * scale],
            ],
        )

    reading = read(year("2015-16", 1), year("2016-17", 2))
    assert len(reading.chosen) == 1
    assert keys(reading) == ["sheets"]
    question = reading.questions[0]
    assert (
        loaded(read(year("2015-16", 1), year("2016-17", 2), answers={question.key: "add them up"}))
        == 3 * 7892
    )


def test_some_funds_are_part_of_all_funds() -> None:
    def funds(name: Any, title: Any, scale: Any) -> Any:
        return sheet(
            name,
            [
                [title],
                ["Category", "2013-14 $", "2014-15 $"],
                *(
                    [label, v * scale, v * scale + 7]
                    for label, v in (
                        ("Salaries", 170.5),
                        ("Fringe", 56.25),
                        ("Pensions", 41.5),
                        ("Supplies", 70.25),
                        ("Debt", 178.75),
                    )
                ),
            ],
        )

    reading = read(funds("All", "All funds expenditure", 3), funds("General", "General fund expenditure", 1))
    assert only(reading).sheet == "All"


def test_hidden_sheets_are_not_loaded_and_are_told_of() -> None:
    reading = read(sheet("Adults", ADULTS), sheet("Place", PLACE, hidden=True))
    assert only(reading).sheet == "Adults"
    assert [problem.code for problem in reading.problems] == ["hidden-amounts"]


def test_two_tables_side_by_side_are_two_tables() -> None:
    rows = [
        ["Expenditure", "Amount £", None, "Income", "Amount £"],
        ["Staff", 1200.0, None, "Precept", 900.0],
        ["Premises", 345.0, None, "Grants", 210.0],
        ["Total", 1545.0, None, "Total", 1110.0],
    ]
    reading = read(rows)
    assert [str(reading.tables[k].extent) for k in reading.chosen] == ["A1:B4", "D1:E4"]
    assert loaded(reading) == 1545 + 1110
