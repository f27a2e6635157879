"""What is logged of a fault, and how nobody is called who gave no name."""

import logging
import re
import shutil
from pathlib import Path

import pytest

from budget_model.contribute.certificate import text_of
from budget_model.store.chain import entries
from budget_model.store.changes import certificate_of
from pages.shared import frame, kept
from tests.pages.conftest import opened, said


def test_a_fault_is_logged_with_its_number_its_time_and_its_page(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.undo()
    shown: list[str] = []
    monkeypatch.setattr("pages.shared.components.fault", shown.append)
    with caplog.at_level(logging.ERROR, logger="budget_model.pages"), frame.faults_in_words("pools"):
        raise ZeroDivisionError("a secret budget")
    (record,) = caplog.records
    said_of_it = record.getMessage()
    assert re.fullmatch(
        rf"Fault {shown[0]} at 20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00 on the page 'pools'", said_of_it
    )
    assert record.exc_info


def test_where_nobody_gave_a_name_the_register_the_certificate_and_the_audit_say_so(
    riverton_made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit = opened(Path(shutil.copy(riverton_made, tmp_path / "store.duckdb")), monkeypatch)
    app = visit("submissions", show="versions", submission="1")
    app.button(key="withdrawn_1").click().run()
    app.button(key="do_status").click().run()
    store = kept.live()
    told = text_of(certificate_of(store, 1))
    assert "no name given" in told
    assert "an officer" not in told.casefold()
    assert entries(store.select)[-1].made_by == "no name given"
    words = said(visit("submissions", show="versions", submission="1"))
    assert "no name given" in words
    assert "by an officer" not in words
