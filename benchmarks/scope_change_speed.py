"""How long a scope change takes, beside the bare grouped query over the same map, in one run.

    python -m benchmarks.scope_change_speed [--lines 1000000]

Prints milliseconds (median of seven) and the ratio of the Overview's questions to one bare query.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from itertools import cycle
from pathlib import Path

from benchmarks.large_place import YEAR, fill, large_place
from budget_model.scope import Scope
from budget_model.store.spending import by, total
from budget_model.store.store import Store
from budget_model.vocabulary import Dimension, View

BARE = "select organisation, sum(amount) from mapped where year = $year group by organisation"


def milliseconds(work: Callable[[], object], times: int = 7) -> float:
    """The median time of one piece of work, after one that is not counted."""
    work()
    taken = []
    for _ in range(times):
        started = time.perf_counter()
        work()
        taken.append((time.perf_counter() - started) * 1000)
    return statistics.median(taken)


def main() -> None:
    """Measure both in turn over the same store."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=1_000_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder) / "large.duckdb") as store:
        fill(store, large_place(60), options.lines)
        scopes = cycle(
            Scope(year=YEAR, view=view, capital=capital) for view in View for capital in (True, False)
        )

        def change() -> None:
            scope = next(scopes)
            total(store, scope)
            by(store, scope, Dimension.ORGANISATION)
            by(store, scope, Dimension.THEME)

        bare = milliseconds(lambda: store.select(BARE, {"year": YEAR}))
        asked = milliseconds(change)
        print(
            f"{options.lines} lines: bare grouped query {bare:.0f} ms, a scope change {asked:.0f} ms, "
            f"ratio {asked / bare:.1f}"
        )


if __name__ == "__main__":
    main()
