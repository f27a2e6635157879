"""A backup can be brought back whole, is read without this program, and never costs the store it replaces."""

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from budget_model.contribute.about import About
from budget_model.problem import Refusal
from budget_model.scope import Scope
from budget_model.store.backup import DATABASE, MANIFEST, TABLES, backup, restore
from budget_model.store.checks import check
from budget_model.store.contributions import begin, drafts
from budget_model.store.places import keep_place
from budget_model.store.spending import total
from budget_model.store.store import Store
from tests.towns import YEAR, line, receive, submission, town

SCOPE = Scope(year=YEAR)


def send(store: Any, body: Any, amount: Any, part: str = "revenue") -> None:
    made = submission(body, [line("Care", amount, "care")], part=part)
    data = f"{body} {part} {amount}".encode()
    import dataclasses

    receive(store, dataclasses.replace(made, sha256=hashlib.sha256(data).hexdigest()), data, by="Ann")


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A town with one submission and one draft, to be copied."""
    where = tmp_path_factory.mktemp("once") / "budget.duckdb"
    with Store(where) as store:
        with store.writing() as writer:
            keep_place(writer, town())
        send(store, "council", 90)
        begin(store, About("council", YEAR), "a.xlsx", b"draft", by="Ann")
    return where


@pytest.fixture
def path(once: Path, tmp_path: Path) -> Path:
    (tmp_path / "live").mkdir()
    return Path(shutil.copy(once, tmp_path / "live" / "budget.duckdb"))


def contents(path: Any) -> Any:
    """Every table of a store, row for row, but for the entries that say it was brought back."""
    with Store(path) as store:
        names = [
            name for (name,) in store.select("select table_name from duckdb_tables() where not internal")
        ]
        return {
            name: sorted(
                str(row)
                for row in store.table(f"select * from {name}").to_pylist()
                if row.get("what") != "backup brought back"
            )
            for name in sorted(names)
        }


def made(path: Any, into: Any) -> Any:
    with Store(path) as store:
        return backup(store, into).folder


def test_what_is_brought_back_is_what_was_there_row_for_row(path: Path, tmp_path: Path) -> None:
    before = contents(path)
    folder = made(path, tmp_path / "backups")
    with Store(path) as store:
        send(store, "nhs", 50)
    done = restore(folder, path)
    assert contents(path) == before
    with Store(path) as store:
        assert total(store, SCOPE).total == 90
        assert all(not one.troubles for one in check(store))
        assert len(drafts(store)) == 1
    assert done.set_aside is not None


def test_the_store_that_was_there_is_set_aside_whole(path: Path, tmp_path: Path) -> None:
    folder = made(path, tmp_path / "backups")
    with Store(path) as store:
        send(store, "nhs", 50)
    later = contents(path)
    aside = restore(folder, path).set_aside
    assert contents(aside) == later


@pytest.mark.slow
def test_a_store_made_again_from_the_tables_alone_is_the_same_and_goes_on_counting(
    path: Path, tmp_path: Path
) -> None:
    before = contents(path)
    folder = made(path, tmp_path / "backups")
    (folder / DATABASE).write_bytes(b"the disk had a bad day")
    done = restore(folder, path)
    assert done.from_tables
    again = contents(path)
    assert {name: rows for name, rows in again.items() if name != "migration"} == {
        name: rows for name, rows in before.items() if name != "migration"
    }
    with Store(path) as store:
        send(store, "nhs", 50)
        assert total(store, SCOPE).total == 140
        assert all(not one.troubles for one in check(store))


def test_the_tables_are_read_without_this_program(path: Path, tmp_path: Path) -> None:
    import pyarrow.parquet as parquet

    folder = made(path, tmp_path / "backups")
    table = parquet.read_table(folder / TABLES / "line.parquet").to_pylist()
    assert [(row["description"], str(row["amount"])) for row in table] == [("Care", "90.00")]


@pytest.mark.slow
def test_a_second_backup_does_not_touch_the_first_and_the_newest_is_taken(path: Path, tmp_path: Path) -> None:
    first = made(path, tmp_path / "backups")
    with Store(path) as store:
        send(store, "nhs", 50)
    second = made(path, tmp_path / "backups")
    assert first != second
    restore(tmp_path / "backups", path)
    with Store(path) as store:
        assert total(store, SCOPE).total == 140


@pytest.mark.parametrize("spoilt", [f"{TABLES}/line.parquet", MANIFEST])
def test_a_backup_with_both_copies_damaged_is_refused_and_the_store_is_left_alone(
    path: Path, tmp_path: Path, spoilt: Any
) -> None:
    folder = made(path, tmp_path / "backups")
    (folder / DATABASE).write_bytes(b"x")
    (folder / spoilt).write_bytes(b"x")
    before = contents(path)
    with pytest.raises(Refusal, match="damaged"):
        restore(folder, path)
    assert contents(path) == before


def test_a_manifest_that_promises_other_rows_is_not_believed(path: Path, tmp_path: Path) -> None:
    folder = made(path, tmp_path / "backups")
    said = json.loads((folder / MANIFEST).read_text())
    said["tables"]["line"] = 7
    (folder / MANIFEST).write_text(json.dumps(said))
    with pytest.raises(Refusal, match="7 were written"):
        restore(folder, path)


@pytest.mark.parametrize(
    ("part", "change"),
    [
        ("files", lambda files: {name: mark for name, mark in files.items() if "line.parquet" not in name}),
        ("files", lambda files: {**files, "../budget.duckdb": "0"}),
        ("tables", lambda tables: {**tables, 'x"; drop table line; --': 0}),
    ],
)
def test_a_manifest_that_leaves_a_file_out_or_names_what_no_store_has_is_refused(
    path: Path, tmp_path: Path, part: str, change: Callable[[dict[str, Any]], dict[str, Any]]
) -> None:
    with Store(path) as store:
        folder = backup(store, tmp_path / "kept").folder
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    manifest[part] = change(manifest[part])
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(Refusal, match="The manifest of the backup"):
        restore(folder, tmp_path / "again.duckdb")
    assert not (tmp_path / "again.duckdb").exists()


def test_a_backup_that_cannot_be_finished_leaves_nothing_behind(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("budget_model.store.backup._fingerprint", full)
    with Store(path) as store, pytest.raises(Refusal, match="No space left"):
        backup(store, tmp_path / "kept")
    assert list((tmp_path / "kept").iterdir()) == []


def test_a_store_that_somebody_works_with_is_not_replaced(path: Path, tmp_path: Path) -> None:
    import subprocess
    import sys

    folder = made(path, tmp_path / "backups")
    code = (
        f"import duckdb, sys; d = duckdb.connect({str(path)!r}); print('open', flush=True); sys.stdin.read()"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        assert other.stdout.readline().strip() == "open"
        with pytest.raises(Refusal, match="in use"):
            restore(folder, path)
    finally:
        other.stdin.close()
        other.wait()


@pytest.mark.slow
def test_a_damaged_store_is_replaced_and_kept_for_whoever_wants_to_look(path: Path, tmp_path: Path) -> None:
    folder = made(path, tmp_path / "backups")
    path.write_bytes(b"not a store")
    aside = restore(folder, path).set_aside
    assert aside.read_bytes() == b"not a store"
    with Store(path) as store:
        assert total(store, SCOPE).total == 90


def test_a_folder_without_a_backup_says_what_a_backup_is(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="no backup"):
        restore(tmp_path, tmp_path / "x.duckdb")


def test_backups_are_readable_by_their_owner_alone(path: Path, tmp_path: Path) -> None:
    folder = made(path, tmp_path / "backups")
    assert all(one.stat().st_mode & 0o077 == 0 for one in folder.rglob("*"))
