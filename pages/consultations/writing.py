"""The form of a consultation. What is typed is kept in the session until it is saved, also where saving is refused."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

import streamlit as st

from budget_model import dates
from budget_model.partnership.consultations import LONGEST_TEXT, Consultation, Kind, Question
from budget_model.problem import Refusal
from budget_model.store import consultations as register
from budget_model.store import joint
from pages.shared import components, kept, signing
from pages.shared.typed import Typed

HELD: Final = "consultation_kept"
NEW: Final = "consultation_new"
BEGUN: Final = "consultation_begun"
"""Under this the session counts how often an example was begun with: each time the form is another, and opens."""
MORE_ROWS: Final = 1
LASTS: Final = timedelta(days=21)


def new(*, first: bool = False) -> None:
    """A consultation that is not kept yet; where it would be the `first`, its form stands open."""
    typed = Typed(NEW)
    begun = st.session_state.get(BEGUN, 0)
    with st.expander(
        "Write a new consultation", key=f"consultation_write_{begun}", expanded=first or bool(typed.held)
    ):
        on = dates.today()
        _form(typed, Consultation("", "", "", (), on, on + LASTS))


def change(consultation: Consultation) -> None:
    """A consultation that is kept, to be changed; its questions only as long as no link has gone out."""
    typed = Typed(f"consultation_{consultation.id}")
    with st.expander("Change it", key="consultation_change", expanded=bool(typed.held)):
        asked = bool(register.invited(kept.live(), consultation.id))
        if asked:
            components.note(
                "Links have gone out, so its questions stay as they are; its days and words can change."
            )
        _form(typed, consultation, questions=not asked)


def begin(example: Consultation) -> None:
    """Put an example into the form of a new consultation, for days from today."""
    held: dict[str, object] = {"name": example.name, "about": example.about, "rows": len(example.questions)}
    for at, question in enumerate(example.questions):
        held |= {f"text_{at}": question.text, f"kind_{at}": str(question.kind)}
        held[f"options_{at}"] = "\n".join(question.options)
    st.session_state[NEW] = held
    st.session_state[BEGUN] = st.session_state.get(BEGUN, 0) + 1


def _form(typed: Typed, consultation: Consultation, *, questions: bool = True) -> None:
    if typed.held:
        components.callout("What you typed is not saved yet.", grave=False)
    by = signing.name(typed.name)
    name = typed.text(st, "Name", "name", consultation.name, 200)
    about = typed.words(
        st, "What members read above the questions", "about", consultation.about, 2 * LONGEST_TEXT
    )
    left, middle, right = st.columns([1, 1, 2])
    opens = typed.day(left, "Opens on", "opens", consultation.opens)
    closes = typed.day(middle, "Last day for answers", "closes", consultation.closes)
    decisions = {entry.opportunity: entry.title for entry in joint.decisions(kept.live())}
    decision = typed.chosen(
        right,
        "Kept with the decision",
        "decision",
        consultation.decision if consultation.decision in decisions else "",
        ("", *decisions),
        lambda key: decisions.get(key, "none"),
    )
    asked = _questions(typed, consultation.questions) if questions else consultation.questions
    with st.container(horizontal=True):
        if st.button("Keep the consultation", type="primary", key=f"{typed.name}_save"):
            wanted = replace(consultation, name=name, about=about, decision=decision, questions=tuple(asked))
            _save(typed, wanted, (opens, closes), by)
        if typed.held and st.button("Discard what I typed", key=f"{typed.name}_discard"):
            typed.forget()
            st.rerun()


def _questions(typed: Typed, saved: Sequence[Question]) -> list[Question]:
    """A row for each question, and one more that is empty."""
    components.ask(
        "Questions", "Leave empty what you do not need. Answers to choose from stand one on each line."
    )
    rows = max(len(saved), int(typed.held.get("rows", 0))) + MORE_ROWS
    questions = []
    for at in range(rows):
        was = saved[at] if at < len(saved) else Question("")
        left, middle, right = st.columns([4, 2, 3])
        text = typed.words(left, f"Question {at + 1}", f"text_{at}", was.text, LONGEST_TEXT)
        kind = Kind(
            typed.chosen(middle, f"Kind ({at + 1})", f"kind_{at}", str(was.kind), tuple(map(str, Kind)))
        )
        options = typed.words(
            right,
            f"Answers, or both ends of the scale ({at + 1})",
            f"options_{at}",
            "\n".join(was.options),
            4 * LONGEST_TEXT,
            "support\nchallenge\nno view",
        )
        if text.strip() and at >= len(saved):
            typed.held["rows"] = max(int(typed.held.get("rows", 0)), at + 1)
        if text.strip() or options.strip():
            lines = tuple(line.strip() for line in options.splitlines() if line.strip())
            questions.append(Question(text.strip(), kind, lines))
    return questions


def _save(typed: Typed, wanted: Consultation, days: tuple[date | None, date | None], by: str) -> None:
    opens, closes = days
    if signing.is_missing(by):
        return
    if opens is None or closes is None:
        components.caution("Choose the day on which it opens, and the last day for answers.")
        return
    try:
        made = register.keep(kept.live(), replace(wanted, opens=opens, closes=closes), by=by)
    except Refusal as refusal:
        components.caution(refusal.sentence)
        return
    typed.forget()
    st.session_state[HELD] = f"“{made.name}” is kept. Make links for the members who are asked."
    st.query_params["consultation"] = made.id
    st.rerun()
