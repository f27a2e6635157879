"""Nothing that cannot be seen is loaded, or left out, in silence."""

import io
from typing import Any

import pytest
import xlsxwriter
import xlwt

from budget_model.intake.files.formats import open_workbook
from budget_model.intake.files.grid import Facts, Sheet
from budget_model.intake.rules.hidden import hides_a_minus
from tests.intake.sheets import keys, loaded, read

LINES = {"Home care": 12_500, "Fostering": 8_200, "Roads": 3_300, "Lighting": 1_200, "Libraries": 950}
ALL = sum(LINES.values())


def book(total: int | None, **facts: Any) -> Sheet:
    rows: list[list[Any]] = [
        ["Service", "Budget £"],
        *([name, float(amount)] for name, amount in LINES.items()),
    ]
    rows += [["Total", float(total)]] if total else []
    return Sheet("Budget", rows, facts=Facts(looked=True, **facts))


CONCEALED = [
    {"hidden_rows": frozenset({2, 4})},
    {"struck_cells": frozenset({(2, 1), (4, 1)})},
    {"struck_cells": frozenset({(2, 0), (4, 0)})},
    {"blended_cells": frozenset({(2, 1), (4, 1)})},
]
SEEN = ALL - LINES["Fostering"] - LINES["Lighting"]


@pytest.mark.parametrize("facts", CONCEALED)
def test_a_total_that_counts_concealed_lines_loads_them_and_says_so(facts: dict[str, Any]) -> None:
    reading = read(book(ALL, **facts))
    assert loaded(reading) == ALL
    assert keys(reading) == []
    assert any("rows 3, 5" in problem.sentence for problem in reading.tables[0].problems)


@pytest.mark.parametrize("facts", CONCEALED)
def test_a_total_that_leaves_them_out_is_asked_with_that_as_the_best_guess(facts: dict[str, Any]) -> None:
    reading = read(book(SEEN, **facts))
    assert loaded(reading) == SEEN
    (question,) = reading.questions
    assert question.key.startswith(("hidden", "struck", "blended"))
    assert "9,400" in question.ask
    assert loaded(read(book(SEEN, **facts), answers={question.key: "load them"})) == ALL


@pytest.mark.parametrize(("facts", "best"), list(zip(CONCEALED, [ALL, SEEN, SEEN, SEEN], strict=True)))
def test_without_a_total_concealed_lines_are_asked_about(facts: dict[str, Any], best: int) -> None:
    reading = read(book(None, **facts))
    assert loaded(reading) == best
    assert len(reading.questions) == 1


def test_hidden_columns_with_amounts_are_named() -> None:
    rows: list[list[Any]] = [
        ["Service", "2024-25 £", "2025-26 £"],
        *([name, float(a), a * 1.5] for name, a in LINES.items()),
    ]
    reading = read(Sheet("Budget", rows, facts=Facts(looked=True, hidden_columns=frozenset({1}))))
    assert [p.code for p in reading.tables[0].problems] == ["hidden-columns"]


@pytest.mark.parametrize(
    ("told", "hides"),
    [
        ("#,##0;#,##0", True),
        ("0.00;0.00;-", True),
        ("£#,##0;£#,##0", True),
        ("#,##0;;", True),
        ("#,##0", False),
        ("#,##0;-#,##0", False),
        ("#,##0;(#,##0)", False),
        ("#,##0;[Red]#,##0", False),
        ('#,##0;#,##0"CR"', False),
        ('#,##0;"-"#,##0', False),
        ("General;General", False),
        ("_-* #,##0_-;-* #,##0_-", False),
    ],
)
def test_a_number_format_that_hides_a_minus_is_known(told: str, hides: bool) -> None:
    assert hides_a_minus(told) is hides


def test_a_minus_that_the_format_hides_is_named_and_read() -> None:
    rows: list[list[Any]] = [["Service", "Budget £"], ["Roads", 500.0], ["Parks", 300.0], ["Fees", -90.0]]
    reading = read(
        Sheet(
            "B",
            rows,
            facts=Facts(looked=True, number_formats=dict.fromkeys([(1, 1), (2, 1), (3, 1)], "#,##0;#,##0")),
        )
    )
    assert loaded(reading) == 710
    assert any(p.code == "hidden-minus" and "B4" in p.sentence for p in reading.tables[0].problems)


def test_codes_turned_into_powers_of_ten_are_named() -> None:
    reading = read(
        [
            ["Cost centre", "Service", "Budget £"],
            *([f"1.2{k}E+09", name, float(a)] for k, (name, a) in enumerate(LINES.items())),
        ]
    )
    assert loaded(reading) == ALL
    assert any(p.code == "scientific-notation" and "A2" in p.sentence for p in reading.tables[0].problems)


def xlsx() -> bytes:
    memory = io.BytesIO()
    with xlsxwriter.Workbook(memory, {"in_memory": True}) as made:
        sheet, struck = made.add_worksheet("B"), made.add_format({"font_strikeout": True})
        sheet.write_row(0, 0, ["Roads", 500])
        sheet.write_row(1, 0, ["Parks", 300], struck)
        sheet.set_row(0, None, None, {"hidden": True})
    return memory.getvalue()


def xls() -> bytes:
    made, memory = xlwt.Workbook(), io.BytesIO()
    sheet, struck = made.add_sheet("B"), xlwt.easyxf("font: struck_out on")
    for row, (name, amount) in enumerate([("Roads", 500), ("Parks", 300)]):
        for column, value in enumerate((name, amount)):
            sheet.write(row, column, value, *([struck] if row else []))
    sheet.row(0).hidden = True
    made.save(memory)
    return memory.getvalue()


def fods() -> bytes:
    def row(name: str, amount: int, style: str, more: str = "") -> str:
        return (
            f'<table:table-row{more}><table:table-cell table:style-name="{style}" office:value-type="string"><text:p>{name}</text:p></table:table-cell>'
            f'<table:table-cell table:style-name="{style}" office:value-type="float" office:value="{amount}"><text:p>{amount}</text:p></table:table-cell></table:table-row>'
        )

    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name if name != "fo" else "xsl-fo-compatible"}:1.0"'
        for name in ("office", "table", "text", "style")
    )
    struck = '<style:style style:name="ce2" style:family="table-cell"><style:text-properties style:text-line-through-style="solid"/></style:style>'
    plain = '<style:style style:name="ce1" style:family="table-cell"><style:text-properties style:text-line-through-style="none"/></style:style>'
    body = row("Roads", 500, "ce1", ' table:visibility="filter"') + row("Parks", 300, "ce2")
    return f'<?xml version="1.0"?><office:document {spaces}><office:automatic-styles>{plain}{struck}</office:automatic-styles><office:body><office:spreadsheet><table:table table:name="B">{body}</table:table></office:spreadsheet></office:body></office:document>'.encode()


@pytest.mark.parametrize(("data", "name"), [(xlsx(), "a.xlsx"), (xls(), "a.xls"), (fods(), "a.fods")])
def test_hidden_rows_and_struck_cells_are_seen_in_every_format(data: bytes, name: str) -> None:
    (sheet,) = open_workbook(data, name).sheets
    assert sheet.rows == [["Roads", 500.0], ["Parks", 300.0]]
    assert sheet.facts.hidden_rows == {0}
    assert sheet.facts.struck_cells == {(1, 0), (1, 1)}


def white_xlsx() -> bytes:
    memory = io.BytesIO()
    with xlsxwriter.Workbook(memory, {"in_memory": True}) as made:
        sheet = made.add_worksheet("B")
        looks = [
            {},
            {"font_color": "#FFFFFF"},
            {"font_color": "#D9D9D9", "bg_color": "#D9D9D9"},
            {"font_color": "#FFFFFF", "bg_color": "#1F4E78"},
            {"font_color": "#000000", "bg_color": "#FFFF00"},
        ]
        for row, look in enumerate(looks):
            sheet.write_row(row, 0, [f"Line {row}", 100 + row], made.add_format(look))
    return memory.getvalue()


def white_xls() -> bytes:
    made, memory = xlwt.Workbook(), io.BytesIO()
    looks = [
        "font: bold on",
        "font: colour white",
        "font: colour gray25; pattern: pattern solid, fore_colour gray25",
        "font: colour white; pattern: pattern solid, fore_colour dark_blue",
        "font: colour black; pattern: pattern solid, fore_colour yellow",
    ]
    sheet = made.add_sheet("B")
    for row, look in enumerate(looks):
        for column, value in enumerate((f"Line {row}", 100 + row)):
            sheet.write(row, column, value, xlwt.easyxf(look))
    made.save(memory)
    return memory.getvalue()


def white_fods() -> bytes:
    looks = [
        ("#000000", "transparent"),
        ("#ffffff", "transparent"),
        ("#d9d9d9", "#d9d9d9"),
        ("#ffffff", "#1f4e78"),
        ("#000000", "#ffff00"),
    ]
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name if name != "fo" else "xsl-fo-compatible"}:1.0"'
        for name in ("office", "table", "text", "style", "fo")
    )
    styles = "".join(
        f'<style:style style:name="c{row}" style:family="table-cell">'
        f'<style:table-cell-properties fo:background-color="{below}"/>'
        f'<style:text-properties fo:color="{written}"/></style:style>'
        for row, (written, below) in enumerate(looks)
    )
    body = "".join(
        f'<table:table-row><table:table-cell table:style-name="c{row}" office:value-type="string"><text:p>Line {row}'
        f'</text:p></table:table-cell><table:table-cell table:style-name="c{row}" office:value-type="float" '
        f'office:value="{100 + row}"><text:p>{100 + row}</text:p></table:table-cell></table:table-row>'
        for row in range(len(looks))
    )
    return f'<?xml version="1.0"?><office:document {spaces}><office:automatic-styles>{styles}</office:automatic-styles><office:body><office:spreadsheet><table:table table:name="B">{body}</table:table></office:spreadsheet></office:body></office:document>'.encode()


@pytest.mark.parametrize(
    ("data", "name"), [(white_xlsx(), "a.xlsx"), (white_xls(), "a.xls"), (white_fods(), "a.fods")]
)
def test_text_in_the_colour_of_what_it_stands_on_is_seen_in_every_format(data: bytes, name: str) -> None:
    (sheet,) = open_workbook(data, name).sheets
    assert sheet.facts.blended_cells == {(1, 0), (1, 1), (2, 0), (2, 1)}
