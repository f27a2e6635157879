"""The memoranda in force: what bodies' returns say their spending is made of, line by line."""

from dataclasses import replace

from budget_model.count.memoranda import MemorandumHeld
from budget_model.store.store import Store, question

KEPT_BACK = "Not shown: for its body"
"""What stands in place of the words of a line that the reader may not see; its pounds are in the whole all the same."""


def memoranda(store: Store) -> tuple[MemorandumHeld, ...]:
    """Every line of every memorandum in force, the earliest year of each first, as the reader may see it."""
    held = (MemorandumHeld(**record) for record in store.records(question("memorandum_lines")))
    return tuple(
        one
        if store.sight.sees_line(one.organisation, one.sensitivity)
        else replace(one, name=KEPT_BACK, sheet="", row=0, column="")
        for one in held
    )
