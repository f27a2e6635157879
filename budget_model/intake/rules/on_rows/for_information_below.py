"""Rows below a heading such as 'Memorandum items' or 'Nachrichtlich': money that is told again and not spent again."""

from collections.abc import Iterator
from typing import Final

from budget_model.intake.files.reading_limits import count
from budget_model.intake.rules.body import Body
from budget_model.intake.rules.settled import Settled
from budget_model.intake.rules.verdict import Proof, Verdict, row
from budget_model.intake.sheet import words
from budget_model.intake.sheet.reason import Reason
from budget_model.intake.sheet.roles import RowRole

FEWEST_ABOVE: Final = count("for_information_below", "fewest_above")
MOST_ASKED: Final = count("for_information_below", "most_asked")
_HEADED = words.hints("for_information_below.headed")


def for_information_below(body: Body, settled: Settled) -> Iterator[Verdict]:
    """Leave out the lines below the last heading of all, where its words say that they inform only; the officer is asked.

    Lines that a total adds up with some above the heading are part of the budget all the same.
    """
    headings = settled.rows(RowRole.HEADING)
    if not headings or not _HEADED.search(body.first_text(headings[-1])):
        return
    lines = settled.rows(RowRole.LINE)
    below = [i for i in lines if i > headings[-1]]
    if len(lines) - len(below) < FEWEST_ABOVE or _added_up_with_others(settled, headings[-1], below):
        return
    because = Reason.HEADED_FOR_INFORMATION.of(body.start + headings[-1] + 1)
    for place, i in enumerate(below):
        doubt = because if place < MOST_ASKED else None
        yield row(i, RowRole.NOTE, because, Proof.WORDS, doubt=doubt)


def _added_up_with_others(settled: Settled, heading: int, below: list[int]) -> bool:
    members = ({*total.plus, *total.minus} for total in settled.totals().values() if not total.off)
    return any(min(some, default=heading) < heading and not some.isdisjoint(below) for some in members)
