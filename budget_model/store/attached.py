"""A store that another program has open, asked and changed over a line of this machine as if it were open here.

A store's file is opened by one program. Where that program is `serve`, it owns the store: its workers, and commands
beside it, ask over a socket beside the file that the store's own user alone can reach. One line is one cursor of the
owner, with a transaction of its own; a line that breaks takes back the change that was not kept yet. The owner's count
of changes is sent to everybody at once.
"""

import os
import signal
import socket
import struct
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache
from multiprocessing.connection import Client, Connection
from pathlib import Path
from typing import Any, Final, Self

import duckdb

from budget_model.problem import Refusal
from budget_model.store.shared import Shared

WORKER: Final = "BUDGET_MODEL_WORKER"
"""Set for a program that serves pages for an owner of the store, and never opens the store itself."""
LONGEST_PATH: Final = 100
"""Bytes of a socket’s path that every system takes; a letter beyond English has two or more."""
LOOKS_EVERY: Final = 0.5
"""Seconds after which a follower looks whether it is to end; a change reaches it at once."""
MANY: Final = 200
"""Rows from which an answer is sent as a table: its owner then makes no row, and serves others meanwhile."""
PLAIN: Final = frozenset(
    {"VARCHAR", "DECIMAL", "BIGINT", "INTEGER", "TINYINT", "BOOLEAN", "DATE", "DOUBLE", "BLOB"}
)
"""The types of columns that are the same in rows that are made of a table."""
ENDED: Final = (
    "The program that has the store open has ended, or was stopped before it answered. Look whether this was carried "
    "out before you do it again."
)


class Gone(Refusal):
    """The owner of the store does not answer any more."""


def is_worker() -> bool:
    """Whether this program serves pages for an owner of the store."""
    return bool(os.environ.get(WORKER))


def owner_socket(store: Path) -> Path:
    """Where the program that owns a store listens."""
    return store.resolve().with_name(f"{store.name}.owner")


def peer_of(line: int) -> tuple[int, int] | None:
    """The process and the user at the other end of a line, by its file number; None where the system does not say."""
    if not hasattr(socket, "SO_PEERCRED"):
        return None
    with socket.socket(fileno=os.dup(line)) as same:
        packed = same.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
    process, user, _ = struct.unpack("3i", packed)
    return process, user


def is_own_user(line: int) -> bool:
    """Whether this program's own user is at the other end of a line, or the machine's."""
    peer = peer_of(line)
    return peer is None or peer[1] in (
        os.getuid(),
        0,
    )  # where the system does not say, the socket's own rights hold


def is_trusted_owner(line: int, folder: Path) -> bool:
    """Whether what comes over a line may be taken for values: from this program's own user or the machine's.

    The machine's user trusts the user whose folder the store is in too.
    """
    peer = peer_of(line)
    is_of_folder = peer is not None and os.getuid() == 0 and peer[1] == folder.stat().st_uid
    return is_own_user(line) or is_of_folder


class Line:
    """One line to the owner, which keeps a cursor for it; used by one thread at a time."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.is_sound = True

    def ask(self, what: str, *told: object) -> Any:
        """What the owner answers; raises what it raised, and `Gone` where it does not answer."""
        self.is_sound = False
        try:
            self._connection.send((what, told))
            fault, answer = self._connection.recv()
        except (EOFError, OSError) as reason:
            raise Gone(ENDED) from reason
        self.is_sound = True
        if fault is not None:
            raise fault
        return answer

    def told(self, seconds: float) -> Any:
        """What the owner says unasked within so many seconds, else None; raises `Gone` where it has ended."""
        try:
            return self._connection.recv() if self._connection.poll(seconds) else None
        except (EOFError, OSError) as reason:
            raise Gone(ENDED) from reason

    def close(self) -> None:
        """Let the line go; the owner takes back what was begun on it."""
        self._connection.close()


class Lines:
    """Lines to one owner, kept for the next who asks."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._idle: list[Line] = []
        self.long_answers: set[str] = set()
        """The queries that were answered by many rows."""

    def take(self) -> Line:
        """A line that nobody uses; raises `Gone` where nobody listens, or a user who is not trusted."""
        with suppress(IndexError):
            return self._idle.pop()
        try:
            connection = Client(str(self._path), family="AF_UNIX")
        except OSError as reason:
            raise Gone(ENDED) from reason
        if not is_trusted_owner(connection.fileno(), self._path.parent):
            connection.close()
            raise Gone(ENDED)
        return Line(connection)

    def give_back(self, line: Line) -> None:
        """Keep a line for the next; one that broke in the middle is let go."""
        if line.is_sound:
            self._idle.append(line)
        else:
            line.close()

    def ask(self, what: str, *told: object) -> Any:
        """Ask once, on whichever line."""
        line = self.take()
        try:
            return line.ask(what, *told)
        finally:
            self.give_back(line)

    def close(self) -> None:
        """Let every line go that nobody uses."""
        while self._idle:
            self._idle.pop().close()


class AttachedCursor:
    """A cursor of the owner's database, with the methods of the database's own that the store calls."""

    def __init__(self, lines: Lines, shared: "AttachedShared") -> None:
        self._lines = lines
        self._shared = shared
        self._line = lines.take()
        self.description: Sequence[tuple[str]] | None = None
        self._sql = ""
        self._is_plain = False

    def execute(self, sql: str, asked: Mapping[str, object] | Sequence[object] | None = None) -> Self:
        """Carry out one statement."""
        columns = self._line.ask("execute", sql, asked)
        self.description = None if columns is None else [(name,) for name, _ in columns]
        self._sql = sql
        self._is_plain = all(kind.partition("(")[0] in PLAIN for _, kind in columns or ())
        return self

    def fetchall(self) -> list[tuple[Any, ...]]:
        """Every row of the answer; an answer that was long the last time comes as a table, and its rows are made here."""
        if self._sql in self._lines.long_answers:
            return _rows_of(self._line.ask("to_arrow_table"))
        rows: list[tuple[Any, ...]] = self._line.ask("fetchall")
        if len(rows) > MANY and self._is_plain:
            self._lines.long_answers.add(self._sql)
        return rows

    def fetchone(self) -> tuple[Any, ...] | None:
        """The next row of the answer."""
        row: tuple[Any, ...] | None = self._line.ask("fetchone")
        return row

    def to_arrow_table(self) -> Any:
        """The answer as an Arrow table."""
        return self._line.ask("to_arrow_table")

    def register(self, name: str, table: Any) -> None:
        """Have an Arrow table known by a name on this cursor."""
        self._line.ask("register", name, table)

    def unregister(self, name: str) -> None:
        """Forget it again."""
        self._line.ask("unregister", name)

    def begin(self) -> None:
        """Begin a change."""
        self._line.ask("begin")

    def commit(self) -> None:
        """Keep the change; when this returns, the owner has it."""
        self._shared.follow(self._line.ask("commit"))

    def rollback(self) -> None:
        """Take the change back; the owner does so by itself where the line is broken."""
        if self._line.is_sound:
            self._line.ask("rollback")

    def close(self) -> None:
        """Let others use the line."""
        self._lines.give_back(self._line)


def _rows_of(table: Any) -> list[tuple[Any, ...]]:
    """The rows of an Arrow table as the database makes them, in their order."""
    cursor = _own_database().cursor()
    try:
        cursor.register("answer", table)
        rows: list[tuple[Any, ...]] = cursor.execute("select * from answer").fetchall()
        return rows
    finally:
        cursor.close()


@cache
def _own_database() -> duckdb.DuckDBPyConnection:
    """A database of this program's own in memory, which keeps nothing."""
    database = duckdb.connect()
    database.execute("set threads = 1")
    return database


class OwnersLock:
    """The owner's lock of writers, which one thread of all programs holds; it may take it again while it does."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self._here = threading.RLock()
        self._deep = 0
        self._line: Line | None = None

    def __enter__(self) -> None:
        self._here.acquire()
        try:
            if not self._deep:
                self._line = self._lines.take()
                self._line.ask("lock")
            self._deep += 1
        except BaseException:
            self._here.release()
            raise

    def __exit__(self, *_: object) -> None:
        self._deep -= 1
        if not self._deep and self._line is not None:
            with suppress(Gone):  # an owner that has ended holds nothing
                self._line.ask("unlock")
            self._lines.give_back(self._line)
        self._here.release()


class AttachedShared(Shared):
    """What handles of an attached store have in common: the owner's lock and the owner's count."""

    def __init__(self, lines: Lines) -> None:
        super().__init__()
        self.writing = OwnersLock(lines)

    def wrote(self) -> None:
        """Nothing: the owner counted the change when it kept it."""

    def follow(self, changes: int) -> None:
        """Take over the owner's count."""
        with self._told:
            self.changes = max(self.changes, changes)
            self._told.notify_all()


class AttachedDatabase:
    """The owner's database, with the methods of the database's own that the store calls."""

    def __init__(self, path: Path) -> None:
        self._lines = Lines(path)
        self.shared = AttachedShared(self._lines)
        self._closed = threading.Event()
        follower = self._lines.take()
        self.shared.follow(follower.ask("follow"))
        threading.Thread(target=self._follow, args=(follower,), name="changes", daemon=True).start()

    def cursor(self) -> AttachedCursor:
        """A cursor of its own."""
        return AttachedCursor(self._lines, self.shared)

    def execute(self, sql: str) -> AttachedCursor:
        """Carry out one statement; the line goes with the answer."""
        return self.cursor().execute(sql)

    def close(self) -> None:
        """Leave the owner alone."""
        self._closed.set()
        self._lines.close()

    def _follow(self, follower: Line) -> None:
        """Take over each count that the owner tells; a worker ends with its owner."""
        try:
            while not self._closed.is_set():
                changes = follower.told(LOOKS_EVERY)
                if changes is not None:
                    self.shared.follow(changes)
        except Gone:
            if is_worker():
                os.kill(os.getpid(), signal.SIGTERM)
        finally:
            follower.close()


def attached(store: Path) -> AttachedDatabase | None:
    """The database of the program that owns a store; None where none does."""
    path = owner_socket(store)
    if len(os.fsencode(path)) > LONGEST_PATH:
        return None
    try:
        return AttachedDatabase(path)
    except Gone:
        return None


def ask_owner(store: Path, service: str, name: str) -> Any:
    """What a service of the program that owns a store answers; None where nobody owns it."""
    lines = Lines(owner_socket(store))
    try:
        return lines.ask("call", service, name, (), {})
    except Gone:
        return None
    finally:
        lines.close()
