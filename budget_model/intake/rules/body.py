"""The body of a table as rules see it: cells, columns, rows, looks and words, none of which they can change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from budget_model.intake.files.cells import CellKind, Cells, Kinds, Mask, Numbers
from budget_model.intake.files.exact import Places, exact
from budget_model.intake.files.reading_limits import count
from budget_model.intake.sheet.answers import slug
from budget_model.intake.sheet.columns import Column
from budget_model.intake.sheet.regions import Region
from budget_model.intake.sheet.roles import Role

MOST_MARKED: Final = count("body", "most_marked")


@dataclass(frozen=True)
class Body:
    """One table; rows count from 0 at the first of the body, columns from 0 at the first of the sheet."""

    cells: Cells
    region: Region
    columns: tuple[Column, ...]
    """Copies: a verdict changes a column, nothing else does."""
    labels: tuple[str, ...]
    """What each row says before its figures."""
    factor: int = 1
    """What the unit multiplies amounts by."""
    answered: Mapping[str, str] | None = None
    """What the officer said of rows, by their marks or labels."""
    told_of_sides: Mapping[str, str] = field(default_factory=dict)
    """What the officer said of income and expenditure, by what was asked."""

    @property
    def start(self) -> int:
        """The sheet's row in which the body begins."""
        return self.region.body.start

    @property
    def height(self) -> int:
        """How many rows the body has."""
        return len(self.region.body)

    @cached_property
    def kinds(self) -> Kinds:
        """What each cell of the body holds; columns are the sheet's."""
        view: Kinds = _frozen(self.cells.kinds[self.start : self.region.body.stop])
        return view

    @cached_property
    def numbers(self) -> Numbers:
        """The figure of each cell of the body; not a number where there is none."""
        view: Numbers = _frozen(self.cells.numbers[self.start : self.region.body.stop])
        return view

    @cached_property
    def amounts(self) -> tuple[int, ...]:
        """The columns that hold amounts."""
        return tuple(column.index for column in self.columns if column.role is Role.AMOUNT)

    @cached_property
    def figured(self) -> Mask:
        """For each row and each column of amounts whether a figure stands there."""
        mask: Mask = _frozen(self.kinds[:, list(self.amounts)] == CellKind.NUMBER)
        return mask

    @cached_property
    def has_amounts(self) -> Mask:
        """The rows with a figure in any column of amounts."""
        mask: Mask = _frozen(self.figured.any(axis=1))
        return mask

    @cached_property
    def places(self) -> tuple[Places, ...]:
        """The figures of each column of amounts exactly, over all rows."""
        return tuple(self.exact(column) for column in self.amounts)

    @cached_property
    def figures(self) -> NDArray[np.int64]:
        """Rows by columns of amounts, as whole numbers of each column's smallest place."""
        none = np.zeros((self.height, 0), np.int64)
        figures: NDArray[np.int64] = _frozen(
            np.column_stack([place.whole for place in self.places]) if self.amounts else none
        )
        return figures

    @cached_property
    def rounding(self) -> NDArray[np.int64]:
        """For each column of amounts by how many of its smallest place one figure may be rounded."""
        return np.array([rounding_of(place, self.factor) for place in self.places], np.int64)

    def off(self, row: int, plus: Sequence[int], minus: Sequence[int] = ()) -> tuple[int, ...]:
        """In which of the columns of amounts, counted from 0, a row disagrees with the rows it should come to.

        A column in which the row is blank says nothing.
        """
        members = self.figures[list(plus)].sum(axis=0) - self.figures[list(minus)].sum(axis=0)
        slack = self.rounding * (len(plus) + len(minus) + 1) // 2
        wrong = self.figured[row] & (np.abs(members - self.figures[row]) > slack)
        return tuple(int(k) for k in np.flatnonzero(wrong))

    def exact(self, column: int) -> Places:
        """The figures of one column exactly, as whole numbers of its smallest place; zero where there is none."""
        return exact(np.where(self.kinds[:, column] == CellKind.NUMBER, self.numbers[:, column], 0.0))

    def text(self, row: int, column: int) -> str:
        """One cell of the body as a person reads it."""
        return self.cells.text(self.start + row, column)

    def texts(self, row: int) -> list[str]:
        """Everything that stands in one row, left to right."""
        across = range(self.region.left, self.region.right + 1)
        return [self.text(row, j) for j in across if self.kinds[row, j]]

    def first_text(self, row: int) -> str:
        """The first words of a row, in whatever column."""
        return self.cells.first_text(self.start + row, self.region.left, self.region.right)

    def number_format(self, row: int, column: int) -> str:
        """The number format of a cell, where the file gives it."""
        return self.cells.sheet.facts.number_formats.get((self.start + row, column), "")

    def formula(self, row: int, column: int) -> str:
        """The formula of a cell, where the file gives it."""
        return self.cells.sheet.facts.formulas.get((self.start + row, column), "")

    @cached_property
    def bold(self) -> frozenset[int]:
        """The rows that are printed bold."""
        return frozenset(at - self.start for at in self.cells.sheet.facts.bold_rows if at >= self.start)

    @cached_property
    def titles(self) -> tuple[str, ...]:
        """What stands above the header, a row each."""
        across = range(self.cells.width)
        return tuple(
            " ".join(filter(None, (self.cells.text(row, j) for j in across))) for row in self.region.titles
        )

    def title(self, row: int) -> str:
        """The words of a row above the header; of several over tables side by side only this table's own."""
        own = " ".join(
            self.cells.text(row, j) for j in range(self.region.left, self.region.right + 1)
        ).strip()
        return own or " ".join(self.cells.text(row, j) for j in range(self.cells.width)).strip()

    def coded(self, column: int) -> tuple[Sequence[str], NDArray[np.int32]]:
        """The different texts of a column, and for each row of the body the place of its own among them; 0 for none."""
        coded = self.cells.coded(column)
        return coded.texts, coded.codes[self.start : self.region.body.stop]

    def of_role(self, *roles: Role) -> tuple[Column, ...]:
        """The columns of some roles, left to right."""
        return tuple(column for column in self.columns if column.role in roles)

    @cached_property
    def marks(self) -> Mapping[int, str]:
        """Under what each row is known alone, counted from 0."""
        return {row - self.start: mark for row, mark in row_marks(self.cells, self.region).items()}

    @cached_property
    def told(self) -> Mapping[int, str]:
        """What the officer has said of each row, by its mark before its label."""
        answered = self.answered or {}
        if not answered:
            return {}
        marks = self.marks if any(key.startswith("~") for key in answered) else {}
        told = {}
        for i, label in enumerate(self.labels):
            by_label = slug(label or f"row {self.start + i + 1}")
            answer = answered.get(marks.get(i, "")) or answered.get(by_label)
            if answer:
                told[i] = answer
        return told


def body_of(
    cells: Cells,
    region: Region,
    columns: Sequence[Column],
    labels: Sequence[str],
    factor: int = 1,
    answered: Mapping[str, str] | None = None,
) -> Body:
    """A table's body, frozen as it stands."""
    return Body(cells, region, tuple(replace(column) for column in columns), tuple(labels), factor, answered)


def rounding_of(column: Places, factor: int) -> int:
    """By how many units of its last place a figure of the column may have been rounded.

    Pence are never rounded; whole pounds, thousands and millions are.
    """
    return 0 if column.places == 2 and factor == 1 else 1


def _frozen(array: Any) -> Any:
    """A view of an array through which nothing can be written."""
    view = array.view()
    view.flags.writeable = False
    return view


def row_marks(cells: Cells, region: Region, only: Sequence[int] | None = None) -> dict[int, str]:
    """Under what body rows are known alone: all their words without figures, and which of several such.

    Rows count from the sheet's first; `only` names the rows of a long table whose marks are wanted.
    """
    columns = range(region.left, region.right + 1)
    long = len(region.body) > MOST_MARKED
    seen: dict[str, int] = {}
    found = {}
    for row in only if long and only is not None else region.body:
        wordy = (
            np.flatnonzero(cells.kinds[row, columns.start : columns.stop] == CellKind.TEXT) + columns.start
        )
        words = slug(" ".join(cells.text(row, j) for j in wordy.tolist()))
        seen[words] = seen.get(words, 0) + 1
        found[row] = f"~{words}" if long or seen[words] == 1 else f"~{words}#{seen[words]}"
    return found
