"""How figures came about, in words that are each used for one thing: stated, published, estimated."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Final

from budget_model.count.results import Cell
from budget_model.count.saying import counted, listed, opened
from budget_model.money import NOTHING, exact_pounds, percent, pounds
from budget_model.vocabulary import Provenance

_FIGURE: Final[Mapping[Provenance, str]] = {
    Provenance.ESTIMATED: "{who}’s figure is an estimate, {amount}",
    Provenance.ALLOCATED: "{who}’s figure is an allocation, {amount}",
    Provenance.STATED: "{who} states {amount}",
    Provenance.PUBLISHED: "{who}’s published figure is {amount}",
    Provenance.AUDITED: "{who}’s audited figure is {amount}",
    Provenance.UNKNOWN: "{who}’s figure is {amount}, and nobody has said how it came about",
}
_FIGURES: Final[Mapping[Provenance, str]] = {
    Provenance.AUDITED: "audited accounts of",
    Provenance.PUBLISHED: "published figures of",
    Provenance.STATED: "figures sent by",
    Provenance.ALLOCATED: "allocations to",
    Provenance.ESTIMATED: "estimates for",
    Provenance.UNKNOWN: "figures of no named origin of",
}
"""What the figures of some bodies are called, the surest first."""


def is_estimated(key: str) -> bool:
    """Whether a key of the map along provenance stands for money that is worked out from another figure.

    >>> is_estimated("estimated"), is_estimated("allocated")
    (True, False)
    """
    return key == Provenance.ESTIMATED


OWN: Final = frozenset({Provenance.STATED, Provenance.PUBLISHED, Provenance.AUDITED})
"""How a body's own figure for the place came about."""


def not_own(cells: Iterable[Cell]) -> tuple[tuple[str, Decimal], ...]:
    """Pounds that are no body's own figure for the place, by body, the largest first.

    `cells` are by body, then by how the figure came about.

    >>> not_own([Cell(("police", "estimated"), Decimal(7)), Cell(("council", "published"), Decimal(9))])
    (('police', Decimal('7.00')),)
    """
    sums: defaultdict[str, Decimal] = defaultdict(lambda: NOTHING)
    for cell in cells:
        if cell.keys[1] not in OWN and cell.amount > 0:
            sums[cell.keys[0]] += cell.amount
    return tuple(sorted(sums.items(), key=lambda pair: (-pair[1], pair[0])))


def figure_of(who: str, provenance: Provenance, amount: Decimal) -> str:
    """One body's figure in half a sentence; only what a body gave itself is said to be stated by it.

    >>> figure_of("the payer", Provenance.ESTIMATED, Decimal(14))
    'the payer’s figure is an estimate, £14'
    >>> figure_of("the payee", Provenance.STATED, Decimal(25))
    'the payee states £25'
    """
    said = pounds(amount) if provenance is Provenance.ESTIMATED else exact_pounds(amount).removesuffix(".00")
    return _FIGURE[provenance].format(who=who, amount=said)


def source_of(cells: Iterable[Cell], names: Mapping[str, str]) -> str:
    """What the figures of a scope are, by how they came about, and what part of the money is of which kind.

    `cells` are by provenance, then by body. A body may be in two of them; amounts below nought count with
    their size. Empty where there is no money.

    >>> source_of([Cell(("published", "council"), Decimal(22)), Cell(("estimated", "police"), Decimal(70)),
    ...            Cell(("estimated", "fire"), Decimal(8))], {"council": "Council"})
    'Published figures of Council (22%) and estimates for two bodies (78%)'
    """
    held: defaultdict[Provenance, dict[str, Decimal]] = defaultdict(dict)
    for cell in cells:
        provenance, body = Provenance(cell.keys[0]), cell.keys[1]
        held[provenance][body] = held[provenance].get(body, NOTHING) + abs(cell.amount)
    sizes = {provenance: sum(bodies.values(), NOTHING) for provenance, bodies in held.items()}
    whole = sum(sizes.values(), NOTHING)
    if not whole:
        return ""
    kinds = [
        f"{called} {_bodies(held[provenance], names)} ({percent(sizes[provenance], whole)})"
        for provenance, called in _FIGURES.items()
        if sizes.get(provenance)
    ]
    return opened(listed(kinds, most=len(_FIGURES)))


def _bodies(bodies: Mapping[str, Decimal], names: Mapping[str, str]) -> str:
    """One body by its name, several by their number."""
    if len(bodies) > 1:
        return counted(len(bodies), "body", "bodies")
    only = next(iter(bodies))
    return names.get(only, only)
