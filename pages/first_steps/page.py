"""I am new here: what should I look at first?"""

import streamlit as st

from budget_model.partnership.first_steps import Guide, GuidePosition, guides_for
from budget_model.store.first_steps import first_steps
from pages.shared import asking, components, guide
from pages.shared.components import as_typed, strong


def show() -> None:
    """The guides that whoever looks may follow, each with its steps, and where they stand."""
    components.headline(
        "Your first steps",
        standfirst="A few pages in a good order. You can stop at any step, and go on from it.",
    )
    guides, position = guides_for(asking.asker()), first_steps(asking.store())
    if not guides:
        components.empty(
            "No guide leads through pages of your role.", "Look at the Overview, or ask the administrator."
        )
        return
    for column, each in zip(st.columns(len(guides), gap="medium"), guides, strict=True):
        with column, st.container(border=True, height="stretch", key=f"guide_{each.key}"):
            _guide(each, position)


def _guide(each: Guide, position: GuidePosition | None) -> None:
    components.section(f"For {each.reader}", each.question)
    components.steps([(strong(step.title), f" {step.look_for}") for step in each.steps])
    stands = position.step if position is not None and position.guide == each.key else 0
    if stands > 1:
        title = each.steps[stands - 1].title
        if st.button(as_typed(f"Go on: {title}"), type="primary", key=f"go_on_{each.key}"):
            guide.go(GuidePosition(each.key, stands))
    if st.button("Begin" if stands <= 1 else "Begin again", key=f"begin_{each.key}"):
        guide.go(GuidePosition(each.key, 1))


show()
