"""The bridge to the published benchmark: its steps make the difference, whatever is on the map."""

from dataclasses import replace
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from budget_model.count.benchmark import (
    MappedMoney,
    bridge,
    how_independent,
    in_words,
    largest_reasons,
    what_it_checks,
)
from budget_model.place.model import Benchmark, BenchmarkPart, BenchmarkTreatment, Share
from budget_model.vocabulary import ShareBasis, Switch

HALF = Share(
    "half", "", "2016-17", ShareBasis.RESIDENT_POPULATION, Decimal(1), "half", Decimal(2), "all", 5, "", ""
)


def place(*parts: BenchmarkPart, amount: int = 1000) -> Any:
    """As much of a place as the bridge asks for."""
    bodies = [
        SimpleNamespace(id=one, short_name=one.capitalize())
        for one in ("council", "health", "college", "ministry")
    ]
    return SimpleNamespace(
        organisations=bodies,
        benchmark_parts=parts,
        share=lambda _: HALF,
        benchmark=Benchmark("The region", "2016-17", Decimal(amount), "half", "a table"),
    )


def part(
    name: str, amount: int, treatment: BenchmarkTreatment, *bodies: str, parts: tuple[str, ...] = ()
) -> BenchmarkPart:
    return BenchmarkPart(name, name, Decimal(amount), treatment, bodies, parts, "", "")


def test_a_body_s_own_figure_stands_in_for_the_region_s_average() -> None:
    asked = place(part("Councils", 1000, BenchmarkTreatment.COVERED, "council"))
    found = bridge(asked, [MappedMoney("council", "revenue", Decimal("620.00"))], [], Decimal("620.00"))
    assert found.benchmark == Decimal("500.00")
    assert [(step.name, step.difference) for step in found.steps] == [("Councils", Decimal("120.00"))]
    assert (
        in_words(found)
        == "The total is £120 more than the £500 of an estimate from spending published for the region (The region): 124.0% of it."
    )


def test_what_nobody_has_is_named_as_such() -> None:
    asked = place(part("Defence", 1000, BenchmarkTreatment.NOT_COVERED))
    found = bridge(asked, [], [], Decimal(0))
    assert found.steps[0].name == "Defence: not yet covered"
    assert largest_reasons(found) == "Less by Defence: not yet covered (−£500)."


def test_what_a_ministry_pays_to_a_body_is_told_once() -> None:
    asked = place(part("Ministries", 1000, BenchmarkTreatment.COUNTED, "ministry"))
    money = [
        MappedMoney("ministry", "all", Decimal("500.00")),
        MappedMoney("health", "all", Decimal("310.00")),
    ]
    found = bridge(asked, money, [("ministry", "health", Decimal("300.00"))], Decimal("510.00"))
    assert [(step.name, step.difference) for step in found.steps] == [
        ("Health: what others do not pay for", Decimal("10.00"))
    ]


def test_rows_that_map_and_benchmark_share_are_told_apart_from_what_checks_the_map() -> None:
    asked = place(
        part("Ministries", 600, BenchmarkTreatment.COUNTED, "ministry", "health"),
        part("Councils", 400, BenchmarkTreatment.COVERED, "council"),
    )
    money = [
        MappedMoney("ministry", "all", Decimal("250.00"), Decimal("250.00")),
        MappedMoney("health", "all", Decimal("40.00"), Decimal("50.00")),  # by a share of its own
        MappedMoney("council", "revenue", Decimal("230.00")),
    ]
    found = bridge(asked, money, [], Decimal("520.00"))
    assert (found.benchmark, found.same, found.by_another_share) == (500, 250, 50)
    assert (found.independent, found.independent_on_map) == (200, 230)
    assert what_it_checks(found) == (
        "50% of the benchmark (£250) is the same published rows by the same share as on the map and cannot differ. "
        "10% (£50) is the same rows by the place’s general share; the map uses another one. With those rows by the "
        "map’s own shares, which follow need, the benchmark is £490, and the map 106.1% of it. £200 (40%) is "
        "independent of the map; there the map has £230, 115.0%."
    )


def test_where_benefits_are_left_out_only_like_is_compared_with_like() -> None:
    homes = replace(
        part("Housing", 200, BenchmarkTreatment.COVERED, "council", parts=("housing",)),
        holds=(Switch.BENEFITS,),
    )
    roads = replace(part("Roads", 50, BenchmarkTreatment.NOT_COVERED), needs=(Switch.CAPITAL,))
    asked = place(
        part("Ministries", 500, BenchmarkTreatment.COUNTED, "ministry"),
        part("Councils", 250, BenchmarkTreatment.COVERED, "council", parts=("revenue",)),
        homes,
        roads,
    )
    # of the ministry's £250 here, £180 is benefits and is left out; so is the council's housing benefit
    money = [
        MappedMoney("ministry", "all", Decimal("70.00"), Decimal("70.00")),
        MappedMoney("council", "revenue", Decimal("130.00")),
        MappedMoney("council", "housing", Decimal("5.00")),
    ]
    off = frozenset({Switch.BENEFITS, Switch.CAPITAL})
    found = bridge(asked, money, [], Decimal("205.00"), off)
    assert (found.benchmark, found.total) == (Decimal(195), Decimal(200))  # 70 + 125 against 70 + 130
    assert [(step.name, step.difference) for step in found.steps] == [("Councils", Decimal(5))]
    assert found.not_compared == ("Housing",)
    assert "Not compared: Housing, which holds money that is left out here" in what_it_checks(found)


pounds = st.integers(-1_000_00, 1_000_000_00).map(lambda number: Decimal(number) / 100)
money = st.lists(
    st.builds(
        MappedMoney,
        st.sampled_from(["council", "health", "college", "ministry", "nobody"]),
        st.sampled_from(["revenue", "housing"]),
        pounds,
    ),
    max_size=12,
)
some_parts = st.lists(
    st.builds(
        lambda amount, treatment, bodies, parts: part("P", amount, treatment, *bodies, parts=tuple(parts)),
        st.integers(0, 10**9),
        st.sampled_from(list(BenchmarkTreatment)),
        st.lists(st.sampled_from(["council", "health", "ministry"]), max_size=2, unique=True),
        st.lists(st.sampled_from(["revenue", "housing"]), max_size=2, unique=True),
    ),
    max_size=6,
)
passings = st.lists(
    st.tuples(st.sampled_from(["ministry", "council"]), st.sampled_from(["health", "college"]), pounds),
    max_size=4,
)


@given(some_parts, money, passings, pounds, st.integers(0, 10**9))
def test_the_benchmark_and_every_step_make_the_total_to_the_penny(
    parts: list[BenchmarkPart],
    mapped: list[MappedMoney],
    passing: list[tuple[str, str, Decimal]],
    total: Decimal,
    amount: int,
) -> None:
    found = bridge(place(*parts, amount=amount), mapped, passing, total)
    assert found.benchmark + sum((step.difference for step in found.steps), Decimal(0)) == total


def test_a_benchmark_is_said_to_check_what_it_was_counted_apart_from() -> None:
    asked = place(part("Councils", 1000, BenchmarkTreatment.COVERED, "council"))
    apart = bridge(asked, [MappedMoney("council", "revenue", Decimal("620.00"))], [], Decimal("620.00"))
    assert how_independent(apart) == "of £500, all of it counted independently"
    assert how_independent(replace(apart, same=Decimal(400))) == (
        "of £500, but only 20% of that was counted independently: the rest is the same figures"
    )
    assert how_independent(replace(apart, same=Decimal(500))) == (
        "of £500, but all of that is the same figures, so it checks nothing"
    )
