"""What people confirmed that lines pay for, kept for good: confirmed, found again, taken back."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import TypeVar

from budget_model.access import Act
from budget_model.contribute.about import About
from budget_model.contribute.submission import ServiceShare
from budget_model.intake.reading import ReadLine
from budget_model.mapping.memory import Confirmed
from budget_model.mapping.wording import plain
from budget_model.place.model import ConfirmedMapping
from budget_model.store.store import Store, Writer, now
from budget_model.store.submissions import write_audit
from budget_model.vocabulary import Discretion, Kind, Nature, Phase, RingFence, Stage

T = TypeVar("T")
COLUMNS = (
    "organisation",
    "code",
    "description",
    "headings",
    "services",
    "made_by",
    "made_at",
    "taken_back",
)


@dataclass(frozen=True, slots=True)
class WithoutService:
    """The lines of a submission in force that pay for no service yet: how many, and their pounds."""

    submission: int
    about: About
    lines: int
    amount: Decimal


def without_service(store: Store) -> tuple[WithoutService, ...]:
    """Every submission in force with lines that are not mapped yet, the one with most pounds first."""
    return tuple(
        WithoutService(number, About(body, year, Phase(phase), part), lines, amount)
        for number, body, year, phase, part, lines, amount in store.ask("lines_without_service")
    )


def moment(microseconds: int) -> datetime:
    """A time of the store as Python's own, universal time: the driver's reading of it needs another library."""
    return datetime.fromtimestamp(microseconds / 1_000_000, UTC)


def confirmed(store: Store) -> tuple[Confirmed, ...]:
    """Every confirmation and every taking back, oldest first."""
    return tuple(
        Confirmed(
            organisation,
            code,
            description,
            tuple(headings),
            tuple((service, Decimal(share)) for service, share in json.loads(services)),
            by,
            moment(on),
            taken_back=bool(taken_back),
        )
        for organisation, code, description, headings, services, by, on, taken_back in store.ask(
            "contribution_memory"
        )
    )


@dataclass(frozen=True, slots=True)
class LastSent:
    """What the lines of one code and wording came to when their body last sent them: the year, and pounds."""

    year: str
    amount: Decimal


def last_sent(store: Store) -> dict[tuple[str, str, str], LastSent]:
    """By organisation, code and wording, what its lines came to the last time, of those that the asker may read."""
    sight = store.sight
    asked = {"every_line": sight.every_line, "partner": sight.partner, "own": sorted(sight.bodies)}
    return {
        (body, code, plain(description)): LastSent(year, amount)
        for body, code, description, year, amount in store.ask("remembered_amounts", asked)
    }


def remember(
    writer: Writer,
    organisation: str,
    mappings: Iterable[tuple[ReadLine, tuple[ServiceShare, ...]]],
    *,
    by: str,
) -> None:
    """Keep what an officer decided about lines, for next year's file and for the partnership."""
    when = now()
    writer.add(
        "mapping_memory",
        COLUMNS,
        [
            (
                organisation,
                line.code,
                line.description,
                list(line.headings),
                json.dumps([[part.service, format(part.share, "f")] for part in services]),
                by,
                when,
                False,
            )
            for line, services in mappings
        ],
    )


def take_back(store: Store, one: Confirmed, *, by: str) -> None:
    """Take one confirmation back; it stays in the history, with who took it back and when."""
    services = json.dumps([[service, format(share, "f")] for service, share in one.services])
    with store.writing(Act.CONTRIBUTE, one.organisation) as writer:
        writer.add(
            "mapping_memory",
            COLUMNS,
            [(one.organisation, one.code, one.description, list(one.headings), services, by, now(), True)],
        )
        write_audit(writer, by, "mapping taken back", one.organisation, services, one.description)


def lines_before(store: Store, organisation: str) -> tuple[ConfirmedMapping, ...]:
    """What the organisation's lines were given last time, besides their service: funding, ring-fence."""
    confirmed_mappings = []
    for row in store.ask("contribution_lines_before", {"organisation": organisation}):
        code, description, service, funding, ring_fence, nature, kind, discretion, stage, area, until = row
        confirmed_mappings.append(
            ConfirmedMapping(
                organisation=organisation,
                line_code=code or "",
                description=description,
                service=service,
                funding_stream=funding or "",
                ring_fence=_where_known(RingFence(ring_fence), RingFence.UNKNOWN),
                nature=_where_known(Nature(nature), Nature.UNKNOWN),
                kind=Kind(kind),
                discretion=_where_known(Discretion(discretion), Discretion.UNKNOWN),
                stage=_where_known(Stage(stage), Stage.UNKNOWN),
                grade=None,
                area=area or "",
                committed_until=until,
                source="the same line last time",
            )
        )
    return tuple(confirmed_mappings)


def _where_known(value: T, unknown: T) -> T | None:
    return None if value == unknown else value
