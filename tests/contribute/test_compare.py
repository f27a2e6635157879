"""What changes is said by service and theme, explained where it is large, and a wrong unit is caught."""

import dataclasses
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from budget_model.contribute.compare import (
    ALL,
    Amounts,
    Comparison,
    amounts_of,
    compare,
    to_explain,
    unit_mistakes,
)
from budget_model.contribute.submission import BudgetLine
from budget_model.vocabulary import Side
from tests.towns import line, town

PLACE = town()
LIMITS = PLACE.plausibility  # 20%, and a thousand times


def held(before: list[BudgetLine], after: list[BudgetLine]) -> Comparison:
    return compare("2015-16", amounts_of(before, PLACE), amounts_of(after, PLACE), PLACE)


def subjects(comparison: Comparison, **explained: Any) -> set[str]:
    return {change.subject for change in to_explain(comparison, PLACE, explained)}


def test_a_change_of_exactly_the_limit_needs_no_explanation_and_a_penny_more_does() -> None:
    before = [line("Care", 100, "care")]
    assert subjects(held(before, [line("Care", 120, "care")])) == set()
    assert subjects(held(before, [line("Care", "120.01", "care")])) == {"service:care"}


def test_what_is_new_or_gone_is_to_be_explained() -> None:
    comparison = held([line("Care", 100, "care")], [line("Roads", 100, "roads")])
    assert {"service:care", "service:roads"} <= subjects(comparison)
    assert {service.sentence for service in comparison.services} == {
        "Adult social care is gone: it was £100.",
        "Roads is new: £100.",
    }


def test_a_theme_asks_for_an_explanation_only_where_none_of_its_services_does() -> None:
    before = [line("Care", 100, "care"), line("Health", 1000, "health"), line("Homes", 1000, "homes")]
    after = [line("Care", 115, "care"), line("Health", 1190, "health"), line("Homes", 1190, "homes")]
    assert subjects(held(before, after)) == set()
    nearly = [line("Care", 200, "care"), *after[1:]]
    assert subjects(held(before, nearly)) == {"service:care"}


def test_one_explanation_may_cover_everything_and_one_each_covers_its_own() -> None:
    comparison = held([line("Care", 100, "care")], [line("Roads", 100, "roads")])
    assert subjects(comparison, **{ALL: "Reorganised."}) == set()
    assert "service:care" not in subjects(comparison, **{"service:care": "It moved."})


def test_money_that_is_merely_not_mapped_asks_for_a_mapping_instead() -> None:
    assert subjects(held([line("Something", 100)], [line("Something", 900)])) == set()


def test_income_counts_against_expenditure() -> None:
    comparison = held([line("Homes", 100, "homes"), line("Rents", 40, "homes", side=Side.INCOME)], [])
    assert comparison.before == 60
    assert comparison.services[0].before == 60


def test_a_line_a_thousand_times_last_year_s_looks_like_a_wrong_unit() -> None:
    found = unit_mistakes([line("Care", 95_000, code="1")], [line("Care", 96_000_000, code="1")], LIMITS)
    assert [unit_mistake.what for unit_mistake in found] == ["The whole budget", "Care"]
    assert "1,011 times" in found[1].sentence
    small = unit_mistakes([line("Care", 96_000_000)], [line("Care", 95_000)], LIMITS)
    assert "one 1,011th" in small[0].sentence


def test_a_line_that_grew_a_hundredfold_is_a_change_and_no_mistaken_unit() -> None:
    assert unit_mistakes([line("Care", 1_000)], [line("Care", 100_000)], LIMITS) == ()
    assert unit_mistakes([line("Care", 0)], [line("Care", 100_000)], LIMITS) == ()


amounts = st.lists(
    st.tuples(st.sampled_from(["care", "health", "homes", "roads", None]), st.integers(-(10**9), 10**9)),
    max_size=8,
).map(lambda some: [line(f"L{n}", Decimal(pence) / 100, service) for n, (service, pence) in enumerate(some)])


@given(amounts, amounts)
def test_the_differences_by_service_make_the_difference_of_the_whole(
    before: list[BudgetLine], after: list[BudgetLine]
) -> None:
    comparison = held(before, after)
    assert (
        sum((service.difference for service in comparison.services), Decimal(0))
        == comparison.after - comparison.before
    )


@given(amounts)
def test_nothing_changes_against_itself(lines: list[BudgetLine]) -> None:
    assert held(lines, lines).changed == ()
    assert subjects(held(lines, lines)) == set()


def test_comparing_nothing_with_nothing_gives_nothing() -> None:
    empty = Amounts(Decimal(0), {}, {})
    assert dataclasses.asdict(compare("", empty, empty, PLACE))["services"] == ()
