"""A figure where there is little room: the same numbers, as bars in a column."""

from decimal import Decimal

import pytest

from budget_model.exhibits.figures import (
    Bars,
    Dot,
    Dots,
    Doubt,
    Flow,
    HeatMap,
    Mark,
    Sankey,
    Series,
    Step,
    Stop,
    Waterfall,
)
from pages.shared import narrow
from pages.shared.components import Group, Strip

COUNCIL, POLICE = Mark("council", "Council"), Mark("police", "Police")


def test_bars_are_as_long_as_their_pounds_and_doubt_keeps_its_pattern() -> None:
    sure = Series("Sure", "#12436D", (Decimal(30), Decimal(20)))
    estimated = Series("Estimated", "#12436D", (Decimal(10), Decimal(0)), Doubt.ESTIMATED)
    (group,) = narrow.groups_of(Bars("Body", (COUNCIL, POLICE), (sure, estimated)))
    council, police = group.strips
    assert [(part.left, part.long, part.pattern) for part in council.stretches] == [
        (0, 75, ""),
        (75, 25, "hatch"),
    ]
    assert (council.label, police.label, police.stretches[0].long) == ("£40", "£20", 50)


def test_the_lane_with_the_largest_dot_comes_first_and_a_dot_has_its_short_name() -> None:
    dots = (
        Dot(Mark("grant", "Grant: Council and Police", short="Grant"), Decimal(2), Decimal(80), 4),
        Dot(Mark("share", "Share: Council and Police", short="Share"), Decimal(9), Decimal(40), 1),
    )
    figure = Dots("Opportunity", "Pounds", dots, {1: "Share information", 4: "Grant or transfer"})
    first, second = narrow.groups_of(figure)
    assert (first.title, second.title) == ("Share information", "Grant or transfer")
    assert [strip.name for strip in (*first.strips, *second.strips)] == ["Share", "Grant"]


def test_a_bar_below_zero_lies_to_the_left_of_one_above_it() -> None:
    series = Series("Net", "#12436D", (Decimal(30), Decimal(-10)))
    (group,) = narrow.groups_of(Bars("Body", (COUNCIL, POLICE), (series,)))
    above, below = (strip.stretches[0] for strip in group.strips)
    assert (below.left, below.long, above.left, above.long) == (0, 25, 25, 75)


def test_a_step_floats_from_where_the_one_before_it_ends() -> None:
    steps = (
        Step("2015-16", Decimal(100), level=True),
        Step("Prices", Decimal(-50)),
        Step("2016-17", Decimal(50), level=True),
    )
    (group,) = narrow.groups_of(Waterfall(steps))
    assert [(strip.stretches[0].left, strip.stretches[0].long) for strip in group.strips] == [
        (0, 100),
        (50, 50),
        (0, 50),
    ]


def test_the_cells_of_a_row_open_beneath_its_total_the_largest_first() -> None:
    figure = HeatMap(
        "Body",
        "Board",
        (COUNCIL,),
        (Mark("a", "Health"), Mark("b", "Roads"), Mark("c", "Arts")),
        ((Decimal(10), Decimal(90), None),),
    )
    (group,) = narrow.groups_of(figure)
    assert group.strips[0].label == "£100"
    assert [(cell.name, cell.label) for cell in group.strips[0].inside] == [
        ("Roads", "£90"),
        ("Health", "£10"),
    ]


def test_each_stop_of_a_flow_says_where_its_money_goes() -> None:
    columns = (
        (Stop(Mark("tax", "Council tax"), Decimal(50)),),
        (Stop(COUNCIL, Decimal(30)), Stop(POLICE, Decimal(20))),
    )
    flows = ((Flow("tax", "council", Decimal(30)), Flow("tax", "police", Decimal(20))),)
    paid_from, spent_by = narrow.groups_of(Sankey(("Paid from", "Spent by"), columns, flows))
    assert [(part.name, part.label) for part in paid_from.strips[0].inside] == [
        ("to Council", "£30"),
        ("to Police", "£20"),
    ]
    assert [strip.inside for strip in spent_by.strips] == [(), ()]


@pytest.mark.parametrize(("bars", "shown"), [(9, 9), (10, 8)])
def test_a_long_list_shows_its_first_bars_and_a_single_one_more_is_shown_too(bars: int, shown: int) -> None:
    group = Group("", "", tuple(Strip(str(each), "£1") for each in range(bars)))
    assert len(group.shown) == shown
    assert len(group.shown) + len(group.rest) == bars
