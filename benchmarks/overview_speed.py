"""How long the Overview takes to answer a scope change that it has not seen yet, on the server.

    python -m benchmarks.overview_speed [--lines 1000000] [--store FILE]

Runs the whole page for scopes whose answers are not kept, on the worked example and on a large place, and
prints the median milliseconds beside one bare grouped query over the same map.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.large_place import YEAR, fill, large_place
from budget_model.contribute.load_place import read_place
from budget_model.store.load_place import keep_read_place
from budget_model.store.store import Store
from budget_model.store.whole_folders import DATA

BARE = "select organisation, sum(amount) from mapped where year = $year group by organisation"
CHANGES = (
    "schools",
    "transfers_to_individuals",
    "schools",
    "capital",
    "schools",
    "transfers_to_individuals",
    "schools",
    "housing_revenue_account",
    "schools",
    "transfers_to_individuals",
    "schools",
)
"""The switches turned one after the other, such that no choice of money comes twice."""

ROOT = Path(__file__).resolve().parents[1]


def bare_milliseconds(file: Path) -> float:
    """The median time of one bare grouped query over the map."""
    taken = []
    with Store(file) as store:
        for _ in range(9):
            started = time.perf_counter()
            store.select(BARE, {"year": YEAR})
            taken.append((time.perf_counter() - started) * 1000)
    return statistics.median(taken[1:])


def page_milliseconds(file: Path) -> list[float]:
    """The times of the whole page after each change of the scope, to one that was not asked before."""
    os.environ["BUDGET_MODEL_STORE"] = str(file)
    from streamlit.testing.v1 import AppTest

    page = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=120)
    page.query_params["year"] = YEAR
    page.session_state["scope_chip_switches"] = True
    page.run()
    taken = []
    for changed in CHANGES:
        switch = next(toggle for toggle in page.toggle if toggle.key == f"scope_{changed}")
        switch.set_value(not switch.value)
        started = time.perf_counter()
        page.run()
        taken.append((time.perf_counter() - started) * 1000)
        if page.exception:
            raise RuntimeError(page.exception[0].message)
    return taken


def main() -> None:
    """Measure both places, each in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=1_000_000)
    parser.add_argument("--store", type=Path, help="measure this store alone")
    options = parser.parse_args()
    if options.store:
        bare = bare_milliseconds(options.store)
        taken = page_milliseconds(options.store)
        middle = statistics.median(taken)
        print(
            f"{options.store.name}: bare grouped query {bare:.0f} ms, Overview {middle:.0f} ms, "
            f"ratio {middle / bare:.1f} (each: {', '.join(f'{one:.0f}' for one in taken)})"
        )
        return
    with tempfile.TemporaryDirectory() as folder:
        derby, large = Path(folder) / "derby.duckdb", Path(folder) / "large.duckdb"
        with Store(derby) as store:
            keep_read_place(store, read_place(DATA / "derby", DATA / "reference"), by="benchmark")
        with Store(large) as store:
            fill(store, large_place(60), options.lines)
        for file in (derby, large):
            subprocess.run(
                [sys.executable, "-m", "benchmarks.overview_speed", "--store", str(file)],
                check=True,
                cwd=ROOT,
            )


if __name__ == "__main__":
    main()
