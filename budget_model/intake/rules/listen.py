"""Hearing the rules: each kind of rule when what it needs is known, each verdict through `settle`."""

from collections.abc import Sequence
from dataclasses import replace

from budget_model.intake.rules.body import Body
from budget_model.intake.rules.every_rule import RULES
from budget_model.intake.rules.rule import Needs, Rule
from budget_model.intake.rules.settle import settle
from budget_model.intake.rules.settled import Settled
from budget_model.intake.rules.verdict import AnyRole, At, ColumnAt, Contest, Verdict, proof_of
from budget_model.intake.sheet.columns import Column
from budget_model.intake.sheet.roles import Direction, Role


def hear(needs: Needs, body: Body, settled: Settled) -> None:
    """Let all rules of one kind speak, in their order."""
    for rule in RULES:
        if rule.needs is needs:
            hear_rule(rule, body, settled)


def hear_rule(rule: Rule, body: Body, settled: Settled) -> None:
    """Let one rule speak; that a table can be read in several ways is kept for whoever reads it to its end."""
    spoken = list(rule.find(body, settled))
    settle(settled, rule, (verdict for verdict in spoken if isinstance(verdict, Verdict)))
    if not settled.assumed:
        settled.contests += [contest for contest in spoken if isinstance(contest, Contest)]


def assume(settled: Settled, kind: type[At], aspect: type[AnyRole] | None = None) -> None:
    """Take for granted what a reading that is tried says of rows or of columns, before any rule is heard."""
    wanted = (
        verdict
        for verdict in settled.assumed
        if isinstance(verdict.at, kind) and (isinstance(verdict.role, Direction) == (aspect is Direction))
    )
    settle(settled, TRIED, wanted)


def _nothing(_body: Body, _settled: Settled) -> tuple[()]:
    return ()


TRIED = Rule("the reading that is tried", Needs.COLUMNS, _nothing)


HEADERS = Rule("headers and what stands below them", Needs.COLUMNS, _nothing)
ANSWERED = Rule("as the officer says", Needs.COLUMNS, _nothing)


def hear_columns(columns: Sequence[Column], settled: Settled, rule: Rule) -> None:
    """Let what a pass found of columns be heard as verdicts, where it differs from what holds."""
    for column in columns:
        holds = settled.winners.get((ColumnAt(column.index), Role))
        told = (column.role, column.reason)
        if holds is None or (holds.verdict.role, holds.verdict.because) != told:
            doubt = column.reason if column.unsure else None
            proof = proof_of(column.reason.reason)
            settle(
                settled,
                rule,
                [Verdict(ColumnAt(column.index), column.role, column.reason, proof, doubt=doubt)],
            )


def columns_settled(columns: Sequence[Column], settled: Settled) -> list[Column]:
    """The columns with the roles that the verdicts on them come to."""
    return [_settled_column(column, settled) for column in columns]


def _settled_column(column: Column, settled: Settled) -> Column:
    winner = settled.winners.get((ColumnAt(column.index), Role))
    if winner is None or not isinstance(winner.verdict.role, Role):
        return column
    role, verdict = winner.verdict.role, winner.verdict
    return replace(column, role=role, reason=verdict.because, unsure=verdict.doubt is not None)
