"""Targets as a Board reads them: what is off track with much money, what is made up, what is tied to nothing."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.conftest import opened, said

pytestmark = pytest.mark.slow


@pytest.fixture
def visit(joined_city: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    return opened(joined_city, monkeypatch)


def test_targets_that_are_off_track_with_most_money_come_first(visit: Callable[..., AppTest]) -> None:
    words = said(visit("targets"))
    assert "One target is off track" in words
    assert "The one with most spending on related services is People living at home: £70.0m." in words


def test_what_is_made_up_is_marked(visit: Callable[..., AppTest]) -> None:
    words = said(visit("targets"))
    assert '<span class="tag illustrative">illustrative</span>' in words
    assert "One more is illustrative, made up to show the screen" in words
    assert "1 of 1" in words, "no count rests on what is made up"
    assert "figures of the targets" not in words, "only bars of what is made up are marked"


def test_a_search_says_of_a_figure_that_it_is_made_up(visit: Callable[..., AppTest]) -> None:
    labels = [link.proto.label for link in visit("search", q="people who feel safe").get("page_link")]
    assert "People who feel safe · 81 per cent, 2016-17, illustrative" in labels


def test_money_that_works_towards_no_target_is_named_with_its_largest_service(
    visit: Callable[..., AppTest],
) -> None:
    words = said(visit("targets"))
    assert "Works towards none" in words
    assert "£366m works towards no measure; the largest part is hospital care" in words
    assert "could not tie £7.5bn to its 19 outcomes" in words


def test_one_target_shows_its_services_its_payers_and_its_way(visit: Callable[..., AppTest]) -> None:
    words = said(visit("targets", target="safe"))
    assert "; £6.0m is spent on related services" in words
    assert "Community safety" in words
    assert "strongly" in words
    assert "Valeshire Police" in words


def test_a_link_to_one_target_leads_with_it_and_choosing_another_moves_nothing(
    visit: Callable[..., AppTest],
) -> None:
    question, chart = "One target, and who pays towards it", "Change in per cent"
    words = said(visit("targets"))
    assert words.index(chart) < words.index(question)
    app = visit("targets", target="safe")
    words = said(app)
    assert words.index(question) < words.index(chart)
    picked = next(box for box in app.selectbox if box.label == "Target")
    words = said(picked.select_index(0).run())
    assert words.index(question) < words.index(chart)


@pytest.mark.parametrize("target", ["nothing", "<b>", "\x00", "a" * 3000])
def test_a_link_to_a_target_that_is_not_there_says_so(visit: Callable[..., AppTest], target: Any) -> None:
    app = visit("targets", target=target)
    assert "This link names what is not on the list “Target” here" in "".join(one.value for one in app.info)


def test_a_choice_without_money_says_what_to_do(visit: Callable[..., AppTest]) -> None:
    words = said(visit("targets", org="hospital"))
    assert "Widen it above" in words
