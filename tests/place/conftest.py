from pathlib import Path

import pytest

from tests.place.small_place import SmallPlace, copy_of_small_place


@pytest.fixture
def small(tmp_path: Path) -> SmallPlace:
    return copy_of_small_place(tmp_path)
