"""What finances a capital programme, below it and as much: the same money from the other side, and a check.

A revenue budget's grants and taxes are its income; borrowing and receipts are no income of a programme.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from budget_model.intake.rules.arithmetic import Arithmetic
from budget_model.intake.rules.body import Body
from budget_model.intake.rules.settled import Settled
from budget_model.intake.rules.verdict import Proof, RowAt, Total, Verdict, row
from budget_model.intake.sheet import words
from budget_model.intake.sheet.reason import Reason
from budget_model.intake.sheet.roles import RowRole

_FINANCES = re.compile(
    r"\W*(?:\w\W\s*)?(?:to be |capital |programme )*(?:financ(?:ed|ing)|fund(?:ed|ing)|met (?:by|from)|sources of (?:finance|funding|funds)|resourced)\b",
    re.IGNORECASE,
)
_OF_CAPITAL = words.hints("financing_below.of_capital")


def financing_below(body: Body, settled: Settled) -> Iterator[Verdict]:
    """Say of a block headed as financing, and as large as the total above it, that it is no money of its own."""
    arithmetic, totals = settled.arithmetic, settled.totals()
    if arithmetic is None or not (arithmetic.few and totals):
        return
    said = _around(body)
    headings = {i: text for i in settled.rows(RowRole.HEADING) if _FINANCES.match(text := body.first_text(i))}
    for heading, text in headings.items():
        above = _total_above(totals, arithmetic, heading)
        block = _block_below(totals, arithmetic, heading)
        if above is None or not block or words.NET.search(body.labels[above]):
            continue
        speaks = (*said, text, *map(body.labels.__getitem__, block))
        if any(map(_OF_CAPITAL.search, speaks)) and _as_large(arithmetic, above, block):
            totals[block[-1]] = replace(totals[block[-1]], plus=(above,), why=Reason.PAYS_AND_EQUALS)
            yield from _none_of_its_own(body, totals, above, block)


def _around(body: Body) -> list[str]:
    rows = (*body.region.titles, *body.region.headers)
    across = range(body.region.left, body.region.right + 1)
    return [body.cells.text(at, j) for at in rows for j in across]


def _total_above(totals: dict[int, Total], arithmetic: Arithmetic, heading: int) -> int | None:
    """The last total above a heading, if nothing but words stands between."""
    above = max((i for i, total in totals.items() if i < heading and not total.minus), default=None)
    if above is None:
        return None
    # the first row of all is never one of those between
    between = set(arithmetic.items.tolist()[1:])
    return None if any(i in between for i in range(above + 1, heading)) else above


def _block_below(totals: dict[int, Total], arithmetic: Arithmetic, heading: int) -> list[int]:
    """The rows from a heading to the total that begins with the first of them."""
    block = [i for i in arithmetic.items.tolist() if i > heading]
    end = next((i for i in block if i in totals and totals[i].plus[0] == block[0]), None)
    return [] if end is None else [i for i in block if i <= end]


def _as_large(arithmetic: Arithmetic, above: int, block: list[int]) -> bool:
    at = {i: k for k, i in enumerate(arithmetic.items.tolist())}
    first, last = at[above], at[block[-1]]
    figures, filled = arithmetic.figures, arithmetic.filled
    live = filled[first] & filled[last]
    off = np.abs(figures[first] - figures[last]) > arithmetic.rounding * (len(block) + 1)
    return bool(live.any() and not off[live].any() and figures[last].any())


def _none_of_its_own(body: Body, totals: dict[int, Total], above: int, block: list[int]) -> Iterator[Verdict]:
    because = Reason.PAYS_FOR.of(body.start + above + 1)
    yield from (row(i, RowRole.NOTE, because, Proof.ARITHMETIC) for i in block if i not in totals)
    end = block[-1]
    yield Verdict(RowAt(end), RowRole.TOTAL, Reason.PAYS_AND_EQUALS.of(), Proof.ARITHMETIC, totals[end])
