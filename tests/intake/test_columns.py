from decimal import Decimal

import pytest

from budget_model.intake.sheet.years import years_in
from tests.intake.sheets import keys, loaded, only, read


def test_percentages_posts_codes_dates_and_notes_are_no_money() -> None:
    reading = read(
        [
            ["Cost Centre", "Service", "FTE", "2016/17 Budget £", "% change", "Paid Date", "Notes"],
            [10001.0, "Home care", 12.5, 1000.0, 0.02, "01/04/2016", "one-off"],
            [10002.0, "Transport", 3.0, 250.0, -0.1, "02/04/2016", None],
            [10003.0, "Meals", 1.0, 75.0, 0.3, "03/04/2016", None],
        ]
    )
    table = only(reading)
    assert [(m.name, m.role) for m in table.measures if m.total is not None] == [
        ("2016/17 Budget £", "line amount")
    ]
    assert loaded(reading) == 1325
    assert table.code_column == "A"


def test_figures_that_count_up_one_by_one_are_not_amounts() -> None:
    table = only(
        read([["", "Service", "Net £"], *([float(k), f"Service {k}", 100.0 * k + 7] for k in range(1, 9))])
    )
    assert [m.name for m in table.measures] == ["Net £"]


def test_codes_with_leading_zeros_stay_words() -> None:
    from budget_model.intake.reading import lines

    reading = read(
        [["Código", "Description", "Importe €"], ["001", "Limpieza", 10.5], ["002", "Parques", 20.5]]
    )
    assert [line.amount for line in lines(reading)] == [Decimal("10.5"), Decimal("20.5")]


def test_a_variance_column_is_not_loaded() -> None:
    reading = read(
        [
            ["Service", "Budget £", "Actual £", "Variance £"],
            ["A", 1000.0, 1100.0, 100.0],
            ["B", 2000.0, 1950.0, -50.0],
            ["C", 321.0, 400.0, 79.0],
        ]
    )
    roles = {m.name: m.role for m in only(reading).measures}
    assert roles == {"Budget £": "line amount", "Actual £": "line amount", "Variance £": "memo"}
    assert loaded(reading) in (3321, 3450)


def test_two_years_are_alternatives_and_the_officer_chooses() -> None:
    rows = [["Service", "2015/16 Budget £", "2016/17 Budget £"], ["A", 100.0, 120.0], ["B", 200.0, 210.0]]
    reading = read(rows)
    assert loaded(reading) == 330
    question = next(q for q in reading.questions if q.key.startswith("choice:"))
    assert question.options == ("2016-17 budget", "2015-16 budget")
    assert loaded(read(rows, answers={question.key: "2015-16 budget"})) == 300


@pytest.mark.parametrize("minus", [True, False])
def test_net_is_gross_less_income_and_is_not_counted_again(minus: bool) -> None:
    sign = -1 if minus else 1
    rows = [
        ["Service", "Gross Expenditure £", "Income £", "Net £"],
        *(
            [name, float(g), float(sign * i), float(g - i)]
            for name, g, i in (("A", 1000, 300), ("B", 2000, 450), ("C", 1234, 0))
        ),
    ]
    reading = read(rows)
    roles = {m.name: (m.role, m.total) for m in only(reading).measures}
    assert roles["Net £"] == ("total across", Decimal(3484))
    assert roles["Income £"] == ("line amount", Decimal(750))
    assert "choice" not in keys(reading)


def test_a_total_across_is_found_without_the_word() -> None:
    table = only(
        read(
            [
                ["Service", "Staff £", "Premises £", "All £"],
                ["A", 1203.0, 307.0, 1510.0],
                ["B", 2401.0, 88.0, 2489.0],
                ["C", 77.0, 1001.0, 1078.0],
            ]
        )
    )
    assert [m.role for m in table.measures] == ["line amount", "line amount", "total across"]


def test_columns_that_say_they_are_part_of_another_are_memos() -> None:
    table = only(
        read(
            [
                [
                    "School",
                    "Programme funding (£)",
                    "Disadvantage funding (£) (included in Programme funding)",
                    "Grants (£)",
                    "Total allocation (£)",
                ],
                ["A", 1000.0, 60.0, 30.0, 1030.0],
                ["B", 2000.0, 75.0, 41.0, 2041.0],
                ["C", 3111.0, 82.0, 55.0, 3166.0],
            ]
        )
    )
    roles = [m.role for m in table.measures]
    assert roles == ["line amount", "memo", "line amount", "total across"]


def test_a_column_that_repeats_another_is_not_counted_twice() -> None:
    table = only(
        read(
            [
                ["Body", "Adult social care £", "2011-12 £"],
                ["A", 101.0, 101.0],
                ["B", 202.0, 202.0],
                ["C", 307.0, 307.0],
            ]
        )
    )
    assert sorted(m.role for m in table.measures) == ["line amount", "memo"]


def test_group_totals_written_on_every_line_are_not_loaded() -> None:
    amounts = [(dept, 100.0 * k + dept) for dept in (1, 2, 3) for k in range(1, 9)]
    group = {dept: sum(v for d, v in amounts if d == dept) for dept in (1, 2, 3)}
    rows = [
        ["Dept", "Title", "Original Balance $", "Total balance of the department $"],
        *([float(d), f"Item {k}", v, group[d]] for k, (d, v) in enumerate(amounts)),
    ]
    table = only(read(rows))
    assert {m.name: m.role for m in table.measures}["Total balance of the department $"] == "memo"


def test_rows_of_several_years_stacked_are_parted_by_year() -> None:
    rows = [
        ["Year", "Department", "Description", "Amount £"],
        *([float(year), "Place", f"Item {k}", 10.0 * year + k] for year in (2014, 2015) for k in range(5)),
    ]
    reading = read(rows)
    table = only(reading)
    assert {m.year: m.total for m in table.measures} == {"2014": Decimal(100_710), "2015": Decimal(100_760)}
    assert loaded(reading) == 100_760


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2016/17 Budget", ("2016-17",)),
        ("FY13-14", ("2013-14",)),
        ("2016-2017", ("2016-17",)),
        ("Year ended 31 March 2017", ("2016-17",)),
        ("Plan 2013", ("2013",)),
        ("change1118", ()),
        ("ro1718", ("2017-18",)),
        ("Item 2016/4455", ()),
        ("12/05/2016", ()),
    ],
)
def test_a_year_is_read_from_a_header_as_it_is_written(text: str, years: tuple[str, ...]) -> None:
    assert years_in(text) == years
