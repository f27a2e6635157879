"""The whole worked example, every year of it, read once by whichever worker asks first."""

import pickle
from collections.abc import Iterator
from pathlib import Path

import pytest

from budget_model.contribute.load_place import ReadPlace, read_place
from budget_model.store.load_place import keep_read_place
from budget_model.store.store import Store
from tests.made import made_once, workbooks_read_once

DATA = Path(__file__).parents[2] / "data"


@pytest.fixture(scope="session")
def whole_derby(tmp_path_factory: pytest.TempPathFactory) -> ReadPlace:
    def make(path: Path) -> None:
        with workbooks_read_once(tmp_path_factory):
            path.write_bytes(pickle.dumps(read_place(DATA / "derby", DATA / "reference")))

    read: ReadPlace = pickle.loads(made_once(tmp_path_factory, "whole-derby", make).read_bytes())
    return read


@pytest.fixture(scope="session")
def every_year(whole_derby: ReadPlace, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store(tmp_path_factory.mktemp("years") / "budget.duckdb") as store:
        keep_read_place(store, whole_derby, by="test")
        yield store
