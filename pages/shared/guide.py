"""The first steps on the pages that they lead through: the offer, the step that somebody is at, and the way on."""

import streamlit as st

from budget_model.partnership.first_steps import BY_KEY, Guide, GuidePosition, guides_for, next_step
from budget_model.problem import Refusal
from budget_model.store.first_steps import first_steps, keep_first_steps
from pages.shared import asking, components
from pages.shared.components import as_typed, strong

PAGE, OFFERED_ON = "first_steps", "overview"


def strip(address: str) -> None:
    """One line above a page: the step that whoever looks is at, or the offer to be shown round."""
    position = first_steps(asking.store())
    if address == PAGE.replace("_", "-"):
        return
    if position is None:
        if address in ("", OFFERED_ON):
            _offer()
    elif position.step and not position.left:
        _step(position, address or OFFERED_ON)


def keep(position: GuidePosition) -> bool:
    """Keep where whoever looks stands now; where the store does not take it, say so."""
    try:
        keep_first_steps(asking.store(), position)
    except Refusal as refusal:
        components.caution(refusal.sentence)
        return False
    return True


def go(position: GuidePosition) -> None:
    """Keep a step and open its page."""
    step = BY_KEY[position.guide].steps[position.step - 1]
    if keep(position):
        st.switch_page(f"pages/{step.page}/page.py", query_params=dict(step.query))


def _offer() -> None:
    guides = guides_for(asking.asker())
    if not guides:
        return
    with st.container(
        border=True, horizontal=True, vertical_alignment="center", gap="small", key="guide_offer"
    ):
        components.say(
            (
                strong("New here?"),
                " A few steps show you round, and you can stop at any of them.",
            )
        )
        show = st.button("Show me round", key="guide_show", type="primary")
        later = st.button("Not now", key="guide_later", type="tertiary")
    if show:
        _begin(guides)
    if later:
        _leave(GuidePosition(guides[0].key, 0))


def _begin(guides: tuple[Guide, ...]) -> None:
    """Begin the only guide there is, or let one of several be chosen."""
    if len(guides) == 1:
        go(GuidePosition(guides[0].key, 1))
    else:
        st.switch_page(f"pages/{PAGE}/page.py")


def _step(position: GuidePosition, address: str) -> None:
    guide = BY_KEY[position.guide]
    step, onward = guide.steps[position.step - 1], next_step(position)
    here = address == step.address
    with st.container(
        border=True, horizontal=True, vertical_alignment="center", gap="small", key="guide_step"
    ):
        components.say(
            (
                strong(f"Step {position.step} of {len(guide.steps)}: {step.title}."),
                f" {step.look_for}" if here else " It is on another page.",
            )
        )
        if not here:
            label = f"Go back to it: {step.title}"
        elif onward is not None:
            label = f"Next: {guide.steps[onward.step - 1].title}"
        else:
            label = "Done"
        if st.button(as_typed(label), key="guide_next", type="primary"):
            _on(position, onward, here=here)
        may_stop = onward is not None or not here
        if may_stop and st.button("Stop here", key="guide_stop", type="tertiary"):
            _leave(position)


def _on(position: GuidePosition, onward: GuidePosition | None, *, here: bool) -> None:
    if not here:
        go(position)
    elif onward is not None:
        go(onward)
    else:
        _leave(position)


def _leave(position: GuidePosition) -> None:
    if keep(GuidePosition(position.guide, position.step, left=True)):
        st.rerun()
