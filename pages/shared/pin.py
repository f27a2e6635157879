"""Pin a chart to a story, as it is on the screen: its page, its scope and its finding."""

import streamlit as st

from budget_model.problem import Refusal
from budget_model.scope import Scope, to_link
from budget_model.store import stories as telling
from budget_model.store.stories import View
from pages.shared import kept, together

STORIES = kept.kept(telling.stories)
AS_TOLD = {
    "who": "who", "what": "what", "benchmark": "benchmark", "flow_overview": "flows", "bodies": "who",
    "boards": "what", "heat_theme": "heat-map", "all_opportunities": "opportunities", "picture": "opportunities",
}  # fmt: skip
"""The chart of a story that shows what a chart of a page shows."""
PAGES = {
    "services_": ("organisation", "body"),
    "payers_": ("theme", "board"),
    "brought": ("opportunity", "opportunity"),
}
"""Charts about one thing, by how their keys begin; the story's chart that is about it, and its name in the link."""


def view_of(key: str, scope: Scope) -> View | None:
    """The saved view of a chart of a page; None for one that no slide can show yet."""
    from budget_model.board.charts import CHARTS

    chart = AS_TOLD.get(key) or (
        "treemap" if key.startswith("treemap_") else "flows" if key.startswith("flow_") else ""
    )
    chosen = ""
    for begins, (named, word) in PAGES.items():
        asked = st.query_params.get(word, "")
        if not chart and asked and key.startswith(begins):
            chart, chosen = named, asked
    return View(CHARTS[chart].page, chart, to_link(scope), chosen) if chart else None


def draw(key: str, scope: Scope) -> None:
    """The control beneath a chart; nothing where no slide can show the chart."""
    view = view_of(key, scope)
    if view is None:
        return
    every = {one.id: one.name for one in STORIES()}
    if not every:
        return
    with st.popover("Pin to a story", icon=":material/keep:", key=f"pin_{key}"):
        told = st.selectbox(
            "Story", list(every), format_func=lambda one: every.get(one, one), key=f"pin_story_{key}"
        )
        name = together.signed(f"pin_{key}")
        if st.button("Pin it as the last screen", key=f"pin_it_{key}") and not together.wants_name(name):
            try:
                telling.pin(kept.store(), told, view, by=name)
            except Refusal as refusal:
                st.warning(refusal.sentence)
                return
            st.success(f"It is in “{every[told]}”, with this choice of year, bodies and boards.")
