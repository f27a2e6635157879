"""What many places published, to be set side by side: this store's own place, and others whose stores can be read.

Others are those that share its lake, and the stores and backups in the folder that BUDGET_MODEL_PLACES names. Of them
nothing is read but what they are called and which maps they published; each file is opened for reading alone, and
reaches no other file.
"""

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, Final

import duckdb

from budget_model.count.places import Places, PublishedMap, PublishedPlace, PublishedYear
from budget_model.problem import Refusal
from budget_model.store.attached import AttachedShared, ask_owner
from budget_model.store.backup import DATABASE
from budget_model.store.lake import Address, Lake
from budget_model.store.lake_copy import LakeShared
from budget_model.store.places import has_place, place_of
from budget_model.store.store import Store, question
from budget_model.store.versions import MapVersion, published, versions_in

SERVICE: Final = "places"
"""Under what the owner of a store lets others ask for the other places of its lake."""
SETTING: Final = "BUDGET_MODEL_PLACES"
WORDS: Final = ("id", "name", "currency")
"""What is read of what a place says of itself."""
READ_ONLY: Final[dict[str, str | bool | int | float | list[str]]] = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}


@dataclass(frozen=True, slots=True)
class FileOf:
    """A store or a backup of a place, as it lay there when it was looked at."""

    path: Path
    changed: int
    size: int


def files_of_others() -> tuple[FileOf, ...]:
    """The stores and backups in the folder of other places; none where no folder is set."""
    folder = os.environ.get(SETTING)
    return tuple(_files_in(Path(folder))) if folder and Path(folder).is_dir() else ()


def _files_in(folder: Path) -> Iterator[FileOf]:
    """A store is a file of its own; a backup is a folder with one in it."""
    for path in sorted(folder.iterdir()):
        file = path / DATABASE if path.is_dir() else path
        if file.suffix == ".duckdb" and file.is_file():
            state = file.stat()
            yield FileOf(file, state.st_mtime_ns, state.st_size)


def published_places(store: Store, files: Sequence[FileOf] = ()) -> Places:
    """What this store's place published, and what others did, by name.

    A place that has published nothing is known to members alone.
    """
    others, not_read = _in_files([file for file in files if file.path.resolve() != store.path.resolve()])
    beside, why_not = _in_lake(store)
    known, left_out = _once_each((_own(store), *beside, *others))
    if not store.sight.partner:
        known = [place for place in known if place.maps or place.is_own]
    return Places(
        tuple(sorted(known, key=lambda place: (place.name, place.id))), (*why_not, *not_read, *left_out)
    )


def _own(store: Store) -> PublishedPlace:
    place = place_of(store)
    maps = tuple(map(map_of, published(store))) if has_place(store) else ()
    return PublishedPlace(place.id, place.name, place.currency, maps, is_own=True)


class PlacesInLake:
    """What the other places of a lake published, for programs that ask the owner of this machine's copy."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def published(self) -> tuple[PublishedPlace, ...]:
        """What each published; none where the store is in no lake. Raises `Refusal` where the lake does not answer."""
        shared = self._store.shared
        if not isinstance(shared, LakeShared):
            return ()
        read = (shared.of_other(name, partial(_of_lake, shared.lake, name)) for name in shared.lake.others())
        return tuple(place for place in read if place is not None)


def _of_lake(lake: Lake, name: str) -> PublishedPlace | None:
    """One of the other places of a lake; None where none is loaded under the name yet."""
    settings = lake.records_of(name, "select name, value from setting")
    records = lake.records_of(name, question("map_versions"))
    return place_in({str(row["name"]): str(row["value"]) for row in settings}, records) if settings else None


def _in_lake(store: Store) -> tuple[tuple[PublishedPlace, ...], tuple[str, ...]]:
    """What the other places of the store's lake published, and a sentence where that cannot be known now."""
    try:
        if isinstance(store.shared, AttachedShared) and Address.set() is not None:
            return ask_owner(store.path, SERVICE, "published") or (), ()
        return PlacesInLake(store).published(), ()
    except Refusal as refusal:
        return (), (refusal.sentence,)


def _in_files(files: Iterable[FileOf]) -> tuple[list[PublishedPlace], tuple[str, ...]]:
    """The places of some files, and a sentence for each that could not be read."""
    places, not_read = [], []
    for file in files:
        place = _in_file(file)
        if place is None:
            not_read.append(
                f"{file.path.name} of {file.path.parent.name} could not be read: it is no store, or another program has "
                "it open. Put a backup of it there."
            )
        else:
            places.append(place)
    return places, tuple(not_read)


def _in_file(file: FileOf) -> PublishedPlace | None:
    """The place of one file; None where it cannot be read now."""
    try:
        return _read(file)
    except (duckdb.Error, OSError, KeyError, ValueError, TypeError, InvalidOperation):
        return None


@lru_cache(maxsize=1024)
def _read(file: FileOf) -> PublishedPlace:
    """The place of one file as it lies there; read once until it changes."""
    with closing(duckdb.connect(str(file.path), read_only=True, config=READ_ONLY)) as database:
        settings = dict(database.execute("select name, value from setting").fetchall())
        answer = database.execute(question("map_versions"))
        names = [str(column[0]) for column in answer.description or ()]
        return place_in(settings, [dict(zip(names, row, strict=True)) for row in answer.fetchall()])


def place_in(settings: Mapping[str, str], records: Iterable[Mapping[str, Any]]) -> PublishedPlace:
    """A place from what its store says of itself, and from the rows of its published maps."""
    id_, name, currency = (str(json.loads(settings[word])) for word in WORDS)
    return PublishedPlace(id_, name, currency, tuple(map(map_of, versions_in(records))))


def map_of(known: MapVersion) -> PublishedMap:
    """A published map with its years, the latest first."""
    years = tuple(_year_of(known, year) for year in known.years if known.total_of(year))
    return PublishedMap(known.number, known.name, known.made_at, known.program, years)


def _year_of(known: MapVersion, year: str) -> PublishedYear:
    residents, counted_in = known.residents_of(year) or (None, None)
    return PublishedYear(year, Decimal(known.total_of(year)), known.bodies_in(year), residents, counted_in)


def _once_each(places: Iterable[PublishedPlace]) -> tuple[list[PublishedPlace], list[str]]:
    """Each place once: this store's own as it stands, and of several stores of another the one that published last.

    A sentence besides for each that is left out though it is called something else.
    """
    kept: dict[str, PublishedPlace] = {}
    left_out: list[str] = []
    for place in sorted(places, key=lambda place: (not place.is_own, -_published_last(place))):
        first = kept.setdefault(place.id, place)
        if first.name != place.name:
            left_out.append(
                f"{place.name} is left out: its id, {place.id}, is that of {first.name}. Give it one of its own in place.toml."
            )
    return list(kept.values()), left_out


def _published_last(place: PublishedPlace) -> float:
    return place.newest.made_at.timestamp() if place.newest else 0.0
