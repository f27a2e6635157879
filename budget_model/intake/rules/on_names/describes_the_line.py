"""The column that describes each line: before the amounts, by its header, else the one that says most."""

from collections.abc import Iterator

from budget_model.intake.files.grid import column_index
from budget_model.intake.rules.named_columns import NamedColumns, names
from budget_model.intake.rules.verdict import Proof, Verdict
from budget_model.intake.sheet import words
from budget_model.intake.sheet.reason import Reason
from budget_model.intake.sheet.roles import Naming, Role

_DESCRIBES = words.hints("finish.describes")


def describes_the_line(columns: NamedColumns) -> Iterator[Verdict]:
    """Of the columns of words before the amounts the one with the most texts, those headed as descriptions first."""
    wordy = columns.of_role(Role.WORDS)
    wordy = [wording for wording in wordy if len(wording.texts) > 1] or wordy
    before = [wording for wording in wordy if column_index(wording.letter) < columns.first_amount] or wordy
    by_texts = sorted(
        before, key=lambda wording: (len(wording.texts), column_index(wording.letter)), reverse=True
    )
    for wording in by_texts:
        if _DESCRIBES.search(wording.name):
            yield names(wording, Naming.DESCRIPTION, Reason.HEADED_AS_DESCRIPTION, Proof.WORDS)
        else:
            yield names(wording, Naming.DESCRIPTION, Reason.SAYS_MOST, Proof.NOTHING)


def codes_for_want_of_words(columns: NamedColumns) -> Iterator[Verdict]:
    """Where no column holds words the first of codes stands for the description."""
    if not columns.of_role(Role.WORDS):
        for wording in columns.of_role(Role.CODE):
            yield names(wording, Naming.DESCRIPTION, Reason.CODES_ONLY, Proof.NOTHING)
