"""A trend has gaps where a year has no figure, marks where it breaks, and the prices and people of each year."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from budget_model.count.trends import (
    Break,
    Difference,
    Measure,
    Missing,
    Part,
    Point,
    Trend,
    measured,
    trend,
)
from budget_model.count.trends_said import breaks, gaps, left_out, people, sentence
from budget_model.place.model import Population
from budget_model.scope import Scope
from budget_model.vocabulary import ShareBasis
from tests import several_years
from tests.count.test_what_changed import BODIES, COUNCIL, POLICE, TRUST, body, money, share, year

SCOPE = Scope(year="2016-17")


def over(*maps: Any, part: Any = None, bodies: Any = BODIES, **more: Any) -> Trend:
    return trend({one.year: one for one in maps}, bodies, part or Part(), SCOPE, **more)


def amounts(found: Trend) -> dict[str, Decimal | None]:
    return {point.year: point.amount for point in found.points}


def test_a_year_that_nobody_loaded_is_a_gap_and_not_nought() -> None:
    found = over(year("2013-14", money(COUNCIL, 100)), year("2015-16", money(COUNCIL, 120)))
    assert amounts(found) == {"2013-14": 100, "2014-15": None, "2015-16": 120}
    assert gaps(found, str.title) == "No figure for 2014-15 (nothing is on the map): a gap is not zero."
    assert (
        sentence(found, "Spending") == "Spending rose by 20% between 2013-14 and 2015-16, from £100 to £120."
    )


def test_the_whole_place_is_followed_on_the_bodies_that_sent_most_years() -> None:
    maps = (year("2015-16", money(COUNCIL, 100)), year("2016-17", money(COUNCIL, 110), money(TRUST, 500)))
    found = over(*maps)
    assert amounts(found) == {"2015-16": 100, "2016-17": 110}
    assert left_out(found, str.title) == "Not counted, since they have not sent every year shown: Trust."
    every = over(*maps, every_body=True)
    assert amounts(every) == {"2015-16": 100, "2016-17": 610}
    assert (
        breaks(every, str.title)
        == "Not counted like the year before: 2016-17 (Trust is counted here and not before)."
    )


def test_a_year_without_a_body_that_sent_all_others_is_a_gap() -> None:
    found = over(
        year("2014-15", money(TRUST, 30)),
        year("2015-16", money(COUNCIL, 100), money(POLICE, 30)),
        year("2016-17", money(COUNCIL, 110), money(POLICE, 30)),
    )
    assert amounts(found) == {"2014-15": None, "2015-16": 130, "2016-17": 140}
    assert found.points[0].absent == (COUNCIL, POLICE)
    assert found.left_out == {TRUST}


def test_a_year_that_a_body_has_not_sent_is_a_gap_of_that_body() -> None:
    found = over(
        year("2015-16", money(COUNCIL, 100), money(POLICE, 30)),
        year("2016-17", money(COUNCIL, 100)),
        year("2017-18", money(COUNCIL, 100), money(POLICE, 33)),
        part=Part("organisation", POLICE),
    )
    assert amounts(found) == {"2015-16": 30, "2016-17": None, "2017-18": 33}
    assert gaps(found, str.title) == "No figure for 2016-17 (Police has not sent it): a gap is not zero."


def test_a_body_that_another_took_over_leaves_no_gap_in_the_place_after_its_last_day() -> None:
    bodies = (body(COUNCIL), body(TRUST, closed=date(2016, 3, 31), successor=COUNCIL))
    found = over(
        year("2015-16", money(COUNCIL, 100), money(TRUST, 40)),
        year("2016-17", money(COUNCIL, 150)),
        bodies=bodies,
    )
    assert amounts(found) == {"2015-16": 140, "2016-17": 150}


def test_the_trend_of_a_body_goes_on_in_the_one_that_took_over_and_breaks_there() -> None:
    bodies = (
        body(COUNCIL),
        body("group", closed=date(2017, 3, 31), successor="board"),
        body("other-group", closed=date(2017, 3, 31), successor="board"),
        body("board", opened=date(2017, 4, 1)),
    )
    maps = (
        year("2015-16", money(COUNCIL, 100), money("group", 40), money("other-group", 20)),
        year("2016-17", money(COUNCIL, 100), money("group", 41), money("other-group", 20)),
        year("2017-18", money(COUNCIL, 100), money("board", 66)),
    )
    merged = over(*maps, bodies=bodies, part=Part("organisation", "board"))
    assert amounts(merged) == {"2015-16": 60, "2016-17": 61, "2017-18": 66}
    assert breaks(merged, str.title) == (
        "Not counted like the year before: 2017-18 (Group and Other-Group are counted before and not here; Board is "
        "counted here and not before)."
    )
    alone = over(*maps, bodies=bodies, part=Part("organisation", "group"))
    assert amounts(alone) == {"2015-16": 40, "2016-17": 41, "2017-18": 66}
    assert [point.year for point in alone.broken] == ["2017-18"]


def test_a_service_without_a_line_in_a_year_is_a_gap() -> None:
    found = over(
        year("2015-16", money(COUNCIL, 100), money(COUNCIL, 7, "roads")),
        year("2016-17", money(COUNCIL, 100)),
        part=Part("service", "roads"),
    )
    assert found.points[1].missing is Missing.NO_LINE


def test_another_phase_other_parts_and_another_kind_of_share_break_a_series() -> None:
    shares = {"a": share("a", 1, 4), "b": share("b", 1, 4, ShareBasis.ACTIVITY)}
    found = over(
        year("2015-16", money(POLICE, 100, share="a"), shares=shares),
        year("2016-17", money(POLICE, 100, share="a", phase="original budget"), shares=shares),
        year("2017-18", money(POLICE, 100, share="a", phase="original budget", part="all"), shares=shares),
        year("2018-19", money(POLICE, 100, share="b", phase="original budget", part="all"), shares=shares),
    )
    assert [[one.what for one in point.breaks] for point in found.points] == [
        [],
        [Difference.PHASE],
        [Difference.PARTS],
        [Difference.SHARE],
    ]
    assert sentence(found, "Spending") == (
        "Spending that is on the map: £100 in 2015-16 and £100 in 2018-19. No two years were counted alike, so the difference "
        "is no change in spending."
    )


def test_only_years_counted_alike_are_said_to_rise() -> None:
    found = over(
        year("2014-15", money(POLICE, 100)),
        year("2015-16", money(POLICE, 400, phase="original budget")),
        year("2016-17", money(POLICE, 440, phase="original budget")),
        year("2017-18", money(POLICE, 120)),
    )
    assert sentence(found, "Spending") == (
        "Spending rose by 10% between 2015-16 and 2016-17, from £400 to £440; two other years are not counted like these."
    )


def test_money_that_passes_to_a_body_that_some_years_lack_does_not_bend_the_series() -> None:
    passed = money(COUNCIL, -25, payer=TRUST, payee=COUNCIL)
    found = over(
        year("2015-16", money(COUNCIL, 100)),
        year("2016-17", money(COUNCIL, 100), money(TRUST, 25), passed),
    )
    assert amounts(found) == {"2015-16": 100, "2016-17": 100}


IN_CASH = Trend(
    tuple(Point(year, Decimal(1020), Decimal(1020)) for year in ("2015-16", "2016-17", "2018-19")),
    frozenset({COUNCIL}),
    frozenset(),
)


def test_each_year_is_told_in_its_own_prices_and_people_and_one_without_is_a_gap() -> None:
    place = several_years.place()  # prices 100, 102, …, 104.04 in the last; 1,080 and 1,100 people
    real = measured(IN_CASH, place, Measure(real=True))
    assert amounts(real) == {"2015-16": Decimal("1061.21"), "2016-17": Decimal("1040.40"), "2018-19": None}
    assert real.points[2].missing is Missing.NO_PRICES
    head = measured(IN_CASH, place, Measure(per_head=True))
    assert head.points[1].amount == Decimal("0.93")  # 1,020 / 1,100
    assert people(head).startswith("Between two counts of the people, so interpolated: 2015-16, 2016-17")


def test_people_served_are_those_of_the_group_in_that_year() -> None:
    place = several_years.place()
    older = (
        Population("E1", "Anytown, 65 and over", 2015, 100, "estimate", "invented", ("older people",)),
        Population("E1", "Anytown, 65 and over", 2017, 120, "estimate", "invented", ("older people",)),
    )
    place = replace(place, populations=(*place.populations, *older))
    found = measured(IN_CASH, place, Measure(group="older people"))
    # 1,020 for 100 and for 110 people; nobody was counted in 2018
    assert amounts(found) == {"2015-16": Decimal("10.20"), "2016-17": Decimal("9.27"), "2018-19": None}
    assert place.population("2016-17").population == 1100  # all residents, as before


def test_bodies_that_changed_in_the_same_way_are_named_together_and_other_changes_apart() -> None:
    alike = [Break(Difference.PHASE, body, "outturn", "original budget") for body in ("council", "fire")]
    parts = Break(Difference.PARTS, "council", "revenue and benefits", "revenue")
    trend = Trend(
        (Point("2016-17", Decimal(1), Decimal(1), breaks=(*alike, parts)),), frozenset(), frozenset()
    )
    assert breaks(trend, str.title) == (
        "Not counted like the year before: 2016-17 (Council and Fire, figures: outturn before, original budget here; "
        "Council, parts sent: revenue and benefits before, revenue here)."
    )
