"""Rows below a list that a filter has parted: what the shown rows come to is no further money."""

from collections.abc import Container, Iterator, Sequence
from typing import Final

from budget_model.intake.files.reading_limits import count
from budget_model.intake.rules.body import Body
from budget_model.intake.rules.settled import Settled
from budget_model.intake.rules.verdict import Proof, Verdict, row
from budget_model.intake.sheet.reason import Reason
from budget_model.intake.sheet.roles import RowRole

LAST: Final = count("what_a_filter_shows", "last")


def what_a_filter_shows(body: Body, settled: Settled) -> Iterator[Verdict]:
    """Find at the end the row that adds up the rows which are not hidden, or says so by its formula."""
    hidden = {i - body.start for i in body.cells.sheet.facts.hidden_rows}
    lines = settled.rows(RowRole.LINE)
    first = max(0, len(lines) - LAST)
    for place, i in enumerate(lines[first:], first):
        if _is_a_subtotal(body, i) or _comes_to_what_is_shown(body, i, lines[:place], hidden):
            yield row(i, RowRole.NOTE, Reason.SHOWN_BY_FILTER.of(), Proof.ARITHMETIC)


def _is_a_subtotal(body: Body, i: int) -> bool:
    """Whether the formula of a row adds up what a filter shows."""
    return any("SUBTOTAL(" in body.formula(i, j).upper() for j in body.amounts)


def _comes_to_what_is_shown(body: Body, i: int, above: Sequence[int], hidden: Container[int]) -> bool:
    """Whether a row is the sum of the lines above it that are shown, where some are not."""
    shown = [k for k in above if k not in hidden]
    return 2 <= len(shown) < len(above) and not body.off(i, shown)
