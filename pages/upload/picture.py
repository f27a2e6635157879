"""The sheet as a picture: each column, row, the header and the unit in the colour of its role, and movable.

Every role stands in a list of its own, so that a mouse or the keyboard alone moves it; what is chosen is an
answer about the layout, remembered for next year's file.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from html import escape
from pathlib import Path

import streamlit as st

from budget_model.intake.picture import Gap, Picture, RowSeen, picture
from budget_model.intake.reading import Reading
from budget_model.intake.sheet.answers import slug
from budget_model.intake.sheet.header import NO_HEADER, header_answer
from budget_model.intake.sheet.table import ColumnSeen, SheetTable

SCRIPT = (Path(__file__).parent / "sheet.js").read_text(encoding="utf-8")
COLUMN_WORDS = {
    "line amount": "amounts", "total across": "totals across", "memo": "left out", "rate": "a rate",
    "count": "a count", "code": "codes", "date": "dates", "year": "years", "words": "words", "empty": "empty",
}  # fmt: skip
COLUMN_ROLES = ("amounts", "a code", "a count", "a rate", "leave it out")
SAME_ROLE = {"codes": "a code", "left out": "leave it out"}
"""A role as it is shown, and as it is asked for."""
ROW_ROLES = ("a line", "a total")
UNITS = ("GBP", "GBP thousand", "GBP million")
MOST_COLUMNS = 40
"""So many columns of a row are kept to be shown."""
LEGEND = (
    '<p class="legend"><span class="line">line</span><span class="total">total, left out</span>'
    '<span class="heading">heading</span><span class="header">header</span><span class="note">note</span></p>'
)


@dataclass(frozen=True, slots=True)
class RoleChoice:
    """One role that a column, a row, the header or the unit may be given."""

    words: str
    key: str = ""
    """The question that choosing it answers; empty for the role that it has."""
    answer: str = ""


def moved(reading: Reading, number: int, given: Mapping[str, str]) -> dict[str, str] | None:
    """Draw the picture of one table, and give the answer where a role was moved just now."""
    seen, table = picture(reading, number), reading.tables[number]
    drawn = unit_line(table, given) + sheet(seen, table, given)
    held = sha256(drawn.encode()).hexdigest()[:16]
    component = st.components.v2.component(
        "read_sheet", html='<div class="sheet-frame"></div>', js=SCRIPT, isolate_styles=False
    )
    said = component(
        key=f"sheet_{number}", data={"held": held, "sheet": drawn}, on_moved_change=lambda: None
    ).moved
    return {str(said["key"]): str(said["answer"])} if said else None


def unit_line(table: SheetTable, given: Mapping[str, str]) -> str:
    """The unit of the amounts, with where it is said, and the units that it may be."""
    now = str(table.unit) if table.unit else "not stated"
    key = f"unit:{table.fingerprint}"
    choices = [
        RoleChoice(now),
        *(RoleChoice(one, key, one) for one in dict.fromkeys((*UNITS, now)) if one != now),
    ]
    where = f"from {table.unit_from}" if table.unit_from else "the file does not say it"
    return (
        f'<p class="unit-line"><label>Unit of the amounts {_list("unit", "Unit of the amounts", choices, key, given)}'
        f"</label> <small>{escape(where)}</small></p>"
    )


def sheet(seen: Picture, table: SheetTable, given: Mapping[str, str]) -> str:
    """A table as it was read: columns across and rows down, each with the list of its roles."""
    columns = seen.columns[:MOST_COLUMNS]
    head = "".join(
        f'<th scope="col" class="col {_kind(column.role)}" title="{escape(column.reason, quote=True)}">'
        f"{escape(column.letter)}{_column_list(column, table, given)}</th>"
        for column in columns
    )
    rows = "".join(_row(row, seen, len(columns), given) for row in seen.rows)
    more = len(seen.columns) - len(columns)
    note = f'<p class="table-note">{more} more columns are read and not shown.</p>' if more > 0 else ""
    label = escape(f"How sheet {seen.sheet or '1'} was read", quote=True)
    return (
        f'<div class="read-sheet" role="region" tabindex="0" aria-label="{label}"><table><thead><tr>'
        f'<th scope="col">Row</th><th scope="col">Read as</th>{head}</tr></thead><tbody>{rows}</tbody></table></div>{note}'
    )


def column_key(column: ColumnSeen, table: SheetTable) -> str:
    """The question that a correction of a column answers."""
    return f"column:{table.fingerprint}:{slug(column.name) or column.letter}"


def header_choices(seen: Picture, row: RowSeen) -> tuple[RoleChoice, ...]:
    """How a row may become the header, join it or leave it."""
    now, cells = seen.header_rows, {one.row: one.cells for one in seen.rows if isinstance(one, RowSeen)}

    def rows(first: int, last: int) -> str:
        return header_answer(first, last, cells.get(last, ()))

    key, number = seen.header_key, row.row
    if number in now:
        if len(now) == 1:
            return (RoleChoice("no header", key, NO_HEADER),)
        alone = RoleChoice("the whole header", key, rows(number, number))
        if number == now[0]:
            return alone, RoleChoice("above the header", key, rows(now[1], now[-1]))
        return (
            (alone, RoleChoice("below the header", key, rows(now[0], now[-2])))
            if number == now[-1]
            else (alone,)
        )
    found = [RoleChoice("the header", key, rows(number, number))]
    if now and number in (now[0] - 1, now[-1] + 1):
        joined = RoleChoice("part of the header", key, rows(min(number, now[0]), max(number, now[-1])))
        found.append(joined)
    return tuple(found)


def row_choices(seen: Picture, row: RowSeen) -> tuple[RoleChoice, ...]:
    """The roles that a row may be given, the one that it has first."""
    roles = [RoleChoice(one, row.key, one) for one in ROW_ROLES if row.key and one != f"a {row.role}"]
    return RoleChoice(row.role), *roles, *header_choices(seen, row)


def _column_list(column: ColumnSeen, table: SheetTable, given: Mapping[str, str]) -> str:
    now = COLUMN_WORDS.get(column.role, column.role)
    key = column_key(column, table)
    others = [one for one in COLUMN_ROLES if one != SAME_ROLE.get(now, now)]
    choices = [RoleChoice(now), *(RoleChoice(one, key, one) for one in others)]
    return _list(f"column-{column.letter}", f"Column {column.letter} holds", choices, key, given)


def _list(at: str, label: str, choices: Sequence[RoleChoice], key: str, given: Mapping[str, str]) -> str:
    """One list of roles; what the officer has said can be taken back in it."""
    back = [RoleChoice("as it was read at first", key, "")] if key in given else []
    options = "".join(
        f"<option{f' data-key={chr(34)}{escape(one.key, quote=True)}{chr(34)} data-answer={chr(34)}{escape(one.answer, quote=True)}{chr(34)}' if one.key else ' selected'}>"
        f"{escape(one.words)}</option>"
        for one in (*choices, *back)
    )
    return f'<select data-at="{escape(at, quote=True)}" aria-label="{escape(label, quote=True)}">{options}</select>'


def _kind(role: str) -> str:
    return role.replace(" ", "-")


def _row(row: RowSeen | Gap, seen: Picture, width: int, given: Mapping[str, str]) -> str:
    if isinstance(row, Gap):
        said = ", ".join(
            f"{count:,} {role}{'' if count == 1 else 's'}" for role, count in row.counts if role != "blank"
        )
        which = f"rows {row.first} to {row.last}" if row.first != row.last else f"row {row.first}"
        return f'<tr class="gap"><td colspan="{width + 2}">{which}: {escape(said or "blank")}</td></tr>'
    cells = "".join(f"<td>{escape(cell[:60])}</td>" for cell in row.cells[:width])
    cells += "<td></td>" * max(0, width - len(row.cells))
    key = seen.header_key if row.role == "header" else row.key
    roles = _list(f"row-{row.row}", f"Row {row.row} is", row_choices(seen, row), key, given)
    return (
        f'<tr class="{_kind(row.role)}"><th scope="row">{row.row}</th>'
        f'<td class="role" title="{escape(row.reason, quote=True)}">{roles}</td>{cells}</tr>'
    )
