"""Many places side by side: each counts once, and what is not known of one is in no sum."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from budget_model.__main__ import main
from budget_model.problem import Refusal
from budget_model.store.backup import backup
from budget_model.store.national import national
from budget_model.store.store import Store
from tests.several_places import OTHER_YEAR, made, send
from tests.towns import YEAR


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ...]:
    """A town of 10 people and £100, published at £90; one of 5 and £100; and one of another year that nobody counted."""
    folder = tmp_path_factory.mktemp("places")
    long = made(folder / "Longtown.duckdb", "Longtown", 10, (("council", "90"),))
    with Store(long) as store:
        send(store, (("nhs", "10"),))
    return (
        long,
        made(folder / "Shorttown.duckdb", "Shorttown", 5, (("council", "100"),), published=""),
        made(folder / "Latetown.duckdb", "Latetown", 0, (("council", "7"),), year=OTHER_YEAR, published=""),
    )


def test_each_place_counts_once_and_is_divided_by_its_own_people(places: tuple[Path, ...]) -> None:
    found = national(places, YEAR)
    assert [(row.place, row.total, row.per_head) for row in found.places] == [
        ("Shorttown", 100, 20),
        ("Longtown", 100, 10),
        ("Latetown", None, None),
    ]
    assert found.total == 200
    assert found.per_head == Decimal("13.33")
    assert len(found.counted) == 2
    assert [row.organisations for row in found.places] == [1, 2, 0]


def test_each_place_is_told_with_the_map_that_it_published_last(places: tuple[Path, ...]) -> None:
    published = {row.place: (row.version, row.published_total) for row in national(places, YEAR).places}
    assert published["Longtown"][0].name == "May"
    assert published["Longtown"][1] == 90
    assert published["Shorttown"] == (None, None)


def test_without_a_year_the_latest_that_all_have_is_taken_or_one_is_asked_for(
    places: tuple[Path, ...],
) -> None:
    assert national(places[:2]).year == YEAR
    with pytest.raises(Refusal, match="no year in common"):
        national(places)
    with pytest.raises(Refusal, match=f"No map of these has 2031-32. The years on them are .*{YEAR}"):
        national(places, "2031-32")


def test_a_place_twice_or_what_is_no_store_is_refused(places: tuple[Path, ...], tmp_path: Path) -> None:
    with Store(places[0]) as store:
        kept = backup(store, tmp_path).folder
    assert national([kept, places[1]]).total == 200
    with pytest.raises(Refusal, match="counts once"):
        national([kept, places[0]], YEAR)
    (tmp_path / "words.txt").write_text("no store")
    with pytest.raises(Refusal, match="Give a backup of it"):
        national([tmp_path / "words.txt"])
    with pytest.raises(Refusal, match="neither a store"):
        national([tmp_path / "none.duckdb"])


def test_the_command_prints_every_place_and_changes_no_store(
    places: tuple[Path, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    before = [path.read_bytes() for path in places]
    assert main(["places", *map(str, places), "--year", YEAR, "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert (document["total"], document["per_head"], document["places_with_the_year"]) == (
        "200.00",
        "13.33",
        2,
    )
    assert document["places"][2]["total"] is None
    assert main(["places", *map(str, places), "--year", YEAR]) == 0
    printed = capsys.readouterr().out
    assert "version 1, “May”" in printed
    assert "2 of 3 places" in printed
    assert [path.read_bytes() for path in places] == before
