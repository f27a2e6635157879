"""What is set of this place, what would a change of it make, and who changed what, and why?"""

import streamlit as st

from budget_model.count.saying import counted
from budget_model.dates import moment
from budget_model.place.lists import LISTS, Area, Rows
from pages.settings import asked, change, history, row
from pages.shared import choice, components
from pages.shared.components import Tile

KEPT = "kept"
VIEWS = {area.name.lower(): str(area) for area in Area} | {KEPT: "Changes kept"}
ABOUT = (
    "The lists and rules that the figures rest on. A change is previewed, kept with its reason, checked like the place’s "
    "files, and can be undone."
)


def show() -> None:
    """What was begun, then the lists of one area, a row of one of them, or what was kept."""
    components.dress("upload")
    st.title("Settings")
    components.standfirst(ABOUT)
    there = asked.standing()
    _figures(there)
    change.show()
    view = choice.segment("Show", tuple(VIEWS), "show", Area.BODIES.name.lower(), VIEWS.__getitem__)
    if view == KEPT:
        history.show()
        return
    lists = [set_list for set_list in LISTS.values() if set_list.area is Area[view.upper()]]
    part = lists[0].part
    if len(lists) > 1:
        part = choice.one(
            "List",
            [set_list.part for set_list in lists],
            "list",
            part,
            lambda part: f"{LISTS[part].title} ({counted(len(there[part]), 'row', 'rows')})",
        )
    row.show(LISTS[part], there[part])


def _figures(there: Rows) -> None:
    """What is set, in four figures."""
    kept_changes = asked.changes()
    status = LISTS["organisations"].names.index("status")
    mapped = sum(row[status] == "mapped" for row in there["organisations"])
    latest = kept_changes[0] if kept_changes else None
    components.tiles(
        [
            Tile(
                "Bodies",
                f"{len(there['organisations']):,}",
                f"{mapped:,} with a budget on the map, as the list says",
            ),
            Tile(
                "Services",
                f"{len(there['services']):,}",
                f"in {counted(len(there['themes']), 'board or theme', 'boards and themes')}",
            ),
            Tile(
                "Lists",
                f"{len(LISTS):,}",
                f"with {sum(map(len, there.values())):,} rows, kept as files of the place",
            ),
            Tile(
                "Changed on the screen",
                f"{len(kept_changes):,}" if kept_changes else "Nothing",
                f"last by {latest.made_by}, {moment(latest.made_at)}"
                if latest
                else "All stands as in the place’s files",
            ),
        ],
        "four",
    )


show()
