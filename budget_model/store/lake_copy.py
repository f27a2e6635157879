"""The copy of a lake on one machine: asked as the one file that it is, and following what every machine writes.

Every question, law and permission is of the file. A change is made in it first, in its own transaction; before that is
kept, what it added and took away is sent to the lake as one snapshot. Where the lake has it, it is kept: a copy whose
program was killed between the two takes it over when it is opened again. One writer of all machines holds the lake's lock
and has followed it up to its newest snapshot, so that what a change decides by is never old.
"""

import logging
import threading
import weakref
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from typing import Any, Final, Self

import duckdb

from budget_model.problem import Refusal
from budget_model.store import chain
from budget_model.store.cursors import CursorBefore
from budget_model.store.lake import (
    KEPT_DAYS,
    ROWS_AT_ONCE,
    Columns,
    Compacted,
    Lake,
    Parcel,
    columns_of,
    first_line,
    put,
    same,
)
from budget_model.store.shared import Shared, observer

LOG: Final = logging.getLogger("budget_model.lake")
LOOKS_EVERY: Final = 0.4
"""Seconds after which it is seen that another machine has written."""
MOST_STEPS: Final = 60
"""Changes of tables that are followed one by one; a copy that is further behind reads the tables anew."""
OWN: Final = "lake_position"
"""The table that says how far a copy has followed its lake; it is the copy's own."""
NEWER: Final = (
    "The lake was brought up to date by a newer version of this program. Update this one, and start it again; nothing "
    "of this change was kept."
)


class LakeShared(Shared):
    """What handles of a copy have in common: the lake, its lock of writers, and the snapshot that is known."""

    def __init__(self, lake: Lake) -> None:
        super().__init__()
        self.lake = lake
        self.snapshot = -1
        """The lake's snapshot that the copy is; the key of whatever is cached from it."""
        self.here = threading.RLock()
        """The lock of this program's own threads, which the lock of writers includes."""
        self.writing = _Turn(self)
        self.copies: weakref.WeakSet[LakeCopy] = weakref.WeakSet()
        self._of_others: dict[str, Any] = {}
        self._published = 0

    def compact(self, kept_days: int = KEPT_DAYS) -> Compacted:
        """Compact the lake while no machine writes to it."""
        with self.writing:
            return self.lake.compact(kept_days)

    def of_other(self, place: str, read: Callable[[], Any]) -> Any:
        """What was read of another place of the lake, kept until that place publishes again."""
        known = self._of_others.get(place)
        if known is None:
            before, known = self._published, read()
            if self._published == before:
                self._of_others[place] = known
        return known

    def forget(self, places: Iterable[str] | None) -> None:
        """Read anew what some other places published; what all did where it is not known which."""
        self._published += 1
        for place in tuple(self._of_others) if places is None else places:
            self._of_others.pop(place, None)

    def wrote(self) -> None:
        """Take the snapshot over as the count of changes, and tell whoever waits for one."""
        with self._told:
            self.changes = self.snapshot
            self._told.notify_all()
        observer().wrote()


class _Turn:
    """The lock of writers: of this program's threads, then of all machines; its holder has followed the lake."""

    def __init__(self, shared: LakeShared) -> None:
        self._shared = weakref.proxy(shared)
        self._deep = 0
        self._held: Any = None

    def __enter__(self) -> None:
        self._shared.here.acquire()
        try:
            if not self._deep:
                self._held = self._shared.lake.turn()
                self._held.__enter__()
                self._follow()
            self._deep += 1
        except BaseException:
            self._shared.here.release()
            raise

    def _follow(self) -> None:
        try:
            for copy in list(self._shared.copies)[:1]:
                copy.follow()
        except BaseException:
            self._held.__exit__(None, None, None)
            raise

    def __exit__(self, *_: object) -> None:
        self._deep -= 1
        if not self._deep:
            self._held.__exit__(None, None, None)
        self._shared.here.release()


class LakeCopy:
    """The copy's database, with the methods of the database's own that the store calls."""

    def __init__(self, local: Any, shared: LakeShared) -> None:
        self.local = local
        self.shared = shared
        self.sends = False
        """Whether changes go to the lake; not while the copy is made."""
        self._closed = threading.Event()

    def cursor(self) -> "CopyCursor":
        """A cursor of its own."""
        return CopyCursor(self)

    def execute(self, sql: str) -> Any:
        """Carry out one statement of the copy alone."""
        return self.local.execute(sql)

    def close(self) -> None:
        """Follow no more, and let the copy and the lake go."""
        self._closed.set()
        with self.shared.here:
            self.shared.copies.discard(self)
            self.local.close()
            if not self.shared.copies:
                self.shared.lake.close()

    # Made

    @property
    def is_of_lake(self) -> bool:
        """Whether the file is a copy of this lake already, which can follow it from where it is."""
        position = position_of(self.local)
        return position is not None and position[0] == self.shared.lake.name

    def catch_up(self) -> None:
        """Follow the lake from where the copy is; one that has not followed it yet takes everything over."""
        position = position_of(self.local)
        if position is None:
            self.take_over()
        else:
            self.shared.snapshot = position[1]
            self.follow()

    def take_over(self) -> None:
        """Fill the tables with what the lake holds."""
        lake, cursor = self.shared.lake, self.local.cursor()
        cursor.begin()
        with lake.still() as snapshot:
            for table in sorted(lake.tables().keys() & self.tables().keys()):
                cursor.execute(f'delete from "{table}"')
                put(cursor, f'"{table}"', Parcel(table, None, lake.rows(table)))
        self._keep_position(cursor, snapshot)

    def lay_out(self) -> None:
        """Have the lake hold what this copy holds, where its tables are others or of an older format.

        For a new lake, and for one that a newer version of the program brings up to date.
        """
        lake, here, there = self.shared.lake, self.tables(), self.shared.lake.tables()
        is_older = lake.format() != self.format()
        anew = {
            name: columns
            for name, columns in here.items()
            if is_older or there.get(name) != frozenset(columns)
        }
        if anew:
            snapshot = lake.lay(anew, self._reader, there.keys() - here.keys())
            cursor = self.local.cursor()
            cursor.begin()
            self._keep_position(cursor, snapshot)

    def tables(self) -> dict[str, Columns]:
        """The tables that the lake has too, and their columns."""
        return {name: columns for name, columns in columns_of(self.local).items() if name != OWN}

    def format(self) -> int:
        """The number of the last migration of the copy; 0 for an empty file."""
        if "migration" not in self.tables():
            return 0
        return int(self.local.execute("select coalesce(max(number), 0) from migration").fetchone()[0])

    def _reader(self, table: str) -> Any:
        return self.local.cursor().execute(f'select * from "{table}"').to_arrow_reader(ROWS_AT_ONCE)

    def _keep_position(self, cursor: Any, snapshot: int) -> None:
        """Note how far the lake is followed, and keep what a cursor has begun with it."""
        cursor.execute(f"delete from {OWN}")
        cursor.execute(f"insert into {OWN} values (?, ?)", [self.shared.lake.name, snapshot])
        cursor.commit()
        cursor.close()
        self.shared.snapshot = snapshot

    # Followed

    def begin_following(self) -> None:
        """Send changes from now on, and take over what other machines write within a second."""
        self.shared.copies.add(self)
        self.sends = True
        threading.Thread(target=_keep_following, args=(weakref.ref(self), self._closed), daemon=True).start()

    def follow(self) -> None:
        """Take over what the lake has more than the copy; raises `Refusal` where a newer program wrote it."""
        if self.shared.lake.newest() == self.shared.snapshot:
            return
        with self.shared.here:
            newest = self.shared.lake.newest()
            try:
                changed = self._take_steps(newest)
            except duckdb.Error as reason:
                raise Refusal(
                    f"What the lake has newer could not be taken over ({first_line(reason)}). Make room on the disk; if "
                    "another program wrote to the lake, bring a backup back."
                ) from reason
            if changed:
                self.shared.wrote()

    def _take_steps(self, newest: int) -> bool:
        """Take over what is new up to a snapshot; whether anything that is asked for here is another than before."""
        steps = self.shared.lake.steps(self.shared.snapshot, newest)
        place = self.shared.lake.address.place
        own = [step for step in steps or () if step.place == place]
        if steps is None or len(own) > MOST_STEPS:
            self._refuse_newer()
            self.take_over()
            self.shared.forget(None)
            return True
        if others := {step.place for step in steps} - {place}:
            self.shared.forget(others)
        self._replay([self.shared.lake.rows_of(step) for step in own], newest)
        return bool(steps)

    def _refuse_newer(self) -> None:
        here = {name: frozenset(columns) for name, columns in self.tables().items()}
        if self.shared.lake.format() != self.format() or self.shared.lake.tables() != here:
            raise Refusal(NEWER)

    def _replay(self, parcels: Sequence[Parcel], snapshot: int) -> None:
        cursor = self.local.cursor()
        cursor.begin()
        for parcel in parcels:
            put(cursor, f'"{parcel.table}"', parcel)
        self._keep_position(cursor, snapshot)


class CopyCursor(CursorBefore):
    """A cursor of the copy; what it changes goes to the lake before it is kept."""

    def __init__(self, copy: LakeCopy) -> None:
        super().__init__(copy.local.cursor())
        self._copy = copy
        self._touched: dict[str, bool] | None = None
        """The tables that the change at hand writes to, and whether rows may go or become others; None before one."""

    @property
    def description(self) -> Any:
        """The columns of the answer."""
        return self._cursor.description

    def execute(self, sql: str, asked: Any = None) -> Self:
        """Carry out one statement."""
        if self._touched is not None:
            for way, table in chain.writes_of(sql):
                self._touched[table] = self._touched.get(table, False) or way != "insert"
        self._cursor.execute(sql, asked) if asked is not None else self._cursor.execute(sql)
        return self

    def begin(self) -> None:
        """Begin a change."""
        self._touched = {}
        self._cursor.begin()

    def rollback(self) -> None:
        """Take the change back."""
        self._touched = None
        self._cursor.rollback()

    def commit(self) -> None:
        """Keep the change, in the lake and then here."""
        parcels = tuple(self._parcels()) if self._copy.sends else ()
        if parcels:
            self._keep_in_both(parcels)
        else:
            self._cursor.commit()
        self._touched = None

    def close(self) -> None:
        """Let it go."""
        self._cursor.close()

    def _keep_in_both(self, parcels: Sequence[Parcel]) -> None:
        """Send what the change did; keep it here as the snapshot that it became."""
        shared = self._copy.shared
        snapshot = shared.lake.send(parcels, shared.snapshot)
        try:
            self._cursor.execute(f"update {OWN} set snapshot = ?", [snapshot])
            self._cursor.commit()
        except duckdb.Error as reason:
            raise Refusal(
                "The change is kept in the lake. This machine's copy could not be written, and takes it over once there "
                "is room on its disk: do not do it again."
            ) from reason
        shared.snapshot = snapshot

    def _parcels(self) -> Iterator[Parcel]:
        """What the change did to each table."""
        touched = self._touched or {}
        for table in sorted(
            touched.keys() & self._copy.tables().keys()
        ):  # a change has tables for itself besides
            parcel = self._rewritten(table) if touched[table] else self._added(table)
            if parcel.new.num_rows or (parcel.gone is not None and parcel.gone.num_rows):
                yield parcel

    def _added(self, table: str) -> Parcel:
        sql = f'select * from "{table}" where rowid >= {chain.ADDED_NOW}'
        return Parcel(table, None, self._cursor.execute(sql).to_arrow_table())

    def _rewritten(self, table: str) -> Parcel:
        """The rows of which there are fewer now, once each; and all copies that are left or came."""
        before = self._copy.local.cursor().execute(f'select * from "{table}"').to_arrow_table()
        self._cursor.register("before", before)
        gone = self._cursor.execute(
            f'select distinct * from (select * from before except all select * from "{table}")'
        ).to_arrow_table()
        self._cursor.register("gone", gone)
        new = self._cursor.execute(
            f'(select * from "{table}" except all select * from before) union all '
            f'(select * from "{table}" as kept where exists (from gone where {same(before.column_names)}))'
        ).to_arrow_table()
        self._cursor.unregister("before")
        self._cursor.unregister("gone")
        return Parcel(table, gone, new)


def position_of(database: Any) -> tuple[str, int] | None:
    """Of which lake a store's file is a copy, and up to which snapshot; None for a store of its own."""
    with suppress(duckdb.CatalogException):
        row = database.execute(f"select lake, snapshot from {OWN}").fetchone()
        return (str(row[0]), int(row[1])) if row else None
    return None


def _keep_following(known: "weakref.ref[LakeCopy]", closed: threading.Event) -> None:
    """Follow the lake until the copy is closed; what hinders it is logged once until it goes well again."""
    hindered = False
    while not closed.wait(LOOKS_EVERY):
        copy = known()
        if copy is None:
            return
        try:
            copy.follow()
            hindered = False
        except (Refusal, duckdb.Error) as reason:
            if not hindered and not closed.is_set():
                LOG.error("the lake is not followed: %s", reason)
            hindered = True
        del copy
