"""What could move this year: law, strings and contracts each hold a pound once, and the unknown stands beside them."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from budget_model.place.strings import Strings
from budget_model.together.could_move import Hold, could_move, hold_of, sentence
from budget_model.together.spend import JointSpend
from budget_model.vocabulary import Discretion, Kind, PaysFor, RingFence
from tests.together.city import spend

ENDS = date(2017, 3, 31)
FREE = replace(
    spend("council", "care", 10),
    ring_fence=RingFence.NONE,
    discretion=Discretion.DISCRETIONARY,
    kind=Kind.REVENUE,
    committed_until=None,
)


@pytest.mark.parametrize(
    ("changes", "hold"),
    [
        ({}, Hold.FREE),
        ({"cash": False}, Hold.NO_CASH),
        ({"kind": Kind.TRANSFER_TO_INDIVIDUALS}, Hold.RIGHT),
        ({"discretion": Discretion.DEMAND_LED}, Hold.RIGHT),
        ({"ring_fence": RingFence.STATUTORY, "committed_until": ENDS}, Hold.FENCED),
        ({"kind": Kind.CAPITAL}, Hold.CAPITAL),
        ({"committed_until": ENDS}, Hold.CONTRACT),
        ({"committed_until": date(2017, 3, 30)}, Hold.FREE),
        ({"ring_fence": RingFence.CONDITIONS}, Hold.CONDITIONS),
        ({"strings": Strings(age_to=25)}, Hold.CONDITIONS),
        ({"strings": Strings(match=Decimal("0.5"))}, Hold.CONDITIONS),
        ({"strings": Strings(pays_for=PaysFor.CAPITAL)}, Hold.CAPITAL),
        ({"strings": Strings(purpose="anything", department="Home Office")}, Hold.FREE),
        ({"ring_fence": RingFence.UNKNOWN}, Hold.UNKNOWN),
        ({"discretion": Discretion.UNKNOWN}, Hold.UNKNOWN),
        ({"discretion": Discretion.STATUTORY_WITH_LOCAL_CHOICE}, Hold.DUTY),
    ],
)
def test_money_is_held_by_the_first_hold_that_it_meets(changes: dict[str, Any], hold: Hold) -> None:
    item = replace(FREE, **changes)
    assert hold_of(item, ENDS, item.strings) is hold


ITEMS = some.lists(
    some.builds(
        lambda amount, fence, choice, kind, part: replace(
            FREE,
            amount=amount,
            ring_fence=fence,
            discretion=choice,
            kind=kind,
            strings=Strings(switching=part),
        ),
        some.decimals(-9_999, 9_999, places=2),
        some.sampled_from(RingFence),
        some.sampled_from(Discretion),
        some.sampled_from(Kind),
        some.none() | some.decimals(0, 1, places=3),
    ),
    max_size=8,
)


@given(ITEMS)
def test_every_pound_stands_under_one_hold_and_all_make_the_whole(items: list[JointSpend]) -> None:
    movable = could_move(items, ENDS)
    assert movable.whole == sum(item.amount for item in items)
    assert movable.free == sum(amount for _, amount in movable.by_organisation)


def test_what_nothing_says_is_beside_what_could_move() -> None:
    unknown = replace(FREE, discretion=Discretion.UNKNOWN, amount=Decimal(5))
    movable = could_move([FREE, unknown], ENDS)
    assert movable.contract_unsaid == 10
    assert sentence(movable, "2016-17") == (
        "None of the £15 of 2016-17 is known to be free to move. £10 has no ring-fence and no grant condition, but "
        "nobody has said when its contracts end; for £5 it is unknown."
    )


def test_only_what_stands_in_no_running_contract_is_known_to_be_free() -> None:
    ended = replace(FREE, committed_until=date(2017, 3, 30), amount=Decimal(20))
    assert sentence(could_move([FREE, ended], ENDS), "2016-17") == (
        "£20 of the £30 of 2016-17 is known to be free to move. £10 more has no ring-fence and no grant condition, but "
        "nobody has said when its contracts end."
    )
    assert sentence(could_move([ended], ENDS), "2016-17") == (
        "£20 of £20 could move in 2016-17: no ring-fence, grant condition or contract is known to tie it."
    )


def test_where_nothing_could_move_no_reason_is_given_for_it() -> None:
    unknown = replace(FREE, discretion=Discretion.UNKNOWN)
    assert sentence(could_move([unknown], ENDS), "2016-17") == (
        "None of the £10 of 2016-17 is known to be free to move; for £10 it is unknown."
    )
    assert (
        sentence(could_move([], ENDS), "2016-17")
        == "No money of 2016-17 is in this choice, so none could move."
    )


def test_of_a_tied_grant_the_part_that_its_terms_let_move_could_move() -> None:
    tied = replace(FREE, ring_fence=RingFence.STATUTORY, amount=Decimal(200), funding="skills")
    movable = could_move([tied], ENDS, {"skills": Strings(switching=Decimal("0.1"), ends=ENDS)})
    assert (movable.of(Hold.SWITCH), movable.of(Hold.FENCED)) == (20, 180)
    assert (movable.free, movable.ends_by_then) == (20, 20)
