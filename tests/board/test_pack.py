"""A pack says what its story says today, what changed since the last one, and is written in every format."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from budget_model.board.drawing import Box, Pen, sketched
from budget_model.board.making import FORMATS, keep_figures, prepare, story_named, write
from budget_model.board.pack import Pack, changed, make_pack
from budget_model.board.paper import characters, spelt
from budget_model.commands import board_pack_command
from budget_model.exhibits.catalogue import CHARTS
from budget_model.exhibits.colours import SEQUENCE
from budget_model.exhibits.figures import HeatMap, Mark
from budget_model.exhibits.tables import Column, Kind, Table
from budget_model.problem import Refusal
from budget_model.scope import Scope, to_link
from budget_model.store.spending import by, total
from budget_model.store.store import Store
from budget_model.store.stories import Decided, SavedView, Story, keep_story, last_pack, write_down
from budget_model.vocabulary import Dimension
from tests.board.packs import DAY, SCOPE, STORY, book, crowded_town, names_in, pack_of, small_town
from tests.towns import line, receive, submission


@pytest.fixture(scope="module")
def town_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("town") / "town.duckdb"
    small_town(path).close()
    return path


@pytest.fixture
def store(town_path: Path, tmp_path: Path) -> Iterator[Store]:
    """The small town, to be written to."""
    with Store(shutil.copy(town_path, tmp_path / "town.duckdb")) as opened:
        yield opened


def test_every_chart_that_a_story_may_name_is_shown_or_says_why_not(store: Store) -> None:
    chosen = {"organisation": "council", "theme": "healthy", "opportunity": "#1"}
    views = tuple(
        SavedView(chart.page, chart.name, chosen=chosen.get(chart.one_of, "")) for chart in CHARTS.values()
    )
    for slide in pack_of(store, Story("all", "All", views)).slides:
        assert (slide.shown is None) == bool(slide.trouble)
        assert slide.finding.endswith("."), slide.key


def test_a_view_keeps_its_own_scope_whatever_the_pack_is_about(store: Store) -> None:
    only = Scope(year=SCOPE.year, organisations=("council",))
    pack = pack_of(
        store, Story("s", "S", (SavedView("overview", "who", to_link(only)), SavedView("overview", "who")))
    )
    assert len(pack.slides[0].shown.figure.categories) == 1
    assert len(pack.slides[1].shown.figure.categories) == 4
    assert "org=council" in pack.slides[0].link
    assert "only Anytown Council" in pack.slides[0].scope


def test_figures_per_head_are_divided_by_the_people_of_the_place(store: Store) -> None:
    pack = make_pack(
        store, Story("s", "S", (SavedView("overview", "services"),)), SCOPE.switched(per_head=True)
    )
    figure = pack.slides[0].shown.figure
    first = by(store, SCOPE, Dimension.SERVICE)[0]
    assert figure.series[0].values[0] == (first.amount / 1000).quantize(Decimal("0.01"))
    assert "Pounds per resident" in pack.slides[0].unit


def test_every_sentence_of_a_pack_per_head_says_so_and_is_its_figure_divided_by_the_people(
    store: Store,
) -> None:
    plain, each = (pack_of_scope(store, SCOPE.switched(per_head=per_head)) for per_head in (False, True))
    for slide, other in zip(plain.slides, each.slides, strict=True):
        if "£" not in slide.finding:
            assert slide.finding == other.finding
        elif other.unit.startswith("Pounds per resident"):
            assert " per resident" in other.finding, other.key
        else:
            assert slide.finding == other.finding, "Joining up is in whole pounds, and its unit says so."
            assert other.unit.startswith("Pounds ·")
    who = total(store, SCOPE).total / 1000
    assert each.slides[0].shown.table.rows[-1][1] == who.quantize(Decimal("0.01"))


def pack_of_scope(store: Store, scope: Scope) -> Pack:
    return make_pack(store, STORY, scope, made_on=DAY)


def test_a_story_without_screens_is_refused_with_what_to_do(store: Store) -> None:
    with pytest.raises(Refusal, match="has no screens yet"):
        pack_of(store, Story("s", "Empty", ()))


def test_a_pack_made_again_says_what_changed_since_the_last_one(store: Store) -> None:
    story = keep_story(store, Story("", "Who pays", (SavedView("overview", "who"),)), by="test")
    first = prepare(store, story, SCOPE)
    keep_figures(store, story, SCOPE, first, by="the partnership office")
    assert prepare(store, story, SCOPE).unchanged.startswith("No figure has changed since the pack of ")
    receive(
        store, submission("police", [line("Neighbourhoods", 20_000_000, "safety")], grade=4), b"", by="test"
    )
    again = prepare(store, story, SCOPE)
    slide = again.slides[-1]
    assert slide.kicker.startswith("What changed since ")
    assert "the partnership office" in slide.shown.why
    changes = {(row[1], row[4]) for row in slide.shown.table.rows}
    assert ("Shire Police: amount", Decimal("2000000.00")) in changes
    assert ("Total: amount", Decimal("2000000.00")) in changes
    assert slide.finding.startswith("The total is £158m, £2.0m more than on ")
    assert slide.finding.endswith("; the largest change is Shire Police, £2.0m more.")
    assert slide.shown.figure.categories == ("Shire Police",)
    assert all(row[3] - row[2] == row[4] for row in slide.shown.table.rows if row[2] is not None)


def test_another_scope_s_pack_is_not_what_a_pack_is_compared_with(store: Store) -> None:
    story = keep_story(store, Story("", "Who pays", (SavedView("overview", "who"),)), by="test")
    keep_figures(store, story, SCOPE, prepare(store, story, SCOPE), by="test")
    assert last_pack(store, story.id, SCOPE.switched(schools=False)) is None


def test_a_figure_that_came_or_went_is_a_change_and_a_screen_that_left_is_not() -> None:
    before = {"who|Who|A|Amount": "5", "gone|Gone|A|Amount": "1", "who|Who|C|Amount": "2"}
    now = {"who|Who|A|Amount": "7", "who|Who|B|Amount": "4", "who|Who|C|Amount": "2"}
    assert [(change.what, change.difference) for change in changed(before, now)] == [
        ("B: amount", 4),
        ("A: amount", 2),
    ]


def test_what_was_decided_with_a_story_is_in_its_next_pack(store: Store) -> None:
    story = keep_story(store, Story("", "Who pays", (SavedView("overview", "who"),)), by="test")
    write_down(
        store, Decided(0, story.id, "", "Align home care", "Director of adults", None, "", ""), by="test"
    )
    pack = prepare(store, story, SCOPE)
    assert (pack.decisions.rows[0][0], pack.decisions.rows[0][3]) == ("Align home care", "Director of adults")


def test_every_cell_of_the_workbook_is_the_store_s_figure(store: Store) -> None:
    data = write(pack_of(store), "xlsx").data
    sheet = book(data)["Screen 1"]
    rows = {row[0]: row[1] for row in sheet.iter_rows(values_only=True) if isinstance(row[1], int | float)}
    parts = by(store, SCOPE, Dimension.ORGANISATION)
    assert {part.name: part.amount for part in parts} | {"Total": total(store, SCOPE).total} == {
        name: Decimal(str(value)) for name, value in rows.items()
    }


def test_the_workbook_has_a_cover_contents_and_a_real_table_for_each_screen(store: Store) -> None:
    pack = pack_of(store)
    opened = book(write(pack, "xlsx").data)
    assert opened.sheetnames[:2] == ["Cover", "Contents"]
    assert len(opened.sheetnames) == 2 + len([slide for slide in pack.slides if slide.shown])
    assert all(opened[name].tables for name in opened.sheetnames[1:])
    assert not any(opened[name].merged_cells.ranges for name in opened.sheetnames)
    assert opened["Contents"]["A4"].hyperlink.location == "'Screen 1'!A1"


@pytest.mark.slow
def test_names_that_look_like_formulas_stay_words_in_the_workbook(tmp_path: Path) -> None:
    with crowded_town(tmp_path / "crowd.duckdb", 12) as store:
        opened = book(write(pack_of(store), "xlsx").data)
    kinds = {cell.data_type for sheet in opened for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds
    words = [cell.value for row in opened["Screen 1"].iter_rows() for cell in row]
    assert '=HYPERLINK("http://x","Wellbeing")' in words


def test_the_pdf_is_tagged_and_has_its_language_and_title(store: Store) -> None:
    data = write(pack_of(store), "pdf").data
    assert data.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in data
    assert re.search(rb"/Lang\s*\(en-GB\)", data)
    assert b"pdfuaid" in data


@pytest.mark.slow
def test_hostile_names_and_sixty_bodies_can_be_set_on_paper(tmp_path: Path) -> None:
    with crowded_town(tmp_path / "crowd.duckdb", 60) as store:
        assert write(pack_of(store), "pdf").data.startswith(b"%PDF-")


def test_a_sign_that_the_typeface_does_not_hold_is_spelt_out() -> None:
    assert spelt("Hospital 🏥 £5 → Zoë") == "Hospital [hospital] £5 → Zoë"
    assert {ord(one) for one in "£–−’“”…×αЖŵ"} <= characters()


def test_there_is_a_picture_for_each_screen(store: Store) -> None:
    story = Story("s", "S", STORY.views[:3])
    names = names_in(write(pack_of(store, story), "zip").data)
    assert names == [
        "01-who-spends-it.png",
        "02-what-it-is-spent-on-and-by-whom.png",
        "03-money-by-size.png",
    ]


def test_progress_is_told_from_zero_to_the_end_in_every_format(store: Store) -> None:
    pack = pack_of(store, Story("s", "S", STORY.views[:2]))
    for ending in FORMATS:
        told: list[tuple[int, int]] = []

        def tell(done: int, steps: int, what: str, told: list[tuple[int, int]] = told) -> None:
            told.append((done, steps))

        write(pack, ending, progress=tell)
        assert told[-1][0] == told[-1][1]
        assert [done for done, _ in told] == sorted(done for done, _ in told)


def test_an_unknown_format_shape_or_story_is_refused_with_the_choice(store: Store) -> None:
    pack = pack_of(store, Story("s", "S", STORY.views[:1]))
    with pytest.raises(Refusal, match=r"\.pptx, \.pdf, \.xlsx or \.zip"):
        write(pack, "docx")
    with pytest.raises(Refusal, match="16:9 or 4:3"):
        write(pack, "pptx", shape="1:1")
    with pytest.raises(Refusal, match="no stories yet"):
        story_named(store)
    assert story_named(store, "every-chart", (STORY,)) == STORY
    keep_story(store, Story("", "Who pays", STORY.views[:1]), by="test")
    with pytest.raises(Refusal, match="There are: “Who pays”"):
        story_named(store, "What for")


def test_the_command_writes_what_the_ending_asks_for_and_remembers_it(
    town_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "town.duckdb"
    shutil.copy(town_path, path)
    with Store(path) as store:
        story = keep_story(store, Story("", "Who pays", STORY.views[:2]), by="test")
    monkeypatch.setenv("BUDGET_MODEL_STORE", str(path))
    import argparse

    parser = argparse.ArgumentParser()
    board_pack_command.arguments(parser)
    out = [tmp_path / "pack.pptx", tmp_path / "pack.xlsx"]
    options = parser.parse_args(
        ["--out", str(out[0]), "--out", str(out[1]), "--story", "who pays", "--format", "4:3"]
    )
    assert board_pack_command.run(options) == 0
    assert all(one.stat().st_size > 5_000 for one in out)
    assert "“Who pays”, 2 screens" in capsys.readouterr().out
    with Store(path) as store:
        assert last_pack(store, story.id, SCOPE).figures
    with pytest.raises(Refusal, match="Choose one of these"):
        board_pack_command.run(parser.parse_args(["--out", str(tmp_path / "pack.docx")]))
    with pytest.raises(Refusal, match="There is no folder"):
        board_pack_command.run(parser.parse_args(["--out", str(tmp_path / "none" / "pack.pdf")]))


@pytest.mark.slow
def test_the_pdf_says_the_same_sentences_as_the_slides(store: Store, tmp_path: Path) -> None:
    tool = shutil.which("pdftotext")
    if tool is None:
        pytest.skip("pdftotext is not installed here: apt-get install poppler-utils to run this.")
    pack = pack_of(store)
    (tmp_path / "pack.pdf").write_bytes(write(pack, "pdf").data)
    done = subprocess.run(
        [tool, str(tmp_path / "pack.pdf"), "-"], capture_output=True, timeout=60, check=True
    )
    said = re.sub(r"\s+", " ", done.stdout.decode())
    for slide in pack.slides:
        assert re.sub(r"\s+", " ", slide.finding) in said, slide.key


def marks(*names: Any) -> Any:
    return tuple(Mark(name, name) for name in names)


def test_a_heat_map_in_small_has_a_box_for_each_cell_and_the_darkest_for_the_largest() -> None:
    cells = ((Decimal(10), Decimal(400)), (None, Decimal(90)))
    figure = HeatMap("Body", "Board", marks("Council", "Police"), marks("Care", "Safety"), cells)
    boxes = [mark for mark in sketched(figure, 600, 300, Pen(20)).marks if isinstance(mark, Box)]
    assert [box.fill for box in boxes] == [SEQUENCE[1], SEQUENCE[9], SEQUENCE[0], SEQUENCE[4]]
    assert all(box.x > 0 and box.x + box.width <= 600 and box.y + box.height <= 300 for box in boxes)


def test_a_table_of_the_paper_is_shared_out_evenly_over_its_sheets(store: Store, tmp_path: Path) -> None:
    tool = shutil.which("pdftotext")
    if tool is None:
        pytest.skip("pdftotext is not installed here: apt-get install poppler-utils to run this.")
    rows = tuple((f"decision-{number}", Decimal(number)) for number in range(40))
    decided = Table("Decided", (Column("What"), Column("Amount", Kind.POUNDS)), rows)
    pack = replace(pack_of(store), decisions=decided)
    (tmp_path / "pack.pdf").write_bytes(write(pack, "pdf").data)
    done = subprocess.run(
        [tool, str(tmp_path / "pack.pdf"), "-"], capture_output=True, timeout=60, check=True
    )
    sheets = [len(re.findall(r"decision-\d+", sheet)) for sheet in done.stdout.decode().split("\f")]
    assert [how_many for how_many in sheets if how_many] == [20, 20]
