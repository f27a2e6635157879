"""Files of grants and payments to voluntary bodies in the store, and what officers said of what they hold.

Both are only ever added to: a file that was taken out is still there, with who and when, and of each recipient,
programme and promise the last word stands.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Final

from budget_model.access import Act
from budget_model.contribute.grant_rows import FileKind, GrantFile, GrantRow
from budget_model.dates import moment
from budget_model.plain_values import from_plain, to_plain
from budget_model.problem import Refusal
from budget_model.store.places import place_of
from budget_model.store.store import Store, Writer, now
from budget_model.store.submissions import write_audit
from budget_model.together.compact import PROMISES, Kept, Said
from budget_model.together.voluntary import Words

BODY, PROGRAMME, PROMISE = "body", "programme", "promise"
"""What an officer may say something of."""
YES, NO = "yes", "no"
LONGEST_REASON: Final = 2_000


@dataclass(frozen=True, slots=True)
class FileKept:
    """A file with who loaded it and when; `body` is who paid, for a list of payments."""

    file: GrantFile
    number: int
    body: str
    made_by: str
    account: str
    made_at: datetime


def files(store: Store) -> tuple[FileKept, ...]:
    """Every file in force, in the order that they were loaded."""
    return tuple(
        FileKept(
            GrantFile(name, sha256, FileKind(kind), _rows(said)),
            int(number),
            body,
            store.sight.person(by),
            store.sight.person(account),
            _moment(made_at),
        )
        for number, sha256, name, kind, body, said, made_at, by, account in store.ask("voluntary_files")
    )


@lru_cache(maxsize=16)
def _rows(said: str) -> tuple[GrantRow, ...]:
    return tuple(from_plain(GrantRow, row) for row in json.loads(said))


def _moment(microseconds: int) -> datetime:
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=microseconds)


def loaded_before(store: Store, sha256: str) -> FileKept | None:
    """The same file, where it is in force already."""
    return next((each for each in files(store) if each.file.sha256 == sha256), None)


def keep_file(store: Store, file: GrantFile, *, by: str, body: str = "", again: bool = False) -> None:
    """Keep a file, whole. Raises `Refusal` for one that is there already, unless it is wanted `again`.

    A list of payments is kept in the name of the body that paid, and for it alone; a file of grants by whoever may
    enter external funding for any body.
    """
    before = loaded_before(store, file.sha256)
    if before is not None and not again:
        raise Refusal(
            f"{file.name} is loaded already: {before.made_by} loaded it on {moment(before.made_at)}. Loading it again "
            "counts nothing twice; say so if you want it all the same."
        )
    if body and body not in {each.id for each in place_of(store).organisations}:
        raise Refusal(f"There is no body “{body[:80]}”. Choose one from the list.")
    if file.kind is FileKind.PAYMENTS and not body:
        raise Refusal("Choose the body that paid.")
    with store.writing(Act.FUND, body) as writer:
        _write(writer, file, body, by, withdrawn=False)
        rows = f"{len(file.rows):,} rows, {len(file.readable):,} readable"
        write_audit(writer, by, f"file of {file.kind} loaded", file.name, "", rows)


def withdraw_file(store: Store, kept: FileKept, *, by: str) -> None:
    """Take a file out; what it holds stays kept, and counts no more.

    Raises `Refusal` for whoever neither loaded it nor may decide for the partnership.
    """
    is_own = bool(kept.account) and kept.account == store.asker.account
    act, body = (Act.FUND, kept.body) if is_own else (Act.WORK_TOGETHER, "")
    with store.writing(act, body) as writer:
        _write(writer, kept.file, kept.body, by, withdrawn=True)
        write_audit(writer, by, f"file of {kept.file.kind} taken out", kept.file.name, "loaded", "")


def _write(writer: Writer, file: GrantFile, body: str, by: str, *, withdrawn: bool) -> None:
    writer.execute(
        "insert into voluntary_file values "
        "($id, $sha256, $name, $kind, $body, $said, $withdrawn, $at, $by, $account)",
        {
            "id": writer.numbers("event_id", 1)[0],
            "sha256": file.sha256,
            "name": file.name,
            "kind": str(file.kind),
            "body": body,
            "said": json.dumps([to_plain(row) for row in file.rows]),
            "withdrawn": withdrawn,
            "at": now(),
            "by": by,
            "account": writer.asker.account,
        },
    )


def words(store: Store) -> Words:
    """What stands of recipients and programmes."""
    said = _said(store)
    return Words(
        {subject: word == YES for (kind, subject), word in said.items() if kind == BODY},
        {subject: word for (kind, subject), word in said.items() if kind == PROGRAMME and word},
    )


def promises(store: Store) -> dict[str, Said]:
    """What was said of each promise of the Compact, by its key."""
    return {
        subject: Said(Kept(state), reason, by, _moment(made_at))
        for kind, subject, word, by, made_at in store.ask("voluntary_words")
        if kind == PROMISE
        for state, _, reason in [word.partition("|")]
    }


def _said(store: Store) -> dict[tuple[str, str], str]:
    return {(kind, subject): word for kind, subject, word, *_ in store.ask("voluntary_words")}


def confirm(store: Store, bodies: Mapping[str, bool], *, by: str) -> None:
    """Say of recipients, by their keys, whether they are voluntary bodies."""
    _keep_words(store, Act.FUND, BODY, {key: YES if body else NO for key, body in bodies.items()}, by=by)


def put_under_boards(store: Store, programmes: Mapping[str, str], *, by: str) -> None:
    """Say of which board funders' programmes are; an empty board takes it back."""
    boards = {theme.id for theme in place_of(store).themes}
    for board in programmes.values():
        if board and board not in boards:
            raise Refusal(f"There is no board “{board[:80]}”. Choose one from the list.")
    _keep_words(store, Act.FUND, PROGRAMME, programmes, by=by)


def say_of_promise(store: Store, promise: str, kept: Kept, reason: str, *, by: str) -> None:
    """Say how far a promise of the Compact is kept, and why that is said."""
    if promise not in {each.key for each in PROMISES}:
        raise Refusal("Choose a promise of the list.")
    if not reason.strip() or len(reason) > LONGEST_REASON:
        raise Refusal(
            f"Say why, in at most {LONGEST_REASON:,} letters: without a reason nobody can check it."
        )
    _keep_words(store, Act.WORK_TOGETHER, PROMISE, {promise: f"{kept}|{reason.strip()}"}, by=by)


def _keep_words(store: Store, act: Act, kind: str, said: Mapping[str, str], *, by: str) -> None:
    if not said:
        raise Refusal("Choose at least one first.")
    with store.writing(act) as writer:
        for subject, word in said.items():
            writer.execute(
                "insert into voluntary_word values ($id, $kind, $subject, $said, $at, $by)",
                {
                    "id": writer.numbers("event_id", 1)[0],
                    "kind": kind,
                    "subject": subject,
                    "said": word,
                    "at": now(),
                    "by": by,
                },
            )
        what = f"{len(said):,} of kind {kind}" if len(said) > 1 else next(iter(said))
        write_audit(writer, by, f"{kind} of the third sector said", what, "", next(iter(said.values())))
