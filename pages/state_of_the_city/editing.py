"""What an editor adds to the next State of the City and leaves out of it, and its publication."""

from typing import Final

import streamlit as st

from budget_model.access import Act
from budget_model.partnership.state_of_the_city import Facts, Part, Statement, Words
from budget_model.problem import Refusal
from budget_model.store import state_editions
from budget_model.store.others import Thing
from budget_model.store.store import Store
from pages.shared import asking, components, others, signing
from pages.shared.typed import Typed

HELD: Final = "state_kept"
WORDS: Final = "state_words"


def draw(words: Words, statements: tuple[Statement, ...], facts: Facts) -> None:
    """The editor's form: words beside the sentences, which are never changed by hand."""
    typed = Typed(WORDS)
    components.section(
        "Edit and publish",
        "Sentences stay as they are worked out; you add words, or leave some out.",
    )
    if typed.held:
        components.callout("What you typed is not saved yet.", grave=False)
    with st.expander("Name it, add words, and publish it", key="state_form", expanded=bool(typed.held)):
        _form(typed, words, statements, facts)


def _form(typed: Typed, words: Words, statements: tuple[Statement, ...], facts: Facts) -> None:
    store = others.at(state_editions.NEXT, Thing.STATE)
    name = typed.text(st, "Name of this edition", "name", words.name, 100)
    introduction = typed.words(st, "Introduction", "introduction", words.introduction, 3_000)
    notes = tuple(
        (str(part), note)
        for part in Part
        if (
            note := typed.words(
                st, f"Your note on {part.lower()}", part.name, words.note(part), 3_000
            ).strip()
        )
    )
    sentences = {each.key: each.sentence for each in statements}
    saved = tuple(key for key in words.left_out if key in sentences)
    left_out = typed.several(
        st, "Sentences to leave out", "left_out", saved, tuple(sentences), sentences.__getitem__
    )
    wanted = Words(name.strip(), introduction.strip(), notes, left_out)
    by = signing.name("state")
    with st.container(horizontal=True):
        keep = st.button("Keep the draft", key="state_keep")
        publish = st.button(
            "Publish", type="primary", key="state_publish", disabled=not asking.asker().may(Act.PUBLISH)
        )
    components.note(
        "Publishing freezes these sentences together with a version of the map; neither changes again."
    )
    if (keep or publish) and not signing.is_missing(by):
        _save(store, typed, wanted, facts if publish else None, by)


def _save(store: Store, typed: Typed, wanted: Words, facts: Facts | None, by: str) -> None:
    """Keep the draft, or publish it where there are facts to freeze."""
    try:
        if facts is None:
            state_editions.keep_draft(store, wanted, by=by)
            st.session_state[HELD] = "The draft is kept."
        else:
            with components.loading("Freezing the map and the sentences"):
                made = state_editions.publish(store, wanted, facts, by=by)
            st.session_state[HELD] = (
                f"“{made.words.name}” is published, on version {made.map_version} of the map."
            )
            st.query_params["edition"] = str(made.number)
    except Refusal as refusal:
        components.caution(refusal.sentence)
        return
    typed.forget()
    st.rerun()
