"""What many places spend, side by side: each from its own store or backup, with the map that it published last.

Nothing is written to what is read: a store's file is copied first. A place without the year, or whose residents nobody
counted, is listed with what is not known of it, and in no sum.
"""

import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import duckdb

from budget_model.count.restate import population_of
from budget_model.money import to_penny
from budget_model.problem import Refusal
from budget_model.scope import Scope
from budget_model.store.backup import DATABASE, MANIFEST
from budget_model.store.places import place_of
from budget_model.store.spending import total, years
from budget_model.store.store import Store, copy_apart
from budget_model.store.versions import MapVersion, published


@dataclass(frozen=True, slots=True)
class PlaceSpending:
    """What one place spends in one year, counted once, by who commissions it."""

    place: str
    file: Path
    year: str
    total: Decimal | None
    """Pounds; None where the place's map does not have the year."""
    organisations: int
    """Bodies with money on the map of the year."""
    residents: Decimal | None
    version: MapVersion | None
    """The newest published map; None where none is published."""

    @property
    def per_head(self) -> Decimal | None:
        """Pounds per resident, to the penny."""
        if self.total is None or not self.residents:
            return None
        return to_penny(self.total / self.residents)

    @property
    def published_total(self) -> Decimal | None:
        """Pounds of the year on the newest published map; None where it is not on it."""
        text = self.version.total_of(self.year) if self.version else ""
        return Decimal(text) if text else None


@dataclass(frozen=True, slots=True)
class National:
    """Many places in one year, the most spent on a resident first."""

    year: str
    places: tuple[PlaceSpending, ...]

    @property
    def counted(self) -> tuple[PlaceSpending, ...]:
        """The places whose map has the year."""
        return tuple(place for place in self.places if place.total is not None)

    @property
    def total(self) -> Decimal:
        """Pounds of the places whose map has the year."""
        return sum((place.total for place in self.counted if place.total is not None), Decimal(0))

    @property
    def per_head(self) -> Decimal | None:
        """Pounds per resident of the places of which both are known; None where there is none."""
        known = [(place.total, place.residents) for place in self.counted if place.total is not None]
        pairs = [(amount, residents) for amount, residents in known if residents]
        people = sum((residents for _, residents in pairs), Decimal(0))
        return to_penny(sum((amount for amount, _ in pairs), Decimal(0)) / people) if people else None


def national(files: Sequence[Path], year: str = "") -> National:
    """What the places of some stores, or of backups of them, spend in a year; else in the latest that all have.

    Raises `Refusal` for a file that is no store, for two of one place, for a year that is on no map, and where they
    have no year in common.
    """
    with tempfile.TemporaryDirectory(prefix="budget-places-") as scratch:
        stores = [
            Store(_copied(file, Path(scratch) / f"{number}.duckdb")) for number, file in enumerate(files)
        ]
        try:
            wanted = _known(year, stores) if year else _common_year(stores)
            rows = [_of_place(store, file, wanted) for store, file in zip(stores, files, strict=True)]
        finally:
            for store in stores:
                store.close()
    _refuse_twice(rows)
    return National(
        wanted, tuple(sorted(rows, key=lambda row: (row.per_head is None, -(row.per_head or 0), row.place)))
    )


def _copied(file: Path, to: Path) -> Path:
    """A copy of a store's file, or of the one in a backup; raises `Refusal` where there is none."""
    wanted = file / DATABASE if (file / MANIFEST).is_file() else file
    if not wanted.is_file():
        raise Refusal(f"{file} is neither a store's file nor a backup.")
    try:
        # while it is open for reading, no other program can be in the middle of writing it
        with duckdb.connect(str(wanted), read_only=True):
            for suffix in ("", ".wal"):
                if (part := wanted.with_name(wanted.name + suffix)).is_file():
                    copy_apart(part, to.with_name(to.name + suffix))
    except (duckdb.Error, OSError) as reason:
        raise Refusal(
            f"{file} cannot be read: another program has it open, or it is no store. Give a backup of it."
        ) from reason
    return to


def _known(year: str, stores: Iterable[Store]) -> str:
    """A year that a map has; raises `Refusal` with those that there are."""
    there = set[str]().union(*(years(store) for store in stores))
    if year not in there:
        raise Refusal(
            f"No map of these has {year}. The years on them are {', '.join(sorted(there)) or 'none'}."
        )
    return year


def _common_year(stores: Iterable[Store]) -> str:
    """The latest year that every map has."""
    common = set.intersection(*(set(years(store)) for store in stores))
    if not common:
        raise Refusal(
            "These places have no year in common. Name one by --year; who lacks it is listed without."
        )
    return max(common)


def _of_place(store: Store, file: Path, year: str) -> PlaceSpending:
    place = place_of(store)
    has_year = year in years(store)
    counted = total(store, Scope(year=year)) if has_year else None
    residents = population_of(place, year)
    return PlaceSpending(
        place.name,
        file,
        year,
        counted.total if counted else None,
        counted.organisations if counted else 0,
        Decimal(residents.population) if residents else None,
        next(iter(published(store)), None),
    )


def _refuse_twice(rows: Iterable[PlaceSpending]) -> None:
    """Raise `Refusal` where one place is given twice: it would count twice."""
    seen: dict[str, Path] = {}
    for row in rows:
        if row.place in seen:
            raise Refusal(
                f"{row.place} is in {seen[row.place]} and in {row.file}. Leave one out, so that it counts once."
            )
        seen[row.place] = row.file
