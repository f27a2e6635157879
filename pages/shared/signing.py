"""Who is working: the person signed in, else the name that they type once and the session remembers."""

from typing import Final

import streamlit as st

from budget_model.sign_in import Way, way
from pages.shared import asking, components

NAMELESS: Final = "no name given"
REMEMBERED: Final = asking.TYPED
"""Where the session keeps the name that somebody typed."""
TYPED_AT: Final = "signed_at"
"""Where it keeps the place at which the name was typed: the box stays there, and is nowhere else."""


def known() -> str:
    """The name of the person signed in, or the one that the session remembers; empty for neither."""
    if way() is Way.DEMO:
        return str(st.session_state.get(REMEMBERED) or "")
    return asking.asker().name


def name(at: str, why: str = "Kept beside what you write, with the time") -> str:
    """Who is writing at one place of a page, asked for once a visit where nobody is signed in; empty until it is typed.

    `at` tells the places of a page apart. Each has a box until a name is typed in one of them; then that one alone.
    """
    if way() is not Way.DEMO or (known() and st.session_state.get(TYPED_AT) != at):
        return known()
    box = f"signed_{at}"
    if box not in st.session_state or st.session_state[box] != known():
        st.session_state[box] = known()
    typed = st.text_input(
        "Your name", key=box, max_chars=80, placeholder=why, on_change=_remember, args=(at,)
    )
    return typed.strip()


def officer(at: str = "") -> str:
    """Who works on an organisation's figures, asked for at one place of a page; that none was given until it is typed."""
    return (name(at, "Kept beside each step") if at else known()) or NAMELESS


def is_missing(writer: str) -> bool:
    """Whether a name is missing; if so, ask for it in a sentence."""
    if not writer:
        components.caution("Type your name first: the register says who wrote what, and when.")
    return not writer


def forget() -> None:
    """Ask for the name anew, since somebody else sits down."""
    st.session_state.pop(REMEMBERED, None)
    st.session_state.pop(TYPED_AT, None)


def _remember(at: str) -> None:
    st.session_state[REMEMBERED] = str(st.session_state.get(f"signed_{at}") or "").strip()
    st.session_state[TYPED_AT] = at
