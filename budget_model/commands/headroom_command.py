"""`headroom`: what capping grants at another year's level would free, by grant."""

import argparse
import json
from collections.abc import Iterable
from decimal import Decimal

from budget_model.answers import Answers
from budget_model.commands.asked import year_of as known_year
from budget_model.exhibits.headroom import sentence, unknown, year_of
from budget_model.money import pounds
from budget_model.place.model import FundingStream
from budget_model.place.strings import Strings
from budget_model.scope import Scope
from budget_model.store.store import Store
from budget_model.together.could_move import CouldMove
from budget_model.together.could_move import sentence as of_move
from budget_model.together.headroom import Headroom, HeadroomAsked


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may be asked for."""
    parser.add_argument("--year", default="", help="financial year, such as 2016-17; else the place’s own")
    parser.add_argument("--against", default="", help="the year to cap grants at; else the year before")
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def run(options: argparse.Namespace) -> int:
    """Work the headroom out, and print it by grant."""
    with Store.existing() as store:
        asked = HeadroomAsked(known_year(store, options.against))
        answers = Answers(store, Scope(year=known_year(store, options.year)))
        headroom, move = answers.headroom(asked), answers.could_move()
        streams = answers.strings_by_stream()
    against = year_of(answers, asked)
    if options.json:
        print(
            json.dumps(
                as_json(headroom, move, answers.scope.year, against) | strings_json(move, streams),
                ensure_ascii=False,
            )
        )
        return 0
    print(f"{sentence(headroom, answers.scope.year, against)} {unknown(headroom, against)}".strip())
    print(of_move(move, answers.scope.year))
    for freed in headroom.grants:
        print(f"{freed.grant.name}: {pounds(freed.amount)}. {freed.why}")
    return 0


def strings_json(
    move: CouldMove, streams: Iterable[tuple[FundingStream, Strings, Decimal]]
) -> dict[str, object]:
    """The strings on the money: for how much each is stated, and those of each stream; '' for what is unknown."""
    return {
        "ends_by_then": str(move.ends_by_then),
        "match_beside": str(move.match_beside),
        "strings_known": {str(string): str(amount) for string, amount in move.known},
        "streams": [
            {"stream": stream.id, "amount": str(amount)}
            | {str(string): words for string, words in strings.said.items()}
            for stream, strings, amount in streams
        ],
    }


def as_json(headroom: Headroom, move: CouldMove, year: str, against: str) -> dict[str, object]:
    """The headroom with amounts in decimal words; None for what is not stated."""
    return {
        "year": year,
        "against": against,
        "freed": str(headroom.amount),
        "unstated": headroom.unstated,
        "contract_unsaid": str(move.contract_unsaid),
        "could_move": {hold.name.lower(): str(amount) for hold, amount in move.by_hold},
        "by_organisation": {body: str(amount) for body, amount in headroom.by_organisation.items()},
        "grants": [
            {
                "organisation": freed.grant.organisation,
                "stream": freed.grant.stream,
                "this_year": str(freed.grant.this_year),
                "against": None if freed.grant.last_year is None else str(freed.grant.last_year),
                "freed": str(freed.amount),
                "why": freed.why,
                "ends": None if freed.grant.strings.ends is None else str(freed.grant.strings.ends),
                "may_move": None if freed.grant.may_move is None else str(freed.grant.may_move),
            }
            for freed in headroom.grants
        ],
    }
