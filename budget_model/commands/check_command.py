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
    failed = [one for one in results if one.troubles]
    if options.json:
        checks = [
            {"check": one.law, "holds": not one.troubles, "troubles": list(one.troubles)} for one in results
        ]
        print(json.dumps({"holds": not failed, "checks": checks}, ensure_ascii=False))
    else:
        for one in results:
            print(f"{'holds' if not one.troubles else 'FAILS'}  {one.law}")
            for trouble in one.troubles[:10]:
                print(f"       {trouble}")
        print(f"{len(results) - len(failed)} of {len(results)} hold")
    return 1 if failed else 0
