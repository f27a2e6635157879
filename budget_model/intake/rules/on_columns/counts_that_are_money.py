"""Columns headed with what is counted or numbered elsewhere (pupils, COFOG) that hold money here."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from budget_model.intake.files.cells import CellKind
from budget_model.intake.files.reading_limits import count, limit
from budget_model.intake.rules.body import Body
from budget_model.intake.rules.settled import Settled
from budget_model.intake.rules.verdict import Proof, Verdict, column
from budget_model.intake.sheet import words
from budget_model.intake.sheet.columns import Column
from budget_model.intake.sheet.header_words import names_a_count
from budget_model.intake.sheet.reason import Reason
from budget_model.intake.sheet.roles import Role
from budget_model.intake.sheet.units import unit_in

HOLDS: Final = limit("counts_that_are_money", "holds")
FEWEST_ACROSS: Final = count("counts_that_are_money", "fewest_across")
MOST_ROWS: Final = count("counts_that_are_money", "most_rows")
_COUNTED = re.compile(
    r"^\W*(?:number|no\.?|nr\.?|count|total number|average)\b|\bper\b|\((?:no\.?|number|fte|wte)\W*\)", re.I
)
_PAID = words.any_of(
    r"\bloans?\b",
    r"\bgrants?\b",
    r"\bcosts?\b",
    r"\bspen(?:d|ding|t)\b",
    r"\bincome\b",
    r"\bfunding\b",
    r"\bpayments?\b",
    r"\bexpenditure\b",
    r"\bdebt\b",
    r"\bborrow",
    r"\bsubsid",
    r"\ballowances?\b",
    r"\btransfers?\b",
    r"\bcontributions?\b",
    r"\bfees?\b",
    r"\bbudget\b",
)
"""Words of what is paid to or by those who are counted."""


def counts_that_are_money(body: Body, _settled: Settled) -> Iterator[Verdict]:
    """Take as amounts the counts and codes that a total across needs, and counts headed or titled as what is paid."""
    counts = body.of_role(Role.COUNT)
    codes = [one for one in body.of_role(Role.CODE) if one.reason.reason is Reason.HEADER_NAMES]
    yield from _that_a_total_needs(body, codes)
    needed = list(_that_a_total_needs(body, counts))
    yield from needed
    if needed or not counts:
        return
    titled = _only_groups_under_a_unit(body)
    for one in counts:
        if _COUNTED.search(one.said) or names_a_count(one.said):
            continue
        if _PAID.search(one.said):
            yield column(one.index, Role.AMOUNT, Reason.PAID_TO_COUNTED.of(one.name[:60]), Proof.WORDS)
        elif titled:
            because = Reason.TITLE_SAYS_MONEY.of(titled)
            yield column(one.index, Role.AMOUNT, because, Proof.WORDS, doubt=because)


def _that_a_total_needs(body: Body, headed: Sequence[Column]) -> Iterator[Verdict]:
    whole = _needed_by(body, headed) if headed else None
    for one in headed if whole else ():
        because = Reason.NEEDED_BY_TOTAL.of(whole.letter if whole else "")
        yield column(one.index, Role.AMOUNT, because, Proof.ARITHMETIC)


def _needed_by(body: Body, counts: Sequence[Column]) -> Column | None:
    """A column called a total that is the sum of the amounts and the counts, but not of the amounts alone."""
    amounts = body.of_role(Role.AMOUNT)
    figures = np.nan_to_num(
        np.where(body.kinds[:MOST_ROWS] == CellKind.NUMBER, body.numbers[:MOST_ROWS], 0.0)
    )
    for whole in amounts:
        if not words.TOTAL.search(whole.said):
            continue
        parts = [amount.index for amount in amounts if amount.index != whole.index]
        counted = [one.index for one in counts]
        live = figures[:, whole.index] != 0
        one_line = live.sum() == 1 and len(parts) + len(counted) >= FEWEST_ACROSS
        if (live.sum() < 2 and not one_line) or (not parts and len(counted) < 2):
            continue
        without = np.abs(figures[live][:, parts].sum(axis=1) - figures[live, whole.index])
        with_them = np.abs(figures[live][:, [*parts, *counted]].sum(axis=1) - figures[live, whole.index])
        if (with_them <= 1).mean() >= HOLDS > (without <= 1).mean():
            return whole
    return None


def _only_groups_under_a_unit(body: Body) -> str:
    """The title that states a unit of money, where no header of figures says money or a unit itself."""
    amounts = body.of_role(Role.AMOUNT)
    if any(
        amount.unit or words.MONEY.search(amount.said) for amount in (*amounts, *body.of_role(Role.COUNT))
    ):
        return ""
    return next((title for title in body.titles if unit_in(title)), "")[:60] if amounts else ""
