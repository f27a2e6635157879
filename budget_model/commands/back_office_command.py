"""`back-office`: what bodies spend on back offices, and the scale of the prize by national rates."""

import argparse
import json
from collections.abc import Mapping
from decimal import Decimal

from budget_model.answers import Answers
from budget_model.commands.asked import year_of
from budget_model.count.saying import opened
from budget_model.exhibits.back_office import about, function_name, no_window, reason, sentence
from budget_model.money import pounds, typed_number
from budget_model.problem import Refusal
from budget_model.scope import Scope
from budget_model.store.store import Store
from budget_model.together.back_office import BackOffice, BackOfficeAsked, national_ratio
from budget_model.vocabulary import Dimension


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may be asked for."""
    parser.add_argument("--year", default="", help="financial year, such as 2016-17; else the place’s own")
    parser.add_argument("--cost", default="0", help="one-off cost of sharing, pounds")
    parser.add_argument(
        "--assume",
        default="0",
        help="part of running costs of bodies that state no back office, 0 to 0.5, or “national” for the national ratio",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def run(options: argparse.Namespace) -> int:
    """Work the prize out, and print it by function."""
    try:
        national = options.assume.strip().casefold() == "national"
        part = national_ratio().central if national else typed_number(options.assume)
        asked = BackOfficeAsked(typed_number(options.cost), part)
    except ValueError as reason_why:
        raise Refusal(f"“{reason_why}” is no number. Write --cost 250000 or --assume 0.05.") from reason_why
    with Store.existing() as store:
        answers = Answers(store, Scope(year=year_of(store, options.year)))
        back_office = answers.back_office(asked)
        names, staff = answers.names(Dimension.ORGANISATION), answers.staff()
    if options.json:
        print(json.dumps(as_json(back_office, staff, asked), ensure_ascii=False))
        return 0
    if not back_office.prizes:
        print("No line is a back-office function, and none says what it buys.")
        return 0
    print(f"{sentence(back_office)} {reason(back_office, names)}")
    if added := about(asked):
        print(f"{opened(added)}.")
    if asked.part == national_ratio().central:
        print(national_ratio().sentence)
    for prize in back_office.prizes:
        bodies = ", ".join(
            f"{names.get(body, body)} {pounds(amount)}" for body, amount in prize.by_organisation
        )
        print(f"\n{function_name(prize.function)}: {pounds(prize.low)} to {pounds(prize.high)}")
        print(f"   of {pounds(prize.base)}: {bodies}")
    if back_office.prizes and (words := no_window(back_office)):
        print(f"\n{words}")
    return 0


def as_json(
    back_office: BackOffice, staff: Mapping[str, Decimal], asked: BackOfficeAsked
) -> dict[str, object]:
    """The prize with amounts in decimal words; per head of staff where a body's staff are known."""
    return {
        "low": str(back_office.low),
        "central": str(back_office.central),
        "high": str(back_office.high),
        "one_off": str(back_office.one_off),
        "base": str(back_office.base),
        "assumed_base": str(back_office.assumed),
        "left_out_of_national_departments": str(back_office.of_departments),
        "assumption": about(asked),
        "functions": [
            {
                "function": prize.function,
                "base": str(prize.base),
                "rate": str(prize.rate),
                "low": str(prize.low),
                "central": str(prize.central),
                "high": str(prize.high),
                "host": prize.host or None,
                "assumed": prize.assumed,
                "by_organisation": {body: str(amount) for body, amount in prize.by_organisation},
                "source": prize.source,
            }
            for prize in back_office.prizes
        ],
        "per_head_of_staff": {body: str(amount) for body, amount in back_office.per_head(staff).items()},
        "endings": [
            {
                "year": ending.year,
                "function": ending.function,
                "by_organisation": {body: str(amount) for body, amount in ending.by_organisation},
            }
            for ending in back_office.endings
        ],
        "in_contracts_with_a_known_end": str(back_office.dated),
        "unstated": {body: str(amount) for body, amount in back_office.unstated},
    }
