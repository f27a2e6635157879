"""What a room does with what to take up first: move a limit, see what comes in and goes out, ask why one is out."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from budget_model.exhibits import catalogue
from budget_model.exhibits import portfolio as shown
from budget_model.exhibits.exhibit import Exhibit
from budget_model.scope import Scope
from budget_model.store.stories import SavedView
from budget_model.together.portfolio_asked import ChosenPortfolio, PortfolioAsked, from_link
from pages.portfolio import limits
from pages.shared import chart, choice, components, kept, tables
from pages.shared.components import stage as room
from pages.shared.drawn import Room

CHARTS = ("portfolio", "effort", "opportunities")
"""The screens on which a room chooses what to take up first."""
PINNED = "pinned"
MOST_PINNED = 2
MOST_NAMED = 3


def draw(scope: Scope, view: SavedView) -> None:
    """The limits, the set that they allow, what changed against the pinned one, and up to three side by side."""
    begun = view.chosen if view.chart in ("portfolio", "effort") else ""
    asked = from_link(st.query_params.get(limits.ASKED, "") or begun)
    portfolio = kept.answers(scope).portfolio(asked)
    if not portfolio.offered:
        components.empty("No opportunity in this choice could be taken up.", "Go to another screen.")
        return
    pinned = st.query_params.get_all(PINNED)[:MOST_PINNED]
    left, right = st.columns((4, 7), gap="large")
    with left:
        limits.effort(asked)
        limits.pools(asked)
        limits.part_in_pools(asked)
        _pin(asked, pinned)
        _why_out(portfolio)
    with right:
        room.large(shown.sentence(portfolio))
        if pinned or asked != from_link(begun):
            room.say_to_room(_changed(scope, portfolio, pinned or [begun]))
        room.say_to_room(shown.reason(portfolio))
        drawn = catalogue.show(kept.answers(scope), "portfolio", asked.to_link())
        if isinstance(drawn, Exhibit):
            made = chart.drawing_of(replace(drawn, ways=()), Room(width=373, letter=20), folded=False)
            chart.picture(made, "away_first")
        if pinned:
            beside = [*pinned, *([] if asked.to_link() in pinned else [asked.to_link()])]
            tables.show(shown.beside(kept.answers(scope), beside))


def _changed(scope: Scope, portfolio: ChosenPortfolio, pinned: Sequence[str]) -> str:
    before = kept.answers(scope).portfolio(from_link(pinned[-1]))
    return shown.changed(before, portfolio, MOST_NAMED)


def _pin(asked: PortfolioAsked, pinned: list[str]) -> None:
    mine = asked.to_link()
    with st.container(horizontal=True):
        st.button(
            "Pin this set",
            key="away_pin",
            disabled=mine in pinned or len(pinned) >= MOST_PINNED,
            on_click=lambda: st.query_params.update({PINNED: [*pinned, mine]}),
        )
        if pinned:
            st.button("Unpin", key="away_unpin", on_click=lambda: choice.write(PINNED, ""))


def _why_out(portfolio: ChosenPortfolio) -> None:
    """Why one that is out is out."""
    out = {each.id: (each, why) for each, why in portfolio.left_out}
    one = st.selectbox(
        "Why is this one out?",
        list(out),
        index=None,
        key="away_out",
        placeholder=f"Choose one of {len(out)}" if out else "None is out",
        format_func=lambda key: f"{out[key][0].number}. {out[key][0].title}" if key in out else key,
    )
    if one in out:
        room.say_to_room(out[one][1])
