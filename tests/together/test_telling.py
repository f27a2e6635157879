"""A director's questions, answered in a sentence from the same figures as the lists."""

from dataclasses import replace
from decimal import Decimal

import pytest

from budget_model.money import pounds
from budget_model.together.alignment import pairs
from budget_model.together.ladder import POOL
from budget_model.together.opportunities import find
from budget_model.together.stability import Stability
from budget_model.together.telling import (
    closest,
    firm_in_brief,
    firmness,
    largest_open_pool,
    ordinal,
    overlaps_of,
    rank_of,
    searched,
    why_ranked,
)
from tests.together.city import GENERAL, LEARNING_DISABILITY, TODAY, facts, power, spend

FACTS = facts()
CITY = (
    *LEARNING_DISABILITY,
    spend("council", "older-people-care", 30_000_000),
    spend("nhs", "older-people-care", 4_000_000),
    spend("police", "older-people-care", 50_000),
    spend("college", "older-people-care", 20_000),
)
FOUND = find(CITY, FACTS, on=TODAY)


def test_an_overlap_reads_the_same_from_either_side() -> None:
    every = pairs(CITY)
    for pair in every:
        mine = next(o for o in overlaps_of(pair.first, every) if o.other == pair.second)
        theirs = next(o for o in overlaps_of(pair.second, every) if o.other == pair.first)
        assert mine.common == theirs.common == pair.common
        assert [(c.first, c.second) for c in mine.services] == [(c.second, c.first) for c in theirs.services]


def test_the_largest_open_pool_is_one_that_every_limit_lets_be_pooled() -> None:
    pool = largest_open_pool(FOUND)
    assert pool is not None
    assert pool.allowed >= POOL
    assert all(
        opportunity.joinable <= pool.joinable
        for opportunity in FOUND.opportunities
        if opportunity.allowed >= POOL and not opportunity.earliest_date
    )


def test_why_an_opportunity_is_ranked_states_the_product_that_ranks_it() -> None:
    for opportunity in FOUND.opportunities:
        sentence = why_ranked(FOUND, opportunity, FACTS)
        assert sentence.startswith(f"It is {ordinal(opportunity.number)} of {len(FOUND.opportunities)}")
        assert (f"make {pounds(opportunity.priority)}" in sentence) == (opportunity.joinable > 0)


def test_committee_costs_that_could_be_pooled_stand_behind_care_that_could_be_bought_together() -> None:
    small = [spend(body, "community-safety", 136_000) for body in ("council", "nhs")]
    large = [spend("council", "roads", 90_000_000), spend("police", "roads", 30_000_000)]
    pooling = power("pooling", 6, functions=("general",))
    opportunities = find([*small, *large], facts(legal_powers=(pooling, GENERAL)), on=TODAY).opportunities
    assert [opportunity.services for opportunity in opportunities] == [("roads",), ("community-safety",)]
    assert opportunities[0].level < opportunities[1].level


def test_less_than_a_pound_a_resident_stands_in_the_tail() -> None:
    spending = [spend(body, "roads", 90_000) for body in ("council", "police")]
    small_place, large_place = facts(residents=90_000), facts(residents=90_001)
    assert not find(spending, small_place, on=TODAY).opportunities[0].in_tail
    tail = find(spending, large_place, on=TODAY).opportunities[0]
    assert tail.in_tail
    assert "£90k it has less than £90k" in why_ranked(
        find([*spending, *LEARNING_DISABILITY], large_place, on=TODAY), tail, large_place
    )


@pytest.mark.parametrize(
    ("top3", "top5", "top10", "said"),
    [
        ("1", "1", "1", "Nearly always in the first three"),
        (
            "0.5",
            "0.99",
            "1",
            "Nearly always in the first five, whatever the weights, and in 50% of 200 other",
        ),
        ("0", "0.7", "0.8", "Mostly in the first five, in 70% of 200 other weightings"),
        ("0", "0", "0.2", "its place depends on the weights"),
        ("0", "0", "0.01", "Rarely in the first ten"),
    ],
)
def test_how_firm_a_rank_is_is_said_in_words(top3: str, top5: str, top10: str, said: str) -> None:
    firm = Stability(Decimal(top3), Decimal(top5), Decimal(top10))
    assert said in firmness(firm, 200)
    assert firm_in_brief(firm)


def test_a_word_finds_what_it_is_about_in_another_form_too() -> None:
    words = {service.id: service.name for service in FACTS.services} | {
        g.id: g.name for g in FACTS.client_groups
    }
    opportunities = searched(FOUND.opportunities, "learning disability", words)
    assert opportunities
    assert searched(FOUND.opportunities, "", words) == FOUND.opportunities
    assert searched(FOUND.opportunities, "zeppelins", words) == ()


def test_what_is_looked_for_is_found_where_most_of_the_money_is_on_it() -> None:
    words = {service.id: service.name for service in FACTS.services}
    one = closest(FOUND.opportunities, "learning disability", words)
    assert one is not None
    assert "learning-disability" in one.services
    others = [
        other
        for other in FOUND.opportunities
        if "learning-disability" in other.services and len(other.services) <= len(one.services)
    ]
    assert one.rank == min(other.rank for other in others)
    assert closest(FOUND.opportunities, "zeppelins", words) is None
    assert closest(FOUND.opportunities, "", words) is None
    assert closest((), "learning", words) is None


def test_a_rank_says_how_many_of_those_that_were_found_are_in_the_list() -> None:
    first, second = replace(FOUND.opportunities[0], number=1), replace(FOUND.opportunities[0], number=2)
    whole = replace(FOUND, opportunities=(first, second))
    shorter = replace(FOUND, opportunities=(first, replace(second, inside=first.id)))
    assert rank_of(whole, first) == "1st of 2"
    assert rank_of(shorter, first) == "1st of 2 that were found, of which 1 is in the list"
