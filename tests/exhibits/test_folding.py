"""What has no room is gathered and named, and no sum changes by it."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from budget_model.count.funding import NOT_KNOWN
from budget_model.exhibits.areas import Area, squarified
from budget_model.exhibits.colours import NAVY, PALETTE, SEQUENCE, contrast, text_on
from budget_model.exhibits.figures import (
    Bars,
    Doubt,
    Flow,
    HeatMap,
    Mark,
    Sankey,
    Series,
    Step,
    Stop,
    Tile,
    Treemap,
    Waterfall,
    doubts,
    in_words,
)
from budget_model.exhibits.tables import Column, Kind, Table

pounds = st.integers(-(10**11), 10**11).map(lambda pennies: Decimal(pennies) / 100)
above = st.integers(1, 10**11).map(lambda pennies: Decimal(pennies) / 100)


def marks(many: Any, stem: str = "body") -> Any:
    return tuple(Mark(f"{stem}-{number}", f"{stem} {number}") for number in range(many))


def bars(rows: Any, **more: Any) -> Any:
    """Bars whose rows are given, one amount for each series."""
    series = [Series(f"s{place}", NAVY, values) for place, values in enumerate(zip(*rows, strict=True))]
    return Bars("Body", marks(len(rows)), tuple(series), **more)


@given(st.lists(st.tuples(pounds, pounds, pounds), min_size=1, max_size=30), st.integers(2, 12))
def test_bars_that_are_gathered_come_to_what_they_came_to(rows: Any, most: int) -> None:
    whole, folded = bars(rows), bars(rows).folded(most, 2)
    assert len(folded.marks) == min(most, len(rows))
    assert folded.table().rows[-1][-1] == whole.table().rows[-1][-1]
    if len(rows) > most:
        assert folded.marks[-1].name == f"{len(rows) - most + 1} others"


def test_bars_that_share_pounds_are_left_out_and_never_added() -> None:
    figure = bars([(Decimal(number),) for number in range(9, 0, -1)], gathers=False).folded(4)
    assert [mark.name for mark in figure.marks] == ["body 0", "body 1", "body 2", "body 3"]
    assert figure.series[0].values == (9, 8, 7, 6)


def test_what_is_in_doubt_stays_apart_among_the_others() -> None:
    values = [(Decimal(9),), (Decimal(5),), (Decimal(3),), (Decimal(2),)]
    doubts = (None, Doubt.ESTIMATED, None, Doubt.ESTIMATED)
    series = tuple(
        Series(f"s{place}", NAVY, value, doubt)
        for place, (value, doubt) in enumerate(zip(values, doubts, strict=True))
    )
    few = Bars("Body", marks(1), series).folded(9, 2)
    assert [(one.name, one.values[0], one.doubt) for one in few.series] == [
        ("s0", 9, None),
        ("2 others, estimated", 7, Doubt.ESTIMATED),
        ("s2", 3, None),
    ]


def test_a_figure_that_nobody_knows_is_no_bar_on_paper() -> None:
    figure = replace(bars([(Decimal(7),), (Decimal(0),)]), unknown=frozenset({"body-1"}))
    assert [mark.key for mark in figure.known().marks] == ["body-0"]


def test_a_figure_that_nobody_knows_is_called_so_and_no_zero_beside_its_bar_and_in_words() -> None:
    figure = replace(bars([(Decimal(7),), (Decimal(0),)]), unknown=frozenset({"body-1"}))
    assert [figure.label(place) for place in (0, 1)] == ["£7", "not known"]
    assert "not known" in in_words(figure)
    assert doubts(figure) == ()


@given(above, st.lists(pounds.filter(bool), max_size=30), st.integers(2, 9))
def test_the_steps_of_a_waterfall_still_make_its_last_level(
    start: Decimal, changes: list[Decimal], most: int
) -> None:
    ordered = sorted(changes, key=abs, reverse=True)
    steps = [Step("from", start, level=True), *(Step(f"step {n}", one) for n, one in enumerate(ordered))]
    figure = Waterfall((*steps, Step("to", start + sum(changes, Decimal(0)), level=True)), "smaller steps")
    assert last_step_comes_to(figure) == figure.steps[-1].amount
    assert last_step_comes_to(figure.folded(most)) == figure.steps[-1].amount


def last_step_comes_to(figure: Waterfall) -> Decimal:
    """Where the last change of a waterfall ends."""
    return figure.bottoms()[-2][1]


def test_small_steps_are_told_as_one() -> None:
    changes = [Step(f"step {number}", Decimal(-10)) for number in range(100)]
    ends = Step("from", Decimal(1000), level=True), Step("to", Decimal(0), level=True)
    brief = Waterfall((ends[0], *changes, ends[1]), "smaller differences").folded(6)
    assert len(brief.steps) == 8
    assert (brief.steps[-2].name, brief.steps[-2].amount) == ("95 smaller differences", -950)


grids = st.integers(1, 9).flatmap(
    lambda wide: st.lists(
        st.lists(st.one_of(st.none(), pounds), min_size=wide, max_size=wide), min_size=1, max_size=12
    )
)


@given(grids, st.integers(2, 6), st.integers(2, 6))
def test_a_grid_that_is_gathered_has_the_same_whole(cells: Any, rows: int, columns: int) -> None:
    values = tuple(tuple(row) for row in cells)
    figure = HeatMap("Body", "Board", marks(len(values)), marks(len(values[0]), "board"), values)
    folded = figure.folded(rows, columns)
    assert (len(folded.rows), len(folded.columns)) == (
        min(rows, len(figure.rows)),
        min(columns, len(figure.columns)),
    )
    assert folded.total() == figure.total()


def test_shares_of_a_row_come_to_one_and_are_worked_out_after_gathering() -> None:
    values = ((Decimal(6), Decimal(3), Decimal(1)), (Decimal(2), Decimal(2), None))
    figure = HeatMap("Body", "Board", marks(2), marks(3, "board"), values, shares="row")
    shares = figure.folded(9, 2)
    assert shares.kind is Kind.SHARE
    assert [mark.name for mark in shares.columns] == ["board 0", "2 others"]
    assert shares.values == ((Decimal("0.6"), Decimal("0.4")), (Decimal("0.5"), Decimal("0.5")))
    assert [row[-1] for row in figure.table().rows] == [1, 1, 1]


def test_a_grid_in_a_list_has_its_largest_cell_first_and_its_whole_last() -> None:
    values = ((Decimal(6), None), (Decimal(2), Decimal(9)))
    table = HeatMap("Body", "Board", marks(2), marks(2, "board"), values).unrolled()
    assert [row[2] for row in table.rows] == [9, 6, 2, 17]


@given(st.lists(above, min_size=1, max_size=40), st.integers(2, 8))
def test_boxes_that_are_gathered_cover_as_much(amounts: Any, most: int) -> None:
    amounts = sorted(amounts, reverse=True)
    parts = tuple(Tile(mark, amount) for mark, amount in zip(marks(len(amounts)), amounts, strict=True))
    figure = Treemap("Board", "Service", (Tile(Mark("b", "Board", NAVY), sum(amounts), parts),))
    inside = figure.folded(most=most).tiles[0].tiles
    assert len(inside) == min(most, len(amounts))
    assert sum(part.amount for part in inside) == sum(amounts)


@given(st.lists(above, min_size=3, max_size=20), st.integers(3, 8))
def test_no_pound_of_a_flow_is_lost_and_money_of_unknown_origin_keeps_its_place(
    amounts: Any, most: int
) -> None:
    stops = [Stop(mark, amount) for mark, amount in zip(marks(len(amounts)), amounts, strict=True)]
    unknown = Stop(Mark(NOT_KNOWN, "Funding not known"), Decimal(1))
    end = Stop(Mark("all", "All"), sum(amounts, Decimal(1)))
    flows = tuple(Flow(stop.key, "all", stop.amount) for stop in (*stops, unknown))
    figure = Sankey(("From", "To"), ((*stops, unknown), (end,)), (flows,)).folded(most)
    assert len(figure.columns[0]) == min(most, len(amounts) + 1)
    assert sum(stop.amount for stop in figure.columns[0]) == end.amount
    assert sum(flow.amount for flow in figure.flows[0]) == end.amount
    assert NOT_KNOWN in {stop.key for stop in figure.columns[0]}


def test_paper_leaves_out_the_columns_that_it_has_no_room_for() -> None:
    columns = (Column("Body"), Column("Amount", Kind.POUNDS), Column("Share", Kind.SHARE, detail=True))
    table = Table("Who", columns, (("Council", Decimal(5), Decimal(1)),)).on_paper()
    assert [column.name for column in table.columns] == ["Body", "Amount"]
    assert table.rows == (("Council", Decimal(5)),)


@given(st.lists(st.floats(0.01, 1e9), min_size=1, max_size=60))
@example(
    [
        591088443.0,
        719507621.0,
        93650628.7234425,
        295481183.8066406,
        339782679.8066406,
        497960631.75,
        565264703.8638498,
        589459407.53125,
        999999999.25,
        0.010000000000000002,
    ]
)
@example(
    [
        295544213.0,
        674325695.0,
        719507621.0,
        157138169.7234425,
        297687876.5,
        267163043.0,
        492199081.75,
        493085365.8652344,
        999999996.25,
        0.010000000000000002,
    ]
)
def test_boxes_are_in_proportion_to_money_and_cover_their_room(amounts: Any) -> None:
    amounts = sorted(amounts, reverse=True)
    areas = squarified(amounts, Area(0, 0, 960, 600))
    whole = sum(amounts)
    for amount, area in zip(amounts, areas, strict=True):
        assert abs(area.width * area.height - amount / whole * 960 * 600) < 1
        assert area.x >= -0.01
        assert area.y >= -0.01
        assert area.x + area.width <= 960.01
        assert area.y + area.height <= 600.01


def test_every_colour_of_the_house_carries_readable_text() -> None:
    assert all(contrast(colour, text_on(colour)) >= 4.5 for colour in (*PALETTE, *SEQUENCE))
