"""What if: pooling moves money and never changes the place's total."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budget_model.together.decisions import Decision, Event, State, decision_of, review, snapshot_of
from budget_model.together.opportunities import find
from budget_model.together.pools import Contribution, LineLimit, Pool, missing
from budget_model.together.risk_share import RiskShare, Rule
from budget_model.together.scenarios import (
    Effect,
    Ingredient,
    Outcome,
    Scenario,
    as_pool,
    compare,
    from_link,
    from_text,
    of_opportunity,
    of_pool,
    opportunity_of,
    to_link,
    to_text,
    try_out,
)
from tests.together.city import LEARNING_DISABILITY, TODAY, facts, spend

CITY = (*LEARNING_DISABILITY, spend("council", "roads", 1_300_000), spend("police", "roads", 500_000))
POOLED = Scenario(
    "Learning disability",
    "2016-17",
    (Ingredient("council", "learning-disability"), Ingredient("nhs", "learning-disability")),
    host="council",
    variance=Decimal(865_000),
)


def effects(outcome: Outcome) -> dict[str, Effect]:
    return {effect.organisation: effect for effect in outcome.effects}


def test_a_pool_is_in_its_hosts_hands_and_the_place_has_the_same_total() -> None:
    outcome = try_out(POOLED, CITY)
    assert outcome.fund == 17_300_000
    now = effects(outcome)
    assert (now["council"].holds, now["nhs"].holds) == (18_600_000, 0)
    assert sum(effect.holds for effect in outcome.effects) == outcome.place_before == 19_100_000
    assert outcome.problems == ()


def test_who_bears_a_five_percent_overspend_is_shown_before_and_after() -> None:
    now = effects(try_out(POOLED, CITY))
    assert (now["council"].bears, now["nhs"].bears, now["police"].bears) == (435_000, 430_000, 0)
    assert (now["nhs"].before, now["nhs"].after) == (8_600_000, 9_030_000)


def test_a_variance_costs_the_place_the_same_whoever_bears_it() -> None:
    absorbed = replace(POOLED, risk_share=RiskShare(Rule.HOST_ABSORBS, host="council"))
    assert try_out(absorbed, CITY).place_after == try_out(POOLED, CITY).place_after == 19_965_000


def test_a_share_of_a_service_can_be_put_in() -> None:
    half = replace(
        POOLED,
        ingredients=(Ingredient("council", "learning-disability", Decimal("0.5")), POOLED.ingredients[1]),
    )
    assert effects(try_out(half, CITY))["council"].puts_in == 4_350_000


def test_a_line_can_be_put_in_up_to_what_it_holds() -> None:
    limit = LineLimit(7, "council", "Day centres", Decimal(400_000))
    line = Ingredient("council", "learning-disability", line=7, amount=Decimal(500_000))
    outcome = try_out(replace(POOLED, ingredients=(line, POOLED.ingredients[1])), CITY, [limit])
    assert effects(outcome)["council"].puts_in == 400_000
    (problem,) = outcome.problems
    assert "council has £400,000.00 on learning-disability left to contribute" in problem.sentence


def test_the_same_service_put_in_twice_is_not_counted_twice() -> None:
    outcome = try_out(replace(POOLED, ingredients=(*POOLED.ingredients, POOLED.ingredients[0])), CITY)
    assert outcome.fund == 17_300_000
    assert [problem.code for problem in outcome.problems] == ["nothing-there"]


def test_aligning_leaves_the_money_where_it_is() -> None:
    aligned = try_out(replace(POOLED, arrangement=2, host=""), CITY)
    assert all(effect.holds == effect.before for effect in aligned.effects)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"ingredients": POOLED.ingredients[:1]}, "one-partner"),
        ({"host": ""}, "no-host"),
        ({"risk_share": RiskShare(Rule.HOST_ABSORBS)}, "unallocated"),
        ({"ingredients": (*POOLED.ingredients, Ingredient("fire", "roads"))}, "nothing-there"),
        (
            {"ingredients": (*POOLED.ingredients, Ingredient("council", "roads", amount=Decimal(-5)))},
            "negative-contribution",
        ),
    ],
)
def test_what_is_wrong_with_a_scenario_is_said_in_a_sentence(changes: dict[str, Any], code: str) -> None:
    assert code in {problem.code for problem in try_out(replace(POOLED, **changes), CITY).problems}


def test_scenarios_stand_side_by_side() -> None:
    other = replace(POOLED, ingredients=(Ingredient("council", "roads"), Ingredient("police", "roads")))
    rows = dict(compare([try_out(POOLED, CITY), try_out(other, CITY)]))
    assert set(rows) == {"council", "nhs", "police"}
    assert rows["police"][1].puts_in == 500_000


def test_an_opportunity_becomes_a_scenario_and_a_scenario_a_register_entry() -> None:
    opportunity = find(CITY, facts(), on=TODAY).opportunities[0]
    scenario = of_opportunity(opportunity, "2016-17")
    outcome = try_out(scenario, CITY)
    assert outcome.fund == 17_200_000  # the NHS's 8.6m, and as much of the council's 8.7m
    assert opportunity_of(scenario) == opportunity.id == opportunity_of(replace(scenario, opportunity=""))
    pool = as_pool(scenario, outcome, "ld")
    assert pool.total == outcome.fund
    assert pool.host == "council"
    assert "aims" in {content.name for content in missing(pool)}


def test_a_what_if_starts_from_the_money_it_is_about_and_not_from_a_bodys_one_large_sum() -> None:
    """The NHS's 320m is one line for everything; 33m of the council's meets it, so a 5% overspend is of 66m."""
    spending = (
        spend("nhs", "learning-disability", 320_000_000),
        spend("council", "learning-disability", 33_000_000),
    )
    scenario = of_opportunity(find(spending, facts(), on=TODAY).opportunities[0], "2016-17")
    assert {part.partner: part.amount for part in scenario.ingredients} == {
        "nhs": Decimal(33_000_000),
        "council": Decimal(33_000_000),
    }


amounts = st.integers(0, 9_000_000_00).map(lambda pennies: Decimal(pennies) / 100)
scenarios = st.builds(
    Scenario,
    name=st.text(max_size=40),
    ingredients=st.lists(
        st.builds(
            Ingredient,
            st.sampled_from(["council", "nhs", "police", "fire"]),
            st.sampled_from(["learning-disability", "roads", "unmapped"]),
            share=st.sampled_from([Decimal("0.25"), Decimal(1), Decimal(3)]),
            amount=st.one_of(st.none(), amounts),
        ),
        max_size=5,
    ).map(tuple),
    host=st.sampled_from(["", "council", "nhs"]),
    arrangement=st.integers(0, 7),
    risk_share=st.builds(
        RiskShare, st.sampled_from(Rule), st.sampled_from(["", "council"]), contingency=amounts
    ),
    variance=st.integers(-9_000_00, 9_000_00).map(lambda pennies: Decimal(pennies) / 100),
)


def test_a_pool_of_the_register_becomes_a_scenario_that_comes_out_as_planned() -> None:
    pool = Pool(
        "ld",
        "Learning disability",
        "2016-17",
        host="council",
        risk_share=RiskShare(Rule.HOST_ABSORBS, "council"),
        contributions=(
            Contribution("council", Decimal(5_000_000), "learning-disability"),
            Contribution("nhs", Decimal(3_000_000), "learning-disability"),
            Contribution("nhs", Decimal(90_000), "learning-disability", in_kind=True),
        ),
    )
    outcome = try_out(of_pool(pool), LEARNING_DISABILITY)
    assert outcome.fund == pool.total == 8_000_000
    assert outcome.problems == ()
    assert (outcome.scenario.year, outcome.scenario.host) == ("2016-17", "council")


@given(scenarios)
def test_pooling_never_changes_the_places_total(scenario: Scenario) -> None:
    outcome = try_out(scenario, CITY)
    assert sum(effect.holds for effect in outcome.effects) == outcome.place_before
    borne = (
        sum(effect.bears for effect in outcome.effects) + outcome.borne.retained + outcome.borne.unallocated
    )
    assert borne == scenario.variance == outcome.place_after - outcome.place_before
    assert sum(effect.puts_in for effect in outcome.effects) == outcome.fund


@given(scenarios)
def test_a_scenario_comes_back_from_its_link_and_from_the_store_as_it_was(scenario: Scenario) -> None:
    assert from_link(to_link(scenario)) == scenario
    assert from_text(to_text(scenario)) == scenario


@given(st.one_of(st.text(max_size=200), st.binary(max_size=60).map(lambda raw: raw.hex())))
def test_a_link_that_is_no_scenario_is_none_and_never_an_error(word: str) -> None:
    assert from_link(word) is None


@pytest.mark.parametrize(
    "text",
    [
        '{"name": 5}',
        '{"name": "a", "variance": "NaN"}',
        '{"name": "a", "ingredients": {}}',
        "[]",
        '{"nom": "a"}',
    ],
)
def test_what_was_tampered_with_is_refused_whole(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        from_text(text)


# The register, when budgets change

OPPORTUNITY = find(CITY, facts(), on=TODAY).opportunities[0]
NOON = datetime(2016, 5, 1, 12, tzinfo=UTC)


def entry(**event: Any) -> Decision:
    first = Event(
        "x", "registered", "A. Director", NOON, State.IDEA, "A. Director", snapshot=snapshot_of(OPPORTUNITY)
    )
    said = Event("x", "state", "A. Director", NOON, **event)
    return decision_of(
        OPPORTUNITY.id, OPPORTUNITY.title, OPPORTUNITY.organisations, OPPORTUNITY.services, [first, said]
    )


def test_a_decision_is_what_its_events_left() -> None:
    one = entry(state=State.AGREED, review=date(2017, 4, 1), comment="Both boards agreed.")
    assert (one.state, one.owner, one.review) == (State.AGREED, "A. Director", date(2017, 4, 1))
    assert [event.comment for event in one.comments] == ["Both boards agreed."]


def test_nothing_is_flagged_while_the_money_beneath_is_the_same() -> None:
    (same,) = review([entry()], [OPPORTUNITY], TODAY)
    assert (same.flag, same.change, same.same) == ("", 0, True)


def test_a_decision_is_kept_and_flagged_by_how_much_when_the_money_beneath_changed() -> None:
    less = find([CITY[0], replace(CITY[1], amount=Decimal(8_000_000))], facts(), on=TODAY).opportunities
    (changed,) = review([entry(state=State.AGREED)], less, TODAY)
    assert changed.decision.state is State.AGREED
    assert changed.change == -600_000
    assert changed.flag == (
        "Since it was last looked at: £600k less could be planned together (nhs £8.6m then, £8.0m now)."
    )


def test_a_decision_finds_what_it_became_when_a_partner_comes_in() -> None:
    three = [
        opportunity
        for opportunity in find(
            [*CITY, spend("police", "learning-disability", 200_000)], facts(), on=TODAY
        ).opportunities
        if "police" in opportunity.organisations and "nhs" in opportunity.organisations
    ]
    (reviewed,) = review([entry()], three, TODAY)
    assert not reviewed.same
    assert "police came in" in reviewed.flag


def test_a_decision_with_nothing_left_beneath_it_says_so() -> None:
    (gone,) = review([entry()], [], TODAY)
    assert gone.now is None
    assert gone.change == -OPPORTUNITY.joinable
    assert "Nothing like it is on the map any more" in gone.flag


def test_reviews_that_passed_are_overdue_unless_it_was_rejected() -> None:
    due = entry(review=date(2016, 3, 31))
    assert review([due], [OPPORTUNITY], TODAY)[0].overdue
    rejected = entry(review=date(2016, 3, 31), state=State.REJECTED)
    assert not review([rejected], [OPPORTUNITY], TODAY)[0].overdue
