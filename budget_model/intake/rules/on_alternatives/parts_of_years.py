"""Columns that are the parts of one year add up to it: twelve months, four quarters."""

from dataclasses import replace

from budget_model.intake.rules.alternative import Alternative
from budget_model.intake.rules.on_alternatives.amounts import Amounts, Grouped
from budget_model.intake.rules.on_alternatives.totals_across import covered_by_totals
from budget_model.intake.rules.year_parts import together
from budget_model.intake.sheet.table import Measure


def parts_of_years(amounts: Amounts) -> Grouped:
    """The parts of each year as one alternative, and the other columns as they are grouped without them."""
    parts = _adding_up_to_a_year(amounts)
    if not parts:
        return {}
    others = [measure for measure in amounts.measures if measure not in parts]
    covering = covered_by_totals(amounts.draft)
    grouped = amounts.regroup(replace(amounts, measures=others))
    return parts | {m: key or covering.get(m.column) or Alternative(m.name) for m, key in grouped.items()}


def _adding_up_to_a_year(amounts: Amounts) -> dict[Measure, Alternative]:
    """The columns that add up to a year, where no total across covers them already; of two sides together."""
    covered = covered_by_totals(amounts.draft)
    runs = together(amounts.draft, amounts.measures)
    alternatives = {measure: run for measure, run in runs.items() if measure.column not in covered}
    if len(alternatives) == 1:
        return {}
    sides = {amounts.draft.sides.of_column.get(measure.column, 0) for measure in alternatives}
    if len(set(alternatives.values())) > 1 and len(sides) > 1 and 0 not in sides:
        whole = {run for run in alternatives.values() if not run.partly}
        names = sorted(map(str, whole or alternatives.values()))
        return dict.fromkeys(alternatives, Alternative(", ".join(names), partly=not whole))
    return alternatives
