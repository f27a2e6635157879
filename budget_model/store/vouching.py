"""Who vouches for a figure: by whom its file was sent and approved, when, and whether anything was altered since."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from budget_model.access import Act
from budget_model.store import chain
from budget_model.store.chain import Entry
from budget_model.store.mapping_memory import moment
from budget_model.store.store import Store
from budget_model.store.submissions import body_of
from budget_model.vocabulary import SubmissionStatus


@dataclass(frozen=True, slots=True)
class Step:
    """One step in the life of a submission: to which state it went, by whom, when and why."""

    status: SubmissionStatus
    by: str
    account: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Proof:
    """Whether anything of a submission was altered since it was written: by the audit's own fingerprints."""

    sealed_by: Entry | None
    """The entry of the audit that wrote its lines; None for a store from before the audit was a chain."""
    newest: Entry
    """The newest entry, to which the chain was followed."""
    troubles: tuple[str, ...]
    """A sentence for each thing that was altered, added or taken away."""


def steps_of(store: Store, submission: int) -> tuple[Step, ...]:
    """The life of a submission, the first step first; none for whoever may not know the people behind the figures."""
    body = body_of(store, submission)
    if not (store.sight.partner or store.sight.sees_unpublished(body)):
        return ()
    rows = store.ask("steps_of_submission", {"submission": submission})
    return tuple(
        Step(SubmissionStatus(status), str(by), str(account), moment(at), str(reason))
        for status, by, account, at, reason in rows
    )


def proof_of(store: Store, submission: int) -> Proof | None:
    """Hold a submission's lines, states and file against what the audit sealed; None where the audit is empty.

    Raises `Refusal` for whoever may not read the audit, and where there is no such submission.
    """
    store.asker.must(Act.READ_AUDIT)
    body_of(store, submission)
    every = chain.entries(store.select)
    if not every:
        return None
    altered = chain.altered_of(store.select, submission)
    troubles = (
        *chain.broken(store.select),
        *chain.lost(store.select, store.path),
        *altered,
        *_file_altered(store, submission),
    )
    return Proof(chain.sealer_of(every, submission), every[-1], troubles)


def _file_altered(store: Store, submission: int) -> tuple[str, ...]:
    """Hold the file that is kept against the fingerprint that was taken when it came."""
    rows = store.ask("file_of_submission", {"submission": submission})
    return tuple(
        f"The file {name} is not the one that was sent: its bytes have another fingerprint."
        for name, sha256, data in rows
        if hashlib.sha256(bytes(data)).hexdigest() != sha256
    )
