"""`compact`: make few files of a lake's many, and let its old snapshots go."""

import argparse
import json
from dataclasses import asdict

from budget_model.problem import Refusal
from budget_model.store.lake import KEPT_DAYS, Address, Lake


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may be asked for."""
    parser.add_argument(
        "--keep-days",
        type=int,
        default=KEPT_DAYS,
        metavar="N",
        help=f"days for which a snapshot can be gone back to, else {KEPT_DAYS}",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def run(options: argparse.Namespace) -> int:
    """Compact the lake while no machine writes to it, and say what it came to."""
    address = Address.set()
    if address is None:
        raise Refusal("The store is one file, which needs no compacting: BUDGET_MODEL_STORE names no lake.")
    if options.keep_days < 0:
        raise Refusal("--keep-days is a number of days, 0 or more.")
    lake = Lake(address, make=False)
    try:
        with lake.turn():
            done = lake.compact(options.keep_days)
    finally:
        lake.close()
    if options.json:
        print(json.dumps(asdict(done)))
    else:
        print(
            f"{done.files_after:,} files where there were {done.files_before:,}; snapshots kept: {done.snapshots:,}"
        )
    return 0
