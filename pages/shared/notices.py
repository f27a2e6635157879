"""What whoever looks should know now: what waits for them, each with the way to where it is done."""

import streamlit as st

from budget_model import dates
from budget_model.store import reminding
from pages.shared import components, kept
from pages.shared.components import as_typed

found = kept.kept(reminding.notices, today=True)


def show() -> None:
    """The notices of whoever looks; nothing where there are none."""
    notices = found(kept.place().default_year, dates.today())
    if not notices:
        return
    with st.container(border=True, key="notices"):
        for number, notice in enumerate(notices):
            with st.container(
                horizontal=True, vertical_alignment="center", gap="small", key=f"notice_{number}"
            ):
                components.say(notice.sentence)
                st.page_link(
                    f"pages/{notice.page}/page.py",
                    label=as_typed(notice.todo),
                    icon=":material/arrow_forward:",
                    query_params=dict(notice.query),
                )
