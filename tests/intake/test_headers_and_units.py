from decimal import Decimal
from typing import Any

import pytest

from budget_model.intake.picture import RowSeen, picture
from budget_model.intake.sheet.header import header_answer
from tests.intake.sheets import keys, loaded, only, read, role, sheet, totals

LINES = [["Home care", 1200.0], ["Day centres", 345.0], ["Transport", 78.0]]


@pytest.mark.parametrize(
    ("above", "unit", "source"),
    [
        ([["Budget 2016/17 (£000)"], ["Service", "Budget"]], "GBP thousand", "title"),
        ([["Service", "Budget £m"]], "GBP million", "header"),
        ([["Service", "Budget"], [None, "£'000"]], "GBP thousand", "header"),
        ([["Service", "Budget (£)"]], "GBP", "header"),
        ([["Haushalt in T€"], ["Service", "Budget"]], "EUR thousand", "title"),
    ],
)
def test_the_unit_is_taken_from_where_it_is_said(above: list[Any], unit: str, source: str) -> None:
    reading = read([*above, *LINES])
    table = only(reading)
    assert str(table.unit) == unit
    assert table.unit_from == source
    factor = {"thousand": 1000, "million": 1_000_000}.get(unit.partition(" ")[2], 1)
    assert loaded(reading) == Decimal(1623) * factor
    assert "unit" not in keys(reading)


def test_the_unit_may_stand_on_another_sheet() -> None:
    notes = sheet("Metadata", [["About these figures"], ["Expenditure is shown in £'000s."]])
    reading = read(sheet("Data", [["Service", "2016-17"], *LINES]), notes)
    assert loaded(reading) == 1_623_000
    assert only(reading).unit_from == "sheet 'Metadata'"


def test_a_unit_that_nothing_says_is_asked_and_the_answer_changes_the_reading() -> None:
    rows = [["Service", "Budget"], *LINES]
    reading = read(rows)
    assert loaded(reading) == 1623
    question = next(q for q in reading.questions if q.key.startswith("unit:"))
    assert question.best == question.options[0] == "GBP"
    assert loaded(read(rows, answers={question.key: "GBP thousand"})) == 1_623_000
    assert not read(rows, answers={question.key: "GBP thousand"}).questions


def test_pence_say_that_amounts_are_in_pounds() -> None:
    reading = read([["Service", "Amount"], ["Home care", 12.34], ["Transport", 5.67]])
    assert only(reading).unit_from == "pence in the amounts"
    assert not reading.questions


def test_amounts_too_small_for_a_whole_council_are_guessed_to_be_thousands_and_asked() -> None:
    rows = [
        ["Local authority", "Net spending 2016-17"],
        *([f"{name} Borough Council", 40_000.0 + k] for k, name in enumerate(map(chr, range(65, 91)))),
    ]
    reading = read(rows)
    assert str(only(reading).unit) == "GBP thousand"
    assert keys(reading) == ["unit"]


def test_columns_may_have_units_of_their_own() -> None:
    reading = read(
        [["Service", "2015/16 £000", "2016/17 £"], ["Home care", 12.0, 13_500.0], ["Transport", 4.0, 4_250.0]]
    )
    assert totals(only(reading)) == {"2015/16 £000": Decimal(16_000), "2016/17 £": Decimal(17_750)}


def test_a_header_of_several_rows_is_read_as_one() -> None:
    reading = read(
        [
            ["Revenue budget £"],
            [None, "2015/16", None, "2016/17", None],
            ["Service", "Budget", "Actual", "Budget", "Actual"],
            ["Home care", 10.0, 11.0, 12.0, 13.0],
            ["Transport", 20.0, 21.0, 22.0, 23.0],
        ]
    )
    table = only(reading)
    assert table.header_rows == (2, 3)
    assert list(totals(table)) == ["2015/16 Budget", "2015/16 Actual", "2016/17 Budget", "2016/17 Actual"]
    assert [measure.year for measure in table.measures] == ["2015-16", "2015-16", "2016-17", "2016-17"]


def test_years_that_are_typed_as_numbers_are_headers() -> None:
    table = only(
        read(
            [["Budget £"], ["Service", 2015.0, 2016.0], ["Home care", 10.0, 12.0], ["Transport", 20.0, 21.0]]
        )
    )
    assert totals(table) == {"2015": Decimal(30), "2016": Decimal(33)}


def test_a_table_without_a_header_is_read_all_the_same() -> None:
    table = only(read([["Home care £", 10.0], ["Transport", 20.0], ["Meals", 5.0]]))
    assert table.header_rows == ()
    assert next(iter(totals(table).values())) == 35


def test_a_header_may_stand_below_the_figures() -> None:
    table = only(read([["Home care", 10.5], ["Transport", 20.25], ["Service", "Amount £"]]))
    assert table.header_rows == (3,)
    assert totals(table) == {"Amount £": Decimal("30.75")}


def test_a_header_repeated_on_the_next_page_is_no_line() -> None:
    table = only(
        read(
            [
                ["Service", "Budget £"],
                ["Home care", 10.0],
                ["Transport", 20.0],
                ["Service", "Budget £"],
                ["Meals", 5.0],
            ]
        )
    )
    assert role(table, 4) == "repeated header"
    assert totals(table) == {"Budget £": Decimal(35)}


def test_a_second_table_below_with_other_columns_is_a_table_of_its_own() -> None:
    reading = read(
        [
            ["Ref", "Date", "Category", "Supplier", "Amount £"],
            ["a1", "01/04/2016", "Fuel", "A Ltd", 10.5],
            ["a2", "02/04/2016", "Rent", "B Ltd", 20.25],
            ["Ref", "Date", "Supplier", "Amount £"],
            ["a3", "03/04/2016", "C Ltd", 5.0],
            ["a4", "04/04/2016", "D Ltd", 6.0],
        ]
    )
    assert len(reading.chosen) == 2
    assert loaded(reading) == Decimal("41.75")


def test_rows_of_line_codes_above_the_header_are_no_money() -> None:
    table = only(
        read(
            [
                ["Return 2016-17 (£ thousand)"],
                [None, None, 110.0, 120.0, 190.0],
                ["E-code", "Local authority", "Early years", "Schools", "TOTAL"],
                ["E1", "Amber", 5.0, 6.0, 11.0],
                ["E2", "Birch", 7.0, 8.0, 15.0],
                ["E3", "Cedar", 9.0, 4.0, 13.0],
            ]
        )
    )
    assert totals(table)["Early years"] == 21_000


def test_merged_labels_mean_the_same_again_below() -> None:
    from budget_model.intake.reading import lines

    reading = read(
        [
            ["Directorate", "Service", "Budget £"],
            ["Adults", "Home care", 10.0],
            [None, "Day centres", 20.0],
            ["Place", "Parks", 5.0],
            [None, "Waste", 6.0],
        ]
    )
    assert [dict(line.attributes).get("Directorate") for line in lines(reading)] == [
        "Adults",
        "Adults",
        "Place",
        "Place",
    ]


def test_a_table_that_goes_on_on_the_next_sheet_keeps_its_headers() -> None:
    first = [
        ["Date", "Ref", "Payee", "£ (net)"],
        *([f"{k:02d}/04/2016", f"r{k}", f"Payee {k}", 10.0 + k] for k in range(1, 9)),
    ]
    second = [
        ["Payments made"],
        *([f"{k:02d}/05/2016", f"r{k}", f"Payee {k}", 20.0 + k] for k in range(1, 9)),
    ]
    reading = read(sheet("Page 1", first), sheet("Page 2", second))
    assert [measure.name for k in reading.chosen for measure in reading.tables[k].measures] == [
        "£ (net)",
        "£ (net)",
    ]
    assert loaded(reading) == 116 + 196


def test_an_amount_of_2010_pounds_is_not_a_year() -> None:
    table = only(
        read(
            [
                ["Service", "Budget £"],
                ["Adults", 2010.0],
                ["Home care", 1203.0],
                ["Place", 2016.0],
                ["Parks", 311.0],
            ]
        )
    )
    assert table.header_rows == (1,)
    assert totals(table) == {"Budget £": Decimal(5540)}


def test_a_header_that_the_officer_moves_names_the_columns_and_its_rows_are_lines_no_more() -> None:
    rows = [
        ["Budget book 2016-17 (£)"],
        ["Service", "Budget"],
        ["Chapter", "Second"],
        ["Home care", 1200.0],
        ["Day centres", 345.0],
        ["Transport", 78.0],
    ]
    table = only(read(rows))
    assert table.header_rows == (2, 3)
    moved = only(read(rows, answers={table.header_key: "row 2: service-budget"}))
    assert moved.header_rows == (2,)
    assert [column.name for column in moved.columns] == ["Service", "Budget"]
    assert moved.header_key == table.header_key


def test_a_moved_header_is_found_again_by_its_words_where_next_year_s_file_has_more_rows_above() -> None:
    def book(*above: Any, year: Any) -> Any:
        header = [["Service", f"Budget {year}"], ["Chapter", "of 3"]]
        return [*above, *header, *[[name, amount * 2] for name, amount in LINES]]

    first = only(read(book(["Budget 2016-17 (£)"], year="2016-17")))
    answer = header_answer(2, 2, ("Service", "Budget 2016-17"))
    later = book(["Budget 2017-18 (£)"], ["Agreed in March"], ["Draft no more"], year="2017-18")
    moved = only(read(later, answers={first.header_key: answer}))
    assert moved.header_rows == (4,)
    assert loaded(read(later, answers={first.header_key: answer})) == 3246


def test_a_table_may_be_said_to_have_no_header() -> None:
    rows = [["Budget (£)"], ["Service", "Amount"], *LINES]
    table = only(read(rows))
    bare = read(rows, answers={table.header_key: "no header"})
    assert only(bare).header_rows == ()
    assert loaded(bare) == 1623


@pytest.mark.parametrize("answer", ["row 99", "rows 9 to 2", "nonsense", "row 2: other-words"])
def test_a_header_that_does_not_fit_the_sheet_changes_nothing(answer: str) -> None:
    rows = [["Budget (£)"], ["Service", "2016-17"], *LINES]
    table = only(read(rows))
    assert only(read(rows, answers={table.header_key: answer})).header_rows == table.header_rows


def test_a_row_of_the_picture_knows_under_what_its_correction_is_kept() -> None:
    rows = [["Budget (£)"], ["Code", "Service", "2016-17"], *[["A1", *line] for line in LINES]]
    reading = read([*rows, ["", "Levies", 5000.0]])
    row = next(row for row in picture(reading, 0).rows if isinstance(row, RowSeen) and row.row == 6)
    corrected = read([*rows, ["", "Levies", 5000.0]], answers={row.key: "a total"})
    assert loaded(corrected) == loaded(reading) - 5000


def test_of_like_worded_rows_only_the_one_that_is_corrected_changes() -> None:
    rows = [["Budget (£)"], ["Service", "2016-17"], *LINES, ["Levies", 5000.0], ["Levies", 700.0]]
    reading = read(rows)
    second = [row for row in picture(reading, 0).rows if isinstance(row, RowSeen)][-1]
    assert loaded(read(rows, answers={second.key: "a total"})) == loaded(reading) - 700
