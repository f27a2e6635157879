"""What a workbook holds: its tables, what would be loaded, what was checked and what has to be asked.

`understand` looks at every sheet; `lines` gives the money of the chosen tables, each amount once, with the
cell it came from; `to_json` says it all for the command line.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from budget_model.intake.files.grid import Workbook, column_name
from budget_model.intake.sheet.roles import RowRole
from budget_model.intake.sheet.table import (
    EXPENDITURE_SIDE,
    INCOME_SIDE,
    Measure,
    Question,
    Reading,
    ReadLine,
    SheetTable,
    Words,
)
from budget_model.money import decimal_text
from budget_model.vocabulary import Side

__all__ = ["ReadLine", "Reading", "lines", "measures_to_load", "to_json", "understand"]


def understand(workbook: Workbook, answers: Mapping[str, str] | None = None) -> Reading:
    """Find the tables of a workbook, read each, and decide what would be loaded.

    `answers` are what the officer has said to questions, by their keys.
    """
    from budget_model.intake.rules.whole import understand_workbook

    return understand_workbook(workbook, answers or {})


def lines(
    reading: Reading,
    *,
    tables: Sequence[int] | None = None,
    measure: str | None = None,
    body: str | None = None,
) -> tuple[ReadLine, ...]:
    """The lines of the chosen tables, each amount once.

    `tables` takes others than the chosen ones, `measure` the column of that name (or letter, or year), and
    `body` the rows of one organisation in a table that has many.
    """
    read_lines: list[ReadLine] = []
    for number in reading.chosen if tables is None else tables:
        table = reading.tables[number]
        for one in measures_to_load(table, measure):
            read_lines += _lines_of(table, one, body)
    return tuple(read_lines)


def measures_to_load(table: SheetTable, measure: str | None = None) -> tuple[Measure, ...]:
    """The columns whose amounts would be loaded; of alternatives only the chosen one."""
    amounts = [measure for measure in table.measures if measure.role == "line amount"]
    if measure is None:
        return tuple(amount for amount in amounts if amount.choice == table.choice)
    wanted = measure.strip().casefold()
    named = tuple(
        measure for measure in table.measures if measure.total is not None and _called(measure, wanted)
    )
    return named or tuple(amount for amount in amounts if wanted in (amount.year, amount.choice.casefold()))


def _called(measure: Measure, name: str) -> bool:
    return name in (measure.name.casefold(), measure.letter.casefold())


def _income_of(table: SheetTable, measure: Measure) -> NDArray[np.bool_]:
    """Which lines of a measure are income, by its column or by their rows."""
    sides = table.sides.unpack()
    column_side = table.side_of_column.get(measure.column, 0)
    return (
        np.full(len(sides), column_side == INCOME_SIDE) if column_side else np.asarray(sides == INCOME_SIDE)
    )


def _income_turned(table: SheetTable, measure: Measure) -> NDArray[np.bool_]:
    """On which lines income is printed with a minus that is not its own."""
    turned = table.turned.unpack().astype(bool)
    if table.side_of_column.get(measure.column, 0):
        return np.full(len(turned), measure.column in table.negative_columns)
    return np.asarray(turned != table.income_is_negative)


def _lines_of(table: SheetTable, measure: Measure, body: str | None) -> Iterator[ReadLine]:
    figures = table.figures[measure.column]
    whole, taken = figures.whole.unpack(), _taken(table, measure)
    rows = table.line_rows.unpack() + table.first_row
    headings = table.headings.unpack()
    income = _income_of(table, measure)
    reverse = np.where(income, _income_turned(table, measure), table.expenditure_is_negative)
    named = {word.letter: _texts(word) for word in table.words}
    empty = ("",) * len(rows)
    special = [letter or "" for letter in (table.body_column, table.description_column, table.code_column)]
    bodies, descriptions, codes = (named.get(letter, empty) for letter in special)
    others = [word for word in table.words if word.letter not in special]
    rest = [(other.name or f"column {other.letter}", named[other.letter]) for other in others]
    across = _across(table, measure)
    scale = Decimal(measure.unit.factor)
    for k in np.flatnonzero(taken).tolist():
        if body is not None and bodies[k].casefold() != body.strip().casefold():
            continue
        amount = Decimal(int(whole[k])).scaleb(-figures.places) * scale
        row = int(rows[k])
        yield ReadLine(
            sheet=table.sheet,
            row=row + 1,
            column=column_name(table.moved.get(f"{row}:{measure.column}", measure.column)),
            description=descriptions[k] if not across or not bodies[k] else across,
            code=codes[k] or None,
            headings=table.heading_paths[int(headings[k])],
            amount=-amount if reverse[k] else amount,
            side=Side.INCOME if income[k] else Side.EXPENDITURE,
            measure=measure.name,
            body=bodies[k] or None,
            year=measure.year or table.year,
            attributes=tuple((name, texts[k]) for name, texts in rest if texts[k]),
        )


def _across(table: SheetTable, measure: Measure) -> str:
    """In a table with a row per organisation and services across, the service is the column's name."""
    several = sum(one.role == "line amount" and one.choice == measure.choice for one in table.measures) > 1
    return measure.name if table.body_column and several else ""


def _texts(one: Words) -> tuple[str, ...]:
    return tuple(one.texts[code] for code in one.codes.unpack().tolist())


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
        "cells": [
            {"sheet": cell.sheet, "what": str(cell.what), "cells": cell.cells, "total": cell.total}
            for cell in reading.cells
        ],
    }


def _question_json(question: Question) -> dict[str, object]:
    return {
        "key": question.key,
        "ask": question.ask,
        "best": question.best,
        "reason": question.reason,
        "options": list(question.options),
    }


def _table_json(table: SheetTable) -> dict[str, object]:
    roles = table.roles.unpack()
    counts = {role: int((roles == role).sum()) for role in RowRole}
    return {
        "sheet": table.sheet,
        "range": str(table.extent),
        "header_rows": list(table.header_rows),
        "unit": str(table.unit) if table.unit else None,
        "unit_from": table.unit_from or None,
        "measures": [_measure_json(table, measure) for measure in table.measures],
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
                "printed": decimal_text(check.printed),
                "computed": decimal_text(check.computed),
                "difference": decimal_text(check.difference),
            }
            for check in table.checks
        ],
        "problems": [str(problem) for problem in table.problems],
        "questions": [_question_json(question) for question in table.questions],
        "set_aside": table.set_aside,
        "choice": table.choice or None,
        "fingerprint": table.fingerprint,
    }


def _measure_json(table: SheetTable, measure: Measure) -> dict[str, object]:
    sides = _sides_of(table, measure)
    return {
        "column": measure.letter,
        "name": measure.name,
        "role": measure.role,
        "lines": measure.lines,
        "total": None if measure.total is None else decimal_text(measure.total),
        "unit": str(measure.unit),
        "year": measure.year,
        "choice": measure.choice or None,
        "sides": {side: decimal_text(amount) for side, amount in sides.items()} or None,
        "reason": measure.reason,
    }


def _taken(table: SheetTable, measure: Measure) -> NDArray[np.bool_]:
    """The lines on which a measure holds an amount, of its own year or phase where rows are parted."""
    taken = table.figures[measure.column].filled.unpack().astype(bool)
    if measure.split is not None and table.splits is not None:
        taken &= table.splits.unpack() == measure.split + 1
    return np.asarray(taken)


def _side_of_rows(table: SheetTable, measure: Measure) -> int:
    """The side of all lines of a measure, if it is one."""
    sides = set(table.sides.unpack()[_taken(table, measure)].tolist())
    return int(sides.pop()) if len(sides) == 1 else 0


def _sides_of(table: SheetTable, measure: Measure) -> dict[str, Decimal]:
    """What a measure holds of each side, where its rows or its column say which; a column of income is all income."""
    if measure.expenditure is not None and measure.income is not None:
        return {"expenditure": measure.expenditure, "income": measure.income}
    if measure.total is None or measure.column not in table.figures:
        return {}
    side = table.side_of_column.get(measure.column, 0) or _side_of_rows(table, measure)
    if not side and measure.role == "line amount" and INCOME_SIDE in table.side_of_column.values():
        side = EXPENDITURE_SIDE  # beside a column of income
    nothing = Decimal(0)
    if side == INCOME_SIDE:
        return {"expenditure": nothing, "income": measure.total}
    return {"expenditure": measure.total, "income": nothing} if side else {}
