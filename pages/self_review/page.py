"""How does the partnership, or a body, rate itself this year, what supports it, and what changed?"""

import streamlit as st

from budget_model.access import Act
from budget_model.exhibits.self_review import change_in_words
from budget_model.partnership.self_review import LEVELS, PARTNERSHIP, Answered, Group, SelfReview
from budget_model.problem import Refusal
from budget_model.store.others import Thing
from budget_model.store.self_reviews import answer
from budget_model.store.store import Store
from pages.shared import asking, chart, choice, components, kept, others, scope_picker, signing
from pages.shared.components import as_typed

BODY = "body"
HELD = "self_review_kept"
UNANSWERED = "not answered"


def show() -> None:
    """The ratings of one year, the questions with their evidence, and the form."""
    scope = scope_picker.chosen()
    bodies = {body.id: body.name for body in kept.place().organisations}
    with st.container(horizontal=True, key="controls_self_review"):
        body = choice.one(
            "Who reviews itself",
            (PARTNERSHIP, *bodies),
            BODY,
            PARTNERSHIP,
            lambda key: bodies.get(key, "The partnership"),
        )
    review = kept.answers(scope).self_review(body)
    components.headline(
        f"Self-review {review.year}: {bodies.get(body, 'the partnership')}",
        standfirst="Twelve questions, answered once a year, each beside what this map shows.",
    )
    held = st.session_state.pop(HELD, "")
    if held:
        components.done(held)
    chart.show(scope, "self-review", body, key=f"self_review_{body}", level=2)
    _form(review, body)


def _form(review: SelfReview, body: str) -> None:
    """Every question with the evidence beside it, in four groups; for those who may not answer, to read."""
    may = asking.asker().may(Act.WORK_TOGETHER if body == PARTNERSHIP else Act.CONTRIBUTE, body)
    by = signing.name("self_review") if may else ""
    if not may:
        components.note(
            "You may read the review. It is answered by the partnership’s Board, or by the body’s officers."
        )
    first, *rest = (f"{body or 'partnership'}, {review.year}: {each.question.key}" for each in review.answers)
    store = others.at(first, Thing.REVIEW, more=tuple(rest))
    with st.form(f"self_review_{body}_{review.year}", border=False):
        said = {}
        for group in Group:
            leads = group is next(iter(Group))
            with components.folded_on_phones(str(group), f"review_{group.name.lower()}", leads=leads):
                components.section(str(group))
                for each in review.answers:
                    if each.question.group is group:
                        said[each.question.key] = _question(each, review, body, may=may)
        sent = st.form_submit_button("Keep the answers", type="primary", disabled=not may)
    if sent and not signing.is_missing(by):
        _keep(store, review, body, said, by)


def _question(each: Answered, review: SelfReview, body: str, *, may: bool) -> tuple[int, str]:
    """One question, its evidence and what is said of it; level 0 is not answered."""
    question = each.question
    shown = f"What the map shows: {each.evidence}" if each.evidence else "A map of money cannot show this."
    changed = f"{change_in_words(each).capitalize()}." if change_in_words(each) else ""
    at = f"{question.key}_{body}_{review.year}"
    with st.container(horizontal=True, key=f"answered_{at}", vertical_alignment="center"):
        with components.gathered():
            components.say([components.strong(f"{question.name}."), f" {question.asked}"])
            components.note(*filter(None, (shown, changed)))
        level = st.selectbox(
            as_typed(f"Level: {question.name}"),
            [0, *LEVELS],
            index=each.now.level if each.now else 0,
            format_func=lambda level: f"{level} · {LEVELS[level]}" if level else UNANSWERED,
            key=f"level_{at}",
            disabled=not may,
            label_visibility="collapsed",
        )
        reason = st.text_input(
            as_typed(f"Reason: {question.name}"),
            value=each.now.said if each.now else "",
            max_chars=2000,
            key=f"reason_{at}",
            placeholder="What supports this, and where to check it",
            disabled=not may,
            label_visibility="collapsed",
        )
    return int(level or 0), str(reason or "")


def _changed(review: SelfReview, said: dict[str, tuple[int, str]]) -> dict[str, tuple[int, str]]:
    """The answers with a level that differ from what was said before."""
    before = {
        each.question.key: (each.now.level, each.now.said) if each.now else (0, "") for each in review.answers
    }
    return {key: words for key, words in said.items() if words[0] and words != before[key]}


def _keep(store: Store, review: SelfReview, body: str, said: dict[str, tuple[int, str]], by: str) -> None:
    """Keep what differs from what was said before."""
    changed = _changed(review, said)
    reasons_alone = [key for key, (level, reason) in said.items() if not level and reason.strip()]
    if reasons_alone:
        components.caution("A reason without a level is not kept yet: choose a level for it.")
        return
    if not changed:
        components.info("Nothing has changed since it was last saved.")
        return
    try:
        answer(store, review.year, body, changed, by=by)
    except Refusal as refusal:
        components.caution(refusal.sentence)
        return
    how_many = len(changed)
    st.session_state[HELD] = f"{how_many} answer{' is' if how_many == 1 else 's are'} kept."
    st.rerun()


show()
