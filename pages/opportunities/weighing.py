"""The weights of the score as the person sets them, kept in the link."""

from decimal import Decimal

import streamlit as st

from budget_model.money import percent
from budget_model.scope import digits
from budget_model.together.score import LABELS, PARTS, part_weights
from pages.shared import choice, components, kept
from pages.shared.components import as_typed

WEIGHTS = "weights"
MOST = 100
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


def usual() -> tuple[int, ...]:
    """The place's own weights, in hundredths, in the order of the parts."""
    own = part_weights(kept.place().weights.parts)
    return tuple(int((own[part] * MOST).to_integral_value()) for part in PARTS)


def asked() -> tuple[tuple[str, Decimal], ...]:
    """The weights that the link asks for; none where it asks for the place's own, or for no weights at all."""
    wished = _read(st.query_params.get(WEIGHTS, ""))
    if wished is None:
        return ()
    return tuple((part, Decimal(weight) / MOST) for part, weight in zip(PARTS, wished, strict=True))


def _read(text: str) -> tuple[int, ...] | None:
    """Weights as a link writes them, such as '25-20-10-5-15-10-10-5'."""
    parts = [digits(word, 3) for word in text.split("-")]
    weights = tuple(min(part, MOST) for part in parts if part is not None)
    if not len(parts) == len(weights) == len(PARTS):
        return None
    return None if weights == usual() else weights


def draw() -> None:
    """The weights as sliders, each with the question that it weighs, and the way back to the place's own."""
    text = st.query_params.get(WEIGHTS, "")
    wished = _read(text)
    if text and wished is None and text != "-".join(map(str, usual())):
        components.info("The weights in this link cannot be read. The place’s own are used.")
    now = wished or usual()
    label = (
        "How the score is weighed: your own weights"
        if wished
        else "How the score is weighed: the place’s own weights"
    )
    with st.expander(as_typed(label), key="weights", expanded=bool(wished)):
        st.caption(
            "Only the proportions count. The link keeps your weights, so that a colleague sees the same ranking."
        )
        whole = sum(now)
        columns = st.columns(4, gap="medium")
        for number, (part, weight) in enumerate(zip(PARTS, now, strict=True)):
            key = choice.ready(f"weight_{part}", weight)
            with columns[number % 4]:
                st.slider(
                    as_typed(
                        f"{LABELS[part]}: {percent(Decimal(weight), Decimal(whole)) if whole else 'nothing'}"
                    ),
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
    weights = tuple(int(st.session_state[f"weight_{part}"]) for part in PARTS)
    choice.write(WEIGHTS, "" if weights == usual() else "-".join(map(str, weights)))


def _reset() -> None:
    choice.write(WEIGHTS, "")
