"""What does this word mean?"""

import streamlit as st

from pages.shared import choice, components, kept


def show() -> None:
    """Every word of the field that the pages use, and a way to find one."""
    terms = sorted(kept.place().glossary, key=lambda term: term.term.lower())
    st.title("Glossary")
    if not terms:
        components.empty(
            "This place has no glossary.",
            "Add words to the reference list of terms and load the place again.",
        )
        return
    with st.container(horizontal=True, key="controls_glossary"):
        search = choice.text("Find a word", "word", "pooled fund").lower()
    matches = [term for term in terms if search in term.term.lower() or search in term.meaning.lower()]
    if not matches:
        components.empty(f"No word has “{search}” in it.", "Try a shorter one.")
        return
    components.facts([(term.term, term.meaning) for term in matches], "glossary")


show()
