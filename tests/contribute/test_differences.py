"""A printed total that its lines do not make is explained by the cell that is missing, and is never forgotten."""

import io
from typing import Any

import openpyxl
import pytest

from budget_model.contribute.about import About
from budget_model.contribute.certificate import certificate_before, text_of
from budget_model.contribute.compose import Said, compose
from budget_model.contribute.submission import reconcile
from budget_model.count.results import Cell
from budget_model.vocabulary import Reconciliation
from tests.contribute.files import read
from tests.towns import YEAR, town

HEAD = ("Directorate", "Service", "2016-17 Budget £")
LINES = (
    ("Adults", "Residential care", 12_500_000),
    ("Adults", "Home care", 8_200_000),
    ("Children", "Looked after children", 9_100_000),
    ("Children", "Early help", 2_150_000),
    ("Highways", "Road maintenance", 3_300_000),
    ("Highways", "Street lighting", 1_200_000),
)
WHOLE = 36_450_000


def book(*sheets: Any) -> Any:
    """A workbook of sheets, each a name and its rows below the usual header."""
    made = openpyxl.Workbook()
    for number, (name, rows) in enumerate(sheets):
        sheet = made.active if number == 0 else made.create_sheet()
        sheet.title = name
        for row in (HEAD, *rows):
            sheet.append(list(row))
    kept = io.BytesIO()
    made.save(kept)
    return kept.getvalue()


def composed(*sheets: Any, **said: Any) -> Any:
    return compose(read(book(*sheets)), Said(About("council", YEAR), **said), town())


def without(*rows: Any, instead: Any = None) -> Any:
    """The lines with something else than an amount in some rows, counted from 0, and their full total."""
    lines = [(*line[:2], instead) if k in rows else line for k, line in enumerate(LINES)]
    return (*lines, ("Total", None, WHOLE))


@pytest.mark.parametrize("instead", [None, "#REF!", "n/a", "tbc", "see note 4"])
@pytest.mark.parametrize(
    ("rows", "missing", "cells"),
    [
        ((2,), "9,100,000", ["C4"]),
        ((5,), "1,200,000", ["C7"]),
        ((1, 3), "10,350,000", ["C3", "C5"]),
        ((4,), "3,300,000", ["C6"]),
    ],
)
def test_the_difference_is_what_the_cells_without_an_amount_would_hold(
    rows: Any, missing: Any, cells: list[Cell], instead: Any
) -> None:
    made = composed(("Budget", without(*rows, instead=instead)))
    said = made.agreement.sentence
    assert made.agreement.state is Reconciliation.NOT_RECONCILED
    assert f"the difference of {missing} is what" in said
    assert all(cell in said for cell in cells)
    certificate = certificate_before(made, "Anytown Council", {})
    assert certificate.state is Reconciliation.NOT_RECONCILED
    assert f"the difference of {missing}" in text_of(certificate)


def test_a_subtotal_that_disagrees_is_not_no_control_total() -> None:
    rows = (*LINES[:2], ("Adults total", None, 21_000_000), *LINES[2:])
    made = composed(("Budget", rows))
    assert made.agreement.state is Reconciliation.NOT_RECONCILED
    assert made.agreement.difference == -300_000


def test_a_sheet_whose_total_disagrees_beside_one_that_prints_none_is_not_no_control_total() -> None:
    capital = (("Capital", "New school", 4_000_000), ("Capital", "Bridge", 2_375_000))
    made = composed(("Revenue", without(2)), ("Capital", capital))
    assert made.agreement.state is Reconciliation.NOT_RECONCILED
    assert made.agreement.difference == -9_100_000


def test_a_file_that_prints_no_total_has_no_control_total() -> None:
    assert composed(("Budget", LINES)).agreement.state is Reconciliation.NO_CONTROL_TOTAL


def test_the_state_is_the_same_wherever_it_is_worked_out_again() -> None:
    made = composed(("Budget", without(2)))
    kept = made.submission
    again = reconcile(kept.read_total, kept.printed_total, kept.control_total)
    assert (again.state, again.difference) == (made.agreement.state, made.agreement.difference)
