"""A place's folder loaded whole: its lists, what its bodies sent, its stories and its pools."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from budget_model.access import Act
from budget_model.contribute.load_place import ReadPlace, read_place
from budget_model.contribute.quality import WORKED_EXAMPLE
from budget_model.place.editing import SHARED
from budget_model.problem import Problem, Refusal
from budget_model.store.joint import keep_planned_pools
from budget_model.store.load_place import keep_read_place
from budget_model.store.store import Store
from budget_model.store.stories import keep_shipped_stories

DATA: Final = Path(__file__).resolve().parents[2] / "data"
EXAMPLE: Final = DATA / "derby"
"""The folder of the worked example."""
BY: Final = WORKED_EXAMPLE
"""In whose name a folder is loaded where nobody is named."""


@dataclass(frozen=True, slots=True)
class LoadedFolder:
    """What was read of a folder, and what of it could not be entered or should be looked at."""

    read: ReadPlace
    problems: tuple[Problem, ...]


def shared_lists(folder: Path) -> Path:
    """The lists that all places share: the folder's own copy, else those that ship."""
    own = folder / SHARED
    return own if own.is_dir() else DATA / "reference"


def load_folder(
    store: Store,
    folder: Path,
    *,
    reference: Path | None = None,
    years: Sequence[str] = (),
    by: str = BY,
    over_settings: bool = False,
    tell: Callable[[str], None] = lambda _: None,
) -> LoadedFolder:
    """Read a place's folder and keep all of it or nothing; `tell` is given each step in a sentence.

    Raises `Refusal` where there is no such folder, where something in it cannot be read, and where it would put
    back what was changed on the screen, unless `over_settings`.
    """
    if not folder.is_dir():
        raise Refusal(f"There is no folder {str(folder)[:200]}. Type its whole path on this machine.")
    read = read_place(
        folder,
        reference or shared_lists(folder),
        lambda done, of, file: tell(f"Workbook {done} of {of} is read: {file}"),
        years=years,
    )
    tell("The lines are kept, mapped to services and counted once")
    keep_read_place(store, read, by=by, over_settings=over_settings)
    if folder.resolve() == EXAMPLE:
        tell("The stories for the Board are kept")
        with store.writing(Act.SET_UP) as writer:
            keep_shipped_stories(writer, DATA / "stories")
    missing = keep_planned_pools(store, read.place, by=by)
    return LoadedFolder(read, (*read.place.problems, *missing))
