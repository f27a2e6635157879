"""The column of codes by which each line is known to those who keep the accounts."""

from collections.abc import Iterator

from budget_model.intake.rules.named_columns import NamedColumns, names
from budget_model.intake.rules.verdict import Proof, Verdict
from budget_model.intake.sheet import words
from budget_model.intake.sheet.reason import Reason
from budget_model.intake.sheet.roles import Naming, Role

_CALLED_CODE = words.any_of(r"code", r"\bcost ?cent", r"\baccount\b", r"\bsubjective\b")


def codes_the_line(columns: NamedColumns) -> Iterator[Verdict]:
    """Columns headed as codes before those that hold them, each by how many different ones it holds."""
    for wording in sorted(columns.wordings, key=lambda wording: -len(wording.texts)):
        if _CALLED_CODE.search(wording.name):
            yield names(wording, Naming.CODE, Reason.HEADED_AS_CODES, Proof.WORDS)
        elif wording.role == Role.CODE:
            yield names(wording, Naming.CODE, Reason.HOLDS_CODES, Proof.NOTHING)
