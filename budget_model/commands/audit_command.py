"""`audit`: who did what, when and from where, the latest first."""

import argparse
import json

from budget_model.store.audit import entries, troubles
from budget_model.store.chain import Entry
from budget_model.store.store import Store


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may be asked for."""
    parser.add_argument(
        "text", nargs="?", default="", metavar="WORDS", help="only entries that hold these words"
    )
    parser.add_argument(
        "--most", type=int, default=50, metavar="N", help="at most so many; 0 for all (usual: 50)"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def run(options: argparse.Namespace) -> int:
    """Print the entries; status 1 where the chain is broken."""
    with Store.existing() as store:
        found, broken = entries(store, options.text), troubles(store)
    shown = found[: options.most or None]
    if options.json:
        said = {"found": len(found), "broken": list(broken), "entries": [_plain(entry) for entry in shown]}
        print(json.dumps(said, ensure_ascii=False))
    else:
        for entry in shown:
            print(
                f"{entry.number:>6}  {entry.made_at:%Y-%m-%d %H:%M:%S}  {entry.made_by}: {entry.what} {entry.subject}"
            )
        for sentence in broken:
            print(sentence)
    return 1 if broken else 0


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
