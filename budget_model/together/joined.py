"""What each partner of a candidate would bring: the money that counts, and what stays aside, and why."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from budget_model.money import NOTHING, PENNY
from budget_model.place.model import Grade, Service
from budget_model.together.candidates import Candidate
from budget_model.together.facts import ExistingPool
from budget_model.together.ladder import ALIGN, JOINT_PROCUREMENT, SEPARATE, SHARE_INFORMATION
from budget_model.together.money_in import FLEXIBLE_FROM, Cell, Money, together
from budget_model.vocabulary import OrganisationType

WHY_ASIDE: Mapping[int, str] = {
    SEPARATE: "it is in kind or a capital charge: there is no cash to join",
    SHARE_INFORMATION: "it is paid straight to people",
    ALIGN: "it is ring-fenced by statute",
    JOINT_PROCUREMENT: "it is capital, or the terms of its grant allow buying together at most",
}


@dataclass(frozen=True, slots=True)
class Aside:
    """Money of a partner on the same services that cannot go as far as the rest, pounds."""

    organisation: str
    amount: Decimal
    reach: int
    why: str
    funding: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Brought:
    """What one partner would bring, pounds.

    `amount` is all its money on the services that can go as far as the candidate; `flexible` the part of
    it that is neither ring-fenced, nor paid to people, nor in kind.
    """

    organisation: str
    organisation_type: OrganisationType
    amount: Decimal
    flexible: Decimal
    services: tuple[tuple[str, Decimal], ...]
    money: Money
    asides: tuple[Aside, ...]
    grade: int
    """The confidence grade that most of its money stands on, the worse one where two hold as much."""
    client_groups: frozenset[str]
    """Whom the money is for: as its lines say, else as its services usually are."""
    pull: Mapping[str, Decimal]
    """How strongly an average pound of it works towards each target, 0 to 3."""
    errors: Mapping[str, Decimal]
    """How far its money may be off, pounds, by what it errs with: its own figures, or a ratio shared with
    others (METHOD section 6)."""
    one_sum: Decimal = NOTHING
    """The part of `flexible` that is one sum for several services: how much of it meets the others' is unknown."""
    pooled: tuple[tuple[str, Decimal], ...] = ()
    """What it has in pools with these partners for these services already, by pool: the present state."""
    beside: bool = False
    """Whether it is a national department beside local partners, whose pounds alone are counted then."""

    @property
    def at_hand(self) -> Decimal:
        """Its flexible money, or all of it where none is, pounds."""
        return self.flexible or self.amount

    @property
    def own(self) -> Decimal:
        """What it is known to have on these services and no pool of these partners holds already, pounds."""
        if self.beside:
            return NOTHING
        already = sum((amount for _, amount in self.pooled), NOTHING)
        return max(self.flexible - self.one_sum - already, NOTHING)


@dataclass(frozen=True, slots=True)
class Purses:
    """What every body would bring to any candidate, each worked out once: many candidates ask the same.

    `strengths` says how strongly each service works towards each target, by service and then by target.
    """

    cells: Mapping[tuple[str, str], Cell]
    services: Mapping[str, Service]
    strengths: Mapping[str, Mapping[str, int]]
    grades: Mapping[int, Grade]
    errs_with: Mapping[str, str]
    """By city share, what its errors go with; see `Share.errs_with`."""
    pools: tuple[ExistingPool, ...] = ()
    """The pools in force in the map's year."""
    not_local: tuple[OrganisationType, ...] = ()
    """Kinds of body that only join up with somebody of the place."""
    _known: dict[tuple[str, tuple[str, ...], int], Brought] = field(default_factory=dict, repr=False)

    def brought(self, candidate: Candidate) -> tuple[Brought, ...]:
        """What each partner would bring, the largest first."""
        partners = [
            self._with_pools(
                self._of(organisation, candidate.services, candidate.tier), frozenset(candidate.partners)
            )
            for organisation in candidate.partners
        ]
        local = sum(1 for partner in partners if partner.organisation_type not in self.not_local)
        told = [
            replace(partner, beside=local > 1 and partner.organisation_type in self.not_local)
            for partner in partners
        ]
        return tuple(sorted(told, key=lambda one: (-one.amount, one.organisation)))

    def _with_pools(self, partner: Brought, partners: frozenset[str]) -> Brought:
        """A partner with what it has in pools with some of the others, for its services here, already."""
        services = {service for service, _ in partner.services}
        held = [
            (
                pool.name,
                sum(
                    (
                        amount
                        for body, service, amount in pool.amounts
                        if body == partner.organisation and service in services
                    ),
                    NOTHING,
                ),
            )
            for pool in self.pools
            if len(partners & set(pool.partners)) > 1
        ]
        there = tuple(part for part in held if part[1] > 0)
        return replace(partner, pooled=there) if there else partner

    def _of(self, organisation: str, services: tuple[str, ...], tier: int) -> Brought:
        held = tuple(service for service in services if (organisation, service) in self.cells)
        key = (organisation, held, tier)
        if key not in self._known:
            self._known[key] = self._worked_out(
                organisation, [self.cells[organisation, one] for one in held], tier
            )
        return self._known[key]

    def _worked_out(self, organisation: str, held: Sequence[Cell], tier: int) -> Brought:
        services = tuple((cell.service, cell.reaching(tier)) for cell in held if cell.reaching(tier))
        money = together([cell.money_reaching(tier) for cell in held])
        amount = sum((part for _, part in services), NOTHING)
        return Brought(
            organisation=organisation,
            organisation_type=held[0].organisation_type,
            amount=amount,
            flexible=sum((cell.reaching(max(tier, FLEXIBLE_FROM)) for cell in held), NOTHING),
            services=services,
            money=money,
            asides=_asides(organisation, held, tier),
            grade=max((abs(part), grade) for grade, part in money.grades.items())[1],
            client_groups=self._client_groups(money, services),
            pull=self._pull(amount, services),
            errors=self._errors(money),
            one_sum=sum(
                (
                    cell.reaching(max(tier, FLEXIBLE_FROM))
                    for cell in held
                    if cell.service in self.services and self.services[cell.service].holds_several
                ),
                NOTHING,
            ),
        )

    def _client_groups(self, money: Money, services: Sequence[tuple[str, Decimal]]) -> frozenset[str]:
        if money.client_groups:
            return frozenset(money.client_groups)
        known = (self.services[service] for service, _ in services if service in self.services)
        return frozenset(group for service in known for group in service.client_groups)

    def _pull(self, whole: Decimal, services: Sequence[tuple[str, Decimal]]) -> dict[str, Decimal]:
        if whole == 0:
            return {}
        reached: dict[str, Decimal] = {}
        for service, amount in services:
            for target, strength in self.strengths.get(service, {}).items():
                reached[target] = reached.get(target, NOTHING) + amount * strength
        return {target: pull / whole for target, pull in reached.items()}

    def _errors(self, money: Money) -> dict[str, Decimal]:
        errors: dict[str, Decimal] = {}
        for (organisation, share, grade), amount in sorted(money.by_share.items()):
            band = self.grades[grade].band if grade in self.grades else NOTHING
            group = self.errs_with.get(share) or organisation
            errors[group] = errors.get(group, NOTHING) + amount * band
        return errors


def _asides(organisation: str, held: Sequence[Cell], tier: int) -> tuple[Aside, ...]:
    lower = [(rung, money) for cell in held for rung, money in cell.rungs.items() if rung < tier]
    asides = []
    for stops in (JOINT_PROCUREMENT, ALIGN, SHARE_INFORMATION, SEPARATE):
        kept = [money for rung, money in lower if rung == stops]
        amount = sum((money.amount for money in kept), NOTHING)
        if amount > 0:
            streams = tuple(sorted(set[str]().union(*(money.funding for money in kept))))
            asides.append(Aside(organisation, amount, stops, WHY_ASIDE[stops], streams))
    return tuple(asides)


def joinable(amounts: Sequence[Decimal]) -> Decimal:
    """What would be planned together: everything but the largest partner's, pounds.

    >>> joinable([Decimal(70), Decimal(20), Decimal(10)])
    Decimal('30.00')
    """
    return sum(amounts, NOTHING) - max(amounts) if amounts else NOTHING


@dataclass(frozen=True, slots=True)
class Joins:
    """What would be planned together, pounds: as far as it is known, and at most.

    They differ where a partner's money is one sum for several services: what the others would join is then
    known, and how much of that partner's meets it is not.
    """

    known: Decimal
    at_most: Decimal

    @property
    def waiting(self) -> Decimal:
        """The part that depends on a partner saying what it spends on these services."""
        return self.at_most - self.known


def joins(partners: Sequence[Brought]) -> Joins:
    """What these partners would plan together, beyond what they have in a pool already.

    Known: everything but the largest partner's, of the money that is known by service. At most: where one
    has a sum for several services, that sum may be the largest, and all the others' own money joins it.
    """
    own = [partner.own for partner in partners]
    known = joinable(own)
    sums = [partner.own for partner in partners if partner.one_sum > 0]
    return Joins(known, max(known, sum(own, NOTHING) - min(sums)) if sums else known)


def band(partners: Sequence[Brought]) -> Decimal:
    """How far the joinable pounds may be off: linear in all that errs together, else in quadrature.

    The largest partner's money is not in the joinable pounds, so neither is its error. METHOD section 6.
    """
    largest = max(partners, key=lambda partner: (partner.own + partner.one_sum, partner.organisation))
    errors: dict[str, Decimal] = {}
    for partner in partners:
        if partner is largest or not partner.amount:
            continue
        part = partner.own / partner.amount
        for group, error in partner.errors.items():
            errors[group] = errors.get(group, NOTHING) + part * error
    return sum((error * error for error in errors.values()), NOTHING).sqrt().quantize(PENNY)


@dataclass(frozen=True, slots=True)
class FreeFrom:
    """What is known to be joinable from a day on, pounds, because the contracts that are recorded have ended."""

    day: date
    joinable: Decimal


@dataclass(frozen=True, slots=True)
class Timing:
    """From when the joinable money is known to be free of contracts.

    `steps` are the days on which more of it comes free, today first. `earliest` is the first on which enough
    is; None where the lines do not say, which is unknown and never 'now'. `unknown` is the money of each
    partner whose lines hold no contract date, pounds, the largest first.
    """

    steps: tuple[FreeFrom, ...]
    earliest: date | None
    unknown: tuple[tuple[str, Decimal], ...]


def timing(partners: Sequence[Brought], on: date, enough: Decimal) -> Timing:
    """When the money of these partners is free: `enough` is the part of it that lets them begin, 0 to 1.

    A line that is in no contract says so by a date that has passed.
    """
    local = [partner for partner in partners if not partner.beside]
    held = {partner.organisation: partner.at_hand for partner in local}
    ends = {partner.organisation: _committed(partner) for partner in local}

    def known_free(day: date) -> Decimal:
        return joinable(
            [min(held[body], _ended_by(ends[body], day)) for body in held],
        )

    dates = set[date]().union(*ends.values())
    days = sorted({on, *(day for day in dates if day > on)})
    steps = tuple(FreeFrom(day, known_free(day)) for day in days)
    whole = joinable(list(held.values()))
    earliest = _earliest(steps, whole * enough) if whole else None
    undated = {body: amount - sum(ends[body].values(), NOTHING) for body, amount in held.items()}
    return Timing(steps, earliest, _largest_first(undated))


def _largest_first(amounts: Mapping[str, Decimal]) -> tuple[tuple[str, Decimal], ...]:
    """The bodies that have something, with their pounds."""
    some = (part for part in amounts.items() if part[1] > 0)
    return tuple(sorted(some, key=lambda part: (-part[1], part[0])))


def _earliest(steps: Iterable[FreeFrom], least: Decimal) -> date | None:
    """The first day from which so much can be joined up; None where there is none."""
    return next((step.day for step in steps if step.joinable >= least), None)


def _committed(partner: Brought) -> dict[date, Decimal]:
    """What a partner has in contracts that end on a day, pounds."""
    return {day: amount for day, amount in partner.money.committed.items() if amount > 0}


def _ended_by(ends: Mapping[date, Decimal], day: date) -> Decimal:
    return sum((amount for end, amount in ends.items() if end <= day), NOTHING)
