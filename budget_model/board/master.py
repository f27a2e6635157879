"""The look of the slides: theme, master and three layouts of our own, put into an empty presentation.

Colours are the Analysis Function's, the typeface is Arial (on every machine, and measured). Positions are
points on a page 540 high, 960 or 720 wide. Titles, text, footers and numbers are real placeholders, so
that the outline, the reading order and a change of master all work.
"""

from dataclasses import dataclass
from typing import Any

FACE = "Arial"
INK, QUIET, NAVY, RULE = "1D2733", "4B5763", "12436D", "CBD3DB"
ACCENTS = ("12436D", "28A197", "801650", "F46A25", "3D3D3D", "A285D1")
NAMESPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
EMU = 12_700
HEIGHT = 540.0
WIDTHS = {"16:9": 960.0, "4:3": 720.0}
COVER, FINDING, TABLE = 0, 1, 2
"""The three layouts, in the order that they are kept in."""
KICKER_PLACE, WHY_PLACE, FOOTER_PLACE, NUMBER_PLACE = 13, 14, 11, 12


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of a slide, in points."""

    x: float
    y: float
    width: float
    height: float

    def emu(self) -> tuple[int, int, int, int]:
        """The same in the units of the file."""
        return (round(self.x * EMU), round(self.y * EMU), round(self.width * EMU), round(self.height * EMU))


@dataclass(frozen=True, slots=True)
class Sheet:
    """Where everything stands on a slide of one format."""

    width: float
    height: float = HEIGHT
    margin: float = 42.0

    @property
    def inner(self) -> float:
        """The width between the margins."""
        return self.width - self.margin * 2

    def area(self, y: float, height: float) -> Area:
        """A strip between the margins."""
        return Area(self.margin, y, self.inner, height)

    @property
    def kicker(self) -> Area:
        """What the slide is about."""
        return self.area(24, 22)

    @property
    def title(self) -> Area:
        """The finding: two lines, or three where nothing parts it."""
        return self.area(46, 92)

    @property
    def why(self) -> Area:
        """The range or the reason."""
        return self.area(140, 46)

    @property
    def figure(self) -> Area:
        """The figure itself."""
        return self.area(192, 282)

    @property
    def unit(self) -> Area:
        """What the figure counts."""
        return self.area(477, 18)

    @property
    def footer(self) -> Area:
        """Source, scope and date: up to two lines."""
        return Area(self.margin, 502, self.inner - 70, 30)

    @property
    def number(self) -> Area:
        """The slide's number."""
        return Area(self.width - self.margin - 60, 502, 60, 30)


def sheet_of(shape: str) -> Sheet:
    """The sheet of a format, '16:9' or '4:3'."""
    return Sheet(WIDTHS[shape])


def blank(shape: str) -> Any:
    """An empty presentation with our master and layouts."""
    from pptx import Presentation
    from pptx.util import Emu

    sheet = sheet_of(shape)
    deck = Presentation()
    deck.slide_width, deck.slide_height = Emu(round(sheet.width * EMU)), Emu(round(sheet.height * EMU))
    keep = [deck.slide_layouts[place] for place in (0, 5, 6)]
    for layout in list(deck.slide_layouts):
        if layout not in keep:
            deck.slide_layouts.remove(layout)
    _theme(deck.slide_master)
    _rewrite(deck.slide_master, _master_shapes(sheet))
    _text_styles(deck.slide_master)
    for layout, name, shapes in (
        (keep[COVER], "Cover", _cover_shapes(sheet)),
        (keep[FINDING], "Finding and figure", _finding_shapes(sheet)),
        (keep[TABLE], "Appendix table", _table_shapes(sheet)),
    ):
        _rewrite(layout, shapes)
        layout._element.cSld.set("name", name)
        layout._element.attrib.pop("type", None)
    _background(keep[COVER], NAVY)
    return deck


def _rewrite(part: Any, shapes: str) -> None:
    """Put shapes of our own in the place of those that are there."""
    from pptx.oxml import parse_xml

    tree = part._element.cSld.spTree
    for child in list(tree)[2:]:
        tree.remove(child)
    for number, child in enumerate(parse_xml(f"<p:spTree {NAMESPACES}>{shapes}</p:spTree>"), start=2):
        child[0][0].set("id", str(number))
        tree.append(child)


def _background(layout: Any, colour: str) -> None:
    from pptx.oxml import parse_xml

    filled = parse_xml(
        f'<p:bg {NAMESPACES}><p:bgPr><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'
        "<a:effectLst/></p:bgPr></p:bg>"
    )
    layout._element.cSld.insert(0, filled)


def _theme(master: Any) -> None:
    """Name, colours and typefaces of the theme; its effects stay as they are, and are not used."""
    from pptx.opc.constants import RELATIONSHIP_TYPE
    from pptx.opc.oxml import serialize_part_xml
    from pptx.oxml import parse_xml

    part = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme = parse_xml(part.blob)
    space = {"a": "http://schemas.openxmlformats.org/drawingml/2006/main"}
    theme.set("name", "Budget map")
    wanted = {"dk1": INK, "lt1": "FFFFFF", "dk2": NAVY, "lt2": "F3F5F7"}
    wanted |= {f"accent{number}": colour for number, colour in enumerate(ACCENTS, start=1)}
    wanted |= {"hlink": NAVY, "folHlink": "801650"}
    scheme = "".join(f'<a:{name}><a:srgbClr val="{colour}"/></a:{name}>' for name, colour in wanted.items())
    old = theme.find(".//a:clrScheme", space)
    old.getparent().replace(
        old, parse_xml(f'<a:clrScheme {NAMESPACES} name="Analysis Function">{scheme}</a:clrScheme>')
    )
    fonts = theme.find(".//a:fontScheme", space)
    fonts.set("name", "Budget map")
    for kind in ("majorFont", "minorFont"):
        fonts.find(f"a:{kind}/a:latin", space).set("typeface", FACE)
        for script in fonts.findall(f"a:{kind}/a:font", space):
            script.getparent().remove(script)
    part._blob = serialize_part_xml(theme)


def _text_styles(master: Any) -> None:
    """How titles and text stand by default: left, dark, without bullets."""
    from pptx.oxml import parse_xml

    old = master._element.find("{http://schemas.openxmlformats.org/presentationml/2006/main}txStyles")
    levels = "".join(
        f'<a:lvl{number}pPr marL="0" indent="0" algn="l"><a:lnSpc><a:spcPct val="100000"/></a:lnSpc>'
        f'<a:buNone/><a:defRPr sz="1800" kern="1200"><a:solidFill><a:schemeClr val="tx1"/></a:solidFill>'
        f'<a:latin typeface="+mn-lt"/></a:defRPr></a:lvl{number}pPr>'
        for number in range(1, 10)
    )
    title = (
        '<a:lvl1pPr algn="l"><a:lnSpc><a:spcPct val="100000"/></a:lnSpc><a:buNone/>'
        '<a:defRPr sz="2800" b="1" kern="1200"><a:solidFill><a:schemeClr val="tx1"/></a:solidFill>'
        '<a:latin typeface="+mj-lt"/></a:defRPr></a:lvl1pPr>'
    )
    other = levels.replace("<a:buNone/>", "")
    styles = parse_xml(
        f"<p:txStyles {NAMESPACES}><p:titleStyle>{title}</p:titleStyle><p:bodyStyle>{levels}</p:bodyStyle>"
        f"<p:otherStyle>{other}</p:otherStyle></p:txStyles>"
    )
    old.getparent().replace(old, styles)


def placed(area: Area) -> str:
    """Where a shape stands, as the file says it."""
    x, y, wide, high = area.emu()
    return f'<a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{wide}" cy="{high}"/></a:xfrm>'


def _placeholder(
    name: str,
    kind: str,
    place: int | None,
    area: Area,
    *,
    size: float,
    colour: str,
    bold: bool = False,
    anchor: str = "t",
    align: str = "l",
    words: str = "",
) -> str:
    """One placeholder of a master or layout, its text without margins so that measured words fit."""
    at = f' idx="{place}"' if place is not None else ""
    scheme = {INK: "tx1", NAVY: "tx2", "FFFFFF": "bg1"}.get(colour)
    fill = f'<a:schemeClr val="{scheme}"/>' if scheme else f'<a:srgbClr val="{colour}"/>'
    run = (
        '<a:fld id="{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}" type="slidenum"><a:rPr lang="en-GB"/>'
        "<a:t>‹#›</a:t></a:fld>"
        if kind == "sldNum"
        else f'<a:r><a:rPr lang="en-GB"/><a:t>{words or name}</a:t></a:r>'
    )
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="2" name="{name}"/>'
        f'<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph type="{kind}"{at}/></p:nvPr></p:nvSpPr>'
        f'<p:spPr>{placed(area)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr>'
        f'<p:txBody><a:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="{anchor}"><a:normAutofit/></a:bodyPr>'
        f'<a:lstStyle><a:lvl1pPr marL="0" indent="0" algn="{align}"><a:buNone/>'
        f'<a:defRPr sz="{round(size * 100)}" b="{int(bold)}"><a:solidFill>{fill}</a:solidFill>'
        f"</a:defRPr></a:lvl1pPr></a:lstStyle><a:p>{run}</a:p></p:txBody></p:sp>"
    )


def _block(name: str, area: Area, colour: str) -> str:
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="2" name="{name}"/><p:cNvSpPr/>'
        f'<p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr>{placed(area)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill><a:ln><a:noFill/></a:ln></p:spPr>'
        '<p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:endParaRPr lang="en-GB"/></a:p></p:txBody></p:sp>'
    )


def _frame(sheet: Sheet) -> str:
    """What stands on every slide but the cover: a thin edge and a rule above the footer."""
    return _block("Edge", Area(0, 0, 10, sheet.height), NAVY) + _block(
        "Rule", Area(sheet.margin, 499, sheet.inner, 0.75), RULE
    )


def _feet(sheet: Sheet) -> str:
    return _placeholder(
        "Footer",
        "ftr",
        FOOTER_PLACE,
        sheet.footer,
        size=12,
        colour=QUIET,
        anchor="ctr",
        words="Source and scope",
    ) + _placeholder(
        "Slide number",
        "sldNum",
        NUMBER_PLACE,
        sheet.number,
        size=12,
        colour=QUIET,
        anchor="ctr",
        align="r",
    )


def _master_shapes(sheet: Sheet) -> str:
    title = _placeholder("Title", "title", None, sheet.title, size=28, colour=INK, bold=True)
    body = _placeholder("Text", "body", 1, sheet.why, size=18, colour=INK)
    return title + body + _feet(sheet)


def _finding_shapes(sheet: Sheet) -> str:
    return (
        _frame(sheet)
        + _placeholder("Finding", "title", None, sheet.title, size=28, colour=INK, bold=True)
        + _placeholder(
            "What it is about",
            "body",
            KICKER_PLACE,
            sheet.kicker,
            size=14,
            colour=NAVY,
            bold=True,
        )
        + _placeholder("Range or reason", "body", WHY_PLACE, sheet.why, size=18, colour=QUIET)
        + _feet(sheet)
    )


def _table_shapes(sheet: Sheet) -> str:
    return (
        _frame(sheet)
        + _placeholder("Table", "title", None, sheet.area(28, 30), size=20, colour=INK, bold=True)
        + _feet(sheet)
    )


def _cover_shapes(sheet: Sheet) -> str:
    stripes = "".join(
        _block(f"Stripe {number}", Area(sheet.margin + number * 26, 96, 20, 6), colour)
        for number, colour in enumerate(("FFFFFF", *ACCENTS[1:4], ACCENTS[5]))
    )
    return (
        stripes
        + _placeholder(
            "Title",
            "ctrTitle",
            None,
            sheet.area(124, 150),
            size=40,
            colour="FFFFFF",
            bold=True,
            anchor="t",
        )
        + _placeholder("Subtitle", "subTitle", 1, sheet.area(290, 110), size=20, colour="FFFFFF")
        + _placeholder(
            "Date",
            "body",
            KICKER_PLACE,
            sheet.area(430, 60),
            size=14,
            colour="FFFFFF",
            anchor="b",
        )
    )
