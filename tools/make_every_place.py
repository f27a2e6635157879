"""Make every English place's first map, load each into a store of its own and prove every law over it.

    python -m tools.make_every_place [FIRST_LETTERS…]

Prints a line for each place: bodies, parts, total, seconds, and what fails. Exit status 1 where anything does. Takes
about ten minutes for all 152.
"""

import sys
import tempfile
import time
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from budget_model.contribute.load_place import read_place
from budget_model.place.england import england
from budget_model.problem import Refusal
from budget_model.scope import Scope
from budget_model.store.checks import check
from budget_model.store.first_maps import make_place
from budget_model.store.load_place import keep_read_place
from budget_model.store.spending import total
from budget_model.store.store import Store

REFERENCE = Path(__file__).resolve().parents[1] / "data" / "reference"


@dataclass(frozen=True)
class Made:
    """How the making of one place went."""

    name: str
    bodies: int
    parts: int
    total: Decimal
    unmapped: Decimal
    seconds: float
    fails: tuple[str, ...]


def made(name: str, folder: Path) -> Made:
    """Make, load and check one place inside a folder."""
    started = time.perf_counter()
    try:
        read = read_place(make_place(name, folder / "place", places=folder), REFERENCE)
    except Refusal as refusal:
        reasons = (refusal.sentence, *(str(problem) for problem in refusal.problems[:5]))
        return Made(name, 0, 0, Decimal(0), Decimal(0), time.perf_counter() - started, reasons)
    with Store(folder / "store.duckdb") as store:
        keep_read_place(store, read, by="first map")
        seconds = time.perf_counter() - started
        fails = tuple(trouble for law in check(store) for trouble in law.troubles)
        whole = total(store, Scope(read.place.default_year))
        bodies = len({sent.submission.organisation for sent in read.submissions})
        return Made(name, bodies, len(read.submissions), whole.total, whole.unmapped, seconds, fails)


def main(starts: list[str]) -> int:
    """Make each place whose name starts with one of the letters, or all."""
    failed = 0
    for council in england().upper_tier:
        if starts and not council.name.startswith(tuple(starts)):
            continue
        with tempfile.TemporaryDirectory() as folder:
            one = made(council.name, Path(folder))
        print(
            f"{one.name}: {one.bodies} bodies, {one.parts} parts, £{one.total:,.0f}, £{one.unmapped:,.0f} unmapped, "
            f"{one.seconds:.1f} s{''.join(f'{chr(10)}  FAILS {reason}' for reason in one.fails)}",
            flush=True,
        )
        failed += bool(one.fails)
    print(f"{failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
