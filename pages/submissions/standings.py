"""Who has sent what for a year, phase by phase, and by when it is asked for."""

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from budget_model import dates
from budget_model.contribute.quality import (
    BodyStanding,
    Standing,
    State,
    in_brief,
    usual_day,
)
from budget_model.count.assurance import asked_for
from budget_model.count.saying import counted
from budget_model.dates import day, moment
from budget_model.exhibits.tables import Column, Table
from budget_model.place.model import Organisation
from budget_model.problem import Refusal
from budget_model.store import quality
from budget_model.store.others import Thing
from budget_model.store.store import Store
from budget_model.vocabulary import Phase
from pages.shared import chart, components, desk, kept, others, signing, tables
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
    standings = desk.register(year, dates.today())
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
    missing_first = sorted(brief.bodies, key=lambda body: not body.is_missing)
    rows = tuple(_standing_row(asked[body.organisation], body) for body in missing_first)
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
    """The days by which figures are asked for: other days with what they would change, and the days that were set."""
    days = {standing.phase: standing.due_on for standing in standings}
    changes = quality.due_changes(kept.store(), year)
    with st.expander("By when figures are asked for", key="due"):
        first, *rest = (f"{year} {phase}" for phase in Phase)
        store = others.at(first, Thing.DUE_DAY, more=tuple(rest))
        wanted = _days_typed(year, days)
        moved = {phase: when for phase, when in wanted.items() if when != days.get(phase)}
        if moved:
            _preview(year, moved)
        reason = st.text_input("Why", key=f"due_why_{year}_{len(changes)}", max_chars=500)
        if st.button("Set these days", key="due_set", disabled=not moved) and _is_said(reason):
            _set(store, year, moved, reason)
        _set_before(store, year, changes, reason)


def _set(store: Store, year: str, days: Mapping[Phase, date], reason: str) -> None:
    """Set days with their reason; where others set one meanwhile, say so."""
    try:
        quality.set_due_days(store, year, days, by=signing.officer(), reason=reason)
    except Refusal as refusal:
        components.caution(refusal.sentence)
        return
    st.rerun()


def _days_typed(year: str, days: Mapping[Phase, date]) -> dict[Phase, date]:
    """The day that is typed for each phase that is asked for; another year, or a day that was set, is shown afresh."""
    columns = st.columns(len(Phase), vertical_alignment="bottom")
    typed = {
        phase: column.date_input(
            as_typed(str(phase).capitalize()),
            value=days.get(phase),
            format="DD/MM/YYYY",
            key=f"due_{year}_{phase}_{days.get(phase)}",
        )
        for phase, column in zip(Phase, columns, strict=True)
    }
    return {phase: when for phase, when in typed.items() if isinstance(when, date)}


def _preview(year: str, moved: Mapping[Phase, date]) -> None:
    """Whose figures would stand otherwise with the days that are typed."""
    names = {organisation.id: organisation.name for organisation in kept.place().organisations}
    changed = quality.due_preview(kept.store(), year, moved, dates.today())
    components.note(
        "With these days:" if changed else "With these days nobody’s figures would stand otherwise."
    )
    components.bullets(
        f"{names.get(body, body)}, {phase}: {before} now, {after} then"
        for phase, body, before, after in changed
    )


def _set_before(store: Store, year: str, changes: Sequence[quality.DueChange], reason: str) -> None:
    """The days that were set, and the way back to the one before the last of each phase."""
    components.bullets(_in_a_sentence(change) for change in changes)
    latest = {change.phase: change for change in reversed(changes)}
    for phase, change in latest.items():
        before = change.before or usual_day(year, phase)
        if before == change.after:
            continue
        label = f"Set {phase} back to {day(before)}"
        if st.button(as_typed(label), key=f"due_back_{phase}", icon=":material/undo:") and _is_said(reason):
            _set(store, year, {phase: before}, reason)


def _in_a_sentence(change: quality.DueChange) -> str:
    before = f" instead of {day(change.before)}" if change.before else ""
    why = f": {change.reason}" if change.reason else ""
    return f"{str(change.phase).capitalize()}: {day(change.after)}{before}, set by {change.by}, {moment(change.at)}{why}"


def _is_said(reason: str) -> bool:
    """Whether a reason is given; if not, ask for it in a sentence."""
    if not reason.strip():
        components.caution("Say in a sentence why: the day is kept with its reason.")
    return bool(reason.strip())
