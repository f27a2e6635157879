"""`audit`: who did what, when and from where, the latest first."""

import argparse
import json

from budget_model.dates import moment_in_table
from budget_model.store.audit import entries, troubles
from budget_model.store.chain import Entry
from budget_model.store.store import Store
from budget_model.store.vouching import Proof, Step, proof_of, steps_of


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may be asked for."""
    parser.add_argument(
        "text", nargs="?", default="", metavar="WORDS", help="only entries that hold these words"
    )
    parser.add_argument(
        "--most", type=int, default=50, metavar="N", help="at most so many; 0 for all (usual: 50)"
    )
    parser.add_argument(
        "--submission",
        type=int,
        metavar="N",
        help="who vouches for one, and whether anything of it was altered since",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def run(options: argparse.Namespace) -> int:
    """Print the entries; status 1 where the chain is broken."""
    if options.submission is not None:
        return _vouched(options.submission, as_json=options.json)
    with Store.existing() as store:
        found, broken = entries(store, options.text), troubles(store)
    shown = found[: options.most or None]
    if options.json:
        said = {"found": len(found), "broken": list(broken), "entries": [_plain(entry) for entry in shown]}
        print(json.dumps(said, ensure_ascii=False))
    else:
        for entry in shown:
            print(
                f"{entry.number:>6}  {moment_in_table(entry.made_at)}  {entry.made_by}: {entry.what} {entry.subject}"
            )
        for sentence in broken:
            print(sentence)
    return 1 if broken else 0


def _plain_proof(proof: Proof | None) -> dict[str, object]:
    """The entry that sealed a submission, and the newest one; None where the audit has none."""
    return {
        "sealed_by": _plain(proof.sealed_by) if proof and proof.sealed_by else None,
        "newest": _plain(proof.newest) if proof else None,
    }


def _what_vouches(proof: Proof) -> str:
    """By which entry a submission is sealed, and to which nothing was altered since."""
    if not proof.sealed_by:
        return "No entry of the audit sealed it, so nothing shows whether it was altered."
    newest = f"{proof.newest.number} ({proof.newest.chain})"
    return f"Sealed by entry {proof.sealed_by.number}; nothing was altered since, to entry {newest}."


def _vouched(submission: int, *, as_json: bool) -> int:
    """Print the life of one submission and whether it is as it was written; status 1 where it is not."""
    with Store.existing() as store:
        proof, steps = proof_of(store, submission), steps_of(store, submission)
    troubles = list(proof.troubles) if proof else ["The audit is empty: nothing vouches for this submission."]
    if as_json:
        said = {
            "submission": submission,
            "steps": [_plain_step(step) for step in steps],
            **_plain_proof(proof),
            "altered": troubles,
        }
        print(json.dumps(said, ensure_ascii=False))
        return 1 if troubles else 0
    for step in steps:
        print(
            f"{moment_in_table(step.at)}  {step.status} by {step.by} ({step.account or 'no account'})  {step.reason}"
        )
    for sentence in troubles:
        print(sentence)
    if proof and not troubles:
        print(_what_vouches(proof))
    return 1 if troubles else 0


def _plain_step(step: Step) -> dict[str, object]:
    return {
        "status": str(step.status),
        "by": step.by,
        "account": step.account,
        "at": step.at.isoformat(),
        "reason": step.reason,
    }


def _plain(entry: Entry) -> dict[str, object]:
    return {
        "number": entry.number,
        "made_at": entry.made_at.isoformat(),
        "made_by": entry.made_by,
        "account": entry.asked_by,
        "from": entry.source,
        "what": entry.what,
        "subject": entry.subject,
        "before": entry.before,
        "after": entry.after,
        "fingerprint": entry.chain,
    }
