"""The one program that has a store open, for others of the same user that ask and change it over lines.

A change is kept here: whoever asked for it may be killed at any moment, and loses what was not acknowledged alone.
One writer at a time holds the lock, whichever program it is of; the lock of a program that was killed is passed on
once what it had begun is taken back.
"""

import logging
import os
import threading
from collections import Counter
from collections.abc import Mapping
from contextlib import ExitStack, suppress
from multiprocessing.connection import Client, Connection, Listener
from typing import Any, Final

import duckdb

from budget_model.problem import Refusal
from budget_model.store.attached import LONGEST_PATH, is_own_user, owner_socket, peer_of
from budget_model.store.cursors import CursorBefore
from budget_model.store.store import Store

LOG: Final = logging.getLogger("budget_model.owner")
WAITING: Final = 256
"""Lines that may wait to be taken up."""
LOOKS_EVERY: Final = 0.5
"""Seconds after which it is seen that nobody listens to the count of changes any more."""


class Owner:
    """Lets other programs ask and change a store that this one has open.

    `services` are what the programs share besides, by name: each may be asked for its public methods.
    """

    def __init__(self, store: Store, services: Mapping[str, object] | None = None) -> None:
        self.store = store
        self.services = services or {}
        self.path = owner_socket(store.path)
        self._changing: Counter[int] = Counter()
        self._ended = threading.Condition()
        self._closing = False
        self._listener: Listener | None = None

    def listen(self) -> None:
        """Answer from now on; raises `Refusal` where the store's path is too long for a socket."""
        if len(os.fsencode(self.path)) > LONGEST_PATH:
            raise Refusal(
                f"The path of the store, {self.store.path}, is too long for others to ask this program for it. Choose "
                f"one whose whole path has at most {LONGEST_PATH - len('.owner')} bytes, by BUDGET_MODEL_STORE."
            )
        self.path.unlink(missing_ok=True)
        before = os.umask(0o177)
        try:
            self._listener = Listener(str(self.path), family="AF_UNIX", backlog=WAITING)
        finally:
            os.umask(before)
        threading.Thread(target=self._accept, args=(self._listener,), name="owner", daemon=True).start()

    def close(self) -> None:
        """Answer nobody new."""
        self._closing = True
        if self._listener is not None:
            with suppress(OSError):
                Client(str(self.path), family="AF_UNIX").close()  # wakes whoever waits for the next line
            self._listener.close()
            self.path.unlink(missing_ok=True)

    def began(self, process: int) -> None:
        """Note that a program has begun a change."""
        with self._ended:
            self._changing[process] += 1

    def ended(self, process: int) -> None:
        """Note that a change of a program was kept or taken back."""
        with self._ended:
            self._changing[process] -= 1
            self._ended.notify_all()

    def wait_until_taken_back(self, process: int) -> None:
        """Wait until nothing is begun any more that a program asked for."""
        with self._ended:
            self._ended.wait_for(lambda: not self._changing[process])

    def _accept(self, listener: Listener) -> None:
        while not self._closing:
            try:
                connection = listener.accept()
            except OSError:
                continue
            if self._closing or not is_own_user(connection.fileno()):
                connection.close()
                continue
            threading.Thread(target=_answer, args=(self, connection), name="line", daemon=True).start()


class _Asked(CursorBefore):
    """What a line may ask: the methods of a cursor, the lock of writers, the count of changes, and services."""

    def __init__(self, owner: Owner, process: int) -> None:
        super().__init__(owner.store.cursor())
        self._owner = owner
        self._process = process
        self._changing = False
        self._lock = ExitStack()
        self._locked = False

    def execute(self, sql: str, asked: Any = None) -> tuple[tuple[str, str], ...] | None:
        done = self._cursor.execute(sql, asked) if asked is not None else self._cursor.execute(sql)
        if not done.description:
            return None
        return tuple((str(name), str(kind)) for name, kind, *_ in done.description)

    def begin(self) -> None:
        self._cursor.begin()
        self._changing = True
        self._owner.began(self._process)

    def commit(self) -> int:
        try:
            self._cursor.commit()
            self._owner.store.shared.wrote()
        finally:
            self._end_change()
        return self._owner.store.changes

    def rollback(self) -> None:
        try:
            self._cursor.rollback()
        finally:
            self._end_change()

    def lock(self) -> None:
        self._lock.enter_context(self._owner.store.shared.writing)
        self._locked = True

    def unlock(self) -> None:
        self._locked = False
        self._lock.close()

    def call(self, service: str, name: str, told: tuple[Any, ...], named: dict[str, Any]) -> Any:
        return getattr(self._owner.services[service], name)(*told, **named)

    def let_go(self) -> None:
        """Take back what was begun; pass the lock of a program that broke off on, once all of its changes are."""
        if self._changing:
            with suppress(duckdb.Error):
                self.rollback()
        self._cursor.close()
        if self._locked:
            self._owner.wait_until_taken_back(self._process)
            self.unlock()

    def _end_change(self) -> None:
        if self._changing:
            self._changing = False
            self._owner.ended(self._process)


def _answer(owner: Owner, connection: Connection) -> None:
    """Answer one line until it ends."""
    peer = peer_of(connection.fileno())
    asked = _Asked(owner, peer[0] if peer else 0)
    with connection, suppress(EOFError, OSError):
        try:
            while True:
                what, told = connection.recv()
                if what == "follow":
                    _tell_changes(owner.store, connection)
                    break
                connection.send(_answered(asked, what, told))
        finally:
            asked.let_go()


def _answered(asked: _Asked, what: str, told: tuple[Any, ...]) -> tuple[Exception | None, Any]:
    """What one question is answered, or what it raised."""
    try:
        return None, getattr(asked, what)(*told)
    except (duckdb.Error, Refusal, MemoryError) as fault:
        return fault, None
    except Exception as fault:
        LOG.error("a line asked for what failed", exc_info=fault)
        return RuntimeError(f"{type(fault).__name__}: {fault}"), None


def _tell_changes(store: Store, connection: Connection) -> None:
    """Tell the count of changes now and after each change, as long as somebody listens."""
    told = store.changes
    connection.send((None, told))
    while not connection.poll(0):
        changes = store.shared.wait_for_change(told, LOOKS_EVERY)
        if changes != told:
            told = changes
            connection.send(told)
