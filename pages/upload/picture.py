"""The sheet as a picture: each column, row, the header and the unit in the colour of its role, and movable.

Every role stands in a list of its own, so that a mouse or the keyboard alone moves it; what is chosen is an
answer about the layout, remembered for next year's file.
"""

from collections.abc import Mapping, Sequence

from budget_model.intake.picture import Gap, Picture, RowSeen, picture
from budget_model.intake.reading import Reading
from budget_model.intake.sheet.answers import slug
from budget_model.intake.sheet.header import NO_HEADER, header_answer
from budget_model.intake.sheet.table import ColumnSeen, SheetTable
from budget_model.intake.sheet.unit import in_words
from pages.shared.components.read_sheet import (
    ReadColumn,
    ReadRow,
    ReadSheet,
    Role,
    Roles,
    RowsBetween,
    Unit,
    read_sheet,
)

COLUMN_WORDS = {
    "line amount": "amounts",
    "total across": "totals across",
    "memo": "left out",
    "rate": "a rate",
    "count": "a count",
    "code": "codes",
    "date": "dates",
    "year": "years",
    "words": "words",
    "empty": "empty",
}
COLUMN_ROLES = ("amounts", "a code", "a count", "a rate", "leave it out")
SAME_ROLE = {"codes": "a code", "left out": "leave it out"}
"""A role as it is shown, and as it is asked for."""
ROW_ROLES = ("a line", "a total")
UNITS = ("GBP", "GBP thousand", "GBP million")
MOST_COLUMNS = 40
"""So many columns of a row are kept to be shown."""
LEGEND = ("line", "total, left out", "heading", "header", "note")
LONGEST = 60
"""Letters of a cell that the picture has room for."""


def moved(reading: Reading, number: int, given: Mapping[str, str]) -> dict[str, str] | None:
    """Draw the picture of one table, and give the answer where a role was moved just now."""
    return read_sheet(sheet(picture(reading, number), reading.tables[number], given), f"sheet_{number}")


def sheet(seen: Picture, table: SheetTable, given: Mapping[str, str]) -> ReadSheet:
    """A table as it was read: columns across and rows down, each with the list of its roles."""
    columns = seen.columns[:MOST_COLUMNS]
    return ReadSheet(
        seen.sheet or "1",
        unit_line(table, given),
        tuple(_column(column, table, given) for column in columns),
        tuple(_row(row, seen, len(columns), given) for row in seen.rows),
        len(seen.columns) - len(columns),
    )


def unit_line(table: SheetTable, given: Mapping[str, str]) -> Unit:
    """The unit of the amounts, with where it is said, and the units that it may be."""
    now = str(table.unit) if table.unit else "not stated"
    key = f"unit:{table.fingerprint}"
    others = [Role(in_words(unit), key, unit) for unit in dict.fromkeys((*UNITS, now)) if unit != now]
    where = f"from {table.unit_from}" if table.unit_from else "the file does not say it"
    return Unit(_roles("unit", "Unit of the amounts", [Role(in_words(now)), *others], key, given), where)


def column_key(column: ColumnSeen, table: SheetTable) -> str:
    """The question that a correction of a column answers."""
    return f"column:{table.fingerprint}:{slug(column.name) or column.letter}"


def header_choices(seen: Picture, row: RowSeen) -> tuple[Role, ...]:
    """How a row may become the header, join it or leave it."""
    now, cells = seen.header_rows, {row.row: row.cells for row in seen.rows if isinstance(row, RowSeen)}

    def rows(first: int, last: int) -> str:
        return header_answer(first, last, cells.get(last, ()))

    key, number = seen.header_key, row.row
    if number in now:
        if len(now) == 1:
            return (Role("no header", key, NO_HEADER),)
        alone = Role("the whole header", key, rows(number, number))
        if number == now[0]:
            return alone, Role("above the header", key, rows(now[1], now[-1]))
        return (
            (alone, Role("below the header", key, rows(now[0], now[-2]))) if number == now[-1] else (alone,)
        )
    roles = [Role("the header", key, rows(number, number))]
    if now and number in (now[0] - 1, now[-1] + 1):
        joined = Role("part of the header", key, rows(min(number, now[0]), max(number, now[-1])))
        roles.append(joined)
    return tuple(roles)


def row_choices(seen: Picture, row: RowSeen) -> tuple[Role, ...]:
    """The roles that a row may be given, the one that it has first."""
    roles = [Role(role, row.key, role) for role in ROW_ROLES if row.key and role != f"a {row.role}"]
    return Role(row.role), *roles, *header_choices(seen, row)


def _column(column: ColumnSeen, table: SheetTable, given: Mapping[str, str]) -> ReadColumn:
    now = COLUMN_WORDS.get(column.role, column.role)
    key = column_key(column, table)
    others = [Role(role, key, role) for role in COLUMN_ROLES if role != SAME_ROLE.get(now, now)]
    label = f"Column {column.letter} holds"
    roles = _roles(f"column-{column.letter}", label, [Role(in_words(now)), *others], key, given)
    return ReadColumn(column.letter, column.role, column.reason, roles)


def _roles(at: str, label: str, roles: Sequence[Role], key: str, given: Mapping[str, str]) -> Roles:
    """One list of roles; what the officer has said can be taken back in it."""
    back = (Role("as it was read at first", key, ""),) if key in given else ()
    return Roles(at, label, (*roles, *back))


def _row(row: RowSeen | Gap, seen: Picture, width: int, given: Mapping[str, str]) -> ReadRow | RowsBetween:
    if isinstance(row, Gap):
        return RowsBetween(_between(row))
    key = seen.header_key if row.role == "header" else row.key
    roles = _roles(f"row-{row.row}", f"Row {row.row} is", row_choices(seen, row), key, given)
    cells = tuple(cell[:LONGEST] for cell in row.cells[:width])
    return ReadRow(row.row, row.role, row.reason, roles, cells)


def _between(gap: Gap) -> str:
    """Which rows are not shown, and what they are."""
    which = f"rows {gap.first} to {gap.last}" if gap.first != gap.last else f"row {gap.first}"
    counts = [f"{count:,} {role}{'' if count == 1 else 's'}" for role, count in gap.counts if role != "blank"]
    return f"{which}: {', '.join(counts) or 'blank'}"
