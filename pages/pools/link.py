"""The link of a what-if and the controls that write it: what the link says is what every control shows."""

from decimal import Decimal

import streamlit as st

from budget_model.money import to_penny
from budget_model.together.scenarios import Scenario, to_link
from pages.shared import choice

LINK = "s"
MOST_POUNDS = 1e12
"""The largest sum that can be typed."""


def put(scenario: Scenario) -> None:
    """Write a what-if into the link."""
    choice.write(LINK, to_link(scenario))


def pounds_in(box: str) -> Decimal:
    """The amount that a control holds, to the penny."""
    return to_penny(Decimal(str(st.session_state[box] or 0)))


def hundredths(per_cent: float) -> Decimal:
    """A part of 1 from so many per cent."""
    return Decimal(str(per_cent)) / 100
