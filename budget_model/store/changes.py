"""What replacing, approving or withdrawing would change, tried on the map itself and taken back at once."""

import json
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from budget_model.access import Act
from budget_model.contribute.about import About
from budget_model.contribute.certificate import Certificate, OnMap, OnSheet, Subject, certificate
from budget_model.contribute.compare import Amounts, Change, Comparison, amounts_of, compare, to_explain
from budget_model.contribute.remembered import LastSent
from budget_model.contribute.submission import BudgetLine, Submission
from budget_model.count.results import SubmissionOnMap
from budget_model.financial_year import year_before
from budget_model.money import NOTHING
from budget_model.place.model import Place
from budget_model.problem import Refusal
from budget_model.scope import Scope
from budget_model.store.contributions import explanations, reading_kept
from budget_model.store.mapped import map_year
from budget_model.store.places import place_of
from budget_model.store.records import Record, value_of
from budget_model.store.spending import asked_of, scoped, submissions, total
from budget_model.store.store import Row, Store, Writer, question
from budget_model.store.submissions import add_event, in_force_as, keep_in_place
from budget_model.vocabulary import (
    SubmissionStatus,
)


class _TakenBack(Exception):
    """Ends a trial, so that the store takes back what was tried."""


def would_change(store: Store, submission: Submission, place: Place) -> Comparison:
    """What approving a submission that is not kept yet would change on its year's map, in the place's pounds.

    It is done, looked at and taken back in one transaction, so what is said is what will be.
    """

    def try_it(writer: Writer) -> None:
        keep_in_place(writer, submission, b"", by="trial", status=SubmissionStatus.APPROVED)

    return _compared_by_trial(store, submission.year, place, try_it)


def would_change_status(store: Store, number: int, status: SubmissionStatus, place: Place) -> Comparison:
    """What giving a kept submission another status would change on its year's map."""
    keys = store.ask("submission_key", {"submission": number})
    if not keys:
        raise Refusal(f"There is no submission {number}.")
    organisation, year, _, part, *_ = (str(key) for key in keys[0])
    becomes = in_force_as(store, organisation, part) if status is SubmissionStatus.APPROVED else status

    def try_it(writer: Writer) -> None:
        if status is SubmissionStatus.APPROVED:
            for old, *_ in writer.ask("rivals_in_force", {"submission": number}):
                add_event(writer, old, SubmissionStatus.SUPERSEDED, "trial", "")
        add_event(writer, number, becomes, "trial", "")

    return _compared_by_trial(store, year, place, try_it)


def _compared_by_trial(store: Store, year: str, place: Place, try_it: Callable[[Writer], None]) -> Comparison:
    before = after = Amounts(NOTHING, {}, {})
    try:
        with store.writing(Act.LOOK) as writer:
            before = _map_of(writer.execute, year)
            try_it(writer)
            map_year(writer, year)
            after = _map_of(writer.execute, year)
            raise _TakenBack
    except _TakenBack:
        return compare(f"the map of {year} as it is", before, after, place)


def on_the_map(store: Store, year: str) -> Amounts:
    """What the place's whole total of a year comes to, by service and by board: what a comparison starts from."""
    return _map_of(store.select, year)


def _map_of(ask: Callable[[str, Mapping[str, object]], list[Row]], year: str) -> Amounts:
    sql = question("contribution_map_by").replace("{in_scope}", scoped())
    return _amounts(ask(sql, asked_of(Scope(year=year))))


def _amounts(rows: Sequence[Row]) -> Amounts:
    found: dict[str, dict[str, Decimal]] = {"total": {}, "service": {}, "theme": {}}
    for along, key, amount in rows:
        found[along][key] = amount
    return Amounts(found["total"].get("", NOTHING), found["service"], found["theme"])


def sent_before(store: Store, about: About) -> tuple[int, str] | None:
    """What the same organisation last sent for the same year and part: its number, and what it is."""
    return _standing(store, about, about.year)


def sent_last_year(store: Store, about: About) -> tuple[int, str] | None:
    """What it sent for the year before: in force before superseded, the same phase before another."""
    return _standing(store, about, year_before(about.year))


def _standing(
    store: Store, about: About, year: str, earlier_than: int | None = None
) -> tuple[int, str] | None:
    asked = {
        "organisation": about.organisation,
        "year": year,
        "part": about.part,
        "phase": str(about.phase),
    }
    for number, phase, status in store.ask("contribution_standing", asked):
        if earlier_than is None or number < earlier_than:
            return int(number), f"{year}, {phase}{'' if status == 'approved' else f' ({status})'}"
    return None


def last_sent(store: Store, about: About) -> LastSent | None:
    """What the same organisation sent last for this part, a year before or for the same year; None for the first."""
    other = sent_last_year(store, about) or sent_before(store, about)
    return LastSent(other[1], lines_sent(store, other[0])) if other else None


def to_explain_of(store: Store, submission: Submission, place: Place) -> tuple[Change, ...]:
    """The changes over the limit of a submission that is not kept yet: against last year, else the last one."""
    about = About(submission.organisation, submission.year, submission.phase, submission.part)
    other = sent_last_year(store, about) or sent_before(store, about)
    return to_explain(against(store, submission, other, place), place, {}) if other else ()


def compared_since(store: Store, number: int, place: Place) -> Comparison | None:
    """A kept submission against last year's, else against the one sent before it; None where it is the first."""
    submission_on_map = next(
        (submission for submission in submissions(store) if submission.submission == number), None
    )
    if submission_on_map is None:
        raise Refusal(f"There is no submission {number}.")
    about = About(
        submission_on_map.organisation,
        submission_on_map.year,
        submission_on_map.phase,
        submission_on_map.part,
    )
    other = sent_last_year(store, about) or _standing(store, about, about.year, earlier_than=number)
    if other is None:
        return None
    return compare(other[1], amounts_sent(store, other[0]), amounts_sent(store, number), place)


def amounts_sent(store: Store, number: int) -> Amounts:
    """What a kept submission comes to, in its organisation's own pounds."""
    return _amounts(store.ask("contribution_amounts", {"submissions": [number]}))


def against(store: Store, submission: Submission, other: tuple[int, str], place: Place) -> Comparison:
    """A submission that is not kept yet against one that is, in the organisation's own pounds."""
    number, says = other
    return compare(says, amounts_sent(store, number), amounts_of(submission.lines, place), place)


def versions_apart(store: Store, before: int, after: int, place: Place) -> Comparison:
    """Two kept versions against each other, in the organisation's own pounds."""
    for number in (before, after):
        if all(submission.submission != number for submission in submissions(store)):
            raise Refusal(f"There is no submission {number}.")
    return compare(f"submission {before}", amounts_sent(store, before), amounts_sent(store, after), place)


def lines_sent(store: Store, number: int) -> tuple[BudgetLine, ...]:
    """Every line of a kept submission as it was sent, with what it pays for, in the order of the file."""
    return tuple(
        _line(record)
        for record in store.records(question("contribution_lines_of"), {"submissions": [number]})
    )


def _line(record: Record) -> BudgetLine:
    attributes = list(json.loads(record["attributes"]).items())
    return value_of(BudgetLine, {**record, "attributes": attributes, "services": record["services"] or ()})


def certificate_of(store: Store, number: int) -> Certificate:
    """The reconciliation certificate of a kept submission; raises `Refusal` where there is none."""
    submission_on_map = next(
        (submission for submission in submissions(store) if submission.submission == number), None
    )
    if submission_on_map is None:
        raise Refusal(f"There is no submission {number}.")
    place = place_of(store)
    subject = Subject(
        number,
        submission_on_map.organisation_name,
        submission_on_map.year,
        str(submission_on_map.phase),
        submission_on_map.part,
        submission_on_map.file,
        submission_on_map.sha256,
        submission_on_map.status,
        submission_on_map.made_by,
        submission_on_map.made_at,
        submission_on_map.source,
        submission_on_map.printed_total,
        submission_on_map.control_total,
        submission_on_map.provenance,
        submission_on_map.control_source,
    )
    sheets = [
        OnSheet(sheet, int(lines), expenditure, income)
        for sheet, lines, expenditure, income in store.ask("contribution_certificate", {"submission": number})
    ]
    on_map = what_is_on_the_map(store, submission_on_map, place)
    return certificate(subject, sheets, reading_kept(store, number), explanations(store, number), on_map)


def what_is_on_the_map(store: Store, submission: SubmissionOnMap, place: Place) -> OnMap:
    """What the map holds of a kept submission, beside the place's total that it is a part of."""
    whole = Scope(year=submission.year)
    asked = {"submission": submission.submission, "deducted": asked_of(whole)["deducted"]}
    city, eliminated, best, unrounded, shares = store.ask("contribution_on_map", asked)[0]
    return OnMap(
        submission.status == "approved",
        bool(best),
        city,
        eliminated,
        total(store, whole).total,
        unrounded,
        _share_in_words(submission.share, shares, place),
        place.name,
    )


def _share_in_words(share_id: str, shares: int, place: Place) -> str:
    share = next((share for share in place.shares if share.id == share_id), None)
    if shares > 1:
        return f"line by line, by {shares} different shares"
    if share is None or share.numerator == share.denominator:
        return "which is all of it"
    return f"{share.numerator:,f} {share.numerator_is}, of {share.denominator:,f} {share.denominator_is}"
