"""The bridge to the published benchmark: its steps make the difference, whatever is on the map."""

from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from budget_model.count.benchmark import MappedMoney, bridge, in_words, largest_reasons
from budget_model.place.model import Benchmark, BenchmarkPart, BenchmarkTreatment, Share
from budget_model.vocabulary import ShareBasis

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
        organisations=bodies, benchmark_parts=parts, share=lambda _: HALF,
        benchmark=Benchmark("The region", "2016-17", Decimal(amount), "half", "a table"),
    )  # fmt: skip


def part(
    name: str, amount: int, treatment: BenchmarkTreatment, *bodies: str, parts: tuple[str, ...] = ()
) -> BenchmarkPart:
    return BenchmarkPart(name, name, Decimal(amount), treatment, bodies, parts, "", "")


def test_a_body_s_own_figure_stands_in_for_the_region_s_average() -> None:
    asked = place(part("Councils", 1000, BenchmarkTreatment.COVERED, "council"))
    found = bridge(asked, [MappedMoney("council", "revenue", Decimal("620.00"))], [], Decimal("620.00"))
    assert found.benchmark == Decimal("500.00")
    assert [(step.name, step.difference) for step in found.steps] == [("Councils", Decimal("120.00"))]
    assert in_words(found) == "The map holds £120 more than the benchmark of £500, 124.0% of it."


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


pounds = st.integers(-1_000_00, 1_000_000_00).map(lambda number: Decimal(number) / 100)
money = st.lists(
    st.builds(
        MappedMoney, st.sampled_from(["council", "health", "college", "ministry", "nobody"]),
        st.sampled_from(["revenue", "housing"]), pounds,
    ),
    max_size=12,
)  # fmt: skip
some_parts = st.lists(
    st.builds(
        lambda amount, treatment, bodies, parts: part("P", amount, treatment, *bodies, parts=tuple(parts)),
        st.integers(0, 10**9), st.sampled_from(list(BenchmarkTreatment)),
        st.lists(st.sampled_from(["council", "health", "ministry"]), max_size=2, unique=True),
        st.lists(st.sampled_from(["revenue", "housing"]), max_size=2, unique=True),
    ),
    max_size=6,
)  # fmt: skip
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
