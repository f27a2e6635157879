from decimal import Decimal

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from budget_model.intake.rules.totals import Hint, find_totals
from tests.intake.sheets import keys, loaded, only, read, role, sheet, totals


def test_a_total_is_found_by_arithmetic_without_the_word() -> None:
    table = only(
        read(
            [
                ["£", "2016/17"],
                ["Salaries", 170226.0],
                ["Fringe", 56451.0],
                ["Retirement", 41076.0],
                ["Personnel", 267753.0],
                ["Supplies", 70825.0],
            ]
        )
    )
    assert role(table, 5) == "total"
    assert totals(table)["2016/17"] == 338578


def test_the_word_total_is_no_proof() -> None:
    # "Total Gas & Power" is a supplier
    reading = read(
        [
            ["Supplier", "Date", "Ref", "Amount £"],
            ["Smith", "01/04/2016", "a1", 100.0],
            ["Total Gas & Power", "02/04/2016", "a2", 100.0],
            ["Jones", "03/04/2016", "a3", 55.5],
        ]
    )
    assert loaded(reading) == Decimal("255.5")


def test_totals_may_be_nested() -> None:
    table = only(
        read(
            [
                ["Service", "Budget £"],
                ["Home care", 1203.0],
                ["Day centres", 807.0],
                ["Total Adults", 2010.0],
                ["Parks", 311.0],
                ["Waste", 4005.0],
                ["Total Place", 4316.0],
                ["Grand total", 6326.0],
            ]
        )
    )
    assert [role(table, row) for row in (4, 7, 8)] == ["total"] * 3
    assert totals(table)["Budget £"] == 6326
    assert all(check.difference == 0 for check in table.checks)


def test_totals_may_stand_above_their_detail() -> None:
    from budget_model.intake.reading import lines

    reading = read(
        [
            ["Service", "Budget £"],
            ["Adults", 2010.0],
            ["Home care", 1203.0],
            ["Day centres", 807.0],
            ["Place", 4316.0],
            ["Parks", 311.0],
            ["Waste", 4005.0],
        ]
    )
    assert loaded(reading) == 6326
    assert [line.headings for line in lines(reading)] == [("Adults",), ("Adults",), ("Place",), ("Place",)]


def test_a_total_with_no_detail_stays_a_line() -> None:
    table = only(
        read(
            [
                ["Service", "Budget £000"],
                ["Parks", 311.0],
                ["Waste", 4005.0],
                ["TOTAL PLACE", 4316.0],
                [None, None],
                ["TOTAL OTHER SERVICES", 77.0],
                [None, None],
                ["TOTAL SERVICE EXPENDITURE", 4393.0],
            ]
        )
    )
    assert role(table, 6) == "line"
    assert totals(table)["Budget £000"] == 4_393_000


def test_a_printed_total_that_disagrees_is_reported_with_both_figures() -> None:
    reading = read([["Service", "Budget £"], ["Parks", 311.0], ["Waste", 4005.0], ["Total", 4310.0]])
    table = only(reading)
    check = next(check for check in table.checks if check.difference)
    assert (check.printed, check.computed, check.difference) == (4310, 4316, -6)
    assert [problem.code for problem in table.problems] == ["total-disagrees"]
    assert loaded(reading) == 4316


def test_an_unlabelled_total_in_the_last_row_is_found() -> None:
    reading = read(
        [
            ["Trust", "Code", "Balance £"],
            *([f"Trust {k}", f"R{k}", 1000.0 * k + 37] for k in range(1, 12)),
            [None, None, sum(1000.0 * k + 37 for k in range(1, 12))],
        ]
    )
    assert loaded(reading) == 66_000 + 11 * 37


def test_lines_rounded_to_thousands_may_miss_their_total_by_one() -> None:
    table = only(read([["Service", "£000"], ["A", 1203.0], ["B", 807.0], ["C", 551.0], ["Total", 2562.0]]))
    assert role(table, 5) == "total"
    assert not table.problems


def test_what_is_of_which_is_not_counted_again() -> None:
    table = only(
        read(
            [
                ["Service", "Budget £"],
                ["Schools", 5000.0],
                ["of which: salaries", 4100.0],
                ["Libraries", 321.0],
                ["Total", 5321.0],
            ]
        )
    )
    assert totals(table)["Budget £"] == 5321
    assert table.reasons[1] == "its words say that it is part of the line above it"


def test_net_takes_income_off_expenditure() -> None:
    reading = read(
        [
            ["Annual budget", "£"],
            ["EXPENDITURE", None],
            ["Staff", 1200.0],
            ["Premises", 345.0],
            ["Total expenditure", 1545.0],
            ["INCOME", None],
            ["Precept", 900.0],
            ["Grants", 210.0],
            ["Total income", 1110.0],
            ["Net expenditure", 435.0],
        ]
    )
    measure = next(m for m in only(reading).measures if m.role == "line amount")
    assert (measure.expenditure, measure.income, measure.total) == (1545, 1110, 435)


def test_few_digits_prove_nothing_and_are_asked_about() -> None:
    rows = [["Service", "Budget £"], ["A", 1247.0], ["B", 388.0], ["C", 1635.0], ["D", 90.0], ["E", 4411.0]]
    reading = read(rows)
    assert "row" in keys(reading)
    question = next(q for q in reading.questions if q.key.startswith("row:"))
    assert {loaded(read(rows, answers={question.key: option})) for option in question.options} == {6136, 7771}


def test_classes_below_the_grand_total_are_the_same_money_again() -> None:
    rows = [
        ["E-code", "Authority", "Class", "Education £000", "Housing £000"],
        *(
            [
                f"E{k}",
                f"Body {k}",
                "UA" if k % 2 else "SD",
                float(7919 * k * k % 9973),
                float(104_729 * k % 7919),
            ]
            for k in range(1, 11)
        ),
    ]
    sums = {
        kind: [sum(row[c] for row in rows[1:] if row[2] == kind) for c in (3, 4)] for kind in ("UA", "SD")
    }
    rows += [
        [None, "ENGLAND", None, sums["UA"][0] + sums["SD"][0], sums["UA"][1] + sums["SD"][1]],
        [],
        [None, "UNITARIES", "UA", *sums["UA"]],
        [None, "DISTRICTS", "SD", *sums["SD"]],
    ]
    table = only(read(rows))
    assert totals(table)["Education £000"] == 1000 * sum(7919 * k * k % 9973 for k in range(1, 11))
    assert [role(table, row) for row in (12, 14, 15)] == ["total"] * 3


def test_a_body_that_gives_no_figure_is_named() -> None:
    rows = [
        ["Local authority", "Education £000", "Housing £000"],
        *([f"Body {k}", 100.0 * k + 3, 10.0 * k + 1] for k in range(1, 11)),
        ["Copse", "…", "…"],
    ]
    table = only(read(rows))
    assert [problem.code for problem in table.problems] == ["no-figure"]


def test_every_row_has_a_role_and_none_is_lost() -> None:
    table = only(
        read(
            [
                ["Title"],
                [],
                ["Service", "Budget £"],
                ["ADULTS", None],
                ["Home care", 1203.0],
                [],
                ["Total", 1203.0],
                [],
                ["Note: figures are provisional until the audit is complete."],
            ]
        )
    )
    roles = table.roles.unpack()
    assert len(roles) == 6
    assert [role(table, row) for row in range(4, 10)] == [
        "heading",
        "line",
        "blank",
        "total",
        "blank",
        "note",
    ]


def test_the_same_lines_in_blocks_are_totals_in_all_or_none() -> None:
    rows = [["Area", "Line", "Plan 2013 €"]]
    for block, (a, b, c, d) in enumerate(
        [(1203, 807, 551, 90), (4411, 388, 1247, 63), (0, 0, 0, 0), (777, 1205, 98, 455)]
    ):
        rows += [
            [f"Area {block}", text, float(value)]
            for text, value in (
                ("01 - Steuern", a),
                ("02 - Zuwendungen", b),
                ("10 = ordentliche Erträge", a + b),
                ("11 - Personal", c),
                ("12 - Sachaufwand", d),
                ("17 = ordentliche Aufwendungen", c + d),
                ("18 = Ergebnis", a + b - c - d),
            )
        ]
    measure = next(m for m in only(read(rows)).measures if m.role == "line amount")
    assert (measure.income, measure.expenditure) == (8791, 2504)


@given(st.lists(st.integers(min_value=10_001, max_value=9_999_999), min_size=2, max_size=12))
def test_a_list_and_its_sum_are_always_told_apart(amounts: list[int]) -> None:
    figures = np.array([[a] for a in (*amounts, sum(amounts))])
    tree = find_totals(figures, figures != 0, [Hint()] * len(figures))
    found = tree.totals.get(len(amounts)) or tree.doubts.get(len(amounts))
    assert found or len(set(amounts)) < len(amounts) or len(str(sum(amounts)).rstrip("0")) < 5


@given(st.lists(st.integers(min_value=1, max_value=10**7), min_size=1, max_size=30))
def test_totals_and_what_no_total_covers_make_up_all_items(amounts: list[int]) -> None:
    figures = np.array([[a] for a in amounts])
    tree = find_totals(figures, figures != 0, [Hint()] * len(figures))
    covered = [member for total in tree.totals.values() for member in (*total.plus, *total.minus)]
    assert sorted([*covered, *tree.top]) == list(range(len(amounts)))


def test_bold_may_be_all_that_tells_a_subtotal() -> None:
    made = sheet(
        "B",
        [
            ["Service", "Budget £"],
            ["A", 100.0],
            ["B", 200.0],
            ["Adults", 300.0],
            ["C", 500.0],
            ["D", 400.0],
            ["Place", 900.0],
        ],
        bold=(4, 7),
    )
    assert loaded(read(made)) == 1200
