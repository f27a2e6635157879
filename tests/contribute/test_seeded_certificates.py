"""What comes with a place is as well accounted for as what an officer uploads."""

import shutil
from pathlib import Path

import pytest

from budget_model.store.changes import certificate_of
from budget_model.store.spending import submissions
from budget_model.store.store import Store
from budget_model.vocabulary import Reconciliation

DATA = Path(__file__).parents[2] / "data"


@pytest.mark.slow
def test_every_certificate_of_the_worked_example_leads_from_cells_to_the_place_s_total(
    derby_made: Path, tmp_path: Path
) -> None:
    with Store(Path(shutil.copy(derby_made, tmp_path / "derby.duckdb"))) as store:
        for submission in submissions(store):
            drawn = certificate_of(store, submission.submission)
            assert drawn.state is Reconciliation.RECONCILED
            assert drawn.kept is not None
            assert drawn.kept.sheets
            assert drawn.subject.printed_total is not None
            assert {sheet.sheet for sheet in drawn.kept.sheets} == {sheet.sheet for sheet in drawn.sheets}
            names = [link.name for link in drawn.links]
            assert "Control total against the printed total" in names
            assert names[-1].startswith("Part of Derby")
            assert all(link.agrees for link in drawn.links)
