"""`trends`: how the money of the place, a body, a board or a service went over the years."""

import argparse
import json
from collections.abc import Mapping
from decimal import Decimal

from budget_model.answers import Answers
from budget_model.commands.asked import known, narrowing_arguments, scope_arguments, scope_of
from budget_model.count.changes_said import Named
from budget_model.count.trends import Point
from budget_model.count.trends_said import break_in_words, missing_in_words
from budget_model.exhibits import trends
from budget_model.exhibits.exhibit import Gone
from budget_model.money import decimal_text, pounds
from budget_model.problem import Refusal
from budget_model.store.store import Store
from budget_model.vocabulary import Dimension


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may be asked for."""
    scope_arguments(parser)
    narrowing_arguments(parser)
    parser.add_argument(
        "--of",
        default=trends.PLACE,
        help="place, organisation:ID, theme:ID, service:ID, or what a return says: memorandum:ID, memorandum:ID/LINE",
    )
    parser.add_argument("--list", action="store_true", help="name all that a trend can be of")
    parser.add_argument("--real-terms", action="store_true", help="in the prices of the latest year")
    parser.add_argument("--per-head", action="store_true", help="for each resident")
    parser.add_argument("--per-person-served", action="store_true", help="for each person the money is for")
    parser.add_argument("--every-body", action="store_true", help="count every body on each year’s map")


def run(options: argparse.Namespace) -> int:
    """Follow it over the years, and print each."""
    with Store.existing() as store:
        asked = scope_of(store, options).switched(real_terms=options.real_terms, per_head=options.per_head)
        answers = Answers(store, asked)
        every = trends.every_key(answers)
        if options.list:
            return _listed(every, in_json=options.json)
        of = known(options.of, every, "trend", "`trends --list` names them")
        choice = trends.Choice(of, options.per_person_served, options.every_body)
        shown = trends.trends(answers, str(choice))
        if isinstance(shown, Gone):
            raise Refusal(f"{shown.sentence} {shown.remedy}")
        trend = trends.counted(answers, choice)
        named = answers.called(Dimension.ORGANISATION)
    if options.json:
        document = {
            "of": choice.of,
            "finding": shown.finding,
            "unit": shown.unit,
            "years": [as_json(point, named) for point in trend.points],
            "bodies": sorted(trend.bodies),
            "not_counted": sorted(trend.left_out),
            "remarks": list(shown.table.notes),
        }
        print(json.dumps(document, ensure_ascii=False))
        return 0
    print(shown.finding)
    for point in trend.points:
        said = missing_in_words(point, named) if point.amount is None else pounds(point.amount)
        print(f"  {point.year}  {said}{'   (not counted like the year before)' if point.breaks else ''}")
    for remark in shown.table.notes:
        print(f"  {remark}")
    return 0


def _listed(every: Mapping[str, str], *, in_json: bool) -> int:
    """Print all that a trend can be of."""
    if in_json:
        print(json.dumps(dict(every), ensure_ascii=False))
        return 0
    for key, name in every.items():
        print(f"{key:<64}{name}")
    return 0


def as_json(point: Point, named: Named) -> dict[str, object]:
    """One year as the contract has it: amounts in decimal words, null where there is no figure."""
    return {
        "year": point.year,
        "amount": _text(point.amount),
        "cash": _text(point.cash),
        "missing": missing_in_words(point, named) or None,
        "breaks": [break_in_words(one, named) for one in point.breaks],
        "people": point.people.population if point.people else None,
        "people_basis": point.people.basis if point.people else None,
    }


def _text(amount: Decimal | None) -> str | None:
    return None if amount is None else decimal_text(amount)
