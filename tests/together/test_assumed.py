"""A what-if says which contributions nobody has agreed to."""

from dataclasses import replace
from decimal import Decimal

from budget_model.together.assumed import Assumed, assumed_in, in_words
from budget_model.together.pools import Contribution, Pool
from budget_model.together.scenarios import Ingredient, Scenario, of_pool

AGREED = Pool(
    "ld",
    "Learning disability",
    "2016-17",
    host="council",
    contributions=(
        Contribution("council", Decimal(9_000_000), "learning-disability"),
        Contribution("nhs", Decimal(8_000_000), "nhs-care"),
    ),
)
SEVERAL = frozenset({"nhs-care"})
NAMES = {"council": "Council", "nhs": "Vale CCG"}


def test_what_an_agreement_in_the_register_states_is_not_assumed() -> None:
    assumed = assumed_in(of_pool(AGREED), [AGREED], SEVERAL)
    assert (assumed, assumed.label, in_words(assumed, NAMES)) == (Assumed(), "", "")


def test_half_of_a_fund_from_a_sum_that_nobody_has_split_is_assumed_and_its_part_unknown() -> None:
    parts = (
        Ingredient("council", "learning-disability", amount=Decimal(38_600_000)),
        Ingredient("nhs", "nhs-care", amount=Decimal(38_600_000)),
    )
    assumed = assumed_in(Scenario("", "2016-17", parts), [AGREED], SEVERAL)
    assert (assumed.label, assumed.bodies, assumed.not_split) == ("assumed", ("council", "nhs"), ("nhs",))
    assert in_words(assumed, NAMES) == (
        "What each contributes is assumed, not stated by an agreement. What part of Vale CCG’s one sum for many services "
        "belongs here is not known."
    )


def test_a_pool_that_is_made_up_or_of_another_year_states_nothing() -> None:
    scenario = of_pool(AGREED)
    for pool in (replace(AGREED, illustrative=True), replace(AGREED, year="2015-16")):
        assert assumed_in(scenario, [pool], SEVERAL).label == "assumed"


def test_a_contribution_moved_away_from_the_agreement_is_assumed_and_the_other_is_not() -> None:
    first, second = of_pool(AGREED).ingredients
    moved = replace(of_pool(AGREED), ingredients=(first, replace(second, amount=Decimal(10_000_000))))
    assumed = assumed_in(moved, [AGREED], SEVERAL)
    assert (assumed.label, assumed.bodies) == ("partly assumed", ("nhs",))
    assert in_words(assumed, NAMES).startswith(
        "What Vale CCG would contribute is assumed, not stated by an agreement."
    )
