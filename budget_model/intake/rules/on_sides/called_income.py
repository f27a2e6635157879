"""Lines called income among others, without a minus, a heading or a total that tells: the officer is asked."""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from budget_model.intake.files.reading_limits import count, limit
from budget_model.intake.rules.body import Body
from budget_model.intake.rules.minus import figures_but_zero
from budget_model.intake.rules.settled import Settled
from budget_model.intake.rules.side_named import side_of
from budget_model.intake.rules.verdict import ColumnAt, Proof, Verdict, rows
from budget_model.intake.sheet import words
from budget_model.intake.sheet.reason import Reason
from budget_model.intake.sheet.roles import Direction, Role, RowRole

COLUMNS_OF_RECORDS: Final = count("sides", "columns_of_records")
NEARLY_ALL_INCOME: Final = limit("sides", "nearly_all_income")
INCOME_LINES = "lines-of-income"
"""Under what the officer's answer is kept."""
THEY_ARE, THEY_ARE_NOT = "they are income", "they are expenditure"
_PLAINLY_INCOME = words.hints("sides.plainly_income")


def called_income(body: Body, settled: Settled) -> Iterator[Verdict]:
    """The lines whose words alone say income; where the signs of all others agree, these are expenditure."""
    if not _may_hold_both(body, settled):
        return
    lines = settled.rows(RowRole.LINE)
    called = [i for i in lines if _plainly_income(body.labels[i])]
    if not called or len(called) > NEARLY_ALL_INCOME * len(lines) or _added_to_others(settled, set(called)):
        return
    others = sorted(set(lines) - set(called))
    income, because = np.array(called, np.intp), Reason.WORDS_SAY_SIDE.of()
    answer = body.told_of_sides.get(INCOME_LINES)
    if _signs_agree(body, called, others):
        yield rows(income, Direction.INCOME, because, Proof.WORDS)
        yield rows(np.array(others, np.intp), Direction.EXPENDITURE, because, Proof.WORDS)
    elif answer is None:
        doubt = Reason.ONLY_WORDS_SAY_SIDE.of()
        yield rows(income, Direction.INCOME, because, Proof.WORDS, doubt=doubt)
    elif answer != THEY_ARE_NOT:
        yield rows(income, Direction.INCOME, Reason.OFFICER, Proof.OFFICER)


def _may_hold_both(body: Body, settled: Settled) -> bool:
    """Whether nothing says yet which lines or columns are income, and the table is no list of payments."""
    described = body.of_role(Role.WORDS, Role.CODE, Role.DATE)
    if not body.amounts or len(described) >= COLUMNS_OF_RECORDS:
        return False
    of_columns = any(kind is Direction and isinstance(at, ColumnAt) for at, kind in settled.winners)
    return not of_columns and not bool((settled.directions() == Direction.INCOME).any())


def _plainly_income(label: str) -> bool:
    return bool(_PLAINLY_INCOME.search(label)) and side_of(label) is Direction.INCOME


def _added_to_others(settled: Settled, called: set[int]) -> bool:
    """Whether a total adds lines called income to others: then all are of one side."""
    return any(
        0 < len(called.intersection(total.plus)) < len(total.plus) for total in settled.totals().values()
    )


def _signs_agree(body: Body, called: Sequence[int], others: Sequence[int]) -> bool:
    """Whether what is spent carries the minus, and no line called income does, in a table that is not of changes."""
    spent = [_first_figure(body, i) for i in others]
    opposite = len(spent) >= 2 and max(spent) < 0 and all(_first_figure(body, i) >= 0 for i in called)
    return opposite and not _of_changes(body, called)


def _of_changes(body: Body, called: Sequence[int]) -> bool:
    """Whether a table says by how much budgets change, so that a minus is less money and not money that goes out."""
    titles = [body.title(row) for row in body.region.titles]
    headers = [column.name for column in body.columns]
    texts = (*titles, *headers, body.cells.sheet.name, *(body.labels[i] for i in called))
    return any(words.MOVEMENT.search(text) or words.DIFFERENCE.search(text) for text in texts)


def _first_figure(body: Body, row: int) -> float:
    """The first amount of a row that is not nought; nought where there is none."""
    some = figures_but_zero(body, [row], body.amounts)
    return float(some[0]) if len(some) else 0.0
