"""Who did what, when and from where, and can anybody have altered it since?"""

from collections.abc import Collection
from dataclasses import replace

import streamlit as st

from budget_model.count.saying import counted
from budget_model.dates import moment, moment_in_table
from budget_model.exhibits.tables import Column, Kind, Table
from budget_model.store import audit
from budget_model.store.chain import Entry
from pages.shared import chart, choice, components, kept, tables

MOST = 200  # entries on the screen; the files hold all
SAID_ONCE = ("Account", "From address")
ABOUT = (
    "Every change that was saved: who made it, when, from which address, and the value before and after. Each entry "
    "has a fingerprint, a code worked out from its own words, from every row that it wrote and from the entry before it: "
    "altering or deleting one shows here, unless all that follow are rewritten too. Times are London time."
)

entries = kept.kept(audit.entries, today=True)
troubles = kept.kept(audit.troubles, today=True)


def show() -> None:
    """Whether the chain holds, and the entries that hold the words looked for."""
    st.title("Audit")
    components.standfirst(ABOUT)
    every = entries()
    broken = troubles()
    for sentence in broken:
        components.error(sentence)
    if every and not broken:
        newest = every[0]
        components.done(
            f"No alteration is found: the fingerprints of all {counted(len(every), 'entry', 'entries')} agree, to entry "
            f"{newest.number} of {moment(newest.made_at)}. Its fingerprint begins with {newest.chain[:16]}: whoever "
            "notes it elsewhere can prove later that nothing before it was rewritten."
        )
    text = choice.text(
        "Find an entry", "look", "A name, a body, a number, a day such as 2026-11-26, a fingerprint"
    )
    found = entries(text) if text else every
    if not found:
        components.empty(
            "No entry holds these words.", "Type a part of a word, or clear the box to see all entries."
        )
        return
    table = _table(found)
    same = _same_of_each(table)
    tables.show(_without(table, same), MOST)
    if same:
        once = "; ".join(f"{name.lower()}: {value or 'none'}" for name, value in same.items())
        components.aside(f"Of every entry shown: {once}.")
    if len(found) > MOST:
        components.note(f"The latest {MOST} of {len(found):,} entries are shown; the files hold all.")
    chart.files(table, "audit")


def _table(found: tuple[Entry, ...]) -> Table:
    columns = (
        Column("Entry", Kind.COUNT),
        Column("When"),
        Column("Who"),
        Column("Account"),
        Column("From address"),
        Column("What"),
        Column("About"),
        Column("Before"),
        Column("After"),
        Column("Fingerprint"),
    )
    return Table("Audit", columns, tuple(_row(entry) for entry in found))


def _same_of_each(table: Table) -> dict[str, str]:
    """The account and the address, where every entry has the same: said once, they take no column of the screen."""
    columns = [column.name for column in table.columns]
    values = {name: {str(row[columns.index(name)]) for row in table.rows} for name in SAID_ONCE}
    return {name: next(iter(every)) for name, every in values.items() if len(every) == 1}


def _without(table: Table, names: Collection[str]) -> Table:
    """The table without some of its columns; the files hold all."""
    places = [place for place, column in enumerate(table.columns) if column.name not in names]
    rows = tuple(tuple(row[place] for place in places) for row in table.rows)
    return replace(table, columns=tuple(table.columns[place] for place in places), rows=rows)


def _row(entry: Entry) -> tuple[str | int, ...]:
    return (
        entry.number,
        moment_in_table(entry.made_at),
        entry.made_by,
        entry.asked_by,
        entry.source,
        entry.what,
        entry.subject,
        entry.before,
        entry.after,
        entry.chain[:16],
    )


show()
