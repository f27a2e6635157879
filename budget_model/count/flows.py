"""Where the money comes from and where it goes: funding → organisation → theme, exact, never negative.

What flows through an organisation is what it spends on each theme in the scope, as far as that is above
zero; the rest is listed apart. On the left, money tied to a funding stream comes from that stream; the
remainder is shared over the streams that the organisation is known to be paid from, in proportion, and
where none is known it comes from 'funding not known'. Both sides of an organisation are equal to the penny.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from budget_model.count.results import Cell, beside_boards
from budget_model.money import NOTHING, apportion
from budget_model.place.model import Funding, Place

GENERAL = "general"
NOT_KNOWN = "not known"


@dataclass(frozen=True, slots=True)
class Node:
    """A body, stream or theme in its column, and pounds through it."""

    column: str
    key: str
    name: str
    colour: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Link:
    """Pounds from one node to another, never below zero."""

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
    below_zero: tuple[Cell, ...]
    """Cells (organisation, theme) that are below zero and so cannot be drawn."""

    @property
    def amount(self) -> Decimal:
        """Pounds that are drawn."""
        return sum((node.amount for node in self.organisations), NOTHING)


def flows(
    place: Place,
    cells: Iterable[Cell],
    names: Mapping[str, Mapping[str, str]],
    colours: Mapping[str, Mapping[str, str]],
) -> Flows:
    """Cells of (funding, organisation, theme) as three columns and what flows between them.

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
        for stream, amount in _paid_from(whole, tied[body], _funding_of(place, body)).items()
        if amount
    }

    def nodes(column: str, links: Mapping[tuple[str, str], Decimal], end: int) -> tuple[Node, ...]:
        return _nodes(column, links, end, names[column], colours[column])

    return Flows(
        nodes("funding", left, 0),
        nodes("organisation", right, 0),
        nodes("theme", right, 1),
        tuple(Link(source, target, amount) for (source, target), amount in sorted(left.items())),
        tuple(Link(source, target, amount) for (source, target), amount in sorted(right.items())),
        below,
    )


def _funding_of(place: Place, body: str) -> tuple[Funding, ...]:
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


def _nodes(
    column: str,
    links: Mapping[tuple[str, str], Decimal],
    end: int,
    names: Mapping[str, str],
    colours: Mapping[str, str],
) -> tuple[Node, ...]:
    """The nodes at one end of the links, the largest first; what nobody knows or mapped comes last."""
    sums: dict[str, Decimal] = defaultdict(lambda: NOTHING)
    for pair, amount in links.items():
        sums[pair[end]] += amount
    ordered = sorted(sums, key=lambda key: (key == NOT_KNOWN, beside_boards(key), -sums[key], key))
    return tuple(Node(column, key, names.get(key, key), colours.get(key, ""), sums[key]) for key in ordered)
