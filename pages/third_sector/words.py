"""What officers say of what is loaded: which recipients are voluntary bodies, and of which board a programme is."""

from collections.abc import Callable

import streamlit as st

from budget_model.access import Act
from budget_model.contribute.recipients import Recognised
from budget_model.count.saying import counted, opened
from budget_model.exhibits.tables import Column, Kind, Table
from budget_model.money import pounds
from budget_model.problem import Refusal
from budget_model.store.voluntary import confirm, put_under_boards
from budget_model.together.voluntary import Voluntary, programme_of
from pages.shared import asking, chart, components, kept, signing, tables
from pages.shared.components import as_typed

NO_BOARD = ""


def show(voluntary: Voluntary) -> None:
    """Both lists, for those who may say something of them."""
    if not asking.asker().may(Act.FUND):
        return
    if voluntary.waiting:
        _waiting(voluntary)
    if voluntary.given:
        _boards(voluntary)


def _waiting(voluntary: Voluntary) -> None:
    waiting = voluntary.waiting
    components.section(
        f"{opened(counted(len(waiting), 'recipient waits', 'recipients wait'))} for an officer’s word",
        "They count once somebody says that they are voluntary bodies. Nothing is guessed.",
    )
    table = Table(
        "Recipients that wait for an officer’s word",
        (
            Column("Recipient"),
            Column("Known to be"),
            Column("Amount", Kind.POUNDS),
            Column("Rows", Kind.COUNT),
        ),
        tuple((one.name, str(one.recognised), one.amount, one.rows) for one in waiting),
    )
    tables.show(table)
    chart.files(table, "third_waiting")
    by = signing.name("third_waiting")
    named = {one.key: f"{one.name}, {pounds(one.amount)}" for one in waiting}
    by_words = [one.key for one in waiting if one.recognised is Recognised.WORDS]
    chosen = st.multiselect("Recipients", list(named), format_func=named.__getitem__, key="third_said")
    with st.container(horizontal=True):
        yes = st.button("They are voluntary bodies", type="primary", key="third_yes")
        no = st.button("They are not", key="third_no")
        every = bool(by_words) and st.button(
            as_typed(f"All {len(by_words):,} known by words are voluntary"), key="third_all"
        )
    said = dict.fromkeys(by_words, True) if every else dict.fromkeys(chosen, bool(yes))
    if (yes or no or every) and not signing.is_missing(by):
        _write(
            lambda: confirm(kept.store(), said, by=by),
            f"{counted(len(said), 'recipient', 'recipients')} said.",
        )


def _boards(voluntary: Voluntary) -> None:
    with st.expander("Say of which board a funder’s programme is", key="third_boards_form"):
        by = signing.name("third_boards")
        named = {
            programme_of(
                one.funder, one.programme
            ): f"{one.funder}{f': {one.programme}' if one.programme else ''}"
            for one in voluntary.given
        }
        boards = {NO_BOARD: "No board", **{theme.id: theme.name for theme in kept.place().themes}}
        programmes = st.multiselect(
            "Programmes",
            sorted(named, key=named.__getitem__),
            format_func=named.__getitem__,
            key="third_programmes",
        )
        board = st.selectbox("Board", list(boards), format_func=boards.__getitem__, key="third_board")
        if st.button("Keep it", type="primary", key="third_board_keep") and not signing.is_missing(by):
            _write(
                lambda: put_under_boards(kept.store(), dict.fromkeys(programmes, board), by=by),
                f"{counted(len(programmes), 'programme', 'programmes')}: {boards[board]}.",
            )


def _write(change: Callable[[], None], done: str) -> None:
    try:
        change()
    except Refusal as refusal:
        components.caution(refusal.sentence)
        return
    st.toast(as_typed(done))
    st.rerun()
