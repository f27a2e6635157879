"""What the national returns and the regional analysis print, against the totals that the publications print."""

from decimal import Decimal

import pytest

from budget_model.place.england import england
from budget_model.problem import Refusal
from budget_model.store.england import regional, returned

TOTALS = ("699", "799")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("year", "thousand"),
    [
        ("2012-13", "91072348"),
        ("2014-15", "91198676"),
        ("2015-16", "90633719.371"),
        ("2016-17", "90923138"),
        ("2017-18", "89791256.3"),
    ],
)
def test_the_authorities_of_each_year_make_the_printed_total_of_england(year: str, thousand: str) -> None:
    total = sum(line.pounds for line in returned([year], []) if line.line in TOTALS)
    assert (
        abs(total - Decimal(thousand) * 1000) <= 300
    )  # 2015-16 and 2017-18 print parts of a thousand, rounded


@pytest.mark.parametrize(
    ("year", "pounds"),
    [
        ("2012-13", "377431000.00"),
        ("2014-15", "385232000.00"),
        ("2015-16", "390044699.27"),
        ("2016-17", "390292000.00"),
        ("2017-18", "391952535.21"),
    ],
)
def test_derbys_council_spends_on_services_what_each_return_prints(year: str, pounds: str) -> None:
    printed = {line.line: line.pounds for line in returned([year], ["E1001"])}
    total = printed.get("799", printed.get("699"))
    assert total == Decimal(pounds)


@pytest.mark.parametrize(
    ("year", "thousand"),
    [
        ("2013-14", 37031866),
        ("2014-15", 38191066),
        ("2015-16", 38590862),
        ("2016-17", 39155031),
        ("2017-18", 40024087),
    ],
)
def test_the_rows_of_the_east_midlands_make_its_published_total(year: str, thousand: int) -> None:
    assert sum(line.pounds for line in regional("East Midlands", year)) == thousand * 1000


def test_every_upper_tier_council_has_residents_a_region_and_its_neighbours() -> None:
    lists = england()
    assert len(lists.upper_tier) == 152
    assert all(lists.residents[council.ecode] and council.region for council in lists.upper_tier)
    assert [body.name for body in lists.serving("E1001")] == [
        "Derbyshire Combined Fire and Rescue Authority",
        "Derbyshire Police and Crime Commissioner and Chief Constable",
    ]


def test_a_groups_people_are_all_of_them_in_some_councils_area() -> None:
    lists = england()
    for group in lists.groups:
        parts = [row.people for row in lists.group_footprints if row.group == group.name]
        assert sum(parts) == group.people
        assert min(parts) > 0


def test_a_district_is_refused_with_the_name_of_its_county() -> None:
    with pytest.raises(Refusal, match="Amber Valley is a district of Derbyshire"):
        england().place_called("Amber Valley")


def test_a_name_is_understood_as_people_type_it() -> None:
    lists = england()
    assert lists.place_called("city of nottingham").ecode == "E3001"
    assert lists.place_called("bath and north-east somerset").ecode == "E0101"
    assert lists.place_called("E06000015").ecode == "E1001"


def test_an_unknown_name_is_refused_with_the_nearest_names() -> None:
    with pytest.raises(Refusal, match="Nottingham"):
        england().place_called("Notingham")


def test_the_children_of_a_regions_councils_are_the_regions() -> None:
    # the published regional totals of mid-2012 and mid-2017; in the South West three councils are not stated
    lists = england()
    printed = {
        "North East": (524101, 522766),
        "North West": (1503870, 1540500),
        "Yorkshire and The Humber": (1131201, 1146086),
        "East Midlands": (955958, 981740),
        "West Midlands": (1243801, 1279880),
        "East of England": (1264465, 1312297),
        "London": (667346 + 1180401, 681840 + 1249798),
        "South East": (1871286, 1917773),
    }
    for region, totals in printed.items():
        rows = [row for row in lists.children if lists.authority(row.ecode).region == region]
        assert (sum(row.mid_2012 for row in rows), sum(row.mid_2017 for row in rows)) == totals, region


def test_children_are_counted_between_the_two_years_and_not_outside_them() -> None:
    assert england().children_of("E1001", "2012-13") == 57415
    assert england().children_of("E1001", "2021-22") is None
    assert england().children_of("E1202", "2016-17") is None
