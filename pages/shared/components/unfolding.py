"""Parts of a page that open when somebody asks for them: everywhere, or only where there is little room."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import streamlit as st
from streamlit.elements import layouts

from pages.shared.components.message import as_typed
from pages.shared.components.render import draw

_NAME: Final = "compute_and_register_element_id"
_identity: Final = getattr(layouts, _NAME)


def _by_its_key(kind: str, **told: Any) -> str:
    """Who a part of the page is to the browser: one that opens is the same under another label, and stays open."""
    if kind in ("popover", "expander"):
        told["key_as_main_identity"] = True
    return str(_identity(kind, **told))


setattr(layouts, _NAME, _by_its_key)


@contextmanager
def unfolding(label: str, key: str) -> Iterator[bool]:
    """A part of the page that is made when somebody opens it: gives whether it is.

    Once opened, it is made on every run, also while it is closed again: what was typed in it stays.
    """
    with st.expander(as_typed(label), key=key, on_change="rerun") as part:
        yield _is_made(part, key)


@contextmanager
def popping(label: str, key: str, icon: str | None = None) -> Iterator[bool]:
    """What a button opens over the page, made when somebody opens it: gives whether it is, as `unfolding` does.

    It is placed before it is made, so that it is for buttons with room below them.
    """
    with st.popover(label, key=key, icon=icon, on_change="rerun") as part:
        yield _is_made(part, key)


def _is_made(part: Any, key: str) -> bool:
    """Whether a part is open, or was in this session."""
    made = f"{key}_made"
    st.session_state[made] = bool(part.open) or bool(st.session_state.get(made, False))
    return bool(st.session_state[made])


@contextmanager
def folded_on_phones(label: str, key: str, *, leads: bool = False) -> Iterator[None]:
    """A part of the page that does not lead: on a phone its label stands for it until it is opened.

    One of several like parts `leads`, and is not folded. The server cannot know the width: the part is sent whole,
    and the stylesheet folds it.
    """
    if leads:
        yield
        return
    with st.container(key=f"onphone_{key}", gap=None):
        draw("words", "fold", label=label)
        with st.container(key=f"onphone_part_{key}"):
            yield
