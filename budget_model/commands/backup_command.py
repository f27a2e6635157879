"""`backup`: copy the store to a new folder, in its own format and in one that any engine reads."""

import argparse
import json
from pathlib import Path

from budget_model.store.backup import backup
from budget_model.store.schedule import proved_backup
from budget_model.store.store import Store


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may be asked for."""
    parser.add_argument("folder", type=Path, metavar="DIR", help="where backups are kept")
    parser.add_argument(
        "--keep",
        type=int,
        default=0,
        metavar="N",
        help="prove the backup by bringing it back beside, then let all but the newest N go",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def run(options: argparse.Namespace) -> int:
    """Back up, and say where to."""
    with Store.existing() as store:
        made = (
            proved_backup(store, options.folder, options.keep)
            if options.keep
            else backup(store, options.folder)
        )
    if options.json:
        print(
            json.dumps(
                {"backup": str(made.folder), "tables": made.tables, "rows": made.rows, "bytes": made.size}
            )
        )
    else:
        print(f"{made.folder}: {made.tables} tables, {made.rows:,} rows, {made.size / 1_000_000:.1f} MB")
    return 0
