"""The workbooks that ship, through the reader that every upload goes through."""

import re
from pathlib import Path

import pytest

from tests.made import read_once

DATA = Path(__file__).parents[2] / "data"
FOLDER = DATA / "derby"


SEVERAL_YEARS = re.compile(r"-20\d\d-\d\d\.xlsx$")


def several_years(workbook: str, asked: str) -> bool:
    """Whether it is only asked which year of a workbook is meant: `submissions.csv` answers it by naming the sheet."""
    return bool(SEVERAL_YEARS.search(workbook)) and "have the same lines" in asked


@pytest.mark.slow
@pytest.mark.parametrize("workbook", sorted(path.name for path in (FOLDER / "workbooks").iterdir()))
def test_a_workbook_of_the_worked_example_raises_no_question_and_no_doubt(
    workbook: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    reading = read_once(tmp_path_factory, (FOLDER / "workbooks" / workbook).read_bytes(), workbook)
    assert reading.refused is None
    for number in reading.chosen:
        table = reading.tables[number]
        asked = [question.ask for question in table.questions if not several_years(workbook, question.ask)]
        assert not asked
        assert not table.problems, [str(problem) for problem in table.problems]
