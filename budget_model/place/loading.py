"""A place's folder and the reference lists, read and checked as one: all of it, or none.

`load` gathers every fault there is, each with its file, row and remedy, before it refuses; a folder with
warnings alone is loaded, and carries them. Nothing is ever half-loaded.
"""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from budget_model.place import checks
from budget_model.place.folder import Folder, Known, Rows
from budget_model.place.judging import weights_of
from budget_model.place.model import Benchmark, Grade, Place, Plausibility
from budget_model.place.reading import Faults
from budget_model.place.settings import settings_of
from budget_model.place.tables import PLACE, REFERENCE
from budget_model.problem import Location, Refusal

WORKBOOKS: Final = "workbooks"
"""The folder, inside a place's folder, that holds what its organisations sent."""
START: Final = "start"
"""The folder, inside the lists that all places share, of those that a place starts with."""
WORDS: Final = ("id", "name", "region", "ons_code", "default_year", "currency", "basis")
"""What `place.toml` says of the place itself."""


def load(folder: Path, reference: Path) -> Place:
    """The place that a folder describes, with the lists that all places share.

    Raises one `Refusal` that holds every fault found, if any of them is severe.
    """
    faults = Faults()
    own = Folder(folder, known := Known(faults), start=reference / START)
    place = _place(own, Folder(reference, known))
    if faults.severe:
        count = len(faults.severe)
        several = f"{count} things are" if count > 1 else "one thing is"
        raise Refusal(f"The place in {folder.name} cannot be used yet: {several} wrong.", faults.severe)
    return replace(place, problems=tuple(faults.found))


def _place(own: Folder, shared: Folder) -> Place:
    rows: dict[str, Rows] = {table.part: shared.each(table) for table in REFERENCE}
    grades, weights = _grades(shared), weights_of(settings_of(shared, "weights.toml"))
    settings = settings_of(own, "place.toml")
    rows |= {table.part: own.each(table) for table in PLACE}
    place = Place(
        **settings.record(Place, only=WORDS),
        **_values(rows),
        grades=grades,
        weights=weights,
        benchmark=Benchmark(**settings.record(Benchmark, "benchmark")),
        plausibility=Plausibility(**settings.record(Plausibility, "plausibility")),
    )
    _check_between_files(place, rows, own)
    return place


def _values(rows: Mapping[str, Rows]) -> dict[str, Any]:
    return {part: tuple(value for _, value in row) for part, row in rows.items()}


def _check_between_files(place: Place, rows: Mapping[str, Rows], own: Folder) -> None:
    faults = own.faults
    checks.pools(rows["pools"], rows["pool_contributions"], faults)
    checks.shares_or_strengths(place, rows["service_themes"], faults)
    checks.shares_of_boards(place, rows["service_themes"], rows["services"], faults)
    checks.share_values(rows["shares"], faults)
    checks.splits(place, rows["mappings"], faults)
    checks.transfers(place, rows["transfers"], faults)
    checks.submissions(place, rows["submissions"], own.path / WORKBOOKS, faults)
    checks.benchmark(place, faults)
    checks.memoranda(place, rows["memoranda"], rows["memorandum_lines"], faults)
    checks.areas(place, rows["areas"], rows["area_weights"], faults)


def _grades(folder: Folder) -> tuple[Grade, ...]:
    settings = settings_of(folder, "grades.toml")
    grades = tuple(Grade(**table.record(Grade)) for table in settings.tables("grade"))
    if grades and [grade.grade for grade in grades] != [1, 2, 3, 4, 5, 6]:
        folder.faults.add(
            Location("grades.toml"), "The grades are not 1 to 6.", "Give each once, in order.", "bad-grades"
        )
    return grades
