"""Which side is printed with a minus, over the whole table, in a column by itself, or on some lines only."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from budget_model.intake.rules.body import Body
from budget_model.intake.rules.minus import figures_but_zero, lines_of, mostly_negative
from budget_model.intake.rules.on_sides.columns_taken_off import sums_across
from budget_model.intake.rules.settled import Settled
from budget_model.intake.rules.verdict import Proof, Relation, Total, Verdict, WholeTable, column, rows
from budget_model.intake.sheet.reason import Reason
from budget_model.intake.sheet.roles import Direction, Minus, RowRole


def table_with_minus(body: Body, settled: Settled) -> Iterator[Verdict]:
    """Whether the lines of income carry a minus or, where they do not, those of expenditure."""
    income, spent = lines_of(settled, Direction.INCOME), lines_of(settled, Direction.EXPENDITURE)
    if _only_columns_of_cost(body, settled):
        yield _of_table(Minus.ON_EXPENDITURE, Reason.MINUS_ON_EXPENDITURE)
        return
    if not len(income):
        return
    if mostly_negative(body, income, body.amounts):
        yield _of_table(Minus.ON_INCOME, Reason.MINUS_ON_INCOME)
    elif not settled.sides_of_columns() and mostly_negative(body, spent, body.amounts):
        yield _of_table(Minus.ON_EXPENDITURE, Reason.MINUS_ON_EXPENDITURE)


def _only_columns_of_cost(body: Body, settled: Settled) -> bool:
    """Whether every column of expenditure carries the minus and none of income does, as in Finnish accounts."""
    lines = np.flatnonzero(settled.roles == RowRole.LINE)
    said = {
        (side, mostly_negative(body, lines, [index])) for index, side in settled.sides_of_columns().items()
    }
    return said == {(Direction.EXPENDITURE, True), (Direction.INCOME, False)}


def _of_table(minus: Minus, because: Reason) -> Verdict:
    return Verdict(WholeTable(), minus, because.of(), Proof.ARITHMETIC)


def columns_with_minus(body: Body, settled: Settled) -> Iterator[Verdict]:
    """Columns of income that carry a minus, unless a total across is right only with it.

    Funding and a de-delegation of -4,000 make the funding after it; turned round, nothing would add up.
    """
    lines = np.flatnonzero(settled.roles == RowRole.LINE)
    sides = settled.sides_of_columns()
    needed = _added_with_their_minus(body, settled, sides)
    for index, side in sides.items():
        income = side is Direction.INCOME and index not in needed
        if income and mostly_negative(body, lines, [index]):
            yield column(index, Minus.ON_INCOME, Reason.MINUS_ON_INCOME, Proof.ARITHMETIC)


def _added_with_their_minus(body: Body, settled: Settled, sides: Mapping[int, Direction]) -> set[int]:
    """Columns whose minus a total across needs to be right: a deduction from columns of the same side."""
    relations = sums_across(settled)
    inside = {relation.column: (*relation.plus, *relation.minus) for relation in relations}
    lines = np.flatnonzero(settled.roles == RowRole.LINE)
    needed: set[int] = set()
    for relation in relations:
        below = _columns_below(inside, relation)
        of_one_side = all(sides.get(index) is Direction.INCOME for index in below)
        if not relation.minus and of_one_side and not mostly_negative(body, lines, [relation.column]):
            needed |= below
    return needed


def _columns_below(inside: Mapping[int, Sequence[int]], relation: Relation) -> set[int]:
    """The columns that a total across comes down to, through all totals between."""
    seen: set[int] = set()
    waiting = [*inside[relation.column]]
    while waiting:
        index = waiting.pop()
        if index not in seen:
            seen.add(index)
            waiting += inside.get(index, ())
    return seen - inside.keys()


def lines_unlike_the_rest(body: Body, settled: Settled) -> Iterator[Verdict]:
    """Income under one total may carry a minus while that under another does not."""
    income = set(lines_of(settled, Direction.INCOME).tolist())
    if not income or not body.amounts or settled.sides_of_columns():
        return
    blocks = [
        block for total in settled.totals().values() if (block := _unlike(body, settled, total, income))
    ]
    unlike = sorted({i for block in blocks for i in block})
    if blocks and len(unlike) < len(income):
        where = np.array(unlike, np.intp)
        yield rows(where, Minus.UNLIKE_THE_REST, Reason.MINUS_UNLIKE_OTHERS, Proof.ARITHMETIC)


def _unlike(body: Body, settled: Settled, total: Total, income: set[int]) -> Sequence[int]:
    """The income of one total, where its signs are the other way round from the table's."""
    block = [i for i in (*total.plus, *total.minus) if i in income]
    some = figures_but_zero(body, block, body.amounts)
    if not len(some):
        return ()
    taken_off = (some < 0).all() if block[0] in total.plus else (some > 0).all()
    beside_others = taken_off and any(i not in income for i in total.plus)
    opposite = ((some < 0) != (settled.minus_of_table() is Minus.ON_INCOME)).all()
    return block if opposite and (len(block) > 1 or beside_others) else ()
