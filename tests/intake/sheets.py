"""Small workbooks for the rules of the layout, written as an officer would type them."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from budget_model.intake.files.amounts import AmountText, Missing, Style, read_text
from budget_model.intake.files.grid import Facts, Sheet, Visibility, Workbook
from budget_model.intake.reading import Reading, measures_to_load, understand
from budget_model.intake.sheet.roles import RowRole
from budget_model.intake.sheet.table import SheetTable

Rows = list[Any]
"""Rows of cells as an officer types them: words, numbers, dates and nothing."""


def sheet(name: str, rows: Rows, *, bold: tuple[int, ...] = (), hidden: bool = False) -> Sheet:
    """A sheet; `bold` are its bold rows as a spreadsheet counts them."""
    seen = Visibility.HIDDEN if hidden else Visibility.VISIBLE
    return Sheet(name, rows, seen, facts=Facts(looked=True, bold_rows=frozenset(row - 1 for row in bold)))


def read(
    *sheets: Sheet | Rows, answers: Mapping[str, str] | None = None, file: str = "budget.xlsx"
) -> Reading:
    """What is understood of a workbook with these sheets."""
    made = [one if isinstance(one, Sheet) else sheet(f"Sheet{k + 1}", one) for k, one in enumerate(sheets)]
    return understand(Workbook(file, "xlsx", "0" * 64, 1000, made), answers or {})


def only(reading: Reading) -> SheetTable:
    """The one table that would be loaded."""
    assert reading.refused is None
    assert len(reading.chosen) == 1, [table.set_aside for table in reading.tables]
    return reading.tables[reading.chosen[0]]


def loaded(reading: Reading) -> Decimal:
    """What would be loaded altogether, in whole currency units."""
    return sum(
        (m.total or Decimal(0) for k in reading.chosen for m in measures_to_load(reading.tables[k])),
        Decimal(0),
    )


def totals(table: SheetTable) -> dict[str, Decimal | None]:
    """The columns of figures by name."""
    return {measure.name: measure.total for measure in table.measures}


def role(table: SheetTable, row: int) -> str:
    """The role of a row as a spreadsheet counts it."""
    return RowRole(int(table.roles.unpack()[row - 1 - table.first_row])).name.lower().replace("_", " ")


def keys(reading: Reading) -> list[str]:
    """What kinds of questions were asked."""
    return [question.key.split(":")[0] for question in reading.questions]


def read_amount(text: str, style: Style = Style.ENGLISH) -> Decimal | Missing | None:
    """Read an amount as officers type it; None when the text is not an amount at all.

    A percentage is given as its fraction; `is_percentage` tells it from an amount.

    >>> read_amount("(£1,250.50)"), read_amount("500 CR"), read_amount("£1.2m"), read_amount("-")
    (Decimal('-1250.50'), Decimal('-500'), Decimal('1200000.0'), Decimal('0'))
    >>> read_amount("1.234.567", Style.CONTINENTAL), read_amount("12,5 %", Style.CONTINENTAL)
    (Decimal('1234567'), Decimal('0.125'))
    >>> read_amount("n/a") is Missing.NOT_GIVEN, read_amount("12 posts"), read_amount("")
    (True, None, None)
    >>> read_amount("£000"), read_amount("0"), read_amount("388,250*")
    (None, Decimal('0'), Decimal('388250'))
    """
    read = read_text(text, style)
    if isinstance(read, AmountText):
        return read.amount if read.firm else None
    return read[0] if read and read[1] else None
