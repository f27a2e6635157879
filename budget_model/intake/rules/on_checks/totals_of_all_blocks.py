"""A total that comes again in every block, added up over all blocks."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from budget_model.intake.files.reading_limits import count
from budget_model.intake.rules.draft import TableDraft
from budget_model.intake.rules.lines_below import lines_below
from budget_model.intake.rules.sums import adds_up, headed, money
from budget_model.intake.sheet.table import Check

FEWEST_BLOCKS: Final = count("checks", "fewest_blocks")


def totals_of_all_blocks(draft: TableDraft) -> Iterator[Check]:
    """Totals of one label, where rows are not parted into alternatives."""
    by_label: defaultdict[str, list[int]] = defaultdict(list)
    for i in draft.rows.totals if draft.splits is None else ():
        by_label[draft.rows.labels[i]].append(i)
    for label, rows in by_label.items():
        if label and len(rows) >= FEWEST_BLOCKS:
            yield from _together(draft, label, rows)


def _together(draft: TableDraft, label: str, rows: list[int]) -> Iterator[Check]:
    totals = draft.rows.totals
    below = [lines_below(totals, totals[i]) for i in rows]
    plus = [k for added, _ in below for k in added]
    minus = [k for _, taken in below for k in taken]
    for column in draft.columns:
        if adds_up(draft, column) and draft.filled(column.index)[rows].any():
            yield Check(
                f"{label}, all {len(rows)} times together: {headed(column)}",
                money(draft, column, rows),
                money(draft, column, plus) - money(draft, column, minus),
            )
