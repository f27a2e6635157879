"""What does this word mean?"""

from html import escape

import streamlit as st

from pages.shared import chart, choice, kept


def show() -> None:
    """Every word of the field that the pages use, and a way to find one."""
    terms = sorted(kept.place().glossary, key=lambda one: one.term.lower())
    st.title("Glossary")
    if not terms:
        chart.empty(
            "This place has no glossary.",
            "Add words to the reference list of terms and load the place again.",
        )
        return
    with st.container(horizontal=True, key="controls_glossary"):
        search = choice.text("Find a word", "word", "commissioner").lower()
    found = [one for one in terms if search in one.term.lower() or search in one.meaning.lower()]
    if not found:
        chart.empty(f"No word has “{escape(search)}” in it.", "Try a shorter one.")
        return
    rows = "".join(f"<dt>{escape(one.term)}</dt><dd>{escape(one.meaning)}</dd>" for one in found)
    st.html(f'<dl class="facts glossary">{rows}</dl>')


show()
