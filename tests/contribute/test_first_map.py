"""The first map of an English place stands on published figures: each is compared with sums made without the product."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import SimpleNamespace

import pytest

from budget_model.__main__ import main
from budget_model.contribute.first_map.health import commissioning_bodies
from budget_model.contribute.first_map.making import FirstMap, asked_of, first_map
from budget_model.contribute.first_map.sent import YEAR, Body
from budget_model.contribute.first_map.writing import submissions_of
from budget_model.money import NOTHING
from budget_model.place.columns import LONGEST_ID
from budget_model.place.england import Authority, RegionLine, ReturnLine, england
from budget_model.place.reading import ID
from budget_model.scope import Scope
from budget_model.store import first_maps
from budget_model.store.england import regional, returned
from budget_model.store.first_maps import first_map_of
from budget_model.store.spending import total
from budget_model.store.store import Store
from budget_model.vocabulary import OrganisationType
from tests.sampled import sampled
from tools import make_every_place


@dataclass(frozen=True)
class Hand:
    """Pounds added up from the published workbooks in a spreadsheet, before any share."""

    services: int
    housing_account: int
    housing_benefit: int
    commissioning: int
    learning: int
    centre: int


BY_HAND = {
    "Nottingham": Hand(452078000, 0, 150189000, 446243000, 46640852, 30068102000),
    "Hertfordshire": Hand(1575415000, -12398000, 366866000, 1554539000, 131762206, 37577815000),
    "Kent": Hand(1950337000, 5443000, 496776000, 1999563000, 131605514, 54126120000),
    "Liverpool": Hand(796794000, 0, 261123000, 807364000, 34720358, 51033034000),
    "Tower Hamlets": Hand(708151000, 0, 268039000, 388134000, 64247575, 57781309000),
    "Cumbria": Hand(694498000, 133000, 124263000, 763749000, 29325134, 51033034000),
    "Northumberland": Hand(442904000, -5009000, 81786000, 476123000, 10907941, 18975345000),
    "Wiltshire": Hand(551174000, -976000, 115350000, 614292000, 36849387, 36069690000),
    "Leeds": Hand(1104805000, 7115000, 273609000, 1088264000, 73091670, 35855350000),
    "Stoke-on-Trent": Hand(377134000, 3772000, 92144000, 402605000, 21818353, 39024988000),
}
"""Ten places: cities, counties with their districts, London, and counties that run their own fire service."""


def pounds_of(made: FirstMap, part: str, *kinds: OrganisationType) -> Decimal:
    """Pounds of one part of the bodies of some kinds, Greater London's aside, which serves every borough."""
    return sum(
        (
            sheet.total
            for body in made.bodies
            if body.organisation.type in kinds and body.share.id != "greater-london-authority-residents"
            for sheet in body.sheets
            if sheet.part == part
        ),
        NOTHING,
    )


@pytest.mark.parametrize("place", BY_HAND)
def test_a_first_map_is_the_sum_of_what_is_published(place: str) -> None:
    made, hand = first_map_of(place), BY_HAND[place]
    council = OrganisationType.COUNCIL
    assert pounds_of(made, "revenue", council) == hand.services
    assert pounds_of(made, "housing revenue account", council) == hand.housing_account
    assert pounds_of(made, "housing benefit", council) == hand.housing_benefit
    assert pounds_of(made, "allocation", OrganisationType.NHS) == hand.commissioning
    learning = (OrganisationType.COLLEGE, OrganisationType.SCHOOL)
    assert pounds_of(made, "16 to 19 allocation", *learning) == hand.learning
    centre = OrganisationType.CENTRAL_DEPARTMENT
    assert pounds_of(made, "identifiable spending in the region", centre) == hand.centre


def test_a_force_is_the_places_by_its_residents() -> None:
    police = body_of(first_map_of("Nottingham"), "Nottinghamshire Police")
    assert police.sheets[0].total == 186561000
    # residents at mid-2016 between the censuses of 305,680 and 322,400, and of 785,802 and 823,000
    assert police.share.numerator == 314492
    assert police.share.denominator == 314492 + 805406


def test_a_body_that_serves_the_place_alone_is_all_the_places() -> None:
    police = body_of(first_map_of("Hertfordshire"), "Hertfordshire Police")
    assert police.share.value == 1


def test_a_groups_money_is_the_places_people_times_its_allocation_a_head() -> None:
    # £664,254,000 of 2016-17 over 527,809 residents is £1,258.51 a head; 256,203 live in Derby
    group = body_of(first_map_of("Derby"), "NHS Southern Derbyshire")
    assert abs(group.share.of(group.sheets[0].total) - 256203 * Decimal("1258.512")) < 1000
    assert (group.sheets[0].figures_year, group.sheets[0].grade) == ("", 4)
    assert "2016-17" in group.sheets[0].source


def test_a_groups_figure_of_another_year_says_so_and_is_a_judgement() -> None:
    group = body_of(first_map_of("Nottingham"), "NHS Nottingham City")
    assert group.sheets[0].grade == 6
    assert group.sheets[0].figures_year == "not stated, and not 2016-17"
    assert "is not 2016-17" in group.organisation.note
    assert "not stated, and not 2016-17" in group.funding[0].source


def test_every_english_place_says_of_which_year_its_health_figures_are() -> None:
    # four groups of Derbyshire have a figure of 2016-17, and no other has
    of_year = {group.name for group in england().groups if group.year}
    assert of_year == {
        f"NHS {name} CCG" for name in ("Southern Derbyshire", "North Derbyshire", "Hardwick", "Erewash")
    }
    for council in england().upper_tier:
        for body in commissioning_bodies(council, england()):
            (sheet,) = body.sheets
            assert (sheet.grade, bool(sheet.figures_year)) in ((4, False), (6, True)), council.name
            assert sheet.figures_year in sheet.source


def body_of(made: FirstMap, name: str) -> Body:
    """The one body of a map whose name begins so."""
    return next(body for body in made.bodies if body.organisation.name.startswith(name))


@cache
def every_return() -> dict[str, tuple[ReturnLine, ...]]:
    lines: dict[str, list[ReturnLine]] = {}
    for line in returned([YEAR], []):
        lines.setdefault(line.ecode, []).append(line)
    return {ecode: tuple(line) for ecode, line in lines.items()}


@cache
def every_region(region: str) -> tuple[RegionLine, ...]:
    return regional(region, YEAR)


def every_map() -> Iterator[FirstMap]:
    """The first map of every council's area in England."""
    lists = england()
    for council in lists.upper_tier:
        lines = [line for ecode in asked_of(council, lists) for line in every_return().get(ecode, ())]
        yield first_map(council, lists, lines, every_region(council.region))


@pytest.mark.slow
def test_every_english_place_has_a_first_map_that_adds_up() -> None:
    for made in every_map():
        name = made.council.name
        bodies = {body.id for body in made.bodies}
        assert len(bodies) == len(made.bodies), name
        assert sum((part.region_amount for part in made.benchmark_parts), NOTHING) == made.benchmark.amount, (
            name
        )
        assert all(0 < body.share.value <= 1 for body in made.bodies), name
        assert {transfer.payer for transfer in made.transfers} <= bodies, name
        sent = [planned.id for planned in submissions_of(made)]
        passed = [transfer.id for transfer in made.transfers]
        shares = [body.share.id for body in made.bodies]
        named = (*sent, *bodies, *passed, *shares, made.id)
        assert (len(set(sent)), len(set(passed))) == (len(sent), len(passed)), name
        assert all(ID.fullmatch(each) and len(each) <= LONGEST_ID for each in named), name
        printed = {line.line: line.pounds for line in every_return()[made.council.ecode]}
        assert made.bodies[0].sheets[0].total == printed["799"], name


@pytest.mark.slow
def test_a_county_with_its_districts_is_made_and_loaded_and_every_law_holds_over_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BUDGET_MODEL_STORE", str(tmp_path / "store.duckdb"))
    assert main(["new-place", "Cumbria", "--folder", str(tmp_path / "cumbria"), "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["place"] == "Cumbria"
    assert main(["check"]) == 0
    capsys.readouterr()
    made = first_map_of("Cumbria")
    shared = sum((body.share.of(sheet.total) for body in made.bodies for sheet in body.sheets), NOTHING)
    with Store(tmp_path / "store.duckdb") as store:
        whole = total(store, Scope(YEAR))
    assert abs(whole.gross - shared) < 10  # a line is rounded to the penny, and there are about 900 of them
    assert whole.unmapped == 0
    assert answer["total"] == str(whole.total)


@pytest.mark.slow
@pytest.mark.parametrize("council", sampled(england().upper_tier, every=76), ids=lambda council: council.name)
def test_a_place_is_made_and_loaded_and_every_law_holds_over_it(council: Authority, tmp_path: Path) -> None:
    place = make_every_place.made(council.ecode, tmp_path)
    assert place.fails == ()
    assert (place.bodies > 0, place.total > 0, place.unmapped) == (True, True, 0)


def test_a_place_that_is_there_already_is_not_written_over(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mine.txt").write_text("kept", encoding="utf-8")
    assert main(["new-place", "Rutland", "--folder", str(tmp_path), "--write-only"]) == 1
    assert "nothing was changed" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_where_no_folder_can_be_written_a_sentence_says_so_and_in_a_container_it_stands_beside_the_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    made: list[Path] = []
    monkeypatch.setattr(first_maps, "first_map_of", lambda _: SimpleNamespace(id="nottingham"))
    monkeypatch.setenv("BUDGET_MODEL_STORE", str(tmp_path / "budget.duckdb"))
    (tmp_path / "file").write_text("no folder")
    assert main(["new-place", "Nottingham", "--write-only", "--folder", str(tmp_path / "file" / "here")]) == 1
    assert "cannot be written (Not a directory). Nothing was loaded." in capsys.readouterr().err
    monkeypatch.setattr("os.access", lambda *_: False)
    monkeypatch.setattr(first_maps, "write_folder", lambda _, folder: made.append(folder))
    assert main(["new-place", "Nottingham", "--write-only"]) == 0
    assert made == [tmp_path / "nottingham"]
