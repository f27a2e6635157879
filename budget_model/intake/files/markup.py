"""Workbooks written as markup: Excel 2003 XML, and web pages under the name of a spreadsheet.

Parsed by lxml, which knows their many dialects, without entities and without a network, inside the guard's child.
A web page becomes one sheet, as Excel shows it: its paragraphs and tables one below the other.
"""

import email
import email.policy
import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from typing import Final

from lxml import etree, html

from budget_model.intake.files import delimited, limits
from budget_model.intake.files.grid import CellValue, Facts, Range, Sheet, Visibility, column_name
from budget_model.intake.files.sniff import AGAIN
from budget_model.problem import Refusal

_SHEETS: Final = "{urn:schemas-microsoft-com:office:spreadsheet}"
_EXCEL: Final = "{urn:schemas-microsoft-com:office:excel}"
_VISIBLE: Final = {"SheetHidden": Visibility.HIDDEN, "SheetVeryHidden": Visibility.VERY_HIDDEN}
MOST_MERGED: Final = 10_000


@dataclass(slots=True)
class _Growing:
    """A sheet while its cells are set; refuses one that spans too much."""

    file: str
    name: str
    so_far: int
    rows: list[list[CellValue]] = field(default_factory=list)
    facts: Facts = field(default_factory=lambda: Facts(looked=True))
    merged: list[Range] = field(default_factory=list)
    width: int = 0

    def put(self, row: int, column: int, value: CellValue) -> None:
        """Set one cell; rows and cells before it that were not set are empty."""
        if row >= len(self.rows) or column >= self.width:
            self.width = max(self.width, column + 1)
            place = f"{self.file}, sheet '{limits.shown(self.name)}', cell {column_name(column)}{row + 1}"
            limits.refuse_box(max(row + 1, len(self.rows)), self.width, self.so_far, place)
        while len(self.rows) <= row:
            self.rows.append([])
        cells = self.rows[row]
        cells.extend([None] * (column + 1 - len(cells)))
        cells[column] = value

    def span(self, top: int, left: int, down: int, right: int) -> None:
        """Note merged cells; `down` and `right` are how many further rows and columns they take."""
        if (down or right) and len(self.merged) < MOST_MERGED:
            self.merged.append(Range(top, left, top + down, left + right))

    def sheet(self, visibility: Visibility = Visibility.VISIBLE) -> Sheet:
        """The sheet, when every cell has been set."""
        return Sheet(self.name, self.rows, visibility, tuple(self.merged), self.facts)


# Excel 2003 XML


def excel_2003(data: bytes, file: str) -> list[Sheet]:
    """The sheets of a workbook in the XML format of Excel 2003."""
    _refuse_entities(data, file)
    sheets: list[Sheet] = []
    try:
        tags = (f"{_SHEETS}Worksheet", f"{_SHEETS}Styles")
        styles: dict[str, _Style] = {}
        for _, element in etree.iterparse(BytesIO(data), tag=tags, resolve_entities=False, no_network=True):
            if element.tag == tags[1]:
                styles = dict(_styles(element))
                continue
            cells = sum(len(sheet.rows) * max(map(len, sheet.rows), default=0) for sheet in sheets)
            sheets.append(_worksheet(element, file, styles, cells))
            element.clear()
            if len(sheets) > limits.LIMITS.sheets:
                raise Refusal(f"{file} has more than {limits.LIMITS.sheets} sheets, the most that is read.")
    except etree.XMLSyntaxError:
        raise Refusal(f"{file} is damaged: its XML breaks off or is garbled. {AGAIN}") from None
    if not sheets:
        raise Refusal(f"{file} is a workbook in the XML of Excel 2003 without a worksheet. {AGAIN}")
    return sheets


def _refuse_entities(data: bytes, file: str) -> None:
    if b"<!ENTITY" in data.replace(b"\x00", b""):
        raise Refusal(
            f"{file} defines entities in its XML, which spreadsheet programs never do and files made to harm do. "
            "Copy the budget’s cells into a new workbook and upload that."
        )


@dataclass(frozen=True, slots=True)
class _Style:
    number_format: str = ""
    bold: bool = False
    struck: bool = False
    blended: bool = False


def _styles(element: "etree._Element") -> Iterator[tuple[str, _Style]]:
    for style in element.iterfind(f"{_SHEETS}Style"):
        number_format, font = style.find(f"{_SHEETS}NumberFormat"), style.find(f"{_SHEETS}Font")
        told = "" if number_format is None else number_format.get(f"{_SHEETS}Format", "")
        bold = font is not None and font.get(f"{_SHEETS}Bold") == "1"
        struck = font is not None and font.get(f"{_SHEETS}StrikeThrough") == "1"
        yield style.get(f"{_SHEETS}ID", ""), _Style(told, bold, struck, _blended(font, style))


def _blended(font: "etree._Element | None", style: "etree._Element") -> bool:
    """Whether a font writes in the colour of what it stands on; without one a sheet is white."""
    interior = style.find(f"{_SHEETS}Interior")
    plain = interior is None or interior.get(f"{_SHEETS}Pattern", "None") == "None"
    below = "#FFFFFF" if interior is None or plain else interior.get(f"{_SHEETS}Color", "")
    return font is not None and font.get(f"{_SHEETS}Color", "").upper() == below.upper() != ""


def _whole(text: str | None, default: int = 0) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 8 else default


def _worksheet(element: "etree._Element", file: str, styles: dict[str, _Style], so_far: int) -> Sheet:
    growing = _Growing(file, element.get(f"{_SHEETS}Name", ""), so_far)
    table = element.find(f"{_SHEETS}Table")
    if table is not None:
        growing.facts.hidden_columns = frozenset(_hidden(table, "Column"))
        growing.facts.hidden_rows = frozenset(_hidden(table, "Row"))
        _cells_of(table, growing, styles)
    visible = element.findtext(f"{_EXCEL}WorksheetOptions/{_EXCEL}Visible", "")
    return growing.sheet(_VISIBLE.get(visible, Visibility.VISIBLE))


def _hidden(table: "etree._Element", kind: str) -> Iterator[int]:
    at = -1
    for one in table.iterfind(f"{_SHEETS}{kind}"):
        at = _whole(one.get(f"{_SHEETS}Index"), at + 2) - 1
        alike = min(_whole(one.get(f"{_SHEETS}Span")), MOST_MERGED)
        if one.get(f"{_SHEETS}Hidden") == "1":
            yield from range(at, at + alike + 1)
        at += alike


def _cells_of(table: "etree._Element", growing: _Growing, styles: dict[str, _Style]) -> None:
    at = -1
    bold_rows: set[int] = set()
    for row in table.iterfind(f"{_SHEETS}Row"):
        at = _whole(row.get(f"{_SHEETS}Index"), at + 2) - 1
        column, bold = -1, []
        for cell in row.iterfind(f"{_SHEETS}Cell"):
            column = _whole(cell.get(f"{_SHEETS}Index"), column + 2) - 1
            value = _value(cell, growing.facts, at, column)
            style = styles.get(cell.get(f"{_SHEETS}StyleID", ""), _Style())
            if value is not None:
                growing.put(at, column, value)
                bold.append(style.bold)
                _note_style(growing.facts, at, column, style, value)
            across, down = (_whole(cell.get(f"{_SHEETS}{what}")) for what in ("MergeAcross", "MergeDown"))
            growing.span(at, column, down, across)
            column += across
        if bold and sum(bold) * 2 >= len(bold):
            bold_rows.add(at)
        at += min(_whole(row.get(f"{_SHEETS}Span")), MOST_MERGED)
    growing.facts.bold_rows = frozenset(bold_rows)


def _note_style(facts: Facts, row: int, column: int, style: _Style, value: CellValue) -> None:
    if style.number_format and style.number_format != "General" and isinstance(value, float):
        facts.number_formats[row, column] = style.number_format
    if style.struck:
        facts.struck_cells |= {(row, column)}
    if style.blended:
        facts.blended_cells |= {(row, column)}


def _value(cell: "etree._Element", facts: Facts, row: int, column: int) -> CellValue:
    data = cell.find(f"{_SHEETS}Data")
    formula = cell.get(f"{_SHEETS}Formula")
    if formula:
        facts.formulas[row, column] = formula
    if data is None:
        if formula:
            facts.uncalculated[row, column] = formula
        return None
    text = "".join(data.itertext())
    kind = data.get(f"{_SHEETS}Type", "String")
    if kind == "Number":
        return _number(text)
    if kind == "DateTime":
        return _moment(text)
    if kind == "Error":
        facts.error_cells[row, column] = text.strip()
        return None
    return text or None


def _number(text: str) -> CellValue:
    try:
        number = float(text)
    except ValueError:
        return text or None
    return number if math.isfinite(number) else None


def _moment(text: str) -> CellValue:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return text or None


# Web pages

_BLOCKS: Final = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "caption", "li", "pre"})
_HIDDEN_STYLE: Final = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_LARGEST_SPAN: Final = 200


def web_page(data: bytes, file: str) -> list[Sheet]:
    """A web page as the one sheet that Excel shows of it."""
    text = _page(data)
    if "<!ENTITY" in text:
        _refuse_entities(data, file)
    try:
        parser = html.HTMLParser(remove_comments=True, remove_pis=True, no_network=True)
        root = html.document_fromstring(
            re.sub(r"<\?xml[^>]*\?>|<!\[if[^>]*>|<!\[endif\]>", "", text), parser=parser
        )
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        raise Refusal(f"{file} is a web page that cannot be read. {AGAIN}") from None
    growing = _Growing(file, "", 0)
    row = 0
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        if element.tag == "table" and element.find(".//table") is None:
            row = _table(element, growing, row) + 1
        elif _is_block(element) and (words := _words(element)):
            growing.put(row, 0, words)
            row += 1
    if not any(len(cells) > 1 for cells in growing.rows):
        raise Refusal(
            f"{file} is a web page without a table of cells, not a spreadsheet. Ask for the spreadsheet itself, and upload that."
        )
    return [growing.sheet()]


def _is_block(element: "etree._Element") -> bool:
    """Whether an element is a paragraph or heading outside of every table."""
    return element.tag in _BLOCKS and next(element.iterancestors("table"), None) is None


def _page(data: bytes) -> str:
    """The text of a page, from inside a mail-like wrapping if it has one, in the character set that it states."""
    if b"MIME-Version:" in data[:400]:
        message = email.message_from_bytes(data, policy=email.policy.default)
        parts = [part for part in message.walk() if part.get_content_type() == "text/html"]
        pages = [_decoded(part.get_payload(decode=True)) for part in parts]
        return max((page for page in pages if "<t" in page.lower()), key=len, default="")
    return _decoded(data)


_CHARSET: Final = re.compile(rb"charset\s*=\s*[\"']?([A-Za-z0-9_-]{2,30})", re.IGNORECASE)


def _decoded(data: object) -> str:
    if not isinstance(data, bytes):
        return ""
    stated = _CHARSET.search(data[:4096])
    if stated and not data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        try:
            return data.decode(stated[1].decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            pass
    return delimited.decode(data).text


def _words(element: "etree._Element") -> str:
    """The text of an element on one line; a line break parts words."""
    return " ".join(" ".join(_pieces(element)).split())


def _pieces(element: "etree._Element") -> Iterable[str]:
    joined = ""
    for piece in element.iter():
        if piece.tag in ("br", "p", "div", "li"):
            joined += " "
        if isinstance(piece.tag, str) and piece.tag not in ("script", "style"):
            joined += piece.text or ""
        if piece is not element:
            joined += piece.tail or ""
    return [joined]


def _table(element: "etree._Element", growing: _Growing, start: int) -> int:
    """Set the cells of one table from a row on; give the row after its last."""
    taken: dict[tuple[int, int], bool] = {}
    row = start
    hidden: set[int] = set()
    caption = element.find("caption")
    if caption is not None and (words := _words(caption)):
        growing.put(row, 0, words)
        row += 1
    for line in element.iter("tr"):
        column = 0
        if _HIDDEN_STYLE.search(line.get("style", "")):
            hidden.add(row)
        for cell in line.iterchildren("td", "th"):
            while taken.pop((row, column), False):
                column += 1
            right, down = (
                max(1, min(_whole(cell.get(what), 1), _LARGEST_SPAN)) for what in ("colspan", "rowspan")
            )
            value = _cell(cell)
            if value is not None:
                growing.put(row, column, value)
                if (
                    cell.find(".//s") is not None
                    or cell.find(".//strike") is not None
                    or cell.find(".//del") is not None
                ):
                    growing.facts.struck_cells |= {(row, column)}
            growing.span(row, column, down - 1, right - 1)
            if down > 1 and len(taken) < MOST_MERGED:
                taken.update({(row + i, column + j): True for i in range(1, down) for j in range(right)})
            column += right
        row += 1
    growing.facts.hidden_rows |= hidden
    return row


def _cell(cell: "etree._Element") -> CellValue:
    """A cell's number where Excel wrote it beside what is shown, else its text."""
    exact = cell.get("x:num")
    if exact:
        return _number(exact)
    return _words(cell) or None
