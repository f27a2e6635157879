"""Pools: who puts in what, who bears what, and what an agreement has to say."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budget_model.together.pools import (
    CONTENTS,
    Contribution,
    LineLimit,
    Pool,
    RollForward,
    check,
    contents,
    existing,
    missing,
    overdue,
    pool_next_year,
    roll_forward,
)
from budget_model.together.risk_share import MEANS, Borne, RiskShare, Rule, share_variance

MILLION = Decimal(1_000_000)


def salford(nhs: str, council: str) -> Pool:
    return Pool(
        "pool",
        "Salford",
        contributions=(
            Contribution("NHS", Decimal(nhs) * MILLION),
            Contribution("council", Decimal(council) * MILLION),
        ),
    )


@pytest.mark.parametrize(
    ("nhs", "council", "shares"),
    [
        ("1.9", "0.4", {"NHS": "82.6%", "council": "17.4%"}),
        ("8.6", "8.7", {"council": "50.3%", "NHS": "49.7%"}),
        ("1.3", "1.1", {"NHS": "54.2%", "council": "45.8%"}),
    ],
)
def test_the_published_shares_of_salfords_pools_come_out(
    nhs: str, council: str, shares: dict[str, str]
) -> None:
    assert salford(nhs, council).shares == shares


def test_a_five_percent_overspend_on_learning_difficulties_falls_as_published() -> None:
    pool = salford("8.6", "8.7")
    borne = share_variance(pool.total * Decimal("0.05"), pool.by_partner, pool.risk_share)
    assert borne.variance == 865_000
    assert borne.partners == {"council": Decimal("435000.00"), "NHS": Decimal("430000.00")}


PUT_IN = {"nhs": Decimal(600), "council": Decimal(300), "police": Decimal(100)}


def share(variance: int, rule: Rule, **agreed: Any) -> Borne:
    return share_variance(Decimal(variance), PUT_IN, RiskShare(rule, **agreed))


def test_fixed_shares_that_leave_some_out_say_what_is_unallocated() -> None:
    borne = share(100, Rule.FIXED, shares={"nhs": Decimal("0.5"), "council": Decimal("0.3")})
    assert borne.partners == {"nhs": 50, "council": 30, "police": 0}
    assert borne.unallocated == 20
    assert "unallocated" in borne.steps[-1]


def test_fixed_shares_above_the_whole_are_not_applied() -> None:
    borne = share(100, Rule.FIXED, shares={"nhs": Decimal(1), "council": Decimal("0.3")})
    assert borne.unallocated == 100
    assert "130.0%, more than the whole" in borne.steps[0]


def test_each_lines_variance_goes_to_the_partner_that_owns_it() -> None:
    borne = share(100, Rule.BY_LINE, lines=(("nhs", Decimal(90)), ("council", Decimal(-30))))
    assert (borne.partners["nhs"], borne.partners["council"], borne.unallocated) == (90, -30, 40)


def test_caps_hold_then_contingency_then_the_host_pays() -> None:
    caps = {"nhs": Decimal(20), "council": Decimal(30)}
    borne = share(100, Rule.CAPPED, caps=caps, contingency=Decimal(15), host="council", host_takes_rest=True)
    assert borne.partners == {"nhs": 20, "council": 55, "police": 10}
    assert (borne.retained, borne.unallocated) == (15, 0)


def test_beyond_caps_and_contingency_without_a_willing_host_it_is_unallocated_and_flagged() -> None:
    borne = share(100, Rule.CAPPED, caps={"nhs": Decimal(20)}, contingency=Decimal(15), host="council")
    assert borne.unallocated == 25
    assert borne.flagged


def test_the_host_absorbs_all_of_it() -> None:
    assert share(-40, Rule.HOST_ABSORBS, host="council").partners["council"] == -40


def test_without_a_host_nobody_absorbs() -> None:
    assert share(-40, Rule.HOST_ABSORBS).unallocated == -40


def test_the_waterfall_runs_underspends_contingency_uncommitted_then_outside() -> None:
    borne = share(
        100,
        Rule.WATERFALL,
        underspends=Decimal(10),
        contingency=Decimal(20),
        uncommitted=Decimal(30),
        outside={"police": Decimal(1)},
    )
    assert borne.retained == 60
    assert borne.partners == {"nhs": 24, "council": 12, "police": 1}
    assert borne.unallocated == 3


def test_an_underspend_stays_in_the_pool_under_the_waterfall() -> None:
    assert share(-70, Rule.WATERFALL).retained == -70


def test_partners_who_put_nothing_in_bear_nothing_and_it_is_said() -> None:
    borne = share_variance(Decimal(10), {"nhs": Decimal(0)}, RiskShare(Rule.PROPORTIONAL))
    assert (borne.partners, borne.unallocated) == ({"nhs": 0}, 10)


def test_every_rule_is_said_in_a_sentence() -> None:
    assert set(MEANS) == set(Rule)


money = st.integers(-10_000_00, 10_000_00).map(lambda pennies: Decimal(pennies) / 100)
positive = money.map(abs)
by_partner = st.fixed_dictionaries({}, optional=dict.fromkeys(PUT_IN, positive))


@given(
    money,
    st.dictionaries(st.sampled_from(sorted(PUT_IN)), money),
    st.builds(
        RiskShare,
        rule=st.sampled_from(Rule),
        host=st.sampled_from(["", "nhs", "elsewhere"]),
        shares=st.dictionaries(
            st.sampled_from(sorted(PUT_IN)), st.sampled_from([Decimal(n) / 7 for n in range(-1, 5)])
        ),
        caps=by_partner,
        lines=st.lists(st.tuples(st.sampled_from(sorted(PUT_IN)), money), max_size=4).map(tuple),
        underspends=money,
        contingency=money,
        uncommitted=money,
        outside=by_partner,
        host_takes_rest=st.booleans(),
    ),
)
def test_what_is_borne_retained_and_unallocated_makes_the_variance_to_the_penny(
    variance: Decimal, put_in: dict[str, Decimal], agreed: RiskShare
) -> None:
    borne = share_variance(variance, put_in, agreed)
    assert sum(borne.partners.values(), Decimal(0)) + borne.retained + borne.unallocated == variance
    assert all(part == round(part, 2) for part in borne.partners.values())


FULL = Pool(
    "ld",
    "Learning disability",
    aims="Independence",
    variation="By agreement",
    functions="s.75",
    contributions=(
        Contribution("nhs", Decimal(860), "learning-disability", 1),
        Contribution("council", Decimal(870), "learning-disability", 2),
    ),
    people_and_services="Adults",
    staff_and_goods="None",
    host="council",
    manager="A. Manager",
    starts=date(2016, 4, 1),
    review=date(2017, 4, 1),
    ends=date(2019, 3, 31),
    exit_terms="Six months",
    overspend="Shared",
    underspend="Shared",
    vat="Council host",
    power="s.75",
    outcome_measure="Own home",
    baseline=Decimal(50),
    target=Decimal(60),
)
LINES = (
    LineLimit(1, "nhs", "Learning disability", Decimal(860)),
    LineLimit(2, "council", "LD support", Decimal(870)),
)


def test_a_full_agreement_lacks_nothing_and_an_empty_one_lacks_everything() -> None:
    assert missing(FULL) == ()
    assert missing(Pool("p", "Empty")) == CONTENTS
    assert sum(content.required for content in CONTENTS) == 7


def test_a_measure_without_a_baseline_is_no_outcome_measure() -> None:
    assert [content.name for content in missing(replace(FULL, baseline=None))] == ["outcome_measure"]


def test_reviews_that_have_passed_are_listed_the_longest_overdue_first() -> None:
    older = replace(FULL, id="a", review=date(2016, 10, 1))
    assert overdue([FULL, older, replace(FULL, id="z", review=None, ends=None)], date(2017, 5, 1)) == (
        older,
        FULL,
    )
    assert overdue([FULL], date(2017, 4, 1)) == ()


def test_a_sound_pool_has_no_problem() -> None:
    assert check(FULL, LINES) == ()


def test_a_contribution_above_its_line_is_a_problem_that_names_both_amounts() -> None:
    high = replace(
        FULL, contributions=(replace(FULL.contributions[0], amount=Decimal(900)), FULL.contributions[1])
    )
    (problem,) = check(high, LINES)
    assert problem.code == "above-the-line"
    assert problem.sentence == "£900.00 is contributed from ‘Learning disability’, which holds £860.00."
    assert problem.remedy.startswith("Lower the contribution by £40.00")


def test_two_contributions_from_one_line_are_added_before_they_are_checked() -> None:
    twice = replace(FULL, contributions=(*FULL.contributions, FULL.contributions[0]))
    assert [problem.code for problem in check(twice, LINES)] == ["above-the-line"]


def test_a_contribution_below_its_minimum_is_a_problem() -> None:
    bound = replace(
        FULL, contributions=(replace(FULL.contributions[0], minimum=Decimal(861)), FULL.contributions[1])
    )
    assert [problem.code for problem in check(bound, LINES)] == ["below-minimum"]


def test_a_line_that_is_no_longer_on_the_map_is_asked_for_again() -> None:
    assert [problem.code for problem in check(FULL, LINES[:1])] == ["unknown-line"]


def test_help_in_kind_is_no_money_in_the_pool() -> None:
    kind = replace(
        FULL, contributions=(*FULL.contributions, Contribution("police", Decimal(50), in_kind=True))
    )
    assert kind.total == FULL.total


def test_next_years_contribution_is_built_up_in_steps_that_add_up() -> None:
    following = roll_forward(
        "nhs", Decimal(1000), RollForward(Decimal(100), Decimal("0.02"), Decimal(50), Decimal(30))
    )
    assert following.amount == Decimal("1142.00")
    assert sum(step.amount for step in following.steps) == following.amount


def test_the_pool_next_year_is_what_its_partners_put_in_step_by_step() -> None:
    pool = Pool(
        "e", "E", contributions=(Contribution("nhs", Decimal(1000)), Contribution("council", Decimal(500)))
    )
    following = pool_next_year(pool, RollForward(inflation=Decimal("0.02"), developments=Decimal(50)))
    assert [partner.amount for partner in following.partners] == [Decimal(1070), Decimal(560)]
    assert [step.amount for step in following.steps] == [1500, 0, 30, 100, 0]
    assert following.amount == sum(step.amount for step in following.steps)


def test_only_pools_in_force_speak_for_their_partners_readiness() -> None:
    assert existing([FULL], date(2016, 3, 31)) == ()
    (pool,) = existing([FULL], date(2016, 4, 1))
    assert (pool.partners, pool.services) == (("council", "nhs"), ("learning-disability",))


def test_what_an_agreement_says_is_told_content_by_content_and_what_it_does_not_say_is_left_out() -> None:
    pool = Pool(
        "e",
        "Equipment",
        contributions=(Contribution("nhs", Decimal(1_300_000)), Contribution("council", Decimal(1_100_000))),
        host="council",
        manager="A manager",
        review=date(2017, 3, 31),
        outcome_measure="Days waited",
        baseline=Decimal(9),
        target=Decimal(5),
    )
    told = {content.name: words for content, words in contents(pool, {"council": "Anytown Council"})}
    assert told == {
        "contributions": "nhs £1.3m, Anytown Council £1.1m",
        "host": "Anytown Council. Manager: A manager",
        "term": "review 31 March 2017",
        "outcome_measure": "Days waited, from 9 to 5",
    }


def test_dates_out_of_order_are_a_problem_with_a_sentence() -> None:
    problems = check(Pool("e", "Equipment", starts=date(2017, 4, 1), review=date(2016, 4, 1)))
    assert [problem.code for problem in problems] == ["days-out-of-order"]


def test_a_pool_that_is_made_up_says_nothing_of_anybodys_readiness() -> None:
    pool = Pool("e", "Equipment", contributions=(Contribution("nhs", Decimal(1)),))
    assert existing([pool], date(2016, 4, 1))
    assert existing([replace(pool, illustrative=True)], date(2016, 4, 1)) == ()
