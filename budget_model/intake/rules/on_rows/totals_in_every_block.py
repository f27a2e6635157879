"""What is a total in most blocks of a table is one in all: a block of zeros proves nothing by itself."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Final

from budget_model.intake.files.reading_limits import count, limit
from budget_model.intake.rules.body import Body
from budget_model.intake.rules.settled import Settled, without_doubt
from budget_model.intake.rules.verdict import Proof, RowAt, Total, Verdict, row
from budget_model.intake.sheet.reason import Reason
from budget_model.intake.sheet.roles import RowRole

Shape = tuple[tuple[str, ...], tuple[str, ...]]
"""The labels of the rows that a total adds up, and of those that it takes off."""
MOST_BLOCKS: Final = limit("totals_in_every_block", "most_blocks")
FEWEST_TOTALS: Final = count("totals_in_every_block", "fewest_totals")
"""A label is a total in all blocks where it is one in so many of them, and there are so many blocks."""
HARDLY_ANY: Final = limit("totals_in_every_block", "hardly_any")
FEWEST_LINES: Final = count("totals_in_every_block", "fewest_lines")
"""A label is a line in all blocks where it is a total in no more of them, and there are so many blocks."""


def totals_in_every_block(body: Body, settled: Settled) -> Iterator[Verdict]:
    """Say of rows with the same label in every block that they are totals in all of them, or in none."""
    arithmetic = settled.arithmetic
    if arithmetic is None or arithmetic.levelled or not arithmetic.blocks.any():
        return
    totals = settled.totals()
    block = dict(zip(arithmetic.items.tolist(), arithmetic.blocks.tolist(), strict=True))
    at = {(number, body.labels[i]): i for i, number in block.items()}
    by_label: defaultdict[str, list[int]] = defaultdict(list)
    for i in block:
        by_label[body.labels[i]].append(i)
    for members in by_label.values():
        computed = [i for i in members if i in totals]
        if len(computed) >= MOST_BLOCKS * len(members) and len(members) >= FEWEST_TOTALS:
            shape = Counter(_shape(body, totals, i) for i in computed).most_common(1)[0][0]
            yield from _as_in_most(body, totals, members, shape, block, at)
        elif len(computed) <= HARDLY_ANY * len(members) and len(members) >= FEWEST_LINES:
            yield from (row(i, RowRole.LINE, Reason.HOLDS_AMOUNTS, Proof.ARITHMETIC) for i in computed)
    yield from (without_doubt(settled, i) for i in settled.doubts() if i in block)


def _as_in_most(
    body: Body,
    totals: dict[int, Total],
    members: list[int],
    shape: Shape,
    block: dict[int, int],
    at: dict[tuple[int, str], int],
) -> Iterator[Verdict]:
    for i in members:
        plus = tuple(at[block[i], label] for label in shape[0] if (block[i], label) in at)
        minus = tuple(at[block[i], label] for label in shape[1] if (block[i], label) in at)
        complete = len(plus) + len(minus) == len(shape[0]) + len(shape[1])
        if complete and _shape(body, totals, i) != shape:
            total = Total(i, plus, minus, why=Reason.AS_IN_OTHER_BLOCKS)
            yield Verdict(RowAt(i), RowRole.TOTAL, Reason.AS_IN_OTHER_BLOCKS.of(), Proof.ARITHMETIC, total)


def _shape(body: Body, totals: dict[int, Total], i: int) -> Shape:
    total = totals.get(i)
    if total is None:
        return (), ()
    return tuple(body.labels[k] for k in total.plus), tuple(body.labels[k] for k in total.minus)
