"""Budgets at the grain at which working together is decided: who spends what, on what, how freely.

The store adds the lines up to this grain; everything in this package starts from it. Amounts are the
place's share in pounds, signed as expenditure (income is negative), with money that passes between
mapped bodies already taken out once.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from budget_model.count.results import UNMAPPED
from budget_model.money import NOTHING
from budget_model.place.strings import NO_STRINGS, Strings
from budget_model.vocabulary import Discretion, Kind, OrganisationType, RingFence, Sensitivity, Side


@dataclass(frozen=True, slots=True)
class JointSpend:
    """What one organisation spends on one service, on one board, under one set of conditions, pounds."""

    organisation: str
    organisation_type: OrganisationType
    service: str
    board: str
    amount: Decimal
    kind: Kind = Kind.REVENUE
    ring_fence: RingFence = RingFence.NONE
    discretion: Discretion = Discretion.UNKNOWN
    committed_until: date | None = None
    area: str = ""
    """Where the money goes within the place; empty where no line says."""
    sensitivity: Sensitivity = Sensitivity.PUBLIC
    grade: int = 2
    share: str = ""
    """Id of the city share that made the amount the place's; one share's error is common to its lines."""
    side: Side = Side.EXPENDITURE
    funding: str = ""
    """Funding stream, where the line names one: it is named when it is the reason for a limit."""
    stage: str = ""
    client_groups: tuple[str, ...] = ()
    """Whom the line itself says it is for; empty takes the service's usual groups."""
    cash: bool = True
    """False for a contribution in kind or an accounting charge, which cannot be joined."""
    lines: int = 1
    """How many budget lines stand behind it."""
    strings: Strings = NO_STRINGS
    """What the lines' own file says is tied to them; the strings of their funding stream hold besides."""


def on_services(spend: Iterable[JointSpend]) -> tuple[JointSpend, ...]:
    """The spending that buys services: all but benefits and pensions paid to people."""
    return tuple(item for item in spend if item.kind is not Kind.TRANSFER_TO_INDIVIDUALS)


@dataclass(frozen=True, slots=True)
class OneSum:
    """A body's money that is one sum for several services, pounds: it cannot be compared service by service."""

    organisation: str
    amount: Decimal


def in_one_sum(spend: Iterable[JointSpend], several: frozenset[str]) -> tuple[OneSum, ...]:
    """Each body's money on services that hold several, the largest first; `several` are those services."""
    sums: defaultdict[str, Decimal] = defaultdict(lambda: NOTHING)
    for item in spend:
        if item.service in several:
            sums[item.organisation] += item.amount
    found = [OneSum(body, amount) for body, amount in sums.items() if amount > 0]
    return tuple(sorted(found, key=lambda each: (-each.amount, each.organisation)))


def by_organisation_and_service(spend: Iterable[JointSpend]) -> dict[tuple[str, str], Decimal]:
    """Net pounds of each organisation on each service, mapped services only."""
    sums: defaultdict[tuple[str, str], Decimal] = defaultdict(lambda: NOTHING)
    for item in spend:
        if item.service != UNMAPPED:
            sums[item.organisation, item.service] += item.amount
    return dict(sums)
