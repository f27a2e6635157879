"""How often the suggester knows the service of lines as officers of all kinds of bodies word them.

    python benchmarks/suggest_officers.py [--misses]

Two lists, each line with every service or group that a person would accept (tests/mapping/unseen):
`tuned_on.csv`, wordings made up for councils, the NHS, police, fire, colleges, schools, charities and
departments while data/mapping/service_words.csv was written, so that their share says little of new ones;
and `held_out.csv`, cost centres and headings that a council, an NHS trust, a police commissioner and a fire
service published, answered by a person before the suggester was asked, and never tuned on. Printed for each:
how often the answer is right, then how sure it said it was against how often it was right.
"""

import argparse
import csv
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from budget_model.mapping.suggestion import Evidence, Suggester, Suggestion
from budget_model.place import load

ROOT = Path(__file__).resolve().parents[1]
LISTS = {name: ROOT / "tests/mapping/unseen" / f"{name}.csv" for name in ("tuned_on", "held_out")}


@dataclass(frozen=True)
class Judged:
    """One line, what was suggested, and what a person would accept."""

    evidence: Evidence
    found: tuple[Suggestion, ...]
    services: tuple[str, ...]
    groups: tuple[str, ...]

    def accepts(self, suggestion: Suggestion) -> bool:
        """Whether a person would accept this answer."""
        return suggestion.service in self.services or suggestion.cofog_group in self.groups


@dataclass(frozen=True)
class Share:
    """Shares of lines that were right."""

    first: float
    in_three: float
    division_first: float


def judged(path: Path, suggester: Suggester) -> list[Judged]:
    """Every line of a list with its suggestions."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    lines = [Evidence(row["description"], row["organisation"]) for row in rows]
    return [
        Judged(line, found, _parts(row["services"]), _parts(row["groups"]))
        for row, line, found in zip(rows, lines, suggester.suggest(lines), strict=True)
    ]


def share(lines: Sequence[Judged], groups_of: dict[str, str]) -> Share:
    """How often the first answer, one of the first three, and the division of the first are right.

    `groups_of` gives each service's COFOG group.
    """

    def part(right: Sequence[bool]) -> float:
        return sum(right) / len(right)

    divisions = [
        {group[:2] for group in (*line.groups, *(groups_of[service] for service in line.services))}
        for line in lines
    ]
    return Share(
        part([line.accepts(line.found[0]) for line in lines]),
        part([any(map(line.accepts, line.found[:3])) for line in lines]),
        part([line.found[0].cofog_division in known for line, known in zip(lines, divisions, strict=True)]),
    )


def reliability(lines: Sequence[Judged], bands: int = 5) -> list[tuple[float, float, int]]:
    """In each band of confidence: the mean confidence, the share that was right, how many lines."""
    by_band: dict[int, list[Judged]] = defaultdict(list)
    for line in lines:
        by_band[min(int(line.found[0].confidence * bands), bands - 1)].append(line)
    return [
        (
            sum(one.found[0].confidence for one in band) / len(band),
            sum(one.accepts(one.found[0]) for one in band) / len(band),
            len(band),
        )
        for _, band in sorted(by_band.items())
    ]


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split(";") if part)


def main() -> None:
    """Print every figure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses", action="store_true", help="print each line that was not right first")
    asked = parser.parse_args()
    place = load(next((ROOT / "data").glob("*/place.toml")).parent, ROOT / "data/reference")
    groups_of = {service.id: service.cofog_group for service in place.services}
    suggester = Suggester(place.services)
    for name, path in LISTS.items():
        lines = judged(path, suggester)
        right = share(lines, groups_of)
        print(
            f"{name} ({len(lines)} lines): first {right.first:.1%}   in first three {right.in_three:.1%}   "
            f"division first {right.division_first:.1%}"
        )
        for said, was, count in reliability(lines):
            print(f"  said {said:4.0%}, right {was:4.0%} ({count} lines)")
        for line in lines if asked.misses else ():
            if not line.accepts(line.found[0]):
                best = ", ".join(f"{some.service} {some.confidence:.0%}" for some in line.found[:3])
                print(f"    {line.evidence.organisation}: {line.evidence.description} -> {best}")


if __name__ == "__main__":
    main()
