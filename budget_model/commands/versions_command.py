"""`versions`: the published versions of the map."""

import argparse
import json
from decimal import Decimal

from budget_model.money import exact_pounds
from budget_model.store.store import Store
from budget_model.store.versions import as_document, published


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may be asked for."""
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def run(options: argparse.Namespace) -> int:
    """Print every version, the latest first."""
    with Store.existing() as store:
        every = published(store)
    if options.json:
        print(json.dumps([as_document(known) for known in every], ensure_ascii=False))
        return 0
    if not every:
        print("No map has been published yet. Publish one with `python -m budget_model publish NAME`.")
    for known in every:
        print(f"Version {known.number}: {known.name}, published {known.published_by}")
        print(f"  program {known.program}, fingerprint {known.sha256}")
        for year in known.years:
            print(f"  {year} {exact_pounds(Decimal(known.total_of(year))):>24}")
    return 0
