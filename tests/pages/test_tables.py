"""Tables that leave the screen: exact, readable in a spreadsheet, and harmless there."""

import csv
import io
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
import streamlit as st

from budget_model.exhibits.tables import Column, Kind, Table
from pages.shared.tables import csv as written_csv
from pages.shared.tables import excel, file_name, show

TABLE = Table(
    "Who spends it",
    (Column("Organisation"), Column("Amount", Kind.POUNDS), Column("Share", Kind.SHARE)),
    (
        ("=cmd()", Decimal("1250.50"), Decimal("0.25")),
        ("Police", Decimal("-3.00"), None),
        ("Total", Decimal("1247.50"), Decimal(1)),
    ),
    totals=1,
    notes=("Pounds · 2016-17",),
)


def test_a_csv_opens_in_the_right_encoding_and_holds_every_penny() -> None:
    data = written_csv(TABLE)
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert rows[1] == ["'=cmd()", "1250.50", "0.25"]
    assert rows[2] == ["Police", "-3.00", ""]
    assert ["Pounds · 2016-17"] in rows


def test_a_mark_that_no_program_shows_is_in_no_file() -> None:
    marked = Table("Lines\0", (Column("Line\0"),), (("Ro\0ads",), ("=1\x07",)), notes=("From a file\0",))
    data = written_csv(marked)
    assert b"\0" not in data
    assert list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))[:3] == [["Line"], ["Roads"], ["'=1"]]
    sheet = openpyxl.load_workbook(io.BytesIO(excel(marked))).worksheets[0]
    assert [cell.value for (cell,) in sheet.iter_rows()][1:3] == ["Roads", "=1"]


def test_a_cell_that_looks_like_a_formula_is_text_in_the_workbook() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(excel(TABLE)))["Figures"]
    assert (sheet["A2"].value, sheet["A2"].data_type) == ("=cmd()", "s")
    assert sheet["B2"].value == 1250.5
    assert sheet["B3"].value == -3


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is sent to the browser."""
    sent: list[str] = []
    monkeypatch.setattr(st, "html", lambda words: sent.append(str(words)))
    return sent


def test_the_table_on_the_screen_brackets_what_is_below_zero_and_runs_no_script(drawn: list[Any]) -> None:
    show(Table("T", (Column("<b>"), Column("Amount", Kind.POUNDS)), (("<script>", Decimal("-3.00")),)))
    words = drawn[0]
    assert "(£3)" in words
    assert "<script>" not in words
    assert "&lt;script&gt;" in words


def test_a_long_table_keeps_its_total_and_says_how_many_rows_it_left_out(drawn: list[Any]) -> None:
    rows = tuple((str(number), Decimal(number)) for number in range(500)) + (("Total", Decimal(124750)),)
    show(Table("Long", (Column("Row"), Column("Amount", Kind.POUNDS)), rows, totals=1), most=50)
    words = drawn[0]
    assert words.count("<tr") == 51
    assert "£124,750" in words
    assert "451 more rows" in words


def test_a_file_is_named_after_what_it_holds() -> None:
    assert file_name("../../Who spends it: £862m?", "csv") == "who-spends-it-862m.csv"
    assert file_name("🙂", "xlsx") == "table.xlsx"


def test_a_column_of_sentences_is_given_room_and_a_date_stands_on_one_line(drawn: list[str]) -> None:
    sentence = "Money for disadvantaged pupils: the council passes it to schools, which may spend it jointly."
    columns = (Column("Stream"), Column("Ends"), Column("What it may be spent on"))
    show(
        Table(
            "Grants", columns, (("Pupil Premium, paid through the council", "30 September 2027", sentence),)
        )
    )
    assert '<th scope="col" role="columnheader" class="text brief">Ends</th>' in drawn[0]
    assert '<th scope="col" role="columnheader" class="text long">What it may be spent on</th>' in drawn[0]
    assert '<th scope="col" role="columnheader" class="text">Stream</th>' in drawn[0]


def test_a_table_whose_words_cannot_be_broken_becomes_cards_on_a_phone(drawn: list[str]) -> None:
    columns = (Column("Name"), Column("Account"), Column("Roles"))
    show(Table("Who", columns, (("Ann", "ann@example.org", "administrator"),)))
    show(Table("Who", columns, (("Ann", "ann.smith.of.the.council@example.org", "administrator"),)))
    assert ['class="table-frame many"' in table for table in drawn] == [False, True]
