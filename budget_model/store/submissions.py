"""What organisations sent: kept for good, one transaction a change, the last event telling the status."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from budget_model.access import Act
from budget_model.contribute.submission import BudgetLine, Submission
from budget_model.problem import Refusal
from budget_model.store.chain import Note
from budget_model.store.mapped import map_year
from budget_model.store.store import Store, Writer, now
from budget_model.vocabulary import SubmissionStatus

LINE_COLUMNS = (
    "id",
    "submission",
    "sheet",
    "sheet_row",
    "sheet_column",
    "code",
    "description",
    "headings",
    "measure",
    "amount",
    "side",
    "kind",
    "nature",
    "funding_stream",
    "ring_fence",
    "discretion",
    "stage",
    "committed_until",
    "area",
    "provider_type",
    "client_groups",
    "sensitivity",
    "grade",
    "share",
    "attributes",
    "provenance",
)


SERVICE_COLUMNS = ("line", "service", "share", "made_by", "made_at", "confidence", "reason")


@dataclass(frozen=True, slots=True)
class Received:
    """What became of a submission: its number, and what it took the place of."""

    submission: int
    supersedes: tuple[int, ...]
    known_already: bool
    """The very same file was already in force for this organisation, year, phase and part."""


def keep_in_place(
    writer: Writer, submission: Submission, original: bytes, *, by: str, status: SubmissionStatus
) -> Received:
    """Keep a submission inside a change that is already open; the map is not made again.

    Approved, it takes the place of whatever was in force for the same organisation, year, phase and part; a part that
    the place calls a memorandum is in force beside the map.
    """
    standing = in_force(writer, submission) if status is SubmissionStatus.APPROVED else []
    if status is SubmissionStatus.APPROVED:
        status = in_force_as(writer, submission.organisation, submission.part)
    number = keep(writer, submission, original, by=by, status=status)
    for old, _ in standing:
        add_event(writer, old, SubmissionStatus.SUPERSEDED, by, f"replaced by submission {number}")
    return Received(number, tuple(old for old, _ in standing), known_already=False)


def keep(
    writer: Writer, submission: Submission, original: bytes, *, by: str, status: SubmissionStatus
) -> int:
    """Write a submission's rows inside a change that is already open; the map is not made again."""
    number = writer.numbers("submission_id", 1)[0]
    _keep_original(writer, submission, original)
    writer.ask(
        "add_submission",
        {
            "id": number,
            "organisation": submission.organisation,
            "year": submission.year,
            "phase": str(submission.phase),
            "part": submission.part,
            "file": submission.file,
            "sha256": submission.sha256,
            "layout": submission.layout,
            "control_total": submission.control_total,
            "printed_total": submission.printed_total,
            "read_total": submission.read_total,
            "share": submission.share,
            "grade": submission.grade,
            "source": submission.source,
            "problems": json.dumps(submission.problems),
            "provenance": str(submission.provenance),
            "control_source": str(submission.control_source),
        },
    )
    writer.add(
        "in_place_of", ("submission", "replaced"), [(number, replaced) for replaced in submission.replaces]
    )
    numbers = writer.numbers("line_id", len(submission.lines))
    writer.add(
        "line",
        LINE_COLUMNS,
        [
            _line_row(identity, number, line, submission)
            for identity, line in zip(numbers, submission.lines, strict=True)
        ],
    )
    writer.add("line_service", SERVICE_COLUMNS, _service_rows(numbers, submission, by))
    add_event(writer, number, status, by, "")
    return number


def _keep_original(writer: Writer, submission: Submission, original: bytes) -> None:
    """The file as it was sent, once however often it is sent."""
    sha = {"sha": submission.sha256}
    if not writer.execute("select 1 from original where sha256 = $sha limit 1", sha):
        kept = {**sha, "file": submission.file, "bytes": original}
        writer.execute("insert into original values ($sha, $file, $bytes)", kept)


def _service_rows(numbers: Sequence[int], submission: Submission, by: str) -> list[tuple[object, ...]]:
    return [
        (
            identity,
            part.service,
            part.share.quantize(Decimal("0.000001")),
            line.mapped_by or by,
            now(),
            line.confidence.quantize(Decimal("0.001")),
            line.reason,
        )
        for identity, line in zip(numbers, submission.lines, strict=True)
        for part in line.services
    ]


def add_event(writer: Writer, submission: int, status: SubmissionStatus, by: str, reason: str) -> None:
    """Say what became of a submission; its status is its last event, and no event is ever taken away."""
    writer.ask(
        "add_event",
        {
            "id": writer.numbers("event_id", 1)[0],
            "submission": submission,
            "status": str(status),
            "made_at": now(),
            "made_by": by,
            "reason": reason,
            "asked_by": writer.asker.account,
        },
    )
    write_audit(writer, by, f"submission {status}", str(submission), "", reason)


def change_status(
    store: Store, submission: int, status: SubmissionStatus, *, by: str, reason: str = ""
) -> None:
    """Approve, withdraw or bring back a submission; the map follows in the same transaction.

    Approving supersedes whatever else was in force for the same organisation, year, phase and part.
    """
    with store.writing(Act.APPROVE, body_of(store, submission)) as writer:
        if status is SubmissionStatus.APPROVED:
            store.asker.must_not_be(_sender(writer, submission))
        organisation, year, _, part, *_ = writer.ask("submission_key", {"submission": submission})[0]
        if status is SubmissionStatus.APPROVED:
            for old, *_ in writer.ask("rivals_in_force", {"submission": submission}):
                why = f"replaced by submission {submission}"
                add_event(writer, old, SubmissionStatus.SUPERSEDED, by, why)
            status = in_force_as(writer, organisation, part)
        add_event(writer, submission, status, by, reason)
        map_year(writer, year)


def in_force_as(asker: Writer | Store, organisation: str, part: str) -> SubmissionStatus:
    """As what a part of an organisation's figures is in force: on the map, or beside it as a memorandum."""
    asked = {"organisation": organisation, "part": part}
    return SubmissionStatus.MEMORANDUM if asker.ask("memorandum_of", asked) else SubmissionStatus.APPROVED


def body_of(store: Store, submission: int) -> str:
    """Whose figures a submission holds; raises `Refusal` where there is no such submission."""
    rows = store.ask("submission_key", {"submission": submission})
    if not rows:
        raise Refusal(f"There is no submission {submission}.")
    return str(rows[0][0])


def _sender(writer: Writer, submission: int) -> str:
    """By which account a submission was sent first."""
    return str(
        writer.execute(
            "select coalesce(arg_min(asked_by, id), '') from submission_event where submission = $submission",
            {"submission": submission},
        )[0][0]
    )


KEPT_BACK_FILE: Final = "The file itself is for its body and the auditor: it holds lines that its body shows as part of totals alone."


def is_open(store: Store, submission: int) -> bool:
    """Whether every line of a submission may be seen, and so the cells beside any of them."""
    sight, body = store.sight, body_of(store, submission)
    rows = store.select(
        "select distinct sensitivity from line where submission = $submission", {"submission": submission}
    )
    return all(sight.sees_line(body, str(sensitivity)) for (sensitivity,) in rows)


def original_of(store: Store, submission: int) -> tuple[str, bytes]:
    """The name and the bytes of the very file that a submission was read from."""
    body = body_of(store, submission)
    if not store.sight.sees_unpublished(body):
        raise Refusal("The file itself is for its body, the director and the auditor.")
    if not sees_original(store, submission):
        raise Refusal(KEPT_BACK_FILE)
    rows = store.ask("original_of", {"submission": submission})
    name, data = rows[0]
    return str(name), bytes(data)


def sees_original(store: Store, submission: int) -> bool:
    """Whether the very file that a submission was read from may be had."""
    rows = store.select("select organisation, sha256 from submission where id = $id", {"id": submission})
    return bool(rows) and sees_file(store, str(rows[0][0]), str(rows[0][1]))


def sees_file(store: Store, body: str, sha256: str) -> bool:
    """Whether a file that a body sent may be had whole: it holds the words of lines that are kept back, too.

    The machine's own user has it anyway.
    """
    rows = store.select(
        "select distinct line.sensitivity from line join submission on submission.id = line.submission "
        "where submission.sha256 = $sha256 and submission.organisation = $body",
        {"sha256": sha256, "body": body},
    )
    sight = store.sight
    may = sight.sees_unpublished(body) and all(sight.sees_line(body, str(kind)) for (kind,) in rows)
    return may or store.asker.is_local


def write_audit(writer: Writer, by: str, what: str, subject: str, before: str, after: str) -> None:
    """Note who did what, in the transaction that does it."""
    writer.notes.append(Note(by, what, subject, before, after))


def in_force(writer: Writer, submission: Submission) -> list[tuple[int, str]]:
    """Number and file hash of what is in force for the same organisation, year, phase and part."""
    rows = writer.ask(
        "in_force",
        {
            "organisation": submission.organisation,
            "year": submission.year,
            "phase": str(submission.phase),
            "part": submission.part,
            "replaces": list(submission.replaces),
        },
    )
    return [(int(number), str(sha)) for number, sha in rows]


def _line_row(identity: int, number: int, line: BudgetLine, submission: Submission) -> Sequence[object]:
    return (
        identity,
        number,
        line.sheet,
        line.row,
        line.column,
        line.code,
        line.description,
        list(line.headings),
        line.measure,
        line.amount.quantize(Decimal("0.01")),
        str(line.side),
        str(line.kind),
        str(line.nature),
        line.funding_stream,
        str(line.ring_fence),
        str(line.discretion),
        str(line.stage),
        line.committed_until,
        line.area,
        line.provider_type,
        list(line.client_groups) or None,
        str(line.sensitivity),
        line.grade if line.grade is not None else submission.grade,
        line.share or submission.share,
        json.dumps(dict(line.attributes), ensure_ascii=False),
        str(line.provenance or submission.provenance),
    )
