"""The submissions of a year: each version with its certificate, what can be done with it, and why it changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from budget_model.access import Act
from budget_model.contribute.compare import ALL, Change, Comparison, to_explain
from budget_model.contribute.compose import DIFFERENCE
from budget_model.contribute.draft import Draft
from budget_model.count.results import SubmissionOnMap
from budget_model.count.saying import counted
from budget_model.dates import day, moment, moment_of
from budget_model.exhibits.tables import Column, Kind, Table
from budget_model.money import pounds
from budget_model.problem import Refusal
from budget_model.store import changes, contributions, submissions
from budget_model.store.contributions import Explained
from budget_model.store.others import Thing
from budget_model.store.store import Store
from budget_model.vocabulary import SubmissionStatus
from pages.shared import asking, chart, choice, components, desk, empty_states, kept, others, signing, tables
from pages.shared.components import Run, Stamp, as_typed
from pages.shared.empty_states import Way
from pages.submissions.standings import waiting
from pages.upload import pieces

MOST_EXPLAINED, MOST_WORDS = 20, 40
"""Explanations that can be given at once, and earlier ones that are shown."""
WANTED = "wanted_status"
"""Where the session keeps which submission is to be moved to which status, until that is confirmed."""
APPROVE = (SubmissionStatus.APPROVED, "Approve", ":material/verified:")
BRING_BACK = (SubmissionStatus.APPROVED, "Count it again", ":material/history:")
WITHDRAW = (SubmissionStatus.WITHDRAWN, "Withdraw", ":material/block:")
ACTIONS = {
    "submitted": (APPROVE, WITHDRAW),
    "approved": (WITHDRAW,),
    "memorandum": (WITHDRAW,),
    "superseded": (BRING_BACK,),
    "withdrawn": (BRING_BACK,),
}
"""What can be done with a submission, by its status."""


def show(year: str) -> None:
    """What is being prepared for a year, and every version that was sent."""
    sent = [submission for submission in kept.all_submissions() if submission.year == year]
    drafts = [draft for draft in desk.drafts() if draft.about.year == year]
    if not sent and not drafts:
        empty_states.show(
            f"Nothing was sent for {year} yet.",
            ("Begin on ", Run("Upload", "em"), ": drop the spreadsheet that you have."),
            Way("upload", "Send a spreadsheet"),
        )
        return
    if drafts:
        _drafts(drafts)
    if not sent:
        return
    ordered = sorted(sent, key=lambda submission: submission.status != SubmissionStatus.SUBMITTED)
    to_approve = sum(submission.status == SubmissionStatus.SUBMITTED for submission in sent)
    components.section(
        f"{counted(len(sent), 'submission', 'submissions').capitalize()} for {year}{waiting(to_approve)}",
        "Every version is kept. Choose one for its certificate, its file and what can be done with it.",
    )
    picked = _picked(ordered)
    if picked:
        _version(picked, sent)
    table = _table(year, sent)
    tables.show(table)
    chart.files(table, "versions")


def _drafts(drafts: Sequence[Draft]) -> None:
    components.section(f"{counted(len(drafts), 'draft is', 'drafts are').capitalize()} being prepared")
    names = {body.id: body.name for body in kept.place().organisations}
    for draft in drafts:
        about = draft.about
        where = f"{names.get(about.organisation, '')}, {about.phase}, {about.part}"
        st.page_link(
            "pages/upload/page.py",
            icon=":material/edit:",
            query_params={"draft": str(draft.number)},
            label=as_typed(f"{where} ({draft.file}, {draft.touched_by})"),
        )


def _picked(sent: Sequence[SubmissionOnMap]) -> SubmissionOnMap | None:
    """The submission that the link names, or that was chosen from the list."""
    by_number = {submission.submission: submission for submission in sent}
    asked = choice.number("submission")
    first = list(by_number).index(asked) if asked in by_number else None
    if first is None and st.query_params.get("submission"):
        components.info(
            "The submission that this link names is not one of this year. These are all there are."
        )
    number = st.selectbox(
        "Submission",
        list(by_number),
        index=first,
        format_func=lambda number: _named(by_number[number]),
        placeholder="Choose or type: organisation, file, status",
        key="picked_submission",
    )
    return None if number is None else by_number[number]


def _table(year: str, sent: Sequence[SubmissionOnMap]) -> Table:
    columns = (
        Column("No.", Kind.COUNT),
        *map(Column, ("Organisation", "Phase", "Part", "Status")),
        Column("Lines", Kind.COUNT),
        Column("Net", Kind.POUNDS),
        *map(Column, ("Reconciliation", "File", "Last updated by")),
    )
    rows = tuple(
        (
            version.submission,
            version.organisation_name,
            str(version.phase),
            version.part,
            version.status,
            version.lines,
            version.read_total,
            Stamp(version.reconciliation).text,
            version.file,
            f"{version.made_by}, {moment_of(version.made_at)}",
        )
        for version in sent
    )
    return Table(f"Submissions for {year}", columns, rows)


def _named(version: SubmissionOnMap) -> str:
    number, body = version.submission, version.organisation_name
    return f"{number} · {body} · {version.phase}, {version.part} · {version.status} · {version.file}"


def _version(version: SubmissionOnMap, sent: Sequence[SubmissionOnMap]) -> None:
    """One version: its certificate and file, what can be done with it, and what was explained of it."""
    number = version.submission
    pieces.certificate(desk.certificate_of(number), f"certificate_{number}")
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        if submissions.sees_original(kept.store(), number):
            st.download_button(
                "The file as it was sent",
                lambda: submissions.original_of(kept.store(), number)[1],
                version.file,
                icon=":material/download:",
                on_click="ignore",
                key=f"file_{number}",
            )
        may = asking.asker().may(Act.APPROVE, version.organisation)
        for status, label, icon in ACTIONS.get(version.status, ()) if may else ():
            if st.button(as_typed(label), key=f"{status}_{number}", icon=icon):
                st.session_state[WANTED] = (number, str(status))
                st.rerun()
    wanted = st.session_state.get(WANTED)
    if wanted and wanted[0] == number:
        _confirm(number, SubmissionStatus(wanted[1]))
    _compare(version, [other for other in sent if _same_part(other, version)])
    _explanations(number)


def _same_part(other: SubmissionOnMap, version: SubmissionOnMap) -> bool:
    """Whether one is another version of the same part of a body's budget."""
    same = other.organisation == version.organisation and other.part == version.part
    return same and other.submission != version.submission


def _compare(version: SubmissionOnMap, others: Sequence[SubmissionOnMap]) -> None:
    if not others:
        return
    names = {other.submission: _named(other) for other in others}
    with st.expander(as_typed(f"Compare with another version ({len(others)})")):
        other = st.selectbox(
            "With", list(names), key=f"compare_{version.submission}", format_func=names.__getitem__
        )
        if other is not None:
            before, after = sorted((other, version.submission))
            apart = changes.versions_apart(kept.store(), before, after, kept.place())
            pieces.comparison(apart, f"From submission {before} to {after}, by service")


def _confirm(number: int, status: SubmissionStatus) -> None:
    """Say what will change on the map; only then do it."""
    change = changes.would_change_status(kept.store(), number, status, kept.place())
    with st.container(border=True, key="confirm_status"):
        if change.moved or change.changed:
            components.ask(_moves(change), "Nothing is deleted: it can be brought back at any time.")
            pieces.comparison(change, "By service", most=8)
        else:
            components.ask("Nothing changes in the totals.")
        store = others.at(str(number), Thing.SUBMISSION)
        officer = signing.officer("status")
        reason = st.text_input("Why", max_chars=300, key=f"reason_{number}")
        with st.container(horizontal=True, gap="small"):
            words = "Yes, withdraw it" if status is SubmissionStatus.WITHDRAWN else "Yes, count it"
            if st.button(as_typed(words), type="primary", key="do_status"):
                _change(store, number, status, officer, reason.strip())
            if st.button("No, leave it", key="leave_status"):
                _decided()


def _change(store: Store, number: int, status: SubmissionStatus, officer: str, reason: str) -> None:
    """Do it; where another has decided meanwhile, say so, and leave it as it is."""
    try:
        submissions.change_status(store, number, status, by=officer, reason=reason)
    except Refusal as refusal:
        components.caution(refusal.sentence)
        return
    _decided()


def _moves(change: Comparison) -> str:
    """What a change of status would make of the place's total."""
    if not change.moved:
        return "The total stays; services change."
    verb = "rises" if change.moved > 0 else "falls"
    return f"The place’s total {verb} by {pounds(abs(change.moved))}, to {pounds(change.after)}."


def _decided() -> None:
    st.session_state.pop(WANTED, None)
    st.rerun()


# What was explained


@dataclass(frozen=True, slots=True)
class Asked:
    """What there is to explain of a submission, and what was said of it already."""

    questions: Mapping[str, str]
    """What is asked, by its subject."""
    given: Mapping[str, str]
    """The explanation that stands, by its subject."""
    words: tuple[Explained, ...]
    """Every word of it, the latest first."""
    compared: Comparison | None
    missing: int
    """Changes over the limit without an explanation."""

    @property
    def last(self) -> dict[str, Explained]:
        """The latest word on each subject."""
        return {word.subject: word for word in reversed(self.words)}


def _asked(number: int) -> Asked:
    store, place = kept.store(), kept.place()
    words = tuple(contributions.explained(store, number))
    latest = {word.subject: word.words for word in reversed(words)}
    given = {subject: text for subject, text in latest.items() if text}
    compared = changes.compared_since(store, number, place)
    over, missing = [to_explain(compared, place, by) for by in ({}, given)] if compared else ((), ())
    return Asked(_questions(over, given), given, words, compared, len(missing))


def _questions(over: Sequence[Change], given: Mapping[str, str]) -> dict[str, str]:
    """What is to be explained by its subject: the total, changes over the limits, and what was explained before."""
    questions = {DIFFERENCE: "Why the total differs from its own"}
    questions |= {change.subject: change.sentence for change in over}
    if over or ALL in given:
        questions[ALL] = "One explanation for every change"
    return questions | {
        subject: subject.partition(":")[2] or subject for subject in given if subject not in questions
    }


def _explanations(number: int) -> None:
    """What was explained of a submission, by whom and when; each can be corrected, and what is missing added."""
    asked = _asked(number)
    missing = f" · {counted(asked.missing, 'change has', 'changes have')} none" if asked.missing else ""
    with st.expander(as_typed(f"Explanations{missing}"), key="explanations"):
        if asked.compared:
            before, after = pounds(asked.compared.before), pounds(asked.compared.after)
            components.note(f"Against {asked.compared.before_is}: {before} then, {after} now.")
        _explain(number, asked)
        if asked.words:
            components.bullets(
                (
                    f"{asked.questions.get(word.subject, word.subject)} ",
                    components.strong(word.words or "taken back"),
                    f" ({word.by}, {moment(word.on)})",
                )
                for word in asked.words[:MOST_WORDS]
            )


def _explain(number: int, asked: Asked) -> None:
    store = others.at(str(number), Thing.EXPLAINED)
    officer = signing.officer("explain")
    last = asked.last
    with st.form(f"explain_{number}", border=False):
        typed = {
            subject: st.text_input(
                as_typed(question),
                value=asked.given.get(subject, ""),
                max_chars=1000,
                help=as_typed(_who(last.get(subject))) or None,
                key=f"explain_{number}_{subject}_{len(asked.words)}",
            )
            for subject, question in list(asked.questions.items())[:MOST_EXPLAINED]
        }
        if st.form_submit_button("Keep the explanations", icon=":material/edit_note:"):
            new = {
                key: text.strip() for key, text in typed.items() if text.strip() != asked.given.get(key, "")
            }
            _keep_explained(store, number, new, officer)


def _keep_explained(store: Store, number: int, new: Mapping[str, str], officer: str) -> None:
    try:
        for subject, text in new.items():
            contributions.explain(store, number, subject, text, by=officer)
    except Refusal as refusal:
        components.caution(refusal.sentence)
        return
    st.rerun()


def _who(word: Explained | None) -> str:
    return f"Last written by {word.by} on {day(word.on)}" if word else ""
