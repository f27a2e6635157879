"""`outcomes`: how much money works towards each outcome, and how late each is known."""

import argparse
import json

from budget_model.answers import Answers
from budget_model.commands.asked import year_of
from budget_model.exhibits.outcomes import how_late, sentence
from budget_model.money import pounds
from budget_model.scope import Scope
from budget_model.store.store import Store
from budget_model.together.outcomes import Framework, OutcomeMoney, OutcomesMoney


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may be asked for."""
    parser.add_argument("--year", default="", help="financial year, such as 2016-17; else the place’s own")
    parser.add_argument("--own", action="store_true", help="the place’s own outcomes; else the national ones")
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def run(options: argparse.Namespace) -> int:
    """Count the money by outcome, and print it."""
    framework = Framework.OWN if options.own else Framework.NATIONAL
    with Store.existing() as store:
        answers = Answers(store, Scope(year=year_of(store, options.year)))
        outcomes = answers.outcomes(framework)
    if options.json:
        print(json.dumps(as_json(outcomes, answers.scope.year), ensure_ascii=False))
        return 0
    print(f"{sentence(outcomes)} {how_late(outcomes)}")
    for each in outcomes.outcomes:
        print(f"  {each.outcome.name}: {pounds(each.amount)}")
    print(f"  No outcome: {pounds(outcomes.none)}")
    return 0


def as_json(outcomes: OutcomesMoney, year: str) -> dict[str, object]:
    """The money by outcome with amounts in decimal words; the outcomes and none make the total."""
    return {
        "year": year,
        "framework": outcomes.framework.value,
        "total": str(outcomes.whole),
        "none": str(outcomes.none),
        "outcomes": [_outcome(each) for each in outcomes.outcomes],
    }


def _outcome(each: OutcomeMoney) -> dict[str, object]:
    return {
        "id": each.outcome.id,
        "name": each.outcome.name,
        "amount": str(each.amount),
        "by_organisation": {body: str(amount) for body, amount in each.by_organisation},
        "by_service": {service: str(amount) for service, amount in each.by_service},
        "source": each.outcome.source,
        "source_seen": each.outcome.seen,
        "metrics": [
            {
                "name": metric.name,
                "frequency": metric.frequency,
                "lag_months": metric.lag,
                "seen": metric.seen,
                "source": metric.source,
            }
            for metric in each.outcome.metrics
        ],
    }
