from decimal import Decimal

from budget_model.intake.reading import lines, to_json
from budget_model.vocabulary import Side
from tests.intake.sheets import only, read


def test_headings_above_a_line_go_with_it_outermost_first() -> None:
    reading = read(
        [
            ["Service", "Budget £"],
            ["GENERAL FUND", None],
            ["Adults", None],
            ["Home care", 10.0],
            ["Place", None],
            ["Parks", 20.0],
        ]
    )
    assert [line.headings for line in lines(reading)] == [("GENERAL FUND", "Adults"), ("Place",)]


def test_the_lines_of_one_body_can_be_taken_from_a_national_table() -> None:
    rows = [
        ["E-code", "Local authority", "Education £000", "Housing £000", "TOTAL £000"],
        *([f"E{k}", f"Body {k}", 100.0 + k, 10.0 + k, 110.0 + 2 * k] for k in range(25)),
    ]
    read_lines = lines(read(rows), body="body 7")
    assert [(line.description, line.amount) for line in read_lines] == [
        ("Education £000", 107_000),
        ("Housing £000", 17_000),
    ]
    assert {line.body for line in read_lines} == {"Body 7"}


def test_income_is_positive_on_its_own_side() -> None:
    rows = [
        ["Year", "Account type", "Description", "Code", "Amount £"],
        ["2016/17", "Expense", "Staff", "a", 100.0],
        ["2016/17", "Revenue", "Fees", "b", 40.0],
    ]
    read_lines = lines(read(rows))
    assert [(line.amount, line.side) for line in read_lines] == [(100, Side.EXPENDITURE), (40, Side.INCOME)]


def test_income_printed_with_a_minus_is_turned_round() -> None:
    rows = [
        ["Account type", "Description", "Amount £"],
        ["Expenditure", "Staff", 100.0],
        ["Income", "Fees", -40.0],
        ["Income", "Rents", -5.0],
    ]
    reading = read(rows)
    assert [line.amount for line in lines(reading)] == [100, 40, 5]
    assert next(m.total for m in only(reading).measures if m.role == "line amount") == 55


def test_the_json_says_amounts_as_decimal_strings_in_whole_units() -> None:
    made = to_json(read([["Service", "Budget £000"], ["Parks", 1.5], ["Waste", 2.25]]))
    measure = made["tables"][0]["measures"][0]
    assert (measure["column"], measure["total"], measure["lines"], measure["role"]) == (
        "B",
        "3750.00",
        2,
        "line amount",
    )
    assert made["tables"][0]["rows"]["line"] == 2
    assert made["refused"] is None


def test_binary_noise_does_not_reach_a_line() -> None:
    read_lines = lines(read([["Service", "Net £"], ["Parks", 0.1 + 0.2], ["Waste", 1250.50]]))
    assert [line.amount for line in read_lines] == [Decimal("0.30"), Decimal("1250.50")]


def test_the_sum_of_the_lines_is_the_total_of_the_measure() -> None:
    reading = read([["Service", "2016/17 £000"], *([f"S{k}", k + 0.333333] for k in range(1, 40))])
    assert sum(line.amount for line in lines(reading)) == only(reading).measures[0].total
