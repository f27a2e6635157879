"""`seed`: load a place with what its organisations sent, by the same path that an upload takes."""

import argparse
import time
from pathlib import Path

from budget_model.count.saying import counted
from budget_model.place.described import described
from budget_model.place.tables import PLACE, REFERENCE
from budget_model.store.places import has_place
from budget_model.store.store import Store
from budget_model.store.whole_folders import EXAMPLE, load_folder


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may be asked for."""
    parser.add_argument("--place", type=Path, default=EXAMPLE, help="the place’s folder")
    parser.add_argument(
        "--reference",
        type=Path,
        help="the lists all places share; else the place’s own folder reference, else those that ship",
    )
    parser.add_argument(
        "--columns", action="store_true", help="say what each column of a place’s files holds; load nothing"
    )
    parser.add_argument(
        "--year",
        action="append",
        default=[],
        help="load what was sent for this year alone; may be given again",
    )
    parser.add_argument("--again", action="store_true", help="load again over a store that has a place")
    parser.add_argument(
        "--over-settings", action="store_true", help="put back what was changed on the screen since"
    )


def run(options: argparse.Namespace) -> int:
    """Load the place in one transaction: all of it or nothing."""
    if options.columns:
        for table in (*PLACE, *REFERENCE):
            print(f"{table.file}\n\n{described(table)}")
        return 0
    started = time.perf_counter()
    with Store() as store:
        if has_place(store) and not options.again:
            print(f"{store.path} has a place already; nothing was changed. Use --again to load it again.")
            return 0
        loaded = load_folder(
            store,
            options.place,
            reference=options.reference,
            years=options.year,
            over_settings=options.over_settings,
        )
        for problem in loaded.problems:
            print(f"note: {problem}")
        for sent in loaded.read.submissions:
            many = counted(len(sent.submission.lines), "line", "lines")
            print(f"{sent.submission.organisation}: {many}. {sent.agreement.sentence}")
    print(
        f"{loaded.read.place.name} is loaded: {len(loaded.read.submissions)} submissions in "
        f"{time.perf_counter() - started:.1f} s."
    )
    return 0
