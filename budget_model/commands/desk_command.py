"""`desk`: what lies before the Board, a delivery board or an advocate."""

import argparse
import json

from budget_model.answers import Answers
from budget_model.commands.asked import known, scope_arguments, scope_of
from budget_model.money import pounds
from budget_model.partnership.desk import THE_BOARD, Ask, Desk, desks_of
from budget_model.store.store import Store


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may be asked for."""
    parser.add_argument(
        "board",
        nargs="?",
        default=THE_BOARD.id,
        help="id of the delivery board or the cross-cutting theme; the partnership’s own Board where none is given",
    )
    scope_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Say what is to be decided, and what the map shows of each duty."""
    with Store.existing() as store:
        answers = Answers(store, scope_of(store, options))
        boards = desks_of(answers.place.themes)
        desk = answers.desk(known(options.board, boards, "board"))
    if options.json:
        print(json.dumps(as_json(desk), ensure_ascii=False))
        return 0
    print(desk.sentence)
    for ask in desk.asks:
        print(f"  {ask.why}: {ask.title}{_amount(ask)}. {ask.sentence}")
    for duty in desk.duties:
        print(f"{duty.name}: {duty.shown}. {duty.evidence}")
    return 0


def _amount(ask: Ask) -> str:
    return f" ({pounds(ask.amount)})" if ask.amount is not None else ""


def _ask_as_json(ask: Ask) -> dict[str, object]:
    return {
        "why": ask.why,
        "subject": ask.subject,
        "title": ask.title,
        "says": ask.sentence,
        "amount": None if ask.amount is None else str(ask.amount),
        "due": ask.due.isoformat() if ask.due else None,
    }


def as_json(desk: Desk) -> dict[str, object]:
    """The desk with amounts in decimal words; None for what is unknown."""
    return {
        "board": desk.theme.id,
        "says": desk.sentence,
        "within_board": [opportunity.id for opportunity in desk.within],
        "cross_board": [opportunity.id for opportunity in desk.across],
        "asks": [_ask_as_json(ask) for ask in desk.asks],
        "more_asks": desk.more_asks,
        "pools": [
            {
                "pool": each.pool.id,
                "name": each.pool.name,
                "amount": str(each.from_services),
                "review": each.pool.review.isoformat() if each.pool.review else None,
                "overdue": each.late,
                "illustrative": each.pool.illustrative,
            }
            for each in desk.pools
        ],
        "measures": [
            {
                "measure": money.target.id,
                "name": money.target.name,
                "heading": str(money.track),
                "latest": str(money.target.latest),
                "target": None if money.target.target is None else str(money.target.target),
                "amount": str(money.linked),
                "illustrative": money.illustrative,
            }
            for money in desk.targets
        ],
        "external_funding": str(desk.funding.total),
        "decisions_open": [entry.decision.opportunity for entry in desk.open],
        "duties": [
            {"duty": duty.name, "asked": duty.asked, "shown": str(duty.shown), "evidence": duty.evidence}
            for duty in desk.duties
        ],
    }
