"""Who is at the door: three ways to sign in, sessions that end by themselves, and a door that cannot be forced.

Sessions are kept by the program that owns the store alone: they end when it does, when nothing was done for the stated
time, and at once when the person has no role any more.
"""

import hashlib
import os
import secrets
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache, partial
from ipaddress import ip_address
from typing import Any, Final, TypeVar, cast

import pyotp
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from budget_model.access import NOBODY, Asker
from budget_model.intake.guard import Turns
from budget_model.mail import dashboard_address
from budget_model.problem import Refusal
from budget_model.store.attached import Lines, is_worker, owner_socket
from budget_model.store.people import Person, Proof, person_of, plain_account, proof_of, set_password
from budget_model.store.store import Store, usual_path

SHORTEST_PASSWORD: Final = 12
LONGEST_PASSWORD: Final = 200
TRIES: Final = 5
"""Wrong passwords for one account, after which its door stays shut for a while."""
SHUT_FOR: Final = 15 * 60
"""Seconds for which it stays shut."""
USUAL_IDLE: Final = 30
"""Minutes without a step after which a session ends."""
REFUSED: Final = "The address, the password or the code is not right."
SHUT: Final = "Too many wrong tries. Wait a quarter of an hour, or ask an administrator for a new link."

_HASHER: Final = PasswordHasher()
_NOBODYS: Final = _HASHER.hash(secrets.token_hex(16))
"""Checked where there is no such account, so that the time tells nobody whether there is one."""


class Way(StrEnum):
    """How people sign in, as `BUDGET_MODEL_SIGN_IN` says."""

    DEMO = "demo"
    """Nobody does: whoever works on this machine, and the dashboard is reached from it alone."""
    ACCOUNTS = "accounts"
    OIDC = "oidc"


def way() -> Way:
    """The way that is set; raises `Refusal` for one that there is not."""
    said = os.environ.get("BUDGET_MODEL_SIGN_IN") or Way.DEMO
    try:
        return Way(said)
    except ValueError:
        raise Refusal(f"BUDGET_MODEL_SIGN_IN is '{said}'; it can be demo, accounts or oidc.") from None


def refuse_far(address: str) -> None:
    """Raise `Refusal` where a dashboard without accounts would listen on an address that other machines reach."""
    try:
        near = address == "localhost" or ip_address(address).is_loopback
    except ValueError:
        near = False
    if way() is Way.DEMO and not near:
        raise Refusal(
            f"Without accounts the dashboard answers this machine alone, and it is set to listen on "
            f"'{address or 'every address'}'. Set BUDGET_MODEL_SIGN_IN to accounts or oidc, or the address to 127.0.0.1."
        )


def idle_seconds() -> float:
    """After how many seconds without a step a session ends; raises `Refusal` for a setting that is no number."""
    said = os.environ.get("BUDGET_MODEL_IDLE_MINUTES") or str(USUAL_IDLE)
    try:
        minutes = float(said)
    except ValueError:
        minutes = 0
    if not 0 < minutes <= 24 * 60:
        raise Refusal(f"BUDGET_MODEL_IDLE_MINUTES is '{said}'; it is a number of minutes, of a day at most.")
    return minutes * 60


SEEN_FOR: Final = 1.0
"""Seconds for which a worker remembers whose session it is, between steps."""
MOST_SEEN: Final = 10_000
"""Sessions that a worker remembers so."""


@dataclass(slots=True)
class _Session:
    account: str
    last: float


@dataclass(slots=True)
class Sessions:
    """Everybody who is signed in, by a fingerprint of what their browser holds."""

    clock: Callable[[], float] = time.monotonic
    _held: dict[str, _Session] = field(default_factory=dict)
    _ended: set[str] = field(default_factory=set)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def begin(self, account: str) -> str:
        """Begin a session and give its token, which the browser holds and this program does not."""
        token = secrets.token_urlsafe(32)
        with self._lock:
            self._held[fingerprint(token)] = _Session(account, self.clock())
        return token

    def adopt(self, token: str, account: str, *, step: bool = True) -> bool:
        """Take up a session that a provider began, or go on with it, by a step or not; False for one that has ended."""
        with self._lock:
            if fingerprint(token) in self._ended:
                return False
            self._held.setdefault(fingerprint(token), _Session(account, self.clock()))
        return self.account_of(token, step=step) == account

    def account_of(self, token: str, *, step: bool = True) -> str:
        """Whose session it is; empty for one that has ended. A step makes it last; looking does not."""
        with self._lock:
            session = self._held.get(fingerprint(token))
            if session is None:
                return ""
            if self.clock() - session.last > idle_seconds():
                self._end(fingerprint(token))
                return ""
            if step:
                session.last = self.clock()
            return session.account

    def end(self, token: str) -> None:
        """End one session."""
        with self._lock:
            self._end(fingerprint(token))

    def end_all(self, account: str) -> None:
        """End every session of a person."""
        with self._lock:
            for mark in [mark for mark, session in self._held.items() if session.account == account]:
                self._end(mark)

    def how_many(self) -> int:
        """How many sessions are held."""
        with self._lock:
            return len(self._held)

    def _end(self, mark: str) -> None:
        if self._held.pop(mark, None):
            self._ended.add(mark)


@dataclass(slots=True)
class Tries:
    """Wrong tries at the door by account, and the one-time codes that were used last."""

    clock: Callable[[], float] = time.monotonic
    _wrong: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    _used: dict[str, str] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, account: str) -> None:
        """Note a wrong try."""
        with self._lock:
            self._wrong[account].append(self.clock())

    def are_too_many(self, account: str) -> bool:
        """Whether too many wrong tries were made for an account lately."""
        since = self.clock() - SHUT_FOR
        with self._lock:
            lately = [at for at in self._wrong.get(account, []) if at > since]
            if lately:
                self._wrong[account] = lately[-TRIES:]
            else:
                self._wrong.pop(account, None)
        return len(lately) >= TRIES

    def forget(self, account: str) -> None:
        """Forget the wrong tries for an account."""
        with self._lock:
            self._wrong.pop(account, None)

    def use(self, account: str, code: str) -> bool:
        """Note that a one-time code is used; False for the one that was used last."""
        with self._lock:
            fresh = self._used.get(account) != code
            self._used[account] = code
        return fresh


class _AtTheOwner:
    """What the owner of the store keeps for all its workers, asked of it by the same methods."""

    def __init__(self, service: str) -> None:
        self._service = service

    def __getattr__(self, name: str) -> Callable[..., Any]:
        return partial(self._ask, name)

    def _ask(self, name: str, *told: object, **named: object) -> Any:
        return _lines_to_owner().ask("call", self._service, name, told, named)


class SessionsAtTheOwner(_AtTheOwner):
    """The sessions that the owner of the store keeps: whose one is, is asked once a second, not for each file of a page.

    So a session that ends at another worker is let through here for at most a second; a step is always asked.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__("sessions")
        self._clock = clock
        self._seen: dict[str, tuple[float, str]] = {}

    def account_of(self, token: str, *, step: bool = True) -> str:
        """Whose session it is; empty for one that has ended."""
        mark, now = fingerprint(token), self._clock()
        until, account = self._seen.get(mark, (now, ""))
        if not step and now < until:
            return account
        account = str(self._ask("account_of", token, step=step))
        if len(self._seen) >= MOST_SEEN:
            self._seen.clear()
        self._seen.pop(mark, None)
        if account:
            self._seen[mark] = (now + SEEN_FOR, account)
        return account

    def end(self, token: str) -> None:
        """End one session."""
        self._seen.clear()
        self._ask("end", token)

    def end_all(self, account: str) -> None:
        """End every session of a person."""
        self._seen.clear()
        self._ask("end_all", account)


@cache
def _lines_to_owner() -> Lines:
    return Lines(owner_socket(usual_path()))


Service = TypeVar("Service")
SERVICES: Final[dict[str, object]] = {}
"""What an owner of the store keeps for all its workers besides, by name."""


def kept_by_the_owner(name: str, here: Service, there: Callable[[], _AtTheOwner] | None = None) -> Service:
    """What this program keeps `here`, or in a worker the same as the owner of the store keeps it for all of them.

    `there` is how a worker asks for it, where that is not always by the same methods.
    """
    if is_worker():
        return cast("Service", there() if there else _AtTheOwner(name))
    SERVICES[name] = here
    return here


SESSIONS: Final = kept_by_the_owner("sessions", Sessions(), SessionsAtTheOwner)
"""The sessions of this program, or of all workers of the one that owns the store."""
READING: Final = kept_by_the_owner("reading", Turns())
"""Of whom a file is being read, in whichever worker."""
_TRIES: Final = kept_by_the_owner("tries", Tries())


@dataclass(slots=True)
class Door:
    """Checks passwords and codes, and stays shut for a while after too many wrong ones."""

    tries: Tries = field(default_factory=Tries)

    def prove(self, store: Store, account: str, password: str, code: str = "") -> Person:
        """The person whose password and code these are; raises `Refusal`, always alike, where they are nobody's."""
        wanted = plain_account(account)
        if self.tries.are_too_many(wanted):
            raise Refusal(SHUT)
        person = person_of(store, wanted)
        if not self._is_right(store, wanted, password[:LONGEST_PASSWORD], code) or person is None:
            self.tries.note(wanted)
            raise Refusal(REFUSED)
        self.tries.forget(wanted)
        return person

    def open(self, account: str) -> None:
        """Forget the wrong tries for an account, since an administrator gave it a new link."""
        self.tries.forget(plain_account(account))

    def _is_right(self, store: Store, account: str, password: str, code: str) -> bool:
        kept = proof_of(store, account, Proof.PASSWORD)
        try:
            _HASHER.verify(kept or _NOBODYS, password)
        except (VerificationError, InvalidHashError):
            return False
        secret = proof_of(store, account, Proof.ONE_TIME)
        return bool(kept) and (not secret or self._is_right_code(account, secret, code.replace(" ", "")))

    def _is_right_code(self, account: str, secret: str, code: str) -> bool:
        """Whether a one-time code is right and was not used before."""
        return pyotp.TOTP(secret).verify(code, valid_window=1) and self.tries.use(account, code)


DOOR: Final = Door(_TRIES)
"""The door of this program."""


def choose_password(store: Store, token: str, password: str, *, one_time: str = "", code: str = "") -> Person:
    """Keep the password that an invited person chose, and the secret of one-time codes where they want them.

    Raises `Refusal` for a password that is too short, a code that does not match, or a link that is void.
    """
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise Refusal(
            f"A password has {SHORTEST_PASSWORD} characters or more. Several words that you remember are best."
        )
    if one_time and not pyotp.TOTP(one_time).verify(code.replace(" ", ""), valid_window=1):
        raise Refusal(
            "The code does not match. Type the one that your app shows now, or leave it empty for none."
        )
    person = set_password(store, token, _HASHER.hash(password), one_time=one_time)
    DOOR.open(person.account)
    SESSIONS.end_all(person.account)
    return person


def invitation_link(token: str) -> str:
    """The address that a person opens to choose a password, within a week, once."""
    return f"{dashboard_address()}/invitation?token={token}"


def one_time_secret() -> str:
    """A new secret of one-time codes, as an app takes it up."""
    return pyotp.random_base32()


def asker_of(store: Store, account: str, source: str) -> Asker:
    """The person of an account as asker; `NOBODY` for an account without a role, whose sessions end with that."""
    person = person_of(store, account) if account else None
    if person is None:
        if account:
            SESSIONS.end_all(account)
        return NOBODY
    return person.asker(source)


def fingerprint(token: str) -> str:
    """What is kept in place of a token that only a browser holds."""
    return hashlib.sha256(token.encode()).hexdigest()
