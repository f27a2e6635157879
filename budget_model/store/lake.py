"""A lake: the store's tables as Parquet in a folder, and a catalogue that says which of it counts, for several machines.

The format is DuckLake's. Its catalogue is a PostgreSQL database, which every machine reaches, or one file for a machine
alone. Each change is a snapshot, kept whole or not at all. The lake knows no sequences, checks or indexes, and a question
costs it tens of milliseconds: so each machine asks a copy that follows it (`lake_copy`), and the lake is written to and
read from here alone, by a database in memory that opens no other file.

A lake may hold the stores of several places, each under the name of its place as a schema of its own. One program works
with one of them, and reads of the others what they published and nothing else.
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
MAIN: Final = "main"
"""Under what a lake of one place has it."""
PLACE_NAME: Final = re.compile(r"[a-z][a-z0-9-]{0,59}")
PUBLISHED: Final = "map_version"
"""The table of what a place published, which the other places of a lake read."""
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
OF_TABLES: Final = frozenset({"tables_dropped", "tables_altered"})
OF_NAMES: Final = frozenset({"tables_created", "schemas_created"})
"""How it says that tables, by their numbers, or what it calls by name became others."""

Columns = Mapping[str, str]
"""The columns of a table and their types."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where a lake is."""

    catalogue: str
    """How its catalogue is reached: 'postgres:dbname=budget host=db', or the path of a file."""
    folder: Path | None
    """Where its files are; None for the folder that the catalogue names, or `data/lake` for a new one."""
    place: str = MAIN
    """Under what name it holds the place that this program works with."""

    @classmethod
    def set(cls) -> Self | None:
        """What the settings say; None where the store is one file. Raises `Refusal` for a name that no place can have."""
        store = os.environ.get("BUDGET_MODEL_STORE", "")
        if not store.startswith(PREFIX):
            return None
        folder = os.environ.get("BUDGET_MODEL_LAKE_FILES")
        place = os.environ.get("BUDGET_MODEL_LAKE_PLACE") or MAIN
        if not PLACE_NAME.fullmatch(place):
            raise Refusal(
                f"BUDGET_MODEL_LAKE_PLACE is {place}: a place’s name in a lake has small letters, digits and hyphens, and "
                "begins with a letter."
            )
        return cls(store.removeprefix(PREFIX), Path(folder).absolute() if folder else None, place)

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
    place: str
    """Of which place of the lake the table is."""


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
        self._places: dict[int, str] = {}
        """The places that the lake ever had, by the numbers of their schemas; a number is never given twice."""
        self._database = duckdb.connect(
            config={"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
        )
        try:
            _load_extensions(self._database, EXTENSIONS if address.is_shared else EXTENSIONS[:1])
            _attach(self._database, address, make=make)
            self.name = self._name(make=make)
            """What no other store in any lake is called."""
        except duckdb.Error as reason:
            self._database.close()
            raise _unreachable(reason) from reason
        except Refusal:
            self._database.close()
            raise

    def _name(self, *, make: bool) -> str:
        """What the lake calls its store of the place; raises `Refusal` where it has none and none is to be made."""
        place = self.address.place
        if make and place != MAIN:
            self._database.execute(f"create schema if not exists lake.{_name(place)}")
        known = self.schemas()
        if place not in known:
            others = ", ".join(sorted(set(known) - {MAIN})) or "none by a name"
            raise Refusal(
                f"The lake holds no place {place}; it holds {others}. Correct BUDGET_MODEL_LAKE_PLACE if it is mistyped, or "
                "load the place with `python -m budget_model new-place` or `seed`."
            )
        return known[place]

    def schemas(self) -> dict[str, str]:
        """The places that it holds, by their names; what no other store is called."""
        rows = self._beside(
            "select schema_name, schema_uuid::varchar from inside.ducklake_schema where end_snapshot is null"
        )
        return {str(name): str(uuid) for name, uuid in rows}

    def others(self) -> tuple[str, ...]:
        """The names of its other places whose store is laid out."""
        rows = self._beside(
            "select schema_name from inside.ducklake_schema as place join inside.ducklake_table as part using (schema_id) "
            f"where place.end_snapshot is null and part.end_snapshot is null and table_name = '{PUBLISHED}' order by all"
        )
        return tuple(str(name) for (name,) in rows if name != self.address.place)

    def records_of(self, place: str, sql: str) -> list[dict[str, Any]]:
        """Every row that a query gives of one of its places, by the names of its columns."""
        cursor = self._database.cursor()
        try:
            answer = cursor.execute(f"use lake.{_name(place)}").execute(sql)
            names = [str(column[0]) for column in answer.description or ()]
            return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]
        except duckdb.Error as reason:
            raise _unreachable(reason) from reason
        finally:
            cursor.close()

    def _beside(self, sql: str) -> list[Any]:
        """Every row of an answer, on a cursor of its own: other threads may be in the middle of a change."""
        cursor = self._database.cursor()
        try:
            rows: list[Any] = cursor.execute(sql).fetchall()
            return rows
        except duckdb.Error as reason:
            raise _unreachable(reason) from reason
        finally:
            cursor.close()

    def close(self) -> None:
        """Let it go."""
        self._database.close()

    def newest(self) -> int:
        """The number of its newest snapshot."""
        [(newest,)] = self._beside("select max(snapshot_id) from inside.ducklake_snapshot")
        return int(newest)

    def format(self) -> int:
        """The number of the last migration of what it holds; 0 for an empty one."""
        if "migration" not in self.tables():
            return 0
        return int(self._ask(f"select coalesce(max(number), 0) from {self._table('migration')}"))

    def tables(self) -> dict[str, frozenset[str]]:
        """The tables of its store of the place and the names of their columns."""
        rows = self._database.execute(
            "select table_name, column_name from inside.ducklake_table as kept join inside.ducklake_column as part "
            "using (table_id) join inside.ducklake_schema as place using (schema_id) where kept.end_snapshot is null "
            "and part.end_snapshot is null and parent_column is null and place.end_snapshot is null and schema_name = $place",
            {"place": self.address.place},
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
        return self._database.execute(f"select * from {self._table(table)}").to_arrow_reader(ROWS_AT_ONCE)

    def _table(self, name: str) -> str:
        """How a table of the store of the place is called within the lake."""
        return f"lake.{_name(self.address.place)}.{_name(name)}"

    def steps(self, since: int, until: int) -> tuple[Step, ...] | None:
        """What each snapshot after one, up to another, did, in order; None where that is not known any more.

        Of other places only what they published is among them.
        """
        tables = self._tables_ever()
        said = self._database.execute(
            "select snapshot_id, changes from ducklake_snapshots('lake') "
            "where snapshot_id > $since and snapshot_id <= $until order by snapshot_id",
            {"since": since, "until": until},
        ).fetchall()
        if len(said) != until - since or any(self._is_relaid(changes, tables) for _, changes in said):
            return None
        steps = (step for number, changes in said for step in self._steps(int(number), changes, tables))
        own = self.address.place
        return tuple(step for step in steps if step.place == own or step.table == PUBLISHED)

    def _tables_ever(self) -> dict[int, tuple[str, str]]:
        """The place and the name of every table that the lake ever had, by its number."""
        rows = self._database.execute(
            "select table_id, schema_id, table_name from inside.ducklake_table"
        ).fetchall()
        if {schema for _, schema, _ in rows} - self._places.keys():
            known = self._database.execute(
                "select schema_id, schema_name from inside.ducklake_schema"
            ).fetchall()
            self._places.update(known)
        return {int(number): (str(self._places[schema]), str(table)) for number, schema, table in rows}

    def _is_relaid(self, changes: Mapping[str, Sequence[str]], tables: Mapping[int, tuple[str, str]]) -> bool:
        """Whether a snapshot did anything to the store of the place but to its rows, as far as that is known."""
        for what, whose in changes.items():
            if what in OF_NAMES:
                places = {_place_in(name) for name in whose}
            elif what in ADDS | TAKES | OF_TABLES:
                places = {tables[int(number)][0] if int(number) in tables else "" for number in whose}
            else:
                places = set() if what in SAME else {""}
            if "" in places or (self.address.place in places and what not in ADDS | TAKES):
                return True
        return False

    def _steps(
        self, snapshot: int, changes: Mapping[str, Sequence[str]], tables: Mapping[int, tuple[str, str]]
    ) -> Iterator[Step]:
        """What one snapshot did, table by table."""
        taken = {int(table) for key in TAKES for table in changes.get(key, ())}
        touched = taken | {int(table) for key in ADDS for table in changes.get(key, ())}
        for number in sorted(touched):
            place, table = tables[number]
            yield Step(snapshot, table, number in taken, place)

    def rows_of(self, step: Step) -> Parcel:
        """The rows that went and came with one snapshot of one table."""
        gone = self._moved("deletions", step) if step.takes else None
        return Parcel(step.table, gone, self._moved("insertions", step))

    def _moved(self, way: str, step: Step) -> Any:
        sql = f"select * from ducklake_table_{way}('lake', $place, $table, $at, $at)"
        asked = {"place": self.address.place, "table": step.table, "at": step.snapshot}
        return self._database.execute(sql, asked).to_arrow_table()

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
            put(self._database, self._table(parcel.table), parcel)
        self._database.commit()
        return int(self._ask("select id from ducklake_last_committed_snapshot('lake')"))

    def _refuse_changed(self, since: int) -> None:
        """Raise `Refusal` where rows are not as they were at a snapshot."""
        newest = self.newest()
        steps = self.steps(since, newest) if newest != since else ()
        if steps is None or any(step.place == self.address.place for step in steps):
            raise Refusal(
                "Another program changed the lake meanwhile. Nothing of this change was kept: do it again."
            )

    def lay(self, tables: Mapping[str, Columns], rows: Callable[[str], Any], gone: Iterable[str] = ()) -> int:
        """Make tables, or make them anew with other columns, and fill them; let others go. One snapshot: its number."""
        self._database.begin()
        try:
            for name in gone:
                self._database.execute(f"drop table {self._table(name)}")
            for name, columns in tables.items():
                kinds = ", ".join(f'"{column}" {kind}' for column, kind in columns.items())
                self._database.execute(f"drop table if exists {self._table(name)}")
                self._database.execute(f"create table {self._table(name)} ({kinds})")
                put(self._database, self._table(name), Parcel(name, None, rows(name)))
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


def _name(name: str) -> str:
    """A name as SQL takes it."""
    return f'"{name}"'


def _place_in(name: str) -> str:
    """The place in what a snapshot calls a table, or a place: '"anytown".line', 'main.line', 'anytown'.

    >>> [_place_in(name) for name in ('"milton-keynes".line', "main.line", "derby")]
    ['milton-keynes', 'main', 'derby']
    """
    return name.partition('".' if name.startswith('"') else ".")[0].strip('"')


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
