"""Balances held at a date, among lines of what is spent or received over a year: left out, or asked about."""

from collections.abc import Iterator
from typing import Final

from budget_model.intake.files.reading_limits import limit
from budget_model.intake.rules.body import Body
from budget_model.intake.rules.settled import Settled
from budget_model.intake.rules.verdict import Proof, Total, Verdict, row
from budget_model.intake.sheet import words
from budget_model.intake.sheet.reason import Reason
from budget_model.intake.sheet.roles import Role, RowRole

MOST_OF_THEM: Final = limit("balances_among_flows", "most_of_them")
_HELD = words.hints("balances_among_flows.held")


def balances_among_flows(body: Body, settled: Settled) -> Iterator[Verdict]:
    """Say of balances outside the account that they are no money of the year; doubt the others."""
    arithmetic = settled.arithmetic
    if arithmetic is None or not arithmetic.few:
        return
    lines = [i for i in arithmetic.items.tolist() if settled.role(i) is RowRole.LINE]
    wordy = [column.index for column in body.of_role(Role.WORDS)]
    balances = [i for i in lines if any(words.BALANCE_LINE.search(body.text(i, j)) for j in wordy)]
    if len(balances) > MOST_OF_THEM * len(lines) and not _at_the_ends(lines, balances):
        return
    totals, doubts = settled.totals(), settled.doubts()
    held = _held_at_dates(body, totals, balances)
    yield from (row(i, RowRole.NOTE, Reason.BALANCE_HELD, Proof.WORDS) for i in sorted(held))
    yield from (
        row(i, RowRole.NOTE, Reason.BALANCE_HELD, Proof.ARITHMETIC)
        for i in _closing(body, totals)
        if held & set(totals[i].plus) and totals[i].minus
    )
    for i in balances:
        if i not in held and i not in doubts and not _proved_a_line(body, totals, i):
            yield row(
                i, RowRole.LINE, Reason.HOLDS_AMOUNTS, Proof.NOTHING, doubt=Reason.SPEAKS_OF_BALANCE.of()
            )


def _at_the_ends(lines: list[int], balances: list[int]) -> bool:
    """Whether balances stand last of all, or one before and one behind all other lines."""
    others = [i for i in lines if i not in balances]
    if not others:
        return False
    last = all(i > others[-1] for i in balances)
    return last or (len(balances) == 2 and balances[0] < others[0] and balances[1] > others[-1])


def _proved_a_line(body: Body, totals: dict[int, Total], i: int) -> bool:
    """Whether a printed total of several rows, which is no balance itself, covers what is brought forward.

    A base budget or an underspend of last year is part of this year's budget; what is held in funds is not.
    """
    return not _HELD.search(body.labels[i]) and any(
        i in (*total.plus, *total.minus)
        and not total.off
        and len(total.plus) + len(total.minus) >= 2
        and not words.BALANCE_LINE.search(body.labels[k])
        for k, total in totals.items()
    )


def _closing(body: Body, totals: dict[int, Total]) -> set[int]:
    """The totals that say what is held at a date."""
    return {i for i in totals if words.BALANCE_LINE.search(body.labels[i])}


def _beside_a_result(totals: dict[int, Total], closing: set[int]) -> set[int]:
    """What closing balances add up, of those that a total is a part of."""
    parts = {i: {*totals[i].plus, *totals[i].minus} for i in closing}
    of_results = [i for i in closing if not parts[i].isdisjoint(totals)]
    return {part for i in of_results for part in totals[i].plus}


def _held_at_dates(body: Body, totals: dict[int, Total], balances: list[int]) -> set[int]:
    """Balances below the last total: with the year's result they make the balance carried forward.

    The opening balance that a closing balance covers beside the year's result, or what stands below every
    total of the account by itself.
    """
    closing = _closing(body, totals)
    opening = set(balances) & _beside_a_result(totals, closing)
    last = max((i for i in totals if i not in closing), default=body.height)
    below = {i for i in balances if i > last}
    # one total alone may end a part of the account only; what is held at its beginning and end is told by two
    below_all = len(totals) - len(closing) >= 2 or (len(below) >= 2 and last < body.height)
    return opening | (below if below_all else set())
