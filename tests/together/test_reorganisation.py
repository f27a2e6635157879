"""A reorganisation moves money and adds none: every service has before and after the same pounds."""

from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budget_model.together.reorganisation import (
    NO_WEIGHTS,
    Basis,
    Change,
    Ground,
    Kind,
    NewBody,
    Part,
    Plan,
    YearOf,
    from_link,
    reorganise,
    to_link,
    year_by_year,
)

BODIES, SERVICES = ("county", "east", "west", "fire"), ("care", "roads", "fire")
HELD = {
    ("county", "care"): Decimal("100.00"),
    ("county", "fire"): Decimal("30.01"),
    ("east", "roads"): Decimal("7.00"),
    ("west", "roads"): Decimal("5.00"),
}
EAST_AND_WEST = (Part("east", Decimal(1)), Part("west", Decimal(2)))


def by_service(held: dict[tuple[str, str], Decimal]) -> dict[str, Decimal]:
    sums: Counter[str] = Counter()
    for (_, service), amount in held.items():
        sums[service] += amount  # type: ignore[assignment]
    return {service: Decimal(amount) for service, amount in sums.items() if amount}


def test_a_merger_puts_all_the_money_of_several_bodies_into_one() -> None:
    outcome = reorganise(HELD, [Change(("county", "east", "west"), (Part("one"),))], {})
    assert outcome.bodies_after == ("one",)
    assert outcome.has("one") == outcome.moved == outcome.total == Decimal("142.01")
    assert outcome.after == {
        ("one", "care"): Decimal(100),
        ("one", "fire"): Decimal("30.01"),
        ("one", "roads"): Decimal(12),
    }


def test_a_split_by_people_gives_each_its_part_and_no_penny_is_lost() -> None:
    parts = (Part("north", area="n"), Part("south", area="s"))
    change = Change(("county",), parts, Kind.SPLIT, basis=Basis.POPULATION)
    outcome = reorganise(HELD, [change], {"n": Decimal(1), "s": Decimal(2)})
    assert outcome.after["north", "care"] == Decimal("33.33")
    assert outcome.after["south", "care"] == Decimal("66.67")


def test_parishes_add_up_to_the_weight_of_the_body_that_they_go_to() -> None:
    parts = (
        Part("north", Decimal(300), name="Ripley"),
        Part("south", Decimal(100), name="Duffield"),
        Part("north", Decimal(100), name="Belper"),
    )
    outcome = reorganise({("district", "bins"): Decimal("5.00")}, [Change(("district",), parts)], {})
    assert outcome.after == {("north", "bins"): Decimal("4.00"), ("south", "bins"): Decimal("1.00")}


def test_a_transfer_moves_the_services_named_and_leaves_the_rest() -> None:
    change = Change(("county",), (Part("fire"),), Kind.TRANSFER, services=("fire",))
    outcome = reorganise(HELD, [change], {})
    assert (outcome.moved, outcome.has("county"), outcome.has("fire")) == (
        Decimal("30.01"),
        Decimal("100.00"),
        Decimal("30.01"),
    )
    assert (outcome.givers, outcome.receivers) == (("county",), ("fire",))


def test_what_a_body_took_over_is_split_with_it_and_its_first_owner_stays_known() -> None:
    changes = [Change(("east",), (Part("county"),)), Change(("county",), EAST_AND_WEST, services=("roads",))]
    outcome = reorganise(HELD, changes, {})
    # the 7.00 of east go to the county and come back: 2.33 to east, 4.67 to west
    assert outcome.between["east", "west"] == Decimal("4.67")
    assert outcome.has("west") == Decimal("9.67")


def test_a_split_that_nobody_weighed_moves_nothing_and_says_so() -> None:
    parts = (Part("north", area="n"), Part("south", area="unknown"))
    outcome = reorganise(HELD, [Change(("county",), parts)], {"n": Decimal(5)}, {"county": "The County"}.get)  # type: ignore[arg-type]
    assert outcome.moved == 0
    (problem,) = outcome.problems
    assert problem.code == NO_WEIGHTS
    assert problem.sentence == "Nothing says how the money of The County is split."


def test_a_step_without_money_is_named() -> None:
    (problem,) = reorganise(HELD, [Change(("nobody",), (Part("one"),))], {}).problems
    assert problem.sentence == "nobody has no money that this step could move."
    (problem,) = reorganise(HELD, [Change(("x", "y", "z"), (Part("one"),))], {}).problems
    assert problem.sentence == "x, y and z have no money that this step could move."
    (problem,) = reorganise(HELD, [Change((), ())], {}).problems
    assert "names no body" in problem.sentence
    (problem,) = reorganise(HELD, [Change(("county",), (Part("fire"),), Kind.TRANSFER)], {}).problems
    assert problem.sentence == "It is not said which services of county go."


pennies = st.integers(-(10**11), 10**11).map(lambda number: Decimal(number) / 100)
holdings = st.dictionaries(
    st.tuples(st.sampled_from(BODIES), st.sampled_from(SERVICES)), pennies, min_size=1, max_size=8
)
parts = st.lists(
    st.builds(Part, st.sampled_from((*BODIES, "new", "other")), st.integers(0, 1000).map(Decimal)),
    min_size=1,
    max_size=5,
).map(tuple)
changes = st.builds(
    Change,
    st.lists(st.sampled_from((*BODIES, "new")), min_size=1, unique=True, max_size=3).map(tuple),
    parts,
    st.sampled_from(Kind),
    st.lists(st.sampled_from(SERVICES), unique=True, max_size=3).map(tuple),
    st.sampled_from(Basis),
)


@given(holdings, st.lists(changes, max_size=3))
def test_every_service_has_the_same_pounds_before_and_after(
    held: dict[tuple[str, str], Decimal], steps: list[Change]
) -> None:
    outcome = reorganise(held, steps, {})
    assert by_service(outcome.after) == by_service(outcome.before) == by_service(held)
    assert sum(outcome.between.values()) == sum(held.values()) == outcome.total


@given(holdings, st.lists(changes, max_size=3))
def test_what_every_body_had_is_what_its_parts_come_to(
    held: dict[tuple[str, str], Decimal], steps: list[Change]
) -> None:
    outcome = reorganise(held, steps, {})
    assert outcome.before == {key: amount for key, amount in held.items() if amount}
    for body in outcome.bodies_before:
        assert outcome.had(body) == sum(
            amount for (first, _), amount in outcome.between.items() if first == body
        )


@given(st.lists(changes, max_size=3), st.sampled_from(Ground))
def test_a_plan_comes_back_from_its_link(steps: list[Change], ground: Ground) -> None:
    plan = Plan("Ours", ground, "2017-18", tuple(steps), (NewBody("new", "The New Council"),))
    assert from_link(to_link(plan)) == plan


@pytest.mark.parametrize("word", ["", "no plan", "A" * 20_000, "eJyrBQABXwDe"])
def test_a_link_that_is_no_plan_is_none(word: str) -> None:
    assert from_link(word) is None


def test_a_plan_larger_than_anybody_chooses_is_none() -> None:
    huge = Plan(changes=(Change(("a",), (Part("b", Decimal("1E+999999")),)),))
    assert from_link(to_link(huge)) is None
    assert from_link(to_link(Plan(changes=(Change(("a",), (Part("b"),)),) * 61))) is None


def test_the_series_of_a_merged_body_stands_on_those_before_it_until_it_begins() -> None:
    years = {
        "2017-18": {("a", "care"): Decimal(3), ("b", "care"): Decimal(4)},
        "2018-19": {},
        "2019-20": {("ab", "care"): Decimal(9)},
    }
    found = year_by_year(years, [Change(("a", "b"), (Part("ab"),))], lambda _: {}, "ab")
    assert found == (
        YearOf("2017-18", Decimal(7), ("b", "a")),
        YearOf("2018-19", None),
        YearOf("2019-20", Decimal(9), ("ab",)),
    )


def test_a_year_whose_people_nobody_counted_has_no_figure() -> None:
    change = Change(("county",), (Part("east", area="e"), Part("west", area="w")))
    years = year_by_year({"2017-18": HELD}, [change], lambda _: {}, "west")
    assert years == (YearOf("2017-18", None),)
