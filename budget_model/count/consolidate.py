"""Where one pound is in two mapped bodies' books, and how much of which line is taken out.

Both bodies' lines stay as they were sent. A payment is eliminated once: at the payee's lines in the
commissioner view, at the payer's lines in the provider view. An allocation, a body's own budget handed
down to it, is the receiver's in both views, so it is eliminated at the giver's lines in both.

Every elimination knows what kinds of money stand at both of its ends, so that it goes when a scope
leaves either end out, and the two views have the same total for every scope (method page, section 5).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import product

from budget_model.count.provenance import figure_of
from budget_model.count.saying import opened
from budget_model.money import NOTHING, apportion, exact_pounds, to_penny
from budget_model.vocabulary import Provenance, View

Room = dict[View, dict[int, Decimal]]
"""What each part still holds in each view, after the transfers taken out so far."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of one line as it stands on the map: one service, one delivery board.

    `amount` is the place's share in pounds; `switches` says which scope switches the money needs.
    """

    number: int
    organisation: str
    service: str
    amount: Decimal
    switches: int = 0


@dataclass(frozen=True, slots=True)
class Flow:
    """One transfer between two mapped bodies, with the lines that it can be in.

    `payer_states` and `payee_states` are pounds of the place's share, as each side's books state them;
    None where a side states no figure. `payer_parts` and `payee_parts` are numbers of parts.
    """

    transfer: str
    payer: str
    payee: str
    payer_states: Decimal | None
    payee_states: Decimal | None
    payer_parts: tuple[int, ...]
    payee_parts: tuple[int, ...]
    allocation: bool = False
    payer_provenance: Provenance = Provenance.UNKNOWN
    payee_provenance: Provenance = Provenance.UNKNOWN
    """How each side's figure came about: only what a body gives itself is stated by it."""


@dataclass(frozen=True, slots=True)
class Elimination:
    """What one transfer takes out of one part in one view, against one kind of money at the other end."""

    transfer: str
    view: View
    """The view that the money is out of here, since it is shown at the other end."""
    part: int
    switches: int
    """What both ends together need: the elimination stands only while all of it is in scope."""
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A transfer that the two sides' books do not agree on; the lower figure was eliminated."""

    transfer: str
    payer: str
    payee: str
    payer_states: Decimal
    payee_states: Decimal
    eliminated: Decimal
    sentence: str
    figures: str
    """Both sides' figures, each called by how it came about, in a sentence."""


@dataclass(frozen=True, slots=True)
class Consolidation:
    """Every elimination, and every transfer that has something to settle."""

    eliminations: tuple[Elimination, ...]
    mismatches: tuple[Mismatch, ...]


def _stated(flow: Flow) -> tuple[Decimal, Decimal]:
    """What the payer and the payee state, pounds; what one states is the other's too where that states nothing."""
    figures = [to_penny(f) for f in (flow.payer_states, flow.payee_states) if f is not None]
    if not figures:
        raise ValueError(f"Transfer {flow.transfer} states no amount on either side.")
    return figures[0], figures[-1]


def consolidate(parts: Iterable[Part], flows: Sequence[Flow]) -> Consolidation:
    """Take money out once for each transfer, never more than a part holds in either view."""
    known = {part.number: part for part in parts}
    room: Room = {
        view: {number: max(part.amount, NOTHING) for number, part in known.items()} for view in View
    }
    eliminations: list[Elimination] = []
    mismatches: list[Mismatch] = []
    for flow in sorted(flows, key=lambda flow: flow.transfer):
        stated, payee_states = _stated(flow)
        paying = _room_to_pay(flow, room)
        receiving = {number: room[View.COMMISSIONER][number] for number in flow.payee_parts}
        payer_holds, payee_holds = _sum(paying), _sum(receiving)
        taken = max(min(stated, payee_states, payer_holds, payee_holds), NOTHING)
        if taken != stated or payee_states != stated:
            mismatches.append(_mismatch(flow, stated, payee_states, payer_holds, payee_holds, taken))
        if taken > 0:
            eliminations += _take_out(flow, taken, known, paying, receiving, room)
    return Consolidation(tuple(eliminations), tuple(mismatches))


def _room_to_pay(flow: Flow, room: Room) -> dict[int, Decimal]:
    """What the payer's parts still hold: for an allocation, in both views, since it leaves both."""
    views = tuple(View) if flow.allocation else (View.PROVIDER,)
    return {number: min(room[view][number] for view in views) for number in flow.payer_parts}


def _take_out(
    flow: Flow,
    taken: Decimal,
    known: dict[int, Part],
    paying: dict[int, Decimal],
    receiving: dict[int, Decimal],
    room: Room,
) -> list[Elimination]:
    """Share one transfer out over the kinds of money at both ends, then over the parts of each kind."""
    givers, takers = _by_switches(paying, known), _by_switches(receiving, known)
    from_payer = apportion(taken, {kind: _sum(held) for kind, held in givers.items()})
    to_payee = apportion(taken, {kind: _sum(held) for kind, held in takers.items()})
    rows: list[Elimination] = []
    for payer_kind, payee_kind, pair in _paired(from_payer, to_payee):
        both = payer_kind | payee_kind
        for number, part in _part_by_part(pair, givers[payer_kind]):
            room[View.PROVIDER][number] -= part
            rows.append(Elimination(flow.transfer, View.PROVIDER, number, both, part))
            if flow.allocation:
                room[View.COMMISSIONER][number] -= part
                rows.append(Elimination(flow.transfer, View.COMMISSIONER, number, both, part))
        for number, part in _part_by_part(pair, takers[payee_kind]):
            room[View.COMMISSIONER][number] -= part
            if not flow.allocation:
                rows.append(Elimination(flow.transfer, View.COMMISSIONER, number, both, part))
    return rows


def _part_by_part(amount: Decimal, held: dict[int, Decimal]) -> list[tuple[int, Decimal]]:
    """Share an amount out over parts by what they hold, and take it off what they hold."""
    shares = [(number, part) for number, part in apportion(amount, held).items() if part]
    for number, part in shares:
        held[number] -= part
    return shares


def _paired(from_payer: dict[int, Decimal], to_payee: dict[int, Decimal]) -> list[tuple[int, int, Decimal]]:
    """Pair the kinds of money at the two ends: each with its own kind first, then whatever is left.

    >>> _paired({0: Decimal(60), 1: Decimal(40)}, {1: Decimal(70), 2: Decimal(30)})
    [(1, 1, Decimal('40')), (0, 1, Decimal('30')), (0, 2, Decimal('30'))]
    """
    giving, taking = dict(from_payer), dict(to_payee)
    pairs = []
    alike = [(kind, kind) for kind in giving if kind in taking]
    for payer_kind, payee_kind in (*alike, *product(giving, taking)):
        amount = min(giving[payer_kind], taking[payee_kind])
        if amount > 0:
            giving[payer_kind] -= amount
            taking[payee_kind] -= amount
            pairs.append((payer_kind, payee_kind, amount))
    return pairs


def _by_switches(held: dict[int, Decimal], known: dict[int, Part]) -> dict[int, dict[int, Decimal]]:
    kinds: defaultdict[int, dict[int, Decimal]] = defaultdict(dict)
    for number, amount in held.items():
        if amount > 0:
            kinds[known[number].switches][number] = amount
    return dict(sorted(kinds.items()))


def _sum(held: dict[int, Decimal]) -> Decimal:
    return sum(held.values(), NOTHING)


def _mismatch(
    flow: Flow,
    stated: Decimal,
    payee_states: Decimal,
    payer_holds: Decimal,
    payee_holds: Decimal,
    taken: Decimal,
) -> Mismatch:
    figures = _figures(flow, stated, payee_states)
    if payee_states != stated:
        why = (
            f"{figures.removesuffix('.')}; the lower is counted as passing between them until the two agree."
        )
    elif payer_holds < stated:
        why = (
            f"The transfer is put at {exact_pounds(stated)}, but the payer’s line holds only "
            f"{exact_pounds(payer_holds)}. Correct the transfer or the line that it names."
        )
    else:
        why = (
            f"The transfer is put at {exact_pounds(stated)}, but only {exact_pounds(payee_holds)} of the "
            "payee’s spending is on the map. Ask the payee for the rest of its budget."
        )
    received = min(payee_states, payee_holds)
    return Mismatch(flow.transfer, flow.payer, flow.payee, stated, received, taken, why, figures)


def _figures(flow: Flow, payer: Decimal, payee: Decimal) -> str:
    """What the two sides' figures are, in a sentence."""
    paid = figure_of("the payer", flow.payer_provenance, payer)
    return f"{opened(paid)}, and {figure_of('the payee', flow.payee_provenance, payee)}."
