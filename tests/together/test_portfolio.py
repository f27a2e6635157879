"""Choosing what to take up: the best set within the limits, proven against trying them all."""

from datetime import date
from decimal import Decimal
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from budget_model.together.opportunities import find
from budget_model.together.portfolio import Limits, Option, options_of
from budget_model.together.portfolio import choose as best_choice
from tests.together.city import LEARNING_DISABILITY, TODAY, facts, spend

STEP = Decimal(100_000)


def choose(options, limits):
    return best_choice(options, limits, STEP)


def option(name, value, level=3, **changes):
    return Option(name, level, Decimal(value), **changes)


def test_without_limits_everything_is_taken_up_at_its_most_valuable_level():
    choice = choose([option("a", 3), option("a", 5, level=6), option("b", 2)], Limits())
    assert [(one.opportunity, one.level) for one in choice.chosen] == [("a", 6), ("b", 3)]
    assert choice.proven


def test_effort_holds_the_choice_back_and_one_more_unit_is_priced():
    options = [
        option("a", 10, effort={"council": Decimal(2)}),
        option("b", 9, effort={"council": Decimal(1)}),
        option("c", 8, effort={"council": Decimal(1)}),
    ]
    choice = choose(options, Limits(effort={"council": Decimal(2)}))
    assert {one.opportunity for one in choice.chosen} == {"b", "c"}
    assert choice.value == 17
    (limit,) = choice.binding
    assert (limit.what, limit.used, limit.brings) == ("effort", 2, 2)
    assert limit.sentence == "One more unit of council’s effort would bring 11.8% more."
    assert choice.left_out == (("a", "The limits leave no room for it beside better ones."),)


def test_no_more_pools_than_allowed():
    options = [option("a", 5, level=6), option("b", 4, level=6), option("b", 3, level=3)]
    choice = choose(options, Limits(pools=1))
    assert [(one.opportunity, one.level) for one in choice.chosen] == [("a", 6), ("b", 3)]


def test_a_partner_puts_no_more_in_pools_than_it_would():
    options = [
        option("a", 5, level=6, pooled={"nhs": Decimal(3_000_000)}),
        option("b", 4, level=6, pooled={"nhs": Decimal(2_000_000)}),
    ]
    assert choose(options, Limits(pooled={"nhs": Decimal(4_999_999)})).value == 5
    assert choose(options, Limits(pooled={"nhs": Decimal(5_000_000)})).value == 9


def test_what_must_come_first_does_or_neither_is_taken_up():
    board = option("board", 1, effort={"council": Decimal(2)})
    pool = option("pool", 9, level=6, needs=("board",), effort={"council": Decimal(1)})
    assert choose([board, pool], Limits(effort={"council": Decimal(3)})).value == 10
    assert choose([board, pool], Limits(effort={"council": Decimal(2)})).value == 1
    alone = choose([pool], Limits())
    assert alone.chosen == ()
    assert alone.left_out == (("pool", "It needs board, which is not on offer."),)


def test_what_starts_too_late_is_left_out_with_its_date():
    late = option("late", 9, starts=date(2019, 4, 1))
    choice = choose([late, option("now", 1)], Limits(by_day=date(2017, 4, 1)))
    assert choice.value == 1
    assert choice.left_out == (("late", "It cannot start before April 2019."),)


def test_nothing_on_offer_and_limits_of_nought_choose_nothing():
    assert choose([], Limits()).chosen == ()
    choice = choose([option("a", 5, effort={"x": Decimal(1)})], Limits(effort={"x": Decimal(0)}))
    assert choice.chosen == ()
    assert choose([option("a", 5)], Limits(pools=-1)).chosen == ()
    assert choice.binding[0].sentence == "One more unit of x’s effort would bring the first value."


def test_opportunities_become_options_up_to_the_level_recommended():
    found = find([*LEARNING_DISABILITY, spend("police", "roads", 5)], facts(), on=TODAY)
    options = options_of(found.opportunities, facts().weights.levels)
    assert [one.level for one in options] == [3, 6]
    assert options[1].value == 2 * options[0].value
    assert options[1].pooled == {"council": Decimal("8700000.00"), "nhs": Decimal("8600000.00")}
    assert not options[0].pooled


def brute_force(options, limits):
    best = Decimal(0)
    for taken in product([False, True], repeat=len(options)):
        chosen = [one for one, take in zip(options, taken, strict=True) if take]
        names = [one.opportunity for one in chosen]
        partners = ("council", "nhs")
        if (
            len(names) == len(set(names))
            and all(set(one.needs) <= set(names) for one in chosen)
            and all(
                sum(one.effort.get(partner, 0) for one in chosen) <= limits.effort.get(partner, 10**9)
                for partner in partners
            )
            and all(
                sum(one.pooled.get(partner, 0) for one in chosen) <= limits.pooled.get(partner, 10**12)
                for partner in partners
            )
            and (limits.pools is None or sum(one.is_pool for one in chosen) <= limits.pools)
        ):
            best = max(best, sum((one.value for one in chosen), Decimal(0)))
    return best


whole = st.integers(0, 5).map(Decimal)
by_partner = st.dictionaries(st.sampled_from(["council", "nhs"]), whole)
options = st.lists(
    st.builds(
        Option,
        opportunity=st.sampled_from("abcde"),
        level=st.sampled_from([3, 6]),
        value=st.integers(0, 50).map(Decimal),
        effort=by_partner,
        pooled=st.dictionaries(
            st.sampled_from(["council", "nhs"]), st.integers(0, 9).map(lambda n: Decimal(n * 1_000_000))
        ),
        needs=st.sampled_from([(), (), ("a",), ("b",)]),
    ),
    max_size=8,
    unique_by=lambda one: (one.opportunity, one.level),
)
limits = st.builds(
    Limits,
    effort=by_partner,
    pooled=st.dictionaries(
        st.sampled_from(["council", "nhs"]), st.integers(0, 20).map(lambda n: Decimal(n * 1_000_000))
    ),
    pools=st.one_of(st.none(), st.integers(0, 3)),
)


@settings(max_examples=150, deadline=None)
@given(options, limits)
def test_the_choice_is_the_best_there_is_and_within_every_limit(offered, within):
    choice = choose(offered, within)
    assert choice.value == sum((one.value for one in choice.chosen), Decimal(0))
    assert choice.value == brute_force(offered, within)
    assert choice.proven
    assert brute_force(list(choice.chosen), within) == choice.value


@settings(max_examples=30, deadline=None)
@given(options, limits)
def test_the_order_of_the_options_changes_nothing(offered, within):
    assert choose(offered[::-1], within) == choose(offered, within)
