"""Choosing what to take up: the best set within the limits, proven against trying them all."""

import random
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import product
from random import Random
from typing import Any

import numpy as np
import pytest
import scipy.optimize
from hypothesis import given, settings
from hypothesis import strategies as st

from budget_model.together import portfolio_search
from budget_model.together.opportunities import CROSS, WITHIN, find
from budget_model.together.portfolio import (
    Option,
    PortfolioChoice,
    PortfolioLimits,
    options_of,
    value_of,
)
from budget_model.together.portfolio_search import choose as best_choice
from tests.sampled import sampled
from tests.together.city import LEARNING_DISABILITY, TODAY, facts, spend

STEP = Decimal(100_000)


def choose(options: list[Option], limits: PortfolioLimits) -> PortfolioChoice:
    return best_choice(options, limits, STEP)


def option(name: str, value: int, level: int = 3, **changes: Any) -> Option:
    return Option(name, level, Decimal(value), **changes)


def test_without_limits_everything_is_taken_up_at_its_most_valuable_level() -> None:
    choice = choose([option("a", 3), option("a", 5, level=6), option("b", 2)], PortfolioLimits())
    assert [(one.opportunity, one.level) for one in choice.chosen] == [("a", 6), ("b", 3)]
    assert choice.proven


def test_effort_holds_the_choice_back_and_one_more_unit_is_priced() -> None:
    options = [
        option("a", 10, effort={"council": Decimal(2)}),
        option("b", 9, effort={"council": Decimal(1)}),
        option("c", 8, effort={"council": Decimal(1)}),
    ]
    choice = choose(options, PortfolioLimits(effort={"council": Decimal(2)}))
    assert {one.opportunity for one in choice.chosen} == {"b", "c"}
    assert choice.value == 17
    (limit,) = choice.binding
    assert (limit.what, limit.used, limit.brings) == ("effort", 2, 2)
    assert limit.sentence == "One more unit of council’s effort would bring 11.8% more."
    assert choice.left_out == (
        (
            "a",
            "Better ones leave no room for it: it needs 2 of council’s units of work, of which 0 are left.",
        ),
    )


def test_the_time_that_the_solver_takes_to_be_read_is_none_of_the_searchs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock = [0.0]
    reading = [100.0]

    def read() -> Any:
        clock[0] += reading.pop() if reading else 0.0
        return scipy.optimize

    monkeypatch.setattr(portfolio_search, "_solver", read)
    monkeypatch.setattr("budget_model.together.portfolio_search.time.monotonic", lambda: clock[0])
    choice = choose(
        [option("a", 10, effort={"council": Decimal(1)}), option("b", 9, effort={"council": Decimal(1)})],
        PortfolioLimits(effort={"council": Decimal(1)}),
    )
    assert (choice.unpriced, [limit.brings for limit in choice.binding]) == (0, [9])


def test_no_more_pools_than_allowed() -> None:
    options = [option("a", 5, level=6), option("b", 4, level=6), option("b", 3, level=3)]
    choice = choose(options, PortfolioLimits(pools=1))
    assert [(one.opportunity, one.level) for one in choice.chosen] == [("a", 6), ("b", 3)]


def test_a_partner_puts_no_more_in_pools_than_it_would() -> None:
    options = [
        option("a", 5, level=6, pooled={"nhs": Decimal(3_000_000)}),
        option("b", 4, level=6, pooled={"nhs": Decimal(2_000_000)}),
    ]
    assert choose(options, PortfolioLimits(pooled={"nhs": Decimal(4_999_999)})).value == 5
    assert choose(options, PortfolioLimits(pooled={"nhs": Decimal(5_000_000)})).value == 9


def test_what_must_come_first_does_or_neither_is_taken_up() -> None:
    board = option("board", 1, effort={"council": Decimal(2)})
    pool = option("pool", 9, level=6, needs=("board",), effort={"council": Decimal(1)})
    assert choose([board, pool], PortfolioLimits(effort={"council": Decimal(3)})).value == 10
    assert choose([board, pool], PortfolioLimits(effort={"council": Decimal(2)})).value == 1
    alone = choose([pool], PortfolioLimits())
    assert alone.chosen == ()
    assert alone.left_out == (("pool", "It needs board, which is not on offer."),)


def test_what_starts_too_late_is_left_out_with_its_date() -> None:
    late = option("late", 9, starts=date(2019, 4, 1))
    choice = choose([late, option("now", 1)], PortfolioLimits(by_day=date(2017, 4, 1)))
    assert choice.value == 1
    assert choice.left_out == (("late", "It cannot start before April 2019."),)


def test_nothing_on_offer_and_limits_of_zero_choose_nothing() -> None:
    assert choose([], PortfolioLimits()).chosen == ()
    choice = choose([option("a", 5, effort={"x": Decimal(1)})], PortfolioLimits(effort={"x": Decimal(0)}))
    assert choice.chosen == ()
    assert choose([option("a", 5)], PortfolioLimits(pools=-1)).chosen == ()
    assert choice.binding[0].sentence == "One more unit of x’s effort would bring the first value."


def test_opportunities_become_options_up_to_the_level_recommended() -> None:
    opportunities = find([*LEARNING_DISABILITY, spend("police", "roads", 5)], facts(), on=TODAY)
    options = options_of(opportunities.opportunities, facts().weights.levels)
    assert [one.level for one in options] == [3, 6]
    assert options[1].value == 2 * options[0].value
    assert options[1].pooled == {"council": Decimal("8700000.00"), "nhs": Decimal("8600000.00")}
    assert not options[0].pooled


def brute_force(options: list[Option], limits: PortfolioLimits) -> Decimal:
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
            best = max(best, value_of(chosen))
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
    PortfolioLimits,
    effort=by_partner,
    pooled=st.dictionaries(
        st.sampled_from(["council", "nhs"]), st.integers(0, 20).map(lambda n: Decimal(n * 1_000_000))
    ),
    pools=st.one_of(st.none(), st.integers(0, 3)),
)


@settings(max_examples=40)
@given(options, limits)
def test_the_choice_is_the_best_there_is_and_within_every_limit(
    offered: list[Option], within: PortfolioLimits
) -> None:
    choice = choose(offered, within)
    assert choice.value == sum((one.value for one in choice.chosen), Decimal(0))
    assert choice.value == brute_force(offered, within)
    assert choice.proven
    assert brute_force(list(choice.chosen), within) == choice.value


joint_money = st.dictionaries(
    st.sampled_from([("council", "homes"), ("nhs", "homes"), ("nhs", "care")]),
    st.integers(1, 4).map(lambda n: Decimal(n * 1_000_000)),
    min_size=1,
)
overlapping = st.lists(
    st.builds(
        Option,
        opportunity=st.sampled_from("abcde"),
        level=st.sampled_from([3, 6]),
        value=st.integers(1, 50).map(Decimal),
        effort=by_partner,
        joins=joint_money,
    ),
    max_size=7,
    unique_by=lambda one: (one.opportunity, one.level),
)


@settings(max_examples=40)
@given(overlapping, limits)
def test_no_pound_is_counted_twice_and_the_choice_is_still_the_best(
    offered: list[Option], within: PortfolioLimits
) -> None:
    choice = choose(offered, within)
    assert choice.value == value_of(choice.chosen)
    assert abs(choice.value - brute_force(offered, within)) < Decimal("0.001")
    there_is: dict[object, Decimal] = {}
    for one in choice.chosen:
        for money, amount in one.joins.items():
            there_is[money] = max(amount, there_is.get(money, Decimal(0)))
    assert sum(choice.counted.values(), Decimal(0)) == sum(there_is.values(), Decimal(0))
    for one in choice.chosen:
        assert Decimal(0) <= choice.counted[one.opportunity] <= one.joinable


def test_two_that_would_plan_the_same_money_count_it_once_where_it_is_worth_most() -> None:
    homes = {("nhs", "homes"): Decimal(1_000_000)}
    good, weak = option("good", 80, joins=homes), option("weak", 40, joins=homes)
    both = choose([good, weak, option("other", 30)], PortfolioLimits())
    assert both.value == 110
    assert both.counted["good"] == 1_000_000
    alone = choose([good, weak], PortfolioLimits(effort={}, pools=5))
    assert alone.value == 80


def test_a_pool_across_boards_waits_for_the_boards_own_alignment_where_that_is_asked() -> None:
    opportunities = find([*LEARNING_DISABILITY, spend("police", "roads", 5)], facts(), on=TODAY).opportunities
    pool = next(opportunity for opportunity in opportunities if opportunity.level >= 6)
    board = replace(pool, id="within", scope=WITHIN, level=3)
    across = replace(pool, id="across", scope=CROSS)
    options = options_of([board, across], facts().weights.levels, boards_first=True)
    assert {one.needs for one in options if one.opportunity == "across" and one.is_pool} == {("within",)}
    assert not any(one.needs for one in options if not one.is_pool)


@settings(max_examples=15)
@given(options, limits)
def test_the_order_of_the_options_changes_nothing(offered: list[Option], within: PortfolioLimits) -> None:
    assert choose(offered[::-1], within) == choose(offered, within)


@cache
def every_subset(how_many: Any) -> Any:
    """Every way to take (1) or leave (0) so many options, one row each."""
    return ((np.arange(2**how_many)[:, None] >> np.arange(how_many)) & 1).astype(np.float32)


def best_of_all(options: Any, limits: Any) -> Any:
    """The value of the best subset within every limit, found by looking at all of them; whole numbers only."""
    taken = every_subset(len(options))

    def sums(values: Any) -> Any:
        return taken @ np.array([float(value) for value in values], dtype=np.float32)

    within = np.ones(len(taken), dtype=bool)
    for name in {one.opportunity for one in options}:
        within &= sums(one.opportunity == name for one in options) <= 1
    for place, one in enumerate(options):
        for need in one.needs:
            within &= sums(other.opportunity == need for other in options) >= taken[:, place]
    for partner, most in limits.effort.items():
        within &= sums(one.effort.get(partner, 0) for one in options) <= float(most)
    for partner, most in limits.pooled.items():
        within &= sums(one.pooled.get(partner, 0) for one in options) <= float(most)
    if limits.pools is not None:
        within &= sums(one.is_pool for one in options) <= limits.pools
    return Decimal(int(sums(one.value for one in options)[within].max()))


def drawn(chance: Random, how_many: int) -> tuple[list[Option], PortfolioLimits]:
    """Options and limits by lot: half of the effort and of the pounds that all of them would take."""
    partners = ("council", "nhs", "police", "college")
    options: list[Any] = []
    while len(options) < how_many:
        name, level = f"opportunity-{chance.randrange(how_many)}", chance.choice((2, 3, 5, 6))
        if any((one.opportunity, one.level) == (name, level) for one in options):
            continue
        those = chance.sample(partners, chance.randint(2, 3))
        options.append(
            option(
                name,
                chance.randint(1, 500),
                level=level,
                effort={partner: Decimal(chance.randint(1, 6)) for partner in those},
                pooled={partner: Decimal(chance.randint(1, 40) * 250_000) for partner in those}
                if level == 6
                else {},
                needs=(options[0].opportunity,)
                if options and chance.random() < 0.15 and options[0].opportunity != name
                else (),
            )
        )
    half = {
        partner: sum((one.effort.get(partner, Decimal(0)) for one in options), Decimal(0)) // 2
        for partner in partners
    }
    pounds = {partner: Decimal(chance.randint(0, 60) * 250_000) for partner in chance.sample(partners, 2)}
    return options, PortfolioLimits(effort=half, pooled=pounds, pools=chance.choice((None, 0, 1, 2, 3)))


@pytest.mark.slow
def test_of_many_places_by_lot_with_up_to_eighteen_options_each_choice_is_the_best_of_all() -> None:
    chance = random.Random(2009)
    sizes = [18 if number % 20 == 0 else 2 + number % 12 for number in range(300)]
    for how_many, (offered, within) in sampled([(size, drawn(chance, size)) for size in sizes], every=7):
        choice = choose(offered, within)
        assert choice.proven
        assert (
            choice.value
            == sum((one.value for one in choice.chosen), Decimal(0))
            == best_of_all(offered, within)
        )
        for limit in choice.binding if how_many < 12 else ():
            assert limit.brings == best_of_all(offered, widened(within, limit)) - choice.value
            assert limit.proven


def widened(limits: Any, limit: Any) -> Any:
    """The same limits with one more unit of one of them."""
    if limit.what == "pools":
        return replace(limits, pools=limits.pools + 1)
    held = limits.effort if limit.what == "effort" else limits.pooled
    (partner,) = [one for one in held if f"{one}’s" in limit.sentence]
    return replace(
        limits,
        **{"effort" if limit.what == "effort" else "pooled": {**held, partner: held[partner] + limit.unit}},
    )


def test_a_choice_that_there_is_no_time_to_prove_keeps_within_the_limits_and_says_how_far_off_it_may_be() -> (
    None
):
    chance = random.Random(7)
    offered, within = drawn(chance, 120)
    choice = best_choice(offered, within, STEP, seconds=0.02)
    assert choice.bound >= choice.value >= 0
    for partner, most in within.effort.items():
        assert sum(one.effort.get(partner, 0) for one in choice.chosen) <= most
    unproven = replace(choice, value=Decimal(100), bound=Decimal(103), gap=Decimal(3))
    assert not unproven.proven
    assert unproven.sentence == "No choice within these limits is more than 3.0% better."
    assert replace(choice, gap=Decimal(0)).sentence == "No better choice exists within these limits."


def test_a_thousand_opportunities_get_a_good_choice_and_its_distance_where_there_is_no_time_to_prove_it() -> (
    None
):
    bodies = [f"body-{number}" for number in range(20)]
    chance = Random(3)
    offered = [
        Option(
            f"o-{number:04}",
            level,
            Decimal(chance.randrange(1, 500)) * level,
            effort={body: Decimal(level) for body in chance.sample(bodies, 2)},
        )
        for number in range(1_200)
        for level in (1, 3)
    ]
    within = PortfolioLimits({body: Decimal(8) for body in bodies})
    choice = best_choice(offered, within, Decimal(1), seconds=0.01)
    assert choice.chosen
    assert within_effort(choice.chosen, within)
    assert choice.value * 2 > choice.bound >= choice.value
    assert choice.proven or choice.unpriced


def within_effort(picked: tuple[Option, ...], within: PortfolioLimits) -> bool:
    """Whether no partner does more than it may."""
    return all(
        sum(option.effort.get(body, Decimal(0)) for option in picked) <= most
        for body, most in within.effort.items()
    )
