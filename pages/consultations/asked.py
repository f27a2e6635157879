"""Who is asked by a consultation, each with a letter and a link of their own; and comments that wait to be read."""

from typing import Final
from urllib.parse import urlencode

import streamlit as st

from budget_model import dates
from budget_model.contribute.asking import Letter
from budget_model.count.saying import counted, opened
from budget_model.dates import day
from budget_model.exhibits.tables import Column, Table
from budget_model.mail import dashboard_address
from budget_model.partnership.consultations import (
    Comment,
    Consultation,
    Invited,
    Member,
    Result,
    Sector,
    Stage,
    Verdict,
    letter,
    read_members,
)
from budget_model.problem import Refusal
from budget_model.store import consultations as register
from pages.consultations import writing
from pages.shared import chart, components, kept, signing, tables
from pages.shared.components import as_typed
from pages.shared.typed import Typed

LETTERS: Final = "consultation_letters"
"""Where the session keeps the letters that were made now: their secrets are kept nowhere else."""
MOST_SHOWN: Final = 25
MOST_TYPED: Final = 100_000
HINT: Final = "Ann Lee, ann@firm.example, private\nBo Cole, bo@charity.example, voluntary"


def people(done: Result) -> None:
    """Members with links, the box in which more are typed, and the letters that were just made."""
    one = done.consultation
    invited = register.invited(kept.live(), one.id)
    held: dict[str, tuple[Letter, ...]] = st.session_state.get(LETTERS, {})
    letters = held.get(one.id, ())
    title = f"Who is asked: {counted(len(invited), 'member', 'members')}" if invited else "Who is asked"
    with st.expander(as_typed(title), key="consultation_people", expanded=bool(letters) or not invited):
        if done.stage is Stage.CLOSED:
            components.note(_closed(one, invited))
        else:
            _make(one)
        if letters:
            _letters(one, letters)
        if invited:
            table = _table(one, invited)
            tables.show(table)
            chart.files(table, "consultation_asked")
            _again(one, invited)


def _closed(consultation: Consultation, invited: tuple[Invited, ...]) -> str:
    if not invited:
        return "It has closed, and who was asked is no longer held."
    return f"It has closed. Who was asked is deleted after {day(consultation.forgotten_after)}."


def _make(consultation: Consultation) -> None:
    typed = Typed(f"consultation_members_{consultation.id}")
    text = typed.words(
        st, "Members, one on a line: name, email address, sector", "members", "", MOST_TYPED, HINT
    )
    components.note(f"Sectors: {', '.join(Sector)}.")
    by = signing.name("consultation_links")
    if not st.button("Make their links", type="primary", key="consultation_make") or signing.is_missing(by):
        return
    members, faults = read_members(text)
    if faults or not members:
        for fault in faults[:MOST_SHOWN] or ("Type at least one member.",):
            components.caution(fault)
        return
    if _made(consultation, members, by):
        typed.forget()
        st.rerun()


def _made(consultation: Consultation, members: tuple[Member, ...], by: str) -> bool:
    """Make links, and hold their letters for this session; whether that could be done."""
    try:
        links = register.make_links(kept.live(), consultation.id, members, by=by)
    except Refusal as refusal:
        components.caution(refusal.sentence)
        return False
    letters = tuple(
        letter(
            consultation,
            member,
            f"{dashboard_address()}/answer?{urlencode({'token': secret})}",
            kept.place().name,
        )
        for member, secret in links.items()
    )
    st.session_state[LETTERS] = {consultation.id: letters}
    answered = len(members) - len(letters)
    left = (
        f" {opened(counted(answered, 'member has', 'members have'))} answered already and get no other."
        if answered
        else ""
    )
    st.session_state[writing.HELD] = f"{opened(counted(len(letters), 'link is', 'links are'))} made.{left}"
    return True


def _letters(consultation: Consultation, letters: tuple[Letter, ...]) -> None:
    """Each letter to open in a mail program, and all of them as one text."""
    components.callout(
        "Send these letters now: for safety the links are shown once. A new link for the same address voids the earlier.",
        grave=True,
    )
    whole = "\n\n----\n\n".join(
        f"To: {each.to[0]}\nSubject: {each.subject}\n\n{each.text}" for each in letters
    )
    st.download_button(
        "All letters as text",
        whole,
        f"{consultation.id}-letters.txt",
        "text/plain",
        icon=":material/download:",
        on_click="ignore",
        key="consultation_letters_file",
    )
    with st.container(horizontal=True, gap="small", key="consultation_mailto"):
        for each in letters[:MOST_SHOWN]:
            st.link_button(as_typed(each.to[0]), each.mailto, icon=":material/mail:")
    if len(letters) > MOST_SHOWN:
        components.note(f"The other {len(letters) - MOST_SHOWN} are in the text.")
    st.code(letters[0].text, language=None, wrap_lines=True)


def _table(consultation: Consultation, invited: tuple[Invited, ...]) -> Table:
    columns = tuple(map(Column, ("Member", "Address", "Sector", "Answered")))
    rows = tuple(
        (each.member.name, each.member.address, str(each.member.sector), "yes" if each.answered else "no")
        for each in invited
    )
    note = f"Held until {day(consultation.forgotten_after)}. What each answered is held nowhere."
    return Table(f"Members asked: {consultation.name}", columns, rows, notes=(note,))


def _again(consultation: Consultation, invited: tuple[Invited, ...]) -> None:
    """Another link for somebody who lost theirs and has not answered."""
    waiting = {each.member.address: each.member for each in invited if not each.answered}
    if not waiting or consultation.stage(dates.today()) is Stage.CLOSED:
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        address = st.selectbox(
            "A new link for",
            list(waiting),
            index=None,
            key="consultation_again",
            placeholder="Whoever lost theirs",
        )
        pressed = st.button("Make it", key="consultation_again_make", disabled=address is None)
    if pressed and address and _made(consultation, (waiting[address],), signing.officer()):
        st.rerun()


def comments(consultation: Consultation) -> None:
    """Every comment, those nobody has read first, to be shown with the result or withheld."""
    every = sorted(
        register.comments(kept.live(), consultation.id), key=lambda each: each.verdict is not Verdict.WAITING
    )
    if not every:
        return
    waiting = sum(1 for each in every if each.verdict is Verdict.WAITING)
    title = f"Comments: {waiting} to read" if waiting else "Comments: all are read"
    with st.expander(as_typed(title), key="consultation_comments", expanded=bool(waiting)):
        components.note(
            "Show what helps; withhold what names a person, or tells who wrote it. What you show stands beside the "
            "result, with its sector where at least five of it answered."
        )
        for at, each in enumerate(every[:MOST_SHOWN]):
            _comment(consultation, each, at)
        if len(every) > MOST_SHOWN:
            components.note(f"{len(every) - MOST_SHOWN} more follow when these are read.")


def _comment(consultation: Consultation, each: Comment, at: int) -> None:
    with st.container(border=True, key=f"comment_{at}"):
        components.badges(str(each.verdict))
        components.note(consultation.questions[each.question].text)
        components.say(each.text)
        with st.container(horizontal=True, gap="small"):
            at_this = f"{each.answer}_{each.question}"
            shown = each.verdict is not Verdict.SHOWN and st.button("Show it", key=f"show_{at_this}")
            hidden = each.verdict is not Verdict.WITHHELD and st.button("Withhold it", key=f"hold_{at_this}")
        if shown or hidden:
            verdict = Verdict.SHOWN if shown else Verdict.WITHHELD
            register.moderate(kept.live(), consultation.id, each, verdict, by=signing.officer())
            st.rerun()
