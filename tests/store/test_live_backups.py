"""A backup that is made while people work is the store as it was at one moment, row for row and penny for penny."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from benchmarks import live_backups
from benchmarks.live_backups import apart, live_history


@pytest.mark.slow
def test_what_is_brought_back_is_the_store_as_one_entry_of_the_audit_left_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live_backups, "BACKUPS", 1)
    history = live_history(tmp_path, seed=7)
    assert (history.backups, history.troubles) == (1, [])
    (folder,) = (tmp_path / "backups").iterdir()
    other = {
        number: replace(moment, totals=dict.fromkeys(moment.totals, Decimal(1)))
        for number, moment in history.moments.items()
    }
    assert "became" in apart(folder, tmp_path / "other.duckdb", other)[0]
