"""Who has sent what, for which year and phase, and how far can it be trusted?"""

from datetime import UTC, datetime
from decimal import Decimal

import streamlit as st

from budget_model.contribute.compare import ALL, to_explain
from budget_model.contribute.compose import DIFFERENCE
from budget_model.contribute.package import fiscal_data_package, lines_csv, published
from budget_model.contribute.quality import (
    MOST_POINTS,
    BodyStanding,
    Quality,
    Standing,
    State,
    how_late,
    in_brief,
    place_quality,
    questions,
)
from budget_model.count.consolidate import Mismatch
from budget_model.count.results import SubmissionOnMap
from budget_model.count.saying import counted
from budget_model.exhibits.tables import Column, Kind, Table
from budget_model.money import exact_pounds, pounds
from budget_model.place.model import Organisation
from budget_model.store import changes, contributions, exports, quality, submissions
from budget_model.vocabulary import OrganisationStatus, Phase, SubmissionStatus
from pages.shared import chart, choice, components, desk, kept, signing, tables
from pages.shared.components import Run, Stamp, as_typed
from pages.upload import pieces

VIEWS = {
    "register": "Who has sent what",
    "versions": "Submissions and versions",
    "quality": "Data quality",
    "transfers": "Transfers to settle",
    "take": "Take the data away",
}
SIGNS = {
    State.ON_MAP: "✓ on the map",
    State.SUBMITTED: "◐ to be approved",
    State.DRAFT: "✎ being prepared",
    State.LATE: "✗ late",
    State.AWAITED: "… awaited",
    State.NOT_DUE: "not due yet",
    State.NOT_APPLICABLE: "–",
}


def show() -> None:
    """The register, the versions, the quality, the transfers, or the data to take away: as the link says."""
    components.dress("upload")
    st.title("Submissions and data quality")
    place = kept.place()
    years = sorted(
        {*kept.years(), place.default_year, *(one.about.year for one in desk.drafts())}, reverse=True
    )
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom", key="controls_submissions"):
        view = choice.segment("Show", tuple(VIEWS), "show", "register", VIEWS.__getitem__)
        year = choice.one(
            "Year", years, "of", place.default_year if place.default_year in years else years[0]
        )
    {
        "register": _register,
        "versions": _versions,
        "quality": _quality,
        "transfers": _transfers,
        "take": _take,
    }[view](year)


# Who has sent what


def _register(year: str) -> None:
    standings = desk.register(year, datetime.now(UTC).date())
    asked = {
        body.id: body
        for body in kept.place().organisations
        if body.status is not OrganisationStatus.NOT_APPLICABLE
    }
    brief = in_brief(standings, asked)
    components.section(
        f"{brief.on_map} of {len(brief.bodies)} bodies are on the map for {year}; "
        f"{_count(brief.late_or_awaited, 'is', 'are')} late or awaited{_waiting(brief.to_approve)}",
        "A phase is late after its day; once a later phase is on the map, an earlier one is not asked for.",
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


def _waiting(how_many: int) -> str:
    return f", {counted(how_many, 'waits', 'wait')} to be approved" if how_many else ""


def _in_words(standing: Standing) -> str:
    """Where the figures of one phase are, and since when."""
    if standing.state is State.NOT_DUE:
        return f"due {standing.due_on:%d %b %Y}"
    late = f" since {standing.due_on:%d %b %Y}" if standing.state is State.LATE else ""
    came = [sent.on for sent in standing.sent if sent.number is not None]
    on = f" ({min(came):%d %b %Y})" if came else ""
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


# Submissions and versions


def _versions(year: str) -> None:
    found = [one for one in kept.all_submissions() if one.year == year]
    drafts = [one for one in desk.drafts() if one.about.year == year]
    if not found and not drafts:
        components.empty(
            f"Nothing was sent for {year} yet.",
            ("Begin on ", Run("Upload", "em"), ": drop the spreadsheet that you have."),
        )
        return
    if drafts:
        components.section(f"{counted(len(drafts), 'draft is', 'drafts are').capitalize()} being prepared")
        names = {one.id: one.name for one in kept.place().organisations}
        for draft in drafts:
            st.page_link(
                "pages/upload/page.py",
                icon=":material/edit:",
                query_params={"draft": str(draft.number)},
                label=as_typed(
                    f"{names.get(draft.about.organisation, '')}, {draft.about.phase}, {draft.about.part} ({draft.file}, {draft.touched_by})"
                ),
            )
    if not found:
        return
    waiting = [one for one in found if one.status == SubmissionStatus.SUBMITTED]
    components.section(
        f"{counted(len(found), 'submission', 'submissions').capitalize()} for {year}{_waiting(len(waiting))}",
        "Every version is kept. Choose one for its certificate, its file and what can be done with it.",
    )
    order = [*waiting, *(one for one in found if one not in waiting)]
    by_number = {one.submission: one for one in order}
    asked = choice.number("submission")
    first = list(by_number).index(asked) if asked in by_number else None
    if first is None and st.query_params.get("submission"):
        components.info(
            "The submission that this link names is not one of this year. These are all there are."
        )
    picked = st.selectbox(
        "Submission",
        list(by_number),
        index=first,
        format_func=lambda number: _named(by_number[number]),
        placeholder="Choose or type: organisation, file, status",
        key="picked_submission",
    )
    if picked is not None:
        _one(by_number[picked], found)
    rows = tuple(
        (
            one.submission,
            one.organisation_name,
            str(one.phase),
            one.part,
            one.status,
            one.lines,
            one.read_total,
            Stamp(one.reconciliation).text,
            one.file,
            f"{one.made_by}, {one.made_at}",
        )
        for one in found
    )
    table = Table(
        f"Submissions for {year}",
        (
            Column("No.", Kind.COUNT),
            Column("Organisation"),
            Column("Phase"),
            Column("Part"),
            Column("Status"),
            Column("Lines", Kind.COUNT),
            Column("Net", Kind.POUNDS),
            Column("Reconciliation"),
            Column("File"),
            Column("Last word"),
        ),
        rows,
    )
    tables.show(table)
    chart.files(table, "versions")


def _named(one: SubmissionOnMap) -> str:
    return f"{one.submission} · {one.organisation_name} · {one.phase}, {one.part} · {one.status} · {one.file}"


def _one(one: SubmissionOnMap, found: list[SubmissionOnMap]) -> None:
    store, place, number = kept.store(), kept.place(), one.submission
    pieces.certificate(desk.certificate_of(number), f"certificate_{number}")
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.download_button(
            "The file as it was sent",
            lambda: submissions.original_of(store, number)[1],
            one.file,
            icon=":material/download:",
            on_click="ignore",
            key=f"file_{number}",
        )
        actions = _actions(one.status)
        wanted = st.session_state.get("wanted_status")
        for status, label, icon in actions:
            if st.button(as_typed(label), key=f"{status}_{number}", icon=icon):
                st.session_state["wanted_status"] = (number, str(status))
                st.rerun()
    if wanted and wanted[0] == number:
        _confirm(number, SubmissionStatus(wanted[1]))
    others = [
        each
        for each in found
        if each.organisation == one.organisation and each.part == one.part and each.submission != number
    ]
    if others:
        with st.expander(as_typed(f"Compare with another version ({len(others)})")):
            other = st.selectbox(
                "With",
                [each.submission for each in others],
                key=f"compare_{number}",
                format_func=lambda each: _named(next(o for o in others if o.submission == each)),
            )
            if other is not None:
                before, after = sorted((other, number))
                apart = changes.versions_apart(store, before, after, place)
                pieces.comparison(apart, f"From submission {before} to {after}, by service")
    _explanations(number)


MOST_EXPLAINED = 20


def _explanations(number: int) -> None:
    """What was explained of a submission, by whom and when; each can be corrected, and what is missing added."""
    store, place = kept.store(), kept.place()
    told = contributions.explained(store, number)
    last = {one.subject: one for one in reversed(told)}
    said = {subject: one.words for subject, one in last.items() if one.words}
    compared = changes.compared_since(store, number, place)
    over = to_explain(compared, place, {}) if compared else ()
    missing = to_explain(compared, place, said) if compared else ()
    asked = {DIFFERENCE: "Why the total differs from its own", **{one.subject: one.sentence for one in over}}
    if over or ALL in said:
        asked[ALL] = "One explanation for every change"
    asked |= {subject: subject.partition(":")[2] or subject for subject in said if subject not in asked}
    title = "Explanations"
    if missing:
        title += f" · {counted(len(missing), 'change has', 'changes have')} none"
    with st.expander(as_typed(title), key="explanations"):
        if compared:
            components.note(
                f"Against {compared.before_is}: {pounds(compared.before)} then, {pounds(compared.after)} now."
            )
        officer = signing.officer("explain")
        with st.form(f"explain_{number}", border=False):
            words = {
                subject: st.text_input(
                    as_typed(sentence),
                    value=said.get(subject, ""),
                    max_chars=1000,
                    help=as_typed(_who(last.get(subject))) or None,
                    key=f"explain_{number}_{subject}_{len(told)}",
                )
                for subject, sentence in list(asked.items())[:MOST_EXPLAINED]
            }
            if st.form_submit_button("Keep the explanations", icon=":material/edit_note:"):
                for subject, text in words.items():
                    if text.strip() != said.get(subject, ""):
                        contributions.explain(store, number, subject, text.strip(), by=officer)
                st.rerun()
        if told:
            components.bullets(
                (
                    f"{asked.get(word.subject, word.subject)} ",
                    components.strong(word.words or "taken back"),
                    f" ({word.by}, {word.on:%d %B %Y %H:%M})",
                )
                for word in told[:40]
            )


def _who(word: contributions.Explained | None) -> str:
    return f"Last written by {word.by} on {word.on:%d %B %Y}" if word else ""


def _actions(status: str) -> list[tuple[SubmissionStatus, str, str]]:
    approve = (SubmissionStatus.APPROVED, "Approve", ":material/verified:")
    back = (SubmissionStatus.APPROVED, "Bring back on the map", ":material/history:")
    withdraw = (SubmissionStatus.WITHDRAWN, "Withdraw", ":material/block:")
    return {
        "submitted": [approve, withdraw],
        "approved": [withdraw],
        "superseded": [back],
        "withdrawn": [back],
    }.get(status, [])


def _confirm(number: int, status: SubmissionStatus) -> None:
    """Say what will change on the map; only then do it."""
    store, place = kept.store(), kept.place()
    found = changes.would_change_status(store, number, status, place)
    moved = found.after - found.before
    with st.container(border=True, key="confirm_status"):
        if moved or found.changed:
            verb = "rises" if moved > 0 else "falls"
            said = (
                f"The place’s total {verb} by {pounds(abs(moved))}, to {pounds(found.after)}."
                if moved
                else "The total stays; services change."
            )
            components.ask(said, "Nothing is deleted: it can be brought back at any time.")
            pieces.comparison(found, "By service", most=8)
        else:
            components.ask("Nothing changes on the map.")
        officer = signing.officer("status")
        reason = st.text_input("Why", max_chars=300, key=f"reason_{number}")
        with st.container(horizontal=True, gap="small"):
            words = "Yes, withdraw it" if status is SubmissionStatus.WITHDRAWN else "Yes, put it on the map"
            if st.button(as_typed(words), type="primary", key="do_status"):
                submissions.change_status(store, number, status, by=officer, reason=reason.strip())
                st.session_state.pop("wanted_status", None)
                st.rerun()
            if st.button("No, leave it", key="leave_status"):
                st.session_state.pop("wanted_status", None)
                st.rerun()


# Data quality


def _quality(year: str) -> None:
    found = desk.measured(year)
    sent = [one for one in found if one.mapped is not None]
    if not sent:
        components.empty(
            f"Nothing is on the map for {year}.",
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
            one.sure,
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
            Column("Grade 3 or better", Kind.SHARE),
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
            components.note(
                f"Last answered on {before.on:%d %B %Y} by {before.by}: {before.score * 100:.0f}%."
            )
        officer = signing.officer("assess")
        with st.form(f"assess_{body}_{year}", border=False):
            points: dict[str, int] = {}
            notes: dict[str, str] = {}
            for question in questions():
                now = before.points.get(question.id) if before else None
                picked = st.radio(
                    components.lead(f"{question.part}.", question.ask),
                    range(MOST_POINTS + 1),
                    index=now,
                    format_func=[as_typed(answer) for answer in question.answers].__getitem__,
                    key=f"{body}_{year}_{question.id}",
                )
                if picked is not None:
                    points[question.id] = picked
            notes["source"] = st.text_input(
                "Anything to add", value=before.notes.get("source", "") if before else "", max_chars=500
            )
            if st.form_submit_button("Keep the answers", type="primary"):
                quality.assess(kept.store(), body, year, points, notes, by=officer)
                st.rerun()


# Transfers


def _transfers(year: str) -> None:
    found = kept.mismatches(year)
    names, told = {one.id: one.name for one in kept.place().organisations}, desk.settlements(year)
    open_ones = [one for one in found if not (one.transfer in told and told[one.transfer].settled)]
    if not found:
        components.empty(
            "No two bodies state a transfer differently.",
            "Where they do, both figures stand here, to be settled between them.",
        )
        return
    how_many = counted(len(open_ones), "transfer is", "transfers are").capitalize()
    components.section(
        f"{how_many} stated differently by payer and payee",
        "The lower figure is taken out once; the difference stays on the map until the two agree.",
    )
    for one in sorted(found, key=_apart, reverse=True):
        note = told.get(one.transfer)
        done = note is not None and note.settled
        with st.container(border=True, key=f"transfer_{one.transfer}"):
            components.ask(
                f"{names.get(one.payer, one.payer)} to {names.get(one.payee, one.payee)}",
                f"The payer states {exact_pounds(one.payer_states)}, the payee {exact_pounds(one.payee_states)}: "
                f"they differ by {exact_pounds(_apart(one))}.",
            )
            if note:
                state = "Settled" if done else "Open again"
                components.note(f"{state}: {note.note} ({note.by}, {note.on:%d %B %Y})")
            with st.form(f"settle_{one.transfer}", border=False):
                words = st.text_input("What was agreed", value=note.note if note else "", max_chars=500)
                if st.form_submit_button("Open it again" if done else "Mark as settled"):
                    quality.settle(
                        kept.store(),
                        one.transfer,
                        year,
                        settled=not done,
                        note=words,
                        by=signing.officer(),
                    )
                    st.rerun()


def _apart(one: Mismatch) -> Decimal:
    return abs(one.payer_states - one.payee_states)


# Taking the data away


def _take(year: str) -> None:
    store, place = kept.store(), kept.place()
    lines = published(exports.exported(store, year))
    if not lines:
        components.empty(f"Nothing is on the map for {year}.", "There is nothing to take away yet.")
        return
    components.section(
        f"{len(lines):,} mapped lines of {year}",
        "Each line with its service, COFOG group, cell and who mapped it. What a body does not publish goes out as "
        "money without words.",
    )
    with st.container(horizontal=True, gap="small"):
        st.download_button(
            "Fiscal Data Package",
            lambda: fiscal_data_package(lines, place.id, place.name, place.currency),
            f"{place.id}-{year}.zip",
            "application/zip",
            icon=":material/folder_zip:",
            on_click="ignore",
            key="package",
        )
        st.download_button(
            "Lines as CSV",
            lambda: lines_csv(lines),
            f"{place.id}-{year}-lines.csv",
            "text/csv",
            icon=":material/download:",
            on_click="ignore",
            key="lines_csv",
        )
    components.note(
        "The package holds the lines, a data dictionary and a description that other tools read (Fiscal Data Package, "
        "version 1)."
    )


show()
