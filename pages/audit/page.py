"""Who did what, when and from where, and can anybody have altered it since?"""

import streamlit as st

from budget_model.count.saying import counted
from budget_model.dates import moment, moment_in_table
from budget_model.exhibits.tables import Column, Kind, Table
from budget_model.store import audit
from budget_model.store.chain import Entry
from pages.shared import chart, choice, components, kept, tables

MOST = 200  # entries on the screen; the files hold all
ABOUT = (
    "Every change that was kept, with who made it, from where, and what stood there before and after. Each entry "
    "carries the fingerprint of the one before and of every row that it wrote, so that nothing can be altered unseen. "
    "Times are by the clock in London."
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
            f"The chain of {counted(len(every), 'entry', 'entries')} holds, to entry {newest.number} of "
            f"{moment(newest.made_at)}, fingerprint {newest.chain[:16]}."
        )
    text = choice.text(
        "Look for", "look", "A name, a body, a number, a day such as 2026-11-26, a fingerprint"
    )
    found = entries(text) if text else every
    if not found:
        components.empty(
            "No entry holds these words.", "Look for a part of a word, or for nothing to see all."
        )
        return
    table = _table(found)
    tables.show(table, MOST)
    if len(found) > MOST:
        components.note(f"The latest {MOST} of {len(found):,} entries are shown; the files hold all.")
    chart.files(table, "audit")


def _table(found: tuple[Entry, ...]) -> Table:
    columns = (
        Column("Entry", Kind.COUNT), Column("When"), Column("Who"), Column("Account"), Column("From"),
        Column("What"), Column("About"), Column("Before"), Column("After"), Column("Fingerprint"),
    )  # fmt: skip
    return Table("Audit", columns, tuple(_row(entry) for entry in found))


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
