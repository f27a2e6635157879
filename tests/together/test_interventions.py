"""Interventions: published unit costs come out, a settlement leaves nobody worse off, and every number is sourced."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budget_model.exhibits.who_gains import of_the_pot
from budget_model.place.model import Grade
from budget_model.together.benefits import Position
from budget_model.together.interventions import CaseAsked, from_link, interventions, settle, worked
from budget_model.vocabulary import OrganisationType
from tests.together.city import organisation

GRADES = (
    Grade(5, "national ratio", Decimal("0.25"), Decimal("0.25")),
    Grade(6, "judgement", Decimal("0.40"), Decimal("0.40")),
)
BODIES = (
    organisation("small-council", kind=OrganisationType.COUNCIL),
    organisation("council", kind=OrganisationType.COUNCIL),
    organisation("nhs", kind=OrganisationType.NHS),
    organisation("police", kind=OrganisationType.POLICE),
)
SPENT = {"council": Decimal(900), "small-council": Decimal(10)}


def as_it_was(amount: Decimal, year: str) -> Decimal:
    return amount


def test_a_thousand_days_out_of_hospital_cost_and_free_what_the_auditors_published() -> None:
    case = worked(CaseAsked("discharge", Decimal(1_000)), BODIES, SPENT, GRADES, as_it_was, "2014-15")
    positions = {each.agency: each for each in case.case.positions}
    assert positions["council"].cost == 66_670  # £180m over 2.7m days
    assert positions["health"].fiscal == Decimal("227775.00")  # £820m over 2.7m days, less a quarter
    assert (case.case.low, case.case.high) == (Decimal("104161.25"), Decimal("218048.75"))
    assert case.organisations["council"] == "council"  # the larger of the two
    assert [(each.giver, each.receiver, each.amount) for each in case.settled] == [
        ("health", "council", 66_670)
    ]
    assert [case.after(each) for each in case.case.positions] == [Decimal("161105.00"), 0]


def test_prices_are_put_into_the_maps_year_and_a_year_without_an_index_is_named() -> None:
    def doubled(amount: Decimal, year: str) -> Decimal | None:
        return amount * 2 if year == "2017-18" else None

    case = worked(CaseAsked("families", Decimal(1)), BODIES, SPENT, GRADES, doubled, "2024-25")
    assert case.case.cost == 4_600
    assert case.unpriced == ("2008-09", "2016-17")


def test_an_agency_that_the_place_does_not_have_keeps_its_own_name() -> None:
    case = worked(CaseAsked("reoffending"), BODIES, SPENT, GRADES, as_it_was, "2016-17")
    assert case.names["justice"] == "The Ministry of Justice"
    assert "justice" not in case.organisations
    residents = next(each for each in case.case.positions if each.agency == "residents")
    assert residents.public_value > 0 == residents.fiscal


def test_a_case_that_puts_no_price_on_well_being_does_not_say_that_there_is_none() -> None:
    usual = worked(CaseAsked(), BODIES, SPENT, GRADES, as_it_was, "2016-17")
    assert (usual.case.public_value, usual.prices_well_being) == (0, False)
    assert worked(CaseAsked("reoffending"), BODIES, SPENT, GRADES, as_it_was, "2016-17").prices_well_being


@pytest.mark.parametrize("of", [each.id for each in interventions().intervention])
def test_every_number_has_a_source_a_year_of_prices_and_an_agency(of: str) -> None:
    each = interventions().of(of)
    agencies = {agency.id for agency in interventions().agency}
    assert all([each.comparator, each.caution, each.evaluation])
    assert {line.agency for line in each.cost} | {line.agency for line in each.benefit} <= agencies
    assert all([line.source for line in each.cost] + [line.source for line in each.benefit])
    assert all([line.prices for line in each.cost] + [line.prices for line in each.benefit])


POUNDS = st.integers(-1_000_000, 1_000_000).map(lambda pence: Decimal(pence) / 100)
POSITIONS = st.lists(POUNDS, max_size=5).map(
    lambda nets: [
        Position(f"body-{number}", max(-net, Decimal(0)), max(net, Decimal(0)), Decimal(0))
        for number, net in enumerate(nets)
    ]
)


@given(POSITIONS)
def test_a_settlement_moves_money_and_makes_none_and_leaves_nobody_worse_off_who_need_not_be(
    positions: list[Position],
) -> None:
    after = {each.agency: each.net for each in positions}
    for passed in settle(positions):
        assert passed.amount > 0
        after[passed.giver] -= passed.amount
        after[passed.receiver] += passed.amount
    total = sum((each.net for each in positions), Decimal(0))
    assert sum(after.values(), Decimal(0)) == total
    for each in positions:
        assert after[each.agency] >= min(each.net, Decimal(0))
        if each.net > 0:
            assert after[each.agency] >= 0
    if total >= 0:
        assert all(net >= 0 for net in after.values())


@pytest.mark.parametrize("which", ["discharge", "families", "reoffending"])
def test_the_years_of_a_case_make_what_each_body_is_better_or_worse_off_by(which: str) -> None:
    case = worked(CaseAsked(which), BODIES, SPENT, GRADES, as_it_was, "2016-17")
    for each in case.case.positions:
        by_year = [year.present for year in case.case.years if year.agency == each.agency]
        assert abs(sum(by_year, Decimal(0)) - each.net) <= Decimal("0.01") * len(by_year)
    costs = sum((amount for _, amount in case.paid), Decimal(0))
    assert costs == sum((year.cost for year in case.case.years), Decimal(0))


def test_a_part_agreed_instead_of_a_sum_passes_on_less_where_less_is_gained() -> None:
    case = worked(CaseAsked("discharge", Decimal(100)), BODIES, SPENT, GRADES, as_it_was, "2014-15")
    (passed,) = case.settled
    assert passed.amount == Decimal("6667.00")  # 100 days at £66.67, of a gain of 100 × £303.70 × 0.75
    assert case.share_passed_on(passed.giver) == Decimal("6667.00") / Decimal("22777.50")
    assert case.at_the_low_end(passed) == Decimal("5000.25")  # a quarter less at grade 5


@given(st.text(max_size=60))
def test_no_link_is_a_fault(text: str) -> None:
    asked = from_link(f"of={text}&cohort={text}&engaged={text}&each={text}")
    assert asked.engaged is None or 0 <= asked.engaged <= 1
    from_link(text)


def test_a_pot_tells_how_many_it_pays_for_and_what_of_it_is_left() -> None:
    case = worked(CaseAsked("discharge", pot=Decimal(1_000)), BODIES, SPENT, GRADES, as_it_was, "2014-15")
    assert (case.cohort, case.left_of_pot) == (14, Decimal("66.62"))  # 15 days cost £1,000.05
    assert of_the_pot(case).startswith("The sum of £1,000 pays for 14 days in hospital")
    short = worked(
        CaseAsked("discharge", Decimal(30), pot=Decimal(1_000)), BODIES, SPENT, GRADES, as_it_was, "2014-15"
    )
    assert "is £1,000 short of what 30 days" in of_the_pot(short)


@given(st.decimals(0, 10_000_000, places=2))
def test_a_pot_is_never_spent_twice_and_what_is_left_would_not_pay_for_one_more(pot: Decimal) -> None:
    case = worked(CaseAsked("families", pot=pot), BODIES, SPENT, GRADES, as_it_was, "2016-17")
    assert case.left_of_pot is not None
    assert 0 <= case.left_of_pot < 2_300
    assert from_link(CaseAsked("families", pot=pot).to_link()).pot == pot
