"""A copy of the store that can be brought back, and that can be read without this program.

A backup is a folder: the store's own file, every table as Parquet (which any engine reads), and a manifest
with the fingerprint of each. Bringing one back proves every law of the store first, and never destroys the
store that it takes the place of.
"""

import hashlib
import json
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from budget_model.problem import Refusal
from budget_model.store.chain import head_path
from budget_model.store.checks import check
from budget_model.store.lake import Address
from budget_model.store.store import InUse, Store, copy_apart, usual_path
from budget_model.store.submissions import write_audit

DATABASE = "budget.duckdb"
TABLES = "tables"
MANIFEST = "manifest.json"
PIECE = 1 << 20
SUFFIXES = ("", ".wal", ".head")
"""What belongs to a store: its file, what is not in it yet, and the note of its newest entry of the audit."""
NAME = re.compile(r"[a-z][a-z0-9_]{0,60}")
"""How the store calls its tables."""


TABLE_NAMES = (
    "select table_name from duckdb_tables() where not internal and not temporary and table_name <> 'lake_position' "
    "order by table_name"
)
"""The tables of a store, without how far a copy has followed its lake."""


@dataclass(frozen=True, slots=True)
class BackedUp:
    """A backup that was made."""

    folder: Path
    tables: int
    rows: int
    size: int
    """Bytes, all files together."""


@dataclass(frozen=True, slots=True)
class Restored:
    """A store that was brought back."""

    store: Path
    set_aside: Path | None
    """Where the store that was there before is now."""
    rows: int
    from_tables: bool
    """Whether it was put together from the tables, since the store's own copy was damaged."""


def backup(store: Store, into: Path, when: datetime | None = None) -> BackedUp:
    """Copy the store into a new folder inside `into`; nothing that is there already is touched.

    Writers wait meanwhile, readers do not. Raises `Refusal` where the folder cannot be written.
    """
    moment = (when or datetime.now(UTC)).strftime("%Y%m%d-%H%M%S")
    folder: Path | None = None
    try:
        folder = _new_folder(into, f"budget-{moment}")
        with store.at_rest() as file:
            copy_apart(file, folder / DATABASE)
            _forget_lake(folder / DATABASE)
            tables = _write_tables(store, folder / TABLES)
            version = store.version()
        files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
        manifest = {
            "made_at": moment,
            "format": version,
            "tables": tables,
            "files": {path.relative_to(folder).as_posix(): _fingerprint(path) for path in files},
        }
        (folder / MANIFEST).write_text(json.dumps(manifest, indent=2), encoding="utf-8")
        _close(folder)
    except OSError as reason:
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)
        raise Refusal(f"The backup cannot be written to {into} ({reason.strerror}).") from reason
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    return BackedUp(folder, len(tables), sum(tables.values()), size)


def restore(backup_folder: Path, into: Path) -> Restored:
    """Bring a backup back as the store `into`, once every law of the store holds in it.

    `backup_folder` is a backup, or a folder of backups, of which the newest is taken. The store that is
    there is set aside beside it, never overwritten; of a lake, a backup is made beside the copy, and every machine goes
    on with what was brought back. Raises `Refusal` where the backup is damaged, or the store is in use.
    """
    folder = _newest(backup_folder)
    manifest = _manifest(folder)
    damaged = _damaged(folder, manifest)
    trial = into.with_name(f".{into.name}.restoring")
    _remove(trial)
    into.parent.mkdir(parents=True, exist_ok=True)
    try:
        from_tables = DATABASE in damaged
        if from_tables:
            _refuse_damaged(folder, [name for name in damaged if name != DATABASE])
            _from_tables(folder, manifest, trial)
        else:
            shutil.copyfile(folder / DATABASE, trial)
        rows = _proved(trial, manifest)
        is_lake = Address.set() is not None and into == usual_path()
        aside = _into_lake(trial, into) if is_lake else _set_aside(into)
        if not is_lake:
            trial.chmod(0o600)
            trial.replace(into)
        _note_brought_back(into, folder)
    finally:
        _remove(trial)
    return Restored(into, aside, rows, from_tables)


def _new_folder(into: Path, name: str) -> Path:
    into.mkdir(parents=True, exist_ok=True)
    for number in range(1000):
        folder = into / (name if not number else f"{name}-{number}")
        try:
            folder.mkdir(mode=0o700)
        except FileExistsError:
            continue
        return folder
    raise Refusal(f"{into} holds a thousand backups of this second already.")


def _write_tables(store: Store, folder: Path) -> dict[str, int]:
    """Every table as Parquet; how many rows each has."""
    import pyarrow.parquet as parquet

    folder.mkdir()
    counted: dict[str, int] = {}
    for (name,) in store.select(TABLE_NAMES):
        table = store.table(f'select * from "{name}"')
        parquet.write_table(table, folder / f"{name}.parquet")
        counted[str(name)] = int(table.num_rows)
    return counted


def _newest(folder: Path) -> Path:
    if (folder / MANIFEST).is_file():
        return folder
    inside = sorted(path.parent for path in folder.glob(f"*/{MANIFEST}")) if folder.is_dir() else []
    if not inside:
        raise Refusal(
            f"There is no backup in {folder}. A backup is a folder with a {MANIFEST}, made by "
            "`python -m budget_model backup`."
        )
    return inside[-1]


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        written = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        manifest = {
            "format": int(written["format"]),
            "tables": {str(name): int(rows) for name, rows in written["tables"].items()},
            "files": {str(name): str(mark) for name, mark in written["files"].items()},
        }
        _refuse_strange_names(manifest)
        return manifest
    except (ValueError, KeyError, TypeError, AttributeError) as reason:
        raise Refusal(f"The manifest of the backup {folder} is damaged. Take another backup.") from reason


def _refuse_strange_names(manifest: Mapping[str, Any]) -> None:
    """A manifest names tables as the store does, and the fingerprint of every file and of no other.

    What it names enters SQL and paths. Raises `ValueError` for anything else.
    """
    for name in manifest["tables"]:
        if not NAME.fullmatch(name):
            raise ValueError(name)
    if set(manifest["files"]) != {DATABASE, *(f"{TABLES}/{name}.parquet" for name in manifest["tables"])}:
        raise ValueError("the files")


def _damaged(folder: Path, manifest: Mapping[str, Any]) -> list[str]:
    """The files of a backup that are missing or are not what was written."""
    return [
        name
        for name, mark in manifest["files"].items()
        if not (folder / name).is_file() or _fingerprint(folder / name) != mark
    ]


def _refuse_damaged(folder: Path, names: list[str]) -> None:
    if names:
        raise Refusal(
            f"The backup {folder} is damaged: {', '.join(names[:5])} "
            f"{'is' if len(names) == 1 else 'are'} not what was written. Take another backup."
        )


def _from_tables(folder: Path, manifest: Mapping[str, Any], path: Path) -> None:
    """Put a store together from the tables of a backup alone."""
    import pyarrow.parquet as parquet

    with Store(path) as store:
        if store.version() != manifest["format"]:
            raise Refusal(
                f"The backup {folder} holds tables of format {manifest['format']}, this program writes "
                f"{store.version()}. Bring it back with the version of the program that made it."
            )
        with store.writing(audited=False) as writer:
            for name in manifest["tables"]:
                writer.execute(f'delete from "{name}"')
                writer.add_table(name, parquet.read_table(folder / TABLES / f"{name}.parquet"))


def _proved(path: Path, manifest: Mapping[str, Any]) -> int:
    """Open what is to be the store, count its rows and prove its laws; raises `Refusal` where one fails."""
    with Store(path) as store:
        rows = 0
        for name, expected in manifest["tables"].items():
            found = int(store.select(f'select count(*) from "{name}"')[0][0])
            # a store that was brought up to date has had more migrations, and says so in its audit
            grown = store.version() > manifest["format"] and name in ("migration", "audit_entry")
            if found != expected and not grown:
                raise Refusal(
                    f"The backup’s table {name} has {found:,} rows where {expected:,} were written. Take "
                    "another backup; the store was left as it was."
                )
            rows += found
        troubles = [f"{one.law}: {one.troubles[0]}" for one in check(store) if one.troubles]
    if troubles:
        raise Refusal(
            f"The backup breaks a law of the store ({troubles[0]}). The store was left as it was; take "
            "another backup."
        )
    return rows


def _set_aside(path: Path) -> Path | None:
    """Move the store that is there out of the way; raises `Refusal` where it is in use."""
    if not path.exists():
        return None
    _refuse_in_use(path)
    moment = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    for number in range(1000):
        aside = path.with_name(
            f"{path.stem}.before-restore-{moment}{f'-{number}' if number else ''}{path.suffix}"
        )
        if not aside.exists():
            break
    for suffix in SUFFIXES:
        old = path.with_name(path.name + suffix)
        if old.exists():
            old.replace(aside.with_name(aside.name + suffix))
    return aside


def _forget_lake(copied: Path) -> None:
    """Have a file that was copied from a lake's copy be a store of its own."""
    with duckdb.connect(str(copied)) as database:
        database.execute("delete from lake_position")


def _into_lake(proved: Path, copy: Path) -> Path:
    """Have a lake hold what a store's file holds, in one change; a backup of what it held is made first: where it is."""
    with Store(copy) as lake, Store(proved) as source:
        aside = backup(lake, copy.with_name("before-restore")).folder
        with lake.writing(audited=False) as writer:
            for (table,) in source.select(TABLE_NAMES):
                writer.execute(f'delete from "{table}"')
                writer.add_table(table, source.table(f'select * from "{table}"'))
    head_path(copy).unlink(missing_ok=True)
    return aside


def _note_brought_back(path: Path, folder: Path) -> None:
    """Say in the audit that a backup was brought back, since what came after it is not there."""
    with Store(path) as store, store.writing() as writer:
        write_audit(writer, store.asker.name, "backup brought back", folder.name, "", "")


def _refuse_in_use(path: Path) -> None:
    """A damaged store may be replaced; one that somebody works with may not."""
    try:
        Store(path, alone=True).close()
    except InUse:
        raise
    except Refusal:
        return


def _remove(path: Path) -> None:
    for suffix in SUFFIXES:
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _fingerprint(path: Path) -> str:
    hashed = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            hashed.update(piece)
    return hashed.hexdigest()


def _close(folder: Path) -> None:
    """Only who made the backup may read it: it holds what the store holds."""
    for path in folder.rglob("*"):
        path.chmod(0o700 if path.is_dir() else 0o600)
