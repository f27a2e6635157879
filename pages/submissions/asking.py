"""Who is late or awaited for a year, with a letter to each ready to send, the days as a calendar, and the digest."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

import streamlit as st

from budget_model import dates
from budget_model.access import Act
from budget_model.contribute.asking import WAITED_FOR, Ask, calendar, letter, message
from budget_model.count.saying import counted
from budget_model.dates import day, moment
from budget_model.exhibits.tables import Column, Table
from budget_model.mail import MailServer, dashboard_address
from budget_model.problem import Refusal
from budget_model.store import posting, reminding
from budget_model.store.reminding import AskedBefore, subject_of
from pages.shared import asking, chart, components, kept, signing, tables
from pages.shared.components import as_typed

MOST: Final = 60

to_ask = kept.kept(reminding.to_ask, today=True)
asked_before = kept.kept(reminding.asked_before, today=True)


def show(year: str) -> None:
    """Every body that is asked for figures of a year, one letter at a time, and what directors read of all."""
    if not asking.asker().may(Act.REMIND):
        components.empty(
            "Directors and administrators ask bodies for their figures.",
            "What you are asked for is on Upload.",
        )
        return
    wanted, before = to_ask(year, dates.today()), asked_before()
    if not wanted:
        components.empty(
            f"Nothing is late, awaited or due soon for {year}.", "The days are set under Who has sent what."
        )
        return
    waited = [ask for ask in wanted if ask.state in WAITED_FOR]
    components.section(
        f"{counted(len(waited), 'body is', 'bodies are').capitalize()} late or awaited for {year}",
        "Choose a body for its letter. The workbook to fill in goes with it; who was asked, when and how is in the audit.",
    )
    by_body = {ask.organisation: ask for ask in wanted}
    body = st.selectbox(
        "Body to ask",
        list(by_body),
        index=None,
        key="ask_body",
        placeholder="Choose or type an organisation",
        format_func=lambda body: f"{by_body[body].name}: {by_body[body].phase}, {by_body[body].since}",
    )
    if body is not None:
        _letter(by_body[body], before)
    table = _table(year, wanted, before)
    tables.show(table, MOST)
    with st.container(horizontal=True, gap="small"):
        st.download_button(
            "All days as a calendar",
            lambda: calendar(wanted, kept.place().name, dashboard_address(), datetime.now(UTC)),
            f"figures-asked-for-{year}.ics",
            "text/calendar",
            icon=":material/event:",
            on_click="ignore",
            key="calendar_all",
        )
        chart.files(table, "asked")
    _digest(year)


def _letter(ask: Ask, before: Mapping[str, AskedBefore]) -> None:
    """One letter: to be opened in a mail program, downloaded with its workbook, copied, or sent from here."""
    place, address = kept.place().name, dashboard_address()
    written = letter(ask, place, address)
    with st.container(border=True, key="letter"):
        components.ask(written.subject, _to(ask, before.get(subject_of(ask))))
        st.code(written.text, language=None, wrap_lines=True)
        with st.container(horizontal=True, gap="small"):
            st.link_button("Open in your mail program", written.mailto, icon=":material/mail:")
            st.download_button(
                "Letter with the workbook",
                lambda: message(written, "", reminding.workbook_of(kept.store(), ask)).as_bytes(),
                f"{ask.organisation}-{ask.year}.eml",
                "message/rfc822",
                icon=":material/attach_email:",
                on_click="ignore",
                key="letter_eml",
            )
            st.download_button(
                "Its day as a calendar entry",
                lambda: calendar([ask], place, address, datetime.now(UTC)),
                f"{ask.organisation}-{ask.year}.ics",
                "text/calendar",
                icon=":material/event:",
                on_click="ignore",
                key="letter_ics",
            )
        _sending(ask)


def _to(ask: Ask, before: AskedBefore | None) -> str:
    to = (
        f"To {', '.join(ask.to)}."
        if ask.to
        else "No officer of this body has an account, so there is no address yet."
    )
    return f"{to} Last asked on {moment(before.at)} by {before.by}, {before.how}." if before else to


def _sending(ask: Ask) -> None:
    """Send it from here where a mail server is set, or note that it was sent."""
    server = MailServer.set()
    with st.container(horizontal=True, gap="small"):
        if (
            server
            and ask.to
            and ask.state in WAITED_FOR
            and st.button("Send it now", type="primary", icon=":material/send:", key="send_letter")
        ):
            try:
                with components.loading("Sending the letter"):
                    posting.send_letters(kept.store(), server, [ask], by=signing.officer())
            except Refusal as refusal:
                components.error(refusal.sentence)
                return
            st.rerun()
        if st.button("I have sent it", icon=":material/check:", key="letter_sent"):
            reminding.note_asked(kept.store(), [ask], by=signing.officer(), how="from a mail program to")
            st.rerun()


def _digest(year: str) -> None:
    with st.expander("The digest for directors", key="digest"):
        st.code(posting.digest_of(kept.store(), year), language=None, wrap_lines=True)
        server = MailServer.set()
        if server is None:
            components.note(
                "It is sent by mail once a mail server is set (BUDGET_MODEL_SMTP_HOST); the README says how."
            )
        elif st.button("Send it to the directors", icon=":material/send:", key="send_digest"):
            try:
                to = posting.send_digest(kept.store(), server, year)
            except Refusal as refusal:
                components.error(refusal.sentence)
                return
            st.toast(as_typed(f"Sent to {', '.join(to)}"))


def _table(year: str, wanted: tuple[Ask, ...], before: Mapping[str, AskedBefore]) -> Table:
    columns = tuple(map(Column, ("Organisation", "Phase", "State", "Asked for by", "To", "Last asked")))
    rows = tuple(
        (
            ask.name,
            str(ask.phase),
            ask.since,
            day(ask.due_on),
            ", ".join(ask.to),
            _last(before.get(subject_of(ask))),
        )
        for ask in wanted
    )
    return Table(f"Who is asked for figures of {year}", columns, rows)


def _last(before: AskedBefore | None) -> str:
    return f"{day(dates.day_of(before.at))} by {before.by}" if before else ""
