"""`total`: what the place spends, with its range, and broken down."""

import argparse
import json
from collections.abc import Sequence

from budget_model.count.results import SubmissionOnMap
from budget_model.money import exact_pounds, pounds
from budget_model.problem import Refusal
from budget_model.scope import SWITCHES, Scope
from budget_model.store.places import place_of
from budget_model.store.spending import by, submissions, total, years
from budget_model.store.store import Store
from budget_model.vocabulary import Basis, Dimension, Reconciliation, View

BREAKDOWNS = {
    "organisation": Dimension.ORGANISATION,
    "theme": Dimension.THEME,
    "service": Dimension.SERVICE,
    "cofog": Dimension.COFOG,
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may be asked for."""
    parser.add_argument("--year", default="", help="financial year, such as 2016-17; else the place's own")
    parser.add_argument("--view", choices=[str(view) for view in View], default="commissioner")
    parser.add_argument("--basis", choices=[str(basis) for basis in Basis], default="net")
    parser.add_argument("--by", choices=list(BREAKDOWNS), default="organisation")
    parser.add_argument("--without", choices=list(SWITCHES), action="append", default=[])
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def _year(asked: str, usual: str, on_map: Sequence[str]) -> str:
    """The year to count: the one asked for, else the place's own; raises `Refusal` for one that is not on the map."""
    if not on_map:
        raise Refusal(
            "No budget is on the map yet. Load one with `import`, or the worked example with `seed`."
        )
    if asked and asked not in on_map:
        raise Refusal(f"Nothing is on the map for {asked}. The years on it are: {', '.join(on_map)}.")
    return asked or (usual if usual in on_map else on_map[0])


def _differing(store: Store, year: str) -> list[SubmissionOnMap]:
    """What is on the map of a year and does not agree with its body's own total, unexplained."""
    return [
        submission
        for submission in submissions(store, year)
        if submission.status == "approved" and submission.reconciliation == Reconciliation.NOT_RECONCILED
    ]


def run(options: argparse.Namespace) -> int:
    """Count, and print what was counted."""
    with Store.existing() as store:
        place = place_of(store)
        scope = Scope(
            year=_year(options.year, place.default_year, years(store)),
            view=View(options.view),
            basis=Basis(options.basis),
        ).switched(**{SWITCHES[name]: False for name in options.without})
        whole = total(store, scope)
        parts = by(store, scope, BREAKDOWNS[options.by])
        differing = _differing(store, scope.year)
    if options.json:
        print(
            json.dumps(
                {
                    "year": whole.year,
                    "view": str(whole.view),
                    "total": str(whole.total),
                    "low": str(whole.low),
                    "high": str(whole.high),
                    "gross": str(whole.gross),
                    "eliminated": str(whole.eliminated),
                    "unmapped": str(whole.unmapped),
                    "not_reconciled": [
                        {
                            "submission": one.submission,
                            "organisation": one.organisation,
                            "part": one.part,
                            "difference": str(one.difference),
                        }
                        for one in differing
                    ],
                    "by": [
                        {"key": part.key, "name": part.name, "amount": str(part.amount)} for part in parts
                    ],
                },
                ensure_ascii=False,
            )
        )
        return 0
    print(f"{place.name} {whole.year}: {pounds(whole.total)} ({pounds(whole.low)} to {pounds(whole.high)})")
    print(f"  before counting once {pounds(whole.gross)}, taken out {pounds(whole.eliminated)}")
    print(f"  not mapped to a service yet {pounds(whole.unmapped)}")
    for sent in differing:
        own = f"{sent.organisation_name}, {sent.part}"
        print(f"  not reconciled: {own}, {exact_pounds(sent.difference)} from its own total")
    width = max((len(part.name) for part in parts), default=0)
    for part in parts:
        print(f"  {part.name:<{width}}  {exact_pounds(part.amount):>22}")
    return 0
