"""Every spreadsheet format gives the same cells at the same places."""

import datetime
import io
from collections.abc import Callable
from typing import Any

import pytest
import xlsxwriter
import xlwt

from budget_model.intake.files.formats import open_workbook
from budget_model.intake.files.grid import Range, Visibility
from budget_model.problem import Refusal
from tests.intake_bytes import made


def written(fill: Callable[..., Any], **options: Any) -> bytes:
    memory = io.BytesIO()
    with xlsxwriter.Workbook(memory, {"in_memory": True, **options}) as book:
        fill(book)
    return memory.getvalue()


def test_an_xlsx_keeps_the_place_of_every_cell() -> None:
    def fill(book: Any) -> None:
        sheet = book.add_worksheet("Adults")
        sheet.write("C3", "Roads")
        sheet.write("D4", 1200.5)

    (sheet,) = open_workbook(written(fill), "a.xlsx").sheets
    assert sheet.rows[2][2] == "Roads"
    assert sheet.rows[3][3] == 1200.5
    assert sheet.rows[0] == [None] * 4


def test_dates_times_and_truth_keep_their_types() -> None:
    def fill(book: Any) -> None:
        sheet = book.add_worksheet()
        sheet.write_datetime(
            "A1", datetime.datetime(2016, 4, 1), book.add_format({"num_format": "dd/mm/yyyy"})
        )
        sheet.write_boolean("B1", True)
        sheet.write_string("C1", " padded ")

    assert open_workbook(written(fill), "a.xlsx").sheets[0].rows == [
        [datetime.date(2016, 4, 1), True, " padded "]
    ]


def test_hidden_sheets_and_merged_cells_are_known() -> None:
    def fill(book: Any) -> None:
        book.add_worksheet("Front").merge_range("B2:D3", "Budget")
        book.add_worksheet("Workings").hide()
        book.add_worksheet("Secret").very_hidden()

    front, workings, secret = open_workbook(written(fill), "a.xlsx").sheets
    assert front.merged == (Range(1, 1, 2, 3),)
    assert workings.visibility is Visibility.HIDDEN
    assert secret.visibility is Visibility.VERY_HIDDEN


def test_a_chart_sheet_is_no_sheet_of_cells() -> None:
    def fill(book: Any) -> None:
        book.add_worksheet("Adults").write("A1", 1)
        chart = book.add_chart({"type": "bar"})
        chart.add_series({"values": "=Adults!$A$1"})
        book.add_chartsheet("Chart").set_chart(chart)

    assert [sheet.name for sheet in open_workbook(written(fill), "a.xlsx").sheets] == ["Adults"]


def test_a_binary_workbook_opens() -> None:
    book = open_workbook(
        made.xlsb([["Service", "Budget"], ["Roads", 1200], ["Parks", 10.25], ["Fees", -5]]), "a.xlsb"
    )
    assert book.format == "xlsb"
    assert book.sheets[0].name == "Budget"
    assert book.sheets[0].rows == [["Service", "Budget"], ["Roads", 1200], ["Parks", 10.25], ["Fees", -5]]


def test_a_binary_workbook_tells_its_errors_and_hidden_rows() -> None:
    (sheet,) = open_workbook(made.xlsb([["Roads", "#N/A"], ["Parks", 3]], hidden_rows=(1,)), "a.xlsb").sheets
    assert sheet.rows == [["Roads", None], ["Parks", 3]]
    assert sheet.facts.error_cells == {(0, 1): "#N/A"}
    assert sheet.facts.hidden_rows == {1}


def test_a_far_cell_in_a_binary_workbook_is_refused() -> None:
    wide: list[object] = [1] * 2049
    with pytest.raises(Refusal, match="column 2048"):
        open_workbook(made.xlsb([wide]), "a.xlsb")


@pytest.mark.parametrize("reference", ["XFD2", "AAA3", "NTP2"])
def test_a_stray_cell_far_to_the_right_is_left_out_and_named(reference: str) -> None:
    row = reference.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    far = f'{made.CELLS}<row r="{row}"><c r="{reference}"><v>7</v></c></row>'
    book = open_workbook(made.xlsx(far), "far.xlsx")
    assert max(map(len, book.sheets[0].rows)) < 10
    (problem,) = [problem for problem in book.problems if problem.code == "stray-cells"]
    assert reference in problem.sentence


def test_a_table_of_557_columns_is_read_whole() -> None:
    rows = "".join(",".join(str(k) for k in range(557)) + "\n" for _ in range(3))
    assert [len(row) for row in open_workbook(rows.encode(), "wide.csv").sheets[0].rows] == [557] * 3


def test_an_old_workbook_opens_with_its_hints() -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Adults")
    bold = xlwt.easyxf("font: bold on")
    sheet.write(0, 0, "Service", bold)
    sheet.write(0, 1, "Budget", bold)
    sheet.write(1, 0, "Roads")
    sheet.write(1, 1, 1200, xlwt.easyxf(num_format_str="#,##0"))
    sheet.row(2).set_cell_error(1, 0x2A)
    sheet.row(3).hidden = True
    sheet.write(3, 1, 7)
    sheet.write_merge(4, 5, 0, 1, "note")
    sheet.col(3).hidden = True
    book.add_sheet("Workings").visibility = 1
    memory = io.BytesIO()
    book.save(memory)
    adults, workings = open_workbook(memory.getvalue(), "a.xls").sheets
    assert adults.rows[1] == ["Roads", 1200]
    assert adults.merged == (Range(4, 0, 5, 1),)
    assert adults.facts.bold_rows == {0}
    assert adults.facts.number_formats == {(1, 1): "#,##0"}
    assert adults.facts.error_cells == {(2, 1): "#N/A"}
    assert adults.facts.hidden_rows == {3}
    assert adults.facts.hidden_columns == {3}
    assert workings.visibility is Visibility.HIDDEN


def test_a_far_cell_in_an_old_workbook_is_named() -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Adults")
    sheet.write(0, 0, "Service")
    sheet.write(65535, 255, 1)
    memory = io.BytesIO()
    book.save(memory)
    with pytest.raises(Refusal, match="cell IV65536"):
        open_workbook(memory.getvalue(), "a.xls")


def test_an_old_workbook_that_was_never_calculated_says_so() -> None:
    book = xlwt.Workbook()
    book.add_sheet("Adults").write(2, 1, xlwt.Formula("SUM(B1:B2)"))
    memory = io.BytesIO()
    book.save(memory)
    (sheet,) = open_workbook(memory.getvalue(), "a.xls").sheets
    assert set(sheet.facts.uncalculated) == {(2, 1)}


def test_an_open_document_opens_with_what_can_be_seen_of_it() -> None:
    cell = "table:table-cell"
    rows = (
        '<table:table-column table:number-columns-repeated="2"/><table:table-column table:visibility="collapse"/>'
        f'<table:table-row><{cell} table:number-columns-spanned="2" office:value-type="string"><text:p>Budget</text:p>'
        f"</{cell}><table:covered-table-cell/></table:table-row>"
        f'<table:table-row table:visibility="filter" table:number-rows-repeated="2"><{cell} '
        'office:value-type="string"><text:p>Roads</text:p>'
        f'</{cell}><{cell} office:value-type="currency" office:currency="GBP" office:value="12.5"><office:annotation>'
        f"<text:p>to be agreed</text:p></office:annotation><text:p>£12.50</text:p></{cell}></table:table-row>"
        f'<table:table-row><{cell} table:formula="of:=1/0" office:value-type="string" office:string-value="" '
        f'calcext:value-type="error"><text:p>#DIV/0!</text:p></{cell}><{cell} table:formula="of:=[.A1]"/></table:table-row>'
    )
    (sheet,) = open_workbook(made.ods(rows), "a.ods").sheets
    assert [row[:2] for row in sheet.rows[:3]] == [["Budget", None], ["Roads", 12.5], ["Roads", 12.5]]
    assert sheet.merged == (Range(0, 0, 0, 1),)
    assert sheet.facts.hidden_rows == {1, 2}
    assert sheet.facts.hidden_columns == {2}
    assert sheet.facts.error_cells == {(3, 0): "#DIV/0!"}
    assert set(sheet.facts.uncalculated) == {(3, 1)}
    assert sheet.facts.comments == {(1, 1): "to be agreed"}


def test_a_workbook_with_macros_is_read_without_them() -> None:
    types = made.parts()["[Content_Types].xml"]
    enabled = types.replace(
        b"openxmlformats-officedocument.spreadsheetml.sheet", b"ms-excel.sheet.macroEnabled"
    )
    book = open_workbook(
        made.zipped(made.parts() | {"[Content_Types].xml": enabled, "xl/vbaProject.bin": b"x"}), "a.xlsm"
    )
    assert book.format == "xlsm"
    assert book.sheets[0].rows[1] == ["Roads", 1200]


def test_the_bytes_are_known_by_their_hash_and_size() -> None:
    data = made.ordinary()
    book = open_workbook(data, "a.xlsx")
    assert book.size == len(data)
    assert len(book.sha256) == 64


def test_equal_texts_are_one_object_so_that_large_sheets_stay_small() -> None:
    def fill(book: Any) -> None:
        sheet = book.add_worksheet()
        for row in range(50):
            sheet.write(row, 0, "Adult social care")

    rows = open_workbook(written(fill), "a.xlsx").sheets[0].rows
    assert len({id(row[0]) for row in rows}) == 1
