"""A file that is being read: after a moment, the button that gives it up; and how to take it up again."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import streamlit as st

from budget_model.contribute.draft import Draft
from budget_model.intake.guard import while_reading
from pages.shared import components

A_MOMENT: Final = 1.0
"""Seconds after which the button is offered: most files are read by then."""


def is_stopped(draft: Draft) -> bool:
    """Whether whoever is at a draft has stopped the reading of its file."""
    return bool(st.session_state.get(_mark(draft)))


@contextmanager
def may_be_stopped(draft: Draft) -> Iterator[None]:
    """Offer to stop while a draft's file is read: pressing it, or leaving the page, ends the reading within a moment."""
    button, beneath = st.empty(), st.empty()
    offered = False

    def tell(seconds: float) -> None:
        nonlocal offered
        if seconds < A_MOMENT:
            return
        if not offered:
            offered = True
            button.button(
                "Stop reading",
                key=f"stop_{draft.number}",
                icon=":material/stop_circle:",
                on_click=_stop,
                args=(draft,),
            )
        # Whatever is drawn here lets the framework take up what was pressed meanwhile, which ends this run.
        with beneath:
            components.aside("A large file can take a minute. The draft is kept, whatever you do.")

    with while_reading(tell):
        yield
    button.empty()
    beneath.empty()


def say_stopped(draft: Draft) -> None:
    """What is shown in place of a draft whose reading was stopped, and the way on."""
    components.empty(
        "The file was not read to its end, because you stopped it.", "It is kept with this draft."
    )
    st.button(
        "Read it again",
        type="primary",
        icon=":material/refresh:",
        key=f"go_on_{draft.number}",
        on_click=_go_on,
        args=(draft,),
    )


def _mark(draft: Draft) -> str:
    return f"stopped_{draft.number}"


def _stop(draft: Draft) -> None:
    st.session_state[_mark(draft)] = True


def _go_on(draft: Draft) -> None:
    st.session_state.pop(_mark(draft), None)
