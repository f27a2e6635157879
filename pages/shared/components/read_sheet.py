"""The sheet as it was read: a list of roles in each column, row, the header and the unit; one can be moved."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

import streamlit as st

from pages.shared.components.render import HERE, draw, markup

SCRIPT = (HERE / "sheet.js").read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Role:
    """One role that a column, a row, the header or the unit may be given."""

    words: str
    key: str = ""
    """The question that choosing it answers; empty for the role that it has."""
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Roles:
    """The list of roles of one place of the sheet, the present one first."""

    at: str
    label: str
    roles: tuple[Role, ...]


@dataclass(frozen=True, slots=True)
class Unit:
    """The unit of the amounts, and where it is said."""

    choices: Roles
    where: str


@dataclass(frozen=True, slots=True)
class ReadColumn:
    """A column's letter, how it was read and why, and the roles that it may be given."""

    letter: str
    role: str
    reason: str
    choices: Roles


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row's number, how it was read and why, the roles that it may be given, and its cells."""

    number: int
    role: str
    reason: str
    choices: Roles
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RowsBetween:
    """Rows that are not shown, in words."""

    sentence: str


@dataclass(frozen=True, slots=True)
class ReadSheet:
    """A table of a sheet as it was read."""

    name: str
    unit: Unit
    columns: tuple[ReadColumn, ...]
    rows: tuple[ReadRow | RowsBetween, ...]
    more_columns: int


def legend(roles: Sequence[str]) -> None:
    """What the colours of the sheet mean; a role's first word is its colour."""
    draw("read_sheet", "legend", roles=roles)


def read_sheet(sheet: ReadSheet, key: str) -> dict[str, str] | None:
    """Draw a sheet, and give the question and the answer where somebody chose another role just now."""
    drawn = str(markup("read_sheet", "read_sheet", sheet=sheet))
    held = sha256(drawn.encode()).hexdigest()[:16]
    component = st.components.v2.component(
        "read_sheet", html='<div class="sheet-frame"></div>', js=SCRIPT, isolate_styles=False
    )
    moved = component(key=key, data={"held": held, "sheet": drawn}, on_moved_change=lambda: None).moved
    return {str(moved["key"]): str(moved["answer"])} if moved else None
