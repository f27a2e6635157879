"""Layouts that were once loaded two or three times over without a word, each as small as it can be."""

from decimal import Decimal
from typing import Any

import pytest

from budget_model.intake.files.grid import Facts, Sheet
from budget_model.intake.reading import Reading, lines, to_json
from budget_model.vocabulary import Side
from tests.intake.sheets import Rows, keys, loaded, only, read, role, sheet, totals

ADULTS = [["Home care", 4_532.0], ["Day centres", 751.0], ["Mental health", 1_731.0]]
PLACE = [["Parks", 8_579.0], ["Waste", 5_095.0]]
ALL = Decimal(20_688)


def of_side(reading: Reading, side: Side) -> Decimal:
    """What would be loaded on one side."""
    return sum((line.amount for line in lines(reading) if line.side is side), Decimal(0))


# -- columns that only number the rows ----------------------------------------------------------


@pytest.mark.parametrize("header", ["Code", "Level", "Ref", "Line", "Key", "No", "Item"])
def test_an_outlines_numbers_hide_no_total_above_its_detail(header: str) -> None:
    numbers = [1.0, 1.1, 1.2, 1.3, 2.0, 2.1, 2.2]
    named = [["Adults", 7_014.0], *ADULTS, ["Place", 13_674.0], *PLACE]
    reading = read(
        [[header, "Heading", "2024/25 £"], *([n, *row] for n, row in zip(numbers, named, strict=True))]
    )
    table = only(reading)
    assert loaded(reading) == ALL
    assert [role(table, row) for row in (2, 6)] == ["total", "total"]
    assert "Code" not in totals(table)


def test_levels_and_codes_beside_each_heading_make_no_list_of_payments() -> None:
    rows = [
        [0.0, "0", "Net budget", 20_688.0],
        [1.0, "1", "Adults", 7_014.0],
        *([2.0, f"1.{k + 1}", *row] for k, row in enumerate(ADULTS)),
        [1.0, "2", "Place", 13_674.0],
        *([2.0, f"2.{k + 1}", *row] for k, row in enumerate(PLACE)),
    ]
    reading = read([["Level", "Code", "Heading", "2024/25 £"], *rows])
    assert loaded(reading) == ALL
    assert only(reading).measures[0].lines == 5


def test_a_column_that_hides_the_totals_of_another_is_asked_about() -> None:
    points = [3.0, 17.0, 8.0, 29.0, 11.0, 2.0, 23.0]
    named = [["Adults", 7_014.0], *ADULTS, ["Place", 13_674.0], *PLACE]
    reading = read(
        [["Heading", "Points", "2024/25 £"], *([n, w, a] for (n, a), w in zip(named, points, strict=True))]
    )
    assert loaded(reading) == ALL
    assert "hiding" in keys(reading)


# -- phases down a column -----------------------------------------------------------------------

SERVICES = ["Home care", "Day centres", "Parks", "Waste", "Libraries"]


def phased(phases: list[str], *, blank: bool = False) -> list[list[object]]:
    """Five services, each with one row for every phase: 101, 102 …, 201, 202 …"""
    return [
        [service if not (blank and p) else None, phase, 100.0 * (k + 1) + p + 1]
        for k, service in enumerate(SERVICES)
        for p, phase in enumerate(phases)
    ]


@pytest.mark.parametrize("blank", [False, True])
@pytest.mark.parametrize(
    ("phases", "first"),
    [
        (["Budget", "Actual"], 1_505),
        (["Original Budget", "Revised Budget", "Outturn"], 1_510),
        (["Budget", "Outturn", "Variance"], 1_505),
    ],
)
def test_a_column_of_budget_and_actual_is_a_choice_of_one(phases: list[str], first: int, blank: bool) -> None:
    reading = read([["Service", "Measure", "2023/24 £"], *phased(phases, blank=blank)])
    assert loaded(reading) == first
    assert "choice" in keys(reading)
    assert len({line.description for line in lines(reading)}) == len(SERVICES)


def test_years_and_phases_down_two_columns_are_alternatives_of_their_own() -> None:
    rows = [[year, *row] for year in ("2022-23", "2023-24") for row in phased(["Budget", "Actual"])]
    reading = read([["Year", "Service", "Type", "Amount £"], *rows])
    assert loaded(reading) == 1_505
    assert {m.year for m in only(reading).measures} == {"2022-23", "2023-24"}
    assert len(only(reading).measures) == 4


def test_actuals_to_date_and_the_forecast_of_the_months_after_add_up() -> None:
    rows = [[f"Month {k + 1}", "Actual" if k < 4 else "Forecast", 101.0 + k] for k in range(8)]
    assert loaded(read([["Month", "Type", "Spend £"], *rows])) == 836


def test_a_line_that_says_no_phase_is_told_of() -> None:
    reading = read(
        [["Service", "Measure", "2023/24 £"], *phased(["Budget", "Actual"]), ["Markets", None, 77.0]]
    )
    assert loaded(reading) == 1_505
    assert "line-of-no-part" in [problem.code for problem in only(reading).problems]


# -- what a pivot says above its columns --------------------------------------------------------


def test_the_axis_of_a_pivot_says_nothing_of_the_columns_below_it() -> None:
    quarters = [[name, a, a + 211.0, 2 * a + 211.0] for name, a in [*ADULTS, *PLACE]]
    parents = [
        ["Adults", *(sum(row[k] for row in quarters[:3]) for k in (1, 2, 3))],
        ["Place", *(sum(row[k] for row in quarters[3:]) for k in (1, 2, 3))],
    ]
    reading = read(
        [
            ["Sum of Amount", "Period"],
            ["Directorate / Service", "Q1", "Q2", "Grand Total"],
            parents[0],
            *quarters[:3],
            parents[1],
            *quarters[3:],
        ]
    )
    table = only(reading)
    assert loaded(reading) == 2 * ALL + 5 * 211
    assert [m.name for m in table.measures] == ["Q1", "Q2", "Grand Total"]
    assert [role(table, row) for row in (3, 7)] == ["total", "total"]


# -- rows that number the columns ---------------------------------------------------------------


@pytest.mark.parametrize(
    "numbering",
    [
        [None, 1.0, 2.0, 3.0],
        [None, "(1)", "(2)", "(3)=(1)+(2)"],
        [None, "1", "2", "3 = 1 + 2"],
        [None, "(a)", "(b)", "(c)"],
        [1.0, 2.0, 3.0, 4.0],
    ],
)
def test_a_row_that_numbers_the_columns_is_no_line(numbering: list[Any]) -> None:
    rows = [
        ["Home care", 622.0, 1_428.0, 2_050.0],
        ["Parks", 681.0, 143.0, 824.0],
        ["Total", 1_303.0, 1_571.0, 2_874.0],
    ]
    reading = read([["£000", "Employees", "Running expenses", "Total expenditure"], numbering, *rows])
    assert loaded(reading) == 2_874_000
    assert only(reading).measures[0].lines == 2
    assert [m.name for m in only(reading).measures] == ["Employees", "Running expenses", "Total expenditure"]
    assert not any(check.difference for check in only(reading).checks)


def test_two_columns_may_be_numbered_too() -> None:
    rows = [["Home care", 622.0, 1_428.0], ["Parks", 681.0, 143.0]]
    reading = read([["£", "Employees", "Running expenses"], [None, "1", "2"], *rows])
    assert [m.total for m in only(reading).measures] == [1_303, 1_571]


# -- rows that say what the lines are on average ------------------------------------------------


def test_an_average_a_largest_and_a_smallest_below_the_total_are_no_lines() -> None:
    some: Rows = [*ADULTS, *PLACE]
    figures = [amount for _, amount in some]
    reading = read(
        [
            ["Ward", "Budget £"],
            *some,
            [None, sum(figures)],
            ["Average", sum(figures) / 5],
            ["Maximum", max(figures)],
            ["Minimum", min(figures)],
        ]
    )
    assert loaded(reading) == ALL
    assert [role(only(reading), row) for row in (7, 8, 9, 10)] == ["total", "note", "note", "note"]


def test_a_mean_below_the_total_needs_no_word() -> None:
    rows = [*ADULTS, *PLACE, ["Total", 20_688.0], ["per ward", 4_137.6]]
    reading = read([["Ward", "Budget £"], *rows])
    assert loaded(reading) == ALL


def test_what_is_called_an_average_and_is_none_is_asked_about() -> None:
    rows = [*ADULTS, *PLACE, ["Total", 20_688.0], ["Average", 999.0]]
    reading = read([["Ward", "Budget £"], *rows])
    assert any("Average" in question.ask for question in reading.questions)


@pytest.mark.parametrize(
    "called", ["Average", "Mean", "Durchschnitt", "Moyenne", "Promedio", "Średnia", "平均"]
)
def test_what_two_lines_are_on_average_is_no_line_and_no_part_of_a_total(called: str) -> None:
    rows: Rows = [["Service", "Budget £"], ["Parks", 2_311], ["Museums", 645], [called, 1_478]]
    for some in (rows, [*rows, ["Total", 2_956]]):
        reading = read(some)
        assert loaded(reading) == 2_956
        assert role(only(reading), 4) == "note"
        assert not only(reading).problems


def test_by_how_much_the_lines_differ_is_no_line() -> None:
    for called in ("Std dev", "Standardabweichung", "Écart-type"):
        assert loaded(read([["Ward", "Budget £"], *ADULTS, *PLACE, [called, 942.6]])) == ALL


def test_each_group_may_end_with_its_average() -> None:
    groups = (
        ["Parks", 2_311],
        ["Museums", 645],
        ["Average", 1_478],
        ["Homes", 700],
        ["Care", 300],
        ["Average", 500],
    )
    reading = read([["Service", "Budget £"], *groups])
    assert loaded(reading) == 3_956
    assert [role(only(reading), row) for row in (4, 7)] == ["note", "note"]


def test_what_is_called_an_average_and_counted_by_the_total_is_a_line() -> None:
    rows = [["Parks", 2_311], ["Museums", 645], ["Average", 1_478], ["Total", 4_434]]
    assert loaded(read([["Service", "Budget £"], *rows])) == 4_434


def test_an_average_of_two_lines_that_is_none_is_asked_about() -> None:
    reading = read([["Service", "Budget £"], ["Parks", 2_311], ["Museums", 645], ["Average", 1_300]])
    assert any("Average" in question.ask for question in reading.questions)


# -- what a number format hides, and units in other languages -----------------------------------


@pytest.mark.parametrize(
    ("header", "number_format", "factor"),
    [
        ("Budget (£m)", "#,##0.0,,", 1),
        ("Budget £000", "#,##0,", 1),
        ("Budget (£m)", "£#,##0,;(£#,##0,)", 1_000),
        ("Budget £000", "#,##0.0", 1_000),
        ("Budget £", '#,##0,"k"', 1),
    ],
)
def test_a_comma_at_the_end_of_a_number_format_changes_only_what_is_shown(
    header: str, number_format: str, factor: int
) -> None:
    rows: Rows = [["Service", header], *ADULTS, *PLACE, ["Total", 20_688.0]]
    formats = {(row, 1): number_format for row in range(1, len(rows))}
    one = Sheet("Budget", rows, facts=Facts(looked=True, number_formats=formats))
    reading = read(one)
    assert loaded(reading) == ALL * factor
    assert only(reading).unit.factor == factor


def test_amounts_larger_than_any_public_budget_are_asked_about() -> None:
    rows = [[name, amount * 1_000] for name, amount in [*ADULTS, *PLACE]]
    assert "unit" in keys(read([["Service", "Budget (£m)"], *rows]))
    assert "unit" not in keys(read([["Service", "Budget (£000)"], *rows]))


@pytest.mark.parametrize(
    ("title", "factor", "asked"),
    [
        ("Cyllideb Refeniw 2024/25 (£ miloedd)", 1_000, False),
        ("Cyllideb (£ miliynau)", 1_000_000, False),
        ("Buiséad (£ mílte)", 1_000, False),
        ("Budget (£ quintzel)", 1, True),
        ("Budget (£ net)", 1, False),
    ],
)
def test_a_word_behind_the_pound_that_is_not_known_is_asked_about(
    title: str, factor: int, asked: bool
) -> None:
    reading = read([[title], ["Gwasanaeth", "Cyllideb"], *ADULTS, *PLACE])
    assert loaded(reading) == ALL * factor
    assert ("unit" in keys(reading)) is asked


# -- receipts beside payments -------------------------------------------------------------------


@pytest.mark.parametrize("gap", [[], [None]])
@pytest.mark.parametrize("names", [("Receipts", "Payments"), ("Income", "Expenditure")])
def test_receipts_beside_payments_are_two_sides_of_one_account(
    names: tuple[str, ...], gap: list[None]
) -> None:
    left = [["Precept", 6_942.0], ["Rents", 2_996.0], ["Interest", 1_338.0], ["Total", 11_276.0]]
    right = [["Clerk", 1_372.0], ["Admin", 6_568.0], ["Grass", 3_333.0], ["Total", 11_273.0]]
    header = [names[0], "£", *gap, names[1], "£"]
    reading = read([header, *([*a, *gap, *b] for a, b in zip(left, right, strict=True))])
    assert of_side(reading, Side.INCOME) == 11_276
    assert of_side(reading, Side.EXPENDITURE) == 11_273
    assert keys(reading) == []


@pytest.mark.parametrize("gap", [[], [None]])
def test_the_side_stands_over_labels_between_two_years(gap: list[None]) -> None:
    left = [
        [2_889.6, "Precept", 6_942.25],
        [1_204.58, "Rents", 2_996.95],
        [4_094.18, "Total Receipts", 9_939.2],
    ]
    right = [
        [5_263.48, "Clerk", 1_372.74],
        [7_585.7, "Admin", 6_568.38],
        [12_849.18, "Total Payments", 7_941.12],
    ]
    header = ["2022/23", "Receipts", "2023/24", *gap, "2022/23", "Payments", "2023/24"]
    reading = read([header, *([*a, *gap, *b] for a, b in zip(left, right, strict=True))])
    assert of_side(reading, Side.INCOME) == Decimal("9939.2")
    assert of_side(reading, Side.EXPENDITURE) == Decimal("7941.12")


# -- what is left between two totals ------------------------------------------------------------


@pytest.mark.parametrize(
    "called", ["Precept", "Precept requirement", "To be met by the parish", "Amount to raise"]
)
@pytest.mark.parametrize("spent", [9_531.0, 14_500.0])
def test_what_expenditure_leaves_beyond_income_is_a_balance_whatever_it_is_called(
    called: str, spent: float
) -> None:
    rows = [
        ["Expenditure", None],
        ["Staff", spent - 100],
        ["Office", 100.0],
        ["Total expenditure", spent],
        ["Income", None],
        ["Burial fees", 854.0],
        ["Rents", 525.0],
        ["Total income", 1_379.0],
        [called, spent - 1_379],
    ]
    reading = read([["Parish budget", "2024/25 £"], *rows])
    assert of_side(reading, Side.EXPENDITURE) == Decimal(spent)
    assert of_side(reading, Side.INCOME) == 1_379


# -- signs that a printed total proves ----------------------------------------------------------


def test_a_deduction_keeps_the_minus_that_the_total_across_needs() -> None:
    schools = [
        ("Hill", 1_307_254.0, 183_033.5, 4_587.5),
        ("Dale", 591_292.0, 77_989.25, 2_075.0),
        ("Moor", 854_110.0, 66_218.0, 3_110.0),
    ]
    rows = [[name, a, b, a + b, -c, a + b - c] for name, a, b, c in schools]
    reading = read(
        [
            [
                "School",
                "Basic entitlement £",
                "Deprivation £",
                "Total formula funding £",
                "De-delegation £",
                "Post de-delegation budget £",
            ],
            *rows,
        ]
    )
    assert sum(line.amount for line in lines(reading)) == sum(Decimal(str(row[5])) for row in rows)
    assert all(line.amount < 0 for line in lines(reading) if line.measure.startswith("De-delegation"))


# -- the sides of a column ----------------------------------------------------------------------


@pytest.mark.parametrize("sign", [1, -1])
def test_a_column_of_income_says_that_it_is_one_in_the_answer_of_read(sign: int) -> None:
    some = [(name, amount, sign * (k + 1) * 100.0) for k, (name, amount) in enumerate([*ADULTS, *PLACE])]
    rows = [[name, spent, income, spent - sign * income] for name, spent, income in some]
    reading = read([["Service", "Gwariant £", "Income £", "Net £"], *rows])
    answer = to_json(reading)["tables"][0]["measures"]
    said = {one["name"]: one["sides"] for one in answer}
    assert {side: Decimal(amount) for side, amount in said["Income £"].items()} == {
        "expenditure": 0,
        "income": 1_500,
    }
    assert {side: Decimal(amount) for side, amount in said["Gwariant £"].items()} == {
        "expenditure": ALL,
        "income": 0,
    }


def test_rows_that_say_nothing_of_sides_are_given_none() -> None:
    answer = to_json(read([["Service", "Budget £"], *ADULTS]))["tables"][0]["measures"]
    assert [one["sides"] for one in answer] == [None]


# -- the same money from its sources and in its uses --------------------------------------------


def pool(*, health: float) -> Reading:
    """Contributions to a pool in a table each, and the schemes that it pays for on the next sheet."""
    contributions = [
        ["Council contribution", "Contribution Yr 1", "Contribution Yr 2"],
        ["Anytown", 4_301_421.0, 4_401_421.0],
        ["Total council", 4_301_421.0, 4_401_421.0],
        [None],
        ["Health contribution", "Contribution Yr 1", "Contribution Yr 2"],
        ["Health board", health, 23_256_123.0],
        ["Total health", health, 23_256_123.0],
    ]
    schemes = [
        ["Reablement", 9_311_759.0, 9_657_544.0],
        ["Home care", 8_000_000.0, 8_500_000.0],
        ["Equipment", 9_000_000.0, 9_500_000.0],
    ]
    return read(
        sheet("Income", contributions),
        sheet("Expenditure", [["Scheme", "Expenditure 23/24 (£)", "Expenditure 24/25 (£)"], *schemes]),
    )


def test_contributions_that_come_to_what_the_pool_pays_for_are_loaded_once() -> None:
    reading = pool(health=22_010_338.0)
    assert [reading.tables[k].sheet for k in reading.chosen] == ["Expenditure"]
    assert loaded(reading) == 27_657_544
    assert all("comes to the figures of" in table.set_aside for table in reading.tables if table.set_aside)


def test_contributions_that_do_not_come_to_the_same_are_not_left_out_unasked() -> None:
    reading = pool(health=21_010_338.0)
    assert {reading.tables[k].sheet for k in reading.chosen} == {"Income", "Expenditure"}
    assert reading.questions
