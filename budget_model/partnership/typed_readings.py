"""Readings as people send them: a table typed, pasted or uploaded, each fault with its row and what to do."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO

from budget_model.financial_year import financial_year
from budget_model.money import decimal_text, typed_number
from budget_model.partnership.performance import (
    QUARTERS,
    WHOLE_YEAR,
    Measured,
    Period,
    Reading,
    ReadingGrade,
    doubts,
)
from budget_model.place.model import Target
from budget_model.problem import Location, Problem, Refusal, Severity
from budget_model.spreadsheet_text import as_text

COLUMNS = ("measure", "name", "unit", "year", "quarter", "figure", "source", "grade", "note")
"""The columns of the template; quarter is 1 to 4, or empty for the whole year."""
MOST_ROWS = 2_000
MOST_LETTERS = 500


@dataclass(frozen=True, slots=True)
class TypedReadings:
    """What was understood, what stands in the way, and what should be looked at before it is kept."""

    readings: tuple[tuple[str, Reading], ...]
    problems: tuple[Problem, ...]
    """Rows that are not kept until they are put right."""
    doubts: tuple[Problem, ...]
    """Rows that are kept once somebody says that they are right."""


def template(every: Iterable[Measured], year: str) -> str:
    """A CSV table with a row for each measure, ready for its next period; figures are empty."""
    return _as_csv(next_rows(every, year))


def _as_csv(rows: Iterable[Mapping[str, str]]) -> str:
    held = StringIO()
    writer = csv.DictWriter(held, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return held.getvalue()


def next_rows(every: Iterable[Measured], year: str) -> list[dict[str, str]]:
    """A row for each measure and its next period, with the source and grade of the last reading."""
    return [_next_row(measured, year) for measured in every]


def _next_row(measured: Measured, year: str) -> dict[str, str]:
    """The row of a measure for its next period: after its last reading, else after the figure that it states."""
    last = measured.readings[-1] if measured.readings else None
    stated = Period(measured.target.latest_year).after.year
    period = last.period.after if last else Period(max(year, stated), 1)
    return {
        "measure": measured.target.id,
        "name": as_text(measured.target.name),
        "unit": as_text(measured.target.unit),
        "year": period.year,
        "quarter": str(period.quarter or ""),
        "figure": "",
        "source": as_text(last.source) if last else "",
        "grade": str(last.grade) if last else "",
        "note": "",
    }


def read_table(text: str, targets: Sequence[Target]) -> TypedReadings:
    """Readings of a table as text: commas, semicolons or tabs between cells, the first row with the columns' names."""
    bare = text.lstrip("\ufeff")
    first = bare.splitlines()[:1]
    between = max(",;\t", key=first[0].count) if first else ","
    return read_cells(list(csv.reader(StringIO(bare), delimiter=between)), targets)


def read_cells(rows: Sequence[Sequence[str]], targets: Sequence[Target]) -> TypedReadings:
    """Readings of a table's or a sheet's cells, the first row with the columns' names."""
    if not rows:
        return _refused("There is no row in it.", "Download the template, fill in the figures, and send it.")
    names = [name.strip().lower() for name in rows[0]]
    missing = [name for name in ("measure", "year", "figure") if name not in names]
    if missing:
        return _refused(
            f"It has no column “{missing[0]}”.", f"Its first row must name the columns: {', '.join(COLUMNS)}."
        )
    below = rows[1 : MOST_ROWS + 2]
    return read_rows([dict(zip(names, map(str.strip, row), strict=False)) for row in below], targets)


def _refused(sentence: str, remedy: str) -> TypedReadings:
    return TypedReadings((), (Problem(Location(""), sentence, remedy, Severity.REFUSED),), ())


def read_rows(rows: Sequence[Mapping[str, str]], targets: Sequence[Target], first: int = 2) -> TypedReadings:
    """Readings of rows by the template's columns; `first` is the number of the first one.

    A row without a figure is left out, as not known yet, and so are the columns' names where they were pasted along.
    """
    if len(rows) > MOST_ROWS:
        return _refused(
            f"It has more than {MOST_ROWS:,} rows.", "Send the readings of one quarter at a time."
        )
    known = {target.id: target for target in targets} | {target.name.casefold(): target for target in targets}
    readings: list[tuple[str, Reading]] = []
    problems: list[Problem] = []
    unsure: list[Problem] = []
    for number, row in enumerate(rows, start=first):
        if row.get("figure", "").strip().casefold() in ("", "figure"):
            continue
        try:
            target, reading = _reading(row, known)
        except Refusal as refusal:
            place = Location("", row=number)
            problems.append(
                Problem(place, refusal.sentence, "Put it right and send it again.", Severity.REFUSED)
            )
            continue
        readings.append((target.id, reading))
        doubt = doubts(target, reading)
        if doubt:
            unsure.append(Problem(Location("", row=number), doubt, "Say that it is right, or correct it."))
    return TypedReadings(tuple(readings), tuple(problems), tuple(unsure))


def _reading(row: Mapping[str, str], known: Mapping[str, Target]) -> tuple[Target, Reading]:
    """One row's reading and its measure; raises `Refusal` with a sentence."""
    asked = row.get("measure", "").strip()
    target = known.get(asked) or known.get(asked.casefold()) or known.get(row.get("name", "").casefold())
    if target is None:
        raise Refusal(f"There is no measure “{asked[:80]}”.")
    text = row["figure"].strip().removesuffix("%")
    try:
        figure = typed_number(text)
    except ValueError:
        raise Refusal(f"“{text[:40]}” is not a figure of {target.name}.") from None
    period = Period(financial_year(row.get("year", "")), _quarter(row.get("quarter", "")))
    source = row.get("source", "").strip()[:MOST_LETTERS]
    if not source:
        raise Refusal(f"The reading of {target.name} names no source.")
    return target, Reading(
        period, figure, source, _grade(row.get("grade", "")), row.get("note", "").strip()[:MOST_LETTERS]
    )


def _quarter(text: str) -> int:
    """A quarter as people type one: '2', 'Q2'; the whole year where nothing stands there."""
    bare = text.strip().lower().removeprefix("q").strip()
    if not bare:
        return WHOLE_YEAR
    if bare in map(str, QUARTERS):
        return int(bare)
    raise Refusal(f"“{text[:20]}” is no quarter. Write 1, 2, 3 or 4, or leave it empty for the whole year.")


def _grade(text: str) -> ReadingGrade:
    """How good the reading is; provisional where nothing is said."""
    bare = text.strip().casefold().replace("'", "’")
    if not bare:
        return ReadingGrade.PROVISIONAL
    for grade in ReadingGrade:
        if bare == grade.casefold():
            return grade
    raise Refusal(f"“{text[:40]}” is no grade. Write one of: {'; '.join(ReadingGrade)}.")


def every_reading(every: Iterable[Measured]) -> str:
    """Every reading that was entered, as a CSV table by the template's columns."""
    return _as_csv(_as_row(measured, reading) for measured in every for reading in measured.readings)


def _as_row(measured: Measured, reading: Reading) -> dict[str, str]:
    return {
        "measure": measured.target.id,
        "name": as_text(measured.target.name),
        "unit": as_text(measured.target.unit),
        "year": reading.period.year,
        "quarter": str(reading.period.quarter or ""),
        "figure": decimal_text(reading.figure),
        "source": as_text(reading.source),
        "grade": str(reading.grade),
        "note": as_text(reading.note),
    }
