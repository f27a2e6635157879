"""One sheet of an .xlsx or .xlsm, from its XML: what the fast reader loses, and how far cells reach.

The first rows are read cell by cell; beyond them only the marks of what may cost money are sought: errors,
formulas
without a result, hidden rows. So a sheet of a million rows costs about a second. Patterns are used rather
than
a strict parser, since real files exist that strict parsers refuse.
"""

import html
import re
from collections.abc import Iterable
from typing import Final

from budget_model.intake.files.colours import WHITE, Colour, colour_of_fill, colour_of_font
from budget_model.intake.files.grid import Range, column_name
from budget_model.intake.files.looking import (
    CELLS_LOOKED_AT,
    CELLS_OF_A_LARGE_SHEET,
    LARGE_PART,
    ROWS_LOOKED_AT,
    Gathering,
    Look,
    Styles,
)
from budget_model.intake.files.xml_attributes import attributes

_LONGEST_ROW: Final = 32 << 20


def _not_shown(told: dict[bytes, str], size: bytes) -> bool:
    """Whether a row or a column is hidden, or has no height or width left to be seen in."""
    return told.get(b"hidden") in ("1", "true") or (size in told and not told[size].strip("0."))


def position(reference: bytes) -> tuple[int, int]:
    """Row and column, counted from 0, of a cell reference.

    >>> position(b"A1"), position(b"$AB$12")
    ((0, 0), (11, 27))
    """
    column, row = 0, 0
    for code in reference:
        if 65 <= code <= 90:
            column = column * 26 + code - 64
        elif 97 <= code <= 122:
            column = column * 26 + code - 96
        elif 48 <= code <= 57:
            row = row * 10 + code - 48
    return row - 1, column - 1


class _Patterns:
    """The patterns for one sheet, whose tags may carry a prefix such as `x:`."""

    def __init__(self, prefix: bytes) -> None:
        tag = re.escape(prefix)
        self.row_end = b"</" + prefix + b"row>"
        self.value_end = b"</" + prefix + b"v>"
        self.inline_end = b"</" + prefix + b"is>"
        self.cell_start = b"<" + prefix + b"c "
        self.formula = b"<" + prefix + b"f"
        self.value_start = b"<" + prefix + b"v"
        self.inline_start = b"<" + prefix + b"is"
        self.token = re.compile(
            rb"<%(t)s(?:"
            rb'c r="([A-Z]+)(\d+)"(?: s="(\d+)")?(?: t="([a-zA-Z]+)")?><%(t)sv>([^<]+)</%(t)sv></%(t)sc>'
            rb"|(row)\b([^>]*)>|c\b([^>]*?)(?:/>|>(.*?)</%(t)sc>))" % {b"t": tag},
            re.DOTALL,
        )
        """A usual cell with a value in five groups; or a row's tag; or any other cell in two."""
        self.row = re.compile(rb"<%(t)srow\b([^>]*)>" % {b"t": tag})
        self.value = re.compile(rb"<%(t)sv\b[^>]*>([^<]*)</" % {b"t": tag})
        self.written = re.compile(rb"<%(t)sf\b([^>]*?)(?:/>|>([^<]*)</)" % {b"t": tag})
        self.calculated = re.compile(
            rb"<%(t)sc\b([^>]*)><%(t)sf\b([^>]*?)(?:/>|>([^<]*)</%(t)sf>)\s*(<%(t)sv\b[^>]*>[^<]|<%(t)sis\b)?"
            % {b"t": tag}
        )
        self.error = re.compile(
            rb"<%(t)sc\b([^>]*\bt=[\"']e[\"'][^>]*)>(?:(?!</%(t)sc>).)*?<%(t)sv>([^<]*)<" % {b"t": tag},
            re.DOTALL,
        )
        self.far = re.compile(
            rb"<%(t)sc\b[^>]*?\br=\"((?:[A-Z]{3}|S[S-Z]|[T-Z][A-Z])\d+)\"[^>]*?(?<!/)>\s*<%(t)s(?:v\b[^>]*>[^<]|is\b)"
            % {b"t": tag}
        )
        self.column = re.compile(rb"<%(t)scol\b[^>]*>" % {b"t": tag})
        self.merge = re.compile(rb"<%(t)smergeCell\b[^>]*>" % {b"t": tag})


_PLAIN: Final = _Patterns(b"")
_FAR: Final = re.compile(rb' r="(?:[A-Z]{3}|S[S-Z]|[T-Z][A-Z])')
"""A cell, or an empty cell with a format, beyond column SR, the 512th."""


def look(pieces: Iterable[bytes], styles: Styles, size: int = 0) -> Look:
    """Look at one sheet's XML as it is unpacked; nothing but the answer is kept. `size` is that of the XML."""
    return _Looker(styles, CELLS_OF_A_LARGE_SHEET if size >= LARGE_PART else CELLS_LOOKED_AT).over(pieces)


class _Looker(Gathering):
    def __init__(self, styles: Styles, most: int) -> None:
        super().__init__(styles)
        self.most = most
        self.patterns = _PLAIN
        self.row = -1
        self.cells = 0
        self.columns: dict[bytes, int] = {}
        self.shared: dict[bytes, tuple[str, int, int]] = {}

    def over(self, pieces: Iterable[bytes]) -> Look:
        kept, first = b"", True
        for piece in pieces:
            block = kept + piece
            if first:
                self._head(block)
                first = False
            cut = block.rfind(self.patterns.row_end)
            if cut < 0 and len(block) < _LONGEST_ROW:
                kept = block
                continue
            cut = cut + len(self.patterns.row_end) if cut >= 0 else len(block)
            kept = block[cut:]
            self._block(block[:cut])
        self._block(kept)
        self._tail(kept)
        return self.done()

    def _head(self, start: bytes) -> None:
        root = re.search(rb"<(?:(\w+):)?worksheet\b", start[:4096])
        if root and root[1]:
            self.patterns = _Patterns(root[1] + b":")
        body = start.find(b"sheetData")
        head = start[: body if body >= 0 else len(start)]
        hidden: set[int] = set()
        for column in self.patterns.column.finditer(head):
            told = attributes(column[0])
            if _not_shown(told, b"width"):
                low, high = _number(told.get(b"min")), _number(told.get(b"max"))
                hidden.update(range(max(low, 1) - 1, min(high, 1024)))
        self.seen.facts.hidden_columns = frozenset(hidden)

    def _tail(self, end: bytes) -> None:
        ranges = (_range(attributes(one[0]).get(b"ref", "")) for one in self.patterns.merge.finditer(end))
        self.seen.merged = tuple(one for one in ranges if one is not None)

    def _block(self, block: bytes) -> None:
        if not block:
            return
        if _FAR.search(block):
            for far in self.patterns.far.finditer(block):
                self.reach(*position(far[1]))
        if self.row < ROWS_LOOKED_AT and self.cells < self.most:
            self._slowly(block)
        else:
            self._quickly(block)

    # Cell by cell

    def _slowly(self, block: bytes) -> None:
        column, columns = -1, self.columns
        tokens = self.patterns.token.findall(block)
        for letters, digits, style, kind, value, is_row, row_tag, tag, inside in tokens:
            if letters:
                if letters not in columns:
                    columns[letters] = position(letters)[1]
                column, self.row = columns[letters], int(digits) - 1
                self._filled(self.row, column, int(style or 0), kind, value)
            elif is_row:
                self._row_begins(row_tag)
                column = -1
            else:
                column, number, about = self._unusual(tag, column)
                if inside:
                    self._cell(self.row, column, number, about, inside)
        self.cells += len(tokens)

    def _unusual(self, tag: bytes, column: int) -> tuple[int, int, bytes]:
        """Column, style and type of a cell whose attributes come in another order, or are left out."""
        told = attributes(tag)
        if b"r" in told:
            self.row, column = position(told[b"r"].encode())
        else:
            column += 1
        return column, _number(told.get(b"s")), told.get(b"t", "").encode()

    def _row_begins(self, tag: bytes) -> None:
        told = attributes(tag)
        self.row = _number(told.get(b"r")) - 1 if b"r" in told else self.row + 1
        if _not_shown(told, b"ht"):
            self.hidden_rows.add(self.row)

    def _cell(self, row: int, column: int, style: int, kind: bytes, inside: bytes) -> None:
        start = inside.find(self.patterns.value_start)
        value = self.patterns.value.search(inside, start) if start >= 0 else None
        shown = value[1] if value else b""
        filled = bool(shown) or self.patterns.inline_start in inside
        if self.patterns.formula in inside:
            self._formula_cell(row, column, kind, inside, filled=filled)
        if filled:
            self._filled(row, column, style, kind, shown)

    def _filled(self, row: int, column: int, style: int, kind: bytes, shown: bytes) -> None:
        if not kind or kind == b"n":
            self.number(row, column, style)
        elif kind == b"e":
            self.error(row, column, shown.decode("utf-8", errors="replace").strip(), style)
        else:
            self.other(row, column, style)

    def _formula_cell(self, row: int, column: int, kind: bytes, inside: bytes, *, filled: bool) -> None:
        written = self.patterns.written.search(inside)
        if not written:
            return
        text = self._formula(row, column, written)
        self.seen.facts.formulas[row, column] = text
        if not filled and kind != b"str":
            self.seen.facts.uncalculated[row, column] = text

    def _formula(self, row: int, column: int, written: "re.Match[bytes]") -> str:
        """The formula's text; one shared with another cell is moved to where it stands."""
        told = attributes(written[1])
        text = html.unescape((written[2] or b"").decode("utf-8", errors="replace")).strip()
        index = told.get(b"si", "").encode()
        if told.get(b"t") == "shared":
            if text:
                self.shared[index] = (text, row, column)
            elif index in self.shared:
                first, first_row, first_column = self.shared[index]
                text = moved(first, row - first_row, column - first_column)
        return f"={text}" if text else "="

    # By marks

    def _quickly(self, block: bytes) -> None:
        facts, patterns = self.seen.facts, self.patterns
        if b"hidden=" in block or b' ht="0' in block:
            for row in patterns.row.finditer(block):
                if b"hidden=" in row[1] or b' ht="0' in row[1]:
                    told = attributes(row[1])
                    if _not_shown(told, b"ht"):
                        self.hidden_rows.add(_number(told.get(b"r")) - 1)
        if patterns.formula in block:
            for cell in patterns.calculated.finditer(block):
                told = attributes(cell[1])
                if not cell[4] and told.get(b"t") != "str":
                    facts.uncalculated[position(told.get(b"r", "").encode())] = (
                        f"={(cell[3] or b'').decode(errors='replace')}"
                    )
        others = block.count(b'" t="')
        values = block.count(patterns.value_end)
        self.seen.filled += values
        if patterns.cell_start + b't="' in block:
            others += block.count(patterns.cell_start + b't="')
        if others != block.count(b'" t="s"'):
            # other kinds than shared texts: errors, texts written in place, numbers that say so
            others -= self._rarely(block)
        self.seen.numbers += max(0, values - others)
        self._last_of(block)

    def _rarely(self, block: bytes) -> int:
        """Take errors and texts in place; how many cells with a type hold a number all the same."""
        facts, patterns = self.seen.facts, self.patterns
        if b't="e"' in block:
            for error in patterns.error.finditer(block):
                place = position(attributes(error[1]).get(b"r", "").encode())
                facts.error_cells[place] = error[2].decode("utf-8", errors="replace")
                self.seen.filled -= 1
        if patterns.inline_end in block:
            self.seen.filled += block.count(patterns.inline_end)
        return block.count(b' t="n"')

    def _last_of(self, block: bytes) -> None:
        end = max(block.rfind(self.patterns.value_end), block.rfind(self.patterns.inline_end))
        start = block.rfind(self.patterns.cell_start, 0, max(end, 0))
        if start >= 0:
            told = attributes(block[start : block.find(b">", start)])
            if b"r" in told:
                self.reach(*position(told[b"r"].encode()))


_REFERENCE: Final = re.compile(r"(?<![A-Za-z0-9_.!'])(\$?)([A-Z]{1,3})(\$?)(\d{1,7})(?![A-Za-z0-9_(.!])")


def moved(formula: str, down: int, right: int) -> str:
    """Move a formula's relative references, as copying its cell would.

    >>> moved("SUM(B2:B9)-$A$1", 0, 2)
    'SUM(D2:D9)-$A$1'
    """

    def move(match: "re.Match[str]") -> str:
        fixed_column, letters, fixed_row, digits = match.groups()
        row, column = position(f"{letters}{digits}".encode())
        column += 0 if fixed_column else right
        row += 0 if fixed_row else down
        if row < 0 or column < 0:
            return "#REF!"
        return f"{fixed_column}{column_name(column)}{fixed_row}{row + 1}"

    return _REFERENCE.sub(move, formula)


def _range(reference: str) -> Range | None:
    match = re.fullmatch(r"\$?[A-Za-z]{1,3}\$?\d{1,8}(?::\$?[A-Za-z]{1,3}\$?\d{1,8})?", reference)
    if not match:
        return None
    first, _, last = reference.partition(":")
    top, left = position(first.encode())
    bottom, right = position((last or first).encode())
    return Range(top, left, bottom, right)


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else 0


# Styles, comments and the list of sheets

BUILT_IN: Final = {
    0: "General",
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "dd/mm/yyyy",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "dd/mm/yyyy h:mm",
    37: "#,##0;(#,##0)",
    38: "#,##0;[Red](#,##0)",
    39: "#,##0.00;(#,##0.00)",
    40: "#,##0.00;[Red](#,##0.00)",
    41: "_-* #,##0_-",
    42: "_-£* #,##0_-",
    43: "_-* #,##0.00_-",
    44: "_-£* #,##0.00_-",
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
    48: "##0.0E+0",
    49: "@",
}
"""The number formats that a workbook names by number only, as a British Excel shows them."""


def read_styles(xml: bytes) -> Styles:
    """Read what each style number means for a cell: its number format, and whether it is bold."""
    formats = dict(BUILT_IN)
    for tag in re.finditer(rb"<(?:\w+:)?numFmt\b[^>]*>", xml):
        told = attributes(tag[0])
        formats[_number(told.get(b"numFmtId"))] = told.get(b"formatCode", "General")
    fonts = re.search(rb"<(?:\w+:)?fonts\b.*?</(?:\w+:)?fonts>", xml, re.DOTALL)
    every = re.findall(
        rb"<(?:\w+:)?font(?:\s*/>|>.*?</(?:\w+:)?font>)", fonts[0] if fonts else b"", re.DOTALL
    )
    bold, struck = ([_marked(font, name) for font in every] for name in (b"b", b"strike"))
    written = [colour_of_font(font) for font in every]
    below = [colour_of_fill(fill) for fill in _fills(xml)]
    cells = re.search(rb"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", xml, re.DOTALL)
    every_style = list(_STYLE.finditer(cells[0] if cells else b""))
    styles = [attributes(style[1]) for style in every_style]
    return Styles(
        tuple(formats.get(_number(style.get(b"numFmtId")), "General") for style in styles),
        tuple(_at(bold, _number(style.get(b"fontId"))) for style in styles),
        tuple(_at(struck, _number(style.get(b"fontId"))) for style in styles),
        tuple(_indent(style[2] or b"") for style in every_style),
        tuple(
            _blended(written, below, _number(style.get(b"fontId")), _number(style.get(b"fillId")))
            for style in styles
        ),
    )


def _fills(xml: bytes) -> list[bytes]:
    fills = re.search(rb"<(?:\w+:)?fills\b.*?</(?:\w+:)?fills>", xml, re.DOTALL)
    return re.findall(rb"<(?:\w+:)?fill(?:\s*/>|>.*?</(?:\w+:)?fill>)", fills[0] if fills else b"", re.DOTALL)


def _blended(written: list[Colour], below: list[Colour | None], font: int, fill: int) -> bool:
    """Whether a font writes in the colour of a fill; without a fill a sheet is white."""
    if font >= len(written):
        return False
    return written[font] == (below[fill] if fill < len(below) else WHITE)


_STYLE = re.compile(rb"(<(?:\w+:)?xf\b[^>]*?)(?:/>|>(.*?)</(?:\w+:)?xf>)", re.DOTALL)
_INDENT = re.compile(rb"<(?:\w+:)?alignment\b[^>]*\bindent=\"(\d{1,3})\"")


def _indent(inside: bytes) -> int:
    """By how many steps a style sets text in."""
    match = _INDENT.search(inside)
    return int(match[1]) if match else 0


def _marked(font: bytes, name: bytes) -> bool:
    """Whether a font has a mark, such as <b/>, that is not switched off."""
    marks = re.findall(rb"<(?:\w+:)?" + name + rb"\b[^>]*>", font)
    return any(b'"0"' not in mark and b'"false"' not in mark for mark in marks)


def _at(flags: list[bool], index: int) -> bool:
    return index < len(flags) and flags[index]


def read_comments(xml: bytes, most: int = 2_000) -> dict[tuple[int, int], str]:
    """Read the comments of one sheet: cell → text."""
    found: dict[tuple[int, int], str] = {}
    for comment in re.finditer(rb"<(?:\w+:)?comment\b([^>]*)>(.*?)</(?:\w+:)?comment>", xml, re.DOTALL):
        words = re.findall(rb"<(?:\w+:)?t\b[^>]*>([^<]*)</", comment[2])
        text = html.unescape(b"".join(words).decode("utf-8", errors="replace")).strip()
        found[position(attributes(comment[1]).get(b"ref", "").encode())] = text
        if len(found) == most:
            break
    return found
