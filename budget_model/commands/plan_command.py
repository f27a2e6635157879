"""`plan`: budget, forecast and outturn side by side, and where more or less was spent than planned."""

import argparse
import json

from budget_model.answers import Answers
from budget_model.commands.asked import narrowing_arguments, scope_arguments, scope_of
from budget_model.count.changes_said import Named
from budget_model.count.plan import PLANS, PartOfBudget, Variance
from budget_model.exhibits import plan
from budget_model.exhibits.exhibit import Gone
from budget_model.money import decimal_text, exact_pounds
from budget_model.store.store import Store
from budget_model.vocabulary import Dimension, Phase


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may be asked for."""
    scope_arguments(parser)
    narrowing_arguments(parser)
    parser.add_argument("--by", choices=list(plan.WORDS), default="service")
    parser.add_argument("--against", choices=[str(phase) for phase in PLANS], default=str(PLANS[0]))


def run(options: argparse.Namespace) -> int:
    """Set the phases side by side, and print them."""
    with Store.existing() as store:
        answers = Answers(store, scope_of(store, options))
        against = Phase(options.against)
        plan_and_outturn = plan.found_for(answers, against)
        chosen = plan.BETWEEN.join([options.by, *([plan.REVISED] if against is PLANS[1] else [])])
        shown = plan.variances(answers, chosen)
        named, bodies = answers.called(plan.WORDS[options.by]), answers.called(Dimension.ORGANISATION)
    finding = shown.sentence if isinstance(shown, Gone) else shown.finding
    if options.json:
        document = {
            "year": answers.scope.year,
            "finding": finding,
            "parts": [_part(part, bodies) for part in plan_and_outturn.parts],
            "by": [_variance(variance, named(variance.key)) for variance in plan_and_outturn.by(options.by)],
            "total": _variance(plan_and_outturn.whole, "Total"),
        }
        print(json.dumps(document, ensure_ascii=False))
        return 0
    print(finding)
    for part in plan_and_outturn.parts:
        print(f"  {bodies(part.organisation)}, {part.part}")
        for phase in Phase:
            amount = part.amounts.get(phase)
            print(f"    {phase!s:<18}{plan.NOT_SENT if amount is None else exact_pounds(amount):>22}")
    for variance in plan_and_outturn.by(options.by):
        print(f"  {named(variance.key):<50}{exact_pounds(variance.amount):>22}")
    return 0


def _part(part: PartOfBudget, bodies: Named) -> dict[str, object]:
    """One part of a budget as the contract has it; a phase that was not sent is null."""
    amounts = {str(phase): part.amounts.get(phase) for phase in Phase}
    return {
        "organisation": part.organisation,
        "name": bodies(part.organisation),
        "part": part.part,
        "phases": {
            word: None if amount is None else decimal_text(amount) for word, amount in amounts.items()
        },
        "variance": None if part.variance is None else decimal_text(part.variance),
        "compared": [str(phase) for phase in (part.plan, part.actual) if phase],
    }


def _variance(variance: Variance, name: str) -> dict[str, str]:
    return {
        "key": variance.key,
        "name": name,
        "budget": decimal_text(variance.planned),
        "outturn": decimal_text(variance.spent),
        "variance": decimal_text(variance.amount),
    }
