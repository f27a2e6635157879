"""Workbooks that a finance officer might send, small enough to add up in the head."""

import io
import random
from typing import Any

import openpyxl

from budget_model.intake.files.formats import open_workbook
from budget_model.intake.reading import understand
from budget_model.intake.sheet.table import Reading

LINES = (
    ("100", "Care homes for older people", 90_000),
    ("200", "Community nursing", 60_000),
    ("300", "Neighbourhood patrols", 20_000),
)


def workbook(
    lines: tuple[tuple[str, str, int], ...] = LINES,
    *,
    total: int | None = None,
    title: str = "Anytown Council budget 2016-17, £",
    sheets: tuple[str, ...] = ("Budget",),
) -> bytes:
    """One table a sheet: a title, a header, the lines and a printed total, right unless another is given."""
    book = openpyxl.Workbook()
    for number, name in enumerate(sheets):
        sheet = book.active if number == 0 else book.create_sheet()
        sheet.title = name
        sheet.append([title])
        sheet.append([])
        sheet.append(["Code", "Description", "Budget 2016-17"])
        for line in lines:
            sheet.append(list(line))
        if total is not False:
            sheet.append([None, "Total", sum(line[2] for line in lines) if total is None else total])
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def national(bodies: tuple[str, ...] = ("Anytown Council", "Elsewhere Council", "Third Council")) -> bytes:
    """A row for each of many bodies, as departments publish them."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Revenue budget 2016-17 (£)"])
    sheet.append(["Local authority", "Adult social care", "Roads"])
    drawn = random.Random(7)
    for number, name in enumerate([*bodies, *(f"Authority {number}" for number in range(30))]):
        roads = 20_000 + number * 13 if number < len(bodies) else drawn.randrange(10_000, 900_000)
        sheet.append([name, drawn.randrange(100_000, 9_000_000) if number else 100_000, roads])
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def read(data: bytes, file: str = "council.xlsx", answers: Any = None) -> Reading:
    """Read without a process of its own: these files are ours."""
    return understand(open_workbook(data, file), answers)
