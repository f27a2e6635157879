"""What a workbook holds: its tables, what would be loaded, what was checked and what has to be asked.

`understand` looks at every sheet; `lines` gives the money of the chosen tables, each amount once, with the
cell it came from; `to_json` says it all for the command line.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from budget_model.intake.cells import Cells, typed
from budget_model.intake.columns import Role
from budget_model.intake.grid import Workbook, column_name
from budget_model.intake.one_table import understand_table
from budget_model.intake.regions import find_regions
from budget_model.intake.rows import RowRole
from budget_model.intake.table import INCOME_SIDE, Measure, Question, Table, Words
from budget_model.intake.units import Unit, unit_in
from budget_model.problem import Problem
from budget_model.vocabulary import Side


@dataclass(frozen=True, slots=True)
class ReadLine:
    """One amount of one line, once. Amounts are whole currency units; income is positive on its own side."""

    sheet: str
    row: int
    """As a spreadsheet counts it, from 1."""
    column: str
    """As a spreadsheet names it."""
    description: str
    code: str | None
    headings: tuple[str, ...]
    """The headings above it, outermost first."""
    amount: Decimal
    side: Side
    measure: str
    """The name of the column it stands in."""
    body: str | None = None
    """In tables with a row per organisation: the one named on the row."""
    year: str | None = None
    attributes: tuple[tuple[str, str], ...] = ()
    """The row's other words: (header, text)."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A workbook as it was understood; nothing in it points back to the file's bytes."""

    file: str
    sha256: str
    format: str
    size: int
    refused: str | None
    tables: tuple[Table, ...]
    chosen: tuple[int, ...]
    problems: tuple[Problem, ...] = ()
    questions: tuple[Question, ...] = ()
    notes: tuple[str, ...] = ()


def understand(workbook: Workbook, answers: Mapping[str, str] | None = None) -> Reading:
    """Find the tables of a workbook, read each, and decide what would be loaded."""
    answers = answers or {}
    tables: list[Table] = []
    typed_sheets = [typed(sheet) for sheet in workbook.sheets]
    for number, cells in enumerate(typed_sheets):
        for region in find_regions(cells):
            unit, source = _unit(cells, region.titles, region.headers)
            table = understand_table(cells, number, region, unit, source, workbook.file)
            if table is not None:
                tables.append(table)
    chosen = tuple(k for k, table in enumerate(tables) if table.visible and any(m.role == Role.AMOUNT for m in table.measures))
    refused = None if chosen else "There are no amounts of money in this file."
    return Reading(
        workbook.file, workbook.sha256, workbook.format, workbook.size, refused, tuple(tables), chosen, notes=workbook.notes
    )


def _unit(cells: Cells, titles: Sequence[int], headers: Sequence[int]) -> tuple[Unit | None, str]:
    for row in reversed(titles):
        for j in range(cells.width):
            unit = unit_in(cells.text(row, j))
            if unit:
                return unit, "title"
    for row in headers:
        for j in range(cells.width):
            unit = unit_in(cells.text(row, j))
            if unit:
                return unit, "header"
    return None, ""


def lines(
    reading: Reading,
    *,
    tables: Sequence[int] | None = None,
    measure: str | None = None,
    body: str | None = None,
) -> tuple[ReadLine, ...]:
    """The lines of the chosen tables, each amount once.

    `tables` takes others than the chosen ones, `measure` the column of that name, `body` the rows of one
    organisation in a table that has many.
    """
    found: list[ReadLine] = []
    for number in reading.chosen if tables is None else tables:
        table = reading.tables[number]
        for one in measures_to_load(table, measure):
            found += _lines_of(table, one, body)
    return tuple(found)


def measures_to_load(table: Table, measure: str | None = None) -> tuple[Measure, ...]:
    """The columns whose amounts would be loaded, of alternatives only one."""
    if measure is not None:
        wanted = measure.strip().casefold()
        return tuple(one for one in table.measures if wanted in (one.name.casefold(), one.letter.casefold()))
    amounts = [one for one in table.measures if one.role == Role.AMOUNT]
    if not amounts:
        return ()
    choice = amounts[-1].choice
    return tuple(one for one in amounts if one.choice == choice)


def _lines_of(table: Table, measure: Measure, body: str | None) -> Iterator[ReadLine]:
    figures = table.figures[measure.column]
    taken = figures.filled.copy()
    if measure.split is not None and table.splits is not None:
        taken &= table.splits == measure.split
    named = {one.letter: one for one in table.words}
    bodies = named.get(table.body_column or "")
    description, code = named.get(table.description_column or ""), named.get(table.code_column or "")
    rest = [one for one in table.words if one not in (bodies, description, code)]
    for k in np.flatnonzero(taken):
        line = int(k)
        whose = bodies.at(line) if bodies else None
        if body is not None and (whose or "").casefold() != body.casefold():
            continue
        income = _is_income(table, measure, line)
        amount = Decimal(int(figures.whole[line])).scaleb(-figures.places) * measure.unit.factor
        yield ReadLine(
            sheet=table.sheet,
            row=table.first_row + int(table.line_rows[line]) + 1,
            column=column_name(measure.column),
            description=description.at(line) if description else "",
            code=(code.at(line) or None) if code else None,
            headings=table.heading_paths[int(table.headings[line])],
            amount=-amount if income and table.income_is_negative else amount,
            side=Side.INCOME if income else Side.EXPENDITURE,
            measure=measure.name,
            body=whose or None,
            year=measure.year or table.year,
            attributes=_attributes(rest, line),
        )


def _attributes(rest: Sequence[Words], line: int) -> tuple[tuple[str, str], ...]:
    return tuple((one.name or f"column {one.letter}", text) for one in rest if (text := one.at(line)))


def _is_income(table: Table, measure: Measure, line: int) -> bool:
    side = table.side_of_column.get(measure.column, 0) or int(table.sides[line])
    return side == INCOME_SIDE


def plain(amount: Decimal) -> str:
    """An amount as a decimal string without an exponent.

    >>> plain(Decimal("1E+3")), plain(Decimal("12.50"))
    ('1000', '12.50')
    """
    return format(amount, "f")


def to_json(reading: Reading) -> dict[str, object]:
    """The reading as the command line gives it."""
    return {
        "file": reading.file,
        "sha256": reading.sha256,
        "refused": {"reason": reading.refused} if reading.refused else None,
        "chosen": list(reading.chosen),
        "tables": [_table_json(table) for table in reading.tables],
        "problems": [str(problem) for problem in reading.problems],
        "questions": [_question_json(question) for question in reading.questions],
        "notes": list(reading.notes),
    }


def _question_json(question: Question) -> dict[str, object]:
    return {
        "key": question.key,
        "ask": question.ask,
        "best": question.best,
        "reason": question.reason,
        "options": list(question.options),
    }


def _table_json(table: Table) -> dict[str, object]:
    counts = {role: int((table.roles == role).sum()) for role in RowRole}
    return {
        "sheet": table.sheet,
        "range": str(table.extent),
        "header_rows": list(table.header_rows),
        "unit": str(table.unit) if table.unit else None,
        "unit_from": table.unit_from,
        "measures": [_measure_json(one) for one in table.measures],
        "rows": {
            "line": counts[RowRole.LINE],
            "total": counts[RowRole.TOTAL],
            "heading": counts[RowRole.HEADING],
            "note": counts[RowRole.NOTE],
            "blank": counts[RowRole.BLANK],
            "repeated header": counts[RowRole.REPEATED_HEADER],
        },
        "checks": [
            {
                "what": check.what,
                "printed": plain(check.printed),
                "computed": plain(check.computed),
                "difference": plain(check.difference),
            }
            for check in table.checks
        ],
        "problems": [str(problem) for problem in table.problems],
        "questions": [_question_json(question) for question in table.questions],
        "set_aside": table.set_aside,
        "fingerprint": table.fingerprint,
    }


def _measure_json(measure: Measure) -> dict[str, object]:
    sides = None
    if measure.expenditure is not None and measure.income is not None:
        sides = {"expenditure": plain(measure.expenditure), "income": plain(measure.income)}
    return {
        "column": measure.letter,
        "name": measure.name,
        "role": measure.role,
        "lines": measure.lines,
        "total": None if measure.total is None else plain(measure.total),
        "unit": str(measure.unit),
        "year": measure.year,
        "sides": sides,
        "reason": measure.reason,
    }
