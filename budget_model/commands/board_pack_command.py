"""`board-pack`: a story's slides, PDF, workbook or pictures, by the ending of the file that is asked for."""

import argparse
import os
import sys
from collections.abc import Container
from pathlib import Path

from budget_model.commands.asked import year_of
from budget_model.problem import Refusal
from budget_model.scope import SWITCHES, Scope
from budget_model.store.places import place_of
from budget_model.store.store import Store
from budget_model.vocabulary import Basis, View

STORIES = Path(__file__).resolve().parents[2] / "data" / "stories"


HANDED_ON = 0o644
"""A pack is made to be passed on, unlike the store."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may be asked for."""
    parser.add_argument(
        "--out",
        type=Path,
        required=True,
        action="append",
        help="the file to write: .pptx, .pdf, .xlsx or .zip of pictures; may be given several times",
    )
    parser.add_argument("--story", default="", help="name or id of the story; else the first one")
    parser.add_argument("--format", choices=("16:9", "4:3"), default="16:9", help="shape of the slides")
    parser.add_argument("--year", default="", help="financial year, such as 2016-17; else the place’s own")
    parser.add_argument("--view", choices=[str(view) for view in View], default="commissioner")
    parser.add_argument("--basis", choices=[str(basis) for basis in Basis], default="net")
    parser.add_argument("--without", choices=list(SWITCHES), action="append", default=[])
    parser.add_argument(
        "--address",
        default=os.environ.get("BUDGET_MODEL_ADDRESS", ""),
        help="where the dashboard is served, for links back; else BUDGET_MODEL_ADDRESS",
    )
    parser.add_argument("--quiet", action="store_true", help="say nothing of progress")


def _ending_of(path: Path, formats: Container[str]) -> str:
    """The format that a file's name asks for; raises `Refusal` where a pack cannot be written so, or there."""
    ending = path.suffix.lower().removeprefix(".")
    if ending not in formats:
        raise Refusal(f"{path}: a pack is written as .pptx, .pdf, .xlsx or .zip. Choose one of these.")
    if not path.parent.is_dir():
        raise Refusal(f"There is no folder {path.parent}. Make it first, or choose another.")
    return ending


def run(options: argparse.Namespace) -> int:
    """Make the pack once, write it in every format that was asked for, and remember its figures."""
    from budget_model.board.making import FORMATS, keep_figures, prepare, story_named, write
    from budget_model.store.stories import read_stories

    endings = [_ending_of(path, FORMATS) for path in options.out]
    tell = None if options.quiet or not sys.stderr.isatty() else _tell_progress
    with Store.existing() as store:
        place = place_of(store)
        scope = Scope(
            year=year_of(store, options.year) or place.default_year,
            view=View(options.view),
            basis=Basis(options.basis),
        ).switched(**{SWITCHES[name]: False for name in options.without})
        story = story_named(store, options.story, read_stories(STORIES))
        pack = prepare(store, story, scope, address=options.address, progress=tell)
        for path, ending in zip(options.out, endings, strict=True):
            made = write(pack, ending, shape=options.format, progress=tell)
            try:
                path.write_bytes(made.data)
                path.chmod(HANDED_ON)
            except OSError as reason:
                raise Refusal(
                    f"{path} cannot be written ({reason.strerror}). Choose another file."
                ) from reason
            print(f"{path}: “{story.name}”, {len(pack.slides)} screens, {len(made.data) / 1024:,.0f} kB")
        keep_figures(store, story, scope, pack, by=store.asker.name)
    for slide in pack.slides:
        if slide.trouble:
            print(f"  screen {slide.number} has no figure: {slide.trouble}")
    return 0


def _tell_progress(done: int, steps: int, what: str) -> None:
    end = "\n" if done >= steps else ""
    print(f"\r{done:>3} of {steps}  {what:<50.50}", end=end, file=sys.stderr, flush=True)
