"""Comments: read by members alone, kept back with their line, and never over somebody's head."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from budget_model.__main__ import main
from budget_model.access import Asker, Grant, Role
from budget_model.board.pack import make_pack
from budget_model.exhibits.catalogue import EVERY
from budget_model.exhibits.comments import comments_table
from budget_model.partnership.comments import About, Subject, newest, on, open_of
from budget_model.problem import Refusal
from budget_model.scope import Scope
from budget_model.store import audit
from budget_model.store.comments import LONGEST, answer, comment, comments, settle
from budget_model.store.store import Store
from budget_model.store.stories import SavedView, Story
from budget_model.vocabulary import Sensitivity
from tests.towns import line, receive, submission

WHO = Subject(About.FIGURE, "who|", "Who spends it", "year=2016-17", ("council",), ("healthy",))
ELSEWHERE = replace(WHO, scope="year=2015-16", bodies=(), boards=())


@pytest.fixture
def store(town_made: Path, tmp_path: Path) -> Iterator[Store]:
    with Store(Path(shutil.copy(town_made, tmp_path / "budget.duckdb"))) as opened:
        yield opened


def as_member(store: Store, role: Role, body: str = "") -> Store:
    return store.asked_by(Asker(str(role), f"{role}@place.example", (Grant(role, body),)))


def test_a_comment_is_answered_resolved_and_opened_again(store: Store) -> None:
    comment(store, WHO, " Is this with schools? ", by="Ann")
    (thread,) = comments(store)
    assert (thread.is_open, thread.remarks[0].text, thread.subject) == (True, "Is this with schools?", WHO)
    answer(store, thread, "Without.", by="Bo", seen=newest(comments(store)))
    settle(store, thread, by="Ann", seen=newest(comments(store)))
    (thread,) = comments(store)
    assert (thread.is_open, [remark.by for remark in thread.remarks]) == (False, ["Ann", "Bo", "Ann"])
    settle(store, thread, "It is not settled.", by="Bo", seen=newest(comments(store)))
    assert comments(store)[0].is_open
    entries = audit.entries(store, "Who spends it")
    assert [entry.what for entry in entries][::-1] == [
        "comment commented",
        "comment answered",
        "comment resolved",
        "comment reopened",
    ]


def test_two_people_at_once_are_told_of_each_other(store: Store) -> None:
    comment(store, WHO, "First.", by="Ann", seen=0)
    with pytest.raises(Refusal, match=r"Ann commented here while you wrote\. What you typed is still here"):
        comment(store, WHO, "At once.", by="Bo", seen=0)
    (thread,) = comments(store)
    answer(store, thread, "Yes.", by="Bo", seen=thread.number)
    with pytest.raises(Refusal, match="Bo answered here while you wrote"):
        settle(store, thread, by="Ann", seen=thread.number)
    comment(store, replace(WHO, key="what|"), "On another figure nobody wrote.", by="Ann", seen=0)


def test_a_figure_has_its_comments_in_every_choice_and_says_of_which_they_are(store: Store) -> None:
    comment(store, WHO, "Of this year.", by="Ann")
    (thread,) = on(comments(store), ELSEWHERE)
    assert thread.subject.scope == "year=2016-17"
    assert not on(comments(store), replace(WHO, key="what|"))


def test_a_visitor_reads_and_writes_none(store: Store) -> None:
    comment(store, WHO, "For members.", by="Ann")
    visitor = as_member(store, Role.VISITOR)
    assert comments(visitor) == ()
    with pytest.raises(Refusal, match="may not read and write comments"):
        comment(visitor, WHO, "Me too.", by="Vi", seen=10**9)
    assert len(comments(as_member(store, Role.OFFICER, "nhs"))) == 1


def test_a_comment_on_a_line_that_is_kept_back_is_for_those_who_may_see_the_line(store: Store) -> None:
    lines = [
        line("Secret care", 100, "care", sensitivity=Sensitivity.TOTALS_ONLY),
        line("Open care", 5, "care"),
    ]
    receive(store, submission("council", lines), b"book", by="Ann")
    kept_back, shown = (str(row[0]) for row in store.select("select id from line order by amount desc"))
    own, other = as_member(store, Role.OFFICER, "council"), as_member(store, Role.OFFICER, "nhs")
    comment(own, Subject(About.LINE, kept_back, "Secret care", bodies=("council",)), "Who is this?", by="Bo")
    comment(own, Subject(About.LINE, shown, "Open care", bodies=("council",)), "Fine.", by="Bo")
    assert {thread.subject.title for thread in comments(own)} == {"Secret care", "Open care"}
    assert {thread.subject.title for thread in comments(other)} == {"Open care"}
    with pytest.raises(Refusal, match="kept back by its body"):
        comment(other, Subject(About.LINE, kept_back, "", bodies=()), "?", by="Cy", seen=10**9)
    assert not audit.entries(store, "Secret care")
    assert not audit.entries(store, "Who is this?")


def test_what_is_open_is_listed_for_the_board_and_the_body_that_it_concerns(store: Store) -> None:
    comment(store, WHO, "One.", by="Ann")
    comment(
        store, Subject(About.BID, "market", "Market", bodies=("nhs",), boards=("safer",)), "Two.", by="Ann"
    )
    every = comments(store)
    assert [thread.subject.title for thread in open_of(every, boards=("safer",))] == ["Market"]
    assert [thread.subject.title for thread in open_of(every, bodies=("council",))] == ["Who spends it"]
    assert len(open_of(every)) == 2
    settle(store, every[0], by="Ann", seen=newest(every))
    assert len(open_of(comments(store))) == 1
    table = comments_table(comments(store))
    assert [row[0] for row in table.rows] == ["open", "resolved"]


def test_the_notes_of_a_slide_have_the_open_comments_on_its_figure_for_those_who_may_read_them(
    store: Store,
) -> None:
    receive(store, submission("council", [line("Care", 100, "care")]), b"book", by="Ann")
    comment(store, WHO, "Is this with schools?", by="Ann")
    story = Story("s", "Story", (SavedView("overview", "who", "year=2016-17"),))
    for asker, told in ((store, True), (as_member(store, Role.VISITOR), False)):
        slide = make_pack(asker, story, Scope(year="2016-17")).slides[0]
        assert ("Open comment of Ann: Is this with schools?" in slide.speaker_note()) is told


def test_an_empty_and_an_overlong_comment_are_refused(store: Store) -> None:
    with pytest.raises(Refusal, match="Write the comment first"):
        comment(store, WHO, "  ", by="Ann")
    with pytest.raises(Refusal, match="at most 4,000 letters"):
        comment(store, WHO, "x" * (LONGEST + 1), by="Ann")


def test_every_figure_has_a_page_to_which_its_comment_leads() -> None:
    pages = Path(__file__).parents[2] / "pages"
    assert [
        chart.name for chart in EVERY if not (pages / chart.page.replace("-", "_") / "page.py").is_file()
    ] == []


def test_the_command_prints_what_is_open(
    store: Store, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    comment(store, WHO, "Is this with schools?", by="Ann")
    path = store.path
    store.close()
    monkeypatch.setenv("BUDGET_MODEL_STORE", str(path))
    assert main(["comments", "--json", "--board", "healthy"]) == 0
    told = json.loads(capsys.readouterr().out)["comments"]
    assert [(one["title"], one["said"][0]["text"], one["open"]) for one in told] == [
        ("Who spends it", "Is this with schools?", True)
    ]
    assert main(["comments", "--body", "nhs"]) == 0
    assert capsys.readouterr().out == "No comment is open.\n"
