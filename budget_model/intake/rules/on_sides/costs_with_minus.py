"""An account in which costs carry the minus, and the result adds up everything: the minus tells the sides."""

import re
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from budget_model.intake.rules.body import Body
from budget_model.intake.rules.lines_below import lines_below
from budget_model.intake.rules.minus import mostly_negative
from budget_model.intake.rules.on_sides.income_with_minus import called_income_with_a_minus
from budget_model.intake.rules.settled import Settled
from budget_model.intake.rules.side_named import side_of
from budget_model.intake.rules.verdict import Proof, Total, Verdict, rows
from budget_model.intake.sheet import words
from budget_model.intake.sheet.reason import Reason
from budget_model.intake.sheet.roles import Direction, RowRole


def costs_with_minus(body: Body, settled: Settled) -> Iterator[Verdict]:
    """The sides of all lines below the largest result whose costs carry the minus."""
    totals = settled.totals()
    results = _results(body, totals)
    named = _called_costs(body, settled, totals) if results and body.amounts else set()
    for i, plus in sorted(results, key=lambda result: -len(result[1])):
        costs = [k for k in plus if k in named]
        if (costs and mostly_negative(body, costs, body.amounts)) or _income_adds_to_it(body, i, plus):
            because = Reason.COSTS_WITH_MINUS.of(body.labels[i])
            below = np.array([mostly_negative(body, [k], body.amounts) for k in plus])
            lines = np.array(plus, np.intp)
            yield rows(lines[below], Direction.EXPENDITURE, because, Proof.ARITHMETIC)
            yield rows(lines[~below], Direction.INCOME, because, Proof.ARITHMETIC)
            return


_SHORTFALL = words.hints("costs_with_minus.shortfall")
_IN_BRACKETS = re.compile(r"\([^)]*\)")


def _income_adds_to_it(body: Body, i: int, plus: Sequence[int]) -> bool:
    """Whether a surplus above zero adds up lines of both signs, and of those called income none carries the minus."""
    figures = np.nan_to_num(body.numbers[:, list(body.amounts)])
    if _SHORTFALL.search(_IN_BRACKETS.sub("", body.labels[i])) or not (figures[i] >= 0).all():
        return False
    income = [k for k in plus if called_income_with_a_minus(body.labels[k])]
    both = bool((figures[plus] < 0).any() and figures[i].any())
    return both and bool(income) and bool((figures[income] >= 0).all())


def _results(body: Body, totals: Mapping[int, Total]) -> list[tuple[int, Sequence[int]]]:
    """The totals called a surplus that take nothing off, each with its lines."""
    return [
        (i, lines_below(totals, total)[0])
        for i, total in totals.items()
        if not total.minus and words.SURPLUS.search(body.labels[i])
    ]


def _called_costs(body: Body, settled: Settled, totals: Mapping[int, Total]) -> set[int]:
    """The lines whose own words, or whose total's, say that they cost something."""
    lines = settled.rows(RowRole.LINE)
    called = {label: side_of(label) for label in {body.labels[i] for i in lines}}
    costs = {i for i in lines if called[body.labels[i]] is Direction.EXPENDITURE}
    for i, total in totals.items():
        if not total.minus and side_of(body.labels[i]) is Direction.EXPENDITURE:
            costs.update(lines_below(totals, total)[0])
    return costs
