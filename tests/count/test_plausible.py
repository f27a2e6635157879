"""What is unlike public spending as it usually is warns; what is like it does not."""

from decimal import Decimal

from budget_model.count.benchmark import Bridge
from budget_model.count.plausible import warnings
from budget_model.count.results import PartOfTotal
from budget_model.vocabulary import Switch
from tests.count.test_benchmark import HALF
from tests.towns import YEAR, town

LIMITS = (
    town().plausibility
)  # 75% to 125% of the benchmark; 65% to 85% for health, education, social protection
NAMES = {"07": "Health", "09": "Education", "10": "Social protection"}


def against(total: int, benchmark: int = 1000) -> Bridge:
    return Bridge(
        "The region", YEAR, Decimal(2 * benchmark), HALF, Decimal(benchmark), (), Decimal(total), ""
    )


def divided(**amounts: int) -> list[PartOfTotal]:
    return [
        PartOfTotal(key.removeprefix("d"), key, *map(Decimal, (amount, amount, 0, amount, amount)))
        for key, amount in amounts.items()
    ]


USUAL = divided(d07=30, d09=20, d10=25, d03=25)


def test_a_map_within_the_limits_warns_of_nothing() -> None:
    for total in (750, 1000, 1250):
        assert warnings(LIMITS, against(total), USUAL, NAMES, YEAR) == ()


def test_a_total_far_from_the_benchmark_is_unlikely() -> None:
    (said,) = warnings(LIMITS, against(740), USUAL, NAMES, YEAR)
    assert said.startswith(
        "The map is 74% of the benchmark of £1,000, outside the 75% to 125.0% that is likely"
    )
    assert len(warnings(LIMITS, against(1260), USUAL, NAMES, YEAR)) == 1
    assert warnings(LIMITS, against(740), USUAL, NAMES, "2017-18") == ()


def test_too_little_or_too_much_for_the_main_functions_is_unlikely() -> None:
    little = divided(d07=10, d09=20, d10=25, d03=45)
    (said,) = warnings(LIMITS, against(1000), little, NAMES, YEAR)
    assert said.startswith(
        "55% of the total is for health, education and social protection, outside the 65% to 85%"
    )
    assert len(warnings(LIMITS, against(1000), divided(d07=90, d03=10), NAMES, YEAR)) == 1
    off = frozenset({Switch.BENEFITS})
    assert warnings(LIMITS, against(1000), little, NAMES, YEAR, off) == ()
