"""What is left of a table's own totals, under a name for it: 'Net change in fund balance', 'Aufwandüberschuss'.

It closes an account, and is none of its lines, whether or not the printed figures prove it; so is the row that
only adds it to a side so that both come to the same.
"""

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Final

import numpy as np

from budget_model.intake.files.cells import Numbers
from budget_model.intake.files.reading_limits import count, limit
from budget_model.intake.rules.body import Body
from budget_model.intake.rules.settled import Settled
from budget_model.intake.rules.verdict import Proof, Total, Verdict, row
from budget_model.intake.sheet import words
from budget_model.intake.sheet.reason import Reason
from budget_model.intake.sheet.roles import RowRole
from budget_model.intake.sheet.side_words import Said, said_by_cell

_RESULT = words.hints("results_named.result")
_MOVES = words.hints("results_named.moves")


def results_named(body: Body, settled: Settled) -> Iterator[Verdict]:
    """Say of lines below a total that are called what is left of others that they are none."""
    totals = settled.totals()
    if not totals:
        return
    first = min(totals)
    lines = set(settled.rows(RowRole.LINE))
    called = {i for i in lines if i > first and _RESULT.search(body.labels[i])}
    adding = {
        k: {*total.plus, *total.minus}
        for k, total in totals.items()
        if k > first and called & {*total.plus, *total.minus} and not words.NET.search(body.labels[k])
    }
    # what a total adds to lines, without making two sides even, is a line whatever it is called
    among_lines = {
        k for k, parts in adding.items() if parts & lines - called and not _makes_even(body, totals, k)
    }
    left = called.difference(*(adding[k] for k in among_lines))
    for i in sorted(left):
        yield row(i, RowRole.NOTE, Reason.LEFT_OF_OTHERS, Proof.WORDS)
    for k in adding:
        if adding[k] & left:
            yield row(k, RowRole.NOTE, Reason.LEFT_OF_OTHERS, Proof.ARITHMETIC)
    results = left | {k for k, total in totals.items() if total.minus or _of_both_signs(body, total)}
    yield from _financing(body, lines - left, results)
    yield from _taken_off(body, totals, lines - left, results)
    yield from _financed_together(body, totals, lines - left)


def _of_both_signs(body: Body, total: Total) -> bool:
    """Whether a total adds up totals or lines above zero and below it: what income leaves of expenditure."""
    figures = np.nan_to_num(body.numbers[:, list(body.amounts)])
    parts = figures[[*total.plus]].sum(axis=1)
    return len(parts) == 2 and bool((parts > 0).any() and (parts < 0).any())


def _taken_off(
    body: Body, totals: Mapping[int, Total], lines: set[int], results: set[int]
) -> Iterator[Verdict]:
    """Say of the line called financing that alone brings a result to zero, in a total of both, that it only finances it.

    Whatever else comes to as much is a line: wages that leave nothing over, or the tax that a budget requires.
    """
    figures = np.nan_to_num(body.numbers[:, list(body.amounts)])
    for k, total in totals.items():
        parts = {*total.plus, *total.minus}
        if len(parts) != 2 or total.off or figures[k].any():
            continue
        for i in parts & lines:
            (result,) = parts - {i}
            if result in results and figures[i].any() and _only_moves(body.labels[i]):
                yield row(
                    i, RowRole.NOTE, Reason.FINANCES_THE_RESULT.of(body.start + result + 1), Proof.ARITHMETIC
                )


def _financing(body: Body, lines: set[int], results: set[int]) -> Iterator[Verdict]:
    """Say of lines called financing that are as much as a result, with the other sign, that they are no money of the account."""
    figures = np.nan_to_num(body.numbers[:, list(body.amounts)])
    called = (i for i in sorted(lines) if said_by_cell(body.labels[i]) is Said.FINANCING)
    for i in called:
        result = next(
            (k for k in results if figures[k].any() and np.array_equal(figures[i], -figures[k])), None
        )
        if result is not None:
            because = Reason.FINANCES_THE_RESULT.of(body.start + result + 1)
            yield row(i, RowRole.NOTE, because, Proof.ARITHMETIC)


def _financed_together(body: Body, totals: Mapping[int, Total], lines: set[int]) -> Iterator[Verdict]:
    """Say of the last lines, below a result, that they only finance it: what is borrowed less what is repaid is as much.

    Each must be called so: taxes less a contribution may come to as much as a result and are income all the same.
    """
    figures = np.nan_to_num(body.numbers[:, list(body.amounts)])
    last = _last_result(body, totals)
    if last is None or not figures[last].any():
        return
    # what is repaid may be what the result and what is borrowed come to
    by_chance = {
        k for k in totals if k > last and last in totals[k].plus and not _SUMS_UP.search(body.labels[k])
    }
    below = sorted(i for i in lines | by_chance if i > last and figures[i].any())
    few = 2 <= len(below) <= MOST_FINANCING and all(_only_moves(body.labels[i]) for i in below)
    if few and _borrowed_and_repaid(figures[below], figures[last]):
        for i in below:
            yield row(i, RowRole.NOTE, Reason.FINANCES_THE_RESULT.of(body.start + last + 1), Proof.ARITHMETIC)


def _last_result(body: Body, totals: Mapping[int, Total]) -> int | None:
    """The last row called a total or a net that takes some rows off others."""
    called = (k for k in totals if _SUMS_UP.search(body.labels[k]))
    return max((k for k in called if totals[k].minus or _of_both_signs(body, totals[k])), default=None)


def _only_moves(label: str) -> bool:
    """Whether a label speaks of what is borrowed, repaid, or moved to reserves and from them."""
    return said_by_cell(label) is Said.FINANCING or bool(_MOVES.search(label))


_SUMS_UP = words.any_of(*words.NET.alternatives, *words.TOTAL.alternatives)


def _borrowed_and_repaid(parts: Numbers, result: Numbers) -> bool:
    """Whether some figures less the others come to a result, whatever its sign; all of one sign would be its income."""
    for signs in product((1, -1), repeat=len(parts)):
        moved = np.array(signs)[:, None] * parts
        if (
            (moved > 0).any()
            and (moved < 0).any()
            and np.allclose(np.abs(moved.sum(axis=0)), np.abs(result), rtol=0, atol=HALF_A_PENNY)
        ):
            return True
    return False


MOST_FINANCING: Final = count("results_named", "most_financing")
HALF_A_PENNY: Final = limit("results_named", "half_a_penny")


def _makes_even(body: Body, totals: Mapping[int, Total], k: int) -> bool:
    """Whether a row prints one figure in several columns, or what another total prints: both sides of an account."""
    figures = body.numbers[:, list(body.amounts)]
    own = figures[k][np.isfinite(figures[k])]
    if len(own) > 1 and len(np.unique(own)) == 1:
        return True
    return any(i != k and np.array_equal(figures[i], figures[k], equal_nan=True) for i in totals)
