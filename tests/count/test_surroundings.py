"""The cells around a line's own, brought near with the headings at the top of the sheet."""

from budget_model.count.surroundings import window
from budget_model.intake.files.grid import CellValue, Sheet


def sheet(rows: int = 40) -> Sheet:
    cells: list[list[CellValue]] = [["Budget 2016-17"], [], ["Code", "Service", "Budget £000"]]
    for number in range(4, rows + 1):
        cells.append([number, f"Service {number}", number * 10])
    return Sheet("Adults", cells)


def test_the_cell_is_in_the_middle_and_the_headings_are_brought_near() -> None:
    around = window(sheet(), 30, "C")
    assert around
    assert around.columns == ("A", "B", "C")
    assert around.rows == (2, 3, *range(24, 35))
    row, column = around.at
    assert around.cells[row][column] == "300"
    assert around.numeric[row][column]
    assert around.cells[1] == ("Code", "Service", "Budget £000")
    assert around.left_out


def test_a_cell_near_the_top_needs_nothing_brought_near() -> None:
    around = window(sheet(), 5, "C")
    assert around
    assert around.rows[0] == 1
    assert not around.left_out


def test_a_wide_sheet_keeps_what_names_the_row_and_what_is_beside_the_cell() -> None:
    wide = Sheet("Wide", [[f"c{column}" for column in range(60)] for _ in range(5)])
    around = window(wide, 3, "AX")
    assert around
    assert around.columns[:3] == ("A", "B", "C")
    assert "AX" in around.columns
    assert len(around.columns) == 9


def test_a_cell_that_the_sheet_does_not_have_has_no_surroundings() -> None:
    assert window(sheet(), 4000, "C") is None
    assert window(sheet(), 0, "C") is None
    assert window(sheet(), 5, "?") is None
