"""What the officer says of single tables stands before everything that is worked out."""

from collections.abc import Iterator

from budget_model.intake.rules.refuse import LEAVE, LOAD, load_key
from budget_model.intake.rules.tables import AllTables, Found, TablesChosen, leave, load
from budget_model.intake.rules.verdict import Proof
from budget_model.intake.sheet.answers import same
from budget_model.intake.sheet.reason import Reason


def as_the_officer_says(tables: AllTables, _chosen: TablesChosen) -> Iterator[Found]:
    """Let every answer about a table hold."""
    for k, draft in enumerate(tables.drafts):
        answer = tables.answers.answered(load_key(draft))
        if answer is not None and same(LEAVE, answer):
            yield leave(k, Reason.OFFICER.of(), Proof.OFFICER)
        elif answer is not None and same(LOAD, answer) and draft.amounts():
            yield load(k, Reason.OFFICER.of(), Proof.OFFICER)
