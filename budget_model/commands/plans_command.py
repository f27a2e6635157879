"""`plans`: how far each agreed opportunity has come, what is overdue, and what was rejected and why."""

import argparse
import json

from budget_model.answers import Answers
from budget_model.exhibits.plans import what_is_late
from budget_model.plain_values import to_plain
from budget_model.scope import Scope
from budget_model.store.store import Store
from budget_model.together.action_plans import PlanNow, sentence
from budget_model.together.alignment import Part
from budget_model.together.decisions import Decision


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may be asked for."""
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def run(options: argparse.Namespace) -> int:
    """Print every plan with its state."""
    with Store.existing() as store:
        answers = Answers(store, Scope())
        plans, rejected, share = answers.plans(), answers.rejected(), answers.planned_together()
    if options.json:
        print(json.dumps(as_json(plans, rejected, share), ensure_ascii=False))
        return 0
    print(f"{sentence(plans)} {what_is_late(plans)}")
    for each in plans:
        state = each.state.value if each.kept else "no plan yet"
        print(f"  {each.decision.title}: {state}, {each.done} of {len(each.plan.actions)} actions done")
    for decision, reason in rejected:
        print(f"  Rejected: {decision.title}. {reason}")
    return 0


def as_json(
    plans: tuple[PlanNow, ...], rejected: tuple[tuple[Decision, str], ...], share: Part
) -> dict[str, object]:
    """Every plan as it is kept, with what is worked out from it today."""
    return {
        "planned_together": None if share.nothing_known else str(share.part),
        "of": str(share.whole),
        "plans": [
            {
                "opportunity": each.decision.opportunity,
                "title": each.decision.title,
                "state": each.state.value if each.kept else None,
                "done": each.done,
                "overdue": [action.what for action in each.late],
                "review_overdue": each.review_late,
                "way_come": None if each.plan.measure.way_come is None else str(each.plan.measure.way_come),
                "missing": list(each.missing),
                "plan": to_plain(each.plan),
            }
            for each in plans
        ],
        "rejected": [{"title": decision.title, "reason": reason} for decision, reason in rejected],
    }
