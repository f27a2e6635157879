"""Money that stands in a workbook twice is asked about, and the best guess counts it once."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from tests.intake.sheets import Rows, loaded, read, sheet

HEAD = ["Directorate", "Service", "2025-26 Budget £"]
LINES: Rows = [
    ["Adults", "Residential care", 12_500_000.0],
    ["Adults", "Home care", 8_200_000.0],
    ["Children", "Looked after children", 9_100_000.0],
    ["Children", "Early help", 2_150_000.0],
    ["Highways", "Road maintenance", 3_300_000.0],
    ["Highways", "Street lighting", 1_200_000.0],
]
WHOLE = 36_450_000


def book(lines: Rows = LINES, head: list[str] = HEAD, total: bool = True) -> Rows:
    """A budget as one sheet: its header, its lines and their total."""
    summed = [["Total", "", sum(float(line[2] or 0) for line in lines)]] if total else []
    return [list(head), *[list(line) for line in lines], *summed]


def changed(lines: Rows, row: int, amount: float) -> Rows:
    """The same lines, one with another amount."""
    return [[*line[:2], amount] if k == row else list(line) for k, line in enumerate(lines)]


def in_units(factor: float, places: int) -> Rows:
    """The same lines rounded to a coarser unit."""
    return [[*line[:2], round(float(line[2] or 0) / factor, places)] for line in LINES]


PENNIES: Rows = [
    ["Adults", "Residential care", 1_250_417.25],
    ["Adults", "Home care", 820_113.50],
    ["Children", "Looked after children", 910_778.13],
    ["Children", "Early help", 215_091.02],
    ["Highways", "Road maintenance", 330_662.75],
]
REWORDED: Rows = [
    [a, b, line[2]]
    for (a, b), line in zip(
        [
            ("Care", "Homes for older people"),
            ("Care", "Care in people's own homes"),
            ("Families", "In care"),
            ("Families", "Prevention"),
            ("Place", "Roads"),
        ],
        PENNIES,
        strict=True,
    )
]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("Budget", book()), ("Budget (2)", book())),
        (("Budget", book()), ("Copy of Budget", book(total=False))),
        (("Sheet1", book()), ("Sheet2", book())),
        (("Draft", book(changed(LINES, 2, 9_150_000.0))), ("Final", book())),
        (("Original", book()), ("Revised", book(changed(LINES, 2, 9_150_000.0)))),
        (("Budget", book()), ("By amount", book(sorted(LINES, key=lambda line: -float(line[2] or 0))))),
        (("Budget", book()), ("Print", book(in_units(1000, 1), ["Directorate", "Service", "2025-26 £000"]))),
        (
            ("Budget", book()),
            ("For members", book(in_units(1e6, 2), ["Directorate", "Service", "2025-26 £m"])),
        ),
        (("Budget", book()), ("Print", book(in_units(1000, 0), ["Directorate", "Service", "2025-26"]))),
        (("Budget", book()), ("Old", book(LINES[:4]))),
        (("Budget", book()), ("Working", [["Service", "£"], *[line[1:] for line in LINES]])),
    ],
    ids=lambda one: one[0],
)
def test_a_budget_that_stands_on_two_sheets_is_asked_about_and_counted_once(
    first: tuple[str, list[Any]], second: tuple[str, list[Any]]
) -> None:
    reading = read(sheet(*first), sheet(*second))
    assert loaded(reading) == WHOLE
    assert any("same" in question.ask for question in reading.questions)


def test_the_question_says_what_is_the_same_and_how_much() -> None:
    reading = read(sheet("Budget", book()), sheet("Copy", book(changed(LINES, 2, 9_150_000.0))))
    ask = next(question.ask for question in reading.questions if question.key.startswith("twice"))
    assert "'Copy' holds the same lines as 'Budget', some with other amounts" in ask
    assert "5 lines with the same amount, £27.4m gross" in ask


def test_the_same_amounts_under_other_words_are_the_same_money() -> None:
    reading = read(sheet("Budget", book(PENNIES)), sheet("Public", book(REWORDED)))
    assert loaded(reading) == sum(Decimal(str(line[2])) for line in PENNIES)
    assert any(question.key.startswith("twice") for question in reading.questions)


def test_three_versions_are_one_question_and_the_final_one_is_the_best_guess() -> None:
    reading = read(
        sheet("Draft", book(changed(LINES, 0, 12_400_000.0))),
        sheet("Version 2", book(changed(LINES, 1, 8_250_000.0))),
        sheet("Final", book()),
    )
    asked = [question for question in reading.questions if question.key.startswith("twice")]
    assert [question.best for question in asked] == ["once, from Final"]
    assert loaded(reading) == WHOLE


def test_a_sheet_of_every_line_beside_a_sheet_for_each_directorate_is_counted_once() -> None:
    of = {name: [line for line in LINES if line[0] == name] for name in ("Adults", "Children", "Highways")}
    alone = [sheet(name, [["Service", "Budget £"], *[line[1:] for line in own]]) for name, own in of.items()]
    data = [["Portfolio", "Service", "Type", "Budget £"], *[[a, b, "Pay", c] for a, b, c in LINES]]
    reading = read(*alone, sheet("Data", data))
    assert loaded(reading) == WHOLE
    assert any(question.key.startswith("twice") for question in reading.questions)


def test_what_the_officer_answers_is_loaded() -> None:
    sheets = sheet("Budget", book()), sheet("Copy", book())
    asked = next(question for question in read(*sheets).questions if question.key.startswith("twice"))
    assert loaded(read(*sheets, answers={asked.key: "add them up"})) == 2 * WHOLE
    again = read(*sheets, answers={asked.key: "once, from Copy"})
    assert [again.tables[k].sheet for k in again.chosen] == ["Copy"]
    assert not again.questions


@pytest.mark.parametrize("names", [("April", "May"), ("Q1", "Q2"), ("Period 1", "Period 2")])
def test_equal_parts_of_a_year_add_up_unless_the_officer_says_otherwise(names: tuple[str, ...]) -> None:
    reading = read(*(sheet(name, book()) for name in names))
    assert loaded(reading) == 2 * WHOLE
    assert reading.questions


def _other(of: Callable[[int], float]) -> Rows:
    return [[*line[:2], of(k)] for k, line in enumerate(LINES)]


def test_the_same_services_of_two_areas_are_not_taken_for_one_another() -> None:
    reading = read(
        sheet("North", book(_other(lambda k: 310_000.0 + 17_000 * k))),
        sheet("South", book(_other(lambda k: 650_000.0 - 41_000 * k))),
    )
    assert loaded(reading) == 2_115_000 + 3_285_000
    assert not any(question.key.startswith("twice") for question in reading.questions)


def test_two_columns_under_one_header_are_asked_about_and_counted_once() -> None:
    rows = [["Service", "2025-26 £", "2025-26 £"], *[[b, c, float(c or 0) * 1.02] for _, b, c in LINES]]
    reading = read(rows)
    assert loaded(reading) == WHOLE
    asked = next(question for question in reading.questions if question.key.startswith("header-twice"))
    assert asked.options == ("only column B", "only column C", "add them up")
    again = read(rows, answers={asked.key: "only column C"})
    assert loaded(again) == Decimal("37179000")


def test_a_total_across_proves_that_columns_under_one_header_add_up() -> None:
    rows = [
        ["Service", "£", "£", "Total £"],
        *[[b, c, 50_000.0, float(c or 0) + 50_000] for _, b, c in LINES],
    ]
    reading = read(rows)
    assert loaded(reading) == WHOLE + 300_000
    assert not any(question.key.startswith("header-twice") for question in reading.questions)


@pytest.mark.parametrize(
    ("names", "once"),
    [
        (("North", "South"), False),
        (("Ward A", "Ward B"), False),
        (("Bezirk 1", "Bezirk 2"), False),
        (("Draft", "Final"), True),
    ],
)
def test_sheets_of_parts_of_a_place_that_are_nearly_alike_are_asked_about_and_add_up(
    names: tuple[str, str], once: bool
) -> None:
    sheets = [
        sheet(name, book(lines))
        for lines, name in zip((LINES, changed(LINES, 1, 8_300_000.0)), names, strict=True)
    ]
    reading = read(*sheets)
    assert any(question.key.startswith("twice:") for question in reading.questions)
    assert loaded(reading) == (36_550_000 if once else 73_000_000)


@pytest.mark.parametrize("name", ["Q{}", "{}. Quartal", "Quarter {}"])
def test_sheets_of_the_quarters_of_a_year_add_up(name: str) -> None:
    quarters = [
        sheet(name.format(q), [["Service", "£"], ["Roads", 500 + q], ["Parks", 300 + 2 * q]])
        for q in range(1, 5)
    ]
    assert loaded(read(*quarters)) == 4 * 800 + 3 * 10
