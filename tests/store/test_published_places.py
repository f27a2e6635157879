"""Many places by what each published: to the penny as its own map has it, each once, and nothing else of it."""

import json
import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from budget_model.__main__ import main
from budget_model.access import GIVEN, OF_BODIES, Asker, Grant, Role
from budget_model.count.places import side_by_side
from budget_model.scope import Scope
from budget_model.store.backup import backup
from budget_model.store.published_places import SETTING, files_of_others, published_places
from budget_model.store.spending import total
from budget_model.store.store import Store
from budget_model.store.versions import differing, opened, publish, published
from tests.several_places import OTHER_YEAR, places_made, send
from tests.towns import YEAR


@pytest.fixture(scope="module")
def made(empty_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return places_made(tmp_path_factory, empty_made)


@pytest.fixture
def folder(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of all places; Ashby's store is the one that the dashboard has."""
    places = Path(shutil.copytree(made, tmp_path / "places"))
    monkeypatch.setenv(SETTING, str(places))
    monkeypatch.setenv("BUDGET_MODEL_STORE", str(places / "ashby.duckdb"))
    return places


def test_places_come_to_what_each_has_on_its_own_published_map_to_the_penny(folder: Path) -> None:
    with Store(folder / "ashby.duckdb") as store:
        places = side_by_side(published_places(store, files_of_others()))
    own = Decimal(0)
    for one in places.published:
        with Store(folder / f"{one.place.id}.duckdb") as theirs:
            assert one.of.total == total(opened(theirs, one.map.number), Scope(year=YEAR)).total
            own += one.of.total
    assert places.total == own == Decimal("240.75")
    assert [
        (standing.place.name, standing.of.total, standing.of.per_head) for standing in places.published
    ] == [
        ("Brook", Decimal("100.05"), Decimal("20.01")),
        ("Ashby", Decimal("100.70"), Decimal("10.07")),
        ("Dene", Decimal(40), None),
    ]
    assert places.per_head == Decimal("13.38")  # £200.75 for 15 people


def test_a_place_is_compared_with_none_of_another_year_and_the_reason_is_said(folder: Path) -> None:
    with Store(folder / "ashby.duckdb") as store:
        known = published_places(store, files_of_others())
    assert known.usual_year == YEAR
    assert known.years == (OTHER_YEAR, YEAR)
    apart = {apart.place.name: apart.reason for apart in side_by_side(known).apart}
    assert apart == {
        "Cobham": "version 1, “May” has no 2016-17; its years are 2017-18",
        "Elm": "it has published no map yet",
    }
    assert [standing.place.name for standing in side_by_side(known, OTHER_YEAR).published] == ["Cobham"]


def test_what_a_place_did_not_publish_is_not_in_its_figure_until_it_publishes_again(folder: Path) -> None:
    with Store(folder / "brook.duckdb") as brook:
        send(brook, (("nhs", "900"),))
    with Store(folder / "ashby.duckdb") as store:
        assert side_by_side(published_places(store, files_of_others())).published[0].of.total == Decimal(
            "100.05"
        )
    with Store(folder / "brook.duckdb") as brook:
        publish(brook, "June", by="Ann")
        assert differing(brook) == ()
    with Store(folder / "ashby.duckdb") as store:
        first = side_by_side(published_places(store, files_of_others())).published[0]
    assert (first.map.name, first.of.total, first.of.bodies) == ("June", Decimal("1000.05"), 2)
    assert [published_map.name for published_map in first.place.maps] == ["June", "May"]


@pytest.mark.parametrize("role", GIVEN)
def test_every_role_sees_what_is_published_and_a_visitor_no_place_that_has_published_nothing(
    folder: Path, role: Role
) -> None:
    with Store(folder / "ashby.duckdb") as store:
        asker = Asker("Pat", "pat@x.example", (Grant(role, "council" if role in OF_BODIES else ""),))
        known = published_places(store.asked_by(asker), files_of_others())
    names = {place.name for place in known.known}
    assert names == {"Ashby", "Brook", "Cobham", "Dene"} | (set() if role is Role.VISITOR else {"Elm"})
    assert "Ann" not in str(known)  # who published is known to the place alone


def test_a_backup_stands_for_its_store_and_a_place_in_several_files_counts_once(folder: Path) -> None:
    with Store(folder / "brook.duckdb") as brook:
        backup(brook, folder)
        send(brook, (("nhs", "900"),))
        publish(brook, "June", by="Ann")
    (folder / "words.duckdb").write_text("no store")
    with Store(folder / "ashby.duckdb") as store:
        backup(store, folder)
        known = published_places(store, files_of_others())
    assert [place.name for place in known.known] == ["Ashby", "Brook", "Cobham", "Dene", "Elm"]
    assert [len(place.maps) for place in known.known if place.name == "Brook"] == [2]
    assert len(known.not_read) == 1
    assert known.not_read[0].startswith("words.duckdb of places could not be read")
    (folder / "brook.duckdb").unlink()
    with Store(folder / "ashby.duckdb") as store:
        known = published_places(store, files_of_others())
    assert [len(place.maps) for place in known.known if place.name == "Brook"] == [1]


def test_two_places_of_one_id_are_not_taken_for_one_in_silence(folder: Path) -> None:
    with Store(folder / "brook.duckdb") as brook, brook.writing() as writer:
        writer.execute("update setting set value = '\"ashby\"' where name = 'id'")
    with Store(folder / "ashby.duckdb") as store:
        known = published_places(store, files_of_others())
    assert "Brook" not in {place.name for place in known.known}
    assert known.not_read == (
        "Brook is left out: its id, ashby, is that of Ashby. Give it one of its own in place.toml.",
    )


def test_a_version_that_was_published_without_residents_is_whole_and_has_no_rank(folder: Path) -> None:
    with Store(folder / "ashby.duckdb") as store:
        (known,) = published(store)
        figures = {name: value for name, value in known.figures.items() if "residents" not in name}
        assert len(known.figures) - len(figures) == 2
        with store.writing() as writer:
            writer.execute("update map_version set figures = $figures", {"figures": json.dumps(figures)})
        assert differing(store) == ()
        places = side_by_side(published_places(store, files_of_others()))
        assert [standing.place.name for standing in places.ranked] == ["Brook"]
        with store.writing() as writer:
            other = json.dumps({**known.figures, "2016-17 residents": "11"})
            writer.execute("update map_version set figures = $figures", {"figures": other})
        assert differing(store) == (
            "In version 1, “May”, 2016-17 residents was published as 11 and is 10 now.",
        )


def test_the_command_without_stores_prints_what_each_published(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["places", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert (document["year"], document["total"], document["per_head"]) == (YEAR, "240.75", "13.38")
    assert [one["place"] for one in document["places"]] == ["Brook", "Ashby", "Dene"]
    assert [one["place"] for one in document["not_compared"]] == ["Cobham", "Elm"]
    assert document["places"][0]["versions"][0]["name"] == "May"
    assert main(["places"]) == 0
    printed = capsys.readouterr().out
    assert "£20.01 a head  version 1, “May” of " in printed
    assert "Cobham                       version 1, “May” has no 2016-17" in printed
    assert main(["places", "--year", "2031-32"]) == 1
    assert "The years that are published are 2016-17, 2017-18" in capsys.readouterr().err
