"""What each row says before its figures."""

import re
from collections.abc import Sequence
from typing import Final

import numpy as np

from budget_model.intake.files.cells import CellKind, Cells
from budget_model.intake.files.reading_limits import count, limit
from budget_model.intake.sheet.columns import Column
from budget_model.intake.sheet.regions import Region
from budget_model.intake.sheet.roles import Role

LOOKED_AT: Final = count("labels", "looked_at")

FEWEST_CODES: Final = count("labels", "fewest_codes")
MOSTLY_CODES: Final = limit("labels", "mostly_codes")


def labels_of(cells: Cells, region: Region, columns: Sequence[Column]) -> list[str]:
    """What each row says before its figures: its first words, those of a code only where there are no others."""
    body = region.body
    first = next((c.index for c in columns if c.role is Role.AMOUNT), region.right + 1)
    wordy = [c.index for c in columns if c.role in (Role.WORDS, Role.EMPTY) or c.index < first]
    left = [j for j in wordy if j < first] or wordy
    codes = [j for j in left if _holds_codes(cells, region, j)]
    labels = np.full(len(body), "", object)
    bare = np.ones(len(body), bool)
    for j in [*(j for j in left if j not in codes), *codes]:
        at = np.flatnonzero(bare & (cells.kinds[body.start : body.stop, j] == CellKind.TEXT))
        if len(at):
            labels[at] = cells.coded(j).over(at + body.start)
            bare[at] = False
    return list(labels)


_CODE_TEXT = re.compile(r"(?=\S*\d)[A-Za-z]{0,5}[-/. ]?\d[\w./-]*|[IVXLC]{1,5}[.)]?|[^\W\d_][.)]?")
"""A code with a figure in it, or what numbers a part of a statement: 'BFR110', 'II.', 'A)'."""


def _holds_codes(cells: Cells, region: Region, j: int) -> bool:
    """Whether a column of words holds codes, with a figure in each: 'BFR110', 'CC0412'."""
    texts = [text for text in (cells.text(row, j) for row in region.body[:LOOKED_AT]) if text]
    return len(texts) >= FEWEST_CODES and sum(
        bool(_CODE_TEXT.fullmatch(text)) for text in texts
    ) >= MOSTLY_CODES * len(texts)
