"""How long the whole guarded reading takes, beside the fast reader's own time for the same file.

    python benchmarks/read_speed.py [--rows 200000] [--million] [--times 3]

The file is written first, ten columns a row as a ledger has them. Both are timed in turn in one run, so that
a busy
machine slows both; the ratio is of the best times. Lines 2.5 and 1.5 GB are the targets; exit status 1 if one is missed.
"""

import argparse
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import xlsxwriter

TARGET_RATIO = 2.5
TARGET_BYTES = 1_500_000_000
SMALL_SECONDS = 1.0
READ_ALONE = """
import sys, python_calamine
book = python_calamine.CalamineWorkbook.from_path(sys.argv[1])
for row in book.get_sheet_by_index(0).iter_rows(): pass
"""


def write_ledger(path: Path, rows: int) -> None:
    """Write a ledger of ten columns whose actuals differ from its budgets."""
    chance = random.Random(2016)
    with xlsxwriter.Workbook(path, {"constant_memory": False, "tmpdir": path.parent}) as book:
        sheet = book.add_worksheet("Ledger")
        heads = ("Directorate", "Service", "Cost centre", "Account", "Description", "Supplier", "Month")
        sheet.write_row(0, 0, [*heads, "Budget", "Actual", "Variance"])
        for row in range(1, rows):
            budget = round(chance.uniform(-5e3, 5e5), 2)
            actual = round(budget * chance.uniform(0.8, 1.2), 2)
            words = [
                f"Directorate {chance.randrange(8)}",
                f"Service {chance.randrange(120)}",
                f"CC{chance.randrange(3000):05d}",
                chance.randrange(10_000, 99_999),
                f"Payment for item {chance.randrange(50_000)}",
                f"Supplier {chance.randrange(20_000)} Ltd",
                f"2016-{chance.randrange(1, 13):02d}",
            ]
            sheet.write_row(row, 0, [*words, budget, actual, round(actual - budget, 2)])


def seconds_of_fast_reader(path: Path) -> float:
    """How long the fast reader alone takes to give every cell, in a fresh process as ours is."""
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", READ_ALONE, str(path)], check=True)
    return time.perf_counter() - started


def seconds_of_reading(data: bytes, name: str) -> float:
    """How long the guarded reading takes, the layout and the way back included."""
    from budget_model.intake.guard import read_guarded

    started = time.perf_counter()
    reading = read_guarded(data, name)
    if reading.refused:
        raise SystemExit(f"{name} was refused: {reading.refused}")
    return time.perf_counter() - started


def peak_of_children() -> int:
    """The most memory that any child of this process has used, in bytes."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024


def main() -> int:
    """Print the figures and say whether the targets are met."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument(
        "--million", action="store_true", help="also read 1,000,000 rows and print the peak memory"
    )
    options = parser.parse_args()
    met = True
    with tempfile.TemporaryDirectory() as folder:
        small = Path(folder) / "small.xlsx"
        write_ledger(small, 200)
        quickest = min(seconds_of_reading(small.read_bytes(), small.name) for _ in range(3))
        print(f"200 rows: {quickest:.2f} s (target {SMALL_SECONDS:g})")
        met &= quickest <= SMALL_SECONDS
        ledger = Path(folder) / "ledger.xlsx"
        write_ledger(ledger, options.rows)
        data = ledger.read_bytes()
        fast, ours = [], []
        for _ in range(options.times):
            fast.append(seconds_of_fast_reader(ledger))
            ours.append(seconds_of_reading(data, ledger.name))
        ratio = min(ours) / min(fast)
        print(
            f"{options.rows:,} rows: fast reader {min(fast):.2f} s, whole reading {min(ours):.2f} s, ratio "
            f"{ratio:.2f}"
        )
        met &= ratio <= TARGET_RATIO
        if options.million:
            write_ledger(ledger, 1_000_000)
            data = ledger.read_bytes()
            took = seconds_of_reading(data, ledger.name)
            peak = peak_of_children()
            print(
                f"1,000,000 rows: {took:.1f} s, child's peak {peak / 1e9:.2f} GB, file {len(data) / 1e6:.0f} "
                "MB"
            )
            met &= peak < TARGET_BYTES
    return 0 if met else 1


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    sys.exit(main())
