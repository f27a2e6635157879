"""The return of a pooled health and care fund: income, schemes by area of spend, minimums, and who has to sign.

It follows the parts of the Better Care Fund planning return and fits any fund under section 75 of the NHS Act 2006:
one fund may be of several councils and several commissioners. It is filled from the register of pools, whose
contributions come from mapped lines, and from then on is the partners' own: what they type is kept.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Final, TypeVar

from budget_model.count.saying import counted, listed
from budget_model.money import NOTHING, pounds, to_penny
from budget_model.place.model import Organisation, Service
from budget_model.shipped import rows_of_table
from budget_model.together.pools import Contribution, Pool
from budget_model.vocabulary import OrganisationType

Key = TypeVar("Key")
FILE: Final = Path(__file__).resolve().parents[2] / "data" / "reference" / "fund_return.csv"


class IncomeSource(StrEnum):
    """From which part of the fund's income money comes, as the return names it."""

    NHS_MINIMUM = "NHS minimum contribution"
    NHS_MORE = "Additional NHS contribution"
    LOCAL_GRANT = "Local authority Better Care grant"
    DISABLED_FACILITIES = "Disabled facilities grant"
    LOCAL_MORE = "Additional local authority contribution"
    OTHER = "Other contribution"

    @property
    def is_nhs(self) -> bool:
        """Whether an NHS commissioner contributes it."""
        return self in (IncomeSource.NHS_MINIMUM, IncomeSource.NHS_MORE)


SOURCE_OF_TERMS: Mapping[str, IncomeSource] = {
    "bcf-nhs-minimum": IncomeSource.NHS_MINIMUM,
    "ibcf": IncomeSource.LOCAL_GRANT,
    "la-better-care-grant": IncomeSource.LOCAL_GRANT,
    "disabled-facilities-grant": IncomeSource.DISABLED_FACILITIES,
}
"""The source of money that comes from a grant of these terms (ring_fences.csv); the second became the third in 2025-26."""


OF_BETTER_CARE: Final = frozenset(
    {IncomeSource.NHS_MINIMUM, IncomeSource.LOCAL_GRANT, IncomeSource.DISABLED_FACILITIES}
)
"""Money that has to be in the Better Care Fund; other funds under section 75 have no national conditions."""


class AreaOfSpend(StrEnum):
    """What a scheme buys, as the return names it."""

    ACUTE = "Acute"
    SOCIAL_CARE = "Social care"
    MENTAL_HEALTH = "Mental health"
    COMMUNITY_HEALTH = "Community health"
    CONTINUING_CARE = "Continuing care"
    PRIMARY_CARE = "Primary care"
    OTHER = "Other"


AREA_OF_SERVICE: Mapping[str, AreaOfSpend] = {
    "acute-hospital-care": AreaOfSpend.ACUTE,
    "ambulance": AreaOfSpend.ACUTE,
    "mental-health-care": AreaOfSpend.MENTAL_HEALTH,
    "community-health": AreaOfSpend.COMMUNITY_HEALTH,
    "learning-disability-health": AreaOfSpend.COMMUNITY_HEALTH,
    "continuing-health-care": AreaOfSpend.CONTINUING_CARE,
    "general-practice": AreaOfSpend.PRIMARY_CARE,
    "prescribing": AreaOfSpend.PRIMARY_CARE,
}
"""The area of a service of the NHS; any of adult social care is social care."""


class Signer(StrEnum):
    """Who has to agree, in the order in which they sign."""

    FINANCE = "chief finance officer"
    LOCAL_CHIEF = "council chief executive"
    NHS_CHIEF = "NHS chief executive"
    BOARD = "chair of the health and wellbeing board"


@dataclass(frozen=True, slots=True)
class Income:
    """What one body brings from one source, pounds; `minimum` is the least that it is bound to."""

    body: str
    source: IncomeSource
    amount: Decimal
    minimum: Decimal | None = None
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Scheme:
    """One scheme: what is bought, by whom, from which income, pounds."""

    name: str
    area: AreaOfSpend
    commissioner: str
    source: IncomeSource
    amount: Decimal
    provider: str = ""
    """Empty where nobody has said who provides it."""
    aim: str = ""


@dataclass(frozen=True, slots=True)
class Signature:
    """One agreement that is needed, and who gave it when; without a date it is not given."""

    signer: Signer
    body: str
    name: str = ""
    on: date | None = None


class Met(StrEnum):
    """What the partners confirm of a national condition."""

    YES = "yes"
    NO = "no"
    UNSAID = ""


@dataclass(frozen=True, slots=True)
class Condition:
    """One national condition, and whether the partners confirm that it is met."""

    name: str
    met: Met = Met.UNSAID
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Metric:
    """One national metric: where it stood the year before, and what is planned, to the hundredth; None where unsaid."""

    name: str
    before: Decimal | None = None
    planned: Decimal | None = None
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """A condition or a metric as it was named for some years, and where that was read."""

    part: str
    first: str
    last: str
    name: str
    source: str


@dataclass(frozen=True, slots=True)
class FundReturn:
    """The return of one fund for one year."""

    pool: str
    title: str
    year: str
    host: str = ""
    income: tuple[Income, ...] = ()
    schemes: tuple[Scheme, ...] = ()
    social_care_minimum: Decimal | None = None
    """The least of the NHS minimum contribution that has to go on social care; None where nobody has said."""
    signatures: tuple[Signature, ...] = ()
    illustrative: bool = False
    """Whether its fund is made up, to show how a return works."""
    conditions: tuple[Condition, ...] = ()
    metrics: tuple[Metric, ...] = ()

    @property
    def total(self) -> Decimal:
        """All income."""
        return sum((each.amount for each in self.income), NOTHING)

    @property
    def from_nhs(self) -> Decimal:
        """What NHS commissioners contribute, the minimum and what is above it."""
        return sum((each.amount for each in self.income if each.source.is_nhs), NOTHING)

    @property
    def spent(self) -> Decimal:
        """What the schemes come to."""
        return sum((each.amount for each in self.schemes), NOTHING)

    @property
    def by_source(self) -> dict[IncomeSource, tuple[Decimal, Decimal]]:
        """Income and what schemes spend of it, by source, those that have either."""
        income = _sums((each.source, each.amount) for each in self.income)
        spent = _sums((each.source, each.amount) for each in self.schemes)
        used = [source for source in IncomeSource if source in income or source in spent]
        return {source: (income.get(source, NOTHING), spent.get(source, NOTHING)) for source in used}

    @property
    def by_area(self) -> dict[AreaOfSpend, Decimal]:
        """What the schemes come to by area of spend, those that have any."""
        sums = _sums((each.area, each.amount) for each in self.schemes)
        return {area: sums[area] for area in AreaOfSpend if area in sums}

    @property
    def social_care_from_nhs(self) -> Decimal:
        """What of the NHS minimum contribution goes on social care."""
        return sum(
            (
                each.amount
                for each in self.schemes
                if each.source is IncomeSource.NHS_MINIMUM and each.area is AreaOfSpend.SOCIAL_CARE
            ),
            NOTHING,
        )

    @property
    def next_to_sign(self) -> tuple[Signature, ...]:
        """Who can sign now: the first in the order who have not; none where all have."""
        for signer in Signer:
            waiting = tuple(each for each in self.signatures if each.signer is signer and each.on is None)
            if waiting:
                return waiting
        return ()

    @property
    def signed(self) -> int:
        """How many have signed."""
        return sum(1 for each in self.signatures if each.on)


def signed_by(fund_return: FundReturn, given: Signature, name: str, on: date) -> FundReturn:
    """The return with one agreement given by somebody on a day; every other as it was."""
    place = fund_return.signatures.index(given)
    now = replace(given, name=name, on=on)
    return replace(
        fund_return, signatures=(*fund_return.signatures[:place], now, *fund_return.signatures[place + 1 :])
    )


def _sums(amounts: Iterable[tuple[Key, Decimal]]) -> dict[Key, Decimal]:
    sums: defaultdict[Key, Decimal] = defaultdict(lambda: NOTHING)
    for key, amount in amounts:
        sums[key] += amount
    return dict(sums)


def filled(
    pool: Pool,
    bodies: Mapping[str, Organisation],
    services: Mapping[str, Service],
    terms: Mapping[int, str] | None = None,
) -> FundReturn:
    """The return that a pool's contributions give: each an income and a scheme, so both come to the pool's total.

    A fund that holds money of the Better Care Fund has the national conditions and metrics of its year.
    `terms` are the grant terms (or else the funding stream) of the lines that contributions are drawn from.
    """
    money = [each for each in pool.contributions if not each.in_kind]
    granted = terms or {}
    income = tuple(_income(each, source_of(each, bodies, granted)) for each in money)
    conditions, metrics = _asked_of(pool.year, income)
    return FundReturn(
        pool.id,
        pool.name,
        pool.year,
        pool.host,
        income,
        tuple(_scheme(each, source_of(each, bodies, granted), services, pool.aims) for each in money),
        signatures=signatures_for([each.partner for each in money], bodies),
        illustrative=pool.illustrative,
        conditions=conditions,
        metrics=metrics,
    )


def _asked_of(year: str, income: Iterable[Income]) -> tuple[tuple[Condition, ...], tuple[Metric, ...]]:
    """The national conditions and metrics of a year, where some of the income is the Better Care Fund's."""
    if not any(each.source in OF_BETTER_CARE for each in income):
        return (), ()
    named = named_for(year)
    conditions = tuple(Condition(each.name) for each in named if each.part == "condition")
    return conditions, tuple(Metric(each.name) for each in named if each.part == "metric")


@cache
def _named(file: Path = FILE) -> tuple[Named, ...]:
    return tuple(
        Named(row["part"], row["from"], row["to"], row["name"], row["source"]) for row in rows_of_table(file)
    )


def named_for(year: str) -> tuple[Named, ...]:
    """The national conditions and metrics of a year whose wording was read; none for a year of which none was."""
    return tuple(each for each in _named() if each.first <= year <= each.last)


def _income(given: Contribution, source: IncomeSource) -> Income:
    least = None if given.minimum is None else to_penny(given.minimum)
    return Income(given.partner, source, to_penny(given.amount), least, given.what)


def source_of(
    given: Contribution, bodies: Mapping[str, Organisation], terms: Mapping[int, str]
) -> IncomeSource:
    """The source of a contribution: the grant that its line is paid from, where the return names that grant.

    Else an NHS body's is its minimum where one binds it, and a council's is its own money.
    """
    granted = SOURCE_OF_TERMS.get(terms.get(given.line, "")) if given.line is not None else None
    if granted is not None:
        return granted
    kind = bodies[given.partner].type if given.partner in bodies else OrganisationType.OTHER
    if kind is OrganisationType.NHS:
        return IncomeSource.NHS_MINIMUM if given.minimum is not None else IncomeSource.NHS_MORE
    return IncomeSource.LOCAL_MORE if kind is OrganisationType.COUNCIL else IncomeSource.OTHER


def _scheme(given: Contribution, source: IncomeSource, services: Mapping[str, Service], aim: str) -> Scheme:
    service = services.get(given.service)
    name = given.what or (service.name if service else "To be named")
    area = area_of(given.service, services)
    return Scheme(name, area, given.partner, source, to_penny(given.amount), aim=aim)


def area_of(service: str, services: Mapping[str, Service]) -> AreaOfSpend:
    """The area of spend of a service; what is neither the NHS's nor adult social care is other."""
    if service in AREA_OF_SERVICE:
        return AREA_OF_SERVICE[service]
    known = services.get(service)
    return (
        AreaOfSpend.SOCIAL_CARE
        if known and known.legal_function == "adult social care"
        else AreaOfSpend.OTHER
    )


def signatures_for(partners: Iterable[str], bodies: Mapping[str, Organisation]) -> tuple[Signature, ...]:
    """Everybody who has to agree: each council's and each NHS body's officers, and each council's board."""
    kinds = {body: bodies[body].type for body in dict.fromkeys(partners) if body in bodies}
    councils = [body for body, kind in kinds.items() if kind is OrganisationType.COUNCIL]
    commissioners = [body for body, kind in kinds.items() if kind is OrganisationType.NHS]
    needed = {
        Signer.FINANCE: (*councils, *commissioners),
        Signer.LOCAL_CHIEF: councils,
        Signer.NHS_CHIEF: commissioners,
        Signer.BOARD: councils,
    }
    return tuple(Signature(signer, body) for signer, of in needed.items() for body in of)


def faults(fund_return: FundReturn, called: Callable[[str], str]) -> Iterator[str]:
    """What is wrong with a return or not ready, each in a sentence; none where it can be sent."""
    if fund_return.illustrative:
        yield "It is illustrative: no such agreement is published, so there is nothing to send."
    if not fund_return.income and not fund_return.schemes:
        yield "It has neither income nor schemes yet."
    if fund_return.total != fund_return.spent:
        gap = pounds(abs(fund_return.total - fund_return.spent))
        side = "no scheme spends" if fund_return.total > fund_return.spent else "no income pays for"
        yield f"Income is {pounds(fund_return.total)} and the schemes come to {pounds(fund_return.spent)}: {side} {gap}."
    for source, (income, spent) in fund_return.by_source.items():
        if spent > income:
            yield f"Schemes spend {pounds(spent)} of “{source.value}”, and its income is {pounds(income)}."
    yield from _below_minimum(fund_return, called)
    unnamed = sum(1 for each in fund_return.schemes if not each.provider)
    if unnamed:
        yield f"{counted(unnamed, 'scheme does', 'schemes do').capitalize()} not say who provides."
    yield from _unconfirmed(fund_return)
    yield from _unsigned(fund_return, called)


def _unconfirmed(fund_return: FundReturn) -> Iterator[str]:
    """What is not met or not said of the national conditions and metrics."""
    for each in fund_return.conditions:
        if each.met is Met.NO:
            yield f"A national condition is not met: “{each.name}”."
    unsaid = sum(1 for each in fund_return.conditions if each.met is Met.UNSAID)
    if unsaid:
        yield f"{counted(unsaid, 'national condition is', 'national conditions are').capitalize()} not confirmed."
    unplanned = sum(1 for each in fund_return.metrics if each.planned is None)
    if unplanned:
        yield f"{counted(unplanned, 'national metric has', 'national metrics have').capitalize()} no planned figure."


def _below_minimum(fund_return: FundReturn, called: Callable[[str], str]) -> Iterator[str]:
    for each in fund_return.income:
        if each.minimum is not None and each.amount < each.minimum:
            yield (
                f"{called(each.body)} contributes {pounds(each.amount)} of “{each.source.value}”, below its minimum of "
                f"{pounds(each.minimum)}."
            )
    for each in fund_return.income:
        if each.source is IncomeSource.NHS_MINIMUM and each.minimum is None:
            yield f"The minimum contribution of {called(each.body)} is unknown."
    least = fund_return.social_care_minimum
    if least is not None and fund_return.social_care_from_nhs < least:
        yield (
            f"{pounds(fund_return.social_care_from_nhs)} of the NHS minimum contribution goes on social care, below the "
            f"minimum of {pounds(least)}."
        )


def _unsigned(fund_return: FundReturn, called: Callable[[str], str]) -> Iterator[str]:
    yield from _not_asked_to_sign(fund_return, called)
    first = fund_return.next_to_sign
    if first:
        who = listed([f"{each.signer.value} of {called(each.body)}" for each in first])
        yield f"{fund_return.signed} of {len(fund_return.signatures)} have signed; next: {who}."
    order = list(Signer)
    given = [(each, each.on) for each in fund_return.signatures if each.on]
    for each, day in given:
        before = [
            signature
            for signature in fund_return.signatures
            if order.index(signature.signer) < order.index(each.signer)
        ]
        if any(signature.on is None or signature.on > day for signature in before):
            yield f"The {each.signer.value} of {called(each.body)} signed before those who come first."


def _not_asked_to_sign(fund_return: FundReturn, called: Callable[[str], str]) -> Iterator[str]:
    """Who contributes, such as a second council typed into the workbook, and stands nowhere in the chain."""
    signing = {each.body for each in fund_return.signatures}
    of_chain = (each.body for each in fund_return.income if each.source is not IncomeSource.OTHER)
    for body in dict.fromkeys(of_chain):
        if body not in signing:
            yield f"{called(body)} contributes, and nobody of it is among those who sign."


def sentence(fund_return: FundReturn, wrong: Sequence[str]) -> str:
    """What the fund is, and whether its return can be sent, in one sentence."""
    bodies = counted(len({each.body for each in fund_return.income}), "body", "bodies")
    ready = (
        "it can be sent"
        if not wrong
        else f"{counted(len(wrong), 'thing has', 'things have')} to be settled before it is sent"
    )
    made_up = "Illustrative: " if fund_return.illustrative else ""
    return f"{made_up}{fund_return.title}, {fund_return.year}: {pounds(fund_return.total)} from {bodies} for {counted(len(fund_return.schemes), 'scheme', 'schemes')}; {ready}."
