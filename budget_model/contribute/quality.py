"""Who has sent what, in time, and how far it can be trusted: one row for each organisation of the place.

Measures are kept apart, since a figure that mixes them says nothing that anybody could act on. The
self-assessment's questions and the usual days are data (`data/reference/data_quality.csv`, `due_dates.csv`).
"""

import calendar
import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from budget_model.contribute.about import About
from budget_model.financial_year import first_calendar_year
from budget_model.money import pounds
from budget_model.place.model import Organisation
from budget_model.shipped import rows_of_table
from budget_model.vocabulary import OrganisationStatus, Phase, Reconciliation

REFERENCE = Path(__file__).resolve().parents[2] / "data" / "reference"
START_MONTH = 4
"""The financial year begins in April."""
MOST_POINTS = 3


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the self-assessment; `answers` gives its points, from 0."""

    id: str
    part: str
    ask: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Assessment:
    """What one organisation last said of its own data."""

    organisation: str
    year: str
    points: Mapping[str, int]
    notes: Mapping[str, str]
    on: date
    by: str

    @property
    def score(self) -> Decimal:
        """Points out of all that could be had, the questions not answered counting as none."""
        asked = questions()
        got = sum(min(self.points.get(question.id, 0), MOST_POINTS) for question in asked)
        return Decimal(got) / Decimal(MOST_POINTS * len(asked))


class State(StrEnum):
    """Where an organisation's figures of one year and phase are."""

    ON_MAP = "on the map"
    SUBMITTED = "sent, to be approved"
    DRAFT = "being prepared"
    LATE = "late"
    AWAITED = "awaited"
    NOT_DUE = "not due yet"
    NOT_APPLICABLE = "not asked"


WORKED_EXAMPLE, FIRST_MAP, OWN_FOLDER = "worked example", "first map", "folder"
LOADERS = frozenset({WORKED_EXAMPLE, FIRST_MAP, OWN_FOLDER})
"""Who loads a place's folder: the day of that load is no day on which a body sent its figures."""


@dataclass(frozen=True, slots=True)
class Sent:
    """One submission or draft, as far as the register needs it."""

    about: About
    status: str
    on: date
    by: str
    number: int | None = None
    """The submission's number; None for a draft."""
    reconciliation: Reconciliation | None = None
    amount: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one organisation's figures of one year and phase are, and by when they are or were due."""

    organisation: str
    name: str
    phase: Phase
    state: State
    due_on: date
    days_late: int
    """Days after the due day that they came, or that they are late by now; zero where in time."""
    sent: tuple[Sent, ...]


@dataclass(frozen=True, slots=True)
class Money:
    """An organisation's lines in force in one year, pounds without regard to side."""

    whole: Decimal
    mapped: Decimal
    own: Decimal
    """The body's own figure for the place: stated, published or audited."""
    details: Decimal
    """Weighed by how many of the five details are said: funding, ring-fence, nature, discretion, stage."""


NO_MONEY = Money(Decimal(0), Decimal(0), Decimal(0), Decimal(0))


@dataclass(frozen=True, slots=True)
class Quality:
    """The five measures of one organisation's data for a year, and what it says of itself.

    Shares lie between zero and one; None where there is nothing to measure.
    """

    organisation: str
    name: str
    completeness: Decimal | None
    """The parts sent, of those that were ever sent for this year or the year before."""
    missing: tuple[str, ...]
    """The parts that were sent for the year before and not for this one."""
    reconciled: Decimal | None
    """The share of the money whose submission is reconciled, or whose difference is explained."""
    days_late: int | None
    mapped: Decimal | None
    own: Decimal | None
    details: Decimal | None
    assessment: Assessment | None
    amount: Decimal

    @property
    def sentence(self) -> str:
        """What stands out, in a sentence for the director."""
        if self.mapped is None:
            return "Nothing has been sent."
        doubts = []
        if self.missing:
            doubts.append(f"{', '.join(self.missing)} was sent last year and not this year")
        if self.reconciled is not None and self.reconciled < 1:
            doubts.append(f"{pounds(self.amount * (1 - self.reconciled))} is not reconciled to its own total")
        if self.mapped < 1:
            doubts.append(f"{pounds(self.amount * (1 - self.mapped))} is not mapped to a service")
        if self.own is not None and self.own < Decimal("0.5"):
            doubts.append("most of it is not the body’s own figure for the place")
        if self.days_late:
            doubts.append(f"it came {how_late(self.days_late)}")
        if not doubts:
            return "Complete, reconciled and mapped."
        said = "; ".join(doubts)
        return f"{said[0].upper()}{said[1:]}."


@dataclass(frozen=True, slots=True)
class BodyStanding:
    """Where one organisation's figures of a year are, phase by phase."""

    organisation: str
    by_phase: Mapping[Phase, Standing]

    def has(self, *states: State) -> bool:
        """Whether any phase is in one of some states."""
        return any(standing.state in states for standing in self.by_phase.values())

    @property
    def is_missing(self) -> bool:
        """Whether nothing of it is on the map, and some phase is late or awaited."""
        return self.has(State.LATE, State.AWAITED) and not self.has(State.ON_MAP)


@dataclass(frozen=True, slots=True)
class YearInBrief:
    """Who has sent what for a year, counted in bodies."""

    bodies: tuple[BodyStanding, ...]

    @property
    def on_map(self) -> int:
        """How many have some phase on the map."""
        return sum(body.has(State.ON_MAP) for body in self.bodies)

    @property
    def late_or_awaited(self) -> int:
        """How many have nothing on the map, and some phase that is late or awaited."""
        return sum(body.is_missing for body in self.bodies)

    @property
    def to_approve(self) -> int:
        """How many have sent something that waits for approval."""
        return sum(body.has(State.SUBMITTED) for body in self.bodies)


def in_brief(standings_of_year: Iterable[Standing], bodies: Iterable[str]) -> YearInBrief:
    """Standings gathered by body, for those of some bodies that have any, in the bodies' order."""
    by_body: dict[str, dict[Phase, Standing]] = {}
    for standing in standings_of_year:
        by_body.setdefault(standing.organisation, {})[standing.phase] = standing
    return YearInBrief(tuple(BodyStanding(body, by_body[body]) for body in bodies if body in by_body))


@dataclass(frozen=True, slots=True)
class PlaceQuality:
    """The measures of all that was sent for a year, weighed by money; None where nothing was."""

    reconciled: Decimal | None
    mapped: Decimal | None
    assessed: int
    """How many bodies have assessed their own data."""


def place_quality(measured: Iterable[Quality]) -> PlaceQuality:
    """What the bodies' measures come to together: each weighed by its money, pounds without regard to side."""
    bodies = tuple(measured)
    sent = [body for body in bodies if body.mapped is not None]
    whole = sum((body.amount for body in sent), Decimal(0))
    reconciled = sum((body.amount * (body.reconciled or 0) for body in sent), Decimal(0))
    mapped = sum((body.amount * (body.mapped or 0) for body in sent), Decimal(0))
    assessed = sum(body.assessment is not None for body in bodies)
    return PlaceQuality(_part(reconciled, whole), _part(mapped, whole), assessed)


def how_late(days: int) -> str:
    """How late something is, as one says it.

    >>> how_late(1), how_late(40), how_late(3401)
    ('1 day late', '40 days late', '9 years late')
    """
    if days > 365:
        years = days // 365
        return f"{years} year{'' if years == 1 else 's'} late"
    return f"{days} day{'' if days == 1 else 's'} late"


@lru_cache(maxsize=2)
def questions(folder: Path = REFERENCE) -> tuple[Question, ...]:
    """The questions of the self-assessment, read once."""
    with (folder / "data_quality.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            Question(
                row["id"],
                row["part"],
                row["question"],
                tuple(row[f"points_{points}"] for points in range(MOST_POINTS + 1)),
            )
            for row in csv.DictReader(file)
        )


@lru_cache(maxsize=2)
def _usual_days(folder: Path = REFERENCE) -> Mapping[Phase, tuple[int, int]]:
    return {
        Phase(row["phase"]): (int(row["months_after_start"]), int(row["day"]))
        for row in rows_of_table(folder / "due_dates.csv")
    }


def usual_day(year: str, phase: Phase) -> date:
    """The day by which figures of a year and phase are usually asked for.

    >>> usual_day("2016-17", Phase.ORIGINAL_BUDGET), usual_day("2016-17", Phase.OUTTURN)
    (datetime.date(2016, 3, 31), datetime.date(2017, 7, 31))
    """
    months, day = _usual_days()[phase]
    after, month = divmod(START_MONTH - 1 + months, 12)
    calendar_year = first_calendar_year(year) + after
    return date(calendar_year, month + 1, min(day, calendar.monthrange(calendar_year, month + 1)[1]))


def due_day(year: str, phase: Phase, due: Mapping[Phase, date]) -> date:
    """The day by which a phase is due: as the place says, else as is usual."""
    return due.get(phase) or usual_day(year, phase)


def standings(
    organisations: Iterable[Organisation],
    year: str,
    sent: Iterable[Sent],
    due: Mapping[Phase, date],
    today: date,
    phases: Sequence[Phase] = tuple(Phase),
) -> tuple[Standing, ...]:
    """Where every organisation's figures of a year are, phase by phase, in the place's order.

    A phase that is not due yet and of which nothing was sent is not late; once a later phase is on the
    map, or is due itself, an earlier one is no longer asked for.
    """
    of_year = [one for one in sent if one.about.year == year]
    found = []
    for body in organisations:
        own = [one for one in of_year if one.about.organisation == body.id]
        for place, phase in enumerate(phases):
            following = phases[place + 1 :]
            later = any(one.status == "approved" and one.about.phase in following for one in own) or any(
                today > due_day(year, phase, due) for phase in following
            )
            found.append(_standing(body, year, phase, own, due, today, overtaken=later))
    return tuple(found)


def _standing(
    body: Organisation,
    year: str,
    phase: Phase,
    own: Sequence[Sent],
    due: Mapping[Phase, date],
    today: date,
    *,
    overtaken: bool,
) -> Standing:
    day = due_day(year, phase, due)
    of_phase = tuple(one for one in own if one.about.phase is phase)
    came = [one.on for one in of_phase if one.number is not None]
    late = max(0, ((min(came) if came else today) - day).days)
    furthest = _furthest(of_phase)
    state = furthest or _state_of_nothing_sent(body.status, overtaken=overtaken, is_due=today > day)
    counted = late if state not in (State.NOT_DUE, State.NOT_APPLICABLE) else 0
    return Standing(body.id, body.name, phase, state, day, counted, of_phase)


HOW_FAR = {"approved": State.ON_MAP, "submitted": State.SUBMITTED, "draft": State.DRAFT}
"""What the status of a submission makes of its phase, the furthest first."""


def _furthest(sent: Iterable[Sent]) -> State | None:
    """How far what was sent of a phase has come; None where nothing was."""
    statuses = {submission.status for submission in sent}
    return next((state for status, state in HOW_FAR.items() if status in statuses), None)


def _state_of_nothing_sent(status: OrganisationStatus, *, overtaken: bool, is_due: bool) -> State:
    """Why nothing was sent of a phase, by what is known of the body and whether it was due."""
    if overtaken or status in (OrganisationStatus.NOT_APPLICABLE, OrganisationStatus.REFUSED):
        return State.NOT_APPLICABLE
    if not is_due:
        return State.NOT_DUE
    return State.LATE if status is OrganisationStatus.MAPPED else State.AWAITED


def quality(
    organisations: Iterable[Organisation],
    year: str,
    year_earlier: str,
    sent: Iterable[Sent],
    money: Mapping[str, Money],
    assessments: Mapping[str, Assessment],
    due: Mapping[Phase, date],
) -> tuple[Quality, ...]:
    """The measures of every organisation for a year, in the place's order."""
    found = []
    everything = [one for one in sent if one.number is not None]
    for body in organisations:
        own = [one for one in everything if one.about.organisation == body.id]
        now = _approved(own, year)
        earlier = {one.about.part for one in _approved(own, year_earlier)}
        parts = {one.about.part for one in now}
        held = money.get(body.id, NO_MONEY)
        weights = [(abs(one.amount), one.reconciliation) for one in now]
        found.append(
            Quality(
                organisation=body.id,
                name=body.name,
                completeness=_part(Decimal(len(parts)), Decimal(len(parts | earlier))),
                missing=tuple(sorted(earlier - parts)),
                reconciled=_reconciled(weights),
                days_late=_days_late(year, [one for one in own if one.about.year == year], due),
                mapped=_part(held.mapped, held.whole),
                own=_part(held.own, held.whole),
                details=_part(held.details, held.whole),
                assessment=assessments.get(body.id),
                amount=held.whole,
            )
        )
    return tuple(found)


def _approved(sent: Iterable[Sent], year: str) -> list[Sent]:
    """What of it is on the map of a year."""
    return [one for one in sent if one.about.year == year and one.status == "approved"]


def _reconciled(weights: Sequence[tuple[Decimal, Reconciliation | None]]) -> Decimal | None:
    good = (Reconciliation.RECONCILED, Reconciliation.EXPLAINED)
    whole = sum((amount for amount, _ in weights), Decimal(0))
    if weights and not whole:
        return Decimal(all(state in good for _, state in weights))
    return _part(sum((amount for amount, state in weights if state in good), Decimal(0)), whole)


def _days_late(year: str, every: Sequence[Sent], due: Mapping[Phase, date]) -> int | None:
    """How late the earliest phase that was sent came; None where a body sent nothing itself."""
    own = [one for one in every if one.by not in LOADERS]
    if not own:
        return None
    first = min(own, key=lambda one: (one.on, list(Phase).index(one.about.phase)))
    day = due_day(year, first.about.phase, due)
    return max(0, (first.on - day).days)


def _part(part: Decimal, whole: Decimal) -> Decimal | None:
    return part / whole if whole else None
