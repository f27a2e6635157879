"""Back offices as a director reads them: the scale of the prize, who could host, and whose figures are unknown."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages import joined
from tests.pages.conftest import opened, said

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def offices(tmp_path_factory: pytest.TempPathFactory) -> Path:
    lines: dict[str, Any] = {
        body: (*rows, *joined.OFFICES.get(body, ())) for body, rows in joined.LINES.items()
    }
    return joined.build(tmp_path_factory.mktemp("offices") / "store.duckdb", lines=lines)


@pytest.fixture
def visit(offices: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    return opened(offices, monkeypatch)


def test_two_ninths_of_what_two_bodies_state_is_the_most_and_half_of_it_the_least(
    visit: Callable[..., AppTest],
) -> None:
    words = said(visit("back_office"))
    assert "£300k to £600k a year" in words  # 2.7m × 4/18, and half of it
    assert "not a saving" in words


def test_the_body_that_does_most_could_host_and_the_others_are_unknown_not_zero(
    visit: Callable[..., AppTest],
) -> None:
    words = said(visit("back_office"))
    assert "with one other body" in words
    assert "unknown, not zero" in words


def test_a_one_off_cost_is_taken_off_and_stays_in_the_link(visit: Callable[..., AppTest]) -> None:
    app = visit("back_office", asked="cost=100000")
    assert "£200k to £500k in the first year, after the one-off cost" in said(app)
    slider = app.slider[0]
    slider.set_value(5.0).run()
    assert "part=0.05" in app.query_params["asked"]
    assert "Back office, assumed" in said(app)
    app.button(key="back_office_ratio").click().run()
    assert "part=0.054" in app.query_params["asked"]  # £18bn of £333.7bn
    assert "5.4%, 4.8% to 6.0%" in said(app)


@pytest.mark.parametrize("asked", ["%00", "cost=" + "9" * 400, "part=2&cost=-1", "part=<b>"])
def test_a_hostile_link_adds_nothing(visit: Callable[..., AppTest], asked: str) -> None:
    app = visit("back_office", asked=asked)
    assert not app.exception
    assert "£300k to £600k a year" in said(app)


def test_without_any_money_there_is_a_way_back(joined_city: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = said(opened(joined_city, monkeypatch)("back_office", org="hospital"))
    assert "No line of any budget is in this choice." in words
    assert "go back to the whole place" in words
