"""Backups that make themselves: proved before an older one goes, and never more than are to be kept."""

import shutil
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from budget_model.problem import Refusal
from budget_model.store import schedule as scheduling
from budget_model.store.backup import BackedUp, backup
from budget_model.store.schedule import Schedule, generations, keep_backing_up, proved_backup
from budget_model.store.store import Store


@pytest.fixture
def path(town_made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(town_made, tmp_path / "budget.duckdb"))


def test_the_newest_are_kept_and_each_was_brought_back_before_an_older_one_went(
    path: Path, tmp_path: Path
) -> None:
    into, day = tmp_path / "backups", datetime(2026, 1, 1, tzinfo=UTC)
    with Store(path) as store:
        made = [backup(store, into, day + timedelta(n)).folder for n in range(3)]
        newest = proved_backup(store, into, 2).folder
    assert generations(into) == (made[-1], newest)


def test_nothing_older_goes_where_the_new_backup_does_not_prove(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    into = tmp_path / "backups"

    def spoilt(store: Store, folder: Path) -> BackedUp:
        made = backup(store, folder)
        shutil.rmtree(made.folder / "tables")
        (made.folder / "budget.duckdb").write_bytes(b"spoilt")
        return made

    with Store(path) as store:
        old = backup(store, into, datetime(2026, 1, 1, tzinfo=UTC)).folder
        monkeypatch.setattr(scheduling, "backup", spoilt)
        with pytest.raises(Refusal, match="damaged"):
            proved_backup(store, into, 1)
    assert old in generations(into)


def test_a_running_store_backs_itself_up_as_its_settings_say(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert Schedule.set() is None
    monkeypatch.setenv("BUDGET_MODEL_BACKUPS", str(tmp_path / "backups"))
    monkeypatch.setenv("BUDGET_MODEL_BACKUP_HOURS", "1")
    made, stop = threading.Event(), threading.Event()
    monkeypatch.setattr(scheduling.LOG, "info", lambda *_, **__: made.set())
    with Store(path) as store:
        known = Schedule.set()
        assert known is not None
        thread = keep_backing_up(store, known, stop)
        assert made.wait(60)
        stop.set()
        thread.join(10)
    assert len(generations(tmp_path / "backups")) == 1
    monkeypatch.setenv("BUDGET_MODEL_BACKUPS_KEPT", "none")
    with pytest.raises(Refusal, match="numbers above zero"):
        Schedule.set()
