"""How long 60 organisations of 2,000 lines each take, from the store to ranked opportunities.

Run `python -m benchmarks.opportunities_speed`: it makes an invented place in a temporary store, with every
line on the map, and prints the time of each step and the most memory that the process has held. As in real
budgets, one line in ten has conditions of its own and the others their service's; with `--mixed` every line
has conditions drawn by lot, so that hardly any two can be added up: the worst that there can be.
"""

import argparse
import random
import resource
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from budget_model.contribute.submission import BudgetLine, ServiceShare, Submission
from budget_model.place.loading import load
from budget_model.place.model import Organisation, Place
from budget_model.scope import Scope
from budget_model.store import joint
from budget_model.store.places import keep_place
from budget_model.store.store import Store
from budget_model.store.submissions import receive
from budget_model.together.alignment import matrix, pairs
from budget_model.together.opportunities import find
from budget_model.vocabulary import (
    Discretion,
    OrganisationStatus,
    OrganisationType,
    Phase,
    RingFence,
    Sensitivity,
)

YEAR = "2016-17"
TODAY = date(2016, 4, 1)
DATA = Path(__file__).resolve().parents[1] / "data"

Result = TypeVar("Result")


def main() -> None:
    """Make the place, time each step, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--organisations", type=int, default=60)
    parser.add_argument("--lines", type=int, default=2_000)
    parser.add_argument("--mixed", action="store_true")
    options = parser.parse_args()
    place = invented_place(options.organisations)
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder) / "budget.duckdb") as store:
        with store.writing() as writer:
            keep_place(writer, place)
        chance = random.Random(2006)
        for body in place.organisations:
            receive(store, submission(body, place, options, chance), b"", by="benchmark")
        before = peak()
        print(f"{options.organisations} organisations × {options.lines} lines; {before} MB before")
        scope = Scope(year=YEAR)
        spend = timed("spending, from the store", lambda: joint.joint_spend(store, scope))
        print(f"  {len(spend):,} sums at the grain of working together")
        facts = timed("facts, from the store", lambda: joint.facts(store, TODAY))
        found = timed("opportunities", lambda: find(spend, facts, on=TODAY))
        print(f"  {len(found.opportunities):,} opportunities")
        timed("pairs of bodies", lambda: pairs(spend))
        timed("matrix of bodies", lambda: matrix(spend, "overlap"))
        timed("lines of the first", lambda: joint.lines_of(store, scope, found.opportunities[0]))
        print(f"most memory held: {peak()} MB")


def invented_place(bodies: int) -> Place:
    """Derby's lists with invented organisations."""
    place = load(DATA / "derby", DATA / "reference")
    kinds = [kind for kind in OrganisationType if kind is not OrganisationType.OTHER]
    return replace(
        place,
        organisations=tuple(
            Organisation(
                f"body-{number:02}",
                f"Body {number}",
                f"Body {number}",
                kinds[number % len(kinds)],
                OrganisationStatus.MAPPED,
                "",
                "#12436D",
                "",
                "",
            )
            for number in range(bodies)
        ),
        transfers=(),
    )


def submission(
    body: Organisation, place: Place, options: argparse.Namespace, chance: random.Random
) -> Submission:
    """One body's budget, spread over all services."""
    services = [service.id for service in place.services]
    return Submission(
        body.id,
        YEAR,
        Phase.ORIGINAL_BUDGET,
        "revenue",
        f"{body.id}.xlsx",
        body.id,
        tuple(
            BudgetLine(
                "Budget",
                row,
                "B",
                f"Line {row}",
                Decimal(chance.randint(1, 200_000_000)) / 100,
                services=(ServiceShare(chance.choice(services), Decimal(1)),),
                **(conditions(chance) if options.mixed or row % 10 == 0 else {}),
            )
            for row in range(options.lines)
        ),
        place.shares[0].id,
        2,
    )


def conditions(chance: random.Random) -> dict[str, Any]:
    """What a line says of itself, drawn by lot."""
    days = [None, None, None, date(2017, 4, 1), date(2018, 4, 1), date(2020, 4, 1)]
    return {
        "ring_fence": chance.choice(list(RingFence)),
        "discretion": chance.choice(list(Discretion)),
        "committed_until": chance.choice(days),
        "sensitivity": chance.choice(list(Sensitivity)),
        "grade": chance.randint(1, 6),
    }


def timed(what: str, run: Callable[[], Result]) -> Result:
    """Run a step, print how long it took, and give what it gave."""
    started, worked = time.perf_counter(), time.process_time()
    done = run()
    print(f"{what}: {time.perf_counter() - started:.2f} s, {time.process_time() - worked:.2f} s of work")
    return done


def peak() -> int:
    """The most memory that the process has held so far, MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()
