"""What each partner of a candidate would bring: the money that counts, and what stays aside, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from budget_model.money import NOTHING, PENNY
from budget_model.place.model import Grade
from budget_model.together.candidates import Candidate
from budget_model.together.ladder import ALIGN, JOINT_PROCUREMENT, SEPARATE, SHARE_INFORMATION
from budget_model.together.money_in import FLEXIBLE_FROM, Cell, Money, together
from budget_model.vocabulary import OrganisationType

WHY_ASIDE: Mapping[int, str] = {
    SEPARATE: "it is in kind or a capital charge: there is no cash to join",
    SHARE_INFORMATION: "it is paid straight to people",
    ALIGN: "it is ring-fenced by statute",
    JOINT_PROCUREMENT: "it is capital, which cannot be in one fund with revenue",
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


def brought(candidate: Candidate, cells: Mapping[tuple[str, str], Cell]) -> tuple[Brought, ...]:
    """What each partner would bring, the largest first."""
    flexible_from = max(candidate.tier, FLEXIBLE_FROM)
    partners = []
    for organisation in candidate.partners:
        held = [
            cells[organisation, service] for service in candidate.services if (organisation, service) in cells
        ]
        services = tuple(
            (cell.service, cell.reaching(candidate.tier)) for cell in held if cell.reaching(candidate.tier)
        )
        money = together([cell.money_reaching(candidate.tier) for cell in held])
        partners.append(
            Brought(
                organisation=organisation,
                organisation_type=held[0].organisation_type,
                amount=sum((amount for _, amount in services), NOTHING),
                flexible=sum((cell.reaching(flexible_from) for cell in held), NOTHING),
                services=services,
                money=money,
                asides=_asides(organisation, held, candidate.tier),
                grade=max((abs(amount), grade) for grade, amount in money.grades.items())[1],
            )
        )
    return tuple(sorted(partners, key=lambda one: (-one.amount, one.organisation)))


def _asides(organisation: str, held: Sequence[Cell], tier: int) -> tuple[Aside, ...]:
    lower = [(rung, money) for cell in held for rung, money in cell.rungs.items() if rung < tier]
    if not lower:
        return ()
    found = []
    for stops in (JOINT_PROCUREMENT, ALIGN, SHARE_INFORMATION, SEPARATE):
        kept = [money for rung, money in lower if rung == stops]
        amount = sum((money.amount for money in kept), NOTHING)
        if amount > 0:
            streams = tuple(sorted({stream for money in kept for stream in money.funding}))
            found.append(Aside(organisation, amount, stops, WHY_ASIDE[stops], streams))
    return tuple(found)


def joinable(amounts: Sequence[Decimal]) -> Decimal:
    """What would come to be steered jointly: everything but the largest partner's, pounds.

    >>> joinable([Decimal(70), Decimal(20), Decimal(10)])
    Decimal('30.00')
    """
    return sum(amounts, NOTHING) - max(amounts) if amounts else NOTHING


def band(partners: Sequence[Brought], grades: Mapping[int, Grade]) -> Decimal:
    """How far the joinable pounds may be off: linear inside each organisation's share, else in quadrature.

    The largest partner's money is not in the joinable pounds, so neither is its error. METHOD section 6.
    """
    largest = max(partners, key=lambda one: (one.flexible, one.organisation))
    groups: dict[tuple[str, str], Decimal] = {}
    for one in partners:
        if one is largest or one.amount == 0:
            continue
        part = one.flexible / one.amount
        for (organisation, share, grade), amount in sorted(one.money.by_share.items()):
            width = grades[grade].band if grade in grades else NOTHING
            group = (organisation, share)
            groups[group] = groups.get(group, NOTHING) + amount * width * part
    squares = sum((error * error for error in groups.values()), NOTHING)
    return squares.sqrt().quantize(PENNY)


@dataclass(frozen=True, slots=True)
class FreeFrom:
    """What would be joinable from a day on, pounds; `day` is None for now."""

    day: date | None
    joinable: Decimal


def free_from(partners: Sequence[Brought], on: date) -> tuple[FreeFrom, ...]:
    """How the joinable money comes free as commitments end, now first."""
    held = {one.organisation: one.flexible or one.amount for one in partners}
    bound = {
        one.organisation: {
            day: amount for day, amount in one.money.committed.items() if day > on and amount > 0
        }
        for one in partners
    }
    days = sorted({day for those in bound.values() for day in those})

    def free_on(moment: date) -> Decimal:
        free = []
        for organisation, amount in held.items():
            still = sum((part for day, part in bound[organisation].items() if day > moment), NOTHING)
            free.append(max(amount - still, NOTHING))
        return joinable(free)

    return (FreeFrom(None, free_on(on)), *(FreeFrom(day, free_on(day)) for day in days))


def earliest(steps: Sequence[FreeFrom], enough: Decimal) -> date | None:
    """The first day on which enough of the joinable money is free; None for now."""
    whole = steps[-1].joinable
    for step in steps:
        if step.joinable >= whole * enough:
            return step.day
    return None
