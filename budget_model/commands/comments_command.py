"""`comments`: what is remarked on figures, opportunities, targets, bids and lines, and what of it is open."""

import argparse
import json

from budget_model.commands.asked import board_of, body_of
from budget_model.count.saying import counted, opened
from budget_model.dates import moment
from budget_model.partnership.comments import Thread, open_of
from budget_model.store.comments import comments
from budget_model.store.places import place_of
from budget_model.store.store import Store


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may be asked for."""
    parser.add_argument("--every", action="store_true", help="the resolved ones too")
    parser.add_argument("--board", default="", help="id of a board: only what concerns it")
    parser.add_argument("--body", default="", help="id of a body: only what concerns it")
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def run(options: argparse.Namespace) -> int:
    """Print every comment asked for, with what was said to it."""
    with Store.existing() as store:
        every = comments(store)
        place = place_of(store)
    asked = {
        "boards": filter(None, [board_of(place, options.board)]),
        "bodies": filter(None, [body_of(place, options.body)]),
    }
    shown = every if options.every else open_of(every, **asked)
    if options.json:
        print(json.dumps({"comments": [_as_json(thread) for thread in shown]}, ensure_ascii=False))
        return 0
    print(f"{opened(counted(len(shown), 'comment', 'comments'))}." if shown else "No comment is open.")
    for one in shown:
        print(f"  {one.subject.about}, {one.subject.title} ({'open' if one.is_open else 'resolved'})")
        for remark in one.remarks:
            print(f"    {remark.by} {remark.step} on {moment(remark.at)}: {remark.text}")
    return 0


def _as_json(thread: Thread) -> dict[str, object]:
    subject = thread.subject
    return {
        "number": thread.number,
        "open": thread.is_open,
        "about": str(subject.about),
        "key": subject.key,
        "title": subject.title,
        "scope": subject.scope,
        "bodies": list(subject.bodies),
        "boards": list(subject.boards),
        "said": [
            {"by": remark.by, "at": remark.at.isoformat(), "step": str(remark.step), "text": remark.text}
            for remark in thread.remarks
        ],
    }
