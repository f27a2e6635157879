"""How long it takes until there is a map: the worked example with all its years, each later start, a new place.

    python -m benchmarks.start_speed

Each is a command in a process of its own, over a store of its own. Printed are seconds by the clock and seconds of
processor (the reading of workbooks in processes of their own included), which a busy machine changes less; beside
them the target of seconds by the clock on two quiet processors.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Taken:
    """What one command took, in seconds."""

    clock: float
    processor: float


def run(store: Path, *words: str) -> Taken:
    """Run one command of the product over a store; raises where it fails."""
    before, started = processor(), time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "budget_model", *words],
        cwd=ROOT,
        env={**os.environ, "BUDGET_MODEL_STORE": str(store)},
        stdout=subprocess.DEVNULL,
        check=True,
    )
    return Taken(time.perf_counter() - started, processor() - before)


def processor() -> float:
    """Seconds of processor of every process that was started here and has ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Measure, and print a line for each."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        measured = (
            ("Derby, all years", 40, run(folder / "derby.duckdb", "seed")),
            ("a later start", 3, run(folder / "derby.duckdb", "seed")),
            (
                "a new place",
                30,
                run(folder / "new.duckdb", "new-place", "Nottingham", "--folder", str(folder / "new")),
            ),
        )
    for what, target, taken in measured:
        print(
            f"{what:<20}{taken.clock:7.1f} s by the clock{taken.processor:7.1f} s of processor   target {target} s"
        )


if __name__ == "__main__":
    main()
