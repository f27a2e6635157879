"""One list: its rows, a form for one of them made from the kinds of its columns, and the whole of it as a file."""

from collections.abc import Sequence
from dataclasses import MISSING
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

import streamlit as st

from budget_model.count.saying import counted
from budget_model.exhibits.tables import Column as Heading
from budget_model.exhibits.tables import Table
from budget_model.place.columns import LONGEST_ID, LONGEST_TEXT, AsColour, CodeOf, Column, InWords, Whole
from budget_model.place.described import what_it_holds
from budget_model.place.editing import Edit, of_list, plain_text, rows_of_csv
from budget_model.place.lists import LISTS, Cells, SetList
from budget_model.place.reading import day
from budget_model.place.writing import cell_of, csv_of
from budget_model.spreadsheet_text import marked
from budget_model.store import settings
from pages.settings import asked
from pages.shared import asking, chart, components, kept, tables
from pages.shared.components import as_typed

MOST_ROWS: Final = 25
FEW: Final = 12
"""Whole numbers that are chosen from a list and not typed."""
NEW: Final = -1
"""Stands for a row that is not there yet."""
EARLIEST, LATEST = date(1800, 1, 1), date(2200, 12, 31)
USUAL_COLOUR: Final = "#12436D"
SHOWN: Final = 6
"""Columns of a list that its table shows; the form and the file have all."""


def show(set_list: SetList, rows: Sequence[Cells]) -> None:
    """A list, and the row of it that is chosen."""
    components.section(set_list.title, set_list.about)
    if set_list.single:
        _form(set_list, rows[0] if rows else None)
        return
    with st.container(horizontal=True, key="controls_rows"):
        number = _picked(set_list, rows) if may_change(set_list) else None
        text = (
            st.text_input("Find rows with", key=f"find_{set_list.part}", placeholder="A part of any cell")
            if len(rows) > MOST_ROWS
            else ""
        )
    if not may_change(set_list):
        components.note("You may read this list; directors and administrators change it.")
    if number is not None:
        _form(set_list, None if number == NEW else rows[number])
    _table(set_list, rows, text)
    if may_change(set_list):
        _as_file(set_list, rows)


def _picked(set_list: SetList, rows: Sequence[Cells]) -> int | None:
    """Which row is to be changed, or a new one; None while none is chosen."""
    number: int | None = st.selectbox(
        "Row to change",
        [NEW, *range(len(rows))],
        index=None,
        format_func=lambda number: "A new row" if number == NEW else set_list.called(rows[number]),
        placeholder="Choose or type a row, or a new one",
        key=f"row_{set_list.part}",
    )
    return number


def may_change(set_list: SetList) -> bool:
    """Whether whoever looks may change some row of a list."""
    asker = asking.asker()
    blank = set_list.from_plain({})
    boards = [grant.body for grant in asker.grants]
    return settings.may_set(asker, Edit(set_list.part, None, blank)) or (
        set_list.part in settings.TARGETS
        and any(
            settings.may_set(asker, Edit("targets", None, LISTS["targets"].from_plain({"board": board})))
            for board in boards
        )
    )


def _table(set_list: SetList, rows: Sequence[Cells], text: str) -> None:
    found = _with_text(rows, text)
    if not rows:
        components.empty("This list has no rows yet.", "Choose a new row above.")
        return
    named = [place for place, column in enumerate(set_list.columns) if _is_read(set_list, column)][:SHOWN]
    headings = tuple(Heading(set_list.names[place].replace("_", " ").capitalize()) for place in named)
    shown = found[:MOST_ROWS]
    tables.show(Table(set_list.title, headings, tuple(tuple(row[place] for place in named) for row in shown)))
    if len(found) > MOST_ROWS or len(named) < len(set_list.names):
        rest = f"{len(shown):,} of {counted(len(found), 'row', 'rows')} and {len(named)} of {counted(len(set_list.names), 'column', 'columns')}"
        components.note(f"{rest} are shown; the file below has all.")


def _with_text(rows: Sequence[Cells], text: str) -> list[Cells]:
    """The rows in which some text stands, whatever its capitals; all where nothing is looked for."""
    wanted = text.strip().casefold()
    return [row for row in rows if wanted in " ".join(row).casefold()]


def _is_read(set_list: SetList, column: Column) -> bool:
    """Whether people read a column: where a row has a name its id is for files and other lists, and so is a colour's code."""
    return not isinstance(column.kind, AsColour) and (column.name != "id" or "name" not in set_list.names)


def _form(set_list: SetList, row: Cells | None) -> None:
    """A form with a box for each column of a row; None is a new row."""
    mark = "|".join(set_list.key_of(row)) if row is not None else "new"
    with st.form(f"form_{set_list.part}_{mark}"):
        typed = tuple(
            _box(
                column, set_list, row[place] if row is not None else _usual(column), f"{set_list.part}_{mark}"
            )
            for place, column in enumerate(set_list.columns)
        )
        with st.container(horizontal=True, gap="small"):
            put = st.form_submit_button("Add to the change", type="primary", icon=":material/edit:")
            gone = (
                not set_list.single
                and row is not None
                and st.form_submit_button("Delete this row", icon=":material/delete:")
            )
    if gone:
        _begin(Edit(set_list.part, row, None))
    elif put and typed == row:
        components.info("Nothing in this row has changed.")
    elif put:
        _begin(Edit(set_list.part, row, typed))


def _begin(edit: Edit) -> None:
    settings.begin(kept.store(), edit)
    st.rerun()


def _usual(column: Column) -> str:
    """What a new row starts with in a column."""
    if isinstance(column.kind, AsColour):
        return USUAL_COLOUR
    return "" if column.default is MISSING else cell_of(column.default)


def _box(column: Column, set_list: SetList, value: str, key: str) -> str:
    """What is typed into the box of one column, as the text of its cell."""
    label = column.name.replace("_", " ").capitalize()
    said = set_list.sentences.get(column.name, "")
    holds = what_it_holds(column).split(";")[0]
    about = f"{said} Holds {holds.replace('`', '')}.".strip()
    name = f"set_{key}_{column.name}"
    if column.type is bool:
        return "yes" if st.checkbox(as_typed(label), value == "yes", key=name, help=as_typed(about)) else "no"
    if column.type is date:
        return cell_of(
            st.date_input(
                as_typed(label),
                _day(value),
                key=name,
                help=as_typed(about),
                format="DD/MM/YYYY",
                min_value=EARLIEST,
                max_value=LATEST,
            )
        )
    if isinstance(column.kind, AsColour):
        return str(
            st.color_picker(as_typed(label), value or USUAL_COLOUR, key=name, help=as_typed(about))
        ).upper()
    options = _options(column)
    if options is None:
        return _text(column, label, value, name, about)
    if column.several:
        return _several(label, options, value, name, about)
    return _one(label, options, value, name, about)


def _day(value: str) -> date | None:
    try:
        return day(value) if value else None
    except ValueError:
        return None


def _options(column: Column) -> dict[str, str] | None:
    """What a cell may hold and what each is called; None where anything may be typed."""
    if isinstance(column.kind, CodeOf):
        return _codes(column.kind)
    if isinstance(column.kind, Whole) and column.kind.high - column.kind.low < FEW:
        return {str(number): str(number) for number in range(column.kind.low, column.kind.high + 1)}
    if issubclass(column.type, StrEnum):
        return {str(word.value): str(word.value) or "none" for word in column.type}
    return None


def _codes(kind: CodeOf) -> dict[str, str]:
    of = next(set_list for set_list in LISTS.values() if set_list.file == kind.file)
    if not kind.column:
        return asked.named(of.part)
    place = of.names.index(kind.column)
    return {row[place]: row[place] for row in asked.standing()[of.part] if row[place]}


def _text(column: Column, label: str, value: str, key: str, about: str) -> str:
    longest = column.kind.longest if isinstance(column.kind, InWords) else LONGEST_TEXT
    free = longest == LONGEST_TEXT and column.type is str and isinstance(column.kind, InWords)
    if free:
        return plain_text(
            st.text_area(as_typed(label), value, key=key, help=as_typed(about), max_chars=longest, height=68)
            or ""
        )
    few = LONGEST_ID if column.type in (int, Decimal) else longest
    return plain_text(
        st.text_input(as_typed(label), value, key=key, help=as_typed(about), max_chars=few) or ""
    )


def _one(label: str, options: dict[str, str], value: str, key: str, about: str) -> str:
    every = [*(() if "" in options else ("",)), *options, *(() if value in ("", *options) else (value,))]
    chosen = st.selectbox(
        as_typed(label),
        every,
        every.index(value),
        key=key,
        help=as_typed(about),
        format_func=lambda code: _called(code, options),
    )
    return str(chosen or "")


def _several(label: str, options: dict[str, str], value: str, key: str, about: str) -> str:
    held = [part.strip() for part in value.split(";") if part.strip()]
    every = [*options, *(part for part in held if part not in options)]
    chosen = st.multiselect(
        as_typed(label),
        every,
        held,
        key=key,
        help=as_typed(about),
        format_func=lambda code: _called(code, options),
    )
    return ";".join(chosen)


def _called(code: str, options: dict[str, str]) -> str:
    name = options.get(code, code)
    return (name if name == code else f"{name} ({code})") or "–"


# The whole list


def _as_file(set_list: SetList, rows: Sequence[Cells]) -> None:
    with st.expander("Many rows at once: the list as a file", key=f"file_{set_list.part}"):
        components.note(
            "Download the list, change it in a spreadsheet, save it as CSV UTF-8 and drop it here. Rows that "
            "differ are added to your change; nothing is kept before you have seen it."
        )
        table = Table(set_list.title, tuple(map(Heading, set_list.names)), tuple(rows))
        st.download_button(
            as_typed(f"{set_list.file.partition('.')[0]}.csv"),
            lambda: csv_of(set_list.names, [[*map(marked, row)] for row in rows]).encode("utf-8-sig"),
            f"{set_list.file.partition('.')[0]}.csv",
            "text/csv",
            icon=":material/download:",
            on_click="ignore",
            key=f"list_{set_list.part}",
        )
        chart.files(table, f"list_{set_list.part}")
        dropped = st.file_uploader(
            "The list as you changed it", ["csv"], key=f"drop_{set_list.part}", max_upload_size=5
        )
        if dropped is None or not st.button("Compare with the list as it is", key=f"compare_{set_list.part}"):
            return
        read = rows_of_csv(set_list, dropped.getvalue())
        if isinstance(read, str):
            components.error(read)
            return
        edits = tuple(of_list(set_list, rows, read))
        if not edits:
            components.info("The file is the same as the list.")
            return
        settings.begin(kept.store(), *edits)
        st.toast(as_typed(f"{counted(len(edits), 'row', 'rows')} added to your change"))
        st.rerun()
