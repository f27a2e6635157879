"""Columns of which nothing else is known are alternatives: what must not be added up unseen is not added up."""

from budget_model.intake.rules.alternative import ONE_BUDGET, Alternative
from budget_model.intake.rules.on_alternatives.amounts import Amounts, Grouped
from budget_model.intake.rules.on_alternatives.year_and_phase import named_by_headers


def only_one(amounts: Amounts) -> Grouped:
    """One column of amounts is one budget."""
    return amounts.all_in(ONE_BUDGET) if len(amounts.measures) == 1 else {}


def each_by_itself(amounts: Amounts) -> Grouped:
    """Each column by its name; of several years those together that name the same year and phase."""
    several = len({m.year for m in amounts.measures if m.year}) > 1
    named = named_by_headers(amounts) if several else {}
    return {m: Alternative(named.get(m, "") or m.name) for m in amounts.measures}
