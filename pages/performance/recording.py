"""Where readings, risks and what leads expect are recorded: typed, pasted into a table, or uploaded."""

from collections.abc import Sequence

import streamlit as st

from budget_model.access import Act
from budget_model.count.saying import counted, opened
from budget_model.intake.plain_sheets import read_plain
from budget_model.money import typed_number
from budget_model.partnership.performance import Judgement, Measured, Reading, Risk
from budget_model.partnership.typed_readings import (
    COLUMNS,
    TypedReadings,
    every_reading,
    next_rows,
    read_cells,
    read_rows,
    read_table,
    template,
)
from budget_model.problem import Refusal
from budget_model.store import performance
from budget_model.store.others import Thing
from budget_model.store.store import Store
from pages.shared import asking, components, others, signing
from pages.shared.components import as_typed

HELD, RECORDED = "readings_recorded", "performance_recorded"
LARGEST = 2_000_000
WORKBOOKS = ("xlsx", "xls", "ods")


def draw(every: Sequence[Measured], year: str) -> None:
    """The three ways of recording, for whoever may report on any of the measures."""
    mine = [measured for measured in every if asking.asker().may(Act.REPORT, measured.target.lead)]
    components.section(
        "Record readings, risks and expectations",
        "Each is kept with who wrote it and when; for each quarter the latest entry counts.",
    )
    if not mine:
        components.note("You may read measures here. Those who lead them, and the director, record readings.")
        return
    kept_now = st.session_state.pop(HELD, "")
    if kept_now:
        components.done(kept_now)
    first, *rest = sorted(measured.target.id for measured in mine)
    store = others.at(first, Thing.READING, Thing.JUDGEMENT, Thing.RISK, more=tuple(rest))
    by = signing.name("performance")
    readings, risks, judgements = st.tabs(["Readings", "Risks", "What the lead expects"])
    with readings:
        _readings(store, mine, year, by)
    with risks:
        _risk(store, mine, by)
    with judgements:
        _judgement(store, mine, by)


def _boxes(kind: str) -> str:
    """The name of the boxes of one kind of word: others each time that this session recorded one."""
    return f"{kind}_{st.session_state.get(f'{RECORDED}_{kind}', 0)}"


def _readings(store: Store, mine: Sequence[Measured], year: str, by: str) -> None:
    version = f"{_boxes('readings')}_{year}"
    # As they were when typing began: the table forgets what is typed into it once any of its rows changes.
    measures = " ".join(sorted(measured.target.id for measured in mine))
    rows = st.session_state.setdefault(f"rows_of_{version} {measures}", next_rows(mine, year))
    components.note(
        "The next quarter of every measure is ready: type or paste figures, and leave empty what is not known yet."
    )
    edited = st.data_editor(
        rows,
        key=version,
        num_rows="dynamic",
        hide_index=True,
        column_config={name: st.column_config.TextColumn(name.capitalize()) for name in COLUMNS},
        disabled=["name", "unit"],
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.download_button(
            "Download the template",
            template(mine, year).encode("utf-8-sig"),
            "readings.csv",
            "text/csv",
            icon=":material/download:",
            key="readings_template",
        )
        if any(measured.readings for measured in mine):
            st.download_button(
                "Download all readings",
                every_reading(mine).encode("utf-8-sig"),
                "all-readings.csv",
                "text/csv",
                icon=":material/download:",
                key="readings_all",
            )
    sent = st.file_uploader(
        "Or upload a table of readings",
        type=["csv", "tsv", "txt", *WORKBOOKS],
        key=f"sent_{version}",
    )
    targets = [measured.target for measured in mine]
    if sent is not None:
        read = _read_file(sent.name, sent.getvalue(), mine)
    else:
        plain = [{name: str(value or "") for name, value in row.items()} for row in edited]
        read = read_rows(plain, targets, first=1)
    _keep(store, read, version, by)


def _read_file(name: str, data: bytes, mine: Sequence[Measured]) -> TypedReadings:
    """Readings of a file: of a workbook its first sheet, read behind the guard like any upload."""
    nothing = TypedReadings((), (), ())
    targets = [measured.target for measured in mine]
    if len(data) > LARGEST:
        components.caution("The file is too large for a table of readings. Send one quarter at a time.")
        return nothing
    if not name.lower().endswith(WORKBOOKS):
        return read_table(data.decode("utf-8-sig", errors="replace"), targets)
    try:
        book = read_plain(data, name)
    except Refusal as refusal:
        components.caution(refusal.sentence)
        return nothing
    return read_cells(book.sheets[0].rows if book.sheets else (), targets)


def _keep(store: Store, read: TypedReadings, version: str, by: str) -> None:
    """Say what is wrong and what is in doubt; keep the rest when it is asked for."""
    for problem in (*read.problems, *read.doubts):
        components.caution(str(problem))
    sure = True
    if read.doubts:
        sure = st.checkbox("I have looked at these figures: they are right", key=f"sure_{version}")
    how_many = len(read.readings)
    label = f"Record {how_many} reading{'' if how_many == 1 else 's'}"
    said = opened(counted(how_many, "reading is", "readings are"))
    off = not how_many or bool(read.problems) or not sure
    if st.button(as_typed(label), type="primary", disabled=off, key=f"record_{version}"):
        _enter(store, "readings", read.readings, f"{said} recorded.", by)


def _enter(
    store: Store, kind: str, said: Sequence[tuple[str, Reading | Judgement | Risk]], done: str, by: str
) -> None:
    """Record words of one kind; then their boxes are emptied, where nothing stands in the way."""
    if signing.is_missing(by):
        return
    try:
        performance.enter(store, said, by=by)
    except Refusal as refusal:
        components.caution(refusal.sentence)
        return
    st.session_state[HELD] = done
    st.session_state[f"{RECORDED}_{kind}"] = st.session_state.get(f"{RECORDED}_{kind}", 0) + 1
    st.rerun()


def _pick(mine: Sequence[Measured], key: str) -> Measured:
    by_id = {measured.target.id: measured for measured in mine}
    chosen = st.selectbox(
        "Measure", list(by_id), format_func=lambda one: by_id[one].target.name, key=f"measure_of_{key}"
    )
    return by_id[chosen]


def _risk(store: Store, mine: Sequence[Measured], by: str) -> None:
    one = _pick(mine, "risk")
    if one.risks:
        components.bullets(
            [f"{risk.name}: {risk.score} of 25. {risk.action} {risk.owner}".strip() for risk in one.risks]
        )
    with st.form(f"{_boxes('risk')}_{one.target.id}", border=False):
        name = st.text_input("Risk", max_chars=200, placeholder="What may keep it from its target")
        left, right = st.columns(2)
        likelihood = left.slider("Likelihood", 1, 5, 3)
        impact = right.slider("Impact", 1, 5, 3)
        owner = left.text_input("Owner", max_chars=120)
        action = right.text_input("Action", max_chars=300, placeholder="What is done about it")
        closed = st.checkbox("It is over: close the risk of this name")
        if st.form_submit_button("Record the risk"):
            if not name.strip():
                components.caution("Say what the risk is.")
                return
            risk = Risk(name.strip(), likelihood, impact, owner.strip(), action.strip(), closed)
            _enter(store, "risk", [(one.target.id, risk)], "The risk is recorded.", by)


def _judgement(store: Store, mine: Sequence[Measured], by: str) -> None:
    one = _pick(mine, "judgement")
    with st.form(f"{_boxes('judgement')}_{one.target.id}", border=False):
        typed = st.text_input(
            as_typed(f"Expected for {one.target.target_year}, {one.target.unit}"), max_chars=40
        )
        reason = st.text_input("Why", max_chars=500)
        if st.form_submit_button("Record what is expected"):
            try:
                figure = typed_number(typed)
            except ValueError:
                components.caution(f"“{typed}” is not a figure. Type a number, such as {one.target.latest}.")
                return
            if not reason.strip():
                components.caution("Say why it is expected: without a reason nobody can judge it.")
                return
            _enter(
                store,
                "judgement",
                [(one.target.id, Judgement(figure, reason.strip()))],
                "What is expected is recorded.",
                by,
            )
