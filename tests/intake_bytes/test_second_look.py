"""What a fast reader loses is found: errors, formulas never calculated, hidden rows, formats, comments, far
cells."""

import io
from collections.abc import Callable
from typing import Any

import pytest
import xlsxwriter

from budget_model.intake.files import formats, looking, second_look, sheet_xml
from budget_model.intake.files.grid import Facts
from budget_model.intake.files.sniff import FileFormat
from tests.intake_bytes import made


def facts(data: bytes) -> Facts:
    return formats.open_workbook(data, "a.xlsx").sheets[0].facts


def sheet(fill: Callable[..., Any]) -> Facts:
    memory = io.BytesIO()
    with xlsxwriter.Workbook(memory, {"in_memory": True}) as book:
        fill(book, book.add_worksheet("Adults"))
    return facts(memory.getvalue())


def test_errors_are_named_with_their_cells() -> None:
    seen = sheet(lambda book, page: (page.write_formula("B2", "=1/0", None, "#DIV/0!"), page.write("B3", 5)))
    assert seen.looked
    assert seen.error_cells == {(1, 1): "#DIV/0!"}
    assert seen.formulas == {(1, 1): "=1/0"}


def test_a_formula_without_a_stored_result_is_named() -> None:
    row = '<row r="2"><c r="B2"><f>SUM(B1:B1)</f></c><c r="C2"><f>B1+1</f><v>6</v></c></row>'
    seen = facts(made.xlsx(made.CELLS + row))
    assert seen.uncalculated == {(1, 1): "=SUM(B1:B1)"}
    assert seen.formulas == {(1, 1): "=SUM(B1:B1)", (1, 2): "=B1+1"}


def test_a_formula_whose_result_is_an_empty_text_was_calculated() -> None:
    row = '<row r="2"><c r="B2" t="str"><f>IF(A1="","",1)</f><v></v></c></row>'
    assert facts(made.xlsx(made.CELLS + row)).uncalculated == {}


def test_a_shared_formula_reads_as_if_copied_to_each_cell() -> None:
    rows = (
        '<row r="4"><c r="B4"><f t="shared" ref="B4:D4" si="0">SUM(B2:B3)*$A$1</f><v>1</v></c>'
        '<c r="C4"><f t="shared" si="0"/><v>2</v></c></row>'
    )
    assert facts(made.xlsx(rows)).formulas[(3, 2)] == "=SUM(C2:C3)*$A$1"


def test_hidden_rows_and_columns_are_known() -> None:
    def fill(book: Any, page: Any) -> None:
        for row in range(6):
            page.write(row, 0, row)
        page.set_row(3, None, None, {"hidden": True})
        page.set_column("C:E", None, None, {"hidden": True})

    seen = sheet(fill)
    assert seen.hidden_rows == {3}
    assert seen.hidden_columns == {2, 3, 4}


def test_number_formats_and_bold_rows_are_known() -> None:
    def fill(book: Any, page: Any) -> None:
        bold = book.add_format({"bold": True})
        page.write_row("A1", ["Service", "£000"], bold)
        page.write_row("A2", ["Roads"])
        page.write("B2", 12, book.add_format({"num_format": '£#,##0,"k"'}))
        page.write("C2", 0.5, book.add_format({"num_format": 10}))
        page.write("D2", 7)

    seen = sheet(fill)
    assert seen.bold_rows == {0}
    assert seen.number_formats == {(1, 1): '£#,##0,"k"', (1, 2): "0.00%"}


def test_comments_are_read() -> None:
    seen = sheet(lambda book, page: page.write_comment("B2", "Provisional & unaudited"))
    assert "Provisional & unaudited" in seen.comments[(1, 1)]


def test_cells_without_references_stand_one_after_the_other() -> None:
    rows = "<row><c><v>1</v></c><c><v>2</v></c></row><row><c t='e'><v>#REF!</v></c></row>"
    seen = sheet_xml.look([made.sheet_xml(rows).encode()], looking.Styles())
    assert seen.numbers == 2
    assert seen.facts.error_cells == {(1, 0): "#REF!"}
    assert (seen.rows, seen.columns) == (2, 2)


@pytest.mark.parametrize("step", [7, 64, 1000, 10**6])
def test_the_pieces_in_which_a_sheet_is_unpacked_change_nothing(step: int) -> None:
    rows = made.CELLS + "".join(
        f'<row r="{n}"{" hidden=" + chr(34) + "1" + chr(34) if n % 5 == 0 else ""}><c r="A{n}" t="inlineStr"><is><t>x</t>'
        f'</is></c><c r="B{n}"><v>{n}</v></c><c r="C{n}" t="e"><v>#N/A</v></c></row>'
        for n in range(2, 40)
    )
    whole = made.sheet_xml(rows).encode()
    seen = sheet_xml.look([whole[at : at + step] for at in range(0, len(whole), step)], looking.Styles())
    assert seen.numbers == 38
    assert len(seen.facts.error_cells) == 38
    assert seen.facts.hidden_rows == {n - 1 for n in range(5, 40, 5)}
    assert (seen.rows, seen.columns) == (39, 3)


def test_beyond_the_first_rows_errors_hidden_rows_and_lost_formulas_are_still_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sheet_xml, "ROWS_LOOKED_AT", 3)
    rows = [made.CELLS, made.ROADS]
    rows += [
        f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c><c r="B{n}" s="1"><v>5</v></c></row>'
        for n in range(3, 50)
    ]
    rows.append('<row r="50" hidden="1"><c r="B50" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>')
    rows.append('<row r="51"><c r="B51"><f>SUM(B2:B49)</f></c><c r="C51"><f>1</f><v>2</v></c></row>')
    xml = made.sheet_xml("".join(rows)).encode()
    pieces = [xml[at : at + 300] for at in range(0, len(xml), 300)]
    seen = sheet_xml.look(pieces, looking.Styles())
    assert seen.facts.error_cells == {(49, 1): "#DIV/0!"}
    assert seen.facts.hidden_rows == {49}
    assert seen.facts.uncalculated == {(50, 1): "=SUM(B2:B49)"}
    assert seen.numbers == 1 + 47 + 1
    assert (seen.rows, seen.columns) == (51, 3)


def test_formatted_but_empty_cells_far_away_do_no_harm() -> None:
    far = '<row r="1048576"><c r="XFD1048576" s="1"/><c r="A1048576" s="1"></c></row>'
    book = formats.open_workbook(made.xlsx(made.CELLS + made.ROADS + far), "a.xlsx")
    assert book.sheets[0].rows == [["Service", "Budget"], ["Roads", 1200]]


@pytest.mark.parametrize("cell", ['t="inlineStr"><is><t> </t></is>', 't="str"><v> </v>', 't="s"><v>1</v>'])
@pytest.mark.parametrize("careful", [False, True])
def test_a_blank_text_in_the_last_cell_of_a_sheet_does_no_harm(cell: str, careful: bool) -> None:
    strings = f'{made.HEAD}<sst {made.MAIN}><si><t>Parks</t></si><si><t xml:space="preserve"> </t></si></sst>'
    far = '<row r="3"><c r="A3" t="s"><v>0</v></c><c r="B3"><v>7</v></c></row>'
    far += f'<row r="1048576"><c r="XFD1048576" {cell}</c></row>'
    data = made.xlsx(made.CELLS + made.ROADS + far, strings=strings)
    book = formats.open_workbook(data, "a.xlsx", careful=careful)
    assert book.sheets[0].rows == [["Service", "Budget"], ["Roads", 1200], ["Parks", 7]]
    assert book.size == len(data)


def test_numbers_that_the_reader_drops_are_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = formats._rows
    monkeypatch.setattr(formats, "_rows", lambda sheet, texts: honest(sheet, texts)[:-1])
    book = formats.open_workbook(made.ordinary(10), "a.xlsx")
    assert [problem.code for problem in book.problems] == ["numbers-lost"]
    assert "18 numbers, but only 16" in book.problems[0].sentence


def test_a_number_beyond_all_numbers_is_left_out_and_named() -> None:
    rows = (
        made.CELLS
        + '<row r="2"><c r="A2"><v>5</v></c><c r="B2"><v>1e999</v></c><c r="C2"><v>NaN</v></c></row>'
    )
    book = formats.open_workbook(made.xlsx(rows), "a.xlsx")
    assert book.sheets[0].rows[1] == [5, None, None]
    assert [str(problem.location) for problem in book.problems] == ["a.xlsx, sheet 'Budget', cell B2"]


def test_error_cells_are_told_once_per_sheet() -> None:
    rows = made.CELLS + '<row r="2"><c r="A2" t="e"><v>#N/A</v></c><c r="B2" t="e"><v>#REF!</v></c></row>'
    book = formats.open_workbook(made.xlsx(rows), "a.xlsx")
    assert [str(problem.location) for problem in book.problems] == ["a.xlsx, sheet 'Budget', cell A2"]
    assert "#N/A, #REF!" in book.problems[0].sentence
    assert "1 other cell" in book.problems[0].sentence


def test_the_workbook_may_name_its_parts_as_it_likes() -> None:
    found = made.parts()
    found["xl/worksheets/first.xml"] = found.pop("xl/worksheets/sheet1.xml")
    found["xl/_rels/workbook.xml.rels"] = found["xl/_rels/workbook.xml.rels"].replace(
        b'"worksheets/sheet1.xml"', b'"/xl/worksheets/first.xml"'
    )
    looks = second_look.look(made.zipped(found), "a.xlsx", FileFormat.XLSX)
    assert looks.sheets["Budget"].numbers == 1
