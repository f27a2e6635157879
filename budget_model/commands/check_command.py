"""`check`: prove every invariant of the store, or say which one fails and where."""

import argparse
import json

from budget_model.store.checks import check
from budget_model.store.store import Store


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may be asked for."""
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def run(options: argparse.Namespace) -> int:
    """Check everything; the exit status is 1 if one invariant fails."""
    with Store.existing() as store:
        results = check(store)
    failed = [result for result in results if result.troubles]
    if options.json:
        checks = [
            {"check": result.law, "holds": not result.troubles, "troubles": list(result.troubles)}
            for result in results
        ]
        print(json.dumps({"holds": not failed, "checks": checks}, ensure_ascii=False))
    else:
        for result in results:
            print(f"{'holds' if not result.troubles else 'FAILS'}  {result.law}")
            for trouble in result.troubles[:10]:
                print(f"       {trouble}")
        print(f"{len(results) - len(failed)} of {len(results)} hold")
    return 1 if failed else 0
