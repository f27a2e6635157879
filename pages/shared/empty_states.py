"""What a page shows where there is nothing yet: why, what to do next, and the way there."""

from dataclasses import dataclass

import streamlit as st

from pages.shared import asking, components
from pages.shared.components import as_typed
from pages.shared.navigation import entry_at


@dataclass(frozen=True, slots=True)
class Way:
    """A page where the next step can be taken: its address, what the link says, and the view that it opens."""

    address: str
    label: str
    show: str = ""


def show(sentence: str, next_step: components.Text, *ways: Way) -> None:
    """An empty state with links to where the next step is taken; pages that the asker may not open have none."""
    components.empty(sentence, next_step)
    for way in ways:
        entry = entry_at(way.address)
        if entry and asking.asker().may_open(way.address):
            st.page_link(
                f"pages/{entry.path}/page.py",
                label=as_typed(way.label),
                icon=":material/arrow_forward:",
                query_params={"show": way.show} if way.show else None,
            )


def no_line_chosen() -> None:
    """What a page says where no line of any budget is in what was chosen."""
    components.empty(
        "No line of any budget is in this choice.", "Widen it above, or go back to the whole place."
    )
