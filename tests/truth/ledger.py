"""The map counted again from its entries, in plain Python: no query, answer or finding of the product is used.

An entry is one line's amount on one board, or what is taken out because another body holds the same money.
"""

import csv
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from budget_model.scope import Scope
from budget_model.store.store import Store

DERBY = Path(__file__).parents[2] / "data" / "derby"
ZERO = Decimal(0)
SWITCH_BITS = {"schools": 1, "transfers_to_individuals": 2, "capital": 4, "housing_revenue_account": 8}
"""Which bit of an entry stands for which switch; `test_the_switches` holds them against what they leave out."""
COLUMNS = (
    "entry", "line", "submission", "organisation", "year", "phase", "best", "side", "first", "kind", "service",
    "theme", "cofog", "ring_fence", "grade", "switches", "amount", "provenance",
)  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """One entry of the map as it is kept."""

    entry: str
    line: int
    submission: int
    organisation: str
    year: str
    phase: str
    best: bool
    side: str
    first: bool
    kind: str
    service: str
    theme: str
    cofog: str
    ring_fence: str
    grade: int
    switches: int
    amount: Decimal
    provenance: str


@dataclass(frozen=True)
class Ledger:
    """Every entry that a scope asks for, and what things are called."""

    scope: Scope
    entries: tuple[Entry, ...]
    names: dict[str, str]
    short: dict[str, str]

    def sums(self, *keys: Callable[[Entry], str]) -> dict[tuple[str, ...], Decimal]:
        """Pounds by some keys, the largest first, ties by key."""
        found: defaultdict[tuple[str, ...], Decimal] = defaultdict(lambda: ZERO)
        for entry in self.entries:
            found[tuple(key(entry) for key in keys)] += entry.amount
        return dict(sorted(found.items(), key=lambda part: (-part[1], part[0])))

    def total(self, of: Iterable[Entry] | None = None) -> Decimal:
        """The sum of some entries, else of all."""
        return sum((entry.amount for entry in (self.entries if of is None else of)), ZERO)

    def called(self, key: str) -> str:
        """What a body, board or service is called."""
        return self.names.get(key, key)


def ledger(store: Store, scope: Scope) -> Ledger:
    """The entries of a scope, picked by rules written down here anew."""
    rows = store.select(f"select {', '.join(COLUMNS)} from mapped")
    entries = tuple(entry for row in rows if _asked(entry := Entry(*row), scope))
    return Ledger(scope, entries, _names(store, "name"), _names(store, "short_name"))


def _asked(entry: Entry, scope: Scope) -> bool:
    if entry.year != scope.year or not (entry.best if scope.phase is None else entry.phase == scope.phase):
        return False
    if entry.entry not in ("line", f"out of {scope.view} view"):
        return False
    if any(entry.switches & bit and not getattr(scope, switch) for switch, bit in SWITCH_BITS.items()):
        return False
    if scope.basis == "gross" and entry.side != "expenditure":
        return False
    if scope.organisations and entry.organisation not in scope.organisations:
        return False
    return not scope.themes or entry.theme in scope.themes


def _names(store: Store, column: str) -> dict[str, str]:
    names: dict[str, str] = {}
    for table in ("service", "theme", "organisation"):
        if column == "short_name" and table == "service":
            continue
        names |= {key: name for key, name in store.select(f"select id, {column} from {table}") if name}
    return names


def by(attribute: str) -> Callable[[Entry], str]:
    """A key of an entry, as `sums` takes it."""
    return lambda entry: str(getattr(entry, attribute))


def table(name: str) -> list[dict[str, Any]]:
    """The rows of a file of the worked example."""
    with (DERBY / f"{name}.csv").open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))
