"""An account that leads from what is brought forward to what is carried forward: only what lies between is money of the year."""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from budget_model.intake.files.reading_limits import count
from budget_model.intake.rules.body import Body
from budget_model.intake.rules.settled import Settled
from budget_model.intake.rules.verdict import Proof, Verdict, row
from budget_model.intake.sheet import words
from budget_model.intake.sheet.reason import Reason
from budget_model.intake.sheet.roles import RowRole
from budget_model.intake.sheet.side_words import Said, said_by_heading

MOST_ROWS: Final = count("from_balance_to_balance", "most_rows")
_OPENING = words.hints("from_balance_to_balance.opening")
_CLOSING = words.hints("from_balance_to_balance.closing")
_HELD = words.hints("from_balance_to_balance.held")
_COMES_IN = words.hints("from_balance_to_balance.comes_in")


def from_balance_to_balance(body: Body, settled: Settled) -> Iterator[Verdict]:
    """Leave out both balances, and what is held and owed below them, where the rows between lead to the second."""
    rows = np.flatnonzero(body.has_amounts).tolist()
    if len(rows) > MOST_ROWS:
        return
    balances = _both_balances(body, rows)
    if balances is None:
        return
    opening, closing = balances
    between = [i for i in rows if opening < i < closing]
    if _below_the_account(settled, opening, closing):
        yield from map(_held, (opening, *between, closing))
        return
    totals = [i for i in between if words.TOTAL.search(body.labels[i])]
    leading = _leading(body, settled, balances, between, totals)
    if leading is None:
        return
    yield from map(_held, balances)
    if leading is between:
        yield from (row(i, RowRole.LINE, Reason.HOLDS_AMOUNTS, Proof.ARITHMETIC) for i in totals)
    yield from map(_held, [i for i in rows if i > closing and _HELD.search(body.labels[i])])


def _held(i: int) -> Verdict:
    """A row that says what is held at a date, which is no money of the year."""
    return row(i, RowRole.NOTE, Reason.BALANCE_HELD, Proof.ARITHMETIC)


def _both_balances(body: Body, rows: Sequence[int]) -> tuple[int, int] | None:
    """The first row called an opening balance and the last called a closing one, in this order."""
    opening = next((i for i in rows if _OPENING.search(body.labels[i])), None)
    closing = next((i for i in reversed(rows) if _CLOSING.search(body.labels[i])), None)
    if opening is None or closing is None or closing < opening:
        return None
    return opening, closing


def _leading(
    body: Body, settled: Settled, balances: tuple[int, int], between: list[int], totals: list[int]
) -> list[int] | None:
    """Which rows between two balances lead from the first to the second: all, those taken for lines, or one kind."""
    signs = _signs(body, settled, between)
    lines = [i for i in between if i not in totals]
    own = [i for i in between if settled.role(i) is RowRole.LINE]
    opening, closing = balances
    choices = (between, own, lines, totals)
    return next((taken for taken in choices if _lead(body, opening, taken, signs, closing)), None)


def _below_the_account(settled: Settled, opening: int, closing: int) -> bool:
    """Whether a printed total stands above both balances, and the second is the sum of the first and what follows it."""
    totals = settled.totals()
    last = totals.get(closing)
    parts = set() if last is None else {*last.plus, *last.minus}
    above = any(i < opening and len(total.plus) + len(total.minus) > 1 for i, total in totals.items())
    return above and opening in parts and all(opening <= k < closing for k in parts)


def _signs(body: Body, settled: Settled, rows: Sequence[int]) -> dict[int, int]:
    """For each row whether it adds to the balance (1) or takes from it (-1): by its words, else by its heading."""
    headings = settled.rows(RowRole.HEADING)
    signs = {}
    for i in rows:
        above = max((k for k in headings if k < i), default=None)
        headed = None if above is None else said_by_heading(_words_of(body, above))
        if headed in (Said.INCOME, Said.EXPENDITURE):
            signs[i] = 1 if headed is Said.INCOME else -1
        else:
            signs[i] = 1 if _COMES_IN.search(body.labels[i]) else -1
    return signs


def _words_of(body: Body, i: int) -> str:
    across = range(body.region.left, body.region.right + 1)
    return next((text for j in across if (text := body.text(i, j))), "")


def _lead(body: Body, opening: int, rows: Sequence[int], signs: dict[int, int], closing: int) -> bool:
    """Whether an opening balance and some rows with their signs come to the closing balance, in every column."""
    if len(rows) < 2:
        return False
    own: NDArray[np.int64] = body.figures[[opening, *rows]]
    signed = own * np.array([1, *(signs[i] for i in rows)])[:, None]
    return bool(body.figures[closing].any()) and np.array_equal(signed.sum(axis=0), body.figures[closing])
