from collections.abc import Iterator
from pathlib import Path

import pytest

from budget_model.place.model import Place
from budget_model.store.places import keep_place
from budget_model.store.store import Store
from tests.towns import town


@pytest.fixture
def place() -> Place:
    return town()


@pytest.fixture
def store(tmp_path: Path, place: Place) -> Iterator[Store]:
    with Store(tmp_path / "budget.duckdb") as opened:
        with opened.writing() as writer:
            keep_place(writer, place)
        yield opened
