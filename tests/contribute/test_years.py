"""No figure is loaded under another year in silence: the file's own words are held against the year asked for."""

from decimal import Decimal
from typing import Any

import pytest

from budget_model.contribute.about import About, organisation_of
from budget_model.contribute.understood import YEAR, understood
from tests.contribute.files import read
from tests.towns import town

BOOK = """Service,FY24 Appropriation £,FY25 Budget £
Roads,412537,421000
Parks,120418,125333
Libraries,96353,99120
"""
MONTHS = ["Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan", "Feb", "Mar"]


def table(head: Any, title: str = "") -> Any:
    """One budget of three services under a header, and perhaps a title."""
    lines = [f"Roads,{421_337},", f"Parks,{125_333},", f"Libraries,{99_120},"]
    rows = [*([title, ""] if title else []), f"Service,{head}", *(line.rstrip(",") for line in lines)]
    return "\n".join(rows) + "\n"


def monthly(first_year: Any) -> Any:
    """Twelve months of one financial year, side by side, in pounds."""
    years = [first_year] * 9 + [first_year + 1] * 3
    head = ",".join(f"{month}-{year % 100:02}" for month, year in zip(MONTHS, years, strict=True))
    lines = [
        f"{name}," + ",".join(str(amount + 7 * k) for k in range(12))
        for name, amount in (("Roads", 40_113), ("Parks", 10_227), ("Libraries", 8_551))
    ]
    return "\n".join([f"Service £,{head}", *lines]) + "\n"


def found(text: Any, year: Any, file: str = "budget.csv", answers: Any = None) -> Any:
    about, answers = About("council", year), answers or {}
    body = organisation_of(town(), "council")
    return understood(read(text.encode(), file, answers), about, body, answers)


def asked(text: Any, year: Any, file: str = "budget.csv") -> Any:
    return [question.ask for question in found(text, year, file).questions if question.key == YEAR]


@pytest.mark.parametrize(("year", "total"), [("2023-24", 629_308), ("2024-25", 645_453)])
def test_a_fiscal_year_is_the_one_that_ends_in_it_and_each_year_of_a_book_is_loaded_by_its_own(
    year: int | str, total: Decimal | int
) -> None:
    made = found(BOOK, year)
    assert made.read_total == total
    assert not asked(BOOK, year)


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("FY24 £", ""),
        ("Mar-24 £", ""),
        ("Position at 31/03/2024 £", ""),
        ("Budget 2023/24 £", ""),
        ("2023 £", ""),
        ("£", "Revenue budget 2023-24"),
        ("£", "Budget for the year ended 31 March 2024"),
        ("£", "Council budget Y/E Mar 24"),
        ("£", "Budget FY 2023/24"),
        ("2025-26 £", "Budget report of March 2025"),
    ],
)
def test_a_file_whose_own_words_say_another_year_is_asked_about(head: str, title: str) -> None:
    assert len(asked(table(head, title), "2024-25")) == 1


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("FY25 £", ""),
        ("Mar-25 £", ""),
        ("2024-25 £", "Budget 2023-24 and 2024-25"),
        ("2024 £", ""),
        ("£", "Budget for the year to 31 March 2025"),
        ("£", "Approved in February 2024"),
        ("£", "Budget 2024-25 with the outturn of 2022-23"),
        ("£", ""),
    ],
)
def test_a_file_that_says_the_year_asked_for_or_none_is_not_asked_about(head: str, title: str) -> None:
    assert not asked(table(head, title), "2024-25")


@pytest.mark.parametrize("file", ["budget_2023-24.csv", "Budget 2023-2024 final.csv", "council-FY24.csv"])
def test_the_name_of_the_file_counts_where_nothing_in_it_says_a_year(file: str) -> None:
    assert asked(table("£"), "2024-25", file)
    assert not asked(table("2024-25 £"), "2024-25", file)


def test_the_months_of_the_year_asked_for_are_not_another_year() -> None:
    assert not asked(monthly(2024), "2024-25")
    assert asked(monthly(2024), "2025-26")


def test_the_question_names_the_year_and_yes_loads_it() -> None:
    text = table("Mar-25 £")
    assert asked(text, "2025-26") == ["The figures are of 2024-25. Load them as 2025-26 all the same?"]
    assert not [
        question
        for question in found(text, "2025-26", answers={YEAR: "yes"}).questions
        if question.key == YEAR
    ]


@pytest.mark.parametrize(("year", "total"), [("2024-25", 629_308), ("2025-26", 645_453)])
def test_columns_headed_by_year_ends_are_of_the_years_that_end_there_and_are_asked_about(
    year: str, total: int
) -> None:
    text = BOOK.replace("FY24 Appropriation £", "2025-03-31").replace("FY25 Budget £", "2026-03-31")
    made = found(text.replace("Service", "Service £"), year)
    assert made.read_total == total
    assert any(question.key.startswith("choice") for question in made.questions)
    assert not asked(text, year)
