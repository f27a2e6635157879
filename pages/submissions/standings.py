"""Who has sent what for a year, phase by phase, and by when it is asked for."""

from datetime import UTC, datetime

import streamlit as st

from budget_model.contribute.quality import (
    BodyStanding,
    Standing,
    State,
    in_brief,
)
from budget_model.count.assurance import asked_for
from budget_model.count.saying import counted
from budget_model.dates import day
from budget_model.exhibits.tables import Column, Table
from budget_model.place.model import Organisation
from budget_model.store import quality
from budget_model.vocabulary import Phase
from pages.shared import chart, components, desk, kept, signing, tables
from pages.shared.components import as_typed

SIGNS = {
    State.ON_MAP: "✓ included",
    State.SUBMITTED: "◐ to be approved",
    State.DRAFT: "✎ being prepared",
    State.LATE: "✗ late",
    State.AWAITED: "… awaited",
    State.NOT_DUE: "not due yet",
    State.NOT_APPLICABLE: "–",
}


def show(year: str) -> None:
    """Where every body’s figures of a year are, and the days by which they are asked for."""
    standings = desk.register(year, datetime.now(UTC).date())
    asked = {body.id: body for body in asked_for(kept.place(), year)}
    brief = in_brief(standings, asked)
    components.section(
        f"{brief.on_map} of {len(brief.bodies)} bodies are included for {year}; "
        f"{_count(brief.late_or_awaited, 'is', 'are')} late or awaited with nothing yet{waiting(brief.to_approve)}",
        "A phase is late after its day; once a later phase is included, an earlier one is not asked for.",
    )
    columns = (
        Column("Organisation"),
        Column("Status"),
        *(Column(str(phase).capitalize()) for phase in Phase),
    )
    rows = tuple(_standing_row(asked[body.organisation], body) for body in brief.bodies)
    table = Table(f"Who has sent what for {year}", columns, rows)
    tables.show(table)
    chart.files(table, "register")
    _due(year, standings)


def _standing_row(body: Organisation, standing: BodyStanding) -> tuple[str, ...]:
    return (body.name, str(body.status), *(_in_words(standing.by_phase[phase]) for phase in Phase))


def _count(how_many: int, one: str, many: str) -> str:
    return f"none {one}" if not how_many else counted(how_many, one, many)


def waiting(how_many: int) -> str:
    """How many wait to be approved, to end a sentence with; empty for none."""
    return f", {counted(how_many, 'waits', 'wait')} to be approved" if how_many else ""


def _in_words(standing: Standing) -> str:
    """Where the figures of one phase are, and since when."""
    if standing.state is State.NOT_DUE:
        return f"due {day(standing.due_on)}"
    late = f" since {day(standing.due_on)}" if standing.state is State.LATE else ""
    came = [sent.on for sent in standing.sent if sent.number is not None]
    on = f" ({day(min(came))})" if came else ""
    return f"{SIGNS[standing.state]}{late}{on}"


def _due(year: str, standings: tuple[Standing, ...]) -> None:
    days = {one.phase: one.due_on for one in standings}
    with st.expander("By when figures are asked for", key="due"), st.form("due", border=False):
        columns = st.columns(len(Phase) + 1, vertical_alignment="bottom")
        wanted = {
            phase: column.date_input(
                as_typed(str(phase).capitalize()), value=days.get(phase), format="DD/MM/YYYY"
            )
            for phase, column in zip(Phase, columns, strict=False)
        }
        if columns[-1].form_submit_button("Set these days"):
            for phase, day in wanted.items():
                if day is not None and day != days.get(phase):
                    quality.set_due(kept.store(), year, phase, day, by=signing.officer())
            st.rerun()
