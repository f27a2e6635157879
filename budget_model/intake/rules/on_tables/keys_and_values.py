"""Tables that are no more than keys and values about another table of the sheet."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

import numpy as np

from budget_model.intake.files.cells import CellKind
from budget_model.intake.files.marks import in_place
from budget_model.intake.files.reading_limits import count
from budget_model.intake.rules.draft import TableDraft
from budget_model.intake.rules.tables import AllTables, Found, TablesChosen, leave
from budget_model.intake.rules.verdict import Proof
from budget_model.intake.sheet import words
from budget_model.intake.sheet.meta_words import is_a_key
from budget_model.intake.sheet.reason import Reason
from budget_model.intake.sheet.units import unit_in

MOST_LINES: Final = count("keys_and_values", "most_lines")
FEWEST_WORDED: Final = count("keys_and_values", "fewest_worded")
MOST_CELLS: Final = count("keys_and_values", "most_cells")


def keys_and_values(tables: AllTables, chosen: TablesChosen) -> Iterator[Found]:
    """Leave out a small table of keys and values, where the sheet holds another one with more lines below it.

    Its every line is a known key; or its rows are pairs without a header, several of which have words for a value, or
    one of which says what the other table comes to.
    """
    for k, draft in enumerate(tables.drafts):
        labels = [draft.rows.labels[i] for i in draft.lines.tolist()]
        if k in {*chosen.aside, *chosen.told} or not 1 <= len(labels) <= MOST_LINES:
            continue
        others = [j for j, other in enumerate(tables.drafts) if other.number == draft.number and j != k]
        if _cover_of_another(tables, k):
            yield leave(k, Reason.ABOUT_THE_TABLE.of(), Proof.FORMAT)
            continue
        longest = max((len(tables.drafts[j].lines) for j in others), default=0)
        if longest <= len(labels):
            continue
        if all(map(is_a_key, labels)):
            yield leave(k, Reason.ABOUT_THE_TABLE.of(), Proof.WORDS)
        elif _pairs_above(tables, k, others):
            yield leave(k, Reason.ABOUT_THE_TABLE.of(), Proof.FORMAT)


def _cover_of_another(tables: AllTables, k: int) -> bool:
    """Whether a table is a sheet of pairs, several in words, one of which says what a longer table of another comes to."""
    draft = tables.drafts[k]
    longer = [
        j
        for j, other in enumerate(tables.drafts)
        if other.number != draft.number and len(other.lines) > len(draft.lines)
    ]
    worded = _worded_pairs(draft) if longer else None
    alone = all(other.number != draft.number for j, other in enumerate(tables.drafts) if j != k)
    enough = alone and worded is not None and worded >= FEWEST_WORDED
    return enough and any(_says_what_it_comes_to(tables, draft, j) for j in longer)


def _pairs_above(tables: AllTables, k: int, others: list[int]) -> bool:
    """Whether a table is pairs without a header, above the headed table of which they say something."""
    draft = tables.drafts[k]
    below = next((j for j in others if tables.drafts[j].region.top > draft.region.bottom), None)
    worded = _worded_pairs(draft)
    if below is None or not tables.drafts[below].region.headers or worded is None:
        return False
    return worded >= FEWEST_WORDED or _says_what_it_comes_to(tables, draft, below)


def _worded_pairs(draft: TableDraft) -> int | None:
    """How many rows of a table have words beside a word; None where a row is no pair, or words of money head it."""
    kinds, worded = draft.cells.kinds, 0
    for row in range(draft.region.top, draft.region.bottom + 1):
        filled = np.flatnonzero(kinds[row] != CellKind.EMPTY).tolist()
        if len(filled) > MOST_CELLS or (filled and kinds[row, filled[0]] != CellKind.TEXT):
            return None
        if len(filled) == MOST_CELLS and kinds[row, filled[1]] == CellKind.TEXT:
            said = draft.cells.text(row, filled[1])
            if words.MONEY.search(said) or unit_in(said):
                return None
            worded += not _stands_for_an_amount(said)
    return worded


def _stands_for_an_amount(said: str) -> bool:
    """Whether words are a mark in place of an amount or a remark in small letters: 'tbc', 'see note'."""
    return in_place(said.casefold().strip()) is not None or said[:1].islower()


def _says_what_it_comes_to(tables: AllTables, draft: TableDraft, below: int) -> bool:
    """Whether a figure of some pairs is what a column of the table below comes to."""
    totals = {measure.total for measure in tables.measures[below] if measure.total}
    figures = (draft.figures[column.index] for column in draft.amounts())
    said = {Decimal(int(whole)).scaleb(-some.places) for some in figures for whole in some.whole[draft.lines]}
    return bool(said & totals)
