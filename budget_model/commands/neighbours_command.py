"""`neighbours`: what a body of the place spends per resident beside others, its rank and the pounds to the median."""

import argparse
import json

from budget_model.answers import Answers
from budget_model.commands.asked import known, scope_arguments, scope_of
from budget_model.count.neighbours import OWN_LIST, Standing, peers_of
from budget_model.exhibits import neighbours
from budget_model.exhibits.exhibit import Gone
from budget_model.exhibits.neighbours import Choice, Compared
from budget_model.money import PENNY, decimal_text, exact_pounds
from budget_model.place.england import england
from budget_model.problem import Refusal
from budget_model.store.england import years_returned
from budget_model.store.store import Store


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may be asked for."""
    scope_arguments(parser)
    parser.add_argument(
        "--body", default="", help="e-code of the body, such as E7010; else the place’s council"
    )
    parser.add_argument(
        "--beside",
        default="class",
        help="class, region, or a published scheme such as dfe-2025; else --council",
    )
    parser.add_argument(
        "--council", action="append", default=[], help="a council of your own list, by its name"
    )
    parser.add_argument("--returned", default="", help="year of the returns; else the nearest to the map’s")
    parser.add_argument(
        "--per",
        choices=list(neighbours.PER),
        default="head",
        help="per resident, or per child or adult served",
    )
    parser.add_argument("--by", choices=list(neighbours.TELLINGS), default="return")


def run(options: argparse.Namespace) -> int:
    """Compare, and print where the body stands on each service."""
    peers = options.beside
    if options.council:
        peers = f"{OWN_LIST}:" + "+".join(england().place_called(name).ecode for name in options.council)
    with Store.existing() as store:
        answers = Answers(store, scope_of(store, options))
        _refuse_unknown(answers, options)
        comparison = neighbours.compare(
            answers, Choice(options.body, peers, options.returned, options.by, options.per)
        )
    if isinstance(comparison, Gone):
        raise Refusal(f"{comparison.sentence} {comparison.remedy}")
    if options.json:
        print(json.dumps(as_json(comparison), ensure_ascii=False))
        return 0
    print(neighbours.largest(comparison, comparison.parts or comparison.found).sentence)
    for standing in comparison.found:
        name = comparison.names.get(standing.key, standing.key)
        print(
            f"  {name:<44}£{standing.own:>9,.2f}  median £{standing.median:>9,.2f}  {standing.rank:>3} of {standing.of:<3}"
            f"{exact_pounds(standing.apart):>20}"
        )
    print(f"  {neighbours.CAUTION}")
    return 0


def _refuse_unknown(answers: Answers, options: argparse.Namespace) -> None:
    """Raise `Refusal` for a body, a year or a group of peers that there is none of."""
    bodies = {body.ecode: body for body in neighbours.bodies_of(answers)}
    if not bodies:
        return
    body = bodies[known(options.body, bodies, "body with a return, by its e-code,") or next(iter(bodies))]
    known(options.returned, [year for year, _ in years_returned()], "year of the returns")
    if not options.council:
        known(options.beside, [peers.key for peers in peers_of(body, england())], "group to compare with")


def as_json(comparison: Compared) -> dict[str, object]:
    """The comparison as the contract has it: amounts in decimal words, per resident to the penny."""
    return {
        "body": comparison.body.ecode,
        "name": comparison.body.name,
        "year": comparison.year,
        "phase": comparison.phase,
        "per": comparison.person,
        "beside": {
            "key": comparison.peers.key,
            "name": comparison.peers.name,
            "bodies": list(comparison.peers.ecodes),
        },
        "standings": [
            _standing(standing, comparison.person)
            | {"name": comparison.names.get(standing.key, standing.key)}
            for standing in comparison.found
        ],
        "per_child": [_standing(standing, "child") for standing in comparison.per_child.values()],
        "per_adult": [_standing(standing, "adult") for standing in comparison.per_adult.values()],
        "caution": neighbours.CAUTION,
    }


def _standing(standing: Standing, person: str) -> dict[str, object]:
    return {
        "key": standing.key,
        f"per_{person}": decimal_text(standing.own.quantize(PENNY)),
        "median": decimal_text(standing.median.quantize(PENNY)),
        "rank": standing.rank,
        "of": standing.of,
        "quarter": str(standing.quarter),
        "apart": decimal_text(standing.apart),
    }
