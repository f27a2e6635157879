"""`search`: bodies, boards, services, opportunities, targets, words and lines by what people call them."""

import argparse
import json

from budget_model.answers import Answers
from budget_model.commands.asked import scope_arguments, scope_of
from budget_model.count.results import LineOnMap
from budget_model.money import decimal_text, exact_pounds
from budget_model.searching import Found, index
from budget_model.store.spending import lines_saying
from budget_model.store.store import Store

MOST = 40


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may be asked for."""
    parser.add_argument("text", help="what is looked for, in one’s own words")
    scope_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Print what answers the words, the likeliest first, and the largest lines that say them; 1 where nothing does."""
    with Store.existing() as store:
        scope = scope_of(store, options)
        joined = store.asker.may_open("opportunities")
        answers = index(Answers(store, scope), joined=joined).find(options.text)
        lines = lines_saying(store, scope, answers.read_as.split())
    if options.json:
        print(json.dumps(as_json(answers, lines), ensure_ascii=False))
    else:
        say(answers, lines)
    return 0 if answers.hits or lines else 1


def say(answers: Found, lines: tuple[LineOnMap, ...]) -> None:
    """Print each hit with its figure, by kind."""
    if answers.corrected:
        print(f"Shown for “{answers.read_as}”.")
    for sort, hits in answers.by_sort().items():
        print(sort)
        for hit in hits[:MOST]:
            print(f"  {hit.entry.name:<60}{hit.entry.figure:>24}")
    for line in lines:
        print(f"  {line.description[:60]:<60}{exact_pounds(line.city_amount):>24}  {line.where}")


def as_json(answers: Found, lines: tuple[LineOnMap, ...]) -> dict[str, object]:
    """What was found; amounts of lines in decimal words."""
    return {
        "asked": answers.asked,
        "read_as": answers.read_as,
        "hits": [
            {
                "kind": str(hit.entry.sort),
                "key": hit.entry.key,
                "name": hit.entry.name,
                "figure": hit.entry.figure,
                "called": hit.called or None,
            }
            for hit in answers.hits[:MOST]
        ],
        "lines": [
            {
                "line": line.line,
                "organisation": line.organisation,
                "description": line.description,
                "amount": decimal_text(line.city_amount),
                "where": line.where,
            }
            for line in lines
        ],
    }
