"""Tables that hold the same money are asked about: is it to be counted once, and from which of them?"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence

from budget_model.intake.rules.tables import (
    AllTables,
    Found,
    TablesChosen,
    called,
    leave,
    load,
)
from budget_model.intake.rules.twice import ADD_UP, Repeated, money_said, repeated
from budget_model.intake.sheet.reason import Reason
from budget_model.same_money import Likeness


def each_once(tables: AllTables, chosen: TablesChosen) -> Iterator[Found]:
    """Ask of tables that hold the same money whether it is to be counted once, and from which of them."""
    settled = {*chosen.aside, *chosen.told, *chosen.asked_together}
    among = [
        k
        for k, draft in enumerate(tables.drafts)
        if k not in settled and not draft.continues and draft.visible
    ]
    for group in repeated(tables.drafts, among):
        yield from _ask_of(group, tables)


def _ask_of(group: Repeated, tables: AllTables) -> Iterator[Found]:
    drafts, answers = tables.drafts, tables.answers
    members = (group.table, *group.again)
    names = {k: called(drafts, k, members) for k in members}
    options = _options(group, names)
    best = next((option for option, kept in options.items() if kept == group.best), ADD_UP)
    marks = "|".join(sorted(f"{drafts[k].fingerprint}:{names[k]}" for k in members))
    amount = money_said(group.amount, drafts[group.again[0]])
    same = group.likeness.of(f"'{names[group.table]}'")
    answer = answers.ask(
        f"twice:{hashlib.sha256(marks.encode()).hexdigest()[:12]}",
        f"The same money stands twice: {_listed_names([names[k] for k in group.again])} "
        f"{'hold' if len(group.again) > 1 else 'holds'} {same} "
        f"({group.lines:,} lines with the same amount, {amount} gross). Is it to be counted once?",
        best,
        "their names are parts of a year or of a place"
        if best == ADD_UP
        else "the same lines twice are as a rule a copy or another version",
        tuple(options),
    )
    kept = options.get(answer, members)
    if len(kept) == len(members):
        yield from (load(k, Reason.ADDS_UP.of()) for k in members)
    because = Reason.SAME_MONEY_LOADED.of(_listed_names([names[one] for one in kept]))
    yield from (leave(k, because) for k in members if k not in kept)


def _options(group: Repeated, names: Mapping[int, str]) -> dict[str, tuple[int, ...]]:
    """What the officer may answer, and which tables are kept then."""
    parts = group.likeness is Likeness.PART
    sets = [(group.table,), group.again] if parts else [(k,) for k in names]
    options = {f"once, from {', '.join(names[k] for k in kept)}": kept for kept in sets}
    return {**options, ADD_UP: tuple(names)}


def _listed_names(names: Sequence[str]) -> str:
    return " and ".join(f"'{name}'" for name in names)
