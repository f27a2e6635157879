"""Stores and readings that a run of the tests makes once, whichever of its workers asks first."""

import hashlib
import os
import pickle
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from functools import partial
from pathlib import Path

import pytest
from filelock import FileLock

from budget_model.contribute import load_place
from budget_model.intake.guard import read_guarded
from budget_model.intake.sheet.table import Reading


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """A file of this run under a name: made by the first who asks, waited for by the others.

    Nobody opens it, so that each can copy it. It lies in the run's own folder, and so is never of another run.
    """
    own = factory.getbasetemp()
    of_run = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    folder = of_run / f"made-{name}"
    with FileLock(of_run / f"{name}.lock"):
        made = folder / "store.duckdb"
        if not made.exists():
            folder.mkdir(exist_ok=True)
            unfinished = folder / "unfinished.duckdb"
            unfinished.unlink(missing_ok=True)
            make(unfinished)
            unfinished.rename(made)
    return made


def read_once(
    factory: pytest.TempPathFactory, data: bytes, file: str, answers: Mapping[str, str] | None = None
) -> Reading:
    """What is understood of a workbook, by the reader of every upload; a file is read once in a run."""

    def make(path: Path) -> None:
        path.write_bytes(pickle.dumps(read_guarded(data, file, answers)))

    name = hashlib.sha256(f"{file}{sorted((answers or {}).items())}".encode() + data).hexdigest()
    reading: Reading = pickle.loads(made_once(factory, f"reading-{name}", make).read_bytes())
    return reading


@contextmanager
def workbooks_read_once(factory: pytest.TempPathFactory) -> Iterator[None]:
    """Within this, a place that is loaded takes what this run has read of its workbooks already."""
    with pytest.MonkeyPatch.context() as patch:
        kept = partial(read_once, factory)
        patch.setattr(load_place, "reading_many", lambda: nullcontext(kept))
        yield
