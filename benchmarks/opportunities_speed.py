"""How long 60 organisations of 2,000 lines each take, from the store to ranked opportunities.

Run `python -m benchmarks.opportunities_speed`: it makes an invented place in a temporary store, with every
line on the map, and prints the best of several times of each step and the most memory that the process has
held. As in real budgets, one line in ten has conditions of its own and the others their service's; with
`--mixed` every line has conditions drawn by lot, so that hardly any two can be added up: the worst that there
can be. `--example` works the worked example instead, and `--portfolio` chooses among 1,200 made-up options.
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
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from budget_model.contribute.load_place import read_place
from budget_model.contribute.submission import BudgetLine, ServiceShare, Submission
from budget_model.place.loading import load
from budget_model.place.model import Organisation, Place
from budget_model.scope import Scope
from budget_model.store import joint
from budget_model.store.load_place import keep_read_place
from budget_model.store.places import keep_place
from budget_model.store.store import Store
from budget_model.together.alignment import matrix, pairs
from budget_model.together.opportunities import find
from budget_model.together.portfolio import Option, PortfolioLimits
from budget_model.together.portfolio_search import choose
from budget_model.vocabulary import (
    Discretion,
    OrganisationStatus,
    OrganisationType,
    Phase,
    RingFence,
    Sensitivity,
)
from tests.towns import receive

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
    parser.add_argument("--example", action="store_true", help="the worked example, whole")
    parser.add_argument("--portfolio", action="store_true", help="1,200 options within limits")
    parser.add_argument("--times", type=int, default=3, help="the best of so many is printed")
    options = parser.parse_args()
    if options.portfolio:
        portfolio(options.times)
        return
    if options.example:
        example(options.times)
        return
    place = invented_place(options.organisations)
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder) / "budget.duckdb") as store:
        with store.writing() as writer:
            keep_place(writer, place)
        chance = random.Random(2006)
        for body in place.organisations:
            receive(store, submission(body, place, options, chance), b"", by="benchmark")
        before = peak()
        print(f"{options.organisations} organisations × {options.lines} lines; {before} MB before")
        steps(store, options.times)
        print(f"most memory held: {peak()} MB")


def steps(store: Store, times: int) -> None:
    """Time each step from the store to what the pages show."""
    scope = Scope(year=YEAR)
    spend, first = timed("spending, from the store", lambda: joint.joint_spend(store, scope), times)
    print(f"  {len(spend):,} sums at the grain of working together")
    facts, second = timed("facts, from the store", lambda: joint.facts(store, TODAY), times)
    opportunities, third = timed("candidates and scores", lambda: find(spend, facts, on=TODAY), times)
    print(
        f"  {len(opportunities.opportunities):,} opportunities; from the store to the ranked list {first + second + third:.2f} s"
    )
    timed("pairs of bodies", lambda: pairs(spend), times)
    timed("matrix of bodies", lambda: matrix(spend, "overlap"), times)
    timed("lines of the first", lambda: joint.lines_of(store, scope, opportunities.opportunities[0]), times)


def example(times: int) -> None:
    """The worked example, loaded into a temporary store."""
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder) / "budget.duckdb") as store:
        keep_read_place(store, read_place(DATA / "derby", DATA / "reference"), by="benchmark")
        print("The worked example")
        steps(store, times)


def portfolio(times: int) -> None:
    """Choose among 1,200 options of 400 opportunities of 20 bodies, as far as their effort and pools go."""
    chance = random.Random(2006)
    bodies = [f"body-{number:02}" for number in range(20)]
    options = []
    for number in range(400):
        partners = chance.sample(bodies, chance.randint(2, 4))
        joined, score = Decimal(chance.randint(1, 400)) / 10, Decimal(chance.randint(250, 900)) / 10
        for level, effort, reach in ((3, 2, "0.5"), (5, 3, "0.8"), (6, 4, "1")):
            options.append(
                Option(
                    f"opportunity-{number:03}",
                    level,
                    score * joined * Decimal(reach),
                    effort=dict.fromkeys(partners, Decimal(effort)),
                    pooled=dict.fromkeys(partners, joined * 1_000_000) if level == 6 else {},
                    needs=(f"opportunity-{number - 1:03}",) if number % 10 == 9 else (),
                )
            )
    every = {body: Decimal(30) for body in bodies}
    few = PortfolioLimits(effort={bodies[0]: Decimal(30)}, pools=25)
    many = PortfolioLimits(effort=every, pooled=dict.fromkeys(bodies, Decimal(60_000_000)), pools=25)
    for said, limits, seconds in (("two limits", few, 1), ("41 limits", many, 1), ("41 limits", many, 10)):
        choice, _ = timed(
            f"{len(options):,} options within {said}, {seconds} s given",
            partial(choose, options, limits, Decimal(100_000), seconds),
            times if seconds == 1 else 1,
        )
        print(f"  {len(choice.chosen)} taken up, {len(choice.binding)} limits bind. {choice.sentence}")


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


def timed(what: str, run: Callable[[], Result], times: int) -> tuple[Result, float]:
    """Run a step several times, print the best, and give what it gave and how long the best took."""
    clock, work = [], []
    for _ in range(times):
        started, worked = time.perf_counter(), time.process_time()
        done = run()
        clock.append(time.perf_counter() - started)
        work.append(time.process_time() - worked)
    print(f"{what}: {min(clock):.2f} s, {min(work):.2f} s of work")
    return done, min(clock)


def peak() -> int:
    """The most memory that the process has held so far, MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()
