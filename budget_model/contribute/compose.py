"""From a file that was read and what its officer said to a submission, ready to be kept."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from budget_model.contribute.about import About, organisation_of, usual_grade, usual_share
from budget_model.contribute.areas_said import unknown_areas
from budget_model.contribute.draft import Decision
from budget_model.contribute.paying import (
    Known,
    Paid,
    Suggests,
    how_known,
    mapped_share,
    no_suggestions,
    paid,
)
from budget_model.contribute.remembered import LastSent, doubted_units, remembered_units
from budget_model.contribute.strings import unread_strings
from budget_model.contribute.submission import Agreement, Submission, reconcile
from budget_model.contribute.twice import AGAIN, Again, OnTheMap, SentTwice, answered, sent_twice
from budget_model.contribute.understood import BODY, YEAR, Understood, understood
from budget_model.intake.reading import Reading
from budget_model.intake.rules.on_checks.printed_totals import GAP_UNDER_TOTAL
from budget_model.intake.sheet.table import Question, SheetTable
from budget_model.mapping.memory import Confirmed
from budget_model.money import to_penny
from budget_model.place.model import ConfirmedMapping, Place, Share
from budget_model.vocabulary import Provenance, Reconciliation

DIFFERENCE = "difference"
"""The subject of an explanation of why what was read differs from the body's own total."""


@dataclass(frozen=True, slots=True)
class Said:
    """What an officer said of a file, besides its cells."""

    about: About
    answers: Mapping[str, str] = field(default_factory=dict)
    """Those of this file, with the remembered ones beneath."""
    decisions: Mapping[str, Decision] = field(default_factory=dict)
    explanations: Mapping[str, str] = field(default_factory=dict)
    control_total: Decimal | None = None
    share: str = ""
    grade: int | None = None
    source: str = ""
    remembered: Mapping[str, str] = field(default_factory=dict)
    """Of the answers, those of earlier files that nobody gave for this one."""
    provenance: Provenance = Provenance.STATED
    """How the figures came about, as their officer says."""


@dataclass(frozen=True, slots=True)
class Composed:
    """A submission as it would be kept, and all that is known of how it came about."""

    submission: Submission
    understood: Understood
    paid: tuple[Paid, ...]
    agreement: Agreement
    explanations: Mapping[str, str]
    twice: tuple[SentTwice, ...] = ()
    """What is on the map already of the same body and year that holds the same money."""
    left_out: tuple[SentTwice, ...] = ()
    """Those of them for which the officer says that this file is not to be loaded."""
    answers: tuple[tuple[str, str], ...] = ()
    """Question and answer of everything that was answered and is about this file, remembered or not."""
    units: tuple[str, ...] = ()
    """A sentence for each unit that is remembered from an earlier file, with the first amount."""
    doubted: frozenset[str] = frozenset()
    """The keys of questions whose answer may be another than what was read by: the file is then read anew."""

    @property
    def known(self) -> tuple[Known, ...]:
        """How much is mapped, and how that is known."""
        return how_known(self.paid)

    @property
    def mapped_share(self) -> Decimal:
        """The part of the money that has a service."""
        return mapped_share(self.paid)


def compose(
    reading: Reading,
    said: Said,
    place: Place,
    *,
    confirmed: Iterable[Confirmed] = (),
    before: Iterable[ConfirmedMapping] = (),
    suggests: Suggests = no_suggestions,
    found: Understood | None = None,
    on_map: Sequence[OnTheMap] = (),
    last: LastSent | None = None,
) -> Composed:
    """Put a submission together from a reading, what its officer said and what was confirmed before.

    `found` is what `understood` gave for the same reading, body and answers, where that is at hand;
    `on_map` is what counts of the body's other parts, so that no money is sent twice unasked; `last` what
    it sent last for this part, so that a unit is asked about again where amounts moved by a power of ten.
    Raises `Refusal` for an organisation that the place does not know or has no share for.
    """
    about = said.about
    organisation = organisation_of(place, about.organisation)
    share = next((share for share in place.shares if share.id == said.share), None) or usual_share(
        place, about
    )
    found = found or understood(reading, about, organisation, said.answers)
    given = {key: answer for key, answer in said.answers.items() if key not in said.remembered}
    doubted = doubted_units(reading, found.tables, found.lines, last, given, said.remembered)
    found = replace(
        found,
        questions=_with(found.questions, doubted),
        problems=(
            *found.problems,
            *unread_strings(found.lines, reading.file),
            *unknown_areas(found.lines, place, reading.file),
        ),
    )
    lines = paid(
        found.lines,
        organisation,
        place,
        confirmed=confirmed,
        before=before,
        decisions=said.decisions,
        suggests=suggests,
    )
    submission = _submission(reading, said, organisation.id, share, found, lines)
    made = Composed(
        submission,
        found,
        lines,
        _agreement(submission, found, said),
        said.explanations,
        sent_twice(submission.lines, on_map),
        answers=_about_this_file(reading, said.answers),
        units=remembered_units(reading, found.tables, found.lines, said.remembered),
        doubted=frozenset(question.key for question in doubted),
    )
    return as_answered(made, said.answers)


def _submission(
    reading: Reading, said: Said, body: str, share: Share, found: Understood, lines: Sequence[Paid]
) -> Submission:
    about = said.about
    return Submission(
        body,
        about.year,
        about.phase,
        about.part,
        reading.file,
        reading.sha256,
        tuple(line.line for line in lines),
        share.id,
        said.grade or usual_grade(share, about.phase, said.provenance),
        said.source,
        found.layout,
        found.printed_total,
        None if said.control_total is None else to_penny(said.control_total),
        tuple(str(problem) for problem in found.problems),
        provenance=said.provenance,
    )


def _agreement(submission: Submission, found: Understood, said: Said) -> Agreement:
    """How the lines agree with what the file prints and the officer's own total; where neither is there, what misses."""
    control = submission.control_total
    agreement = reconcile(
        submission.read_total, found.printed_total, control, said.explanations.get(DIFFERENCE, "")
    )
    if agreement.state is Reconciliation.NOT_RECONCILED and control is None:
        return replace(agreement, sentence=" ".join([agreement.sentence, *_missing(found)]))
    return agreement


def _with(questions: Sequence[Question], doubted: Sequence[Question]) -> tuple[Question, ...]:
    """Questions with those that are asked again, each once; what is asked in doubt says more."""
    keys = {question.key for question in doubted}
    return (*(question for question in questions if question.key not in keys), *doubted)


def _about_this_file(reading: Reading, answers: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The answers that were used on a file: those that its reading came to, or that name one of its tables."""
    marks = {mark for table in reading.tables for mark in (table.fingerprint, table.header_key) if mark}
    heard = {*reading.heard, YEAR}
    if any(table.body_column for table in reading.tables):
        heard.add(BODY)
    return tuple(
        (key, answer)
        for key, answer in sorted(answers.items())
        if key in heard or key.partition(":")[0] == AGAIN or any(mark in key for mark in marks)
    )


def _missing(found: Understood) -> list[str]:
    """What cells without an amount would hold under the printed totals of the tables that are loaded."""
    tables = (found.reading.tables[number] for number in found.tables)
    return [
        problem.sentence for table in tables for problem in table.problems if problem.code == GAP_UNDER_TOTAL
    ]


def as_answered(made: Composed, answers: Mapping[str, str]) -> Composed:
    """The same with what was answered about money that is on the map already; the rest of it is asked."""
    said = answered(made.twice, answers)
    replaces = tuple(number for number, answer in said.items() if answer is Again.IN_PLACE)
    left_out = tuple(match for match in made.twice if said.get(match.on_map.submission) is Again.LEAVE_OUT)
    others = tuple(
        question for question in made.understood.questions if question.key.partition(":")[0] != AGAIN
    )
    asked = tuple(match.question for match in made.twice if match.on_map.submission not in said)
    return replace(
        made,
        submission=replace(made.submission, replaces=replaces),
        left_out=left_out,
        understood=replace(made.understood, questions=(*others, *asked)),
    )


def rounding_of(made: Composed) -> str:
    """Why a difference may be rounding: figures printed in thousands or millions; empty where it cannot be.

    Each figure may be half a unit out, and so may the total.
    """
    factors = {table.unit.factor for table in _loaded(made) if table.unit}
    factor = max(factors, default=1)
    gap = abs(made.agreement.difference)
    if factor == 1 or not gap or gap > factor * (len(made.submission.lines) + 1) / 2:
        return ""
    unit = next(str(table.unit) for table in _loaded(made) if table.unit and table.unit.factor == factor)
    return f"Rounding: the file gives each figure in {unit}, rounded, and its total is rounded apart."


def _loaded(made: Composed) -> list[SheetTable]:
    return [made.understood.reading.tables[number] for number in made.understood.tables]
