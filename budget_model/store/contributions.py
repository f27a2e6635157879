"""Drafts and what becomes of them: every step kept as it is taken, submitting and replacing in one change.

Nothing here is overwritten. A draft is its steps, a submission its events, an explanation its last wording.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from budget_model.access import Act
from budget_model.contribute.about import About
from budget_model.contribute.certificate import Kept, kept_from, kept_of
from budget_model.contribute.compose import Composed, Said
from budget_model.contribute.draft import Draft, DraftState, DraftStep, StepKind, about_step, draft_from
from budget_model.contribute.paying import to_confirm
from budget_model.contribute.twice import AGAIN
from budget_model.contribute.understood import YEAR
from budget_model.dates import day
from budget_model.problem import Refusal
from budget_model.store.mapped import map_year
from budget_model.store.mapping_memory import moment, remember
from budget_model.store.store import Row, Store, Writer, now
from budget_model.store.submissions import (
    KEPT_BACK_FILE,
    Received,
    body_of,
    in_force,
    keep_in_place,
    original_of,
    sees_file,
    write_audit,
)
from budget_model.vocabulary import Phase, SubmissionStatus

LINES_READ = "lines read"
"""Under what the fingerprint of a submission's lines is kept beside its reading."""
NEVER_REMEMBERED = (YEAR, AGAIN)
"""Questions that every file is asked: another year's figures, and money that is on the map already."""
HERE_FOR = timedelta(minutes=10)
"""How long somebody counts as still working after their last step."""
SEEN_AGAIN = timedelta(seconds=30)
"""Presence is noted no more often than this."""


@dataclass(frozen=True, slots=True)
class SameFile:
    """A submission or draft that was made from the very same bytes."""

    submission: int | None
    draft: int | None
    about: About
    status: str
    by: str
    on: datetime

    @property
    def sentence(self) -> str:
        """What an officer is told."""
        return (
            f"This very file was sent before, for {self.about.organisation} {self.about.year} "
            f"({self.about.phase}, {self.about.part}), by {self.by} on {day(self.on)}; "
            f"it is {self.status}."
        )


@dataclass(frozen=True, slots=True)
class Begun:
    """A draft that was begun, and what is known of its file already."""

    draft: int
    same: tuple[SameFile, ...]


@dataclass(frozen=True, slots=True)
class Present:
    """Somebody who is working on an organisation's figures just now."""

    person: str
    doing: str
    seen_at: datetime


def begin(store: Store, about: About, file: str, data: bytes, *, by: str) -> Begun:
    """Begin a draft: the file and what it is about are kept before anything is read."""
    sha256 = hashlib.sha256(data).hexdigest()
    same = same_file(store, sha256)
    with store.writing(Act.CONTRIBUTE, about.organisation) as writer:
        draft = writer.numbers("draft_id", 1)[0]
        _keep_file(writer, sha256, file, data)
        _add(writer, draft, StepKind.FILE, {"file": file, "sha256": sha256}, by)
        _add(writer, draft, StepKind.ABOUT, about_step(about), by)
        # whoever reads the audit may not be one of those that an unpublished file is for: its name is not told
        write_audit(writer, by, "draft begun", str(draft), "", f"file {sha256[:16]}")
    return Begun(draft, same)


def begin_again(store: Store, submission: int, about: About, *, by: str) -> Begun:
    """Begin a draft from the very file of a submission, so that its lines can be mapped without sending it again."""
    file, data = original_of(store, submission)
    return begin(store, about, file, data, by=by)


def draft_of(store: Store, number: int) -> Draft:
    """One draft as it stands; raises `Refusal` where there is none."""
    draft = draft_from(number, _steps(store, number).get(number, ()))
    if not store.sight.sees_unpublished(draft.about.organisation):
        raise Refusal(f"There is no draft {number}.")
    return draft


def drafts(store: Store, organisation: str = "", *, open_only: bool = True) -> tuple[Draft, ...]:
    """Every draft, or those of one organisation, the last touched first."""
    found = [draft_from(number, steps) for number, steps in _steps(store, None).items()]
    kept = [
        draft
        for draft in found
        if store.sight.sees_unpublished(draft.about.organisation)
        and (not organisation or draft.about.organisation == organisation)
        and (not open_only or draft.state is DraftState.OPEN)
    ]
    return tuple(sorted(kept, key=lambda draft: draft.newest, reverse=True))


def add_step(store: Store, draft: int, kind: StepKind, content: Mapping[str, Any], *, by: str) -> Draft:
    """Keep one step at once, and say where the draft stands after it.

    Raises `Refusal` for a draft that was submitted or discarded, but for resuming it.
    """
    about = draft_of(store, draft).about
    store.asker.must(Act.CONTRIBUTE, str(content.get("organisation", about.organisation)))
    with store.writing(Act.CONTRIBUTE, about.organisation) as writer:
        steps = [_step(row) for row in writer.ask("contribution_steps", {"draft": draft})]
        standing = draft_from(draft, steps)
        if standing.state is not DraftState.OPEN and kind is not StepKind.RESUME:
            raise Refusal(
                f"Draft {draft} was {standing.state} and cannot be changed. Resume it first, or drop the "
                "file again."
            )
        steps.append(_add(writer, draft, kind, content, by))
    return draft_from(draft, steps)


def replace_file(store: Store, draft: int, file: str, data: bytes, *, by: str) -> Draft:
    """Put a corrected file under a draft; what was decided about lines' words stays."""
    sha256 = hashlib.sha256(data).hexdigest()
    with store.writing(Act.CONTRIBUTE, draft_of(store, draft).about.organisation) as writer:
        _keep_file(writer, sha256, file, data)
    return add_step(store, draft, StepKind.FILE, {"file": file, "sha256": sha256}, by=by)


def undo(store: Store, draft: int, *, by: str) -> Draft:
    """Take the last step back; nothing happens where there is none."""
    if draft_of(store, draft).last_step is None:
        return draft_of(store, draft)
    return add_step(store, draft, StepKind.UNDO, {}, by=by)


def file_of(store: Store, draft: int) -> tuple[str, bytes]:
    """The name and the bytes of the file that a draft stands on."""
    standing = draft_of(store, draft)
    if not sees_file(store, standing.about.organisation, standing.sha256):
        raise Refusal(KEPT_BACK_FILE)
    rows = store.select(
        "select bytes from original where sha256 = $sha256 limit 1", {"sha256": standing.sha256}
    )
    return standing.file, bytes(rows[0][0])


def said_in(draft: Draft, remembered: Mapping[str, str] | None = None) -> Said:
    """What a draft's officer said, with the answers that are remembered for its layout beneath."""
    earlier = {key: answer for key, answer in (remembered or {}).items() if key not in draft.answers}
    return Said(
        draft.about,
        {**earlier, **draft.answers},
        draft.decisions,
        draft.explanations,
        draft.control_total,
        draft.share,
        draft.grade,
        draft.source,
        earlier,
        draft.provenance,
    )


def same_file(store: Store, sha256: str) -> tuple[SameFile, ...]:
    """Every submission and open draft made from the very same bytes, submissions first."""
    same_files = [
        SameFile(int(number), None, About(organisation, year, Phase(phase), part), status, by, moment(on))
        for number, organisation, year, phase, part, status, by, on in store.ask(
            "contribution_same_file", {"sha256": sha256}
        )
        if store.sight.sees_unpublished(str(organisation))
    ]
    same_files += [
        SameFile(None, draft.number, draft.about, "a draft", draft.touched_by, draft.touched_at)
        for draft in drafts(store)
        if draft.sha256 == sha256
    ]
    return tuple(same_files)


def remembered_answers(store: Store, organisation: str) -> dict[str, str]:
    """What an organisation answered before, by question; each question names the layout that it is about."""
    rows = store.ask("contribution_remembered_answers", {"organisation": organisation})
    return {str(question): str(answer) for question, answer in rows}


def submit(
    store: Store,
    composed: Composed,
    original: bytes,
    *,
    by: str,
    approve: bool = False,
    draft: int | None = None,
    answers: Mapping[str, str] | None = None,
    again: bool = False,
) -> Received:
    """Keep a composed submission whole, in one change: its lines, original, explanations and memory.

    Approved, it takes the place of whatever was in force for the same organisation, year, phase and part.
    The same file twice is recognised and not kept again unless `again` says so, or it reads otherwise now.
    """
    submission, given = composed.submission, answers or {}
    status = SubmissionStatus.APPROVED if approve else SubmissionStatus.SUBMITTED
    if approve:
        store.asker.must(Act.APPROVE, submission.organisation)
        store.asker.must_not_be(store.asker.account)
    with store.writing(Act.CONTRIBUTE, submission.organisation) as writer:
        known = [number for number, sha in in_force(writer, submission) if sha == submission.sha256]
        if known and not again and draft is None:
            return Received(known[0], (), known_already=True)
        received = keep_in_place(writer, submission, original, by=by, status=status)
        number = received.submission
        _keep_explanations(writer, number, composed.explanations, by)
        keep_reading(writer, number, kept_of(composed, given))
        remember(writer, submission.organisation, to_confirm(composed.paid), by=by)
        _keep_answers(writer, submission.organisation, submission.layout, given, by)
        if draft is not None:
            _add(writer, draft, StepKind.SUBMIT, {"submission": number}, by)
        if approve:
            map_year(writer, submission.year)
    return received


def explain(store: Store, submission: int, subject: str, words: str, *, by: str) -> None:
    """Explain a difference or a change of a submission; the last wording counts."""
    with store.writing(Act.CONTRIBUTE, body_of(store, submission)) as writer:
        _keep_explanations(writer, submission, {subject: words}, by)
        write_audit(writer, by, "explained", str(submission), subject, words)


def explanations(store: Store, submission: int) -> dict[str, str]:
    """What was explained of a submission, by subject."""
    rows = store.ask("contribution_explanations", {"submission": submission})
    return {str(subject): str(words) for subject, words in rows if words}


@dataclass(frozen=True, slots=True)
class Explained:
    """One wording of an explanation: what it explains, who wrote it and when."""

    subject: str
    words: str
    by: str
    on: datetime


def explained(store: Store, submission: int) -> tuple[Explained, ...]:
    """Every wording of every explanation of a submission, the newest first; empty words take one back."""
    rows = store.ask("contribution_explained", {"submission": submission})
    return tuple(Explained(str(subject), str(words), str(by), moment(on)) for subject, words, by, on in rows)


def reading_kept(store: Store, submission: int) -> Kept | None:
    """What the reading of a submission's file found beside its lines; None for one kept without it."""
    rows = store.select(
        "select document from reading_kept where submission = $submission limit 1",
        {"submission": submission},
    )
    return kept_from(json.loads(rows[0][0])) if rows else None


def seen(store: Store, organisation: str, person: str, doing: str) -> tuple[Present, ...]:
    """Note that somebody is working on an organisation's figures, and say who else is."""
    others = present(store, organisation)
    if not store.asker.may(Act.BE_THERE, organisation):
        return others
    own = next((other for other in others if other.person == person), None)
    if own is None or own.doing != doing or now() - own.seen_at > SEEN_AGAIN:
        with store.writing(Act.BE_THERE, organisation, audited=False) as writer:
            writer.execute(
                "insert into presence values ($organisation, $person, $doing, $seen_at)",
                {"organisation": organisation, "person": person, "doing": doing, "seen_at": now()},
            )
    return tuple(other for other in others if other.person != person)


def present(store: Store, organisation: str) -> tuple[Present, ...]:
    """Who worked on an organisation's figures within the last ten minutes, the last seen first."""
    rows = store.ask("contribution_present", {"organisation": organisation, "since": now() - HERE_FOR})
    return tuple(Present(str(person), str(doing), moment(seen_at)) for person, doing, seen_at in rows)


def _steps(store: Store, draft: int | None) -> dict[int, list[DraftStep]]:
    steps: dict[int, list[DraftStep]] = {}
    for row in store.ask("contribution_steps", {"draft": draft}):
        steps.setdefault(int(row[0]), []).append(_step(row))
    return steps


def _step(row: Row) -> DraftStep:
    _, number, kind, content, made_at, made_by = row
    return DraftStep(int(number), StepKind(kind), json.loads(content), moment(made_at), made_by)


def _add(writer: Writer, draft: int, kind: StepKind, content: Mapping[str, Any], by: str) -> DraftStep:
    step = DraftStep(writer.numbers("draft_step_id", 1)[0], kind, dict(content), now(), by)
    writer.ask(
        "contribution_add_step",
        {
            "id": step.number,
            "draft": draft,
            "kind": str(kind),
            "content": json.dumps(step.content, ensure_ascii=False, default=_plain_value),
            "made_at": step.made_at,
            "made_by": by,
        },
    )
    return step


def _plain_value(value: object) -> str:
    if isinstance(value, Decimal):
        return format(value, "f")
    raise TypeError(f"A step cannot hold {type(value).__name__}.")


def _keep_file(writer: Writer, sha256: str, file: str, data: bytes) -> None:
    known = writer.execute("select count(*) from original where sha256 = $sha256", {"sha256": sha256})
    if not known[0][0]:
        writer.execute(
            "insert into original values ($sha256, $file, $bytes)",
            {"sha256": sha256, "file": file, "bytes": data},
        )


def _keep_explanations(writer: Writer, number: int, explained: Mapping[str, str], by: str) -> None:
    when = now()
    writer.add(
        "explanation",
        ("submission", "subject", "words", "made_at", "made_by"),
        [(number, subject, words, when, by) for subject, words in explained.items()],
    )


def keep_reading(writer: Writer, number: int, kept: Mapping[str, Any]) -> None:
    """Keep what a submission's reading found beside its lines, for its certificate, and their fingerprint."""
    lines = writer.ask("lines_fingerprint", {"submission": number})
    document = {**kept, LINES_READ: str(lines[0][1]) if lines else ""}
    writer.execute(
        "insert into reading_kept values ($submission, $document, $made_at)",
        {"submission": number, "document": json.dumps(document, ensure_ascii=False), "made_at": now()},
    )


def _keep_answers(
    writer: Writer, organisation: str, layout: str, answers: Mapping[str, str], by: str
) -> None:
    when = now()
    writer.add(
        "answer_memory",
        ("organisation", "fingerprint", "question", "answer", "made_by", "made_at"),
        [
            (organisation, layout, question, answer, by, when)
            for question, answer in answers.items()
            if question.partition(":")[0] not in NEVER_REMEMBERED
        ],
    )
