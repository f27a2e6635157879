"""The promises to voluntary bodies: what the grants show of each, and what the partnership says."""

from typing import Final, Literal

import streamlit as st

from budget_model import dates
from budget_model.access import Act
from budget_model.problem import Refusal
from budget_model.scope import Scope
from budget_model.store.voluntary import say_of_promise
from budget_model.together.compact import PROMISES, READ, Kept
from pages.shared import asking, chart, components, kept, signing
from pages.shared.components import Check, as_typed

SIGNS: Final[dict[Kept, Literal["done", "open", "note"]]] = {
    Kept.YES: "done",
    Kept.PARTLY: "open",
    Kept.NO: "open",
    Kept.UNKNOWN: "note",
}


def show(scope: Scope) -> None:
    """The checklist with its evidence, its table, and the form for those who may say."""
    chart.show_table(scope, "third-compact", key="third_compact", level=2, folded=True)
    answers = kept.answers(scope)
    found, said = answers.voluntary(), answers.promises()
    components.checklist(
        [
            Check(
                SIGNS[said[promise.key].kept if promise.key in said else Kept.UNKNOWN],
                f"{promise.name}: {promise.evidence(found, dates.today()) or 'a list of grants cannot show this.'}",
            )
            for promise in PROMISES
        ]
    )
    components.note(READ)
    if asking.asker().may(Act.WORK_TOGETHER):
        _form()


def _form() -> None:
    with st.expander("Say how far a promise is kept", key="say_promise"):
        by = signing.name("promise")
        named = {promise.key: promise for promise in PROMISES}
        key = st.selectbox("Promise", list(named), format_func=lambda key: named[key].name, key="promise")
        components.note(named[key].words)
        state = st.selectbox(
            "How far", list(Kept), format_func=lambda one: str(one).capitalize(), key="promise_kept"
        )
        reason = st.text_area("Why, and where to check it", max_chars=2000, key="promise_reason")
        if st.button("Keep what is said", type="primary", key="promise_keep") and not signing.is_missing(by):
            try:
                say_of_promise(kept.store(), key, Kept(str(state)), reason, by=by)
            except Refusal as refusal:
                components.caution(refusal.sentence)
                return
            st.toast(as_typed(f"{named[key].name}: {state}."))
            st.rerun()
