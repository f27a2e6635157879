"""Files of grants and payments as they are loaded: read behind the guard, shown before anything is kept."""

from collections import Counter
from typing import Any, Final

import streamlit as st

from budget_model.access import Act
from budget_model.contribute.grant_files import read_grant_file
from budget_model.contribute.grant_rows import FileKind, GrantFile
from budget_model.contribute.recipients import Recognised
from budget_model.count.saying import counted, opened
from budget_model.dates import day, moment
from budget_model.exhibits.tables import Column, Kind, Table, Value
from budget_model.money import pounds
from budget_model.problem import Refusal
from budget_model.store.voluntary import FileKept, confirm, files, keep_file, loaded_before, withdraw_file
from pages.shared import asking, chart, components, kept, signing, tables
from pages.shared.components import as_typed
from pages.shared.serving import uploads

FORMATS: Final = ("xlsx", "xls", "ods", "csv", "tsv", "json")
LARGEST: Final = 20
FIRST: Final = 8
READ: Final = "grants_read"
"""Where the session keeps what was read of the file that is dropped, so that it is read once."""
LOADED: Final = "grants_loaded"
NOBODY: Final = ""


def show() -> None:
    """Where a file is dropped, what is read of it, and the files that are in force."""
    components.section(
        "Load grants or payments",
        "A file in the open standard of 360Giving (spreadsheet or JSON), or a body’s list of payments, such as spending over "
        "£500. Names of private persons are dropped when it is read.",
    )
    done = st.session_state.pop(LOADED, "")
    if done:
        components.done(done)
    bodies = _payers()
    if not asking.asker().may(Act.FUND):
        components.note("Officers of the partners load files here. You may read what they hold.")
    else:
        _drop(bodies)
    _in_force()


def _payers() -> dict[str, str]:
    asker = asking.asker()
    return {body.id: body.name for body in kept.place().organisations if asker.may(Act.FUND, body.id)}


def _drop(bodies: dict[str, str]) -> None:
    by = signing.name("grants")
    named = {NOBODY: "The file says who gives", **bodies}
    payer = st.selectbox(
        "Who paid, for a list of payments", list(named), format_func=named.__getitem__, key="grants_payer"
    )
    version = st.session_state.get("grants_version", 0)
    dropped = st.file_uploader(
        "Drop the file here, or choose it",
        type=list(FORMATS),
        key=f"grants_file_{version}",
        max_upload_size=LARGEST,
        help="Excel, OpenDocument, CSV or JSON, up to 20 MB. Nothing is kept before you have seen what was read.",
    )
    if dropped is None:
        return
    read = _read_once(dropped.file_id, dropped.name, dropped.getvalue(), bodies.get(payer, ""))
    if isinstance(read, str):
        components.caution(read)
        return
    _preview(read)
    _keep(read, payer, by, dropped)


def _read_once(number: str, name: str, data: bytes, payer: str) -> GrantFile | str:
    """What was read of a file, or the sentence why it cannot be."""
    asked = (number, payer)
    before = st.session_state.get(READ)
    if before is None or before[0] != asked:
        try:
            with components.loading("Reading the file"):
                read: GrantFile | str = read_grant_file(data, name, payer)
        except Refusal as refusal:
            read = refusal.sentence
        before = st.session_state[READ] = (asked, read)
    answer: GrantFile | str = before[1]
    return answer


def _preview(file: GrantFile) -> None:
    """What was read, before it is kept: how many of what, the first rows, and every problem with its place."""
    readable = file.readable
    recognised = Counter(row.recognised for row in readable)
    components.say(
        f"{opened(counted(len(file.rows), 'row', 'rows'))} of a list of {file.kind}: {pounds(file.total)} in "
        f"{counted(len(readable), 'row', 'rows')} that can be counted."
    )
    components.bullets(
        f"{opened(counted(recognised[how], 'row', 'rows'))}: {how}" for how in Recognised if recognised[how]
    )
    tables.show(_first_rows(file))
    if not file.problems:
        return
    components.caution(
        f"{opened(counted(len(file.problems), 'problem', 'problems'))}; the rows are kept all the same."
    )
    components.bullets(as_typed(str(problem)) for problem in file.problems[:FIRST])
    table = Table(
        f"Problems of {file.name}",
        (Column("Place"), Column("Problem"), Column("What to do")),
        tuple((str(problem.location), problem.sentence, problem.remedy) for problem in file.problems),
    )
    with st.expander(as_typed(f"Every problem, {len(file.problems):,}"), key="grant_problems"):
        tables.show(table)
        chart.files(table, "grant_problems")


def _first_rows(file: GrantFile) -> Table:
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (
            row.place,
            row.funder,
            row.recipient,
            row.amount,
            row.currency,
            day(row.awarded) if row.awarded else "",
            str(row.recognised),
        )
        for row in file.rows[:FIRST]
    )
    columns = (
        Column("Place"),
        Column("Funder"),
        Column("Recipient"),
        Column("Amount", Kind.NUMBER),
        Column("Currency"),
        Column("Date"),
        Column("Known to be"),
    )
    return Table("The first rows, as they were read", columns, rows)


def _again(file: GrantFile) -> bool | None:
    """Whether a file that is loaded already is wanted again; None for one that is not."""
    before = loaded_before(kept.store(), file.sha256)
    if before is None:
        return None
    components.caution(
        f"This file is loaded already, by {before.made_by} on {moment(before.made_at)}. Loading it again counts nothing twice."
    )
    return st.checkbox("Load it again all the same", key="grants_again")


def _keep(file: GrantFile, payer: str, by: str, dropped: Any) -> None:
    again = _again(file)
    by_words = {
        row.recipient_key: True
        for row in file.readable
        if row.recognised is Recognised.WORDS and row.recipient_key
    }
    sure = bool(by_words) and st.checkbox(
        as_typed(
            f"I have looked at them: the {counted(len(by_words), 'recipient', 'recipients')} known by words alone are voluntary"
        ),
        key="grants_sure",
    )
    if not st.button("Load the file", type="primary", key="grants_load", disabled=again is False):
        return
    if signing.is_missing(by):
        return
    try:
        keep_file(
            kept.store(),
            file,
            by=by,
            body=payer if file.kind is FileKind.PAYMENTS else "",
            again=bool(again),
        )
        if sure:
            confirm(kept.store(), by_words, by=by)
    except Refusal as refusal:
        components.caution(refusal.sentence)
        return
    st.session_state[LOADED] = f"{file.name} is loaded: {counted(len(file.rows), 'row', 'rows')} are kept."
    uploads.let_go(dropped)
    st.session_state["grants_version"] = st.session_state.get("grants_version", 0) + 1
    st.rerun()


def _in_force() -> None:
    """The files that are in force, with who loaded them; those who may take one out."""
    loaded = files(kept.store())
    if not loaded:
        return
    rows = tuple(
        (
            one.file.name,
            str(one.file.kind),
            len(one.file.rows),
            one.made_by or "not shown to visitors",
            moment(one.made_at),
        )
        for one in loaded
    )
    columns = (
        Column("File"),
        Column("List of"),
        Column("Rows", Kind.COUNT),
        Column("Loaded by"),
        Column("When"),
    )
    tables.show(Table("Files that are loaded", columns, rows))
    own = [one for one in loaded if _may_take_out(one)]
    if own:
        _take_out(own)


def _may_take_out(one: FileKept) -> bool:
    asker = asking.asker()
    return asker.may(Act.WORK_TOGETHER) or (bool(one.account) and one.account == asker.account)


def _take_out(own: list[FileKept]) -> None:
    with st.expander("Take a file out", key="grants_out"):
        by = signing.name("grants_out")
        by_number = {one.number: one for one in own}
        number = st.selectbox(
            "File",
            list(by_number),
            format_func=lambda number: by_number[number].file.name,
            key="grants_out_which",
        )
        if st.button("Take it out", key="grants_out_go") and not signing.is_missing(by):
            try:
                withdraw_file(kept.store(), by_number[number], by=by)
            except Refusal as refusal:
                components.caution(refusal.sentence)
                return
            st.session_state[LOADED] = (
                f"{by_number[number].file.name} counts no more; it can be loaded again."
            )
            st.rerun()
