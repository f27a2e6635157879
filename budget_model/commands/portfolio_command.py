"""`portfolio`: which opportunities to take up first with the effort and the limits there are."""

import argparse
import json
from datetime import date
from decimal import Decimal

from budget_model.answers import Answers
from budget_model.commands.asked import year_of
from budget_model.exhibits.portfolio import apart, in_words, reason, sentence
from budget_model.money import pounds, typed_number
from budget_model.problem import Refusal
from budget_model.scope import Scope
from budget_model.store.store import Store
from budget_model.together.ladder import arrangement_name
from budget_model.together.portfolio_asked import USUAL_EFFORT, ChosenPortfolio, PortfolioAsked
from budget_model.vocabulary import View


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may be asked for."""
    parser.add_argument("--year", default="", help="financial year, such as 2016-17; else the place’s own")
    parser.add_argument("--view", choices=[str(view) for view in View], default="commissioner")
    parser.add_argument("--effort", default=str(USUAL_EFFORT), help="units of work of each partner")
    parser.add_argument(
        "--own",
        action="append",
        default=[],
        metavar="ORGANISATION=UNITS",
        help="units of work of one partner",
    )
    parser.add_argument("--part", default="", help="largest part of flexible money in pools, 0 to 1")
    parser.add_argument("--pools", type=int, help="new pools at most")
    parser.add_argument("--by", default="", help="none that is known to start after this day: 2027-04-01")
    parser.add_argument(
        "--boards-first", action="store_true", help="a board’s own alignment before its pools"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def run(options: argparse.Namespace) -> int:
    """Choose, and print what was chosen and why the rest is out."""
    asked = _asked(options)
    with Store.existing() as store:
        answers = Answers(store, Scope(year=year_of(store, options.year), view=View(options.view)))
        portfolio = answers.portfolio(asked)
        if options.json:
            print(json.dumps(as_json(portfolio), ensure_ascii=False))
            return 0
        _print(portfolio, in_words(asked, answers))
    return 0


def _asked(options: argparse.Namespace) -> PortfolioAsked:
    try:
        by_day = date.fromisoformat(options.by) if options.by else None
    except ValueError as reason_why:
        raise Refusal(f"{options.by} is no day. Write it as 2027-04-01.") from reason_why
    own = [each.partition("=") for each in options.own]
    part = _number(options.part, "--part") if options.part else None
    if part is not None and part > 1:
        raise Refusal(f"--part {part} is more than all of the money. Write a part of one, such as 0.1.")
    return PortfolioAsked(
        _number(options.effort, "--effort"),
        tuple(sorted((body, _number(units, f"--own {body}")) for body, _, units in own)),
        part,
        options.pools,
        by_day,
        options.boards_first,
    )


def _number(text: str, where: str) -> Decimal:
    try:
        number = typed_number(text)
    except ValueError as reason_why:
        raise Refusal(f"{where}: “{text}” is no number.") from reason_why
    if number < 0:
        raise Refusal(f"{where}: {text} is below zero or no amount. Write a number from zero.")
    return number


def as_json(portfolio: ChosenPortfolio) -> dict[str, object]:
    """A portfolio with amounts in decimal words."""
    return {
        "planned": str(portfolio.planned),
        "joinable": str(portfolio.joinable),
        "offered": portfolio.offered,
        "with_departments": str(portfolio.with_departments),
        "waiting": str(portfolio.waiting),
        "proven": portfolio.choice.proven,
        "value": str(portfolio.choice.value),
        "gap": str(portfolio.choice.gap),
        "chosen": [
            {
                "id": each.opportunity.id,
                "title": each.opportunity.title,
                "level": each.level,
                "arrangement": arrangement_name(each.level),
                "planned": str(each.planned),
                "joinable": str(each.joinable),
            }
            for each in portfolio.taken_up
        ],
        "left_out": [{"id": each.id, "title": each.title, "why": why} for each, why in portfolio.left_out],
        "binding": [
            {
                "what": limit.what,
                "brings": str(limit.brings),
                "proven": limit.proven,
                "sentence": limit.sentence,
            }
            for limit in portfolio.choice.binding
        ],
        "effort": {
            each.organisation: {"used": str(each.used), "limit": str(each.limit)} for each in portfolio.effort
        },
    }


def _print(portfolio: ChosenPortfolio, limits: str) -> None:
    if not portfolio.offered:
        print("No opportunity in this choice has money that could be planned together.")
        return
    print(f"{sentence(portfolio)} {reason(portfolio)} {apart(portfolio)}".strip())
    print(f"Limits: {limits}.")
    for each in portfolio.taken_up:
        print(f"\n{each.opportunity.title}")
        print(
            f"   {arrangement_name(each.level)}: {pounds(each.planned)} of {pounds(each.joinable)} planned together"
        )
    for one, why in portfolio.left_out:
        print(f"\nOut: {one.title}\n   {why}")
