"""The limits of a portfolio as controls, on its page and before a room: the link is the truth."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import streamlit as st

from budget_model.together.portfolio_asked import PortfolioAsked
from pages.shared import choice
from pages.shared.components import as_typed

ASKED = "limits"
MOST_UNITS, MOST_POOLS = 40, 12


def write(asked: PortfolioAsked) -> None:
    """Write the limits into the link."""
    choice.write(ASKED, asked.to_link())


def effort(asked: PortfolioAsked) -> None:
    """How many units of work each partner has."""
    _slider(
        "Units of work of each partner",
        "effort",
        int(asked.effort),
        MOST_UNITS,
        lambda units: replace(asked, effort=Decimal(units)),
        "One unit is a lead officer for about a quarter of a year; eight are two officers for a year.",
    )


def pools(asked: PortfolioAsked) -> None:
    """How many new pools there may be."""
    _slider(
        "New pools at most",
        "pools",
        MOST_POOLS if asked.pools is None else asked.pools,
        MOST_POOLS,
        lambda pools: replace(asked, pools=None if pools == MOST_POOLS else pools),
        f"{MOST_POOLS} means: as many as there is reason for.",
    )


def part_in_pools(asked: PortfolioAsked) -> None:
    """How much of its flexible money a partner would have in pools."""
    _slider(
        "Of a partner’s flexible money in pools at most (%)",
        "part",
        100 if asked.part is None else int(asked.part * 100),
        100,
        lambda part: replace(asked, part=None if part == 100 else Decimal(part) / 100),
        "100 means: no limit.",
    )


def _slider(
    label: str, name: str, value: int, most: int, changed: Callable[[int], PortfolioAsked], explained: str
) -> None:
    key = choice.ready(f"portfolio_{name}", min(value, most))
    st.slider(
        as_typed(label),
        0,
        most,
        key=key,
        on_change=lambda: write(changed(int(st.session_state[key]))),
        help=as_typed(explained),
    )
