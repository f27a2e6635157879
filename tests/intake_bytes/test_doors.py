"""Files that come through other doors: markup under the name of a spreadsheet, listings, odd character sets."""

from decimal import Decimal
from typing import Any

import pytest

from budget_model.intake.files.formats import open_workbook
from budget_model.intake.files.grid import Visibility, Workbook
from budget_model.intake.reading import understand
from budget_model.problem import Refusal
from tests.intake.sheets import loaded

SERVICES = {
    "Home care": 12_500_000,
    "Fostering": 8_200_000,
    "Street lighting": 1_200_000,
    "Libraries": 950_000,
}
TOTAL = sum(SERVICES.values())


def opened(data: str | bytes, name: str) -> Workbook:
    return open_workbook(data.encode() if isinstance(data, str) else data, name)


def total(data: str | bytes, name: str) -> Decimal:
    return loaded(understand(opened(data, name), {}))


# Markup

SPACE = 'xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" xmlns:x="urn:schemas-microsoft-com:office:excel"'


def excel_2003(rows: str, more: str = "", styles: str = "") -> str:
    return f'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook {SPACE}>{styles}<Worksheet ss:Name="Costs"><Table>{rows}</Table>{more}</Worksheet></Workbook>'


def xml_row(*cells: Any, **attributes: Any) -> str:
    told = "".join(f' ss:{key}="{value}"' for key, value in attributes.items())
    kinds = [("Number" if isinstance(cell, int | float) else "String", cell) for cell in cells]
    return (
        f"<Row{told}>"
        + "".join(f'<Cell><Data ss:Type="{kind}">{cell}</Data></Cell>' for kind, cell in kinds)
        + "</Row>"
    )


def test_excel_2003_xml_is_read_with_its_places_and_its_hidden_rows() -> None:
    rows = xml_row("Service", "Budget £") + "".join(xml_row(*pair) for pair in SERVICES.items())
    far = '<Row ss:Index="9" ss:Hidden="1"><Cell ss:Index="3" ss:MergeAcross="1"><Data ss:Type="Number">7</Data></Cell><Cell><Data ss:Type="String">x</Data></Cell></Row>'
    (sheet,) = opened(excel_2003(rows + far), "export.xls").sheets
    assert sheet.name == "Costs"
    assert sheet.rows[0] == ["Service", "Budget £"]
    assert sheet.rows[8] == [None, None, 7.0, None, "x"]
    assert sheet.facts.hidden_rows == {8}
    assert total(excel_2003(rows), "export.xls") == TOTAL


def test_excel_2003_xml_tells_formulas_errors_dates_and_hidden_sheets() -> None:
    cells = '<Row><Cell ss:Formula="=A1"/><Cell><Data ss:Type="Error">#REF!</Data></Cell><Cell><Data ss:Type="DateTime">2025-04-01T00:00:00.000</Data></Cell></Row>'
    hidden = "<x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions>"
    (sheet,) = opened(excel_2003(cells, hidden), "export.xls").sheets
    assert sheet.facts.uncalculated == {(0, 0): "=A1"}
    assert sheet.facts.error_cells == {(0, 1): "#REF!"}
    assert sheet.rows[0][2].year == 2025
    assert sheet.visibility is Visibility.HIDDEN


def page(body: str, head: str = "") -> str:
    return f"<html><head>{head}</head><body>{body}</body></html>"


TABLE = (
    "<table><tr><th>Service</th><th>Budget £</th></tr>"
    + "".join(f"<tr><td>{name}</td><td align=right>{amount:,}</td></tr>" for name, amount in SERVICES.items())
    + "</table>"
)


@pytest.mark.parametrize(
    "data",
    [
        page(TABLE),
        page("<h2>Budget 2025-26</h2>" + TABLE.replace("</td>", "").replace("</tr>", "")),
        page(TABLE).upper().replace("£", "&pound;"),
        page("<table><tr><td>" + TABLE + "</td></tr></table>"),
        page(TABLE, '<meta charset="windows-1252">').encode("cp1252"),
        "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html; charset=utf-8\n\n"
        + page(TABLE)
        + "\n--b--\n",
    ],
)
def test_a_web_page_named_xls_is_read_as_excel_shows_it(data: bytes) -> None:
    assert total(data, "export.xls") == TOTAL


def test_spans_line_breaks_and_exact_numbers_of_a_web_page_are_kept() -> None:
    body = '<table><tr><td rowspan=2>A<br>B</td><td x:num="12.345">12.3</td></tr><tr style="display:none"><td>7</td></tr></table>'
    (sheet,) = opened(page(body), "export.xls").sheets
    assert sheet.rows == [["A B", 12.345], [None, "7"]]
    assert sheet.facts.hidden_rows == {1}


def test_a_page_to_sign_in_is_no_spreadsheet() -> None:
    with pytest.raises(Refusal, match="web page"):
        opened("<!DOCTYPE html><html><body><h1>Please sign in</h1></body></html>", "budget.csv")


# Text


def csv_of(write: Any) -> str:
    return (
        "Service,Budget £\n"
        + "".join(f"{name},{write(amount)}\n" for name, amount in SERVICES.items())
        + f"Total,{write(TOTAL)}\n"
    )


@pytest.mark.parametrize("write", ["{:,}".format, "£{:,}".format, "{:,}.00".format, "({:,})".format])
def test_thousands_without_quotation_marks_are_proved_by_the_total(write: Any) -> None:
    book = opened(csv_of(write), "a.csv")
    assert abs(loaded(understand(book, {}))) == TOTAL
    assert any("printed total agrees" in note for note in book.notes)


def test_thousands_without_quotation_marks_and_without_a_total_are_told() -> None:
    text = "Service,Budget £\nRoads,12,500\nParks,1,200,000\nLibraries,950\n"
    assert total(text, "a.csv") == 1_213_450
    assert [problem.code for problem in opened(text, "a.csv").problems] == ["unquoted-thousands"]


def test_a_total_decides_how_groups_of_three_digits_part_into_two_columns() -> None:
    text = "Service,2024-25 £,2025-26 £\nRoads,100,200,300\nParks,1,000,2,000\nTotal,101,200,2,300\n"
    rows = opened(text, "a.csv").sheets[0].rows
    assert rows[1] == ["Roads", "100,200", "300"]
    undecided = "Service,2024-25 £,2025-26 £\nRoads,100,200,300\nParks,1,000,2,000\n"
    assert [problem.code for problem in opened(undecided, "a.csv").problems] == ["unquoted-thousands"]


@pytest.mark.parametrize(
    "text",
    [
        "Service,Budget,Note\nRoads,12,see page 500\nParks,7,a\n",
        "Code,Service,Budget\n12,Roads,500\n13,Parks,700\n",
    ],
)
def test_other_rows_are_left_as_they_are(text: str) -> None:
    assert [[cell or "" for cell in row] for row in opened(text, "a.csv").sheets[0].rows] == [
        line.split(",") for line in text.splitlines()
    ]


LISTING = (
    "ANYTOWN COUNCIL     BUDGET LISTING (GBP)    PAGE 1\n\nSERVICE                       BUDGET\n------------------------------------\n"
    + "".join(f"{name:<20}{amount:>16,}\n" for name, amount in SERVICES.items())
    + f"{'TOTAL':<20}{TOTAL:>16,}\n"
)


@pytest.mark.parametrize(
    "listing",
    [
        LISTING,
        LISTING.replace("\n", "\r\n"),
        LISTING.replace(",", ""),
        LISTING + "\f" + LISTING.split("\n\n")[0] + "\n",
    ],
)
def test_a_listing_with_columns_at_fixed_places_is_read(listing: Any) -> None:
    assert total(listing, "listing.txt") == TOTAL


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1250", "Název;Schválený rozpočet\nŠkolství;412537\nÚdržba;388264\n"),
        ("iso-8859-2", "Nazwa;Wydatki (zł)\nOświata;412537\nŚrodki;388264\n"),
        ("cp1251", "Наименование;Сумма\nОбразование;412537\nДороги;388264\n"),
        ("koi8-r", "Наименование;Сумма\nОбразование;412537\n"),
        ("cp1253", "Ονομασία;Ποσό\nΕκπαίδευση;412537\n"),
        ("cp1254", "Açıklama;Tutar\nEğitim;412537\nSağlık;388264\n"),
        ("cp1257", "Pavadinimas;Suma, tūkst. eurų\nŠvietimas;412537\n"),
        ("gb18030", "科目,预算数（万元）\n国防,3882.64\n"),
        ("shift_jis", "科目,予算額（千円）\n土木費,388264\n"),
        ("iso-8859-15", "Libellé;Montant (€)\nÉcoles;412537\n"),
        ("cp1252", "Libellé;Montant (€)\nÉcoles;412537\n"),
        ("cp850", "Libellé;Montant £\nÉcoles;412537\nLycées;5\n"),
        ("utf-16", "Libellé;Montant (€)\nÉcoles;412537\n"),
    ],
)
def test_the_character_set_is_told_by_the_words_that_come_out(encoding: str, text: str) -> None:
    separator = ";" if ";" in text else ","
    rows = opened(text.encode(encoding), "a.csv").sheets[0].rows
    assert rows == [line.split(separator) for line in text.splitlines()]


@pytest.mark.parametrize("wrong", ["cp1252", "latin-1"])
def test_letters_that_were_encoded_twice_are_put_right(wrong: Any) -> None:
    text = "Service,Budget (£)\nCafé – Séjour,£12500\nGeschäftsführung,£8200\n"
    doubled = "".join(
        bytes((byte,)).decode(wrong)
        if not (wrong == "cp1252" and byte in b"\x81\x8d\x8f\x90\x9d")
        else chr(byte)
        for byte in text.encode()
    )
    assert opened(doubled, "a.csv").sheets[0].rows[1][0] == "Café – Séjour"
    assert total(doubled, "a.csv") == 20700


def test_nul_characters_are_left_out_and_told() -> None:
    book = opened(csv_of(str).replace("\n", "\0\n").replace("Home", "Ho\0me"), "a.csv")
    assert loaded(understand(book, {})) == TOTAL
    assert any("NUL" in note for note in book.notes)


def test_a_semicolon_is_believed_before_the_commas_inside_of_amounts() -> None:
    text = "Наименование;Утверждено, млн руб.\nОбразование;412,5\nДороги;388,3\n"
    assert opened(text, "a.csv").sheets[0].rows[1] == ["Образование", "412,5"]
