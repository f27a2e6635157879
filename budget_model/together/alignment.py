"""Who spends on the same things: shares, overlaps and mixes, each to be read beside its caution.

Pounds are net of income; where a body's income on a service is more than it spends, it is no funder of
that service and its figure is listed apart, not hidden in a share. Formulas: method page, section 7.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import combinations

from budget_model.count.results import UNMAPPED
from budget_model.money import NOTHING
from budget_model.place.model import TargetService
from budget_model.together.spend import JointSpend, by_organisation_and_service

FOUR_PLACES = Decimal("0.0001")


class By(StrEnum):
    """What alignment is shown by."""

    SERVICE = "service"
    THEME = "theme"


@dataclass(frozen=True, slots=True)
class Alignment:
    """Everyone who spends on one service or theme, the largest first; pounds.

    `funders` leaves out bodies with nothing or less, and those with too little to be called a payer; those
    with less than nothing are in `negative`. `total` is all above zero. The two figures are of the funders, and
    None where there is none.
    """

    key: str
    funders: tuple[tuple[str, Decimal], ...]
    negative: tuple[tuple[str, Decimal], ...]
    total: Decimal
    effective_funders: Decimal | None
    fragmentation: Decimal | None

    @property
    def shared(self) -> Decimal:
        """Pounds of all funders but the largest: what has a partner beside it."""
        return self.total - self.funders[0][1] if self.funders else NOTHING


def align(
    spend: Iterable[JointSpend], *, by: By = By.SERVICE, least: Decimal = NOTHING
) -> tuple[Alignment, ...]:
    """Gather spending by service or theme: those with the most shared pounds first.

    With fewer than `least` pounds on it a body is counted in the total, and is no payer.
    """
    gathered: defaultdict[str, defaultdict[str, Decimal]]
    gathered = defaultdict(lambda: defaultdict(lambda: NOTHING))
    for item in spend:
        key = item.service if by is By.SERVICE else item.board
        if key != UNMAPPED:
            gathered[key][item.organisation] += item.amount
    aligned = [_alignment(key, bodies, least) for key, bodies in gathered.items()]
    return tuple(sorted(aligned, key=lambda alignment: (-alignment.shared, -alignment.total, alignment.key)))


def _alignment(key: str, bodies: Mapping[str, Decimal], least: Decimal) -> Alignment:
    ordered = sorted(bodies.items(), key=lambda body: (-body[1], body[0]))
    funders = tuple(body for body in ordered if body[1] > 0 and body[1] >= least)
    amounts = [amount for _, amount in funders]
    return Alignment(
        key,
        funders,
        tuple(body for body in ordered if body[1] < 0),
        sum((amount for _, amount in ordered if amount > 0), NOTHING),
        effective_funders(amounts),
        fragmentation(amounts),
    )


def concentration(amounts: Sequence[Decimal]) -> Decimal | None:
    """Σ of the squares of the shares: 1 for one funder, 1/n for n alike. None where nothing is spent.

    >>> concentration([Decimal(60), Decimal(20), Decimal(10), Decimal(10)])
    Decimal('0.42')
    >>> concentration([Decimal(40), Decimal(30), Decimal(10), Decimal(10), Decimal(10)])
    Decimal('0.28')
    """
    spent = [amount for amount in amounts if amount > 0]
    whole = sum(spent, NOTHING)
    if whole == 0:
        return None
    # Squared before dividing, so that round shares give round answers.
    return (sum((amount * amount for amount in spent), NOTHING) / (whole * whole)).normalize()


def effective_funders(amounts: Sequence[Decimal]) -> Decimal | None:
    """As if this many equal funders.

    >>> effective_funders([Decimal(50), Decimal(50)])
    Decimal('2.0000')
    """
    squares = concentration(amounts)
    return None if squares is None else (1 / squares).quantize(FOUR_PLACES)


def fragmentation(amounts: Sequence[Decimal]) -> Decimal | None:
    """0 for one funder, 1 for many alike.

    >>> fragmentation([Decimal(100)]), fragmentation([Decimal(50), Decimal(50)])
    (Decimal('0.0000'), Decimal('1.0000'))
    """
    squares = concentration(amounts)
    if squares is None:
        return None
    funders = sum(1 for amount in amounts if amount > 0)
    if funders == 1:
        return Decimal("0.0000")
    return ((1 - squares) / (1 - Decimal(1) / funders)).quantize(FOUR_PLACES)


@dataclass(frozen=True, slots=True)
class Common:
    """One service that two bodies both spend on, pounds."""

    service: str
    first: Decimal
    second: Decimal

    @property
    def common(self) -> Decimal:
        """The smaller of the two."""
        return min(self.first, self.second)


@dataclass(frozen=True, slots=True)
class Pair:
    """What two bodies have in common, pounds; the services with the most in common first.

    `overlap` and `cosine` are None where one of the two spends nothing on mapped services.
    """

    first: str
    second: str
    services: tuple[Common, ...]
    common: Decimal
    first_total: Decimal
    second_total: Decimal
    overlap: Decimal | None
    cosine: Decimal | None


def pairs(spend: Iterable[JointSpend], least: Decimal = NOTHING) -> tuple[Pair, ...]:
    """Every two bodies with something in common, the most common pounds first.

    What a body spends on a service with fewer than `least` pounds is not held against others.
    """
    spent = _vectors(by_organisation_and_service(spend), least)
    found = [_pair(a, b, spent[a], spent[b]) for a, b in combinations(sorted(spent), 2)]
    return tuple(
        sorted(
            (pair for pair in found if pair.common), key=lambda pair: (-pair.common, pair.first, pair.second)
        )
    )


def _vectors(amounts: Mapping[tuple[str, str], Decimal], least: Decimal) -> dict[str, dict[str, Decimal]]:
    spent: defaultdict[str, dict[str, Decimal]] = defaultdict(dict)
    for (organisation, service), amount in sorted(amounts.items()):
        if amount > 0 and amount >= least:
            spent[organisation][service] = amount
    return dict(spent)


def _pair(first: str, second: str, a: Mapping[str, Decimal], b: Mapping[str, Decimal]) -> Pair:
    services = sorted(
        (Common(service, a[service], b[service]) for service in a.keys() & b.keys()),
        key=lambda common: (-common.common, common.service),
    )
    common = sum((service.common for service in services), NOTHING)
    totals = (sum(a.values(), NOTHING), sum(b.values(), NOTHING))
    smaller = min(totals)
    lengths = _length(a) * _length(b)
    dot = sum((service.first * service.second for service in services), NOTHING)
    return Pair(
        first,
        second,
        tuple(services),
        common,
        *totals,
        overlap=(common / smaller).quantize(FOUR_PLACES) if smaller else None,
        cosine=min(dot / lengths, Decimal(1)).quantize(FOUR_PLACES) if lengths else None,
    )


def _length(vector: Mapping[str, Decimal]) -> Decimal:
    return sum((amount * amount for amount in vector.values()), NOTHING).sqrt()


@dataclass(frozen=True, slots=True)
class Matrix:
    """One measure for every row and column; None where it has no value.

    Of two bodies the rows and columns are both organisations; of a body and a service the columns are
    services.
    """

    measure: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    values: tuple[tuple[Decimal | None, ...], ...]


BETWEEN_BODIES = ("common", "overlap", "cosine")
BODY_BY_SERVICE = ("amount", "share", "location_quotient")


def matrix(spend: Iterable[JointSpend], measure: str, least: Decimal = NOTHING) -> Matrix:
    """A measure between every two bodies, or of every body on every service.

    Between bodies: 'common', 'overlap', 'cosine'. Of a body on a service: 'amount' (pounds), 'share' (of
    the body's money), 'location_quotient'. Raises `ValueError` for any other. `least` as for `pairs`.
    """
    spent = _vectors(by_organisation_and_service(spend), least)
    if measure in BETWEEN_BODIES:
        return _between(spent, measure)
    if measure in BODY_BY_SERVICE:
        return _by_service(spent, measure)
    raise ValueError(f"There is no measure called {measure!r} to make a matrix of.")


def _between(spent: Mapping[str, Mapping[str, Decimal]], measure: str) -> Matrix:
    bodies = tuple(sorted(spent, key=lambda body: (-sum(spent[body].values()), body)))
    met: dict[frozenset[str], Decimal | None] = {
        frozenset((a, b)): getattr(_pair(a, b, spent[a], spent[b]), measure)
        for a, b in combinations(bodies, 2)
    }
    return Matrix(
        measure,
        bodies,
        bodies,
        tuple(tuple(None if a == b else met[frozenset((a, b))] for b in bodies) for a in bodies),
    )


def _by_service(spent: Mapping[str, Mapping[str, Decimal]], measure: str) -> Matrix:
    on_service: defaultdict[str, Decimal] = defaultdict(lambda: NOTHING)
    for vector in spent.values():
        for service, amount in vector.items():
            on_service[service] += amount
    whole = sum(on_service.values(), NOTHING)
    totals = {body: sum(vector.values(), NOTHING) for body, vector in spent.items()}
    bodies = tuple(sorted(spent, key=lambda body: (-totals[body], body)))
    services = tuple(sorted(on_service, key=lambda service: (-on_service[service], service)))

    def value(body: str, service: str) -> Decimal | None:
        amount = spent[body].get(service)
        if amount is None or measure == "amount":
            return amount
        share = amount / totals[body]
        if measure == "location_quotient":
            share /= on_service[service] / whole
        return share.quantize(FOUR_PLACES)

    return Matrix(
        measure,
        bodies,
        services,
        tuple(tuple(value(body, service) for service in services) for body in bodies),
    )


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a whole, pounds, and its share; the share is None where the whole is nothing.

    `unknown` is the money of the whole of which nothing says whether it belongs to the part.
    """

    part: Decimal
    whole: Decimal
    unknown: Decimal = NOTHING

    @property
    def share(self) -> Decimal | None:
        """Part over whole, to four places."""
        return (self.part / self.whole).quantize(FOUR_PLACES) if self.whole else None

    @property
    def nothing_known(self) -> bool:
        """Whether nothing says of any of the whole that it belongs to the part, or that it does not."""
        return self.part == 0 and 0 < self.whole <= self.unknown


def target_linked(spend: Iterable[JointSpend], links: Iterable[TargetService]) -> Part:
    """Money on services that are linked to some target, out of all money, unmapped money included."""
    linked = {link.service for link in links if link.strength > 0}
    part = whole = NOTHING
    for item in spend:
        whole += item.amount
        if item.service in linked:
            part += item.amount
    return Part(part, whole)


def planned_together(
    spend: Iterable[JointSpend],
    *,
    pooled: Decimal = NOTHING,
    aligned: Decimal = NOTHING,
    partnership_grants: Iterable[str] = (),
) -> Part:
    """What the partnership moves: pools and agreed alignments in force, and grants paid to it, of all money.

    `partnership_grants` names the funding streams that are the partnership's to share out. Where nothing of the
    kind is recorded, it is unknown of all money: partners may have agreements that nobody wrote down here.
    """
    streams = frozenset(partnership_grants)
    granted = whole = NOTHING
    for item in spend:
        whole += item.amount
        if item.funding in streams:
            granted += item.amount
    recorded = pooled + aligned + granted
    return Part(recorded, whole, NOTHING if recorded else whole)
