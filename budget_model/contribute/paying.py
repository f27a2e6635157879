"""What each line pays for: what its officer decided, else what was confirmed, else what is sure enough.

Nothing below the confidence that `data/mapping/thresholds.toml` states is applied without a person; such a
line stays unmapped, and is on the map as that.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from budget_model.contribute.areas_said import area_names, area_said
from budget_model.contribute.draft import Decision, cell_key, words_key
from budget_model.contribute.prepare import as_read, described, known_to
from budget_model.contribute.strings import strings_said
from budget_model.contribute.submission import BudgetLine, ServiceShare
from budget_model.dates import day
from budget_model.intake.reading import ReadLine
from budget_model.mapping.memory import Confirmed, Memory, Recalled, remembered
from budget_model.mapping.tables import lists
from budget_model.mapping.wording import plain
from budget_model.place.model import ConfirmedMapping, Organisation, Place, Service
from budget_model.vocabulary import RingFence

COMMON_SERVICE = "Common service"
"""The column of our own templates that names a line's service."""
FUNDING = "Funding"
RING_FENCE = "Ring-fence"
_PART = re.compile(r"^(?P<name>.+?)(?:\s+(?P<percent>\d+(?:\.\d+)?)\s*%)?$")


class How(StrEnum):
    """How it is known what a line pays for, the surest first."""

    OFFICER = "decided by the officer"
    NAMED = "named in the file"
    REMEMBERED = "confirmed before"
    SUGGESTED = "suggested, and sure enough"
    LEFT = "left unmapped by the officer"
    UNMAPPED = "not mapped yet"


@dataclass(frozen=True, slots=True)
class Suggested:
    """One service that a line may pay for; `alone` says that it may be applied without a person."""

    service: str
    confidence: Decimal
    reason: str
    alone: bool = False


class Suggests(Protocol):
    """Whatever suggests services for lines, best first, at least three each."""

    def __call__(
        self, organisation: Organisation, lines: Sequence[ReadLine]
    ) -> Sequence[Sequence[Suggested]]:
        """Suggest for each line."""
        ...


def no_suggestions(organisation: Organisation, lines: Sequence[ReadLine]) -> Sequence[Sequence[Suggested]]:
    """Suggest nothing: only decisions and memory count."""
    del organisation
    return [() for _ in lines]


@dataclass(frozen=True, slots=True)
class Paid:
    """A line with what it pays for, how that is known, and what else it might be."""

    read: ReadLine
    line: BudgetLine
    how: How
    suggestions: tuple[Suggested, ...] = ()

    @property
    def doubtful(self) -> bool:
        """Whether a person should look: not mapped, or applied on a suggestion."""
        return self.how in (How.UNMAPPED, How.SUGGESTED)


def paid(
    read: Sequence[ReadLine],
    organisation: Organisation,
    place: Place,
    *,
    confirmed: Iterable[Confirmed] = (),
    before: Iterable[ConfirmedMapping] = (),
    decisions: Mapping[str, Decision] | None = None,
    suggests: Suggests = no_suggestions,
) -> tuple[Paid, ...]:
    """Say for each line what it pays for.

    `confirmed` is the memory; `before` what the organisation's own lines were given last time (funding,
    ring-fence and the rest, which a service alone does not say).
    """
    memory = remembered(tuple(confirmed))
    earlier = known_to(organisation.id, before)
    services = {service.id: service for service in place.services}
    decided = decisions or {}
    names, areas = names_of_services(place), area_names(place)
    streams = {
        plain(name): stream.id for stream in place.funding_streams for name in (stream.id, stream.name)
    }
    suggestions = suggests(organisation, read)
    payments = []
    for line, suggested in zip(read, suggestions, strict=True):
        known = tuple(one for one in suggested if one.service in services)
        how, shares, by, sure, reason = _chosen(
            line, organisation.id, memory, decided, known, services, names
        )
        recalled = earlier.of(line)
        before_it = recalled and recalled[0]
        made = _mapped(line, shares, services, before_it, by, sure, reason)
        if area := area_said(line, areas):
            made = replace(made, area=area)
        payments.append(Paid(line, _as_the_file_says(made, streams), how, known))
    return tuple(payments)


_Choice = tuple[How, tuple[ServiceShare, ...], str, Decimal, str]
NONE: tuple[ServiceShare, ...] = ()


def _chosen(
    line: ReadLine,
    organisation: str,
    memory: Memory,
    decisions: Mapping[str, Decision],
    suggested: Sequence[Suggested],
    services: Mapping[str, Service],
    names: Mapping[str, str],
) -> _Choice:
    decision = decisions.get(cell_key(line)) or decisions.get(words_key(line))
    if decision is not None and all(part.service in services for part in decision.services):
        return _decided(decision)
    named = dict(line.attributes).get(COMMON_SERVICE, "")
    if shares := named_services(named, names):
        return How.NAMED, shares, "the file", Decimal(1), f"the file says '{named}'"
    recalled = memory.own(organisation, line.code, line.description, line.headings)
    if recalled is not None and all(service in services for service, _ in recalled.confirmed.services):
        return _as_remembered(recalled)
    if suggested and suggested[0].alone:
        best = suggested[0]
        return (
            How.SUGGESTED,
            (ServiceShare(best.service, Decimal(1)),),
            "suggestion",
            best.confidence,
            best.reason,
        )
    return How.UNMAPPED, NONE, "", Decimal(0), ""


def _decided(decision: Decision) -> _Choice:
    if not decision.services:
        return How.LEFT, NONE, decision.by, Decimal(0), "left unmapped"
    return How.OFFICER, decision.services, decision.by, Decimal(1), f"{decision.how} by {decision.by}"


def _as_remembered(recalled: Recalled) -> _Choice:
    confirmed = recalled.confirmed
    shares = tuple(ServiceShare(service, share) for service, share in confirmed.services)
    reason = f"confirmed by {confirmed.by} on {day(confirmed.on)} ({recalled.match})"
    sure = Decimal(str(round(lists().thresholds.trust[_TRUST[recalled.match.name]], 3)))
    return How.REMEMBERED, shares, confirmed.by, sure, reason


_TRUST = {
    "SAME_LINE": "same_line",
    "SAME_CODE": "same_code",
    "SAME_WORDING": "same_wording",
    "LIKE_WORDING": "like_wording",
}


def _mapped(
    line: ReadLine,
    shares: tuple[ServiceShare, ...],
    services: Mapping[str, Service],
    before: ConfirmedMapping | None,
    by: str,
    sure: Decimal,
    reason: str,
) -> BudgetLine:
    bare = as_read(line)
    if not shares:
        return replace(bare, mapped_by=by, reason=reason)
    main = max(shares, key=lambda part: part.share)
    full = described(
        bare,
        services[main.service],
        before if before and before.service == main.service else None,
        by=by,
        reason=reason,
    )
    return replace(full, services=shares, confidence=sure)


@dataclass(frozen=True, slots=True)
class Known:
    """How much of a submission is mapped, and how it is known: lines, and pounds without regard to side."""

    how: How
    lines: int
    amount: Decimal


def _as_the_file_says(line: BudgetLine, streams: Mapping[str, str]) -> BudgetLine:
    """What the columns of a file say of a line's own counts before what was known of it."""
    if until := strings_said(line.attributes).committed_until:
        line = replace(line, committed_until=until)
    said = dict(line.attributes)
    if FUNDING not in said and RING_FENCE not in said:
        return line
    if stream := streams.get(plain(said.get(FUNDING, ""))):
        line = replace(line, funding_stream=stream)
    if (fence := said.get(RING_FENCE, "").casefold()) in {str(ring_fence) for ring_fence in RingFence}:
        line = replace(line, ring_fence=RingFence(fence))
    return line


def names_of_services(place: Place) -> dict[str, str]:
    """Every service by its id and its name, as they are compared."""
    return {plain(name): service.id for service in place.services for name in (service.id, service.name)}


def named_services(text: str, names: Mapping[str, str]) -> tuple[ServiceShare, ...]:
    """The services that a cell of our own templates names, alone or in parts that make 100%; else none.

    >>> names = {"roads": "roads", "street lighting": "lighting"}
    >>> [(part.service, str(part.share)) for part in named_services("Roads 60%; Street lighting 40%", names)]
    [('roads', '0.6'), ('lighting', '0.4')]
    >>> named_services("Roads 60%", names), named_services("Bridges", names)
    ((), ())
    """
    parts = []
    for piece in text.split(";"):
        match = _PART.match(piece.strip())
        if match is None or plain(match["name"]) not in names:
            return ()
        part = Decimal(match["percent"]) / 100 if match["percent"] else Decimal(1)
        parts.append(ServiceShare(names[plain(match["name"])], part))
    return tuple(parts) if sum((part.share for part in parts), Decimal(0)) == 1 else ()


def how_known(lines: Iterable[Paid]) -> tuple[Known, ...]:
    """Count lines and money by how it is known what they pay for."""
    counted: dict[How, list[Decimal]] = {how: [] for how in How}
    for line in lines:
        counted[line.how].append(abs(line.line.amount))
    return tuple(
        Known(how, len(amounts), sum(amounts, Decimal("0.00"))) for how, amounts in counted.items() if amounts
    )


def mapped_share(lines: Iterable[Paid]) -> Decimal:
    """The part of the money, without regard to side, that has a service; nothing at all counts as none."""
    whole = mapped = Decimal(0)
    for line in lines:
        size = abs(line.line.amount)
        whole += size
        mapped += size if line.line.services else 0
    return mapped / whole if whole else Decimal(0)


def unmapped_amount(lines: Iterable[Paid]) -> Decimal:
    """The money, pounds without regard to side, that has no service yet."""
    return sum((abs(line.line.amount) for line in lines if not line.line.services), Decimal(0))


def to_confirm(lines: Iterable[Paid]) -> tuple[tuple[ReadLine, tuple[ServiceShare, ...]], ...]:
    """The mappings that submitting confirms: what the officer decided, once for each wording."""
    kept: dict[str, tuple[ReadLine, tuple[ServiceShare, ...]]] = {}
    for line in lines:
        if line.how is How.OFFICER and line.line.services:
            kept[words_key(line.read)] = (line.read, line.line.services)
    return tuple(kept.values())
