"""What passes between the place's own bodies in one scope, so that each of them shows it and it counts once."""

from dataclasses import dataclass
from decimal import Decimal

from budget_model.scope import Scope
from budget_model.store.spending import switched_off
from budget_model.store.store import Store


@dataclass(frozen=True, slots=True)
class Passing:
    """One transfer between two mapped bodies, and the pounds of it that are taken out of the gross."""

    transfer: str
    payer: str
    payee: str
    what: str
    source: str
    amount: Decimal


def passing_between(store: Store, scope: Scope) -> tuple[Passing, ...]:
    """Every transfer that a scope takes out, the largest first; selections of bodies do not narrow it."""
    asked = {
        "year": scope.year,
        "phase": str(scope.phase) if scope.phase else None,
        "switched_off": switched_off(scope),
    }
    return tuple(Passing(*row) for row in store.ask("passing_between", asked))
