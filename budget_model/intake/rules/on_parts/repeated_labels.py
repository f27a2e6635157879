"""Rows under each heading that repeat the same years or phases: 'FY16 estimate', 'FY17 request'."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

import numpy as np

from budget_model.intake.files.cells import CellKind, present
from budget_model.intake.files.reading_limits import count
from budget_model.intake.rules.splits import Sheet, Splits, year_named
from budget_model.intake.sheet import words
from budget_model.intake.sheet.reason import Reason
from budget_model.intake.sheet.years import years_in

FEWEST_PERIOD_LABELS: Final = count("splits", "fewest_period_labels")
MOST_PERIODS_TRIED: Final = count("splits", "most_periods_tried")
LABELS_A_PART: Final = count("splits", "labels_a_part")
LABEL_COLUMNS: Final = count("splits", "label_columns")


def repeated_labels(sheet: Sheet) -> Iterator[Splits]:
    """Find the columns of labels, before the amounts, that repeat their periods."""
    amounts = sheet.amounts()
    before = [column.index for column in sheet.worded() if amounts and column.index < amounts[0]]
    for label in before[:LABEL_COLUMNS]:
        labelled = _labelled(sheet, amounts, label)
        if _repeat_periods([text for _, text in labelled]):
            names = tuple(dict.fromkeys(text for _, text in labelled))
            of_row = np.full(len(sheet.region.body), -1, np.int32)
            for row, text in labelled:
                of_row[row - sheet.region.body.start] = names.index(text)
            years = tuple(year_named(name) for name in names)
            yield Splits(of_row, names, None, Reason.LABELS_COME_AGAIN.of(), years)


def _labelled(sheet: Sheet, amounts: Sequence[int], label: int) -> list[tuple[int, str]]:
    """The rows with figures and what one column calls them; none where it says too much that is different."""
    body, coded = sheet.region.body, sheet.cells.coded(label)
    figured = (sheet.cells.kinds[body.start : body.stop, amounts] == CellKind.NUMBER).any(axis=1)
    rows = np.flatnonzero(figured) + body.start
    if not 2 <= len(present(coded.codes[rows])) <= MOST_PERIODS_TRIED:
        return []
    return [(row, text) for row, text in zip(rows.tolist(), coded.over(rows), strict=True) if text]


def _repeat_periods(labels: Sequence[str]) -> bool:
    """Whether labels are few years or phases and their differences, which come again and again."""
    kinds = dict.fromkeys(labels)
    if len(labels) < FEWEST_PERIOD_LABELS or not 2 <= len(kinds) <= FEWEST_PERIOD_LABELS:
        return False
    runs = 1 + sum(above != below for above, below in pairwise(labels))
    if len(labels) < LABELS_A_PART * len(kinds) or runs < 2 * len(kinds):
        return False  # they come once each: the months that are actual, then those that are forecast
    periods = [bool(years_in(text) or words.PHASE.search(text)) for text in kinds]
    others = [text for text, period in zip(kinds, periods, strict=True) if not period]
    return sum(periods) >= 2 and all(map(words.DIFFERENCE.search, others))
