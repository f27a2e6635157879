"""`who-gains`: who would pay and who would gain by an intervention in this place."""

import argparse
import json
from decimal import Decimal

from budget_model.answers import Answers
from budget_model.commands.asked import known
from budget_model.exhibits.who_gains import of_the_pot, people, range_of, sentence
from budget_model.money import pounds, typed_number
from budget_model.problem import Refusal
from budget_model.scope import Scope
from budget_model.store.places import place_of
from budget_model.store.spending import years
from budget_model.store.store import Store
from budget_model.together.interventions import CaseAsked, WorkedCase, interventions


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may be asked for."""
    parser.add_argument("--year", default="", help="whose prices; else the place’s own year")
    parser.add_argument("--of", default="", help="the intervention: discharge, families or reoffending")
    parser.add_argument("--cohort", default="", help="how many people")
    parser.add_argument("--engaged", default="", help="the part of them that is engaged, 0 to 1")
    parser.add_argument("--each", default="", help="what it costs for each, pounds of the year")
    parser.add_argument("--pot", default="", help="a sum to commission with, pounds, such as the headroom")
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def run(options: argparse.Namespace) -> int:
    """Work the case out, and print who pays and who gains."""
    asked = CaseAsked(
        known(options.of, [each.id for each in interventions().intervention], "intervention"),
        _number(options.cohort),
        _number(options.engaged),
        _number(options.each),
        _number(options.pot),
    )
    if asked.engaged is not None and asked.engaged > 1:
        raise Refusal(f"--engaged {asked.engaged} is more than everybody. Write a part of one, such as 0.8.")
    with Store.existing() as store:
        prices = {price.year for price in place_of(store).deflators} | {*years(store)}
        year = known(options.year, sorted(prices), "year with prices")
        case = Answers(store, Scope(year=year)).who_gains(asked)
    if options.json:
        print(json.dumps(as_json(case), ensure_ascii=False))
        return 0
    print(f"{case.intervention.title}, for {people(case)}.")
    print(f"{sentence(case)} {range_of(case)} {of_the_pot(case)}".strip())
    print(f"Compared with: {case.intervention.comparator}")
    for each in case.case.positions:
        print(f"  {case.names[each.agency]}: pays {pounds(each.cost)}, gains {pounds(each.fiscal)}")
    for passed in case.settled:
        print(f"  {case.names[passed.giver]} to {case.names[passed.receiver]}: {pounds(passed.amount)}")
    return 0


def _number(text: str) -> Decimal | None:
    if not text:
        return None
    try:
        number = typed_number(text)
    except ValueError as reason:
        raise Refusal(f"“{text}” is no number.") from reason
    if number < 0:
        raise Refusal(f"{text} is below zero. Write a number from zero.")
    return number


def as_json(worked_case: WorkedCase) -> dict[str, object]:
    """A case with amounts in decimal words."""
    case = worked_case.case
    return {
        "intervention": worked_case.intervention.id,
        "comparator": worked_case.intervention.comparator,
        "prices": worked_case.prices,
        "cohort": str(worked_case.cohort),
        "pot": None if worked_case.asked.pot is None else str(worked_case.asked.pot),
        "left_of_pot": None if worked_case.left_of_pot is None else str(worked_case.left_of_pot),
        "cost": str(case.cost),
        "fiscal": str(case.fiscal),
        "public_value": str(case.public_value),
        "net": str(case.net),
        "low": str(case.low),
        "high": str(case.high),
        "ratio": None if case.ratio is None else str(case.ratio),
        "payback": case.payback,
        "positions": [
            {
                "agency": each.agency,
                "organisation": worked_case.organisations.get(each.agency),
                "cost": str(each.cost),
                "fiscal": str(each.fiscal),
                "public_value": str(each.public_value),
                "net": str(each.net),
                "after_transfer": str(worked_case.after(each)),
            }
            for each in case.positions
        ],
        "transfers": [
            {
                "from": each.giver,
                "to": each.receiver,
                "amount": str(each.amount),
                "share_of_gain": str(worked_case.share_passed_on(each.giver)),
                "at_the_low_end": str(worked_case.at_the_low_end(each)),
            }
            for each in worked_case.settled
        ],
        "years": [
            {
                "year": each.year,
                "agency": each.agency,
                "cost": str(each.cost),
                "fiscal": str(each.fiscal),
                "public_value": str(each.public_value),
                "present_value": str(each.present),
            }
            for each in case.years
        ],
        "not_in_these_prices": list(worked_case.unpriced),
    }
