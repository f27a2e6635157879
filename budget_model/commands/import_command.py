"""`import`: load a spreadsheet as a submission of one organisation, as the upload page does."""

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from budget_model.commands.asked import known
from budget_model.commands.read_command import bytes_of
from budget_model.contribute.about import WHOLE, About, organisation_of
from budget_model.contribute.certificate import Certificate, certificate_before, text_of
from budget_model.contribute.certificate import to_json as certificate_json
from budget_model.contribute.compare import ALL, unit_mistakes
from budget_model.contribute.compose import DIFFERENCE, Composed, Said, as_answered, compose
from budget_model.contribute.paying import How
from budget_model.contribute.suggesting import suggester_for
from budget_model.contribute.understood import YEAR
from budget_model.financial_year import financial_year
from budget_model.intake.guard import read_guarded
from budget_model.intake.reading import Reading
from budget_model.intake.sheet.answers import PHASE
from budget_model.intake.sheet.table import Question
from budget_model.money import exact_pounds, percent, typed_number
from budget_model.place.model import Place
from budget_model.problem import Refusal
from budget_model.store import changes
from budget_model.store.contributions import remembered_answers, same_file, submit
from budget_model.store.mapping_memory import confirmed, lines_before
from budget_model.store.places import place_of
from budget_model.store.store import Store
from budget_model.store.submissions import Received
from budget_model.store.twice import on_the_map
from budget_model.vocabulary import Phase, Provenance, Reconciliation

WRONG_USE = 2
REFUSED = 1


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may be asked for."""
    parser.add_argument("file", type=Path, metavar="FILE", help="a workbook, a CSV or a Fiscal Data Package")
    parser.add_argument("--organisation", required=True, metavar="ID", help="whose money it is: id or name")
    parser.add_argument("--year", required=True, help="financial year, such as 2016-17")
    parser.add_argument(
        "--phase", choices=[str(phase) for phase in Phase], default=str(Phase.ORIGINAL_BUDGET)
    )
    parser.add_argument("--part", default=WHOLE, help="which part of its budget, where files add up")
    parser.add_argument("--control-total", metavar="N", help="its own total: net pounds")
    parser.add_argument("--explain", default="", metavar="TEXT", help="why what was read differs from it")
    parser.add_argument(
        "--explain-changes",
        default="",
        metavar="TEXT",
        help="why it differs from last year by more than the place’s limit",
    )
    parser.add_argument("--share", default="", metavar="ID", help="the city share; else the usual one")
    parser.add_argument("--grade", type=int, choices=range(1, 7), help="confidence grade; else the share’s")
    parser.add_argument("--source", default="", help="where the figures were published")
    parser.add_argument(
        "--provenance",
        choices=[str(provenance) for provenance in Provenance if provenance is not Provenance.UNKNOWN],
        default=str(Provenance.STATED),
        help="how the figures came about; audited only where an auditor has signed them",
    )
    parser.add_argument(
        "--accept-questions", action="store_true", help="take the best guess to each question"
    )
    parser.add_argument(
        "--answer", action="append", default=[], metavar="KEY=VALUE", help="answer a question"
    )
    parser.add_argument(
        "--approve", action=argparse.BooleanOptionalAction, default=True, help="put it on the map at once"
    )
    parser.add_argument("--again", action="store_true", help="keep the very same file once more")
    parser.add_argument("--by", default="", help="who sends it; else the user of this machine")
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def run(options: argparse.Namespace) -> int:
    """Read, map, reconcile and keep the file; exit status 1 with the sentence where it is refused."""
    try:
        about, given, control = _understood(options)
        data = bytes_of(options.file)
    except (Refusal, OSError) as fault:
        said = (
            fault.sentence
            if isinstance(fault, Refusal)
            else f"{options.file} cannot be read: {fault.strerror}."
        )
        return _refused(options, said, WRONG_USE)
    with Store.existing() as store:
        place = place_of(store)
        try:
            body = organisation_of(place, about.organisation)
        except Refusal as fault:
            return _refused(options, fault.sentence, WRONG_USE)
        about = About(body.id, about.year, about.phase, about.part)
        desk = _Desk(options, store, place, about, data, given, control, remembered_answers(store, body.id))
        return _loaded(desk)


@dataclass(frozen=True, slots=True)
class _Desk:
    """One import: what was asked for, of which file, and what is known already."""

    options: argparse.Namespace
    store: Store
    place: Place
    about: About
    data: bytes
    given: dict[str, str]
    """The answers of this command."""
    control: Decimal | None
    remembered: dict[str, str]
    """The answers of earlier files."""

    def with_answers(self, accepted: Mapping[str, str]) -> "_Desk":
        """The same import, more of it answered."""
        return replace(self, given={**self.given, **accepted})

    @property
    def answers(self) -> dict[str, str]:
        """All answers, those of this command before the remembered ones."""
        return {**self.remembered, **self.given}


def _loaded(desk: _Desk) -> int:
    answers = {**desk.answers, PHASE: str(desk.about.phase)}
    reading = read_guarded(desk.data, desk.options.file.name, answers)
    if reading.refused:
        return _refused(desk.options, reading.refused, REFUSED)
    composed = _composed(desk, reading)
    open_questions = _not_answered(composed, accepted=desk.options.accept_questions)
    if open_questions:
        return _refuse_for_questions(desk.options, open_questions)
    accepted = {question.key: question.best for question in composed.understood.questions}
    if not composed.doubted.isdisjoint(accepted):
        return _loaded(desk.with_answers(accepted))
    return _keep_and_tell(
        desk.with_answers(accepted), reading, as_answered(composed, {**desk.answers, **accepted})
    )


def _keep_and_tell(desk: _Desk, reading: Reading, composed: Composed) -> int:
    if composed.left_out:
        return _refuse_for_left_out(desk.options, composed)
    if fault := _not_loadable(composed):
        return _refused(desk.options, fault, REFUSED, composed)
    elsewhere = [
        file.sentence
        for file in same_file(desk.store, reading.sha256)
        if file.about != desk.about and file.status == "approved"
    ]
    elsewhere += _worth_a_look(desk.store, composed, desk.place)
    received = submit(
        desk.store,
        composed,
        desk.data,
        by=desk.store.asker.signs(desk.options.by),
        approve=desk.options.approve,
        answers=desk.given,
        again=desk.options.again,
    )
    return _tell_outcome(desk.options, composed, received, desk.place, desk.given, elsewhere)


def _understood(options: argparse.Namespace) -> tuple[About, dict[str, str], Decimal | None]:
    about = About(
        options.organisation,
        financial_year(options.year),
        Phase(options.phase),
        options.part.strip() or WHOLE,
    )
    given: dict[str, str] = {}
    for one in options.answer:
        key, equals, value = one.partition("=")
        if not equals or not key.strip():
            raise Refusal(f"'{one}' is not an answer: write it as KEY=VALUE.")
        given[key.strip()] = value.strip()
    return about, given, _amount(options.control_total)


def _amount(text: str | None) -> Decimal | None:
    if text is None:
        return None
    try:
        return typed_number(text)
    except ValueError:
        raise Refusal(f"'{text}' is not a total in pounds: write it as 390292000.") from None


def _composed(desk: _Desk, reading: Reading) -> Composed:
    memory, options, about = confirmed(desk.store), desk.options, desk.about
    known(
        options.share, [share.id for share in desk.place.shares], "share", "`settings list shares` names them"
    )
    said = Said(
        about,
        desk.answers,
        {},
        _explained(options),
        desk.control,
        options.share,
        options.grade,
        options.source,
        {key: answer for key, answer in desk.remembered.items() if key not in desk.given},
        Provenance(options.provenance),
    )
    return compose(
        reading,
        said,
        desk.place,
        confirmed=memory,
        before=lines_before(desk.store, about.organisation),
        suggests=suggester_for(desk.place, memory),
        on_map=on_the_map(desk.store, about),
        last=changes.last_sent(desk.store, about),
    )


def _explained(options: argparse.Namespace) -> dict[str, str]:
    said = {DIFFERENCE: options.explain.strip(), ALL: options.explain_changes.strip()}
    return {subject: words for subject, words in said.items() if words}


def _worth_a_look(store: Store, composed: Composed, place: Place) -> list[str]:
    """What an officer would be asked to explain: mistaken units, and changes over the place's limit."""
    made = composed.submission
    about = About(made.organisation, made.year, made.phase, made.part)
    other = changes.sent_last_year(store, about) or changes.sent_before(store, about)
    before = changes.lines_sent(store, other[0]) if other else ()
    found = [mistake.sentence for mistake in unit_mistakes(before, made.lines, place.plausibility)]
    limit = f"{place.plausibility.change_to_explain * 100:.0f}%"
    if other and not composed.explanations.get(ALL):
        found += [
            f"Against {other[1]}: {change.sentence} A change over {limit} asks for a reason: give it with "
            "--explain-changes, or on the page Submissions and data quality."
            for change in changes.to_explain_of(store, made, place)
        ]
    return found


def _not_answered(composed: Composed, *, accepted: bool) -> tuple[Question, ...]:
    """The questions that stand in the way: another year's figures are never taken for this year's unasked."""
    if not accepted:
        return composed.understood.questions
    return tuple(question for question in composed.understood.questions if question.key == YEAR)


def _not_loadable(composed: Composed) -> str:
    if not composed.submission.lines:
        return "The file holds no lines of this organisation."
    if (
        composed.agreement.state is Reconciliation.NOT_RECONCILED
        and composed.submission.control_total is not None
    ):
        return (
            f"{composed.agreement.sentence} The difference is {exact_pounds(composed.agreement.difference)}. "
            "Correct the file or the control total, or say why with --explain."
        )
    return ""


def _refused(
    options: argparse.Namespace, sentence: str, status: int, composed: Composed | None = None
) -> int:
    if options.json:
        refusal: dict[str, object] = {"refused": {"reason": sentence}}
        if composed is not None:
            refusal["read_total"] = str(composed.submission.read_total)
            refusal["difference"] = str(composed.agreement.difference)
        print(json.dumps(refusal, ensure_ascii=False))
    print(sentence, file=sys.stderr)
    return status


def _refuse_for_questions(options: argparse.Namespace, questions: Sequence[Question]) -> int:
    many = len(questions) != 1
    sentence = (
        f"{len(questions)} question{'s are' if many else ' is'} open. Answer with --answer KEY=VALUE, or take "
        "the best guesses with --accept-questions."
    )
    if options.json:
        asked = [
            {
                "key": question.key,
                "ask": question.ask,
                "best": question.best,
                "reason": question.reason,
                "options": list(question.options),
            }
            for question in questions
        ]
        print(json.dumps({"refused": {"reason": sentence}, "questions": asked}, ensure_ascii=False))
    print(sentence, file=sys.stderr)
    for question in questions:
        print(f"  {question.ask}", file=sys.stderr)
        print(f"    best guess: {question.best} ({question.reason})", file=sys.stderr)
        print(
            f"    --answer '{question.key}={question.best}'   or: {'; '.join(question.options[:12])}",
            file=sys.stderr,
        )
    return REFUSED


def _refuse_for_left_out(options: argparse.Namespace, composed: Composed) -> int:
    """Say that nothing was loaded, since the money is on the map already."""
    other = composed.left_out[0].on_map
    sentence = f"This money is on the map already as {other.name}: nothing was changed."
    if options.json:
        known = {
            "submission": other.submission,
            "known_already": True,
            "status": "left out",
            "says": sentence,
        }
        print(json.dumps(known, ensure_ascii=False))
    else:
        print(sentence)
    return 0


def _tell_outcome(
    options: argparse.Namespace,
    composed: Composed,
    received: Received,
    place: Place,
    answers: dict[str, str],
    elsewhere: Sequence[str],
) -> int:
    name = organisation_of(place, composed.submission.organisation).name
    certificate = certificate_before(composed, name, answers)
    problems = (*elsewhere, *composed.submission.problems[:20])
    if options.json:
        status = "approved" if options.approve else "submitted"
        document = _document(composed, received, status, certificate)
        document["problems"] = [*composed.submission.problems, *elsewhere]
        print(json.dumps(document, ensure_ascii=False))
    elif received.known_already:
        print(
            f"This very file is in force already as submission {received.submission}: nothing was changed. "
            "Use --again to keep it once more."
        )
    else:
        _print_received(name, composed, received, certificate)
        for problem in problems:
            print(f"  note: {problem}")
    return 0


def _document(
    composed: Composed, received: Received, status: str, certificate: Certificate
) -> dict[str, object]:
    """The submission that was kept, as the command line gives it to other programs."""
    made = composed.submission
    return {
        "submission": received.submission,
        "known_already": received.known_already,
        "supersedes": list(received.supersedes),
        "status": status,
        "organisation": made.organisation,
        "year": made.year,
        "phase": str(made.phase),
        "part": made.part,
        "file": made.file,
        "sha256": made.sha256,
        "lines": len(made.lines),
        "read_total": str(made.read_total),
        "printed_total": None if made.printed_total is None else str(made.printed_total),
        "control_total": None if made.control_total is None else str(made.control_total),
        "reconciliation": str(composed.agreement.state),
        "difference": str(composed.agreement.difference),
        "mapped": [
            {"how": str(known.how), "lines": known.lines, "amount": str(known.amount)}
            for known in composed.known
        ],
        "share": made.share,
        "grade": made.grade,
        "provenance": str(made.provenance),
        "control_source": str(made.control_source),
        "certificate": certificate_json(certificate),
    }


def _print_received(name: str, composed: Composed, received: Received, certificate: Certificate) -> None:
    made = composed.submission
    print(f"{name} {made.year}, {made.phase}, {made.part}: submission {received.submission}")
    if received.supersedes:
        print(f"  takes the place of {', '.join(f'submission {old}' for old in received.supersedes)}")
    print(text_of(certificate), end="")
    print("Mapped:")
    for mapped in composed.known:
        print(f"    {mapped.how}: {mapped.lines:,} lines, {exact_pounds(mapped.amount)}")
    print(f"    {percent(composed.mapped_share, Decimal(1))} of the money has a service")
    _print_unmapped(composed)


def _print_unmapped(composed: Composed) -> None:
    """The largest lines that nobody has given a service yet, each with the best guess."""
    unmapped = [paid for paid in composed.paid if not paid.line.services]
    for paid in sorted(unmapped, key=lambda each: -abs(each.line.amount))[:10]:
        best = f" (perhaps {paid.suggestions[0].service})" if paid.suggestions else ""
        print(f"      not mapped: {paid.line.description[:60]}  {exact_pounds(paid.line.amount)}{best}")
    if How.UNMAPPED in {known.how for known in composed.known}:
        print("    What is not mapped stays on the map as that; map it on the Upload page.")
