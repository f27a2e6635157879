"""Where the money comes from and where it goes: funding → organisation → theme, exact, never negative.

What flows through an organisation is what it spends on each theme in the scope, as far as that is above
nought; the rest is listed apart. On the left, money tied to a funding stream comes from that stream; the
remainder is shared over the streams that the organisation is known to be paid from, in proportion, and
where none is known it comes from 'funding not known'. Both sides of an organisation are equal to the penny.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from budget_model.count.results import UNMAPPED, Cell
from budget_model.money import NOTHING, apportion
from budget_model.place.model import Funding, Place

GENERAL = "general"
NOT_KNOWN = "not known"
OTHERS = "others"
EVERY = 10_000
"""So many nodes that none is gathered."""


@dataclass(frozen=True, slots=True)
class Node:
    """A body, stream or theme in its column, pounds through it; `holds` names what was gathered in it."""

    column: str
    key: str
    name: str
    colour: str
    amount: Decimal
    holds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """Pounds from one node to another, never below nought."""

    source: str
    target: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Flows:
    """Three columns and what flows between them; each organisation gets and gives the same."""

    funding: tuple[Node, ...]
    organisations: tuple[Node, ...]
    themes: tuple[Node, ...]
    left: tuple[Link, ...]
    right: tuple[Link, ...]
    below_nought: tuple[Cell, ...]
    """Cells (organisation, theme) that are below nought and so cannot be drawn."""

    @property
    def amount(self) -> Decimal:
        """Pounds that are drawn."""
        return sum((node.amount for node in self.organisations), NOTHING)


def flows(
    place: Place,
    cells: Iterable[Cell],
    names: Mapping[str, Mapping[str, str]],
    colours: Mapping[str, Mapping[str, str]],
    *,
    most: int = 12,
) -> Flows:
    """Gather cells of (funding, organisation, theme) into three columns of at most `most` nodes each.

    `names` and `colours` are by column: 'funding', 'organisation', 'theme'.
    """
    tied: dict[str, dict[str, Decimal]] = defaultdict(lambda: defaultdict(lambda: NOTHING))
    spent: dict[tuple[str, str], Decimal] = defaultdict(lambda: NOTHING)
    for cell in cells:
        stream, body, theme = cell.keys
        tied[body][stream] += cell.amount
        spent[(body, theme)] += cell.amount
    right = {pair: amount for pair, amount in spent.items() if amount > 0}
    below = tuple(Cell(pair, amount) for pair, amount in spent.items() if amount < 0)
    through: dict[str, Decimal] = defaultdict(lambda: NOTHING)
    for (body, _), amount in right.items():
        through[body] += amount
    left = {
        (stream, body): amount
        for body, whole in through.items()
        for stream, amount in _paid_from(whole, tied[body], _known(place, body)).items()
        if amount
    }
    gather = {
        "funding": _tail(left, 0, most),
        "organisation": _tail(right, 0, most),
        "theme": _tail(right, 1, most),
    }
    first = _gathered(left, gather["funding"], gather["organisation"])
    second = _gathered(right, gather["organisation"], gather["theme"])

    def nodes(column: str, links: Mapping[tuple[str, str], Decimal], end: int) -> tuple[Node, ...]:
        return _nodes(column, links, end, gather[column], names[column], colours[column])

    return Flows(
        nodes("funding", first, 0),
        nodes("organisation", second, 0),
        nodes("theme", second, 1),
        tuple(Link(source, target, amount) for (source, target), amount in sorted(first.items())),
        tuple(Link(source, target, amount) for (source, target), amount in sorted(second.items())),
        below,
    )


def _known(place: Place, body: str) -> tuple[Funding, ...]:
    return tuple(one for one in place.funding if one.organisation == body and one.amount > 0)


def _paid_from(whole: Decimal, tied: Mapping[str, Decimal], known: tuple[Funding, ...]) -> dict[str, Decimal]:
    """Share what a body spends over where it comes from; the parts make the whole to the penny."""
    own = {stream: amount for stream, amount in tied.items() if stream != GENERAL and amount > 0}
    tied_money = sum(own.values(), NOTHING)
    if tied_money >= whole:
        return apportion(whole, own)
    rest = whole - tied_money
    weights: dict[str, Decimal] = defaultdict(Decimal)
    for one in known:
        weights[one.stream] += one.amount
    for stream, amount in own.items():
        if stream in weights:
            weights[stream] = max(weights[stream] - amount, Decimal(0))
    if not any(weights.values()):
        weights = defaultdict(Decimal, {NOT_KNOWN: Decimal(1)})
    paid = dict(own)
    for stream, amount in apportion(rest, weights).items():
        paid[stream] = paid.get(stream, NOTHING) + amount
    return paid


def _tail(links: Mapping[tuple[str, str], Decimal], end: int, most: int) -> dict[str, str]:
    """Each key to the node that it is drawn as: itself, or the others."""
    sums: dict[str, Decimal] = defaultdict(lambda: NOTHING)
    for pair, amount in links.items():
        sums[pair[end]] += amount
    ordered = sorted(sums, key=lambda key: (key in (UNMAPPED, NOT_KNOWN), -sums[key], key))
    if len(ordered) <= most:
        return {key: key for key in ordered}
    special = [key for key in ordered if key in (UNMAPPED, NOT_KNOWN)]
    usual = [key for key in ordered if key not in special]
    kept = {*usual[: most - 1 - len(special)], *special}
    return {key: key if key in kept else OTHERS for key in ordered}


def _gathered(
    links: Mapping[tuple[str, str], Decimal], sources: Mapping[str, str], targets: Mapping[str, str]
) -> dict[tuple[str, str], Decimal]:
    sums: dict[tuple[str, str], Decimal] = defaultdict(lambda: NOTHING)
    for (source, target), amount in links.items():
        sums[(sources[source], targets[target])] += amount
    return dict(sums)


def _nodes(
    column: str,
    links: Mapping[tuple[str, str], Decimal],
    end: int,
    gather: Mapping[str, str],
    names: Mapping[str, str],
    colours: Mapping[str, str],
) -> tuple[Node, ...]:
    sums: dict[str, Decimal] = defaultdict(lambda: NOTHING)
    for pair, amount in links.items():
        sums[pair[end]] += amount
    tail = [names.get(key, key) for key, drawn in gather.items() if drawn == OTHERS]
    last = {UNMAPPED: 1, NOT_KNOWN: 1, OTHERS: 2}
    ordered = sorted(sums, key=lambda key: (last.get(key, 0), -sums[key], key))
    return tuple(
        Node(
            column, key,
            f"{len(tail)} others" if key == OTHERS else names.get(key, key),
            colours.get(key, ""), sums[key],
            tuple(tail) if key == OTHERS else (),
        )
        for key in ordered
    )  # fmt: skip
