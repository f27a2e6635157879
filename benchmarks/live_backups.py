"""Whether a backup made while people work is the store as it was at one moment: to the byte and the penny.

    python -m benchmarks.live_backups --histories 20

A history is what one thread does at random to a small place's store, in the ways of `kill_at_random`, while another
reads totals, as pages do. Meanwhile the store is backed up. Each backup is brought back beside, every other one from its
tables alone; every row of every table, every byte of every file and every year's total must be those of the moment at which
the newest entry of its audit was written, and every law has to hold.
"""

import argparse
import hashlib
import random
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from benchmarks.kill_at_random import ACTS, _made
from budget_model.access import Act
from budget_model.scope import Scope
from budget_model.store import chain
from budget_model.store.backup import DATABASE, backup, restore
from budget_model.store.checks import check
from budget_model.store.spending import total, years
from budget_model.store.store import Store, Writer

BACKUPS: Final = 2
"""Of each history."""
LONGEST_WAIT: Final = 1.5
"""Seconds from the beginning, or from the last backup, to the next."""
BROUGHT_BACK: Final = "backup brought back"
AS_IT_WAS_MADE: Final = "migration"
"""The steps by which a store was made: one that is made from its tables takes them anew."""


@dataclass(frozen=True, slots=True)
class Moment:
    """The store as one entry of the audit left it: a fingerprint of each table's rows, and each year's total."""

    tables: dict[str, str]
    totals: dict[str, Decimal]


def moment_of(store: Store) -> Moment:
    """The store as it stands, but for the entry that says that it was brought back."""
    names = sorted(
        str(name) for (name,) in store.select("select table_name from duckdb_tables() where not internal")
    )
    tables = {name: _mark(store, name) for name in names if name != AS_IT_WAS_MADE}
    return Moment(tables, {year: total(store, Scope(year=year)).total for year in years(store)})


def _mark(store: Store, table: str) -> str:
    rows = store.table(f'select * from "{table}"').to_pylist()
    kept = sorted(repr(row) for row in rows if row.get("what") != BROUGHT_BACK)
    return hashlib.sha256("\n".join(kept).encode()).hexdigest()


class Noted(Store):
    """A store that notes how each of its changes left it, by the number of the audit's entry."""

    moments: dict[int, Moment]

    @contextmanager
    def writing(self, act: Act | None = None, body: str = "", *, audited: bool = True) -> Iterator[Writer]:
        """One change, and what it left, before anybody makes the next."""
        with self._shared.writing:
            with super().writing(act, body, audited=audited) as writer:
                yield writer
            self.moments[chain.head_of(self.select).number] = moment_of(self)


@dataclass(slots=True)
class History:
    """What was found of one history: how many changes were kept, and what was wrong with its backups."""

    changes: int = 0
    backups: int = 0
    troubles: list[str] = field(default_factory=list)
    moments: dict[int, Moment] = field(default_factory=dict)
    """What each entry of the audit left."""


def live_history(folder: Path, seed: int) -> History:
    """Work at random on a store, back it up meanwhile, and hold what is brought back against what was there."""
    chance, stop = random.Random(seed), threading.Event()
    path = _made(folder)
    faults: list[BaseException] = []
    with Noted(path) as store:
        store.moments = {chain.head_of(store.select).number: moment_of(store)}
        threads = [
            threading.Thread(target=_until, args=(stop, faults, lambda: _change(store, chance))),
            threading.Thread(target=_until, args=(stop, faults, lambda: _look(store))),
        ]
        for thread in threads:
            thread.start()
        waits = random.Random(-seed)
        made = []
        for _ in range(BACKUPS):
            stop.wait(waits.uniform(0.05, LONGEST_WAIT))
            made.append(backup(store, folder / "backups").folder)
        stop.set()
        for thread in threads:
            thread.join()
        moments = store.moments
    history = History(
        len(moments) - 1, len(made), [f"{type(fault).__name__}: {fault}" for fault in faults], moments
    )
    for number, one in enumerate(made):
        history.troubles += apart(one, folder / f"again{number}.duckdb", moments, from_tables=number % 2 == 1)
    return history


def _until(stop: threading.Event, faults: list[BaseException], do: Any) -> None:
    try:
        while not stop.is_set():
            do()
    except BaseException as fault:
        faults.append(fault)


def _change(store: Store, chance: random.Random) -> None:
    chance.choice(ACTS)(store, f"live-{chance.randrange(10**9)}")


def _look(store: Store) -> None:
    for year in years(store):
        total(store, Scope(year=year))


def apart(folder: Path, path: Path, moments: dict[int, Moment], *, from_tables: bool = False) -> list[str]:
    """How a backup, brought back, differs from the store as it was at the newest entry that it holds."""
    if from_tables:
        (folder / DATABASE).unlink()
    restore(folder, path)
    with Store(path) as store:
        entries = [entry for entry in chain.entries(store.select) if entry.what != BROUGHT_BACK]
        then, now = moments.get(entries[-1].number), moment_of(store)
        broken = [f"{law.law}: {law.troubles[0]}" for law in check(store) if law.troubles]
    if then is None:
        return [*broken, f"{folder.name} ends with entry {entries[-1].number}, which no change left."]
    tables = [
        f"{folder.name}: {name} differs" for name, mark in then.tables.items() if now.tables[name] != mark
    ]
    money = [] if then.totals == now.totals else [f"{folder.name}: {then.totals} became {now.totals}"]
    return broken + tables + money


def main() -> int:
    """Live through so many histories, and say what was wrong with their backups."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--histories", type=int, default=20)
    parser.add_argument("--seed", type=int, default=16)
    options = parser.parse_args()
    histories = []
    for number in range(1, options.histories + 1):
        folder = Path(tempfile.mkdtemp(prefix="budget-live-"))
        histories.append(live_history(folder, options.seed + number))
        shutil.rmtree(folder)
        one = histories[-1]
        print(
            f"history {number}: {one.changes} changes, {one.backups} backups, {len(one.troubles)} troubles",
            flush=True,
        )
        for trouble in one.troubles:
            print(f"  {trouble}")
    wrong = sum(len(history.troubles) for history in histories)
    backups, changes = (
        sum(getattr(history, name) for history in histories) for name in ("backups", "changes")
    )
    print(
        f"{len(histories)} histories, {changes} changes, {backups} live backups brought back, {wrong} that differ."
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
