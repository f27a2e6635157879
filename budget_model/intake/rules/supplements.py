"""A budget beside its supplements, without a column that says what they come to: together they are the budget."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from budget_model.intake.files.reading_limits import limit
from budget_model.intake.sheet import words
from budget_model.intake.sheet.phase_words import Phase, phase_within
from budget_model.intake.sheet.table import Measure

SUPPLEMENT: Final = words.hints("alternatives.supplement")
WHOLE_BUDGET: Final = Decimal(str(limit("alternatives", "whole_budget")))


def supplements_a_budget(amounts: Sequence[Measure]) -> bool:
    """Whether some columns are one decided budget and what supplements it in the same year.

    What is called a supplement and is as large as a budget is the whole of it, anew.
    """
    supplements = [measure for measure in amounts if SUPPLEMENT.search(measure.name)]
    budgets = [measure for measure in amounts if measure not in supplements]
    if not supplements or len(budgets) != 1:
        return False
    decided = phase_within(budgets[0].name) is Phase.APPROVED
    of_one_year = {measure.year for measure in amounts if measure.year}
    return decided and len(of_one_year) < 2 and _worth(supplements) < WHOLE_BUDGET * _worth(budgets)


def _worth(measures: Sequence[Measure]) -> Decimal:
    return sum((abs(measure.total or Decimal(0)) for measure in measures), Decimal(0))
