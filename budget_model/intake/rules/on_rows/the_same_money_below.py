"""Rows below the grand total that add up to it once more: the same money, split another way."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from budget_model.intake.files.cells import Mask
from budget_model.intake.files.reading_limits import count, limit
from budget_model.intake.rules.arithmetic import Arithmetic
from budget_model.intake.rules.body import Body
from budget_model.intake.rules.settled import Settled
from budget_model.intake.rules.verdict import Proof, RowAt, Total, Verdict
from budget_model.intake.sheet import words
from budget_model.intake.sheet.reason import Because, Reason
from budget_model.intake.sheet.roles import RowRole
from budget_model.intake.sheet.side_words import Said, said_by_heading

MOST_ROWS: Final = count("the_same_money_below", "most_rows")
AGREED: Final = limit("the_same_money_below", "agreed")


def the_same_money_below(body: Body, settled: Settled) -> Iterator[Verdict]:
    """Say of the rows below a grand total that come to it again that they are no lines."""
    arithmetic, totals = settled.arithmetic, settled.totals()
    if arithmetic is None or not totals:
        return
    items, top = arithmetic.items.tolist(), arithmetic.top
    for k in [k for k, i in enumerate(items) if i in totals and i in top]:
        below = [m for m in range(k + 1, len(items)) if items[m] in top]
        if not below or len(totals[items[k]].plus) < 2:
            continue
        again = _adds_up_to(arithmetic, k, below)
        if again is None or _closes_an_account(body, totals, [items[m] for m in below[:again]]):
            continue
        sides = _sides(body, settled, arithmetic)
        if any(_opposed(sides[k], sides[m]) for m in below[:again]):
            continue
        because = Reason.OVER_AGAIN.of(body.start + items[k] + 1)
        for i in (items[m] for m in below[:again]):
            doubt = _doubt(body, settled, below[:again], i, because)
            yield Verdict(RowAt(i), RowRole.TOTAL, because, Proof.ARITHMETIC, totals.get(i), doubt)
        return


def _doubt(body: Body, settled: Settled, again: Sequence[int], i: int, because: Because) -> Because | None:
    """What stays in doubt of a row that is the total above it over again: a net total that is as much needs no lines."""
    known = settled.doubts().get(i)
    if (
        known
        and known.reason is Reason.TOTAL_WITHOUT_LINES
        and len(again) == 1
        and words.NET.search(body.labels[i])
    ):
        return None
    return known or (because if _perhaps_a_line(body, settled, again, i) else None)


def _perhaps_a_line(body: Body, settled: Settled, again: Sequence[int], i: int) -> bool:
    """Whether a single row that is as much as the total above it is called neither a total, a result nor what pays for it."""
    label = body.labels[i]
    called = any(pattern.search(label) for pattern in (words.TOTAL, words.NET, words.SURPLUS, _RESULT))
    return (
        len(again) == 1
        and bool(label)
        and not called
        and not _said_of_money(label)
        and i not in settled.totals()
    )


def _adds_up_to(arithmetic: Arithmetic, k: int, below: list[int]) -> int | None:
    """How many of the rows below, from the first, add up to a total; None if they do not."""
    total: NDArray[np.int64] = arithmetic.figures[k]
    live: Mask = arithmetic.filled[k] & (total != 0)
    if not live.any():
        return None
    sums = np.cumsum(arithmetic.figures[below], axis=0)
    slack = arithmetic.rounding[None, :] * (np.arange(len(below))[:, None] + 2)
    agreed = (np.abs(sums - total) <= slack)[:, live].mean(axis=1)
    place = int(np.argmax(agreed))
    return place + 1 if agreed[place] >= AGREED else None


def _closes_an_account(body: Body, totals: Mapping[int, Total], below: list[int]) -> bool:
    """Whether rows below a total are a second total and a result, as expenditure and what it leaves of income are."""
    *others, last = below
    label = body.labels[last]
    result = last not in totals and bool(words.SURPLUS.search(label) or _RESULT.search(label))
    return bool(others) and result and all(i in totals and len(totals[i].plus) > 1 for i in others)


_RESULT = words.hints("results_named.result")
_COMES = words.hints("the_same_money_below.comes")


def _sides(body: Body, settled: Settled, arithmetic: Arithmetic) -> list[set[str]]:
    """For each row what its words, and the heading above it, say: that money comes, or that it goes."""
    at = set(arithmetic.items.tolist())
    if body.height > MOST_ROWS:
        return [set() for _ in at]
    found: list[set[str]] = []
    heading = ""
    for i, role in enumerate(settled.roles.tolist()):
        if role == RowRole.HEADING:
            heading = body.first_text(i)
        if i in at:
            found.append(_said_of_money(body.labels[i]) or _said_of_money(heading))
    return found


def _said_of_money(text: str) -> set[str]:
    heading = said_by_heading(text)
    comes = heading is Said.INCOME or bool(_COMES.search(text))
    goes = heading is Said.EXPENDITURE or bool(words.EXPENDITURE.search(text))
    if comes == goes:
        return set()
    return {"comes"} if comes else {"goes"}


def _opposed(above: set[str], below: set[str]) -> bool:
    """Whether a total and one further down are two sides of an account and not the same money again."""
    return ("comes" in below and "comes" not in above) or ("goes" in below and "comes" in above)
