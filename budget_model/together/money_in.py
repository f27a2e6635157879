"""One organisation's money on one service, sorted by how far it may be joined, with what is known of it.

A line's own conditions limit the line, not its neighbours: the schools grant stays aside while the rest of
the same service can still be pooled. So money is sorted into rungs: what each pound could reach at most.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TypeVar

from budget_model.money import NOTHING
from budget_model.together.ladder import (
    ALIGN,
    INTEGRATED,
    JOINT_PROCUREMENT,
    SEPARATE,
    SHARE_INFORMATION,
)
from budget_model.together.spend import JointSpend
from budget_model.vocabulary import Discretion, Kind, OrganisationType, RingFence, Sensitivity

Key = TypeVar("Key")

_TO_PEOPLE, _CAPITAL = Kind.TRANSFER_TO_INDIVIDUALS, Kind.CAPITAL
_STATUTORY, _TOTALS_ONLY = RingFence.STATUTORY, Sensitivity.TOTALS_ONLY
# Looked up once: an enumeration's members are slow to reach, and this is asked of every sum there is.


def furthest(item: JointSpend, limits: Mapping[str, int]) -> int:
    """The highest rung that this money's own conditions allow, whoever the partners are.

    `limits` holds how far the terms of each funding stream let its money go. Terms that stop it between
    buying jointly and one body for all leave it flexible; a gate says where they stop it.
    """
    if not item.cash:
        return SEPARATE
    terms = limits.get(item.funding, INTEGRATED)
    if item.kind is _TO_PEOPLE:
        return min(SHARE_INFORMATION, terms)
    if item.ring_fence is _STATUTORY:
        return min(ALIGN, terms)
    if item.kind is _CAPITAL or terms == JOINT_PROCUREMENT:
        return min(JOINT_PROCUREMENT, terms)
    return INTEGRATED if terms > JOINT_PROCUREMENT else terms


FLEXIBLE_FROM = JOINT_PROCUREMENT
"""Money that can reach this rung is flexible: it is neither ring-fenced, paid to people nor in kind."""


@dataclass(slots=True)
class Money:
    """A sum of money and what is known of it, pounds. Adding two of them forgets nothing.

    There are many of these at once, so what most of them do not have costs nothing: plain tables and
    shared empty sets, which the collector of unused memory does not have to walk through.
    """

    amount: Decimal = NOTHING
    lines: int = 0
    chosen: Decimal = NOTHING
    """Σ amount × choice, over the money whose discretion is known."""
    choice_known: Decimal = NOTHING
    grades: dict[int, Decimal] = field(default_factory=dict)
    by_share: dict[tuple[str, str, int], Decimal] = field(default_factory=dict)
    """Pounds by organisation, share and grade: the groups inside which errors go the same way."""
    boards: dict[str, Decimal] = field(default_factory=dict)
    committed: dict[date, Decimal] = field(default_factory=dict)
    funding: dict[str, Decimal] = field(default_factory=dict)
    areas: frozenset[str] = frozenset()
    client_groups: frozenset[str] = frozenset()
    kinds: frozenset[Kind] = frozenset()
    unplaced: bool = False
    """Some of the money does not say where it goes."""
    totals_only: bool = False

    def take(self, item: JointSpend, choice_over: Mapping[Discretion, Decimal]) -> None:
        """Add one item of spending; `choice_over` says how much choice there is over a pound."""
        amount = item.amount
        self.amount += amount
        self.lines += item.lines
        choice = choice_over.get(item.discretion)
        if choice is not None:
            self.chosen += amount * choice
            self.choice_known += amount
        _add(self.grades, item.grade, amount)
        _add(self.by_share, (item.organisation, item.share, item.grade), amount)
        _add(self.boards, item.board, amount)
        if item.committed_until is not None:
            _add(self.committed, item.committed_until, amount)
        if item.funding:
            _add(self.funding, item.funding, amount)
        if not item.area:
            self.unplaced = True
        elif item.area not in self.areas:
            self.areas |= {item.area}
        if item.client_groups:
            self.client_groups |= frozenset(item.client_groups)
        if item.kind not in self.kinds:
            self.kinds |= {item.kind}
        if item.sensitivity is _TOTALS_ONLY:
            self.totals_only = True

    def add(self, other: "Money") -> None:
        """Add another sum to this one."""
        self.amount += other.amount
        self.lines += other.lines
        self.chosen += other.chosen
        self.choice_known += other.choice_known
        _pour(self.grades, other.grades)
        _pour(self.boards, other.boards)
        _pour(self.funding, other.funding)
        _pour(self.by_share, other.by_share)
        _pour(self.committed, other.committed)
        self.areas |= other.areas
        self.client_groups |= other.client_groups
        self.kinds |= other.kinds
        self.unplaced |= other.unplaced
        self.totals_only |= other.totals_only


def _add(sums: dict[Key, Decimal], key: Key, amount: Decimal) -> None:
    sums[key] = sums[key] + amount if key in sums else NOTHING + amount


def _pour(mine: dict[Key, Decimal], theirs: Mapping[Key, Decimal]) -> None:
    for key, amount in theirs.items():
        _add(mine, key, amount)


def together(sums: Sequence[Money]) -> Money:
    """Several sums as one; a single one is given as it is."""
    if len(sums) == 1:
        return sums[0]
    whole = Money()
    for money in sums:
        whole.add(money)
    return whole


@dataclass(frozen=True, slots=True)
class Cell:
    """What one organisation spends on one service, by the rung that the money can reach.

    Every candidate asks the same few questions of it, so the answers are kept.
    """

    organisation: str
    organisation_type: OrganisationType
    service: str
    rungs: Mapping[int, Money]
    _sums: dict[int, Decimal] = field(default_factory=dict, compare=False, repr=False)
    _known: dict[int, Money] = field(default_factory=dict, compare=False, repr=False)

    def reaching(self, level: int) -> Decimal:
        """Net pounds that can reach a rung. Income tied to lower rungs is taken off what it pays for."""
        if level not in self._sums:
            above = sum((money.amount for rung, money in self.rungs.items() if rung >= level), NOTHING)
            tied = sum(
                (money.amount for rung, money in self.rungs.items() if rung < level and money.amount < 0),
                NOTHING,
            )
            self._sums[level] = max(above + tied, NOTHING)
        return self._sums[level]

    def money_reaching(self, level: int) -> Money:
        """All that is known of the money that can reach a rung."""
        if level not in self._known:
            self._known[level] = together([money for rung, money in self.rungs.items() if rung >= level])
        return self._known[level]


def cells(
    spend: Iterable[JointSpend],
    choice_over: Mapping[Discretion, Decimal],
    limits: Mapping[str, int] | None = None,
) -> dict[tuple[str, str], Cell]:
    """Gather spending by organisation and service, sorted by how far each pound can go.

    `choice_over` says how much choice there is over a pound, 0 to 1, by its discretion; `limits` how far the
    terms of each funding stream let its money go.
    """
    gathered: dict[tuple[str, str], dict[int, Money]] = {}
    types: dict[str, OrganisationType] = {}
    for item in spend:
        key = (item.organisation, item.service)
        rungs = gathered.get(key)
        if rungs is None:
            rungs = gathered[key] = {}
            types[item.organisation] = item.organisation_type
        rung = furthest(item, limits or {})
        money = rungs.get(rung)
        if money is None:
            money = rungs[rung] = Money()
        money.take(item, choice_over)
    return {
        (organisation, service): Cell(organisation, types[organisation], service, rungs)
        for (organisation, service), rungs in sorted(gathered.items())
    }
