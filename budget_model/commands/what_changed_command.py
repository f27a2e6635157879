"""`what-changed`: why one map has more or less money than another, in reasons that add up to the change."""

import argparse
import json

from budget_model.answers import Answers
from budget_model.commands.asked import LONGEST_SAID, narrowing_arguments, scope_arguments, scope_of
from budget_model.count import changes_said
from budget_model.count.ends import read_end
from budget_model.count.what_changed import WhatChanged
from budget_model.exhibits import what_changed
from budget_model.exhibits.exhibit import Gone
from budget_model.money import decimal_text, exact_pounds
from budget_model.problem import Refusal
from budget_model.store.spending import years
from budget_model.store.store import Store
from budget_model.vocabulary import Dimension


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may be asked for."""
    scope_arguments(parser)
    narrowing_arguments(parser)
    parser.add_argument(
        "--since",
        default="",
        help="the year to compare with, such as 2015-16 or '2016-17/original budget'; else the year before",
    )
    parser.add_argument("--by", choices=[word for word in what_changed.TELLINGS if word], default="service")


def run(options: argparse.Namespace) -> int:
    """Compare, and print what changed."""
    with Store.existing() as store:
        if options.since and read_end(options.since) is None:
            raise Refusal(
                f"There is no map “{options.since[:LONGEST_SAID]}”. There are the years: "
                f"{', '.join(years(store))}. Write one, or a year with its phase, such as '2016-17/outturn'."
            )
        answers = Answers(store, scope_of(store, options))
        pair = what_changed.between(answers, options.since)
        if isinstance(pair, Gone):
            raise Refusal(pair.sentence)
        after, changes = pair
        named = after.called(what_changed.DIMENSIONS[options.by])
        bodies = after.called(Dimension.ORGANISATION)
        sentence = changes_said.change(changes, what_changed.subject(after))
    if options.json:
        print(json.dumps(as_json(changes, options.by, named, bodies), ensure_ascii=False))
        return 0
    print(sentence)
    for reason, amount in changes.reasons():
        print(f"  {changes_said.reason_name(reason, changes):<44}{exact_pounds(amount):>22}")
    for remark in what_changed.remarks(changes, bodies):
        print(f"  {remark}")
    return 0


def as_json(
    changes: WhatChanged, by: str, named: changes_said.Named, bodies: changes_said.Named
) -> dict[str, object]:
    """The bridge as the contract has it: amounts in decimal words; the reasons of each part add up to it."""
    parts = changes.by(by)
    return {
        "from": {
            "year": changes.start.year,
            "name": changes.start.name,
            "amount": decimal_text(changes.before),
        },
        "to": {"year": changes.end.year, "name": changes.end.name, "amount": decimal_text(changes.after)},
        "change": decimal_text(changes.after - changes.before),
        "reasons": [
            {"reason": str(reason), "amount": decimal_text(amount)} for reason, amount in changes.reasons()
        ],
        "by": [
            {
                "key": key,
                "name": named(key),
                "from": decimal_text(before),
                "to": decimal_text(after),
                "reasons": {
                    str(reason): decimal_text(amount) for reason, amount in parts.get(key, {}).items()
                },
            }
            for key, (before, after) in changes.ends_by(by).items()
        ],
        "compared": sorted(changes.compared),
        "not_compared": [
            {
                "organisation": not_compared.organisation,
                "name": bodies(not_compared.organisation),
                "why": str(not_compared.why),
                "amount": decimal_text(not_compared.amount),
            }
            for not_compared in changes.left_out
        ],
        "remarks": list(what_changed.remarks(changes, bodies)),
    }
