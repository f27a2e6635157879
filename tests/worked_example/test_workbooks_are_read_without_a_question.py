"""The workbooks that ship, through the reader that every upload goes through."""

import re
from decimal import Decimal
from pathlib import Path

import pytest

from budget_model.contribute.load_place import ReadPlace
from budget_model.contribute.submission import net
from budget_model.intake.guard import read_guarded

DATA = Path(__file__).parents[2] / "data"
FOLDER = DATA / "derby"


SEVERAL_YEARS = re.compile(r"-20\d\d-\d\d\.xlsx$")


def several_years(workbook: str, asked: str) -> bool:
    """Whether it is only asked which year of a workbook is meant: `submissions.csv` answers it by naming the sheet."""
    return bool(SEVERAL_YEARS.search(workbook)) and "have the same lines" in asked


@pytest.mark.slow
@pytest.mark.parametrize("workbook", sorted(path.name for path in (FOLDER / "workbooks").iterdir()))
def test_a_workbook_of_the_worked_example_raises_no_question_and_no_doubt(workbook: str) -> None:
    reading = read_guarded((FOLDER / "workbooks" / workbook).read_bytes(), workbook)
    assert reading.refused is None
    for number in reading.chosen:
        table = reading.tables[number]
        asked = [question.ask for question in table.questions if not several_years(workbook, question.ask)]
        assert not asked
        assert not table.problems, [str(problem) for problem in table.problems]


@pytest.mark.slow
def test_everything_that_was_sent_is_read_to_the_penny_and_mapped_under_its_own_words(
    whole_derby: ReadPlace,
) -> None:
    read = whole_derby
    assert len(read.submissions) == len(read.place.submissions)
    confirmed = {(one.organisation, one.line_code): one.description for one in read.place.mappings}
    for sent, planned in zip(read.submissions, read.place.submissions, strict=True):
        lines = sent.submission.lines
        assert net(lines) == planned.control_total
        for line in lines:
            assert line.services, f"{planned.organisation}: {line.description} is not mapped"
            if line.code is not None:
                assert confirmed[planned.organisation, line.code] == line.description
    council = [
        sent.submission for sent in read.submissions if sent.submission.organisation == "derby-city-council"
    ]
    sides = [
        sum((line.amount for line in council[1].lines if line.side == side), Decimal(0))
        for side in ("income", "expenditure")
    ]
    assert sides == [Decimal(56_708_000), Decimal(54_554_000)]
