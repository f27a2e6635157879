"""What kind of thing stands in each cell of a sheet, and its number if it is one.

Each column is typed once, into arrays, so that a sheet of a million rows is looked at as fast as one of
ten. A number typed as text is a number here; a code with a leading zero stays text.
"""

import itertools
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import IntEnum
from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from budget_model.intake.files.amounts import (
    AmountText,
    Style,
    begins_as_words,
    currencies,
    is_code,
    parts_thousands_by_dots,
    read_text,
    style_of,
)
from budget_model.intake.files.grid import CellValue, Sheet
from budget_model.intake.files.language import ENGLISH, language_of, writes_a_comma
from budget_model.intake.files.marks import Missing, any_word, in_place, speaks_of_another_place
from budget_model.intake.files.reading_limits import count, limit

FEW_TEXTS: Final = limit("cells", "few_texts")

Value = TypeVar("Value")
Kinds = NDArray[np.uint8]
Numbers = NDArray[np.float64]
Mask = NDArray[np.bool_]


Distinct = tuple[list[CellValue], NDArray[np.int32]]
"""The different values of a column, and for each row which of them stands there."""


class CellKind(IntEnum):
    """What a cell holds."""

    EMPTY = 0
    TEXT = 1
    NUMBER = 2
    DATE = 3
    MISSING = 4
    """A mark in place of a figure: n/a, …, [x], an error."""
    PERCENT = 5


_OF_TYPE = {
    type(None): CellKind.EMPTY,
    str: CellKind.TEXT,
    int: CellKind.NUMBER,
    float: CellKind.NUMBER,
    bool: CellKind.TEXT,
    date: CellKind.DATE,
    datetime: CellKind.DATE,
    time: CellKind.DATE,
    timedelta: CellKind.DATE,
}
_DATE = re.compile(
    r"\d{1,2}[/.\-]\d{1,2}[/.\-](?:19|20)?\d{2}(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?|(?:19|20)\d{2}[/\-]\d{1,2}[/\-]\d{1,2}(?:[T ].*)?"
    r"|\d{1,2}[-\s](?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[-\s,]*(?:\d{2}|\d{4})"
    r"|\d{1,2}:\d{2}:\d{2}",
    re.IGNORECASE,
)
MOST_OUTLINED: Final = count("cells", "most_outlined")
_PLAIN = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:\.\d{1,2})?")
"""Figures that mean the same in every style, read without more ado."""
_BEGINS_PLAINLY = frozenset("-0123456789")
_MIGHT_BE_NUMBER = frozenset("0123456789(£€$+-–−△▲.,#*n[…xt:kuN[XTUKGEMgem")
_YEAR_AND_PERCENT = re.compile(r"(?:19|20)\d{2}\s*%")


@dataclass(slots=True)
class Cells:
    """One sheet, typed: `kinds[i, j]` and `numbers[i, j]` belong to `sheet.rows[i][j]`."""

    sheet: Sheet
    kinds: Kinds
    numbers: Numbers
    style: Style = Style.ENGLISH
    style_sure: bool = True
    leaning: Style | None = None
    """The style in which the sheet's language writes amounts."""
    notes: dict[tuple[int, int], str] = field(default_factory=dict)
    """The marks beside amounts: '*', 'r', 'c.'."""
    _distinct: dict[int, Distinct] = field(default_factory=dict)
    _coded: dict[int, "Coded"] = field(default_factory=dict)
    _few_texts: dict[int, list[int]] = field(default_factory=dict)
    """The rows with a text of each column that holds few or none."""

    @property
    def height(self) -> int:
        """How many rows the sheet has."""
        return int(self.kinds.shape[0])

    @property
    def width(self) -> int:
        """How many columns the sheet has."""
        return int(self.kinds.shape[1])

    def value(self, row: int, column: int) -> CellValue:
        """What the file holds in one cell."""
        cells = self.sheet.rows[row]
        return cells[column] if column < len(cells) else None

    def text(self, row: int, column: int) -> str:
        """One cell as a person reads it, on one line; an empty cell is ''."""
        return shown(self.value(row, column))

    def first_text(self, row: int, left: int, right: int) -> str:
        """The first text of a row from one column to another, both included; '' where all are empty."""
        return next((text for j in range(left, right + 1) if (text := self.text(row, j))), "")

    def coded(self, column: int) -> "Coded":
        """A whole column as its distinct texts and, for each row, which of them stands there."""
        if column not in self._coded:
            values, places = self._distinct.get(column) or _distinct(
                [row[column] if column < len(row) else None for row in self.sheet.rows]
            )
            texts: defaultdict[str, int] = _numbered()
            place = np.fromiter(map(texts.__getitem__, ("", *map(shown, values))), np.int32, len(values) + 1)
            self._coded[column] = Coded(place[1:][places], tuple(texts))
        return self._coded[column]

    def holds_texts(self, column: int, rows: range) -> bool:
        """Whether a cell of a column holds a text on one of some rows."""
        if column in self._distinct:
            values, codes = self._distinct[column]
            return any(type(values[code]) is str for code in present(codes[rows.start : rows.stop]).tolist())
        if column in self._few_texts:
            return any(row in rows for row in self._few_texts[column])
        every = self.sheet.rows[rows.start : rows.stop]
        return any(type(row[column]) is str for row in every if column < len(row))

    def variety(self, column: int, rows: range) -> int:
        """How many different values stand on some rows of a column, blanks among them."""
        if column in self._distinct:
            return len(present(self._distinct[column][1][rows.start : rows.stop]))
        return len(present(self.coded(column).codes[rows.start : rows.stop]))

    def forget(self) -> None:
        """Drop what was remembered of the texts, after a row was put straight."""
        self._coded.clear()
        self._distinct.clear()
        self._few_texts.clear()

    def is_number(self) -> Mask:
        """Where a figure stands, percentages too."""
        return np.asarray((self.kinds == CellKind.NUMBER) | (self.kinds == CellKind.PERCENT))


@dataclass(frozen=True, slots=True)
class Coded:
    """A column's texts, each once; `texts[codes[i]]` is what stands on row i, and code 0 is ''."""

    codes: NDArray[np.int32]
    texts: tuple[str, ...]

    def over(self, rows: NDArray[np.integer] | range) -> list[str]:
        """The texts on some rows."""
        return [self.texts[code] for code in self.codes[np.asarray(rows)].tolist()]


def present(codes: NDArray[np.int32]) -> NDArray[np.intp]:
    """The different codes among some, in order; much faster than sorting them.

    >>> present(np.array([3, 0, 3], np.int32)).tolist()
    [0, 3]
    """
    return np.flatnonzero(np.bincount(codes)) if len(codes) else np.zeros(0, np.intp)


def shown(value: CellValue) -> str:
    r"""A cell as a person reads it, spaces and line breaks gathered into one space.

    >>> shown(2016.0), shown("Housing\n  benefit "), shown(None)
    ('2016', 'Housing benefit', '')
    """
    if value is None:
        return ""
    if isinstance(value, str):
        if value.isalnum() or (value.isprintable() and "  " not in value and value.strip() is value):
            return value
        return " ".join(value.split())
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time(0) else value.isoformat(" ")
    return str(value)


TURNED: Final = count("cells", "turned")


ROWS_OF_WORDS: Final = count("cells", "rows_of_words")


def texts_at_the_top(sheet: Sheet) -> list[str]:
    """The texts of a sheet's first rows."""
    return [cell for row in sheet.rows[:ROWS_OF_WORDS] for cell in row if type(cell) is str]


def _leaning(sheet: Sheet) -> Style | None:
    """The style in which a sheet's language writes amounts, or that of the currency it names; None if unknown."""
    texts = texts_at_the_top(sheet)
    language = language_of(texts)
    pounds = any("£" in text for text in texts)
    if not pounds and any(map(parts_thousands_by_dots, texts)):
        return Style.CONTINENTAL
    european = any(_EUROPEAN.search(text) for text in texts)
    if pounds or (language == ENGLISH and not european):
        return Style.ENGLISH
    if language == ENGLISH:
        return None  # euros in English are written in both ways
    return Style.CONTINENTAL if writes_a_comma(language) or european else None


_EUROPEAN = re.compile(r"€|\bEUR\b|R\$|zł|Kč|\bkr\b|\blei\b")


def typed(sheet: Sheet, stated: Style | None = None) -> Cells:
    """Type every cell of a sheet; `stated` is the style of its figures where the officer has said it."""
    rows = sheet.rows
    width = max(map(len, rows), default=0)
    even = set(map(len, rows)) == {width}
    turned = list(zip(*rows, strict=True)) if even and len(rows) <= TURNED else None
    kinds = np.zeros((len(rows), width), np.uint8)
    numbers = np.full((len(rows), width), np.nan)
    distinct: dict[int, Distinct] = {}
    few: list[tuple[int, int, str]] = []
    few_texts: dict[int, list[int]] = {}
    for j in range(width):
        column: Sequence[CellValue]
        if turned is not None:
            column = turned[j]
        elif even:
            column = [row[j] for row in rows]
        else:
            column = [row[j] if j < len(row) else None for row in rows]
        found = set(map(type, column))
        of_type = list(map(type, column)) if len(found) > 1 else []
        if (
            str in found
            and bool not in found
            and (not of_type or of_type.count(str) > FEW_TEXTS * len(column))
        ):
            distinct[j] = _distinct(column)
            continue
        kinds[:, j] = _codes(of_type) if of_type else _OF_TYPE.get(next(iter(found)), CellKind.TEXT)
        figures = kinds[:, j] == CellKind.NUMBER
        numbers[figures, j] = np.fromiter(itertools.compress(column, figures.tobytes()), np.float64)
        texts = np.flatnonzero(kinds[:, j] == CellKind.TEXT).tolist()
        few.extend((i, j, str(column[i])) for i in texts)
        few_texts[j] = [i for i in texts if type(column[i]) is str]
    leaning = _leaning(sheet)
    style, sure, notes = _type_texts(kinds, numbers, distinct, few, leaning, stated)
    # A figure too large or not finite is no amount, whatever its type says.
    odd = (kinds == CellKind.NUMBER) & ~np.isfinite(numbers)
    kinds[odd] = CellKind.MISSING
    cells = Cells(sheet, kinds, numbers, style, sure, leaning, notes, distinct, _few_texts=few_texts)
    _apply_facts(cells)
    return cells


def _codes(of_type: Sequence[type]) -> Kinds:
    kinds = {one: _OF_TYPE.get(one, CellKind.TEXT) for one in set(of_type)}
    if len(kinds) == 1:
        return np.full(len(of_type), next(iter(kinds.values())), np.uint8)
    return np.fromiter(map(kinds.__getitem__, of_type), np.uint8, len(of_type))


def _distinct(column: Sequence[CellValue]) -> Distinct:
    """The different values of a column, and which of them stands on each row."""
    places: defaultdict[CellValue, int] = _numbered()
    codes = np.fromiter(map(places.__getitem__, column), np.int32, len(column))
    return list(places), codes


def _numbered() -> "defaultdict[Value, int]":
    """A table that gives each different value the next number from 0 when it is first looked up."""
    return defaultdict(itertools.count().__next__)


@dataclass(frozen=True, slots=True)
class _Typed:
    """What one distinct text is: its kind, its number, the mark beside it, and whether that is sure anywhere."""

    kind: int
    number: float = np.nan
    note: str = ""
    firm: bool = True
    why: Missing | None = None


_TEXT = _Typed(CellKind.TEXT)


def _type_texts(
    kinds: Kinds,
    numbers: Numbers,
    distinct: dict[int, Distinct],
    few: Sequence[tuple[int, int, str]],
    leaning: Style | None,
    stated: Style | None,
) -> tuple[Style, bool, dict[tuple[int, int], str]]:
    """Find numbers, dates and marks among texts; each distinct text is read once."""
    plain: list[str] = []
    unread: dict[str, _Typed] = {}
    waiting: dict[int, list[int]] = {}
    for j, (values, codes) in distinct.items():
        kind_of: list[int] = [CellKind.TEXT] * len(values)
        number_of = [np.nan] * len(values)
        waiting[j] = []
        for k, value in enumerate(values):
            if type(value) is not str:
                kind_of[k], number_of[k] = _kind_of_other(value)
            elif value[:1] in _BEGINS_PLAINLY and _PLAIN.fullmatch(value):
                kind_of[k], number_of[k] = CellKind.NUMBER, float(value)
                if len(plain) < STYLES_SEEN and "." in value:
                    plain.append(value)
            elif _likely(value):
                unread[value] = _TEXT
                waiting[j].append(k)
        kinds[:, j] = np.array(kind_of, np.uint8)[codes]
        numbers[:, j] = np.array(number_of)[codes]
    unread.update((text, _TEXT) for _, _, text in few if _likely(text))
    telling = [text for text in unread if not _ONE_THOUSAND.fullmatch(text)]
    seen = [*plain, *telling[:: max(1, len(telling) // STYLES_SEEN)]]
    style, sure = (stated, True) if stated is not None else style_of(seen, leaning)
    for text in unread:
        unread[text] = _kind_of(text, style)
    if any(map(_has_its_currency, unread, unread.values())):
        unread |= {text: _kind_of(text, style, among_others=True) for text in unread if _may_head(text)}
    notes: dict[tuple[int, int], str] = {}
    for j, (values, codes) in distinct.items():
        if waiting[j]:
            read = [unread[str(values[k])] for k in waiting[j]]
            if _number_an_outline(values, waiting[j], read):
                read = [_TEXT if typed.kind == CellKind.DATE else typed for typed in read]
            _take(kinds, numbers, notes, j, codes, waiting[j], read)
    for j in {j for _, j, _ in few}:
        told = [(i, unread.get(text, _TEXT)) for i, column, text in few if column == j]
        _write(kinds, numbers, notes, j, told)
    return style, sure, notes


def _number_an_outline(values: Sequence[CellValue], which: list[int], read: list[_Typed]) -> bool:
    """Whether what looks like dates are codes of a list with levels: '01.01.03' below '01.01'."""
    dated = [str(values[k]) for k, typed in zip(which, read, strict=True) if typed.kind == CellKind.DATE]
    if not dated or len(dated) > MOST_OUTLINED:
        return False
    known = {value for value in values if type(value) is str}
    return all(text.rpartition(".")[0] in known for text in dated)


def _take(
    kinds: Kinds,
    numbers: Numbers,
    notes: dict[tuple[int, int], str],
    j: int,
    codes: NDArray[np.int32],
    which: list[int],
    read: list[_Typed],
) -> None:
    """Write what some distinct texts of a column were read as wherever they stand."""
    place = np.full(int(codes.max(initial=0)) + 1, -1, np.int32)
    place[which] = np.arange(len(which), dtype=np.int32)
    rows = np.flatnonzero(place[codes] >= 0)
    at = place[codes[rows]]
    plain = np.array([told.firm and not told.note for told in read], bool)[at]
    kinds[rows[plain], j] = np.array([told.kind for told in read], np.uint8)[at[plain]]
    numbers[rows[plain], j] = np.array([told.number for told in read])[at[plain]]
    others = zip(rows[~plain].tolist(), at[~plain].tolist(), strict=True)
    _write(kinds, numbers, notes, j, [(row, read[k]) for row, k in others])


def _write(
    kinds: Kinds,
    numbers: Numbers,
    notes: dict[tuple[int, int], str],
    j: int,
    told: Sequence[tuple[int, _Typed]],
) -> None:
    """Write what some cells of one column were read as; what is doubtful only where the column bears it out."""
    for row, cell in told:
        if cell.firm:
            kinds[row, j], numbers[row, j] = cell.kind, cell.number
            if cell.note:
                notes[row, j] = cell.note
    doubtful = [(row, cell) for row, cell in told if not cell.firm]
    if not doubtful or not _among_figures(kinds[:, j], len(doubtful)):
        return
    first = int(np.flatnonzero((kinds[:, j] == CellKind.NUMBER) | (kinds[:, j] == CellKind.PERCENT))[0])
    below = {cell for row, cell in doubtful if row > first}
    for row, cell in doubtful:
        if (
            row > first
            or cell in below
            or (cell.why in _NO_HEADERS and (kinds[:row, j] == CellKind.TEXT).any())
        ):
            kinds[row, j], numbers[row, j] = cell.kind, cell.number
            if cell.note:
                notes[row, j] = cell.note


_NO_HEADERS = frozenset({Missing.ELSEWHERE, Missing.RANGE, Missing.NOT_GIVEN})
"""What may stand in place of the first amount of a column; other such words there may be its header."""
MOST_DOUBTFUL: Final = count("cells", "most_doubtful")


def _among_figures(kinds: Kinds, doubtful: int) -> bool:
    """Whether a column holds figures enough for its doubtful texts to be marks and not words or codes."""
    figures = int((kinds == CellKind.NUMBER).sum()) + int((kinds == CellKind.PERCENT).sum())
    words = int((kinds == CellKind.TEXT).sum()) - doubtful
    return figures > 0 and figures * 2 >= words and figures * MOST_DOUBTFUL >= doubtful


STYLES_SEEN: Final = count("cells", "styles_seen")


LONGEST: Final = count("cells", "longest")
_HAS_DIGIT = re.compile(r"\d")


def _likely(text: str) -> bool:
    """Whether a text may be a figure, a date or a mark in place of one."""
    if begins_as_words(text):
        return False
    text = text.strip() if len(text) > LONGEST else text
    if len(text) > LONGEST:
        return False
    if text[:1] in _MIGHT_BE_NUMBER or not text[:1].strip():
        return True
    if _WORDY.search(text):
        return speaks_of_another_place(text.lower())
    return bool(_HAS_DIGIT.search(text)) or in_place(text.strip().lower()) is not None


_WORDY = re.compile(r"[^\W\d_]{3,}\W.*?[^\W\d_]{3,}\W.*?[^\W\d_]{3,}")
"""Three words of three letters or more: a description, unless it begins as a remark in place of an amount does."""


def _kind_of_other(value: CellValue) -> tuple[int, float]:
    kind = _OF_TYPE.get(type(value), CellKind.TEXT)
    return kind, float(value) if kind is CellKind.NUMBER else np.nan  # type: ignore[arg-type]  # a number


def _kind_of(text: str, style: Style, *, among_others: bool = False) -> _Typed:
    """What one text is; '1 000 €' and '2025 EUR' are amounts only `among_others` that have their currency beside them."""
    if _PLAIN.fullmatch(text):
        return _Typed(CellKind.NUMBER, float(text))
    stripped = text.strip()
    if not stripped:
        return _Typed(CellKind.EMPTY)
    if is_code(stripped):
        return _TEXT
    read = read_text(stripped, style) if len(stripped) <= LONGEST else None
    if isinstance(read, AmountText):
        if _YEAR_AND_PERCENT.fullmatch(stripped):
            return _TEXT  # the header of a column: '2025 %'
        kind = CellKind.PERCENT if read.percent else CellKind.NUMBER
        firm = read.firm and (among_others or not _may_head(stripped))
        return _Typed(kind, float(read.amount), read.note, firm)
    if _DATE.fullmatch(stripped):
        return _Typed(CellKind.DATE)
    return _TEXT if read is None else _Typed(CellKind.MISSING, firm=read[1], why=read[0])


_MONEY = any_word(
    mark for about in currencies().values() for mark in (*about.get("signs", ()), *about["words"])
)
_ONE_THOUSAND = re.compile(rf"\W*1[ .,’'\u00a0\u202f]?000\s?(?:{_MONEY}|e)\W*", re.IGNORECASE)
"""What is as likely the unit as an amount: '1 000 €', '1000 kr'."""
_YEAR_AND_UNIT = re.compile(r"(?:19|20)\d{2}\s*(?:[€£$₹¥]\s?)?[^\W\d].*")
"""What is as likely the header of a year as an amount: '2025 Mio. CHF', '2025 kEUR'."""


def _may_head(text: str) -> bool:
    return bool(_ONE_THOUSAND.fullmatch(text.strip()) or _YEAR_AND_UNIT.fullmatch(text.strip()))


def _has_its_currency(text: str, typed: _Typed) -> bool:
    """Whether a text is surely an amount, and written with letters or a sign beside it."""
    return typed.kind == CellKind.NUMBER and typed.firm and bool(_WITH_CURRENCY.search(text))


_WITH_CURRENCY = re.compile(r"[^\W\d_]|[€£$₹¥]")


def _apply_facts(cells: Cells) -> None:
    """Let what the second look found speak: errors, formulas without a result, percentages."""
    facts = cells.sheet.facts
    for row, column in [*facts.error_cells, *facts.uncalculated]:
        if (
            row < cells.height
            and column < cells.width
            and cells.kinds[row, column] in (CellKind.EMPTY, CellKind.TEXT)
        ):
            cells.kinds[row, column] = CellKind.MISSING
    for (row, column), number_format in facts.number_formats.items():
        if (
            "%" in number_format
            and row < cells.height
            and column < cells.width
            and cells.kinds[row, column] == CellKind.NUMBER
        ):
            cells.kinds[row, column] = CellKind.PERCENT
