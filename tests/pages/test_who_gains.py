"""Who pays and who gains, as a director asks it: the case, the transfer, its sources, and hostile links."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.conftest import opened, said

pytestmark = pytest.mark.slow


@pytest.fixture
def visit(joined_city: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    return opened(joined_city, monkeypatch)


def test_the_one_that_pays_and_the_one_that_gains_are_named_with_the_transfer(
    visit: Callable[..., AppTest],
) -> None:
    words = said(visit("who_gains"))
    assert "would pay an estimated £" in words
    assert "would gain an estimated £" in words
    assert "those that gain could repay the others in full" in words
    assert "National Audit Office, May 2016" in words


def test_another_intervention_and_other_numbers_stay_in_the_link(visit: Callable[..., AppTest]) -> None:
    app = visit("who_gains", case="of=families")
    chosen = next(selectbox for selectbox in app.selectbox if selectbox.label == "What would be done")
    assert chosen.value == "families"
    next(number_input for number_input in app.number_input if number_input.label == "How many").set_value(
        10
    ).run()
    assert "cohort=10" in app.query_params["case"]
    assert "10 families" in said(app)


@pytest.mark.parametrize("case", ["of=²", "cohort=" + "9" * 500, "engaged=NaN&each=-1", "of=<script>"])
def test_a_hostile_link_is_the_usual_case(visit: Callable[..., AppTest], case: str) -> None:
    app = visit("who_gains", case=case)
    assert not app.exception
    assert "1,000 days" in said(app)


def test_nobody_engaged_says_so(visit: Callable[..., AppTest]) -> None:
    words = said(visit("who_gains", case="of=discharge&engaged=0"))
    assert "nobody gains or loses" in words
