"""Whether the rows of a table are of some months or quarters of a year and not of all of it, by a column that names them."""

from dataclasses import dataclass

import numpy as np

from budget_model.intake.files.cells import present
from budget_model.intake.rules.draft import TableDraft
from budget_model.intake.sheet import words
from budget_model.intake.sheet.columns import Column
from budget_model.intake.sheet.periods import IN_A_YEAR, Part, parts_named
from budget_model.intake.sheet.roles import Role

_HEADS_PARTS = words.hints("rows_of_a_part.header")


@dataclass(frozen=True, slots=True)
class PartOfYear:
    """The parts of a year that the rows of a table are of."""

    column: Column
    part: Part
    count: int
    """How many of them there are."""

    def __str__(self) -> str:
        return f"{self.count} of the {IN_A_YEAR[self.part]} {self.part}s of a year"


def rows_of_a_part(draft: TableDraft) -> PartOfYear | None:
    """The parts that a column headed 'Month', 'Quarter' or the like names on every line, if they are fewer than a year's."""
    if not len(draft.lines):
        return None
    columns = (c for c in draft.columns if c.role in (Role.WORDS, Role.CODE) and _HEADS_PARTS.search(c.said))
    return next((found for column in columns if (found := _parts_in(draft, column))), None)


def _parts_in(draft: TableDraft, column: Column) -> PartOfYear | None:
    coded = draft.cells.coded(column.index)
    codes = coded.codes[draft.body.start : draft.body.stop][draft.lines]
    kinds = [coded.texts[int(code)] for code in present(codes)] if np.all(codes) else []
    named = parts_named(kinds)
    return PartOfYear(column, *named) if named and named[1] < IN_A_YEAR[named[0]] else None
