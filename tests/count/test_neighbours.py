"""A body beside others of its kind: ranks, medians and pounds apart, on figures that are added up in the head."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budget_model.count.neighbours import (
    ALL,
    Peers,
    Quarter,
    Standing,
    by_group,
    by_line,
    peers_of,
    standings,
)
from budget_model.place.england import england

COUNCIL = england().authority("E1001")
PEERS = Peers("own", "of a list", ("E2", "E3", "E4"))
RESIDENTS = {"E1": Decimal(100), "E2": Decimal(100), "E3": Decimal(50), "E4": Decimal(10)}


def pounds(**by_body: int) -> dict[str, dict[str, Decimal]]:
    """What each body spends on parks."""
    return {body: {"parks": Decimal(amount)} for body, amount in by_body.items()}


def test_the_median_the_rank_and_the_pounds_between_are_per_resident() -> None:
    # £9, £5, £8 and £2 per resident: the others' median is £5, and £4 each for 100 residents is £400
    one = standings("E1", PEERS, pounds(E1=900, E2=500, E3=400, E4=20), RESIDENTS)[0]
    assert (one.own, one.median, one.rank, one.of) == (9, 5, 1, 4)
    assert one.apart == 400
    assert one.quarter is Quarter.HIGHEST


def test_a_body_that_spends_least_is_in_the_lowest_quarter() -> None:
    one = standings("E1", PEERS, pounds(E1=100, E2=500, E3=400, E4=20), RESIDENTS)[0]
    assert (one.rank, one.quarter, one.apart) == (4, Quarter.LOWEST, -400)


def test_a_body_that_prints_no_figure_is_left_out_and_never_counted_as_zero() -> None:
    one = standings("E1", PEERS, pounds(E1=900, E2=500), RESIDENTS)[0]
    assert (one.of, one.median) == (2, 5)


def test_a_body_whose_own_figure_is_not_known_has_no_standing() -> None:
    assert standings("E1", PEERS, pounds(E2=500, E3=400), RESIDENTS) == ()


def test_a_body_without_residents_has_no_standing() -> None:
    assert standings("E9", PEERS, pounds(E9=500, E3=400), RESIDENTS) == ()


def test_what_is_furthest_from_the_median_comes_first() -> None:
    amounts = {
        "E1": {"parks": Decimal(900), "roads": Decimal(100)},
        "E2": {"parks": Decimal(800), "roads": Decimal(900)},
    }
    assert [standing.key for standing in standings("E1", PEERS, amounts, RESIDENTS)] == ["roads", "parks"]


def test_all_services_of_a_council_leave_education_police_and_fire_out() -> None:
    printed = [
        ("E1", "190", Decimal(50)),
        ("E1", "330", Decimal(20)),
        ("E1", "602", Decimal(10)),
        ("E1", "799", Decimal(80)),
    ]
    assert by_group(COUNCIL, printed)["E1"] == {"190": Decimal(50), "330": Decimal(20), ALL: Decimal(20)}


def test_all_services_of_a_fire_authority_are_its_whole_total() -> None:
    fire = england().authority("E6110")
    printed = [("E6110", "602", Decimal(30)), ("E6110", "799", Decimal(34))]
    assert by_group(fire, printed)["E6110"] == {ALL: Decimal(34)}


def test_a_line_is_shared_between_the_boards_that_it_belongs_to() -> None:
    half = Decimal("0.5")
    printed = [("E1", "475", Decimal(10)), ("E1", "510", Decimal(7)), ("E1", "799", Decimal(17))]
    belongs = {"475": [("safer", half), ("health", half)], "510": [("safer", Decimal(1))]}
    assert by_line(printed, belongs)["E1"] == {"safer": Decimal(12), "health": Decimal(5)}


def test_derby_has_its_class_its_region_and_three_published_schemes_beside_it() -> None:
    peers = {peers.key: peers for peers in peers_of(COUNCIL, england())}
    assert list(peers) == ["class", "region", "dfe-2021", "dfe-2025", "oflog-2024"]
    assert len(peers["class"].ecodes) == 55
    assert "E1021" in peers["region"].ecodes
    assert len(peers["dfe-2025"].ecodes) == 10


def test_a_district_is_beside_districts_alone() -> None:
    lists = england()
    district = next(authority for authority in lists.authorities if authority.name == "Amber Valley")
    region = next(peers for peers in peers_of(district, lists) if peers.key == "region")
    assert {lists.authority(code).kind for code in region.ecodes} == {district.kind}


amounts = st.integers(0, 10_000).map(Decimal)


@given(own=amounts, others=st.lists(amounts, min_size=1, max_size=12))
def test_who_spends_more_than_the_median_is_in_the_upper_half(own: Decimal, others: list[Decimal]) -> None:
    peers = tuple(
        sorted(((str(place), amount) for place, amount in enumerate(others)), key=lambda pair: -pair[1])
    )
    one = Standing("parks", own, peers, Decimal(1))
    assert 1 <= one.rank <= one.of == len(others) + 1
    assert (one.apart > 0) == (own > one.median)
    if one.apart > 0:
        assert one.rank <= (one.of + 1) / 2


@pytest.mark.parametrize("year", ["2012-13", "2016-17", "2017-18"])
def test_residents_lie_between_the_two_censuses(year: str) -> None:
    people = england().residents_of(COUNCIL, year)
    assert 248_752 < people < 261_000
