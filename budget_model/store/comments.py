"""Comments in the store: only ever added to, read by members alone, and never over somebody's head.

A comment on a line that is kept back is for those who may see the line. Whoever writes says which entry they saw
last; where somebody wrote since, nothing is kept, and who wrote is told.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from budget_model.access import Act
from budget_model.partnership.comments import About, Remark, Step, Subject, Thread, threads
from budget_model.plain_values import from_plain, to_text
from budget_model.problem import Refusal
from budget_model.scope import digits
from budget_model.store.store import Store, Writer, now
from budget_model.store.submissions import write_audit

LONGEST: Final = 4_000


@dataclass(frozen=True, slots=True)
class _Said:
    """What is kept of an entry beside its columns."""

    title: str
    text: str
    scope: str = ""
    bodies: tuple[str, ...] = ()
    boards: tuple[str, ...] = ()


def comments(store: Store) -> tuple[Thread, ...]:
    """Every comment that the asker may read, the open ones first; a visitor reads none."""
    if not store.asker.may(Act.COMMENT):
        return ()
    remarks = [_remark(*row) for row in store.ask("comment_entries")]
    hidden = {remark.subject.key for remark in remarks if remark.subject.about is About.LINE} - _seen_lines(
        store, remarks
    )
    return threads(
        remark
        for remark in remarks
        if remark.subject.about is not About.LINE or remark.subject.key not in hidden
    )


def _seen_lines(store: Store, remarks: list[Remark]) -> set[str]:
    keys = {remark.subject.key for remark in remarks if remark.subject.about is About.LINE}
    return {key for key in keys if _may_see(store, key)}


def _may_see(store: Store, line: str) -> bool:
    """Whether the asker may see a line; nobody sees one that is gone."""
    rows = store.ask("line_kept_back", {"line": digits(line)})
    return bool(rows) and store.sight.sees_line(*rows[0])


def _remark(
    number: int, thread: int, about: str, key: str, step: str, said: str, made_at: int, by: str
) -> Remark:
    kept = from_plain(_Said, json.loads(said))
    subject = Subject(About(about), key, kept.title, kept.scope, kept.bodies, kept.boards)
    at = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=made_at)
    return Remark(int(number), int(thread), Step(step), subject, kept.text, by, at)


def comment(store: Store, subject: Subject, text: str, *, by: str, seen: int = 0) -> None:
    """Begin a comment; `seen` is the newest entry on the same thing that the writer saw.

    Raises `Refusal` for an empty or overlong text, for a line that the asker may not see, where somebody wrote since,
    and where the asker may not comment.
    """
    if subject.about is About.LINE and not _may_see(store, subject.key):
        raise Refusal("This line is kept back by its body, so you cannot comment on it.")
    _write(store, subject, Step.SAID, text, by=by, seen=seen, thread=0)


def answer(store: Store, thread: Thread, text: str, *, by: str, seen: int) -> None:
    """Answer a comment. Raises `Refusal` as `comment` does."""
    _write(store, thread.subject, Step.ANSWERED, text, by=by, seen=seen, thread=thread.number)


def settle(store: Store, thread: Thread, text: str = "", *, by: str, seen: int) -> None:
    """Resolve an open comment, or open a resolved one again, with a word on it if there is one."""
    step = Step.RESOLVED if thread.is_open else Step.REOPENED
    _write(store, thread.subject, step, text, by=by, seen=seen, thread=thread.number)


def _write(store: Store, subject: Subject, step: Step, text: str, *, by: str, seen: int, thread: int) -> None:
    plain = text.strip()
    if not plain and step in (Step.SAID, Step.ANSWERED):
        raise Refusal("Write the comment first.")
    if len(plain) > LONGEST:
        raise Refusal(f"A comment has at most {LONGEST:,} letters; this one has {len(plain):,}.")
    with store.writing(Act.COMMENT) as writer:
        _refuse_unseen(writer, subject, seen)
        number = writer.numbers("event_id", 1)[0]
        writer.execute(
            "insert into comment_entry values ($id, $thread, $about, $subject, $step, $said, $at, $by, $account)",
            {
                "id": number,
                "thread": thread or number,
                "about": str(subject.about),
                "subject": subject.key,
                "step": str(step),
                "said": to_text(_Said(subject.title, plain, subject.scope, subject.bodies, subject.boards)),
                "at": now(),
                "by": by,
                "account": writer.asker.account,
            },
        )
        # whoever reads the audit may not be one of those that a kept-back line is for
        is_line = subject.about is About.LINE
        what = f"line {subject.key}" if is_line else f"{subject.about}: {subject.title}"
        write_audit(writer, by, f"comment {step}", what, "", "" if is_line else plain[:200])


def _refuse_unseen(writer: Writer, subject: Subject, seen: int) -> None:
    rows = writer.execute(
        "select made_by, step from comment_entry where about = $about and subject = $subject and id > $seen "
        "order by id desc limit 1",
        {"about": str(subject.about), "subject": subject.key, "seen": seen},
    )
    if rows:
        raise Refusal(
            f"{rows[0][0]} {rows[0][1]} here while you wrote. What you typed is still here: read theirs, and send again."
        )
