"""A pack on paper and as pictures: a tagged, accessible PDF (PDF/UA-1), and one PNG for each screen.

Set by typst, which is one wheel and needs no browser. Its fonts are in `fonts/`, so that every machine sets
the same page. A character that those do not hold is spelt out by its name, since a box says nothing.
"""

import io
import json
import unicodedata
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from math import ceil
from pathlib import Path
from typing import Any

from budget_model.board.drawing import Pen, drawn
from budget_model.board.measure import Face, fitted, readable, width, wrapped
from budget_model.board.native_tables import (
    columns_of,
    columns_that_fit,
    evenly_full,
    longest_word,
    shared_out,
)
from budget_model.board.on_paper import Printed
from budget_model.board.pack import Pack, Progress, Slide, appendix
from budget_model.board.svg import svg
from budget_model.dates import day
from budget_model.exhibits.colours import shade, text_on
from budget_model.exhibits.figures import Bars, HeatMap, Sankey, Treemap, Waterfall, hatched
from budget_model.exhibits.tables import Column, Kind, Table, Value
from budget_model.money import NOTHING
from budget_model.problem import Refusal

HERE = Path(__file__).parent
FONTS = HERE / "fonts"
PAGE = (750.0, 509.0)
"""Points inside the margins of an A4 page on its side."""
PICTURE = (876.0, 474.0)
PIXELS_PER_INCH = 144.0
LINE = 0.78
"""Height of a row of a table over the size of its type, without the air above and below."""
CAPITAL, LEADING = 0.7, 0.45
"""Height of a capital, which is that of a line as it is set, and room between two lines of a row, over the size of type."""
TITLE = 22.0
"""Points that the title of a part of the appendix takes."""
MOST_TABLE_ROWS = 16
TABLE_SIZES = (17.0, 15.0, 13.0)
"""Sizes of a table that is a page's own figure: the fewer its words, the larger."""
MOST_APPENDIX_ROWS = 110


def write_pdf(pack: Pack, progress: Progress | None = None) -> bytes:
    """The pack as a PDF on A4: tagged, with its language, a title and a text for every figure."""
    steps = len(pack.slides) + 2
    _tell(progress, 0, steps, "Figures")
    slides = []
    for place, slide in enumerate(pack.slides, start=1):
        _tell(progress, place, steps, slide.kicker)
        slides.append(_screen(slide, PAGE, 11.0, (24.0, 21.0, 18.0, 15.0)))
    parts = [
        part
        for slide, table in appendix(pack)
        if table.rows
        for part in _pages(
            f"{slide.number}. {slide.kicker}",
            _foot(slide),
            _table(_no_longer(table, MOST_APPENDIX_ROWS, "in the workbook"), 9.0, PAGE[0]),
        )
    ]
    if pack.decisions is not None:
        parts = [*_pages("What was decided", "", _table(pack.decisions, 10.0, PAGE[0])), *parts]
    _tell(progress, steps - 1, steps, "Setting the pages")
    data = _said(pack) | {"slides": slides, "appendix": parts, "pictures": False}
    done = _set(data, format="pdf", pdf_standards=["ua-1"])
    _tell(progress, steps, steps, "Written")
    return bytes(done)


def write_pictures(pack: Pack, progress: Progress | None = None) -> bytes:
    """One PNG for each screen, in a zip file."""
    steps = len(pack.slides) + 1
    slides = []
    for place, slide in enumerate(pack.slides):
        _tell(progress, place, steps, slide.kicker)
        slides.append(_screen(slide, PICTURE, 15.0, (30.0, 27.0, 24.0, 20.0)))
    _tell(progress, steps - 1, steps, "Drawing")
    data = _said(pack) | {"slides": slides, "appendix": [], "pictures": True}
    drawn_pages = _set(data, format="png", ppi=PIXELS_PER_INCH)
    pages = [drawn_pages] if isinstance(drawn_pages, bytes) else list(drawn_pages)
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_STORED) as folder:
        for slide, page in zip(pack.slides, pages, strict=False):
            folder.writestr(f"{slide.number:02}-{_file_name(slide.kicker)}.png", page)
    _tell(progress, steps, steps, "Written")
    return kept.getvalue()


def _tell(progress: Progress | None, done: int, steps: int, what: str) -> None:
    if progress:
        progress(done, steps, what)


def _set(data: Mapping[str, Any], **how: Any) -> Any:
    import typst

    try:
        return _setter().compile(sys_inputs={"pack": json.dumps(_spelt(data), ensure_ascii=False)}, **how)
    except typst.TypstError as reason:
        raise Refusal(f"The pages could not be set: {str(reason)[:300]}.") from reason


def _setter() -> Any:
    import typst

    kind: Any = typst.Compiler
    return kind((HERE / "pack.typ").read_bytes(), font_paths=[str(FONTS)], ignore_system_fonts=True)


def _said(pack: Pack) -> dict[str, Any]:
    return {
        "title": readable(pack.title),
        "author": f"{pack.place} partnership",
        "name": f"{pack.place}: {pack.name}",
        "about": pack.subtitle,
        "made": pack.made,
    }


def _foot(slide: Slide) -> str:
    said = [f"Source: {slide.shown.source}" if slide.shown else "", slide.scope, slide.reconciliation]
    if slide.dated:
        said.append(f"data of {day(slide.dated)}")
    return " · ".join(one.rstrip(".") for one in said if one)


def _screen(slide: Slide, room: tuple[float, float], size: float, sizes: tuple[float, ...]) -> dict[str, Any]:
    """One screen with its figure drawn to the room that its words leave."""
    wide, high = room
    title = fitted(readable(slide.finding), wide, high * 0.2, sizes, Face.PAPER_BOLD)
    shown = slide.shown
    why = shown.why if shown else "The other screens are as they were. Change this view, or take it out."
    reason = fitted(readable(why), wide, size * 1.2 * 3.9, (size * 1.2,), Face.PAPER)
    used = len(title.lines) * title.size * 1.3 + len(reason.lines) * size * 1.55 + size * 6.9
    unit = slide.unit if shown else ""
    drawing, table = "", None
    if shown and isinstance(shown.figure, Bars | Waterfall | Treemap | Sankey):
        drawing = svg(drawn(shown.figure, wide, high - used, Pen(size * 1.05)))
        unit = " · ".join(one for one in (hatched(shown.figure), unit) if one)
    elif shown:
        table = _shown_table(shown, size, (wide, high - used))
    return {
        "kicker": slide.kicker,
        "finding": title.text,
        "size": title.size,
        "why": reason.text,
        "svg": drawing,
        "alt": readable(shown.alt)[:2000] if shown else "",
        "table": table,
        "unit": unit,
        "foot": _foot(slide),
    }


def _shown_table(shown: Printed, size: float, room: tuple[float, float]) -> dict[str, Any]:
    """A heat map as a shaded table; any other table with as many rows as a page shows."""
    figure, (wide, high) = shown.figure, room
    table = figure.table()
    if not isinstance(figure, HeatMap):
        return _large(_no_longer(table, MOST_TABLE_ROWS, "in the appendix"), size * 0.95, room)
    each = high / (len(table.rows) + 1.2) - size * 1.05 * LINE
    said = _table(table, size * 1.05, wide, short=True) | {"air": min(max(each / 2, 1.0), 11.0)}
    largest = figure.largest()
    fills, inks = [], []
    for row in table.rows:
        fills.append([""] * len(row))
        inks.append([""] * len(row))
    for row_place, values in enumerate(figure.values):
        for place, value in enumerate(values):
            colour = shade(value or NOTHING, largest)
            fills[row_place][place + 1] = colour
            inks[row_place][place + 1] = text_on(colour)
    return said | {"fills": fills, "inks": inks}


def _large(table: Table, least: float, room: tuple[float, float]) -> dict[str, Any]:
    """A table that is a page's own figure, in the largest type in which all of it fits, else in the least."""
    wide, high = room
    for size in (*(larger for larger in TABLE_SIZES if larger > least), least):
        set_out = _table(table, size, wide)
        if len(set_out["heads"]) < len(table.columns) and size > least:
            continue
        left = high - _height(set_out, size, wide)
        if left >= 0:
            break
    air = max(left, 0.0) / max(len(set_out["body"]), 1) / 2
    return set_out | {"air": set_out["air"] + min(air, size * 0.4)}


def _pages(title: str, foot: str, set_out: dict[str, Any]) -> list[dict[str, Any]]:
    """A table of the appendix in pages about equally full, the first with its title; a total has a row above it."""
    size, totals = float(set_out["size"]), int(set_out["totals"])
    rooms = _rooms(set_out, PAGE[0])
    highs = []
    for row in (set_out["heads"], *set_out["body"]):
        lines = max(_broken(cell, size, room) for cell, room in zip(row, rooms, strict=True))
        highs.append(lines * size * CAPITAL + (lines - 1) * size * LEADING + 2 * float(set_out["air"]))
    head, *rows = highs
    titled = [rows[0] + TITLE, *rows[1:]] if rows else []
    sizes = evenly_full(titled, PAGE[1] - head, len(titled))
    if len(sizes) > 1 and sizes[-1] <= totals and sizes[-2] > 1:
        sizes = [*sizes[:-2], sizes[-2] - 1, sizes[-1] + 1]
    pages, begins = [], 0
    for shown in sizes:
        ends = begins + shown
        part = {"body": set_out["body"][begins:ends], "totals": totals if ends == len(rows) else 0}
        pages.append({"title": "" if begins else title, "foot": foot, "table": set_out | part})
        begins = ends
    return pages


def _broken(cell: str, size: float, room: float) -> int:
    """How many lines the words of a cell take, broken between words."""
    return max(len(wrapped(cell, size, room, Face.PAPER)), 1)


def _rooms(set_out: Mapping[str, Any], wide: float) -> list[float]:
    """The width of each column of a table as it is set, inside its cells."""
    whole = sum(set_out["widths"])
    return [wide * part / whole - 10 for part in set_out["widths"]]


def _height(set_out: Mapping[str, Any], size: float, wide: float) -> float:
    """The height of a table as it is set, in points."""
    rooms = _rooms(set_out, wide)
    rows = [set_out["heads"], *set_out["body"]]
    lines = sum(
        max(
            ceil(width(cell, size, Face.PAPER_BOLD) * 1.05 / room)
            for cell, room in zip(row, rooms, strict=True)
        )
        or 1
        for row in rows
    )
    return lines * size * 1.3 + len(rows) * 2 * float(set_out["air"])


def _no_longer(table: Table, most: int, where: str) -> Table:
    """A table with at most so many rows, the last of which says how many more there are, and where."""
    if len(table.rows) <= most:
        return table
    rest = len(table.rows) - most + 1
    more: tuple[Value, ...] = (f"and {rest} more, {where}", *[None] * (len(table.columns) - 1))
    return replace(table, rows=(*table.rows[: most - 1], more), totals=0)


def _table(table: Table, size: float, room: float, *, short: bool = False) -> dict[str, Any]:
    """A table as the template takes it: words, kinds and the columns' parts of the width; no word is broken."""
    if not short:
        table = columns_that_fit(table, room, size, Face.PAPER_BOLD)
    columns = columns_of(table, short=short)
    widths = [_width_of(column, cells, size) for column, cells in columns]
    if sum(widths) > room and not short:
        widths = _with_words_narrower(widths, columns, size, room)
    return {
        "heads": [readable(column.name) for column in table.columns],
        "kinds": ["words" if column.kind is Kind.WORDS else "amount" for column in table.columns],
        "widths": widths,
        "body": [list(row) for row in zip(*(cells for _, cells in columns), strict=True)],
        "totals": table.totals,
        "size": size,
        "air": 3.4,
        "fills": [],
        "inks": [],
    }


def _width_of(column: Column, cells: Sequence[str], size: float) -> float:
    """The width that a column would like: words are no wider than can be read."""
    widest = max((width(cell, size, Face.PAPER_BOLD) for cell in cells), default=0.0)
    head = max((width(word, size, Face.PAPER_BOLD) for word in column.name.split()), default=0.0)
    if column.kind is Kind.WORDS:
        return max(min(widest, size * 29), head, 40.0) + 12
    return max(widest, head, 30.0) + 14


def _with_words_narrower(
    widths: Sequence[float], columns: Sequence[tuple[Column, Sequence[str]]], size: float, room: float
) -> list[float]:
    """The widths where columns of words share what those of amounts leave of the room, and no word is broken."""
    least = {
        place: longest_word(column.name, cells, size, Face.PAPER_BOLD)
        for place, (column, cells) in enumerate(columns)
        if column.kind is Kind.WORDS
    }
    amounts = sum(wide for place, wide in enumerate(widths) if place not in least)
    shared = shared_out({place: widths[place] for place in least}, least, room - amounts)
    return [shared.get(place, wide) for place, wide in enumerate(widths)]


def _spelt(value: Any) -> Any:
    """The same data with each character that the fonts do not hold spelt out by its name."""
    if isinstance(value, str):
        return spelt(value)
    if isinstance(value, Mapping):
        return {key: _spelt(one) for key, one in value.items()}
    if isinstance(value, Sequence):
        return [_spelt(one) for one in value]
    return value


def spelt(text: str) -> str:
    """Emoji and other signs outside the fonts, spelt out.

    >>> spelt("Hospital 🏥"), spelt("Zoë’s £5")
    ('Hospital [hospital]', 'Zoë’s £5')
    """
    if text.isascii():
        return text
    return "".join(one if ord(one) in characters() else _name(one) for one in text)


def _name(character: str) -> str:
    if unicodedata.category(character) in ("Cf", "Mn", "Me", "Cc", "Sk"):
        return ""
    return f"[{unicodedata.name(character, 'sign').lower()}]"


@cache
def characters() -> frozenset[int]:
    """Every character that the fonts hold, from their own list of them."""
    codes = (FONTS / "characters.txt").read_text(encoding="ascii").split()
    held: set[int] = set()
    for code in codes:
        first, _, last = code.partition("-")
        held.update(range(int(first, 16), int(last or first, 16) + 1))
    return frozenset(held)


def _file_name(words: str) -> str:
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().casefold()
    return "-".join("".join(one if one.isalnum() else " " for one in plain).split())[:60] or "screen"
