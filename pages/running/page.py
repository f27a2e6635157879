"""How does the dashboard run: how long do pages and questions take, what is remembered, and who waits?"""

from decimal import Decimal
from math import isinf

import streamlit as st

from budget_model.count.saying import counted, opened
from budget_model.exhibits.tables import Column, Kind, Table
from budget_model.measured import STEPS, Remembered, Times, running, sentence, slow_seconds
from pages.shared import chart, components, tables

ABOUT = (
    "Measured on the server since the dashboard was started, over all of its processes; nothing here says who asked, or "
    "for what. The same is at /metrics for programs, and the log names each question that was slow."
)
MOST = 20  # rows on the screen; the files hold all


def show() -> None:
    """A sentence, and the times of pages, the times of questions, and what was remembered."""
    st.title("How it runs")
    components.standfirst(ABOUT)
    found = running()
    components.note(sentence(found))
    components.note(
        f"{opened(counted(found.drawing, 'page is', 'pages are'))} being drawn now. "
        f"{opened(counted(found.changes, 'change was', 'changes were'))} kept, and "
        f"{counted(found.failed, 'request was', 'requests were')} answered with a fault. A question is slow from "
        f"{slow_seconds():g} s."
    )
    for table, key in (
        (_times("Pages", "Page", found.pages), "pages"),
        (_times("Questions to the store", "Question", found.questions), "questions"),
        (_remembered(found.answers), "answers"),
    ):
        _section(table, key)


def _section(table: Table, key: str) -> None:
    if not table.rows:
        components.empty(f"{table.title}: nothing yet.", "Open a page, and come back.")
        return
    tables.show(table, MOST)
    chart.files(table, f"running_{key}")


def _times(title: str, what: str, every: tuple[Times, ...]) -> Table:
    columns = (
        Column(what), Column("Times", Kind.COUNT), Column("Mean, ms", Kind.NUMBER), Column("Half within"),
        Column("95 of 100 within"),
    )  # fmt: skip
    rows = tuple(
        (
            times.name,
            times.how_often,
            Decimal(round(times.mean * 1000, 1)).quantize(Decimal("0.1")),
            _step(times.half),
            _step(times.nearly_all),
        )
        for times in every
    )
    return Table(title, columns, rows)


def _step(seconds: float) -> str:
    """A step of time in milliseconds."""
    return f"more than {STEPS[-1] * 1000:,.0f} ms" if isinf(seconds) else f"{seconds * 1000:,.0f} ms"


def _remembered(answers: tuple[Remembered, ...]) -> Table:
    columns = (
        Column("Answer"), Column("Asked", Kind.COUNT), Column("Remembered", Kind.COUNT),
        Column("Share remembered", Kind.SHARE),
    )  # fmt: skip
    rows = tuple(
        (answer.name, answer.asked, answer.remembered, Decimal(answer.remembered) / answer.asked)
        for answer in answers
        if answer.asked
    )
    return Table("Answers remembered", columns, rows)


show()
