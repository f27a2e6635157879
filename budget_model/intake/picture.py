"""How a table was read, as a picture of the sheet: each column's and each row's role, and why.

The upload page draws it; the command line prints it. One look must suffice to see whether a total was
taken for a line, or a line lost.
"""

import shutil
import textwrap
from dataclasses import dataclass

from budget_model.intake.reading import Reading
from budget_model.intake.sheet.roles import RowRole
from budget_model.intake.sheet.table import ColumnSeen, SheetTable
from budget_model.money import decimal_text

ROLES = {
    RowRole.BLANK: "blank",
    RowRole.LINE: "line",
    RowRole.TOTAL: "total",
    RowRole.HEADING: "heading",
    RowRole.NOTE: "note",
    RowRole.REPEATED_HEADER: "repeated header",
}
_USUAL = {
    RowRole.BLANK: "nothing stands in it",
    RowRole.LINE: "it holds amounts of its own",
    RowRole.NOTE: "it is neither a line nor a heading",
}


@dataclass(frozen=True, slots=True)
class RowSeen:
    """One row of the sheet with its role and why."""

    row: int
    """As a spreadsheet counts it, from 1."""
    role: str
    """title, header, line, total, heading, note, blank or repeated header."""
    reason: str
    cells: tuple[str, ...]
    key: str = ""
    """Under what a correction of its role is kept; empty for rows outside the body."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Rows that are not shown, by what they are."""

    first: int
    last: int
    counts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A table as it was read: its columns across and some of its rows down, gaps counted."""

    sheet: str
    extent: str
    unit: str | None
    unit_from: str
    columns: tuple[ColumnSeen, ...]
    rows: tuple[RowSeen | Gap, ...]
    set_aside: str | None
    header_rows: tuple[int, ...] = ()
    header_key: str = ""
    """Under what an answer about its header is kept."""


def picture(reading: Reading, table: int) -> Picture:
    """The picture of one table of a reading."""
    seen = reading.tables[table]
    roles = seen.roles.unpack().tolist()
    rows: list[RowSeen | Gap] = []
    before = min(seen.sample, default=0) - 1
    for row, cells in sorted(seen.sample.items()):
        if row > before + 1 and row > seen.first_row:
            rows.append(_gap(seen, roles, max(before + 1, seen.first_row), row - 1))
        rows.append(_row(seen, roles, row, cells))
        before = row
    end = seen.first_row + len(roles) - 1
    if before < end:
        rows.append(_gap(seen, roles, max(before + 1, seen.first_row), end))
    return Picture(
        seen.sheet,
        str(seen.extent),
        str(seen.unit) if seen.unit else None,
        seen.unit_from,
        seen.columns,
        tuple(rows),
        seen.set_aside,
        seen.header_rows,
        seen.header_key,
    )


def _row(table: SheetTable, roles: list[int], row: int, cells: tuple[str, ...]) -> RowSeen:
    if row + 1 in table.header_rows:
        return RowSeen(row + 1, "header", "its words name the columns", cells)
    place = row - table.first_row
    if not 0 <= place < len(roles):
        return RowSeen(row + 1, "title", "it stands above the table", cells)
    role = RowRole(roles[place])
    reason = table.reasons.get(place, _USUAL.get(role, ""))
    return RowSeen(row + 1, ROLES[role], reason, cells, table.row_keys.get(row, ""))


def _gap(table: SheetTable, roles: list[int], first: int, last: int) -> Gap:
    inside = roles[first - table.first_row : last - table.first_row + 1]
    counts = tuple((ROLES[role], inside.count(role)) for role in RowRole if inside.count(role))
    return Gap(first + 1, last + 1, counts)


_COLOURS = {
    "header": "1;34",
    "title": "2",
    "total": "1;33",
    "heading": "1;36",
    "note": "2",
    "repeated header": "2;34",
    "blank": "2",
    "line amount": "1;32",
    "total across": "1;33",
    "memo": "2",
    "rate": "2",
}


def as_text(reading: Reading, *, colour: bool = False) -> str:
    """The whole reading as a person reads it in a terminal: verdict, tables, questions, problems."""
    width = max(80, shutil.get_terminal_size((110, 40)).columns)
    out = [f"{reading.file} ({reading.format}, {reading.size:,} bytes)"]
    out += [f"  {note}" for note in reading.notes]
    if reading.refused:
        return "\n".join([*out, "", f"Refused: {reading.refused}", ""])
    for number, table in enumerate(reading.tables):
        out += ["", *_table_text(reading, number, table, width, colour=colour)]
    if reading.questions:
        out += ["", "Questions, best guess first"]
        for question in reading.questions:
            out += _wrapped(f"{question.ask} {question.reason.capitalize()}.", width, "  ? ")
            out += _wrapped(f"--answer '{question.key}=…'  {' | '.join(question.options)}", width, "      ")
    problems = [*reading.problems, *(problem for table in reading.tables for problem in table.problems)]
    if problems:
        out += ["", "To look at"]
        for problem in problems[:40]:
            out += _wrapped(str(problem), width, "  ! ")
        if len(problems) > 40:
            out.append(f"  and {len(problems) - 40} more")
    return "\n".join([*out, ""])


def _wrapped(text: str, width: int, lead: str) -> list[str]:
    return textwrap.wrap(text, width, initial_indent=lead, subsequent_indent=" " * len(lead))


def _table_text(reading: Reading, number: int, table: SheetTable, width: int, *, colour: bool) -> list[str]:
    fate = "loaded" if number in reading.chosen else f"set aside: {table.set_aside or 'not chosen'}"
    unit = (
        f"{table.unit}, from {table.unit_from}"
        if table.unit and table.unit_from
        else str(table.unit or "unit unknown")
    )
    name = f"sheet '{table.sheet}', " if table.sheet else ""
    out = [_painted(f"Table {number}: {name}{table.extent}, {unit} ({fate})", "1", colour=colour)]
    for measure in table.measures:
        total = "" if measure.total is None else f"{decimal_text(measure.total)} over {measure.lines} lines"
        sides = (
            f" (expenditure {measure.expenditure:,f}, income {measure.income:,f})"
            if measure.income is not None
            else ""
        )
        text = (
            f"  {measure.letter:>3} {measure.name[:44]:44} {measure.role:12} {total}{sides}; {measure.reason}"
        )
        out.append(_painted(text[: width * 2], _COLOURS.get(measure.role, "0"), colour=colour))
    if number not in reading.chosen:
        return out
    for seen in picture(reading, number).rows:
        if isinstance(seen, Gap):
            out.append(
                f"  rows {seen.first} to {seen.last}: "
                + ", ".join(f"{count} {role}" for role, count in seen.counts)
            )
            continue
        cells = " | ".join(cell[:18] for cell in seen.cells if cell)
        text = f"  {seen.row:>6} {seen.role:10} {cells}"[: width - 2]
        if seen.role in ("total", "note", "repeated header"):
            text = f"{text}  ({seen.reason})"
        out.append(_painted(text, _COLOURS.get(seen.role, "0"), colour=colour))
    off = [check for check in table.checks if check.difference]
    out.append(f"  {len(table.checks)} printed totals checked, {len(off)} disagree")
    out += [
        f"    {c.what}: printed {c.printed:,f}, computed {c.computed:,f}, difference {c.difference:,f}"
        for c in off[:10]
    ]
    return out


def explained(reading: Reading, *, colour: bool = False) -> str:
    """For each column and row of every table the rules that spoke of it; the one that holds is marked with a star."""
    out: list[str] = []
    for number, table in enumerate(reading.tables):
        name = f"sheet '{table.sheet}', " if table.sheet else ""
        out += ["", _painted(f"Table {number}: {name}{table.extent}", "1", colour=colour)]
        place = ""
        for heard in table.heard:
            shown = heard.place if heard.place != place else ""
            place = heard.place
            text = f"  {shown:>10} {'*' if heard.holds else ' '} {heard.role:16} {heard.rule}: {heard.reason} [{heard.proof}]"
            out.append(_painted(text, "0" if heard.holds else "2", colour=colour))
    return "\n".join([*out, ""])


def _painted(text: str, code: str, *, colour: bool) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if colour and code != "0" else text
