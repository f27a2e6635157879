"""Counting once: a pound that passes between mapped bodies is in the place's total one time."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from budget_model.count.consolidate import Flow, Part, consolidate
from budget_model.vocabulary import View

pounds = st.integers(-500_00, 5_000_00).map(lambda pennies: Decimal(pennies) / 100)
shares = st.sampled_from([Decimal(1), Decimal("0.5"), Decimal("0.2441393820")])


def total(amounts: Iterator[Any]) -> Decimal:
    return sum(amounts, Decimal(0))


@st.composite
def places(draw: Any) -> Any:
    """A few bodies with a few parts each, and transfers between them, chains and circles included."""
    bodies = [f"body {letter}" for letter in "abcd"[: draw(st.integers(2, 4))]]
    parts: list[Part] = []
    for body in bodies:
        for _ in range(draw(st.integers(0, 4))):
            parts.append(Part(len(parts), body, "any", draw(pounds), draw(st.sampled_from([0, 1, 2, 8, 9]))))
    flows = []
    for number in range(draw(st.integers(0, 6))):
        payer, payee = draw(st.permutations(bodies))[:2]
        flows.append(
            Flow(
                f"t{number}",
                payer,
                payee,
                abs(draw(pounds)) * draw(shares),
                draw(st.one_of(st.none(), pounds.map(abs))),
                tuple(part.number for part in parts if part.organisation == payer),
                tuple(part.number for part in parts if part.organisation == payee),
                draw(st.booleans()),
            )
        )
    return parts, flows


@given(places(), st.integers(0, 15))
def test_both_views_have_the_same_total_for_any_choice_of_switches(
    place: tuple[list[Part], list[Flow]], allowed: int
) -> None:
    parts, flows = place
    rows = consolidate(parts, flows).eliminations
    lines = total(p.amount for p in parts if not p.switches & ~allowed)
    of_view = {
        view: lines - total(r.amount for r in rows if r.view == view and not r.switches & ~allowed)
        for view in View
    }
    assert of_view[View.COMMISSIONER] == of_view[View.PROVIDER]


@given(places())
def test_no_part_gives_or_receives_more_than_it_holds(place: tuple[list[Part], list[Flow]]) -> None:
    parts, flows = place
    rows = consolidate(parts, flows).eliminations
    for part in parts:
        for view in View:
            taken = total(r.amount for r in rows if r.part == part.number and r.view == view)
            assert taken <= max(part.amount, Decimal(0))


@given(places())
def test_an_elimination_needs_everything_that_its_own_part_needs(
    place: tuple[list[Part], list[Flow]],
) -> None:
    parts, flows = place
    for row in consolidate(parts, flows).eliminations:
        assert row.switches & parts[row.part].switches == parts[row.part].switches


@given(places())
def test_each_transfer_is_eliminated_in_full_or_listed_as_a_mismatch(
    place: tuple[list[Part], list[Flow]],
) -> None:
    parts, flows = place
    done = consolidate(parts, flows)
    listed = {mismatch.transfer for mismatch in done.mismatches}
    for flow in flows:
        rows = [r for r in done.eliminations if r.transfer == flow.transfer and r.view is View.PROVIDER]
        taken = total(r.amount for r in rows)
        stated = flow.payer_states.quantize(Decimal("0.01"))
        assert taken == stated or flow.transfer in listed


def test_the_council_pays_the_trust_forty_of_its_hundred() -> None:
    parts = [Part(1, "council", "care", Decimal(100)), Part(2, "trust", "care", Decimal(60))]
    flow = Flow("t", "council", "trust", Decimal(40), None, (1,), (2,))
    done = consolidate(parts, [flow])
    assert [(row.view, row.part, row.amount) for row in done.eliminations] == [
        (View.PROVIDER, 1, Decimal("40.00")),
        (View.COMMISSIONER, 2, Decimal("40.00")),
    ]
    assert not done.mismatches


def test_the_lower_of_two_statements_is_eliminated_and_the_mismatch_listed() -> None:
    parts = [Part(1, "council", "care", Decimal(100)), Part(2, "trust", "care", Decimal(60))]
    flow = Flow("t", "council", "trust", Decimal(40), Decimal(35), (1,), (2,))
    done = consolidate(parts, [flow])
    assert {row.amount for row in done.eliminations} == {Decimal("35.00")}
    assert done.mismatches[0].payer_states == 40
    assert done.mismatches[0].payee_states == 35


def test_a_budget_handed_down_is_the_receiver_s_in_both_views() -> None:
    parts = [Part(1, "department", "health", Decimal(100)), Part(2, "commissioner", "health", Decimal(60))]
    flow = Flow("t", "department", "commissioner", None, Decimal(60), (1,), (2,), allocation=True)
    done = consolidate(parts, [flow])
    assert {(row.view, row.part, row.amount) for row in done.eliminations} == {
        (View.PROVIDER, 1, Decimal("60.00")),
        (View.COMMISSIONER, 1, Decimal("60.00")),
    }
