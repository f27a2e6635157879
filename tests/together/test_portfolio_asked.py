"""What a portfolio may use: a link that comes back the same, hostile links, limits, and one worked choice."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from budget_model.exhibits.portfolio import apart
from budget_model.together.opportunities import OpportunityList, find
from budget_model.together.portfolio_asked import (
    USUAL_EFFORT,
    PortfolioAsked,
    flexible_by_body,
    from_link,
    limits_of,
    portfolio,
    tightest,
)
from budget_model.vocabulary import RingFence
from tests.together.city import LEARNING_DISABILITY, TODAY, facts, spend

UNITS = st.integers(0, 40).map(lambda half: Decimal(half) / 2)
QUESTIONS = st.builds(
    PortfolioAsked,
    effort=UNITS,
    own=st.dictionaries(st.sampled_from(["council", "nhs", "a body & co"]), UNITS).map(
        lambda own: tuple(sorted(own.items()))
    ),
    part=st.one_of(st.none(), st.integers(0, 100).map(lambda n: Decimal(n) / 100)),
    pools=st.one_of(st.none(), st.integers(0, 99)),
    by_day=st.one_of(st.none(), st.dates(date(2000, 1, 1), date(2100, 1, 1))),
    boards_first=st.booleans(),
)


@given(QUESTIONS)
def test_a_question_comes_back_from_its_link_as_it_was(asked: PortfolioAsked) -> None:
    assert from_link(asked.to_link()) == asked


@given(st.text(max_size=60))
def test_no_link_is_a_fault_and_none_goes_beyond_its_bounds(text: str) -> None:
    for link in (text, f"effort={text}&pools={text}&own={text}&own=council+{text}&part={text}&by={text}"):
        asked = from_link(link)
        assert 0 <= asked.effort <= 400
        assert asked.part is None or 0 <= asked.part <= 1
        assert asked.pools is None or 0 <= asked.pools <= 99


def test_nan_and_endless_amounts_are_no_limits() -> None:
    asked = from_link("effort=NaN&part=Infinity&pools=1e9&own=council+-3")
    assert asked == PortfolioAsked()


def test_a_partner_of_its_own_effort_keeps_it_and_the_usual_one_is_forgotten() -> None:
    asked = PortfolioAsked().with_effort_of("nhs", Decimal(3))
    assert (asked.effort_of("nhs"), asked.effort_of("council")) == (3, USUAL_EFFORT)
    assert asked.with_effort_of("nhs", USUAL_EFFORT) == PortfolioAsked()


def test_a_tenth_of_the_flexible_money_is_the_most_a_partner_has_in_pools() -> None:
    money = [
        spend("council", "homes", 900_000),
        spend("council", "schools", 500_000, ring_fence=RingFence.STATUTORY),
        spend("nhs", "homes", 200_000),
    ]
    flexible = flexible_by_body(money, {})
    assert flexible == {"council": Decimal(900_000), "nhs": Decimal(200_000)}
    limits = limits_of(PortfolioAsked(part=Decimal("0.1")), ["council", "nhs"], flexible)
    assert limits.pooled == {"council": Decimal("90000.00"), "nhs": Decimal("20000.00")}
    assert limits.effort == {"council": USUAL_EFFORT, "nhs": USUAL_EFFORT}


def test_a_pool_that_the_effort_does_not_reach_to_goes_less_far_and_says_what_one_more_unit_brings() -> None:
    city = facts()
    opportunities = find(LEARNING_DISABILITY, city, on=TODAY)
    names = {"council": "Council", "nhs": "NHS"}

    def chosen(effort: int) -> tuple[int, Decimal, str]:
        flexible = flexible_by_body(LEARNING_DISABILITY, {})
        asked = PortfolioAsked(effort=Decimal(effort))
        best = portfolio(asked, opportunities, city.weights.levels, flexible, Decimal(100_000), names)
        return best.taken_up[0].level, best.planned, tightest(best)

    level, planned, more = chosen(8)
    assert (level, planned, more) == (6, Decimal("8600000.00"), "")  # the smaller partner's, all of it
    level, planned, _ = chosen(1)  # buying together asks for one unit of each, a pool for three
    assert (level, planned) == (3, Decimal("4300000.00"))  # and plans half of it


def test_what_waits_for_a_body_to_split_its_sum_is_not_offered_and_is_said_apart() -> None:
    city = facts()
    opportunity_list = find(LEARNING_DISABILITY, city, on=TODAY)
    waits = replace(opportunity_list, portfolio=replace(opportunity_list.portfolio, waiting=Decimal(900_000)))
    flexible = flexible_by_body(LEARNING_DISABILITY, {})

    def said(opportunities: OpportunityList) -> str:
        asked = PortfolioAsked()
        return apart(portfolio(asked, opportunities, city.weights.levels, flexible, Decimal(1), {}))

    assert said(opportunity_list) == ""  # the council and the NHS body are both of the place
    assert said(waits).startswith("Up to £900k more is not offered here: it waits until a body says")
    (one,) = opportunity_list.opportunities
    unknown = replace(waits, opportunities=(replace(one, waiting=one.joinable),))
    assert said(unknown).startswith("Up to £900k more, for one opportunity of that list, is not offered here")
    partners = tuple(replace(each, local=False) for each in opportunity_list.opportunities[0].partners)
    national = replace(
        opportunity_list, opportunities=(replace(opportunity_list.opportunities[0], partners=partners),)
    )
    assert said(national) == "£8.6m of it is with national departments."


def test_what_is_out_says_which_effort_it_would_take() -> None:
    city = facts()
    opportunities = find(LEARNING_DISABILITY, city, on=TODAY)
    best = portfolio(
        PortfolioAsked(effort=Decimal(0)),
        opportunities,
        city.weights.levels,
        {},
        Decimal(1),
        {"council": "Council"},
    )
    assert best.taken_up == ()
    ((_, why),) = best.left_out
    assert why.startswith("Better ones leave no room for it: it needs 1 of Council’s units of work")
