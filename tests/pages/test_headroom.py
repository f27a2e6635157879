"""Headroom in grants as a finance officer asks it: what a cap frees, and what nobody has stated."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages import joined
from tests.pages.conftest import opened, said

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def granted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("grants") / "store.duckdb"
    return joined.build(path, funding_streams=joined.STREAMS, funding=joined.FUNDING)


@pytest.fixture
def visit(granted: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    return opened(granted, monkeypatch)


def test_a_cap_frees_what_the_grants_grew_by_and_the_unstated_one_is_unknown(
    visit: Callable[..., AppTest],
) -> None:
    words = said(visit("headroom"))
    assert "Capping grants at their level of 2015-16 would free £350k in 2016-17" in words
    assert "One grant has no figure for 2015-16, so what a cap would free there is unknown." in words


def test_a_year_that_nobody_stated_frees_nothing_that_is_known(visit: Callable[..., AppTest]) -> None:
    words = said(visit("headroom", asked="against=2012-13"))
    assert "what a cap would free is unknown" in words
    assert "Not known" in words


def test_the_case_study_is_told_as_the_case_studys(visit: Callable[..., AppTest]) -> None:
    words = said(visit("headroom", asked="without=council%2Fgeneral"))
    assert "about £350,000" in words
    assert "not worked out here" in words


@pytest.mark.parametrize("asked", ["against=²", "without=" + "9" * 4000, "%00"])
def test_a_hostile_link_is_the_usual_question(visit: Callable[..., AppTest], asked: str) -> None:
    app = visit("headroom", asked=asked)
    assert not app.exception
    assert "would free £350k" in said(app)


def test_what_is_freed_goes_on_as_the_pot_of_a_case(visit: Callable[..., AppTest]) -> None:
    assert "What could be commissioned with it" in said(visit("headroom"))
    words = said(visit("who_gains", case="of=discharge&pot=350000"))
    assert "The sum of £350k pays for" in words
