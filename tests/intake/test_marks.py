"""Amounts with marks, flags and words beside them or in their place: read with their note, or named."""

import csv
import io
from decimal import Decimal
from typing import Any

import pytest

from budget_model.intake.files.amounts import (
    AmountText,
    Missing,
    Style,
    begins_as_words,
    currencies,
    read_text,
)
from budget_model.intake.files.delimited import read as read_text_file
from budget_model.intake.files.marks import in_place, words
from tests.intake.sheets import loaded, read, read_amount

C = Style.CONTINENTAL


@pytest.mark.parametrize(
    ("typed", "meant", "note"),
    [
        ("388,250*", "388250", "*"),
        ("388,250 †", "388250", "†"),
        ("120,400 (a)", "120400", "(a)"),
        ("96,350 [1]", "96350", "[1]"),
        ("96,350 r", "96350", "r"),
        ("388,250¹", "388250", "¹"),
        ("388,250 (1)", "388250", "(1)"),
        ("[r] 4,500", "4500", "[r]"),
        ("c. 412,500", "412500", "c."),
        ("~388,250", "388250", "~"),
        ("est. £120,400", "120400", "est."),
        ("412,500 (est.)", "412500", "(est.)"),
        ("412,500 provisional", "412500", "provisional"),
        ("(1,234)*", "-1234", "*"),
        ("-1,234 (r)", "-1234", "(r)"),
        ("412,500 see note 2", "412500", "see note 2"),
        ("rund 412500", "412500", "rund"),
        ("env. 412500", "412500", "env."),
        ("около 412500", "412500", "около"),
        ("約 412,500", "412500", "約"),
        ("12,500 (amcan)", "12500", "(amcan)"),
        ("412,500.00 EUR¹)", "412500.00", "¹)"),
        ("1 234 567.00 zł*", "1234567.00", "*"),
    ],
)
def test_an_amount_with_a_mark_is_an_amount_with_a_note(typed: str, meant: str, note: Any) -> None:
    read_as = read_text(typed)
    assert isinstance(read_as, AmountText)
    assert (read_as.amount, read_as.note) == (Decimal(meant), note)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("４１２,５００", "412500"),
        ("٤١٢٬٥٠٠", "412500"),
        ("۴۱۲٬۵۰۰", "412500"),
        ("४,१२,५००", "412500"),
        ("৪,১২,৫০০", "412500"),
        ("๔๑๒,๕๐๐", "412500"),
        ("4.00E+07", "40000000"),
        ("1,6e+07".replace(",", "."), "16000000"),
        ('="412500"', "412500"),
        ("=412500", "412500"),
        ("+388250", "388250"),
        ("△1,200", "-1200"),
        ("▲1,200", "-1200"),
        ("1,05,00,000/-", "10500000"),
        ("'412500", "412500"),
        ("’412,500", "412500"),
        ('"412,500"', "412500"),
        ("1'234'567.80", "1234567.80"),
        ("12,34,567", "1234567"),
        ("500 Cr.", "-500"),
        ("CR 500", "-500"),
        ("Dr 500", "500"),
        ("500 credit", "-500"),
        ("412\u2009500", "412500"),
        ("A$ 412,500", "412500"),
        ("R$ 12", "12"),
        ("₩412,500", "412500"),
        ("412,500 zł", "412500"),
        ("2.5 lakh", "250000"),
        ("1.5 crore", "15000000"),
        ("3.5 mln", "3500000"),
    ],
)
def test_every_script_and_guard_of_an_amount_is_read(typed: str, meant: str) -> None:
    assert read_amount(typed) == Decimal(meant)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("€ 412.500,-", "412500"),
        ("412.500,--", "412500"),
        ("1'200.-", "1200"),
        ("R$ 1.652,29", "1652.29"),
        ("14.600,25 H", "-14600.25"),
        ("1.234.567,89 €*", "1234567.89"),
        ("412.500 (v)", "412500"),
        ("4,00E+07", "40000000"),
        ("412 500 Kč", "412500"),
        ("412.500 тыс.", "412500000"),
    ],
)
def test_continental_amounts_with_dashes_marks_and_currencies(typed: str, meant: str) -> None:
    assert read_amount(typed, C) == Decimal(meant)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("#####", Missing.LOST),
        ("included above", Missing.ELSEWHERE),
        ("see note 4", Missing.ELSEWHERE),
        ("siehe Zeile 12", Missing.ELSEWHERE),
        ("inclus ci-dessus", Missing.ELSEWHERE),
        ("zie post 3", Missing.ELSEWHERE),
        ("nfp", Missing.WITHHELD),
        ("vertraulich", Missing.WITHHELD),
        ("(confidential)", Missing.WITHHELD),
        ("to follow", Missing.TO_FOLLOW),
        ("10,000-20,000", Missing.RANGE),
        ("up to 50,000", Missing.RANGE),
        ("bis zu 50.000", Missing.RANGE),
        ("< 500", Missing.RANGE),
        ("between 5,000 and 10,000", Missing.RANGE),
        ("£2,000 to £3,000", Missing.RANGE),
        ("50,000 or more", Missing.RANGE),
        ("10.000 – 20.000", Missing.RANGE),
        ("n/a", Missing.NOT_GIVEN),
    ],
)
def test_what_stands_in_place_of_an_amount_says_why(typed: str, why: Any) -> None:
    assert read_text(typed)[0] is why


@pytest.mark.parametrize("kind", ["withheld", "elsewhere", "to_follow", "not_given", "errors"])
def test_every_listed_word_is_known_in_place_of_an_amount(kind: Any) -> None:
    assert all(in_place(word.strip()) for word in words(kind))


@pytest.mark.parametrize(
    "typed",
    [
        "12 posts",
        "3a",
        "500 m²",
        "2016-17",
        "10-12",
        "01234 567890",
        "A1",
        "1,234 (500)",
        "5 posts (a)",
        "Ward 3*",
        "Phase 2 (a)",
    ],
)
def test_words_with_figures_are_no_amounts(typed: str) -> None:
    assert not isinstance(read_text(typed), AmountText)


SERVICES = ["Adult care", "Children", "Highways", "Waste", "Libraries"]


def table(*amounts: Any, header: str = "Budget £") -> Any:
    return read(
        [["Service", header], *([name, amount] for name, amount in zip(SERVICES, amounts, strict=False))]
    )


@pytest.mark.parametrize("flag", ["r", "p", "e"])
def test_a_letter_on_bare_digits_is_a_flag_among_amounts_and_a_code_elsewhere(flag: Any) -> None:
    assert loaded(table("412500", f"388250{flag}", "120400")) == 921150
    codes = read(
        [
            ["Code", "Service", "Budget £"],
            *([f"41{k}0{flag}", name, 1000.0 + k] for k, name in enumerate(SERVICES)),
        ]
    )
    assert loaded(codes) == 5010


@pytest.mark.parametrize(
    ("amounts", "total"),
    [
        (("412,500", "included above", "120,400", "see note 4", "41,200"), 574100),
        (("included in Highways", "388,250", "120,400", "96,350", "41,200"), 646200),
        (("#######", "388,250", "#######", "96,350", "1,000"), 485600),
        (("10,000-20,000", "up to 50,000", "30,000", "45,000", "1,000"), 76000),
        (("412,500", "commercial in confidence", "120,400", "to follow", "41,200"), 574100),
    ],
)
def test_each_cell_that_gives_no_amount_is_named_and_the_others_are_loaded(
    amounts: Any, total: Decimal | int
) -> None:
    reading = table(*amounts)
    assert loaded(reading) == total
    named = " ".join(str(problem) for one in reading.tables for problem in one.problems)
    for row, amount in enumerate(amounts, start=2):
        if not amount[0].isdigit() or "-" in amount:
            assert f"B{row}" in named, named


def test_marks_beside_amounts_are_told_once_for_their_column() -> None:
    reading = table("412,500", "388,250*", "120,400 (a)", "96,350 [1]", "41,200")
    assert loaded(reading) == 1058700
    (told,) = [p for p in reading.tables[0].problems if p.code == "marked-amounts"]
    assert "B3" in str(told)
    assert "(a)" in told.sentence


@pytest.mark.parametrize("header", ["Restricted", "Confidential", "Pending", "Maximum", "Unknown"])
def test_a_header_that_could_be_a_mark_stays_a_header(header: str) -> None:
    reading = read(
        [
            ["Service", header, "Total £"],
            *([name, 107.0 + k * k, 340.0 + k * k] for k, name in enumerate(SERVICES)),
        ]
    )
    assert next(m.name for m in reading.tables[0].measures) == header


def test_thousands_are_told_from_fractions_by_the_language_or_asked() -> None:
    def of(header: Any, *amounts: Any) -> Any:
        out = io.StringIO()
        csv.writer(out, delimiter=";").writerows(
            [header, *zip(["Zorg", "Jeugd", "Wegen", "Afval"], amounts, strict=True)]
        )
        return read(read_text_file(out.getvalue().encode(), "a.csv").rows)

    dutch = of(["Dienst", "Begroting €"], "412.500", "388.250", "120.400", "96.350")
    assert loaded(dutch) == 1017500
    assert any(question.key.startswith("points:") for question in dutch.questions)
    mixed = of(["Voce", "Importo €"], "50.32", "1.000", "2.450", "17.90")
    assert any("thousand" in option for question in mixed.questions for option in question.options)


@pytest.mark.parametrize("mark", ["nfp", "vertraulich", "to follow", "c.i.c.", "not for publication"])
def test_a_row_of_marks_is_no_header(mark: Any) -> None:
    rows = [[name, 412537 + 9 * k, 388264 + 11 * k, 120418 + 13 * k] for k, name in enumerate(SERVICES)]
    rows[2][1:] = [mark] * 3
    reading = read([["Service", "Budget 2024-25 £", "Budget 2025-26 £", "Budget 2026-27 £"], *rows])
    assert len(reading.tables) == 1
    assert reading.tables[0].header_rows == (1,)
    assert reading.tables[0].measures[0].total == sum(412537 + 9 * k for k in (0, 1, 3, 4))


@pytest.mark.parametrize(
    "amounts",
    [(1362, 5374, 1991, 2033, 2012), (1991, 5374, 2012, 4196, 980), (2016, 2017, 2018, 41000, 52000)],
)
@pytest.mark.parametrize("year", [True, False])
def test_amounts_that_look_like_years_are_amounts(amounts: Any, year: int | str) -> None:
    rows = [[name, *([2024] if year else []), amount] for name, amount in zip(SERVICES, amounts, strict=True)]
    reading = read([["Service", *(["Year"] if year else []), "Amount £"], *rows])
    assert loaded(reading) == sum(amounts)


@pytest.mark.parametrize("years", [(201617, 201718, 201819), (202526, 202627), (20242025, 20252026)])
def test_financial_years_written_together_head_their_columns(years: tuple[str, ...]) -> None:
    rows = [
        [name, *(1000.0 * (k + 2) ** 2 + n for n, _ in enumerate(years))] for k, name in enumerate(SERVICES)
    ]
    table_read = read([["Service", *map(float, years)], *rows]).tables[0]
    assert [m.year for m in table_read.measures] == [f"{str(y)[:4]}-{str(y)[-2:]}" for y in years]


@pytest.mark.parametrize(
    "numbering",
    [
        ["a", "b", "text", 1, 2],
        ["1", "2", "3", "4", "5"],
        ["(a)", "(b)", "(c)", "(d)", "(e)"],
        ["a", "b", "x", "1", "2"],
        [1, 2, 3, 4, 5],
    ],
)
def test_a_row_that_numbers_the_columns_is_no_header_and_no_line(numbering: list[Any]) -> None:
    rows = [
        [f"22{k}2", f"50{k}1", name, 412537 - 9001 * k, 413037 - 9003 * k] for k, name in enumerate(SERVICES)
    ]
    reading = read(
        [["Paragraph", "Item", "Service", "Approved budget £", "Revised budget £"], numbering, *rows]
    )
    assert reading.tables[0].measures[-2].total == sum(412537 - 9001 * k for k in range(5))
    assert reading.tables[0].measures[-2].name == "Approved budget £"


@pytest.mark.parametrize("style", list(Style))
def test_what_begins_as_words_is_neither_an_amount_nor_a_mark_in_place_of_one(style: Style) -> None:
    kinds = ("approximately", "remarks", "withheld", "elsewhere", "to_follow", "not_given", "range", "errors")
    marks = [word for kind in kinds for word in words(kind)]
    names = [
        "Supplier",
        "Payments for item",
        "Estates",
        "Aufwand",
        "\u0394\u0391\u03a0\u0391\u039d\u0395\u03a3",
    ]
    forms = ("{}", "{} 412,500", "{}412.50", "{} (4)", '"{} 4"', "{} 5 - 6")
    texts = [form.format(mark) for mark in (*marks, *currencies(), "eurdr", *names) for form in forms]
    passed_over = [text for text in texts if begins_as_words(text)]
    assert {f"{name} 412,500" for name in names} <= set(passed_over)
    assert [text for text in passed_over if read_text(text, style) is not None] == []
