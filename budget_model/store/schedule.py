"""Backups while the dashboard runs: how often, how many are kept, and a proof of each before an older one goes."""

import logging
import os
import shutil
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from budget_model.problem import Refusal
from budget_model.store.backup import MANIFEST, BackedUp, backup, restore
from budget_model.store.lake_copy import LakeShared
from budget_model.store.store import Store

LOG: Final = logging.getLogger("budget_model.backup")
USUAL_HOURS: Final = 24.0
COMPACTS_EVERY: Final = 24 * 3600.0
"""Seconds from one compacting of a lake to the next."""
USUAL_KEPT: Final = 14


@dataclass(frozen=True, slots=True)
class Schedule:
    """Where backups go, every how many hours, and how many are kept."""

    folder: Path
    hours: float = USUAL_HOURS
    kept: int = USUAL_KEPT

    @classmethod
    def set(cls) -> Self | None:
        """What the settings say; None where no folder is set. Raises `Refusal` for a number that is none."""
        folder = os.environ.get("BUDGET_MODEL_BACKUPS")
        if not folder:
            return None
        try:
            hours = float(os.environ.get("BUDGET_MODEL_BACKUP_HOURS") or USUAL_HOURS)
            kept = int(os.environ.get("BUDGET_MODEL_BACKUPS_KEPT") or USUAL_KEPT)
        except ValueError:
            hours, kept = 0.0, 0
        if hours <= 0 or kept < 1:
            raise Refusal("BUDGET_MODEL_BACKUP_HOURS and BUDGET_MODEL_BACKUPS_KEPT are numbers above zero.")
        return cls(Path(folder), hours, kept)


def proved_backup(store: Store, into: Path, kept: int) -> BackedUp:
    """Back up, bring the backup back into a scratch store, and only then let the oldest beyond `kept` go.

    Raises `Refusal` where it cannot be written, or breaks a law of the store; then nothing older goes.
    """
    made = backup(store, into)
    with tempfile.TemporaryDirectory(prefix="budget-proof-") as scratch:
        restore(made.folder, Path(scratch) / "budget.duckdb")
    for old in generations(into)[:-kept]:
        shutil.rmtree(old)
    return made


def generations(folder: Path) -> tuple[Path, ...]:
    """The backups in a folder, the oldest first."""
    return tuple(sorted(path.parent for path in folder.glob(f"budget-*/{MANIFEST}")))


def keep_backing_up(store: Store, schedule: Schedule, stop: threading.Event) -> threading.Thread:
    """Back up now and then every so many hours until told to stop; what cannot be done is logged."""

    def work() -> None:
        while not stop.is_set():
            try:
                made = proved_backup(store, schedule.folder, schedule.kept)
                LOG.info("backup made and proved", extra={"told": {"rows": made.rows, "bytes": made.size}})
            except Refusal as refusal:
                LOG.error("no backup was made: %s", refusal.sentence)  # a sentence, no fault
            stop.wait(schedule.hours * 3600)

    thread = threading.Thread(target=work, name="backups", daemon=True)
    thread.start()
    return thread


def keep_compacting(store: Store, stop: threading.Event) -> threading.Thread | None:
    """Compact a lake every day until told to stop; None for a store that is one file, which needs none."""
    shared = store.shared
    if not isinstance(shared, LakeShared):
        return None

    def work() -> None:
        while not stop.wait(COMPACTS_EVERY):
            try:
                done = shared.compact()
                LOG.info("lake compacted", extra={"told": {"files": done.files_after}})
            except Refusal as refusal:
                LOG.error("the lake was not compacted: %s", refusal.sentence)  # a sentence, no fault

    thread = threading.Thread(target=work, name="compacting", daemon=True)
    thread.start()
    return thread
