"""A workbook without its cells of blank text: a single space in XFD1048576 is no reason to refuse a file.

The fast reader spans everything up to the furthest cell that holds a text, blank or not. So where cells reach too far
to be read, those that hold nothing but spaces are taken out of the file, and it is looked at once more.
"""

import html
import io
import re
import zipfile
from typing import Final

from budget_model.intake.files import limits
from budget_model.intake.files.xml_attributes import attributes

_SHEET: Final = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
_STRINGS: Final = "xl/sharedstrings.xml"
_CELL: Final = re.compile(rb"<(?:\w+:)?c\b([^>]*[^>/])>([^<]*(?:<(?!/?(?:\w+:)?c\b)[^<]*)*)</(?:\w+:)?c>")
MOST: Final = 64 * limits.MEGABYTE
"""A workbook that unpacks to more is not rewritten: it is held in memory whole."""
_STRING: Final = re.compile(rb"<(?:\w+:)?si\b[^>]*?(?:/>|>(.*?)</(?:\w+:)?si>)", re.DOTALL)
_TEXT: Final = re.compile(rb"<(?:\w+:)?[tv]\b[^>]*>([^<]*)<")
_FORMULA: Final = re.compile(rb"<(?:\w+:)?f\b")


def without_blanks(data: bytes, file: str) -> bytes | None:
    """An .xlsx or .xlsm without its cells of blank text; None where it has none, or is large. Raises `Refusal` if it swells."""
    counter = limits.Counter(len(data), file)
    archive = zipfile.ZipFile(io.BytesIO(data))
    if sum(part.file_size for part in archive.infolist()) > MOST:
        return None
    parts = {part: b"".join(counter.pieces(part, data)) for part in archive.infolist()}
    strings = next((own for part, own in parts.items() if part.filename.lower() == _STRINGS), b"")
    blank = {number for number, text in enumerate(_STRING.findall(strings)) if _is_blank(text)}
    kept = {
        part: _without(own, blank) if _SHEET.fullmatch(part.filename) else own for part, own in parts.items()
    }
    if kept == parts:
        return None
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as rewritten:
        for part, own in kept.items():
            rewritten.writestr(part.filename, own)
    return packed.getvalue()


def _without(sheet: bytes, blank: set[int]) -> bytes:
    """The XML of a sheet without the cells of blank text that say where they stand."""
    return _CELL.sub(lambda cell: b"" if _holds_nothing(cell[1], cell[2], blank) else cell[0], sheet)


def _holds_nothing(tag: bytes, inside: bytes, blank: set[int]) -> bool:
    told = attributes(tag)
    kind = told.get(b"t")
    if b"r" not in told or _FORMULA.search(inside):
        return False
    if kind == "s":
        number = b"".join(_TEXT.findall(inside)).strip()
        return number.isdigit() and int(number) in blank
    return kind in ("str", "inlineStr") and _is_blank(inside)


def _is_blank(xml: bytes) -> bool:
    """Whether a text, with what stands around it in XML, is of spaces alone.

    >>> _is_blank(b"<is><t> </t></is>"), _is_blank(b"<t>Parks</t>")
    (True, False)
    """
    text = b"".join(_TEXT.findall(xml)).decode("utf-8", errors="replace")
    return not html.unescape(text).strip()
