"""Rows at the head of a table that say something about it: its year, its source, by what its amounts are multiplied."""

from collections.abc import Iterator
from itertools import takewhile
from typing import Final

from budget_model.intake.files.reading_limits import count
from budget_model.intake.rules.body import Body
from budget_model.intake.rules.settled import Settled
from budget_model.intake.rules.verdict import Proof, Verdict, row
from budget_model.intake.sheet.meta_words import is_a_key
from budget_model.intake.sheet.reason import Reason
from budget_model.intake.sheet.roles import RowRole

MOST_ROWS: Final = count("about_the_table", "most_rows")


def about_the_table(body: Body, _settled: Settled) -> Iterator[Verdict]:
    """Leave out, from the first row on, the rows whose labels are keys, where most of the table has other labels.

    Rows of the header and the title that are keys too tell that such a block begins above the body.
    """
    first = range(min(body.height, MOST_ROWS))
    keyed = list(takewhile(lambda i: not body.labels[i] or is_a_key(body.labels[i]), first))
    keyed = [i for i in keyed if body.has_amounts[i] and is_a_key(body.labels[i])]
    above = [*body.region.headers, *body.region.titles]
    before = sum(is_a_key(body.cells.text(at, body.region.left)) for at in above)
    if not keyed or len(keyed) + before < 2 or 2 * len(keyed) > int(body.has_amounts.sum()):
        return
    for i in keyed:
        yield row(i, RowRole.NOTE, Reason.ABOUT_THE_TABLE, Proof.WORDS)
