"""What the mapping already knows about each line that was read, and what its service says of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, TypeVar

from budget_model.contribute.areas_said import AreaNames, area_names, area_said
from budget_model.contribute.strings import strings_said
from budget_model.contribute.submission import BudgetLine, ServiceShare
from budget_model.intake.reading import ReadLine
from budget_model.place.model import ConfirmedMapping, Place, Service
from budget_model.vocabulary import Discretion, Kind, RingFence, Stage

T = TypeVar("T")
CERTAIN = Decimal(1)


def _as_compared(text: str) -> str:
    """A description as it is compared: one case, single spaces, no closing colon.

    >>> _as_compared("  Winter   Service: ")
    'winter service'
    """
    return " ".join(text.lower().split()).rstrip(":").strip()


@dataclass(frozen=True, slots=True)
class Known:
    """The mappings that people have confirmed for one organisation, found by code or by words."""

    by_code_and_words: Mapping[tuple[str, str], ConfirmedMapping]
    by_code: Mapping[str, ConfirmedMapping]
    by_words: Mapping[str, ConfirmedMapping]

    def of(self, line: ReadLine) -> tuple[ConfirmedMapping, str] | None:
        """The mapping of a line and why it is the one: the code and the words, else either alone."""
        code, words = (line.code or "").strip(), _as_compared(line.description)
        if both := self.by_code_and_words.get((code, words)):
            return both, "confirmed before for this code and description"
        if code and (coded := self.by_code.get(code)):
            return coded, "confirmed before for this code"
        if worded := self.by_words.get(words):
            return worded, "confirmed before for this description"
        return None


def known_to(organisation: str, confirmed: Iterable[ConfirmedMapping]) -> Known:
    """Everything confirmed for one organisation; a code or description with two meanings is left out."""
    own = [mapping for mapping in confirmed if mapping.organisation == organisation]
    return Known(
        {(mapping.line_code.strip(), _as_compared(mapping.description)): mapping for mapping in own},
        _unambiguous({mapping.line_code.strip(): mapping} for mapping in own if mapping.line_code.strip()),
        _unambiguous({_as_compared(mapping.description): mapping} for mapping in own),
    )


def _unambiguous(named: Iterable[dict[str, ConfirmedMapping]]) -> dict[str, ConfirmedMapping]:
    confirmed_mappings: dict[str, ConfirmedMapping] = {}
    twice: set[str] = set()
    for one in named:
        for key, mapping in one.items():
            if key in confirmed_mappings and confirmed_mappings[key].service != mapping.service:
                twice.add(key)
            confirmed_mappings[key] = mapping
    return {key: mapping for key, mapping in confirmed_mappings.items() if key not in twice}


def prepare(
    read: Sequence[ReadLine], organisation: str, place: Place, confirmed: Iterable[ConfirmedMapping]
) -> tuple[BudgetLine, ...]:
    """Turn lines as they were read into lines of the map; what nobody has confirmed stays unmapped."""
    known = known_to(organisation, confirmed)
    services = {service.id: service for service in place.services}
    areas = area_names(place)
    return tuple(_placed(_prepared(line, known.of(line), services), line, areas) for line in read)


def _placed(prepared: BudgetLine, line: ReadLine, areas: AreaNames) -> BudgetLine:
    """A line in the area that its own file names, where it names one."""
    area = area_said(line, areas)
    return replace(prepared, area=area) if area else prepared


def as_read(line: ReadLine) -> BudgetLine:
    """A line of the map that says what was read and nothing that nobody has confirmed."""
    return BudgetLine(
        line.sheet,
        line.row,
        line.column,
        line.description,
        line.amount,
        line.side,
        line.code,
        line.headings,
        line.measure,
        committed_until=strings_said(line.attributes).committed_until,
        attributes=line.attributes,
    )


def _prepared(
    line: ReadLine, found: tuple[ConfirmedMapping, str] | None, services: Mapping[str, Service]
) -> BudgetLine:
    plain_line = as_read(line)
    if found is None or any(service not in services for service, _ in found[0].parts):
        return plain_line
    mapping, why = found
    return described(plain_line, services[mapping.service], mapping, by=mapping.source, reason=why)


CONFIRMED = (
    "kind",
    "nature",
    "funding_stream",
    "ring_fence",
    "discretion",
    "stage",
    "committed_until",
    "area",
    "grade",
    "provenance",
)
"""What a mapping may say of a line, beside its service."""


def described(
    line: BudgetLine, service: Service, mapping: ConfirmedMapping | None, *, by: str, reason: str
) -> BudgetLine:
    """Give a line its service, and from it whatever the line itself or the mapping does not say."""
    of_service: dict[str, Any] = {
        "kind": _unless(line.kind, Kind.REVENUE, service.kind),
        "ring_fence": _unless(line.ring_fence, RingFence.UNKNOWN, service.ring_fence),
        "discretion": _unless(line.discretion, Discretion.UNKNOWN, service.discretion),
        "stage": _unless(line.stage, Stage.UNKNOWN, service.stage),
    }
    confirmed = {name: value for name in CONFIRMED if (value := getattr(mapping, name, None))}
    return replace(
        line,
        **(of_service | confirmed),
        client_groups=line.client_groups or service.client_groups,
        services=_shares(service, mapping),
        mapped_by=by,
        confidence=CERTAIN,
        reason=reason,
    )


def _shares(service: Service, mapping: ConfirmedMapping | None) -> tuple[ServiceShare, ...]:
    if mapping is None or not mapping.split:
        return (ServiceShare(service.id, CERTAIN),)
    return tuple(ServiceShare(other, part) for other, part in mapping.parts)


def _unless(value: T, unknown: T, other: T) -> T:
    return other if value == unknown else value
