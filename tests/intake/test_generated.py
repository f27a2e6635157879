"""Over hundreds of generated workbooks each is right to the penny, or carries a doubt that names why not."""

from decimal import Decimal
from functools import cache

import pytest

from budget_model.intake.reading import Reading, understand
from budget_model.intake.sheet.table import INCOME_SIDE, Measure, SheetTable
from tests.intake.generated import Case, case
from tests.sampled import sampled

FAST, SLOW = range(68), sampled(range(68, 568), every=5)


def read_total(reading: Reading, part: str) -> Decimal:
    """What the chosen tables come to in the columns that name a part: a year, a header."""
    return sum(
        (
            _signed(table, measure, part)
            for k in reading.chosen
            for table in [reading.tables[k]]
            for measure in table.measures
            if _named(measure, part)
        ),
        Decimal(0),
    )


def _named(measure: Measure, part: str) -> bool:
    part = part.strip()
    return measure.role == "line amount" and (
        part in ("", "any") or part in measure.name or measure.year == part
    )


def _signed(table: SheetTable, measure: Measure, part: str) -> Decimal:
    income = table.side_of_column.get(measure.column) == INCOME_SIDE or bool(
        (table.sides.unpack() == INCOME_SIDE).all()
    )
    return -(measure.total or Decimal(0)) if income and not part.strip() else measure.total or Decimal(0)


def right(made: Case, reading: Reading) -> bool:
    """Whether every truth is read; of alternatives one."""
    if "any" in made.truth:
        return read_total(reading, "any") in made.truth.values()
    return all(read_total(reading, part) == truth for part, truth in made.truth.items())


def doubts(reading: Reading) -> list[str]:
    """The questions and problems that put a figure in doubt; which unit and which year do not."""
    asked = [q.key for q in reading.questions if not q.key.startswith(("unit:", "choice:"))]
    return [
        *asked,
        *(p.code for p in reading.problems),
        *(p.code for k in reading.chosen for p in reading.tables[k].problems),
    ]


@cache
def is_right(seed: int) -> bool:
    """Whether a workbook is read right, or else carries a doubt; each is read once."""
    made = case(seed)
    reading = understand(made.workbook)
    assert reading.refused is None, (made.family, made.traps, reading.refused)
    if made.doubtful:
        assert doubts(reading), f"seed {seed}: nothing is said of a file that is wrong"
    found = right(made, reading)
    assert found or doubts(reading), f"seed {seed}: a silent error ({made.family}, {made.traps})"
    return found


@pytest.mark.parametrize("seed", FAST)
def test_a_generated_workbook_is_read_right_or_asked_about(seed: int) -> None:
    is_right(seed)


@pytest.mark.slow
@pytest.mark.parametrize("seed", SLOW)
def test_of_many_generated_workbooks_none_is_silently_wrong(seed: int) -> None:
    is_right(seed)


@pytest.mark.slow
def test_nearly_all_generated_workbooks_are_right_without_help() -> None:
    wrong = [seed for seed in (*FAST, *SLOW) if not is_right(seed)]
    assert len(wrong) <= 0.01 * len((*FAST, *SLOW))
