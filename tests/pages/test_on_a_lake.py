"""What officers do from the front door stands in a lake, as it does in one file."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from budget_model.store.backup import backup, restore
from budget_model.store.lake_copy import LakeShared
from budget_model.store.store import Store, usual_path
from tests.pages import test_contribute
from tests.pages.test_contribute import go, shown, store_of

pytestmark = pytest.mark.slow


@pytest.fixture
def app(riverton_made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The small city of the pages, moved into a lake."""
    monkeypatch.chdir(test_contribute.ROOT)
    file = tmp_path / "store.duckdb"
    file.write_bytes(riverton_made.read_bytes())
    with Store(file) as store:
        kept = backup(store, tmp_path / "kept").folder
    monkeypatch.setenv("BUDGET_MODEL_STORE", f"ducklake:{tmp_path}/catalogue.ducklake")
    monkeypatch.setenv("BUDGET_MODEL_LAKE_FILES", str(tmp_path / "files"))
    monkeypatch.setenv("BUDGET_MODEL_COPY", str(tmp_path / "copy.duckdb"))
    restore(kept, usual_path())
    return AppTest.from_file(str(test_contribute.ROOT / "dashboard.py"), default_timeout=180)


def test_a_file_is_dropped_sent_and_approved_and_the_overview_shows_it_on_a_lake(app: AppTest) -> None:
    go(app, "overview")
    assert "£" in shown(app)
    test_contribute.test_what_was_sent_is_approved_withdrawn_and_brought_back_on_one_page(app)
    store = store_of(app)
    assert isinstance(store.shared, LakeShared)
    assert store.changes == store.shared.lake.newest()
