"""Rows that hold words, marks or percentages where the lines hold amounts: headings, notes, the header again."""

from collections.abc import Iterator
from typing import Final

import numpy as np

from budget_model.intake.files.cells import CellKind
from budget_model.intake.files.reading_limits import count
from budget_model.intake.rules.body import Body
from budget_model.intake.rules.settled import Settled
from budget_model.intake.rules.verdict import Proof, Verdict, row
from budget_model.intake.sheet import words
from budget_model.intake.sheet.reason import Reason
from budget_model.intake.sheet.roles import RowRole

LONGEST_HEADING: Final = count("rows_without_amounts", "longest_heading")
LONGEST_BESIDE_A_NOTE_WORD: Final = count("rows_without_amounts", "longest_beside_a_note_word")


def rows_without_amounts(body: Body, _settled: Settled) -> Iterator[Verdict]:
    """Say of every row that holds something, but no amount, what it is."""
    across = slice(body.region.left, body.region.right + 1)
    filled = (body.kinds[:, across] != CellKind.EMPTY).any(axis=1)
    with_amounts = np.flatnonzero(body.has_amounts)
    last = int(with_amounts[-1]) if len(with_amounts) else -1
    for i in np.flatnonzero(filled & ~body.has_amounts).tolist():
        role, reason, proof = _what_it_is(body, i, below_all_lines=i > last)
        yield row(i, role, reason, proof)


def _what_it_is(body: Body, i: int, *, below_all_lines: bool) -> tuple[RowRole, Reason, Proof]:
    kinds = body.kinds[i, list(body.amounts)]
    if body.start + i in body.region.repeats:
        return RowRole.REPEATED_HEADER, Reason.HEADER_AGAIN, Proof.FORMAT
    if (kinds == CellKind.PERCENT).any():
        return RowRole.NOTE, Reason.PERCENTAGES, Proof.FORMAT
    if (kinds == CellKind.MISSING).any():
        return RowRole.NOTE, Reason.NO_FIGURE, Proof.FORMAT
    if below_all_lines or _is_note(body.texts(i)):
        return RowRole.NOTE, Reason.ONLY_WORDS, Proof.FORMAT
    return RowRole.HEADING, Reason.HEADS_LINES, Proof.FORMAT


def _is_note(texts: list[str]) -> bool:
    longest = max(texts, key=len)
    long = len(longest) > LONGEST_BESIDE_A_NOTE_WORD
    return len(longest) > LONGEST_HEADING or (long and bool(words.NOTE.search(longest)))
