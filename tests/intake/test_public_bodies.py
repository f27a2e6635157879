"""Small workbooks of the kinds that public bodies send, each for one rule of the layout."""

from decimal import Decimal
from typing import Any

import pytest

from budget_model.intake.reading import lines
from budget_model.intake.sheet.table import Question, Reading
from budget_model.vocabulary import Side
from tests.intake.sheets import keys, loaded, only, read, role, sheet


def sides(reading: Reading) -> tuple[Decimal, ...]:
    """Expenditure and income of what would be loaded."""
    return tuple(
        sum((line.amount for line in lines(reading) if line.side is side), Decimal(0))
        for side in (Side.EXPENDITURE, Side.INCOME)
    )


def asked(reading: Reading, kind: str) -> Question:
    """The one question of a kind."""
    (found,) = [question for question in reading.questions if question.key.startswith(kind)]
    return found


# -- columns ----------------------------------------------------------------------------------


def test_a_column_headed_with_a_percent_sign_is_no_money() -> None:
    table = only(
        read(
            [
                ["Police budget"],
                ["", "2023/24", "2024/25", "Change", "Change"],
                ["", "Budget", "Budget", "", ""],
                ["", "£m", "£m", "£m", "%"],
                ["Officers", 92.1, 96.4, 4.3, 4.7],
                ["Staff", 41.0, 43.3, 2.3, 5.6],
                ["PCSOs", 5.1, 5.2, 0.1, 2.0],
            ]
        )
    )
    assert [measure.role for measure in table.measures] == ["line amount", "line amount", "memo", "rate"]
    assert [measure.name for measure in table.measures][2:] == ["Change £m", "Change %"]


def test_whole_numbers_of_one_length_before_the_names_are_codes() -> None:
    reading = read(
        [
            [n, 52_000 + 31 * k, f"Item {k}", 120.55 * (k + 1)]
            for k, n in enumerate([1020, 1003, 1017, 1020, 1011, 1002])
        ]
    )
    assert [measure.letter for measure in only(reading).measures] == ["D"]


def test_a_cost_element_is_a_code() -> None:
    reading = read(
        [
            ["Cost element", "Description", "Plan 2024 £"],
            [400_000, "Repairs", 614_106],
            [400_010, "Fuel", 5_298],
        ]
    )
    assert loaded(reading) == 619_404


def test_text_codes_beside_an_empty_column_of_amounts_are_no_amounts() -> None:
    reading = read(
        [["Code", "Service", "Budget £"], *[[str(1000 + 7 * k), f"Service {k}", None] for k in range(9)]]
    )
    assert reading.refused
    assert not reading.chosen


def test_headers_that_a_program_wrote_are_read_as_words_and_what_is_called_the_amount_is_it() -> None:
    header = [
        "cost_centre_code",
        "service_name",
        "cofog_group",
        "grade",
        "paid_on_date",
        "supplier_id",
        "size_of_thing",
        "amount_gbp",
    ]
    rows = [
        [
            4_410 + k % 3,
            f"Service {k}",
            10.2 if k % 2 else 7.4,
            k % 6 + 1,
            f"2024-05-{k + 1:02}",
            50_031 + 7 * k,
            30_000 + 911 * k,
            120 + 37 * k,
        ]
        for k in range(9)
    ]
    reading = read([header, *rows])
    assert loaded(reading) == 9 * 120 + 37 * 36
    assert "choice" not in keys(reading)


def test_balances_at_two_dates_are_no_money_of_the_year() -> None:
    rows = [
        [
            "Reserve",
            "Balance at 1 April 2024 £000",
            "Transfers in £000",
            "Transfers out £000",
            "Balance at 31 March 2025 £000",
        ],
        ["General fund", 5_120, 310, -45, 5_385],
        ["Insurance", 812, 0, -120, 692],
        ["Capital", 9_411, 1_250, -3_007, 7_654],
    ]
    reading = read(rows)
    assert not reading.chosen
    question = asked(reading, "load:")
    answered = read(rows, answers={question.key: "load it"})
    assert answered.chosen == (0,)
    assert {measure.letter for measure in answered.tables[0].measures if measure.role == "line amount"} == {
        "C",
        "D",
    }


def test_the_year_to_date_and_the_full_year_are_not_added_up() -> None:
    reading = read(
        [
            ["Finance report", "", "", "", ""],
            ["", "Year to date", "", "Full year", ""],
            ["£000", "Plan", "Actual", "Plan", "Forecast"],
            ["Theatres", 1_010, 1_002, 2_020, 2_031],
            ["Wards", 3_307, 3_411, 6_614, 6_702],
            ["Drugs", 905, 911, 1_810, 1_850],
        ]
    )
    assert loaded(reading) == 10_444_000
    assert "plan to date" in asked(reading, "choice:").options


def test_the_years_of_a_programme_are_alternatives_although_a_total_adds_them_up() -> None:
    rows = [
        ["Capital programme £000"],
        ["Scheme", "Total", "2024/25", "2025/26", "2026/27"],
        ["Bridge", 6_120, 1_015, 3_004, 2_101],
        ["School", 9_331, 4_210, 4_118, 1_003],
        ["Depot", 2_277, 1_111, 655, 511],
    ]
    reading = read(rows)
    question = asked(reading, "choice:")
    assert set(question.options) >= {"2024-25", "2025-26", "2026-27"}
    assert loaded(read(rows, answers={question.key: "2024-25"})) == 6_336_000


def test_a_budget_comes_before_the_sum_of_the_months_so_far() -> None:
    rows = [["Item", "2024/25 Budget £", "Apr", "May", "Jun", "YTD Actual"]]
    rows += [
        [f"Item {k}", 90_000 + 1_017 * k, 812 + k, 907 + 3 * k, 1_011 + 7 * k, 2_730 + 11 * k]
        for k in range(6)
    ]
    assert loaded(read(rows)) == 90_000 * 6 + 1_017 * 15


def test_a_budget_comes_before_a_later_plan_and_a_balanced_one_is_not_taken_for_empty() -> None:
    rows = [
        ["£000", "2023-24 Forecast", "2024-25 Budget", "2025-26 Plan"],
        ["Income"],
        ["Grants", 801, 910, 955],
        ["Fees", 212, 205, 200],
        ["Total income", 1_013, 1_115, 1_155],
        ["Expenditure"],
        ["Staff", 700, 790, 820],
        ["Running costs", 300, 325, 330],
        ["Total expenditure", 1_000, 1_115, 1_150],
        ["Surplus", 13, 0, 5],
    ]
    assert sides(read(rows)) == (1_115_000, 1_115_000)


def test_several_columns_of_one_year_that_nothing_adds_up_are_asked_about() -> None:
    rows = [
        ["Service", "2023/24 budget £", "2024/25 budget one £", "2024/25 budget two £"],
        ["Parks", 1_203, 1_310, 1_455],
        ["Sport", 877, 902, 640],
    ]
    question = asked(read(rows), "together:")
    assert loaded(read(rows)) > 0
    assert loaded(read(rows, answers={question.key: question.options[1]})) == 2_212


def test_gross_income_in_narrow_columns_under_two_years_is_income() -> None:
    rows = [
        ["", "2023/24", "", "", "2024/25", "", ""],
        ["", "Gross Exp", "Gross Inc", "Net", "Gross Exp", "Gross Inc", "Net"],
        ["", *["£000"] * 6],
        ["Parks", 1_491, -252, 1_239, 1_952, -517, 1_435],
        ["Sport", 831, -259, 572, 1_027, -373, 654],
        ["Arts", 1_998, -213, 1_785, 824, -200, 624],
    ]
    assert sides(read(rows)) == (3_803_000, 1_090_000)


def test_what_a_column_of_gross_income_adds_up_is_income() -> None:
    rows = [
        [
            "Service",
            "Employees",
            "Premises",
            "Gross expenditure",
            "Government grants",
            "Fees & charges",
            "Gross income",
            "Net expenditure",
        ],
        ["Parks", 2_116, 6_767, 8_883, -179, -402, -581, 8_302],
        ["Sport", 6_922, 3_971, 10_893, -54, -1_210, -1_264, 9_629],
        ["Arts", 2_920, 6_980, 9_900, -639, -77, -716, 9_184],
    ]
    assert sides(read(rows)) == (29_676, 2_561)


def test_what_is_taken_off_without_a_word_is_asked_about_and_the_answer_changes_the_side() -> None:
    rows = [
        ["Budget 2024/25 (£)"],
        ["Service", "Planned", "Offset", "Total"],
        ["Parks", 90_113, 11_025, 79_088],
        ["Sport", 70_207, 9_131, 61_076],
        ["Arts", 81_456, 7_703, 73_753],
    ]
    question = asked(read(rows), "column:")
    assert sides(read(rows)) == (241_776, 27_859)
    assert sides(read(rows, answers={question.key: "expenditure"}))[1] == 0
    assert sides(read(rows, answers={question.key: "leave it out"})) == (241_776, 0)


def test_any_column_may_be_said_to_be_income() -> None:
    rows = [["Service", "Cost £", "Contribution £"], ["Parks", 90_113, 11_025], ["Sport", 70_207, 9_131]]
    key = f"column:{only(read(rows)).fingerprint}:contribution"
    assert sides(read(rows, answers={key: "income"}))[1] == 20_156


def test_a_budget_and_its_virements_make_another_budget() -> None:
    rows = [
        ["Team", "2024/25 original budget £", "Virements", "2024/25 revised budget £"],
        ["North", 90_113, 1_025, 91_138],
        ["South", 70_207, -3_131, 67_076],
        ["East", 51_456, 703, 52_159],
    ]
    reading = read(rows)
    assert loaded(reading) == 210_373
    assert loaded(read(rows, answers={asked(reading, "choice:").key: "2024-25 original budget"})) == 211_776


def test_a_later_budget_comes_before_an_earlier_original_one() -> None:
    rows = [
        ["Team", "Original 2023/24 £", "Estimate 2024/25 £"],
        ["North", 90_113, 91_138],
        ["South", 70_207, 67_076],
    ]
    assert loaded(read(rows)) == 158_214


def test_value_added_tax_is_no_income_and_is_left_out_unless_the_officer_wants_it() -> None:
    rows = [
        ["Supplier", "Reference", "Gross £", "VAT", "Net £"],
        ["Alder", "A1", 12_013.08, 2_002.18, 10_010.90],
        ["Beech", "A2", 4_801.20, 800.20, 4_001.00],
        ["Cedar", "A3", -361.44, -60.24, -301.20],
    ]
    reading = read(rows)
    assert sides(reading) == (Decimal("13710.70"), 0)
    answered = read(rows, answers={f"column:{only(reading).fingerprint}:vat": "amounts"})
    assert loaded(answered) == Decimal("16452.84")


def test_a_pool_that_balances_to_the_penny_still_has_two_sides() -> None:
    rows = [
        ["Source", "Income £", "Expenditure £", "Balance £"],
        ["Grant", 4_812_007, 4_812_007, 0],
        ["Council", 1_207_331, 1_207_331, 0],
        ["Health", 9_003_118, 9_003_118, 0],
    ]
    assert sides(read(rows)) == (15_022_456, 15_022_456)


# -- rows -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "label",
    [
        "Tax base",
        "Band D council tax",
        "Cash days in hand",
        "Staff costs as % of income",
        "Number of pupils",
        "Cost per head",
    ],
)
def test_a_row_of_counts_or_rates_among_amounts_is_no_line(label: str) -> None:
    rows = [
        ["Budget", "2024/25 £"],
        ["Schools", 41_210],
        ["Roads", 30_544],
        ["Waste", 11_018],
        ["Total", 82_772],
        [label, 512],
    ]
    table = only(read(rows))
    assert role(table, 6) == "note"
    assert table.measures[0].total == 82_772


SERVICES = [["Schools", 41_210], ["Roads", 30_544], ["Waste", 11_018], ["Parks", 9_305]]


@pytest.mark.parametrize(
    "label", ["Tax base review", "Review of the tax base", "Adolygiad o sylfaen y dreth"]
)
def test_what_is_done_about_a_tax_base_is_a_line_and_asked_about(label: str) -> None:
    reading = read([["Budget", "2024/25 £"], *SERVICES, [label, 4_500]])
    assert loaded(reading) == 96_577
    assert [question.best for question in reading.questions if question.key.startswith("row:")] == ["a line"]


def test_a_row_left_out_for_its_words_is_named_unless_a_printed_total_leaves_it_out_too() -> None:
    rows = [["Budget", "2024/25 £"], *SERVICES[:2], ["Grant per pupil", 4_500], *SERVICES[2:]]
    (problem,) = only(read(rows)).problems
    assert problem.sentence.startswith("'Grant per pupil' is left out")
    assert not only(read([*rows, ["Total", 92_077]])).problems


def test_a_printed_total_that_counts_a_row_shows_that_its_words_are_no_count() -> None:
    rows = [["Budget", "2024/25 £"], *SERVICES[:2], ["Tax base", 4_500], *SERVICES[2:], ["Total", 96_577]]
    assert loaded(read(rows)) == 96_577
    assert loaded(read([*rows[:-1], ["Total", 92_077]])) == 92_077


def test_rows_are_called_by_their_description_and_not_by_their_code() -> None:
    rows = [
        ["Code", "Description", "Budget £"],
        ["BFR110", "Grants", 3_985_635],
        ["BFR120", "Fees", 1_666_009],
        ["BFR130", "Other income", 212_527],
    ]
    question_free = read([*rows, ["BFR199", "Total income", 5_864_171]])
    assert role(only(question_free), 5) == "total"


def test_the_reckoning_of_the_balance_below_an_account_is_not_counted_again() -> None:
    rows = [
        ["2023/24 £", ""],
        ["", "Receipts"],
        [48_250, "Precept"],
        [312.44, "Interest"],
        [2_210.37, "Refund"],
        [50_772.81, "Total receipts"],
        ["", "Payments"],
        [15_321.12, "Clerk"],
        [6_440, "Grass"],
        [1_187.65, "Insurance"],
        [22_948.77, "Total payments"],
        [],
        [22_110.55, "Balance brought forward"],
        [50_772.81, "Add: total receipts"],
        [-22_948.77, "Less: total payments"],
        [49_934.59, "Balance carried forward"],
    ]
    reading = read([["Receipts and payments account"], *rows])
    assert sides(reading) == (Decimal("22948.77"), Decimal("50772.81"))
    assert [role(only(reading), row) for row in (14, 15, 16, 17)] == ["note", "total", "total", "note"]


def test_the_balance_that_the_result_is_added_to_is_no_money_of_the_year() -> None:
    rows = [
        ["Budget return £"],
        ["", "2024/25"],
        ["Income"],
        ["Grants", 812_407],
        ["Fees", 90_118],
        ["Total income", 902_525],
        ["Expenditure"],
        ["Teachers", 611_309],
        ["Premises", 205_110],
        ["Total expenditure", 816_419],
        ["In-year balance", 86_106],
        ["Balance brought forward", 321_450],
        ["Balance carried forward", 407_556],
    ]
    assert sides(read(rows)) == (816_419, 902_525)


def test_an_allocation_that_is_spent_to_the_penny_is_not_the_expenditure_over_again() -> None:
    rows = [
        ["Financial plan", "£000"],
        ["Allocation"],
        ["Programme", 705_320],
        ["Running costs", 11_200],
        ["Total allocation", 716_520],
        ["Expenditure"],
        ["Acute", 481_310],
        ["Community", 165_820],
        ["Primary care", 69_390],
        ["Total expenditure", 716_520],
        ["Surplus/(deficit)", 0],
    ]
    assert sides(read(rows)) == (716_520_000, 716_520_000)
    assert keys(read(rows)) == []


def test_what_finances_a_capital_programme_is_the_same_money_and_not_its_income() -> None:
    rows = [
        ["Programme", "£000"],
        ["Bridge", 4_120],
        ["School", 9_331],
        ["Depot", 2_277],
        ["Total programme", 15_728],
        ["Financed by:"],
        ["Grants", 11_411],
        ["Borrowing", 4_317],
        ["Total financing", 15_728],
    ]
    reading = read(rows)
    assert sides(reading) == (15_728_000, 0)
    assert all(check.difference == 0 for check in only(reading).checks)
    assert any(check.what.startswith("Total financing") for check in only(reading).checks)


def test_financing_that_is_not_as_much_as_the_programme_is_not_left_out() -> None:
    rows = [
        ["Programme", "£000"],
        ["Bridge", 4_120],
        ["School", 9_331],
        ["Depot", 2_277],
        ["Total programme", 15_728],
        ["Financed by:"],
        ["Grants", 11_411],
        ["Borrowing", 3_317],
        ["Total financing", 14_728],
    ]
    assert sides(read(rows)) == (15_728_000, 14_728_000)


def test_the_gap_is_what_the_funding_leaves() -> None:
    rows = [
        ["Plan", "£000"],
        ["Base", 182_411],
        ["Inflation", 8_207],
        ["Growth", 3_419],
        ["Savings", -6_303],
        ["Budget requirement", 187_734],
        ["Funding available", 181_218],
        ["Budget gap", 6_516],
    ]
    assert sides(read(rows)) == (187_734_000, 181_218_000)


def test_grants_printed_with_a_minus_are_income() -> None:
    rows = [
        ["Requirement", "£"],
        ["Net service budget", 15_321_450],
        ["Less: business rates", -4_120_330],
        ["Revenue support grant", -311_207],
        ["Council tax requirement", 10_889_913],
    ]
    assert sides(read(rows)) == (15_321_450, 4_431_537)


def test_in_an_account_whose_totals_name_the_costs_the_minus_tells_the_sides() -> None:
    rows = [
        ["£m", "Plan"],
        ["Clinical income", 202.4],
        ["Other income", 24.6],
        ["Total income", 227.0],
        ["Pay", -140.6],
        ["Drugs", -71.4],
        ["Total expenditure", -212.0],
        ["Surplus / (deficit)", 15.0],
    ]
    assert sides(read(rows)) == (212_000_000, 227_000_000)


def test_of_two_results_the_one_that_covers_more_tells_the_sides() -> None:
    rows = [
        ["Comprehensive income", "£000"],
        ["Turnover", 48_210],
        ["Operating costs", -35_575],
        ["Operating surplus", 12_635],
        ["Interest receivable", 312],
        ["Interest and financing costs", -7_420],
        ["Surplus for the year", 5_527],
    ]
    assert sides(read(rows)) == (42_995_000, 48_522_000)


def test_fees_with_a_minus_and_funding_without_one_are_both_income() -> None:
    rows = [
        ["Plan", "£000"],
        ["Firefighters", 34_122],
        ["Premises", 5_849],
        ["Gross expenditure", 39_971],
        ["Fees", -714],
        ["Special grants", -1_803],
        ["Net expenditure", 37_454],
        ["Funded by"],
        ["Support grant", 3_494],
        ["Business rates", 2_712],
        ["Precept", 31_248],
        ["Total funding", 37_454],
    ]
    reading = read(rows)
    assert sides(reading) == (39_971_000, 39_971_000)
    assert only(reading).measures[0].income == 39_971_000


def test_revenue_estimates_are_expenditure_although_income_is_revenue_too() -> None:
    assert sides(
        read([["Revenue estimates 2024/25 (£)"], ["Service", "Budget"], ["Parks", 90_113], ["Sport", 70_207]])
    ) == (160_320, 0)


def test_codes_of_a_school_return_tell_income_from_expenditure() -> None:
    rows = [
        ["Return 2023-24 £"],
        ["I01", "Funds delegated", 1_812_345.67],
        ["I03", "Pupil premium", 98_120.5],
        ["E01", "Teachers", 1_102_334.12],
        ["E16", "Energy", 61_000.2],
    ]
    assert sides(read(rows)) == (Decimal("1163334.32"), Decimal("1910466.17"))


def test_lines_called_income_that_nothing_sets_apart_are_asked_about() -> None:
    rows = [["Cost centre", "Budget £"], ["Employees", 81_230], ["Premises", 24_015], ["Hire income", 65_510]]
    question = asked(read(rows), "side:")
    assert sides(read(rows)) == (105_245, 65_510)
    assert sides(read(rows, answers={question.key: "they are expenditure"})) == (170_755, 0)
    added = [*rows, ["Total", 170_755]]
    assert sides(read(added)) == (170_755, 0)


def test_which_lines_of_a_net_total_are_income_can_be_answered() -> None:
    rows = [
        ["Account", "£"],
        ["Wards", 812_033],
        ["Theatres", 410_207],
        ["Subtotal", 1_222_240],
        ["Contracts", 951_118],
        ["Training", 201_309],
        ["Subtotal", 1_152_427],
        ["Net", 69_813],
    ]
    question = asked(read(rows), "side:")
    assert sides(read(rows)) == (1_222_240, 1_152_427)
    assert sides(read(rows, answers={question.key: question.options[1]})) == (1_152_427, 1_222_240)


def test_budget_and_actual_on_rows_of_their_own_are_not_added_up() -> None:
    rows = [["Service", "Measure", "Apr", "May", "Total £"]]
    for k, service in enumerate(["Parks", "Sport", "Arts", "Waste", "Roads"]):
        rows += [
            [service, "Budget", 1_203 + k, 907 + k, 2_110 + 2 * k],
            [service, "Actual", 1_311 + k, 855 + k, 2_166 + 2 * k],
        ]
    assert loaded(read(rows)) == 2_110 * 5 + 20


def test_the_years_in_which_grants_end_part_nothing() -> None:
    rows = [
        ["Grant", "2024/25 £000", "Ends"],
        ["Health", 21_345, 2025],
        ["Care", 18_112, 2025],
        ["Support", 3_907, 2024],
        ["Total", 43_364, None],
    ]
    assert loaded(read(rows)) == 43_364_000


# -- tables -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "rows",
    [
        [
            ["Indicator", "Q1", "Q2", "Target"],
            ["Calls answered in time", 81, 83, 80],
            ["Missed bins", 41, 38, 40],
            ["Planning decisions", 92, 94, 90],
        ],
        [
            ["Ward", "Labour", "Conservative", "Green"],
            *[[f"Ward {k}", 1_200 + 31 * k, 910 + 17 * k, 300 + 7 * k] for k in range(9)],
        ],
        [
            ["Offence group", "2022/23", "2023/24"],
            ["Violence", 3_012, 3_377],
            ["Robbery", 211, 204],
            ["Theft", 5_901, 6_010],
        ],
        [
            ["Year", "Private enterprise", "Housing associations"],
            ["2021-22", 412, 96],
            ["2022-23", 377, 120],
            ["2023-24", 501, 88],
        ],
        [
            ["Directorate", "Headcount", "FTE"],
            ["Adults", 512, 433.5],
            ["Place", 301, 280.1],
            ["Resources", 199, 180.2],
        ],
        [
            ["Authority", "A roads (miles)", "B roads (miles)"],
            ["Amber", 120.1, 88.4],
            ["Birch", 90.4, 77.7],
            ["Cedar", 60.9, 20.2],
        ],
    ],
)
def test_what_is_nowhere_called_money_is_refused_or_asked_about_and_never_loaded(rows: list[Any]) -> None:
    reading = read(sheet("Table", rows), file="table.xlsx")
    assert not reading.chosen
    assert reading.refused or asked(reading, "money:")


def test_an_answer_that_the_figures_are_money_loads_them_at_once() -> None:
    rows = [
        ["Group", "2022/23", "2023/24"],
        ["Violence", 3_012, 3_377],
        ["Robbery", 211, 204],
        ["Theft", 5_901, 6_010],
    ]
    question = asked(read(sheet("Table", rows), file="table.xlsx"), "money:")
    assert loaded(read(sheet("Table", rows), answers={question.key: "load it"}, file="table.xlsx")) == 9_591


def test_two_tables_that_nothing_holds_together_are_asked_about_and_one_can_be_left_out() -> None:
    first = sheet("Revenue", [["Service", "Budget £"], ["Parks", 90_113], ["Sport", 70_207]])
    second = sheet(
        "Programme",
        [["Scheme", "Cost centre", "Approved £"], ["Bridge", "A1", 811_402], ["Depot", "B2", 301_999]],
    )
    question = asked(read(first, second), "belong:")
    assert loaded(read(first, second)) == 1_273_721
    assert loaded(read(first, second, answers={question.key: "only Revenue"})) == 160_320


def test_any_table_may_be_left_out_and_a_hidden_one_loaded_by_an_answer() -> None:
    shown = sheet("Budget", [["Service", "Budget £"], ["Parks", 90_113], ["Sport", 70_207]])
    hidden = sheet("Reserve list", [["Thing", "Amount £"], ["Pot", 12_345], ["Jar", 6_789]], hidden=True)
    question = asked(read(shown, hidden), "load:")
    assert loaded(read(shown, hidden)) == 160_320
    assert loaded(read(shown, hidden, answers={question.key: "load it"})) == 179_454
    key = f"load:{read(shown, hidden).tables[0].fingerprint}:budget"
    assert read(shown, hidden, answers={key: "leave it out"}).chosen == ()


def test_the_unit_may_stand_on_a_cover_that_lists_the_sheets() -> None:
    cover = sheet(
        "Cover",
        [
            ["Anytown Council"],
            ["Budget book 2024/25"],
            ["Contents"],
            [1, "Summary"],
            [2, "Detail"],
            ["All figures in £000"],
        ],
    )
    detail = sheet(
        "Detail",
        [
            ["Service", "Gross", "Income", "Net"],
            ["Parks", 5_012, -611, 4_401],
            ["Sport", 3_377, -290, 3_087],
            ["Arts", 1_908, -77, 1_831],
        ],
    )
    reading = read(cover, detail)
    assert sides(reading) == (10_297_000, 978_000)
    assert keys(reading) == []


def test_a_list_of_prices_is_left_out_until_the_officer_wants_it() -> None:
    rows = [
        ["Pay scales 2024/25"],
        ["Point", "Annual salary £"],
        *[[f"Point {k}", 22_000 + 451 * k] for k in range(9)],
    ]
    reading = read(rows)
    assert not reading.chosen
    assert loaded(read(rows, answers={asked(reading, "load:").key: "load it"})) == 9 * 22_000 + 451 * 36


def test_departments_beside_each_other_add_up_where_the_lines_are_kinds_of_cost() -> None:
    rows = [
        ["Budget £000", "Adults", "Children", "Place"],
        ["Employees", 1_204, 2_310, 877],
        ["Premises", 231, 98, 412],
        ["Supplies", 510, 220, 133],
    ]
    reading = read(rows)
    assert loaded(reading) == 5_995_000
    assert "choice" in keys(reading)
