"""The column that names an organisation on each row, in tables of many."""

from collections.abc import Iterator
from typing import Final

from budget_model.intake.files.reading_limits import count, limit
from budget_model.intake.rules.named_columns import NamedColumns, names
from budget_model.intake.rules.verdict import Proof, Verdict
from budget_model.intake.sheet import words
from budget_model.intake.sheet.reason import Reason
from budget_model.intake.sheet.roles import Naming, Role
from budget_model.intake.sheet.table import Words

FEWEST_BODIES_HEADED: Final = count("finish", "fewest_bodies_headed")
FEWEST_BODIES: Final = count("finish", "fewest_bodies")
NAMED_AS_BODIES: Final = limit("finish", "named_as_bodies")


def headed_as_bodies(columns: NamedColumns) -> Iterator[Verdict]:
    """Columns whose header says that they name bodies, of several texts."""
    for wording in columns.of_role(Role.WORDS):
        if len(wording.texts) >= FEWEST_BODIES_HEADED and words.BODY_HEADER.search(wording.name):
            yield names(wording, Naming.BODY, Reason.HEADED_AS_BODIES, Proof.WORDS)


def called_as_bodies(columns: NamedColumns) -> Iterator[Verdict]:
    """Columns most of whose many texts are called as public bodies are."""
    for wording in columns.of_role(Role.WORDS):
        if _many_bodies(wording):
            yield names(wording, Naming.BODY, Reason.CALLED_AS_BODIES, Proof.WORDS)


def _many_bodies(wording: Words) -> bool:
    texts = [text for text in wording.texts if text]
    if len(texts) < max(FEWEST_BODIES, NAMED_AS_BODIES * len(wording.codes)):
        return False
    return sum(bool(words.BODY.search(text)) for text in texts) >= NAMED_AS_BODIES * len(texts)
