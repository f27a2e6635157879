"""One DuckDB file: opened, brought up to date, locked for writing, and closed again.

The store adds up; it does not decide. Every question is a file under `sql/` named for what it answers,
asked through a cursor of its own, since the pages' sessions are threads.
"""

import copy
import errno
import getpass
import os
import subprocess
import sys
import time
import weakref
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, Self, TypeVar

import duckdb

from budget_model.access import Act, Asker, Sight, local
from budget_model.problem import Refusal
from budget_model.store import chain
from budget_model.store.attached import AttachedDatabase, attached, is_worker
from budget_model.store.chain import Entry, Head, Note
from budget_model.store.lake import Address, Lake
from budget_model.store.lake_copy import LakeCopy, LakeShared, position_of
from budget_model.store.others import ChangedSince, Seen, changed_since
from budget_model.store.place_columns import KEPT, additions, every_column
from budget_model.store.shared import Shared, observer

HERE = Path(__file__).parent
MIGRATIONS = HERE / "migrations"
USUAL_STORE = Path("data") / "budget.duckdb"
USUAL_COPY = Path("data") / "lake-copy.duckdb"

NOT_WRITTEN = (duckdb.IOException, duckdb.TransactionException)
"""What the database says where the disk does not take a change: while it is made, or when it is to be kept."""

PLACE_TABLES = (*(table for table, _ in KEPT.values()), "setting")
"""The place's own lists, which are written whole."""

ACTING: ContextVar[Callable[["Store"], Asker] | None] = ContextVar("ACTING", default=None)
"""Who a store that this program opens is asked by, where that is not the machine's own user: a service account."""

Row = tuple[Any, ...]
Answer = TypeVar("Answer")


def usual_path() -> Path:
    """Where the store is: the environment variable BUDGET_MODEL_STORE, else data/budget.duckdb.

    Where that names a lake, this machine's copy of it: BUDGET_MODEL_COPY, else data/lake-copy.duckdb.
    """
    if Address.set() is not None:
        return Path(os.environ.get("BUDGET_MODEL_COPY") or USUAL_COPY)
    return Path(os.environ.get("BUDGET_MODEL_STORE") or USUAL_STORE)


@cache
def question(name: str) -> str:
    """The SQL that answers one question, read once."""
    sql = (HERE / "sql" / f"{name}.sql").read_text(encoding="utf-8")
    _NAMES[sql] = name
    return sql


_NAMES: dict[str, str] = {}
"""The names of the questions that were read, by their SQL."""
OTHER = "other"
"""How a query is called that is no file under `sql/`."""


@dataclass(frozen=True, slots=True)
class Migration:
    """One numbered step that brings an older store up to date."""

    number: int
    name: str
    sql: str


@cache
def migrations() -> tuple[Migration, ...]:
    """Every step, in order, without a gap; read once."""
    steps = []
    for path in sorted(MIGRATIONS.glob("*.sql")):
        number, _, name = path.stem.partition("_")
        steps.append(Migration(int(number), name.replace("_", " "), path.read_text(encoding="utf-8")))
    if [step.number for step in steps] != list(range(1, len(steps) + 1)):
        raise RuntimeError("The migrations are not numbered 1, 2, 3, … without a gap.")
    return tuple(steps)


REMEDY = "Choose another place by setting BUDGET_MODEL_STORE."


class InUse(Refusal):
    """Another program has the store open."""


_OPEN: "weakref.WeakValueDictionary[Path, Shared]" = weakref.WeakValueDictionary()
"""What is shared of each store that this process has open, by its file."""


class Store:
    """The open store, asked in somebody's name. Threads share it, each call on a cursor of its own.

    Two handles are equal where the same store would answer both alike.
    """

    def __init__(self, path: Path | str | None = None, *, alone: bool = False, make: bool = True) -> None:
        """Open the store, making it if there is none and bringing an older one up to date.

        A lake that is not there is not made unless told to `make` it.

        Where a program owns the store, it is asked through that program, unless it is wanted `alone`. Raises `Refusal`
        with a sentence for a store that is locked, damaged, from a newer version of this program, or in a place that
        cannot be written.
        """
        self.path = Path(path) if path is not None else usual_path()
        self.asker: Asker = local(_user())
        self._never_written = ""
        self._seen: Seen | None = None
        self._then: Callable[[int], object] | None = None
        through = None if alone else attached(self.path)
        if through is not None:
            self._attach(through)
        else:
            self._open_here(make=make)

    def _attach(self, through: AttachedDatabase) -> None:
        """Ask the program that owns the store, which has to know the same tables as this one."""
        # whatever this program makes, such as letters, is its user's alone, as where it opens the file itself
        os.umask(0o077)
        self._shared: Shared = through.shared
        self._database: Any = through
        self._at_the_end: Callable[[], object] = weakref.finalize(self, through.close)
        if self.version() != len(migrations()):
            self.close()
            raise Refusal(
                f"The program that has the store {self.path} open is of another version than this one. Start it again."
            )

    def _open_here(self, *, make: bool) -> None:
        """Open the file itself."""
        if is_worker() and self.path == usual_path():
            raise InUse(f"The program that owns the store {self.path} does not answer.")
        address = Address.set() if self.path == usual_path() else None
        if address is not None:
            self._open_copy(address, make=make)
        else:
            self._open_file()
        self._at_the_end = weakref.finalize(self, _close, self._database)

    def _open_file(self) -> None:
        """Open a store that is one file."""
        self._shared = _OPEN.setdefault(self.path.resolve(), Shared())
        self._shared.wrote()
        self._database = _open(self.path)
        try:
            if position_of(self._database) is not None:
                raise Refusal(
                    f"The file {self.path} is this machine's copy of a lake. Set BUDGET_MODEL_STORE to the lake itself."
                )
            self._bring_up_to_date()
            _close_the_doors(self._database, self.path)
        except BaseException:
            self._database.close()
            raise

    def _open_copy(self, address: Address, *, make: bool) -> None:
        """Open this machine's copy of a lake, and follow the lake from then on."""
        known = _OPEN.get(self.path.resolve())
        if isinstance(known, LakeShared) and known.copies:
            self._shared = known
            self._database = LakeCopy(_open(self.path), known)
            self._database.begin_following()
            return
        self._shared = shared = LakeShared(Lake(address, make=make))
        _OPEN[self.path.resolve()] = shared
        self._database = LakeCopy(_open(self.path), shared)
        try:
            with shared.writing:
                self._make_copy()
                self._bring_up_to_date()
                self._database.lay_out()
                shared.wrote()
            self._database.begin_following()
            _close_the_doors(self._database.local, self.path)
        except BaseException:
            self._database.close()
            raise

    def _make_copy(self) -> None:
        """Have the file be a copy of the lake as it is now; one of another format is made anew."""
        copy, steps = self._database, migrations()
        format_there = copy.shared.lake.format()
        if format_there > len(steps):
            raise _too_new(self.path, format_there, len(steps))
        if copy.is_of_lake and copy.format() != format_there:
            copy.local.close()
            self.path.unlink()
            copy.local = _open(self.path)
        if not copy.is_of_lake:
            if copy.format():
                raise Refusal(
                    f"The file {self.path} is another store than the lake's copy. Move it away, or choose another file "
                    "by BUDGET_MODEL_COPY."
                )
            self._run_steps(steps[:format_there])
        if format_there:
            copy.catch_up()

    @classmethod
    def existing(cls, path: Path | str | None = None) -> Self:
        """Open a store that is there already; raises `Refusal` where there is none, and makes none."""
        wanted = Path(path) if path is not None else usual_path()
        is_lake = Address.set() is not None and wanted == usual_path()
        if not wanted.is_file() and not is_lake:
            raise Refusal(
                f"There is no store {wanted}. Correct BUDGET_MODEL_STORE if the path is mistyped, or load a "
                "place with `python -m budget_model seed`."
            )
        opened = cls(wanted, make=False)
        acting = ACTING.get()
        if acting is not None:
            try:
                opened.asker = acting(opened)
            except BaseException:
                opened.close()
                raise
        return opened

    @property
    def shared(self) -> Shared:
        """What every handle of this open store has in common, to keep things by."""
        return self._shared

    def freeze(self, why: str) -> None:
        """Have this handle, and those made of it, refuse every change with a sentence."""
        self._never_written = why

    def asked_by(self, asker: Asker) -> Self:
        """The same open store, asked in another's name; what is read and written follows what they may."""
        handle = copy.copy(self)
        handle.asker = asker
        return handle

    def since(self, seen: Seen, then: Callable[[int], object] | None = None) -> Self:
        """The same open store, which refuses a change where others changed the same things since they were `seen`.

        `then` is told up to which entry of the audit whoever asks knows them now: after a change, and after a refusal.
        """
        handle = copy.copy(self)
        handle._seen, handle._then = seen, then
        return handle

    def newest(self) -> int:
        """The number of the newest entry of the audit."""
        return chain.head_of(self.select).number

    @property
    def sight(self) -> Sight:
        """What this handle may read."""
        return self.asker.sight

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Store) and self._shared is other._shared and self.sight == other.sight

    def __hash__(self) -> int:
        return hash((id(self._shared), self.sight))

    def close(self) -> None:
        """Write everything out and let the file go; done at the end of the program for one left open."""
        self._at_the_end()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def changes(self) -> int:
        """How often this process has written: a cheap key for whatever is cached from the store."""
        return self._shared.changes

    def cursor(self) -> Any:
        """A cursor of the open database, for whom this program lets ask it."""
        return self._database.cursor()

    def ask(self, name: str, asked: Mapping[str, object] | None = None) -> list[Row]:
        """Every row that answers one of the questions under `sql/`."""
        return self.select(question(name), asked)

    def select(self, sql: str, asked: Mapping[str, object] | None = None) -> list[Row]:
        """Every row that a query of this package gives; values come in as parameters only."""
        rows: list[Row] = self._answer(sql, asked, lambda answer: answer.fetchall())
        return rows

    def _answer(self, sql: str, asked: Mapping[str, object] | None, take: Callable[[Any], Answer]) -> Answer:
        """What is taken of the answer to a query; how long it took is noted."""
        cursor, began = self._database.cursor(), time.perf_counter()
        try:
            return take(cursor.execute(sql, dict(asked or {})))
        except (*NOT_WRITTEN, duckdb.FatalException, duckdb.SerializationException) as reason:
            raise _damaged(self.path, reason) from reason
        finally:
            cursor.close()
            observer().took(_NAMES.get(sql, OTHER), time.perf_counter() - began)

    def records(self, sql: str, asked: Mapping[str, object] | None = None) -> list[dict[str, Any]]:
        """Every row that a query of this package gives, by the names of its columns."""

        def named(answer: Any) -> list[dict[str, Any]]:
            names = [str(column[0]) for column in answer.description]
            return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]

        return self._answer(sql, asked, named)

    def once(self, key: Hashable, ask: Callable[[], Answer]) -> Answer:
        """What `ask` gives, kept until this process writes: for what nearly every question needs."""
        counted = self._shared.changes
        at, known = self._shared.known
        if at != counted:
            at, known = self._shared.known = (counted, {})
        if key not in known:
            known[key] = ask()
        answer: Answer = known[key]
        return answer

    def table(self, sql: str, asked: Mapping[str, object] | None = None) -> Any:
        """The answer as an Arrow table, for many rows at once."""
        return self._answer(sql, asked, lambda answer: answer.to_arrow_table())

    @contextmanager
    def writing(self, act: Act | None = None, body: str = "", *, audited: bool = True) -> Iterator["Writer"]:
        """One change, whole or not at all: everything inside is one transaction, one writer at a time.

        `act` is what is done, to the body it is about; a change that names none is for the machine's own user.
        What is written is sealed by the entry of the audit that the same transaction writes. Raises `Refusal`
        where the asker may not, or where the disk does not take it; nothing of the change is kept then.
        """
        if self._never_written:
            raise Refusal(self._never_written)
        self.asker.must(act or Act.SET_UP, body)
        if act is None and not self.asker.is_local:
            raise Refusal("This can be done on the machine itself alone.")
        with self._shared.in_turn():
            cursor = self._database.cursor()
            cursor.begin()
            try:
                writer = Writer(cursor, self.asker)
                self._refuse_unseen(writer)
                yield writer
                head = self._write_audit(writer) if audited else None
                cursor.commit()
                self._shared.wrote()
                self._note(head)
                self._know(head)
            except NOT_WRITTEN as reason:
                _roll_back(cursor)
                raise Refusal(
                    f"The store {self.path} could not be written ({_first_line(reason)}). Nothing of this "
                    "change was kept: make room on the disk, and do it again."
                ) from reason
            except BaseException:
                _roll_back(cursor)
                raise
            finally:
                cursor.close()

    @contextmanager
    def trial(self, act: Act = Act.LOOK, body: str = "") -> Iterator[tuple["Writer", Self]]:
        """A change that is taken back when it ends, and a handle that sees the store as the change would make it."""
        with suppress(_TakenBack), self.writing(act, body) as writer:
            handle = copy.copy(self)
            handle._database = writer.as_database()
            handle._shared = Shared()
            yield writer, handle
            raise _TakenBack

    @contextmanager
    def at_rest(self) -> Iterator[Path]:
        """The store's file while nobody writes and everything written is in it: to be copied."""
        with self._shared.writing:
            cursor = self._database.cursor()
            cursor.execute("checkpoint")
            cursor.close()
            yield self.path

    def version(self) -> int:
        """The number of the last migration that this store has had."""
        return int(self.select("select coalesce(max(number), 0) from migration")[0][0])

    def _write_audit(self, writer: "Writer") -> Head | None:
        """Write the entries of a change that is about to be kept; None where it changed nothing that is audited."""
        sealed = chain.seal(writer.execute, writer.touched, PLACE_TABLES)
        notes = list(writer.notes)
        if not notes and sealed:
            names = sorted(writer.touched.intersection((*chain.BY_ROW, *chain.BY_SUBMISSION, *PLACE_TABLES)))
            notes = [Note(self.asker.name, "written", ", ".join(names), "", "")]
        return self._add_entries(writer, notes, sealed) if notes else None

    def _add_entries(self, writer: "Writer", notes: Sequence[Note], sealed: str) -> Head:
        """Chain entries to the newest one; the last of them carries what the change sealed."""
        head = chain.head_of(writer.execute)
        at = now()
        rows = []
        for note in notes:
            entry = Entry(
                head.number + 1,
                at,
                note.by,
                self.asker.account,
                self.asker.source,
                note.what,
                note.subject,
                note.before,
                note.after,
                sealed if note is notes[-1] else "",
                "",
            )
            head = Head(entry.number, entry.fingerprint(head.chain))
            rows.append([getattr(entry, name) for name in chain.ENTRY_COLUMNS[:-1]] + [head.chain])
        writer.add("audit_entry", chain.ENTRY_COLUMNS, rows)
        return head

    def _refuse_unseen(self, writer: "Writer") -> None:
        """Raise `ChangedSince` where others changed what this handle changes since it was seen."""
        others = changed_since(writer.ask, self._seen) if self._seen else ()
        if others:
            self._knows(others[-1].number)
            raise ChangedSince(others)

    def _know(self, head: Head | None) -> None:
        """After a change of its own, whoever asks knows the things up to its entry."""
        if self._seen and head:
            self._knows(head.number)

    def _knows(self, number: int) -> None:
        if self._seen:
            self._seen = replace(self._seen, number=number)
        if self._then:
            self._then(number)

    def _note(self, head: Head | None) -> None:
        if head is not None:
            chain.note_head(self.path, head)

    def _bring_up_to_date(self) -> None:
        steps = migrations()
        self._make_list_of_steps()
        had = self.version()
        if had > len(steps):
            raise _too_new(self.path, had, len(steps))
        missing = steps[had:]
        if had and missing:
            self._try_on_a_copy(missing)
        self._run_steps(missing)
        if had and missing:
            self._seal_what_is_there()

    def _make_list_of_steps(self) -> None:
        self._database.execute(
            "create table if not exists migration (number integer not null, name varchar not null, "
            "made_at timestamptz not null)"
        )

    def _run_steps(self, steps: Sequence[Migration]) -> None:
        """Carry out migrations, each in a change of its own, and give the place's tables their newest columns."""
        self._make_list_of_steps()
        for step in steps:
            with self.writing(audited=False) as writer:
                _apply(writer, step)
        if self.version():
            self._add_columns_of_the_place()

    def _seal_what_is_there(self) -> None:
        """Begin the chain of a store that was kept before there was one; else seal the lists that a step changed."""
        with self.writing(audited=False) as writer:
            fresh = chain.head_of(writer.execute) == Head()
            names = (*chain.BY_ROW, *chain.BY_SUBMISSION, *PLACE_TABLES) if fresh else PLACE_TABLES
            sealed = chain.seal(writer.execute, names, PLACE_TABLES, everything=fresh)
            what = "chain begun" if fresh else "store brought up to date"
            head = self._add_entries(
                writer, [Note(self.asker.name, what, f"format {self.version()}", "", "")], sealed
            )
        self._note(head)

    def _add_columns_of_the_place(self) -> None:
        """Give the place's tables the columns of fields that are newer than the store."""
        with suppress(duckdb.BinderException, duckdb.CatalogException):
            self._database.execute(every_column())
            return
        there = self.select("select table_name, column_name from duckdb_columns() where not internal")
        added = tuple(additions((str(table), str(column)) for table, column in there))
        for sql in added:
            with self.writing(audited=False) as writer:
                writer.execute(sql)
        if added:
            # a write-ahead file with a new column's default cannot be read again after a crash
            self._database.execute("checkpoint")

    def _try_on_a_copy(self, steps: Sequence[Migration]) -> None:
        """Migrate a copy first, so that a step that fails leaves the store as it was."""
        self._database.execute("checkpoint")
        copy = self.path.with_suffix(".trial")
        copy_apart(self.path, copy)
        try:
            with duckdb.connect(str(copy)) as trial:
                for step in steps:
                    trial.begin()
                    _apply(Writer(trial.cursor(), self.asker), step)
                    trial.commit()
        except duckdb.Error as reason:
            raise Refusal(
                f"The store {self.path} could not be brought up to date ({_first_line(reason)}). "
                "It was left as it was; go back to the version of the program that wrote it."
            ) from reason
        finally:
            copy.unlink(missing_ok=True)
            copy.with_suffix(".trial.wal").unlink(missing_ok=True)


class _TakenBack(Exception):
    """Ends a trial, so that the store takes back what was tried."""


class _Within:
    """The one cursor of a change, handed out as if each question had its own."""

    def __init__(self, cursor: Any) -> None:
        self._cursor = cursor

    def cursor(self) -> Self:
        return self

    def execute(self, *asked: Any) -> Any:
        return self._cursor.execute(*asked)

    def close(self) -> None:
        """Leave the change's cursor open: the change closes it."""


class Writer:
    """What one change may do, inside its transaction."""

    def __init__(self, cursor: Any, asker: Asker) -> None:
        self._cursor = cursor
        self.asker = asker
        self.notes: list[Note] = []
        """What the change says of itself in the audit."""
        self.touched: set[str] = set()
        """The tables that it writes to."""

    def as_database(self) -> Any:
        """What a handle asks so that it sees what this change has written."""
        return _Within(self._cursor)

    def execute(self, sql: str, asked: Mapping[str, object] | None = None) -> list[Row]:
        """Carry out one statement and give its rows, if it has any."""
        self.touched.update(chain.tables_touched(sql))
        done = self._cursor.execute(sql, dict(asked or {}))
        return done.fetchall() if done.description else []

    def ask(self, name: str, asked: Mapping[str, object] | None = None) -> list[Row]:
        """Carry out one of the files under `sql/`."""
        return self.execute(question(name), asked)

    def add(self, table: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
        """Add many rows at once; the values are typed by the table's own columns."""
        if not rows:
            return
        import pyarrow as pa

        self.touched.add(table)
        types = {str(name): str(kind) for name, kind, *_ in self.execute(f"describe {table}")}
        arrays = [
            pa.array([row[place] for row in rows], type=_arrow(types[column]))
            for place, column in enumerate(columns)
        ]
        self._cursor.register("incoming", pa.Table.from_arrays(arrays, names=list(columns)))
        try:
            named = ", ".join(f'"{column}"' for column in columns)
            self._cursor.execute(f"insert into {table} ({named}) select {named} from incoming")
        finally:
            self._cursor.unregister("incoming")

    def add_table(self, table: str, rows: Any) -> None:
        """Add an Arrow table, its columns by name."""
        self.touched.add(table)
        self._cursor.register("incoming", rows)
        try:
            self._cursor.execute(f'insert into "{table}" by name select * from incoming')
        finally:
            self._cursor.unregister("incoming")

    def numbers(self, of: str, how_many: int) -> list[int]:
        """The next numbers of one kind, each given once."""
        [(last,)] = self.execute(
            "update number_given set last = last + $more where name = $of returning last",
            {"more": how_many, "of": of},
        )
        return list(range(int(last) - how_many + 1, int(last) + 1))


def copy_apart(file: Path, to: Path) -> None:
    """Copy the file of a store that this program has open, by a program of its own.

    The system lets go of a program's lock on a file as soon as it closes that file a second time, wherever it was
    opened: a copy made here would let another program open the store beside this one. The copy can be read by this
    program's user alone, like the store. Raises `OSError`.
    """
    copying = "import os, shutil, sys; os.umask(0o077); shutil.copyfile(sys.argv[1], sys.argv[2])"
    asked = [sys.executable, "-I", "-S", "-c", copying, str(file.absolute()), str(to.absolute())]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)  # noqa: S603  # this very interpreter
    if done.returncode:
        said = done.stderr.strip().splitlines() or ["the copying program failed"]
        raise OSError(errno.EIO, said[-1].partition(": ")[2] or said[-1])


def _user() -> str:
    """Who runs this program on the machine itself."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container whose user has no name
        return f"user {os.getuid()}"


def _close(database: Any) -> None:
    """Put what is in the write-ahead file into the store's own, so that a copy of it is whole."""
    with suppress(duckdb.Error):
        database.execute("checkpoint")
    database.close()


def _roll_back(cursor: Any) -> None:
    """Undo a change; a commit that failed has undone it already."""
    with suppress(duckdb.TransactionException):
        cursor.rollback()


def now() -> datetime:
    """The time of a change, in universal time."""
    return datetime.now(UTC)


def _apply(writer: Writer, step: Migration) -> None:
    writer.execute(step.sql)
    writer.execute(
        "insert into migration values ($number, $name, $at)",
        {"number": step.number, "name": step.name, "at": now()},
    )


def _open(path: Path) -> Any:
    try:
        # DuckDB makes its write-ahead file when it likes: whatever this program makes is its user's alone
        os.umask(0o077)
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = not path.exists()
        database = duckdb.connect(str(path))
    except OSError as reason:
        raise Refusal(f"The folder {path.parent} cannot be written ({reason.strerror}). {REMEDY}") from reason
    except duckdb.IOException as reason:
        raise _not_opened(path, reason) from reason
    except duckdb.Error as reason:
        raise _damaged(path, reason) from reason
    if fresh and path.exists():
        path.chmod(0o600)
    return database


def _not_opened(path: Path, reason: duckdb.IOException) -> Refusal:
    """Why the database could not open its file, and what to do."""
    said = str(reason)
    if "Conflicting lock" in said or "Could not set lock" in said:
        return InUse(
            f"The store {path} is in use by another program. Stop the other program (a second "
            "dashboard, or a command that is still running), or wait until it is done."
        )
    if "Cannot open file" in said and "ermission denied" in said:
        return Refusal(f"The store {path} may not be opened by this user. {REMEDY}")
    if "Read-only file system" in said or not os.access(path.parent, os.W_OK):
        return Refusal(f"The store {path} is on a disk that cannot be written to. {REMEDY}")
    if "newer version" in said or "storage version" in said.lower():
        return Refusal(
            f"The store {path} was written by a newer version of DuckDB. Update the program, or "
            "bring back a backup with `python -m budget_model restore`."
        )
    return _damaged(path, reason)


def _too_new(path: Path, its_format: int, known: int) -> Refusal:
    return Refusal(
        f"The store {path} was written by a newer version of this program (its format is {its_format}, this program "
        f"knows {known}). Update the program, or open another store by setting BUDGET_MODEL_STORE."
    )


def _damaged(path: Path, reason: Exception) -> Refusal:
    return Refusal(
        f"The store {path} is damaged or is not a store ({_first_line(reason)}). Nothing was changed. "
        "Bring the last backup back with `python -m budget_model restore`, or move the file away and "
        "load the place again."
    )


def _first_line(reason: Exception) -> str:
    return str(reason).strip().split("\n")[0][:200]


def _close_the_doors(database: Any, path: Path) -> None:
    """No SQL of this program reads or writes files, so no mistake of it can either."""
    if database.execute("select current_setting('lock_configuration')").fetchone()[0]:
        return  # this process has the file open already, and its doors are closed for good
    for setting in (
        f"set temp_directory = '{str(path.parent / '.spill').replace(chr(39), chr(39) * 2)}'",
        f"set allowed_directories = ['{str(path.parent / 'backups').replace(chr(39), chr(39) * 2)}']",
        "set python_enable_replacements = false",
        "set autoinstall_known_extensions = false",
        "set autoload_known_extensions = false",
        "set preserve_insertion_order = false",
        "set enable_external_access = false",
        "set lock_configuration = true",
    ):
        database.execute(setting)


def _arrow(kind: str) -> Any:
    """The Arrow type of one of our columns."""
    import pyarrow as pa

    if kind.endswith("[]"):
        return pa.list_(_arrow(kind[:-2]))
    if kind.startswith("DECIMAL"):
        digits, _, places = kind.removeprefix("DECIMAL(").rstrip(")").partition(",")
        return pa.decimal128(int(digits), int(places))
    return {
        "VARCHAR": pa.string(),
        "BIGINT": pa.int64(),
        "INTEGER": pa.int32(),
        "TINYINT": pa.int8(),
        "UTINYINT": pa.uint8(),
        "BOOLEAN": pa.bool_(),
        "DATE": pa.date32(),
        "BLOB": pa.binary(),
        "DOUBLE": pa.float64(),
        "TIMESTAMP WITH TIME ZONE": pa.timestamp("us", tz="UTC"),
    }[kind]
