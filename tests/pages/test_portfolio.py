"""What to take up first, as a director asks it: the best choice, what holds it back, what is out, side by side."""

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


def slider(app: Any, label: str) -> Any:
    return next(one for one in app.slider if label in one.label)


def test_with_the_usual_work_the_best_choice_is_said_and_proven(visit: Callable[..., AppTest]) -> None:
    words = said(visit("portfolio"))
    assert "planned together within these limits" in words
    assert "No better choice exists within these limits." in words
    assert "saving" not in words.replace("None of it is a saving", "")


def test_without_any_work_nothing_is_taken_up_and_each_says_what_it_would_ask(
    visit: Callable[..., AppTest],
) -> None:
    app = visit("portfolio")
    slider(app, "Units of work").set_value(0).run()
    assert "effort=0" in app.query_params["limits"]
    words = said(app)
    assert "With this much work and these limits nothing can be taken up." in words
    assert "of which 0 are left" in words


def test_a_limit_is_in_the_link_and_back_to_the_usual_takes_it_out(visit: Callable[..., AppTest]) -> None:
    app = visit("portfolio", limits="pools=1&boards=first")
    assert slider(app, "New pools").value == 1
    next(button for button in app.button if button.label == "Back to the usual limits").click().run()
    assert "limits" not in app.query_params


def test_three_portfolios_stand_side_by_side_and_a_fourth_has_no_room(visit: Callable[..., AppTest]) -> None:
    app = visit("portfolio", limits="effort=4")
    for units in (1, 6):
        next(button for button in app.button if button.label.startswith("Set this one aside")).click().run()
        slider(app, "Units of work").set_value(units).run()
    words = said(app)
    for held in ("4 units of work for each", "1 unit of work for each", "6 units of work for each"):
        assert held in words
    assert "1 units of work for" not in words
    assert next(button for button in app.button if button.label.startswith("Set this one aside")).disabled


@pytest.mark.parametrize("limits", ["%00", "effort=" + "9" * 5000, "own=<script>+3", "pools=-1&part=NaN"])
def test_a_hostile_link_is_the_usual_question(visit: Callable[..., AppTest], limits: str) -> None:
    app = visit("portfolio", limits=limits)
    assert not app.exception
    assert "within these limits" in said(app)
