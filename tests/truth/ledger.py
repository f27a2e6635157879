"""The map counted again from its entries, in plain Python: no query, answer or finding of the product is used.

An entry is one line's amount on one board, or what is taken out because another body holds the same money.
"""

import csv
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from budget_model.answers import Answers
from budget_model.exhibits import catalogue
from budget_model.exhibits.exhibit import Exhibit
from budget_model.scope import Scope
from budget_model.store.store import Store

DERBY = Path(__file__).parents[2] / "data" / "derby"
REFERENCE = DERBY.parent / "reference"
ZERO = Decimal(0)
SWITCH_BITS = {"schools": 1, "transfers_to_individuals": 2, "capital": 4, "housing_revenue_account": 8}
"""Which bit of an entry stands for which switch; `test_the_switches` holds them against what they leave out."""
COLUMNS = (
    "entry",
    "line",
    "submission",
    "organisation",
    "year",
    "phase",
    "best",
    "side",
    "first",
    "kind",
    "service",
    "theme",
    "cofog",
    "ring_fence",
    "grade",
    "switches",
    "amount",
    "provenance",
    "funding",
    "share",
    "discretion",
    "nature",
    "stage",
    "client_group",
)


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
    funding: str
    share: str
    discretion: str
    nature: str
    stage: str
    client_group: str


@dataclass(frozen=True)
class Ledger:
    """Every entry that a scope asks for, and what things are called."""

    scope: Scope
    entries: tuple[Entry, ...]
    names: dict[str, str]
    short: dict[str, str]
    _added_up: dict[tuple[Callable[[Entry], str], ...], dict[tuple[str, ...], Decimal]] = field(
        default_factory=dict, compare=False, repr=False
    )
    _spent: list["Ledger"] = field(default_factory=list, compare=False, repr=False)

    def sums(self, *keys: Callable[[Entry], str]) -> dict[tuple[str, ...], Decimal]:
        """Pounds by some keys, the largest first, ties by key; added up once by the same keys."""
        if keys not in self._added_up:
            found: defaultdict[tuple[str, ...], Decimal] = defaultdict(lambda: ZERO)
            for entry in self.entries:
                found[tuple(key(entry) for key in keys)] += entry.amount
            self._added_up[keys] = dict(sorted(found.items(), key=lambda part: (-part[1], part[0])))
        return dict(self._added_up[keys])

    def total(self, of: Iterable[Entry] | None = None) -> Decimal:
        """The sum of some entries, else of all."""
        return sum((entry.amount for entry in (self.entries if of is None else of)), ZERO)

    def on_services(self) -> "Ledger":
        """The same without what is paid to people, which buys no service."""
        if not self._spent:
            spent = tuple(entry for entry in self.entries if entry.kind != "transfer to individuals")
            self._spent.append(Ledger(self.scope, spent, self.names, self.short))
        return self._spent[0]

    def called(self, key: str) -> str:
        """What a body, board or service is called."""
        return self.names.get(key, key)


def ledger(store: Store, scope: Scope) -> Ledger:
    """The entries of a scope, picked by rules written down here anew."""
    entries = tuple(entry for entry in _entries(store, store.changes) if _asked(entry, scope))
    return Ledger(scope, entries, _names(store, "name"), _names(store, "short_name"))


@lru_cache(maxsize=1)
def _entries(store: Store, _changes: int) -> tuple[Entry, ...]:
    """Every entry of a store as it is after so many changes."""
    return tuple(Entry(*row) for row in store.select(f"select {', '.join(COLUMNS)} from mapped"))


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


def listed_rows(name: str) -> list[dict[str, str]]:
    """The rows of a list that all places share."""
    return list(_rows(REFERENCE / f"{name}.csv"))


@cache
def _rows(file: Path) -> tuple[dict[str, Any], ...]:
    with file.open(encoding="utf-8", newline="") as opened_file:
        return tuple(csv.DictReader(opened_file))


@cache
def by(attribute: str) -> Callable[[Entry], str]:
    """A key of an entry, as `sums` takes it."""
    return lambda entry: str(getattr(entry, attribute))


def table(name: str) -> list[dict[str, Any]]:
    """The rows of a file of the worked example."""
    return list(_rows(DERBY / f"{name}.csv"))


def listed(things: list[str], most: int = 4) -> str:
    """Names with commas and 'and'; past `most` the rest are counted, unless only one is left."""
    if len(things) > most + 1:
        things = [*things[:most], f"{in_words(len(things) - most)} others"]
    *first, last = things
    return f"{', '.join(first)} and {last}" if first else last


def in_words(count: int) -> str:
    """A count below ten in words."""
    words = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
    return words[count] if count < len(words) else str(count)


def opened(sentence: str) -> str:
    """A sentence with a capital at its start."""
    return sentence[0].upper() + sentence[1:]


def within(name: str) -> str:
    """A service's name inside a sentence: a small letter, but for a proper name."""
    capitals = name[1].isupper() or any(word[0].isupper() for word in name.split()[1:])
    return name if capitals else name[0].lower() + name[1:]


@cache
def least_payer() -> Decimal:
    """With less than this nobody is called a payer: so much for each resident of the worked example."""
    weights = tomllib.loads((REFERENCE / "weights.toml").read_text(encoding="utf-8"))
    return Decimal(weights["rules"]["least_partner_per_resident"]["value"]) * residents()


@cache
def residents(year: int = 2016) -> int:
    """The count of all residents that is written down for a year."""
    (count,) = (row for row in table("populations") if (row["area"], row["year"]) == ("Derby", str(year)))
    return int(count["population"])


def finding(answers: Answers, chart: str) -> Any:
    """What a chart says, or why it has nothing to say."""
    shown = catalogue.show(answers, chart)
    return getattr(shown, "finding", "") or getattr(shown, "sentence", "")


def why(answers: Answers, chart: str) -> Any:
    """The reason beneath what a chart says; nothing beneath why it is empty."""
    return getattr(catalogue.show(answers, chart), "why", "")


def above(sums: dict[tuple[str, ...], Decimal]) -> list[tuple[str, Decimal]]:
    """The parts above zero, the largest first."""
    return [(key[0], amount) for key, amount in sums.items() if amount > 0]


def payers_of(counted: Ledger, key: str, kept: str = "theme") -> list[tuple[str, Decimal]]:
    """Who pays for one board or service, the largest first; with less than `least_payer` nobody does."""
    paid = counted.sums(by(kept), by("organisation"))
    return [
        (parts[1], amount) for parts, amount in paid.items() if parts[0] == key and amount >= least_payer()
    ]


def rows_of(answers: Answers, chart: str) -> Sequence[Any]:
    """The rows of a chart's table."""
    shown = catalogue.show(answers, chart)
    assert isinstance(shown, Exhibit)
    return shown.table.rows


def source(answers: Answers, chart: str) -> str:
    """What a chart says its figures come from."""
    shown = catalogue.show(answers, chart)
    assert isinstance(shown, Exhibit)
    return shown.source
