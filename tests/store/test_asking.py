"""Asking bodies for their figures: whom, with which letter, by a mail server of its own, and what each person is told."""

import email
import email.policy
import shutil
import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from aiosmtpd.controller import Controller

from budget_model.__main__ import main
from budget_model.access import Asker, Grant, Role
from budget_model.contribute.asking import LONGEST_MAILTO, Letter, calendar, letter, message
from budget_model.contribute.quality import State
from budget_model.mail import MailServer, Security
from budget_model.problem import Refusal
from budget_model.store.people import give, make_service
from budget_model.store.posting import send_digest, send_if_due, send_letters
from budget_model.store.quality import set_due_days
from budget_model.store.reminding import asked_before, note_asked, notices, to_ask
from budget_model.store.store import Store
from budget_model.vocabulary import Phase
from tests.towns import YEAR, line, receive, submission

TODAY = date(2016, 4, 10)


class Letterbox:
    """A mail server's end: keeps what it is given, and refuses one address."""

    def __init__(self) -> None:
        self.held: list[tuple[list[str], EmailMessage]] = []

    async def handle_RCPT(self, _: Any, __: Any, envelope: Any, address: str, ___: Any) -> str:
        if address.startswith("gone@"):
            return "550 nobody of that name"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _: Any, __: Any, envelope: Any) -> str:
        read = email.message_from_bytes(envelope.content, policy=email.policy.default)
        assert isinstance(read, EmailMessage)
        self.held.append((envelope.rcpt_tos, read))
        return "250 kept"


@pytest.fixture
def letterbox() -> Iterator[tuple[Letterbox, MailServer]]:
    box = Letterbox()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    running = Controller(box, hostname="127.0.0.1", port=port)
    running.start()
    try:
        yield box, MailServer("127.0.0.1", port, "map@town.example", Security.NONE)
    finally:
        running.stop()


@pytest.fixture
def store(town_made: Path, tmp_path: Path) -> Iterator[Store]:
    """Ten days after the budgets were due: the council has sent, the police and the trust have not."""
    with Store(Path(shutil.copy(town_made, tmp_path / "budget.duckdb"))) as opened:
        receive(opened, submission("council", [line("Care", 100, "care")]), b"book", by="Ann")
        give(opened, "pat@police.example", Role.OFFICER, "police", name="Pat", by="root")
        give(opened, "dee@town.example", Role.DIRECTOR, name="Dee", by="root")
        yield opened


def test_bodies_that_are_late_are_asked_for_the_phase_that_is_missing_and_those_that_sent_are_not(
    store: Store,
) -> None:
    wanted = to_ask(store, YEAR, TODAY)
    assert [(ask.organisation, ask.phase, ask.days_late) for ask in wanted] == [
        ("trust", Phase.ORIGINAL_BUDGET, 10),
        ("nhs", Phase.ORIGINAL_BUDGET, 10),
        ("police", Phase.ORIGINAL_BUDGET, 10),
    ]
    assert {ask.state for ask in wanted} == {State.LATE}
    assert [ask.to for ask in wanted] == [(), (), ("pat@police.example",)]
    set_due_days(store, YEAR, {Phase.ORIGINAL_BUDGET: date(2016, 4, 20)}, by="Dee")
    assert {ask.state for ask in to_ask(store, YEAR, TODAY)} == {State.NOT_DUE}
    assert to_ask(store, YEAR, date(2015, 12, 1)) == ()


def test_a_letter_says_what_by_when_and_where_and_opens_in_a_mail_program(store: Store) -> None:
    police = to_ask(store, YEAR, TODAY)[-1]
    written = letter(police, "Anytown", "https://map.town.example")
    link = urlsplit(written.mailto)
    asked = parse_qs(link.query)
    assert (link.scheme, link.path) == ("mailto", "pat@police.example")
    assert asked["subject"] == ["Anytown: original budget 2016-17 of Shire Police"]
    assert asked["body"][0].replace("\r\n", "\n") == written.text
    for said in ("31 March 2016", "https://map.town.example/upload?body=police&year=2016-17", "Shire Police"):
        assert said in written.text
    long = Letter(("a@b.example",), "Long", "words " * 2_000)
    assert len(long.mailto) <= LONGEST_MAILTO + 10
    assert unquote(long.mailto).endswith("…")


def test_the_calendar_has_each_day_once_in_lines_that_a_calendar_reads(store: Store) -> None:
    wanted = to_ask(store, YEAR, TODAY)
    text = calendar(
        wanted, "Anytown, and about", "https://map.example", datetime(2016, 4, 10, tzinfo=UTC)
    ).decode()
    assert all(len(one.encode()) <= 75 for one in text.split("\r\n"))
    whole = text.replace("\r\n ", "")
    assert whole.count("BEGIN:VEVENT") == whole.count("END:VEVENT") == len(wanted)
    assert "DTSTART;VALUE=DATE:20160331\r\nDTEND;VALUE=DATE:20160401" in whole
    assert "SUMMARY:Anytown\\, and about: original budget 2016-17 of Shire Police" in whole


def test_letters_go_by_the_server_that_is_set_with_the_workbook_and_are_noted(
    store: Store, letterbox: tuple[Letterbox, MailServer]
) -> None:
    box, server = letterbox
    sent = send_letters(store, server, to_ask(store, YEAR, TODAY), by="Dee")
    assert [ask.organisation for ask in sent] == ["police"]
    ((to, got),) = box.held
    assert (to, got["From"], got["X-Unsent"]) == (["pat@police.example"], "map@town.example", None)
    (book,) = got.iter_attachments()
    assert book.get_filename() == "police-2016-17.xlsx"
    assert book.get_content().startswith(b"PK")
    noted = asked_before(store)["police 2016-17 original budget"]
    assert (noted.by, noted.how) == ("Dee", "by mail to pat@police.example")


def test_a_server_that_does_not_take_a_letter_is_named_with_its_reason_and_nothing_is_noted(
    store: Store, letterbox: tuple[Letterbox, MailServer]
) -> None:
    _, server = letterbox
    give(store, "gone@trust.example", Role.OFFICER, "trust", by="root")
    with pytest.raises(Refusal, match=r"did not take it \(it knows no gone@trust\.example\)"):
        send_letters(store, server, to_ask(store, YEAR, TODAY), by="Dee")
    assert asked_before(store) == {}
    with pytest.raises(Refusal, match=r"The mail server 127\.0\.0\.1 did not take it"):
        MailServer("127.0.0.1", 1, "a@b.example", Security.NONE).send(message(Letter((), "s", "t"), ""))


def test_a_letter_is_noted_to_those_whom_the_server_took_it_for_and_no_program_is_written_to(
    store: Store, letterbox: tuple[Letterbox, MailServer]
) -> None:
    box, server = letterbox
    give(store, "gone@police.example", Role.OFFICER, "police", by="root")
    make_service(store, "nightly-load", Role.OFFICER, "trust", by="root")
    make_service(store, "weekly", Role.DIRECTOR, by="root")
    sent = send_letters(store, server, to_ask(store, YEAR, TODAY), by="Dee")
    assert [(ask.organisation, ask.to) for ask in sent] == [("police", ("pat@police.example",))]
    assert asked_before(store)["police 2016-17 original budget"].how == "by mail to pat@police.example"
    give(store, "gone@town.example", Role.DIRECTOR, by="root")
    assert send_digest(store, server, YEAR) == ("dee@town.example",)
    assert [to for to, _ in box.held] == [["pat@police.example"], ["dee@town.example"]]


def test_a_letter_from_a_name_with_an_address_has_an_id_of_its_domain(
    letterbox: tuple[Letterbox, MailServer],
) -> None:
    box, server = letterbox
    replace(server, sender="The map <map@town.example>").send(message(Letter(("a@b.example",), "s", "t"), ""))
    assert box.held[0][1]["Message-ID"].endswith("@town.example>")
    assert not box.held[0][1]["Message-ID"].defects


@pytest.mark.parametrize(
    "account", ["a,b@x.example", "Ann<a@x.example>", "a@x.example;b", "a@x.example\nBcc:b"]
)
def test_an_account_is_one_address_so_that_no_letter_goes_astray(store: Store, account: str) -> None:
    with pytest.raises(Refusal, match="is not an address of mail"):
        give(store, account, Role.DIRECTOR, by="root")


def test_directors_get_the_digest_once_in_so_long_however_often_it_is_looked(
    store: Store, letterbox: tuple[Letterbox, MailServer]
) -> None:
    box, server = letterbox
    week = timedelta(days=7)
    assert [send_if_due(store, server, week), send_if_due(store, server, week)] == [True, False]
    ((to, got),) = box.held
    assert to == ["dee@town.example"]
    assert "Late (4)" in got.get_content()
    assert "Shire Police: outturn, late since 31 July 2017" in got.get_content()
    assert send_if_due(store, server, timedelta(0)) is True


def test_only_whoever_may_ask_sends_or_sees_addresses(
    store: Store, letterbox: tuple[Letterbox, MailServer]
) -> None:
    officer = store.asked_by(Asker("Pat", "pat@police.example", (Grant(Role.OFFICER, "police"),)))
    assert {ask.to for ask in to_ask(officer, YEAR, TODAY)} == {()}
    for act in (
        lambda: send_letters(officer, letterbox[1], to_ask(store, YEAR, TODAY), by="Pat"),
        lambda: note_asked(officer, (), by="Pat", how=""),
    ):
        with pytest.raises(Refusal, match="may not ask bodies for their figures"):
            act()


def test_each_person_is_told_what_waits_for_them_and_nothing_else(store: Store) -> None:
    def told(role: Role, body: str = "") -> list[str]:
        asker = Asker("Pat", "pat@x.example", (Grant(role, body),))
        return [notice.sentence for notice in notices(store.asked_by(asker), YEAR, TODAY)]

    assert told(Role.OFFICER, "police") == [
        "Shire Police: the original budget of 2016-17 is asked for (late since 31 March 2016, 10 days late)."
    ]
    assert told(Role.OFFICER, "council") == told(Role.VISITOR) == told(Role.BOARD_MEMBER) == []
    assert told(Role.DIRECTOR) == ["Three bodies are late or awaited for 2016-17: a letter to each is ready."]


def test_who_owes_a_later_phase_alone_is_told_apart_from_who_has_sent_nothing(store: Store) -> None:
    asker = Asker("Dee", "dee@town.example", (Grant(Role.DIRECTOR),))
    after_the_outturn = date(2017, 8, 10)
    assert [notice.sentence for notice in notices(store.asked_by(asker), YEAR, after_the_outturn)] == [
        "Four bodies are late or awaited for 2016-17, three of them with nothing yet: a letter to each is ready."
    ]


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"HOST": "mail.example"}, "BUDGET_MODEL_SMTP_FROM is the address"),
        ({"HOST": "mail.example", "FROM": "a@b.example", "SECURITY": "maybe"}, "is starttls, tls or none"),
        (
            {"HOST": "mail.example", "FROM": "a@b.example", "SECURITY": "none", "USER": "ann"},
            "A password would go unprotected",
        ),
    ],
)
def test_settings_of_mail_that_do_not_fit_are_refused_before_anything_is_sent(
    monkeypatch: pytest.MonkeyPatch, settings: dict[str, str], sentence: str
) -> None:
    for name, value in settings.items():
        monkeypatch.setenv(f"BUDGET_MODEL_SMTP_{name}", value)
    with pytest.raises(Refusal, match=sentence):
        MailServer.set()


def test_the_command_writes_a_letter_for_each_and_a_calendar_and_sends_nothing_unasked(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    store.close()
    monkeypatch.setenv("BUDGET_MODEL_STORE", str(store.path))
    assert main(["reminders", "--folder", str(tmp_path / "letters")]) == 0
    assert {path.name for path in (tmp_path / "letters").iterdir()} == {
        "council-2016-17.eml",
        "police-2016-17.eml",
        "nhs-2016-17.eml",
        "trust-2016-17.eml",
        "figures-asked-for.ics",
    }
    assert main(["reminders", "--send"]) == 1
    assert "No mail server is set" in capsys.readouterr().err
