"""Which maps were published, by whom and when, and what changed since?"""

from decimal import Decimal

import streamlit as st

from budget_model.count.saying import listed
from budget_model.exhibits.tables import Column, Kind, Table
from budget_model.money import pounds
from budget_model.problem import Refusal
from budget_model.scope import Scope, to_query
from budget_model.store import versions
from budget_model.store.versions import MapVersion
from pages.shared import chart, components, kept, scope_picker, signing
from pages.shared.components import Text, as_typed

ABOUT = (
    "A published map is frozen: submissions, mapping, settings, reference data and the program that made it. It never "
    "changes, every page opens it by its link, and slides say which map they stand on."
)
MADE = "version_made"
FIRST = 3  # versions that are shown at once, the latest first; those before them open


def show() -> None:
    """The versions, the latest first, each with its link and what changed since; then a new one."""
    st.title("Map versions")
    components.standfirst(ABOUT)
    every = kept.published()
    if made := st.session_state.pop(MADE, ""):
        components.done(f"Published as {made}.")
    if not every:
        components.empty(
            "No map has been published yet.", "Publish today’s map below, before a Board decides on it."
        )
    for known in every[:FIRST]:
        _version(known)
    if earlier := every[FIRST:]:
        with components.unfolding(f"Earlier versions: {len(earlier)}", "versions_earlier") as opened:
            for known in earlier if opened else ():
                _version(known)
    if every:
        _table(every)
    _publish()


def _version(known: MapVersion) -> None:
    """One version: what it is, the way into it, and the way to what changed since."""
    year = _year(known)
    scope = Scope(year=year, version=known.number)
    with st.container(key=f"version_{known.number}", gap="small"):
        with components.gathered():
            components.section(f"Version {known.number}: {known.name}", known.note)
            components.say(_known_of(known, year))
        with st.container(horizontal=True, key=f"ways_{known.number}"):
            st.page_link(
                "pages/overview/page.py",
                label=as_typed(f"Open the map of version {known.number}"),
                icon=":material/lock:",
                query_params=to_query(scope),
            )
            st.page_link(
                "pages/what_changed/page.py",
                label=as_typed("What changed from it to today’s map"),
                icon=":material/arrow_forward:",
                query_params={**to_query(Scope(year=year)), "since": f"{year}@{known.number}"},
            )


def _known_of(known: MapVersion, year: str) -> Text:
    """The total of a year, who published the version and when, and which years it has besides."""
    amount = known.total_of(year)
    total = pounds(Decimal(amount)) if amount else "No total"
    others = [each for each in known.years if each != year]
    besides = f"; it has {listed(others, most=len(others))} too" if others else ""
    return components.strong(f"{total} in {year}"), f", published {known.published_by}{besides}."


def _year(known: MapVersion) -> str:
    """The year that a version opens with: the one chosen now, where it has it."""
    year = scope_picker.chosen().year
    return year if year in known.years else known.years[0]


def _table(every: tuple[MapVersion, ...]) -> None:
    """Every version and year with its total, for files."""
    rows = tuple(
        (
            known.number,
            known.name,
            year,
            Decimal(known.total_of(year)),
            known.published,
            known.made_by or "not shown to visitors",
            known.program,
            known.sha256[:16],
        )
        for known in every
        for year in known.years
    )
    columns = (
        Column("Version", Kind.COUNT),
        Column("Name"),
        Column("Year"),
        Column("Total", Kind.POUNDS),
        Column("Published"),
        Column("By"),
        Column("Program"),
        Column("Fingerprint"),
    )
    table = Table("Published maps", columns, rows)
    chart.folded_table(table, "versions", "Every version with its program and fingerprint, and files")


def _publish() -> None:
    """Freeze today's map under a name."""
    components.section("Publish today’s map", "It is kept as it stands now, and cannot be taken back.")
    with st.container(horizontal=True, key="controls_publish", vertical_alignment="bottom"):
        name = st.text_input("Name", placeholder="For the Board of May", key="version_name")
        by = signing.name("publish")
    note = st.text_area("Note", placeholder="What it was published for", key="version_note", height=80)
    if not st.button("Publish", type="primary", key="version_publish") or signing.is_missing(by):
        return
    try:
        with components.loading("Freezing the map"):
            made = versions.publish(kept.live(), name, note, by=by)
    except Refusal as refusal:
        components.caution(refusal.sentence)
        return
    st.session_state[MADE] = made.title
    st.rerun()


show()
