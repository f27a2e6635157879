"""The slides hold the store's own figures, in charts that can be edited, and nothing overflows."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from pptx.enum.shapes import MSO_SHAPE_TYPE

from budget_model.board.master import Area
from budget_model.board.measure import SAFE, Face, wrapped, years_whole
from budget_model.board.native_charts import money_format
from budget_model.board.native_tables import columns_that_fit, columns_that_say_something, paged
from budget_model.board.pack import Pack
from budget_model.board.slides import write_slides
from budget_model.count.saying import opened
from budget_model.exhibits.figures import Bars, HeatMap, Waterfall
from budget_model.exhibits.tables import Column, Kind, Table, say_cell
from budget_model.money import pounds
from budget_model.store.places import place_of
from budget_model.store.spending import by, pivot, total
from budget_model.store.store import Store
from budget_model.store.stories import SavedView, Story
from budget_model.vocabulary import Dimension
from tests.board.packs import EVERY, SCOPE, STORY, crowded_town, deck, embedded, pack_of, small_town


@pytest.fixture(scope="module")
def town_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with small_town(tmp_path_factory.mktemp("town") / "town.duckdb") as store:
        yield store


@pytest.fixture(scope="module")
def pack(town_store: Store) -> Pack:
    pack: Pack = pack_of(town_store)
    return pack


@pytest.fixture(scope="module")
def slides(pack: Pack) -> Any:
    return deck(write_slides(pack))


def screen(slides: Any, chart: Any) -> Any:
    """The slide of one kind of chart; the cover is the first."""
    return slides.slides[1 + next(n for n, (_, name, _) in enumerate(EVERY) if name == chart)]


def chart_of(slide: Any) -> Any:
    return next(shape.chart for shape in slide.shapes if shape.has_chart)


def test_the_bars_of_the_bodies_are_the_store_s_own_figures_to_the_penny(
    slides: Any, town_store: Store
) -> None:
    rows = embedded(chart_of(screen(slides, "who")))
    parts = by(town_store, SCOPE, Dimension.ORGANISATION)
    assert rows[0][1:] == ["Not estimated", "Estimated", "Total"]
    assert [row[0] for row in rows[1:]] == [part.name for part in parts]
    assert [Decimal(str(row[3])) for row in rows[1:]] == [part.amount for part in parts]


def test_every_piece_of_every_theme_s_bar_is_the_store_s_own_figure(slides: Any, town_store: Store) -> None:
    rows = embedded(chart_of(screen(slides, "what")))
    cells = {
        cell.keys: cell.amount for cell in pivot(town_store, SCOPE, (Dimension.THEME, Dimension.ORGANISATION))
    }
    names = {part.name: part.key for part in by(town_store, SCOPE, Dimension.ORGANISATION)}
    boards = [part.key for part in by(town_store, SCOPE, Dimension.THEME)]
    assert len(rows) - 1 == len(boards)
    for board, row in zip(boards, rows[1:], strict=True):
        for name, value in zip(rows[0][1:-1], row[1:-1], strict=True):
            body = names[name.removesuffix(", estimated")]
            assert Decimal(str(value)) == cells.get((board, body), Decimal(0))


def test_a_waterfall_stands_on_unseen_bars_and_comes_to_the_total(slides: Any, town_store: Store) -> None:
    counted = total(town_store, SCOPE)
    rows = embedded(chart_of(screen(slides, "once")))
    assert rows[0][-1] == "Size of step"
    assert Decimal(str(rows[1][-1])) == counted.gross
    assert Decimal(str(rows[-1][-1])) == counted.total
    assert sum(Decimal(str(row[-1])) for row in rows[2:-1]) == counted.eliminated == 5_000_000
    assert all(Decimal(str(row[1])) + Decimal(str(row[2])) <= counted.gross for row in rows[1:])


def test_a_heat_map_is_a_real_table_whose_cells_say_what_the_store_holds(
    slides: Any, pack: Pack, town_store: Store
) -> None:
    table = next(shape.table for shape in screen(slides, "heat-map").shapes if shape.has_table)
    said = [[cell.text for cell in row.cells] for row in table.rows]
    cells = {
        cell.keys: cell.amount for cell in pivot(town_store, SCOPE, (Dimension.ORGANISATION, Dimension.THEME))
    }
    order = [theme.id for theme in place_of(town_store).themes]
    bodies = by(town_store, SCOPE, Dimension.ORGANISATION)
    boards = sorted(
        by(town_store, SCOPE, Dimension.THEME),
        key=lambda board: (board.key == "unmapped", order.index(board.key) if board.key in order else 0),
    )
    for body, row in zip(bodies, said[1:], strict=False):
        for board, shown in zip(boards, row[1:-1], strict=True):
            amount = cells.get((body.key, board.key))
            wanted = "" if amount is None else pounds(amount) if amount >= 0 else f"({pounds(-amount)})"
            assert shown == wanted
    assert said[-1][-1] == pounds(total(town_store, SCOPE).total)


def test_every_figure_of_a_pack_adds_up_to_the_place_s_total(pack: Pack, town_store: Store) -> None:
    whole = total(town_store, SCOPE).total
    for slide in pack.slides:
        figure = slide.shown.figure
        if slide.key in ("who", "what", "sure", "services"):
            assert isinstance(figure, Bars)
            assert sum(figure.whole(place) for place in range(len(figure.categories))) == whole
        if isinstance(figure, HeatMap) and figure.summed:
            assert sum(figure.row_total(row) for row in range(len(figure.rows))) == whole
        if isinstance(figure, Waterfall):
            assert figure.bottoms()[-2][1] == figure.steps[-1].amount
            assert figure.steps[-1].amount == whole


def test_every_native_chart_carries_a_workbook_that_opens(slides: Any) -> None:
    charts = [shape.chart for slide in slides.slides for shape in slide.shapes if shape.has_chart]
    assert len(charts) >= 8
    assert all(len(embedded(chart)) >= 2 for chart in charts)


def test_a_slide_s_title_is_its_finding_and_the_outline_has_them_all(slides: Any, pack: Pack) -> None:
    for slide, page in zip(pack.slides, list(slides.slides)[1:], strict=False):
        title = page.shapes.title.text
        assert years_whole(slide.finding).startswith(title.rstrip("."))
        rest = slide.finding[len(title) :].strip()
        said = " ".join(placeholder.text_frame.text for placeholder in page.placeholders)
        assert not rest or years_whole(opened(rest)).split(" ", 1)[1] in said
    assert all(slide.shapes.title is not None and slide.shapes.title.text for slide in slides.slides)


def test_every_figure_has_a_text_for_those_who_cannot_see_it(slides: Any) -> None:
    for slide in slides.slides:
        for shape in slide.shapes:
            if shape.has_chart or shape.has_table or shape.shape_type == MSO_SHAPE_TYPE.GROUP:
                assert shape._element.xpath(".//p:cNvPr")[0].get("descr"), shape.name


def test_every_slide_has_a_number_a_source_and_notes_with_the_way_back(slides: Any, pack: Pack) -> None:
    for slide, page in zip(pack.slides, list(slides.slides)[1:], strict=False):
        notes = page.notes_slide.notes_text_frame.text
        assert "Pause here." in notes
        assert slide.finding in notes
        assert slide.reconciliation in notes
        assert "https://map.example/" in notes
        assert "year=2016-17" in notes
        assert [
            placeholder
            for placeholder in page.placeholders
            if placeholder.placeholder_format.type is not None
        ]
        kinds = [str(placeholder.placeholder_format.type) for placeholder in page.placeholders]
        assert any("SLIDE_NUMBER" in kind for kind in kinds)
        assert any("FOOTER" in kind for kind in kinds)


def test_no_two_shapes_of_a_slide_have_one_number(slides: Any) -> None:
    for slide in slides.slides:
        numbers = [one.get("id") for one in slide._element.xpath(".//p:cNvPr")]
        assert len(numbers) == len(set(numbers))


def test_no_placeholder_is_left_empty(slides: Any) -> None:
    for slide in slides.slides:
        for holder in slide.placeholders:
            assert holder.text_frame.text.strip() or "SLIDE_NUMBER" in str(holder.placeholder_format.type)


def test_the_template_is_not_the_usual_one(slides: Any) -> None:
    assert [layout.name for layout in slides.slide_layouts] == [
        "Cover",
        "Finding and figure",
        "Appendix table",
    ]
    theme = slides.slide_master.part.part_related_by(
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/theme"
    ).blob.decode()
    assert "12436D" in theme
    assert "Calibri" not in theme


@pytest.mark.slow
@pytest.mark.parametrize(("bodies", "shape"), [(3, "16:9"), (3, "4:3"), (60, "16:9"), (60, "4:3")])
def test_nothing_stands_outside_its_slide_for_three_bodies_or_sixty(
    tmp_path: Path, bodies: int, shape: str
) -> None:
    with crowded_town(tmp_path / "crowd.duckdb", bodies) as store:
        slides = deck(write_slides(pack_of(store), shape))
    for number, slide in enumerate(slides.slides, start=1):
        for one in slide.shapes:
            assert one.left >= 0, (number, one.name)
            assert one.top >= 0, (number, one.name)
            assert one.left + one.width <= slides.slide_width + 2, (number, one.name)
            assert one.top + one.height <= slides.slide_height + 2, (number, one.name)
            if one.has_table:
                high = sum(row.height for row in one.table.rows)
                assert one.top + high <= slides.slide_height * 0.935, (number, one.name)
            if one.shape_type == MSO_SHAPE_TYPE.GROUP:
                inside = list(one.shapes)
                assert all(child.top + child.height <= one.top + one.height + 30_000 for child in inside), (
                    number
                )
                assert all(child.left + child.width <= one.left + one.width + 30_000 for child in inside), (
                    number
                )


@pytest.mark.slow
def test_hostile_names_are_words_and_nothing_of_them_is_lost(tmp_path: Path) -> None:
    with crowded_town(tmp_path / "crowd.duckdb", 12) as store:
        pack = pack_of(store)
        slides = deck(write_slides(pack))
    names = embedded(chart_of(screen(slides, "who")))
    assert any(str(row[0]).startswith("=HYPERLINK") for row in names)
    table = pack.slides[0].shown.table
    assert any("Hospital 🏥" in str(row[0]) for row in table.rows)
    assert any(len(str(row[0])) >= 1900 for row in table.rows)


def test_a_text_of_two_thousand_characters_is_cut_on_the_slide_and_whole_in_the_notes(
    town_store: Store,
) -> None:
    words = "Older people and the bodies that pay for them. " * 43
    story = Story("long", "Long", (SavedView("overview", "who", finding=words, note=words),))
    pack = pack_of(town_store, story)
    slides = deck(write_slides(pack))
    page = slides.slides[1]
    assert len(words) > 2000
    assert page.shapes.title.text.endswith("for them.")
    assert page.notes_slide.notes_text_frame.text.count("Older people and the bodies") >= 86


def test_a_title_is_two_lines_at_most_and_a_reason_stops_at_the_end_of_a_sentence(
    slides: Any, pack: Pack
) -> None:
    for slide, page in zip(pack.slides, list(slides.slides)[1:], strict=False):
        title, *others = (
            placeholder for placeholder in page.placeholders if placeholder.placeholder_format.idx in (0, 14)
        )
        size = title.text_frame.paragraphs[0].runs[0].font.size.pt
        lines = wrapped(title.text_frame.text, size, 876 * SAFE, Face.SLIDE_BOLD)
        assert len(lines) <= 2, slide.finding
        assert all(other.text_frame.text.endswith(".") for other in others), slide.key


def test_no_word_of_a_table_is_broken(slides: Any, pack: Pack) -> None:
    tables = [slide.shown.table for slide in pack.slides if slide.shown]
    cells = [
        say_cell(value, column.kind)
        for table in tables
        for row in table.rows
        for value, column in zip(row, table.columns, strict=True)
    ]
    whole = {
        word
        for text in (*cells, *(column.name for table in tables for column in table.columns))
        for word in text.split()
    }
    drawn = [shape.table for slide in slides.slides for shape in slide.shapes if shape.has_table]
    shown = {
        word for table in drawn for row in table.rows for cell in row.cells for word in cell.text.split()
    }
    cut = {word.rstrip("…") for word in shown if word.endswith("…")}
    rest = shown - whole - {f"{word}…" for word in cut}
    assert not {word for word in rest if word.strip("()").isalpha()} - ADDED
    assert all(any(word.startswith(part) for word in whole) for part in cut)


ADDED = {"and", "others", "more", "rows,", "in", "the", "workbook", "appendix", "Total"}
"""Words that a table on paper has beside its own."""


def test_columns_for_which_there_is_no_room_are_left_to_the_workbook() -> None:
    row = ("A", "unknown", "A reason. " * 30, *("considerations",) * 9)
    columns = ("What", "Arrangement", "Why", *(f"Considerations {n}" for n in range(9)))
    wide = Table("T", tuple(map(Column, columns)), (row,) * 3)
    part = columns_that_fit(wide, 876, 12)
    assert 3 < len(part.columns) < len(columns)
    assert part.rows[0] == row[: len(part.columns)]
    assert columns_that_fit(part, 876, 12) == part


def test_a_table_is_shared_out_evenly_over_its_slides_and_what_says_nothing_is_left_out() -> None:
    rows = (*(("Body", "unknown", Decimal(1), "") for _ in range(20)), ("Total", "", Decimal(20), ""))
    columns = (Column("Body"), Column("Forecast"), Column("Amount", Kind.POUNDS), Column("Target"))
    table = columns_that_say_something(Table("T", columns, rows, totals=1))
    assert [column.name for column in table.columns] == ["Body", "Forecast", "Amount"]  # the first two stay
    pages = paged(table, Area(0, 0, 876, 424))
    assert [len(page) for page in pages] == [11, 10]  # 18 would fit on the first
    assert sum(pages, ()) == table.rows


def test_a_view_that_is_no_longer_there_is_said_and_the_others_stand(town_store: Store) -> None:
    story = Story(
        "old",
        "Old",
        (
            SavedView("x", "a chart of long ago"),
            SavedView("organisations", "organisation", chosen="gone"),
            STORY.views[0],
        ),
    )
    pack = pack_of(town_store, story)
    slides = deck(write_slides(pack))
    assert "There is no chart called “a chart of long ago” any more" in slides.slides[1].shapes.title.text
    assert "has no money in this choice any more" in slides.slides[2].shapes.title.text
    assert years_whole(pack.slides[2].finding).startswith(slides.slides[3].shapes.title.text.rstrip("."))


def test_bars_that_are_each_one_whole_are_a_native_chart_of_the_store_s_own_pounds(
    slides: Any, town_store: Store
) -> None:
    rows = embedded(chart_of(screen(slides, "league")))
    held: dict[Any, Any] = {}
    for cell in pivot(town_store, SCOPE, (Dimension.SERVICE, Dimension.ORGANISATION)):
        held.setdefault(cell.keys[0], {})[cell.keys[1]] = cell.amount
    names = {part.name: part.key for part in by(town_store, SCOPE, Dimension.SERVICE)}
    bodies = {part.name: part.key for part in by(town_store, SCOPE, Dimension.ORGANISATION)}
    assert len(rows) > 2
    for row in rows[1:]:
        paid = held[names[row[0].rpartition(": ")[0]]]
        assert sum(amount > 0 for amount in paid.values()) > 1
        for name, value in zip(rows[0][1:], row[1:], strict=True):
            assert Decimal(str(value)) == max(paid.get(bodies[name], Decimal(0)), Decimal(0))


def test_shares_are_said_as_shares_and_are_never_added_up(slides: Any) -> None:
    table = next(shape.table for shape in screen(slides, "matrix").shapes if shape.has_table)
    said = [[cell.text for cell in row.cells] for row in table.rows]
    assert "Total" not in said[0]
    assert all(text == "" or text.endswith("%") for row in said[1:] for text in row[1:])


@pytest.mark.parametrize(
    ("amount", "code"),
    [
        ("1240300000", '£0.00,,,"bn"'),
        ("186200000", '£0,,"m"'),
        ("4210000", '£0.0,,"m"'),
        ("349700", '£0,"k"'),
        ("812", "£0"),
    ],
)
def test_a_chart_s_label_is_said_as_in_a_sentence_and_follows_when_it_is_edited(
    amount: str, code: str
) -> None:
    assert money_format(Decimal(amount)) == f"{code};−{code}"


@pytest.mark.slow
@pytest.mark.parametrize("shape", ["16:9", "4:3"])
def test_libreoffice_opens_the_deck_and_finds_every_slide(tmp_path: Path, shape: Any) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed here: apt-get install libreoffice-impress to run this.")
    with crowded_town(tmp_path / "crowd.duckdb", 60) as store:
        pack = pack_of(store)
    (tmp_path / "deck.pptx").write_bytes(write_slides(pack, shape))
    home = f"-env:UserInstallation=file://{tmp_path}/office"
    done = subprocess.run(
        [
            office,
            home,
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(tmp_path),
            str(tmp_path / "deck.pptx"),
        ],
        capture_output=True,
        timeout=240,
    )
    paper = (tmp_path / "deck.pdf").read_bytes()
    assert done.returncode == 0
    slides = deck((tmp_path / "deck.pptx").read_bytes()).slides
    assert len(re.findall(rb"/Type\s*/Page[^s]", paper)) == len(slides)


def test_a_network_of_many_bodies_gathers_the_smallest_and_loses_no_pound(tmp_path: Path) -> None:
    story = Story("met", "Who meets whom", (SavedView("overlap", "network", chosen="0"),))
    with crowded_town(tmp_path / "crowd.duckdb", 24) as store:
        shown = pack_of(store, story).slides[0].shown
    bodies, services = shown.figure.columns
    assert len(bodies) == 14
    assert bodies[-1].name.endswith(" others")
    every = sum(row[2] for row in shown.table.rows)
    assert sum(body.amount for body in bodies) == sum(service.amount for service in services) == every
    assert sum(flow.amount for flow in shown.figure.flows[0]) == every
