"""Back offices as a director reads them: the scale of the prize, who could host, and whose figures are unknown."""

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from budget_model.__main__ import main
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
    assert "No line of these functions says when its contract ends" in words


def test_a_one_off_cost_is_taken_off_and_stays_in_the_link(visit: Callable[..., AppTest]) -> None:
    app = visit("back_office", asked="cost=100000")
    assert "£200k to £500k in the first year, after the one-off cost" in said(app)
    slider = app.slider[0]
    slider.set_value(5.0).run()
    assert "part=0.05" in app.query_params["asked"]
    assert "Back office, assumed" in said(app)
    app.button(key="back_office_ratio").click().run()
    assert "part=0.054" in app.query_params["asked"]  # £18bn of £333.7bn
    words = said(app)
    assert "5.4%, 4.8% to 6.0%" in words
    assert "an estimate that was not verified for any body here" in words
    assert "that it stands on is assumed" in words


def test_the_command_says_what_of_the_scale_is_assumed_and_from_which_estimate(
    offices: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BUDGET_MODEL_STORE", str(offices))
    assert main(["back-office"]) == 0
    plain = capsys.readouterr().out
    assert "assumed" not in plain
    assert "No line of these functions says when its contract ends" in plain
    assert main(["back-office", "--assume", "national"]) == 0
    words = capsys.readouterr().out
    assert "that it stands on is assumed" in words
    assert "an estimate that was not verified for any body here: 5.4%, 4.8% to 6.0%" in words
    assert main(["back-office", "--assume", "national", "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert Decimal(printed["assumed_base"]) > 0
    assert "national ratio of 2007-08" in printed["assumption"]


@pytest.mark.parametrize("asked", ["%00", "cost=" + "9" * 400, "part=2&cost=-1", "part=<b>"])
def test_a_hostile_link_adds_nothing(visit: Callable[..., AppTest], asked: str) -> None:
    app = visit("back_office", asked=asked)
    assert not app.exception
    assert "£300k to £600k a year" in said(app)


def test_without_any_money_there_is_a_way_back(joined_city: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = said(opened(joined_city, monkeypatch)("back_office", org="hospital"))
    assert "No line of any budget is in this choice." in words
    assert "go back to the whole place" in words
