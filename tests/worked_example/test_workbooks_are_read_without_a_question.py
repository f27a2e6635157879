"""The workbooks that ship, through the reader that every upload goes through."""

import csv
import re
from pathlib import Path

import pytest

from budget_model.intake.sheet.answers import PHASE
from tests.made import read_once

DATA = Path(__file__).parents[2] / "data"
FOLDER = DATA / "derby"


SEVERAL_YEARS = re.compile(r"-20\d\d-\d\d\.xlsx$")


def several_years(workbook: str, asked: str) -> bool:
    """Whether it is only asked which year of a workbook is meant: `submissions.csv` answers it by naming the sheet."""
    return bool(SEVERAL_YEARS.search(workbook)) and "have the same lines" in asked


def workbooks_and_phases() -> list[tuple[str, str]]:
    """Every workbook with each phase that `submissions.csv` asks of it."""
    with (FOLDER / "submissions.csv").open(encoding="utf-8", newline="") as rows:
        return sorted({(row["workbook"], row["phase"]) for row in csv.DictReader(rows)})


def test_every_workbook_that_ships_is_loaded() -> None:
    assert {workbook for workbook, _ in workbooks_and_phases()} == {
        path.name for path in (FOLDER / "workbooks").iterdir()
    }


@pytest.mark.slow
@pytest.mark.parametrize(("workbook", "phase"), workbooks_and_phases())
def test_a_workbook_of_the_worked_example_raises_no_question_and_no_doubt(
    workbook: str, phase: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    data = (FOLDER / "workbooks" / workbook).read_bytes()
    reading = read_once(tmp_path_factory, data, workbook, {PHASE: phase})
    assert reading.refused is None
    for number in reading.chosen:
        table = reading.tables[number]
        asked = [question.ask for question in table.questions if not several_years(workbook, question.ask)]
        assert not asked
        assert not table.problems, [str(problem) for problem in table.problems]
