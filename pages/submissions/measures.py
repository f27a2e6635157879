"""How far the data of a year can be trusted, measure by measure, and how bodies see their own."""

from collections.abc import Mapping
from decimal import Decimal

import streamlit as st

from budget_model.contribute.quality import (
    MOST_POINTS,
    Quality,
    how_late,
    place_quality,
    questions,
)
from budget_model.count.saying import counted
from budget_model.dates import day
from budget_model.exhibits.tables import Column, Kind, Table
from budget_model.problem import Refusal
from budget_model.store import quality
from budget_model.store.others import Thing
from pages.shared import chart, components, desk, others, signing, tables
from pages.shared.components import as_typed


def show(year: str) -> None:
    """What the money of a year is worth as data, body by body, and the bodies’ own assessments."""
    found = desk.measured(year)
    sent = [one for one in found if one.mapped is not None]
    if not sent:
        components.empty(
            f"No figures are included for {year}.",
            "There is no quality to measure before something is sent.",
        )
        _assess(year, found)
        return
    whole = place_quality(found)
    components.section(
        f"{_per_cent(whole.reconciled)} of the money is reconciled and {_per_cent(whole.mapped)} mapped; "
        f"{_assessed(whole.assessed)}",
        "Measures are kept apart: each says what can be done about it. Money without regard to side, each body’s own "
        "pounds.",
    )
    rows = tuple(
        (
            one.name,
            one.amount,
            one.completeness,
            one.reconciled,
            _late(one),
            one.mapped,
            one.own,
            one.details,
            one.assessment.score if one.assessment else None,
            one.sentence,
        )
        for one in sorted(sent, key=lambda each: -each.amount)
    )
    table = Table(
        f"Data quality, {year}",
        (
            Column("Organisation"),
            Column("Money", Kind.POUNDS),
            Column("Complete", Kind.SHARE),
            Column("Reconciled", Kind.SHARE),
            Column("In time"),
            Column("Mapped", Kind.SHARE),
            Column("From own figures", Kind.SHARE),
            Column("Details said", Kind.SHARE),
            Column("Own score", Kind.SHARE),
            Column("What stands out"),
        ),
        rows,
        notes=(
            "Complete: parts sent of those sent this year or last.",
            "Details: funding, ring-fence, nature, discretion and stage, weighed by money.",
        ),
    )
    tables.show(table, wide_last=True)
    chart.files(table, "quality")
    _assess(year, found)


def _per_cent(share: Decimal | None) -> str:
    return "no part" if share is None else f"{share * 100:.0f}%"


def _assessed(how_many: int) -> str:
    if not how_many:
        return "nobody has assessed their own data yet"
    return f"{counted(how_many, 'body has assessed its', 'bodies have assessed their')} own data"


def _late(one: Quality) -> str:
    if one.days_late is None:
        return "–"
    return "✓ in time" if one.days_late == 0 else how_late(one.days_late)


def _points(key: str, before: Mapping[str, int]) -> dict[str, int]:
    """The points of every question that is answered, as they are chosen here."""
    points: dict[str, int] = {}
    for question in questions():
        picked = st.radio(
            components.lead(f"{question.part}.", question.ask),
            range(MOST_POINTS + 1),
            index=before.get(question.id),
            format_func=[as_typed(answer) for answer in question.answers].__getitem__,
            key=f"{key}_{question.id}",
        )
        if picked is not None:
            points[question.id] = picked
    return points


def _assess(year: str, found: tuple[Quality, ...]) -> None:
    names = {one.organisation: one.name for one in found}
    with st.expander("How an organisation sees its own data: the self-assessment", key="assess"):
        body = st.selectbox(
            "Organisation",
            list(names),
            index=None,
            format_func=names.__getitem__,
            key="assess_body",
            placeholder="Choose the organisation that answers",
        )
        if body is None:
            return
        before = next((one.assessment for one in found if one.organisation == body), None)
        if before:
            components.note(f"Last answered on {day(before.on)} by {before.by}: {before.score * 100:.0f}%.")
        store = others.at(f"{body} {year}", Thing.ASSESSMENT)
        officer = signing.officer("assess")
        answered, added = (before.points, before.notes) if before else ({}, {})
        with st.form(f"assess_{body}_{year}", border=False):
            points = _points(f"{body}_{year}", answered)
            source = st.text_input("Anything to add", value=added.get("source", ""), max_chars=500)
            if st.form_submit_button("Keep the answers", type="primary"):
                try:
                    quality.assess(store, body, year, points, {"source": source}, by=officer)
                except Refusal as refusal:
                    components.caution(refusal.sentence)
                    return
                st.rerun()
