"""What a page has said already: what its figures count, and its headline. It is not said again beneath.

A page's run begins with `begin`. What is drawn anew without the whole page says again what it said before.
"""

import streamlit as st

SAID, HEADLINE, EXPLAINED = "said_once", "said_headline", "said_explained"


def begin() -> None:
    """Forget what another page, or this one before, has said."""
    st.session_state[SAID] = {}
    st.session_state[HEADLINE] = ""
    st.session_state[EXPLAINED] = ""


def is_first(words: str, by: str) -> bool:
    """Whether nothing else on this page says these words before the part that is called `by`."""
    said: dict[str, str] = st.session_state.setdefault(SAID, {})
    return said.setdefault(words, by) == by


def head(title: str, explained: str = "") -> None:
    """Keep what the page's headline says, and the sentences beneath that explain it."""
    st.session_state[HEADLINE] = title.removesuffix(".")
    st.session_state[EXPLAINED] = explained


def is_headline(sentence: str) -> bool:
    """Whether a sentence is the page's headline, word by word."""
    return bool(sentence) and st.session_state.get(HEADLINE) == sentence.removesuffix(".")


def is_explained(sentence: str) -> bool:
    """Whether a whole sentence stands beneath the page's headline already, word by word."""
    return sentence.endswith(".") and sentence in str(st.session_state.get(EXPLAINED, ""))
