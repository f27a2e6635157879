"""Performance as the partnership reads and records it: ten for the Board, all for theme groups, once a quarter."""

import shutil
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from budget_model.answers import Answers
from budget_model.partnership.performance import Period, Reading, ReadingGrade, Risk
from budget_model.problem import Refusal
from budget_model.scope import Scope
from budget_model.store import performance
from budget_model.store.store import Store
from tests.pages.conftest import opened, said

pytestmark = pytest.mark.slow


@pytest.fixture
def town(joined_made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(joined_made, tmp_path / "store.duckdb"))


@pytest.fixture
def visit(town: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    return opened(town, monkeypatch)


def test_a_quarter_that_is_recorded_is_the_latest_figure_and_a_risk_reaches_the_board(
    visit: Callable[..., AppTest], town: Path
) -> None:
    app = visit("performance", **{"for": "theme group"})
    assert "looks at 1 of 1 measure<span>: one is off track; one more is illustrative" in said(app)
    assert "Not known" in said(app), "a risk that nobody recorded is unknown, and not none"
    sheet = "measure,year,quarter,figure,source\nat-home,2017-18,2,64,the council\n"
    app.get("file_uploader")[0].upload("readings.csv", sheet.encode(), "text/csv").run()
    assert not app.exception
    next(box for box in app.text_input if box.label == "Your name").set_value("Ann").run()
    next(button for button in app.button if button.label == "Record 1 reading").click().run()
    assert not app.exception
    with Store.existing(town) as store:
        performance.enter(store, [("at-home", Risk("Carers leave", 5, 4))], by="Ann")
        (entry, _) = performance.entries(store)
    assert (entry.target, entry.said, entry.made_by) == (
        "at-home",
        Reading(Period("2017-18", 2), Decimal(64), "the council", ReadingGrade.PROVISIONAL),
        "Ann",
    )
    words = said(visit("performance"))
    assert "64 per cent" in words, "worse than 70 at first, so the Board sees it"
    assert "risk: Carers leave (20 of 25)" in words
    assert "Decide whether the risk “Carers leave” is accepted, or who acts on it and by when." in words
    with Store.existing(town) as store:
        money = Answers(store, Scope(year="2016-17")).behind_targets().targets
    assert [target_money.target.latest for target_money in money if target_money.target.id == "at-home"] == [
        Decimal(64)
    ], "targets, desks and outcomes show the reading too"


def test_what_is_typed_into_the_table_stays_while_others_record_readings_and_risks(
    visit: Callable[..., AppTest], town: Path
) -> None:
    def table(app: AppTest) -> str:
        """What the browser knows the table by: with another, what was typed is forgotten."""
        return next(str(dataframe.proto.id) for dataframe in app.dataframe if dataframe.proto.editing_mode)

    app = visit("performance")
    before = table(app)
    reading = Reading(Period("2017-18", 2), Decimal(74), "the council", ReadingGrade.CHECKED)
    with Store.existing(town) as store:
        performance.enter(store, [("at-home", reading), ("safe", Risk("Patrols end", 5, 4))], by="Bo")
    assert "74 per cent" in said(app.run()) or "risk: Patrols end (20 of 25)" in said(app)
    assert table(app) == before


def test_a_reading_in_another_unit_is_asked_about_before_it_is_kept(visit: Callable[..., AppTest]) -> None:
    app = visit("performance")
    sheet = "measure,year,quarter,figure,source\nat-home,2017-18,2,720,the council\n"
    app.get("file_uploader")[0].upload("readings.csv", sheet.encode(), "text/csv").run()
    assert any("is in per cent, and 720 is not between 0 and 100" in warning.value for warning in app.warning)
    assert next(button for button in app.button if button.label == "Record 1 reading").disabled


def test_nothing_of_a_change_is_kept_where_one_measure_is_unknown(town: Path) -> None:
    reading = Reading(Period("2017-18", 1), Decimal(1), "s", ReadingGrade.CHECKED)
    with Store.existing(town) as store:
        with pytest.raises(Refusal, match="There is no measure “floods”"):
            performance.enter(store, [("at-home", reading), ("floods", reading)], by="Ann")
        assert performance.entries(store) == ()


@pytest.mark.parametrize("layer", ["", "²", "x" * 4000])
def test_a_hostile_link_shows_what_the_board_sees(visit: Callable[..., AppTest], layer: str) -> None:
    assert "The Board" in said(visit("performance", **{"for": layer}))
