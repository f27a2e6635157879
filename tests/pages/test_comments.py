"""A comment is written where its figure is, found again on the desk, and nothing typed is lost."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from budget_model.access import Asker, Grant, Role
from budget_model.answers import Answers
from budget_model.partnership.comments import About, Subject
from budget_model.scope import Scope
from budget_model.store.comments import comment, comments
from budget_model.store.external_funding import keep_bid
from budget_model.store.store import Store
from pages.shared import asking
from tests.pages.conftest import opened, said, unfold
from tests.together.test_external_funding import bid
from tests.towns import line, receive, submission

Visit = Callable[..., AppTest]


@pytest.fixture
def path(town_made: Path, tmp_path: Path) -> Path:
    made = Path(shutil.copy(town_made, tmp_path / "store.duckdb"))
    with Store(made) as store:
        receive(store, submission("council", [line("Care", 100, "care")]), b"book", by="Ann")
        keep_bid(store, bid("market"), by="Ann")
    return made


@pytest.fixture
def visit_town(path: Path, monkeypatch: pytest.MonkeyPatch) -> Visit:
    return opened(path, monkeypatch)


def test_a_comment_on_a_bid_is_told_of_anothers_and_listed_for_its_board_and_its_body(
    visit_town: Visit, path: Path
) -> None:
    app = visit_town("external_funding")
    app.button(key="comment_bid_market").click().run()
    app.text_input(key="signed_comment_bid_market").input("Bo").run()
    subject = Subject(About.BID, "market", "The market bid", "", ("council",), ("healthy",))
    with Store(path) as store:
        comment(store, subject, "Is the match there?", by="Ann")
    box = "comment_text_bid_market_0"
    app.text_area(key=box).input("Who signs it?")
    app.button(key="comment_send_bid_market").click().run()
    assert any("Ann commented here while you wrote" in warning.value for warning in app.warning)
    assert app.text_area(key=box).value == "Who signs it?"
    assert "Is the match there?" in said(app)
    app.button(key="comment_send_bid_market").click().run()
    assert app.button(key="comment_bid_market").label == "Comments: 2 open"
    with Store(path) as store:
        first = next(thread for thread in comments(store) if thread.remarks[0].by == "Bo")
    app.button(key=f"settle_bid_market_{first.number}").click().run()
    assert app.button(key="comment_bid_market").label == "Comments: 1 open"
    for page, query in (("desks", {"board": "healthy"}), ("my_body", {"body": "council"})):
        words = said(visit_town(page, **query))
        assert "One open comment on" in words
        assert "Is the match there?" in words


def test_a_comment_on_a_figure_stands_by_it(visit_town: Visit) -> None:
    app = unfold(visit_town("overview"), "more_who")
    app.button(key="comment_who").click().run()
    app.text_input(key="signed_comment_who").input("Bo")
    app.text_area(key="comment_text_who_0").input("Is *this* <b>with</b> schools?")
    app.button(key="comment_send_who").click().run()
    assert app.button(key="comment_who").label == "Comments: 1 open"
    assert "<b>with</b>" not in said(app)
    assert any(expander.label.endswith("· one open comment") for expander in app.expander)


@pytest.mark.parametrize(
    ("page", "wanted"), [("targets", "comment_target_"), ("opportunities", "comment_opportunity")]
)
def test_a_target_and_an_opportunity_take_comments_of_their_own(
    joined_city: Path, monkeypatch: pytest.MonkeyPatch, page: str, wanted: str
) -> None:
    with Store.existing(joined_city) as store:
        best = Answers(store, Scope(year="2016-17")).opportunities().opportunities[0]
    asked = {"opportunity": best.id} if page == "opportunities" else {}
    app = opened(joined_city, monkeypatch)(page, **asked)
    assert [button.label for button in app.button if str(button.key).startswith(wanted)] == ["Comment"]


def test_a_visitor_sees_no_comment_and_no_box(
    path: Path, visit_town: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store(path) as store:
        comment(store, Subject(About.FIGURE, "who|", "Who spends it"), "For members.", by="Ann")
    visitor = Asker("Vi", "vi@place.example", (Grant(Role.VISITOR),))
    monkeypatch.setattr(asking, "_asker", lambda _: visitor)
    app = visit_town("overview")
    assert not [button for button in app.button if str(button.key).startswith("comment_")]
    assert "For members." not in said(app)
