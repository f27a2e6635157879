"""What tests of the store share: a PostgreSQL server, and each store in a lake where ON_A_LAKE asks for it."""

import os
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from budget_model.store import store as opening
from budget_model.store.lake import Address, Lake
from budget_model.store.lake_copy import LakeCopy, LakeShared
from budget_model.store.store import Store
from tests import postgres

ON_A_LAKE = bool(os.environ.get("ON_A_LAKE"))
SAME_ON_BOTH = frozenset(
    {
        "test_asking",
        "test_checks",
        "test_lines_as_read",
        "test_one_clock",
        "test_settings",
        "test_spending",
        "test_strings",
        "test_two_at_once",
        "test_versions",
    }
)
"""The tests of what a store does, whichever it is; the others are about one file, or about lakes."""
NUMBERS = count(1)

if ON_A_LAKE:  # a change of a lake takes a second: fewer examples show the same
    settings.register_profile(
        "on a lake", deadline=None, max_examples=3, suppress_health_check=[HealthCheck.too_slow]
    )
    settings.load_profile("on a lake")


@pytest.fixture(scope="session")
def server() -> Iterator[Path]:
    """A PostgreSQL server of this run."""
    if postgres.programs() is None:
        pytest.skip("PostgreSQL is not installed: sh tests/install-system.sh")
    with postgres.server() as folder:
        yield folder


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """On a lake, the tests of what both stores do, and no others."""
    if ON_A_LAKE:
        items[:] = [item for item in items if item.path.stem in SAME_ON_BOTH]


@pytest.fixture(autouse=True)
def in_a_lake(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have each store of a test be this machine's copy of a lake, which holds what the test's file held before."""
    if not ON_A_LAKE:
        return
    server: Path = request.getfixturevalue("server")
    usual = Store._open_file
    addresses: dict[Path, Address] = {}

    def opened(store: Store) -> None:
        path = store.path
        if path.parent != tmp_path:  # a published version, or another file within a store
            usual(store)
            return
        if path not in addresses:
            database = postgres.make_database(server, f"both{next(NUMBERS)}")
            addresses[path] = Address(f"postgres:{database}", path.with_name(f"{path.name} files"))
            if path.is_file():
                _move_in(path, addresses[path])
        store._open_copy(addresses[path], make=True)

    monkeypatch.setattr(Store, "_open_file", opened)


def _move_in(path: Path, address: Address) -> None:
    """Have a new lake hold what a store's file holds, and the file be its copy."""
    copy = LakeCopy(opening._open(path), LakeShared(Lake(address)))
    copy.lay_out()
    copy.close()
