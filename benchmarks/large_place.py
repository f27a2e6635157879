"""A made-up place of any size: bodies, lines and transfers like a real one's, the same each time.

    python -m benchmarks.large_place FILE.duckdb [--lines 1000000] [--bodies 60]

The services, boards and shares are the worked example's; the bodies and amounts are made up.
"""

import argparse
import random
import time
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from budget_model.place.loading import load
from budget_model.place.model import Organisation, Place, Share, Transfer
from budget_model.store.mapped import map_year
from budget_model.store.places import keep_place
from budget_model.store.store import Store
from budget_model.store.submissions import LINE_COLUMNS, add_event
from budget_model.vocabulary import (
    ControlSource,
    OrganisationStatus,
    OrganisationType,
    Phase,
    Provenance,
    ShareBasis,
    SubmissionStatus,
)

DATA = Path(__file__).resolve().parents[1] / "data"
YEAR = "2016-17"


def large_place(bodies: int) -> Place:
    """The worked example's services and boards with as many bodies as are asked for."""
    place = load(DATA / "derby", DATA / "reference")
    types = [OrganisationType.COUNCIL, OrganisationType.NHS, OrganisationType.POLICE, OrganisationType.AGENCY]
    colours = [theme.colour for theme in place.themes]
    made = tuple(
        Organisation(
            f"body-{number}",
            f"Public body number {number}",
            f"Body {number}",
            types[number % len(types)],
            OrganisationStatus.MAPPED,
            "made up",
            colours[number % len(colours)],
            "",
            "made up",
        )
        for number in range(bodies)
    )
    shares = tuple(
        Share(
            f"share-{body.id}",
            body.id,
            YEAR,
            ShareBasis.RESIDENT_POPULATION,
            Decimal(1 + number % 4),
            "made up",
            Decimal(4),
            "made up",
            1 + number % 6,
            "",
            "made up",
        )
        for number, body in enumerate(made)
    )
    transfers = tuple(
        Transfer(
            f"transfer-{number}",
            YEAR,
            made[number].id,
            "",
            (),
            Decimal(1_000_000),
            shares[number].id,
            made[number + 1].id,
            "",
            None,
            shares[number + 1].id,
            "made up",
            "made up",
        )
        for number in range(min(bodies - 1, 20))
    )
    return replace(
        place,
        organisations=made,
        shares=shares,
        transfers=transfers,
        unknown_transfers=(),
        funding=(),
        targets=(),
        target_services=(),
        submissions=(),
        mappings=(),
        benchmark_parts=(),
        benchmark=replace(place.benchmark, share=shares[0].id),
    )


def fill(store: Store, place: Place, lines: int) -> None:
    """Give every body its part of the lines, and make the map."""
    chance = random.Random(1)
    services = [service.id for service in place.services]
    bodies = place.organisations
    with store.writing() as writer:
        keep_place(writer, place)
        for number, body in enumerate(bodies):
            count = lines // len(bodies) + (1 if number < lines % len(bodies) else 0)
            submission = writer.numbers("submission_id", 1)[0]
            amounts = [Decimal(chance.randrange(100, 900_000_00)) / 100 for _ in range(count)]
            writer.ask(
                "add_submission",
                {
                    "id": submission,
                    "organisation": body.id,
                    "year": YEAR,
                    "phase": str(Phase.ORIGINAL_BUDGET),
                    "part": "revenue",
                    "file": f"{body.id}.xlsx",
                    "sha256": body.id,
                    "layout": "",
                    "control_total": None,
                    "printed_total": None,
                    "read_total": sum(amounts, Decimal(0)),
                    "share": f"share-{body.id}",
                    "grade": 1 + number % 6,
                    "source": "made up",
                    "problems": "[]",
                    "provenance": str(Provenance.UNKNOWN),
                    "control_source": str(ControlSource.UNKNOWN),
                },
            )
            numbers = writer.numbers("line_id", count)
            writer.add(
                "line",
                LINE_COLUMNS,
                [
                    (
                        identity,
                        submission,
                        "Budget",
                        row + 2,
                        "C",
                        str(1000 + row % 500),
                        f"Line {row}",
                        [],
                        "Budget",
                        amount,
                        "expenditure",
                        "capital" if row % 11 == 0 else "revenue",
                        "unknown",
                        None,
                        "none",
                        "unknown",
                        "unknown",
                        None,
                        None,
                        None,
                        None,
                        "public",
                        1 + number % 6,
                        f"share-{body.id}",
                        "{}",
                        str(Provenance.UNKNOWN),
                    )
                    for row, (identity, amount) in enumerate(zip(numbers, amounts, strict=True))
                ],
            )
            when = datetime(2026, 1, 1, tzinfo=UTC)
            writer.add(
                "line_service",
                ("line", "service", "share", "made_by", "made_at", "confidence", "reason"),
                [
                    (
                        identity,
                        services[(row * 7 + number) % len(services)],
                        Decimal("1.000000"),
                        "made up",
                        when,
                        Decimal("1.000"),
                        "",
                    )
                    for row, identity in enumerate(numbers)
                ],
            )
            add_event(writer, submission, SubmissionStatus.APPROVED, "made up", "")
        map_year(writer, YEAR)


def main() -> None:
    """Make the place and say how long it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--lines", type=int, default=1_000_000)
    parser.add_argument("--bodies", type=int, default=60)
    options = parser.parse_args()
    started = time.perf_counter()
    with Store(options.file) as store:
        fill(store, large_place(options.bodies), options.lines)
        parts = store.select("select count(*) from mapped")[0][0]
    print(f"{options.lines} lines, {parts} parts on the map, in {time.perf_counter() - started:.1f} s")


if __name__ == "__main__":
    main()
