from decimal import Decimal

from budget_model.intake.reading import lines
from tests.intake.sheets import loaded, only, read


def test_a_row_that_slipped_one_column_is_put_straight_and_named() -> None:
    head = ["Family", "Entity", "Date", "Type", "Area", None, "Supplier", "Transaction", "amount £"]
    good = [
        [
            "Health",
            "CCG",
            "31/05/2016",
            f"Type {k}",
            "Area",
            None,
            f"Supplier {k}",
            32_400_000.0 + k,
            100.5 + k,
        ]
        for k in range(15)
    ]
    slipped = [
        "Health",
        "CCG",
        "31/05/2016",
        "Type",
        "Area",
        "Working Trust",
        32_339_638.0,
        102_000.0,
        27_851.0,
    ]
    reading = read([head, slipped, *good])
    table = only(reading)
    assert loaded(reading) == Decimal(102_000) + sum(Decimal("100.5") + k for k in range(15))
    assert [problem.code for problem in table.problems] == ["row-slipped"]
    assert "27851" in table.problems[0].sentence
    assert lines(reading)[0].column == "H"


def test_columns_without_a_header_that_are_never_both_filled_are_one() -> None:
    rows = [
        ["(3,000)", "(145,000)", None, "142,000"],
        ["(2,500)", "(150,000)", None, "147,500"],
        ["(88,677)", "(103,850)", None, "15,173"],
        ["(229,850)", None, "(355,902)", None, "126,052"],
        ["(107,246)", None, "(202,200)", None, "94,954"],
        ["(431,273)", None, "(956,952)", None, "525,679"],
    ]
    table = only(read(rows))
    assert sorted(m.total for m in table.measures) == [-956_952, -431_273, 525_679]


def test_the_cell_of_a_line_is_named_as_the_spreadsheet_does() -> None:
    line = lines(read([["Budget £"], [None, "Service", "Net"], [None, "Parks", 5.5], [None, "Waste", 6.5]]))[
        1
    ]
    assert (line.sheet, line.row, line.column, line.description, line.amount) == (
        "Sheet1",
        4,
        "C",
        "Waste",
        Decimal("6.5"),
    )
