"""What is asked of my body and by when, what did I send, what changed, and how do I send the next?"""

import streamlit as st

from budget_model import dates
from budget_model.access import Act
from budget_model.contribute.quality import Standing, State
from budget_model.dates import day
from budget_model.exhibits import catalogue
from budget_model.exhibits.exhibit import Gone
from budget_model.financial_year import year_before
from budget_model.place.model import Organisation
from budget_model.scope import Scope
from budget_model.vocabulary import OrganisationStatus
from pages.shared import asking, choice, commenting, components, desk, down, kept, notices, sent_card, subject
from pages.shared.components import Check, as_typed

BODY, YEAR = "body", "of"
LAST = 4
# Submissions that are shown; the rest are a link away.
ASKED = (State.LATE, State.AWAITED)


def show() -> None:
    """One body's desk: what is asked, what waits, what was sent, what changed."""
    components.dress("upload")
    bodies = _bodies()
    if not bodies:
        st.title("My body")
        components.empty(
            "You are not down to send the figures of any body.", "Ask an administrator for that role."
        )
        return
    years = sorted({*kept.years(), kept.place().default_year}, reverse=True)
    with st.container(horizontal=True, key="controls_my_body"):
        chosen = choice.one("Body", list(bodies), BODY, next(iter(bodies)), lambda key: bodies[key].name)
        year = choice.one("Year", years, YEAR, kept.place().default_year)
    body = bodies[chosen]
    subject.name(body.name, "My body")
    standings = [
        standing for standing in desk.register(year, dates.today()) if standing.organisation == body.id
    ]
    components.headline(_headline(body, year, standings), standfirst=_quality(body, year))
    notices.show()
    left, right = st.columns([7, 5], gap="large")
    with left:
        _asked(body, year, standings)
        _sent(body, year)
    with right:
        _next(body, year, standings)
        _changed(body, year)
        commenting.open_list("my_body", body.name, bodies=(body.id,))


def _bodies() -> dict[str, Organisation]:
    """The bodies whose figures whoever looks may send, their own first, then by name."""
    asker = asking.asker()
    known = [
        body
        for body in kept.place().organisations
        if body.status is not OrganisationStatus.NOT_APPLICABLE and asker.may(Act.CONTRIBUTE, body.id)
    ]
    known.sort(key=lambda body: (body.id not in asker.bodies, body.name))
    return {body.id: body for body in known}


def _headline(body: Organisation, year: str, standings: list[Standing]) -> str:
    """What is asked for first, and by when, in a sentence."""
    asked = [standing for standing in standings if standing.state in ASKED]
    if not asked:
        return f"No figures are due from {body.name} for {year} now"
    first = asked[0]
    if first.state is State.LATE:
        return f"{body.name}: the {first.phase} for {year} was due on {day(first.due_on)} and is late"
    verb = "was due" if first.due_on < dates.today() else "is due"
    return f"{body.name}: the {first.phase} for {year} {verb} by {day(first.due_on)}"


def _quality(body: Organisation, year: str) -> str:
    """What stands out in the figures that were sent."""
    measured = next((quality for quality in desk.measured(year) if quality.organisation == body.id), None)
    return measured.sentence if measured else "Nothing has been sent for this year."


def _asked(body: Organisation, year: str, standings: list[Standing]) -> None:
    components.section(f"What is asked of {body.short_name} for {year}")
    asked = [standing for standing in standings if standing.state is not State.NOT_APPLICABLE]
    if not asked:
        components.note("No figures are asked for this year.")
        return
    components.checklist([_check(standing) for standing in asked])


def _check(standing: Standing) -> Check:
    """One phase: whether it is there, late or still to come, and its day."""
    done = standing.state in (State.ON_MAP, State.SUBMITTED)
    here = "included" if standing.state is State.ON_MAP else str(standing.state)
    words = f"{str(standing.phase).capitalize()}: {here}, due {day(standing.due_on)}"
    return Check("done" if done else "open" if standing.state is State.LATE else "note", words)


def _next(body: Organisation, year: str, standings: list[Standing]) -> None:
    """Drafts to go on with, and the way to send figures, which starts from last year's lines."""
    components.section("Go on, or begin")
    for draft in desk.drafts(body.id)[:LAST]:
        st.page_link(
            "pages/upload/page.py",
            label=as_typed(f"Go on with {draft.file}: {draft.about.year}, {draft.about.phase}"),
            icon=":material/edit:",
            query_params={"draft": str(draft.number)},
        )
    wanted = next((standing for standing in standings if standing.state in ASKED), None)
    what = f"the {wanted.phase}" if wanted else "figures"
    st.page_link(
        "pages/upload/page.py",
        label=as_typed(f"Send {what} for {year}"),
        icon=":material/upload_file:",
        query_params={"body": body.id, "year": year},
    )
    components.aside(
        f"Drop your own file, or fill in a workbook that holds the lines of {year_before(year)} where they were sent."
    )
    st.page_link(
        "pages/organisations/page.py",
        label=as_typed(f"{body.short_name} as others see it"),
        icon=":material/arrow_forward:",
        query_params=down.query(Scope(year=year), body=body.id),
    )


def _sent(body: Organisation, year: str) -> None:
    """The last submissions of the body, newest first: of the year, else of any."""
    sent = sorted(
        kept.all_submissions(year, body.id) or kept.all_submissions("", body.id),
        key=lambda submission: -submission.submission,
    )
    components.section("Last submissions")
    if not sent:
        components.empty("Nothing has been sent yet.", "Begin beside this list.")
        return
    components.cards([sent_card.card(one) for one in sent[:LAST]])
    st.page_link(
        "pages/submissions/page.py",
        label=as_typed("Every version, with its certificate and its file"),
        icon=":material/arrow_forward:",
        query_params={"show": "versions", "of": sent[0].year},
    )


def _changed(body: Organisation, year: str) -> None:
    """What changed in the body's money since the year before, and the way to why."""
    components.section("What changed since the year before")
    scope = Scope(year=year, organisations=(body.id,))
    shown = catalogue.show(kept.answers(scope), "change")
    if isinstance(shown, Gone):
        nothing = f"No figures of {body.name} are included for {year} yet, so there is nothing to compare."
        sent = kept.answers(scope).total().lines
        components.note(f"{shown.sentence} {shown.remedy}" if sent else nothing)
        return
    components.say(shown.finding)
    components.note(shown.why)
    st.page_link(
        "pages/what_changed/page.py",
        label="Why, in reasons that add up",
        icon=":material/arrow_forward:",
        query_params=down.query(scope),
    )


show()
