"""Many places side by side at the front door: ranked by what each published, with every reason why one is not compared."""

import re
import shutil
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from budget_model.access import Role
from budget_model.answers import Answers
from budget_model.exhibits import catalogue
from budget_model.exhibits.exhibit import Exhibit
from budget_model.sign_in import Way
from budget_model.store.published_places import SETTING
from budget_model.store.store import Store
from pages.shared import asking, frame, pin, signing
from pages.shared.navigation import every_page
from tests.pages.conftest import of, opened, said
from tests.several_places import places_made, send

Visit = Callable[..., AppTest]


@pytest.fixture(scope="module")
def made(empty_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = Path(
        shutil.copytree(places_made(tmp_path_factory, empty_made), tmp_path_factory.mktemp("many") / "places")
    )
    with Store(folder / "ashby.duckdb") as store:
        send(store, (("police", "8"),))  # after it was published
    return folder


@pytest.fixture
def places(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return Path(shutil.copytree(made, tmp_path / "places"))


@pytest.fixture
def visit(places: Path, monkeypatch: pytest.MonkeyPatch) -> Visit:
    """Ashby's dashboard, beside the stores of the others."""
    monkeypatch.setenv(SETTING, str(places))
    return opened(places / "ashby.duckdb", monkeypatch)


def test_places_are_ranked_by_pounds_per_resident_with_each_published_map(
    visit: Visit, unfolded: None
) -> None:
    words = said(visit("places"))
    assert (
        "Most is spent on a resident of Brook<span>: £20 in 2016-17, beside £10 in Ashby, the least of two places"
        in words
    )
    assert "three of five places published 2016-17" in words
    assert "one body in Brook, two in Ashby" in words
    assert "2 of 2" in words
    table = [re.sub("<[^>]*>", " ", row).split() for row in words.split("<tr role")[1:]]
    assert [row[1:7] for row in table[1:3]] == [
        ["1", "Brook", "20.01", "£100.05", "5", "2016"],
        ["2", "Ashby", "10.07", "£100.70", "10", "2016"],
    ]
    assert "version 1, “May”" in words


def test_no_place_is_set_beside_anothers_other_year_or_without_residents_and_the_reason_is_said(
    visit: Visit, unfolded: None
) -> None:
    words = said(visit("places"))
    assert "Cobham is not compared: version 1, “May” has no 2016-17; its years are 2017-18" in words
    assert "Dene has no rank: no residents are published with version 1, “May”" in words
    assert "Elm is not compared: it has published no map yet" in words
    other = said(visit("places", of="2017-18"))
    assert "Pounds per resident are known of Cobham alone: £1 in 2017-18" in other
    assert "Residents of 2016, money of 2017-18" in other


def test_in_all_the_places_come_to_what_each_published(visit: Visit) -> None:
    assert "Three places spend £241 together in 2016-17: Ashby most, £101 (42%)" in said(
        visit("places", told="total")
    )


def test_members_read_that_todays_map_is_another_and_visitors_what_is_published_alone(
    visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Today’s map of Ashby has £108.70 for 2016-17, and version 1, “May” has £100.70" in said(
        visit("places")
    )
    for module in (asking, frame, signing):
        monkeypatch.setattr(module, "way", lambda: Way.ACCOUNTS)
    monkeypatch.setattr(asking, "may_stay", lambda: True)
    monkeypatch.setattr(asking, "_asker", lambda _: of(Role.VISITOR))
    words = said(visit("places"))
    assert "£108.70" not in words
    assert "Elm" not in words
    assert "Most is spent on a resident of Brook" in words


def test_a_place_alone_is_told_how_to_set_another_beside_it_and_the_page_is_not_listed(
    places: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = said(opened(places / "ashby.duckdb", monkeypatch)("places"))
    assert "Ashby is the only place that is known here" in words
    assert f"{SETTING}=FOLDER" in words
    seen = {
        several: [page.visibility for page in every_page(of(Role.VISITOR), places=several)["Compare"]]
        for several in (False, True)
    }
    assert seen[True] == ["visible"] * 7
    assert seen[False] == [*["visible"] * 6, "hidden"]


def test_a_pinned_chart_says_what_the_page_says_and_follows_what_is_published_since(
    visit: Visit, places: Path, monkeypatch: pytest.MonkeyPatch, unfolded: None
) -> None:
    shown: list[Exhibit] = []
    monkeypatch.setattr(pin, "draw", lambda exhibit, key: shown.append(exhibit))
    visit("places", told="total")
    (exhibit,) = shown
    answers = Answers(asking.opened(str(places / "ashby.duckdb")), exhibit.scope)
    assert catalogue.exhibit(answers, pin.view_of(exhibit)) == exhibit
    assert exhibit.table.rows[-1][3] == Decimal("240.75")
    (places / "dene.duckdb").unlink()
    again = catalogue.exhibit(answers, pin.view_of(exhibit))
    assert isinstance(again, Exhibit)
    assert again.table.rows[-1][3] == Decimal("200.75")
