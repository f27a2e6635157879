"""Who spends on the same things, and how evenly."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budget_model.place.model import TargetService
from budget_model.together.alignment import (
    By,
    Pair,
    align,
    concentration,
    matrix,
    pairs,
    planned_together,
    target_linked,
)
from budget_model.together.measures import MEASURES
from budget_model.together.spend import JointSpend
from budget_model.together.telling import share_in_words
from tests.together.city import BODIES, SERVICES, spend

CITY = (
    spend("council", "roads", 60),
    spend("nhs", "roads", 20),
    spend("police", "roads", 20),
    spend("council", "older-people-care", 40),
)


@pytest.mark.parametrize(
    ("shares", "published"), [((60, 20, 10, 10), "0.42"), ((40, 30, 10, 10, 10), "0.28")]
)
def test_the_published_concentrations_come_out(shares: tuple[int, ...], published: str) -> None:
    assert concentration([Decimal(share) for share in shares]) == Decimal(published)


def test_services_are_listed_by_what_has_a_partner_beside_it() -> None:
    roads, care = align(CITY)
    assert roads.key == "roads"
    assert roads.shared == 40
    assert roads.funders == (("council", Decimal(60)), ("nhs", Decimal(20)), ("police", Decimal(20)))
    assert (care.effective_funders, care.fragmentation) == (1, 0)


def test_a_body_whose_income_exceeds_its_spending_is_no_funder_and_is_listed_apart() -> None:
    (one,) = align([spend("council", "roads", -5), spend("nhs", "roads", 20)])
    assert one.funders == (("nhs", Decimal(20)),)
    assert one.negative == (("council", Decimal(-5)),)


def test_a_service_on_which_nothing_is_spent_has_no_effective_funders() -> None:
    (one,) = align([spend("council", "roads", 0)])
    assert one.effective_funders is None
    assert one.fragmentation is None


def test_themes_have_a_league_of_their_own() -> None:
    (one,) = align(CITY, by=By.THEME)
    assert (one.key, one.total) == ("healthy", 140)


def pair(spending: Sequence[JointSpend], first: str, second: str) -> Pair | None:
    """What two bodies have in common; None where that is nothing."""
    return next((one for one in pairs(spending) if {one.first, one.second} == {first, second}), None)


def test_what_two_bodies_have_in_common_is_the_smaller_sum_on_each_service() -> None:
    met = pair(CITY, "council", "nhs")
    assert met
    assert met.common == 20
    assert met.overlap == 1
    assert [(service.service, service.first, service.second) for service in met.services] == [
        ("roads", 60, 20)
    ]
    assert met.cosine == Decimal("0.8321")


def test_a_body_that_spends_nothing_has_nothing_in_common_and_no_likeness() -> None:
    assert pair(CITY, "council", "fire") is None
    assert "fire" not in matrix(CITY, "cosine").rows


def test_the_pairs_with_most_in_common_come_first() -> None:
    assert next((one.first, one.second) for one in pairs(CITY)) == ("council", "nhs")


def test_a_matrix_between_bodies_is_the_same_both_ways_and_empty_on_its_diagonal() -> None:
    found = matrix(CITY, "common")
    assert found.rows == found.columns == ("council", "nhs", "police")
    assert found.values == ((None, 20, 20), (20, None, 20), (20, 20, None))


def test_specialism_is_a_bodys_share_over_the_places() -> None:
    found = matrix(CITY, "location_quotient")
    nhs = found.values[found.rows.index("nhs")]
    assert nhs[found.columns.index("roads")] == Decimal("1.4000")
    assert nhs[found.columns.index("older-people-care")] is None


def test_an_unknown_measure_is_the_programs_own_mistake() -> None:
    with pytest.raises(ValueError, match="no measure called 'beauty'"):
        matrix(CITY, "beauty")


def test_money_linked_to_targets_is_a_part_of_all_money_unmapped_included() -> None:
    linked = target_linked([*CITY, spend("fire", "unmapped", 60)], [TargetService("t", "roads", 1)])
    assert (linked.part, linked.whole, linked.share) == (100, 200, Decimal("0.5000"))


def test_what_the_partnership_plans_together_is_its_pools_alignments_and_grants() -> None:
    items = [*CITY, spend("fire", "roads", 60, funding="abg")]
    part = planned_together(items, pooled=Decimal(30), aligned=Decimal(10), partnership_grants=["abg"])
    assert part.share == Decimal("0.5000")
    assert not part.nothing_known


def test_where_no_pool_and_no_agreement_is_recorded_what_is_planned_together_is_unknown_and_not_zero() -> (
    None
):
    part = planned_together(CITY)
    assert (part.whole, part.unknown) == (140, 140)
    assert part.nothing_known
    assert share_in_words(part) == "Not known"


def test_a_share_of_nothing_is_no_share() -> None:
    assert target_linked([], []).share is None


def test_every_measure_has_a_reading_and_a_caution() -> None:
    assert all(measure.says and measure.caution and measure.formula for measure in MEASURES)
    assert len({measure.id for measure in MEASURES}) == len(MEASURES)


items = st.lists(
    st.builds(
        spend,
        st.sampled_from(sorted(BODIES)),
        st.sampled_from([service.id for service in SERVICES]),
        st.integers(-1_000, 1_000_000),
    ),
    max_size=20,
)


@given(items)
def test_measures_stay_in_their_bounds(spending: list[JointSpend]) -> None:
    for alignment in align(spending):
        if alignment.effective_funders is not None:
            assert 1 <= alignment.effective_funders <= len(alignment.funders) + Decimal("0.001")
            assert 0 <= alignment.fragmentation <= 1
    for met in pairs(spending):
        assert 0 < met.common <= min(met.first_total, met.second_total)
        assert 0 <= met.overlap <= 1
        assert 0 <= met.cosine <= 1


@given(items)
def test_two_bodies_have_the_same_in_common_whoever_is_named_first(spending: list[JointSpend]) -> None:
    other = {"council": "nhs", "nhs": "council"}
    turned = [
        replace(item, organisation=other.get(item.organisation, item.organisation)) for item in spending
    ]
    there, back = pair(spending, "council", "nhs"), pair(turned, "council", "nhs")
    assert (there is None) == (back is None)
    if there and back:
        assert (there.common, there.overlap, there.cosine) == (back.common, back.overlap, back.cosine)
