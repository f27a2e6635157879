"""Stores that a run of the tests makes once, whichever of its workers asks first."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock


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
