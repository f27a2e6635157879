"""Links to one opportunity, as the list, its own page and the register give them."""

import streamlit as st

from budget_model.scope import to_query
from budget_model.together.listing import Wanted
from pages.opportunities import weighing
from pages.shared import scope_picker

ONE = "opportunity"


def query(identity: str) -> dict[str, str | list[str]]:
    """The query of a link to one opportunity, in the same scope and with the same weights."""
    asked = dict(to_query(scope_picker.chosen())) | {ONE: identity}
    weights = st.query_params.get(weighing.WEIGHTS, "")
    return asked | ({weighing.WEIGHTS: weights} if weights else {})


def chosen(identity: str) -> str:
    """An opportunity as a chart of it is pinned: by its id, with the weights where they are not the place's own."""
    link = Wanted(weights=weighing.asked()).to_link()
    return f"{identity}?{link}" if link else identity
