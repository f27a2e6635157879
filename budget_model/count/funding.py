"""Where the money comes from: national government by department, local taxation, fees and rents, or not stated.

What a body spends is paid, in this order, by the income of its own lines, by the streams that its lines are tied
to, and for the rest by what it states for the very year that it gets, in proportion. A central department's money
is national. Figures of another year are never used: where a body states nothing for the year, that is said.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from budget_model.count.findings import Finding
from budget_model.count.restate import Restating
from budget_model.count.saying import listed, opened
from budget_model.money import NOTHING, apportion, percent, pounds
from budget_model.place.model import Funding, FundingStream, Organisation, Origin, Place
from budget_model.vocabulary import Dimension, OrganisationType

GENERAL = "general"
NOT_KNOWN = "not known"
INCOME = "income"
"""The key of income that is tied to no stream: fees, charges, contributions."""


class How(StrEnum):
    """How it is known what pays for a body's spending."""

    INCOME = "income of its own lines"
    TIED = "by the service that it pays for"
    ONLY = "its only source"
    SHARED = "in proportion to what it states for the year"
    NOT_STATED = "not stated for the year"


@dataclass(frozen=True, slots=True)
class Paid:
    """Pounds of one body's spending that one stream pays for, and how that is known."""

    organisation: str
    stream: str
    amount: Decimal
    how: How


@dataclass(frozen=True, slots=True)
class Source:
    """Somebody or something that money comes from: a department, council tax, rents."""

    key: str
    name: str
    origin: Origin
    colour: str = ""


class Sources:
    """The sources of a place's money: what stands behind each stream."""

    def __init__(self, place: Place) -> None:
        self._streams: Mapping[str, FundingStream] = {stream.id: stream for stream in place.funding_streams}
        self._bodies: Mapping[str, Organisation] = {
            organisation.id: organisation for organisation in place.organisations
        }

    def origin(self, stream: str) -> Origin:
        """Where a stream's money comes from before anybody has it."""
        funding_stream = self._streams.get(stream)
        return funding_stream.origin if funding_stream else Origin.UNKNOWN

    def whole_of(self, stream: str) -> str:
        """The stream whose stated figure a stream is a part of; itself where it has its own."""
        funding_stream = self._streams.get(stream)
        return funding_stream.part_of or stream if funding_stream else stream

    def is_national(self, body: str) -> bool:
        """Whether all of a body's money is voted to it by Parliament."""
        organisation = self._bodies.get(body)
        return organisation is not None and organisation.type is OrganisationType.CENTRAL_DEPARTMENT

    def name_of(self, stream: str) -> str:
        """What a stream is called."""
        funding_stream = self._streams.get(stream)
        return funding_stream.name if funding_stream else _UNLISTED.get(stream, stream)

    def behind(self, paid: Paid) -> Source:
        """The source of some money: the department that pays it, else the stream itself."""
        if paid.how is How.NOT_STATED:
            return NOT_STATED
        if paid.how is How.INCOME and paid.stream == INCOME:
            return FEES
        stream = self._streams.get(paid.stream)
        department = stream.paid_by if stream else ""
        if self.is_national(paid.organisation):
            department = paid.organisation
        if department:
            body = self._bodies[department]
            return Source(f"from:{body.id}", body.short_name or body.name, Origin.NATIONAL, body.colour)
        if stream is None:
            return Source(paid.stream, paid.stream, Origin.UNKNOWN)
        return Source(stream.id, stream.short_name or stream.name, stream.origin, stream.colour)


NOT_STATED: Final = Source(NOT_KNOWN, "Funding not stated", Origin.UNKNOWN)
FEES: Final = Source(INCOME, "Fees, charges and other income", Origin.FEES)
_UNLISTED: Final = {INCOME: FEES.name, NOT_KNOWN: NOT_STATED.name, GENERAL: "General funding"}


def stated(place: Place, body: str, year: str) -> tuple[Funding, ...]:
    """What one body states that it gets in one year, stream by stream; never of another year."""
    return tuple(funding for funding in place.funding if (funding.organisation, funding.year) == (body, year))


def _paid(body: str, by_stream: Mapping[str, Decimal], how: How) -> list[Paid]:
    return [Paid(body, stream, amount, how) for stream, amount in by_stream.items()]


def paid_from(
    place: Place,
    year: str,
    body: str,
    spent: Decimal,
    tied: Mapping[str, Decimal],
    income: Mapping[str, Decimal],
) -> tuple[Paid, ...]:
    """What pays for what one body spends; the parts make the whole to the penny.

    `tied` are pounds of its spending by the stream that its lines are tied to, `income` what its own lines take
    in, by stream: empty where the spending is net, since income is then taken off already.
    """
    sources = Sources(place)
    earned = _at_most(spent, {key: amount for key, amount in income.items() if amount > 0})
    rest = spent - sum(earned.values(), NOTHING)
    parts = _paid(body, earned, How.INCOME)
    if sources.is_national(body):
        return (*parts, Paid(body, _voted(tied, sources), rest, How.ONLY)) if rest else tuple(parts)
    by_line = _at_most(rest, _usable(tied, sources))
    rest -= sum(by_line.values(), NOTHING)
    parts += _paid(body, by_line, How.TIED)
    weights = _weights(stated(place, body, year), by_line, sources)
    if not any(weights.values()):
        parts.append(Paid(body, NOT_KNOWN, rest, How.NOT_STATED))
    else:
        how = How.ONLY if len(weights) == 1 and not by_line else How.SHARED
        parts += _paid(body, apportion(rest, weights), how)
    return tuple(part for part in parts if part.amount)


def _at_most(whole: Decimal, amounts: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """Amounts as they are, or in proportion where they are more than the whole."""
    if sum(amounts.values(), NOTHING) <= whole:
        return dict(amounts)
    return apportion(max(whole, NOTHING), dict(amounts))


def _usable(tied: Mapping[str, Decimal], sources: Sources) -> dict[str, Decimal]:
    """What lines are tied to that says where the money comes from: not a body's general fund, nor its income."""
    apart = (Origin.MIXED, Origin.FEES)
    return {
        stream: amount
        for stream, amount in tied.items()
        if amount > 0 and stream != GENERAL and sources.origin(stream) not in apart
    }


def _voted(tied: Mapping[str, Decimal], sources: Sources) -> str:
    """The national stream that most of a department's lines are tied to; empty where there is none."""
    national = [stream for stream in tied if sources.origin(stream).is_national]
    return max(national, key=lambda stream: (tied[stream], stream), default="")


def _weights(
    known: Iterable[Funding], by_line: Mapping[str, Decimal], sources: Sources
) -> dict[str, Decimal]:
    """What a body states for the year, less what its lines are tied to: in what parts the rest is paid."""
    weights: defaultdict[str, Decimal] = defaultdict(Decimal)
    for funding in known:
        if funding.amount > 0 and sources.origin(funding.stream) not in (Origin.MIXED, Origin.FEES):
            weights[funding.stream] += funding.amount
    for stream, amount in by_line.items():
        whole = stream if stream in weights else sources.whole_of(stream)
        if whole in weights:
            weights[whole] = max(weights[whole] - amount, NOTHING)
    return dict(weights)


@dataclass(frozen=True, slots=True)
class Funded:
    """What pays for a place's spending in one year: every part, and the sources they come from, pounds."""

    year: str
    paid: tuple[Paid, ...]
    sources: Mapping[Paid, Source]
    stating: bool
    """Whether any body but a department states for the year what it gets."""

    @property
    def whole(self) -> Decimal:
        """All spending that is above zero."""
        return sum((part.amount for part in self.paid), NOTHING)

    def of(self, *origins: Origin) -> Decimal:
        """What comes from some kinds of source."""
        return sum((part.amount for part in self.paid if self.sources[part].origin in origins), NOTHING)

    def known_by(self, how: How) -> Decimal:
        """What is known in one way."""
        return sum((part.amount for part in self.paid if part.how is how), NOTHING)

    def by_source(self) -> tuple[tuple[Source, Decimal], ...]:
        """Each source with what it pays, the largest first and what is not stated last."""
        sums: defaultdict[Source, Decimal] = defaultdict(lambda: NOTHING)
        for part in self.paid:
            sums[self.sources[part]] += part.amount
        return tuple(sorted(sums.items(), key=lambda one: (one[0].key == NOT_KNOWN, -one[1], one[0].key)))


def funded(place: Place, year: str, paid: Iterable[Paid]) -> Funded:
    """What pays for the spending of some bodies in one year."""
    parts, sources = tuple(paid), Sources(place)
    stating = any(
        funding.year == year and not sources.is_national(funding.organisation) for funding in place.funding
    )
    return Funded(year, parts, {part: sources.behind(part) for part in parts}, stating)


_SAID: Final[Sequence[tuple[tuple[Origin, ...], str]]] = (
    ((Origin.GRANT, Origin.NATIONAL), "national government"),
    ((Origin.LOCAL,), "local taxation"),
    ((Origin.FEES,), "fees, rents and other income of services"),
    ((Origin.RESERVES, Origin.OTHER), "reserves and interest"),
)


def where_from(funding: Funded, shown: Restating) -> Finding | None:
    """What part of the spending national government, local taxation and others pay; None where nothing is spent."""
    whole = funding.whole
    if whole <= 0:
        return None
    said = [(amount, name) for origins, name in _SAID if (amount := funding.of(*origins))]
    unknown = whole - sum((amount for amount, _ in said), NOTHING)
    of_unknown = f"where {pounds(shown.of(unknown))} comes from is not stated for {funding.year}"
    if not said:
        sentence = f"No body states for {funding.year} where its {pounds(shown.of(whole))} comes from."
        return Finding(sentence, NOTHING, kind="from", why=_ask(funding))
    kinds = [f"{name} {pounds(shown.of(amount))} ({percent(amount, whole)})" for amount, name in said]
    first, *rest = kinds
    sentence = listed([first.replace(said[0][1], f"{said[0][1]} pays", 1), *rest])
    sentence = opened(f"{sentence}; {of_unknown}." if unknown else f"{sentence}.")
    return Finding(sentence, said[0][0], Dimension.FUNDING, "", "from", _why(funding, shown), said[0][0])


def _why(funding: Funded, shown: Restating) -> str:
    """Which departments pay most, and how much is shared in proportion."""
    national = [(source, amount) for source, amount in funding.by_source() if source.origin.is_national]
    said = [f"{source.name} {pounds(shown.of(amount))}" for source, amount in national[:3]]
    most = f"Of national money the most: {listed(said)}." if len(national) > 1 else ""
    shared = funding.known_by(How.SHARED)
    parts = (
        f"{pounds(shown.of(shared))} of the total is divided between sources in proportion to what bodies state for {funding.year}."
        if shared
        else ""
    )
    return " ".join(part for part in (most, parts, "" if funding.stating else _ask(funding)) if part)


def _ask(funding: Funded) -> str:
    return (
        f"No body has given its funding for {funding.year}, and none of another year is used: ask each what pays "
        "for its budget."
    )


def rows(place: Place, found: Funded) -> tuple[tuple[Paid, Source, str, Decimal | None, str], ...]:
    """Each part with its source, its stream's name, what its body states of the stream in all, and where.

    The largest first; None where the body states no figure of that stream.
    """
    sources = Sources(place)
    told = []
    for part in sorted(found.paid, key=lambda paid: (-paid.amount, paid.organisation, paid.stream)):
        known = [
            funding
            for funding in stated(place, part.organisation, found.year)
            if funding.stream == part.stream
        ]
        total = sum((funding.amount for funding in known), NOTHING) if known else None
        where = "; ".join(dict.fromkeys(f"{one.source}: {one.source_line}" for one in known[:3]))
        told.append((part, found.sources[part], sources.name_of(part.stream), total, where))
    return tuple(told)
