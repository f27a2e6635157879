"""Drawings as groups of native shapes, every one of which can be moved, coloured and read."""

from typing import Any

from budget_model.board import master
from budget_model.board.drawing import Box, Drawing, Pen, Ribbon, Rule, Words
from budget_model.board.master import Area
from budget_model.board.measure import LEADING, Face, readable, width

PEN = Pen(16.0, Face.SLIDE, Face.SLIDE_BOLD)
SMALL_PEN = Pen(14.0, Face.SLIDE, Face.SLIDE_BOLD)


def rgb(colour: str) -> Any:
    """A colour as PowerPoint takes it."""
    from pptx.dml.color import RGBColor

    kind: Any = RGBColor
    return kind.from_string(colour.removeprefix("#"))


def draw_shapes(page: Any, area: Area, drawing: Drawing, alt: str, *, name: str = "Figure") -> None:
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
                f'<a:pattFill prst="wdUpDiag"><a:fgClr><a:srgbClr val="{colour}"/></a:fgClr>'
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
