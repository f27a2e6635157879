"""Workbooks to fill in: last year's lines with drop-downs and a checklist that turns green.

The same workbook serves an organisation that has no file of its own, and the rows of a file that need
attention. Whatever is typed into it is read back without a question: one table, its unit in the title, its
own totals in the first row, words everywhere else.
"""

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from budget_model.contribute.about import About
from budget_model.contribute.compose import Composed
from budget_model.contribute.paying import COMMON_SERVICE, FUNDING, RING_FENCE, How, Paid
from budget_model.contribute.submission import BudgetLine, ServiceShare
from budget_model.money import exact_pounds
from budget_model.place.model import Place
from budget_model.spreadsheet_text import as_text
from budget_model.vocabulary import RingFence, Side

SPARE_ROWS = 40
HEADER_ROW = 3
TOTAL_ROW = 4
FIRST_LINE = 5
"""Rows as the writer counts them, from 0; the officer sees one more."""
COLUMNS = (
    "Code",
    "Heading",
    "Description",
    COMMON_SERVICE,
    FUNDING,
    RING_FENCE,
    "Expenditure",
    "Income",
    "Last time",
)
WIDTHS = (12, 26, 46, 38, 26, 14, 18, 18, 34)
SERVICE, STREAM, FENCE, SPENT, INCOME, NOTE = 3, 4, 5, 6, 7, 8
DONE = "Done"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a workbook to fill in."""

    code: str
    heading: str
    description: str
    side: Side
    service: str
    funding: str
    ring_fence: str
    amount: Decimal | None
    note: str
    attention: bool = False


def template_for(
    about: About, place: Place, before: Sequence[BudgetLine], before_is: str, *, with_amounts: bool = False
) -> bytes:
    """A workbook for one organisation's next budget, its lines of last time ready to be filled in.

    `with_amounts` starts from the amounts of last time instead of empty cells.
    """
    body = next(
        (organisation.name for organisation in place.organisations if organisation.id == about.organisation),
        about.organisation,
    )
    rows = [_row_before(line, place, before_is, with_amounts=with_amounts) for line in before]
    own = _sides(rows) if with_amounts and rows else None
    return _workbook(f"{body}: {about.phase} {about.year}, £", about, rows, own, place)


def attention_for(composed: Composed, place: Place) -> bytes:
    """Every line of a file, those that need attention first and marked, with the best guess filled in.

    Dropped again it is the whole submission, so that nothing is lost by sending it back.
    """
    made = composed.submission
    about = About(made.organisation, made.year, made.phase, made.part)
    body = next(
        (organisation.name for organisation in place.organisations if organisation.id == about.organisation),
        about.organisation,
    )
    doubtful = sorted(composed.paid, key=lambda paid: (not paid.doubtful, -abs(paid.line.amount)))
    rows = [_row_of(paid, place) for paid in doubtful]
    return _workbook(f"{body}: {about.phase} {about.year}, £", about, rows, _sides(rows), place)


def named(services: Sequence[ServiceShare], names: Mapping[str, str]) -> str:
    """The services of a line as a cell names them, by their `names`; several with their percentages."""
    if len(services) == 1:
        return names.get(services[0].service, services[0].service)
    return "; ".join(
        f"{names.get(service.service, service.service)} {_percent(service.share)}%" for service in services
    )


def _percent(share: Decimal) -> str:
    text = format(share * 100, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _row_before(line: BudgetLine, place: Place, before_is: str, *, with_amounts: bool) -> Row:
    streams = {stream.id: stream.name for stream in place.funding_streams}
    return Row(
        line.code or "",
        " / ".join(line.headings),
        line.description,
        line.side,
        named(line.services, {service.id: service.name for service in place.services}),
        streams.get(line.funding_stream or "", ""),
        "" if line.ring_fence is RingFence.UNKNOWN else str(line.ring_fence),
        line.amount if with_amounts else None,
        f"was {exact_pounds(line.amount)} in {before_is}",
    )


def _row_of(paid: Paid, place: Place) -> Row:
    line, streams = paid.line, {stream.id: stream.name for stream in place.funding_streams}
    names = {service.id: service.name for service in place.services}
    if paid.how is How.UNMAPPED:
        guess = names.get(paid.suggestions[0].service, "") if paid.suggestions else ""
        note = "Nobody has said yet what it pays for."
        if guess:
            sure = paid.suggestions[0].confidence
            note = f"Best guess filled in, {sure:.0%} sure: {paid.suggestions[0].reason}"
        service = guess
    else:
        service = named(line.services, names)
        note = f"Please look: {line.reason}" if paid.doubtful else ""
    return Row(
        line.code or "",
        " / ".join(line.headings),
        line.description,
        line.side,
        service,
        streams.get(line.funding_stream or "", ""),
        "" if line.ring_fence is RingFence.UNKNOWN else str(line.ring_fence),
        line.amount,
        note,
        paid.doubtful,
    )


def _sides(rows: Iterable[Row]) -> tuple[Decimal, Decimal]:
    """Expenditure and income of some rows, pounds."""
    summed = {side: Decimal("0.00") for side in Side}
    for row in rows:
        summed[row.side] += row.amount or Decimal(0)
    return summed[Side.EXPENDITURE], summed[Side.INCOME]


_Own = tuple[Decimal, Decimal] | None


def _workbook(title: str, about: About, rows: Sequence[Row], own: _Own, place: Place) -> bytes:
    import xlsxwriter

    kept = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(kept, options)
    book.set_properties({"title": title})
    look = _looks(book)
    sheet = book.add_worksheet("Budget")
    checklist = book.add_worksheet("Checklist")
    lists = book.add_worksheet("Choices")
    last = FIRST_LINE + len(rows) + SPARE_ROWS - 1
    _table(sheet, look, title, about, rows, own)
    _choices(sheet, lists, look, place, last)
    _checklist(checklist, look, rows, own, last)
    sheet.activate()
    book.close()
    return kept.getvalue()


def _looks(book: Any) -> dict[str, Any]:
    base: dict[str, object] = {"font_name": "Arial", "font_size": 10, "valign": "top"}
    money: dict[str, object] = {"num_format": "#,##0.00;(#,##0.00);0.00"}
    edge: dict[str, object] = {"bottom": 1, "bottom_color": "#D5D9DC"}
    looks: dict[str, dict[str, object]] = {
        "title": {"bold": True, "font_size": 14},
        "says": {"font_color": "#3D3D3D", "text_wrap": True},
        "head": {"bold": True, "bg_color": "#12436D", "font_color": "#FFFFFF", "text_wrap": True},
        "text": {"text_wrap": True, **edge},
        "type": {"text_wrap": True, "bg_color": "#FFF9E5", "locked": False, **edge},
        "money": {"bg_color": "#FFF9E5", "locked": False, **money, **edge},
        "doubt": {"text_wrap": True, "bg_color": "#FBE3D6", "locked": False, **edge},
        "total": {"bold": True, "bottom": 2},
        "own": {"bold": True, "bottom": 2, "bg_color": "#FFF1B8", "locked": False, **money},
        "good": {"bg_color": "#D3EFEA", "font_color": "#00534C"},
        "open": {"bg_color": "#FBE3D6", "font_color": "#7A2E00"},
    }
    return {name: book.add_format({**base, **look}) for name, look in looks.items()}


def _table(
    sheet: Any, look: dict[str, Any], title: str, about: About, rows: Sequence[Row], own: _Own
) -> None:
    sheet.write_string(0, 0, title, look["title"])
    sheet.write_string(
        1,
        0,
        "Fill in the yellow cells. The sheet 'Checklist' turns green when it is ready to send.",
        look["says"],
    )
    for place, name in enumerate(COLUMNS):
        heading = f"{name} {about.year} (£)" if place in (SPENT, INCOME) else name
        sheet.write_string(HEADER_ROW, place, heading, look["head"])
        sheet.set_column(place, place, WIDTHS[place])
    for place in range(len(COLUMNS)):
        sheet.write_blank(TOTAL_ROW, place, None, look["total"])
    sheet.write_string(TOTAL_ROW, 2, "Total (your own, from your books)", look["total"])
    for place, column in enumerate((SPENT, INCOME)):
        if own is None:
            sheet.write_blank(TOTAL_ROW, column, None, look["own"])
        else:
            sheet.write_number(TOTAL_ROW, column, float(own[place]), look["own"])
    for place, row in enumerate(rows, start=FIRST_LINE):
        _line(sheet, look, place, row)
    for place in range(FIRST_LINE + len(rows), FIRST_LINE + len(rows) + SPARE_ROWS):
        for column in range(len(COLUMNS)):
            sheet.write_blank(place, column, None, look["money" if column in (SPENT, INCOME) else "type"])
    sheet.freeze_panes(TOTAL_ROW + 1, 3)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEADER_ROW)


def _line(sheet: Any, look: dict[str, Any], place: int, row: Row) -> None:
    words = look["doubt"] if row.attention else look["type"]
    texts = (
        row.code,
        row.heading,
        row.description,
        row.service,
        row.funding,
        row.ring_fence,
    )
    for column, text in enumerate(texts):
        if text:
            sheet.write_string(place, column, as_text(text), words)
        else:
            sheet.write_blank(place, column, None, words)
    for side, column in ((Side.EXPENDITURE, SPENT), (Side.INCOME, INCOME)):
        if row.amount is None or row.side is not side:
            sheet.write_blank(place, column, None, look["money"])
        else:
            sheet.write_number(place, column, float(row.amount), look["money"])
    sheet.write_string(place, NOTE, row.note, words if row.attention else look["text"])


def _choices(sheet: Any, lists: Any, look: dict[str, Any], place: Place, last: int) -> None:
    chosen = (
        (SERVICE, COMMON_SERVICE, [service.name for service in place.services]),
        (STREAM, FUNDING, [stream.name for stream in place.funding_streams]),
        (
            FENCE,
            RING_FENCE,
            [str(ring_fence) for ring_fence in RingFence if ring_fence is not RingFence.UNKNOWN],
        ),
    )
    for column, (target, name, words) in enumerate(chosen):
        lists.write_string(0, column, name, look["head"])
        lists.set_column(column, column, 40)
        for row, word in enumerate(words, start=1):
            lists.write_string(row, column, word, look["text"])
        if not words:
            continue
        letter = "ABC"[column]
        sheet.data_validation(
            FIRST_LINE,
            target,
            last,
            target,
            {
                "validate": "list",
                "source": f"=Choices!${letter}$2:${letter}${len(words) + 1}",
                # a split is typed: 'Roads 60%; Street lighting 40%'
                "error_type": "warning" if target == SERVICE else "stop",
                "error_title": name,
                "error_message": "Choose from the list.",
            },
        )
    sheet.data_validation(
        TOTAL_ROW,
        SPENT,
        last,
        INCOME,
        {
            "validate": "decimal",
            "criteria": "between",
            "minimum": -1e13,
            "maximum": 1e13,
            "error_title": "Amount",
            "error_message": "Type a number of pounds.",
        },
    )


def _checklist(sheet: Any, look: dict[str, Any], rows: Sequence[Row], own: _Own, last: int) -> None:
    """Every check is a formula with its answer of now, in words alone, so that no reader takes it for money."""
    checks = (*_own_totals(own, last), *_line_checks(rows, last))
    bottom = 2 + len(checks)
    sheet.set_column(0, 0, 62)
    sheet.set_column(1, 1, 34)
    sheet.write_string(0, 0, "Before you send it", look["title"])
    sheet.write_string(2, 0, "Check", look["head"])
    sheet.write_string(2, 1, "State", look["head"])
    for place, one in enumerate(checks, start=3):
        sheet.write_string(place, 0, one.what, look["text"])
        sheet.write_formula(place, 1, one.formula, look["text"], one.now)
    ready = f'=IF(COUNTIF(B4:B{bottom + 1},"{DONE}")={len(checks)},"Ready","Not yet")'
    now = "Ready" if all(check.now == DONE for check in checks) else "Not yet"
    sheet.write_string(bottom + 2, 0, "Ready to send", look["total"])
    sheet.write_formula(bottom + 2, 1, ready, look["total"], now)
    _colour_states(sheet, look, bottom + 2)


@dataclass(frozen=True, slots=True)
class _Check:
    """One check of the sheet: what it asks, the formula that answers, and the answer of now."""

    what: str
    formula: str
    now: str


def _cells(letter: str, last: int) -> str:
    """The cells of one column of the budget's lines, down to a row."""
    return f"Budget!${letter}${FIRST_LINE + 1}:${letter}${last}"


def _own_totals(own: _Own, last: int) -> tuple[_Check, ...]:
    asked = {"G": "expenditure (type it in the first row)", "H": "income (0 if there is none)"}
    checks = []
    for letter, what in asked.items():
        cell = f"Budget!${letter}${TOTAL_ROW + 1}"
        apart = f"SUM({_cells(letter, last + 1)})-{cell}"
        formula = (
            f'=IF(NOT(ISNUMBER({cell})),"To do",IF(ROUND({apart},2)=0,"{DONE}",'
            f'"They differ by £"&TEXT({apart},"#,##0.00")))'
        )
        now = "To do" if own is None else DONE
        checks.append(_Check(f"The lines make your own total of {what}", formula, now))
    return tuple(checks)


def _line_checks(rows: Sequence[Row], last: int) -> tuple[_Check, ...]:
    filled = [row for row in rows if row.amount is not None]
    spent, income = _cells("G", last + 1), _cells("H", last + 1)
    has_amount = f'({spent}<>"")+({income}<>"")>0'
    known = FIRST_LINE + max(len(rows), 1)
    return (
        _Check(
            "At least one line has an amount",
            f'=IF(COUNT({spent},{income})>0,"{DONE}","To do")',
            DONE if filled else "To do",
        ),
        _Check(
            "Every amount is a number",
            f'=IF(COUNTA({spent},{income})=COUNT({spent},{income}),"{DONE}","Some are words")',
            DONE,
        ),
        _Check(
            "Every line with an amount says what it is",
            f'=IF(SUMPRODUCT(({has_amount})*({_cells("C", last + 1)}=""))=0,"{DONE}","Some say nothing")',
            DONE,
        ),
        _Check(
            "Every line with an amount names its common service",
            f'=IF(SUMPRODUCT(({has_amount})*({_cells("D", last + 1)}=""))=0,"{DONE}","Some name none")',
            "Some name none" if any(not row.service for row in filled) else DONE,
        ),
        _Check(
            "Every line of last time has an amount (type 0 where there is none)",
            f'=IF(SUMPRODUCT(({_cells("G", known)}="")*({_cells("H", known)}=""))=0,"{DONE}","Some are empty")',
            "Some are empty" if not rows or len(filled) < len(rows) else DONE,
        ),
    )


def _colour_states(sheet: Any, look: dict[str, Any], bottom: int) -> None:
    """What is done is coloured as such, anything else as open."""
    for word in (DONE, "Ready"):
        begins = {"type": "text", "criteria": "begins with", "value": word, "stop_if_true": True}
        sheet.conditional_format(3, 1, bottom, 1, begins | {"format": look["good"]})
    sheet.conditional_format(3, 1, bottom, 1, {"type": "no_blanks", "format": look["open"]})
