"""What if these bodies joined up this money: who would hold it, who would bear an overspend, and what is pooled already?"""

import streamlit as st

from pages.pools import register, saved, whatif
from pages.shared import choice, components, empty_states, kept, together

SHOW = "show"
VIEWS = {"what-if": "What if", "saved": "Saved and compared", "register": "Register of pools"}


def show() -> None:
    """The what-if of the link, those that were saved, or the register."""
    scope = together.begin()
    if not kept.spend(scope):
        st.title("Pools and what-if")
        empty_states.no_line_chosen()
        return
    view = choice.segment("Show", tuple(VIEWS), SHOW, "what-if", lambda key: VIEWS[key])
    together.said_of_scope()
    if view == "saved":
        st.title("Saved what-ifs")
        saved.show(scope)
    elif view == "register":
        register.show(scope)
    else:
        with components.loading("Looking for everything that could be joined up"):
            opportunities = kept.opportunities(scope)
        whatif.show(scope, opportunities)


show()
