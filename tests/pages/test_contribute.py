"""What an officer does on the Contribute pages, from the front door."""

import io
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from budget_model.contribute.about import About
from budget_model.contribute.draft import StepKind
from budget_model.problem import Refusal
from budget_model.store import mapping_memory
from budget_model.store.contributions import add_step, begin, draft_of, drafts, explanations, seen
from budget_model.store.mapping_memory import COLUMNS
from budget_model.store.spending import submissions
from budget_model.store.store import now
from pages.shared import desk
from tests.pages import conftest, riverton
from tests.pages.conftest import as_read, follow, opened, unfold

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]


@pytest.fixture
def app(riverton_made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.chdir(ROOT)
    own = shutil.copy(riverton_made, tmp_path / "store.duckdb")
    monkeypatch.setitem(os.environ, "BUDGET_MODEL_STORE", str(own))
    return AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=180)


def go(app: Any, page: Any, **query: Any) -> Any:
    follow(app, page, **query)
    assert not app.exception
    return app


def store_of(app: Any) -> Any:
    from pages.shared import kept

    return kept.store()


def shown(app: Any) -> Any:
    return as_read(
        " ".join([*(one.proto.body for one in app.get("html")), *(one.value for one in app.markdown)])
    )


def sheet(rows: Any, title: str = "Riverton City Council budget 2016-17, £") -> Any:
    book = openpyxl.Workbook()
    book.active.append([title])
    book.active.append(["Code", "Description", "Budget 2016-17"])
    for row in rows:
        book.active.append(list(row))
    book.active.append([None, "Total", sum(row[2] for row in rows)])
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


ROWS = (
    ("A1", "Older people: care homes and home care", 91_000_000),
    ("A2", "Something nobody knows", 5_400_000),
)


def draft_in(app: Any, data: Any = None, part: str = "revenue") -> Any:
    app.run()
    return begin(
        store_of(app),
        About("council", riverton.YEAR, part=part),
        "budget.xlsx",
        data or sheet(ROWS),
        by="Ann",
    ).draft


def test_the_desk_says_what_to_do_before_an_organisation_is_chosen(app: AppTest) -> None:
    go(app, "upload")
    assert app.title[0].value == "Upload"
    assert "No draft is waiting" in shown(app)
    assert not app.get("file_uploader")


def test_a_dropped_file_becomes_a_draft_before_it_is_read(app: AppTest) -> None:
    go(app, "upload")
    app.selectbox(key="upload_body").set_value("council").run()
    app.get("file_uploader")[0].upload("budget.xlsx", sheet(ROWS), "application/octet-stream").run()
    assert not app.exception
    kept_drafts = drafts(store_of(app))
    assert [draft.file for draft in kept_drafts] == ["budget.xlsx"]
    assert list(app.query_params["draft"]) == [str(kept_drafts[0].number)]


def test_every_step_of_a_draft_can_be_opened_by_its_link(app: AppTest) -> None:
    number = draft_in(app)
    for step, said in (
        ("sheet", "lines were read"),
        ("mapping", "wordings to look at"),
        ("totals", "Is it all there?"),
        ("changes", "The place’s total"),
        ("send", "Ready to send?"),
    ):
        go(app, "upload", draft=str(number), step=step)
        assert said in shown(app), step


def test_a_file_that_is_no_budget_says_why_and_asks_for_the_right_one(app: AppTest) -> None:
    number = draft_in(app, b"this is not a workbook at all, only words")
    go(app, "upload", draft=str(number))
    assert "This file cannot be loaded" in app.error[0].value
    assert app.get("file_uploader")


def test_a_file_that_could_not_be_read_in_time_can_be_read_again_as_it_is(app: AppTest) -> None:
    def too_long(_: object) -> None:
        raise Refusal("It took too long.")

    number = draft_in(app)
    with pytest.MonkeyPatch.context() as while_it_is_slow:
        while_it_is_slow.setattr(desk, "composed", too_long)
        go(app, "upload", draft=str(number))
        assert "It took too long." in app.error[0].value
    app.button(key=f"once_more_{number}").click().run()
    assert not app.error
    go(app, "upload", draft=str(number), step="sheet")
    assert "lines were read" in shown(app)


def test_a_file_whose_reading_was_stopped_stays_with_its_draft_and_is_read_again_when_asked(
    app: AppTest,
) -> None:
    number = draft_in(app)
    app.session_state[f"stopped_{number}"] = True  # as the button leaves it, which is there while one waits
    go(app, "upload", draft=str(number), step="sheet")
    assert "The file was not read to its end, because you stopped it." in shown(app)
    app.button(key=f"go_on_{number}").click().run()
    assert "lines were read" in shown(app)


def test_accepting_guesses_is_one_step_and_one_undo(app: AppTest) -> None:
    number = draft_in(app)
    go(app, "upload", draft=str(number), step="mapping")
    before = draft_of(store_of(app), number).steps
    app.button(key="accept_shown").click().run()
    assert not app.exception
    after = draft_of(store_of(app), number)
    assert after.steps == before + 1
    assert after.decisions
    app.button(key="undo").click().run()
    assert draft_of(store_of(app), number).decisions == {}


def test_a_control_total_that_differs_stops_the_sending_until_it_is_explained(app: AppTest) -> None:
    number = draft_in(app)
    add_step(store_of(app), number, StepKind.CONTROL_TOTAL, {"total": "96400001"}, by="Ann")
    add_step(store_of(app), number, StepKind.EXPLAIN, {"everything": "Invented"}, by="Ann")
    go(app, "upload", draft=str(number), step="send")
    assert app.button(key="submit").disabled
    assert "£1.00 less than the control total" in shown(app)
    add_step(store_of(app), number, StepKind.EXPLAIN, {"difference": "A pound of rounding."}, by="Ann")
    go(app, "upload", draft=str(number), step="send")
    assert not app.button(key="submit").disabled


def test_submitting_waits_for_approval_and_the_page_says_so(app: AppTest) -> None:
    number = draft_in(app, part="special")
    go(app, "upload", draft=str(number), step="send")
    app.button(key="submit").click().run()
    assert not app.exception
    sent = next(submission for submission in submissions(store_of(app)) if submission.part == "special")
    assert sent.status == "submitted"
    assert "figures are sent" in app.title[0].value


def test_replacing_what_is_on_the_map_asks_for_an_explanation_of_large_changes(app: AppTest) -> None:
    number = draft_in(app)
    go(app, "upload", draft=str(number), step="changes")
    assert "need an explanation" in shown(app) or "needs an explanation" in shown(app)
    go(app, "upload", draft=str(number), step="send")
    assert app.button(key="approve").disabled


def test_an_officer_is_told_who_else_is_at_the_same_figures(app: AppTest) -> None:
    number = draft_in(app)
    seen(store_of(app), "council", "Bob", "an upload")
    go(app, "upload", draft=str(number))
    assert any("Bob" in warning.value for warning in app.warning)


def test_a_draft_that_is_not_there_is_said_to_be_missing(app: AppTest) -> None:
    go(app, "upload", draft="999")
    assert "no draft 999" in app.error[0].value


@pytest.mark.parametrize("show", ["register", "versions", "quality", "transfers", "take"])
def test_every_view_of_the_register_opens(app: AppTest, show: Callable[..., AppTest]) -> None:
    go(app, "submissions", show=show)
    assert "Submissions and data quality" in app.title[0].value
    assert "on the map" in shown(app) or "Riverton" in shown(app)


def test_withdrawing_says_first_what_leaves_the_map(app: AppTest) -> None:
    go(app, "submissions", show="versions", submission="1")
    app.button(key="withdrawn_1").click().run()
    assert "The place’s total falls by" in shown(app)
    assert (
        next(submission for submission in submissions(store_of(app)) if submission.submission == 1).status
        == "approved"
    )
    app.button(key="do_status").click().run()
    assert not app.exception
    assert (
        next(submission for submission in submissions(store_of(app)) if submission.submission == 1).status
        == "withdrawn"
    )


def status_of(app: Any, number: Any) -> Any:
    return next(
        submission for submission in submissions(store_of(app)) if submission.submission == number
    ).status


def test_what_was_sent_is_approved_withdrawn_and_brought_back_on_one_page(app: AppTest) -> None:
    draft = draft_in(app, part="capital")
    sent = draft_of(store_of(app), draft)
    go(app, "upload", draft=str(draft), step="send")
    app.button(key="submit").click().run()
    number = draft_of(store_of(app), draft).submission
    assert sent.submission is None
    app.query_params.clear()
    go(app, "submissions", show="versions", submission=str(number))
    for button, status in (("approved", "approved"), ("withdrawn", "withdrawn"), ("approved", "approved")):
        app.button(key=f"{button}_{number}").click().run()
        assert not app.exception
        app.text_input(key="signed_status").input("Ben").run()
        assert [text_input.key for text_input in app.text_input if text_input.label == "Your name"] == [
            "signed_status"
        ], "A name is asked for once a visit."
        app.button(key="do_status").click().run()
        assert not app.exception
        assert status_of(app, number) == status


def test_a_name_is_asked_for_once_a_visit_on_whatever_page_and_anew_when_somebody_else_sits_down(
    app: AppTest,
) -> None:
    def boxes() -> list[str]:
        return [str(text_input.key) for text_input in app.text_input if text_input.label == "Your name"]

    go(app, "submissions", show="versions", submission="1")
    first = boxes()
    assert first
    app.text_input(key=first[0]).input("Ann").run()
    assert boxes() == first[:1]
    app.query_params.clear()
    go(app, "upload")
    assert boxes() == []
    assert "kept under the name Ann." in shown(app)
    app.button(key="another_name").click().run()
    assert boxes()


def test_the_mapping_page_says_what_to_do_while_nothing_is_confirmed(app: AppTest) -> None:
    go(app, "mapping")
    assert "Nobody has confirmed a mapping yet" in shown(app)


def test_the_mapping_page_leads_with_what_is_recognised_and_lists_what_was_sent_by_pounds(
    app: AppTest,
) -> None:
    go(app, "mapping")
    wordings = ("Never sent", "Waste collection", "Older people: care homes and home care")
    with store_of(app).writing() as writer:
        writer.add(
            "mapping_memory",
            COLUMNS,
            [("council", None, words, [], '[["waste", "1"]]', "Ann", now(), False) for words in wordings],
        )
    words = shown(go(app, "mapping"))
    assert "Three lines of one body are recognised when sent again" in words
    assert "all last confirmed by Ann on" in words
    listed = words[words.index("those with most pounds first") :]
    assert sorted(wordings, key=listed.index) == [*reversed(wordings)]


def test_a_mapping_is_looked_at_and_taken_back(app: AppTest) -> None:
    with store_of(app).writing() as writer:
        writer.add(
            "mapping_memory",
            COLUMNS,
            [("council", None, "Waste collection", [], '[["waste", "1"]]', "Ann", now(), False)],
        )
    go(app, "mapping")
    assert not [one for one in app.selectbox if one.key == "picked_mapping"]  # made when it is opened
    unfold(app, "one_mapping")
    picked = app.selectbox(key="picked_mapping")
    assert picked.options == ["Riverton City Council · Waste collection → Waste collection"]
    picked.select_index(0).run()
    assert "Ann confirmed Waste collection" in shown(app)
    app.text_input(key="signed_memory").set_value("Bea").run()
    app.button(key="take_back").click().run()
    assert not app.exception
    assert [word.taken_back for word in mapping_memory.confirmed(store_of(app))] == [False, True]
    assert mapping_memory.confirmed(store_of(app))[-1].by == "Bea"


def test_an_explanation_is_given_after_the_sending_and_stays_with_its_writer(app: AppTest) -> None:
    go(app, "submissions", show="versions", submission="1")
    why = next(
        text_input
        for text_input in app.text_input
        if text_input.label == "Why the total differs from its own"
    )
    why.set_value("A pound of rounding.")
    next(button for button in app.button if button.label == "Keep the explanations").click().run()
    assert not app.exception
    assert explanations(store_of(app), 1) == {"difference": "A pound of rounding."}
    assert "A pound of rounding." in shown(app)
    assert "no name given" in shown(app)


def test_a_table_is_left_out_and_put_in_again(app: AppTest) -> None:
    number = draft_in(app)
    go(app, "upload", draft=str(number), step="sheet")
    app.button(key="leave_0").click().run()
    assert "0 lines were read" in shown(app)
    app.button(key="load_0").click().run()
    assert "2 lines were read, £96.4m net" in shown(app)


def question_about(app: AppTest, kind: str) -> Any:
    """The button that says that the best guess to a question of this kind is right."""
    return next(button for button in app.button if str(button.key).startswith(f"right_{kind}"))


def test_the_same_book_under_another_part_is_asked_about_and_the_answer_is_kept(app: AppTest) -> None:
    first = draft_in(app, part="book")
    go(app, "upload", draft=str(first), step="send")
    app.button(key="approve").click().run()
    again = draft_in(app, sheet(tuple(reversed(ROWS))), part="the book, by name")
    go(app, "upload", draft=str(again), step="sheet")
    assert "holds the same lines as submission" in shown(app)
    assert "Both together would count this money twice" in shown(app)
    question_about(app, "again").click().run()
    assert not app.exception
    (answer,) = [
        answer for key, answer in draft_of(store_of(app), again).answers.items() if key.startswith("again")
    ]
    assert answer == "leave this out: it is counted already"
    go(app, "upload", draft=str(again), step="send")
    assert "You said to leave this out" in shown(app)
    assert app.button(key="submit").disabled


def test_a_remembered_unit_is_shown_and_asked_again_when_amounts_moved_a_thousandfold(app: AppTest) -> None:
    in_thousands = tuple((code, words, amount // 1000) for code, words, amount in ROWS)
    bare = "Riverton City Council"
    first = draft_in(app, sheet(in_thousands, bare), part="unit")
    go(app, "upload", draft=str(first), step="sheet")
    unit = next(selectbox for selectbox in app.selectbox if str(selectbox.key).startswith("pick_unit"))
    unit.set_value("GBP thousand").run()
    question_about(app, "unit").click().run()
    go(app, "upload", draft=str(first), step="send")
    app.button(key="approve").click().run()
    same = draft_in(app, sheet(in_thousands, bare), part="unit")
    go(app, "upload", draft=str(same), step="sheet")
    assert "The unit is £ thousand, as answered for an earlier file: 91,000 in C3" in shown(app)
    moved = draft_in(app, sheet(ROWS, bare), part="unit")
    go(app, "upload", draft=str(moved), step="sheet")
    assert "The amounts are 1,000 times those of 2016-17, original budget" in shown(app)
    question_about(app, "unit").click().run()
    assert [*draft_of(store_of(app), moved).answers.values()] == ["GBP"]
    assert "2 lines were read, £96.4m net" in shown(app)


@pytest.mark.parametrize("button", ["as_said", "right_year"])
def test_a_file_that_says_another_year_is_asked_about_and_can_be_sent_as_that_year(
    app: AppTest, button: str
) -> None:
    book = openpyxl.load_workbook(io.BytesIO(sheet(ROWS, "Riverton City Council revenue budget 2015-16, £")))
    book.active["C2"] = "Budget £"
    kept = io.BytesIO()
    book.save(kept)
    number = draft_in(app, kept.getvalue(), part="year")
    go(app, "upload", draft=str(number), step="sheet")
    assert "The figures are of 2015-16. Load them as 2016-17 all the same?" in shown(app)
    app.button(key=button).click().run()
    assert not app.exception
    assert draft_of(store_of(app), number).about.year == "2015-16"
    assert "all the same?" not in shown(app)


def test_who_has_sent_nothing_yet_stands_first(riverton_made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = conftest.said(opened(riverton_made, monkeypatch)("submissions"))
    listed = words[words.index("Who has sent what for") :]
    assert listed.index("Riverton Teaching Hospitals") < listed.index("Riverton City Council")
