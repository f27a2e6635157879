"""A place's folder written from the store: its lists as they stand, what was sent, and what each line pays for."""

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, TypeVar

from budget_model.place.editing import SHARED, Sent, files_of
from budget_model.place.lists import rows_of
from budget_model.place.loading import WORKBOOKS
from budget_model.place.model import ConfirmedMapping, Place, PlannedSubmission
from budget_model.problem import Refusal
from budget_model.store.mapping_memory import confirmed
from budget_model.store.places import place_of
from budget_model.store.store import Store, question
from budget_model.vocabulary import (
    ControlSource,
    Discretion,
    Kind,
    Nature,
    OrganisationStatus,
    Phase,
    Provenance,
    RingFence,
    Stage,
)

Word = TypeVar("Word", RingFence, Nature, Kind, Discretion, Stage)
LONGEST_SHEET: Final = 200


def sent_of(store: Store) -> Sent:
    """What is in force, as a folder plans it, and what its lines pay for."""
    return store.once("what was sent", lambda: Sent(tuple(_submissions(store)), tuple(_mappings(store))))


def as_expected(sent: Sent, place: Place) -> Sent:
    """What was sent, as checks of the place as it stands expect it.

    A body that sent figures before it was called mapped is left out; the lines that transfers name are taken as known,
    since they were when the transfer was written, whatever was withdrawn since.
    """
    mapped = {body.id for body in place.organisations if body.status is OrganisationStatus.MAPPED}
    known = {(mapping.organisation, mapping.line_code) for mapping in sent.mappings}
    named = {
        (transfer.payer, code): transfer.payer_service
        for transfer in place.transfers
        for code in transfer.payer_lines
    }
    more = tuple(
        _worded((body, code, code), service, "A transfer names it")
        for (body, code), service in named.items()
        if (body, code) not in known
    )
    submissions = tuple(submission for submission in sent.submissions if submission.organisation in mapped)
    return Sent(submissions, sent.mappings + more)


def _worded(
    key: tuple[str, str, str], service: str, by: str, split: tuple[str, ...] = ()
) -> ConfirmedMapping:
    """What a line of a body pays for, where nothing else is known of it."""
    return ConfirmedMapping(*key, service, "", None, None, None, None, None, None, "", None, by, split=split)


def workbooks_of(store: Store) -> Iterator[tuple[str, bytes]]:
    """Each file that something in force was read from, under the name that its submissions give it."""
    names = _names(store)
    for sha, name in names.items():
        rows = store.select("select bytes from original where sha256 = $sha limit 1", {"sha": sha})
        yield name, bytes(rows[0][0])


def _names(store: Store) -> dict[str, str]:
    """What each file is called in the folder: its own name, with a number where two files have one name."""
    names: dict[str, str] = {}
    for record in store.records(question("folder_submissions")):
        sha, own = str(record["sha256"]), Path(str(record["file"]))
        taken = {name for other, name in names.items() if other != sha}
        tries = (own.name, *(f"{own.stem}-{number}{own.suffix}" for number in range(2, 1_000)))
        names.setdefault(sha, next(name for name in tries if name not in taken))
    return names


def _submissions(store: Store) -> Iterator[PlannedSubmission]:
    names = _names(store)
    for record in store.records(question("folder_submissions")):
        yield PlannedSubmission(
            f"submission-{record['id']}",
            names[str(record["sha256"])],
            str(record["sheet"])[:LONGEST_SHEET],
            str(record["organisation"]),
            str(record["year"]),
            Phase(record["phase"]),
            str(record["part"]),
            "",
            int(record["grade"]),
            str(record["share"]),
            _control(record),
            str(record["source"]) or "What the body sent",
            Provenance(record["provenance"]),
            ControlSource(record["control_source"]),
        )


def _control(record: Mapping[str, Any]) -> Decimal:
    """What a part is compared with: its control total, else what was read of it."""
    total: Decimal = record["control_total"] if record["control_total"] is not None else record["read_total"]
    return total


def _mappings(store: Store) -> Iterator[ConfirmedMapping]:
    """One row for each wording of a body's lines; the first in force stands where two differ."""
    seen: set[tuple[str, str, str]] = set()
    for record in store.records(question("folder_mappings")):
        key = (str(record["organisation"]), str(record["code"]), str(record["description"]))
        if key not in seen:
            seen.add(key)
            yield _mapping(record)
    yield from (mapping for key, mapping in _remembered(store).items() if key not in seen)


def _remembered(store: Store) -> dict[tuple[str, str, str], ConfirmedMapping]:
    """What people confirmed of lines that are not in force: the newest word that stands."""
    confirmed_mappings: dict[tuple[str, str, str], ConfirmedMapping] = {}
    for one in confirmed(store):
        key = (one.organisation, one.code or "", one.description)
        confirmed_mappings.pop(key, None)
        if not one.taken_back:
            (service, _), *further = one.services
            confirmed_mappings[key] = _worded(key, service, one.by or "The map", tuple(map(_part, further)))
    return confirmed_mappings


def _part(part: tuple[str, Decimal]) -> str:
    return f"{part[0]} {part[1].normalize():f}"


def _mapping(record: Mapping[str, Any]) -> ConfirmedMapping:
    first, *further = zip(record["services"], record["parts"], strict=True)
    return ConfirmedMapping(
        str(record["organisation"]),
        str(record["code"]),
        str(record["description"]),
        str(first[0]),
        str(record["funding_stream"]),
        _known(RingFence, record["ring_fence"]),
        _known(Nature, record["nature"]),
        Kind(record["kind"]),
        _known(Discretion, record["discretion"]),
        _known(Stage, record["stage"]),
        record["grade"],
        str(record["area"]),
        record["committed_until"],
        str(record["made_by"]) or "The map",
        Provenance(record["provenance"]) if record["provenance"] else None,
        tuple(_part((str(service), Decimal(part))) for service, part in further),
    )


def _known(words: type[Word], said: str) -> Word | None:
    """A word of the field; None for what is not known, which a file leaves empty."""
    return None if said == "unknown" else words(said)


@dataclass(frozen=True, slots=True)
class Written:
    """A folder that was written."""

    files: int
    """Lists and settings."""
    workbooks: int
    amounts: Mapping[str, Decimal]
    """What the lines of each submission add up to, income and expenditure alike, by its id in the folder."""


def write_folder(store: Store, folder: Path) -> Written:
    """Write the place's folder: its lists, the files that were sent and what their lines pay for.

    A body whose figures are in force is called mapped, as a folder has it. Lines that transfers name and nobody sends any
    more are written among those that are known, so that the folder loads. All of it is written beside first.
    """
    sent, place = sent_of(store), place_of(store)
    known = replace(sent, mappings=as_expected(sent, place).mappings)
    fresh = folder.with_name(f".{folder.name}.writing")
    shutil.rmtree(fresh, ignore_errors=True)
    try:
        (fresh / SHARED).mkdir(parents=True)
        (fresh / WORKBOOKS).mkdir()
        files = files_of(rows_of(_called_mapped(place, sent)), known)
        for name, text in files.items():
            (fresh / name).write_text(text, encoding="utf-8", newline="")
        books = [(fresh / WORKBOOKS / name).write_bytes(data) for name, data in workbooks_of(store)]
        if folder.is_dir():
            folder.rmdir()
        fresh.replace(folder)
    except OSError as reason:
        raise Refusal(f"{folder} cannot be written ({reason.strerror}). Nothing was changed.") from reason
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    amounts = {
        f"submission-{number}": amount
        for number, amount in store.select("select submission, sum(amount) from line group by submission")
    }
    return Written(
        len(files), len(books), {submission.id: amounts[submission.id] for submission in sent.submissions}
    )


def _called_mapped(place: Place, sent: Sent) -> Place:
    here = {submission.organisation for submission in sent.submissions}
    bodies = (
        replace(body, status=OrganisationStatus.MAPPED) if body.id in here else body
        for body in place.organisations
    )
    return replace(place, organisations=tuple(bodies))
