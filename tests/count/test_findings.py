"""Sentences about the money: every number in them is computed, whatever the scope."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from budget_model.count.assurance import Assurance
from budget_model.count.findings import (
    Finding,
    headline,
    what_is_not_sure,
    what_most_is_spent_on,
    who_spends_most,
)
from budget_model.count.results import Cell, PartOfTotal, Total
from budget_model.vocabulary import Basis, View

ZERO = Decimal(0)


def part(name: str, millions: int) -> PartOfTotal:
    amount = Decimal(millions) * 1_000_000
    return PartOfTotal(name.lower(), name, amount, amount, ZERO, amount, amount)


def total(millions: int, bodies: int = 3, lines: int = 9) -> Total:
    amount = Decimal(millions) * 1_000_000
    return Total(
        "2016-17",
        View.COMMISSIONER,
        Basis.NET,
        amount,
        ZERO,
        amount,
        amount,
        amount,
        ZERO,
        ZERO,
        amount,
        bodies,
        lines,
    )


HUNDRED = Decimal(100)
SURE = Assurance(HUNDRED, HUNDRED, HUNDRED, ZERO, ZERO, ZERO, ZERO, ZERO, ZERO, 3, 3, (), frozenset())


def test_the_fewest_bodies_that_spend_three_quarters_are_named_with_their_share() -> None:
    finding = who_spends_most(
        Decimal(100_000_000), [part("Council", 50), part("Health", 30), part("Police", 20)]
    )
    assert finding
    assert finding.sentence == "Two bodies spend 80% of the money: Council £50.0m and Health £30.0m."


def test_one_body_that_spends_nearly_all_is_named_alone() -> None:
    finding = who_spends_most(Decimal(100_000_000), [part("Council", 90), part("Police", 10)])
    assert finding
    assert finding.sentence == "Council alone spends £90.0m, 90% of the total."


def test_the_only_body_has_all_of_it() -> None:
    finding = who_spends_most(Decimal(7_000_000), [part("Council", 7)])
    assert finding
    assert finding.sentence == "All of the money is Council’s: £7.0m."


def test_bodies_below_zero_are_never_said_to_spend() -> None:
    finding = who_spends_most(Decimal(90_000_000), [part("Council", 100), part("Housing", -10)])
    assert finding
    assert "Housing" not in finding.sentence


def test_nothing_is_said_of_nothing() -> None:
    assert who_spends_most(ZERO, []) is None
    assert what_most_is_spent_on(ZERO, [], [], {}) is None
    assert what_is_not_sure(total(0, 0, 0), SURE) is None
    assert headline(total(0, 0, 0), "Derby") == "No spending for Derby is included in this choice yet"


def test_a_single_body_spends_in_the_singular() -> None:
    assert (
        headline(total(5, bodies=1), "Derby")
        == "£5.0m of public money is spent for Derby’s residents, by one body"
    )


def test_boards_that_tie_are_named_together() -> None:
    finding = what_most_is_spent_on(Decimal(100_000_000), [part("Safer", 50), part("Healthy", 50)], [], {})
    assert finding
    assert finding.sentence == "Safer and Healthy take about £50.0m each."


def test_two_payers_of_many_are_given_with_their_share() -> None:
    cells = [Cell(("healthy", one), Decimal(amount)) for one, amount in (("a", 60), ("b", 31), ("c", 9))]
    finding = what_most_is_spent_on(
        Decimal(1000), [PartOfTotal("healthy", "Healthy", Decimal(100), *[Decimal(0)] * 4)], cells, {}
    )
    assert finding
    assert (
        finding.sentence
        == "Healthy takes £100, 10% of the total; three bodies pay for it, and a and b pay 91%."
    )


@given(st.lists(st.integers(-500, 500), max_size=12))
def test_no_finding_fails_or_speaks_of_a_negative_share(millions: list[int]) -> None:
    parts = sorted(
        (part(f"B{place}", amount) for place, amount in enumerate(millions)),
        key=lambda part_of_total: -part_of_total.amount,
    )
    whole = total(sum(millions), len(millions), len(millions))
    cells = [Cell((part_of_total.key, part_of_total.key), part_of_total.amount) for part_of_total in parts]
    findings: list[Finding | None] = [
        who_spends_most(whole.total, parts),
        what_most_is_spent_on(whole.total, parts, cells, {}),
        what_is_not_sure(whole, SURE),
    ]
    for finding in filter(None, findings):
        assert finding.sentence.endswith(".")
        assert "−" not in finding.sentence
        assert "None" not in finding.sentence
