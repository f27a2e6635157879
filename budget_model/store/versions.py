"""Published maps: each a store of its own, frozen when it was published and kept inside the living one.

A version holds everything that a figure stands on: submissions with their files, mapping, the place's lists and
settings, reference data, and the map itself; and it says by which program it was made. It is opened as a copy
that nothing can be written to, so every page, export and command shows it as it shows today's map. Who may come
in, and the audit, stay with the living store alone.
"""

import hashlib
import json
import shutil
import tempfile
import weakref
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any, Final

from budget_model import dates
from budget_model.access import Act
from budget_model.count.restate import population_of
from budget_model.money import decimal_text, exact_pounds
from budget_model.problem import Refusal
from budget_model.scope import Scope
from budget_model.store.places import has_place, place_of
from budget_model.store.spending import by, total, years
from budget_model.store.store import Store, Writer, now, question
from budget_model.store.submissions import write_audit
from budget_model.vocabulary import Dimension, View

PROGRAM: Final = "0.3.0"
"""The version of this program."""
MICROSECONDS: Final = 1_000_000
LONGEST_NAME, LONGEST_NOTE = 120, 2_000
NOT_FROZEN: Final = frozenset(
    {
        "map_version",
        "map_version_file",
        "person",
        "credential",
        "place_draft",
        "first_steps",
        "presence",
        "comment_entry",
        "consultation",
        "consultation_link",
        "consultation_draft",
        "consultation_answer",
        "consultation_verdict",
        "state_edition",
        "audit",
        "audit_entry",
        "migration",
        "lake_position",
    }
)
"""Tables that stay with the living store: other versions, who may come in, and the audit."""
BROKEN_DOWN_BY: Final = (Dimension.ORGANISATION, Dimension.THEME, Dimension.SERVICE)
"""What the figures that a version is held to are broken down by."""
RESIDENTS: Final = "residents"
COUNTED_IN: Final = f"{RESIDENTS} counted in"
"""How a version's figures name the residents of a year, and the calendar year of which they are."""

Figures = Mapping[str, str]
"""Every figure that a version is held to, by its name; amounts as decimal strings."""


@dataclass(frozen=True, slots=True)
class MapVersion:
    """What is known of one published map without opening it."""

    number: int
    name: str
    note: str
    made_at: datetime
    made_by: str
    program: str
    """The version of the program that made it, with the fingerprint of its source."""
    format: int
    """The number of the last migration of its store."""
    sha256: str
    """The fingerprint of the frozen store's file."""
    size: int
    """Bytes of that file."""
    figures: Figures

    @property
    def published(self) -> str:
        """The day on which it was published: '26 November 2026'."""
        return dates.day(dates.day_of(self.made_at))

    @property
    def published_by(self) -> str:
        """When it was published, and by whom where whoever asks may know: '26 November 2026 by Ada'."""
        return f"{self.published} by {self.made_by}" if self.made_by else self.published

    @property
    def title(self) -> str:
        """What it is called: 'version 3, “For the Board of May”'."""
        return f"version {self.number}, “{self.name}”"

    @property
    def years(self) -> tuple[str, ...]:
        """The years on it, the latest first."""
        return tuple(sorted({name.split(" ")[0] for name in self.figures}, reverse=True))

    def total_of(self, year: str) -> str:
        """The total of one year of it in pounds, as a decimal string; empty where the year is not on it."""
        return self.figures.get(f"{year} {View.COMMISSIONER} total", "")

    def bodies_in(self, year: str) -> int:
        """How many bodies have money in one year of it."""
        start = f"{year} {View.COMMISSIONER} {Dimension.ORGANISATION} "
        return sum(name.startswith(start) for name in self.figures)

    def residents_of(self, year: str) -> tuple[int, int] | None:
        """The residents of one year, and of which calendar year they are; None where none were published with it."""
        people, counted_in = (self.figures.get(f"{year} {what}") for what in (RESIDENTS, COUNTED_IN))
        return (int(people), int(counted_in)) if people and counted_in else None


def published(store: Store) -> tuple[MapVersion, ...]:
    """Every version, the latest first."""
    every = store.once("map versions", lambda: tuple(_read(store)))
    return tuple(replace(known, made_by=store.sight.person(known.made_by)) for known in every)


def _read(store: Store) -> Iterator[MapVersion]:
    return versions_in(store.records(question("map_versions")))


def versions_in(records: Iterable[Mapping[str, Any]]) -> Iterator[MapVersion]:
    """What rows of published maps say, in their order."""
    for record in records:
        made_at = datetime.fromtimestamp(record["made_at"] / MICROSECONDS, UTC)
        yield MapVersion(**{**record, "made_at": made_at, "figures": json.loads(record["figures"])})


def version(store: Store, number: int) -> MapVersion | None:
    """One version by its number; None where there is none."""
    return next((map_version for map_version in published(store) if map_version.number == number), None)


@dataclass(frozen=True, slots=True)
class FrozenMap:
    """The map of a store under a name, ready to be kept as a version."""

    name: str
    note: str
    file: bytes
    figures: str
    """Every figure of it, as JSON."""
    format: int


def publish(store: Store, name: str, note: str = "", *, by: str) -> MapVersion:
    """Freeze the map as it stands under a name. What was published never changes, and is never taken away.

    Raises `Refusal` for a store without a map, for a map without a name, and where the asker may not.
    """
    frozen = freeze(store, name, note)
    with store.writing(Act.PUBLISH) as writer:
        number = keep_frozen(writer, frozen, by=by)
    return next(map_version for map_version in published(store) if map_version.number == number)


def freeze(store: Store, name: str, note: str = "") -> FrozenMap:
    """The map as it stands, not kept yet; raises `Refusal` as `publish` does."""
    store.asker.must(Act.PUBLISH)
    called = name.strip()
    if not called or len(called) > LONGEST_NAME or len(note) > LONGEST_NOTE:
        raise Refusal(f"A version needs a name, of up to {LONGEST_NAME} characters.")
    if not has_place(store) or not years(store):
        raise Refusal("Nothing is on the map yet, so there is nothing to publish.")
    return FrozenMap(called, note.strip(), _frozen(store), json.dumps(figures_of(store)), store.version())


def keep_frozen(writer: Writer, frozen: FrozenMap, *, by: str) -> int:
    """Keep a frozen map as the next version, within a change; gives its number."""
    fingerprint = hashlib.sha256(frozen.file).hexdigest()
    number = int(writer.execute("select coalesce(max(number), 0) + 1 from map_version")[0][0])
    writer.execute(
        "insert into map_version_file values ($sha, $bytes)",
        {"sha": fingerprint, "bytes": zlib.compress(frozen.file)},
    )
    writer.execute(
        "insert into map_version values ($number, $name, $note, $at, $by, $program, $format, $sha, $size, $figures)",
        {
            "number": number,
            "name": frozen.name,
            "note": frozen.note,
            "at": now(),
            "by": by,
            "program": program(),
            "format": frozen.format,
            "sha": fingerprint,
            "size": len(frozen.file),
            "figures": frozen.figures,
        },
    )
    write_audit(writer, by, "map published", f"version {number}", "", frozen.name)
    return number


def _frozen(store: Store) -> bytes:
    """The file of a store that holds what the map stands on, and nothing of who may come in."""
    with tempfile.TemporaryDirectory(prefix="budget-publish-") as folder, store.at_rest():
        path = Path(folder) / "map.duckdb"
        with Store(path) as copy, copy.writing(audited=False) as writer:
            for (table,) in store.select(
                "select table_name from duckdb_tables() where not internal and not temporary order by table_name"
            ):
                if table not in NOT_FROZEN:
                    writer.execute(f'delete from "{table}"')
                    writer.add_table(table, store.table(f'select * from "{table}"'))
        return path.read_bytes()


@cache
def program() -> str:
    """The version of this program, with the fingerprint of its source: '0.3.0 (1f2e3d4c)'."""
    root = Path(__file__).parents[1]
    hashed = hashlib.sha256()
    for path in sorted(one for one in root.rglob("*") if one.suffix in (".py", ".sql")):
        hashed.update(path.relative_to(root).as_posix().encode())
        hashed.update(path.read_bytes())
    return f"{PROGRAM} ({hashed.hexdigest()[:8]})"


def figures_of(store: Store) -> dict[str, str]:
    """Every total, and every sum by body, board and service, of each year and view of a store; and its residents."""
    figures = _residents(store)
    for year, view in product(years(store), View):
        scope = Scope(year=year, view=view)
        start = f"{year} {view}"
        figures[f"{start} total"] = decimal_text(total(store, scope).total)
        for dimension in BROKEN_DOWN_BY:
            parts = by(store, scope, dimension)
            figures |= {f"{start} {dimension} {part.key}": decimal_text(part.amount) for part in parts}
    return figures


def _residents(store: Store) -> dict[str, str]:
    """The residents of each year on a store's map, where its place counts them."""
    counts = {year: population_of(place_of(store), year) for year in years(store)}
    return {
        f"{year} {what}": str(value)
        for year, count in counts.items()
        if count
        for what, value in ((RESIDENTS, count.population), (COUNTED_IN, count.year))
    }


# Opened again

_OPENED: "weakref.WeakKeyDictionary[object, dict[str, Store]]" = weakref.WeakKeyDictionary()
"""The versions that this process has open, by what handles of their living store share."""


def opened(store: Store, number: int) -> Store:
    """A version as a store that nothing can be written to, asked in the same name as the living one.

    Raises `Refusal` where there is no such version, or where it is not what was published.
    """
    known = version(store, number)
    if known is None:
        numbers = ", ".join(str(map_version.number) for map_version in reversed(published(store)))
        raise Refusal(
            f"There is no version {number} of this map. "
            + (f"There are: {numbers}." if numbers else "None is published yet.")
        )
    kept = _OPENED.setdefault(store.shared, {})
    if known.sha256 not in kept:
        kept[known.sha256] = _open(store, known)
    return kept[known.sha256].asked_by(store.asker)


def _open(store: Store, known: MapVersion) -> Store:
    """Write a version's file where nobody else finds it, and open it; the file goes with the program."""
    data = _bytes(store, known)
    if data is None:
        raise Refusal(f"The file of {known.title} is not what was published. Restore a backup.")
    folder = tempfile.mkdtemp(prefix="budget-version-")
    path = Path(folder) / "map.duckdb"
    path.write_bytes(data)
    frozen = Store(path)
    weakref.finalize(frozen.shared, shutil.rmtree, folder, ignore_errors=True)
    frozen.freeze(
        f"This is {known.title}, published on {known.published}. It never changes: go back to today’s map to "
        "change anything."
    )
    return frozen


def _bytes(store: Store, known: MapVersion) -> bytes | None:
    """The file of a version; None where it is not what was published."""
    rows = store.select("select bytes from map_version_file where sha256 = $sha", {"sha": known.sha256})
    try:
        data = zlib.decompress(rows[0][0]) if rows else b""
    except zlib.error:
        return None
    return data if hashlib.sha256(data).hexdigest() == known.sha256 else None


def differing(store: Store) -> tuple[str, ...]:
    """A sentence for each published figure that its version does not give any more."""
    return tuple(sentence for known in published(store) for sentence in _differing(store, known))


def _differing(store: Store, known: MapVersion) -> Iterator[str]:
    try:
        figures = figures_of(opened(store, known.number))
    except Refusal as refusal:
        yield refusal.sentence
        return
    for name in sorted(figures.keys() | known.figures.keys()):
        before, after = known.figures.get(name), figures.get(name)
        if before != after and not (before is None and _is_of_residents(name)):
            yield (
                f"In {known.title}, {name} was published as {_said(name, before)} and is {_said(name, after)} now."
            )


def _is_of_residents(name: str) -> bool:
    """Whether a figure counts residents, without which older versions were published."""
    return name.partition(" ")[2] in (RESIDENTS, COUNTED_IN)


def _said(name: str, figure: str | None) -> str:
    if figure is None:
        return "nothing"
    return figure if _is_of_residents(name) else exact_pounds(Decimal(figure))


def as_document(known: MapVersion) -> dict[str, Any]:
    """What a version is, for other programs."""
    return {
        "number": known.number,
        "name": known.name,
        "note": known.note,
        "published_at": known.made_at.isoformat(),
        "published_by": known.made_by,
        "program": known.program,
        "format": known.format,
        "sha256": known.sha256,
        "size": known.size,
        "totals": {year: known.total_of(year) for year in known.years},
    }
