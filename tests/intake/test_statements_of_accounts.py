"""Accounts as bodies print them: blocks that follow at once, results below the totals, months beside their sums."""

from decimal import Decimal
from typing import Any

import pytest

from budget_model.intake.files.formats import open_workbook
from budget_model.intake.reading import Reading, lines, understand
from budget_model.vocabulary import Side
from tests.intake.sheets import keys, only, read, read_amount, role

EARNED: list[list[Any]] = [["Fees", 600.0], ["Rents", 150.0]]
SPENT: list[list[Any]] = [["Parks", 4_100.0], ["Roads", 5_300.0], ["Libraries", 2_075.0]]
NET = 4_100 + 5_300 + 2_075 - 600 - 150


def net(reading: Reading) -> Decimal:
    """What is spent less what is earned, of all that would be loaded."""
    return sum((x.amount if x.side is Side.EXPENDITURE else -x.amount for x in lines(reading)), Decimal(0))


@pytest.mark.parametrize(
    ("earned", "spent"),
    [
        ("INCOME", "EXPENDITURE"),
        ("Sources", "Uses"),
        ("Produits", "Charges"),
        ("الإيرادات", "النفقات"),
        ("Thu", "Chi"),
        ("הכנסות", "הוצאות"),
    ],
)
def test_a_block_of_expenditure_directly_below_one_of_income_is_expenditure(earned: str, spent: str) -> None:
    assert net(read([["", "Budget £"], [earned], *EARNED, [spent], *SPENT])) == NET


def test_a_side_said_on_the_first_row_of_a_block_holds_for_the_rows_below_it() -> None:
    rows = [[None, *row] for row in [*EARNED, *SPENT]]
    rows[0][0], rows[len(EARNED)][0] = "Income", "Expenditure"
    assert net(read([["", "Service", "Budget £"], *rows])) == NET


def test_costs_with_a_minus_below_lines_called_income_are_expenditure() -> None:
    rows = [["Patient income", 9_000.0], *[[name, -amount] for name, amount in SPENT]]
    reading = read([["Month 8", "Plan £"], *rows])
    assert net(reading) == 4_100 + 5_300 + 2_075 - 9_000
    assert "side" not in keys(reading)


def test_revenue_beside_capital_is_not_income() -> None:
    rows = [[name, amount, amount / 2, amount * 1.5] for name, amount in SPENT]
    assert net(read([["Service", "Revenue £", "Capital £", "Total £"], *rows])) == Decimal("17212.5")


@pytest.mark.parametrize("word", ["Total", "(all)", "Gesamt", "Tous", "合计"])
def test_a_word_for_all_in_a_column_of_levels_makes_its_row_a_total(word: str) -> None:
    rows = [["Town", word, word, 8_637.0], ["Town", "Care", word, 4_412.0]]
    rows += [["Town", "Care", "Home care", 2_310.0], ["Town", "Care", "Day care", 2_102.0]]
    rows += [
        ["Town", "Place", word, 4_225.0],
        ["Town", "Place", "Parks", 1_125.0],
        ["Town", "Place", "Roads", 3_100.0],
    ]
    assert net(read([["Level 1", "Level 2", "Level 3", "Budget £"], *rows])) == 8_637


def test_what_is_left_of_revenues_and_expenditures_is_no_line_nor_are_transfers_between_funds() -> None:
    rows = [["REVENUES"], *EARNED, ["TOTAL REVENUES", 750.0], ["EXPENDITURES"], *SPENT]
    rows += [["TOTAL EXPENDITURES", 11_475.0], ["OTHER FINANCING SOURCES (USES)"], ["Transfers in", 900.0]]
    rows += [
        ["Transfers out", -300.0],
        ["TOTAL OTHER FINANCING", 600.0],
        ["NET CHANGE IN FUND BALANCE", -10_125.0],
    ]
    assert net(read([["General fund", "FY2026 Budget $"], *rows])) == NET


def test_what_makes_both_sides_of_an_account_even_is_no_line() -> None:
    rows = [["30", "Personal", 812.0, None], ["40", "Steuern", None, 601.0], ["42", "Entgelte", None, 150.0]]
    rows += [
        [None, "Total", 812.0, 751.0],
        [None, "Aufwandüberschuss", None, 61.0],
        [None, None, 812.0, 812.0],
    ]
    assert net(read([["Konto", "Bezeichnung", "Aufwand CHF", "Ertrag CHF"], *rows])) == 61


def test_a_total_of_quarters_with_actuals_between_is_the_total_of_its_own_phase() -> None:
    head = [
        "Service",
        *[f"Q{n} {phase}" for n in range(1, 5) for phase in ("Budget", "Actual")],
        "Total budget £",
    ]
    rows = [[name, *[amount / 4, amount / 4 - 7] * 4, amount] for name, amount in SPENT]
    assert net(read([head, *rows])) == 11_475


def test_amounts_in_two_currencies_in_one_column_are_asked_about() -> None:
    reading = read([["Project", "Amount"], ["A", "£4,100"], ["B", "€5,300"], ["C", "£2,075"]])
    assert "currency" in keys(reading)


def test_an_underscore_between_thousands_parts_them() -> None:
    assert read_amount("412_500") == 412_500
    assert read_amount("412_5") is None


@pytest.mark.parametrize("mark", ["^", "~", "::", "||", "\x1f", "   "])
def test_cells_may_be_parted_by_a_mark_that_few_files_use(mark: str) -> None:
    text = "\n".join(mark.join(map(str, row)) for row in [["Service", "Budget £"], *SPENT])
    assert net(understand(open_workbook(text.encode(), "budget.txt"))) == 11_475


@pytest.mark.parametrize("statement", ["1 000 €", "1000 kr", "1.000 kr."])
def test_a_thousand_with_a_currency_alone_below_the_header_is_the_unit(statement: str) -> None:
    reading = read([["Tili", "Määräraha"], [None, statement], *SPENT])
    assert net(reading) == 11_475_000


def test_a_key_above_the_table_that_says_where_it_comes_from_is_no_income() -> None:
    rows = [
        ["Source", "Statements, p.82"],
        [],
        ["Service", "Budget £"],
        ["Parks", 950.0],
        ["Libraries", 400.0],
    ]
    assert net(read([*rows, ["Museums", 300.0], ["Licensing", 200.0]])) == 1_850


@pytest.mark.parametrize("heading", ["Revenue", "REVENUE"])
def test_revenue_over_services_names_the_revenue_budget(heading: str) -> None:
    assert net(read([[heading], ["Service", "Budget £"], *SPENT])) == 11_475
    assert net(read([["Service", "Budget £"], [heading], *SPENT[:2], ["Capital"], *SPENT[2:]])) == 11_475
    taxes = [["Property tax", 900.0], ["Sales tax", 300.0], ["Permits", 150.0]]
    assert net(read([[heading], ["Source", "Budget £"], *taxes])) == -1_350


def test_each_block_may_have_a_total_of_the_same_words() -> None:
    rows = [*SPENT[:2], ["TOTAL", 9_400.0], ["Libraries", 2_075.0], ["Museums", 1_310.0], ["TOTAL", 3_385.0]]
    assert net(read([["Service", "Budget £"], *rows])) == 12_785


def test_hours_at_one_rate_are_what_the_cost_is_made_of() -> None:
    rows = [[name, 100 + k, 20.0, 2_000.0 + 20 * k] for k, (name, _) in enumerate([*SPENT, *EARNED])]
    assert net(read([["Service", "Hours", "Rate £", "Cost £"], *rows])) == 10_200


@pytest.mark.parametrize(
    ("unit", "factor"), [("2025 kEUR", 1_000), ("2025 Mio. CHF", 10**6), ("2025 万元", 10**4)]
)
def test_a_year_with_a_unit_heads_a_column_and_is_no_amount(unit: str, factor: int) -> None:
    assert net(read([["Service", unit], *SPENT])) == 11_475 * factor


def test_billions_over_small_figures_are_believed() -> None:
    rows = [["Health", 202.5], ["Schools", 88.1], ["Defence", 56.4]]
    assert net(read([["Budget 2025, £bn"], ["Service", "2025"], *rows])) == 347 * 10**9


def test_a_gap_that_a_printed_total_adds_to_lines_is_a_line() -> None:
    rows = [["Housing", 100.0], ["Schools", 200.0], ["Total services", 300.0], ["Funding gap", 40.0]]
    rows += [["Reserves", 60.0], ["Parks", 50.0], ["Roads", 20.0], ["Total", 470.0]]
    assert net(read([["Service", "Budget £"], *rows])) == 470


def test_operating_transfers_to_others_are_spent() -> None:
    rows = [["Roads"], ["Staff", 100.0], ["Supplies", 200.0], ["Total roads", 300.0]]
    rows += [["Operating transfers"], ["To schools", 500.0], ["To parishes", 70.0]]
    assert net(read([["Service", "Budget £"], *rows])) == 870


@pytest.mark.parametrize(
    "title", [["Savings proposals"], ["Changes to the budget"], ["Growth and pressures"]]
)
def test_less_money_for_services_beside_more_income_is_asked_about(title: list[str]) -> None:
    rows = [["Increase parking income", 500.0], ["Close library", -200.0], ["Fewer buses", -300.0]]
    assert "side" in keys(read([title, ["Proposal", "Amount £"], *rows]))


def test_revenue_beside_expenditure_and_capital_expenditure_is_income() -> None:
    head = ["Fund", "Revenue £", "Operating expenditure £", "Capital expenditure £"]
    rows = [["General", 9_000.0, 7_000.0, 1_000.0], ["Water", 3_000.0, 2_500.0, 400.0]]
    assert net(read([head, *rows])) == 10_900 - 12_000


def test_revenue_by_department_is_income() -> None:
    rows = [["Parks", 900.0], ["Library", 300.0], ["Police", 150.0]]
    assert net(read([["Revenue by department"], ["Department", "Budget £"], *rows])) == -1_350


@pytest.mark.parametrize(
    "again", [[["Parks", 4_100.0], ["Roads", 5_300.0]], [["Council tax", 6_400.0], ["Grants", 3_000.0]]]
)
def test_a_block_that_makes_the_same_total_is_the_same_money_again(again: list[list[Any]]) -> None:
    rows = [*SPENT[:2], ["TOTAL", 9_400.0], *again, ["TOTAL", 9_400.0]]
    reading = read([["Service", "Budget £"], *rows])
    assert net(reading) == 9_400
    assert "row" in keys(reading)


@pytest.mark.parametrize(
    ("first", "second", "total"), [("1 000 €", "2 500 €", 3_500), ("2025 EUR", "500 EUR", 2_525)]
)
def test_a_round_amount_among_others_with_their_currency_is_an_amount(
    first: str, second: str, total: int
) -> None:
    assert net(read([["Service", "Budget"], ["Parks", first], ["Roads", second]])) == total


@pytest.mark.parametrize("line", ["§1 {},{}", "Unit::{},{}", "{},{}^"])
def test_a_rare_mark_parts_no_cells_where_commas_do(line: str) -> None:
    rows = [["Service", "Budget £"], *[[name, int(amount)] for name, amount in SPENT]]
    text = "\n".join(line.format(*row) for row in rows)
    assert net(understand(open_workbook(text.encode(), "budget.csv"))) == 11_475


def test_billions_over_figures_in_thousands_are_not_believed() -> None:
    rows = [["Health", 202_500.0], ["Schools", 88_100.0], ["Defence", 56_400.0]]
    reading = read([["Budget 2025, £bn"], ["Service", "2025"], *rows])
    assert (net(reading), keys(reading)) == (347_000, ["unit"])


@pytest.mark.parametrize("title", ["Te Whatu Ora", "Nog te besteden"])
def test_a_short_word_of_one_language_is_no_thousand_in_another(title: str) -> None:
    assert net(read([[title], ["Service", "Budget £"], *SPENT])) == 11_475


def test_capital_letters_before_a_service_do_not_make_it_a_part_of_another() -> None:
    assert net(read([["Service", "Budget £"], *SPENT, ["SH Sheltered housing", 300.0]])) == 11_775
    assert (
        net(read([["Nimetus", "Eelarve €"], ["Haridus", 900.0], ["sh palgad", 300.0], ["Teed", 100.0]]))
        == 1_000
    )


def test_greek_capitals_carry_no_accents() -> None:
    rows = [["ΕΣΟΔΑ"], ["Τέλη", 150.0], ["ΔΑΠΑΝΕΣ"], ["Πάρκα", 300.0], ["Δρόμοι", 100.0], ["ΣΥΝΟΛΟ", 400.0]]
    assert net(read([["Υπηρεσία", "Ποσό €"], *rows])) == 250


RETURN = [
    ["1. Balances brought forward", 21_500.0],
    ["2. (+) Precept or Rates and Levies", 18_000.0],
    ["3. (+) Total other receipts", 2_400.0],
    ["4. (-) Staff costs", 8_200.0],
    ["5. (-) Loan interest/capital repayments", 0.0],
    ["6. (-) All other payments", 10_300.0],
    ["7. (=) Balances carried forward", 23_400.0],
    ["8. Total value of cash and short term investments", 23_400.0],
    ["9. Total fixed assets plus long term investments and assets", 65_000.0],
    ["10. Total borrowings", 0.0],
]


def test_of_a_parish_return_only_what_leads_from_one_balance_to_the_next_is_money_of_the_year() -> None:
    reading = read([["Accounting statements"], ["", "31 March 2025 £"], *RETURN])
    assert net(reading) == -1_900
    assert not reading.problems
    assert keys(reading) == []


def test_receipts_and_payments_begin_and_end_with_what_is_held() -> None:
    rows = [["Opening balance at 1 April", 5_200.0], ["Receipts"], ["Precept", 12_000.0], ["Interest", 85.0]]
    rows += [["Total receipts", 12_085.0], ["Payments"], ["Salaries", 8_450.0], ["Insurance", 900.0]]
    closing = [["Total payments", 9_350.0], ["Closing balance at 31 March", 7_935.0]]
    assert net(read([["", "£"], *rows, *closing])) == -2_735


def test_reserves_below_the_account_are_no_money_of_the_year() -> None:
    held = [["General reserve at 1 April", 150_000.0], ["Contribution to reserve", 20_000.0]]
    held += [["General reserve at 31 March", 170_000.0]]
    total = sum(amount for _, amount in SPENT)
    assert net(read([["Service", "Budget £"], *SPENT, ["Net budget", total], [], *held])) == total


@pytest.mark.parametrize(
    ("out", "into"),
    [
        ("Paid out", "Paid in"),
        ("Lastschrift", "Gutschrift"),
        ("Money out", "Money in"),
        ("Uscite", "Entrate"),
    ],
)
def test_a_statement_of_a_bank_is_what_is_paid_out_less_what_is_paid_in(out: str, into: str) -> None:
    head = ["Date", "Details", out, into, "Balance"]
    rows = [["02/04/2025", "Water", 120.5, None, 4_879.5], ["09/04/2025", "Hire", None, 300.25, 5_179.75]]
    rows += [["16/04/2025", "Clerk", 700.0, None, None], ["16/04/2025", "Audit", 100.0, None, 4_379.75]]
    assert net(read([head, *rows])) == Decimal("620.25")


def test_rows_below_that_say_the_tax_base_are_no_money_and_the_precept_is_what_the_lines_come_to() -> None:
    rows = [["Salaries", 8_437.0], ["Maintenance", 3_112.0], ["Grants", 938.0], ["Precept", 12_487.0]]
    assert net(read([["Heading", "£"], *rows, ["Tax base", 412.5], ["Band D charge", 30.3]])) == 12_487


def test_a_total_named_in_the_second_column_of_words_counts_no_money_twice() -> None:
    rows = [["Place", "Total Place", 1_200.0], ["Place", "Parks", 500.0], ["Place", "Waste", 700.0]]
    rows += [["People", "Total People", 900.0], ["People", "Adults", 600.0], ["People", "Children", 300.0]]
    assert net(read([["Directorate", "Service", "Budget"], *rows, ["Council", "Total", 2_100.0]])) == 2_100


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(
    "head", ["Υπηρεσία;Ποσό €\nΣχολεία;{}\nΔρόμοι;{}\n", "部門;予算額（円）\n学校;{}\n道路;{}\n"]
)
def test_utf_16_needs_no_mark_at_its_beginning_whatever_its_letters(head: str, encoding: str) -> None:
    data = head.format(412_500, 388_250).encode(encoding)
    assert net(understand(open_workbook(data, "budget.csv"))) == 800_750


def test_text_of_three_bytes_a_letter_encoded_twice_is_put_right() -> None:
    text = "部門,予算額（円）\n学校,412500\n道路,388250\n合計,800750\n"
    data = text.encode().decode("latin-1").encode()
    assert net(understand(open_workbook(data, "budget.csv"))) == 800_750


def test_a_block_that_was_pasted_twice_below_itself_is_asked_about_and_counted_once() -> None:
    block = [["Service", "Budget £"], *SPENT]
    reading = read([*block, [], *block])
    assert net(reading) == 11_475
    assert keys(reading) == ["row"]
    assert net(read([["Heading", "£"], ["North"], *SPENT, ["South"], *SPENT])) == 22_950


@pytest.mark.parametrize(
    "rows",
    [
        [
            ["Pay", 42.0],
            ["Rent", 18.0],
            ["", None, 60.0],
            ["Fleet", 2.5],
            ["Fuel", 4.1],
            ["", None, 6.6],
            ["Net", None, 66.6],
        ],
        [["Pay", 42.0], ["Rent", 18.0, 60.0], ["Fleet", 2.5], ["Fuel", 4.1, 6.6], ["", None, None, 66.6]],
    ],
)
def test_amounts_that_step_to_the_right_are_counted_in_their_first_column_alone(
    rows: list[list[Any]],
) -> None:
    reading = read([["Heading", "£", "£", "£"], *rows])
    assert net(reading) == Decimal("66.6")
    assert keys(reading) == []


def test_one_grant_with_a_minus_above_what_funds_the_rest_is_income() -> None:
    rows = [
        ["Force budget", 210.4],
        ["Commissioned services", 5.6],
        ["Gross budget", 216.0],
        ["Specific grants", -12.5],
    ]
    funded = [["Funded by:"], ["Police grant", 110.2], ["Precept", 93.3], ["Total funding", 203.5]]
    assert net(read([["Budget", "£"], *rows, ["Net budget requirement", 203.5], *funded])) == 0


@pytest.mark.parametrize(
    "sources", [("Grants", "Borrowing", "Capital receipts"), ("Subventions", "Emprunts", "Recettes")]
)
@pytest.mark.parametrize("first", [True, False], ids=["total first", "total last"])
def test_what_pays_for_schemes_comes_to_what_is_spent_on_them(
    sources: tuple[str, ...], *, first: bool
) -> None:
    schemes = [("School", 206, 82, 124), ("Bridge", 30, 190, 71), ("Depot", 11, 0, 49)]
    rows = [[name, sum(paid), *paid] if first else [name, *paid, sum(paid)] for name, *paid in schemes]
    header = ["Scheme", "Total £", *sources] if first else ["Scheme", *sources, "Total £"]
    assert net(read([header, *rows])) == 763


@pytest.mark.parametrize("result", ["Neto", "Netto", "Nettokostnad", "Solde net", "Net expenditure"])
def test_what_two_round_totals_leave_is_no_line(result: str) -> None:
    rows: list[list[Any]] = [
        ["Expenditure", None],
        ["Roads", 500],
        ["Parks", 300],
        ["Total expenditure", 800],
    ]
    rows += [["Income", None], ["Fees", 100], ["Rents", 200], ["Total income", 300], [result, 500]]
    assert role(only(read([["Service", "Budget £"], *rows])), 10) == "total"
