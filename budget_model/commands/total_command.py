"""`total`: what the place spends, with its range, and broken down."""

import argparse
import json

from budget_model.answers import Answers
from budget_model.commands.asked import scope_arguments, scope_of
from budget_model.count.results import SubmissionOnMap
from budget_model.money import exact_pounds, pounds
from budget_model.store.places import place_of
from budget_model.store.spending import by, submissions, total
from budget_model.store.store import Store
from budget_model.store.versions import opened
from budget_model.vocabulary import Dimension, Reconciliation

BREAKDOWNS = {
    "organisation": Dimension.ORGANISATION,
    "theme": Dimension.THEME,
    "service": Dimension.SERVICE,
    "cofog": Dimension.COFOG,
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may be asked for."""
    scope_arguments(parser)
    parser.add_argument("--by", choices=list(BREAKDOWNS), default="organisation")


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
        scope = scope_of(store, options)
        shown = opened(store, scope.version) if scope.version else store
        place = place_of(shown)
        whole = total(shown, scope)
        parts = by(shown, scope, BREAKDOWNS[options.by])
        differing = _differing(shown, scope.year)
        answers = Answers(store, scope, place)
        unlikely, source = answers.unlikely(), answers.source()
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
                    "source": source,
                    "unlikely": list(unlikely),
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
    print(f"  {source}")
    for sentence in unlikely:
        print(f"  unlikely: {sentence}")
    for sent in differing:
        own = f"{sent.organisation_name}, {sent.part}"
        print(f"  not reconciled: {own}, {exact_pounds(sent.difference)} from its own total")
    width = max((len(part.name) for part in parts), default=0)
    for part in parts:
        print(f"  {part.name:<{width}}  {exact_pounds(part.amount):>22}")
    return 0
