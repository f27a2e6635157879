"""Tables that are no more than keys and values about another table of the sheet."""

from collections.abc import Iterator
from typing import Final

from budget_model.intake.files.reading_limits import count
from budget_model.intake.rules.tables import AllTables, Found, TablesChosen, leave
from budget_model.intake.rules.verdict import Proof
from budget_model.intake.sheet.meta_words import is_a_key
from budget_model.intake.sheet.reason import Reason

MOST_LINES: Final = count("keys_and_values", "most_lines")


def keys_and_values(tables: AllTables, chosen: TablesChosen) -> Iterator[Found]:
    """Leave out a small table whose every line is a key, where the sheet holds another one with lines."""
    for k, draft in enumerate(tables.drafts):
        labels = [draft.rows.labels[i] for i in draft.lines.tolist()]
        if k in {*chosen.aside, *chosen.told} or not 1 <= len(labels) <= MOST_LINES:
            continue
        longest = max(len(other.lines) for other in tables.drafts if other.number == draft.number)
        if longest > len(labels) and all(map(is_a_key, labels)):
            yield leave(k, Reason.ABOUT_THE_TABLE.of(), Proof.WORDS)
