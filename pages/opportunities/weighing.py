"""The weights of the score as the person sets them, kept in the link."""

from decimal import Decimal
from itertools import cycle

import streamlit as st

from budget_model.together.score import LABELS, PARTS
from budget_model.together.tried_weights import MOST, TriedWeights
from pages.shared import choice, components, kept
from pages.shared.components import as_typed

WEIGHTS = "weights"
MEANS = {
    "target_match": "Do the partners’ pounds work towards the same targets?",
    "client_overlap": "Are they for the same people?",
    "function_match": "Is it the same function of government?",
    "geography_match": "Do they go to the same areas?",
    "discretion": "How much choice has the partner that has least?",
    "materiality": "Is there enough money to be worthwhile?",
    "readiness": "Is there a board, a pool, shared staff or shared information already?",
    "timing": "How soon do the partners mean to start?",
}


def usual() -> TriedWeights:
    """The place's own weights."""
    return TriedWeights.of_place(kept.place().weights.parts)


def asked() -> tuple[tuple[str, Decimal], ...]:
    """The weights that the link asks for; none where it asks for the place's own, or for no weights at all."""
    wished = _wished()
    return wished.by_part() if wished else ()


def _wished() -> TriedWeights | None:
    wished = TriedWeights.from_link(st.query_params.get(WEIGHTS, ""))
    return None if wished == usual() else wished


def draw() -> None:
    """The weights as sliders, each with the question that it weighs, and the way back to the place's own."""
    text = st.query_params.get(WEIGHTS, "")
    wished = _wished()
    if text and wished is None and text != usual().to_link():
        components.info("The weights in this link cannot be read. The place’s own are used.")
    now = wished or usual()
    label = (
        "How the score is weighed: your own weights"
        if wished
        else "How the score is weighed: the place’s own weights"
    )
    if wished:
        st.session_state.setdefault("weights", True)
    with components.unfolding(label, "weights") as opened:
        if opened:
            _sliders(now, wished)


def _sliders(now: TriedWeights, wished: TriedWeights | None) -> None:
    """A slider for each part of the score, and the way back."""
    st.caption(
        "Only the proportions count. The link keeps your weights, so that a colleague sees the same ranking."
    )
    columns = cycle(st.columns(4, gap="medium"))
    for column, (part, weight, proportion) in zip(columns, now.proportions(), strict=False):
        key = choice.ready(f"weight_{part}", weight)
        with column:
            st.slider(
                as_typed(f"{LABELS[part]}: {proportion}"),
                0,
                MOST,
                key=key,
                on_change=_write,
                help=as_typed(MEANS[part]),
            )
    st.button(
        "Back to the place’s own weights", key="weights_reset", on_click=_reset, disabled=wished is None
    )


def _write() -> None:
    weights = TriedWeights(tuple(int(st.session_state[f"weight_{part}"]) for part in PARTS))
    choice.write(WEIGHTS, "" if weights == usual() else weights.to_link())


def _reset() -> None:
    choice.write(WEIGHTS, "")
