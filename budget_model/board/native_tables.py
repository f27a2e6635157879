"""Heat maps and tables as native tables: measured, paginated, their first row marked as headings."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import Any

from budget_model.board import master
from budget_model.board.master import Area
from budget_model.board.measure import (
    LEADING,
    SAFE,
    Face,
    fitted,
    readable,
    shortened,
    width,
    years_whole,
)
from budget_model.exhibits.colours import INK, shade, text_on
from budget_model.exhibits.figures import HeatMap
from budget_model.exhibits.tables import Column, Kind, Table, Value, say_cell
from budget_model.money import NOTHING

APPENDIX_SIZE = 12.0
SLIDE_SIZES = (22.0, 20.0, 18.0, 16.0, 14.0)
"""Sizes of a table that is a slide's own figure: the fewer its words, the larger."""
ROW_AIR = 7.0
"""Points above and below the words of a row, and what programs add to a line."""
MOST_LINES = 9
"""Lines that the words of one cell may take; what is beyond is in the workbook."""
HEAD_LINES = 3
"""Lines that the name of a column may take; in a heat map one fewer."""
MOST_PAGES = 3
"""Slides that one table of the appendix may take; what is beyond is in the workbook."""
NOTHING_SAID = frozenset({"", "unknown", "not known"})


def draw_heat_map(page: Any, area: Area, figure: HeatMap, alt: str) -> None:
    """A heat map as a table whose cells are shaded by amount."""
    whole = figure.table()
    largest = figure.largest()
    size, names = _heat_size(whole, area)
    rows = ((shortened(readable(str(row[0])), size, names - 12), *row[1:]) for row in whole.rows)
    table = replace(whole, rows=tuple(rows))
    fills = {
        (row + 1, column + 1): shade(value or NOTHING, largest)
        for row, values in enumerate(figure.values)
        for column, value in enumerate(values)
    }
    draw_table(page, area, table, size, alt, "Heat map", short=True, roomy=True, fills=fills)


def _heat_size(table: Table, area: Area) -> tuple[float, float]:
    """The largest type at which every amount fits its column, and the room that is left for the names."""
    each = area.height / (len(table.rows) + 2.2)
    for size in (18.0, 16.0, 14.0, 12.0, 11.0):
        names = area.width - _amounts_width(table, size)
        widest = max((width(readable(str(row[0])), size, Face.SLIDE_BOLD) for row in table.rows), default=0.0)
        enough = min(widest + 12, area.width * (0.36 if size > 14 else 0.24))
        if names >= enough and each >= size * LEADING + 8:
            break
    return size, names


def _amounts_width(table: Table, size: float) -> float:
    """The width that the amounts' columns take, as `_column_widths` gives it."""
    return sum(
        max(
            max(
                (
                    width(say_cell(row[place], column.kind, short=True), size, Face.SLIDE_BOLD)
                    for row in table.rows
                ),
                default=0.0,
            ),
            min(
                max((width(word, size, Face.SLIDE_BOLD) for word in column.name.split()), default=0.0),
                size * 7,
            ),
        )
        + 12
        for place, column in enumerate(table.columns)
        if place
    )


NO_FILLS: Mapping[tuple[int, int], str] = {}


def draw_table(
    page: Any,
    area: Area,
    table: Table,
    size: float,
    alt: str,
    name: str,
    *,
    short: bool = False,
    roomy: bool = False,
    fills: Mapping[tuple[int, int], str] = NO_FILLS,
    widths: Sequence[float] = (),
) -> None:
    """A real table: its first row marked as heading, amounts to the right, nothing wider than its column.

    `widths` of the columns are those of the whole table where this is a part of it; else its own.
    """
    from pptx.oxml import parse_xml
    from pptx.util import Emu

    widths = widths or _column_widths(table, area.width, size, short=short)
    sized = list(zip(table.columns, widths, strict=True))
    most = HEAD_LINES - short
    heads = [_cell_lines(column.name, size, wide, most, bold=True) for column, wide in sized]
    head_high = _height_of(heads, size) + 8
    body = [_row_lines(row, sized, size, short=short) for row in table.rows]
    highs = [_height_of(row, size) + ROW_AIR for row in body]
    if roomy:
        spare = (area.height - head_high - sum(highs)) / max(len(highs), 1)
        highs = [high + max(0.0, min(spare, size)) for high in highs]
    frame = page.shapes.add_table(
        1, 1, *(Emu(one) for one in area.emu()[:3]), Emu(round((head_high + sum(highs)) * master.EMU))
    )
    frame.name = name
    frame._element.nvGraphicFramePr.cNvPr.set("descr", alt)
    grid = "".join(f'<a:gridCol w="{round(wide * master.EMU)}"/>' for wide in widths)
    rows = [
        _row_xml(table, number, high, lines, size, fills)
        for number, (high, lines) in enumerate(zip((head_high, *highs), [heads, *body], strict=True))
    ]
    native = parse_xml(
        f'<a:tbl {master.NAMESPACES}><a:tblPr firstRow="1"/><a:tblGrid>{grid}</a:tblGrid>{"".join(rows)}</a:tbl>'
    )
    old = frame._element.graphic.graphicData.tbl
    old.getparent().replace(old, native)


def _height_of(cells: Sequence[Sequence[str]], size: float) -> float:
    """How high the lines of a row's tallest cell are, in points."""
    return max(len(lines) for lines in cells) * size * LEADING


def _row_xml(
    table: Table,
    number: int,
    high: float,
    lines: Sequence[Sequence[str]],
    size: float,
    fills: Mapping[tuple[int, int], str],
) -> str:
    """One row of a native table, the headings being row zero: headings and sums are strong."""
    last = len(table.rows) - table.totals
    strong, heavy = number == 0 or number > last, number in (0, last)
    cells = "".join(
        _cell_xml(
            years_whole(" ".join(words)),
            size,
            strong=strong,
            heavy=heavy,
            right=column.kind is not Kind.WORDS,
            fill=fills.get((number, place), ""),
        )
        for place, (words, column) in enumerate(zip(lines, table.columns, strict=True))
    )
    return f'<a:tr h="{round(high * master.EMU)}">{cells}</a:tr>'


def _cell_xml(text: str, size: float, *, strong: bool, heavy: bool, right: bool, fill: str) -> str:
    """One cell of a native table, written out: ten times as fast as cell by cell."""
    from xml.sax.saxutils import escape

    ink = text_on(fill) if fill else INK
    edge, wide = ("1D2733", 12700) if heavy else ("CBD3DB", 6350)
    look = f'lang="en-GB" sz="{round(size * 100)}" b="{int(strong)}"'
    style = f'<a:solidFill><a:srgbClr val="{ink[1:]}"/></a:solidFill><a:latin typeface="{master.FACE}"/>'
    run = f"<a:r><a:rPr {look}>{style}</a:rPr><a:t>{escape(text)}</a:t></a:r>" if text else ""
    none = "".join(f'<a:{side} w="0"><a:noFill/></a:{side}>' for side in ("lnL", "lnR", "lnT"))
    inside = f'<a:solidFill><a:srgbClr val="{fill[1:]}"/></a:solidFill>' if fill else "<a:noFill/>"
    return (
        f'<a:tc><a:txBody><a:bodyPr/><a:lstStyle/><a:p><a:pPr algn="{"r" if right else "l"}"/>{run}'
        f'<a:endParaRPr {look}/></a:p></a:txBody><a:tcPr marL="50800" marR="50800" marT="25400" '
        f'marB="25400" anchor="ctr">{none}<a:lnB w="{wide}"><a:solidFill><a:srgbClr val="{edge}"/>'
        f"</a:solidFill></a:lnB>{inside}</a:tcPr></a:tc>"
    )


def _cell_lines(text: str, size: float, wide: float, most: int, *, bold: bool = False) -> tuple[str, ...]:
    face = Face.SLIDE_BOLD if bold else Face.SLIDE
    found = fitted(readable(text), (wide - 9) * SAFE, size * LEADING * most + 0.1, (size,), face)
    return found.lines or ("",)


def _row_lines(
    row: Sequence[Value], columns: Sequence[tuple[Column, float]], size: float, *, short: bool
) -> list[tuple[str, ...]]:
    """The words of each cell of a row, broken to lines that its column has room for."""
    return [
        _cell_lines(say_cell(value, column.kind, short=short), size, wide, MOST_LINES)
        for value, (column, wide) in zip(row, columns, strict=True)
    ]


def _column_widths(table: Table, room: float, size: float, *, short: bool) -> list[float]:
    """Amounts get the width that they need; words share the rest by their length."""
    columns = columns_of(table, short=short)
    words = {
        place: _length_of_words(column.name, cells, size)
        for place, (column, cells) in enumerate(columns)
        if column.kind is Kind.WORDS
    }
    widths = [
        0.0 if place in words else _width_of_amounts(column.name, cells, size)
        for place, (column, cells) in enumerate(columns)
    ]
    if short and len(words) == 1:
        widths = _eased(widths, room, next(iter(words.values())) * 1.4)
    least = {place: longest_word(columns[place][0].name, columns[place][1], size) for place in words}
    for place, wide in shared_out(words, least, max(room - sum(widths), room * 0.2)).items():
        widths[place] = wide
    return widths if words and sum(widths) <= room else _scaled_to(widths, room)


def columns_of(table: Table, *, short: bool) -> list[tuple[Column, list[str]]]:
    """Each column with the words of its cells."""
    return [
        (column, [readable(say_cell(row[place], column.kind, short=short)) for row in table.rows])
        for place, column in enumerate(table.columns)
    ]


def _scaled_to(widths: Sequence[float], room: float) -> list[float]:
    return [wide * room / sum(widths) for wide in widths]


def columns_that_say_something(table: Table) -> Table:
    """A table without the columns in which no row has anything; the first two stay in any case."""
    kept = [
        place
        for place, column in enumerate(table.columns)
        if place < 2 or {say_cell(row[place], column.kind) for row in table.rows} - NOTHING_SAID
    ]
    columns = tuple(table.columns[place] for place in kept)
    return replace(table, columns=columns, rows=tuple(tuple(row[at] for at in kept) for row in table.rows))


def columns_that_fit(table: Table, room: float, size: float, face: Face = Face.SLIDE_BOLD) -> Table:
    """A table without its last columns where all of them would break words; the first two stay in any case."""
    needed = [0.0]
    for place, column in enumerate(table.columns):
        cells = [say_cell(row[place], column.kind) for row in table.rows]
        wide = longest_word if column.kind is Kind.WORDS else _width_of_amounts
        needed.append(needed[-1] + wide(column.name, cells, size, face))
    kept = max(2, sum(1 for wide in needed[1:] if wide <= room))
    return replace(table, columns=table.columns[:kept], rows=tuple(row[:kept] for row in table.rows))


def shared_out(lengths: Mapping[int, float], least: Mapping[int, float], room: float) -> dict[int, float]:
    """The room of columns of words by their length, each with its longest word while there is room for all."""
    tight: dict[int, float] = {}
    while len(tight) < len(lengths):
        loose = {place: length for place, length in lengths.items() if place not in tight}
        each = (room - sum(tight.values())) / sum(loose.values())
        short = {place: least[place] for place, length in loose.items() if length * each < least[place]}
        if not short:
            return tight | {place: length * each for place, length in loose.items()}
        tight |= short
    return {place: wide * room / sum(tight.values()) for place, wide in tight.items()}


def longest_word(name: str, cells: Sequence[str], size: float, face: Face = Face.SLIDE_BOLD) -> float:
    """The width of the longest word of a column, and of its name; of addresses as far as nobody reads them aloud."""
    words = {word for text in (*cells, name) for word in text.split()}
    return min(max((width(word, size, face) for word in words), default=0.0), size * 9) + 12


def _length_of_words(name: str, cells: Sequence[str], size: float) -> float:
    """How long the words of a column are, between the longest and the one in the middle."""
    lengths = sorted(width(text, size, Face.SLIDE_BOLD) for text in (*cells, name))
    return max(lengths[-1] * 0.5 + lengths[len(lengths) // 2] * 0.5, size * 4)


def _width_of_amounts(name: str, cells: Sequence[str], size: float, face: Face = Face.SLIDE_BOLD) -> float:
    """The width that a column of amounts needs, and the longest word of its name as far as it is short."""
    least = max((width(word, size, face) for word in name.split()), default=0.0)
    needed = max((width(text, size, face) for text in cells), default=0.0)
    return max(needed, min(least, size * 7)) + 12


def _eased(widths: Sequence[float], room: float, words: float) -> list[float]:
    """Columns of amounts with what the words leave shared out among them."""
    amounts = sum(1 for wide in widths if wide)
    spare = room - sum(widths) - words
    return [wide + spare / amounts if wide and spare > 0 else wide for wide in widths]


def _row_height(
    row: Sequence[Value], columns: Sequence[Column], widths: Sequence[float], size: float
) -> float:
    lines = max(
        len(_cell_lines(say_cell(value, column.kind), size, wide, MOST_LINES))
        for value, column, wide in zip(row, columns, widths, strict=True)
    )
    return lines * size * LEADING + ROW_AIR


def rows_that_fit(table: Table, area: Area) -> tuple[tuple[tuple[Value, ...], ...], float]:
    """As many rows as a slide shows in large type; the rest is in the appendix, and the last row says so."""
    for size in SLIDE_SIZES:
        if (
            len(columns_that_fit(table, area.width, size).columns) < len(table.columns)
            and size > SLIDE_SIZES[-1]
        ):
            continue
        widths = _column_widths(table, area.width, size, short=False)
        left = area.height - size * LEADING * 2 - 8
        rows: list[tuple[Value, ...]] = []
        for row in table.rows:
            left -= _row_height(row, table.columns, widths, size)
            if left < 0:
                break
            rows.append(row)
        if len(rows) == len(table.rows):
            return tuple(rows), size
    rest = len(table.rows) - max(len(rows) - 1, 0)
    more = _row_of_words(table, f"and {rest} more, in the appendix")
    return (*rows[: max(len(rows) - 1, 0)], more), size


def _row_of_words(table: Table, words: str) -> tuple[Value, ...]:
    """A row that says something in the first column of words, which is wider than one of ranks or amounts."""
    places = [place for place, column in enumerate(table.columns) if column.kind is Kind.WORDS]
    said = places[0] if places else 0
    return tuple(words if place == said else None for place in range(len(table.columns)))


def appendix_widths(table: Table, room: float) -> list[float]:
    """How wide the columns of a table of the appendix are, on each of its slides."""
    return list(_column_widths(table, room, APPENDIX_SIZE, short=False))


def ending(
    table: Table, rows: Sequence[tuple[Value, ...]], rest: int, widths: Sequence[float]
) -> tuple[tuple[Value, ...], ...]:
    """The last of a table's slides: its last rows give their room to one that says how many of `rest` are left out."""

    def more(shown: int) -> tuple[Value, ...]:
        return _row_of_words(table, f"and {rest - shown} more rows, in the workbook")

    shown, needed = len(rows), _row_height(more(0), table.columns, widths, APPENDIX_SIZE)
    while shown and needed > 0:
        shown -= 1
        needed -= _row_height(rows[shown], table.columns, widths, APPENDIX_SIZE)
    return (*rows[:shown], more(shown))


def paged(table: Table, area: Area) -> list[tuple[tuple[Value, ...], ...]]:
    """The rows in pages that fit, about equally full where all are shown; a total has a row above it."""
    widths = appendix_widths(table, area.width)
    head = max(
        len(_cell_lines(column.name, APPENDIX_SIZE, wide, HEAD_LINES, bold=True))
        for column, wide in zip(table.columns, widths, strict=True)
    )
    room = area.height - head * APPENDIX_SIZE * LEADING - 8
    highs = [_row_height(row, table.columns, widths, APPENDIX_SIZE) for row in table.rows]
    sizes = evenly_full(highs, room)
    if len(sizes) > 1 and sizes[-1] <= table.totals and sizes[-2] > 1:
        sizes = [*sizes[:-2], sizes[-2] - 1, sizes[-1] + 1]
    ends = list(accumulate(sizes))
    return [table.rows[end - size : end] for size, end in zip(sizes, ends, strict=True)]


def evenly_full(highs: Sequence[float], room: float, most: int = MOST_PAGES) -> list[int]:
    """How many rows of these heights stand on each page: as few pages as need be, none of those shown nearly empty.

    More than `most` pages are filled one after the other, since not all of them are shown.

    >>> evenly_full([10.0] * 20, 180), evenly_full([10.0] * 70, 200), evenly_full([], 180)
    ([10, 10], [20, 20, 20, 10], [0])
    """
    fullest = _filled(highs, room)
    if len(fullest) == 1 or len(fullest) > most:
        return fullest
    least = sum(highs) / len(fullest)
    tries = sorted({least, room, *(least + high for high in highs if least + high < room)})
    return next(sizes for each in tries if len(sizes := _filled(highs, each)) <= len(fullest))


def _filled(highs: Sequence[float], room: float) -> list[int]:
    """How many rows stand on each page where each is filled before the next is begun."""
    sizes, left = [0], room
    for high in highs:
        if high > left and sizes[-1]:
            sizes.append(0)
            left = room
        sizes[-1] += 1
        left -= high
    return sizes
