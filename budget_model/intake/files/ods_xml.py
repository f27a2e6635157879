"""A second look at .ods workbooks: errors, formulas never worked out, hidden rows and merged cells.

Read from the XML of the cells piece by piece; number formats and bold text stand elsewhere in such a file and
are not
looked up.
"""

import html
import re
from collections.abc import Iterable
from typing import Final

from budget_model.intake.files.grid import Range
from budget_model.intake.files.looking import Gathering, Look, Styles
from budget_model.intake.files.xml_attributes import attributes

_TOKEN: Final = re.compile(
    rb"<table:table-cell\b([^>]*?)(?:/>|>(.*?)</table:table-cell>)"
    rb"|<table:(covered-table-cell|table-row|table-column|table)\b([^>]*)>|</table:(table-row|table)>",
    re.DOTALL,
)
_NOTE: Final = re.compile(rb"<office:annotation\b.*?</office:annotation>", re.DOTALL)
_PARAGRAPH: Final = re.compile(rb"<text:p\b[^>]*>(.*?)</text:p>", re.DOTALL)
_ERROR: Final = re.compile(r"#(?:N/A|DIV/0!|REF!|NAME\?|VALUE!|NUM!|NULL!)|Err:5\d\d")
_STRUCK_MARK: Final = b"text-line-through-style="
_STRUCK: Final = re.compile(
    rb"<style:style\b[^>]*?style:name=\"([^\"]+)\"(?:(?!</style:style>).)*?text-line-through-style=\"(?!none)[^\"]+\"",
    re.DOTALL,
)
_STYLE: Final = re.compile(
    rb"<style:style\b[^>]*?style:name=\"([^\"]+)\"(?:[^>]*/>|[^>]*>(.*?)</style:style>)", re.DOTALL
)
_WRITTEN: Final = re.compile(rb"fo:color=\"#(\w{6})\"", re.IGNORECASE)
_BELOW: Final = re.compile(rb"fo:background-color=\"(?:#(\w{6})|transparent)\"", re.IGNORECASE)
_HIDDEN: Final = ("collapse", "filter")
_FURTHEST: Final = 1 << 20


def look(pieces: Iterable[bytes]) -> dict[str, Look]:
    """Look at the tables of an OpenDocument spreadsheet: name → look."""
    looker = _Looker()
    kept = b""
    for piece in pieces:
        block = kept + piece
        cut = max(block.rfind(b"</table:table-row>"), block.rfind(b"</table:table>"))
        cut = cut if cut >= 0 or len(block) < 32 << 20 else len(block)
        if cut > 0:
            looker.take(block[:cut])
            block = block[cut:]
        kept = block
    looker.take(kept)
    looker.end_table()
    return looker.found


class _Looker:
    def __init__(self) -> None:
        self.found: dict[str, Look] = {}
        self.name: str | None = None
        self.gathering = Gathering(Styles())
        self.row = self.column = self.table_columns = 0
        self.rows_alike = 1
        self.hidden_columns: set[int] = set()
        self.merged: list[Range] = []
        self.struck: set[str] = set()
        self.blended: set[str] = set()

    def take(self, block: bytes) -> None:
        if _STRUCK_MARK in block:
            self.struck.update(name.decode("utf-8", errors="replace") for name in _STRUCK.findall(block))
        if b"fo:color=" in block:
            self.blended.update(_blended_styles(block))
        for token in _TOKEN.finditer(block):
            tag, inside, opened, told, closed = token.groups()
            if closed == b"table-row":
                self.row += self.rows_alike
            elif closed == b"table":
                self.end_table()
            elif tag is not None:
                self._cell(attributes(tag), inside or b"")
            elif opened == b"covered-table-cell":
                self.column += _count(attributes(told), b"table:number-columns-repeated")
            elif opened == b"table-row":
                self._row_begins(attributes(told), told.endswith(b"/"))
            elif opened == b"table-column":
                self._column(attributes(told))
            else:
                self._table_begins(attributes(told))

    def _table_begins(self, told: dict[bytes, str]) -> None:
        self.end_table()
        self.name = told.get(b"table:name", "")
        self.gathering = Gathering(Styles())
        self.row = self.table_columns = 0
        self.hidden_columns, self.merged = set(), []

    def end_table(self) -> None:
        if self.name is not None:
            look = self.gathering.done()
            look.facts.hidden_columns = frozenset(self.hidden_columns)
            look.merged = tuple(self.merged)
            self.found[self.name] = look
        self.name = None

    def _row_begins(self, told: dict[bytes, str], empty: bool) -> None:
        self.column = 0
        self.rows_alike = _count(told, b"table:number-rows-repeated")
        if told.get(b"table:visibility") in _HIDDEN and self.rows_alike < 10_000:
            self.gathering.hidden_rows.update(range(self.row, self.row + self.rows_alike))
        if empty:
            self.row += self.rows_alike

    def _column(self, told: dict[bytes, str]) -> None:
        alike = _count(told, b"table:number-columns-repeated")
        if told.get(b"table:visibility") in _HIDDEN and self.table_columns < 1024:
            self.hidden_columns.update(range(self.table_columns, min(self.table_columns + alike, 1024)))
        self.table_columns += alike

    def _cell(self, told: dict[bytes, str], inside: bytes) -> None:
        alike = _count(told, b"table:number-columns-repeated")
        row, column, facts = self.row, self.column, self.gathering.seen.facts
        self.column += alike
        kind = told.get(b"office:value-type") or told.get(b"calcext:value-type")
        formula = told.get(b"table:formula")
        down, right = (
            _count(told, b"table:number-rows-spanned"),
            _count(told, b"table:number-columns-spanned"),
        )
        if down > 1 or right > 1:
            self.merged.append(Range(row, column, row + down - 1, column + right - 1))
        if b"<office:annotation" in inside:
            notes = b" ".join(_NOTE.findall(inside))
            facts.comments[row, column] = _words(notes)
            inside = _NOTE.sub(b"", inside)
        if formula is not None:
            facts.formulas[row, column] = "=" + formula.removeprefix("of:").removeprefix("=")
        if told.get(b"table:style-name", "") in self.struck and self.struck:
            self.gathering.strike(row, column)
        if self.blended and told.get(b"table:style-name", "") in self.blended and kind is not None:
            self.gathering.blend(row, column)
        again = min(alike * self.rows_alike, _FURTHEST) - 1
        if kind is None:
            if formula is not None and not inside:
                facts.uncalculated[row, column] = facts.formulas[row, column]
            return
        shown = _words(inside) if formula is not None or kind == "string" else ""
        if told.get(b"calcext:value-type") == "error" or (formula is not None and _ERROR.fullmatch(shown)):
            self.gathering.error(row, column, shown or "#VALUE!")
        elif kind in ("float", "currency", "percentage", "date", "time"):
            self.gathering.number(row, column)
            self.gathering.seen.numbers += again
            self.gathering.seen.filled += again
        else:
            self.gathering.other(row, column)
        self.gathering.reach(row + self.rows_alike - 1, column + alike - 1)


def _count(told: dict[bytes, str], name: bytes) -> int:
    text = told.get(name, "1")
    return max(1, min(int(text), _FURTHEST)) if text.isascii() and text.isdigit() and len(text) < 12 else 1


def _words(inside: bytes) -> str:
    texts = (re.sub(rb"<[^>]*>", b"", one) for one in _PARAGRAPH.findall(inside))
    return html.unescape(b"\n".join(texts).decode("utf-8", errors="replace")).strip()


def _blended_styles(block: bytes) -> Iterable[str]:
    """The styles that write in the colour of what they stand on; without one a sheet is white."""
    for name, inside in _STYLE.findall(block):
        written, below = _WRITTEN.search(inside), _BELOW.search(inside)
        paper = (below[1] if below else None) or b"ffffff"
        if written and written[1].lower() == paper.lower():
            yield name.decode("utf-8", errors="replace")
