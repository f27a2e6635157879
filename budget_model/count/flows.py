"""Where the money comes from and where it goes: funding → organisation → theme, exact, never negative.

What flows through an organisation is what it spends on each theme in the scope, as far as that is above
zero; the rest is listed apart. On the left stand the sources of that money: `count.funding` says which pay for
what. Both sides of an organisation are equal to the penny.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from budget_model.count.funding import GENERAL, INCOME, NOT_KNOWN, Funded, Paid, funded, paid_from
from budget_model.count.results import Cell, beside_boards
from budget_model.money import NOTHING
from budget_model.place.model import Place


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
    funded: Funded
    """What pays for what is drawn, and how that is known."""

    @property
    def amount(self) -> Decimal:
        """Pounds that are drawn."""
        return sum((node.amount for node in self.organisations), NOTHING)


def _links(amounts: Mapping[tuple[str, str], Decimal]) -> tuple[Link, ...]:
    return tuple(Link(source, target, amount) for (source, target), amount in sorted(amounts.items()))


def flows(
    place: Place,
    year: str,
    cells: Iterable[Cell],
    names: Mapping[str, Mapping[str, str]],
    colours: Mapping[str, Mapping[str, str]],
    income: Mapping[tuple[str, str], Decimal] | None = None,
) -> Flows:
    """Cells of (funding, organisation, theme) as three columns and what flows between them.

    `names` and `colours` are by column: 'organisation', 'theme'. `income` is what each body's own lines take in,
    by (organisation, funding), where the cells are before income.
    """
    tied: dict[str, dict[str, Decimal]] = defaultdict(lambda: defaultdict(lambda: NOTHING))
    spent: dict[tuple[str, str], Decimal] = defaultdict(lambda: NOTHING)
    for cell in cells:
        stream, body, theme = cell.keys
        tied[body][stream] += cell.amount
        spent[(body, theme)] += cell.amount
    right = {pair: amount for pair, amount in spent.items() if amount > 0}
    below = tuple(Cell(pair, amount) for pair, amount in spent.items() if amount < 0)
    paid = _paid(place, year, right, tied, _by_body(income or {}))
    left: dict[tuple[str, str], Decimal] = defaultdict(lambda: NOTHING)
    for part in paid.paid:
        left[paid.sources[part].key, part.organisation] += part.amount
    called = {source.key: source for source in paid.sources.values()}
    from_names = {key: source.name for key, source in called.items()}
    from_colours = {key: source.colour for key, source in called.items()}
    return Flows(
        _nodes("funding", left, 0, from_names, from_colours),
        _nodes("organisation", right, 0, names["organisation"], colours["organisation"]),
        _nodes("theme", right, 1, names["theme"], colours["theme"]),
        _links(left),
        _links(right),
        below,
        paid,
    )


def _paid(
    place: Place,
    year: str,
    right: Mapping[tuple[str, str], Decimal],
    tied: Mapping[str, Mapping[str, Decimal]],
    income: Mapping[str, Mapping[str, Decimal]],
) -> Funded:
    """What pays for all that each body spends on themes."""
    through: dict[str, Decimal] = defaultdict(lambda: NOTHING)
    for (body, _), amount in right.items():
        through[body] += amount
    parts: list[Paid] = []
    for body, whole in through.items():
        parts += paid_from(place, year, body, whole, tied[body], income.get(body, {}))
    return funded(place, year, parts)


def _by_body(income: Mapping[tuple[str, str], Decimal]) -> Mapping[str, dict[str, Decimal]]:
    """Income by (organisation, funding) as income by funding of each organisation."""
    found: defaultdict[str, dict[str, Decimal]] = defaultdict(dict)
    for (body, stream), amount in income.items():
        if amount > 0:
            found[body][INCOME if stream == GENERAL else stream] = amount
    return found


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
