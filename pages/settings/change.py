"""What was begun and is not kept: its rows, what is wrong with them, what they would change, and the reason."""

from collections.abc import Sequence
from typing import Final

import streamlit as st

from budget_model.count.saying import counted
from budget_model.place.editing import Edit, Fault, Moved
from budget_model.problem import Refusal
from budget_model.store import settings
from budget_model.store.settings import Preview
from pages.settings import asked
from pages.shared import components, kept, signing
from pages.shared.components import Check, as_typed

TRIED: Final = "settings_tried"
"""Where the session keeps which change was tried out."""
MOST: Final = 30
"""Rows, faults and figures that are shown of one change."""
EMPTY: Final = "nothing"


def show() -> None:
    """The change that was begun, where there is one."""
    edits = asked.begun_here()
    if not edits:
        return
    with st.container(border=True, key="change"):
        components.ask(
            f"Your change of {counted(len(edits), 'row', 'rows')} is not kept yet",
            "It is here when you come back. Preview it, then keep it with its reason.",
        )
        for number, edit in enumerate(edits[:MOST]):
            _edit(edits, number, edit)
        if len(edits) > MOST:
            components.note(f"And {len(edits) - MOST:,} rows more.")
        with st.container(horizontal=True, gap="small"):
            if st.button("Preview what it changes", type="primary", key="try_change"):
                st.session_state[TRIED] = edits
            if st.button("Discard the change", key="discard_change"):
                settings.set_begun(kept.store(), ())
                st.rerun()
        if st.session_state.get(TRIED) == edits:
            _tried(edits)


def _edit(edits: Sequence[Edit], number: int, edit: Edit) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"edit_{number}"):
        components.say(f"{edit.of.title}, {edit.called}: {in_words(edit)}")
        if st.button("Leave it out", key=f"leave_{number}", help=as_typed(f"Leave {edit.called} as it is")):
            settings.set_begun(kept.store(), [*edits[:number], *edits[number + 1 :]])
            st.rerun()


def in_words(edit: Edit) -> str:
    """What happens to a row, cell by cell where it is changed."""
    if edit.before is None or edit.after is None:
        return "added." if edit.before is None else "deleted."
    said = (
        f"{column.replace('_', ' ')} from {_quoted(before)} to {_quoted(after)}"
        for column, before, after in edit.changes
    )
    return "; ".join(said) + "."


def _quoted(text: str) -> str:
    return f"‘{text[:120]}’" if text else EMPTY


def _tried(edits: tuple[Edit, ...]) -> None:
    """What is wrong with the change, else what it would make, and the reason to keep it with."""
    try:
        with components.loading("Checking the change as its files would be"):
            faults = asked.faults(edits)
        if faults:
            _faults(faults)
            return
        with components.loading("Trying it out on the map"):
            preview = asked.preview(edits)
    except Refusal as refusal:
        components.error(refusal.sentence)
        if isinstance(refusal, Moved):
            components.note("Leave that row out, and change it again as it is now.")
        return
    _preview(preview)
    _keep(edits)


def _faults(faults: Sequence[Fault]) -> None:
    components.error(f"It cannot be kept: {counted(len(faults), 'thing is', 'things are')} wrong.")
    components.checklist([Check("open", str(fault)) for fault in faults[:MOST]])
    if len(faults) > MOST:
        components.note(f"And {len(faults) - MOST:,} more of the kind.")


def _preview(preview: Preview) -> None:
    sentences = preview.sentences
    if not sentences:
        components.info("No total and no figure of a body or a board changes.")
        return
    components.bullets(sentences[:MOST])
    if len(sentences) > MOST:
        components.note(f"And {len(sentences) - MOST:,} figures more.")


def _keep(edits: tuple[Edit, ...]) -> None:
    who = signing.name("settings")
    reason = st.text_input(
        "Why",
        max_chars=500,
        key="why_settings",
        placeholder="Kept with the change, for anyone who asks later",
    )
    if st.button("Keep the change", type="primary", key="keep_change", icon=":material/check:"):
        if signing.is_missing(who):
            return
        try:
            number = settings.keep(kept.store(), edits, by=who, reason=reason)
        except Refusal as refusal:
            components.error(refusal.sentence)
            return
        st.session_state.pop(TRIED, None)
        st.toast(as_typed(f"Kept as change {number}. It can be undone under Changes kept."))
        st.rerun()
