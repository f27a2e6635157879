"""The list of opportunities of the worked example: every need is in it, each pound once, nothing small, and what is there."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from budget_model.money import pounds
from budget_model.together import titles
from budget_model.together.candidates import Meeting
from budget_model.together.opportunities import Opportunity, OpportunityList
from tests.truth.conftest import Both
from tests.truth.ledger import ZERO, listed_rows, residents

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def found(in_scope: Callable[[str], Both]) -> OpportunityList:
    return in_scope("whole")[0].opportunities()


@pytest.fixture(scope="module")
def shown(found: OpportunityList) -> list[Opportunity]:
    """The opportunities of the list, told apart from the tail by the rules written down here anew."""
    return [
        one
        for one in found.opportunities
        if min(one.joinable, one.counted) >= residents()
        and not any(_holds(part, one) for part in one.part_of)
    ]


def _holds(part: tuple[str, Decimal], one: Opportunity) -> bool:
    """Whether one better opportunity has nine pounds in ten of another."""
    return part[1] >= one.joinable * Decimal("0.9")


def test_every_need_of_people_and_a_back_office_are_in_the_list(shown: list[Opportunity]) -> None:
    titled = {one.about for one in shown if one.meeting is Meeting.SAME_NEED}
    assert titled == {row["title"] for row in listed_rows("needs")}
    assert [one.about for one in shown if one.meeting is Meeting.BACK_OFFICE] == ["Finance"]


def test_the_list_is_what_is_worth_a_pound_a_resident_and_the_rest_is_ranked_after(
    found: OpportunityList, shown: list[Opportunity]
) -> None:
    assert [one.id for one in found.opportunities if one.listed] == [one.id for one in shown]
    tail = [one.rank for one in found.opportunities if one.joinable < residents()]
    assert min(tail) > max(one.rank for one in shown)


def test_each_pound_stands_in_one_opportunity_and_the_others_say_whose_part_it_is(
    found: OpportunityList, shown: list[Opportunity]
) -> None:
    ranks = {one.id: one.rank for one in found.opportunities}
    for one in shown:
        elsewhere = sum((amount for _, amount in one.part_of), ZERO)
        assert one.counted + elsewhere == one.joinable
        said = titles.overlap_of(one, ranks)
        assert all(
            f"{pounds(amount)} is part of number {ranks[better]}" in said for better, amount in one.part_of
        )


def test_the_tiles_the_headings_and_the_chart_give_one_sum(
    found: OpportunityList, shown: list[Opportunity]
) -> None:
    local = [one for one in shown if not one.with_department]
    known = sum((one.planned for one in shown), ZERO)
    whole = found.portfolio
    assert whole.joinable == whole.within_board + whole.cross_board == known
    assert titles.of_group(local).startswith(
        f"{pounds(known)} known, {pounds(whole.waiting)} at most besides"
    )
    every = sum((one.counted for one in found.opportunities), ZERO)
    assert whole.unlisted == every - sum((one.counted for one in shown), ZERO)


def test_the_first_steps_name_a_board_of_the_place_and_say_which_offices_nobody_verified(
    shown: list[Opportunity],
) -> None:
    seen = {(row["office"], row["source"]): row["source_seen"] == "yes" for row in listed_rows("offices")}
    for one in shown:
        assert len(one.first_steps) == 3
        assert one.board or one.meeting is Meeting.BACK_OFFICE
        for acting in one.acting:
            called = f"{acting.name}, {acting.office.office}"
            step = one.first_steps[acting.step - 1]
            assert called in step
            verified = seen[acting.office.office, acting.office.source]
            assert (f"{called} (not verified)" in step) is not verified
