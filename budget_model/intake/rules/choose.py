"""Which tables of a workbook would be loaded, so that each amount is counted once.

The same money stands on several sheets: a summary and its detail, a form and the list it looks up, the same
figures in thousands and in millions. A table is set aside when the tables that stay come to its figures;
the more detailed one stays. Sheets of different months add up; sheets that say another measure of the same
lines do not, and where nothing tells, the officer is asked.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from budget_model.intake.rules.draft import TableDraft, measures_of
from budget_model.intake.rules.every_table_rule import TABLE_RULES
from budget_model.intake.rules.figures import figures_of
from budget_model.intake.rules.on_tables.as_the_officer_says import as_the_officer_says
from budget_model.intake.rules.rows import take_settled
from budget_model.intake.rules.rule import Needs, Rule
from budget_model.intake.rules.settle import settle
from budget_model.intake.rules.tables import (
    AllTables,
    AskedTogether,
    CheckOf,
    Found,
    RowsOf,
    TablesChosen,
    leave,
)
from budget_model.intake.rules.verdict import Proof, Verdict, WholeTable
from budget_model.intake.sheet.answers import Answers
from budget_model.intake.sheet.reason import Because, Reason
from budget_model.intake.sheet.roles import Fate, RowRole


def choose(drafts: Sequence[TableDraft], not_money: Mapping[int, Because], answers: Answers) -> TablesChosen:
    """Decide for every table whether it is loaded; `not_money` are those that speak of something else."""
    chosen = TablesChosen(count=len(drafts))
    measures = {k: measures_of(draft) for k, draft in enumerate(drafts)}
    tables = AllTables(drafts, measures, {}, answers)
    for k, because in not_money.items():
        _take("tables without money", leave(k, because, Proof.WORDS), tables, chosen)
    for found in as_the_officer_says(tables, chosen):
        _take("as the officer says", found, tables, chosen)
    figures = {k: figures_of(k, drafts[k], measures[k]) for k in measures if k not in chosen.aside}
    tables = AllTables(drafts, measures, figures, answers)
    for rule in TABLE_RULES:
        for found in rule.find(tables, chosen):
            _take(rule.name, found, tables, chosen)
    return chosen


def _take(rule: str, answers: Found, tables: AllTables, chosen: TablesChosen) -> None:
    """Let one finding hold, before the rule that gave it looks further."""
    if isinstance(answers, Verdict):
        _take_verdict(rule, answers, tables, chosen)
    elif isinstance(answers, CheckOf):
        chosen.checks[answers.table].append(answers.check)
    elif isinstance(answers, RowsOf):
        _take_rows(rule, answers, tables.drafts[answers.table])
    elif isinstance(answers, AskedTogether):
        chosen.asked_together |= answers.tables
    else:
        chosen.problems.append(answers)


def _take_verdict(rule: str, verdict: Verdict, tables: AllTables, chosen: TablesChosen) -> None:
    k = verdict.at.index if isinstance(verdict.at, WholeTable) else 0
    settled = tables.drafts[k].settled
    settle(settled, _speaking(rule), [verdict])
    holds = settled.winners[WholeTable(k), Fate].verdict
    chosen.aside.pop(k, None)
    chosen.told.discard(k)
    if holds.role is Fate.LEAVE:
        chosen.aside[k] = holds.because
    else:
        chosen.told.add(k)


def _take_rows(rule: str, found: RowsOf, draft: TableDraft) -> None:
    settle(draft.settled, _speaking(rule, overrules=tuple(Reason)), found.verdicts)
    take_settled(draft.rows, draft.settled)
    draft.lines = np.flatnonzero(draft.rows.roles == RowRole.LINE).astype(np.int32)


def _speaking(rule: str, overrules: tuple[Reason, ...] = ()) -> Rule:
    return Rule(rule, Needs.SIDES, lambda _body, _settled: (), overrules=overrules)
