"""Where money comes from and goes: three columns that agree to the penny and never go below zero."""

from collections import defaultdict
from decimal import Decimal
from types import SimpleNamespace
from typing import Any, cast

from hypothesis import given
from hypothesis import strategies as st

from budget_model.count.flows import Flows, flows
from budget_model.count.funding import NOT_KNOWN
from budget_model.count.results import Cell
from budget_model.place.model import Funding

BLANK: dict[str, dict[str, str]] = {"funding": {}, "organisation": {}, "theme": {}}


def drawn(cells: list[Cell], funding: tuple[tuple[str, str, int], ...] = (), year: str = "2016-17") -> Flows:
    known = tuple(
        Funding(body, stream, "2016-17", Decimal(amount), "", "") for body, stream, amount in funding
    )
    # only the funding is asked for
    place = SimpleNamespace(funding=known, funding_streams=(), organisations=())
    return flows(cast("Any", place), year, cells, BLANK, BLANK)


def test_a_body_is_paid_from_its_known_streams_in_proportion() -> None:
    found = drawn(
        [Cell(("general", "council", "safer"), Decimal("100.00"))],
        (("council", "council-tax", 300), ("council", "grant", 100)),
    )
    assert {(link.source, link.amount) for link in found.left} == {
        ("council-tax", Decimal("75.00")),
        ("grant", Decimal("25.00")),
    }


def test_money_tied_to_a_stream_comes_from_it_first() -> None:
    found = drawn(
        [
            Cell(("schools-grant", "council", "learning"), Decimal("60.00")),
            Cell(("general", "council", "safer"), Decimal("40.00")),
        ],
        (("council", "schools-grant", 60), ("council", "council-tax", 40)),
    )
    assert {link.source: link.amount for link in found.left} == {
        "schools-grant": Decimal("60.00"),
        "council-tax": Decimal("40.00"),
    }


def test_a_body_whose_funding_nobody_knows_says_so() -> None:
    found = drawn([Cell(("general", "police", "safer"), Decimal("5.00"))])
    assert [link.source for link in found.left] == [NOT_KNOWN]


def test_what_a_body_states_for_one_year_says_nothing_of_another() -> None:
    cells = [Cell(("general", "council", "safer"), Decimal("100.00"))]
    stated = (("council", "council-tax", 300),)
    assert [link.source for link in drawn(cells, stated).left] == ["council-tax"]
    assert [link.source for link in drawn(cells, stated, "2017-18").left] == [NOT_KNOWN]


def test_what_is_below_zero_is_listed_and_not_drawn() -> None:
    found = drawn(
        [
            Cell(("general", "council", "growth"), Decimal("-2.00")),
            Cell(("general", "council", "safer"), Decimal("9.00")),
        ]
    )
    assert found.amount == Decimal("9.00")
    assert [cell.amount for cell in found.below_zero] == [Decimal("-2.00")]


pennies = st.integers(-10_000, 100_000).map(lambda number: Decimal(number) / 100)
some_cells = st.lists(
    st.builds(
        lambda stream, body, theme, amount: Cell((stream, body, theme), amount),
        st.sampled_from(["general", "grant", "tax"]),
        st.sampled_from("abcdefgh"),
        st.sampled_from("uvwxyz"),
        pennies,
    ),
    max_size=40,
)


@given(some_cells)
def test_both_sides_of_every_body_agree_to_the_penny_and_nothing_is_below_zero(
    cells: list[Cell],
) -> None:
    found = drawn(cells, (("a", "grant", 5), ("a", "tax", 7), ("b", "tax", 1)))
    into: defaultdict[Any, Decimal] = defaultdict(Decimal)
    out: defaultdict[Any, Decimal] = defaultdict(Decimal)
    for link in found.left:
        into[link.target] += link.amount
    for link in found.right:
        out[link.source] += link.amount
    assert {key: amount for key, amount in into.items() if amount} == dict(out)
    assert all(link.amount > 0 for link in found.right)
    assert all(link.amount >= 0 for link in found.left)
    assert (
        sum(node.amount for node in found.themes)
        == found.amount
        == sum(node.amount for node in found.funding)
    )
    signed: defaultdict[Any, Decimal] = defaultdict(Decimal)
    for cell in cells:
        signed[cell.keys[1:]] += cell.amount
    assert found.amount == sum(amount for amount in signed.values() if amount > 0)
