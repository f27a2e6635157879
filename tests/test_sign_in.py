"""The door: whose password opens it, when it stays shut, and when a session is over."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pyotp
import pytest

from budget_model import sign_in
from budget_model.__main__ import main
from budget_model.access import NOBODY, Grant, Role, local
from budget_model.partnership.first_steps import GuidePosition
from budget_model.problem import Refusal
from budget_model.sign_in import (
    REFUSED,
    SESSIONS,
    SHUT,
    TRIES,
    Door,
    Sessions,
    SessionsAtTheOwner,
    Tries,
    asker_of,
    choose_password,
    idle_seconds,
    one_time_secret,
    way,
)
from budget_model.store.chain import entries
from budget_model.store.first_steps import keep_first_steps
from budget_model.store.people import give, invite, invited, people, remove, role_changes, undo
from budget_model.store.store import Store, now

WORDS = "correct horse battery"


@dataclass
class Clock:
    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def store(town_made: Path, tmp_path: Path) -> Iterator[Store]:
    with Store(Path(shutil.copy(town_made, tmp_path / "budget.duckdb"))) as opened:
        yield opened


def with_password(store: Store, account: str = "ann@council.example", one_time: str = "") -> str:
    give(store, account, Role.OFFICER, "council", name="Ann", by="root")
    code = pyotp.TOTP(one_time).now() if one_time else ""
    choose_password(store, invite(store, account, by="root"), WORDS, one_time=one_time, code=code)
    return account


def test_the_password_that_an_invited_person_chose_opens_the_door_and_no_other_does(store: Store) -> None:
    account, door = with_password(store), Door()
    assert door.prove(store, " Ann@Council.example", WORDS).grants == (Grant(Role.OFFICER, "council"),)
    for who, word in ((account, "correct horse"), ("eve@council.example", WORDS), ("", "")):
        with pytest.raises(Refusal, match=REFUSED):
            door.prove(store, who, word)


def test_the_store_holds_no_password_and_no_invitation_in_words(store: Store) -> None:
    account = with_password(store)
    token = invite(store, account, by="root")
    kept = str(store.select("select proof from credential")) + str(
        store.select("select before, after from audit_entry")
    )
    assert "$argon2id$" in kept
    assert WORDS not in kept
    assert token not in kept


def test_after_five_wrong_tries_the_door_stays_shut_for_a_quarter_of_an_hour_even_for_the_right_password(
    store: Store,
) -> None:
    clock = Clock()
    account, door = with_password(store), Door(Tries(clock))
    for _ in range(TRIES):
        with pytest.raises(Refusal, match=REFUSED):
            door.prove(store, account, "a guess at it")
    with pytest.raises(Refusal, match=SHUT[:20]):
        door.prove(store, account, WORDS)
    clock.now += 15 * 60 + 1
    assert door.prove(store, account, WORDS).name == "Ann"


def test_a_one_time_code_is_asked_for_where_it_was_chosen_and_opens_once(store: Store) -> None:
    secret = one_time_secret()
    account, door = with_password(store, one_time=secret), Door()
    with pytest.raises(Refusal, match=REFUSED):
        door.prove(store, account, WORDS)
    code = pyotp.TOTP(secret).now()
    assert door.prove(store, account, WORDS, code).name == "Ann"
    with pytest.raises(Refusal, match=REFUSED):
        door.prove(store, account, WORDS, code)


def test_an_invitation_opens_once_within_a_week_and_a_newer_one_makes_it_void(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    give(store, "ann@council.example", Role.OFFICER, "council", by="root")
    first = invite(store, "ann@council.example", by="root")
    second = invite(store, "ann@council.example", by="root")
    assert invited(store, first) is None
    choose_password(store, second, WORDS)
    with pytest.raises(Refusal, match="used already"):
        choose_password(store, second, "another dozen letters")
    third = invite(store, "ann@council.example", by="root")
    later = now() + timedelta(days=7, seconds=1)
    monkeypatch.setattr("budget_model.store.people.now", lambda: later)
    assert invited(store, third) is None


def test_a_short_password_and_a_code_that_does_not_match_are_refused_and_the_link_still_opens(
    store: Store,
) -> None:
    give(store, "ann@council.example", Role.OFFICER, "council", by="root")
    token = invite(store, "ann@council.example", by="root")
    with pytest.raises(Refusal, match="12 characters"):
        choose_password(store, token, "elevenchars")
    with pytest.raises(Refusal, match="does not match"):
        choose_password(store, token, WORDS, one_time=one_time_secret(), code="000000")
    assert invited(store, token) is not None


def test_a_session_ends_after_the_stated_idle_time_and_looking_does_not_make_it_last(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("BUDGET_MODEL_IDLE_MINUTES", "10")
    clock = Clock()
    sessions = Sessions(clock)
    token = sessions.begin("ann@council.example")
    clock.now += 599
    assert sessions.account_of(token) == "ann@council.example"
    clock.now += 599
    assert sessions.account_of(token, step=False) == "ann@council.example"
    clock.now += 2
    assert sessions.account_of(token) == ""
    assert not sessions.adopt(token, "ann@council.example")


def test_whoever_is_removed_is_nobody_at_once_and_their_sessions_and_password_are_gone(store: Store) -> None:
    account = with_password(store)
    token = SESSIONS.begin(account)
    assert asker_of(store, account, "").roles == {Role.OFFICER}
    keep_first_steps(store.asked_by(asker_of(store, account, "")), GuidePosition("officer", 1))
    remove(store, account, by="root")
    assert asker_of(store, account, "") == NOBODY
    assert store.select("select account from first_steps") == []
    assert SESSIONS.account_of(token) == ""
    give(store, account, Role.VISITOR, by="root")
    with pytest.raises(Refusal, match=REFUSED):
        Door().prove(store, account, WORDS)


def test_roles_are_given_by_administrators_alone_and_each_is_in_the_audit(store: Store) -> None:
    give(store, "ada@city.example", Role.ADMINISTRATOR, by="root")
    ada, ann = (
        asker_of(store, account, "10.0.0.7") for account in ("ada@city.example", with_password(store))
    )
    with pytest.raises(Refusal, match="may not invite and remove people"):
        give(store.asked_by(ann), "eve@council.example", Role.DIRECTOR, by="Ann")
    give(store.asked_by(ada), "dee@city.example", Role.DIRECTOR, by="Ada")
    last = entries(store.select)[-1]
    assert (last.what, last.subject, last.asked_by, last.source) == (
        "role given",
        "dee@city.example",
        "ada@city.example",
        "10.0.0.7",
    )
    assert [person.account for person in people(store)] == [
        "ada@city.example",
        "ann@council.example",
        "dee@city.example",
    ]


def test_a_role_is_given_with_a_reason_and_undone_as_a_change_of_its_own(store: Store) -> None:
    give(
        store,
        "ann@council.example",
        Role.OFFICER,
        "council",
        name="Ann",
        by="root",
        reason="She sends the budget",
    )
    given = role_changes(store)[0]
    assert (given.grant, given.removed, given.reason) == (
        Grant(Role.OFFICER, "council"),
        False,
        "She sends the budget",
    )
    undo(store, given.number, by="root", reason="The wrong Ann")
    assert people(store) == ()
    with pytest.raises(Refusal, match="does not hold it any more"):
        undo(store, given.number, by="root", reason="again")
    taken = role_changes(store)[0]
    assert (taken.removed, taken.reason) == (True, "The wrong Ann")
    undo(store, taken.number, by="root", reason="The right one after all")
    assert [person.grants for person in people(store)] == [(Grant(Role.OFFICER, "council"),)]
    with pytest.raises(Refusal, match="holds it again"):
        undo(store, taken.number, by="root", reason="again")
    ann = store.asked_by(asker_of(store, "ann@council.example", ""))
    with pytest.raises(Refusal, match="may not invite"):
        role_changes(ann)


@pytest.mark.parametrize(
    ("account", "role", "body", "sentence"),
    [
        ("ann", Role.DIRECTOR, "", "not an address"),
        ("ann@x.example", Role.OFFICER, "", "held for a body"),
        ("ann@x.example", Role.DIRECTOR, "council", "whole place"),
        ("ann@x.example", Role.OFFICER, "atlantis", "no organisation atlantis"),
        ("ann@x.example", Role.LOCAL, "", "not given"),
    ],
)
def test_a_role_that_cannot_be_is_not_given(
    store: Store, account: str, role: Role, body: str, sentence: str
) -> None:
    with pytest.raises(Refusal, match=sentence):
        give(store, account, role, body, by="root")


def test_a_setting_that_is_none_is_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BUDGET_MODEL_SIGN_IN", "open")
    with pytest.raises(Refusal, match="demo, accounts or oidc"):
        way()
    monkeypatch.setenv("BUDGET_MODEL_IDLE_MINUTES", "never")
    with pytest.raises(Refusal, match="number of minutes"):
        idle_seconds()


def test_the_command_line_gives_roles_and_makes_links(
    store: Store, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = store.path
    store.close()
    monkeypatch.setenv("BUDGET_MODEL_STORE", str(path))
    monkeypatch.setenv("BUDGET_MODEL_SIGN_IN", "accounts")
    monkeypatch.setenv("BUDGET_MODEL_ADDRESS", "https://money.city.example/")
    assert (
        main(["people", "add", "ann@council.example", "--role", "officer", "--organisation", "council"]) == 0
    )
    assert capsys.readouterr().out.startswith("https://money.city.example/invitation?token=")
    assert main(["people", "list", "--json"]) == 0
    assert '"role": "officer", "organisation": "council"' in capsys.readouterr().out
    assert main(["people", "remove", "ann@council.example"]) == 0
    assert main(["people", "remove", "ann@council.example"]) == 1


def test_the_machine_itself_may_do_everything(store: Store) -> None:
    assert store.asked_by(local("root")).asker.is_local


def test_a_worker_asks_once_a_second_whose_session_it_is_and_at_once_for_a_step_or_an_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kept = Sessions()
    asked: list[str] = []

    class Line:
        def ask(self, _: str, service: str, name: str, told: tuple[Any, ...], named: dict[str, Any]) -> Any:
            asked.append(name)
            return getattr(kept, name)(*told, **named)

    clock = Clock()
    monkeypatch.setattr(sign_in, "_lines_to_owner", Line)
    worker, token = SessionsAtTheOwner(clock), kept.begin("ann@x.example")
    assert {worker.account_of(token, step=False) for _ in range(30)} == {"ann@x.example"}
    assert asked == ["account_of"]
    worker.account_of(token)
    clock.now += 1.5
    worker.account_of(token, step=False)
    assert asked == ["account_of"] * 3
    kept.end(token)
    assert worker.account_of(token) == ""
    again = kept.begin("bob@x.example")
    assert worker.account_of(again, step=False) == "bob@x.example"
    worker.end(again)
    assert worker.account_of(again, step=False) == ""
