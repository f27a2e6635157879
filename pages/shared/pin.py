"""Pin a chart to a story, as it is on the screen: its page, its scope and its finding."""

import streamlit as st

from budget_model.exhibits.catalogue import CHARTS
from budget_model.exhibits.exhibit import Exhibit
from budget_model.problem import Refusal
from budget_model.scope import to_link
from budget_model.store import stories as telling
from budget_model.store.stories import SavedView
from pages.shared import components, kept, signing

STORIES = kept.kept(telling.stories, today=True)


def view_of(shown: Exhibit) -> SavedView:
    """The saved view of an exhibit."""
    return SavedView(CHARTS[shown.chart].page, shown.chart, to_link(shown.scope), shown.chosen)


def draw(shown: Exhibit, key: str) -> None:
    """The control beneath a chart; nothing where there is no story yet."""
    every = {story.id: story.name for story in STORIES()}
    if not every:
        return
    with st.popover("Pin to a story", icon=":material/keep:", key=f"pin_{key}"):
        told = st.selectbox(
            "Story", list(every), format_func=lambda one: every.get(one, one), key=f"pin_story_{key}"
        )
        name = signing.name(f"pin_{key}")
        if st.button("Pin it as the last screen", key=f"pin_it_{key}") and not signing.is_missing(name):
            try:
                telling.pin(kept.live(), told, view_of(shown), by=name)
            except Refusal as refusal:
                components.caution(refusal.sentence)
                return
            components.done(f"It is in “{every[told]}”, with this choice of year, bodies and boards.")
