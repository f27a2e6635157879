"""A part of a page that costs nothing until somebody opens it."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from pages.shared.components.message import as_typed


@contextmanager
def unfolding(label: str, key: str) -> Iterator[bool]:
    """A part of the page that is made when somebody opens it: gives whether it is.

    Once opened, it is made on every run, also while it is closed again: what was typed in it stays.
    """
    made = f"{key}_made"
    with st.expander(as_typed(label), key=key, on_change="rerun") as part:
        st.session_state[made] = bool(part.open) or st.session_state.get(made, False)
        yield st.session_state[made]
