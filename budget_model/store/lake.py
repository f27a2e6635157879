"""A lake: the store's tables as Parquet in a folder, and a catalogue that says which of it counts, for several machines.

The format is DuckLake's. Its catalogue is a PostgreSQL database, which every machine reaches, or one file for a machine
alone. Each change is a snapshot, kept whole or not at all. The lake knows no sequences, checks or indexes, and a question
costs it tens of milliseconds: so each machine asks a copy that follows it (`lake_copy`), and the lake is written to and
read from here alone, by a database in memory that opens no other file.
"""

import os
import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, Final, Self

import duckdb

from budget_model.problem import Refusal

PREFIX: Final = "ducklake:"
"""What BUDGET_MODEL_STORE begins with where the store is a lake."""
POSTGRES: Final = "postgres:"
USUAL_FILES: Final = Path("data") / "lake"
EXTENSIONS: Final = ("ducklake", "postgres_scanner")
ROWS_AT_ONCE: Final = 200_000
"""Rows of a table that are read from the lake, or sent to it, at once."""
TRIES: Final = 6
"""How often a change is sent before a conflict is told."""
FIRST_WAIT: Final = 0.05
"""Seconds before the second try; doubled with each."""
TURN: Final = 7_265_118
"""The number under which PostgreSQL keeps the lock of the lake's writers."""
KEPT_DAYS: Final = 30
"""Days for which a snapshot can be gone back to, unless said otherwise."""

GRACE: Final = "interval 1 hour"
"""How long a file stays that nothing counts any more: another machine may be reading it."""
NO_LAKE: Final = (
    "There is no lake at {catalogue}. Correct BUDGET_MODEL_STORE if it is mistyped, or load a place with "
    "`python -m budget_model seed`."
)

ADDS: Final = frozenset({"tables_inserted_into", "inlined_insert"})
TAKES: Final = frozenset({"tables_deleted_from", "inlined_delete"})
SAME: Final = frozenset({"flushed_inlined", "merge_adjacent", "rewrite_delete"})
"""How a snapshot says that rows were added, taken away, or put elsewhere only."""

Columns = Mapping[str, str]
"""The columns of a table and their types."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where a lake is."""

    catalogue: str
    """How its catalogue is reached: 'postgres:dbname=budget host=db', or the path of a file."""
    folder: Path | None
    """Where its files are; None for the folder that the catalogue names, or `data/lake` for a new one."""

    @classmethod
    def set(cls) -> Self | None:
        """What the settings say; None where the store is one file."""
        store = os.environ.get("BUDGET_MODEL_STORE", "")
        if not store.startswith(PREFIX):
            return None
        folder = os.environ.get("BUDGET_MODEL_LAKE_FILES")
        return cls(store.removeprefix(PREFIX), Path(folder).absolute() if folder else None)

    @property
    def is_shared(self) -> bool:
        """Whether several machines can reach it."""
        return self.catalogue.startswith(POSTGRES)


@dataclass(frozen=True, slots=True)
class Parcel:
    """What a change does to one table: Arrow tables of rows."""

    table: str
    gone: Any
    """Rows that are to be gone, each in all of its copies."""
    new: Any
    """Rows that are added then."""


@dataclass(frozen=True, slots=True)
class Step:
    """What one snapshot did to one table."""

    snapshot: int
    table: str
    takes: bool
    """Whether rows went, and not only came."""


@dataclass(frozen=True, slots=True)
class Compacted:
    """What compacting a lake came to."""

    files_before: int
    files_after: int
    snapshots: int
    """Snapshots that can be gone back to."""


class Lake:
    """The open lake. One thread uses it at a time; `turn` and `newest` may be asked beside."""

    def __init__(self, address: Address, *, make: bool = True) -> None:
        """Open it, making it where there is none unless told not to; raises `Refusal` where that fails."""
        self.address = address
        self._database = duckdb.connect(
            config={"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
        )
        try:
            _load_extensions(self._database, EXTENSIONS if address.is_shared else EXTENSIONS[:1])
            _attach(self._database, address, make=make)
            self.name = str(
                self._ask("select schema_uuid from inside.ducklake_schema where schema_name = 'main'")
            )
            """What no other lake is called."""
        except duckdb.Error as reason:
            self._database.close()
            raise _unreachable(reason) from reason

    def close(self) -> None:
        """Let it go."""
        self._database.close()

    def newest(self) -> int:
        """The number of its newest snapshot."""
        cursor = self._database.cursor()
        try:
            [(newest,)] = cursor.execute("select max(snapshot_id) from inside.ducklake_snapshot").fetchall()
        except duckdb.Error as reason:
            raise _unreachable(reason) from reason
        finally:
            cursor.close()
        return int(newest)

    def format(self) -> int:
        """The number of the last migration of what it holds; 0 for an empty one."""
        if not self._ask("select count(*) from inside.ducklake_table where table_name = 'migration'"):
            return 0
        return int(self._ask("select coalesce(max(number), 0) from lake.migration"))

    def tables(self) -> dict[str, frozenset[str]]:
        """Its tables and the names of their columns."""
        rows = self._database.execute(
            "select table_name, column_name from inside.ducklake_table as kept join inside.ducklake_column as part "
            "using (table_id) where kept.end_snapshot is null and part.end_snapshot is null and parent_column is null"
        ).fetchall()
        tables: dict[str, set[str]] = {}
        for table, column in rows:
            tables.setdefault(str(table), set()).add(str(column))
        return {table: frozenset(columns) for table, columns in tables.items()}

    @contextmanager
    def still(self) -> Iterator[int]:
        """Read everything within as of one snapshot; gives its number."""
        self._database.begin()
        try:
            yield int(self._ask("select id from ducklake_current_snapshot('lake')"))
        finally:
            _roll_back(self._database)

    def rows(self, table: str) -> Any:
        """The rows of a table, as batches of Arrow that are read as they are taken."""
        return self._database.execute(f'select * from lake."{table}"').to_arrow_reader(ROWS_AT_ONCE)

    def steps(self, since: int, until: int) -> tuple[Step, ...] | None:
        """What each snapshot after one, up to another, did, in order; None where that is not known any more."""
        names = dict(
            self._database.execute("select table_id, table_name from inside.ducklake_table").fetchall()
        )
        said = self._database.execute(
            "select snapshot_id, changes from ducklake_snapshots('lake') "
            "where snapshot_id > $since and snapshot_id <= $until order by snapshot_id",
            {"since": since, "until": until},
        ).fetchall()
        if len(said) != until - since or any(set(changes) - (ADDS | TAKES | SAME) for _, changes in said):
            return None
        return tuple(step for number, changes in said for step in _steps(int(number), changes, names))

    def rows_of(self, step: Step) -> Parcel:
        """The rows that went and came with one snapshot of one table."""
        gone = self._moved("deletions", step) if step.takes else None
        return Parcel(step.table, gone, self._moved("insertions", step))

    def _moved(self, way: str, step: Step) -> Any:
        sql = f"select * from ducklake_table_{way}('lake', 'main', $table, $at, $at)"
        return self._database.execute(sql, {"table": step.table, "at": step.snapshot}).to_arrow_table()

    def send(self, parcels: Sequence[Parcel], since: int) -> int:
        """Keep a change of what stood at a snapshot as one snapshot; gives its number.

        What others moved about meanwhile is tried again. Raises `Refusal` where another program changed rows since, or
        where the lake does not take it.
        """
        wait = FIRST_WAIT
        for left in reversed(range(TRIES)):
            self._refuse_changed(since)
            try:
                return self._send(parcels)
            except duckdb.TransactionException as reason:
                _roll_back(self._database)
                if not left:
                    raise Refusal(
                        "Others changed the lake at the same moment. Nothing of this change was kept: do it again."
                    ) from reason
                time.sleep(wait)
                wait *= 2
            except duckdb.Error as reason:
                _roll_back(self._database)
                raise Refusal(
                    f"The lake could not be written ({first_line(reason)}). Look whether this change is there before "
                    "you do it again."
                ) from reason
        raise AssertionError("every try ends above")

    def _send(self, parcels: Sequence[Parcel]) -> int:
        self._database.begin()
        for parcel in parcels:
            put(self._database, f'lake."{parcel.table}"', parcel)
        self._database.commit()
        return int(self._ask("select id from ducklake_last_committed_snapshot('lake')"))

    def _refuse_changed(self, since: int) -> None:
        """Raise `Refusal` where rows are not as they were at a snapshot."""
        newest = self.newest()
        if newest != since and self.steps(since, newest) != ():
            raise Refusal(
                "Another program changed the lake meanwhile. Nothing of this change was kept: do it again."
            )

    def lay(self, tables: Mapping[str, Columns], rows: Callable[[str], Any], gone: Iterable[str] = ()) -> int:
        """Make tables, or make them anew with other columns, and fill them; let others go. One snapshot: its number."""
        self._database.begin()
        try:
            for name in gone:
                self._database.execute(f'drop table lake."{name}"')
            for name, columns in tables.items():
                kinds = ", ".join(f'"{column}" {kind}' for column, kind in columns.items())
                self._database.execute(f'drop table if exists lake."{name}"')
                self._database.execute(f'create table lake."{name}" ({kinds})')
                put(self._database, f'lake."{name}"', Parcel(name, None, rows(name)))
            self._database.commit()
        except duckdb.Error as reason:
            _roll_back(self._database)
            raise _unreachable(reason) from reason
        return self.newest()

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Hold the lock of all machines' writers; it goes with the program that holds it."""
        if not self.address.is_shared:
            yield
            return
        cursor = self._database.cursor()
        try:
            cursor.begin()
            cursor.execute(
                f"from postgres_query('turns', 'select pg_advisory_xact_lock({TURN})::text')"
            ).fetchall()
        except duckdb.Error as reason:
            cursor.close()
            raise _unreachable(reason) from reason
        try:
            yield
        finally:
            _roll_back(cursor)
            cursor.close()

    def compact(self, kept_days: int = KEPT_DAYS) -> Compacted:
        """Make few files of many, and let snapshots go that are older than so many days."""
        before = self.files()
        try:
            for words in (
                "call ducklake_flush_inlined_data('lake')",
                f"call ducklake_expire_snapshots('lake', older_than => now() - interval {kept_days:d} day)",
                "call ducklake_merge_adjacent_files('lake')",
                "call ducklake_rewrite_data_files('lake')",
                f"call ducklake_cleanup_old_files('lake', older_than => now() - {GRACE})",
            ):
                self._database.execute(words).to_arrow_table()
        except duckdb.Error as reason:
            raise _unreachable(reason) from reason
        return Compacted(
            before, self.files(), int(self._ask("select count(*) from inside.ducklake_snapshot"))
        )

    def files(self) -> int:
        """How many files hold its rows as they are now."""
        return int(self._ask("select count(*) from inside.ducklake_data_file where end_snapshot is null"))

    def _ask(self, sql: str) -> Any:
        row = self._database.execute(sql).fetchone()
        return row[0] if row else None


def columns_of(database: Any) -> dict[str, Columns]:
    """The tables of a store's file and their columns, in their order."""
    rows = database.execute(
        "select table_name, column_name, data_type from duckdb_columns() join duckdb_tables() "
        "using (database_name, schema_name, table_name) where database_name = current_database() "
        "and not duckdb_tables.internal and not temporary order by table_name, column_index"
    ).fetchall()
    tables: dict[str, dict[str, str]] = {}
    for table, column, kind in rows:
        tables.setdefault(str(table), {})[str(column)] = str(kind)
    return dict(tables)


def put(cursor: Any, table: str, parcel: Parcel) -> None:
    """Take the rows that are gone out of a table and add the new ones, within a change."""
    if parcel.gone is not None and parcel.gone.num_rows:
        cursor.register("gone", parcel.gone)
        cursor.execute(
            f"delete from {table} as kept where exists (from gone where {same(parcel.gone.column_names)})"
        )
        cursor.unregister("gone")
    if getattr(parcel.new, "num_rows", 1):
        cursor.register("coming", parcel.new)
        cursor.execute(f"insert into {table} by name select * from coming")
        cursor.unregister("coming")


def same(columns: Sequence[str]) -> str:
    """Whether a row of `kept` and one of `gone` are alike in every column, nothing being like nothing."""
    return " and ".join(f'kept."{column}" is not distinct from gone."{column}"' for column in columns)


def _steps(snapshot: int, changes: Mapping[str, Sequence[str]], names: Mapping[int, str]) -> Iterator[Step]:
    """What one snapshot did, table by table."""
    taken = {int(table) for key in TAKES for table in changes.get(key, ())}
    touched = taken | {int(table) for key in ADDS for table in changes.get(key, ())}
    for table in sorted(touched):
        yield Step(snapshot, names[table], table in taken)


def _load_extensions(database: Any, names: Sequence[str]) -> None:
    """Load what reads a lake, from packages; raises `Refusal` where they are not installed."""
    for name in names:
        try:
            folder = files(f"duckdb_extension_{name}")
        except ModuleNotFoundError as reason:
            raise Refusal(
                "A lake needs packages that are not installed: python -m pip install --require-hashes --requirement "
                "requirements-lake.txt"
            ) from reason
        file = folder / "extensions" / f"v{duckdb.__version__}" / f"{name}.duckdb_extension"
        database.execute(f"load '{_quoted(str(file))}'")


def _attach(database: Any, address: Address, *, make: bool) -> None:
    """Attach a lake as `lake`, its catalogue's tables as `inside`, and what keeps its writers' lock as `turns`."""
    there = address.is_shared or Path(address.catalogue).is_file()
    if not (there and _attached(database, address, make=False)) and not (
        make and _attached(database, address, make=True)
    ):
        raise Refusal(NO_LAKE.format(catalogue=_shown(address.catalogue)))
    if address.is_shared:
        database.execute(
            f"attach '{_quoted(address.catalogue.removeprefix(POSTGRES))}' as turns (type postgres)"
        )


def _attached(database: Any, address: Address, *, make: bool) -> bool:
    """Attach the lake itself; False where there is none and none is to be made."""
    options = ["metadata_catalog 'inside'", f"create_if_not_exists {str(make).lower()}"]
    folder = address.folder or (USUAL_FILES.absolute() if make else None)
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        options += [f"data_path '{_quoted(str(folder))}/'", "override_data_path true"]
    try:
        database.execute(f"attach 'ducklake:{_quoted(address.catalogue)}' as lake ({', '.join(options)})")
    except duckdb.InvalidInputException:
        if make:
            raise
        return False
    return True


def _unreachable(reason: duckdb.Error) -> Refusal:
    return Refusal(
        f"The lake cannot be reached ({first_line(reason)}). Start its PostgreSQL server, or correct "
        "BUDGET_MODEL_STORE. Nothing was changed."
    )


def _roll_back(cursor: Any) -> None:
    with suppress(duckdb.Error):
        cursor.rollback()


def first_line(reason: Exception) -> str:
    """What the database says, without a password."""
    return _shown(str(reason).strip().split("\n")[0])[:200]


def _shown(text: str) -> str:
    """What is told of where a catalogue is: never its password."""
    return re.sub(r"password=('[^']*'|\S*)", "password=…", text)


def _quoted(text: str) -> str:
    return text.replace("'", "''")
