"""Figures: what is drawn is in proportion to money, and what cannot be drawn is not."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from budget_model.count.results import Cell, PartOfTotal
from pages.explore.figures import branches, grid
from pages.shared import parts, style
from pages.shared.bars import Bar, Piece, ledger
from pages.shared.treemap import Box, Branch, Leaf, squarified, treemap

NOUGHT = Decimal(0)


@given(st.lists(st.floats(0.01, 1e9), min_size=1, max_size=60))
def test_tiles_are_in_proportion_to_money_and_cover_their_box(amounts):
    amounts = sorted(amounts, reverse=True)
    boxes = squarified(amounts, Box(0, 0, 960, 600))
    whole = sum(amounts)
    for amount, box in zip(amounts, boxes, strict=True):
        assert abs(box.width * box.height - amount / whole * 960 * 600) < 1
        assert box.left >= -0.01
        assert box.top >= -0.01
        assert box.left + box.width <= 960.01
        assert box.top + box.height <= 600.01


def test_a_group_of_many_small_tiles_gathers_them_as_others():
    leaves = tuple(
        Leaf(f"Service {number}", Decimal(1000 if number == 0 else 1), estimated=False, way=number)
        for number in range(40)
    )
    figure = treemap([Branch("Board", "#12436D", leaves)], str)
    assert any("39 others" in str(text) for text in figure.data[0].hovertext)


def test_what_is_below_nought_is_in_no_tile():
    cells = [Cell(("a", "x", "2"), Decimal(5)), Cell(("a", "y", "2"), Decimal(-3))]
    found, below = branches(cells, {}, {}, {}, {})
    assert [leaf.name for leaf in found[0].leaves] == ["x"]
    assert below == -3


def test_the_margins_of_a_grid_are_the_sums_of_its_cells():
    found = grid(
        [Cell(("a", "x"), Decimal(5)), Cell(("a", "y"), Decimal(-3)), Cell(("b", "x"), Decimal(2))],
        ("y", "x"),
    )
    assert found.rows == ("a", "b")
    assert found.columns == ("y", "x")
    assert (found.row_totals["a"], found.column_totals["x"], found.total) == (2, 7, 4)


def test_estimated_money_is_hatched_and_unmapped_money_is_dotted():
    found = [
        PartOfTotal(key, key, Decimal(amount), *[NOUGHT] * 4) for key, amount in (("a", 5), ("unmapped", 1))
    ]
    figure = parts.draw(
        found, [Cell(("a", "2"), Decimal(2)), Cell(("a", "5"), Decimal(3))], {"a": "#12436D"}, str
    )
    assert list(figure.data[1].marker.pattern.shape) == [style.ESTIMATED, style.NOT_MAPPED]


def test_a_bar_below_nought_goes_to_the_left_of_the_line():
    figure = ledger([Bar("a", "5", style.NAVY, (Piece(5.0),)), Bar("b", "(2)", style.NAVY, (Piece(-2.0),))])
    assert figure.layout.xaxis.range[0] < -2
    assert len(figure.layout.shapes) == 1


def test_nothing_at_all_is_still_a_figure():
    assert ledger([Bar("a", "£0", style.NAVY, (Piece(0.0),))]).layout.height > 0
    assert treemap([], str).layout.height > 0


def test_every_palette_colour_carries_readable_text():
    assert all(
        style.contrast(colour, style.text_on(colour)) >= 4.5 for colour in (*style.PALETTE, *style.SEQUENCE)
    )
