"""`restore`: bring a backup back, once every law of the store holds in it; what was there is set aside."""

import argparse
import json
from pathlib import Path

from budget_model.store.backup import restore
from budget_model.store.store import usual_path


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may be asked for."""
    parser.add_argument("folder", type=Path, metavar="DIR", help="a backup, or a folder of them (the newest)")
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def run(options: argparse.Namespace) -> int:
    """Restore, and say where the store that was there is now."""
    done = restore(options.folder, usual_path())
    if options.json:
        document = {
            "store": str(done.store),
            "set_aside": str(done.set_aside) if done.set_aside else None,
            "rows": done.rows,
            "from_tables": done.from_tables,
        }
        print(json.dumps(document))
        return 0
    print(f"{done.store}: {done.rows:,} rows brought back, every check holds")
    if done.from_tables:
        print("  put together from the backup’s tables, since its copy of the store is damaged")
    if done.set_aside:
        print(f"  the store that was there is now {done.set_aside}")
    return 0
