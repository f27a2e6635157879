"""A whole place with what its organisations sent: read and reconciled, before anything is kept."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from budget_model.contribute.about import About
from budget_model.contribute.certificate import Kept
from budget_model.contribute.pennies import in_whole_pennies
from budget_model.contribute.prepare import prepare
from budget_model.contribute.submission import Agreement, BudgetLine, Submission, net, reconcile
from budget_model.contribute.understood import layout_of, whole_tables
from budget_model.intake.guard import Reader, reading_many
from budget_model.intake.reading import Reading, lines
from budget_model.intake.sheet.answers import PHASE
from budget_model.money import NOTHING, exact_pounds
from budget_model.place.loading import WORKBOOKS, load
from budget_model.place.model import ConfirmedMapping, Place, PlannedSubmission, Transfer
from budget_model.problem import Location, Problem, Refusal, Severity
from budget_model.vocabulary import Phase, Reconciliation, Side

AT_ONCE = 2
"""Workbooks read at the same time, each in a process of its own."""


@dataclass(frozen=True, slots=True)
class Sent:
    """One submission of the place's folder, with the file that it is in and how it agrees."""

    submission: Submission
    original: bytes
    agreement: Agreement
    kept: Kept
    """What its reading found beside the lines, for the certificate."""


@dataclass(frozen=True, slots=True)
class ReadPlace:
    """A place, everything that was sent, and the mappings that people have confirmed."""

    place: Place
    submissions: tuple[Sent, ...]
    confirmed: tuple[ConfirmedMapping, ...]


def read_place(
    folder: Path,
    reference: Path,
    progress: Callable[[int, int, str], None] = lambda *_: None,
    *,
    years: Sequence[str] = (),
) -> ReadPlace:
    """Read a place's folder and every workbook in it; raises one `Refusal` with all that is wrong.

    `progress` is told how many workbooks are read, of how many, and the last one's name; one of which two phases are
    loaded is read for each. `years` are those to
    load; none means all. The lists are the place's own whatever the years.
    """
    place = load(folder, reference)
    planned = _planned(place, years)
    originals = {
        file: (folder / WORKBOOKS / file).read_bytes() for file in dict.fromkeys(file for file, _ in planned)
    }
    made: dict[str, Sent] = {}
    faults: list[Problem] = []
    with reading_many() as read, ThreadPoolExecutor(AT_ONCE) as readers:
        readings = readers.map(lambda part: _read(read, part, originals[part[0]]), planned)
        for done, ((file, phase), reading) in enumerate(zip(planned, readings, strict=True), start=1):
            progress(done, len(planned), file)
            if isinstance(reading, Problem):
                faults.append(reading)
                continue
            for planned_submission in planned[file, phase]:
                submission = _submission_of(planned_submission, reading, place, originals[file])
                if isinstance(submission, Problem):
                    faults.append(submission)
                else:
                    made[planned_submission.id] = submission
    sent = [made[each.id] for each in place.submissions if each.id in made]
    faults += larger_than_their_lines(place, [one.submission for one in sent])
    if faults:
        raise Refusal(f"The workbooks of {place.name} cannot be loaded as they are.", tuple(faults))
    return ReadPlace(place, tuple(sent), place.mappings)


def _planned(place: Place, years: Sequence[str]) -> dict[tuple[str, Phase], list[PlannedSubmission]]:
    """What to load out of each workbook, by the phase that is asked of it; raises `Refusal` for a year of which the folder has nothing."""
    held = sorted({submission.year for submission in place.submissions})
    for year in years:
        if year not in held:
            raise Refusal(
                f"There is no year “{year}” in the folder of {place.name}. There are: {', '.join(held)}."
            )
    planned: defaultdict[tuple[str, Phase], list[PlannedSubmission]] = defaultdict(list)
    for submission in place.submissions:
        if not years or submission.year in years:
            planned[submission.workbook, submission.phase].append(submission)
    return planned


def _pays(line: BudgetLine, transfer: Transfer) -> bool:
    """Whether a transfer is paid from a line of its payer: it names it and its service, or no line and no service."""
    named = not transfer.payer_lines or line.code in transfer.payer_lines
    of_service = not transfer.payer_service or any(s.service == transfer.payer_service for s in line.services)
    return line.side is Side.EXPENDITURE and named and of_service


def larger_than_their_lines(place: Place, sent: Sequence[Submission]) -> list[Problem]:
    """Name every transfer whose payer states more than the lines that it is said to be in."""
    faults = []
    for row, transfer in enumerate(place.transfers, start=2):
        paying = [
            line
            for submission in sent
            if (submission.organisation, submission.year) == (transfer.payer, transfer.year)
            for line in submission.lines
            if _pays(line, transfer)
        ]
        held = net(paying)
        if paying and transfer.payer_amount is not None and transfer.payer_amount > held:
            faults.append(
                Problem(
                    Location("transfers.csv", row=row),
                    f"The transfer '{transfer.id}' states {exact_pounds(transfer.payer_amount)}, more than the "
                    f"{exact_pounds(held)} of the lines that it is in.",
                    "Correct payer_amount, or name the lines that it is paid from.",
                    Severity.REFUSED,
                    "transfer-larger-than-line",
                )
            )
    return faults


def _read(read: Reader, part: tuple[str, Phase], data: bytes) -> Reading | Problem:
    """What is read of a workbook where one phase is asked of it; a budget and its outturn may stand side by side."""
    file, phase = part
    try:
        reading = read(data, file, {PHASE: str(phase)})
    except Refusal as refusal:
        return Problem(Location(file), refusal.sentence, severity=Severity.REFUSED, code="unreadable")
    if reading.refused:
        return Problem(Location(file), reading.refused, severity=Severity.REFUSED, code="no-budget")
    return reading


def _tables_of(planned: PlannedSubmission, reading: Reading) -> list[int]:
    """The tables to load: those that the reader chose, or on a named sheet those that it set aside for another year."""
    if not planned.sheet:
        return list(reading.chosen)
    named = [number for number, table in enumerate(reading.tables) if table.sheet == planned.sheet]
    return [number for number in named if number in reading.chosen] or named


def _submission_of(planned: PlannedSubmission, reading: Reading, place: Place, data: bytes) -> Sent | Problem:
    tables = _tables_of(planned, reading)
    if not tables:
        return Problem(
            Location(planned.workbook, planned.sheet),
            f"No table to load was found for '{planned.part}'.",
            "Name the sheet as submissions.csv does, or correct submissions.csv.",
            Severity.REFUSED,
            "no-table",
        )
    read = tuple(line for number in tables for line in in_whole_pennies(lines(reading, tables=[number])))
    about = About(planned.organisation, planned.year, planned.phase, planned.part)
    sheets, left_out = whole_tables(reading, tables, about)
    printed = [sheet.printed for sheet in sheets]
    total = None if None in printed else sum((one for one in printed if one is not None), NOTHING)
    submission = Submission(
        planned.organisation,
        planned.year,
        planned.phase,
        planned.part,
        planned.workbook,
        reading.sha256,
        prepare(read, planned.organisation, place, place.mappings),
        planned.share,
        planned.grade,
        planned.source,
        layout_of(reading, tables),
        total,
        planned.control_total,
        problems=tuple(str(problem) for problem in reading.problems),
        provenance=planned.provenance_in_year,
        control_source=planned.control_source,
    )
    agreement = reconcile(net(submission.lines), total, planned.control_total, whose=planned.control_source)
    if agreement.state is not Reconciliation.RECONCILED:
        return Problem(
            Location(planned.workbook, planned.sheet),
            agreement.sentence,
            "Correct the workbook, or the control total in submissions.csv.",
            Severity.REFUSED,
            "not-reconciled",
        )
    return Sent(submission, data, agreement, Kept(sheets, left_out, ()))
