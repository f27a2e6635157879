"""The register of external funding in the store: what the place's files give, and what was entered since.

Entries are only ever added: the last one under an id stands, and what stood before is still there, with who and when.
"""

import json
from collections.abc import Iterable
from typing import TypeVar

from budget_model.access import Act, Asker
from budget_model.place.external import Fault, faults_of_award, faults_of_bid
from budget_model.place.model import Award, Bid
from budget_model.plain_values import from_plain, to_plain
from budget_model.problem import Refusal
from budget_model.store.places import place_of
from budget_model.store.store import Store, now
from budget_model.store.submissions import write_audit
from budget_model.together.external_funding import Register, register

Entry = TypeVar("Entry", Award, Bid)
AWARDS, BIDS = "award", "bid"
NO_BODY = "no body of the list"
"""Whose an entry is that names none: an officer of one body may not make it."""


def register_of(store: Store) -> Register:
    """Every line and bid as they stand, with one line for each bid that was won."""
    place = place_of(store)
    return register(_standing(store, AWARDS, Award, place.awards), _standing(store, BIDS, Bid, place.bids))


def _standing(store: Store, name: str, kind: type[Entry], given: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """What the place's files give, what was entered under the same id in its place, and what is new."""
    last: dict[str, Entry | None] = {}
    for subject, said, withdrawn in store.ask("external_funding_entries", {"register": name}):
        last[subject] = None if withdrawn else from_plain(kind, json.loads(said))
    stand: dict[str, Entry | None] = {one.id: one for one in given}
    stand.update(last)
    return tuple(one for one in stand.values() if one is not None)


def keep_award(store: Store, award: Award, *, by: str) -> None:
    """Put a line into the register, or a new wording of one that is there."""
    _refuse(faults_of_award(award))
    _keep(store, AWARDS, award, by=by)


def keep_bid(store: Store, bid: Bid, *, by: str) -> None:
    """Put a bid into the register, or its next state; one that is won becomes a line by itself, once."""
    _refuse(faults_of_bid(bid))
    _keep(store, BIDS, bid, by=by)


def withdraw(store: Store, entry: Award | Bid, *, by: str) -> None:
    """Take a line or a bid out of the register; its entries stay."""
    _keep(store, AWARDS if isinstance(entry, Award) else BIDS, entry, by=by, withdrawn=True)


def may_change(asker: Asker, entry: Award | Bid) -> bool:
    """Whether somebody may change an entry or take it out: whoever may enter for the body whose it is."""
    return asker.may(Act.FUND, _whose(entry))


def _whose(entry: Award | Bid) -> str:
    return (entry.holder if isinstance(entry, Award) else entry.lead) or NO_BODY


def _refuse(faults: Iterable[Fault]) -> None:
    said = " ".join(map(str, faults))
    if said:
        raise Refusal(said)


def _bodies_of(store: Store, entry: Award | Bid) -> set[str]:
    """Whose an entry is, whose was what it takes the place of, and whose is the bid that it says was won."""
    held = register_of(store)
    if isinstance(entry, Bid):
        return {_whose(entry), *(_whose(bid) for bid in held.bids if bid.id == entry.id)}
    before = (award for award in held.awards if award.id == entry.id)
    won = (bid for bid in held.bids if bid.id == entry.bid)
    return {_whose(entry), *map(_whose, before), *map(_whose, won)}


def _keep(store: Store, name: str, entry: Award | Bid, *, by: str, withdrawn: bool = False) -> None:
    """Add an entry in the name of whoever may enter for every body that it touches."""
    bodies = sorted(_bodies_of(store, entry))
    for body in bodies:
        store.asker.must(Act.FUND, body)
    with store.writing(Act.FUND, bodies[0]) as writer:
        writer.execute(
            "insert into funding_entry values ($id, $register, $subject, $said, $withdrawn, $at, $by)",
            {
                "id": writer.numbers("event_id", 1)[0],
                "register": name,
                "subject": entry.id,
                "said": json.dumps(to_plain(entry)),
                "withdrawn": withdrawn,
                "at": now(),
                "by": by,
            },
        )
        state = f", {entry.state}" if isinstance(entry, Bid) else ""
        what = f"{name} {'withdrawn' if withdrawn else 'kept'}"
        write_audit(writer, by, what, entry.id, "", f"{entry.stream}, {entry.amount}{state}")
