"""The first map of an English place, from the national figures that ship with the product."""

import shutil
from pathlib import Path

from xlsxwriter.exceptions import FileCreateError

from budget_model.contribute.first_map.making import FirstMap, asked_of, first_map
from budget_model.contribute.first_map.sent import YEAR, id_of
from budget_model.contribute.first_map.writing import write_folder
from budget_model.place.england import Authority, england
from budget_model.problem import Refusal
from budget_model.store.england import regional, returned


def first_map_of(name: str) -> FirstMap:
    """The first map of the council's area that a name means; raises `Refusal` where none is."""
    lists = england()
    council = lists.place_called(name)
    return first_map(
        council, lists, returned([YEAR], asked_of(council, lists)), regional(council.region, YEAR)
    )


def free_folder(council: Authority, places: Path) -> Path:
    """The first folder of a council's name inside `places` that is not there yet: 'kent', then 'kent-2'."""
    name = id_of(council.name)
    names = (name, *(f"{name}-{number}" for number in range(2, 1000)))
    return next(places / name for name in names if not (places / name).exists())


def make_place(name: str, folder: Path | None = None, *, places: Path) -> Path:
    """Write the folder of a place's first map, and say where: `folder`, or its own name inside `places`.

    Raises `Refusal` where there is something in it, or it cannot be written; what was begun is taken away.
    """
    made = first_map_of(name)
    written = folder or places / made.id
    was_there = written.exists()
    try:
        write_folder(made, written)
    except (OSError, FileCreateError) as reason:
        if not was_there:
            shutil.rmtree(written, ignore_errors=True)
        raise Refusal(
            f"{written} cannot be written ({getattr(reason, 'strerror', None) or reason}). Nothing was loaded. Name another "
            "folder with --folder."
        ) from reason
    return written
