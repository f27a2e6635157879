"""Files that hold both sides: what comes in is taken off what goes out, and never added to it."""

from decimal import Decimal

import pytest

from budget_model.intake.reading import Reading, lines
from budget_model.vocabulary import Side
from tests.intake.sheets import keys, only, read, sheet

SPENT, EARNED = (412_537.0, 388_264.0, 120_418.0), (60_000.0, 40_000.0)


def net(reading: Reading) -> Decimal:
    """What is spent less what is earned, of all that would be loaded."""
    loaded = lines(reading)
    return sum(
        (
            read_line.amount if read_line.side is Side.EXPENDITURE else -read_line.amount
            for read_line in loaded
        ),
        Decimal(0),
    )


def book(header: str, out: str, into: str, *more: tuple[str, float]) -> Reading:
    names = ["Care", "Schools", "Roads", "Fees", "Taxes"]
    kinds = [out] * 3 + [into] * 2
    rows = [[n, k, a] for n, k, a in zip(names, kinds, (*SPENT, *EARNED), strict=True)]
    rows += [["Other", kind, amount] for kind, amount in more]
    return read([["Service", header, "Budget 2025 £"], *rows])


@pytest.mark.parametrize(
    ("header", "out", "into"),
    [
        ("EIN/AUS", "AUSGABE", "EINNAHME"),
        ("Art", "Aufwand", "Ertrag"),
        ("ExpenseRevenue", "E", "R"),
        ("D/C", "D", "C"),
        ("S/H", "S", "H"),
        ("Sens", "D", "R"),
        ("Sens", "Dépense", "Recette"),
        ("Parte", "Spesa", "Entrata"),
        ("E/U", "U", "E"),
        ("Tipo", "G", "I"),
        ("Tipo", "Gasto", "Ingreso"),
        ("Natureza", "Despesa", "Receita"),
        ("Soort", "Uitgaven", "Inkomsten"),
        ("Baten/Lasten", "L", "B"),
        ("Rodzaj", "Wydatki", "Dochody"),
        ("Strona", "Wn", "Ma"),
        ("Druh", "Výdaje", "Příjmy"),
        ("Jelleg", "Kiadás", "Bevétel"),
        ("Вид", "Разходи", "Приходи"),
        ("Тип", "Видатки", "Доходи"),
        ("Vrsta", "Rashodi", "Prihodi"),
        ("Type", "Udgift", "Indtægt"),
        ("Tyyppi", "Menot", "Tulot"),
        ("Είδος", "Δαπάνες", "Έσοδα"),
        ("Tür", "Gider", "Gelir"),
        ("", "1 - Expenditure", "2 - Income"),
    ],
)
def test_a_column_that_says_the_side_of_each_row_is_read_in_many_languages(
    header: str, out: str, into: str
) -> None:
    reading = book(header, out, into)
    assert net(reading) == int(sum(SPENT) - sum(EARNED))
    assert keys(reading) == []


def test_letters_under_a_header_that_says_nothing_are_asked_about() -> None:
    assert "side" in keys(book("Ward", "D", "C"))


def test_letters_that_are_no_pair_part_nothing() -> None:
    reading = book("Grade", "A", "B")
    assert net(reading) == int(sum(SPENT) + sum(EARNED))


def test_financing_is_neither_earned_nor_spent_and_is_asked_about() -> None:
    reading = book("Type", "Expenditure", "Revenue", ("Financing", 700_000.0))
    assert net(reading) == int(sum(SPENT) - sum(EARNED))
    assert any(question.key.endswith("financing") for question in reading.questions)


def test_what_a_direction_column_calls_a_result_is_not_added() -> None:
    reading = book("Type", "Expenditure", "Revenue", ("Balance", 821_219.0))
    assert net(reading) == int(sum(SPENT) - sum(EARNED))


def test_the_header_of_a_column_names_its_side_in_other_languages() -> None:
    table = only(
        read(
            [
                ["Bezeichnung", "Aufwand 2025 €", "Ertrag 2025 €"],
                ["Pflege", 412_537.0, 60_000.0],
                ["Schulen", 388_264.0, 40_000.0],
                ["Vertrag", 1_001.0, 7.0],
            ]
        )
    )
    assert table.side_of_column == {1: 1, 2: 2}


SIDES = [
    ("Einnahmen", "Ausgaben"),
    ("Erträge", "Aufwendungen"),
    ("Recettes", "Dépenses"),
    ("Entrate", "Spese"),
    ("Baten", "Lasten"),
    ("Dochody", "Wydatki"),
    ("Příjmy", "Výdaje"),
    ("Приходи", "Разходи"),
    ("Tulot", "Menot"),
]
NAMES = ["A-dorf", "B-stadt", "C-heim"]


@pytest.mark.parametrize(("into", "out"), SIDES)
def test_headings_of_another_language_part_income_from_expenditure(into: str, out: str) -> None:
    earned = [[name, amount] for name, amount in zip(NAMES, EARNED, strict=False)]
    spent = [[name, amount] for name, amount in zip(NAMES, SPENT, strict=True)]
    truth = int(sum(SPENT) - sum(EARNED))
    assert net(read([["Name", "£"], [into.upper()], *earned, [out.upper()], *spent])) == truth
    assert (
        net(read([[f"{into} £"], ["Name", "2025"], *earned, [], [f"{out} £"], ["Name", "2025"], *spent]))
        == truth
    )
    sheets = [sheet(into, [["Name", "£"], *earned]), sheet(out, [["Name", "£"], *spent[::-1]])]
    assert net(read(*sheets)) == truth
