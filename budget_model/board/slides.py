"""A pack as a PowerPoint presentation whose charts, tables and shapes can all be edited.

Bars and waterfalls are native charts with their workbook inside; heat maps and tables are native tables;
treemaps and flows are grouped shapes. Labels carry number formats, so that they follow when a figure is
edited. Everything is measured before it is placed.
"""

import io
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from budget_model.board import master
from budget_model.board.drawing import INK, QUIET, Box, Drawing, Pen, Ribbon, Rule, Words, drawn
from budget_model.board.figures import (
    SEQUENCE,
    Bars,
    Column,
    ColumnKind,
    Exhibit,
    HeatMap,
    Sankey,
    Table,
    Treemap,
    Value,
    Waterfall,
    hatched,
    say_cell,
    shades,
    text_on,
)
from budget_model.board.master import Area, Sheet, sheet_of
from budget_model.board.measure import LEADING, Face, fitted, readable, shortened, width, wrapped
from budget_model.board.pack import Pack, Progress, Slide, appendix, day
from budget_model.money import NOTHING, pounds

PEN = Pen(16.0, Face.SLIDE, Face.SLIDE_BOLD)
SMALL_PEN = Pen(14.0, Face.SLIDE, Face.SLIDE_BOLD)
WHEN_GONE = "The other screens are as they were. Change this view in the story, or take it out."
TITLE_SIZES = (30.0, 28.0, 26.0, 24.0)
TEXT_SIZES = (18.0, 16.0)
CHART_SIZE = 18.0
SAFE = 0.985
"""Part of a box that words are fitted to: programs differ by a hair in how they break lines."""


def write_slides(pack: Pack, shape: str = "16:9", progress: Progress | None = None) -> bytes:
    """The pack as a .pptx file, '16:9' or '4:3'."""
    sheet = sheet_of(shape)
    deck = master.blank(shape)
    deck.core_properties.title = readable(pack.title)
    deck.core_properties.subject = f"Board pack, {pack.place} {pack.year}"
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
    dated = f"data of {slide.dated.day} {slide.dated:%b %Y}" if slide.dated else ""
    return " · ".join(one for one in (source, slide.scope, dated) if one)


# Words in their places


def _put(shape: Any, words: Sequence[str], size: float, *, bold: bool | None = None) -> None:
    """Lines of words in a placeholder, at a size that they were measured for."""
    from pptx.enum.lang import MSO_LANGUAGE_ID
    from pptx.util import Pt

    frame = shape.text_frame
    frame.word_wrap = True
    frame.text = readable(" ".join(words))
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
        for properties in copied.spPr:
            copied.spPr.remove(properties)
        drawing.shapes._spTree.append(copied)
        if holder.placeholder_format.idx == master.FOOTER_PLACE:
            shape = drawing.shapes[-1]
            _put(shape, (shortened(readable(foot), 11, sheet.footer.width * SAFE),), 11)


def _cover(deck: Any, sheet: Sheet, pack: Pack) -> None:
    page = deck.slides.add_slide(deck.slide_layouts[master.COVER])
    area = sheet.area(124, 150)
    found = fitted(
        f"{pack.place}: {pack.name}", area.width * SAFE, area.height, (40.0, 34.0, 28.0), Face.SLIDE_BOLD
    )
    _put(page.shapes.title, found.lines, found.size)
    high = len(found.lines) * found.size * LEADING + 4
    _stand(page.shapes.title, sheet.area(124, high))
    about = pack.about or f"The public budget of {pack.place}, {pack.year}"
    _stand(_holder(page, 1), sheet.area(124 + high + 14, 110))
    _fit(_holder(page, 1), about, sheet.area(0, 110), (20.0, 18.0))
    made = f"{pack.year}. Made on {day(pack.made_on)}."
    unchanged = f" {pack.unchanged}" if pack.unchanged else ""
    _fit(_holder(page, master.KICKER_PLACE), f"{made}{unchanged}", sheet.area(430, 60), (14.0, 12.0))
    page.notes_slide.notes_text_frame.text = "\n\n".join((pack.title, about, f"{made}{unchanged}"))


def _holder(page: Any, place: int) -> Any:
    return next(one for one in page.placeholders if one.placeholder_format.idx == place)


def _slide(deck: Any, sheet: Sheet, slide: Slide) -> None:
    page = deck.slides.add_slide(deck.slide_layouts[master.FINDING])
    below = _heading(page.shapes.title, slide.finding, sheet)
    kicker = shortened(slide.kicker, 14, sheet.kicker.width * SAFE, Face.SLIDE_BOLD)
    _put(_holder(page, master.KICKER_PLACE), (kicker,), 14)
    why = slide.shown.why if slide.shown else WHEN_GONE
    holder = _holder(page, master.WHY_PLACE)
    if why:
        found = fitted(readable(why), sheet.inner * SAFE, 62, TEXT_SIZES)
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


def _heading(title: Any, text: str, sheet: Sheet) -> float:
    """Put the finding on top, as large as it fits; where what follows may begin."""
    area = sheet.title
    found = fitted(readable(text), area.width * SAFE, area.height, TITLE_SIZES, Face.SLIDE_BOLD)
    if found.cut:
        found = fitted(readable(text), area.width * SAFE, 110, (22.0,), Face.SLIDE_BOLD)
    _put(title, found.lines, found.size)
    high = len(found.lines) * found.size * LEADING + 2
    _stand(title, Area(area.x, area.y, area.width, high))
    return area.y + high + 4


def _stand(shape: Any, area: Area) -> None:
    """Put a placeholder where its words need it."""
    from pptx.util import Emu

    shape.left, shape.top, shape.width, shape.height = (Emu(one) for one in area.emu())


def readable_lines(text: str) -> str:
    """A text of several paragraphs without what no file can hold."""
    return "\n".join(readable(line) for line in text.split("\n"))


def _unit(page: Any, sheet: Sheet, slide: Slide) -> None:
    said = [slide.unit]
    if slide.shown and isinstance(slide.shown.figure, Bars):
        said.insert(0, hatched(slide.shown.figure))
    text = shortened(readable(" · ".join(one for one in said if one)), 12, sheet.unit.width * SAFE)
    _words(page, sheet.unit, text, (12.0,), "What is counted", colour=QUIET)


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
            run.font.color.rgb = _rgb(colour)


def _rgb(colour: str) -> Any:
    from pptx.dml.color import RGBColor

    kind: Any = RGBColor
    return kind.from_string(colour.removeprefix("#"))


# Figures


def _figure(page: Any, area: Area, shown: Exhibit) -> None:
    figure, alt = shown.figure, readable(shown.alt)[:2000]
    if isinstance(figure, Bars):
        _bars(page, area, figure, alt)
    elif isinstance(figure, Waterfall):
        _waterfall(page, area, figure, alt)
    elif isinstance(figure, HeatMap):
        _heat_map(page, area, figure, alt)
    elif isinstance(figure, Treemap | Sankey):
        pen = PEN if area.width > 700 else SMALL_PEN
        _shapes(page, area, drawn(figure, area.width, area.height, pen), alt)
    else:
        rows, size = _rows_that_fit(figure, area)
        _native_table(page, area, Table(figure.columns, rows), size, alt, "Table")


def money_format(amount: Decimal, sign: str = "") -> str:
    """The number format under which a spreadsheet shows an amount as `pounds` says it.

    >>> money_format(Decimal("1240000000")), money_format(Decimal("186200000")), money_format(Decimal("-5"))
    ('£0.00,,,"bn";−£0.00,,,"bn"', '£0,,"m";−£0,,"m"', '£0;−£0')
    """
    said = pounds(abs(amount))
    if said.endswith("bn"):
        code = '£0.00,,,"bn"'
    elif said.endswith("m"):
        code = '£0.0,,"m"' if "." in said else '£0,,"m"'
    elif said.endswith("k"):
        code = '£0,"k"'
    else:
        code = "£#,##0" if "," in said else "£0.00" if "." in said else "£0"
    if sign:
        return f'"{sign}"{code};"{sign}"{code}'
    return f"{code};−{code}"


def _label_room(amounts: Sequence[Decimal], size: float) -> float:
    return max((width(f"+{pounds(amount)}", size, Face.SLIDE_BOLD) for amount in amounts), default=0) + 14


def _bars(page: Any, area: Area, figure: Bars, alt: str) -> None:
    from pptx.enum.chart import XL_CHART_TYPE

    top = 0.0
    if figure.stacked and not figure.colours:
        top = _key(page, area, figure)
    wholes = [figure.whole(place) for place in range(len(figure.categories))]
    names, size, share = _category_names(figure.categories, area.width, area.height - top)
    data = _chart_data()
    data.categories = names
    for one in figure.series:
        data.add_series(one.name, [float(value) for value in one.values])
    if figure.stacked:
        data.add_series("Total", [float(value) for value in wholes])
    kind = XL_CHART_TYPE.BAR_STACKED if figure.stacked else XL_CHART_TYPE.BAR_CLUSTERED
    low = min([NOTHING, *(sum((min(one.values[at], NOTHING) for one in figure.series), NOTHING)
                          for at in range(len(names)))])  # fmt: skip
    high = max([NOTHING, *(sum((max(one.values[at], NOTHING) for one in figure.series), NOTHING)
                           for at in range(len(names)))])  # fmt: skip
    chart = _chart(page, Area(area.x, area.y + top, area.width, area.height - top), kind, data, alt)
    room = area.width * (1 - share)
    _axes(chart, share, low, high, _label_room(wholes, size) / room, size, outside_low=low < 0)
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = _gap(len(names), area.height - top), 100
    for number, one in enumerate(figure.series):
        series = plot.series[number]
        _fill(series.format.fill, one.colour, doubtful=one.doubtful)
        for place, colour in enumerate(figure.colours):
            if one.values[place]:
                _fill(series.points[place].format.fill, colour, doubtful=one.doubtful)
    labelled = plot.series[len(figure.series)] if figure.stacked else plot.series[0]
    if figure.stacked:
        labelled.format.fill.background()
        labelled.format.line.fill.background()
    _labels(
        labelled, [money_format(whole) for whole in wholes], size, "inBase" if figure.stacked else "outEnd"
    )


THICKEST = 58.0
"""Points: a bar is no thicker, however few there are."""


def _gap(bars: int, height: float) -> int:
    """The gap between bars, as a percentage of their thickness."""
    each = height / max(bars, 1)
    return round(min(max(45.0, (each / THICKEST - 1) * 100), 500))


def _category_names(names: Sequence[str], room: float, height: float) -> tuple[tuple[str, ...], float, float]:
    """The names as they fit beside their bars, their size, and the part of the width that they take."""
    each = height / max(len(names), 1)
    size = CHART_SIZE if each >= CHART_SIZE * 1.3 else max(12.0, each / 1.3)
    lines = 2 if each >= size * LEADING * 2.1 else 1
    most = room * 0.4
    clean = [readable(name) for name in names]
    widest = max((width(name, size) for name in clean), default=0.0)
    take = min(widest * 1.04 + 4, most)
    if widest > most and lines == 2:
        broken = [wrapped(name, size, most * 0.96) for name in clean]
        kept = tuple(
            " ".join(parts) if len(parts) <= 2 else shortened(" ".join(parts), size, most * 1.7)
            for parts in broken
        )
    else:
        kept = tuple(shortened(name, size, most * 0.96) for name in clean)
    return _apart(kept), size, (take + 8) / room


def _apart(names: Sequence[str]) -> tuple[str, ...]:
    """Names that were cut to the same words, told apart by a number.

    >>> _apart(("The 1th…", "The 1th…", "Police"))
    ('The 1th…', 'The 1th… (2)', 'Police')
    """
    seen: dict[str, int] = {}
    told = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        told.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return tuple(told)


def _waterfall(page: Any, area: Area, figure: Waterfall, alt: str) -> None:
    """Stacked bars: an unseen one to stand on, the step itself, and an unseen one that carries the label."""
    from pptx.enum.chart import XL_CHART_TYPE

    spans = [(min(pair), max(pair)) for pair in figure.bottoms()]
    names, size, share = _category_names([step.name for step in figure.steps], area.width, area.height)
    data = _chart_data()
    data.categories = names
    stands = [low if low > 0 else high if high < 0 else NOTHING for low, high in spans]
    above = [max(high, NOTHING) - max(low, NOTHING) for low, high in spans]
    under = [min(low, NOTHING) - min(high, NOTHING) for low, high in spans]
    below = any(under)
    data.add_series("Stands on", [float(value) for value in stands])
    data.add_series("Step", [float(value) for value in above])
    if below:
        data.add_series("Step below nought", [float(value) for value in under])
    data.add_series("Size of step", [float(abs(step.amount)) for step in figure.steps])
    chart = _chart(page, area, XL_CHART_TYPE.BAR_STACKED, data, alt)
    low = min(NOTHING, *(span[0] for span in spans))
    high = max(NOTHING, *(span[1] for span in spans))
    amounts = [step.amount for step in figure.steps]
    room = area.width * (1 - share)
    _axes(chart, share, low, high, _label_room(amounts, size) / room, size, outside_low=low < 0)
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = _gap(len(names), area.height), 100
    series = list(plot.series)
    series[0].format.fill.background()
    for one in series[1 : 3 if below else 2]:
        for place, step in enumerate(figure.steps):
            _fill(one.points[place].format.fill, step.colour, doubtful=False)
    series[-1].format.fill.background()
    formats = [
        money_format(step.amount, "−" if step.amount < 0 else "" if step.level else "+")
        for step in figure.steps
    ]
    _labels(series[-1], formats, size, "inBase")


def _chart_data() -> Any:
    """The empty data of a native chart, whose workbook writes amounts to the penny."""
    from pptx.chart.data import CategoryChartData

    kind: Any = CategoryChartData
    return kind(number_format="#,##0.00")


def _chart(page: Any, area: Area, kind: Any, data: Any, alt: str) -> Any:
    from pptx.util import Emu

    frame = page.shapes.add_chart(kind, *(Emu(one) for one in area.emu()), data)
    frame.name = "Chart"
    frame._element.nvGraphicFramePr.cNvPr.set("descr", alt)
    chart = frame.chart
    chart.has_legend = False
    chart.has_title = False
    chart.font.name = master.FACE
    return chart


def _axes(
    chart: Any, share: float, low: Decimal, high: Decimal, label: float, size: float, *, outside_low: bool
) -> None:
    """Names on the left in their measured room; amounts from end to end with room for their labels."""
    from pptx.enum.chart import XL_TICK_LABEL_POSITION, XL_TICK_MARK
    from pptx.oxml import parse_xml
    from pptx.util import Pt

    names = chart.category_axis
    names.reverse_order = True
    names.tick_labels.font.size = Pt(size)
    names.tick_labels.font.color.rgb = _rgb(INK)
    names.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    names.major_tick_mark = names.minor_tick_mark = XL_TICK_MARK.NONE
    names.format.line.color.rgb = _rgb("#8A949E")
    names.has_major_gridlines = False
    amounts = chart.value_axis
    amounts.visible = False
    amounts.has_major_gridlines = False
    spread = float(high - low) or 1.0
    free = max(1 - min(label, 0.5) * (2 if outside_low else 1), 0.2)
    amounts.minimum_scale = float(low) - (spread / free * min(label, 0.5) if outside_low else 0.0)
    amounts.maximum_scale = amounts.minimum_scale + spread / free
    space = "http://schemas.openxmlformats.org/drawingml/2006/chart"
    area = chart._chartSpace.chart.plotArea
    for old in area.findall(f"{{{space}}}layout"):
        area.remove(old)
    left = share
    layout = parse_xml(
        f'<c:layout xmlns:c="{space}"><c:manualLayout><c:layoutTarget val="inner"/>'
        '<c:xMode val="edge"/><c:yMode val="edge"/>'
        f'<c:x val="{left:.4f}"/><c:y val="0.005"/><c:w val="{1 - left - 0.004:.4f}"/><c:h val="0.99"/>'
        "</c:manualLayout></c:layout>"
    )
    area.insert(0, layout)


def _fill(fill: Any, colour: str, *, doubtful: bool) -> None:
    from pptx.enum.dml import MSO_PATTERN

    if doubtful:
        fill.patterned()
        fill.pattern = MSO_PATTERN.DARK_UPWARD_DIAGONAL
        fill.fore_color.rgb = _rgb(colour)
        fill.back_color.rgb = _rgb("#FFFFFF")
    else:
        fill.solid()
        fill.fore_color.rgb = _rgb(colour)


def _labels(series: Any, formats: Sequence[str], size: float, position: str) -> None:
    """A label on every bar, each with the number format that says its own amount as a sentence would."""
    from xml.sax.saxutils import quoteattr

    from pptx.oxml import parse_xml

    c = "http://schemas.openxmlformats.org/drawingml/2006/chart"
    a = "http://schemas.openxmlformats.org/drawingml/2006/main"
    style = (
        "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
        f'<c:txPr><a:bodyPr wrap="none"/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="{round(size * 100)}" b="1">'
        f'<a:solidFill><a:srgbClr val="{INK[1:]}"/></a:solidFill></a:defRPr></a:pPr>'
        '<a:endParaRPr lang="en-GB"/></a:p></c:txPr>'
    )
    shows = (
        f'<c:dLblPos val="{position}"/><c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/>'
        '<c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/>'
    )
    points = "".join(
        f'<c:dLbl><c:idx val="{place}"/><c:numFmt formatCode={quoteattr(code)} sourceLinked="0"/>'
        f"{style}{shows}</c:dLbl>"
        for place, code in enumerate(formats)
    )
    usual = quoteattr(formats[0] if formats else "£0")
    labels = parse_xml(
        f'<c:dLbls xmlns:c="{c}" xmlns:a="{a}">{points}'
        f'<c:numFmt formatCode={usual} sourceLinked="0"/>{style}{shows}</c:dLbls>'
    )
    element = series._element
    for old in element.findall(f"{{{c}}}dLbls"):
        element.remove(old)
    element.find(f"{{{c}}}cat").addprevious(labels)


def _key(page: Any, area: Area, figure: Bars) -> float:
    """Which colour is whose, above the bars; the height that it takes."""
    pen = PEN
    rows = drawn(figure, area.width, area.height, pen)
    boxes = [mark for mark in rows.marks if isinstance(mark, Box) and mark.height < pen.size]
    few = len(figure.series)
    marks = [mark for mark in rows.marks if isinstance(mark, Box | Words)][: few * 2]
    height = max((mark.y for mark in marks if isinstance(mark, Words)), default=0.0) + pen.size * 1.1
    if boxes:
        _shapes(page, area, Drawing(area.width, height, tuple(marks)), "", name="Key")
    return height


# Native tables


def _heat_map(page: Any, area: Area, figure: HeatMap, alt: str) -> None:
    whole = figure.table()
    largest = max((value or NOTHING for row in figure.values for value in row), default=NOTHING)
    size, names = _heat_size(whole, area)
    table = Table(
        whole.columns,
        tuple((shortened(readable(str(row[0])), size, names - 12), *row[1:]) for row in whole.rows),
        whole.totals,
    )
    fills = {
        (row + 1, column + 1): SEQUENCE[shades(value or NOTHING, largest)]
        for row, values in enumerate(figure.values)
        for column, value in enumerate(values)
    }
    _native_table(page, area, table, size, alt, "Heat map", short=True, roomy=True, fills=fills)


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


def _native_table(
    page: Any,
    area: Area,
    table: Table,
    size: float,
    alt: str,
    name: str,
    *,
    short: bool = False,
    roomy: bool = False,
    fills: Mapping[tuple[int, int], str] | None = None,
) -> None:
    """A real table: its first row marked as heading, amounts to the right, nothing wider than its column."""
    from pptx.oxml import parse_xml
    from pptx.util import Emu

    fills = fills or {}
    widths = _column_widths(table, area.width, size, short=short)
    heads = [
        _cell_lines(column.name, size, wide, 2, bold=True)
        for column, wide in zip(table.columns, widths, strict=True)
    ]
    head_high = max(len(lines) for lines in heads) * size * LEADING + 8
    body = [
        [
            _cell_lines(say_cell(value, column.kind, short=short), size, wide, 6)
            for value, column, wide in zip(row, table.columns, widths, strict=True)
        ]
        for row in table.rows
    ]
    highs = [max(len(lines) for lines in row) * size * LEADING + ROW_AIR for row in body]
    if roomy:
        spare = (area.height - head_high - sum(highs)) / max(len(highs), 1)
        highs = [high + max(0.0, min(spare, size)) for high in highs]
    frame = page.shapes.add_table(
        1,
        1,
        *(Emu(one) for one in area.emu()[:3]),
        Emu(round((head_high + sum(highs)) * master.EMU)),
    )
    frame.name = name
    frame._element.nvGraphicFramePr.cNvPr.set("descr", alt)
    grid = "".join(f'<a:gridCol w="{round(wide * master.EMU)}"/>' for wide in widths)
    lines_of = [heads, *body]
    rows = []
    for number, (high, lines) in enumerate(zip((head_high, *highs), lines_of, strict=True)):
        strong = number == 0 or number > len(body) - table.totals
        heavy = number in (0, len(body) - table.totals)
        cells = "".join(
            _cell_xml(
                " ".join(words),
                size,
                strong=strong,
                heavy=heavy,
                right=column.kind is not ColumnKind.WORDS,
                fill=fills.get((number, place), ""),
            )
            for place, (words, column) in enumerate(zip(lines, table.columns, strict=True))
        )
        rows.append(f'<a:tr h="{round(high * master.EMU)}">{cells}</a:tr>')
    native = parse_xml(
        f'<a:tbl {master.NAMESPACES}><a:tblPr firstRow="1"/><a:tblGrid>{grid}</a:tblGrid>{"".join(rows)}</a:tbl>'
    )
    old = frame._element.graphic.graphicData.tbl
    old.getparent().replace(old, native)


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


def _column_widths(table: Table, room: float, size: float, *, short: bool) -> list[float]:
    """Amounts get the width that they need; words share the rest by their length."""
    widths, words = [0.0] * len(table.columns), []
    for place, column in enumerate(table.columns):
        said = [say_cell(row[place], column.kind, short=short) for row in table.rows]
        if column.kind is ColumnKind.WORDS:
            lengths = sorted(width(text, size, Face.SLIDE_BOLD) for text in (*said, column.name))
            words.append((place, max(lengths[-1] * 0.5 + lengths[len(lengths) // 2] * 0.5, size * 4)))
        else:
            least = max((width(word, size, Face.SLIDE_BOLD) for word in column.name.split()), default=0.0)
            needed = max((width(text, size, Face.SLIDE_BOLD) for text in said), default=0.0)
            widths[place] = max(needed, min(least, size * 7)) + 12
    left = room - sum(widths)
    whole = sum(length for _, length in words)
    amounts = len(table.columns) - len(words)
    if short and len(words) == 1 and left > words[0][1] * 1.4 and amounts:
        spare = (left - words[0][1] * 1.4) / amounts
        widths = [wide + spare if wide else wide for wide in widths]
        left = room - sum(widths)
    for place, length in words:
        widths[place] = max(left, room * 0.2) * length / whole
    if not words and sum(widths) < room:
        return [wide * room / sum(widths) for wide in widths]
    return [wide * room / sum(widths) for wide in widths] if sum(widths) > room else widths


def _row_height(
    row: Sequence[Value], columns: Sequence[Column], widths: Sequence[float], size: float
) -> float:
    lines = max(
        len(_cell_lines(say_cell(value, column.kind), size, wide, 6))
        for value, column, wide in zip(row, columns, widths, strict=True)
    )
    return lines * size * LEADING + ROW_AIR


def _rows_that_fit(table: Table, area: Area) -> tuple[tuple[tuple[Value, ...], ...], float]:
    """As many rows as a slide shows in large type; the rest is in the appendix, and the last row says so."""
    for size in (16.0, 14.0):
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
    more: tuple[Value, ...] = (f"and {rest} more, in the appendix", *[None] * (len(table.columns) - 1))
    return (*rows[: max(len(rows) - 1, 0)], more), size


APPENDIX_SIZE = 12.0
MOST_PAGES = 3
"""Slides that one table of the appendix may take; what is beyond is in the workbook."""
ROW_AIR = 7.0
"""Points above and below the words of a row, and what programs add to a line."""


def _table_pages(deck: Any, sheet: Sheet, title: str, table: Table, foot: str) -> None:
    """A table of the appendix, on as many slides as it needs, its headings on each."""
    area = sheet.area(70, 424)
    pages = _paged(table, area)
    if len(pages) > MOST_PAGES:
        shown = sum(len(rows) for rows in pages[:MOST_PAGES]) - 1
        more: tuple[Value, ...] = (
            f"and {len(table.rows) - shown} more rows, in the workbook",
            *[None] * (len(table.columns) - 1),
        )
        pages = [*pages[: MOST_PAGES - 1], (*pages[MOST_PAGES - 1][:-1], more)]
        table = Table(table.columns, table.rows)
    for number, rows in enumerate(pages, start=1):
        page = deck.slides.add_slide(deck.slide_layouts[master.TABLE])
        of = f" ({number} of {len(pages)})" if len(pages) > 1 else ""
        room = area.width * SAFE - width(of, 20, Face.SLIDE_BOLD)
        _put(page.shapes.title, (shortened(readable(title), 20, room, Face.SLIDE_BOLD) + of,), 20)
        totals = table.totals if number == len(pages) else 0
        part = Table(table.columns, rows, totals)
        _native_table(page, area, part, APPENDIX_SIZE, f"{title}{of}: {len(rows)} rows", "Table")
        _feet(page, sheet, foot)


def _paged(table: Table, area: Area) -> list[tuple[tuple[Value, ...], ...]]:
    """The rows in pages that fit; a total stays with at least one row above it."""
    widths = _column_widths(table, area.width, APPENDIX_SIZE, short=False)
    head = max(
        len(_cell_lines(column.name, APPENDIX_SIZE, wide, 2, bold=True))
        for column, wide in zip(table.columns, widths, strict=True)
    )
    room = area.height - head * APPENDIX_SIZE * LEADING - 8
    pages: list[list[tuple[Value, ...]]] = [[]]
    left = room
    for row in table.rows:
        high = _row_height(row, table.columns, widths, APPENDIX_SIZE)
        if high > left and pages[-1]:
            pages.append([])
            left = room
        pages[-1].append(row)
        left -= high
    if len(pages) > 1 and len(pages[-1]) <= table.totals and len(pages[-2]) > 1:
        pages[-1].insert(0, pages[-2].pop())
    return [tuple(rows) for rows in pages]


# Shapes


def _shapes(page: Any, area: Area, drawing: Drawing, alt: str, *, name: str = "Figure") -> None:
    """A drawing as one group of native shapes, with one alternative text for the whole."""
    from pptx.util import Emu

    group = page.shapes.add_group_shape()
    group.name = name
    group._element.nvGrpSpPr.cNvPr.set("descr", alt or "Which colour stands for whom")
    tree = group._element
    number = page.shapes._next_shape_id + 1
    for mark in drawing.marks:
        element = _element(mark, area, number)
        if element is not None:
            tree.append(element)
            number += 1
    x, y, wide, high = Area(area.x, area.y, drawing.width, drawing.height).emu()
    group.left, group.top, group.width, group.height = Emu(x), Emu(y), Emu(wide), Emu(high)
    frame = tree.grpSpPr.xfrm
    for tag, one, other in (("chOff", x, y), ("chExt", wide, high)):
        child = frame.find(f"{{http://schemas.openxmlformats.org/drawingml/2006/main}}{tag}")
        names = ("x", "y") if tag == "chOff" else ("cx", "cy")
        child.set(names[0], str(one))
        child.set(names[1], str(other))


def _element(mark: Box | Words | Ribbon | Rule, area: Area, number: int) -> Any:
    from xml.sax.saxutils import escape, quoteattr

    from pptx.oxml import parse_xml

    def shape(name: str, frame: Area, geometry: str, fill: str, body: str, *, text: bool = False) -> Any:
        kind = '<p:cNvSpPr txBox="1"/>' if text else "<p:cNvSpPr/>"
        return parse_xml(
            f'<p:sp {master.NAMESPACES}><p:nvSpPr><p:cNvPr id="{number}" name={quoteattr(readable(name)[:120])}/>'
            f"{kind}<p:nvPr/></p:nvSpPr><p:spPr>{master.placed(frame)}{geometry}{fill}"
            f"<a:ln><a:noFill/></a:ln></p:spPr>{body}</p:sp>"
        )

    rectangle = '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
    empty = '<p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:endParaRPr lang="en-GB"/></a:p></p:txBody>'
    if isinstance(mark, Box):
        frame = Area(area.x + mark.x, area.y + mark.y, max(mark.width, 0.2), max(mark.height, 0.2))
        colour = mark.fill.removeprefix("#")
        fill = f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'
        if mark.doubtful:
            fill = (
                f'<a:pattFill prst="dkUpDiag"><a:fgClr><a:srgbClr val="{colour}"/></a:fgClr>'
                '<a:bgClr><a:srgbClr val="FFFFFF"/></a:bgClr></a:pattFill>'
            )
        return shape(mark.name or "Box", frame, rectangle, fill, empty)
    if isinstance(mark, Words):
        text = readable(mark.text)
        if not text:
            return None
        wide = width(text, mark.size, Face.SLIDE_BOLD if mark.bold else Face.SLIDE) * 1.03 + 2
        left = {"start": mark.x, "middle": mark.x - wide / 2, "end": mark.x - wide}[mark.align]
        high = mark.size * LEADING
        frame = Area(area.x + left, area.y + mark.y - high / 2, wide, high)
        align = {"start": "l", "middle": "ctr", "end": "r"}[mark.align]
        body = (
            '<p:txBody><a:bodyPr wrap="none" lIns="0" tIns="0" rIns="0" bIns="0" anchor="ctr"/><a:lstStyle/>'
            f'<a:p><a:pPr algn="{align}"/><a:r><a:rPr lang="en-GB" sz="{round(mark.size * 100)}" '
            f'b="{int(mark.bold)}"><a:solidFill><a:srgbClr val="{mark.colour.removeprefix("#")}"/></a:solidFill>'
            f"</a:rPr><a:t>{escape(text)}</a:t></a:r></a:p></p:txBody>"
        )
        return shape(text, frame, rectangle, "<a:noFill/>", body, text=True)
    if isinstance(mark, Ribbon):
        return _ribbon(mark, area, shape, empty)
    frame = Area(area.x + mark.x, area.y + mark.y, max(mark.to_x - mark.x, 0.6), max(mark.to_y - mark.y, 0.6))
    fill = f'<a:solidFill><a:srgbClr val="{mark.colour.removeprefix("#")}"/></a:solidFill>'
    return shape("Line", frame, rectangle, fill, empty)


def _ribbon(mark: Ribbon, area: Area, shape: Any, empty: str) -> Any:
    """A band as a freeform with eased sides."""
    top = min(mark.left_top, mark.right_top)
    bottom = max(mark.left_top + mark.left_height, mark.right_top + mark.right_height)
    wide, high = mark.right - mark.left, max(bottom - top, 0.2)
    frame = Area(area.x + mark.left, area.y + top, wide, high)
    scale = master.EMU

    def point(x: float, y: float) -> str:
        return f'<a:pt x="{round(x * scale)}" y="{round((y - top) * scale)}"/>'

    half = wide / 2
    right_end = mark.right_top + mark.right_height
    left_end = mark.left_top + mark.left_height
    path = (
        f"<a:moveTo>{point(0, mark.left_top)}</a:moveTo>"
        f"<a:cubicBezTo>{point(half, mark.left_top)}{point(half, mark.right_top)}"
        f"{point(wide, mark.right_top)}</a:cubicBezTo>"
        f"<a:lnTo>{point(wide, right_end)}</a:lnTo>"
        f"<a:cubicBezTo>{point(half, right_end)}{point(half, left_end)}{point(0, left_end)}</a:cubicBezTo>"
        "<a:close/>"
    )
    geometry = (
        '<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l="0" t="0" r="r" b="b"/>'
        f'<a:pathLst><a:path w="{round(wide * scale)}" h="{round(high * scale)}">{path}</a:path></a:pathLst>'
        "</a:custGeom>"
    )
    fill = f'<a:solidFill><a:srgbClr val="{mark.fill.removeprefix("#")}"/></a:solidFill>'
    return shape(mark.name or "Flow", frame, geometry, fill, empty)
