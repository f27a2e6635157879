"""Every figure behind every screen as an Excel workbook that a screen reader can read.

By the Analysis Function's guidance: a cover, a contents page with links, one sheet for each screen, real
tables with a heading row, nothing merged, no cell left blank without a mark, and its meaning said above.
Words are always written as words, so that a name that looks like a formula stays a name.
"""

import io
from decimal import Decimal
from typing import Any

from budget_model.board.measure import readable
from budget_model.board.pack import Pack, Progress, Slide
from budget_model.dates import day
from budget_model.exhibits.tables import Column, Kind, Table, Value

NOTHING_KNOWN = "[x]"
LONGEST_CELL = 32_000
MARK = f"{NOTHING_KNOWN} in a cell means that there is no such money, or that none is known."


def write_workbook(pack: Pack, progress: Progress | None = None) -> bytes:
    """The pack as an .xlsx file: amounts exact to the penny, as numbers."""
    import xlsxwriter

    kept = io.BytesIO()
    book = xlsxwriter.Workbook(
        kept, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties(
        {
            "title": readable(pack.title),
            "subject": f"Board pack, {pack.place} {pack.year}",
            "author": f"{pack.place} partnership",
            "comments": "Every figure behind every screen of the pack.",
        }
    )
    looks = _looks(book)
    screens = [slide for slide in pack.slides if slide.shown]
    steps = len(screens) + 2
    _cover(book.add_worksheet("Cover"), pack, looks)
    _contents(book.add_worksheet("Contents"), pack, looks)
    for place, slide in enumerate(screens, start=1):
        if progress:
            progress(place, steps, slide.kicker)
        _screen(book.add_worksheet(_sheet(slide)), slide, looks)
    if pack.decisions is not None:
        sheet = book.add_worksheet("Decided")
        sheet.write_string(0, 0, "What was decided", looks["title"])
        _table(sheet, 2, pack.decisions, "decided", looks)
    book.close()
    if progress:
        progress(steps, steps, "Written")
    return kept.getvalue()


def _looks(book: Any) -> dict[str, Any]:
    base = {"font_name": "Arial", "font_size": 12, "valign": "top"}
    return {
        "words": book.add_format(base | {"text_wrap": True}),
        "line": book.add_format(base),
        "title": book.add_format(base | {"bold": True, "font_size": 16}),
        "head": book.add_format(base | {"bold": True, "text_wrap": True, "bottom": 1}),
        "right": book.add_format(base | {"bold": True, "text_wrap": True, "bottom": 1, "align": "right"}),
        "pounds": book.add_format(base | {"num_format": "£#,##0.00;[Red](£#,##0.00)"}),
        "count": book.add_format(base | {"num_format": "#,##0"}),
        "share": book.add_format(base | {"num_format": "0.0%"}),
        "number": book.add_format(base | {"num_format": "#,##0.####"}),
        "times": book.add_format(base | {"num_format": "0.00"}),
        "mark": book.add_format(base | {"align": "right"}),
        "link": book.add_format(base | {"font_color": "#12436D", "underline": 1}),
        "strong": book.add_format(base | {"bold": True, "text_wrap": True}),
    }


def _sheet(slide: Slide) -> str:
    return f"Screen {slide.number}"


def _cover(sheet: Any, pack: Pack, looks: dict[str, Any]) -> None:
    sheet.set_column(0, 0, 90)
    lines = [
        pack.subtitle,
        pack.made,
        "Amounts are in pounds, exact to the penny. Slides and PDF round them for reading.",
        MARK,
        "Each sheet holds what one screen of the pack is drawn from: first as it is drawn, with small parts "
        "gathered as others, then in full.",
        *sorted({f"Reconciliation: {slide.reconciliation}" for slide in pack.slides if slide.reconciliation}),
    ]
    sheet.write_string(0, 0, readable(pack.title), looks["title"])
    for row, line in enumerate(lines, start=1):
        sheet.write_string(row, 0, readable(line), looks["words"])


def _contents(sheet: Any, pack: Pack, looks: dict[str, Any]) -> None:
    sheet.set_column(0, 0, 14)
    sheet.set_column(1, 1, 40)
    sheet.set_column(2, 2, 100)
    sheet.write_string(0, 0, "Contents", looks["title"])
    sheet.write_string(1, 0, "Each sheet by its link, what it is about, and what it shows.", looks["line"])
    rows = [
        (slide, _sheet(slide) if slide.shown else "", slide.kicker, slide.finding) for slide in pack.slides
    ]
    for place, (slide, name, kicker, finding) in enumerate(rows, start=3):
        if name:
            sheet.write_url(place, 0, f"internal:'{name}'!A1", looks["link"], name)
        else:
            sheet.write_string(place, 0, f"Screen {slide.number}: no sheet", looks["words"])
        sheet.write_string(place, 1, readable(kicker), looks["words"])
        sheet.write_string(place, 2, readable(finding)[:LONGEST_CELL], looks["words"])
    sheet.add_table(
        2,
        0,
        2 + max(len(rows), 1),
        2,
        {
            "name": "contents",
            "style": None,
            "autofilter": False,
            "columns": [
                {"header": head, "header_format": looks["head"]} for head in ("Sheet", "About", "Finding")
            ],
        },
    )


def _screen(sheet: Any, slide: Slide, looks: dict[str, Any]) -> None:
    if slide.shown is None:
        raise ValueError("A screen without a figure has no sheet.")
    sheet.hide_gridlines(2)
    dated = f"Data of {day(slide.dated)}." if slide.dated else ""
    about = [
        slide.shown.why,
        slide.unit,
        slide.scope,
        f"Source: {slide.shown.source}.",
        *([f"Reconciliation: {slide.reconciliation}"] if slide.reconciliation else []),
        dated,
        f"On the screen: {slide.link}",
        MARK,
    ]
    sheet.write_string(0, 0, readable(slide.finding)[:LONGEST_CELL], looks["title"])
    row = 1
    for line in about:
        if line:
            sheet.write_string(row, 0, readable(line)[:LONGEST_CELL], looks["line"])
            row += 1
    drawn = slide.shown.figure.table()
    sheet.write_string(row, 0, f"Table {slide.number}a: as it is drawn", looks["strong"])
    row = _table(sheet, row + 1, drawn, f"screen_{slide.number}_drawn", looks) + 1
    whole = slide.shown.table
    if (whole.columns, whole.rows) != (drawn.columns, drawn.rows):
        sheet.write_string(row, 0, f"Table {slide.number}b: in full", looks["strong"])
        _table(sheet, row + 1, whole, f"screen_{slide.number}_full", looks)


def _table(sheet: Any, top: int, table: Table, name: str, looks: dict[str, Any]) -> int:
    """Write a table; the row after it. A table with no rows gets one that says so."""
    rows = table.rows or (tuple([None] * len(table.columns)),)
    for place, column in enumerate(table.columns):
        wide = 44 if column.kind is Kind.WORDS and place == 0 else 30
        sheet.set_column(place, place, wide if column.kind is Kind.WORDS else 22)
    sheet.add_table(
        top,
        0,
        top + len(rows),
        len(table.columns) - 1,
        {
            "name": name,
            "style": None,
            "autofilter": False,
            "columns": [
                {
                    "header": head,
                    "header_format": looks["head" if column.kind is Kind.WORDS else "right"],
                }
                for head, column in zip(_heads(table), table.columns, strict=True)
            ],
        },
    )
    for place, row in enumerate(rows, start=top + 1):
        for at, (value, column) in enumerate(zip(row, table.columns, strict=True)):
            _cell(sheet, place, at, value, column, looks)
    return top + len(rows) + 1


def _heads(table: Table) -> list[str]:
    """The headings, told apart where two are the same: a table needs it."""
    seen: dict[str, int] = {}
    heads = []
    for column in table.columns:
        name = readable(column.name)[:250] or "Column"
        key = name.casefold()
        seen[key] = seen.get(key, 0) + 1
        heads.append(name if seen[key] == 1 else f"{name} ({seen[key]})")
    return heads


def _cell(sheet: Any, row: int, place: int, value: Value, column: Column, looks: dict[str, Any]) -> None:
    if value is None or value == "":
        sheet.write_string(row, place, NOTHING_KNOWN, looks["mark"])
    elif isinstance(value, Decimal):
        sheet.write_number(row, place, float(value), looks.get(str(column.kind), looks["pounds"]))
    elif isinstance(value, int):
        sheet.write_number(row, place, value, looks["count"])
    else:
        words = looks["mark" if column.kind is not Kind.WORDS else "words"]
        sheet.write_string(row, place, readable(value)[:LONGEST_CELL], words)
