"""How large the prize in shared back offices could be: a scale, from national findings, never a plan.

Base by function × national rate × low, central and high case, less the one-off cost. The rates are those
of the Operational Efficiency Programme (2009). What IT buys is not counted in procurement again, and money
passed on to people or bodies has no back office in it (method page, section 12).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from budget_model.money import NOTHING, to_penny
from budget_model.place.model import BackOfficeRate
from budget_model.vocabulary import Kind, Nature

PROCUREMENT, INFORMATION_TECHNOLOGY = "procurement", "IT"
BOUGHT = (Nature.SUPPLIES, Nature.THIRD_PARTY_PAYMENTS)


@dataclass(frozen=True, slots=True)
class Overhead:
    """What one body spends on one back-office function, or buys for its services, pounds.

    `function` is empty for spending on services: only what is bought for them counts, as procurement.
    """

    organisation: str
    function: str
    nature: Nature
    kind: Kind
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Prize:
    """The scale of the prize in one function, pounds a year before one-off costs, and its base."""

    function: str
    name: str
    base: Decimal
    by_organisation: tuple[tuple[str, Decimal], ...]
    rate: Decimal
    low: Decimal
    central: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class BackOffice:
    """Every function, the largest central case first, and the three cases less the one-off cost, pounds."""

    prizes: tuple[Prize, ...]
    one_off: Decimal
    low: Decimal
    central: Decimal
    high: Decimal


def back_office(
    overheads: Iterable[Overhead], rates: Iterable[BackOfficeRate], one_off: Decimal = NOTHING
) -> BackOffice:
    """The scale of the prize by function. Functions that no rate speaks of are left out."""
    bases = _bases(overheads)
    prizes = []
    for rate in rates:
        bodies = {body: amount for body, amount in bases.get(rate.function, {}).items() if amount > 0}
        base = sum(bodies.values(), NOTHING)
        if base <= 0:
            continue
        # Numerator over denominator once, at the end, so that the cases are exact to the penny.
        part = base * rate.numerator
        low, central, high = (
            to_penny(part * case / rate.denominator) for case in (rate.low, rate.central, rate.high)
        )
        prizes.append(
            Prize(
                rate.function,
                rate.name,
                base,
                tuple(sorted(bodies.items(), key=lambda body: (-body[1], body[0]))),
                rate.rate,
                low,
                central,
                high,
            )
        )
    prizes.sort(key=lambda one: (-one.central, one.function))
    return BackOffice(
        tuple(prizes),
        one_off,
        sum((prize.low for prize in prizes), NOTHING) - one_off,
        sum((prize.central for prize in prizes), NOTHING) - one_off,
        sum((prize.high for prize in prizes), NOTHING) - one_off,
    )


def _bases(overheads: Iterable[Overhead]) -> Mapping[str, Mapping[str, Decimal]]:
    """Pounds by function and body, each pound in one function alone."""
    bases: defaultdict[str, defaultdict[str, Decimal]]
    bases = defaultdict(lambda: defaultdict(lambda: NOTHING))
    for overhead in overheads:
        if overhead.kind is Kind.TRANSFER_TO_INDIVIDUALS or overhead.nature is Nature.TRANSFER_PAYMENTS:
            continue
        if overhead.function:
            bases[overhead.function][overhead.organisation] += overhead.amount
        elif overhead.nature in BOUGHT:
            bases[PROCUREMENT][overhead.organisation] += overhead.amount
    return bases
