"""All tables of a workbook, before it is settled which of them would be loaded."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from budget_model.intake.files.grid import Range
from budget_model.intake.files.reading_limits import count
from budget_model.intake.rules.draft import TableDraft
from budget_model.intake.rules.figures import Figure
from budget_model.intake.rules.verdict import Proof, Verdict, WholeTable
from budget_model.intake.sheet.answers import Answers
from budget_model.intake.sheet.reason import Because, Reason
from budget_model.intake.sheet.roles import Fate
from budget_model.intake.sheet.table import Check, Measure
from budget_model.problem import Problem

MOST_NAMED: Final = count("tables", "most_named")


@dataclass(frozen=True, slots=True)
class AllTables:
    """The tables of a workbook by their numbers, with what they come to; what the officer has answered."""

    drafts: Sequence[TableDraft]
    measures: Mapping[int, Sequence[Measure]]
    figures: Mapping[int, Sequence[Figure]]
    answers: Answers


@dataclass(slots=True)
class TablesChosen:
    """The tables to load, and why the others are set aside. Rules read it; only `choose` writes it."""

    aside: dict[int, Because] = field(default_factory=dict)
    told: set[int] = field(default_factory=set)
    """The tables that are loaded by the officer's word, or with others that an answer adds up."""
    checks: dict[int, list[Check]] = field(default_factory=lambda: defaultdict(list))
    problems: list[Problem] = field(default_factory=list)
    asked_together: set[int] = field(default_factory=set)
    """The tables of which a question asks already whether they add up."""
    count: int = 0

    @property
    def chosen(self) -> list[int]:
        """The tables that would be loaded, in their order."""
        return [k for k in range(self.count) if k not in self.aside]


@dataclass(frozen=True, slots=True)
class CheckOf:
    """A check that belongs to one table."""

    table: int
    check: Check


@dataclass(frozen=True, slots=True)
class RowsOf:
    """Verdicts on rows of one table that only the other tables show."""

    table: int
    verdicts: tuple[Verdict, ...]


@dataclass(frozen=True, slots=True)
class AskedTogether:
    """Tables of which a question asks whether they add up."""

    tables: frozenset[int]


Found = Verdict | CheckOf | RowsOf | AskedTogether | Problem


@dataclass(frozen=True, slots=True)
class TableRule:
    """A rule about whole tables: each finding holds before the rule looks further."""

    name: str
    find: Callable[[AllTables, TablesChosen], Iterator[Found]]
    gives: tuple[Reason, ...]


def leave(table: int, because: Because, proof: Proof = Proof.ARITHMETIC) -> Verdict:
    """A verdict that a table is not loaded."""
    return Verdict(WholeTable(table), Fate.LEAVE, because, proof)


def load(table: int, because: Because, proof: Proof = Proof.ARITHMETIC) -> Verdict:
    """A verdict that a table is loaded."""
    return Verdict(WholeTable(table), Fate.LOAD, because, proof)


def named(draft: TableDraft) -> str:
    """A table by its sheet, its title or its rows."""
    title = next((t for row in draft.region.titles if (t := draft.cells.text(row, draft.region.left))), "")
    return draft.sheet or title or f"rows {draft.region.top + 1} to {draft.region.bottom + 1}"


def called(drafts: Sequence[TableDraft], k: int, among: Sequence[int]) -> str:
    """A table by its sheet; of several on one sheet by its cells too."""
    name = named(drafts[k])
    if sum(named(drafts[other]) == name for other in among) > 1:
        region = drafts[k].region
        return f"{name} {Range(region.top, region.left, region.bottom, region.right)}"
    return name


def listed(names: Sequence[str]) -> str:
    """Some sheets in a sentence."""
    said = [f"sheet '{name}'" if name else "another table" for name in names]
    return " and ".join(dict.fromkeys(said))


def title(draft: TableDraft) -> str:
    """The last titles above a table."""
    return " ".join(
        draft.cells.text(row, j) for row in draft.region.titles[-2:] for j in range(min(draft.cells.width, 6))
    )
