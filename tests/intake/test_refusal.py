import pytest

from budget_model.intake.files.formats import open_workbook
from budget_model.intake.reading import understand
from tests.intake.sheets import keys, loaded, only, read, sheet


def test_a_file_that_counts_dwellings_is_refused_with_a_reason() -> None:
    rows = [
        ["Table 100: number of dwellings by tenure and district"],
        ["Authority", "Private", "Social", "Total"],
        *([f"Body {k}", 1000.0 + k, 300.0, 1300.0 + k] for k in range(20)),
    ]
    refused = read(rows).refused
    assert refused is not None
    assert "number of dwellings" in refused


def test_an_empty_return_form_is_refused() -> None:
    rows = [["Form £000"], ["Line", "2015/16", "2016/17"], *([f"Line {k}", 0.0, 0.0] for k in range(20))]
    assert "not filled in" in (read(rows).refused or "")


def test_words_alone_are_no_budget() -> None:
    assert "no table of figures" in (
        read([["Dear colleague"], ["Please find the budget attached."]]).refused or ""
    )


def test_counts_and_rates_alone_are_no_budget() -> None:
    assert read([["School", "Pupils", "Attendance %"], ["A", 210.0, 0.95], ["B", 180.0, 0.93]]).refused


def test_one_sheet_of_counts_does_not_spoil_a_budget() -> None:
    staff = sheet("Staff", [["Service", "FTE"], ["Parks", 12.0], ["Waste", 30.5]])
    budget = sheet("Budget", [["Service", "Budget £"], ["Parks", 1203.0], ["Waste", 807.0]])
    reading = read(staff, budget)
    assert only(reading).sheet == "Budget"
    assert loaded(reading) == 2010


@pytest.mark.slow
@pytest.mark.parametrize("quote", ['"', ""])
def test_one_cell_of_many_million_letters_is_no_fault_of_the_program(quote: str) -> None:
    text = f"Service,Note,Amount £\nRoads,{quote}{'x' * 17_000_000}{quote},412537\nParks,,120418\n"
    book = open_workbook(text.encode(), "long.csv")
    assert loaded(understand(book)) == 532_955


def test_a_sheet_of_rates_beside_a_budget_is_guessed_to_be_no_money() -> None:
    budget = sheet("Budget", [["Service", "Budget £"], ["Parks", 2_311], ["Museums", 645]])
    rates = sheet("Assumptions", [["Item", "Value"], ["Pay award", 0.03], ["Inflation", 0.025]])
    reading = read(budget, rates)
    assert loaded(reading) == 2_956
    assert keys(reading) == ["money"]


@pytest.mark.parametrize("header", ["Net book value £", "Balance at 31 March 2025 £", "Restbuchwert (EUR)"])
def test_what_is_held_at_a_date_is_asked_about_before_it_is_loaded(header: str) -> None:
    rows = [["Asset", header], ["Town hall", 5_012_000.0], ["Depot", 2_003_000.0], ["Land", 300_700.0]]
    reading = read(rows)
    assert "load" in keys(reading)
    assert loaded(reading) == 7_315_700
    answers = {question.key: "leave it out" for question in reading.questions if "load" in question.key}
    assert not loaded(read(rows, answers=answers))


def test_what_a_year_costs_is_loaded_without_that_question() -> None:
    rows = [["Service", "Net cost £"], ["Parks", 5_012_000.0], ["Roads", 2_003_000.0], ["Arts", 300_700.0]]
    assert "load" not in keys(read(rows))
