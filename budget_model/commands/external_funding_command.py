"""`external-funding`: what money from outside is held, what ends when by board, and who bids for what."""

import argparse
import json
from datetime import date

from budget_model import dates
from budget_model.answers import Answers
from budget_model.commands.asked import board_of
from budget_model.exhibits import external_funding as shown
from budget_model.money import decimal_text, exact_pounds
from budget_model.place.model import Award, Bid
from budget_model.problem import Refusal
from budget_model.scope import Scope
from budget_model.store.store import Store
from budget_model.together.external_funding import Register, by_year, cliff, ends, rivals


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may be asked for."""
    parser.add_argument("--board", default="", help="id of a board, such as city-growth; else all of them")
    parser.add_argument(
        "--on", default="", help="the day from which it is seen, such as 2026-11-26; else today"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def run(options: argparse.Namespace) -> int:
    """Read the register, and print what ends, what is held by year, and the bids."""
    try:
        on = date.fromisoformat(options.on) if options.on else dates.today()
    except ValueError:
        raise Refusal(f"{options.on} is no day. Write it as 2026-11-26.") from None
    with Store.existing() as store:
        answers = Answers(store, Scope())
        held = answers.external_funding().of_board(board_of(answers.place, options.board))
        sentence = shown.answer(answers, held, on)
        if options.json:
            print(json.dumps(as_json(held, on, sentence), ensure_ascii=False))
            return 0
        print(sentence)
        print(shown.reasons(held, on))
        found = cliff(held)
        for year in found.years:
            print(f"  {year or shown.NO_DATES:<22}{exact_pounds(found.of_year(year)):>20}")
        print(f"  {'Register':<22}{exact_pounds(found.total):>20}")
    return 0


def as_json(held: Register, on: date, sentence: str) -> dict[str, object]:
    """The register as other programs read it: amounts in decimal words, pounds; None for what is not known."""
    found, sorted_by_end = cliff(held), ends(held, on)
    return {
        "on": on.isoformat(),
        "by": sorted_by_end.by.isoformat(),
        "sentence": sentence,
        "total": decimal_text(held.total),
        "ending": [award.id for award in sorted_by_end.ending],
        "by_year": [
            {
                "year": year or None,
                "amount": decimal_text(found.of_year(year)),
                "boards": {
                    board: decimal_text(amount) for (of, board), amount in found.amounts.items() if of == year
                },
            }
            for year in found.years
        ],
        "awards": [_award(award) for award in held.awards],
        "bids": [_bid(bid, held.bids) for bid in held.bids],
    }


def _award(award: Award) -> dict[str, object]:
    return {
        "id": award.id,
        "stream": award.stream,
        "funder": award.funder,
        "what": award.what,
        "holder": award.holder,
        "board": award.board,
        "amount": decimal_text(award.amount),
        "counted": award.counted,
        "starts": award.starts and award.starts.isoformat(),
        "ends": award.ends and award.ends.isoformat(),
        "by_year": {year: decimal_text(amount) for year, amount in by_year(award).items()},
        "source": award.source,
    }


def _bid(bid: Bid, every: tuple[Bid, ...]) -> dict[str, object]:
    return {
        "id": bid.id,
        "name": bid.name,
        "state": str(bid.state),
        "stream": bid.stream,
        "funder": bid.funder,
        "amount": decimal_text(bid.amount),
        "won": None if bid.won is None else decimal_text(bid.won),
        "deadline": bid.deadline and bid.deadline.isoformat(),
        "lead": bid.lead or bid.led_by,
        "others": [rival.id for rival in rivals(bid, every)],
        "source": bid.source,
    }
