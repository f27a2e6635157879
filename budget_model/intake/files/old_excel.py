"""A second look at .xls workbooks: their records, read one by one.

Written after Microsoft's open specification [MS-XLS]. A record is a number, a length and so many bytes; what is not
needed is passed over. A record that makes no sense ends the look at its sheet, never the reading of the file.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from budget_model.intake.files import compound, sheet_xml
from budget_model.intake.files.grid import Range
from budget_model.intake.files.looking import ERRORS, Gathering, Look, Styles

_SHEET, _FORMAT, _FONT, _XF = 0x85, 0x41E, 0x31, 0xE0
_ROW, _COLUMN, _MERGED, _END = 0x208, 0x7D, 0xE5, 0x0A
_NUMBER, _RK, _RKS, _TEXT, _LABEL, _FAULT, _FORMULA, _STRING = (
    0x203,
    0x27E,
    0xBD,
    0xFD,
    0x204,
    0x205,
    0x06,
    0x207,
)
_BOLD: Final = 600
_STRIKE: Final = 0x08
_INDENT: Final = 0x0F


def look(data: bytes) -> dict[str, Look]:
    """Look at every worksheet of an .xls workbook: name → look; nothing for a broken file."""
    try:
        container = compound.Container(data)
        found = container.find("Workbook") or container.find("Book")
        stream = container.read(found) if found else b""
        sheets, styles = _globals(stream)
        seen = {name: _sheet(stream, start, styles) for name, start in sheets}
        if not any(one.worked_out for one in seen.values()):
            for one in seen.values():
                one.facts.uncalculated.update(dict.fromkeys(one.blank, "="))
        return dict(seen)
    except (compound.Damaged, struct.error, IndexError):
        return {}


@dataclass(slots=True)
class _Seen(Look):
    """A look, with what decides whether the workbook was ever calculated.

    A formula without a result is stored like one whose result is an empty text. Where no formula of
    the whole workbook has any other result, nobody has worked them out.
    """

    worked_out: int = 0
    blank: list[tuple[int, int]] = field(default_factory=list)


def _records(stream: bytes, start: int = 0) -> Iterator[tuple[int, bytes]]:
    at, end = start, len(stream)
    while at + 4 <= end:
        number, length = struct.unpack_from("<HH", stream, at)
        yield number, stream[at + 4 : at + 4 + length]
        at += 4 + length


def _globals(stream: bytes) -> tuple[list[tuple[str, int]], Styles]:
    """The worksheets with their places in the stream, and what the style numbers mean."""
    modern = stream[4:6] == b"\x00\x06"
    sheets: list[tuple[str, int]] = []
    formats = dict(sheet_xml.BUILT_IN)
    fonts: list[tuple[bool, bool]] = []
    styles: list[tuple[int, int]] = []
    indents: list[int] = []
    colours: list[int] = []
    fills: list[int | None] = []
    for number, body in _records(stream):
        if number == _SHEET and len(body) > 7 and body[5] == 0:
            sheets.append((_text(body[6:], modern, 1), int.from_bytes(body[:4], "little")))
        elif number == _FORMAT:
            formats[int.from_bytes(body[:2], "little")] = _text(body[2:], modern, 2 if modern else 1)
        elif number == _FONT and len(body) >= 8:
            fonts.append((int.from_bytes(body[6:8], "little") >= _BOLD, bool(body[2] & _STRIKE)))
            colours.append(int.from_bytes(body[4:6], "little"))
        elif number == _XF and len(body) >= 4:
            styles.append((int.from_bytes(body[:2], "little"), int.from_bytes(body[2:4], "little")))
            fills.append(_fill(body) if modern else None)
            indents.append(body[8] & _INDENT if modern and len(body) > 8 else 0)
        elif number == _END:
            break
    # the fifth font does not exist in this format: font 5 is the fifth that is stored
    known = [
        fonts[font - (font > 4)] if font - (font > 4) < len(fonts) else (False, False) for font, _ in styles
    ]
    told = tuple(formats.get(code, "General") for _, code in styles)
    bold, struck = tuple(bold for bold, _ in known), tuple(struck for _, struck in known)
    written = [colours[font - (font > 4)] if font - (font > 4) < len(colours) else None for font, _ in styles]
    blended = tuple(
        colour is not None and _WHITES.get(colour, colour) == fill
        for colour, fill in zip(written, fills, strict=True)
    )
    return sheets, Styles(told, bold, struck, tuple(indents), blended)


_WHITES: Final = {1: 9, 65: 9, 0: 8, 0x7FFF: 8}
"""Numbers of white and black that mean the same as another."""


def _fill(body: bytes) -> int | None:
    """The colour of what a style stands on, white without one; nothing for patterns."""
    if len(body) < 20:
        return None
    pattern = body[17] >> 2
    colour = int.from_bytes(body[18:20], "little") & 0x7F
    return 9 if not pattern else _WHITES.get(colour, colour) if pattern == 1 else None


def _text(body: bytes, modern: bool, width: int) -> str:
    length = int.from_bytes(body[:width], "little")
    if not modern:
        return body[width : width + length].decode("cp1252", errors="replace")
    wide = body[width] & 1
    start = width + 1
    return body[start : start + length * (2 if wide else 1)].decode(
        "utf-16-le" if wide else "latin-1", errors="replace"
    )


def _sheet(stream: bytes, start: int, styles: Styles) -> _Seen:
    gathering = Gathering(styles)
    seen = _Seen(gathering.seen.facts)
    gathering.seen = seen
    merged: list[Range] = []
    hidden: set[int] = set()
    waiting: tuple[int, int] | None = None
    depth = 0
    try:
        for number, body in _records(stream, start):
            if number == 0x809:
                depth += 1
            elif number == _END:
                depth -= 1
                if depth <= 0:
                    break
            elif depth > 1:
                continue  # a chart that stands on the sheet
            elif number == _FORMULA:
                waiting = _formula(gathering, seen, body)
            elif number == _STRING and waiting:
                gathering.other(*waiting)
                seen.worked_out += 1
                waiting = None
            elif number == _ROW:
                if body[12] & 0x20:
                    gathering.hidden_rows.add(int.from_bytes(body[:2], "little"))
            elif number == _COLUMN:
                first, last, _, _, flags = struct.unpack_from("<HHHHH", body)
                if flags & 1:
                    hidden.update(range(first, min(last, 1024) + 1))
            elif number == _MERGED:
                merged += _ranges(body)
            else:
                _cell(gathering, number, body)
    except (struct.error, IndexError):
        gathering.seen.facts.looked = False
    gathering.done()
    seen.facts.hidden_columns = frozenset(hidden)
    seen.merged = tuple(merged)
    return seen


def _cell(gathering: Gathering, number: int, body: bytes) -> None:
    if number in (_NUMBER, _RK):
        gathering.number(*struct.unpack_from("<HHH", body))
    elif number == _RKS:
        row, first = struct.unpack_from("<HH", body)
        for place in range((len(body) - 6) // 6):
            gathering.number(
                row, first + place, int.from_bytes(body[4 + place * 6 : 6 + place * 6], "little")
            )
    elif number in (_TEXT, _LABEL):
        gathering.other(*struct.unpack_from("<HHH", body))
    elif number == _FAULT:
        row, column, style = struct.unpack_from("<HHH", body)
        if body[7]:
            gathering.error(row, column, ERRORS.get(body[6], "#N/A"), style)
        else:
            gathering.other(row, column, style)


def _formula(gathering: Gathering, seen: _Seen, body: bytes) -> tuple[int, int] | None:
    """Take a formula's cell; give its place if its result is a text that must follow."""
    row, column, style = struct.unpack_from("<HHH", body)
    if body[12:14] != b"\xff\xff":
        gathering.number(row, column, style)
    elif body[6] == 2:
        gathering.error(row, column, ERRORS.get(body[8], "#N/A"), style)
    elif body[6] == 0:
        return row, column
    elif body[6] == 1:
        gathering.other(row, column, style)
    else:
        seen.blank.append((row, column))
        return None
    seen.worked_out += 1
    return None


def _ranges(body: bytes) -> Iterator[Range]:
    for place in range(int.from_bytes(body[:2], "little")):
        top, bottom, left, right = struct.unpack_from("<HHHH", body, 2 + place * 8)
        yield Range(top, left, bottom, right)
