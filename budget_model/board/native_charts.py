"""Bars and waterfalls as native charts, with their workbook inside and labels that follow their figures."""

import operator
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from budget_model.board import master
from budget_model.board.drawing import Box, Drawing, Words, drawn
from budget_model.board.master import Area
from budget_model.board.measure import LEADING, Face, readable, shortened, width, wrapped
from budget_model.board.shapes import PEN, draw_shapes, rgb
from budget_model.exhibits.colours import INK, text_on
from budget_model.exhibits.figures import Bars, Step, Waterfall
from budget_model.exhibits.tables import Kind
from budget_model.money import NOTHING, pounds

CHART_SIZE = 18.0
NAMES, MOST_NAMES = 0.4, 0.46
"""Parts of a chart's width that the names of its bars may take, and where they would be cut else."""
NAME_SIZES = (16.0, 14.0)
"""Sizes of names that would be cut at the usual one."""


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


def _label_room(amounts: Sequence[Decimal], size: float, figure: Bars | None = None) -> float:
    said = [figure.say(amount) if figure else f"+{pounds(amount)}" for amount in amounts]
    return max((width(f"+{one}", size, Face.SLIDE_BOLD) for one in said), default=0) + 14


def draw_bars(page: Any, area: Area, figure: Bars, alt: str) -> None:
    """Bars in one piece or stacked; the sum of a stacked bar stands on an unseen last piece."""
    from pptx.enum.chart import XL_CHART_TYPE

    if figure.level:
        draw_level(page, area, figure, alt)
        return
    top = _key(page, area, figure) if figure.has_key else 0.0
    below = Area(area.x, area.y + top, area.width, area.height - top)
    wholes = figure.wholes
    names, size, share = _category_names(figure.categories, below.width, below.height)
    data = _chart_data()
    data.categories = names
    for series in figure.series:
        data.add_series(series.name, [float(value) for value in series.values])
    kind, position = XL_CHART_TYPE.BAR_CLUSTERED, "outEnd"
    if figure.stacked:
        data.add_series("Total", [float(value) for value in wholes])
        kind, position = XL_CHART_TYPE.BAR_STACKED, "inBase"
    chart = _chart(page, below, kind, data, alt)
    label = _label_room(wholes, size, figure) / (below.width * (1 - share))
    _axes(chart, share, figure.spans, label, size)
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = _gap(len(names), below.height), 100
    _colour(plot, figure)
    labelled = plot.series[-1]
    if figure.stacked:
        labelled.format.fill.background()
        labelled.format.line.fill.background()
    _labels(labelled, [_format(figure, whole) for whole in wholes], size, position)


def _colour(plot: Any, figure: Bars) -> None:
    """Every piece in its series' colour, or in its bar's own; what is in doubt patterned."""
    for series, one in zip(plot.series, figure.series, strict=False):
        _fill(series.format.fill, one.colour, doubtful=one.doubtful)
        for place, colour in enumerate(figure.colours):
            if one.values[place]:
                _fill(series.points[place].format.fill, colour, doubtful=one.doubtful)


def draw_level(page: Any, area: Area, figure: Bars, alt: str) -> None:
    """Bars that are each one whole: a native chart of parts, its pieces labelled where they have room."""
    from pptx.enum.chart import XL_CHART_TYPE

    top = _key(page, area, figure)
    wholes = figure.wholes
    told = [f"{name}: {figure.say(whole)}" for name, whole in zip(figure.categories, wholes, strict=True)]
    names, size, share = _category_names(told, area.width, area.height - top)
    data = _chart_data()
    data.categories = names
    for one in figure.series:
        data.add_series(one.name, [float(value) for value in one.values])
    below = Area(area.x, area.y + top, area.width, area.height - top)
    chart = _chart(page, below, XL_CHART_TYPE.BAR_STACKED_100, data, alt)
    _axes(chart, share, [(NOTHING, Decimal(1))], 0.0, size)
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = _gap(len(names), area.height - top), 100
    room = area.width * (1 - share)
    for series, one in zip(plot.series, figure.series, strict=True):
        _fill(series.format.fill, one.colour, doubtful=one.doubtful)
        formats = []
        for value, whole in zip(one.values, wholes, strict=True):
            wide = float(value / whole) * room if whole else 0.0
            fits = width(figure.say(value), size, Face.SLIDE_BOLD) + 8 < wide and not one.doubtful
            formats.append(_format(figure, value) if fits else ";;;")
        _labels(series, formats, size, "ctr", text_on(one.colour))


def _format(figure: Bars, amount: Decimal) -> str:
    """The number format of one label, which says an amount as the figure says it."""
    if figure.kind is Kind.POUNDS:
        return money_format(amount)
    if figure.kind is Kind.SHARE:
        return "0%"
    places = max(0, -int(amount.normalize().as_tuple().exponent))
    return f"0.{'0' * places}" if places else "0"


THICKEST = 58.0
"""Points: a bar is no thicker, however few there are."""


def _gap(bars: int, height: float) -> int:
    """The gap between bars, as a percentage of their thickness."""
    each = height / max(bars, 1)
    return round(min(max(45.0, (each / THICKEST - 1) * 100), 500))


def _category_names(names: Sequence[str], room: float, height: float) -> tuple[tuple[str, ...], float, float]:
    """The names as they fit beside their bars, their size, and the part of the width that they take.

    Where names would be cut, a smaller type in a little more room is taken in which fewer are.
    """
    each = height / max(len(names), 1)
    size = CHART_SIZE if each >= CHART_SIZE * 1.3 else max(12.0, each / 1.3)
    clean = [readable(name) for name in names]
    tries = [(size, NAMES), *((smaller, MOST_NAMES) for smaller in NAME_SIZES if smaller < size)]
    ways = [(_names_at(clean, at, room * part, each), at, room * part) for at, part in tries]
    kept, size, most = min(ways, key=lambda way: sum(map(operator.ne, way[0], clean)))
    widest = max((width(name, size) for name in clean), default=0.0)
    return _apart(kept), size, (min(widest * 1.04 + 4, most) + 8) / room


def _names_at(names: Sequence[str], size: float, most: float, each: float) -> tuple[str, ...]:
    """The names in one size, cut to so much width, in two lines where a bar has the height."""
    wide = most * 0.96
    if each < size * LEADING * 2.1 or max((width(name, size) for name in names), default=0.0) <= most:
        return tuple(shortened(name, size, wide) for name in names)
    return tuple(
        name if len(wrapped(name, size, wide)) <= 2 else shortened(name, size, most * 1.7) for name in names
    )


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


def draw_waterfall(page: Any, area: Area, figure: Waterfall, alt: str) -> None:
    """Stacked bars: an unseen one to stand on, the step itself, and an unseen one that carries the label."""
    from pptx.enum.chart import XL_CHART_TYPE

    spans = [(min(pair), max(pair)) for pair in figure.bottoms()]
    amounts = [step.amount for step in figure.steps]
    names, size, share = _category_names([step.label for step in figure.steps], area.width, area.height)
    data = _chart_data()
    data.categories = names
    data.add_series("Stands on", [float(_stands_on(*span)) for span in spans])
    seen = _seen_parts(spans)
    for name, values in seen.items():
        data.add_series(name, [float(value) for value in values])
    data.add_series("Size of step", [float(abs(amount)) for amount in amounts])
    chart = _chart(page, area, XL_CHART_TYPE.BAR_STACKED, data, alt)
    _axes(chart, share, spans, _label_room(amounts, size) / (area.width * (1 - share)), size)
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = _gap(len(names), area.height), 100
    series = list(plot.series)
    series[0].format.fill.background()
    for one in series[1:-1]:
        for place, step in enumerate(figure.steps):
            _fill(one.points[place].format.fill, step.colour, doubtful=False)
    series[-1].format.fill.background()
    _labels(series[-1], [money_format(step.amount, _sign(step)) for step in figure.steps], size, "inBase")


def _stands_on(low: Decimal, high: Decimal) -> Decimal:
    """Where the unseen piece ends that a step stands on; zero where the step reaches over it."""
    return low if low > 0 else high if high < 0 else NOTHING


def _seen_parts(spans: Sequence[tuple[Decimal, Decimal]]) -> dict[str, list[Decimal]]:
    """The parts of the steps above zero, and those below where there are any."""
    above = [max(high, NOTHING) - max(low, NOTHING) for low, high in spans]
    under = [min(low, NOTHING) - min(high, NOTHING) for low, high in spans]
    return {"Step": above} | ({"Step below zero": under} if any(under) else {})


def _sign(step: Step) -> str:
    """What stands before the size of a step; nothing before a level above zero."""
    if step.amount < 0:
        return "−"
    return "" if step.level else "+"


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
    chart: Any, share: float, spans: Sequence[tuple[Decimal, Decimal]], label: float, size: float
) -> None:
    """Names on the left in their measured room; amounts from end to end with room for their labels.

    `spans` is how far each bar reaches below and above zero.
    """
    from pptx.enum.chart import XL_TICK_LABEL_POSITION, XL_TICK_MARK
    from pptx.oxml import parse_xml
    from pptx.util import Pt

    names = chart.category_axis
    names.reverse_order = True
    names.tick_labels.font.size = Pt(size)
    names.tick_labels.font.color.rgb = rgb(INK)
    names.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    names.major_tick_mark = names.minor_tick_mark = XL_TICK_MARK.NONE
    names.format.line.color.rgb = rgb("#8A949E")
    names.has_major_gridlines = False
    amounts = chart.value_axis
    amounts.visible = False
    amounts.has_major_gridlines = False
    low = min((span[0] for span in spans), default=NOTHING)
    low, high = min(NOTHING, low), max((NOTHING, *(span[1] for span in spans)))
    outside_low = low < 0
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
        fill.pattern = MSO_PATTERN.WIDE_UPWARD_DIAGONAL
        fill.fore_color.rgb = rgb(colour)
        fill.back_color.rgb = rgb("#FFFFFF")
    else:
        fill.solid()
        fill.fore_color.rgb = rgb(colour)


def _labels(series: Any, formats: Sequence[str], size: float, position: str, colour: str = INK) -> None:
    """A label on every bar, each with the number format that says its own amount as a sentence would."""
    from xml.sax.saxutils import quoteattr

    from pptx.oxml import parse_xml

    c = "http://schemas.openxmlformats.org/drawingml/2006/chart"
    a = "http://schemas.openxmlformats.org/drawingml/2006/main"
    style = (
        "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
        f'<c:txPr><a:bodyPr wrap="none"/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="{round(size * 100)}" b="1">'
        f'<a:solidFill><a:srgbClr val="{colour[1:]}"/></a:solidFill></a:defRPr></a:pPr>'
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
        draw_shapes(page, area, Drawing(area.width, height, tuple(marks)), "", name="Key")
    return height
