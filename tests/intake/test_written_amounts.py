"""Amounts as other countries and other printers write them: scales, dots, notes, leaders and quotation marks."""

from decimal import Decimal

import pytest

from budget_model.intake.files import delimited
from budget_model.intake.files.amounts import AmountText, read_text
from budget_model.intake.sheet.units import unit_in
from tests.intake.sheets import keys, loaded, read


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("412千円", 412_000),
        ("412 tkr", 412_000),
        ("TEUR 412", 412_000),
        ("412 TEUR", 412_000),
        ("412 triệu đồng", 412_000_000),
        ("R$ 412 milhões", 412_000_000),
        ("412 mia. kr.", 412_000_000_000),
        ("412 ألف ريال", 412_000),
        ("412 ezer Ft", 412_000),
        ("412 bin TL", 412_000),
        ("Rp 412 juta", 412_000_000),
    ],
)
def test_an_amount_says_its_scale_in_any_language(text: str, amount: int) -> None:
    answer = read_text(text)
    assert isinstance(answer, AmountText)
    assert answer.amount == amount


@pytest.mark.parametrize(
    "text",
    [
        "412,5371)",
        "412,537 1",
        "412,537 {2}",
        "412,537¹'²",
        "412,537²⁾",
        "........ 412,537",
        "… 412,537",
        "412,537 .....",
    ],
)
def test_notes_and_leaders_beside_an_amount_are_no_digits_of_it(text: str) -> None:
    answer = read_text(text)
    assert isinstance(answer, AmountText)
    assert answer.amount == 412_537


@pytest.mark.parametrize("text", ["12 posts", "412 537 12", "2024 12", "12 mil"])
def test_what_is_no_amount_stays_a_text(text: str) -> None:
    assert not isinstance(read_text(text), AmountText)


@pytest.mark.parametrize("written", ["{} kr.", "{} Ft", "{} lei", "Rp {}", "{} đ", "{} €"])
def test_dots_part_thousands_beside_a_currency_that_is_written_so(written: str) -> None:
    rows = [
        ["Post", "2025"],
        *[[f"Line {k}", written.format(text)] for k, text in enumerate(("412.537", "96.350"))],
    ]
    assert loaded(read(rows)) == 508_887


@pytest.mark.parametrize(
    ("text", "currency", "factor"),
    [
        ("in 1000 CHF", "CHF", 1000),
        ("in 1.000 EUR", "EUR", 1000),
        ("GBPm", "GBP", 1_000_000),
        ("kCHF", "CHF", 1000),
        ("Rp triliun", "IDR", 1_000_000_000_000),
        ("ათასი ლარი", "GEL", 1000),
    ],
)
def test_a_unit_is_read_as_it_is_written_beside_a_currency(text: str, currency: str, factor: int) -> None:
    unit = unit_in(text)
    assert unit is not None
    assert (unit.currency, unit.factor) == (currency, factor)


@pytest.mark.parametrize(
    "text",
    [
        "'Service','Budget £'\n'Parks','75,209'\n'Arts, all','900'\n",
        "“Service”,“Budget £”\n“Parks”,“75,209”\n“Arts, all”,“900”\n",
        'Service,Budget £\n"Parks ........ 75,209",\n"Roads ..... 120,418",\n"Arts ........... 900",\n',
    ],
)
def test_cells_in_other_quotation_marks_and_behind_rows_of_dots_are_cells(text: str) -> None:
    rows = delimited.read(text.encode(), "budget.csv").rows
    assert rows[0] == ["Service", "Budget £"]
    assert rows[1] == ["Parks", "75,209"]


def test_a_total_called_by_its_sign_is_no_line() -> None:
    rows = [["", "2025 £"], ["Parks", 412_537], ["dont jardins", 150_000], ["Roads", 199_212], ["Σ", 611_749]]
    assert loaded(read(rows)) == Decimal(611_749)


@pytest.mark.parametrize(
    "words", ["del cual", "o hynny:", "kati ya hizo:", "ในจำนวนนี้", "od kojih", "thereof"]
)
def test_a_part_of_the_line_above_is_counted_once(words: str) -> None:
    rows = [["", "2025 £"], ["Parks", 412_537], [f"{words} trees", 150_000], ["Roads", 199_212]]
    assert loaded(read(rows)) == Decimal(611_749)


def test_points_before_three_digits_of_euros_in_english_are_asked_about() -> None:
    reading = read([["Service", "Budget (EUR)"], ["Roads", "412.537"], ["Parks", "388.251"]])
    assert "points" in keys(reading)
    assert "points" not in keys(
        read([["Service", "Budget (EUR)"], ["Roads", "412.53"], ["Parks", "1,388.25"]])
    )
