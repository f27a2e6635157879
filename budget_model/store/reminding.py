"""Who is asked for figures, what was asked before, and what each person should know: from what the store holds."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from budget_model.access import Act, Role
from budget_model.contribute.about import WHOLE, About
from budget_model.contribute.asking import WAITED_FOR, Ask, asks
from budget_model.contribute.quality import State
from budget_model.contribute.template import template_for
from budget_model.count.assurance import asked_for
from budget_model.count.saying import counted, number_alone
from budget_model.financial_year import year_before
from budget_model.store import changes
from budget_model.store.mapping_memory import moment
from budget_model.store.people import people
from budget_model.store.places import place_of
from budget_model.store.quality import register
from budget_model.store.settings import begun
from budget_model.store.spending import submissions
from budget_model.store.store import Store
from budget_model.store.submissions import write_audit
from budget_model.vocabulary import SubmissionStatus

ASKED = "figures asked for"
"""How the audit calls a letter that was sent."""


@dataclass(frozen=True, slots=True)
class AskedBefore:
    """The last letter to a body for a year and phase: by whom, when and how."""

    by: str
    at: datetime
    how: str


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing that whoever looks should know, and the page and link where it is done."""

    sentence: str
    todo: str
    page: str
    query: tuple[tuple[str, str], ...] = ()


def to_ask(store: Store, year: str, today: date) -> tuple[Ask, ...]:
    """What to ask of each body whose figures of a year belong on the map."""
    wanted = {body.id for body in asked_for(place_of(store), year)}
    standings = [standing for standing in register(store, year, today) if standing.organisation in wanted]
    return asks(standings, year, today, officers(store))


def officers(store: Store) -> tuple[tuple[str, str], ...]:
    """Each body with the address of each officer of it; none for whoever may not ask."""
    if not store.asker.may(Act.REMIND):
        return ()
    return tuple(
        (grant.body, person.account)
        for person in people(store)
        for grant in person.grants
        if grant.role is Role.OFFICER and person.reads_mail
    )


def directors(store: Store) -> tuple[str, ...]:
    """The addresses of the directors."""
    return tuple(
        person.account
        for person in people(store)
        if person.reads_mail and any(grant.role is Role.DIRECTOR for grant in person.grants)
    )


def asked_before(store: Store) -> dict[str, AskedBefore]:
    """The last letter for each body, year and phase, by the subject that the audit keeps."""
    rows = store.ask("asked_before", {"what": ASKED})
    return {str(subject): AskedBefore(str(by), moment(at), str(how)) for subject, by, at, how in rows}


def subject_of(ask: Ask) -> str:
    """How the audit names what is asked."""
    return f"{ask.organisation} {ask.year} {ask.phase}"


def note_asked(store: Store, asked: Iterable[Ask], *, by: str, how: str) -> None:
    """Keep that letters were sent, to whom and how."""
    with store.writing(Act.REMIND) as writer:
        for ask in asked:
            write_audit(writer, by, ASKED, subject_of(ask), "", f"{how} {', '.join(ask.to)}".strip())


def workbook_of(store: Store, ask: Ask) -> tuple[str, bytes]:
    """The workbook to fill in that goes with a letter: the body's lines of last time, or the place's services."""
    about = About(ask.organisation, ask.year, ask.phase, WHOLE)
    before = changes.sent_last_year(store, about) or changes.sent_before(store, about)
    lines = changes.lines_sent(store, before[0]) if before else ()
    says = before[1] if before else year_before(ask.year)
    return f"{ask.organisation}-{ask.year}.xlsx", template_for(about, place_of(store), lines, says)


def to_approve(store: Store, year: str) -> tuple[str, ...]:
    """What was sent for a year and waits to be approved, in words."""
    return tuple(
        f"{submission.organisation_name}: {submission.phase}, {submission.part}, sent by {submission.made_by}"
        for submission in submissions(store)
        if submission.status == SubmissionStatus.SUBMITTED and submission.year == year
    )


def notices(store: Store, year: str, today: date) -> tuple[Notice, ...]:
    """What whoever asks should know now: what waits for them, and what of their bodies is asked for."""
    return (*_to_approve(store), *_asked_of(store, year, today), *_begun(store))


def _to_approve(store: Store) -> Iterator[Notice]:
    waiting = [
        submission
        for submission in submissions(store)
        if submission.status == SubmissionStatus.SUBMITTED
        and store.asker.may(Act.APPROVE, submission.organisation)
    ]
    for one in waiting[:3]:
        yield Notice(
            f"{one.organisation_name}, {one.phase} {one.year}, waits to be approved. Sent by: {one.made_by}.",
            "Look at it",
            "submissions",
            (("show", "versions"), ("of", one.year), ("submission", str(one.submission))),
        )
    if len(waiting) > 3:
        more = counted(len(waiting) - 3, "submission more waits", "submissions more wait")
        yield Notice(
            f"{more.capitalize()} to be approved.", "See all", "submissions", (("show", "versions"),)
        )


def _asked_of(store: Store, year: str, today: date) -> Iterator[Notice]:
    asked = to_ask(store, year, today)
    if store.asker.may(Act.REMIND):
        late = [ask for ask in asked if ask.state in WAITED_FOR]
        if late:
            yield Notice(
                f"{_how_many_late(store, late, year, today)}: a letter to each is ready.",
                "Ask them",
                "submissions",
                (("show", "asking"), ("of", year)),
            )
    for ask in asked:
        if ask.organisation in store.asker.bodies:
            word = "soon due" if ask.state is State.NOT_DUE else "asked for"
            yield Notice(
                f"{ask.name}: the {ask.phase} of {year} is {word} ({ask.since}).", "Send it", "upload"
            )


def _how_many_late(store: Store, late: Sequence[Ask], year: str, today: date) -> str:
    """How many bodies are late or awaited; where others owe a later phase alone, how many have sent nothing yet."""
    on_map = {
        standing.organisation for standing in register(store, year, today) if standing.state is State.ON_MAP
    }
    nothing = sum(ask.organisation not in on_map for ask in late)
    how_many = counted(len(late), "body is", "bodies are").capitalize()
    apart = f", {number_alone(nothing)} of them with nothing yet" if nothing < len(late) else ""
    return f"{how_many} late or awaited for {year}{apart}"


def _begun(store: Store) -> Iterator[Notice]:
    if store.asker.may(Act.SET_UP) or store.asker.may(Act.SET_TARGETS):
        edits = begun(store)
        if edits:
            rows = counted(len(edits), "row", "rows")
            yield Notice(
                f"Your change of {rows} of the settings is not kept yet.", "Go on with it", "settings"
            )
