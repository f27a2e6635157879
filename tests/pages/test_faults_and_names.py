"""What is logged of a fault, and how nobody is called who gave no name."""

import ast
import logging
import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from budget_model.access import Act
from budget_model.board.making import keep_figures, prepare
from budget_model.contribute.asking import letter
from budget_model.contribute.certificate import text_of
from budget_model.scope import Scope
from budget_model.store.chain import entries
from budget_model.store.changes import certificate_of
from budget_model.store.mapped import map_year
from budget_model.store.reminding import notices, to_approve, to_ask
from budget_model.store.spending import submissions
from budget_model.store.store import Store
from budget_model.store.stories import SavedView, Story, keep_story
from budget_model.store.submissions import change_status, keep_in_place
from budget_model.vocabulary import Side, SubmissionStatus
from pages.shared import frame, kept
from pages.shared.signing import NAMELESS
from tests.pages import riverton
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


def test_where_nobody_gave_a_name_packs_letters_and_notices_name_nobody(
    riverton_made: Path, tmp_path: Path
) -> None:
    with Store(Path(shutil.copy(riverton_made, tmp_path / "store.duckdb"))) as store:
        scope = Scope(year=riverton.YEAR)
        story = keep_story(store, Story("", "Who", (SavedView("overview", "who"),)), by=NAMELESS)
        keep_figures(store, story, scope, prepare(store, story, scope), by=NAMELESS)
        more = (("Local policing", "policing", 90_000, Side.EXPENDITURE, "Operations"),)
        made, book = riverton.submission("police", "Valeshire Police", more, 4, "police-residents")
        with store.writing(Act.CONTRIBUTE, "police") as writer:
            keep_in_place(writer, made, book, by=NAMELESS, status=SubmissionStatus.SUBMITTED)
            map_year(writer, riverton.YEAR)
        (waiting,) = [
            notice
            for notice in notices(store, riverton.YEAR, date(2026, 11, 27))
            if notice.page == "submissions" and "approved" in notice.sentence
        ]
        assert waiting.sentence.endswith(f"waits to be approved. Sent by: {NAMELESS}.")
        assert to_approve(store, riverton.YEAR)[0].endswith(f"sent by {NAMELESS}")
        change_status(
            store,
            max(submission.submission for submission in submissions(store)),
            SubmissionStatus.APPROVED,
            by=NAMELESS,
        )
        changed = prepare(store, story, scope).slides[-1]
        assert f"(made by: {NAMELESS})" in changed.shown.why
        (ask, *_) = to_ask(store, riverton.YEAR, date(2026, 11, 27))
        written = letter(ask, "Riverton", "https://money.riverton.example").text
        assert written.startswith("Dear colleague,\n")
        assert written.endswith("\nThank you")


SIGNED_BY_THE_PROGRAM = {"trial", "worked example"}
"""Names of what the program does by itself: a trial that is not kept, and the example that it ships."""


def test_no_page_and_no_command_signs_what_is_written_with_a_name_of_its_own_making() -> None:
    """Whatever is signed bears the name of who asks, or says that no name was given."""
    invented = {}
    for path in (one for folder in ("budget_model", "pages") for one in Path(folder).rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for call in (call for call in ast.walk(tree) if isinstance(call, ast.Call)):
            for name in _names_signed_with(call):
                invented[f"{path}:{call.lineno}"] = name
    assert invented == {}


def _names_signed_with(call: ast.Call) -> Iterator[str]:
    """The names that stand in the code of one call, as who signs or as who signs by default."""
    given = {keyword.arg: keyword.value for keyword in call.keywords}
    is_option = getattr(call.func, "attr", "") == "add_argument" and ast.unparse(call.args[0]) == "'--by'"
    signed = given.get("default" if is_option and "choices" not in given else "by")
    parts = signed.values if isinstance(signed, ast.BoolOp) else [signed]
    for part in parts:
        if isinstance(part, ast.Constant) and part.value and part.value not in SIGNED_BY_THE_PROGRAM:
            yield str(part.value)
