"""`reorganise`: what a merger, a split or a transfer of functions moves from whom to whom."""

import argparse
import json
from decimal import Decimal

from budget_model.answers import Answers
from budget_model.commands.asked import known, scope_arguments, scope_of
from budget_model.exhibits import reorganisation
from budget_model.exhibits.exhibit import Gone
from budget_model.exhibits.reorganisation_worked import (
    Choice,
    Worked,
    bodies_to_choose,
    listed_cases,
    worked_out,
)
from budget_model.money import NOTHING, decimal_text, exact_pounds, typed_between
from budget_model.plain_values import LARGEST
from budget_model.problem import Refusal
from budget_model.store.england import years_returned
from budget_model.store.store import Store
from budget_model.together.reorganisation import (
    Basis,
    Change,
    Ground,
    Kind,
    NewBody,
    Part,
    Plan,
    from_link,
    to_link,
)
from budget_model.together.reorganisation_cases import cases

OF = {"map": Ground.MAP, "returns": Ground.RETURNS}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may be asked for."""
    scope_arguments(parser)
    parser.add_argument("--case", default="", help="an example that ships, by its id; --list names them")
    parser.add_argument("--list", action="store_true", help="name the examples that ship")
    parser.add_argument(
        "--plan", default="", help="a what-if, by the word that the page’s address has for it"
    )
    parser.add_argument(
        "--merge", nargs="+", default=[], metavar="BODY", help="bodies that become one: see --into"
    )
    parser.add_argument("--split", default="", metavar="BODY", help="a body that becomes several: see --into")
    parser.add_argument(
        "--transfer", default="", metavar="BODY", help="a body that passes --service on: see --into"
    )
    parser.add_argument(
        "--into", action="append", default=[], metavar="BODY[=SHARE]", help="who has the money afterwards"
    )
    parser.add_argument("--service", action="append", default=[], help="a service that goes, by its id")
    parser.add_argument(
        "--of", choices=list(OF), default="map", help="on the bodies of this map, or of England’s returns"
    )
    parser.add_argument("--returned", default="", help="year of the returns or of the example’s money")


def run(options: argparse.Namespace) -> int:
    """Work it out, and print what moves."""
    with Store.existing() as store:
        answers = Answers(store, scope_of(store, options))
        if options.list:
            return _list(answers, as_json=options.json)
        worked_plan = worked_out(answers, _choice(answers, options))
    if isinstance(worked_plan, Gone):
        raise Refusal(f"{worked_plan.sentence} {worked_plan.remedy}")
    problems = worked_plan.outcome.problems
    if problems and not worked_plan.outcome.moved:
        raise Refusal(f"{problems[0].sentence} {problems[0].remedy}", tuple(problems))
    if options.json:
        print(json.dumps(as_json(worked_plan), ensure_ascii=False))
        return 0
    print(reorganisation.sentence(worked_plan))
    for (source, target), amount in sorted(worked_plan.outcome.between.items(), key=lambda pair: -pair[1]):
        arrow = "stays with" if source == target else "to"
        print(
            f"  {worked_plan.body(source):<34}{arrow:<11}{worked_plan.body(target):<40}{exact_pounds(amount):>22}"
        )
    for problem in problems:
        print(f"  {problem.sentence} {problem.remedy}")
    print(f"  {reorganisation.KEPT}")
    return 0


def _list(answers: Answers, *, as_json: bool) -> int:
    found = listed_cases(answers)
    if as_json:
        named = [{"id": case.id, "title": case.title, "happened": case.happened} for case in found]
        print(json.dumps(named, ensure_ascii=False))
    else:
        for case in found:
            print(f"{case.id:<28}{case.title}")
    return 0


def _choice(answers: Answers, options: argparse.Namespace) -> Choice:
    """What the options ask for; raises `Refusal` for a case, a plan or a body that there is none of."""
    known(options.returned, [year for year, _ in years_returned()], "year of the returns")
    services = [service.id for service in answers.place.services]
    for service in options.service:
        known(service, services, "service", "`trends --list` names them")
    if options.plan:
        if from_link(options.plan) is None:
            raise Refusal("This is no what-if that the page wrote.")
        return Choice(own=options.plan, year=options.returned)
    sources = [*options.merge, *filter(None, (options.split, options.transfer))]
    if sources:
        return Choice(own=to_link(_plan(answers, options, sources)), year=options.returned)
    if options.into:
        raise Refusal("Say with --merge, --split or --transfer whose money it is that goes there.")
    return Choice(known(options.case, cases(), "example"), options.returned)


def _plan(answers: Answers, options: argparse.Namespace, sources: list[str]) -> Plan:
    """The plan of one step that the options name."""
    ground = OF[options.of]
    bodies = bodies_to_choose(answers, Plan(ground=ground))
    for body in sources:
        known(body, bodies, "body", "`neighbours` and `total` name them")
    if not options.into:
        raise Refusal("Say with --into who has the money afterwards.")
    parts = tuple(_part(word) for word in options.into)
    kind = Kind.SPLIT if options.split else Kind.TRANSFER if options.transfer else Kind.MERGER
    basis = Basis.STATED if kind is Kind.SPLIT else Basis.WHOLE
    made = tuple(NewBody(part.into, part.into) for part in parts if part.into not in bodies)
    change = Change(tuple(sources), parts, kind, tuple(options.service), basis)
    return Plan(str(kind), ground, options.returned, (change,), made)


def _part(word: str) -> Part:
    """Who takes what share.

    >>> _part("north=60"), _part("The New Council")
    (Part(into='north', size=Decimal('60'), area='', name=''), Part(into='The New Council', size=Decimal('1'), area='', name=''))
    """
    into, _, share = word.partition("=")
    size = typed_between(share, Decimal(0), LARGEST) if share else Decimal(1)
    if size is None:
        raise Refusal(f"“{share}” is no share of {into}. Write it as {into}=60.")
    return Part(into, size)


def as_json(worked_plan: Worked) -> dict[str, object]:
    """What moves, with amounts in decimal words; a body's residents are null where nobody counts them."""
    outcome = worked_plan.outcome
    return {
        "case": worked_plan.case.id if worked_plan.case else None,
        "name": worked_plan.plan.name,
        "happened": worked_plan.happened,
        "year": worked_plan.plan.year,
        "of": str(worked_plan.plan.ground),
        "plan": to_link(worked_plan.plan),
        "moved": decimal_text(outcome.moved),
        "total": decimal_text(outcome.total),
        "bodies": [
            _body(worked_plan, body)
            for body in dict.fromkeys((*outcome.bodies_after, *outcome.bodies_before))
        ],
        "services": [_service(worked_plan, service) for service in outcome.services],
        "moves": [
            {
                "from": move.source,
                "to": move.target,
                "service": move.service,
                "amount": decimal_text(move.amount),
            }
            for move in outcome.moves
        ],
        "problems": [problem.sentence for problem in outcome.problems],
    }


def _service(worked_plan: Worked, service: str) -> dict[str, object]:
    before = [amount for (_, key), amount in worked_plan.outcome.before.items() if key == service]
    after = [amount for (_, key), amount in worked_plan.outcome.after.items() if key == service]
    return {
        "service": service,
        "name": worked_plan.service(service),
        "before": decimal_text(sum(before, NOTHING)),
        "after": decimal_text(sum(after, NOTHING)),
    }


def _body(worked_plan: Worked, body: str) -> dict[str, object]:
    people = worked_plan.residents.get(body)
    return {
        "id": body,
        "name": worked_plan.body(body),
        "before": decimal_text(worked_plan.outcome.had(body)),
        "after": decimal_text(worked_plan.outcome.has(body)),
        "residents": None if people is None else int(people.quantize(Decimal(1))),
    }
