"""How large the prize in shared back offices could be: a scale, from national findings, never a plan.

Base by function × national rate × low, central and high case, less the one-off cost. The rates are those
of the Operational Efficiency Programme (2009). What IT buys is not counted in procurement again; money passed on
to people or bodies has no back office in it; and care bought from others is no common purchase, which is what
the rate of procurement was found in (method page, section 12).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Final
from urllib.parse import parse_qsl, urlencode

from budget_model.financial_year import year_of_month
from budget_model.money import NOTHING, decimal_text, percent, to_penny, typed_between
from budget_model.place.model import BackOfficeRate
from budget_model.shipped import rows_of_table
from budget_model.vocabulary import Kind, Nature

PROCUREMENT, INFORMATION_TECHNOLOGY = "procurement", "IT"
BACK_OFFICE = "back office"
"""The function of what is assumed for a body that states none: all its back-office functions as one."""
BOUGHT = (Nature.SUPPLIES,)
MOST_COST, MOST_PART = Decimal(1_000_000_000), Decimal("0.5")
RATIO_FILE: Final = Path(__file__).resolve().parents[2] / "data" / "reference" / "backoffice_ratio.csv"
AS_ONE = ("HR", "finance", "legal", "communications")
"""The functions that share one national rate, that of the back office as a whole."""


@dataclass(frozen=True, slots=True)
class NationalRatio:
    """What part of running costs goes on back offices nationally, each 0 to 1, for bodies that state none."""

    least: Decimal
    central: Decimal
    most: Decimal
    year: str
    source: str

    @property
    def sentence(self) -> str:
        """The ratio with its range, that it is an estimate, and where it is from."""
        least, central, most = (percent(each, Decimal(1)) for each in (self.least, self.central, self.most))
        return (
            f"National ratio of {self.year}, an estimate that was not verified for any body here: {central}, {least} to "
            f"{most}. {self.source}."
        )


@cache
def national_ratio() -> NationalRatio:
    """The ratio that the product ships, to a tenth of a per cent.

    >>> ratio = national_ratio()
    >>> str(ratio.least), str(ratio.central), str(ratio.most), ratio.year
    ('0.048', '0.054', '0.060', '2007-08')
    """
    row = rows_of_table(RATIO_FILE)[0]
    least, central, most = (
        (Decimal(row[case]) / Decimal(row["denominator"])).quantize(Decimal("0.001"))
        for case in ("least", "central", "most")
    )
    return NationalRatio(least, central, most, row["year"], row["source"])


@dataclass(frozen=True, slots=True)
class Overhead:
    """What one body spends on one back-office function, or buys for its services, pounds.

    `function` is empty for spending on services: only what is bought for them counts, as procurement. `ends` is
    the day a contract for it ends; None where no line says.
    """

    organisation: str
    function: str
    nature: Nature
    kind: Kind
    amount: Decimal
    ends: date | None = None


@dataclass(frozen=True, slots=True)
class BackOfficeAsked:
    """What a person adds to the figures: the one-off cost, pounds, and the part assumed; see `back_office`."""

    one_off: Decimal = NOTHING
    part: Decimal = NOTHING

    def to_link(self) -> str:
        """The same as a link keeps it; nothing added is empty.

        >>> BackOfficeAsked(Decimal(250000)).to_link()
        'cost=250000'
        """
        said = [("cost", self.one_off), ("part", self.part)]
        return urlencode([(key, decimal_text(value)) for key, value in said if value])


def from_link(text: str) -> BackOfficeAsked:
    """What `to_link` wrote; whatever cannot be read adds nothing.

    >>> from_link("cost=NaN&part=0.05")
    BackOfficeAsked(one_off=Decimal('0.00'), part=Decimal('0.05'))
    """
    said = dict(parse_qsl(text))
    return BackOfficeAsked(
        typed_between(said.get("cost", ""), NOTHING, MOST_COST) or NOTHING,
        typed_between(said.get("part", ""), NOTHING, MOST_PART) or NOTHING,
    )


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
    source: str = ""
    assumed: bool = False
    """Whether the base is an assumption about bodies that state none."""

    @property
    def host(self) -> str:
        """Who could run it for the others: the body that does most of it today, where there is another."""
        return self.by_organisation[0][0] if len(self.by_organisation) > 1 else ""


@dataclass(frozen=True, slots=True)
class Ending:
    """Contracts of several bodies for one function that end in the same financial year: bodies with pounds."""

    function: str
    year: str
    by_organisation: tuple[tuple[str, Decimal], ...]


@dataclass(frozen=True, slots=True)
class BackOffice:
    """Every function, the largest central case first, and the three cases less the one-off cost, pounds.

    `unstated` are the bodies none of whose lines is a back-office function, with their running costs. `dated` is
    what lines of these functions spend in contracts whose end they state.
    """

    prizes: tuple[Prize, ...]
    one_off: Decimal
    low: Decimal
    central: Decimal
    high: Decimal
    unstated: tuple[tuple[str, Decimal], ...] = ()
    endings: tuple[Ending, ...] = ()
    dated: Decimal = NOTHING
    of_departments: Decimal = NOTHING
    """What national departments state that they spend on these functions, of the place's share: in no prize."""

    @property
    def base(self) -> Decimal:
        """What the bodies state that they spend on these functions, pounds; assumptions are no part of it."""
        return sum((prize.base for prize in self.prizes if not prize.assumed), NOTHING)

    @property
    def assumed(self) -> Decimal:
        """What bodies that state no back office are only taken to spend on one, pounds."""
        return sum((prize.base for prize in self.prizes if prize.assumed), NOTHING)

    def per_head(self, staff: Mapping[str, Decimal]) -> dict[str, Decimal]:
        """Pounds that each body spends on its own offices for each of its staff; purchases are no part of it.

        `staff` is full-time equivalent staff by body; bodies whose staff nobody has stated are left out.
        """
        spent: defaultdict[str, Decimal] = defaultdict(lambda: NOTHING)
        for prize in self.prizes:
            for body, amount in prize.by_organisation:
                if not prize.assumed and prize.function != PROCUREMENT:
                    spent[body] += amount
        return {body: to_penny(amount / staff[body]) for body, amount in spent.items() if staff.get(body)}


def back_office(
    overheads: Iterable[Overhead],
    rates: Iterable[BackOfficeRate],
    one_off: Decimal = NOTHING,
    assumed_part: Decimal = NOTHING,
    departments: Collection[str] = (),
) -> BackOffice:
    """The scale of the prize by function. Functions that no rate speaks of are left out.

    `departments` are the national ones: no place shares their offices, so they are no part of the prize.

    `assumed_part` is what part of their running costs bodies that state no back office are taken to spend on
    one, 0 to 1: an assumption of whoever asks, in a prize of its own that says so.
    """
    every = [item for item in overheads if not _passed_on(item)]
    items = [item for item in every if item.organisation not in departments]
    known = {rate.function: rate for rate in rates}
    bases = _bases(items)
    unstated = _unstated(items)
    stated = (_prize(rate, function, bases.get(function, {})) for function, rate in known.items())
    prizes = [prize for prize in (*stated, _assumed_prize(known, unstated, assumed_part)) if prize]
    low, central, high = _whole_prize(prizes)
    return BackOffice(
        tuple(sorted(prizes, key=lambda prize: (-prize.central, prize.function))),
        one_off,
        low - one_off,
        central - one_off,
        high - one_off,
        unstated,
        _endings(items),
        sum((item.amount for item in items if _is_dated(item)), NOTHING),
        _stated_by(departments, _bases(every), known),
    )


def _whole_prize(prizes: Sequence[Prize]) -> tuple[Decimal, Decimal, Decimal]:
    """The low, central and high sums of some prizes, pounds."""
    return (
        sum((prize.low for prize in prizes), NOTHING),
        sum((prize.central for prize in prizes), NOTHING),
        sum((prize.high for prize in prizes), NOTHING),
    )


def _stated_by(
    bodies: Collection[str], bases: Mapping[str, Mapping[str, Decimal]], rates: Mapping[str, BackOfficeRate]
) -> Decimal:
    """What some bodies state that they spend on the functions that a rate speaks of, pounds."""
    held = (bases.get(function, {}) for function in rates)
    return sum((max(each.get(body, NOTHING), NOTHING) for each in held for body in bodies), NOTHING)


def _assumed_prize(
    rates: Mapping[str, BackOfficeRate], unstated: Iterable[tuple[str, Decimal]], part: Decimal
) -> Prize | None:
    """The prize of the bodies that state no back office, if they spend a part of their running costs on one."""
    rate = next((rates[function] for function in AS_ONE if function in rates), None)
    if not part or rate is None:
        return None
    assumed = {body: to_penny(amount * part) for body, amount in unstated}
    return _prize(rate, BACK_OFFICE, assumed, assumed=True)


def _passed_on(item: Overhead) -> bool:
    return item.kind is Kind.TRANSFER_TO_INDIVIDUALS or item.nature is Nature.TRANSFER_PAYMENTS


def _prize(
    rate: BackOfficeRate, function: str, amounts: Mapping[str, Decimal], *, assumed: bool = False
) -> Prize | None:
    bodies = {body: amount for body, amount in amounts.items() if amount > 0}
    base = sum(bodies.values(), NOTHING)
    if base <= 0:
        return None
    # Numerator over denominator once, at the end, so that the cases are exact to the penny.
    part = base * rate.numerator
    low, central, high = (
        to_penny(part * case / rate.denominator) for case in (rate.low, rate.central, rate.high)
    )
    ordered = tuple(sorted(bodies.items(), key=lambda body: (-body[1], body[0])))
    return Prize(function, rate.name, base, ordered, rate.rate, low, central, high, rate.source, assumed)


def _function_of(item: Overhead) -> str:
    """The function that an overhead counts in, each pound in one alone; empty for none."""
    return item.function or (PROCUREMENT if item.nature in BOUGHT else "")


def _bases(items: Iterable[Overhead]) -> Mapping[str, Mapping[str, Decimal]]:
    """Pounds by function and body."""
    bases: defaultdict[str, defaultdict[str, Decimal]]
    bases = defaultdict(lambda: defaultdict(lambda: NOTHING))
    for item in items:
        if function := _function_of(item):
            bases[function][item.organisation] += item.amount
    return bases


def _unstated(items: Sequence[Overhead]) -> tuple[tuple[str, Decimal], ...]:
    """Bodies none of whose lines is a back-office function, with their running costs, the largest first."""
    stating = {item.organisation for item in items if item.function}
    costs: defaultdict[str, Decimal] = defaultdict(lambda: NOTHING)
    for item in items:
        if item.organisation not in stating and item.kind is Kind.REVENUE:
            costs[item.organisation] += item.amount
    return tuple(
        sorted(((body, cost) for body, cost in costs.items() if cost > 0), key=lambda pair: -pair[1])
    )


def _is_dated(item: Overhead) -> bool:
    return bool(_function_of(item)) and item.ends is not None and item.amount > 0


def _endings(items: Iterable[Overhead]) -> tuple[Ending, ...]:
    """Contracts of two bodies or more for one function that end in one financial year, the earliest first."""
    sums: defaultdict[tuple[str, str], defaultdict[str, Decimal]]
    sums = defaultdict(lambda: defaultdict(lambda: NOTHING))
    for item in items:
        function = _function_of(item)
        if item.ends is not None and _is_dated(item):
            sums[year_of_month(item.ends.year, item.ends.month), function][item.organisation] += item.amount
    return tuple(
        Ending(function, year, tuple(sorted(bodies.items(), key=lambda body: (-body[1], body[0]))))
        for (year, function), bodies in sorted(sums.items())
        if len(bodies) > 1
    )
