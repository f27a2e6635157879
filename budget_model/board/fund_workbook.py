"""A fund's return as a workbook in the return's parts, and read back from one: both ways the same.

Read back means that every cell that holds something of the return is taken or named: nothing is guessed.
"""

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final, TypeVar

from budget_model.intake.files.grid import column_name
from budget_model.intake.plain_sheets import PlainBook
from budget_model.money import to_penny, typed_number
from budget_model.problem import Location, Problem, Refusal
from budget_model.together.fund_return import (
    AreaOfSpend,
    Condition,
    FundReturn,
    Income,
    IncomeSource,
    Met,
    Metric,
    Scheme,
    Signature,
    Signer,
)

Word = TypeVar("Word", bound=StrEnum)
COVER, INCOME, EXPENDITURE, SUMMARY, SIGN_OFF = "Cover", "Income", "Expenditure", "Summary", "Sign-off"
CONDITIONS, METRICS = "Conditions", "Metrics"
COVER_ROWS: Final = (
    "Fund",
    "Fund code",
    "Year",
    "Host",
    "Minimum on social care from the NHS minimum (£)",
    "Illustrative",
)
LAYOUT: Final = (
    "Parts and words after the Better Care Fund planning return, in a layout of this product’s own. Of its template for 2019-20 the guidance to "
    "the cover was read (the area, contacts and sign-off), and of that for 2016-17 what it collects (finance, activity and "
    "national conditions); the sheets of income and expenditure were not. National conditions and metrics are named for "
    "the years of which they were read. Compare it with the template of the year before sending."
)
"""What the cover says of the layout; it is not read back."""
MINIMUM: Final = COVER_ROWS.index("Minimum on social care from the NHS minimum (£)")
HEADS: Final[Mapping[str, tuple[str, ...]]] = {
    INCOME: ("Body", "Source of funding", "Amount (£)", "Minimum (£)", "Comment"),
    EXPENDITURE: (
        "Scheme",
        "Area of spend",
        "Commissioner",
        "Provider",
        "Source of funding",
        "Expenditure (£)",
        "Aim",
    ),
    CONDITIONS: ("National condition", "Answer", "Comment"),
    METRICS: ("National metric", "The year before", "Planned", "Comment"),
    SIGN_OFF: ("Who", "Body", "Name", "Date"),
}
MONEY, FIGURE = "an amount in pounds", "a figure"
HEAD_ROW: Final = 2
"""The row of the column heads, counted from 0: the title stands above."""


def write_return(fund_return: FundReturn) -> bytes:
    """The return as an .xlsx file: cover, income, expenditure, summary, national conditions and metrics, sign-off."""
    import xlsxwriter

    kept = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(kept, options)
    looks = {
        "title": book.add_format({"bold": True, "font_size": 14}),
        "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "bg_color": "#F3F5F7"}),
        "money": book.add_format({"num_format": "#,##0.00"}),
        "day": book.add_format({"num_format": "dd/mm/yyyy"}),
        "words": book.add_format({"text_wrap": True, "valign": "top"}),
    }
    made_up = "yes" if fund_return.illustrative else ""
    values = (
        fund_return.title,
        fund_return.pool,
        fund_return.year,
        fund_return.host,
        fund_return.social_care_minimum,
        made_up,
    )
    cover = [*zip(COVER_ROWS, values, strict=True), ("Layout", LAYOUT)]
    _rows(book.add_worksheet(COVER), COVER, ("Item", "Value"), cover, looks)
    incomes = [
        (each.body, each.source, each.amount, each.minimum, each.comment) for each in fund_return.income
    ]
    _rows(book.add_worksheet(INCOME), INCOME, HEADS[INCOME], incomes, looks)
    schemes = [
        (each.name, each.area, each.commissioner, each.provider, each.source, each.amount, each.aim)
        for each in fund_return.schemes
    ]
    _rows(book.add_worksheet(EXPENDITURE), EXPENDITURE, HEADS[EXPENDITURE], schemes, looks)
    _rows(
        book.add_worksheet(SUMMARY),
        SUMMARY,
        ("Part", "Income (£)", "Expenditure (£)"),
        _summary(fund_return),
        looks,
    )
    confirmed = [(each.name, each.met, each.comment) for each in fund_return.conditions]
    _rows(book.add_worksheet(CONDITIONS), CONDITIONS, HEADS[CONDITIONS], confirmed, looks)
    metrics = [(each.name, each.before, each.planned, each.comment) for each in fund_return.metrics]
    _rows(book.add_worksheet(METRICS), METRICS, HEADS[METRICS], metrics, looks)
    signed = [(each.signer, each.body, each.name, each.on) for each in fund_return.signatures]
    _rows(book.add_worksheet(SIGN_OFF), SIGN_OFF, HEADS[SIGN_OFF], signed, looks)
    book.close()
    return kept.getvalue()


def _summary(fund_return: FundReturn) -> list[tuple[object, ...]]:
    """By source, by area, and both together: sums of the two sheets before, which are not read back."""
    by_source: list[tuple[object, ...]] = [(source, *sums) for source, sums in fund_return.by_source.items()]
    by_area: list[tuple[object, ...]] = [(area, None, amount) for area, amount in fund_return.by_area.items()]
    return [*by_source, *by_area, ("Together", fund_return.total, fund_return.spent)]


def _rows(
    sheet: Any, title: str, heads: Sequence[str], rows: Iterable[Sequence[object]], looks: Mapping[str, Any]
) -> None:
    sheet.write_string(0, 0, title, looks["title"])
    for at, head in enumerate(heads):
        sheet.write_string(HEAD_ROW, at, head, looks["head"])
        sheet.set_column(at, at, 28)
    for place, row in enumerate(rows, HEAD_ROW + 1):
        for at, value in enumerate(row):
            _cell(sheet, place, at, value, looks)
    sheet.freeze_panes(HEAD_ROW + 1, 1)


def _cell(sheet: Any, row: int, column: int, value: object, looks: Mapping[str, Any]) -> None:
    if isinstance(value, Decimal):
        sheet.write_number(row, column, float(value), looks["money"])
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, looks["day"])
    elif value is not None and value != "":
        sheet.write_string(row, column, str(value), looks["words"])


def read_return(book: PlainBook, file: str) -> FundReturn:
    """The return that a workbook holds; raises `Refusal` with every cell that cannot be taken, and what to do."""
    reader = _Reader(book, file)
    cover = dict(zip(COVER_ROWS, reader.cover(), strict=True))
    fund_return = FundReturn(
        pool=cover["Fund code"],
        title=cover["Fund"],
        year=cover["Year"],
        host=cover["Host"],
        income=tuple(
            Income(
                reader.needed(row, 0),
                reader.word(row, 1, IncomeSource),
                reader.money(row, 2),
                reader.maybe(row, 3),
                row.text(4),
            )
            for row in reader.rows(INCOME)
        ),
        schemes=tuple(
            Scheme(
                reader.needed(row, 0),
                reader.word(row, 1, AreaOfSpend),
                reader.needed(row, 2),
                reader.word(row, 4, IncomeSource),
                reader.money(row, 5),
                row.text(3),
                row.text(6),
            )
            for row in reader.rows(EXPENDITURE)
        ),
        social_care_minimum=reader.cover_amount(),
        illustrative=bool(cover["Illustrative"]),
        conditions=tuple(
            Condition(reader.needed(row, 0), reader.word(row, 1, Met), row.text(2))
            for row in reader.rows(CONDITIONS)
        ),
        metrics=tuple(
            Metric(
                reader.needed(row, 0), reader.maybe(row, 1, FIGURE), reader.maybe(row, 2, FIGURE), row.text(3)
            )
            for row in reader.rows(METRICS)
        ),
        signatures=tuple(
            Signature(reader.word(row, 0, Signer), reader.needed(row, 1), row.text(2), reader.day(row, 3))
            for row in reader.rows(SIGN_OFF)
        ),
    )
    if reader.problems:
        raise Refusal("This workbook cannot be taken as a return.", tuple(reader.problems))
    return fund_return


class _Row:
    """One row of a sheet with its place."""

    def __init__(self, sheet: str, number: int, cells: Sequence[str]) -> None:
        self.sheet, self.number, self.cells = sheet, number, cells

    def text(self, column: int) -> str:
        """One cell; '' beyond the last."""
        return self.cells[column].strip() if column < len(self.cells) else ""


class _Reader:
    """Takes the parts of a return out of a workbook, and gathers what cannot be taken."""

    def __init__(self, book: PlainBook, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self.sheets = {sheet.name: sheet.rows for sheet in book.sheets}
        for name in (COVER, *HEADS):
            if name not in self.sheets:
                self.problems.append(
                    Problem(
                        Location(file),
                        f"There is no sheet “{name}”.",
                        "Begin with a return that was exported here.",
                    )
                )

    def rows(self, name: str) -> list[_Row]:
        """The rows beneath the heads of a sheet that hold anything; a sheet with other heads is named."""
        rows = self.sheets.get(name, ())
        if not rows:
            return []
        heads = tuple(cell.strip() for cell in rows[HEAD_ROW]) if len(rows) > HEAD_ROW else ()
        if heads[: len(HEADS[name])] != HEADS[name]:
            self._say(
                _Row(name, HEAD_ROW + 1, ()),
                f"The columns of “{name}” are not those of the return",
                "Put them back as they were exported",
            )
            return []
        made = (_Row(name, number, cells) for number, cells in enumerate(rows, 1) if number > HEAD_ROW + 1)
        return [row for row in made if any(cell.strip() for cell in row.cells)]

    def cover(self) -> list[str]:
        """What stands beside each item of the cover, '' where nothing does."""
        rows = self.sheets.get(COVER, ())
        beside = {row[0].strip(): row[1].strip() if len(row) > 1 else "" for row in rows if row}
        if COVER in self.sheets and not (beside.get("Fund code") and beside.get("Year")):
            self._say(
                _Row(COVER, HEAD_ROW + 2, ()),
                "The cover does not say the fund’s code and year",
                "Write them as they were exported",
            )
        return [beside.get(item, "") for item in COVER_ROWS]

    def cover_amount(self) -> Decimal | None:
        """The least on social care, as the cover says it."""
        return self.maybe(_Row(COVER, HEAD_ROW + 2 + MINIMUM, ("", self.cover()[MINIMUM])), 1)

    def needed(self, row: _Row, column: int) -> str:
        """Words that have to be there."""
        text = row.text(column)
        if not text:
            self._say(row, f"There is nothing under “{HEADS[row.sheet][column]}”", "Fill it in", column)
        return text

    def word(self, row: _Row, column: int, kind: type[Word]) -> Word:
        """One of the return's own words."""
        text = row.text(column)
        match = next((word for word in kind if word.value.casefold() == text.casefold()), None)
        if match is None:
            self._say(
                row,
                f"“{text}” is no {HEADS[row.sheet][column].lower()}",
                f"Write one of: {', '.join(filter(None, kind))}",
                column,
            )
            return next(iter(kind))
        return match

    def money(self, row: _Row, column: int) -> Decimal:
        """An amount that has to be there, pounds."""
        amount = self.maybe(row, column)
        if amount is None:
            if not row.text(column):
                self._say(
                    row,
                    f"There is no amount under “{HEADS[row.sheet][column]}”",
                    "Write an amount in pounds",
                    column,
                )
            return Decimal(0)
        return amount

    def maybe(self, row: _Row, column: int, of: str = MONEY) -> Decimal | None:
        """An amount or a figure, to the hundredth; None where there is none."""
        if not row.text(column):
            return None
        try:
            return to_penny(typed_number(row.text(column)))
        except ValueError:
            self._say(row, f"“{row.text(column)}” is not {of}", "Write a number", column)
            return None

    def day(self, row: _Row, column: int) -> date | None:
        """A day; None where there is none."""
        text = row.text(column)
        if not text:
            return None
        try:
            return date.fromisoformat(text[:10])
        except ValueError:
            self._say(
                row,
                f"“{text}” is no date",
                "Write it as a date, such as 31/03/2026, in a cell of dates",
                column,
            )
            return None

    def _say(self, row: _Row, sentence: str, remedy: str, column: int | None = None) -> None:
        self.problems.append(
            Problem(
                Location(self.file, row.sheet, row.number, None if column is None else column_name(column)),
                f"{sentence}.",
                f"{remedy}.",
            )
        )
