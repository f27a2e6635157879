"""What is counted as planned together: no sum that nobody has split, no pool that is there, no pound twice."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from budget_model.together import titles
from budget_model.together.facts import ExistingPool
from budget_model.together.joined import Brought, joinable, joins
from budget_model.together.money_in import Money
from budget_model.together.opportunities import Opportunity, OpportunityList, find
from budget_model.together.spend import JointSpend
from budget_model.vocabulary import OrganisationType
from tests.together.city import LEARNING_DISABILITY, NEEDS, SERVICES, TODAY, facts, service, spend

ALLOCATION = replace(
    service("nhs-care", name="NHS care", groups=["patients"], function="health-related", cofog="07.3"),
    holds_several=True,
)
OLDER = replace(
    NEEDS[0],
    id="older",
    title="Older people: living at home",
    services=("older-people-care", "nhs-care"),
    client_groups=(),
)
CITY = {"services": (*SERVICES, ALLOCATION), "needs": (NEEDS[0], OLDER)}
SPEND = (
    spend("nhs", "nhs-care", 90_000_000),
    spend("council", "learning-disability", 9_000_000),
    spend("council", "older-people-care", 5_000_000),
)


def found(spending: Sequence[JointSpend], **changes: Any) -> OpportunityList:
    return find(spending, facts(**(CITY | changes)), on=TODAY)


def about(everything: OpportunityList, words: str) -> Opportunity:
    (one,) = [each for each in everything.opportunities if each.title.startswith(words)]
    return one


def test_what_would_join_a_sum_that_nobody_has_split_is_up_to_and_is_not_counted() -> None:
    everything = found(SPEND)
    older = about(everything, "Older people")
    assert (older.joinable, older.waiting, older.low) == (5_000_000, 5_000_000, 0)
    assert older.waits_for == ("nhs",)
    assert titles.amount_of(older) == "up to £5.0m"
    whole = everything.portfolio
    assert whole.joinable == 0
    assert whole.waiting + whole.to_share == 14_000_000  # the council's 9 and 5; none of the NHS's 90


def test_the_reason_says_whose_sum_it_is_and_the_first_step_asks_for_its_split() -> None:
    older = about(found(SPEND), "Older people")
    said = " ".join(older.reasons)
    assert "NHS Anytown an unknown part of £90.0m" in said
    assert "NHS Anytown shows £90.0m as one sum for many services" in said
    assert "Up to £5.0m of the others’ would be planned together with it." in said
    assert older.first_steps[0].startswith("Ask NHS Anytown for the part of its money that is for")


def test_a_partner_that_has_split_its_money_is_counted_by_service() -> None:
    split = (*SPEND, spend("nhs", "learning-disability-health", 2_000_000))
    everything = found(split)
    learning = about(everything, "Learning disability: living at home")
    assert learning.joinable == 9_000_000  # at most: the sum may be the larger one
    assert learning.waiting == 7_000_000  # known: the smaller of 9 and 2
    assert titles.amount_of(learning) == "£2.0m to £9.0m"
    assert everything.portfolio.joinable == 2_000_000
    assert everything.portfolio.waiting == 7_000_000
    assert everything.portfolio.to_share == 5_000_000  # older people's care, on which no more is recommended


def test_two_sums_for_many_services_are_no_opportunity_by_themselves() -> None:
    two = [spend("nhs", "nhs-care", 90_000_000), spend("council", "nhs-care", 20_000_000)]
    assert found(two).opportunities == ()


def test_a_department_s_share_of_a_national_sum_is_no_partner() -> None:
    everything = found([*SPEND, spend("department", "nhs-care", 24_800_000)])
    assert {body for opportunity in everything.opportunities for body in opportunity.organisations} == {
        "council",
        "nhs",
    }


def test_a_pool_of_the_same_partners_is_the_present_state_and_the_opportunity_goes_beyond_it() -> None:
    pool = ExistingPool(
        "Joint learning disability fund",
        ("council", "nhs"),
        ("learning-disability",),
        (
            ("council", "learning-disability", Decimal(3_000_000)),
            ("nhs", "learning-disability", Decimal(2_600_000)),
        ),
    )
    (one,) = found(LEARNING_DISABILITY, pooled=(pool,)).opportunities
    assert one.joinable == 5_700_000  # of 8.7 − 3.0 and 8.6 − 2.6 the smaller
    assert (
        "Today £3.0m of Anytown Council and £2.6m of NHS Anytown is in the pool ‘Joint learning disability "
        "fund’ already; the opportunity is what goes beyond it."
    ) in one.reasons
    assert sum(amount for partner in one.partners for _, amount in partner.pooled) == 5_600_000


def test_a_pool_with_somebody_else_changes_nothing() -> None:
    pool = ExistingPool(
        "Another fund",
        ("council", "police"),
        ("learning-disability",),
        (("council", "learning-disability", Decimal(3_000_000)),),
    )
    (one,) = found(LEARNING_DISABILITY, pooled=(pool,)).opportunities
    assert one.joinable == 8_600_000


def test_what_only_shares_information_is_not_called_planned_together() -> None:
    everything = found([*LEARNING_DISABILITY, *SPEND])
    for opportunity in everything.opportunities:
        assert opportunity.planned == (
            min(opportunity.counted, opportunity.joinable - opportunity.waiting)
            if opportunity.level >= 2
            else 0
        )
    whole = everything.portfolio
    assert whole.joinable + whole.waiting + whole.to_share == sum(
        opportunity.counted for opportunity in everything.opportunities
    )


def test_an_opportunity_whose_pounds_stand_in_a_better_one_says_in_which() -> None:
    three = [*LEARNING_DISABILITY, spend("police", "learning-disability", 400_000)]
    everything = found(three)
    first, second = everything.opportunities
    assert [identity for identity, _ in second.part_of] == [first.id]
    assert first.counted + second.counted <= 9_000_000  # 8.6 of the NHS and 0.4 of the police, each once
    named = {opportunity.id: opportunity for opportunity in everything.opportunities}
    assert f"is part of number 1, {first.title.rsplit(': ', 1)[0]}" in titles.part_of_others(second, named)


@given(st.lists(st.integers(0, 10**9), min_size=2, max_size=5), st.integers(0, 4))
def test_what_is_known_and_at_most_bracket_every_size_of_the_unknown_part(own: list[int], which: int) -> None:
    """Whatever the unsplit sum holds for these people, what is joined lies between the two figures."""
    amounts = [Decimal(amount) for amount in own]
    holder = which % len(amounts)
    partners = [brought(amount, place == holder) for place, amount in enumerate(amounts)]
    joined = joins(partners)
    for unknown in (0, 1, 10**6, 10**10):
        split = [*amounts]
        split[holder] += unknown
        assert joined.known <= joinable(split) <= joined.at_most
    assert joined.waiting == joined.at_most - joined.known


def brought(own: Decimal, holds_a_sum: bool) -> Brought:
    """A partner with so much known by service, and perhaps a sum for many services beside it."""
    beside = Decimal(10**11 if holds_a_sum else 0)
    whole = own + beside
    nobody: frozenset[str] = frozenset()
    return Brought("body", OrganisationType.OTHER, whole, whole, (), Money(), (), 1, nobody, {}, {}, beside)


def test_local_partners_alone_are_counted_where_a_national_department_stands_beside_them() -> None:
    three = [*LEARNING_DISABILITY, spend("department", "learning-disability", 50_000_000)]
    everything = found(three)
    wide = next(opportunity for opportunity in everything.opportunities if len(opportunity.partners) == 3)
    assert (
        wide.joinable == 8_600_000
    )  # the smaller of the council's 8.7 and the NHS's 8.6; the 50 stand beside
    assert not wide.with_department
    assert everything.portfolio.joinable <= 8_600_000


def test_one_body_with_a_department_comes_after_two_bodies_of_the_place_and_is_summed_apart() -> None:
    spending = [
        *LEARNING_DISABILITY,
        spend("council", "roads", 40_000_000),
        spend("department", "roads", 60_000_000),
    ]
    everything = found(spending)
    assert [opportunity.with_department for opportunity in everything.opportunities] == [False, True]
    whole = everything.portfolio
    assert whole.joinable == 8_600_000
    assert whole.with_departments + whole.to_share == 40_000_000


def test_the_same_subject_with_a_partner_more_is_part_of_the_better_one() -> None:
    everything = found([*LEARNING_DISABILITY, spend("police", "learning-disability", 4_000_000)])
    first, second = everything.opportunities
    assert set(first.organisations) < set(second.organisations)
    assert second.inside == first.id


def test_the_headline_is_up_to_where_part_of_it_waits() -> None:
    assert titles.headline_of(found(LEARNING_DISABILITY).portfolio) == "£8.6m could be planned together"
    assert titles.headline_of(found(()).portfolio) == "Nothing could be planned together"
    waits = replace(found(LEARNING_DISABILITY).portfolio, waiting=Decimal(1_000_000))
    assert titles.headline_of(waits) == "Up to £9.6m could be planned together"
