"""`new-place`: make any English place's folder and first map from national figures, and load it."""

import argparse
import json
import os
import time
from decimal import Decimal
from pathlib import Path

from budget_model.contribute.load_place import ReadPlace
from budget_model.contribute.quality import FIRST_MAP
from budget_model.place.england import CLASS_NAMES, england
from budget_model.problem import Refusal
from budget_model.scope import Scope
from budget_model.store.first_maps import make_place
from budget_model.store.places import has_place
from budget_model.store.spending import total
from budget_model.store.store import Store, usual_path
from budget_model.store.whole_folders import DATA, load_folder
from budget_model.vocabulary import OrganisationStatus

BY = FIRST_MAP


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may be asked for."""
    parser.add_argument(
        "name", nargs="?", default="", help="a council’s area, such as Nottingham or Derbyshire"
    )
    parser.add_argument("--list", action="store_true", help="name every place that can be made, and stop")
    parser.add_argument(
        "--folder", type=Path, help="where to write it; else data/, or beside the store, and the place’s name"
    )
    parser.add_argument("--write-only", action="store_true", help="write the folder, load nothing")
    parser.add_argument("--again", action="store_true", help="load over a store that has a place")
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def run(options: argparse.Namespace) -> int:
    """Write the folder and load it, all of it or nothing."""
    if options.list or not options.name:
        _list_places(as_json=options.json)
        return 0 if options.list else 2
    started = time.perf_counter()
    if options.write_only:
        folder = make_place(options.name, options.folder, places=_places())
        _tell({"folder": str(folder), "loaded": False}, f"{folder} is written.", as_json=options.json)
        return 0
    with Store() as store:
        if has_place(store) and not options.again:
            raise Refusal(
                f"{usual_path()} has a place already; nothing was changed. Set BUDGET_MODEL_STORE to another file for a "
                "second place, or use --again to load over it."
            )
        folder = make_place(options.name, options.folder, places=_places())
        read = load_folder(store, folder, by=BY).read
        whole = total(store, Scope(read.place.default_year)).total
    _tell_loaded(read, folder, whole, time.perf_counter() - started, as_json=options.json)
    return 0


def _places() -> Path:
    """Where folders of places go: data/, or beside the store where that is not to be written, as in a container."""
    return DATA if os.access(DATA, os.W_OK) else usual_path().parent


def _tell_loaded(read: ReadPlace, folder: Path, whole: Decimal, seconds: float, *, as_json: bool) -> None:
    awaited = [body.name for body in read.place.organisations if body.status is OrganisationStatus.AWAITED]
    answer = {
        "place": read.place.name,
        "folder": str(folder),
        "loaded": True,
        "year": read.place.default_year,
        "submissions": len(read.submissions),
        "total": str(whole),
        "awaited": awaited,
    }
    words = (
        f"{read.place.name}: {len(read.submissions)} parts of bodies’ budgets from national figures make "
        f"£{whole / 1_000_000:,.0f}m in {read.place.default_year}. Every figure says how it was estimated.\n"
        f"The folder is {folder}. Replace an estimate by uploading what the body itself sends; ask for what is awaited:\n"
        + "\n".join(f"  {name}" for name in awaited)
        + f"\nDone in {seconds:.1f} s."
    )
    _tell(answer, words, as_json=as_json)


def _tell(answer: dict[str, object], words: str, *, as_json: bool) -> None:
    print(json.dumps(answer) if as_json else words)


def _list_places(*, as_json: bool) -> None:
    councils = england().upper_tier
    if as_json:
        print(
            json.dumps(
                [
                    {"name": council.name, "kind": council.kind.value, "region": council.region}
                    for council in councils
                ]
            )
        )
        return
    for authority in councils:
        print(f"{authority.name} ({CLASS_NAMES[authority.kind]}, {authority.region})")
