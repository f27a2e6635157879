"""Whether a workbook holds a budget at all, and why not where it does not."""

from collections.abc import Sequence

import numpy as np

from budget_model.intake import words
from budget_model.intake.cells import Cells, Kind
from budget_model.intake.draft import Draft
from budget_model.intake.units import currency_in

SMALL = 100
"""Numbers below this, among many noughts, number lines and tables of a form."""
SCANNED = 60
"""So many rows at the top of a sheet are read for what the workbook is about."""


def topic(sheets: Sequence[Cells]) -> str:
    """What a workbook counts, in its own words, where that is not money; else ''.

    Titles and notes say it; a cell deep in a table does not.
    """
    for cells in sheets:
        for row in range(min(cells.height, SCANNED)):
            texts = np.flatnonzero(cells.kinds[row] == Kind.TEXT)
            if len(texts) > 4 or (cells.kinds[row] == Kind.NUMBER).any():
                continue
            for j in texts:
                text = cells.text(row, int(j))
                found = words.NOT_MONEY_TOPIC.search(text)
                if found and not currency_in(text):
                    return found[0].casefold()
    return ""


def tables_without_money(drafts: Sequence[Draft], subject: str) -> dict[int, str]:
    """The tables that count something else than money, each with its reason."""
    aside = {}
    for k, draft in enumerate(drafts):
        if not draft.amounts():
            aside[k] = "its figures are counts, rates or codes, not amounts of money"
        elif subject and not _says_money(draft):
            aside[k] = f"the file is about {subject}, and nothing in this table says money"
    return aside


def _says_money(draft: Draft) -> bool:
    if draft.unit is not None:
        return True
    return any(column.unit or currency_in(column.name) for column in draft.amounts())


def refusal(drafts: Sequence[Draft], chosen: Sequence[int], subject: str) -> str | None:
    """Why the file is refused, in a sentence that says what to do; None where it is not."""
    if not drafts:
        return "There is no table of figures in this file. Send the workbook that holds the budget itself."
    if subject and _little_money(drafts, chosen):
        return (
            f"This file is about {subject}; its figures are counts and not a budget. "
            "Send the workbook that holds the budget itself."
        )
    if any(draft.amounts() for draft in drafts) and _not_filled_in(drafts):
        return (
            "Every amount in this file is nought or empty: it looks like a form that was not filled in. "
            "Send the completed one."
        )
    if chosen:
        return None
    return (
        "There are no amounts of money in this file, only counts, rates or codes. "
        "Send the workbook that holds the budget itself."
    )


def _not_filled_in(drafts: Sequence[Draft]) -> bool:
    """Whether all amounts are nought, but for a few small numbers such as those of lines and tables."""
    figures = (
        [
            draft.figures[c.index].decimal(int(v))
            for draft in drafts
            for c in draft.amounts()
            for v in draft.figures[c.index].whole[draft.lines][:50_000]
        ]
        if sum(len(d.lines) for d in drafts) < 20_000
        else None
    )
    if figures is None:
        return not any(draft.figures[c.index].whole.any() for draft in drafts for c in draft.amounts())
    some = [figure for figure in figures if figure]
    return not some or (
        len(figures) >= 100 and len(some) <= 0.05 * len(figures) and max(map(abs, some)) < SMALL
    )


def _little_money(drafts: Sequence[Draft], chosen: Sequence[int]) -> bool:
    """Whether the tables of money are a small part of what the workbook holds."""
    cells = [int(np.isfinite(d.cells.numbers[d.body.start : d.body.stop]).sum()) for d in drafts]
    return sum(cells[k] for k in chosen) < 0.4 * sum(cells)
