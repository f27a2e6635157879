"""A neighbourhood manager asks what is spent in one area, and how sure that is."""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from budget_model.__main__ import main
from budget_model.answers import Answers
from budget_model.exhibits import catalogue
from budget_model.exhibits.exhibit import Exhibit
from budget_model.exhibits.figures import AreaMap
from budget_model.place.model import AreaGrant
from budget_model.scope import Scope
from budget_model.store.places import keep_place
from budget_model.store.store import Store
from budget_model.store.voluntary import keep_file
from pages.shared.drawn import Room, drawn
from tests.count.test_by_area import AREAS, MEASURES, WEIGHTS
from tests.pages.conftest import opened, said
from tests.together.test_voluntary import grant, grants
from tests.towns import YEAR, line, receive, submission, town

Visit = Callable[..., AppTest]
OUTLINED = tuple(
    replace(
        area,
        outline={"north": "0 1, 2 1, 2 2, 0 2", "south": "0 0, 2 0, 2 1, 0 1", "n2": "0 1, 1 1, 1 2"}.get(
            area.id, ""
        ),
    )
    for area in AREAS
)
GRANTS = (AreaGrant("A Trust", 2016, "north", 2, Decimal(3_000), "published"),)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A town of £1,000 for everybody, £400 for older people, £200 for one ward and £70 of roads."""
    made = tmp_path_factory.mktemp("areas") / "store.duckdb"
    with Store(made) as store:
        with store.writing() as writer:
            keep_place(
                writer,
                town(areas=OUTLINED, area_measures=MEASURES, area_weights=WEIGHTS, area_grants=GRANTS),
            )
        lines = [
            line("Wardens", 1000, "safety"),
            line("Home care", 400, "care"),
            line("South wardens", 200, "safety", area="south"),
            line("Roads", 70, "roads"),
        ]
        receive(store, submission("council", lines), b"book", by="Ann")
    return made


@pytest.fixture
def visit_town(path: Path, monkeypatch: pytest.MonkeyPatch) -> Visit:
    return opened(path, monkeypatch)


def test_one_area_is_answered_in_a_sentence_with_its_grade(visit_town: Visit) -> None:
    # The Hill: 50 of 100 residents of £1,000, 30 of 40 older people of £400, and all of the south's £200
    words = said(visit_town("areas"))
    assert "About £1,000 of 2016-17 is for The Hill, £20 for each of 50 residents" in words
    assert "it may be £824 to £1,176 (data quality grade 5 of 6), 20% of it a body’s own figure" in words
    assert (
        "It was worked out 20% by a body’s own figure, 30% by the age group that a service is for and 50% by residents"
        in words
    )
    assert "Everywhere else in Anytown has £12 for each resident" in words


def test_the_map_says_its_span_what_is_not_placed_and_the_priority_neighbourhoods_beside_the_rest(
    visit_town: Visit,
) -> None:
    words = said(visit_town("areas", area="north"))
    # South: £200 + £300 + £200 for 20 residents; North: £800 + £100 for 80
    assert "South has an estimated £35 for each resident, North £11" in words
    assert "About £900 of 2016-17 is for North" in words
    assert words.count("£70 more serves the whole place or beyond, and is in no area’s figure") == 4
    assert "The Hill has an estimated £20 for each resident, the rest of Anytown £12" in words
    assert "£8 more" in words
    assert "One funder made 2 grants of £3,000 to organisations in Anytown, 100% of it in North" in words


def test_the_map_draws_each_ward_once_with_nothing_fetched(path: Path) -> None:
    with Store(path) as store:
        shown = catalogue.show(Answers(store, Scope(year=YEAR)), "areas", "ward~~head")
    assert isinstance(shown, Exhibit)
    assert isinstance(shown.figure, AreaMap)
    assert [(shape.mark.name, len(shape.rings)) for shape in shown.figure.shapes] == [
        ("South", 1),
        ("North", 1),
    ]
    assert [row[0] for row in shown.table.rows] == ["South", "North", "Placed in no area", "Total"]
    assert shown.table.rows[-1][1] == 1670


def test_small_areas_are_named_beside_the_map_with_a_line_to_each(path: Path) -> None:
    with Store(path) as store:
        shown = catalogue.show(Answers(store, Scope(year=YEAR)), "areas", "priority neighbourhood~~head")
    assert isinstance(shown, Exhibit)
    picture = drawn(shown.figure, (), Room())
    assert picture is not None
    assert [note.text for note in picture.layout.annotations] == ["The Hill<br><b>£20</b>"]


def test_a_board_or_a_service_alone_can_be_asked_for(visit_town: Visit) -> None:
    assert "South has an estimated £15 of Adult social care for each resident" in said(
        visit_town("areas", of="service:care")
    )


def test_the_command_answers_with_the_same_figures(
    path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BUDGET_MODEL_STORE", str(path))
    assert main(["areas", "--area", "The Hill", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["areas"][0]["by"] == {"direct": "200.00", "age group": "300.00", "residents": "500.00"}
    assert told["not_placed"] == "70.00"
    assert main(["areas", "--area", "Atlantis"]) == 1
    assert "There is no area 'Atlantis'" in capsys.readouterr().err


def test_a_place_without_areas_is_told_what_to_give(visit: Visit) -> None:
    assert "Nothing can be said by area" in said(visit("areas"))


def test_a_grant_lands_in_the_ward_that_its_file_names_and_takes_the_place_of_its_funders_published_sum(
    path: Path, tmp_path: Path
) -> None:
    coded = {"anytown": "E06000001", "north": "E05000001", "south": "E05000002", "s1": "E01000003"}
    areas = tuple(replace(area, ons_code=coded.get(area.id, "")) for area in OUTLINED)
    published = (*GRANTS, replace(GRANTS[0], year=2023, amount=Decimal(9_999)))
    file = grants(
        grant(
            "1",
            4_000,
            **{"beneficiary_location:0:geographic_code": "E05000001", "funding_org:name": "A Trust"},
        ),
        grant("2", 1_000, **{"beneficiary_location:0:geographic_code": "E01000003"}),
        grant("3", 500, **{"beneficiary_location:0:geographic_code": "E06000001"}),
        grant("4", 70, **{"beneficiary_location:0:geographic_code": "E05999999"}),
    )
    with Store(Path(shutil.copy(path, tmp_path / "store.duckdb"))) as store:
        with store.writing() as writer:
            keep_place(writer, town(areas=areas, area_grants=published))
        keep_file(store, file, by="Ann")
        shown = catalogue.show(Answers(store, Scope(year=YEAR)), "area-grants")
    assert isinstance(shown, Exhibit)
    # £3,000 as published for 2016, £4,000 loaded for 2023 in place of £9,999, £1,000 of a small area of the south
    assert [row[:5] for row in shown.table.rows] == [
        ("A Trust", 2016, "North", 2, 3_000),
        ("A Trust", 2023, "North", 1, 4_000),
        ("Big Fund", 2023, "South", 1, 1_000),
        ("Total", None, "", 4, 8_000),
    ]
    assert "£500 more is known under Third sector without an area." in shown.why
