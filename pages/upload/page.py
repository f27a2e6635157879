"""Is my file understood, mapped and reconciled, and what changes when I send it?"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, NoReturn

import streamlit as st

from budget_model.access import Act
from budget_model.contribute.about import WHOLE, About, parts_sent
from budget_model.contribute.draft import Draft, DraftState, StepKind
from budget_model.contribute.template import template_for
from budget_model.financial_year import beginning_in, first_calendar_year, year_before, year_of_month
from budget_model.problem import Refusal
from budget_model.store import changes, contributions
from budget_model.vocabulary import OrganisationStatus, Phase
from pages.shared import asking, choice, components, desk, kept, notices, signing
from pages.shared.components import as_typed
from pages.shared.serving import uploads
from pages.upload import journey, pieces, share

FORMATS = ("xlsx", "xlsm", "xlsb", "xls", "ods", "csv", "tsv", "txt", "zip")
LARGEST = 20
YEARS_BACK = 6


def show() -> None:
    """The draft that the link names, else the desk with everything that is waiting."""
    components.dress("upload")
    draft = _named_by_link()
    if draft is None:
        _desk()
    elif draft.state is DraftState.OPEN:
        journey.show(draft)
    else:
        _finished(draft)


def _named_by_link() -> Draft | None:
    """The draft that the link names; None, and the reason on the page, where it names none that there is."""
    if not st.query_params.get("draft"):
        return None
    number = choice.number("draft")
    if number is None:
        components.error("This link names no draft: the number of a draft has digits alone.")
        return None
    try:
        return desk.draft_of(number)
    except Refusal as refusal:
        components.error(refusal.sentence)
        return None


def _desk() -> None:
    st.title("Upload")
    components.standfirst(
        "Drop the spreadsheet that you have, as it is. It is read, compared with its own total and mapped; you put right "
        "what is asked. Every step is kept, so you can leave at any time."
    )
    st.page_link(
        "pages/third_sector/page.py",
        label="Grants or payments to voluntary bodies are loaded on Third sector",
        icon=":material/arrow_forward:",
    )
    notices.show()
    waiting = desk.drafts()
    left, right = st.columns([7, 5], gap="large")
    with left:
        _begin()
    with right:
        _waiting(waiting)


def _begin() -> None:
    place = kept.place()
    asker = asking.asker()
    names = {
        organisation.id: organisation.name
        for organisation in place.organisations
        if organisation.status is not OrganisationStatus.NOT_APPLICABLE
        and asker.may(Act.CONTRIBUTE, organisation.id)
    }
    components.section("Send figures")
    if not names:
        components.empty("You send figures for no body.", "Its officers do; an administrator gives roles.")
        return
    about = _asked_about(names, place.default_year)
    officer = signing.officer("upload")
    if asker.may(Act.SET_UP):
        st.page_link(
            "pages/settings/page.py",
            label="A body that is not on the list",
            icon=":material/add:",
            query_params={},
        )
    if about is None:
        components.note("Choose the organisation first; then there is a place to drop the file.")
        return
    share.ask(about)
    _others_here(about.organisation, officer, "choosing a file")
    dropped = st.file_uploader(
        as_typed(f"Drop {names[about.organisation]}’s file here, or choose it"),
        type=list(FORMATS),
        key=f"file_{about.organisation}",
        max_upload_size=LARGEST,
        help="Excel (xlsx, xls, xlsm, xlsb), OpenDocument, CSV, or a Fiscal Data Package. Up to 20 MB.",
    )
    if dropped is not None:
        _keep(dropped, about, officer, names)
    _template(about, names[about.organisation])


def _asked_about(names: Mapping[str, str], usual_year: str) -> About | None:
    """Whose figures are sent, of which year, phase and part; None until a body is chosen."""
    body = st.selectbox(
        "Whose figures are they?",
        list(names),
        index=_index(list(names), "body"),
        format_func=lambda organisation: names[organisation],
        placeholder="Choose or type an organisation",
        key="upload_body",
    )
    first, second, third = st.columns(3)
    with first:
        years = _years(usual_year)
        year = st.selectbox("Financial year", years, _index(years, "year") or 0, key="upload_year")
    with second:
        phase = st.selectbox(
            "Budget, forecast or outturn?",
            list(Phase),
            format_func=lambda phase: str(phase).capitalize(),
            key="upload_phase",
        )
    with third:
        named = [memorandum.part for memorandum in kept.place().memoranda if memorandum.organisation == body]
        before = [sent.part for sent in kept.all_submissions() if sent.organisation == body]
        sent = parts_sent([*before, *named])
        part = st.selectbox(
            "Which part of the budget",
            sent,
            accept_new_options=True,
            key="upload_part",
            help="Where a body sends several files that add up, each has a name of its own: revenue, capital, "
            "housing revenue account. A return that says what money on the map is made of has a name of its own too, and "
            "is added to nothing.",
        )
    if body is None:
        return None
    return About(body, str(year), phase or Phase.ORIGINAL_BUDGET, str(part or WHOLE).strip()[:80] or WHOLE)


def _keep(dropped: Any, about: About, officer: str, names: Mapping[str, str]) -> NoReturn:
    """Keep a dropped file as a draft, and open it; where the same was sent before, say so there."""
    with components.loading("Keeping the file"):
        begun = contributions.begin(kept.store(), about, dropped.name, dropped.getvalue(), by=officer)
    uploads.let_go(dropped)
    if begun.same:
        known = begun.same[0]
        whose = known.about.organisation
        st.session_state[f"same_{begun.draft}"] = known.sentence.replace(whose, names.get(whose, whose))
    st.query_params.clear()
    st.query_params["draft"] = str(begun.draft)
    st.rerun()


def _index(options: list[str], key: str) -> int | None:
    """Which of some options the link of a letter names."""
    wanted = st.query_params.get(key, "")
    return options.index(wanted) if wanted in options else None


def _template(about: About, name: str) -> None:
    """A workbook to fill in, for a body that has no file of its own."""
    store = kept.store()
    before = changes.sent_last_year(store, about) or changes.sent_before(store, about)
    holds = (
        f"It holds {name}’s lines of {before[1]}, with drop-downs and a checklist that turns green."
        if before
        else "It holds the place’s services as drop-downs, and a checklist that turns green."
    )
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        st.download_button(
            "A workbook to fill in",
            lambda: _template_file(about, before),
            f"{about.organisation}-{about.year}.xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            icon=":material/download:",
            on_click="ignore",
            key="template",
        )
        components.note(f"No file yet? {holds}")


def _template_file(about: About, before: tuple[int, str] | None) -> bytes:
    lines = changes.lines_sent(kept.store(), before[0]) if before else ()
    return template_for(about, kept.place(), lines, before[1] if before else year_before(about.year))


def _waiting(waiting: tuple[Draft, ...]) -> None:
    components.section("Go on where you left off")
    if not waiting:
        components.empty("No draft is waiting.", "What you drop is kept here until you send it.")
        return
    names = {organisation.id: organisation.name for organisation in kept.place().organisations}
    for draft in waiting[:12]:
        about = draft.about
        with st.container(horizontal=True, vertical_alignment="center", key=f"waiting_{draft.number}"):
            components.draft_card(
                names.get(about.organisation, about.organisation),
                f"{about.year}, {about.phase}, {about.part}",
                f"{draft.file} · {draft.touched_by}, {pieces.when(draft.touched_at)}",
            )
            st.page_link(
                "pages/upload/page.py",
                label="Go on",
                icon=":material/arrow_forward:",
                query_params={"draft": str(draft.number)},
            )
    if len(waiting) > 12:
        components.aside(f"{len(waiting) - 12} older drafts are on Submissions and data quality.")


def _finished(draft: Draft) -> None:
    names = {organisation.id: organisation.name for organisation in kept.place().organisations}
    name = names.get(draft.about.organisation, draft.about.organisation)
    if draft.state is DraftState.DISCARDED:
        st.title("This draft was discarded")
        components.standfirst(f"{name}, {draft.file}. Nothing of it is lost.")
        if st.button("Take it up again", type="primary"):
            contributions.add_step(kept.store(), draft.number, StepKind.RESUME, {}, by=signing.officer())
            st.rerun()
    else:
        pieces.sent(draft, name)
    st.page_link(
        "pages/upload/page.py", label="Send another file", icon=":material/upload_file:", query_params={}
    )


def _others_here(organisation: str, officer: str, doing: str) -> None:
    desk.greet(organisation, officer, doing, pieces.others)


def _years(default: str) -> list[str]:
    """The place's own year first, then every year from a little before it to next year, the latest first."""
    now = datetime.now(UTC)
    this = first_calendar_year(year_of_month(now.year, now.month))
    first = first_calendar_year(default)
    wanted = range(max(this + 1, first + 2), min(this, first) - YEARS_BACK - 1, -1)
    years = [beginning_in(one) for one in wanted]
    return [default, *(year for year in years if year != default)]


show()
