"""Headroom: what a cap frees never passes what grew, is the sum of its bodies, and a link comes back the same."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from budget_model.place.strings import Strings
from budget_model.together.headroom import Grant, HeadroomAsked, from_link, headroom

POUNDS = st.integers(-1_000_000, 1_000_000).map(Decimal)
GRANTS = st.lists(
    st.builds(
        Grant,
        name=st.sampled_from("abc"),
        this_year=POUNDS,
        last_year=st.one_of(st.none(), POUNDS),
        organisation=st.sampled_from(["council", "police"]),
        stream=st.sampled_from(["general", "schools", "health"]),
    ),
    max_size=8,
)


@given(GRANTS)
def test_what_is_freed_is_what_grew_and_the_sum_of_the_bodies(grants: list[Grant]) -> None:
    found = headroom(grants)
    assert found.amount == sum(found.by_organisation.values(), Decimal(0))
    assert all(freed.amount >= 0 for freed in found.grants)
    grew = [grant.this_year - grant.last_year for grant in grants if grant.last_year is not None]
    assert found.amount == sum((growth for growth in grew if growth > 0), Decimal(0))
    assert found.unstated == sum(1 for grant in grants if grant.last_year is None)


def test_the_part_that_may_move_and_the_last_day_are_those_of_its_strings() -> None:
    strings = Strings(switching=Decimal("0.1"), ends=date(2017, 3, 31))
    grant = Grant("a", Decimal(30), None, "council", "a", strings=strings)
    assert grant.may_move == 3
    assert Grant("a", Decimal(30), None).may_move is None


def test_a_grant_that_is_not_capped_frees_nothing() -> None:
    grants = [
        Grant("a", Decimal(30), Decimal(10), "council", "general"),
        Grant("b", Decimal(9), Decimal(4), "council", "b"),
    ]
    assert headroom(grants).amount == 25
    assert headroom(grants, {"council/general"}).amount == 5


@given(st.sampled_from(["", "2015-16"]), st.sets(st.text(max_size=12), max_size=4))
def test_the_question_comes_back_from_its_link(against: str, without: set[str]) -> None:
    asked = HeadroomAsked(against, tuple(sorted(one for one in without if one)))
    assert from_link(asked.to_link()) == asked


@given(st.text(max_size=40))
def test_no_link_is_a_fault(text: str) -> None:
    from_link(text)
    assert from_link(f"against={text}").against in ("", text)
