"""What is set of this place, what would a change of it make, and who changed what, and why?"""

import streamlit as st

from budget_model.count.saying import counted
from budget_model.place.lists import LISTS, Area
from pages.settings import asked, change, history, row
from pages.shared import choice, components

KEPT = "kept"
VIEWS = {area.name.lower(): str(area) for area in Area} | {KEPT: "Changes kept"}
ABOUT = (
    "The lists and rules that the figures rest on, apart from what bodies send. A change is previewed, kept with its "
    "reason and can be undone; it must pass the same checks as the place’s files."
)


def show() -> None:
    """What was begun, then the lists of one area, a row of one of them, or what was kept."""
    components.dress("upload")
    st.title("Settings")
    components.standfirst(ABOUT)
    change.show()
    view = choice.segment("Show", tuple(VIEWS), "show", Area.BODIES.name.lower(), VIEWS.__getitem__)
    if view == KEPT:
        history.show()
        return
    lists = [one for one in LISTS.values() if one.area is Area[view.upper()]]
    there = asked.standing()
    part = lists[0].part
    if len(lists) > 1:
        part = choice.one(
            "List", [one.part for one in lists], "list", part,
            lambda part: f"{LISTS[part].title} ({counted(len(there[part]), 'row', 'rows')})",
        )  # fmt: skip
    row.show(LISTS[part], there[part])


show()
