"""Bytes to a workbook: sniffed, kept within limits, read by the fast reader, looked at a second time."""

import hashlib
import io

import python_calamine

from budget_model.intake import delimited, limits, sniff
from budget_model.intake.grid import CellValue, Range, Sheet, Visibility, Workbook
from budget_model.problem import Refusal


def open_workbook(data: bytes, file: str) -> Workbook:
    """Read a file of any supported format into sheets of typed cells, at their own positions.

    Raises `Refusal` with a sentence for the officer where it is no readable workbook.
    """
    limits.refuse_oversize(len(data), file)
    found = sniff.look(data, file)
    if found.kind is sniff.Kind.TEXT:
        book = _text(data, file)
    else:
        book = _spreadsheet(data, file, found.kind)
    book.notes = (*found.notes, *book.notes)
    return book


def _text(data: bytes, file: str) -> Workbook:
    table = delimited.read(data, file)
    kind = "tsv" if table.separator == "\t" else "csv"
    sheet = Sheet("", table.rows)
    return Workbook(file, kind, hashlib.sha256(data).hexdigest(), len(data), [sheet], table.notes, table.problems)


def _spreadsheet(data: bytes, file: str, kind: sniff.Kind) -> Workbook:
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [
            _sheet(book, number, about)
            for number, about in enumerate(book.sheets_metadata)
            if about.typ == python_calamine.SheetTypeEnum.WorkSheet
        ]
    except python_calamine.CalamineError as fault:
        raise Refusal(f"{file} is damaged and cannot be read. {sniff.AGAIN}") from fault
    return Workbook(file, kind.value, hashlib.sha256(data).hexdigest(), len(data), sheets)


def _visibility(about: "python_calamine.SheetMetadata") -> Visibility:
    if about.visible == python_calamine.SheetVisibleEnum.Hidden:
        return Visibility.HIDDEN
    if about.visible == python_calamine.SheetVisibleEnum.VeryHidden:
        return Visibility.VERY_HIDDEN
    return Visibility.VISIBLE


def _sheet(book: "python_calamine.CalamineWorkbook", number: int, about: "python_calamine.SheetMetadata") -> Sheet:
    sheet = book.get_sheet_by_index(number)
    merged = tuple(Range(*first, *last) for first, last in sheet.merged_cell_ranges or ())
    return Sheet(about.name, _rows(sheet), _visibility(about), merged)


def _rows(sheet: "python_calamine.CalamineSheet") -> list[list[CellValue]]:
    """Copy the cells, empty ones as None, equal texts as one object."""
    if sheet.start is None:
        return []
    left: list[CellValue] = [None] * sheet.start[1]
    share: dict[str, CellValue] = {"": None}
    keep = share.setdefault
    return [
        left + [keep(cell, cell) if cell.__class__ is str else cell for cell in row]
        for row in sheet.iter_rows()
    ]
