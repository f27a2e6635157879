"""Targets, headroom, back offices and benefits: each with a figure that can be checked in the head."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budget_model.exhibits import back_office as shown
from budget_model.exhibits.back_office import no_window
from budget_model.place.model import BackOfficeRate, Direction, TargetService
from budget_model.together import titles
from budget_model.together.back_office import Overhead, back_office
from budget_model.together.benefits import Benefit, Cost, Value, case
from budget_model.together.headroom import Grant, headroom
from budget_model.together.targets import Track, made_up_beside, money_by_target, progress, track
from budget_model.vocabulary import Kind, Nature
from tests.together.city import spend, target

# Targets

ROADS = target(
    "roads",
    "Fewer are hurt on the roads",
    direction=Direction.LOWER_IS_BETTER,
    baseline=Decimal(100),
    target=Decimal(80),
    latest=Decimal(95),
    forecast=Decimal(79),
)
CARE = target("care", "More live at home")
CITY = (
    spend("council", "roads", 60),
    spend("police", "roads", 30),
    spend("council", "older-people-care", 300),
    spend("nhs", "unmapped", 10),
)
LINKS = (
    TargetService("roads", "roads", 1),
    TargetService("care", "older-people-care", 3),
    TargetService("care", "roads", 2),
    TargetService("gone", "learning-disability", 3),
)


def test_money_reaches_targets_through_services_and_what_reaches_none_is_said() -> None:
    targets = money_by_target(CITY, [ROADS, CARE], LINKS)
    care, roads = targets.targets
    assert (care.linked, care.weighed) == (390, 360)
    assert (roads.linked, roads.weighed) == (90, 30)
    assert roads.by_organisation == (("council", Decimal(60)), ("police", Decimal(30)))
    assert (targets.linked, targets.unlinked) == (390, 10)
    assert targets.unlinked_by_service == (("unmapped", Decimal(10)),)
    assert targets.illustrative


def test_what_is_made_up_is_in_no_count_headline_or_sum_beside_what_is_real() -> None:
    untargeted = replace(ROADS, latest=Decimal(105), target=None, forecast=None, illustrative=False)
    targets = money_by_target(CITY, [CARE, untargeted], LINKS)
    assert [target_money.target.id for target_money in targets.counted] == ["roads"]
    assert [target_money.target.id for target_money in targets.targets] == ["roads", "care"], (
        "both are listed"
    )
    assert (targets.linked, targets.unlinked) == (90, 310), (
        "no money is matched with a measure that is made up"
    )
    assert titles.how_many_off(targets) == (
        "One of one measure is worse than its baseline; it has no published target"
    )
    assert made_up_beside(targets.targets) == "one more is illustrative, made up to show the screen"


def test_where_every_measure_is_made_up_all_are_counted_and_it_is_said() -> None:
    targets = money_by_target(CITY, [CARE, ROADS], LINKS)
    assert (len(targets.counted), targets.linked) == (2, 390)
    assert titles.how_many_off(targets) == "One target is off track"
    assert made_up_beside(targets.targets) == "all are illustrative, made up to show the screen"


def test_a_headline_says_how_many_of_the_real_measures_go_the_wrong_way_and_have_no_target() -> None:
    real = [replace(ROADS, id=key, latest=Decimal(105), illustrative=False) for key in ("a", "b", "c")]
    without = [replace(one, target=None, forecast=None) for one in real]
    one_kind = money_by_target((), [*without, CARE], ())
    assert titles.how_many_off(one_kind) == (
        "Three of three measures are worse than their baseline; none of the three has a published target"
    )
    behind = replace(real[2], latest=Decimal(95), forecast=Decimal(90))
    both = money_by_target((), [*without[:2], behind, CARE], ())
    assert titles.how_many_off(both) == (
        "Three of three measures are off track or worse than their baseline; two of the three have no published target"
    )


def test_targets_off_track_with_much_money_come_first() -> None:
    targets = money_by_target(CITY, [ROADS, CARE], LINKS)
    assert [(target_money.target.id, target_money.off_track) for target_money in targets.targets] == [
        ("care", True),
        ("roads", False),
    ]


@pytest.mark.parametrize(
    ("latest", "forecast", "expected"),
    [(60, 60, Track.MET), (55, 60, Track.ON_TRACK), (55, 59, Track.OFF_TRACK), (49, 55, Track.GOING_BACK)],
)
def test_a_target_is_judged_by_its_latest_figure_and_its_forecast(
    latest: int, forecast: int, expected: Track
) -> None:
    one = target("t", latest=Decimal(latest), forecast=Decimal(forecast))
    assert track(one) is expected


def test_progress_is_the_part_of_the_way_come_whichever_way_is_better() -> None:
    assert progress(ROADS) == Decimal("0.2500")
    assert progress(target("t", baseline=Decimal(60), target=Decimal(60))) is None


def test_a_target_is_said_in_one_sentence_that_says_it_is_made_up() -> None:
    (one,) = money_by_target(CITY, [ROADS], LINKS).targets
    assert one.sentence == (
        "The measure “Fewer are hurt on the roads” is on track: 100 in 2014-15, 95 in 2015-16, forecast 79 against a target "
        "of 80 (%) for 2018-19. Illustrative."
    )


@pytest.mark.parametrize(("latest", "expected"), [(52, Track.UNTARGETED), (49, Track.GOING_BACK)])
def test_a_measure_without_a_published_target_is_never_on_track_and_stands_beside_its_neighbours(
    latest: int, expected: Track
) -> None:
    measure = target(
        "m", latest=Decimal(latest), target=None, forecast=None, illustrative=False, neighbours=Decimal(57)
    )
    targets = money_by_target(CITY, [measure], LINKS)
    assert (targets.untargeted, targets.targets[0].track, progress(measure)) == (1, expected, None)
    missing = "" if expected is Track.UNTARGETED else "no target is published; "
    assert targets.targets[0].sentence.endswith(
        f"{latest} in 2015-16, %; {missing}its neighbours’ median 57."
    )


def test_a_measure_with_one_figure_says_it_once_and_goes_no_way() -> None:
    only = replace(target("m", target=None, forecast=None), baseline=Decimal(3), latest=Decimal(3))
    only = replace(only, baseline_year=only.latest_year, regional=Decimal(2))
    measure = money_by_target(CITY, [only], LINKS).targets[0]
    assert measure.track is Track.UNTARGETED
    assert f"3 in {only.latest_year}, no earlier figure is known, " in measure.sentence
    assert measure.sentence.count("3 in") == 1
    assert "its region 2" in measure.sentence


def test_no_targets_leave_all_money_unlinked() -> None:
    targets = money_by_target(CITY, [], LINKS)
    assert (targets.targets, targets.linked, targets.unlinked) == ((), 0, 400)


# Headroom


def test_capping_grants_at_last_years_level_frees_what_grew() -> None:
    freed = headroom(
        [
            Grant("grew", Decimal(400_000), Decimal(150_000)),
            Grant("fell", Decimal(90_000), Decimal(200_000)),
            Grant("grew a little", Decimal(200_000), Decimal(100_000)),
            Grant("new", Decimal(70_000), None),
        ]
    )
    assert freed.amount == 350_000
    assert [grant.amount for grant in freed.grants] == [250_000, 100_000, 0, 0]


# Back office


def rate(function: Any, numerator: Any, denominator: Any) -> Any:
    return BackOfficeRate(
        function,
        function,
        Decimal(numerator),
        Decimal(denominator),
        Decimal("0.5"),
        Decimal("0.75"),
        Decimal(1),
        "",
    )


RATES = (
    rate("HR", "4.0", 18),
    rate("IT", "3.2", 16),
    rate("procurement", "6.1", 89),
    rate("property", "1.5", 25),
)


def overhead(
    function: str,
    amount: int,
    nature: Nature = Nature.UNKNOWN,
    kind: Kind = Kind.REVENUE,
    body: str = "council",
) -> Overhead:
    return Overhead(body, function, nature, kind, Decimal(amount))


@pytest.mark.parametrize(
    ("function", "percent"), [("HR", "22.2"), ("IT", "20.0"), ("procurement", "6.9"), ("property", "6.0")]
)
def test_the_published_rates_come_out(function: str, percent: str) -> None:
    functions = back_office([overhead(function, 1000)], RATES)
    assert round(functions.high / 10, 1) == Decimal(percent)


def test_three_cases_less_the_one_off_cost() -> None:
    functions = back_office([overhead("IT", 100), overhead("IT", 60, body="police")], RATES, Decimal(10))
    assert (functions.low, functions.central, functions.high) == (6, 14, 22)
    assert functions.prizes[0].by_organisation == (("council", Decimal(100)), ("police", Decimal(60)))


def test_what_a_national_department_spends_on_offices_is_no_part_of_a_place_s_prize() -> None:
    ministry = [
        overhead("IT", 900, body="ministry"),
        overhead("", 70, Nature.EMPLOYEES, body="other-ministry"),
    ]
    local = [overhead("IT", 100), overhead("IT", 60, body="police")]
    functions = back_office([*ministry, *local], RATES, departments=["ministry", "other-ministry"])
    alone = back_office(local, RATES)
    assert (functions.prizes, functions.base, functions.unstated) == (alone.prizes, 160, ())
    assert (functions.low, functions.central, functions.high) == (alone.low, alone.central, alone.high)
    assert (functions.of_departments, alone.of_departments) == (900, 0)
    assert "£900 of the place’s part" in shown.of_departments(functions)
    assert not shown.of_departments(alone)
    assert shown.hosts(functions, {}) == ("Information technology: council, with one other body",)
    assert shown.hosts(back_office(local[:1], RATES), {}) == ()


def test_what_it_buys_is_not_procurement_too_and_transfers_have_no_back_office() -> None:
    functions = back_office(
        [
            overhead("IT", 160, Nature.SUPPLIES),
            overhead("", 890, Nature.SUPPLIES),
            overhead("", 400, Nature.THIRD_PARTY_PAYMENTS),  # care from others is no common purchase
            overhead("", 500, Nature.EMPLOYEES),
            overhead("", 700, Nature.TRANSFER_PAYMENTS),
            overhead("HR", 700, kind=Kind.TRANSFER_TO_INDIVIDUALS),
        ],
        RATES,
    )
    assert {prize.function: prize.base for prize in functions.prizes} == {"procurement": 890, "IT": 160}
    assert functions.high == 61 + 32


def test_no_overheads_make_no_prize() -> None:
    assert back_office([], RATES).prizes == ()


def test_bodies_that_state_none_are_named_and_assumed_only_where_that_is_asked() -> None:
    items = [overhead("HR", 90), overhead("", 1_800, body="police"), overhead("", 500, body="fire")]
    functions = back_office(items, RATES)
    assert functions.unstated == (("police", Decimal(1_800)), ("fire", Decimal(500)))
    assert (functions.base, functions.high) == (90, 20)
    assumed = back_office(items, RATES, assumed_part=Decimal("0.1"))
    prize = next(prize for prize in assumed.prizes if prize.assumed)
    assert (prize.base, prize.high, assumed.base) == (230, Decimal("51.11"), 90)
    assert assumed.high == Decimal("71.11")


def test_the_body_that_does_most_could_host_and_alone_hosts_nobody() -> None:
    both = back_office([overhead("IT", 100), overhead("IT", 60, body="police")], RATES)
    alone = back_office([overhead("IT", 100)], RATES)
    assert (both.prizes[0].host, alone.prizes[0].host) == ("council", "")


def test_contracts_of_two_bodies_that_end_in_one_year_are_a_window() -> None:
    ends = date(2018, 3, 31)
    items = [
        replace(overhead("IT", 100), ends=ends),
        replace(overhead("IT", 60, body="police"), ends=date(2017, 5, 1)),
        replace(overhead("HR", 60, body="police"), ends=ends),
        replace(overhead("IT", 5, body="fire"), ends=date(2019, 5, 1)),
    ]
    (window,) = back_office(items, RATES).endings
    assert (window.function, window.year) == ("IT", "2017-18")
    assert window.by_organisation == (("council", Decimal(100)), ("police", Decimal(60)))
    assert no_window(back_office(items, RATES)) == ""
    assert "£105 is in contracts whose end is stated" in no_window(back_office([items[0], items[3]], RATES))
    unknown = back_office([overhead("IT", 100), overhead("IT", 60, body="police")], RATES)
    assert "says when its contract ends" in no_window(unknown)


money = st.integers(1, 10_000_000).map(Decimal)


@given(
    st.lists(
        st.builds(
            Overhead,
            organisation=st.sampled_from(["council", "police", "fire"]),
            function=st.sampled_from(["", "HR", "IT", "property", "procurement"]),
            nature=st.sampled_from(list(Nature)),
            kind=st.sampled_from(list(Kind)),
            amount=money,
        ),
        max_size=12,
    ),
    money,
)
def test_a_prize_is_the_sum_of_its_functions_and_no_more_than_what_is_spent(
    items: list[Overhead], one_off: Decimal
) -> None:
    functions = back_office(items, RATES, one_off)
    assert functions.low == sum((prize.low for prize in functions.prizes), Decimal(0)) - one_off
    assert functions.low <= functions.central <= functions.high
    assert functions.base <= sum((item.amount for item in items), Decimal(0))
    for prize in functions.prizes:
        assert sum(amount for _, amount in prize.by_organisation) == prize.base


# Benefits


def benefit(agency: str, year: int, **changes: Any) -> Benefit:
    values: dict[str, Any] = {
        "cohort": Decimal(100),
        "engaged": Decimal("0.5"),
        "success": Decimal("0.4"),
        "deadweight": Decimal("0.25"),
        "unit_value": Decimal(1000),
        "agency_share": Decimal(1),
        "correction": Decimal("0.4"),
    }
    return Benefit("fewer admissions", agency, year, **(values | changes))


BANDS = {6: Decimal("0.4")}


def test_a_benefit_is_the_product_of_its_parts() -> None:
    assert benefit("nhs", 1).amount == 9_000


def test_who_pays_and_who_gains_are_told_apart() -> None:
    found = case([benefit("nhs", 0)], [Cost("council", 0, Decimal(6_000))], "as now", BANDS)
    assert [(position.agency, position.net) for position in found.positions] == [
        ("nhs", 9_000),
        ("council", -6_000),
    ]
    assert (found.net, found.low, found.high, found.ratio, found.payback) == (
        3_000,
        -600,
        6_600,
        Decimal("1.50"),
        0,
    )


def test_later_gains_are_discounted_and_pay_back_in_their_year() -> None:
    found = case(
        [benefit("nhs", 1), benefit("nhs", 2)], [Cost("council", 0, Decimal(10_000))], "as now", BANDS
    )
    assert found.fiscal == Decimal("17097.25")  # 9,000 / 1.035 + 9,000 / 1.035²
    assert found.payback == 2


def test_public_value_is_kept_apart_from_fiscal_value() -> None:
    found = case([benefit("people", 0, value=Value.PUBLIC)], [], "as now", BANDS)
    assert (found.public_value, found.fiscal, found.ratio) == (9_000, 0, None)


def test_what_never_pays_back_says_so() -> None:
    assert case([benefit("nhs", 1)], [Cost("council", 0, Decimal(99_000))], "as now", BANDS).payback is None


def test_a_case_without_a_comparator_is_not_worked_out() -> None:
    with pytest.raises(ValueError, match="needs a comparator"):
        case([benefit("nhs", 1)], [], " ", BANDS)


@given(st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 5)), max_size=6), st.integers(0, 50_000))
def test_what_the_agencies_gain_and_pay_makes_the_whole(gains: list[tuple[str, int]], cost: int) -> None:
    found = case(
        [benefit(agency, year) for agency, year in gains], [Cost("c", 0, Decimal(cost))], "as now", BANDS
    )
    assert sum(position.net for position in found.positions) == found.net
    assert found.low <= found.net <= found.high


@pytest.mark.parametrize(
    ("flows", "worth"),
    [
        ((-10_000, 9_000, 9_000), "7097.25"),
        ((-250_000, 0, *[40_000] * 7), "-13689.12"),
        ((0, 1_000, -500, "250.50", 0, "99999.99"), "84922.67"),
        ((-1_000_000, *["123456.78"] * 10), "26741.31"),
    ],
)
def test_present_values_are_those_of_numpy_financial(flows: tuple[int | str, ...], worth: str) -> None:
    """What `numpy_financial.npv(0.035, flows)` of version 1.0.0 gave, to the penny."""
    plain = {
        "cohort": Decimal(1),
        "engaged": Decimal(1),
        "success": Decimal(1),
        "deadweight": Decimal(0),
        "correction": Decimal(0),
    }
    gains = [
        benefit("nhs", year, unit_value=Decimal(flow), **plain)
        for year, flow in enumerate(flows)
        if Decimal(flow) > 0
    ]
    costs = [Cost("nhs", year, -Decimal(flow)) for year, flow in enumerate(flows) if Decimal(flow) < 0]
    assert case(gains, costs, "as now", BANDS).net == Decimal(worth)


def test_offices_are_said_for_each_of_a_bodys_staff_and_what_it_buys_is_no_part_of_it() -> None:
    functions = back_office(
        [
            Overhead("council", "HR", Nature.EMPLOYEES, Kind.REVENUE, Decimal(900)),
            Overhead("council", "IT", Nature.SUPPLIES, Kind.REVENUE, Decimal(100)),
            Overhead("council", "", Nature.SUPPLIES, Kind.REVENUE, Decimal(5_000)),
            Overhead("police", "HR", Nature.EMPLOYEES, Kind.REVENUE, Decimal(50)),
        ],
        RATES,
    )
    assert functions.per_head({"council": Decimal(4), "fire": Decimal(9)}) == {"council": 250}
