"""Who could join up what: bodies that spend on the same service, or on the same need of the same people.

Three ways to meet: in one service; in one back-office function; or in the services that meet one need of the
same people (`needs.csv`). Within each, the bodies are taken all together, and again as
the largest group that a legal power would take further than all together.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from budget_model.count.results import UNMAPPED
from budget_model.money import NOTHING
from budget_model.place.model import LegalPower
from budget_model.together.facts import Facts
from budget_model.together.ladder import ALIGN, INTEGRATED, JOINT_PROCUREMENT, SEPARATE, SHARE_INFORMATION
from budget_model.together.money_in import FLEXIBLE_FROM, Cell
from budget_model.together.powers import PowerUse, Standing, allows, best, covers

TIERS = (INTEGRATED, JOINT_PROCUREMENT, ALIGN, SHARE_INFORMATION, SEPARATE)
"""The rungs that a pound's own conditions can stop it at, the freest first."""


class Meeting(StrEnum):
    """Where the partners' money meets."""

    SAME_SERVICE = "same service"
    BACK_OFFICE = "same back-office function"
    SAME_NEED = "same people and need"


@dataclass(frozen=True, slots=True)
class Subject:
    """Services whose money could be looked at as one, and why."""

    meeting: Meeting
    services: tuple[str, ...]
    client_groups: tuple[str, ...] = ()
    need: str = ""
    function: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two or more bodies, what they would join up, the rung their freest money reaches, and the power."""

    id: str
    subject: Subject
    partners: tuple[str, ...]
    services: tuple[str, ...]
    tier: int
    power: PowerUse


def opportunity_id(partners: Iterable[str], services: Iterable[str]) -> str:
    """A name that depends on who and what alone, so that it outlives every recomputation.

    >>> opportunity_id(["nhs", "council"], ["learning-disability"])
    'learning-disability-4ee1a266'
    """
    bodies, things = sorted(partners), sorted(services)
    digest = hashlib.sha256("\n".join([*bodies, "", *things]).encode()).hexdigest()[:8]
    return f"{things[0] if len(things) == 1 else 'joint'}-{digest}"


def subjects(services: Iterable[str], facts: Facts) -> list[Subject]:
    """Every set of services that bodies could meet in, each once.

    A service that stands for several is no place to meet in by itself: nobody knows what is in it.
    """
    known = {service.id: service for service in facts.services}
    spent = sorted(set(services) - {UNMAPPED})
    functions: defaultdict[str, list[str]] = defaultdict(list)
    found = []
    for service in spent:
        function = known[service].back_office_function if service in known else ""
        if function:
            functions[function].append(service)
        elif service not in facts.one_sum_services:
            found.append(Subject(Meeting.SAME_SERVICE, (service,)))
    found += [
        Subject(Meeting.BACK_OFFICE, tuple(sorted(those)), function=function)
        for function, those in sorted(functions.items())
    ]
    for need in facts.needs:
        those = tuple(service for service in spent if service in need.services)
        if len(those) > 1:
            found.append(Subject(Meeting.SAME_NEED, those, need.client_groups, need.id))
    return found


def candidates(cells: Mapping[tuple[str, str], Cell], facts: Facts, standing: Standing) -> list[Candidate]:
    """Every candidate once, in an order that does not depend on the order of the input.

    Overlaps among national departments alone are left out: nobody in the place could act on them. So is a
    department's money that is one sum for several services, which no local partner could plan with.
    """
    rules, of_service = facts.rules, _on_services(cells.values(), facts)
    functions = {service.id: service.legal_function for service in facts.services}
    law = _Law(functions, standing, rules.level_without_power)
    types = {cell.organisation: cell.organisation_type for cell in cells.values()}
    found: dict[str, Candidate] = {}
    for subject in subjects(of_service, facts):
        held = _worth_naming(
            [cell for service in subject.services for cell in of_service.get(service, ())],
            rules.least_partner,
        )
        for candidate in _of_subject(subject, held, law):
            if all(types[partner] in rules.not_local for partner in candidate.partners):
                continue
            known = found.setdefault(candidate.id, candidate)
            if (candidate.tier, candidate.power.level) > (known.tier, known.power.level):
                found[candidate.id] = candidate
    return [found[identity] for identity in sorted(found)]


def _on_services(cells: Iterable[Cell], facts: Facts) -> dict[str, list[Cell]]:
    """The money that can be planned with, by service: not the one sum of a department for several services."""
    of_service: defaultdict[str, list[Cell]] = defaultdict(list)
    for cell in cells:
        national = cell.organisation_type in facts.rules.not_local
        if not (national and cell.service in facts.one_sum_services):
            of_service[cell.service].append(cell)
    return of_service


def _worth_naming(held: Sequence[Cell], least: Decimal) -> list[Cell]:
    """The money of the bodies that have enough of it on a subject to be a partner."""
    sums: defaultdict[str, Decimal] = defaultdict(lambda: NOTHING)
    for cell in held:
        sums[cell.organisation] += cell.reaching(SEPARATE)
    return [cell for cell in held if sums[cell.organisation] >= least]


@dataclass(frozen=True, slots=True)
class _Law:
    """What decides how far bodies may go: each service's legal function, the powers, and the level without any."""

    functions: Mapping[str, str]
    standing: Standing
    without: int

    def opens(self, power: LegalPower, cells: Sequence[Cell]) -> list[Cell]:
        """The money that a power may be used for: of bodies that it allows, on services that it covers."""
        kinds, services = {cell.organisation_type for cell in cells}, {cell.service for cell in cells}
        allowed = {kind for kind in kinds if allows(power, kind)}
        covered = {name for name in services if covers(power, name, self.functions.get(name, ""))}
        return [cell for cell in cells if cell.organisation_type in allowed and cell.service in covered]


def _of_subject(subject: Subject, held: Sequence[Cell], law: _Law) -> Iterator[Candidate]:
    seen: set[frozenset[str]] = set()
    for tier in TIERS:
        able = [cell for cell in held if cell.reaching(tier) > NOTHING]
        everyone = frozenset(cell.organisation for cell in able)
        if len(everyone) < 2 or everyone in seen:
            continue
        seen.add(everyone)
        whole = _candidate(subject, able, tier, law)
        if whole is not None:
            yield whole
        if tier >= FLEXIBLE_FROM:
            reached = whole.power.level if whole is not None else law.without
            yield from _going_further(subject, able, tier, law, reached)


def _going_further(
    subject: Subject, able: Sequence[Cell], tier: int, law: _Law, reached: int
) -> Iterator[Candidate]:
    """The candidates that some of the money makes by a power that takes it beyond the level reached by all."""
    for power in law.standing.powers:
        if min(power.max_level, tier) > reached:
            part = _candidate(subject, law.opens(power, able), tier, law)
            if part is not None and part.power.level > reached:
                yield part


def _candidate(subject: Subject, group: Sequence[Cell], tier: int, law: _Law) -> Candidate | None:
    """The candidate that these cells make; None where they make none, or one already met in one service."""
    partners = tuple(sorted({cell.organisation for cell in group}))
    services = tuple(sorted({cell.service for cell in group}))
    if len(partners) < 2:
        return None
    if subject.meeting is Meeting.SAME_NEED and len(services) < 2:
        return None
    kinds = {cell.organisation: cell.organisation_type for cell in group}
    asked = {service: law.functions.get(service, "") for service in services}
    use = best(law.standing, kinds.values(), asked, law.without)
    return Candidate(opportunity_id(partners, services), subject, partners, services, tier, use)
