"""Every list of a place that somebody may set, as rows of text: what it is called, its columns and what names a row.

A row on the screen is the row of a file: the same cells, read by the same readers and held to the same checks.
What stands in the TOML files is a list as well, of one row where a file says a thing once.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final

from budget_model.place.columns import Column, columns_of, sentences_of
from budget_model.place.folder import CsvTable
from budget_model.place.loading import WORDS
from budget_model.place.model import Benchmark, Grade, LevelWork, Place, Plausibility, Rule, Weights
from budget_model.place.tables import PLACE, REFERENCE
from budget_model.place.writing import cell_of

Cells = tuple[str, ...]
"""One row of a list, a text for each of its columns."""
NAMING: Final = ("name", "term", "grant", "area", "part")
"""Columns that say what a row is called, the best first."""


class Area(StrEnum):
    """What a list is about, as the screen groups them."""

    BODIES = "Bodies"
    BOARDS = "Boards and services"
    MONEY = "Shares, transfers and funding"
    TARGETS = "Targets"
    PLACE = "The place and its people"
    WEIGHTS = "Weights and limits"
    LAW = "Law, grants and words"


@dataclass(frozen=True, slots=True)
class ScorePart:
    """One part of the score of an opportunity and its weight; the weights make 1."""

    part: str
    """Which part of the score: METHOD section 8."""
    weight: Decimal
    """Its weight, a part of 1."""


@dataclass(frozen=True, slots=True)
class Earned:
    """At least which score earns which level of arrangement."""

    at_least: Decimal
    """Points of 100, the highest first."""
    level: int
    """The level of the ladder, 0 to 7."""


@dataclass(frozen=True, slots=True)
class SetList:
    """One list: where it stands among the files, its columns with their meaning, and what names a row of it."""

    part: str
    """The name that edits know it by."""
    title: str
    area: Area
    file: str
    columns: tuple[Column, ...]
    sentences: Mapping[str, str]
    """What each column says."""
    rows: Callable[[Place], tuple[Any, ...]]
    """Its values as a place holds them, each with a field for every column."""
    parts: tuple[str, ...]
    """The fields of the place that it goes to."""
    key: tuple[str, ...] = ()
    """The columns that name a row; empty where the whole row does."""
    inside: str = ""
    """The table of the TOML file that it is; empty for a CSV file and for what stands before every table."""
    single: bool = False
    """Whether it has one row, which can be changed and neither added nor taken away."""
    shared: bool = False
    """Whether it is one of the lists that all places share."""
    about: str = field(default="", compare=False)
    """What a row of it is."""

    @property
    def names(self) -> tuple[str, ...]:
        """Its columns by name."""
        return tuple(column.name for column in self.columns)

    def cells(self, value: object) -> Cells:
        """A value as its row."""
        return tuple(cell_of(getattr(value, name)) for name in self.names)

    def key_of(self, row: Cells) -> Cells:
        """What names a row."""
        wanted = self.key or self.names
        return tuple(row[self.names.index(name)] for name in wanted)

    def called(self, row: Cells) -> str:
        """What a row is called on the screen."""
        if self.single:
            return self.title
        said = dict(zip(self.names, row, strict=True))
        named = next((said[name] for name in NAMING if said.get(name)), "")
        if named and (len(self.key) == 1 or not self.key):
            return named
        return " · ".join(part for part in self.key_of(row)[:3] if part)

    def from_plain(self, said: Mapping[str, str]) -> Cells:
        """A row that was kept by the names of its columns, those that are newer empty."""
        return tuple(str(said.get(name, "")) for name in self.names)

    def to_plain(self, row: Cells) -> dict[str, str]:
        """A row by the names of its columns."""
        return dict(zip(self.names, row, strict=True))


_AREAS: Final[Mapping[str, tuple[str, Area]]] = {
    "organisations": ("Bodies and their dates", Area.BODIES),
    "shares": ("City shares", Area.MONEY),
    "transfers": ("Transfers between bodies", Area.MONEY),
    "unknown_transfers": ("Transfers of unknown amount", Area.MONEY),
    "funding_streams": ("Funding streams", Area.MONEY),
    "funding": ("What bodies get from each stream", Area.MONEY),
    "benchmark_parts": ("Parts of the benchmark", Area.MONEY),
    "themes": ("Boards and themes", Area.BOARDS),
    "service_themes": ("Which board a service belongs to", Area.BOARDS),
    "services": ("Services", Area.BOARDS),
    "client_groups": ("Whom services are for", Area.BOARDS),
    "cofog": ("Functions of government", Area.BOARDS),
    "targets": ("Targets", Area.TARGETS),
    "target_services": ("Services that work towards a target", Area.TARGETS),
    "populations": ("Population", Area.PLACE),
    "areas": ("Areas of the place", Area.PLACE),
    "area_measures": ("Measures of areas", Area.PLACE),
    "area_weights": ("How money is shared among areas", Area.PLACE),
    "area_grants": ("Grants by area", Area.PLACE),
    "memoranda": ("What returns say spending is made of", Area.MONEY),
    "memorandum_lines": ("What to know of the lines of such returns", Area.MONEY),
    "awards": ("Awards from outside", Area.MONEY),
    "bids": ("Bids for outside money", Area.MONEY),
    "deflators": ("Price index", Area.PLACE),
    "needs": ("Needs that several bodies meet", Area.WEIGHTS),
    "back_office_rates": ("Rates of shared back offices", Area.WEIGHTS),
    "legal_powers": ("Legal powers", Area.LAW),
    "grant_terms": ("Terms of grants", Area.LAW),
    "glossary": ("Glossary", Area.LAW),
}
NOT_SET: Final = ("submissions", "mappings", "pools", "pool_contributions")
"""Files of a place that are set elsewhere on the screen: by sending, mapping and pooling."""


def _of_csv(table: CsvTable, *, shared: bool) -> SetList:
    title, area = _AREAS.get(table.part, (table.part.replace("_", " ").capitalize(), Area.PLACE))
    return SetList(
        table.part,
        title,
        area,
        table.file,
        columns_of(table.value),
        sentences_of(table.value),
        lambda place: getattr(place, table.part),
        (table.part,),
        table.unique,
        shared=shared,
        about=_first_sentence(table.value),
    )


def _first_sentence(value: type) -> str:
    return " ".join((value.__doc__ or "").split("\n\n")[0].split())


def _some(kind: type, names: Iterable[str]) -> tuple[Column, ...]:
    wanted = set(names)
    return tuple(column for column in columns_of(kind) if column.name in wanted)


_WEIGHING: Final = (
    "source",
    "not_local",
    "materiality_threshold",
    "timing_months",
    "small_grant",
    "rank_draws",
    "rank_seed",
)
_WORDS_SAY: Final = {
    "id": "The short fixed name of the place.",
    "name": "What the place is called on every page.",
    "region": "The region that the benchmark is of.",
    "ons_code": "The code under which its residents are counted.",
    "default_year": "The year that a screen shows first.",
    "currency": "The currency of every amount.",
}

_OF_TOML: Final = (
    SetList(
        "place",
        "The place",
        Area.PLACE,
        "place.toml",
        _some(Place, WORDS),
        {**sentences_of(Place), **_WORDS_SAY},
        lambda place: (place,),
        WORDS,
        single=True,
        about="Which place it is, and what a screen shows first.",
    ),
    SetList(
        "benchmark",
        "Benchmark",
        Area.MONEY,
        "place.toml",
        columns_of(Benchmark),
        sentences_of(Benchmark),
        lambda place: (place.benchmark,),
        ("benchmark",),
        inside="benchmark",
        single=True,
        about="The published figure that the map is compared with.",
    ),
    SetList(
        "plausibility",
        "Limits of plausibility",
        Area.WEIGHTS,
        "place.toml",
        columns_of(Plausibility),
        sentences_of(Plausibility),
        lambda place: (place.plausibility,),
        ("plausibility",),
        inside="plausibility",
        single=True,
        about="Outside these limits the map warns that something may be wrong.",
    ),
    SetList(
        "weighing",
        "How opportunities are weighed",
        Area.WEIGHTS,
        "weights.toml",
        _some(Weights, _WEIGHING),
        sentences_of(Weights),
        lambda place: (place.weights,),
        ("weights",),
        single=True,
        shared=True,
        about="What counts as material, when timing scores nothing, and how ranks are tried out.",
    ),
    SetList(
        "score_parts",
        "Weights of the score",
        Area.WEIGHTS,
        "weights.toml",
        columns_of(ScorePart),
        sentences_of(ScorePart),
        lambda place: tuple(ScorePart(*part) for part in place.weights.parts),
        ("weights",),
        ("part",),
        "weights",
        shared=True,
        about="Each part of an opportunity’s score with its weight; they make 1.",
    ),
    SetList(
        "earned",
        "Scores and the level they earn",
        Area.WEIGHTS,
        "weights.toml",
        columns_of(Earned),
        sentences_of(Earned),
        lambda place: tuple(Earned(*step) for step in place.weights.earned),
        ("weights",),
        ("at_least",),
        "earned",
        shared=True,
        about="At least this score earns this level, the highest first.",
    ),
    SetList(
        "rules",
        "Rules of working together",
        Area.WEIGHTS,
        "weights.toml",
        columns_of(Rule),
        sentences_of(Rule),
        lambda place: place.weights.rules,
        ("weights",),
        ("name",),
        "rules",
        shared=True,
        about="Each number by which working together is judged, with what it does and its source.",
    ),
    SetList(
        "levels",
        "Effort and reach of each level",
        Area.WEIGHTS,
        "weights.toml",
        columns_of(LevelWork),
        sentences_of(LevelWork),
        lambda place: place.weights.levels,
        ("weights",),
        ("level",),
        "level",
        shared=True,
        about="What a level asks of each partner, and how much it plans together.",
    ),
    SetList(
        "grades",
        "Grades of confidence",
        Area.WEIGHTS,
        "grades.toml",
        columns_of(Grade),
        sentences_of(Grade),
        lambda place: place.grades,
        ("grades",),
        ("grade",),
        "grade",
        shared=True,
        about="How wide the range of each grade is, and the correction of claimed benefits.",
    ),
)

LISTS: Final[Mapping[str, SetList]] = {
    set_list.part: set_list
    for set_list in (
        *(_of_csv(table, shared=False) for table in PLACE if table.part not in NOT_SET),
        *_OF_TOML,
        *(_of_csv(table, shared=True) for table in REFERENCE),
    )
}
"""Every list that can be set, by its name."""

Rows = Mapping[str, tuple[Cells, ...]]
"""The rows of every list, by its name."""


def rows_of(place: Place) -> Rows:
    """Every list of a place as rows of text."""
    return {
        part: tuple(set_list.cells(value) for value in set_list.rows(place))
        for part, set_list in LISTS.items()
    }
