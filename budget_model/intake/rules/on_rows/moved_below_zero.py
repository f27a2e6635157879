"""Movements shown for information below accounts that are balanced: the account is printed as zero, and no total counts them."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from budget_model.intake.rules.body import Body
from budget_model.intake.rules.settled import Settled
from budget_model.intake.rules.verdict import Proof, RowAt, Total, Verdict, row
from budget_model.intake.sheet.reason import Reason
from budget_model.intake.sheet.roles import RowRole


def moved_below_zero(body: Body, settled: Settled) -> Iterator[Verdict]:
    """Leave out the lines below totals of zero where a total further up agrees only without them."""
    totals = settled.totals()
    accounts = {i for i, total in totals.items() if total.off and _zero(body, i)}
    moved = {k for i in accounts for k in _lines(totals, i)}
    if not moved:
        return
    over = [i for i in totals if i not in accounts and moved & set(_lines(totals, i))]
    met = [without for i in over if (without := _met_without(body, totals, i, moved, accounts))]
    if not met:
        return
    for i in (*sorted(moved), *sorted(accounts)):
        yield row(i, RowRole.NOTE, Reason.MOVED_BELOW_ZERO.of(), Proof.ARITHMETIC)
    for total in met:
        yield Verdict(RowAt(total.item), RowRole.TOTAL, Reason.SUM.of(), Proof.ARITHMETIC, total)


def _met_without(
    body: Body, totals: Mapping[int, Total], i: int, moved: set[int], accounts: set[int]
) -> Total | None:
    """A total without the movements and their accounts, if it agrees so."""
    if totals[i].minus or body.off(i, [k for k in _lines(totals, i) if k not in moved]):
        return None
    return replace(totals[i], plus=tuple(k for k in totals[i].plus if k not in {*accounts, *moved}), off=())


def _zero(body: Body, i: int) -> bool:
    """Whether a row is printed as zero in every column."""
    return bool(body.figured[i].any()) and not body.figures[i].any()


def _lines(totals: Mapping[int, Total], i: int) -> list[int]:
    """The lines under a total, however deep."""
    lines: list[int] = []
    waiting = [*totals[i].plus, *totals[i].minus]
    while waiting:
        k = waiting.pop()
        if k in totals:
            waiting += [*totals[k].plus, *totals[k].minus]
        else:
            lines.append(k)
    return lines
