"""`consultations`: what forum members were asked, and what they answered, by sector."""

import argparse
import json
from typing import Any

from budget_model.commands.asked import known
from budget_model.count.saying import counted
from budget_model.dates import day
from budget_model.exhibits.consultations import sentence
from budget_model.partnership.consultations import Result, examples
from budget_model.store.consultations import consultation_of, consultations, forget, result_of
from budget_model.store.store import Store


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may be asked for."""
    parser.add_argument("consultation", nargs="?", default="", help="id of one; else all of them")
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def run(options: argparse.Namespace) -> int:
    """Print how far consultations are and what they came to; who was asked a month ago and more is forgotten."""
    with Store.existing() as store:
        forget(store)
        asked = (
            [
                consultation_of(
                    store,
                    known(
                        options.consultation,
                        [consultation.id for consultation in consultations(store)],
                        "consultation",
                    ),
                )
            ]
            if options.consultation
            else list(consultations(store))
        )
        results = [result_of(store, each.id) for each in asked]
    if options.json:
        shown = {
            "consultations": [as_document(done) for done in results],
            "examples": [each.id for each in examples()],
        }
        print(json.dumps(shown, ensure_ascii=False))
        return 0
    if not results:
        print(
            f"No consultation has been held yet. Examples to begin from: {', '.join(each.name for each in examples())}."
        )
    for done in results:
        print(_in_words(done))
    return 0


def _in_words(done: Result) -> str:
    one = done.consultation
    lines = [f"{one.name} ({done.stage}, {one.when}): {counted(done.answers, 'answer', 'answers')}."]
    lines += [f"  {sentence(each)}" for each in done.questions] or [f"  {done.why_not}"]
    return "\n".join(lines)


def as_document(done: Result) -> dict[str, Any]:
    """What a consultation came to, for other programs."""
    one = done.consultation
    return {
        "id": one.id,
        "name": one.name,
        "opens": one.opens.isoformat(),
        "closes": one.closes.isoformat(),
        "stage": str(done.stage),
        "decision": one.decision or None,
        "asked": done.asked,
        "answers": done.answers,
        "groups": [{"group": group, "answers": size} for group, size in done.groups],
        "why_not_shown": done.why_not or None,
        "questions": [
            {
                "question": each.question.text,
                "counts": [
                    {
                        "answer": words,
                        "by_group": dict(zip((group for group, _ in each.groups), row, strict=True)),
                    }
                    for words, row in each.counts
                ],
            }
            for each in done.questions
        ],
        "comments": [
            {"group": group, "question": one.questions[place].text, "comment": words}
            for group, place, words in done.comments
        ],
        "comments_to_read": done.waiting,
        "who_was_asked_is_deleted_after": day(one.forgotten_after),
    }
