"""What was changed on the screen, by whom and why, and how to undo it."""

from typing import Final

import streamlit as st

from budget_model.count.saying import counted
from budget_model.dates import moment
from budget_model.exhibits.tables import Column, Kind, Table
from budget_model.problem import Refusal
from budget_model.store import settings
from budget_model.store.settings import Change
from pages.settings import asked
from pages.settings.change import in_words
from pages.shared import chart, components, kept, signing, tables
from pages.shared.components import as_typed

MOST: Final = 100


def show() -> None:
    """Every change, the latest first, and the one that is chosen."""
    kept_changes = asked.changes()
    if not kept_changes:
        components.empty(
            "No setting was changed on the screen yet.",
            "The settings are those of the place’s files.",
        )
        return
    components.section(
        f"{counted(len(kept_changes), 'change was', 'changes were').capitalize()} kept",
        "Each can be undone as a change of its own. The command export-place writes the lists into the place’s folder.",
    )
    by_number = {change.number: change for change in kept_changes}
    number = st.selectbox(
        "Change",
        list(by_number),
        index=None,
        format_func=lambda number: _called(by_number[number]),
        placeholder="Choose a change to see its rows or undo it",
        key="picked_change",
    )
    if number is not None:
        _one(by_number[number])
    table = _table(kept_changes)
    tables.show(table, MOST)
    chart.files(table, "settings_changes")


def _called(change: Change) -> str:
    return f"{change.number} · {change.made_by} · {change.reason}"


def _one(change: Change) -> None:
    with st.container(border=True, key="one_change"):
        components.ask(
            f"Change {change.number}: {change.reason}", f"{change.made_by}, {moment(change.made_at)}"
        )
        components.bullets(
            f"{edit.of.title}, {edit.called}: {in_words(edit)}" for edit in change.edits[:MOST]
        )
        if change.undone_by is not None:
            components.note(f"It was undone by change {change.undone_by}.")
            return
        who = signing.name("undo")
        reason = st.text_input("Why undo it", max_chars=500, key=f"why_undo_{change.number}")
        if st.button("Undo this change", key=f"undo_{change.number}", icon=":material/undo:"):
            if signing.is_missing(who):
                return
            try:
                number = settings.undo(kept.store(), change.number, by=who, reason=reason)
            except Refusal as refusal:
                components.error(refusal.sentence)
                return
            st.toast(as_typed(f"Undone by change {number}."))
            st.rerun()


def _table(changes: tuple[Change, ...]) -> Table:
    columns = (
        Column("Change", Kind.COUNT),
        Column("When"),
        Column("Who"),
        Column("Why"),
        Column("Rows", Kind.COUNT),
        Column("What"),
        Column("Undone by"),
    )
    rows = tuple(
        (
            change.number,
            moment(change.made_at),
            change.made_by,
            change.reason,
            len(change.edits),
            ", ".join(dict.fromkeys(edit.of.title for edit in change.edits)),
            f"change {change.undone_by}" if change.undone_by else "",
        )
        for change in changes
    )
    return Table("Settings changed on the screen", columns, rows)
