"""Layouts in which public bodies of many countries publish, small enough to add up in the head."""

from decimal import Decimal
from typing import Any

import pytest

from budget_model.intake.files.amounts import is_code
from budget_model.intake.files.formats import open_workbook
from budget_model.intake.reading import Reading, lines, understand
from budget_model.vocabulary import Side
from tests.intake.sheets import keys, loaded, only, read, read_amount, sheet, totals


def net(reading: Reading) -> Decimal:
    """Expenditure less income."""
    return sum(
        (line.amount if line.side is Side.EXPENDITURE else -line.amount for line in lines(reading)),
        Decimal(0),
    )


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("$(58,330)", -58_330),
        ("£ (1,250)", -1_250),
        ("\u200b388,250\ufeff", 388_250),
        ("\u200f412,500\u200e", 412_500),
        ("(a) 388,250", 388_250),
        ("e388,250", 388_250),
        ("p1,120,400", 1_120_400),
    ],
)
def test_an_amount_is_read_behind_its_currency_its_mark_and_signs_that_nobody_sees(
    typed: str, meant: int
) -> None:
    assert read_amount(typed) == meant


@pytest.mark.parametrize("typed", ["(a) 12", "e12", "e1234"])
def test_a_letter_before_a_number_without_parted_thousands_may_be_a_code(typed: str) -> None:
    assert read_amount(typed) is None


def test_a_minus_in_brackets_behind_the_dollar_heads_no_table_of_its_own() -> None:
    reading = read(
        [["Department", "FY2026 Adopted"], ["Patrol", "$1,204"], ["Refunds", "$(204)"], ["Total", "$1,000"]]
    )
    assert loaded(reading) == 1_000


@pytest.mark.parametrize("part", ["w.v. verlichting", "в т.ч. зарплата", "v tom: silnice", "у т.ч. ремонт"])
def test_a_short_form_of_of_which_says_a_part_again(part: str) -> None:
    assert loaded(read([["Service", "Budget £"], ["Roads", 1_207], [part, 300], ["Schools", 2_113]])) == 3_320


def test_the_code_of_a_section_over_a_column_of_codes_begins_no_table() -> None:
    rows: list[list[Any]] = [["Head", "Description", "Budget 2025-26 £"], ["2055", "POLICE", None]]
    rows += [["001", "Direction", 1_204], ["101", "Patrols", 2_311], ["Total-2055", None, 3_515]]
    rows += [["2071", "PENSIONS", None], ["101", "Superannuation", 417], ["104", "Gratuities", 228]]
    rows += [["Total-2071", None, 645], ["GRAND TOTAL", None, 4_160]]
    reading = read(rows)
    assert (loaded(reading), keys(reading)) == (4_160, [])


def test_two_digits_and_two_more_behind_a_point_are_a_code() -> None:
    assert is_code("01.02")
    assert not is_code("10.02")
    assert not is_code("00412.50")


@pytest.mark.parametrize("head", ["§", "Chap/Art", "Article", "Chap.", "Třída"])
def test_codes_under_their_usual_heads_are_no_amounts(head: str) -> None:
    rows: list[list[Any]] = [
        [head, "Libellé", "BP 2026 €"],
        ["6041", "Eau", 1_204],
        ["6413", "Personnel", 2_311],
    ]
    rows += [["6531", "Indemnités", 417], ["6574", "Subventions", 228]]
    assert list(totals(only(read(rows)))) == ["BP 2026 €"]


def test_a_pivot_without_indents_is_counted_once_though_groups_have_a_single_part() -> None:
    rows: list[list[Any]] = [
        ["Row Labels", "Sum of Net Budget £"],
        ["Adults", 3_515],
        ["Care at home", 1_204],
    ]
    rows += [
        ["Home care", 1_204],
        ["In centres", 2_311],
        ["Day care", 2_311],
        ["Place", 645],
        ["Streets", 645],
    ]
    rows += [["Highways", 417], ["Parks", 228], ["Grand Total", 4_160]]
    reading = read(rows)
    assert (loaded(reading), keys(reading)) == (4_160, [])


def test_chapters_with_a_single_section_are_counted_once() -> None:
    rows: list[list[Any]] = [["Dział", "Rozdział", "§", "Treść", "Plan 2026 £"]]
    rows += [["010", None, None, "Rolnictwo", 3_515], [None, "01008", None, "Melioracje", 3_515]]
    rows += [[None, None, "4270", "Remonty", 1_204], [None, None, "4300", "Usługi", 2_311]]
    rows += [["600", None, None, "Transport", 645], [None, "60016", None, "Drogi", 645]]
    rows += [[None, None, "4210", "Materiały", 417], [None, None, "6050", "Inwestycje", 228]]
    rows += [["Razem", None, None, None, 4_160]]
    assert loaded(read(rows)) == 4_160


@pytest.mark.parametrize("left", ["Zuschussbedarf", "Rest", "Contribution"])
def test_what_income_leaves_of_expenditure_is_no_column_of_its_own_whatever_it_is_called(left: str) -> None:
    rows: list[list[Any]] = [["Produkt", "Erträge £", "Aufwendungen £", f"{left} £"]]
    rows += [["Feuerwehr", 204, 1_204, 1_000], ["Schulen", 311, 2_311, 2_000], ["Jugend", 117, 417, 300]]
    assert net(read(rows)) == 3_300


def test_what_is_moved_to_reserves_until_nothing_is_left_is_no_line() -> None:
    rows: list[list[Any]] = [
        ["Detail", "Budget £"],
        ["Grants", -1_204],
        ["Fees", -311],
        ["Total income", -1_515],
    ]
    rows += [["Staff", 2_311], ["Premises", 1_417], ["Total expenditure", 3_728], ["Deficit", 2_213]]
    rows += [["Transfer from reserves", -2_213], ["Net position", 0]]
    assert net(read(rows)) == 2_213


def test_a_check_that_comes_to_nothing_is_not_asked_about() -> None:
    rows: list[list[Any]] = [["Service", "Budget £"], ["Roads", 1_204], ["Schools", 2_311], ["Total", 3_515]]
    assert keys(read([*rows, ["Check", 0]])) == []


@pytest.mark.parametrize("head", ["£", None])
def test_years_down_and_services_across_are_alternatives(head: str | None) -> None:
    rows: list[list[Any]] = [
        ["Net budget by service (£)", None, None, None],
        [head, "Roads", "Schools", "Total"],
    ]
    rows += [["2024/25", 1_204, 2_311, 3_515], ["2025/26", 1_304, 2_411, 3_715]]
    reading = read(rows)
    assert (loaded(reading), keys(reading)) == (3_715, ["choice"])


def test_twelve_months_by_their_letter_hold_no_square_metres() -> None:
    rows: list[list[Any]] = [["Cost centre £", *(f"M{k}" for k in range(1, 13))]]
    rows += [
        [name, *(first + k for k in range(12))] for name, first in (("Roads", 1_204), ("Schools", 2_311))
    ]
    assert loaded(read(rows)) == 12 * (1_204 + 2_311) + 2 * 66


def test_a_final_sheet_is_guessed_before_a_draft_though_both_name_a_month() -> None:
    draft = sheet("Draft Feb", [["Service", "Budget £"], ["Roads", 1_204], ["Schools", 2_311]])
    final = sheet("Approved Mar", [["Service", "Budget £"], ["Roads", 1_304], ["Schools", 2_411]])
    reading = read(draft, final)
    assert (loaded(reading), keys(reading)) == (3_715, ["sheets"])


def test_lakhs_without_quotation_marks_are_put_together() -> None:
    text = "Department,Budget £\nRoads,12,34,567\nSchools,3,21,433\nTotal,15,56,000\n"
    assert loaded(understand(open_workbook(text.encode(), "budget.csv"))) == 1_556_000


def test_credits_of_a_spanish_budget_are_what_may_be_spent() -> None:
    rows: list[list[Any]] = [
        [
            "Eco.",
            "Descripción",
            "Créditos iniciales",
            "Modificaciones de crédito",
            "Créditos totales",
            "Pagos",
        ]
    ]
    rows += [
        [22_000, "Luz", 1_204, 100, 1_304, 900],
        [22_100, "Agua", 2_311, 200, 2_511, 1_800],
        [22_700, "Gas", 417, 50, 467, 300],
    ]
    assert net(read(rows)) == 4_282


def test_a_thousand_in_a_header_asks_nothing_of_points() -> None:
    reading = read(
        [["Hele 1.000 kr.", "Udgifter", "Indtægter"], ["Skole", 1_204.5, -204.5], ["Veje", 2_311.5, -311.5]]
    )
    assert "points" not in keys(reading)


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("Budsjett", "(tall i hele tusen)"),
        ("Budget £000", "General fund"),
        ("Plan", "(in thousands of pounds)"),
    ],
)
def test_a_unit_is_read_in_brackets_below_the_header_and_in_the_name_of_the_sheet(
    name: str, first: str
) -> None:
    rows: list[list[Any]] = [["Service", "Budget 2026"], [first, None], ["Roads", 1_204], ["Schools", 2_311]]
    assert loaded(read(sheet(name, rows))) == 3_515_000


def test_groups_with_a_single_part_are_counted_once_where_every_sum_stands_above_its_parts() -> None:
    rows: list[list[Any]] = [
        ["Servizio", "Budget £"],
        ["Viabilità", 1_204],
        ["Strade", 1_204],
        ["Scuole", 2_728],
    ]
    rows += [["Materne", 2_311], ["Medie", 417], ["Verde", 848], ["Parchi", 848]]
    assert loaded(read(rows)) == 4_780


def test_two_services_of_the_same_amount_are_two_services() -> None:
    assert (
        loaded(read([["Service", "Budget £"], ["Parks", 1_204], ["Baths", 1_204], ["Schools", 2_311]]))
        == 4_719
    )


def test_grant_and_match_funding_that_make_the_total_cost_are_what_is_spent() -> None:
    rows: list[list[Any]] = [["Project", "Grant £", "Match funding £", "Total cost £"]]
    rows += [["Barn", 1_204, 311, 1_515], ["Mill", 2_311, 417, 2_728], ["Lock", 848, 129, 977]]
    assert net(read(rows)) == 5_220


def test_what_is_paid_of_an_award_is_no_income() -> None:
    rows: list[list[Any]] = [["Project", "Awarded £", "Paid to date £", "Balance £"]]
    rows += [["Barn", 1_204, 311, 893], ["Mill", 2_311, 417, 1_894], ["Lock", 848, 129, 719]]
    reading = read(rows)
    assert (net(reading), keys(reading)) == (4_363, ["choice"])


def test_lines_that_come_to_nothing_together_are_amounts_all_the_same() -> None:
    rows: list[list[Any]] = [
        ["Service", "Budget £"],
        ["Roads", 1_204],
        ["Schools", 2_311],
        ["Recharged", -3_515],
        ["Total", 0],
    ]
    assert only(read(rows)).measures[0].total == 0


@pytest.mark.parametrize(
    "part", ["o/w staff", "y compris personnel", "de los que personal", "sendo pessoal", "dar. Personal"]
)
def test_more_words_for_of_which_say_a_part_again(part: str) -> None:
    assert loaded(read([["Service", "Budget £"], ["Roads", 1_207], [part, 300], ["Schools", 2_113]])) == 3_320


@pytest.mark.parametrize(
    ("deficit", "borrowed", "repaid"),
    [("Deficyt", "Przychody", "Rozchody"), ("Saldo", "Aufnahme von Krediten", "Tilgung von Krediten")],
)
def test_what_finances_a_deficit_below_it_is_no_money_of_the_account(
    deficit: str, borrowed: str, repaid: str
) -> None:
    rows: list[list[Any]] = [
        ["Item", "Plan £"],
        ["Income", None],
        ["Tax", 1_204],
        ["Grant", 311],
        ["Total income", 1_515],
    ]
    rows += [["Expenditure", None], ["Roads", 2_311], ["Schools", 1_417], ["Total expenditure", 3_728]]
    rows += [[deficit, -2_213], [borrowed, 2_330], [repaid, 117]]
    assert net(read(rows)) == 2_213


def test_services_across_on_a_single_line_are_added_up() -> None:
    reading = read(
        [
            ["Budget £", "Care", "Schools", "Roads", "Parks", "Total"],
            ["Spending", 1_204, 2_311, 417, 848, 4_780],
        ]
    )
    assert loaded(reading) == 4_780


def test_of_gross_and_net_of_the_latest_year_net_is_guessed() -> None:
    rows: list[list[Any]] = [
        ["Service", "2025/26 Gross £", "2025/26 Net £", "2026/27 Gross £", "2026/27 Net £"]
    ]
    rows += [["Roads", 1_304, 1_204, 1_404, 1_300], ["Schools", 2_411, 2_311, 2_511, 2_400]]
    reading = read(rows)
    assert (loaded(reading), keys(reading)) == (3_700, ["choice", "together"])


def test_budget_and_actual_down_and_services_across_are_alternatives() -> None:
    rows: list[list[Any]] = [["", "Roads £", "Schools £", "Total £"], ["Budget", 1_204, 2_311, 3_515]]
    rows += [["Actual", 1_104, 2_411, 3_515], ["Variance", -100, 100, 0]]
    assert loaded(read(rows)) == 3_515


def test_a_column_of_signs_says_what_comes_in_and_what_goes_out() -> None:
    rows: list[list[Any]] = [
        ["+/-", "Position", "£"],
        ["-", "Roads", 1_204],
        ["-", "Schools", 2_311],
        ["+", "Tax", 417],
    ]
    assert net(read(rows)) == 3_098


def test_longer_codes_that_begin_with_the_letter_of_a_side_say_it_too() -> None:
    rows: list[list[Any]] = [
        ["Account", "Description", "£"],
        ["E100", "Clerk", 1_204],
        ["E101", "Grass", 2_311],
    ]
    assert net(read([*rows, ["I100", "Precept", 417], ["I101", "Interest", 129]])) == 2_969


def test_receipts_beside_payments_need_no_head_over_their_amounts() -> None:
    rows: list[list[Any]] = [["RECEIPTS", None, "PAYMENTS", None], ["Precept", 417, "Clerk", 1_204]]
    assert net(read([*rows, ["Interest", 129, "Grass", 2_311], ["Total", 546, "Total", 3_515]])) == 2_969


def test_blocks_of_sides_under_headings_may_have_totals_of_the_same_words() -> None:
    rows: list[list[Any]] = [
        ["Lasten", None],
        ["Programma", "Begroting £"],
        ["Wegen", 1_204],
        ["Groen", 2_311],
    ]
    rows += [["Total", 3_515], [None, None], ["Baten", None], ["Programma", "Begroting £"]]
    reading = read([*rows, ["OZB", 417], ["Leges", 129], ["Total", 546]])
    assert (net(reading), keys(reading)) == (2_969, [])


@pytest.mark.parametrize(
    "heads",
    [
        ("Month budget £", "Month actual £", "YTD budget £", "YTD actual £", "Annual budget £"),
        ("Plan Monat £", "Ist Monat £", "Plan kumuliert £", "Ist kumuliert £", "Jahresplan £"),
        ("Budget mois £", "Réel mois £", "Budget cumulé £", "Réel cumulé £", "Budget annuel £"),
    ],
)
def test_of_a_month_the_year_to_date_and_the_year_the_year_is_guessed(heads: tuple[str, ...]) -> None:
    rows: list[list[Any]] = [
        ["Service", *heads],
        ["Roads", 101, 99, 602, 611, 1_204],
        ["Parks", 192, 190, 1_155, 1_160, 2_311],
    ]
    reading = read(rows)
    assert (loaded(reading), keys(reading)) == (3_515, ["choice"])


def test_a_year_with_the_point_of_an_ordinal_is_a_year() -> None:
    rows: list[list[Any]] = [
        ["X", "2025. évi előirányzat £", "2026. évi előirányzat £"],
        ["Út", 1_104, 1_204],
        ["Park", 2_211, 2_311],
    ]
    reading = read(rows)
    assert (loaded(reading), keys(reading)) == (3_515, ["choice"])


def test_a_service_whose_indented_parts_are_said_again_is_a_line() -> None:
    rows: list[list[Any]] = [
        ["Service", "Budget £"],
        ["Care", 3_515],
        ["  of which: home", 1_204],
        ["  of which: day", 2_311],
    ]
    rows += [["Roads", 645], ["  of which: repairs", 417], ["  of which: lights", 228], ["Parks", 848]]
    assert loaded(read([*rows, ["Total", 5_008]])) == 5_008
    assert loaded(read(rows)) == 5_008


def test_a_part_that_a_total_needs_beside_lines_is_a_line() -> None:
    rows: list[list[Any]] = [
        ["Service", "Budget £"],
        ["Care", 3_515],
        ["  of which home", 1_204],
        ["  day centres", 2_311],
    ]
    rows += [["Roads", 645], ["  repairs", 417], ["  lights", 228], ["Parks", 848], ["Total", 5_008]]
    assert loaded(read(rows)) == 5_008


def test_levels_are_counted_once_though_a_part_is_said_again_below_the_last() -> None:
    rows: list[list[Any]] = [
        ["Service", "Budget £"],
        ["Schools", 3_515],
        ["- Primary", 1_204],
        ["- Secondary", 2_311],
    ]
    rows += [["Care", 645], ["- At home", 645], ["- - w tym grants", 215]]
    assert loaded(read(rows)) == 4_160


def test_indented_rows_that_each_say_the_row_above_are_counted_once() -> None:
    rows: list[list[Any]] = [
        ["Service", "Budget £"],
        ["Schools", 3_515],
        ["   Primary", 3_515],
        ["Care", 1_207],
        ["   Home", 1_207],
    ]
    assert loaded(read(rows)) == 4_722


@pytest.mark.parametrize("head", ["m²", "Fläche m²", "ha", "km", "MWh"])
def test_areas_lengths_and_energy_are_no_money(head: str) -> None:
    reading = read(
        [["Service", head, "Budget £"], ["Roads", 811, 1_204], ["Parks", 527, 2_311], ["Baths", 399, 417]]
    )
    assert (loaded(reading), keys(reading)) == (3_932, [])


@pytest.mark.parametrize(
    ("result", "last", "left", "spent_less_income"),
    [("Gross surplus", "Salaries", "Net surplus", 0), ("Operating surplus", "Depreciation", "Balance", 0)],
)
def test_a_cost_that_leaves_nothing_of_a_surplus_is_a_line(
    result: str, last: str, left: str, spent_less_income: int
) -> None:
    rows: list[list[Any]] = [["Item", "Budget £"], ["Sales", 5_311], ["Grants", 417], ["Total income", 5_728]]
    rows += [["Materials", -2_100], ["Repairs", -1_317], ["Total direct costs", -3_417], [result, 2_311]]
    assert net(read([*rows, [last, -2_311], [left, 0]])) == spent_less_income


def test_the_tax_that_covers_what_a_budget_needs_is_income() -> None:
    rows: list[list[Any]] = [["Item", "Budget £"], ["Staff", 2_311], ["Premises", 1_417]]
    rows += [["Total expenditure", 3_728], ["Fees", -1_204], ["Grant", -311], ["Total income", -1_515]]
    assert net(read([*rows, ["Net expenditure", 2_213], ["Precept", -2_213], ["Balance", 0]])) == 0


def test_taxes_below_a_result_are_lines_though_less_a_contribution_they_are_as_much() -> None:
    rows: list[list[Any]] = [["Item", "Budget £"], ["Income", None], ["Fees", 1_204], ["Grant", 311]]
    rows += [["Total income", 1_515], ["Expenditure", None], ["Roads", 2_311], ["Schools", 1_417]]
    rows += [["Total expenditure", 3_728], ["Net expenditure", -2_213], ["Council tax", 2_000]]
    assert {2_000, 300} <= {
        line.amount for line in lines(read([*rows, ["Business rates", 300], ["Contribution", 87]]))
    }


@pytest.mark.parametrize(
    "name", ["DAV College", "Dar es Salaam link", "WV Highways", "W. V. Smith bequest", "O&W plant"]
)
def test_a_name_that_begins_as_a_short_form_of_of_which_is_a_line(name: str) -> None:
    assert loaded(read([["Service", "Budget £"], ["Roads", 1_207], [name, 300], ["Schools", 2_113]])) == 3_620


def test_a_trend_before_the_amounts_says_no_side() -> None:
    rows: list[list[Any]] = [["Service", "Trend", "Budget £"], ["Roads", "+", 1_204], ["Schools", "-", 2_311]]
    assert net(read([*rows, ["Parks", "+", 417]])) == 3_932


def test_a_minus_before_what_is_called_income_is_income() -> None:
    rows: list[list[Any]] = [["+/-", "Item", "£"], ["+", "Salaries", 1_204], ["+", "Premises", 2_311]]
    assert net(read([*rows, ["-", "Fees", 417], ["-", "Grant income", 129]])) == 2_969


def test_a_number_of_posts_before_thousands_makes_no_lakhs() -> None:
    text = "Service,Posts,Pay £,All £\nRoads,5,12,500,17,600\nSchools,7,13,417,18,229\n"
    reading = understand(open_workbook(text.encode(), "budget.csv"))
    assert totals(only(reading))["All £"] == 35_829


def test_actual_income_is_taken_off_actual_expenditure() -> None:
    rows: list[list[Any]] = [["Service", "Actual expenditure £", "Actual income £", "Actual net £"]]
    rows += [["Roads", 1_204, 204, 1_000], ["Schools", 2_311, 311, 2_000], ["Parks", 848, 129, 719]]
    reading = read(rows)
    assert (net(reading), keys(reading)) == (3_719, [])


@pytest.mark.parametrize("name", ["Zuschuss Musikschule", "Solde des agents"])
def test_a_grant_or_a_pay_that_is_no_result_is_not_asked_about(name: str) -> None:
    assert keys(read([["Produkt", "Ansatz £"], ["Personal", 1_204], ["Strom", 2_311], [name, 417]])) == []


def test_months_that_are_each_final_are_added_up() -> None:
    months = [
        sheet(f"Final {name}", [["Service", "Budget £"], ["Roads", roads], ["Schools", schools]])
        for name, roads, schools in (("Apr", 1_204, 2_311), ("May", 1_305, 2_198), ("Jun", 1_101, 2_477))
    ]
    assert loaded(read(*months)) == 10_596


def test_a_grant_that_pays_with_fees_for_a_cost_is_not_what_is_left() -> None:
    rows: list[list[Any]] = [["Service", "Expenditure £", "Fee income £", "Grant income £"]]
    rows += [["Barn", 1_515, 1_204, 311], ["Mill", 2_728, 2_311, 417], ["Lock", 977, 848, 129]]
    assert loaded(read(rows)) == 5_220


@pytest.mark.parametrize("first", [0, 1])
def test_parts_that_are_numbered_and_each_get_as_much_are_all_lines(first: int) -> None:
    rows: list[list[Any]] = [["Service", "Budget £"], *([f"Ward {first + k}", 33_417] for k in range(4))]
    assert loaded(read(rows)) == 4 * 33_417


def test_codes_of_schools_that_begin_with_i_or_e_say_no_side() -> None:
    rows: list[list[Any]] = [["Code", "School", "Budget £"]]
    rows += [
        ["E1001", "Eastfield", 1_204],
        ["E1002", "Elm", 2_311],
        ["I1001", "Infant", 417],
        ["I1002", "Ivy", 848],
    ]
    assert loaded(read(rows)) == 4_780


@pytest.mark.parametrize(
    ("last", "total"),
    [([["Libraries", 33_417]], 33_417), ([["Libraries", 33_417], ["Parks", 903]], 34_320)],
)
def test_a_total_of_the_last_lines_alone_is_held_against_all_of_them(
    last: list[list[Any]], total: int
) -> None:
    rows: list[list[Any]] = [
        ["Service", "Budget £"],
        ["Children", 1_204],
        ["Highways", 2_311],
        *last,
        ["Total", total],
    ]
    reading = read(rows)
    assert [(check.printed, check.difference) for check in only(reading).checks] == [(total, -3_515)]
    assert loaded(reading) == total + 3_515


def test_a_total_of_a_headed_part_or_of_one_side_is_no_total_of_all() -> None:
    headed = [
        ["Service", "Budget £"],
        ["Children", 1_204],
        ["Culture", None],
        ["Museums", 417],
        ["Parks", 903],
        ["Total", 1_320],
    ]
    assert [check.difference for check in only(read(headed)).checks] == [0]
    sides = [
        ["Service", "Budget £"],
        ["Fee income", 1_204],
        ["Staff costs", 417],
        ["Premises costs", 903],
        ["Total", 1_320],
    ]
    assert all(check.difference == 0 for check in only(read(sides)).checks)
