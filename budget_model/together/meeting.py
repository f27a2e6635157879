"""Where bodies meet, as pages and slides show it: the matrix and the network cut to their room, and their findings.

What is drawn is chosen by the money alone, so that a page and a slide of the same scope show the same.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from budget_model.count.saying import counted, in_sentence, listed, number
from budget_model.money import NOTHING, percent, pounds
from budget_model.together.alignment import BETWEEN_BODIES, Alignment, Matrix, Pair
from budget_model.together.spend import OneSum
from budget_model.together.telling import Overlap

MOST_BODIES, MOST_SERVICES = 14, 16
FIRST = 3
MEASURES = ("common", "overlap", "cosine", "amount", "share", "location_quotient")
CALLED = {
    "common": "Common pounds, body by body",
    "overlap": "Overlap: common pounds as part of the smaller body’s",
    "cosine": "Likeness of mix, body by body",
    "amount": "Pounds of each body on each service",
    "share": "Part of each body’s money on each service",
    "location_quotient": "Specialism of each body in each service",
}
"""Each measure of the matrix, and what it is called."""


def said_as(measure: str, value: Decimal) -> str:
    """One value of the matrix as it is read.

    >>> said_as("common", Decimal(4200000)), said_as("overlap", Decimal("0.004")), said_as("share", Decimal("0.31"))
    ('£4.2m', '<1%', '31%')
    """
    if measure in ("common", "amount"):
        return pounds(value)
    if measure == "location_quotient":
        return f"{value:.1f}×"
    return "<1%" if value < Decimal("0.005") else f"{value * 100:.0f}%"


@dataclass(frozen=True, slots=True)
class Heat:
    """A matrix as it is drawn: who is on its rows and columns, and the values between them."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    values: Mapping[tuple[str, str], Decimal]
    left_out: int
    """How many rows and columns had no room."""


def heat_of(matrix: Matrix) -> Heat:
    """The rows and columns with most in them; bodies across and services down where it has services.

    Between bodies only those that have something in common with another are there.
    """
    values = {
        (row, column): value
        for row, held in zip(matrix.rows, matrix.values, strict=True)
        for column, value in zip(matrix.columns, held, strict=True)
        if value
    }
    between_bodies = matrix.rows == matrix.columns
    return _heat_of_bodies(matrix, values) if between_bodies else _heat_of_services(matrix, values)


def _heat_of_bodies(matrix: Matrix, values: Mapping[tuple[str, str], Decimal]) -> Heat:
    weight: defaultdict[str, Decimal] = defaultdict(Decimal)
    for (row, _), value in values.items():
        weight[row] += value
    met = [body for body in matrix.rows if weight[body]]
    kept = set(sorted(met, key=lambda body: (-weight[body], body))[:MOST_BODIES])
    bodies = tuple(body for body in matrix.rows if body in kept)
    return Heat(bodies, bodies, values, len(met) - len(bodies))


def _heat_of_services(matrix: Matrix, values: Mapping[tuple[str, str], Decimal]) -> Heat:
    funders: defaultdict[str, int] = defaultdict(int)
    for _, service in values:
        funders[service] += 1
    several = [service for service in matrix.columns if funders[service] > 1] or list(matrix.columns)
    services = tuple(several[:MOST_SERVICES])
    paying = [body for body in matrix.rows if any((body, service) in values for service in services)]
    turned = {(service, body): value for (body, service), value in values.items()}
    return Heat(services, tuple(paying[:MOST_BODIES]), turned, len(several) - len(services))


@dataclass(frozen=True, slots=True)
class Link:
    """One body's money on one service that others pay for too, pounds."""

    body: str
    service: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Network:
    """Bodies, services, and the money between them, each column in the order that it is drawn."""

    bodies: tuple[str, ...]
    services: tuple[str, ...]
    links: tuple[Link, ...]
    left_out: int
    """Services over the threshold that had no room."""


def network_of(aligned: Sequence[Alignment], least: Decimal, most: int = MOST_SERVICES) -> Network:
    """Services that two bodies or more each spend at least so much on, those with most shared pounds first.

    The order on each side follows the other's, so that few lines cross; it depends on the money alone.
    """
    spending = [
        (alignment.key, [funder for funder in alignment.funders if funder[1] >= least])
        for alignment in aligned
    ]
    able = [(service, over) for service, over in spending if len(over) > 1]
    shown = able[:most]
    links = tuple(Link(body, service, amount) for service, over in shown for body, amount in over)
    size: defaultdict[str, Decimal] = defaultdict(Decimal)
    for link in links:
        size[link.body] += link.amount
    bodies = sorted(size, key=lambda body: (-size[body], body))
    services = [service for service, _ in shown]
    bodies, services = _side_by_side(bodies, services, links)
    return Network(tuple(bodies), tuple(services), links, len(able) - len(shown))


def _side_by_side(
    bodies: list[str], services: list[str], links: Sequence[Link]
) -> tuple[list[str], list[str]]:
    """Both sides in an order in which few of their links cross."""
    paid_by = [(link.service, link.body) for link in links]
    paid = [(link.body, link.service) for link in links]
    for _ in range(4):
        services = _placed_near_links(services, paid_by, bodies)
        bodies = _placed_near_links(bodies, paid, services)
    return bodies, services


def _placed_near_links(
    ordered: Sequence[str], links: Sequence[tuple[str, str]], others: Sequence[str]
) -> list[str]:
    """One side ordered by where its links lie on the other."""
    place = {other: number / max(len(others) - 1, 1) for number, other in enumerate(others)}
    met: defaultdict[str, list[float]] = defaultdict(list)
    for mine, theirs in links:
        met[mine].append(place[theirs])
    return sorted(ordered, key=lambda one: (sum(met[one]) / len(met[one]), one))


# What each of them says


def of_partners(
    body: str, overlaps: Sequence[Overlap], short: Mapping[str, str], sums: Sequence[OneSum] = ()
) -> str:
    """With whom one body has most in common, after whom it cannot be compared with.

    `sums` are the bodies whose money is one sum for several services.
    """
    most = listed([short.get(overlap.other, overlap.other) for overlap in overlaps[:FIRST]])
    who = short.get(body, body)
    others = [each for each in sums if each.organisation != body]
    if not others:
        return f"{who} has most in common with {most}."
    return f"{not_comparable(others, short)} Of the rest, {who} has most in common with {most}."


def not_comparable(sums: Sequence[OneSum], short: Mapping[str, str]) -> str:
    """Whose money cannot be compared service by service, how much of it, and why; empty for nobody's.

    >>> not_comparable([OneSum("ccg", Decimal(325000000))], {"ccg": "Commissioning group"})
    'Commissioning group cannot be compared by service: £325m of its money is one sum for many services.'
    """
    if not sums:
        return ""
    if len(sums) == 1:
        who = short.get(sums[0].organisation, sums[0].organisation)
        money = pounds(sums[0].amount)
        return f"{who} cannot be compared by service: {money} of its money is one sum for many services."
    named = [f"{short.get(each.organisation, each.organisation)} ({pounds(each.amount)})" for each in sums]
    return (
        f"{listed(named, most=3)} cannot be compared by service with that money: "
        "each is one sum for many services."
    )


def standfirst_of(
    body: str,
    overlaps: Sequence[Overlap],
    sums: Sequence[OneSum],
    names: Mapping[str, str],
    services: Mapping[str, str],
) -> str:
    """What one body has in common with others, on which services, and what that does not say."""
    most = [
        f"{names.get(each.other, each.other)} ({pounds(each.common)}, most on "
        f"{in_sentence(services.get(each.services[0].service, each.services[0].service))})"
        for each in overlaps[:FIRST]
    ]
    others = [each for each in sums if each.organisation != body]
    start = f"{not_comparable(others, names)} Of the rest, it" if others else "It"
    return (
        f"{start} overlaps most with {listed(most)}. Common pounds are what two bodies both spend on one "
        "service: a place to look, not money to be had."
    )


def nothing_in_common(two: Sequence[str], sums: Sequence[OneSum], names: Mapping[str, str]) -> str:
    """Why two bodies have no common pounds: one's money cannot be compared, else they share no service."""
    held = [each for each in sums if each.organisation in two]
    if held:
        return not_comparable(held, names)
    return f"{names.get(two[0], two[0])} and {names.get(two[1], two[1])} spend on no service in common in this choice."


def of_pair(body: str, overlap: Overlap, short: Mapping[str, str]) -> str:
    """How much two bodies have in common, and how much of the smaller one's money that is."""
    share = percent(overlap.overlap, Decimal(1)) if overlap.overlap is not None else "no share"
    return (
        f"{short.get(body, body)} and {short.get(overlap.other, overlap.other)} have {pounds(overlap.common)} in common on "
        f"{counted(len(overlap.services), 'service', 'services')}, {share} of the smaller one’s money."
    )


def of_matrix(
    measure: str, pairs: Sequence[Pair], heat: Heat, short: Mapping[str, str], services: Mapping[str, str]
) -> str:
    """The largest value of a measure that is drawn, and whose it is."""
    if measure in BETWEEN_BODIES:
        best = max(pairs, key=lambda pair: (getattr(pair, measure) or NOTHING, pair.common))
        value = getattr(best, measure)
        said = "the same" if value is None else said_as(measure, value)
        two = f"{short.get(best.first, best.first)} and {short.get(best.second, best.second)}"
        return {
            "common": f"{two} have most in common, {said}.",
            "overlap": f"{two} overlap most: {said} of the smaller one’s money.",
            "cosine": f"{two} spend most alike: {said} the same mix.",
        }[measure]
    inside = {
        key: value for key, value in heat.values.items() if key[0] in heat.rows and key[1] in heat.columns
    }
    if not inside:
        return f"{CALLED[measure]}."
    (service, body), value = max(inside.items(), key=lambda one: (one[1], one[0]))
    said, what, who = (
        said_as(measure, value),
        in_sentence(services.get(service, service)),
        short.get(body, body),
    )
    return {
        "amount": f"The largest shared payer is {who}, {said} on {what}.",
        "share": f"{who} spends {said} of its money on {what}.",
        "location_quotient": f"The part of its money that {who} spends on {what} is {value:.1f} times the place’s.",
    }[measure]


def of_network(network: Network, short: Mapping[str, str]) -> str:
    """Who is one of several payers for the most services."""
    meets: dict[str, set[str]] = {}
    for link in network.links:
        meets.setdefault(link.body, set()).add(link.service)
    hub = max(meets, key=lambda meet: (len(meets[meet]), meet))
    services = counted(len(meets[hub]), "service", "services")
    return f"{short.get(hub, hub)} is one of several payers for {services} of the {number(len(network.services))} shown."


def of_league(first: Alignment, named: Mapping[str, str]) -> str:
    """Which service or board has most money beside its largest funder; `named` as they stand within a sentence."""
    name = named.get(first.key, first.key)
    return f"On {name}, bodies other than the largest payer spend {pounds(first.shared)}, more than on any other."
