"""Transfers and loans under a heading of their own, below what is received and spent: neither of the two."""

from collections.abc import Iterator

from budget_model.intake.rules.body import Body
from budget_model.intake.rules.settled import Settled
from budget_model.intake.rules.verdict import Proof, Verdict, row
from budget_model.intake.sheet import words
from budget_model.intake.sheet.reason import Reason
from budget_model.intake.sheet.roles import RowRole

_HEADS = words.hints("moved_between_funds.heads")


def moved_between_funds(body: Body, settled: Settled) -> Iterator[Verdict]:
    """Say of the lines below a heading of financing that no total counts with others that they are set apart."""
    totals = settled.totals()
    headings = settled.rows(RowRole.HEADING)
    for heading in headings:
        if not totals or heading < min(totals) or not _HEADS.search(body.first_text(heading)):
            continue
        end = next((i for i in headings if i > heading), body.height)
        block = _block(settled, heading, end)
        inside = set(block)
        mixed = any(
            inside & {*total.plus, *total.minus} and not {*total.plus, *total.minus} <= inside
            for k, total in totals.items()
            if k not in inside and not words.NET.search(body.labels[k])
        )
        if not mixed:
            yield from (row(i, RowRole.NOTE, Reason.HEADED_FINANCING, Proof.WORDS) for i in block)


def _block(settled: Settled, heading: int, end: int) -> list[int]:
    """The lines from a heading to the total of them, or to the next heading."""
    totals = settled.totals()
    block: list[int] = []
    for i in range(heading + 1, end):
        if settled.role(i) is RowRole.LINE:
            block.append(i)
        elif i in totals and block:
            return [*block, i] if {*totals[i].plus, *totals[i].minus} <= set(block) else block
    return block
