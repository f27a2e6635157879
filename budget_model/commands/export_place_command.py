"""`export-place`: write the place's folder from the store, so that files and screen never drift."""

import argparse
import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

from budget_model.contribute.load_place import ReadPlace, read_place
from budget_model.money import NOTHING
from budget_model.place.editing import SHARED, Edit, between
from budget_model.place.lists import rows_of
from budget_model.place.loading import load
from budget_model.problem import Refusal
from budget_model.store.folder_out import Written, write_folder
from budget_model.store.settings import rows
from budget_model.store.store import Store

REFERENCE = Path(__file__).resolve().parents[2] / "data" / "reference"
MOST = 20
"""Differing rows that are named."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may be asked for."""
    parser.add_argument("folder", type=Path, metavar="DIR", help="where to write the folder")
    parser.add_argument(
        "--replace", action="store_true", help="write over a folder that says something else; it is set aside"
    )
    parser.add_argument(
        "--prove", action="store_true", help="read the folder back as seed would, and hold it to the store"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def run(options: argparse.Namespace) -> int:
    """Write the folder, all of it or nothing; a folder that says something else is not written over unasked."""
    folder: Path = options.folder
    with Store.existing() as store:
        apart = _apart(store, folder)
        if apart and not options.replace:
            raise Refusal(
                f"{folder} and the screen differ in {len(apart)} rows, and nothing was written. Load the folder with "
                "`seed --again`, or use --replace: the folder as it is will be set aside.\n"
                + "\n".join(f"  {_in_words(edit)}" for edit in apart[:MOST])
            )
        aside = _set_aside(folder)
        try:
            written = write_folder(store, folder)
        except BaseException:
            if aside:
                aside.replace(folder)
            raise
        proved = _proved(folder, written) if options.prove else ()
    _tell(options, written, aside, proved)
    return 1 if proved else 0


def _apart(store: Store, folder: Path) -> tuple[Edit, ...]:
    """In which rows a folder that is there says something else than the screen."""
    if not folder.exists() or not any(folder.iterdir()):
        return ()
    if not (folder / "place.toml").is_file():
        raise Refusal(f"{folder} holds something that is no place. Name another folder; nothing was written.")
    own = folder / SHARED
    return between(rows_of(load(folder, own if own.is_dir() else REFERENCE)), rows(store))


def _in_words(edit: Edit) -> str:
    where = f"{edit.of.file}, {edit.called}"
    if edit.before is None:
        return f"{where}: on the screen alone"
    if edit.after is None:
        return f"{where}: in the folder alone"
    return f"{where}: " + "; ".join(
        f"{column} is '{before[:60]}' in the folder and '{after[:60]}' on the screen"
        for column, before, after in edit.changes
    )


def _set_aside(folder: Path) -> Path | None:
    if not folder.exists() or not any(folder.iterdir()):
        return None
    moment = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    names = (f"{folder.name}.before-{moment}{end}" for end in ("", *(f"-{n}" for n in range(1, 1_000))))
    aside = next(folder.with_name(name) for name in names if not folder.with_name(name).exists())
    shutil.move(folder, aside)
    return aside


def _proved(folder: Path, written: Written) -> tuple[str, ...]:
    """What reading the folder back gives otherwise than the store: a sentence for each."""
    try:
        read = read_place(folder, folder / SHARED)
    except Refusal as refusal:
        return (refusal.sentence, *map(str, refusal.problems))
    return tuple(_differing(read, written))


def _differing(read: ReadPlace, written: Written) -> list[str]:
    totals = {
        submission.id: sum((line.amount for line in sent.submission.lines), NOTHING)
        for submission, sent in zip(read.place.submissions, read.submissions, strict=True)
    }
    return [
        f"{name} reads as {totals.get(name, NOTHING):,} and is {amount:,} in the store."
        for name, amount in written.amounts.items()
        if totals.get(name) != amount
    ]


def _tell(options: argparse.Namespace, written: Written, aside: Path | None, proved: tuple[str, ...]) -> None:
    if options.json:
        answer = {
            "folder": str(options.folder),
            "files": written.files,
            "workbooks": written.workbooks,
            "set_aside": str(aside) if aside else None,
            "differences": list(proved) if options.prove else None,
        }
        print(json.dumps(answer))
        return
    print(
        f"{options.folder} is written: {written.files} lists and {written.workbooks} files that bodies sent. "
        "People, decisions, pools and the audit stay in the store: a backup holds them."
    )
    if aside:
        print(f"What was there before is in {aside}.")
    if options.prove and not proved:
        print("Read back, it gives every amount of the store.")
    for sentence in proved:
        print(f"differs: {sentence}")
