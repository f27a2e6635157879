"""A pack as a PowerPoint presentation whose charts, tables and shapes can all be edited.

Bars and waterfalls are native charts with their workbook inside; heat maps and tables are native tables;
treemaps and flows are grouped shapes. Labels carry number formats, so that they follow when a figure is
edited. Everything is measured before it is placed.
"""

import io
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from budget_model.board import master
from budget_model.board.drawing import drawn
from budget_model.board.headlines import headline, whole_sentences
from budget_model.board.master import Area, Sheet, sheet_of
from budget_model.board.measure import (
    LEADING,
    SAFE,
    Face,
    Fitted,
    fitted,
    readable,
    shortened,
    width,
    wrapped,
    years_whole,
)
from budget_model.board.native_charts import draw_bars, draw_waterfall
from budget_model.board.native_tables import (
    APPENDIX_SIZE,
    MOST_PAGES,
    appendix_widths,
    columns_that_fit,
    columns_that_say_something,
    draw_heat_map,
    draw_table,
    ending,
    paged,
    rows_that_fit,
)
from budget_model.board.on_paper import Printed
from budget_model.board.pack import Pack, Progress, Slide, appendix
from budget_model.board.shapes import PEN, SMALL_PEN, draw_shapes, rgb
from budget_model.count.saying import counted
from budget_model.dates import day
from budget_model.exhibits.colours import INK, QUIET
from budget_model.exhibits.figures import Bars, HeatMap, Sankey, Treemap, Waterfall, hatched
from budget_model.exhibits.tables import Table

WHEN_GONE = "The other screens are as they were. Change this view in the story, or take it out."
TITLE_SIZES = (30.0, 28.0, 26.0, 24.0)
TITLE_LINES = 2
TEXT_SIZES = (18.0, 16.0)
WHY_HIGH = 62.0
"""Points of height that the reason under a finding may take."""
SMALLER_TITLE_SIZES = (22.0, 20.0)
"""Where a title would have a third line else."""
UNIT_SIZES = (12.0, 11.0, 10.0)
FOOT_SIZES = (11.0, 10.0, 9.0)
TABLE_TITLE_SIZES = (20.0, 18.0, 16.0)


def write_slides(pack: Pack, shape: str = "16:9", progress: Progress | None = None) -> bytes:
    """The pack as a .pptx file, '16:9' or '4:3'."""
    sheet = sheet_of(shape)
    deck = master.blank(shape)
    deck.core_properties.title = readable(pack.title)
    deck.core_properties.subject = pack.title
    deck.core_properties.author = f"{pack.place} partnership"
    deck.core_properties.language = "en-GB"
    deck.core_properties.keywords = ""
    deck.core_properties.last_modified_by = ""
    tables = list(appendix(pack))
    steps = len(pack.slides) + 2
    _tell(progress, 0, steps, "Cover")
    _cover(deck, sheet, pack)
    for place, slide in enumerate(pack.slides, start=1):
        _tell(progress, place, steps, slide.kicker)
        _slide(deck, sheet, slide)
    if pack.decisions is not None:
        _table_pages(deck, sheet, "What was decided", pack.decisions, "")
    _tell(progress, steps - 1, steps, "Tables")
    for slide, table in tables:
        _table_pages(deck, sheet, f"{slide.number}. {slide.kicker}", table, _foot(slide))
    kept = io.BytesIO()
    deck.save(kept)
    _tell(progress, steps, steps, "Written")
    return kept.getvalue()


def _tell(progress: Progress | None, done: int, steps: int, what: str) -> None:
    if progress:
        progress(done, steps, what)


def _foot(slide: Slide) -> str:
    source = f"Source: {slide.shown.source}" if slide.shown else ""
    dated = f"data of {day(slide.dated)}" if slide.dated else ""
    return " · ".join(one for one in (source, slide.scope, dated) if one)


# Words in their places


def _put(shape: Any, words: Sequence[str], size: float, *, bold: bool | None = None) -> None:
    """Lines of words in a placeholder, at a size that they were measured for."""
    from pptx.enum.lang import MSO_LANGUAGE_ID
    from pptx.util import Pt

    frame = shape.text_frame
    frame.word_wrap = True
    frame.text = years_whole(readable(" ".join(words)))
    for paragraph in frame.paragraphs:
        paragraph.line_spacing = 1.0
        for run in paragraph.runs:
            run.font.size = Pt(size)
            run.font.language_id = MSO_LANGUAGE_ID.ENGLISH_UK
            if bold is not None:
                run.font.bold = bold


def _fit(shape: Any, text: str, area: Area, sizes: tuple[float, ...], *, bold: bool = False) -> bool:
    """Put a text into a placeholder at the largest size that fits; says whether it had to be cut."""
    face = Face.SLIDE_BOLD if bold else Face.SLIDE
    found = fitted(readable(text), area.width * SAFE, area.height, sizes, face)
    _put(shape, found.lines, found.size)
    return found.cut


def _feet(drawing: Any, sheet: Sheet, foot: str) -> None:
    """Footer and slide number: the layout's own placeholders, which a new slide does not bring along."""
    for holder in drawing.slide_layout.placeholders:
        if holder.placeholder_format.idx not in (master.FOOTER_PLACE, master.NUMBER_PLACE):
            continue
        from copy import deepcopy

        copied = deepcopy(holder._element)
        copied.nvSpPr.cNvPr.set("id", str(900 + holder.placeholder_format.idx))
        for properties in list(copied.spPr):
            copied.spPr.remove(properties)
        drawing.shapes._spTree.append(copied)
        if holder.placeholder_format.idx == master.FOOTER_PLACE:
            area = sheet.footer
            found = fitted(readable(foot), area.width * SAFE, area.height, FOOT_SIZES)
            _put(drawing.shapes[-1], found.lines, found.size)


def _cover(deck: Any, sheet: Sheet, pack: Pack) -> None:
    page = deck.slides.add_slide(deck.slide_layouts[master.COVER])
    area = sheet.area(124, 150)
    found = fitted(
        f"{pack.place}: {pack.name}", area.width * SAFE, area.height, (40.0, 34.0, 28.0), Face.SLIDE_BOLD
    )
    _put(page.shapes.title, found.lines, found.size)
    high = len(found.lines) * found.size * LEADING + 4
    _stand(page.shapes.title, sheet.area(124, high))
    _stand(_holder(page, 1), sheet.area(124 + high + 14, 110))
    _fit(_holder(page, 1), pack.subtitle, sheet.area(0, 110), (20.0, 18.0))
    _fit(_holder(page, master.KICKER_PLACE), pack.made, sheet.area(430, 60), (14.0, 12.0))
    page.notes_slide.notes_text_frame.text = "\n\n".join((pack.title, pack.subtitle, pack.made))


def _holder(page: Any, place: int) -> Any:
    return next(
        placeholder for placeholder in page.placeholders if placeholder.placeholder_format.idx == place
    )


def _slide(deck: Any, sheet: Sheet, slide: Slide) -> None:
    page = deck.slides.add_slide(deck.slide_layouts[master.FINDING])
    title, rest = headline(readable(slide.finding), lambda text: _fits_on_top(text, sheet))
    below = _heading(page.shapes.title, title, sheet)
    kicker = shortened(slide.kicker, 14, sheet.kicker.width * SAFE, Face.SLIDE_BOLD)
    _put(_holder(page, master.KICKER_PLACE), (kicker,), 14)
    why = readable(f"{rest} {slide.shown.why if slide.shown else WHEN_GONE}")
    holder = _holder(page, master.WHY_PLACE)
    if why:
        said = whole_sentences(why, lambda text: not _reason(text, sheet).cut)
        found = _reason(said, sheet)
        _put(holder, found.lines, found.size)
        high = len(found.lines) * found.size * LEADING + 2
        _stand(holder, sheet.area(below, high))
        below += high
    else:
        holder._element.getparent().remove(holder._element)
    if slide.shown:
        _figure(page, sheet.area(below + 10, sheet.unit.y - below - 16), slide.shown)
        _unit(page, sheet, slide)
    _feet(page, sheet, _foot(slide))
    page.notes_slide.notes_text_frame.text = readable_lines(slide.speaker_note())


def _fits_on_top(text: str, sheet: Sheet) -> bool:
    size = TITLE_SIZES[-1]
    lines = wrapped(text, size, sheet.title.width * SAFE, Face.SLIDE_BOLD)
    return len(lines) <= TITLE_LINES


def _reason(text: str, sheet: Sheet) -> Fitted:
    return fitted(text, sheet.inner * SAFE, WHY_HIGH, TEXT_SIZES)


def _heading(title: Any, text: str, sheet: Sheet) -> float:
    """Put the finding on top, as large as it fits; where what follows may begin."""
    area = sheet.title
    high = TITLE_SIZES[0] * LEADING * TITLE_LINES
    sizes = _certain((*TITLE_SIZES, *SMALLER_TITLE_SIZES), text, area.width)
    found = fitted(text, area.width * SAFE, high, sizes, Face.SLIDE_BOLD)
    if found.cut or len(found.lines) > TITLE_LINES:
        found = fitted(text, area.width * SAFE, 110, SMALLER_TITLE_SIZES, Face.SLIDE_BOLD)
    _put(title, found.lines, found.size)
    high = len(found.lines) * found.size * LEADING + 2
    _stand(title, Area(area.x, area.y, area.width, high))
    return area.y + high + 4


def _certain(sizes: tuple[float, ...], text: str, room: float) -> tuple[float, ...]:
    """The sizes at which every program breaks a bold text into as many lines; all of them where none is certain."""

    def lines(size: float, room: float) -> int:
        return len(wrapped(text, size, room, Face.SLIDE_BOLD))

    kept = tuple(size for size in sizes if lines(size, room * SAFE) == lines(size, room))
    return kept or sizes


def _stand(shape: Any, area: Area) -> None:
    """Put a placeholder where its words need it."""
    from pptx.util import Emu

    shape.left, shape.top, shape.width, shape.height = (Emu(one) for one in area.emu())


def readable_lines(text: str) -> str:
    """A text of several paragraphs without what no file can hold."""
    return "\n".join(readable(line) for line in text.split("\n"))


def _unit(page: Any, sheet: Sheet, slide: Slide) -> None:
    """What is counted, in one line; what the footer says too is left out where there is no room for both."""
    parts = [*([hatched(slide.shown.figure)] if slide.shown else []), *slide.unit.split(" · ")]
    said = [readable(part) for part in parts if part]
    shorter = [part for part in said if part not in readable(slide.scope)]
    room = sheet.unit.width * SAFE
    ways = [(" · ".join(words), size) for size in UNIT_SIZES for words in (said, shorter)]
    text, size = next((way for way in ways if width(*way) <= room), ways[-1])
    _words(page, sheet.unit, shortened(text, size, room), (size,), "What is counted", colour=QUIET)


def _words(
    page: Any, area: Area, text: str, sizes: tuple[float, ...], name: str, *, colour: str = INK
) -> None:
    from pptx.enum.text import MSO_AUTO_SIZE
    from pptx.util import Emu

    box = page.shapes.add_textbox(*(Emu(one) for one in area.emu()))
    box.name = name
    frame = box.text_frame
    frame.auto_size = MSO_AUTO_SIZE.NONE
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    _fit(box, text, area, sizes)
    for paragraph in frame.paragraphs:
        for run in paragraph.runs:
            run.font.color.rgb = rgb(colour)


# Figures


def _figure(page: Any, area: Area, shown: Printed) -> None:
    figure, alt = shown.figure, readable(shown.alt)[:2000]
    if isinstance(figure, Bars):
        draw_bars(page, area, figure, alt)
    elif isinstance(figure, Waterfall):
        draw_waterfall(page, area, figure, alt)
    elif isinstance(figure, HeatMap):
        draw_heat_map(page, area, figure, alt)
    elif isinstance(figure, Treemap | Sankey):
        pen = PEN if area.width > 700 else SMALL_PEN
        draw_shapes(page, area, drawn(figure, area.width, area.height, pen), alt)
    else:
        table = columns_that_fit(figure.table(), area.width, 14.0)
        rows, size = rows_that_fit(table, area)
        draw_table(page, area, replace(table, rows=rows, totals=0), size, alt, "Table", roomy=True)


# The appendix


def _table_pages(deck: Any, sheet: Sheet, title: str, table: Table, foot: str) -> None:
    """A table of the appendix, on as many slides as it needs, its headings on each."""
    area = sheet.area(70, 424)
    every = len(table.columns)
    table = columns_that_fit(columns_that_say_something(table), area.width, APPENDIX_SIZE)
    left = every - len(table.columns)
    pages, widths = paged(table, area), appendix_widths(table, area.width)
    if len(pages) > MOST_PAGES:
        before = pages[: MOST_PAGES - 1]
        rest = len(table.rows) - sum(map(len, before))
        pages = [*before, ending(table, pages[MOST_PAGES - 1], rest, widths)]
        table = replace(table, totals=0)
    for number, rows in enumerate(pages, start=1):
        page = deck.slides.add_slide(deck.slide_layouts[master.TABLE])
        parts = [f"{number} of {len(pages)}"] if len(pages) > 1 else []
        parts += [f"{counted(left, 'more column', 'more columns')} in the workbook"] if left else []
        of = f" ({'; '.join(parts)})" if parts else ""
        size = _size_of_line(readable(title) + of, area.width * SAFE)
        room = area.width * SAFE - width(of, size, Face.SLIDE_BOLD)
        _put(page.shapes.title, (shortened(readable(title), size, room, Face.SLIDE_BOLD) + of,), size)
        totals = table.totals if number == len(pages) else 0
        part = replace(table, rows=rows, totals=totals)
        alt = f"{title}{of}: {len(rows)} rows"
        draw_table(page, area, part, APPENDIX_SIZE, alt, "Table", widths=widths)
        _feet(page, sheet, foot)


def _size_of_line(text: str, room: float) -> float:
    """The largest size at which the title of a table is one line, else the least."""
    fits = (size for size in TABLE_TITLE_SIZES if width(text, size, Face.SLIDE_BOLD) <= room)
    return next(fits, TABLE_TITLE_SIZES[-1])
