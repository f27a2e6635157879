"""`seed`: load a place with what its organisations sent, by the same path that an upload takes."""

import argparse
import time
from pathlib import Path

from budget_model.access import Act
from budget_model.contribute.load_place import read_place
from budget_model.place.described import described
from budget_model.place.editing import SHARED
from budget_model.place.tables import PLACE, REFERENCE
from budget_model.store.joint import keep_planned_pools
from budget_model.store.load_place import keep_read_place
from budget_model.store.places import has_place
from budget_model.store.store import Store
from budget_model.store.stories import keep_shipped_stories

BY = "worked example"
DATA = Path(__file__).resolve().parents[2] / "data"
EXAMPLE = DATA / "derby"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may be asked for."""
    parser.add_argument("--place", type=Path, default=EXAMPLE, help="the place's folder")
    parser.add_argument(
        "--reference",
        type=Path,
        help="the lists all places share; else the place's own folder reference, else those that ship",
    )
    parser.add_argument(
        "--columns", action="store_true", help="say what each column of a place's files holds; load nothing"
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
        read = read_place(options.place, _reference(options), years=options.year)
        keep_read_place(store, read, by=BY, over_settings=options.over_settings)
        if options.place.resolve() == EXAMPLE:
            _tell_stories(store)
        missing = keep_planned_pools(store, read.place, by=BY)
        for problem in (*read.place.problems, *missing):
            print(f"note: {problem}")
        for sent in read.submissions:
            print(
                f"{sent.submission.organisation}: {len(sent.submission.lines)} lines, {sent.agreement.sentence}"
            )
    print(
        f"{read.place.name} is loaded: {len(read.submissions)} submissions in {time.perf_counter() - started:.1f} s."
    )
    return 0


def _reference(options: argparse.Namespace) -> Path:
    """The shared lists to read: those named, else the place's own, else those that ship."""
    own: Path = options.place / SHARED
    named: Path | None = options.reference
    return named or (own if own.is_dir() else DATA / "reference")


def _tell_stories(store: Store) -> None:
    """Keep the stories that come with the worked example, but for those that somebody made their own."""
    with store.writing(Act.SET_UP) as writer:
        keep_shipped_stories(writer, DATA / "stories")
