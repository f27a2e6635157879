"""Layouts that were once taken for something else than they are: which columns are alternatives, and which rows repeat."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from budget_model.intake.reading import lines
from budget_model.vocabulary import Side
from tests.intake.sheets import keys, loaded, only, read, sheet

NAMES = ["Home care", "Day centres", "Fostering", "Parks", "Waste", "Libraries", "Legal", "Audit"]


def some(k: int, column: int = 0) -> float:
    """An amount without a pattern, the same on every run."""
    return float((k * 7919 + column * 15485863 + 104729) * 31 % 89_977 + 1_011)


@pytest.mark.parametrize(
    ("below", "above"),
    [("Carried forward", "Brought forward"), ("c/f", "b/f"), ("Page total", "Brought fwd")],
)
def test_what_a_page_carries_forward_is_no_line_of_the_next(below: str, above: str) -> None:
    head = ["Code", "Description", "Budget £"]
    rows = [["Budget listing"], head]
    running = 0.0
    for page in range(3):
        if page:
            rows += [[f"Page {page}"], head, [above, None, running]]
        for k in range(8):
            running += some(k, page)
            rows.append([f"A{page}{k}", f"Item {page}{k}", some(k, page)])
        rows.append([below, None, running])
    reading = read([*rows[:-1], ["Total", None, running]])
    assert loaded(reading) == Decimal(running)
    assert not reading.questions


def test_plan_and_actual_with_a_variance_beside_them_are_alternatives() -> None:
    rows = [
        [None, "Year to date", None, None, "Forecast Outturn", None, None],
        ["£", "Plan", "Actual", "Variance", "Plan", "Actual", "Variance"],
    ]
    for k, name in enumerate(NAMES):
        a, b, c, d = (some(k, j) for j in range(4))
        rows.append([name, a, b, b - a, c, d, d - c])
    table = only(read(rows))
    assert table.choice == "Forecast Outturn Plan"
    assert loaded(read(rows)) == Decimal(sum(some(k, 2) for k in range(len(NAMES))))


def test_next_year_is_a_later_year_than_this_and_last() -> None:
    head = ["Service", "Last Year Budget", "Last Year Actual", "Current Year Budget", "Next Year Budget"]
    reading = read([head, *([name, *(some(k, j) for j in range(4))] for k, name in enumerate(NAMES))])
    assert only(reading).choice == "next year budget"
    assert loaded(reading) == Decimal(sum(some(k, 3) for k in range(len(NAMES))))


def test_a_group_holds_the_money_of_its_association() -> None:
    head = [[None, "Group", None, "Association", None], ["£", "2023", "2022", "2023", "2022"]]
    reading = read([*head, *([name, *(some(k, j) for j in range(4))] for k, name in enumerate(NAMES))])
    assert only(reading).choice == "Group 2023"
    assert loaded(reading) == Decimal(sum(some(k, 0) for k in range(len(NAMES))))


def test_the_budget_at_the_end_of_the_changes_is_the_latest() -> None:
    head = ["Service", "Original Budget £", "Virements £", "Current Budget £", "Spent £"]
    rows = [
        [name, some(k), 500.0 * (k % 3 - 1), some(k) + 500.0 * (k % 3 - 1), some(k, 4)]
        for k, name in enumerate(NAMES)
    ]
    reading = read([head, *rows])
    assert only(reading).choice == "current budget"
    assert keys(reading) == ["choice"]


def test_a_column_of_days_beside_staff_is_no_money() -> None:
    head = ["Directorate", "Headcount", "FTE", "Sickness days", "Turnover %"]
    rows = [[name, 830.0 + k, 642.3 + k, 7400.0 - 31 * k, 0.14] for k, name in enumerate(NAMES)]
    assert "only counts, rates or codes" in (read([head, *rows]).refused or "")


def test_the_turnover_of_staff_does_not_make_money_of_the_figures_beside_it() -> None:
    head = ["Directorate", "FTE", "Grievances", "Turnover %"]
    reading = read(
        [head, *([name, 642.3 + k, 40.0 - k, 0.14] for k, name in enumerate(NAMES))], file="return.xlsx"
    )
    assert keys(reading)[0] == "money"
    assert reading.chosen == ()


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ("Balance 1 April 2023", "Balance 31 March 2024"),
        ("Balance on 1st April 2023", "Balance on 31st March 2024"),
        ("Balance 01/04/2023", "Balance 31/03/2024"),
    ],
)
def test_balances_at_two_dates_and_the_movements_between_them_are_asked_about(
    opening: str, closing: str
) -> None:
    rows = [["Earmarked reserves £000"], ["Reserve", opening, "Transfers in", "Transfers out", closing]]
    for k, name in enumerate(NAMES):
        a, b, c = some(k), some(k, 1) // 90, -some(k, 2) // 70
        rows.append([name, a, b, c, a + b + c])
    reading = read(rows)
    assert reading.chosen == ()
    assert keys(reading) == ["load"]


def test_the_page_on_which_a_sheet_begins_is_no_money() -> None:
    contents = sheet("Contents", [["Sheet", "Page"], ["Budget", 1.0], ["Notes", 4.0]])
    budget = sheet("Budget", [["Service", "Budget £000"], *([name, some(k)] for k, name in enumerate(NAMES))])
    reading = read(contents, budget)
    assert loaded(reading) == Decimal(1000 * sum(some(k) for k in range(len(NAMES))))
    assert not reading.questions


def test_formulas_without_results_are_the_reason_of_a_refusal() -> None:
    made = sheet(
        "Budget",
        [["Service", "Hours", "Rate", "Budget £"], *([n, 20.0 + k, 25.0, None] for k, n in enumerate(NAMES))],
    )
    for row in range(1, len(NAMES) + 1):
        made.facts.uncalculated[row, 3] = f"B{row + 1}*C{row + 1}"
    assert "hold formulas without a result" in (read(made).refused or "")


def test_a_ratio_of_benefit_to_cost_is_no_alternative_to_the_amounts() -> None:
    head = ["Project", "Award (£m)", "BCR"]
    reading = read([head, *([name, some(k) / 1000, 1.5 + k / 10] for k, name in enumerate(NAMES))])
    assert [m.name for m in only(reading).measures if m.role == "line amount"] == ["Award (£m)"]
    assert not reading.questions


def test_balances_at_two_dates_are_asked_about_where_the_movements_are_not_all_shown() -> None:
    head = ["Reserve", "Balance at 1 April 2023 £000", "Used £000", "Balance at 31 March 2024 £000"]
    reading = read([head, *([name, *(some(k, j) for j in range(3))] for k, name in enumerate(NAMES))])
    assert reading.chosen == ()
    assert keys(reading) == ["load"]


@pytest.mark.parametrize(
    "said",
    [
        "All figures are in £'000",
        "£000",
        "(£'000)",
        "All in £000s",
        "Amounts in thousands of pounds",
        "Values shown in £k",
    ],
)
def test_a_unit_stated_below_the_table_is_read(said: str) -> None:
    rows = [
        ["Budget 2024/25"],
        ["Service", "Amount"],
        *([name, some(k)] for k, name in enumerate(NAMES)),
        [],
        [said],
    ]
    reading = read(rows)
    assert loaded(reading) == Decimal(1000 * sum(some(k) for k in range(len(NAMES))))
    assert not reading.questions


@pytest.mark.parametrize(
    "said", ["Figures in the report are rounded", "All amounts are rounded to the nearest thousand pounds"]
)
def test_a_note_on_rounding_states_no_unit(said: str) -> None:
    rows = [["Service", "Amount"], *([name, some(k) * 100] for k, name in enumerate(NAMES)), [], [None, said]]
    assert keys(read(rows)) == ["unit"]


@pytest.mark.parametrize(
    "written", [lambda a: f"£{a:,.2f}", lambda a: f"£{a / 1000:.3f}k", lambda a: f"£{a / 1e6:.6f} million"]
)
def test_amounts_that_say_their_own_unit_are_not_asked_about(written: Callable[..., Any]) -> None:
    reading = read([["Area", "Allocation"], *([name, written(some(k))] for k, name in enumerate(NAMES))])
    assert loaded(reading) == Decimal(sum(some(k) for k in range(len(NAMES))))
    assert not reading.questions


def test_pounds_without_pence_are_asked_about() -> None:
    reading = read([["Area", "Allocation"], *([name, f"£{some(k):,.0f}"] for k, name in enumerate(NAMES))])
    assert keys(reading) == ["unit"]


def test_pounds_in_a_header_of_several_columns_are_known() -> None:
    rows = [
        ["LA: Anytown", "(£s)", None],
        ["Line", "Early years", "Primary"],
        *([n, some(k), some(k, 1)] for k, n in enumerate(NAMES)),
    ]
    assert "unit" not in keys(read(rows))


@pytest.mark.parametrize("label", ["Base budget brought forward", "Less: underspend brought forward"])
def test_what_a_proved_total_covers_is_a_line_though_it_is_brought_forward(label: str) -> None:
    rows = [[label, 90_113.0], *([name, some(k)] for k, name in enumerate(NAMES))]
    whole = sum(row[1] for row in rows)
    reading = read([["Service", "Budget £"], *rows, ["Net budget", whole]])
    assert loaded(reading) == Decimal(whole)
    assert not reading.questions


def test_a_balance_brought_forward_is_asked_about_though_a_total_covers_it() -> None:
    rows = [["Balance brought forward", 90_113.0], *([name, some(k)] for k, name in enumerate(NAMES))]
    reading = read([["Service", "Budget £"], *rows, ["Total", sum(row[1] for row in rows)]])
    assert keys(reading) == ["row"]


def test_tax_between_net_and_gross_is_not_asked_about() -> None:
    head = ["Supplier", "Service", "Net Amount", "VAT", "Gross Amount"]
    rows = [
        [f"Supplier {k}", n, some(k) + 0.51, some(k, 1) // 9, some(k) + 0.51 + some(k, 1) // 9]
        for k, n in enumerate(NAMES)
    ]
    reading = read([head, *rows])
    assert [m.name for m in only(reading).measures if m.role == "line amount"] == ["Net Amount"]
    assert not reading.questions


def test_total_funding_that_is_the_total_cost_is_the_same_money() -> None:
    head = ["Scheme", "Total cost £000", "Grant £000", "Borrowing £000", "Total funding £000"]
    rows = [[n, some(k) + some(k, 1), some(k), some(k, 1), some(k) + some(k, 1)] for k, n in enumerate(NAMES)]
    reading = read([head, *rows])
    assert loaded(reading) == Decimal(1000 * sum(row[1] for row in rows))
    assert not reading.questions


def test_a_variance_for_better_or_worse_is_no_budget_and_no_wrong_total() -> None:
    rows = [["£000", "Plan", "Actual", "Variance"]]
    rows += [[name, some(k), some(k) - 50 - k, 50.0 + k] for k, name in enumerate(NAMES[:5])]
    plan, actual = (sum(row[j] for row in rows[1:]) for j in (1, 2))
    rows += [["Total expenditure", plan, actual, plan - actual], ["Allocation", plan + 900, plan + 900, 0.0]]
    rows += [["Surplus/(deficit)", 900.0, plan + 900 - actual, plan - actual]]
    table = only(read(rows))
    assert [m.role for m in table.measures if m.name == "Variance"] == ["memo"]
    assert not table.problems


def test_of_sheets_of_single_years_the_latest_is_taken() -> None:
    made = [
        sheet(
            f"202{y}-2{y + 1}", [["Service", "£000"], *([name, some(k, y)] for k, name in enumerate(NAMES))]
        )
        for y in (2, 3, 4)
    ]
    reading = read(*made)
    assert loaded(reading) == Decimal(1000 * sum(some(k, 4) for k in range(len(NAMES))))
    assert keys(reading) == ["sheets"]


@pytest.mark.parametrize(
    ("comes", "goes"),
    [("Where the money comes from", "Where the money goes"), ("Funded by", "What we spend it on")],
)
def test_where_the_money_comes_from_is_not_added_to_where_it_goes(comes: str, goes: str) -> None:
    parts, services = [some(k) for k in range(5)], [some(k, 1) for k in range(5)]
    services[0] += sum(parts) - sum(services)
    rows = [[comes, None, None, goes, None], ["Source", "£000", None, "Service", "£000"]]
    rows += [[f"Source {k}", parts[k], None, NAMES[k], services[k]] for k in range(5)]
    reading = read([*rows, ["Total", sum(parts), None, "Total", sum(services)]])
    assert loaded(reading) == Decimal(1000 * sum(parts))
    assert not reading.questions


@pytest.mark.parametrize(("into", "out"), [("Receipts £", "Payments £"), ("Paid in £", "Paid out £")])
def test_a_cash_book_has_two_sides_and_its_balance_is_held_and_not_spent(into: str, out: str) -> None:
    rows = [["Parish cash book"], ["Date", "Details", into, out, "Balance £"]]
    held = 12_345.67
    rows.append(["2023-04-01", "Balance brought forward", None, None, held])
    for k in range(12):
        amount = round(some(k) / 100 + 0.01, 2)
        held = round(held + (amount if k % 4 == 0 else -amount), 2)
        rows.append(
            [
                f"2023-04-{k + 2:02}",
                f"Entry {k}",
                amount if k % 4 == 0 else None,
                None if k % 4 == 0 else amount,
                held,
            ]
        )
    reading = read(rows)
    received = sum(Decimal(str(row[2])) for row in rows[3:] if row[2])
    paid = sum(Decimal(str(row[3])) for row in rows[3:] if row[3])
    assert {m.name: m.total for m in only(reading).measures if m.role == "line amount"} == {
        into: received,
        out: paid,
    }
    assert {line.side for line in lines(reading) if line.measure == into} == {Side.INCOME}
    assert not reading.questions


@pytest.mark.parametrize("formula", ["=B{0}+C{0}", "=SUM(B{0}:C{0})", "=SUM($B{0},$C{0})"])
def test_a_formula_without_a_result_still_says_which_columns_add_up(formula: str) -> None:
    made = sheet(
        "Budget",
        [
            ["Service", "Alpha £", "Beta £", "Total £"],
            *([n, some(k), some(k, 1), None] for k, n in enumerate(NAMES)),
        ],
    )
    for row in range(1, len(NAMES) + 1):
        made.facts.uncalculated[row, 3] = formula.format(row + 1)
    reading = read(made)
    assert loaded(reading) == Decimal(sum(some(k) + some(k, 1) for k in range(len(NAMES))))
    assert "choice" not in keys(reading)
    assert [problem.code for problem in reading.problems] == ["formulas-without-results"]


@pytest.mark.parametrize("alone", [(3,), (3, 6)])
def test_a_line_that_gives_only_its_total_is_loaded_by_it(alone: tuple[int, ...]) -> None:
    rows = [["Project", "Council £000", "ICB £000", "Total £000"]]
    for k, name in enumerate(NAMES):
        both = some(k) + some(k, 1)
        rows.append([name, None, None, both] if k in alone else [name, some(k), some(k, 1), both])
    whole = sum(row[3] for row in rows[1:])
    columns = [sum(row[j] or 0 for row in rows[1:]) for j in (1, 2)]
    reading = read([*rows, ["Total", *columns, whole]])
    assert loaded(reading) == Decimal(1000 * whole)
    assert sum(line.amount for line in lines(reading)) == Decimal(1000 * whole)
    table = only(reading)
    assert [problem.code for problem in table.problems] == ["only-a-total"]
    assert not any(check.difference for check in table.checks)
    assert not reading.questions


def test_a_cash_book_with_its_latest_entry_first_has_two_sides_too() -> None:
    rows, held = [], 12_345.0
    for k in range(12):
        paid_in = some(k) if k % 4 == 0 else 0.0
        paid_out = 0.0 if k % 4 == 0 else some(k)
        held += paid_in - paid_out
        rows.insert(0, [f"Entry {k}", paid_in or None, paid_out or None, held])
    reading = read([["Details", "Money in £", "Money out £", "Balance £"], *rows])
    assert [m.name for m in only(reading).measures if m.role == "line amount"] == [
        "Money in £",
        "Money out £",
    ]
    assert {line.side for line in lines(reading) if line.measure == "Money in £"} == {Side.INCOME}
    assert not reading.questions


def test_a_bank_statement_whose_payments_carry_a_minus_is_not_loaded_without_a_question() -> None:
    rows, held = [], 12_345.0
    for k in range(12):
        held += some(k) * (1 if k % 4 == 0 else -1)
        rows.append([f"Entry {k}", some(k) * (1 if k % 4 == 0 else -1), held])
    assert "choice" in keys(read([["Details", "Amount £", "Balance £"], *rows]))
