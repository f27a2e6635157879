"""A workbook to fill in comes back whole, and without a question."""

import io
from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from budget_model.contribute.about import About
from budget_model.contribute.compose import Composed, Said, compose
from budget_model.contribute.paying import How
from budget_model.contribute.submission import ServiceShare
from budget_model.contribute.template import attention_for, named, template_for
from budget_model.vocabulary import Reconciliation, Side
from tests.contribute.files import read, workbook
from tests.towns import YEAR, line, town

COUNCIL = About("council", YEAR)
BEFORE = (
    line("Care homes", 90_000, "care", code="100", headings=("Adults",), funding_stream="grant"),
    line("Fees", 5_000, "care", code="110", side=Side.INCOME),
    line("Road repairs", 10_000, {"roads": "0.6", "safety": "0.4"}, code="300"),
)


def composed(data: bytes, about: Any = COUNCIL, **said: Any) -> Composed:
    return compose(read(data, "template.xlsx"), Said(about, **said), town())


def test_last_year_s_lines_come_back_without_a_question_and_reconciled() -> None:
    made = composed(template_for(COUNCIL, town(), BEFORE, "2015-16", with_amounts=True))
    assert made.understood.questions == ()
    assert made.understood.problems == ()
    assert made.agreement.state is Reconciliation.RECONCILED
    assert made.submission.read_total == 95_000
    assert [
        (budget_line.description, budget_line.amount, budget_line.side)
        for budget_line in made.submission.lines
    ] == [(budget_line.description, budget_line.amount, budget_line.side) for budget_line in BEFORE]


def test_what_the_drop_downs_say_is_taken_splits_included() -> None:
    made = composed(template_for(COUNCIL, town(), BEFORE, "2015-16", with_amounts=True))
    assert {paid.how for paid in made.paid} == {How.NAMED}
    assert [budget_line.services for budget_line in made.submission.lines] == [
        budget_line.services for budget_line in BEFORE
    ]
    assert made.submission.lines[0].funding_stream == "grant"


def test_an_officer_fills_the_empty_template_in_and_it_is_read() -> None:
    book = openpyxl.load_workbook(io.BytesIO(template_for(COUNCIL, town(), BEFORE, "2015-16")))
    sheet = book["Budget"]
    for cell, amount in (("G6", 91_000), ("H7", 6_000), ("G8", 12_000.50)):
        assert sheet[cell].value is None
        sheet[cell] = amount
    sheet["C9"], sheet["D9"], sheet["G9"] = "Bridges", "Roads", 1_000
    sheet["G5"], sheet["H5"] = 104_000.50, 6_000
    kept = io.BytesIO()
    book.save(kept)
    made = composed(kept.getvalue())
    assert made.understood.questions == ()
    assert made.submission.read_total == Decimal("98000.50")
    assert made.agreement.state is Reconciliation.RECONCILED
    assert made.submission.lines[-1].services == (ServiceShare("roads", Decimal(1)),)


def test_an_organisation_that_never_sent_anything_gets_an_empty_one_with_the_place_s_services() -> None:
    book = openpyxl.load_workbook(io.BytesIO(template_for(COUNCIL, town(), (), "")))
    services = [cell.value for cell in book["Choices"]["A"]][1:]
    assert services == [service.name for service in town().services]
    assert len(book["Budget"].data_validations.dataValidation) >= 3


@pytest.mark.parametrize(("with_amounts", "said"), [(True, "Ready"), (False, "Not yet")])
def test_the_checklist_says_whether_it_is_ready_before_anybody_recalculates(
    with_amounts: bool, said: str
) -> None:
    data = template_for(COUNCIL, town(), BEFORE, "2015-16", with_amounts=with_amounts)
    sheet = openpyxl.load_workbook(io.BytesIO(data), data_only=True)["Checklist"]
    assert next(row[1].value for row in sheet.iter_rows() if row[0].value == "Ready to send") == said
    formulas = openpyxl.load_workbook(io.BytesIO(data))["Checklist"]
    assert str(formulas["B4"].value).startswith("=IF(")
    assert len(formulas.conditional_formatting) > 0


def test_the_rows_that_need_attention_come_first_and_the_file_is_still_the_whole() -> None:
    first = composed(workbook())
    data = attention_for(first, town())
    again = composed(data)
    assert again.submission.read_total == first.submission.read_total
    assert again.agreement.state is Reconciliation.RECONCILED
    assert again.understood.questions == ()
    assert len(again.submission.lines) == 3


def test_a_description_that_looks_like_a_formula_is_written_as_text() -> None:
    lines = (line('=HYPERLINK("http://x")', 10, "roads"), line("Roads", 5, "roads"))
    book = openpyxl.load_workbook(io.BytesIO(template_for(COUNCIL, town(), lines, "2015-16")))
    assert all(cell.data_type != "f" for row in book["Budget"].iter_rows() for cell in row)


def test_a_split_is_named_with_its_percentages() -> None:
    names = {service.id: service.name for service in town().services}
    assert named(BEFORE[2].services, names) == "Roads 60%; Neighbourhood policing 40%"
