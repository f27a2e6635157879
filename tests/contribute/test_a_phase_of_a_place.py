"""What is loaded of a workbook that holds more than one phase: that which the place's list says."""

from decimal import Decimal
from pathlib import Path

import xlsxwriter

from budget_model.contribute.load_place import read_place
from budget_model.contribute.submission import net
from budget_model.vocabulary import Phase
from tests.place.small_place import copy_of_small_place


def write(path: Path, rows: list[list[object]]) -> None:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Budget")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)


def test_a_budget_and_its_outturn_are_loaded_out_of_one_workbook(tmp_path: Path) -> None:
    small = copy_of_small_place(tmp_path)
    books = small.folder / "workbooks"
    heads: list[object] = ["Service", "Original budget £", "Outturn £"]
    write(books / "council.xlsx", [heads, ["Home care", 400, 410], ["Schools", 100, 125]])
    write(books / "nhs.xlsx", [["Service", "Original budget £"], ["Nurses", 1_000], ["Doctors", 200]])
    outturn = "council-outturn,council.xlsx,,council,2016-17,outturn,revenue,,2,whole,535,invented"
    small.add("submissions.csv", outturn)
    read = read_place(small.folder, small.lists)
    sent = {
        (submission.submission.organisation, submission.submission.phase): net(submission.submission.lines)
        for submission in read.submissions
    }
    assert sent == {
        ("council", Phase.ORIGINAL_BUDGET): Decimal(500),
        ("council", Phase.OUTTURN): Decimal(535),
        ("nhs", Phase.ORIGINAL_BUDGET): Decimal(1_200),
    }
