"""The audit as a chain: each entry carries the fingerprint of the one before and of every row that it added.

What is sealed are the tables whose rows are only ever added, row by row (lines by their submission), and the
place's own lists, each as it stood when it was last changed. So a row that was altered, added or taken away by
hand, an entry that is gone, and a store that lost its newest work are each found and named.
"""

import hashlib
import json
import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from budget_model import dates
from budget_model.vocabulary import SubmissionStatus

Execute = Callable[[str, Mapping[str, object]], list[tuple[Any, ...]]]
"""How a question is put to the store, inside a change or outside."""

BY_ROW: Final = (
    "submission",
    "submission_event",
    "in_place_of",
    "mapping_memory",
    "answer_memory",
    "reading_kept",
    "draft_step",
    "explanation",
    "self_assessment",
    "due",
    "settlement",
    "decision",
    "decision_event",
    "pool",
    "pool_contribution",
    "scenario",
    "stage_agreed",
    "action_plan",
    "fund_return",
    "performance_entry",
    "self_review",
    "funding_entry",
    "voluntary_file",
    "voluntary_word",
    "comment_entry",
    "legal_override",
    "readiness",
    "story",
    "story_view",
    "decided",
    "tally",
    "pack_made",
    "consultation",
    "consultation_answer",
    "consultation_verdict",
    "state_edition",
    "map_version",
    "place_change",
    "person",
    "credential",
    "audit",
)
"""Tables whose rows are only ever added; each row has a fingerprint of its own."""

BY_SUBMISSION: Final = {
    "line": "submission",
    "line_service": "(select any_value(line.submission) from line where line.id = kept.line)",
}
"""Tables too long for that, and how a row of them tells its submission, whose rows have one fingerprint."""

OF_A_SUBMISSION: Final = {"submission": "id", "submission_event": "submission"}
"""Tables of few rows that say what a submission is and in which state it was when, and where each names it."""

STATES: Final = frozenset(f"submission {status}" for status in SubmissionStatus)
"""How the audit says what became of a submission."""

ADDED_NOW: Final = 36_028_797_018_960_000
"""Rows that a change has added, and not committed yet, are numbered from here on by the database."""

_WRITES: Final = re.compile(r'\b(insert\s+into|delete\s+from|update)\s+"?([a-z_]+)', re.IGNORECASE)
ENTRY_COLUMNS: Final = (
    "number",
    "made_at",
    "made_by",
    "asked_by",
    "source",
    "what",
    "subject",
    "before",
    "after",
    "sealed",
    "chain",
)
_ENTRIES: Final = (
    "select number, epoch_us(made_at), made_by, asked_by, source, what, subject, before, after, sealed, chain "
    "from audit_entry order by number"
)


@dataclass(frozen=True, slots=True)
class Note:
    """What a change says of itself: who did what, to what, and what stood there before and after."""

    by: str
    what: str
    subject: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the audit."""

    number: int
    made_at: datetime
    made_by: str
    asked_by: str
    source: str
    what: str
    subject: str
    before: str
    after: str
    sealed: str
    chain: str

    def fingerprint(self, previous: str) -> str:
        """The fingerprint of what the entry says, together with the one before it."""
        said = [previous, self.number, _microseconds(self.made_at), self.made_by, self.asked_by, self.source]
        said += [self.what, self.subject, self.before, self.after, self.sealed]
        return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()

    def __str__(self) -> str:
        return f"entry {self.number} of the audit ({self.what} {self.subject}, {self.made_by}, {dates.moment(self.made_at)})"


@dataclass(frozen=True, slots=True)
class Head:
    """The newest entry: its number, 0 before the first, and its fingerprint."""

    number: int = 0
    chain: str = ""


def tables_touched(sql: str) -> Iterator[str]:
    """Name the tables that a statement writes to.

    >>> list(tables_touched("insert into explanation values (1)"))
    ['explanation']
    """
    return (table for _, table in writes_of(sql))


def writes_of(sql: str) -> Iterator[tuple[str, str]]:
    """Each way in which a statement writes to a table, and the table.

    >>> list(writes_of("delete from explanation"))
    [('delete', 'explanation')]
    """
    return ((way.split()[0].lower(), table.lower()) for way, table in _WRITES.findall(sql))


def entries(ask: Execute) -> tuple[Entry, ...]:
    """Every entry, the first first."""
    return tuple(_entry(row) for row in ask(_ENTRIES, {}))


def head_of(ask: Execute) -> Head:
    """The newest entry that the store holds."""
    rows = ask("select number, chain from audit_entry order by number desc limit 1", {})
    return Head(int(rows[0][0]), str(rows[0][1])) if rows else Head()


def seal(ask: Execute, touched: Iterable[str], place: Iterable[str], *, everything: bool = False) -> str:
    """Give the fingerprints of the rows that a change adds to the sealed tables, as the text that its entry keeps.

    `place` names the tables of the place among those touched. `everything` seals all rows that there are.
    """
    asked = {"from": -1 if everything else ADDED_NOW}
    names = set(touched)
    sealed: dict[str, Any] = {}
    for table in sorted(names & set(BY_ROW)):
        columns = _columns(ask, table)
        hashes = [row[0] for row in ask(_row_hashes(table, columns, "rowid >= $from"), asked)]
        if hashes:
            sealed.setdefault("rows", {})[table] = {"columns": columns, "hashes": sorted(hashes)}
    for table in sorted(names & set(BY_SUBMISSION)):
        columns = _columns(ask, table)
        of = {str(key): mark for key, mark in ask(_sums(table, columns, "kept.rowid >= $from"), asked)}
        if of:
            sealed.setdefault("submissions", {})[table] = {"columns": columns, "of": of}
    for table in sorted(names & set(place)):
        columns = _columns(ask, table)
        sealed.setdefault("place", {})[table] = {"columns": columns, "mark": _whole(ask, table, columns)}
    return json.dumps(sealed) if sealed else ""


def broken(ask: Execute) -> Iterator[str]:
    """Say of each entry that was altered, added or taken away that it was."""
    previous, expected = "", 1
    for entry in entries(ask):
        if entry.number > expected:
            gone = (
                f"Entry {expected} of the audit is"
                if entry.number == expected + 1
                else (f"Entries {expected} to {entry.number - 1} of the audit are")
            )
            yield f"{gone} missing. Bring a backup back that has them."
        elif entry.number < expected:
            yield f"Two entries of the audit have the number {entry.number}: one was added by hand."
        if entry.number == expected and entry.fingerprint(previous) != entry.chain:
            yield f"What {entry} says was altered, or what came before it."
        previous, expected = entry.chain, entry.number + 1


def altered(ask: Execute, place: Iterable[str]) -> Iterator[str]:
    """Say of each row of a sealed table that it was altered, added or taken away since its entry was written."""
    kept = [(entry, json.loads(entry.sealed)) for entry in entries(ask) if entry.sealed]
    for table in BY_ROW:
        yield from _rows_altered(ask, table, kept)
    for table in BY_SUBMISSION:
        yield from _submissions_altered(ask, table, kept)
    for table in place:
        yield from _list_altered(ask, table, kept)


def altered_of(ask: Execute, submission: int) -> Iterator[str]:
    """The same of one submission alone: its lines, what they pay for, and its own row and states.

    A row of another submission that was altered is no fault of this one.
    """
    every = entries(ask)
    kept = [(entry, json.loads(entry.sealed)) for entry in every if entry.sealed]
    for table, names in OF_A_SUBMISSION.items():
        for rowid in sorted(_held(ask, table, kept).strangers):
            if _names(ask, table, names, rowid) == submission:
                yield f"A row of {table} was altered or added by hand: {_row_in_words(ask, table, rowid)}"
    yield from _states_gone(ask, every, submission)
    for table in BY_SUBMISSION:
        yield from _of_one_altered(ask, table, kept, submission)


def sealer_of(every: Iterable[Entry], submission: int) -> Entry | None:
    """The entry that sealed the lines of a submission; None where none did."""
    return next((entry for entry in every if entry.sealed and str(submission) in _lines_sealed(entry)), None)


def _lines_sealed(entry: Entry) -> Mapping[str, str]:
    of: Mapping[str, str] = json.loads(entry.sealed).get("submissions", {}).get("line", {}).get("of", {})
    return of


def lost(ask: Execute, path: Path) -> Iterator[str]:
    """Say how much is missing where the store is older than the note of its newest entry beside it."""
    noted, there = read_head(path), head_of(ask)
    if noted is None or noted.number < there.number or noted == there:
        return
    if noted.number > there.number:
        yield (
            f"The audit ends with entry {there.number}, and entry {noted.number} was written: the newest work is "
            f"gone, as where {path.name}.wal was deleted or an older copy put in place. Bring the last backup back."
        )
    else:
        yield f"Entry {there.number} of the audit is not the one that was written last: another store was put in place."


def head_path(path: Path) -> Path:
    """Where the newest entry of a store is noted beside it."""
    return path.with_name(f"{path.name}.head")


def read_head(path: Path) -> Head | None:
    """The newest entry as it was noted beside the store; None where nothing was."""
    try:
        number, chain = head_path(path).read_text(encoding="utf-8").split()
        return Head(int(number), chain)
    except (OSError, ValueError):
        return None


def note_head(path: Path, head: Head) -> None:
    """Note the newest entry beside the store; a note that cannot be written is left as it was."""
    wanted, fresh = head_path(path), head_path(path).with_suffix(".head-new")
    try:
        with fresh.open("w", encoding="utf-8") as file:
            file.write(f"{head.number} {head.chain}\n")
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(wanted)
    except OSError:
        fresh.unlink(missing_ok=True)


Sealed = Sequence[tuple[Entry, Mapping[str, Any]]]


@dataclass(frozen=True, slots=True)
class _Held:
    """What of a table’s rows agrees with the fingerprints that were taken of them, and what does not."""

    gone: tuple[Entry, ...]
    """By which entry each row was written that is not there any more as it was."""
    strangers: frozenset[int]
    """The rows that no entry wrote as they are."""


def _held(ask: Execute, table: str, kept: Sealed) -> _Held:
    """Hold each row against the fingerprints that were taken of it, by the columns that it had then."""
    written: dict[tuple[str, ...], Counter[str]] = {}
    writers: dict[str, Entry] = {}
    for entry, sealed in kept:
        said = sealed.get("rows", {}).get(table)
        if said:
            written.setdefault(tuple(said["columns"]), Counter()).update(said["hashes"])
            writers |= dict.fromkeys(said["hashes"], entry)
    gone: list[Entry] = []
    strangers: list[set[int]] = []
    for columns, expected in written.items():
        found = {int(rowid): str(mark) for mark, rowid in ask(_row_hashes(table, columns), {})}
        gone += [writers[mark] for mark in expected - Counter(found.values())]
        strangers.append({rowid for rowid, mark in found.items() if mark not in expected})
    if not strangers:
        strangers = [{int(row[0]) for row in ask(f'select rowid from "{table}"', {})}]
    return _Held(tuple(gone), frozenset(set.intersection(*strangers)))


def _rows_altered(ask: Execute, table: str, kept: Sealed) -> Iterator[str]:
    held = _held(ask, table, kept)
    for entry in held.gone:
        yield f"A row of {table} was altered or taken away that {entry} wrote."
    for rowid in sorted(held.strangers):
        yield f"A row of {table} is one that no entry of the audit wrote: {_row_in_words(ask, table, rowid)}"


def _row_in_words(ask: Execute, table: str, rowid: int) -> str:
    text = ask(f'select cast(kept as varchar) from "{table}" as kept where rowid = $row', {"row": rowid})
    return str(text[0][0])[:200]


def _names(ask: Execute, table: str, column: str, rowid: int) -> int:
    return int(ask(f'select "{column}" from "{table}" where rowid = $row', {"row": rowid})[0][0])


def _states_gone(ask: Execute, every: Iterable[Entry], submission: int) -> Iterator[str]:
    """Name each entry that says what became of a submission where no row does, and a submission without its own row."""
    asked = {"submission": submission}
    states = ask("select status from submission_event where submission = $submission", asked)
    there = Counter(f"submission {status}" for (status,) in states)
    for entry in every:
        if entry.subject == str(submission) and entry.what in STATES:
            if not there[entry.what]:
                yield f"What {entry} says of submission {submission} has no row any more."
            there[entry.what] -= 1
    if states and not ask("select 1 from submission where id = $submission", asked):
        yield f"Submission {submission} has no row of its own any more."


def _submissions_altered(ask: Execute, table: str, kept: Sealed) -> Iterator[str]:
    """Hold the rows of each submission against their one fingerprint."""
    known: set[str] = set()
    for entry, sealed in kept:
        said = sealed.get("submissions", {}).get(table)
        if not said:
            continue
        now = {str(key): str(mark) for key, mark in ask(_sums(table, said["columns"]), {})}
        for submission, mark in said["of"].items():
            known.add(submission)
            if now.get(submission) != mark:
                yield f"The rows of {table} of submission {submission} are not those that {entry} wrote."
    for (submission,) in ask(f'select distinct {BY_SUBMISSION[table]} from "{table}" as kept', {}):
        if str(submission) not in known:
            yield f"The rows of {table} of submission {submission} are ones that no entry of the audit wrote."


def _of_one_altered(ask: Execute, table: str, kept: Sealed, submission: int) -> Iterator[str]:
    """Hold the rows of one submission against each fingerprint that was taken of them."""
    taken = [
        (entry, said["columns"], said["of"][str(submission)])
        for entry, sealed in kept
        if str(submission) in (said := sealed.get("submissions", {}).get(table, {"of": {}}))["of"]
    ]
    own = f"{BY_SUBMISSION[table]} = {int(submission)}"
    for entry, columns, mark in taken:
        now = ask(_sums(table, columns, own), {})
        if not now or str(now[0][1]) != mark:
            yield f"The rows of {table} of submission {submission} are not those that {entry} wrote."
    if not taken and ask(f'select 1 from "{table}" as kept where {own} limit 1', {}):
        yield f"The rows of {table} of submission {submission} are ones that no entry of the audit wrote."


def _list_altered(ask: Execute, table: str, kept: Sealed) -> Iterator[str]:
    """Hold one of the place's lists against the fingerprint of its last change."""
    last = [(entry, sealed["place"][table]) for entry, sealed in kept if table in sealed.get("place", {})]
    if last and _whole(ask, table, last[-1][1]["columns"]) != last[-1][1]["mark"]:
        yield f"The list {table} is not what {last[-1][0]} made it."


def _entry(row: tuple[Any, ...]) -> Entry:
    number, made_at, *words = row
    return Entry(int(number), datetime.fromtimestamp(made_at / 1_000_000, UTC), *map(str, words))


def _microseconds(moment: datetime) -> int:
    return round((moment - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds() * 1_000_000)


def _columns(ask: Execute, table: str) -> list[str]:
    """The columns of a table with their kinds, as 'name:kind' where a kind is not read as it is written."""
    rows = ask(
        "select column_name, data_type from duckdb_columns() where table_name = $table order by column_index",
        {"table": table},
    )
    return [f"{name}:time" if "TIME ZONE" in str(kind) else str(name) for name, kind in rows]


def _row_hash(columns: Sequence[str]) -> str:
    cells = []
    for column in columns:
        name, _, kind = column.partition(":")
        cell = f'epoch_us(kept."{name}")' if kind == "time" else f'kept."{name}"'
        cells.append(f"coalesce(cast({cell} as varchar), chr(30))")
    return f"sha256(concat_ws(chr(31), {', '.join(cells)}))"


def _row_hashes(table: str, columns: Sequence[str], where: str = "true") -> str:
    return f'select {_row_hash(columns)}, rowid from "{table}" as kept where {where}'


def _sums(table: str, columns: Sequence[str], where: str = "true") -> str:
    return (
        f"select submission, sha256(string_agg(mark, '' order by mark)) from (select {BY_SUBMISSION[table]} "
        f'as submission, {_row_hash(columns)} as mark from "{table}" as kept where {where}) group by submission'
    )


def _whole(ask: Execute, table: str, columns: Sequence[str]) -> str:
    sql = f"select coalesce(sha256(string_agg(mark, '' order by mark)), '') from (select {_row_hash(columns)} as mark"
    return str(ask(f'{sql} from "{table}" as kept)', {})[0][0])
