"""Transfers and loans under a heading of their own, below what is received and spent: neither of the two."""

from collections.abc import Iterator, Mapping

from budget_model.intake.rules.body import Body
from budget_model.intake.rules.settled import Settled
from budget_model.intake.rules.verdict import Proof, Total, Verdict, row
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
        if not _counted_with_others(body, totals, set(block)):
            yield from (row(i, RowRole.NOTE, Reason.HEADED_FINANCING, Proof.WORDS) for i in block)


def _counted_with_others(body: Body, totals: Mapping[int, Total], block: set[int]) -> bool:
    """Whether a total outside a block, which is no net one, adds some of its rows to others."""
    outside = [k for k in totals if k not in block and not words.NET.search(body.labels[k])]
    parts = [{*totals[k].plus, *totals[k].minus} for k in outside]
    return any(block & members and members - block for members in parts)


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
