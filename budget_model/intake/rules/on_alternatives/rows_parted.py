"""Rows that are parted by year or phase are alternatives, and within each part columns may be so too."""

from dataclasses import replace

import numpy as np

from budget_model.intake.rules.alternative import ONE_BUDGET, Alternative
from budget_model.intake.rules.on_alternatives.amounts import Amounts, Grouped
from budget_model.intake.rules.on_alternatives.running_totals import FEWEST_LINES
from budget_model.intake.rules.splits import Splits
from budget_model.intake.sheet import words


def rows_parted(amounts: Amounts) -> Grouped:
    """Each year or phase of the rows an alternative; with it those of the columns, unless these are its lines."""
    splits = amounts.draft.splits
    if splits is None or all(measure.split is None for measure in amounts.measures):
        return {}
    names = splits.names
    if _a_row_for_each(amounts, splits):
        return {m: Alternative(names[m.split or 0]) for m in amounts.measures}
    within = _within_one_part(amounts, splits)
    return {m: within.get(m.column, ONE_BUDGET).of_part(names[m.split or 0]) for m in amounts.measures}


def _within_one_part(amounts: Amounts, splits: Splits) -> dict[int, Alternative]:
    """How the columns are grouped within the first of the parts, by their index."""
    first = amounts.measures[0].split
    ending = splits.names[first or 0]
    own = [
        replace(m, split=None, name=m.name.removesuffix(ending).strip())
        for m in amounts.measures
        if m.split == first
    ]
    grouped = amounts.regroup(replace(amounts, draft=replace(amounts.draft, splits=None), measures=own))
    return {measure.column: alternative for measure, alternative in grouped.items()}


def _a_row_for_each(amounts: Amounts, splits: Splits) -> bool:
    """Whether each year has one row, and the columns, of which none names a phase or a total, are its lines."""
    own = splits.of_row[amounts.draft.lines]
    once = len(np.unique(own[own >= 0])) == int((own >= 0).sum())
    headers = amounts.columns()
    plain = not any(words.PHASE.search(c.name) or words.TOTAL.search(c.name) or c.years for c in headers)
    return once and plain and len(headers) >= FEWEST_LINES
