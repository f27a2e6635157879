"""The search box of every page's head, and everything that it looks in: what leads where, and who may see it."""

import ast
from functools import cache
from pathlib import Path

import streamlit as st

from budget_model.partnership.questions import asked_of
from budget_model.searching import Entry, Index, Sort
from pages.shared import asking, kept, scope_picker
from pages.shared.navigation import SECTIONS

ASKED, BOX, TYPED, GO = "q", "search_box", "search_typed", "search_go"
PAGES = Path(__file__).resolve().parents[1]


def box() -> None:
    """Draw the box; what is typed in it is answered on the page Search."""
    with st.container(key=BOX):
        st.text_input(
            "Search",
            key=TYPED,
            placeholder="Search  /",
            icon=":material/search:",
            label_visibility="collapsed",
            max_chars=120,
            on_change=_go,
        )
    typed = str(st.session_state.pop(GO, ""))
    if typed:
        st.switch_page("pages/search/page.py", query_params={ASKED: typed})


def _go() -> None:
    """Take what is typed out of the box: left in it, it would be asked again when a page is chosen."""
    st.session_state[GO] = str(st.session_state.get(TYPED) or "").strip()
    st.session_state[TYPED] = ""


@cache
def _question(path: str) -> str:
    """The question that a page answers: the first line of its own docstring."""
    text = (PAGES / path / "page.py").read_text(encoding="utf-8")
    return (ast.get_docstring(ast.parse(text)) or "").splitlines()[0]


def pages() -> tuple[Entry, ...]:
    """Every page that whoever looks may open, found by its title, its section and the questions that it answers."""
    asker = asking.asker()
    return tuple(
        Entry(
            Sort.PAGE,
            entry.path,
            entry.title,
            (_question(entry.path), *asked_of(entry.path), section),
            about=_question(entry.path),
        )
        for section, entries in SECTIONS.items()
        for entry in entries
        if entry.shown and entry.path != "search" and asker.may_open(entry.address)
    )


def everything() -> Index:
    """All that can be looked for in the scope by whoever looks, kept until the store changes."""
    joined = asking.asker().may_open("opportunities")
    return kept.search_index(scope_picker.chosen(), pages(), joined=joined)
