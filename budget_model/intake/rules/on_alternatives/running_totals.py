"""Months or quarters each of which includes the one before are alternatives: the last is the whole year."""

from collections.abc import Sequence
from typing import Final

from budget_model.intake.files.reading_limits import count, limit
from budget_model.intake.rules.draft import TableDraft
from budget_model.intake.rules.on_alternatives.amounts import Amounts, Grouped
from budget_model.intake.rules.year_parts import accumulate, rises_evenly
from budget_model.intake.sheet import words
from budget_model.intake.sheet.periods import period_of, speaks_of_a_part, to_date
from budget_model.intake.sheet.table import Measure

FEWEST_RUNNING: Final = count("alternatives", "fewest_running")
FEWEST_LINES: Final = count("alternatives", "fewest_lines")
NAMED_AS_PERIODS: Final = limit("alternatives", "named_as_periods")
PERIODS = words.hints("alternatives.period", *(rf"\b{month[:3]}" for month in words.MONTHS))


def running_totals(amounts: Amounts) -> Grouped:
    """Each column an alternative, where each holds all before it."""
    return amounts.by_name() if are_running(amounts.draft, amounts.measures) else {}


def are_running(draft: TableDraft, measures: Sequence[Measure]) -> bool:
    """Whether columns are months or quarters each of which includes the one before."""
    names = [m.name.casefold() for m in measures]
    so_far = all(map(to_date.search, names))
    few = len(draft.lines) < FEWEST_LINES and not so_far and not rises_evenly(draft, measures)
    if len(measures) < FEWEST_RUNNING or few:
        return False
    named = sum(bool(PERIODS.search(name) or period_of(name) or speaks_of_a_part(name)) for name in names)
    return named >= NAMED_AS_PERIODS * len(measures) and accumulate(draft, measures)
