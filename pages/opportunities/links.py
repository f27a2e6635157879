"""Links to one opportunity, and when its money is free, as the list, its own page and the register say it."""

import streamlit as st

from budget_model.scope import to_query
from budget_model.together.opportunities import Opportunity
from pages.opportunities import weighing
from pages.shared import scope_picker

ONE = "opportunity"


def query(identity: str) -> dict[str, str | list[str]]:
    """The query of a link to one opportunity, in the same scope and with the same weights."""
    asked = dict(to_query(scope_picker.chosen())) | {ONE: identity}
    weights = st.query_params.get(weighing.WEIGHTS, "")
    return asked | ({weighing.WEIGHTS: weights} if weights else {})


def when(opportunity: Opportunity) -> str:
    """When enough of the money is free of its contracts, in words."""
    return f"From {opportunity.earliest_date:%B %Y}" if opportunity.earliest_date else "From now"
