"""The lists that mapping stands on, read from `data/mapping`: published codes and names, words, thresholds.

They ship with the product, each with its source (data/mapping/README.md), so that a first year is
suggested without anybody's help; what a partnership confirms comes on top and counts for more.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from budget_model.mapping.wording import both_ways, plain
from budget_model.shipped import rows_of_table
from budget_model.vocabulary import Nature, OrganisationType

FOLDER = Path(__file__).resolve().parents[2] / "data" / "mapping"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From where a suggestion may be applied, how alike wordings must be, how far evidence is trusted."""

    apply_from: float
    same_code_wording: float
    like_wording: float
    published_wording: float
    trust: Mapping[str, float]
    learned: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class TreasuryName:
    """One name in the Treasury's regional analysis, who spends under it, and the groups it is in."""

    department: str
    name: str
    groups: tuple[tuple[str, float], ...]
    """COFOG group and the part of the name's rows that are classified to it; the parts make one."""
    rows: int = 1
    """How many rows of the analysis the name has."""


@dataclass(frozen=True, slots=True)
class EarlierName:
    """One name in the Treasury's analysis of an earlier year, which parted spending less finely."""

    department: str
    name: str
    groups: tuple[str, ...]
    """The COFOG groups that it may be in."""


@dataclass(frozen=True, slots=True)
class RevenueLine:
    """One line of the councils' revenue return, and the service it pays for."""

    code: str
    section: str
    line: str
    service: str


@dataclass(frozen=True, slots=True)
class Division:
    """A division of the service reporting code: its heading's wordings, and the service groups under it."""

    name: str
    wordings: tuple[str, ...]
    service_groups: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KindOfBody:
    """A kind of public body: the words in its name that tell, and where its money mostly goes."""

    kind: OrganisationType
    words: tuple[str, ...]
    cofog: tuple[str, ...]
    """COFOG divisions or groups, or services by their ids."""
    weight: float
    """How many times likelier a line of such a body falls there."""


@dataclass(frozen=True, slots=True)
class Lists:
    """All lists together."""

    thresholds: Thresholds
    treasury_names: tuple[TreasuryName, ...]
    earlier_names: tuple[EarlierName, ...]
    treasury_labels: Mapping[str, str]
    """The Treasury's own name of each group it uses: '07.A' to '7.A Medical services'."""
    un_groups: Mapping[str, tuple[str, ...]]
    """The United Nations' groups within each group the Treasury uses: '07.A' to 07.1, 07.2 and 07.3."""
    spending_words: tuple[tuple[str, str], ...]
    """COFOG group and a word or phrase that tells of it."""
    service_words: Mapping[str, tuple[str, ...]]
    """What officers call a service, besides its name and synonyms in the service list."""
    everyday_words: Mapping[str, str]
    """What people say in a search, and the word that names or services have for it."""
    abbreviations: Mapping[str, str]
    revenue_lines: tuple[RevenueLine, ...]
    nearest_services: Mapping[str, str]
    """For a COFOG group that no service of the list is in: the service that is nearest."""
    divisions: tuple[Division, ...]
    natures: Mapping[str, Nature]
    """Wordings that say what was bought and not for what: 'salaries and wages'."""
    without_meaning: frozenset[str]
    """Words that say nothing by themselves of what money pays for: 'central', 'services', 'other', 'grants'."""
    kinds: tuple[KindOfBody, ...]
    departments: Mapping[str, str]
    """What a central department is called besides: its short name, its names before and after 2018."""


def has_meaning(words: str, without_meaning: frozenset[str]) -> bool:
    """Whether a wording says what its money pays for, apart from words that say nothing by themselves.

    >>> has_meaning("central services 2", frozenset(["central", "services"]))
    False
    >>> has_meaning("central library", frozenset(["central", "services"]))
    True
    """
    return any(word not in without_meaning and not word.isdigit() and len(word) > 1 for word in words.split())


@lru_cache(maxsize=2)
def lists(folder: Path = FOLDER) -> Lists:
    """The lists of a folder, read once."""

    def rows(name: str) -> list[dict[str, str]]:
        return rows_of_table(folder / f"{name}.csv")

    groups = rows("treasury_groups")
    return Lists(
        thresholds=_thresholds(folder / "thresholds.toml"),
        treasury_names=_treasury_names(rows("treasury_names"), _pairs(groups, "treasury_label", "code")),
        earlier_names=_earlier_names(
            rows("treasury_names_2010"),
            rows("treasury_functions_2010"),
        ),
        treasury_labels=_pairs(groups, "code", "treasury_label"),
        un_groups=_parts_by(groups, "code", "un_groups"),
        spending_words=tuple(
            (row["cofog_group"], words) for row in rows("spending_words") for words in _parts(row["words"])
        ),
        service_words=_parts_by(rows("service_words"), "service", "words"),
        everyday_words=_pairs(rows("everyday_words"), "said", "means"),
        abbreviations={row["short"]: plain(row["long"]) for row in rows("abbreviations")},
        revenue_lines=tuple(
            RevenueLine(row["line_code"], row["section"], row["line"], row["service"])
            for row in rows("revenue_account_codes")
        ),
        nearest_services=_pairs(rows("nearest_services"), "code", "service"),
        divisions=tuple(
            Division(row["division"], _parts(row["wordings"]), _parts(row["service_groups"]))
            for row in rows("sercop_divisions")
        ),
        natures={
            wording: Nature(nature)
            for wording, nature in _by_wording(rows("subjective_words"), "words", "nature").items()
        },
        without_meaning=_words_of(rows("words_without_meaning"), "words"),
        departments=_by_wording(rows("departments"), "called", "department"),
        kinds=tuple(
            KindOfBody(
                OrganisationType(row["kind"]),
                _parts(row["words"]),
                _parts(row["leans_to"]),
                float(row["weight"]),
            )
            for row in rows("kinds")
        ),
    )


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(";") if part.strip())


Rows = list[dict[str, str]]


def _pairs(rows: Rows, key: str, value: str) -> dict[str, str]:
    """One column of a list by another."""
    return {row[key]: row[value] for row in rows}


def _parts_by(rows: Rows, key: str, column: str) -> dict[str, tuple[str, ...]]:
    """The parts of one column's cells by another column."""
    return {row[key]: _parts(row[column]) for row in rows}


def _by_wording(rows: Rows, wordings: str, value: str) -> dict[str, str]:
    """One column of a list by every wording in another, with "and" and as those who write "&" have it."""
    parts = ((part, row[value]) for row in rows for part in _parts(row[wordings]))
    return {wording: named for part, named in parts for wording in both_ways(part)}


def _words_of(rows: Rows, column: str) -> frozenset[str]:
    """Every word of a column's wordings, as wordings are compared."""
    wordings = (plain(part) for row in rows for part in _parts(row[column]))
    return frozenset(word for wording in wordings for word in wording.split())


def _thresholds(path: Path) -> Thresholds:
    read = tomllib.loads(path.read_text(encoding="utf-8"))
    recognition = read["recognition"]
    return Thresholds(
        apply_from=float(read["apply_from"]),
        same_code_wording=float(recognition["same_code_wording"]),
        like_wording=float(recognition["like_wording"]),
        published_wording=float(recognition["published_wording"]),
        trust={name: float(value) for name, value in read["trust"].items()},
        learned={name: float(value) for name, value in read["learned"].items()},
    )


def _treasury_names(rows: Rows, code_of: Mapping[str, str]) -> tuple[TreasuryName, ...]:
    counted: dict[tuple[str, str], dict[str, int]] = {}
    for row in rows:
        groups = counted.setdefault((row["department"], row["name"]), {})
        code = code_of[row["treasury_label"]]
        groups[code] = groups.get(code, 0) + int(row["rows"])
    return tuple(
        TreasuryName(
            department,
            name,
            tuple((code, count / sum(groups.values())) for code, count in groups.items()),
            sum(groups.values()),
        )
        for (department, name), groups in counted.items()
    )


def _earlier_names(rows: Rows, functions: Rows) -> tuple[EarlierName, ...]:
    groups_of = _parts_by(functions, "function", "groups")
    found: dict[tuple[str, str], dict[str, None]] = {}
    for row in rows:
        groups = found.setdefault((row["department"], row["name"]), {})
        groups |= dict.fromkeys(groups_of[row["function"]])
    return tuple(EarlierName(department, name, tuple(groups)) for (department, name), groups in found.items())
