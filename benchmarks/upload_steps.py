"""How an upload of 20,000 lines answers: reading it, putting it together, and what a step after that costs.

    python benchmarks/upload_steps.py [--lines 20000]

Reading is the first wait; every later step of the page puts the submission together again from what is kept,
so its time over the reading's is what makes the page feel quick. The best of three, and ratios in one run.
"""

import argparse
import io
import random
import time
from collections.abc import Callable
from pathlib import Path

import openpyxl

from budget_model.contribute.about import About
from budget_model.contribute.compose import Said, compose
from budget_model.contribute.understood import understood
from budget_model.intake.guard import read_guarded
from budget_model.place.loading import load

DATA = Path(__file__).resolve().parents[1] / "data"
DEPARTMENTS = (
    "Adult social care",
    "Highways",
    "Education",
    "Waste",
    "Housing",
    "Libraries",
    "Parks",
    "Planning",
)
KINDS = ("Salaries", "Agency staff", "Equipment", "Contracts", "Fees", "Transport", "Rent", "Repairs")


def ledger(lines: int) -> bytes:
    """A workbook of one ledger with its printed total."""
    drawn = random.Random(1)
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Ledger")
    sheet.append(["Council budget 2016-17, £"])
    sheet.append(["Cost centre", "Department", "Description", "Budget 2016-17"])
    total = 0
    for number in range(lines):
        amount = drawn.randrange(100, 90_000)
        total += amount
        team = f"{chr(65 + number % 26)}{chr(65 + number // 26 % 26)}"
        words = f"{drawn.choice(KINDS)} for team {team} {drawn.choice(DEPARTMENTS).lower()}"
        sheet.append([f"C{number:05}", drawn.choice(DEPARTMENTS), words, amount])
    sheet.append([None, None, "Total", total])
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def best(work: Callable[[], object], times: int = 3) -> float:
    """The shortest of several runs, in seconds."""
    taken = []
    for _ in range(times):
        started = time.perf_counter()
        work()
        taken.append(time.perf_counter() - started)
    return min(taken)


def main() -> None:
    """Print each time and its ratio to the reading."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=20_000)
    asked = parser.parse_args()
    place = load(next(DATA.glob("*/place.toml")).parent, DATA / "reference")
    body = place.organisations[0]
    said = Said(About(body.id, place.default_year))
    data = ledger(asked.lines)
    reading = read_guarded(data, "ledger.xlsx")
    found = understood(reading, said.about, body, {})
    steps = {
        "read in a process of its own": lambda: read_guarded(data, "ledger.xlsx"),
        "understood for the body and year": lambda: understood(reading, said.about, body, {}),
        "a step after that: put together again": lambda: compose(reading, said, place, found=found),
    }
    times = {name: best(work) for name, work in steps.items()}
    whole = times["read in a process of its own"]
    for name, taken in times.items():
        print(f"{name:<40} {taken:6.2f} s   {taken / whole:5.2f} of the reading")


if __name__ == "__main__":
    main()
