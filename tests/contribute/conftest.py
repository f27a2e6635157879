import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from budget_model.place.model import Place
from budget_model.store.store import Store
from tests.towns import town


@pytest.fixture
def place() -> Place:
    return town()


@pytest.fixture
def store(town_made: Path, tmp_path: Path) -> Iterator[Store]:
    with Store(Path(shutil.copy(town_made, tmp_path / "budget.duckdb"))) as opened:
        yield opened
