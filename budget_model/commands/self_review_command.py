"""`self-review`: how the partnership or a body rates itself, with the evidence of the map."""

import argparse
import json

from budget_model.answers import Answers
from budget_model.commands.asked import body_of, scope_arguments, scope_of
from budget_model.exhibits.self_review import sentence
from budget_model.partnership.self_review import PARTNERSHIP, Answered
from budget_model.store.store import Store


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may be asked for."""
    parser.add_argument("--body", default=PARTNERSHIP, help="id of a body; else the partnership")
    scope_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Print every question with its level, reason and evidence."""
    with Store.existing() as store:
        answers = Answers(store, scope_of(store, options))
        names = {body.id: body.name for body in answers.place.organisations}
        review = answers.self_review(body_of(answers.place, options.body))
    if options.json:
        document = {
            "year": review.year,
            "body": review.body or None,
            "questions": [_as_json(each) for each in review.answers],
        }
        print(json.dumps(document, ensure_ascii=False))
        return 0
    print(sentence(review, names.get(review.body, "the partnership")))
    for each in review.answers:
        level = f"level {each.now.level}" if each.now else "not answered"
        print(f"  {each.question.name}: {level}. {each.evidence}".rstrip())
    return 0


def _as_json(each: Answered) -> dict[str, object]:
    return {
        "question": each.question.key,
        "name": each.question.name,
        "level": each.now.level if each.now else None,
        "reason": each.now.said if each.now else "",
        "before": {"year": each.before.year, "level": each.before.level} if each.before else None,
        "evidence": each.evidence or None,
    }
