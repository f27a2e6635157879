"""`third-sector`: what voluntary bodies receive and who depends on small grants; or a file of grants that is loaded."""

import argparse
import json
from datetime import date
from pathlib import Path

from budget_model import dates
from budget_model.answers import Answers
from budget_model.commands.asked import body_of, known
from budget_model.contribute.grant_files import read_grant_file
from budget_model.contribute.grant_rows import FileKind, GrantFile
from budget_model.contribute.recipients import Recognised
from budget_model.exhibits import third_sector as shown
from budget_model.money import decimal_text, exact_pounds
from budget_model.problem import Refusal
from budget_model.scope import Scope
from budget_model.store.places import place_of
from budget_model.store.store import Store
from budget_model.store.voluntary import confirm, keep_file
from budget_model.together.compact import PROMISES
from budget_model.together.voluntary import Body, Given, Voluntary, amount_of, by, count_of


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may be asked for."""
    parser.add_argument("--year", default="", help="calendar year of the award or payment; else every year")
    parser.add_argument("--load", type=Path, metavar="FILE", help="a file of grants or payments to load")
    parser.add_argument("--payer", default="", help="id of the body that paid, for a list of payments")
    parser.add_argument("--by", default="", help="who loads it; else the user of this machine")
    parser.add_argument("--again", action="store_true", help="load a file that is loaded already")
    parser.add_argument(
        "--confirm-words", action="store_true", help="say that recipients known by their words are voluntary"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def run(options: argparse.Namespace) -> int:
    """Load a file where one is named; then print what is known."""
    with Store.existing() as store:
        body_of(place_of(store), options.payer)
        loaded = _load(store, options) if options.load else None
        answers = Answers(store, Scope())
        every = {str(one.year) for one in shown.held(answers, "").given}
        voluntary = shown.held(answers, known(options.year, sorted(every), "calendar year with a grant"))
        if options.json:
            print(json.dumps(as_json(answers, voluntary, loaded), ensure_ascii=False))
            return 0
        if loaded is not None:
            print(
                f"{loaded.name}: {len(loaded.rows):,} rows are kept, {len(loaded.readable):,} can be counted."
            )
            for problem in loaded.problems:
                print(f"  {problem}")
        print(shown.tail_sentence(voluntary) if voluntary.given else shown.EMPTY.sentence)
        for name, group in by(voluntary.given, lambda one: one.funder).items():
            print(f"  {name:<50}{count_of(group):>8,}{exact_pounds(amount_of(group)):>20}")
        print(f"  {'Total':<50}{voluntary.grants:>8,}{exact_pounds(voluntary.total):>20}")
        for why, aside in voluntary.asides.items():
            print(f"  Not counted: {aside.rows:,} rows of {exact_pounds(aside.amount)} {why}")
    return 0


def _load(store: Store, options: argparse.Namespace) -> GrantFile:
    names = {body.id: body.name for body in Answers(store, Scope()).place.organisations}
    try:
        data = options.load.read_bytes()
    except OSError as reason:
        raise Refusal(f"{options.load} cannot be read ({reason.strerror}).") from None
    file = read_grant_file(data, options.load.name, names.get(options.payer, ""))
    body = options.payer if file.kind is FileKind.PAYMENTS else ""
    by = store.asker.signs(options.by)
    keep_file(store, file, by=by, body=body, again=options.again)
    by_words = {row.recipient_key: True for row in file.readable if row.recognised is Recognised.WORDS}
    if options.confirm_words and by_words:
        confirm(store, by_words, by=by)
    return file


def _promises(answers: Answers, voluntary: Voluntary, on: date) -> list[dict[str, object]]:
    """The Compact's promises: whether each is said to be kept, and what the grants show."""
    kept = {key: str(words.kept) for key, words in answers.promises().items()}
    return [
        {
            "promise": promise.key,
            "kept": kept.get(promise.key),
            "read_in": promise.repeated_by or "the Compact itself",
            "evidence": promise.evidence(voluntary, on) or None,
        }
        for promise in PROMISES
    ]


def as_json(answers: Answers, voluntary: Voluntary, loaded: GrantFile | None) -> dict[str, object]:
    """What is known as other programs read it: amounts in decimal words, pounds; None for what is not known."""
    groups = {
        "by_funder": by(voluntary.given, lambda one: one.funder),
        "by_board": by(voluntary.given, lambda one: one.board),
        "by_size": by(voluntary.given, lambda one: str(one.size)),
        "by_length": by(voluntary.given, lambda one: str(one.length)),
    }
    on = dates.today()
    return {
        "sentence": shown.tail_sentence(voluntary) if voluntary.given else shown.EMPTY.sentence,
        "total": decimal_text(voluntary.total),
        "grants": voluntary.grants,
        "small": {"grants": count_of(voluntary.small), "amount": decimal_text(amount_of(voluntary.small))},
        "depend": [_body(body) for body in voluntary.dependent],
        "bodies": [_body(body) for body in voluntary.bodies],
        **{name: [_group(word, group) for word, group in held.items()] for name, held in groups.items()},
        "ending": [_ending(one) for one in voluntary.ending(on)],
        "promises": _promises(answers, voluntary, on),
        "not_counted": [
            {"why": str(why), "rows": aside.rows, "amount": decimal_text(aside.amount)}
            for why, aside in voluntary.asides.items()
        ],
        "problems": [str(problem) for problem in loaded.problems] if loaded else [],
    }


def _body(body: Body) -> dict[str, object]:
    return {
        "id": body.key,
        "name": body.name,
        "amount": decimal_text(body.amount),
        "grants": len(body.given),
        "small": decimal_text(amount_of(body.small)),
        "small_share": decimal_text(round(body.small_share, 6)),
        "funders": list(body.funders),
    }


def _group(word: str, group: tuple[Given, ...]) -> dict[str, object]:
    return {"name": word or None, "grants": count_of(group), "amount": decimal_text(amount_of(group))}


def _ending(one: Given) -> dict[str, object]:
    return {
        "ends": one.ends and one.ends.isoformat(),
        "body": one.name or None,
        "funder": one.funder,
        "amount": decimal_text(one.amount),
        "source": one.source,
    }
