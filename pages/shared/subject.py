"""What the browser's tab is called: the page, the place, and the body, board or line that it is about."""

import streamlit as st

from pages.shared import kept

LONGEST = 60
"""Letters of a name in a tab: what comes after them no browser shows."""


def title_tab(*parts: str, place: str) -> None:
    """Set the tab's title, what is narrowest first: 'Healthy City · Themes and boards · Derby'."""
    st.set_page_config(page_title=" · ".join((*parts, place)))


def name(subject: str, page: str) -> None:
    """Put what one page is about, such as a body, before the page's title in the tab."""
    short = subject if len(subject) <= LONGEST else f"{subject[: LONGEST - 1].rstrip()}…"
    title_tab(short, page, place=kept.place().name)
