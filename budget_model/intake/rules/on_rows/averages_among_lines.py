"""Rows that are called an average, a largest or a smallest of the lines above them, and are it.

They are told before anything is added up, so that a total below them is held against the lines alone.
"""

from collections.abc import Collection, Iterator, Sequence
from typing import Final

from budget_model.intake.files.reading_limits import count
from budget_model.intake.rules.body import Body
from budget_model.intake.rules.on_rows.rows_without_money import added_up
from budget_model.intake.rules.on_rows.statistics_below import amounts_on, statistic_of
from budget_model.intake.rules.settled import Settled
from budget_model.intake.rules.verdict import Proof, Verdict, row
from budget_model.intake.sheet import words
from budget_model.intake.sheet.reason import Reason
from budget_model.intake.sheet.roles import RowRole

FEWEST: Final = count("averages_among_lines", "fewest")
MOST_ROWS: Final = count("averages_among_lines", "most_rows")
_CALLED = words.hints("averages_among_lines.called")


def averages_among_lines(body: Body, settled: Settled) -> Iterator[Verdict]:
    """Say of rows that they are a mean, a median, a largest or a smallest of all lines above, or of those since the last such row."""
    lines = settled.rows(RowRole.LINE)
    if len(lines) > MOST_ROWS:
        return
    called = [i for i in lines if _is_called_one(body.labels[i]) and body.told.get(i) != "a line"]
    counted = added_up(body, lines) if called else set()
    for i in called:
        name = "" if i in counted else _name_of(body, i, lines, called)
        if name:
            yield row(i, RowRole.NOTE, Reason.STATISTIC.of(name), Proof.ARITHMETIC)


def _is_called_one(label: str) -> bool:
    return bool(words.STATISTIC.fullmatch(label) or _CALLED.search(label))


def _name_of(body: Body, i: int, lines: Sequence[int], called: Collection[int]) -> str:
    """What a row says of the lines above it; '' where it says none of what its words promise."""
    before = [k for k in lines if k < i]
    above = [k for k in before if k not in called and not words.TOTAL.search(body.labels[k])]
    since = max(set(before) - set(above), default=-1)
    for some in (above, [k for k in above if k > since]):
        if len(some) >= FEWEST and (name := statistic_of(amounts_on(body, some), amounts_on(body, [i])[0])):
            return name
    return ""
