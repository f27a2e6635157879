"""`state-of-the-city`: how the city stands and what changed since the last edition, and whether editions can be worked out again."""

import argparse
import json
from typing import Any

from budget_model.answers import Answers
from budget_model.dates import day
from budget_model.partnership.state_of_the_city import Edition, Facts, Part, Words, differing, since
from budget_model.problem import Refusal
from budget_model.scope import Scope
from budget_model.store import state_editions
from budget_model.store.store import Store


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may be asked for."""
    parser.add_argument(
        "--edition", type=int, default=0, help="number of a published edition; else the next, as of today"
    )
    parser.add_argument(
        "--prove", action="store_true", help="work a published edition out again from its frozen map"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def run(options: argparse.Namespace) -> int:
    """Print the sentences of an edition by part; with `--prove`, 1 where its frozen map does not give them."""
    with Store.existing() as store:
        answers = Answers(store, Scope())
        found = answers.state_edition(options.edition)
        if found is None:
            numbers = ", ".join(str(each.number) for each in state_editions.editions(store)) or "none"
            raise Refusal(f"There is no edition {options.edition}. Published: {numbers}.")
        words, before, dated = found
        edition = state_editions.edition(store, options.edition)
        troubles = _proved(answers, edition, before) if options.prove and edition else ()
    if options.json:
        print(
            json.dumps(
                _as_document(words, before, dated, options.edition) | {"troubles": troubles},
                ensure_ascii=False,
            )
        )
    else:
        _print(words, before, dated, troubles)
    return 1 if troubles else 0


def _proved(answers: Answers, edition: Edition, before: Facts | None) -> tuple[str, ...]:
    """What the frozen map of an edition gives otherwise than it was published."""
    frozen = answers.for_scope(Scope(version=edition.map_version))
    return differing(edition, before, frozen.state_facts(edition.facts.on))


def _print(words: Words, before: Facts | None, dated: str, troubles: tuple[str, ...]) -> None:
    print(f"{words.name or 'The next State of the City'}, {dated}. {since(before)}")
    for part in Part:
        print(f"{part}:")
        for statement in words.shown(part):
            print(f"  {statement.sentence} [{statement.source}]")
    for trouble in troubles:
        print(f"Not as published: {trouble}")


def _as_document(words: Words, before: Facts | None, dated: str, number: int) -> dict[str, Any]:
    return {
        "edition": number or None,
        "name": words.name,
        "dated": dated,
        "since": day(before.on) if before else None,
        "introduction": words.introduction,
        "statements": [
            {
                "part": str(each.part),
                "sentence": each.sentence,
                "amount": None if each.amount is None else str(each.amount),
                "source": each.source,
                "page": each.page,
                "standing": each.standing,
            }
            for part in Part
            for each in words.shown(part)
        ],
    }
