"""Money reaches the parts of a place by the best rung there is, and the parts make the whole to the penny."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from budget_model.count.by_area import ByArea, by_area, leaves_of
from budget_model.count.results import Cell
from budget_model.exhibits.by_area import makes_whole, needier
from budget_model.place.model import Area, AreaMeasure, AreaWeight, Place
from budget_model.vocabulary import AreaBasis
from tests.towns import town

NORTH, SOUTH, HILL = "north", "south", "hill"
AREAS = (
    Area("anytown", "Anytown", "city", "E1", "", ""),
    Area(HILL, "The Hill", "priority neighbourhood", "", "anytown", "named by the council"),
    Area(NORTH, "North", "ward", "", "anytown", ""),
    Area(SOUTH, "South", "ward", "", "anytown", ""),
    Area("n1", "North 1", "small area", "", NORTH, ""),
    Area("n2", "North 2", "small area", "", NORTH, "", (HILL,)),
    Area("s1", "South 1", "small area", "", SOUTH, "", (HILL,)),
)
MEASURES = (
    AreaMeasure("residents", "Residents", AreaBasis.RESIDENTS, 5, (), "people", "", "counted"),
    AreaMeasure("older", "People of 65 and over", AreaBasis.AGE_GROUP, 4, ("care",), "people", "", "counted"),
    AreaMeasure("deprived", "Most deprived", AreaBasis.NEED, 3, (), "people", "", "counted"),
    AreaMeasure(
        "nowhere", "The whole town", AreaBasis.NOT_PLACED, 5, ("roads",), "nothing", "", "our reading"
    ),
)
COUNTS = {"residents": (50, 30, 20), "older": (10, 0, 30), "deprived": (0, 30, 0)}
WEIGHTS = tuple(
    AreaWeight(area, measure, Decimal(amount))
    for measure, amounts in COUNTS.items()
    for area, amount in zip(("n1", "n2", "s1"), amounts, strict=True)
)

WHOLE_PLACE = "whole place"
"""The area of a line that names none."""


def place() -> Place:
    return replace(town(), areas=AREAS, area_measures=MEASURES, area_weights=WEIGHTS)


def money(*cells: tuple[str, str, int, str]) -> ByArea:
    """The money of (service, area, grade, pounds) by area."""
    areas = by_area(
        [
            Cell((service, "safer", area, str(grade)), Decimal(amount))
            for service, area, grade, amount in cells
        ],
        place(),
    )
    assert areas is not None
    return areas


def amount(areas: ByArea, area: str) -> Decimal:
    one = areas.named(area)
    assert one is not None
    return areas.figure(one).amount


def test_money_of_a_service_for_everybody_goes_by_residents() -> None:
    # £1,000 for 100 residents: 80 of them in the north, 50 of them on the hill
    areas = money(("safety", WHOLE_PLACE, 2, "1000"))
    assert (amount(areas, NORTH), amount(areas, SOUTH), amount(areas, HILL)) == (800, 200, 500)


def test_money_for_older_people_goes_where_they_live() -> None:
    # 10 of 40 older people are in the north
    areas = money(("care", WHOLE_PLACE, 2, "1000"))
    assert (amount(areas, NORTH), amount(areas, SOUTH)) == (250, 750)


def test_a_line_with_an_area_lands_there_and_keeps_its_grade() -> None:
    areas = money(("safety", SOUTH, 2, "1000"))
    assert (amount(areas, NORTH), amount(areas, SOUTH)) == (0, 1000)
    south = areas.figure(AREAS[3])
    assert (south.part(AreaBasis.DIRECT), south.grade) == (1, 2)


def test_a_line_of_a_ward_is_only_shared_out_within_it() -> None:
    # of the north's 80 residents 30 are on the hill: £375 of the ward's £1,000, and no longer known directly
    hill = money(("safety", NORTH, 2, "1000")).figure(AREAS[1])
    assert hill.amount == 375
    assert (hill.part(AreaBasis.RESIDENTS), hill.grade) == (1, 5)


def test_an_area_is_never_surer_than_the_line_or_the_measure() -> None:
    assert money(("care", WHOLE_PLACE, 2, "1000")).figure(AREAS[2]).grade == 4
    assert money(("care", WHOLE_PLACE, 6, "1000")).figure(AREAS[2]).grade == 6


def test_the_range_of_an_area_is_that_of_its_grade() -> None:
    # £800 at grade 5, a quarter either way
    north = money(("safety", WHOLE_PLACE, 2, "1000")).figure(AREAS[2])
    assert (north.low, north.high) == (600, 1000)


def test_what_serves_the_whole_place_is_listed_and_shared_out_to_nobody() -> None:
    areas = money(("roads", WHOLE_PLACE, 2, "700"), ("unmapped", WHOLE_PLACE, 2, "50"))
    assert not areas.sums
    assert areas.left() == 750
    assert areas.left(service="roads") == 700


def test_an_areas_residents_and_the_most_deprived_of_them_stand_beside_its_money() -> None:
    north = money(("safety", WHOLE_PLACE, 2, "1000")).figure(AREAS[2])
    assert (north.per_head, north.residents, north.deprived_share) == (10, 80, Decimal("0.375"))


def test_the_more_deprived_half_stands_beside_the_other_and_alike_is_no_more() -> None:
    # £1,000 for 100 residents is £10 for each, wherever they live
    areas = money(("safety", WHOLE_PLACE, 2, "1000"))
    wards = [areas.figure(area) for area in areas.areas("ward")]
    assert needier(wards, "ward").sentence == (
        "The most deprived ward has an estimated £10 for each resident, the other £10: the same."
    )
    # £240 more for the 80 residents of the north alone
    areas = money(("safety", WHOLE_PLACE, 2, "1000"), ("safety", NORTH, 2, "240"))
    wards = [areas.figure(area) for area in areas.areas("ward")]
    assert needier(wards, "ward").sentence.endswith("£13 for each resident, the other £10: £3 more.")


def test_small_areas_make_up_others_and_are_not_shown() -> None:
    areas = money(("safety", WHOLE_PLACE, 2, "1000"))
    assert areas.kinds == ("priority neighbourhood", "ward")
    assert makes_whole(areas, "ward")
    assert not makes_whole(areas, "priority neighbourhood")


def test_a_place_without_a_count_of_residents_has_no_figures_by_area() -> None:
    assert by_area([Cell(("care", "safer", WHOLE_PLACE, "2"), Decimal(1))], town()) is None


def test_an_area_within_itself_is_taken_as_having_no_parts() -> None:
    assert leaves_of([Area("loop", "Loop", "ward", "", "loop", "")]) == {"loop": frozenset({"loop"})}


pounds_and_pence = st.integers(-1_000_000_000, 1_000_000_000).map(lambda pennies: str(Decimal(pennies) / 100))
cells = st.lists(
    st.tuples(
        st.sampled_from(("care", "health", "safety", "roads", "unmapped")),
        st.sampled_from((WHOLE_PLACE, "anytown", NORTH, SOUTH, HILL, "n1")),
        st.integers(1, 6),
        pounds_and_pence,
    ),
    max_size=6,
)


@given(cells)
def test_the_wards_and_what_is_not_placed_make_the_whole_to_the_penny(
    every: Sequence[tuple[str, str, int, str]],
) -> None:
    areas = money(*every)
    whole = sum((Decimal(pounds) for *_, pounds in every), Decimal(0))
    for service, _, _, _ in every:
        part = sum((Decimal(pounds) for name, _, _, pounds in every if name == service), Decimal(0))
        wards = sum((areas.figure(area, service).amount for area in AREAS[2:4]), Decimal(0))
        assert wards + areas.left(service=service) == part
    assert amount(areas, NORTH) + amount(areas, SOUTH) + areas.left() == whole
