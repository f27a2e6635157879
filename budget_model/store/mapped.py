"""The map, made again from what is in force: the place's share of every line, and what is counted twice.

The map holds nothing of its own. It can be thrown away and made again from the submissions, the mapping
and the place at any time, and a check proves that it agrees with them.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from budget_model.count.consolidate import Consolidation, Flow, Mismatch, Part, consolidate
from budget_model.place.model import TransferKind
from budget_model.store.store import Row, Store, Writer
from budget_model.vocabulary import Provenance

BEST = "best"
"""The map of each organisation's best phase, beside one map for each phase by itself."""


@dataclass(frozen=True, slots=True)
class _Transfer:
    """A transfer as the store knows it, both sides' figures already the place's share, in pounds."""

    id: str
    payer: str
    payer_service: str
    payer_codes: tuple[str, ...]
    payee: str
    payee_service: str
    payer_states: Decimal | None
    payee_states: Decimal | None
    kind: TransferKind
    payer_provenance: Provenance
    payee_provenance: Provenance


@dataclass(frozen=True, slots=True)
class _Row:
    """A part of the map with what a transfer can name it by."""

    part: Part
    code: str

    def is_in(self, service: str, codes: tuple[str, ...] = ()) -> bool:
        """Whether it is of a service and has one of some codes, where any are named."""
        return self.part.service == (service or self.part.service) and (not codes or self.code in codes)


def map_year(writer: Writer, year: str) -> None:
    """Make the map of one year again, inside a change that is already open."""
    writer.execute("delete from mapped where year = $year", {"year": year})
    writer.ask("map_lines", {"year": year})
    transfers = _transfers(writer.ask("transfers_of_year", {"year": year}))
    if transfers:
        _take_out_what_is_counted_twice(writer, year, transfers)
    writer.execute("delete from mapped_sum where year = $year", {"year": year})
    writer.ask("sum_map", {"year": year})


def _take_out_what_is_counted_twice(writer: Writer, year: str, transfers: tuple[_Transfer, ...]) -> None:
    for phase, best in _maps(writer, year):
        rows = _rows(writer, year, phase if not best else BEST, transfers)
        done = consolidate([row.part for row in rows], _flows(transfers, rows))
        _keep(writer, phase, best, done)


def _maps(writer: Writer, year: str) -> list[tuple[str, bool]]:
    """The maps of a year: one of each phase, and one of the best phases unless a single phase is all."""
    phases = [str(row[0]) for row in writer.ask("phases_on_map", {"year": year})]
    if len(phases) == 1:
        return [(phases[0], True)]
    return [("", True), *((phase, False) for phase in phases)]


def map_everything(writer: Writer) -> None:
    """Make the map of every year again: after the place itself has changed."""
    for row in writer.execute("select distinct year from submission order by year"):
        map_year(writer, str(row[0]))


def sum_everything(writer: Writer) -> None:
    """Add up the map of every year again: after it has changed what works towards the place's measures."""
    writer.execute("delete from mapped_sum")
    writer.ask("sum_map", {"year": None})


def mismatches(store: Store, year: str) -> tuple[Mismatch, ...]:
    """Transfers of a year that the two sides' books do not agree on, to be settled between them."""
    transfers = _transfers(store.ask("transfers_of_year", {"year": year}))
    if not transfers:
        return ()
    rows = _rows(store, year, BEST, transfers)
    return consolidate([row.part for row in rows], _flows(transfers, rows)).mismatches


def _transfers(rows: Iterable[Row]) -> tuple[_Transfer, ...]:
    return tuple(
        _Transfer(
            str(identity),
            str(payer),
            str(payer_service),
            tuple(codes or ()),
            str(payee),
            str(payee_service),
            payer_states,
            payee_states,
            TransferKind(kind),
            Provenance(payers),
            Provenance(payees),
        )
        for identity, payer, payer_service, codes, payee, payee_service, payer_states, payee_states, kind, payers, payees in rows
    )


def _rows(asker: Store | Writer, year: str, phase: str, transfers: tuple[_Transfer, ...]) -> list[_Row]:
    bodies = sorted({body for transfer in transfers for body in (transfer.payer, transfer.payee)})
    asked = {"year": year, "phase": None if phase == BEST else phase, "organisations": bodies}
    return [
        _Row(Part(int(number), organisation, service, amount, int(switches)), code or "")
        for number, organisation, service, amount, switches, code in asker.ask("parts_of_bodies", asked)
    ]


def _flows(transfers: tuple[_Transfer, ...], rows: list[_Row]) -> list[Flow]:
    """Find the parts that each transfer can be in; one whose two bodies are not both mapped is left out."""
    of_body: defaultdict[str, list[_Row]] = defaultdict(list)
    for row in rows:
        of_body[row.part.organisation].append(row)
    flows = []
    for transfer in transfers:
        paying, receiving = of_body[transfer.payer], of_body[transfer.payee]
        if not paying or not receiving:
            continue
        flows.append(
            Flow(
                transfer.id,
                transfer.payer,
                transfer.payee,
                transfer.payer_states,
                transfer.payee_states,
                tuple(
                    row.part.number
                    for row in paying
                    if row.is_in(transfer.payer_service, transfer.payer_codes)
                ),
                tuple(row.part.number for row in receiving if row.is_in(transfer.payee_service)),
                transfer.kind is TransferKind.ALLOCATION,
                transfer.payer_provenance,
                transfer.payee_provenance,
            )
        )
    return flows


def _keep(writer: Writer, phase: str, best: bool, done: Consolidation) -> None:
    if not done.eliminations:
        return
    writer.execute(
        "create or replace temporary table taken_out "
        "(part bigint, transfer varchar, entry varchar, switches utinyint, amount decimal(18, 2))"
    )
    writer.add(
        "taken_out",
        ("part", "transfer", "entry", "switches", "amount"),
        [
            (row.part, row.transfer, f"out of {row.view} view", row.switches, row.amount)
            for row in done.eliminations
        ],
    )
    writer.ask("map_eliminations", {"phase": phase, "best": best})
    writer.execute("drop table taken_out")
