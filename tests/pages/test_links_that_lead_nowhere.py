"""What a link names may be anything; the answer is a page with a sentence, never a fault."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from budget_model.together.risk_share import RiskShare, Rule
from budget_model.together.scenarios import Ingredient, Scenario, to_link
from tests.pages.conftest import opened, said

DIGITS = "9" * 5_000
POOLED = Scenario(
    "Older people",
    "2016-17",
    (Ingredient("council", "adults"), Ingredient("health", "adults")),
    host="council",
)
PARTNERS = POOLED.ingredients
HUGE = Decimal("1e308")
TAMPERED = {
    "a part": replace(POOLED, ingredients=(replace(PARTNERS[0], share=HUGE), PARTNERS[1])),
    "a sum": replace(POOLED, ingredients=(replace(PARTNERS[0], amount=HUGE), PARTNERS[1])),
    "pennies without end": replace(
        POOLED, ingredients=(replace(PARTNERS[0], share=Decimal("1e-400")), PARTNERS[1])
    ),
    "a variance": replace(POOLED, variance=-HUGE),
    "a cap": replace(POOLED, risk_share=RiskShare(Rule.CAPPED, caps={"council": HUGE})),
    "a fixed share": replace(POOLED, risk_share=RiskShare(Rule.FIXED, shares={"council": HUGE})),
    "a line": replace(POOLED, ingredients=(replace(PARTNERS[0], line=2**80), PARTNERS[1])),
    "a line below zero": replace(POOLED, ingredients=(replace(PARTNERS[0], line=-1), PARTNERS[1])),
    "an arrangement": replace(POOLED, arrangement=99),
}
SENTENCES = [
    ("upload", {"draft": "²"}, "This link names no draft"),
    ("upload", {"draft": DIGITS}, "This link names no draft"),
    ("upload", {"draft": "-1"}, "This link names no draft"),
    ("upload", {"draft": "9" * 15}, "There is no draft"),
    (
        "submissions",
        {"show": "versions", "submission": "²"},
        "The submission that this link names is not one of this year",
    ),
    (
        "submissions",
        {"show": "versions", "submission": DIGITS},
        "The submission that this link names is not one",
    ),
    ("lines", {"line": DIGITS}, "This link asks for a line that is not included any more"),
    ("lines", {"line": "9" * 15}, "This link asks for a line that is not included any more"),
    ("lines", {"line": "²"}, "This link asks for a line that is not included any more"),
    (
        "organisations",
        {"body": "atlantis"},
        "what is not on the list “Organisation” here. “All organisations” is shown.",
    ),
    ("themes", {"board": "atlantis"}, "This link names what is not on the list"),
    ("self_review", {"body": "atlantis"}, "This link names what is not on the list"),
    (
        "prevention",
        {"org": "atlantis"},
        "This link names a body or a board that this place does not have. It was left out.",
    ),
    (
        "first_steps",
        {"org": "atlantis"},
        "This link names a body or a board that this place does not have. It was left out.",
    ),
]


def sentences(app: Any) -> str:
    return " ".join(one.value for one in (*app.info, *app.error, *app.warning))


@pytest.mark.parametrize(("page", "query", "sentence"), SENTENCES)
def test_a_number_that_nothing_has_is_answered_in_words(
    visit: Callable[..., AppTest], page: str, query: dict[str, Any], sentence: str
) -> None:
    assert sentence in sentences(visit(page, **query))


@pytest.mark.slow
@pytest.mark.parametrize("scenario", TAMPERED.values(), ids=TAMPERED.keys())
def test_a_what_if_with_a_number_that_no_place_has_cannot_be_read(
    joined_city: Path, monkeypatch: pytest.MonkeyPatch, scenario: Scenario
) -> None:
    app = opened(joined_city, monkeypatch)("pools", s=to_link(scenario))
    assert "The what-if in this link cannot be read" in sentences(app)


@pytest.mark.slow
@pytest.mark.parametrize("screen", ["²", DIGITS, "-3"])
def test_a_screen_that_no_story_has_is_the_first(
    joined_city: Path, monkeypatch: pytest.MonkeyPatch, screen: Any
) -> None:
    assert said(opened(joined_city, monkeypatch)("away_day", present="nothing", screen=screen))
