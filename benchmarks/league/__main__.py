"""Run the league and print its table."""

import argparse
import csv
import json
import re
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from budget_model.intake.guard import read_guarded
from budget_model.intake.reading import Reading, lines
from budget_model.problem import Refusal
from budget_model.vocabulary import Side

ROOT = Path(__file__).resolve().parents[2]
OTHERS = ("pandas", "messy-xlsx", "xldetect", "gridgulp", "frictionless")
OURS = "budget_model"
UNITS = (1, 1_000, 1_000_000)
SLACK = Decimal("0.51")
RIGHT, ASKED, REFUSED, SAID, WRONG = "right", "asked", "refused", "said", "silently wrong"


@dataclass(frozen=True)
class Control:
    """One file and the totals that it may be loaded by, as it prints them; none for a file that is no budget."""

    path: Path
    totals: tuple[Decimal, ...]


def shipped() -> list[Control]:
    """The worked example's workbooks, each with the control totals of its sheets."""
    folder = ROOT / "data" / "derby"
    totals: defaultdict[str, list[Decimal]] = defaultdict(list)
    with (folder / "submissions.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            totals[row["workbook"]].append(Decimal(row["control_total"]))
    return [
        Control(folder / "workbooks" / name, (*known, sum(known, Decimal(0))))
        for name, known in totals.items()
    ]


def controls_of(folder: Path) -> list[Control]:
    """The controls of a folder, by its `controls.csv`."""
    totals: defaultdict[Path, list[Decimal]] = defaultdict(list)
    with (folder / "controls.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            totals[folder / row["dir"] / row["file"]] += figures(row["control_total"])
    return [Control(path, tuple(known)) for path, known in totals.items() if path.is_file()]


def figures(text: str) -> list[Decimal]:
    """The figures in a control, words in brackets left out.

    >>> figures("1,455,559 / 600000 (net)")
    [Decimal('1455559'), Decimal('600000')]
    """
    words = re.findall(r"-?\d[\d,]*\.?\d*", text.split("(")[0])
    try:
        return [Decimal(word.replace(",", "")) for word in words]
    except InvalidOperation:
        return []


def is_known(total: Decimal, control: Control, ours: Iterable[int] = UNITS) -> bool:
    """Whether a total is one of a control's, in some unit, whatever its sign."""
    return any(
        abs(abs(total) - abs(known) * unit) <= SLACK * unit for known in control.totals for unit in ours
    )


def by_ours(control: Control) -> str:
    """How our reader does on one file."""
    try:
        reading = read_guarded(control.path.read_bytes(), control.path.name)
    except Refusal:
        return RIGHT if not control.totals else REFUSED
    if reading.refused or not reading.chosen:
        return RIGHT if not control.totals else REFUSED
    if control.totals and is_known(loaded(reading), control):
        return RIGHT
    if any(not question.key.startswith("unit") for question in reading.questions):
        return ASKED
    return SAID if reading.problems else WRONG


def loaded(reading: Reading) -> Decimal:
    """What would be loaded by the best guesses: expenditure less income, in whole currency units."""
    chosen = lines(reading, tables=list(reading.chosen))
    return sum(
        (line.amount if line.side is Side.EXPENDITURE else -line.amount for line in chosen), Decimal(0)
    )


def by_another(control: Control, answer: dict[str, object]) -> str:
    """How another reader does on one file, by the sums that it gave."""
    totals = [Decimal(str(total)) for total in answer["totals"]]  # type: ignore[attr-defined]
    if not totals:
        return RIGHT if not control.totals else REFUSED
    return RIGHT if any(is_known(total, control) for total in totals) else WRONG


def league(controls: list[Control], python: Path) -> dict[str, tuple[Counter[str], float]]:
    """Every reader's outcomes and its seconds."""
    started = time.perf_counter()
    ours = Counter(map(by_ours, controls))
    results = {OURS: (ours, time.perf_counter() - started)}
    paths = "".join(f"{control.path}\n" for control in controls)
    for reader in OTHERS if python.exists() else ():
        command = [str(python), str(Path(__file__).parent / "readers.py"), reader]
        done = subprocess.run(command, input=paths, capture_output=True, text=True, check=True)
        answers = [json.loads(line) for line in done.stdout.splitlines()]
        outcomes = Counter(map(by_another, controls, answers))
        results[reader] = (outcomes, sum(answer["seconds"] for answer in answers))
    return results


def show(results: dict[str, tuple[Counter[str], float]], files: int) -> None:
    """Print a line for each reader."""
    tell: Callable[[str], None] = print
    tell(
        f"{files} files\n{'':14}{'right':>7}{'silently wrong':>16}{'asked':>7}{'said':>6}{'nothing':>9}{'seconds':>9}"
    )
    for reader, (outcomes, seconds) in results.items():
        counts = [outcomes[kind] for kind in (RIGHT, WRONG, ASKED, SAID, REFUSED)]
        tell("{:14}{:7}{:16}{:7}{:6}{:9}{:9.1f}".format(reader, *counts, seconds))


def main() -> int:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.league")
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--python", type=Path, default=ROOT / ".venv-league" / "bin" / "python")
    parser.add_argument("--first", type=int, default=0, help="only so many files of each folder")
    options = parser.parse_args()
    sets = {"the worked example": shipped()}
    for folder in options.folders:
        if (folder / "controls.csv").is_file():
            sets[str(folder)] = controls_of(folder.resolve())
        else:
            print(f"{folder}: there is no controls.csv; it is left out.")
    if not options.python.exists():
        print(
            f"{options.python} is not there: only our own reader is judged. `make league` installs the others."
        )
    for name, every in sets.items():
        controls = every[: options.first or None]
        print(f"\n{name}: ", end="")
        show(league(controls, options.python), len(controls))
    return 0


if __name__ == "__main__":
    sys.exit(main())
