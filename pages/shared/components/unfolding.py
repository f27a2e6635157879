"""Parts of a page that open when somebody asks for them: everywhere, or only where there is little room."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from pages.shared.components.message import as_typed
from pages.shared.components.render import draw


@contextmanager
def unfolding(label: str, key: str) -> Iterator[bool]:
    """A part of the page that is made when somebody opens it: gives whether it is.

    Once opened, it is made on every run, also while it is closed again: what was typed in it stays.
    """
    made = f"{key}_made"
    with st.expander(as_typed(label), key=key, on_change="rerun") as part:
        st.session_state[made] = bool(part.open) or st.session_state.get(made, False)
        yield st.session_state[made]


@contextmanager
def folded_on_phones(label: str, key: str) -> Iterator[None]:
    """A part of the page that does not lead: on a phone its label stands for it until it is opened.

    The server cannot know the width: the part is sent whole, and the stylesheet folds it.
    """
    with st.container(key=f"onphone_{key}", gap=None):
        draw("words", "fold", label=label)
        with st.container(key=f"onphone_part_{key}"):
            yield
