"""What could be joined up: how far, from when, and why not further."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies._internal.random import ArtificialRandom

from budget_model.place.model import TargetService
from budget_model.together.candidates import Meeting
from budget_model.together.facts import ExistingPool, LegalOverride, OverrideOf, Readiness
from budget_model.together.money_in import FLEXIBLE_FROM, cells
from budget_model.together.opportunities import CROSS, WITHIN, Opportunity, find, in_the_list
from budget_model.together.spend import JointSpend
from budget_model.together.stability import Stability
from budget_model.vocabulary import Discretion, Kind, OrganisationType, RingFence, Sensitivity
from tests.together.city import (
    BODIES,
    LEARNING_DISABILITY,
    LINKS,
    NEEDS,
    SERVICES,
    TODAY,
    facts,
    organisation,
    power,
    service,
    spend,
    target,
)


def only(spending: Sequence[Any], **changes: Any) -> Opportunity:
    """The one opportunity that this spending gives."""
    opportunities = find(spending, facts(**changes), on=TODAY)
    assert len(opportunities.opportunities) == 1, [
        opportunity.title for opportunity in opportunities.opportunities
    ]
    return opportunities.opportunities[0]


def test_council_and_nhs_can_pool_learning_disability_under_section_75() -> None:
    one = only(LEARNING_DISABILITY)
    assert one.level == 6
    assert one.arrangement == "Pooled fund"
    assert "section 75" in one.power.name
    assert one.organisations == ("council", "nhs")
    assert one.joinable == Decimal("8600000.00")
    assert one.title == "Learning disability support: Anytown Council and NHS Anytown"


def test_council_and_police_money_for_adults_cannot_be_pooled() -> None:
    one = only(
        [spend("council", "learning-disability", 8_700_000), spend("police", "learning-disability", 500_000)]
    )
    assert one.earned == 6
    assert one.level == 3
    assert one.why_not_higher.startswith("Capped at Joint procurement or shared service: ‘General powers")
    assert any("Legal advice" in condition for condition in one.one_further)


def test_the_schools_grant_never_goes_above_align_and_is_named() -> None:
    one = only(
        [
            spend("council", "primary-schools", 100_000_000, ring_fence=RingFence.STATUTORY, funding="dsg"),
            spend("schools-department", "primary-schools", 30_000_000),
        ],
        target_services=(TargetService("independence", "primary-schools", 3),),
    )
    assert one.level == 2
    assert "Capped at Align: the Dedicated Schools Grant is ring-fenced" in one.why_not_higher
    assert one.joinable == 0


def test_the_schools_grant_stays_aside_while_the_rest_of_the_service_can_be_pooled() -> None:
    one = only(
        [
            *LEARNING_DISABILITY,
            spend("council", "learning-disability", 2_000_000, ring_fence=RingFence.STATUTORY, funding="dsg"),
        ]
    )
    assert one.level == 6
    assert one.joinable == Decimal("8600000.00")
    aside = one.partners[0].asides[0]
    assert (aside.amount, aside.reach) == (Decimal("2000000.00"), 2)
    assert any("Dedicated Schools Grant" in reason and "Align at most" in reason for reason in one.reasons)


def test_benefits_never_go_above_sharing_information() -> None:
    one = only(
        [
            spend("council", "housing-benefit", 60_000_000, kind=Kind.TRANSFER_TO_INDIVIDUALS),
            spend("department", "housing-benefit", 20_000_000, kind=Kind.TRANSFER_TO_INDIVIDUALS),
        ],
        target_services=(TargetService("independence", "housing-benefit", 3),),
    )
    assert one.level == 1
    assert "paid straight to people" in one.why_not_higher
    assert one.joinable == 0


def test_help_in_kind_is_no_cash_to_join() -> None:
    one = only([spend("council", "roads", 5_000_000), spend("police", "roads", 1_000_000, cash=False)])
    assert one.level == 0
    assert "no cash to join" in one.why_not_higher


def test_capital_with_revenue_is_bought_together_at_most() -> None:
    one = only(
        [
            spend("council", "learning-disability", 5_000_000, kind=Kind.CAPITAL),
            spend("nhs", "learning-disability", 4_000_000),
        ]
    )
    assert one.allowed == 3
    assert "capital would be joined with revenue" in one.why_not_higher
    assert one.joinable == Decimal("4000000.00")


def test_capital_stays_aside_where_every_partner_has_revenue() -> None:
    one = only([*LEARNING_DISABILITY, spend("council", "learning-disability", 1_000_000, kind=Kind.CAPITAL)])
    assert one.level == 6
    assert one.partners[0].asides[0].amount == Decimal("1000000.00")


def dated(items: Any, until: Any) -> Any:
    return [replace(item, committed_until=until) for item in items]


def test_money_whose_lines_hold_no_contract_date_is_free_from_nobody_knows_when() -> None:
    one = only(LEARNING_DISABILITY)
    assert one.earliest_date is None
    assert sum(amount for _, amount in one.timing.unknown) == one.amount
    assert "until when that money is in contracts: the lines do not say" in one.first_steps[0]


def test_a_contract_that_ends_later_moves_the_date_and_not_the_score() -> None:
    now = only(dated(LEARNING_DISABILITY, date(2016, 3, 31)))
    later = only(dated(LEARNING_DISABILITY, date(2018, 3, 31)))
    assert now.earliest_date == TODAY
    assert later.earliest_date == date(2018, 3, 31)
    assert (later.score, later.level, later.joinable) == (now.score, now.level, now.joinable)
    assert later.first_steps != now.first_steps


def test_a_date_is_unknown_while_the_smaller_partners_contracts_are() -> None:
    one = only([*dated(LEARNING_DISABILITY[:1], date(2018, 3, 31)), LEARNING_DISABILITY[1]])
    assert one.earliest_date is None
    assert [body for body, _ in one.timing.unknown] == [LEARNING_DISABILITY[1].organisation]


def test_a_contract_that_has_ended_holds_nothing_up() -> None:
    one = only(dated(LEARNING_DISABILITY, date(2016, 3, 31)))
    assert one.earliest_date == TODAY
    assert [step.day for step in one.timing.steps] == [TODAY]


def test_most_of_the_money_being_free_is_enough_to_begin_and_the_rest_is_shown_with_its_day() -> None:
    ended = date(2016, 3, 31)
    one = only(
        [
            spend("council", "learning-disability", 9_000_000, committed_until=ended),
            spend("nhs", "learning-disability", 3_000_000, committed_until=ended),
            spend("nhs", "learning-disability", 1_000_000, committed_until=date(2017, 4, 1)),
        ]
    )
    assert one.earliest_date == TODAY
    assert [(step.day, step.joinable) for step in one.timing.steps] == [
        (TODAY, Decimal("3000000.00")),
        (date(2017, 4, 1), Decimal("4000000.00")),
    ]


def test_totals_only_hides_the_services_and_says_so() -> None:
    one = only([LEARNING_DISABILITY[0], replace(LEARNING_DISABILITY[1], sensitivity=Sensitivity.TOTALS_ONLY)])
    nhs = one.partners[1]
    assert nhs.totals_only
    assert nhs.services == ()
    assert nhs.amount == Decimal("8600000.00")
    assert any("its lines are not shown" in gate.reason for gate in one.gates)
    assert one.level == 6


def test_no_pool_is_recommended_without_an_outcome_measure() -> None:
    one = only(LEARNING_DISABILITY, target_services=(TargetService("safety", "community-safety", 3),))
    assert one.allowed == 5
    assert any(gate.code == "outcome" for gate in one.gates)


@pytest.mark.parametrize("unfit", [{"target": None}, {"illustrative": True}])
def test_a_measure_without_a_target_that_was_agreed_lets_nobody_pool(unfit: dict[str, Any]) -> None:
    measure = replace(target("independence"), **{"illustrative": False} | unfit)
    one = only(LEARNING_DISABILITY, targets=(measure,))
    assert one.allowed == 5
    assert any(gate.code == "outcome" for gate in one.gates)
    assert one.open_by_law == 7  # the law is not what stops it
    assert measure.name not in " ".join(one.first_steps)


def test_bodies_that_meet_one_need_of_the_same_people_meet_though_their_services_differ() -> None:
    one = only(
        [
            spend("council", "learning-disability", 8_700_000),
            spend("nhs", "learning-disability-health", 8_600_000),
        ]
    )
    assert one.meeting is Meeting.SAME_NEED
    assert one.title == "Learning disability: living at home: Anytown Council and NHS Anytown"
    related = next(part for part in one.parts if part.name == "function_match")
    assert (related.value, related.reason) == (
        Decimal("0.8"),
        "Related functions, for one need: learning disability.",
    )
    assert any("Both bodies look after the same adults" in reason for reason in one.reasons)


def test_a_partner_that_shows_many_groups_in_one_sum_is_asked_for_the_part_that_is_meant() -> None:
    wide = service(
        "nhs-care",
        name="NHS care",
        groups=["patients", "older-people", "learning-disabilities"],
        function="health-related",
        cofog="07.3",
    )
    one = only(
        [spend("council", "learning-disability", 8_700_000), spend("nhs", "nhs-care", 300_000_000)],
        services=(*SERVICES, wide),
        target_services=(*LINKS, TargetService("independence", "nhs-care", 1)),
    )
    assert one.first_steps[0].startswith(
        "Ask NHS Anytown for the part of its money that is for people with learning disabilities: "
        "it is one sum here."
    )
    assert any("three groups of people in one sum" in reason for reason in one.reasons)


def test_different_services_that_meet_no_common_need_do_not_meet() -> None:
    spending = [
        spend("council", "learning-disability", 8_700_000),
        spend("nhs", "learning-disability-health", 8_600_000),
    ]
    opportunities = find(spending, facts(needs=()), on=TODAY)
    assert not opportunities.opportunities
    assert {problem.code for problem in opportunities.problems} == {"no-overlap"}


def test_one_body_s_large_line_is_met_by_two_opportunities_and_neither_uses_the_other_up() -> None:
    """The NHS's 90 is one sum: learning disability (9) joins it, and so does older people's care (5)."""
    wide = service("nhs-care", groups=["patients"], function="health-related", cofog="07.3")
    older = replace(
        NEEDS[0],
        id="older",
        title="Older people",
        services=("older-people-care", "nhs-care"),
        client_groups=(),
    )
    spending = [
        spend("nhs", "nhs-care", 90_000_000),
        spend("council", "learning-disability", 9_000_000),
        spend("council", "older-people-care", 5_000_000),
    ]
    opportunities = find(spending, facts(services=(*SERVICES, wide), needs=(NEEDS[0], older)), on=TODAY)
    assert [opportunity.counted for opportunity in opportunities.opportunities] == [
        Decimal("9000000.00"),
        Decimal("5000000.00"),
    ]
    assert not any(opportunity.inside for opportunity in opportunities.opportunities)


def test_a_back_office_function_is_one_opportunity_whatever_its_services_are_called() -> None:
    one = only([spend("council", "human-resources", 2_000_000), spend("police", "payroll", 700_000)])
    assert one.meeting is Meeting.BACK_OFFICE
    assert one.title == "Human resources: Anytown Council and Anytown Police"
    assert one.level == 3


def test_a_third_partner_outside_the_power_leaves_the_two_inside_it_free_to_pool() -> None:
    opportunities = find(
        [*LEARNING_DISABILITY, spend("police", "learning-disability", 100_000)], facts(), on=TODAY
    )
    assert {
        (opportunity.organisations, opportunity.level) for opportunity in opportunities.opportunities
    } == {
        (("council", "nhs"), 6),
        (("council", "nhs", "police"), 3),
    }


def test_within_one_board_and_across_boards_are_told_apart() -> None:
    assert only(LEARNING_DISABILITY).scope == WITHIN
    across = find([LEARNING_DISABILITY[0], replace(LEARNING_DISABILITY[1], board="safer")], facts(), on=TODAY)
    assert across.opportunities[0].scope == CROSS
    assert across.portfolio.cross_board == Decimal("8600000.00")
    assert across.portfolio.within_board == 0


def test_each_pound_is_counted_in_its_best_opportunity_alone() -> None:
    opportunities = find(
        [*LEARNING_DISABILITY, spend("police", "learning-disability", 100_000)], facts(), on=TODAY
    )
    best, wider = opportunities.opportunities
    assert best.counted == Decimal("8600000.00")
    assert wider.joinable == Decimal("8700000.00")
    assert wider.counted == Decimal("100000.00")  # the police's, which is new; the NHS's 8.6m is in the best
    assert wider.inside == best.id
    assert opportunities.portfolio.joinable == Decimal(
        "8600000.00"
    )  # what the list says, which names the best alone
    assert opportunities.portfolio.unlisted == Decimal("100000.00")


def test_a_missing_part_gives_its_weight_to_the_others_and_it_is_said() -> None:
    one = only(LEARNING_DISABILITY)
    parts = {part.name: part for part in one.parts}
    assert parts["readiness"].value is None
    assert "readiness" in one.left_out
    known = [part for part in one.parts if part.value is not None]
    whole = sum(part.weight for part in known)
    assert one.score == (100 * sum(p.weight * p.value for p in known) / whole).quantize(Decimal("0.1"))


def test_recorded_readiness_and_a_planned_start_enter_the_score() -> None:
    identity = only(LEARNING_DISABILITY).id
    readiness = Readiness(identity, 1, date(2017, 10, 1), "A joint board meets.", "A. Director")
    parts = {part.name: part.value for part in only(LEARNING_DISABILITY, readiness=(readiness,)).parts}
    assert parts["readiness"] == Decimal("0.25")
    assert parts["timing"] == Decimal("0.5")


def test_partners_who_share_a_pool_already_are_ready() -> None:
    pool = ExistingPool("Equipment", ("council", "nhs"), ("equipment",))
    parts = {part.name: part for part in only(LEARNING_DISABILITY, pools=(pool,)).parts}
    assert parts["readiness"].value == Decimal("0.5")
    assert "Equipment" in parts["readiness"].reason


def test_legal_advice_lifts_the_legal_limit_and_is_quoted_with_who_and_when() -> None:
    spending = [
        spend("council", "community-safety", 5_000_000),
        spend("police", "community-safety", 4_000_000),
    ]
    before = only(spending)
    assert before.level == 3
    advice = LegalOverride(
        OverrideOf.OPPORTUNITY,
        before.id,
        6,
        "Counsel's opinion of 3 May.",
        "A. Solicitor",
        datetime(2016, 5, 3, tzinfo=UTC),
    )
    after = find(spending, facts(), on=TODAY, overrides=[advice]).opportunities[0]
    assert after.level == 6
    assert after.power.sentence == (
        "A. Solicitor set the legal limit to Pooled fund on 3 May 2016: Counsel's opinion of 3 May."
    )


def test_legal_advice_on_a_power_holds_wherever_it_is_used_and_never_opens_a_ring_fence() -> None:
    advice = LegalOverride(OverrideOf.POWER, "general", 6, "New statute.", "A. Solicitor")
    free = [spend("council", "community-safety", 5_000_000), spend("police", "community-safety", 4_000_000)]
    assert find(free, facts(), on=TODAY, overrides=[advice]).opportunities[0].level == 6
    fenced = [replace(item, ring_fence=RingFence.STATUTORY) for item in free]
    assert find(fenced, facts(), on=TODAY, overrides=[advice]).opportunities[0].level == 2


def test_a_power_counts_only_while_it_is_in_force() -> None:
    ended = replace(facts().legal_powers[0], to_date=date(2015, 3, 31))
    assert only(LEARNING_DISABILITY, legal_powers=(ended,)).level == 2


def test_a_rule_made_for_the_function_holds_though_it_is_low() -> None:
    rule = power("benefits", 1, functions=("benefits",))
    one = only(
        [spend("council", "housing-benefit", 5_000_000), spend("department", "housing-benefit", 5_000_000)],
        legal_powers=(rule, power("any", 1)),
    )
    assert one.allowed == 1


def test_an_estimate_by_population_is_named_and_asked_for_first() -> None:
    one = only([LEARNING_DISABILITY[0], replace(LEARNING_DISABILITY[1], grade=5)])
    assert one.confidence == 5
    assert any("NHS Anytown is an estimate (confidence grade 5)" in reason for reason in one.reasons)
    assert one.first_steps[0].startswith("Ask NHS Anytown for its own figure")
    assert (one.low, one.high) == (Decimal("6450000.00"), Decimal("10750000.00"))


def test_errors_of_one_share_go_the_same_way_and_those_of_different_shares_need_not() -> None:
    spending = [
        spend("council", "learning-disability", 10_000_000),
        spend("nhs", "learning-disability", 3_000_000, grade=5),
        spend("nhs", "learning-disability", 1_000_000, grade=5),
        spend("police", "learning-disability", 3_000_000, grade=5, share="force"),
    ]
    one = next(o for o in find(spending, facts(), on=TODAY).opportunities if len(o.partners) == 3)
    assert one.joinable == Decimal("7000000.00")
    assert one.high - one.joinable == Decimal("1250000.00")  # √(1.0² + 0.75²) million


def test_three_first_steps_are_given_at_every_level() -> None:
    for spending in (
        LEARNING_DISABILITY,
        [spend("council", "roads", 1), spend("police", "roads", 1, cash=False)],
        [spend("council", "human-resources", 2_000_000), spend("police", "payroll", 700_000)],
    ):
        assert len(only(spending).first_steps) == 3


def test_nothing_is_called_a_saving() -> None:
    opportunities = find(
        [*LEARNING_DISABILITY, spend("police", "learning-disability", 100_000)], facts(), on=TODAY
    )
    words = " ".join(
        " ".join(
            (opportunity.title, *opportunity.reasons, *opportunity.first_steps, opportunity.why_not_higher)
        )
        for opportunity in opportunities.opportunities
    )
    assert "saving" not in words.lower()


# Empty and hostile places


def test_one_body_alone_is_told_that_it_takes_two() -> None:
    opportunities = find([LEARNING_DISABILITY[0]], facts(), on=TODAY)
    assert not opportunities.opportunities
    assert (
        opportunities.problems[0].sentence
        == "Only Anytown Council has money in this choice, and it takes two to join up."
    )


def test_an_empty_map_says_what_to_do() -> None:
    opportunities = find([], facts(), on=TODAY)
    assert opportunities.portfolio.joinable == 0
    assert opportunities.problems[0].remedy == "Upload a budget, or map the lines that are in."


def test_unmapped_money_is_no_common_service() -> None:
    assert not find(
        [spend("council", "unmapped", 5), spend("nhs", "unmapped", 5)], facts(), on=TODAY
    ).opportunities


def test_a_place_of_ring_fences_says_that_nothing_is_flexible() -> None:
    fenced = [replace(item, ring_fence=RingFence.STATUTORY) for item in LEARNING_DISABILITY]
    opportunities = find(fenced, facts(), on=TODAY)
    assert opportunities.opportunities[0].level == 2
    assert "nothing-flexible" in {problem.code for problem in opportunities.problems}
    assert opportunities.portfolio.joinable == 0


@pytest.mark.parametrize("amount", [0, -3_000_000])
def test_a_body_with_nothing_or_less_to_spend_is_no_partner(amount: int) -> None:
    assert not find(
        [LEARNING_DISABILITY[0], spend("nhs", "learning-disability", amount)], facts(), on=TODAY
    ).opportunities


def test_income_is_taken_off_what_it_pays_for() -> None:
    one = only(
        [*LEARNING_DISABILITY, spend("nhs", "learning-disability", -600_000, ring_fence=RingFence.STATUTORY)]
    )
    assert one.joinable == Decimal("8000000.00")


def test_all_weights_zero_gives_no_score_and_a_sentence() -> None:
    opportunities = find(
        LEARNING_DISABILITY,
        facts(),
        on=TODAY,
        weights=dict.fromkeys(
            (
                "target_match",
                "client_overlap",
                "function_match",
                "geography_match",
                "discretion",
                "materiality",
                "readiness",
                "timing",
            ),
            Decimal(0),
        ),
    )
    assert opportunities.opportunities[0].score == 0
    assert opportunities.opportunities[0].level == 0
    assert "no-weights" in {problem.code for problem in opportunities.problems}


def test_a_place_that_states_no_discretion_still_has_a_score() -> None:
    one = only([replace(item, discretion=Discretion.UNKNOWN) for item in LEARNING_DISABILITY])
    assert {part.name for part in one.parts if part.value is None} >= {"discretion"}
    assert one.level == 6


# Laws

bodies = st.sampled_from(sorted(BODIES))
spending = st.lists(
    st.builds(
        JointSpend,
        organisation=bodies,
        organisation_type=st.just(OrganisationType.OTHER),
        service=st.sampled_from([one.id for one in SERVICES] + ["unmapped"]),
        board=st.sampled_from(["healthy", "safer", "unmapped"]),
        amount=st.integers(-2_000_00, 9_000_000_00).map(lambda pennies: Decimal(pennies) / 100),
        kind=st.sampled_from(Kind),
        ring_fence=st.sampled_from(RingFence),
        discretion=st.sampled_from(Discretion),
        committed_until=st.one_of(st.none(), st.dates(date(2015, 1, 1), date(2019, 1, 1))),
        area=st.sampled_from(["", "north", "south"]),
        grade=st.integers(1, 6),
        share=st.sampled_from(["a", "b"]),
        cash=st.booleans(),
    ).map(lambda item: replace(item, organisation_type=BODIES[item.organisation][1])),
    max_size=25,
)


crowded = st.lists(
    st.builds(
        spend,
        st.sampled_from(["council", "nhs", "police"]),
        st.sampled_from(
            ["learning-disability", "learning-disability-health", "older-people-care", "community-safety"]
        ),
        st.sampled_from([1_000_000, 5_000_000, 9_000_000]),
        kind=st.sampled_from([Kind.REVENUE, Kind.REVENUE, Kind.CAPITAL]),
        board=st.sampled_from(["healthy", "safer"]),
    ),
    min_size=5,
    max_size=14,
)
"""Few bodies on few services with like sums: opportunities that overlap, and ties to be settled."""


@settings(max_examples=60)
@given(spending | crowded, st.randoms(use_true_random=False))
def test_the_order_of_the_lines_changes_nothing(items: list[JointSpend], chance: ArtificialRandom) -> None:
    shuffled = list(items)
    chance.shuffle(shuffled)
    assert find(shuffled, facts(), on=TODAY) == find(items, facts(), on=TODAY)


def test_opportunities_that_are_alike_stand_in_one_order_whichever_is_read_first() -> None:
    alike = [
        spend(body, what, 5_000_000)
        for what in ("learning-disability", "older-people-care")
        for body in ("council", "nhs")
    ]
    opportunities = find(alike, facts(), on=TODAY)
    first, second = (
        opportunity for opportunity in opportunities.opportunities if len(opportunity.services) == 1
    )
    assert (first.score, first.joinable, first.level) == (second.score, second.joinable, second.level)
    assert find(alike[::-1], facts(), on=TODAY) == opportunities


@settings(max_examples=60)
@given(spending)
def test_a_body_that_shares_nothing_changes_no_other_opportunity(items: list[JointSpend]) -> None:
    apart = service("lighthouses", groups=["sailors"], function="lighthouses", cofog="04.5")
    known = facts(
        services=(*SERVICES, apart),
        organisations=(*facts().organisations, organisation("lighthouse-board")),
    )
    before = find(items, known, on=TODAY)
    after = find([*items, spend("lighthouse-board", "lighthouses", 99_000_000)], known, on=TODAY)
    assert [_reasons(opportunity) for opportunity in before.opportunities] == [
        _reasons(opportunity) for opportunity in after.opportunities
    ]
    assert before.portfolio.joinable == after.portfolio.joinable


SAME = Stability(Decimal(0), Decimal(0), Decimal(0))


def _reasons(opportunity: Opportunity) -> Opportunity:
    return replace(opportunity, stability=SAME)


@settings(max_examples=80)
@given(spending | crowded)
def test_what_is_found_keeps_the_laws_of_the_ladder_and_of_money(items: list[JointSpend]) -> None:
    opportunities = find(items, facts(), on=TODAY)
    counted = sum((opportunity.counted for opportunity in opportunities.opportunities), Decimal(0))
    whole = opportunities.portfolio
    parts = (whole.joinable, whole.waiting, whole.with_departments, whole.to_share, whole.unlisted)
    assert sum(parts) == counted <= whole.flexible
    assert whole.waiting == 0  # every sum of this place is known service by service
    shown = in_the_list(opportunities.opportunities)
    able = [opportunity for opportunity in shown if opportunity.level >= 2]
    assert whole.joinable == sum(
        (opportunity.counted for opportunity in able if not opportunity.with_department), Decimal(0)
    )
    assert whole.with_departments == sum(
        (opportunity.counted for opportunity in able if opportunity.with_department), Decimal(0)
    )
    for opportunity in opportunities.opportunities:
        assert len(set(opportunity.organisations)) == len(opportunity.partners) >= 2
        assert (
            opportunity.level
            == min(opportunity.allowed, opportunity.earned)
            <= min(gate.level for gate in opportunity.gates)
        )
        assert 0 <= opportunity.score <= 100
        assert 0 <= opportunity.low <= opportunity.joinable <= opportunity.high
        # nobody of the place decides on a national department's money: beside two local bodies it is not counted
        local = [
            p.flexible
            for p in opportunity.partners
            if BODIES[p.organisation][1] is not OrganisationType.CENTRAL_DEPARTMENT
        ]
        held = local if len(local) > 1 else [p.flexible for p in opportunity.partners]
        assert opportunity.joinable == sum(held) - max(held)
        assert 0 <= opportunity.counted <= opportunity.joinable
        assert opportunity.why_not_higher
        assert opportunity.one_further
        assert (
            0 <= opportunity.stability.top3 <= opportunity.stability.top5 <= opportunity.stability.top10 <= 1
        )
        assert opportunity.timing.steps[-1].joinable >= opportunity.timing.steps[0].joinable
    assert [opportunity.rank for opportunity in opportunities.opportunities] == list(
        range(1, len(opportunities.opportunities) + 1)
    )
    assert len({opportunity.id for opportunity in opportunities.opportunities}) == len(
        opportunities.opportunities
    )


@settings(max_examples=60)
@given(crowded)
def test_every_pound_is_counted_by_one_opportunity_at_most(items: list[JointSpend]) -> None:
    """Worked again from the cells: the best takes what it can, and leaves the rest to the next.

    A cell is two purses: what could go all the way, and what can be bought with jointly at most. Money that was
    taken from the first is never taken again out of the second.
    """
    known = facts()
    held = cells(items, known.rules.choice)
    left = {}
    for (body, what), cell in held.items():
        left[body, what, "free"] = cell.reaching(7)
        left[body, what, "bought"] = cell.reaching(FLEXIBLE_FROM) - cell.reaching(7)
    for opportunity in find(items, known, on=TODAY).opportunities:
        if opportunity.joinable <= 0:
            assert opportunity.counted == 0
            continue
        largest = max(opportunity.partners, key=lambda partner: (partner.flexible, partner.organisation))
        taken = Decimal(0)
        for body in set(opportunity.organisations) - {largest.organisation}:
            for what in opportunity.services:
                for purse in ("free",) if opportunity.reach > FLEXIBLE_FROM else ("free", "bought"):
                    taken += left.pop((body, what, purse), Decimal(0))
        assert opportunity.counted == min(taken, opportunity.joinable)


def test_the_same_weights_and_seed_give_the_same_ranks_and_the_first_of_many_is_firm() -> None:
    many = [
        spend(body, what.id, 100_000 + 7_919_000 * (3 * place + number) % 9_000_000)
        for place, what in enumerate(SERVICES)
        for number, body in enumerate(("council", "nhs", "police", "fire"))
    ]
    opportunities = find(many, facts(), on=TODAY)
    assert opportunities == find(many, facts(), on=TODAY)
    assert len(opportunities.opportunities) > 10
    assert opportunities.opportunities[0].stability.top10 == 1
    tops = sum(opportunity.stability.top3 for opportunity in opportunities.opportunities)
    assert abs(tops - 3) <= Decimal("0.05")


def test_a_few_hundred_pounds_make_no_partner() -> None:
    few = spend("police", "learning-disability", 418)
    opportunities = find([*LEARNING_DISABILITY, few], facts(residents=250_000), on=TODAY)
    assert [opportunity.organisations for opportunity in opportunities.opportunities] == [("council", "nhs")]
