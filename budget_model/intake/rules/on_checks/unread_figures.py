"""Columns of words most of which look like figures in a spelling that is not known."""

import re
from collections.abc import Iterator
from typing import Final

from budget_model.intake.files.reading_limits import count, limit
from budget_model.intake.rules.draft import TableDraft
from budget_model.intake.rules.sums import place
from budget_model.intake.sheet import words
from budget_model.intake.sheet.roles import Role
from budget_model.problem import Problem, Severity

FEWEST_UNREAD: Final = count("checks", "fewest_unread")
ROWS_LOOKED_AT: Final = count("checks", "rows_looked_at")
MOSTLY_UNREAD: Final = limit("checks", "mostly_unread")
_PERHAPS_FIGURE = re.compile(
    r"\W*(?:[A-Za-z]{1,3}\.?\s?)?[1-9]\d{0,2}(?:[.,'’´`\s]\d{2,3})+(?:[.,]\d{1,2})?[\s\W]*(?:[A-Za-z]{1,3}\.?)?"
)


def unread_figures(draft: TableDraft) -> Iterator[Problem]:
    """How many cells of such a column could not be read, and the first of them."""
    first_rows = range(draft.body.start, draft.body.stop)[:ROWS_LOOKED_AT]
    for column in draft.columns:
        if column.role is not Role.WORDS or words.CODE.search(column.name):
            continue
        texts = [text for text in draft.cells.coded(column.index).over(first_rows) if text]
        figures = [text for text in texts if _PERHAPS_FIGURE.fullmatch(text)]
        if len(figures) >= max(FEWEST_UNREAD, MOSTLY_UNREAD * len(texts)):
            yield Problem(
                place(draft, None, column.letter),
                f"{len(figures)} cells of column {column.letter} look like figures but could not be read as such, "
                f"first '{figures[0][:30]}'; they are not loaded.",
                "Write them as numbers if they are amounts.",
                Severity.WARNING,
                "unread-figures",
            )
