"""Figures on the screen: what is drawn is in proportion to money, and what is in doubt is patterned."""

from dataclasses import replace
from decimal import Decimal

from budget_model.exhibits.colours import NAVY, TEAL
from budget_model.exhibits.exhibit import Exhibit
from budget_model.exhibits.figures import Bars, Doubt, InYear, Mark, Series, Tile, Treemap, Years
from budget_model.exhibits.tables import Column, Table
from budget_model.scope import Scope
from pages.shared import chart, drawn, narrow, style
from pages.shared.drawn import Room, bars, boxes

ROOM = Room()


def test_estimated_money_is_hatched_and_unmapped_money_is_dotted() -> None:
    marks = (Mark("a", "a", NAVY), Mark("unmapped", "Not mapped", NAVY))
    series = (
        Series("own", NAVY, (Decimal(2), Decimal(0))),
        Series("estimated", NAVY, (Decimal(3), Decimal(0)), Doubt.ESTIMATED),
        Series("no service", NAVY, (Decimal(0), Decimal(1)), Doubt.NOT_MAPPED),
    )
    picture = drawn.drawn(Bars("Body", marks, series), (), ROOM)
    wanted = [style.PATTERNS[Doubt.ESTIMATED], style.PATTERNS[Doubt.NOT_MAPPED]]
    assert list(picture.data[1].marker.pattern.shape) == wanted


def test_a_bar_below_zero_goes_to_the_left_of_the_line() -> None:
    marks = (Mark("a", "a", NAVY), Mark("b", "b", NAVY))
    picture = bars.draw(Bars("Body", marks, (Series("own", NAVY, (Decimal(5), Decimal(-2))),)), {})
    assert picture.layout.xaxis.range[0] <= -2
    assert len(picture.layout.shapes) == 1


def test_a_bar_stands_on_the_line_of_its_name_with_its_amount_at_its_end() -> None:
    marks = (Mark("a", "Adult social care", NAVY, note="estimated"), Mark("b", "b", NAVY))
    picture = bars.draw(Bars("Body", marks, (Series("own", NAVY, (Decimal(5), Decimal(-2))),)), {})
    drawn_bars, amounts = picture.data
    assert [note.y for note in picture.layout.annotations] == list(drawn_bars.y) == list(amounts.y)
    assert list(amounts.x) == [5, -2], "at the end of each bar"
    assert list(amounts.textposition) == ["middle right", "middle left"]
    longest = len("Adult social care estimated")
    assert picture.layout.margin.l > longest * 6, "names have a column of their own"
    assert {note.xshift for note in picture.layout.annotations} == {-picture.layout.margin.l}


def test_others_that_were_gathered_stand_last_and_never_have_the_longest_bar() -> None:
    marks = tuple(Mark(f"s{number}", f"Service {number}", NAVY) for number in range(6))
    amounts = tuple(map(Decimal, (9, 8, 7, 6, 5, 4)))
    figure = Bars("Service", marks, (Series("own", NAVY, amounts),))
    *_, rest = bars.rows_of(figure.folded(3), {})
    assert (rest.name, rest.label, [piece.amount for piece in rest.pieces]) == ("4 others", "£22", [0.0])
    assert bars.undrawn(figure.folded(3)) == "4 others"
    *_, rest = bars.rows_of(figure.folded(5), {})
    assert (rest.name, [piece.amount for piece in rest.pieces]) == ("2 others", [9.0])
    assert bars.undrawn(figure.folded(5)) == ""


def test_the_pieces_of_a_bar_lie_one_after_the_other() -> None:
    series = (Series("own", NAVY, (Decimal(5),)), Series("other", NAVY, (Decimal(3),)))
    picture = bars.draw(Bars("Body", (Mark("a", "a", NAVY),), series), {})
    assert list(picture.data[0].base) == [0, 5]
    assert list(picture.data[0].x) == [5, 3]


def test_nothing_at_all_is_still_a_figure() -> None:
    nothing = Bars("Body", (Mark("a", "a", NAVY),), (Series("own", NAVY, (Decimal(0),)),))
    assert bars.draw(nothing, {}).layout.height > 0
    assert boxes.draw(Treemap("Board", "Service", ()), {}).layout.height > 0


def test_a_mark_carries_the_number_of_its_way_down() -> None:
    from budget_model.exhibits.ways import Way

    ways = [Way("first", ()), Way("second", (), ("council",))]
    tile = Tile(Mark("s", "Service", NAVY, way=ways[1]), Decimal(4))
    figure = Treemap("Board", "Service", (Tile(Mark("b", "Board", NAVY), Decimal(4), (tile,)),))
    assert list(drawn.drawn(figure, ways, ROOM).data[0].customdata) == [[1]]


def test_no_word_of_a_treemap_is_smaller_than_can_be_read() -> None:
    """Forty services of one board: the boxes of most are narrow."""
    tiles = tuple(Tile(Mark(f"s{number}", "Care", NAVY), Decimal(number + 1)) for number in range(40))
    figure = Treemap("Board", "Service", (Tile(Mark("b", "Board", NAVY), Decimal(820), tiles),))
    sizes = {note.font.size for note in boxes.draw(figure, {}).layout.annotations}
    assert min(sizes) == 12, "some boxes are too narrow for the usual size"


def test_a_box_too_narrow_for_a_word_of_its_name_has_no_label_and_no_word_is_cut_inside() -> None:
    """The narrow one of two boxes is 46 pixels wide, less than “Community” in the smallest type."""
    tiles = (
        Tile(Mark("p", "Neighbourhood policing", NAVY), Decimal(953)),
        Tile(Mark("s", "Community safety", NAVY), Decimal(46)),
    )
    figure = Treemap(
        "Board", "Service", (Tile(Mark("b", "Safer, Stronger City", NAVY), Decimal(999), tiles),)
    )
    heading, *labels = (note.text for note in boxes.draw(figure, {}).layout.annotations)
    assert heading == "<b>Safer, Stronger City</b> £999"
    assert labels == ["Neighbourhood policing<br><b>£953</b>"]


def test_bars_drawn_for_a_column_are_drawn_there_and_not_told_without_their_names() -> None:
    shares = Bars("What", (Mark("a", "a", NAVY),), (Series("own", NAVY, (Decimal(1),)),), level=True)
    assert (narrow.widest(shares, 560), narrow.widest(shares, ROOM.width)) == (600, 820)


def test_the_parts_of_wholes_have_a_key_for_where_they_are_too_small_for_their_names() -> None:
    series = (Series("early", NAVY, (Decimal(1),)), Series("late", TEAL, (Decimal(99),)))
    parts = Bars("What", (Mark("a", "a"),), series, level=True)
    assert [key.text for key in chart.meanings(parts)] == ["early", "late"]
    assert chart.meanings(replace(parts, sides=True)) == [], "who stands left and right is said above them"


def test_an_exhibit_is_drawn_once_for_all_who_see_it_and_anew_for_another_room() -> None:
    bars_of = Bars("Body", (Mark("a", "a", NAVY),), (Series("own", NAVY, (Decimal(5),)),))
    table = Table("Bodies", (Column("Body"),), (("a",),))
    shown = Exhibit("A spends £5.", bars_of, table, "", "Pounds", "", "", "", Scope(year="2016-17"))
    made = chart.drawing_of(shown)
    assert chart.drawing_of(shown) is made
    assert made.picture is not None
    assert made.picture.to_dict() is made.picture.to_dict()
    assert chart.drawing_of(shown, Room(width=300)) is not made
    assert chart.drawing_of(replace(shown, finding="Another.")) is not made


def test_the_figure_of_a_year_stands_clear_of_its_mark() -> None:
    """A mark reaches 8 pixels up and a letter 6 down from its middle."""
    years = tuple(InYear(f"201{number}-1{number + 1}", Decimal(30 + number)) for number in range(3))
    picture = drawn.drawn(Years("Spending", years), (), ROOM)
    _, labels, marks = picture.data
    low, high = picture.layout.yaxis.range
    pixels = (labels.y[0] - marks.y[0]) / (high - low) * picture.layout.height
    assert pixels >= 14
