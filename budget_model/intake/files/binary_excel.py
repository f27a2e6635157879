"""A second look at .xlsb workbooks: the records of their binary parts, read one by one.

Written after Microsoft's open specification [MS-XLSB]. Record numbers and lengths are written seven bits to the byte.
"""

import struct
from collections.abc import Callable, Iterator
from typing import Final

from budget_model.intake.files import sheet_xml
from budget_model.intake.files.grid import Range
from budget_model.intake.files.looking import ERRORS, Gathering, Look, Styles

_ROW, _COLUMN, _MERGED, _SHEET = 0, 60, 176, 156
_FORMAT, _FONT, _XF, _STYLES_BEGIN, _STYLES_END = 44, 43, 47, 617, 618
_NUMBERS: Final = frozenset({2, 5, 9})
_FAULTS: Final = frozenset({3, 11})
_OTHERS: Final = frozenset({4, 6, 7, 8, 10})
_BOLD: Final = 600
_STRIKE: Final = 0x08


def sheets(book: bytes) -> list[tuple[str, str]]:
    """The sheets that a workbook's part lists: (name, identity of the relation to its part)."""
    found = []
    for number, body in _records(book):
        if number == _SHEET:
            identity, after = _text(body, 8)
            found.append((_text(body, after)[0], identity))
    return found


def read_styles(part: bytes) -> Styles:
    """What each style number means for a cell."""
    formats = dict(sheet_xml.BUILT_IN)
    fonts: list[tuple[bool, bool]] = []
    styles: list[tuple[int, int]] = []
    of_cells = False
    for number, body in _records(part):
        if number == _FORMAT:
            formats[int.from_bytes(body[:2], "little")] = _text(body, 2)[0]
        elif number == _FONT:
            fonts.append((int.from_bytes(body[4:6], "little") >= _BOLD, bool(body[2] & _STRIKE)))
        elif number in (_STYLES_BEGIN, _STYLES_END):
            of_cells = number == _STYLES_BEGIN
        elif number == _XF and of_cells:
            styles.append((int.from_bytes(body[2:4], "little"), int.from_bytes(body[4:6], "little")))
    known = [fonts[font] if font < len(fonts) else (False, False) for _, font in styles]
    bold, struck = zip(*known, strict=True) if known else ((), ())
    return Styles(tuple(formats.get(code, "General") for code, _ in styles), bold, struck)


def look(part: bytes, styles: Styles, watch: Callable[[Look], None]) -> Look:
    """Look at one sheet; `watch` is shown the look whenever the cells reach further, and may refuse."""
    gathering = Gathering(styles)
    merged: list[Range] = []
    hidden: set[int] = set()
    row, reached = -1, (0, 0)
    try:
        for number, body in _records(part):
            if number == _ROW:
                row = int.from_bytes(body[:4], "little")
                if body[11] & 0x10:
                    gathering.hidden_rows.add(row)
            elif number in _NUMBERS or number in _FAULTS or number in _OTHERS:
                column, style = struct.unpack_from("<II", body)
                style &= 0xFFFFFF
                if number in _NUMBERS:
                    gathering.number(row, column, style)
                elif number in _FAULTS:
                    gathering.error(row, column, ERRORS.get(body[8], "#N/A"), style)
                else:
                    gathering.other(row, column, style)
            elif number == _COLUMN:
                first, last, _, _, flags = struct.unpack_from("<IIIIH", body)
                if flags & 1:
                    hidden.update(range(first, min(last, 1024) + 1))
            elif number == _MERGED:
                top, bottom, left, right = struct.unpack_from("<IIII", body)
                merged.append(Range(top, left, bottom, right))
            if (gathering.seen.rows, gathering.seen.columns) != reached:
                reached = gathering.seen.rows, gathering.seen.columns
                watch(gathering.seen)
    except (struct.error, IndexError):
        gathering.seen.facts.looked = False
    found = gathering.done()
    found.facts.hidden_columns = frozenset(hidden)
    found.merged = tuple(merged)
    return found


def _records(part: bytes) -> Iterator[tuple[int, bytes]]:
    at, end = 0, len(part)
    while at < end:
        number = part[at]
        at += 1
        if number & 0x80 and at < end:
            number = (number & 0x7F) | (part[at] & 0x7F) << 7
            at += 1
        length = shift = 0
        while at < end and shift < 28:
            length |= (part[at] & 0x7F) << shift
            shift += 7
            at += 1
            if not part[at - 1] & 0x80:
                break
        yield number, part[at : at + length]
        at += length


def _text(body: bytes, at: int) -> tuple[str, int]:
    """A text with its length before it, and where it ends."""
    length = int.from_bytes(body[at : at + 4], "little")
    length = 0 if length == 0xFFFFFFFF else min(length, len(body))
    return body[at + 4 : at + 4 + length * 2].decode("utf-16-le", errors="replace"), at + 4 + length * 2
