"""A store that knows no place lets one of England's be chosen, and makes its first map on the screen."""

from pathlib import Path

import pytest

from budget_model.place.england import england
from budget_model.store.checks import check
from budget_model.store.spending import years
from budget_model.store.store import Store
from tests.pages.conftest import opened, said


def test_an_empty_store_offers_every_council_area(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened(tmp_path / "empty.duckdb", monkeypatch)()
    offered = app.selectbox(key="place_to_make").options
    assert len(offered) == 353, (
        "152 whose areas are made into places, and 201 districts of counties among them"
    )
    assert "Ipswich (with all of Suffolk)" in offered
    assert "Nottingham (unitary councils, East Midlands)" in offered
    assert app.button(key="make_place").disabled
    assert app.button(key="load_folder").disabled


def test_whoever_names_a_district_has_its_county_mapped() -> None:
    named = {council.name: england().mapped_with(council).name for council in england().councils}
    assert (named["Ipswich"], named["Suffolk"], named["Derby"]) == ("Suffolk", "Suffolk", "Derby")
    assert set(named.values()) == {council.name for council in england().upper_tier}


def test_a_folder_that_is_not_there_is_named_and_nothing_is_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(tmp_path / "empty.duckdb", monkeypatch)()
    app.text_input(key="folder_to_load").input(str(tmp_path / "nowhere")).run()
    app.button(key="load_folder").click().run()
    assert "There is no folder" in app.error[0].value
    assert len(app.status[0].error) == 0, "the reason is not folded away with the steps"
    assert app.status[0].label == "No place was loaded."
    assert app.title[0].value == "No place has been loaded yet"


@pytest.mark.slow
def test_a_place_is_made_on_the_screen_and_every_law_holds_over_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(tmp_path / "new.duckdb", monkeypatch)()
    app.selectbox(key="place_to_make").select("E2402").run()
    app.button(key="make_place").click().run(timeout=120)
    words = said(app)
    assert "Rutland" in words
    assert "Derby" not in words
    assert (tmp_path / "rutland" / "place.toml").is_file()
    from pages.shared.asking import opened as open_store

    store: Store = open_store(str(tmp_path / "new.duckdb"))
    assert years(store) == ("2016-17",)
    assert [law.law for law in check(store) if law.troubles] == []
