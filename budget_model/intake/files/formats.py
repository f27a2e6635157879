"""Bytes to a workbook: sniffed, kept within limits, looked at, and read by the fast reader."""

import hashlib
import io
import math
import re
import zipfile
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from itertools import repeat
from typing import Final

import python_calamine

from budget_model.intake.files import (
    delimited,
    far_blanks,
    far_cells,
    fiscal_package,
    grants_package,
    limits,
    second_look,
    sniff,
)
from budget_model.intake.files.grid import CellValue, Range, Sheet, Visibility, Workbook, column_name
from budget_model.intake.files.looking import Look
from budget_model.problem import Location, Problem, Refusal, Severity


def open_workbook(data: bytes, file: str, *, careful: bool = False) -> Workbook:
    """Read a file of any supported format into sheets of typed cells, at their own positions.

    `file` is the name to use in sentences. `careful` looks at how far the cells reach before they are read,
    whatever
    the file's size. Raises `Refusal`, in a sentence for the officer, where the bytes are no readable
    workbook.
    """
    limits.refuse_oversize(len(data), file)
    if grants_package.is_grants_package(data):
        return grants_package.open_grants(data, file)
    sniffed_format = sniff.look(data, file)
    if sniffed_format.kind is sniff.FileFormat.TEXT:
        book = _text(data, file)
    elif sniffed_format.kind is sniff.FileFormat.PACKAGE:
        book = fiscal_package.open_package(data, file)
    elif sniffed_format.kind in (sniff.FileFormat.EXCEL_2003, sniff.FileFormat.WEB_PAGE):
        book = _marked_up(data, file, sniffed_format.kind)
    elif sniffed_format.kind is sniff.FileFormat.FLAT_ODS:
        book = _spreadsheet(_as_ods(data), file, sniff.FileFormat.ODS, careful=careful)
        book.sha256, book.size = hashlib.sha256(data).hexdigest(), len(data)
    else:
        book = _spreadsheet(data, file, sniffed_format.kind, careful=careful)
    book.notes = (*sniffed_format.notes, *book.notes)
    return book


def _text(data: bytes, file: str) -> Workbook:
    table = delimited.read(data, file)
    texts = Texts()
    for row in table.rows:
        row[:] = [texts[cell] for cell in row]
    sheet = Sheet("", table.rows)
    width = max(map(len, sheet.rows), default=0)
    limits.refuse_box(
        len(sheet.rows), width, 0, f"{file}, cell {column_name(max(width, 1) - 1)}{len(sheet.rows)}"
    )
    stray = far_cells.cut_off(sheet, file)
    kind = "tsv" if table.separator == "\t" else "csv"
    problems = (*table.problems, *texts.problems(Location(file)), *stray)
    return Workbook(file, kind, hashlib.sha256(data).hexdigest(), len(data), [sheet], table.notes, problems)


def _marked_up(data: bytes, file: str, kind: sniff.FileFormat) -> Workbook:
    """A workbook in Excel 2003 XML, or a web page."""
    from budget_model.intake.files import markup  # lxml is loaded for such files alone

    read = markup.web_page if kind is sniff.FileFormat.WEB_PAGE else markup.excel_2003
    sheets = read(data, file)
    problems: list[Problem] = []
    for sheet in sheets:
        texts = Texts()
        for row in sheet.rows:
            row[:] = [texts[cell] if cell.__class__ is str else cell for cell in row]
        problems += texts.problems(Location(file, sheet.name or None))
        problems += far_cells.cut_off(sheet, file)
    digest = hashlib.sha256(data).hexdigest()
    return Workbook(file, kind.value, digest, len(data), sheets, (), tuple(problems))


def _as_ods(data: bytes) -> bytes:
    """A flat OpenDocument file, packed as the fast reader wants it."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", data)
    return packed.getvalue()


def _spreadsheet(data: bytes, file: str, kind: sniff.FileFormat, *, careful: bool) -> Workbook:
    """Read a workbook of cells; `careful` looks first and reads only then, whatever the size.

    A far cell ends the process before the look can name it if both are at work: then `guard` asks once more, carefully.
    """
    try:
        looks, read = _looked_at_and_read(data, file, kind, careful=careful)
    except limits.TooFar:
        zipped_xml = kind in (sniff.FileFormat.XLSX, sniff.FileFormat.XLSM)
        near = far_blanks.without_blanks(data, file) if zipped_xml else None
        if near is None:
            raise
        looks, read = _looked_at_and_read(near, file, kind, careful=True)
    sheets: list[Sheet] = []
    problems: list[Problem] = []
    for sheet, texts in read:
        problems += texts.problems(Location(file, sheet.name))
        problems += far_cells.cut_off(sheet, file)
        problems += _compared(sheet, looks.sheets.get(sheet.name), file)
        sheets.append(sheet)
    hashed = hashlib.sha256(data).hexdigest()
    return Workbook(file, kind.value, hashed, len(data), sheets, looks.notes, tuple(problems))


def _looked_at_and_read(
    data: bytes, file: str, kind: sniff.FileFormat, *, careful: bool
) -> tuple[second_look.Looks, list[tuple[Sheet, "Texts"]]]:
    if careful or len(data) < limits.AT_THE_SAME_TIME:
        looks = second_look.look(data, file, kind)
        return looks, _read(data, file)
    with ThreadPoolExecutor(1) as beside:
        looking = beside.submit(second_look.look, data, file, kind)
        try:
            read = _read(data, file)
        finally:
            looks = looking.result()
    return looks, read


def _read(data: bytes, file: str) -> list[tuple[Sheet, "Texts"]]:
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [
            _sheet(book.get_sheet_by_index(number), about)
            for number, about in enumerate(book.sheets_metadata)
            if about.typ == python_calamine.SheetTypeEnum.WorkSheet
        ]
    except python_calamine.PasswordError:
        raise sniff.protected(file) from None
    except MemoryError:
        raise
    except python_calamine.CalamineError as fault:
        raise Refusal(_why(str(fault), file)) from fault
    except BaseException as fault:
        # a fault inside the reader's own machinery arrives as an exception outside the ordinary family
        if isinstance(fault, KeyboardInterrupt | SystemExit):
            raise
        raise Refusal(f"{file} is damaged: its cells cannot be read. {sniff.AGAIN}") from fault
    if not sheets:
        raise Refusal(f"{file} holds no worksheet. {sniff.AGAIN}")
    return sheets


def _why(fault: str, file: str) -> str:
    if "Cell limit exceeded" in fault:
        return (
            f"{file} claims more cells than a spreadsheet can hold. Copy the budget’s cells into a new "
            "workbook "
            "and upload that."
        )
    return f"{file} is damaged: its cells cannot be read. {sniff.AGAIN}"


def _visibility(about: "python_calamine.SheetMetadata") -> Visibility:
    if about.visible == python_calamine.SheetVisibleEnum.Hidden:
        return Visibility.HIDDEN
    if about.visible == python_calamine.SheetVisibleEnum.VeryHidden:
        return Visibility.VERY_HIDDEN
    return Visibility.VISIBLE


def _sheet(
    read: "python_calamine.CalamineSheet", about: "python_calamine.SheetMetadata"
) -> tuple[Sheet, "Texts"]:
    texts = Texts()
    merged = tuple(Range(*first, *last) for first, last in read.merged_cell_ranges or ())
    return Sheet(about.name, _rows(read, texts), _visibility(about), merged), texts


CELLS_WEIGHED: Final = 300_000
"""Up to here every number of a sheet is looked at once more; a larger sheet's cells are counted only."""


def _compared(sheet: Sheet, look: Look | None, file: str) -> list[Problem]:
    """Give the sheet what the second look saw, and say where the two differ."""
    problems = []
    if look is not None:
        sheet.facts = look.facts
        sheet.merged = sheet.merged or look.merged
        problems = _lost(sheet, look, file)
    if sum(map(len, sheet.rows)) <= CELLS_WEIGHED:
        problems += _without_infinities(sheet, file)
    return problems


def _rows(sheet: "python_calamine.CalamineSheet", texts: "Texts") -> list[list[CellValue]]:
    """Copy the cells: empty ones as None, equal texts as one object."""
    if sheet.start is None:
        return []
    left: list[CellValue] = [None] * sheet.start[1]
    if left:
        return [
            left + [texts[cell] if cell.__class__ is str else cell for cell in row]
            for row in sheet.iter_rows()
        ]
    return [[texts[cell] if cell.__class__ is str else cell for cell in row] for row in sheet.iter_rows()]


_INVISIBLE: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
)
_MOST_SHARED: Final = 500_000


class Texts(dict[object, CellValue]):
    """Gives each text as one object, without the invisible characters that make two equal names differ."""

    def __init__(self) -> None:
        super().__init__({"": None, None: None})
        self.cleaned: list[str] = []

    def __missing__(self, text: object) -> CellValue:
        plain: CellValue = str(text)
        if not str(text).isprintable() and _INVISIBLE.search(str(text)):
            plain = _INVISIBLE.sub("", str(text)) or None
            self.cleaned.append(limits.shown(str(text)))
        if len(self) < _MOST_SHARED:
            self[text] = plain
        return plain

    def problems(self, place: Location) -> tuple[Problem, ...]:
        """Say which texts were cleaned."""
        if not self.cleaned:
            return ()
        few = (
            f"{len(self.cleaned):,} different texts contain" if len(self.cleaned) > 1 else "One text contains"
        )
        return (
            Problem(
                place,
                f"{few} invisible control characters, for example '{self.cleaned[0]}'; they were left out.",
                "Nothing to do, unless the text itself looks wrong.",
                Severity.NOTE,
                "invisible-characters",
            ),
        )


def _filled(rows: list[list[CellValue]]) -> int:
    """How many cells are not empty."""
    return sum(map(len, rows)) - sum(map(list.count, rows, repeat(None)))


def _numbers(rows: list[list[CellValue]]) -> int:
    """How many cells hold a number or a date."""
    return sum(1 for row in rows for cell in row if cell is not None and not isinstance(cell, str | bool))


def _without_infinities(sheet: Sheet, file: str) -> list[Problem]:
    """Empty the cells whose number is beyond all numbers, and name the first."""
    found = [
        (at, column)
        for at, row in enumerate(sheet.rows)
        for column, cell in enumerate(row)
        if isinstance(cell, float) and not math.isfinite(cell)
    ]
    for at, column in found:
        sheet.rows[at][column] = None
    return (
        [_grouped(found, "holds a number too large to be one", file, sheet.name, "no-number")]
        if found
        else []
    )


def _lost(sheet: Sheet, look: Look, file: str) -> list[Problem]:
    """Compare what the fast reader gave with what stands in the file, and say what it cannot give."""
    problems = []
    # an empty text fills a cell of the file but none of the grid, so that fewer cells alone prove nothing
    given = _numbers(sheet.rows) if _filled(sheet.rows) < look.filled else look.numbers
    if given < look.numbers:
        problems.append(
            Problem(
                Location(file, sheet.name),
                f"The sheet holds {look.numbers:,} numbers, but only {given:,} could be read.",
                "Open the file, save it again as .xlsx and upload the new copy; compare the total with your "
                "own.",
                Severity.WARNING,
                "numbers-lost",
            )
        )
    if look.facts.error_cells:
        shown = ", ".join(sorted(set(look.facts.error_cells.values()))[:3])
        problems.append(
            _grouped(look.facts.error_cells, f"shows an error ({shown})", file, sheet.name, "error-cells")
        )
    return problems


_REMEDIES: Final = {
    "error-cells": "It counts as empty; mend the formula, save and upload again if it stands for money.",
    "no-number": "It counts as empty; type the amount and upload again.",
}


def _grouped(cells: Iterable[tuple[int, int]], said: str, file: str, sheet: str, code: str) -> Problem:
    """Say once for a sheet what is the matter with several of its cells, at the place of the first."""
    (row, column), *others = sorted(cells)
    more = (
        f", as {'does 1 other cell' if len(others) == 1 else f'do {len(others):,} other cells'}"
        if others
        else ""
    )
    place = Location(file, sheet, row + 1, column_name(column))
    return Problem(place, f"The cell {said}{more}.", _REMEDIES[code], Severity.WARNING, code)
