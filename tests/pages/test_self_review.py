"""The self-review as a Board fills it in: beside what the map shows, and compared with the year before."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from budget_model.answers import Answers
from budget_model.partnership.self_review import QUESTIONS
from budget_model.problem import Refusal
from budget_model.scope import Scope
from budget_model.store.self_reviews import answer, self_reviews
from budget_model.store.store import Store
from tests.pages.conftest import opened, said

pytestmark = pytest.mark.slow
SCOPE = Scope(year="2016-17")


@pytest.fixture
def town(joined_made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(joined_made, tmp_path / "store.duckdb"))


@pytest.fixture
def visit(town: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    return opened(town, monkeypatch)


def test_a_level_is_kept_with_its_reason_and_told_beside_the_year_before(
    visit: Callable[..., AppTest], town: Path
) -> None:
    with Store(town) as store:
        answer(store, "2015-16", "", {"layers": (2, "Begun.")}, by="Ann")
    app = visit("self_review")
    assert "The partnership has not reviewed itself for 2016-17 yet" in said(app)
    assert "What the map shows: The Board, the management group and theme groups" in said(app)
    next(box for box in app.text_input if box.label == "Your name").set_value("Ann").run()
    next(box for box in app.selectbox if box.label == "Level: Layers").set_value(3)
    next(box for box in app.text_input if box.label == "Reason: Layers").set_value("Ten for the Board.")
    next(button for button in app.button if button.label == "Keep the answers").click().run()
    assert not app.exception
    assert "rates itself established or better on one of one question answered for 2016-17" in said(app)
    assert "Up from 2 in 2015-16." in said(app)


def test_a_body_answers_beside_what_the_map_shows_of_it(visit: Callable[..., AppTest]) -> None:
    words = said(visit("self_review", body="council"))
    assert "What the map shows: Its figures are included." in words
    # It leads two, one of them illustrative and so not counted.
    assert "What the map shows: Its one measure has a published target." in words


def test_a_reason_without_a_level_is_asked_about_and_not_lost(visit: Callable[..., AppTest]) -> None:
    app = visit("self_review")
    next(box for box in app.text_input if box.label == "Your name").set_value("Ann").run()
    next(box for box in app.text_input if box.label == "Reason: Style").set_value("A name of our own.")
    next(button for button in app.button if button.label == "Keep the answers").click().run()
    assert any("A reason without a level" in warning.value for warning in app.warning)
    assert next(box for box in app.text_input if box.label == "Reason: Style").value == "A name of our own."


def test_of_a_question_and_year_the_latest_answer_counts_and_every_one_is_kept(town: Path) -> None:
    with Store(town) as store:
        answer(store, "2016-17", "", {"style": (1, "")}, by="Ann")
        answer(store, "2016-17", "", {"style": (4, "Better.")}, by="Bo")
        review = Answers(store, SCOPE).self_review()
        assert len(self_reviews(store)) == 2
        style = next(each for each in review.answers if each.question.key == "style")
        assert style.now is not None
        assert (style.now.level, style.now.made_by) == (4, "Bo")
        assert len(review.answers) == len(QUESTIONS) == 12


@pytest.mark.parametrize(
    ("year", "body", "said_of"),
    [
        ("2016-18", "", {"style": (1, "")}),
        ("2016-17", "nobody", {"style": (1, "")}),
        ("2016-17", "", {"hair": (1, "")}),
        ("2016-17", "", {"style": (5, "")}),
        ("2016-17", "", {"style": (1, "x" * 2001)}),
    ],
)
def test_what_cannot_be_kept_is_refused_in_a_sentence(
    town: Path, year: str, body: str, said_of: dict[str, tuple[int, str]]
) -> None:
    with Store(town) as store:
        with pytest.raises(Refusal):
            answer(store, year, body, said_of, by="Ann")
        assert self_reviews(store) == ()
