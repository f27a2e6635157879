"""The first map of an English place stands on published figures: each is compared with sums made without the product."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

import pytest

from budget_model.contribute.first_map.making import FirstMap, asked_of, first_map
from budget_model.contribute.first_map.sent import YEAR, Body
from budget_model.money import NOTHING
from budget_model.place.england import RegionLine, ReturnLine, england
from budget_model.store.england import regional, returned
from budget_model.store.first_maps import first_map_of
from budget_model.vocabulary import OrganisationType


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
    group = body_of(first_map_of("Derby"), "NHS Southern Derbyshire")
    money = group.share.of(group.sheets[0].total)
    assert (
        abs(money - 255207 * Decimal("1262.13")) < 5000
    )  # £1,262.13 a head, 705,701,000 over 559,134 people


def body_of(made: FirstMap, name: str) -> Body:
    """The one body of a map whose name begins so."""
    return next(body for body in made.bodies if body.organisation.name.startswith(name))


@cache
def every_return() -> dict[str, tuple[ReturnLine, ...]]:
    lines: dict[str, list[ReturnLine]] = {}
    for line in returned([YEAR], []):
        lines.setdefault(line.ecode, []).append(line)
    return {ecode: tuple(found) for ecode, found in lines.items()}


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
        printed = {line.line: line.pounds for line in every_return()[made.council.ecode]}
        assert made.bodies[0].sheets[0].total == printed["799"], name
