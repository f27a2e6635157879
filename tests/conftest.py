"""What tests of every folder share: stores that are made once and copied for each test."""

import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from budget_model.__main__ import main
from budget_model.store.places import keep_place
from budget_model.store.store import Store
from tests.made import made_once, workbooks_read_once
from tests.sampled import WHOLE
from tests.towns import town

# A law holds however busy the machine is: no property fails for having taken long. Each run tries the same examples,
# so that a change is judged by what it changes; `make whole` tries new ones each time.
settings.register_profile(
    "laws", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=not WHOLE
)
settings.load_profile("laws")


@pytest.fixture(scope="session")
def empty_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with its tables and nothing in them; nobody opens it, so that it can be copied."""
    return made_once(tmp_path_factory, "empty", lambda path: Store(path).close())


@pytest.fixture(scope="session")
def derby_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the worked example's first map, as `seed` loads it; nobody opens it, so that it can be copied."""

    def make(path: Path) -> None:
        with pytest.MonkeyPatch.context() as patch, workbooks_read_once(tmp_path_factory):
            patch.setenv("BUDGET_MODEL_STORE", str(path))
            assert main(["seed", "--year", "2016-17"]) == 0

    return made_once(tmp_path_factory, "derby", make)


@pytest.fixture(scope="session")
def riverton_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small city of the pages, as every store here: made once, opened by nobody, and copied."""
    from tests.pages import riverton

    return made_once(tmp_path_factory, "riverton", riverton.build)


@pytest.fixture(scope="session")
def joined_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """That city with bodies that meet: money on the same services, targets, and powers to join it up."""
    from tests.pages import joined

    return made_once(tmp_path_factory, "joined", joined.build)


@pytest.fixture(scope="session")
def several_years_made(empty_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Anytown over four years; nobody opens it, so that it can be copied."""
    from tests import several_years

    return made_once(tmp_path_factory, "several-years", lambda path: several_years.build(empty_made, path))


@pytest.fixture(scope="session")
def town_made(empty_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the small town, before its bodies send anything; nobody opens it either."""

    def make(path: Path) -> None:
        with Store(Path(shutil.copy(empty_made, path))) as store, store.writing() as writer:
            keep_place(writer, town())

    return made_once(tmp_path_factory, "town", make)
