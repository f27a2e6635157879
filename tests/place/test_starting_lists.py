"""A second place set up by hand: what it leaves out is what ships for every place, or empty, and it loads."""

import shutil
from pathlib import Path

import pytest

from budget_model.place.loading import START, load
from budget_model.place.model import Place
from budget_model.place.tables import PLACE
from budget_model.problem import Refusal
from tests.place.small_place import SmallPlace

REFERENCE = Path(__file__).resolve().parents[2] / "data" / "reference"
DERBY = REFERENCE.parent / "derby"


def by_hand(folder: Path, *left_out: str) -> Place:
    """A place of which somebody has named one body and nothing else, some files left out."""
    folder.mkdir()
    shutil.copy(DERBY / "place.toml", folder)
    for table in PLACE:
        if table.file not in left_out and (DERBY / table.file).exists():
            header = (DERBY / table.file).read_text(encoding="utf-8").splitlines()[0]
            (folder / table.file).write_text(header + "\n", encoding="utf-8")
    (folder / "organisations.csv").write_text(
        "id,name,short_name,type,status,footprint,colour,note,source\n"
        "the-council,The Council,Council,council,awaited,Ourtown,#12436D,,\n",
        encoding="utf-8",
    )
    (folder / "shares.csv").write_text(
        "id,organisation,year,basis,numerator,numerator_is,denominator,denominator_is,grade,note,source\n"
        "derby-in-region,,2016-17,resident population,1,people here,20,people in the region,5,,counted\n",
        encoding="utf-8",
    )
    return load(folder, REFERENCE)


LEFT_OUT = ("areas.csv", "populations.csv", "funding_streams.csv", "themes.csv", "service_themes.csv")


def test_a_place_without_areas_people_streams_and_boards_of_its_own_loads(tmp_path: Path) -> None:
    place = by_hand(tmp_path / "ourtown", *LEFT_OUT)
    assert (place.areas, place.populations) == ((), ())
    assert "council-tax" in {stream.id for stream in place.funding_streams}
    assert [theme.name for theme in place.themes][:3] == [
        "Safer, stronger, cleaner, greener",
        "Children and young people",
        "Growth",
    ]


def test_the_boards_that_a_place_starts_with_hold_every_service_once(tmp_path: Path) -> None:
    place = by_hand(tmp_path / "ourtown", *LEFT_OUT)
    for service in place.services:
        shares = [row.share for row in place.service_themes if row.service == service.id and row.share]
        assert sum(shares) == 1, service.id


def test_nothing_that_a_place_starts_with_speaks_of_the_worked_example(tmp_path: Path) -> None:
    place = by_hand(tmp_path / "ourtown", *LEFT_OUT)
    words = [
        text for theme in place.themes for text in (theme.id, theme.name, theme.short_name, theme.description)
    ]
    assert [text for text in words if "derby" in text.lower() or "city" in text.lower().split()] == []


def test_a_list_of_the_places_own_takes_the_place_of_the_one_that_ships(small: SmallPlace) -> None:
    start = small.lists / START
    start.mkdir()
    (start / "themes.csv").write_text("not,read\n", encoding="utf-8")
    assert small.load().themes


def test_bodies_and_shares_are_nobodys_but_the_places_own(tmp_path: Path) -> None:
    with pytest.raises(Refusal):
        by_hand(tmp_path / "ourtown", *LEFT_OUT, "submissions.csv")
