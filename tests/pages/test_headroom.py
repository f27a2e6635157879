"""Headroom in grants as a finance officer asks it: what a cap frees, and what nobody has stated."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from budget_model.place.model import Funding, FundingStream, Origin
from budget_model.vocabulary import RingFence
from tests.pages import joined
from tests.pages.conftest import opened, said

pytestmark = pytest.mark.slow

STREAMS = tuple(
    FundingStream(key, name, name, Origin.GRANT, RingFence.NONE, "#12436D", "", "invented")
    for key, name in (("general", "General grant"), ("safety", "Safety grant"))
)
FUNDING = tuple(
    Funding("council", stream, year, Decimal(amount), "", "invented")
    for stream, year, amount in (
        ("general", "2016-17", 900_000),
        ("general", "2015-16", 550_000),
        ("safety", "2016-17", 70_000),
    )
)


@pytest.fixture(scope="module")
def granted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("grants") / "store.duckdb"
    return joined.build(path, funding_streams=STREAMS, funding=FUNDING)


@pytest.fixture
def visit(granted: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    return opened(granted, monkeypatch)


def test_a_cap_frees_what_the_grants_grew_by_and_the_unstated_one_is_unknown(
    visit: Callable[..., AppTest],
) -> None:
    words = said(visit("headroom"))
    assert "Capping grants at their level of 2015-16 would free £350k in 2016-17" in words
    assert "One grant has no figure for 2015-16: what capping would free of it is unknown." in words


def test_a_year_that_nobody_stated_frees_nothing_that_is_known(visit: Callable[..., AppTest]) -> None:
    words = said(visit("headroom", asked="against=2012-13"))
    assert "nobody can say what a cap would free" in words


def test_the_case_study_is_told_as_the_case_studys(visit: Callable[..., AppTest]) -> None:
    words = said(visit("headroom", asked="without=council%2Fgeneral"))
    assert "about £350,000" in words
    assert "not worked out here" in words


@pytest.mark.parametrize("asked", ["against=²", "without=" + "9" * 4000, "%00"])
def test_a_hostile_link_is_the_usual_question(visit: Callable[..., AppTest], asked: str) -> None:
    app = visit("headroom", asked=asked)
    assert not app.exception
    assert "would free £350k" in said(app)
