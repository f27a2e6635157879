"""A variance is what became of a budget less the budget, where both were sent; what was not sent is not zero."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from budget_model.count.plan import plan_and_outturn
from budget_model.vocabulary import Phase
from tests.count.test_what_changed import COUNCIL, POLICE, TRUST, held, money

BUDGET, REVISED, FORECAST, OUTTURN = Phase


def test_over_and_underspends_are_ranked_with_the_largest_overspend_first() -> None:
    found = plan_and_outturn(
        {
            BUDGET: [money(COUNCIL, 100), money(COUNCIL, 50, "roads"), money(COUNCIL, 10, "parks")],
            OUTTURN: [money(COUNCIL, 130), money(COUNCIL, 45, "roads"), money(COUNCIL, 10, "parks")],
        }
    )
    assert [(variance.key, variance.amount) for variance in found.by("service")] == [
        ("care", 30),
        ("parks", 0),
        ("roads", -5),
    ]
    assert (found.whole.planned, found.whole.spent, found.whole.amount) == (160, 185, 25)


def test_a_phase_that_a_body_has_not_sent_is_neither_zero_nor_compared() -> None:
    found = plan_and_outturn(
        {BUDGET: [money(COUNCIL, 100), money(POLICE, 40)], OUTTURN: [money(COUNCIL, 90)]}
    )
    police = next(part for part in found.parts if part.organisation == POLICE)
    assert dict(police.amounts) == {BUDGET: 40}
    assert police.variance is None
    assert found.whole.amount == -10


def test_parts_of_a_budget_are_compared_one_by_one() -> None:
    found = plan_and_outturn(
        {
            BUDGET: [money(COUNCIL, 100)],
            OUTTURN: [money(COUNCIL, 110), money(COUNCIL, 70, part="housing benefit")],
        }
    )
    assert [(part.part, part.variance) for part in found.parts] == [
        ("housing benefit", None),
        ("revenue", 10),
    ]
    assert found.whole.amount == 10


def test_the_outturn_goes_before_a_forecast_and_the_plan_may_be_the_revised_budget() -> None:
    maps = {
        phase: [money(COUNCIL, amount)] for phase, amount in zip(Phase, (100, 104, 109, 107), strict=True)
    }
    assert plan_and_outturn(maps).whole.amount == 7
    assert plan_and_outturn(maps, against=REVISED).whole.amount == 3
    del maps[OUTTURN]
    assert plan_and_outturn(maps).whole.amount == 9


def test_money_that_passes_to_a_body_without_an_outturn_counts_in_full() -> None:
    passed = money(COUNCIL, -25, payer=TRUST, payee=COUNCIL)
    found = plan_and_outturn(
        {BUDGET: [money(COUNCIL, 100), money(TRUST, 25), passed], OUTTURN: [money(COUNCIL, 100)]}
    )
    assert found.whole.amount == 0


@given(st.dictionaries(st.sampled_from(list(Phase)), st.lists(held, max_size=8)))
def test_variances_make_the_same_whole_by_service_body_and_board(maps: dict[Phase, list]) -> None:  # type: ignore[type-arg]
    found = plan_and_outturn(maps)
    for word in ("service", "organisation", "theme"):
        assert sum((variance.amount for variance in found.by(word)), Decimal(0)) == found.whole.amount
    assert found.whole.amount == sum((part.variance or 0 for part in found.parts), Decimal(0))
