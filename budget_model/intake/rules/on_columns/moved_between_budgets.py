"""Columns that lead from one budget to the next: virements, growth, savings. They are no budget themselves."""

from collections.abc import Iterator

from budget_model.intake.rules.body import Body
from budget_model.intake.rules.settled import Settled
from budget_model.intake.rules.verdict import Proof, RelationKind, Verdict, column
from budget_model.intake.sheet import words
from budget_model.intake.sheet.reason import Reason
from budget_model.intake.sheet.roles import Role


def moved_between_budgets(body: Body, settled: Settled) -> Iterator[Verdict]:
    """Say of each movement between a budget and the revised one that it is a memo."""
    by_index = {one.index: one for one in body.columns}
    revisions = (
        relation for relation in settled.relations.values() if relation.kind is RelationKind.REVISION
    )
    for relation in revisions:
        because = Reason.LEADS_TO_BUDGET.of(by_index[relation.column].name)
        for moved in (by_index[i] for i in (*relation.plus, *relation.minus)):
            if words.MOVEMENT.search(moved.name):
                doubt = because if moved.unsure else None
                yield column(moved.index, Role.MEMO, because, Proof.WORDS, doubt=doubt)
