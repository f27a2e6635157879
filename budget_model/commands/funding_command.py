"""`funding`: where the money comes from, each part from a stated figure of the year or said not to be stated."""

import argparse
import json
from collections.abc import Mapping

from budget_model.answers import Answers
from budget_model.commands.asked import narrowing_arguments, scope_arguments, scope_of
from budget_model.count.funding import Funded, rows, where_from
from budget_model.money import decimal_text, exact_pounds
from budget_model.place.model import Place
from budget_model.place.strings import NO_STRINGS, Strings
from budget_model.store.store import Store


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may be asked for."""
    scope_arguments(parser)
    narrowing_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Print what pays for the spending of a year, the largest source first."""
    with Store.existing() as store:
        answers = Answers(store, scope_of(store, options))
        funding = answers.flows().funded
        finding = where_from(funding, answers.restated())
        place, strings = answers.place, answers.strings()
    sentence = finding.sentence if finding else "Nothing is spent in this choice."
    if options.json:
        print(json.dumps(as_json(place, funding, sentence, strings), ensure_ascii=False))
        return 0
    print(sentence)
    if finding and finding.why:
        print(finding.why)
    for source, amount in funding.by_source():
        print(f"  {source.name:<44}{exact_pounds(amount):>22}  {source.origin}")
    return 0


def as_json(
    place: Place, funding: Funded, sentence: str, strings: Mapping[str, Strings]
) -> dict[str, object]:
    """What pays for a year's spending, amounts in decimal words; `stated` is of the whole body, or null.

    `strings` are those that are known of each part's stream, each in words.
    """
    return {
        "year": funding.year,
        "sentence": sentence,
        "spent": decimal_text(funding.whole),
        "sources": [
            {
                "key": source.key,
                "name": source.name,
                "origin": str(source.origin),
                "amount": decimal_text(amount),
            }
            for source, amount in funding.by_source()
        ],
        "parts": [
            {
                "organisation": paid.organisation,
                "stream": paid.stream,
                "name": stream,
                "source": source.key,
                "amount": decimal_text(paid.amount),
                "known_by": str(paid.how),
                "stated": None if stated is None else decimal_text(stated),
                "stated_in": where,
                "strings": {
                    str(string): words
                    for string, words in strings.get(paid.stream, NO_STRINGS).said.items()
                    if words
                },
            }
            for paid, source, stream, stated, where in rows(place, funding)
        ],
    }
