"""Every check of a table and every warning about it, in the order in which they are told.

Each looks at a table that is understood and changes nothing. To add one, write a function in a file of its own in
`on_checks` that gives checks or problems, and name it here.
"""

from collections.abc import Callable, Iterable
from typing import Final

from budget_model.intake.files.reading_limits import count
from budget_model.intake.rules.draft import TableDraft
from budget_model.intake.rules.hidden import unseen
from budget_model.intake.rules.on_checks.doubtful_rows import doubtful_rows, unsure_sides
from budget_model.intake.rules.on_checks.left_out_by_words import left_out_by_words
from budget_model.intake.rules.on_checks.lines_of_no_part import lines_of_no_part
from budget_model.intake.rules.on_checks.printed_totals import printed_totals, totals_that_disagree
from budget_model.intake.rules.on_checks.totals_across import totals_across, totals_across_that_disagree
from budget_model.intake.rules.on_checks.totals_of_all_blocks import totals_of_all_blocks
from budget_model.intake.rules.on_checks.unread_figures import unread_figures
from budget_model.intake.rules.without_amount import cells_without_amount, marked_amounts
from budget_model.intake.sheet.table import Check
from budget_model.problem import Problem

MOST: Final = count("checks", "most")

CHECKS: tuple[Callable[[TableDraft], Iterable[Check]], ...] = (
    printed_totals,
    totals_of_all_blocks,
    totals_across,
)
"""Printed totals beside what their detail comes to, in whole currency units."""

WARNINGS: tuple[Callable[[TableDraft], Iterable[Problem]], ...] = (
    lambda draft: draft.problems,
    lambda draft: draft.mended.problems,
    totals_that_disagree,
    doubtful_rows,
    left_out_by_words,
    cells_without_amount,
    marked_amounts,
    unseen,
    totals_across_that_disagree,
    unread_figures,
    unsure_sides,
    lines_of_no_part,
)
"""What the officer should know before the table is loaded."""


def checks_of(draft: TableDraft) -> tuple[Check, ...]:
    """What every check finds; of very many those that disagree come first."""
    checks = [check for rule in CHECKS for check in rule(draft)]
    if len(checks) > MOST:
        checks.sort(key=lambda check: not check.difference)
    return tuple(checks[:MOST])


def problems_of(draft: TableDraft) -> list[Problem]:
    """What every warning says, in their order."""
    return [problem for rule in WARNINGS for problem in rule(draft)]
