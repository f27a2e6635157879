"""How long it takes to learn, and to suggest for 5,000 different lines after that.

python benchmarks/suggest_speed.py [--lines 5000]
"""

import argparse
import time
from pathlib import Path

from budget_model.mapping.suggestion import Evidence, Suggester
from budget_model.mapping.tables import lists
from budget_model.place import load

DATA = Path(__file__).resolve().parents[1] / "data"


def _taken(began: tuple[float, float]) -> str:
    """Seconds on the clock, and of the processor: on a busy machine only the second says anything."""
    return f"{time.perf_counter() - began[0]:6.2f} s on the clock, {time.process_time() - began[1]:.2f} s of processor"


def main() -> None:
    """Print seconds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=5_000)
    asked = parser.parse_args()
    place = load(next(DATA.glob("*/place.toml")).parent, DATA / "reference")
    began = time.perf_counter(), time.process_time()
    suggester = Suggester(place.services)
    print(f"{'to learn':<28} {_taken(began)}")
    names, council = lists().treasury_names, lists().revenue_lines
    lines = [
        Evidence(f"{names[at % len(names)].name} {at}", names[at % len(names)].department)
        if at % 2
        else Evidence(f"{council[at % len(council)].line} {at}", "A council", "council", None, ("Services",))
        for at in range(asked.lines)
    ]
    suggester.suggest(lines[:10])
    began = time.perf_counter(), time.process_time()
    suggester.suggest(lines)
    print(f"{f'to suggest {asked.lines:,} lines':<28} {_taken(began)}")


if __name__ == "__main__":
    main()
