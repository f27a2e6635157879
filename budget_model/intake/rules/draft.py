"""One table while it is being understood: its columns, rows, sides and unit, and the figures behind them."""

from dataclasses import dataclass, field
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from budget_model.intake.files.cells import CellKind, Cells
from budget_model.intake.files.exact import Places
from budget_model.intake.files.grid import Visibility
from budget_model.intake.rules.across import Across
from budget_model.intake.rules.rows import Rows
from budget_model.intake.rules.settled import Settled
from budget_model.intake.rules.sides import Sides
from budget_model.intake.rules.splits import Splits
from budget_model.intake.sheet import words
from budget_model.intake.sheet.columns import Column
from budget_model.intake.sheet.mend import Mended
from budget_model.intake.sheet.regions import Region
from budget_model.intake.sheet.roles import Minus, Role
from budget_model.intake.sheet.table import EXPENDITURE_SIDE, INCOME_SIDE, Measure, Question
from budget_model.intake.sheet.unit import UnitSource
from budget_model.intake.sheet.unit_found import UnitFound
from budget_model.intake.sheet.units import Unit
from budget_model.problem import Problem

OF_FIGURES = (Role.AMOUNT, Role.TOTAL, Role.MEMO)


@dataclass(slots=True)
class TableDraft:
    """A table while it is being understood."""

    file: str
    number: int
    """Which sheet of the workbook, from 0."""
    cells: Cells
    region: Region
    columns: list[Column]
    splits: Splits | None
    rows: Rows
    across: Across
    sides: Sides
    mended: Mended
    unit: UnitFound | None
    fingerprint: str
    lines: NDArray[np.int32]
    """The body rows that are lines."""
    figures: dict[int, Places] = field(default_factory=dict)
    """The figures of each column over all body rows, exactly."""
    known_filled: dict[int, NDArray[np.bool_]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    pending: list[Question] = field(default_factory=list)
    """What is to be asked about its columns if it is loaded."""
    balances: bool = False
    """Whether its columns show what is held at two dates, and the movements between them."""
    alone: dict[int, NDArray[np.bool_]] = field(default_factory=dict)
    """For totals across the body rows that give nothing but the total, which is loaded there."""
    continues: bool = False
    """Whether it goes on from the sheet before, under the same columns."""
    header_key: str = ""
    """Under what an answer about its header is kept: by the layout as it is read without one."""
    settled: Settled = field(default_factory=Settled)
    """What the rules said of it."""

    @property
    def body(self) -> range:
        """The rows of the sheet that may hold lines."""
        return self.region.body

    @property
    def sheet(self) -> str:
        """The name of its sheet."""
        return self.cells.sheet.name

    @property
    def visible(self) -> bool:
        """Whether a person who opens the workbook sees it."""
        return self.cells.sheet.visibility is Visibility.VISIBLE

    def where(self) -> str:
        """The table as one says it to an officer."""
        return f"sheet '{self.sheet}'" if self.sheet else "this file"

    def filled(self, column: int) -> NDArray[np.bool_]:
        """The body rows on which a column holds a figure."""
        if column not in self.known_filled:
            body = self.body
            self.known_filled[column] = np.asarray(
                self.cells.kinds[body.start : body.stop, column] == CellKind.NUMBER
            )
        return self.known_filled[column]

    def loaded(self, column: int) -> NDArray[np.bool_]:
        """The body rows on which the figure of a column would be loaded, if the column is."""
        filled = self.filled(column)
        return filled & self.alone[column] if column in self.alone else filled

    def unit_of(self, column: Column) -> Unit:
        """The unit of one column as its figures are stored: its own header first, then the table's."""
        unit = self._unit_shown(column)
        return Unit(unit.currency, max(1, unit.factor // column.shown_by))

    def unit_stored(self) -> Unit | None:
        """The unit of the table as its figures are stored, where the number formats of all columns agree on it."""
        if self.unit is None:
            return None
        divided = {column.shown_by for column in self.columns if column.role in OF_FIGURES}
        by = divided.pop() if len(divided) == 1 else 1
        return Unit(self.unit.unit.currency, max(1, self.unit.unit.factor // by))

    def _unit_shown(self, column: Column) -> Unit:
        unit = self.unit.unit if self.unit else Unit()
        if column.unit is None:
            return unit
        if (
            column.unit.factor == 1
            and self.unit
            and self.unit.source in (UnitSource.TITLE, UnitSource.HEADER)
            and unit.factor != 1
        ):
            return Unit(column.unit.currency or unit.currency, 1 if "(" in column.name else unit.factor)
        return Unit(column.unit.currency or unit.currency, column.unit.factor)

    def label(self, row: int) -> str:
        """What a body row says before its figures, or its number."""
        return self.rows.labels[row] or f"row {self.body.start + row + 1}"

    def amounts(self) -> list[Column]:
        """The columns whose figures may be loaded."""
        return [column for column in self.columns if column.role is Role.AMOUNT]


def all_income(draft: TableDraft) -> bool:
    """Whether every line of a table is income."""
    return bool(len(draft.lines)) and bool((draft.sides.of_row[draft.lines] == INCOME_SIDE).all())


def measures_of(draft: TableDraft) -> list[Measure]:
    """Every column of figures with its role and its total, in whole currency units, each amount once."""
    measures = []
    body = draft.body
    for column in draft.columns:
        if column.role not in (*OF_FIGURES, Role.RATE, Role.COUNT):
            continue
        year = column.years[-1] if len(column.years) == 1 else None
        name = column.name or f"column {column.letter}"
        role = {Role.COUNT: "memo"}.get(column.role, str(column.role))
        base = Measure(column.index, name, role, str(column.reason), draft.unit_of(column), year)
        if column.index in draft.alone:
            many = int(draft.alone[column.index].sum())
            reason = f"on {many} line{'s' if many > 1 else ''} it stands alone, without the columns that it adds up"
            base = _with(base, role=str(Role.AMOUNT), reason=reason)
        if column.index not in draft.figures:
            some = np.isfinite(draft.cells.numbers[body.start : body.stop, column.index])
            measures.append(_with(base, lines=int(some[draft.lines].sum())))
        elif draft.splits is None:
            measures.append(_added(draft, base, None))
        else:
            measures += _parted(draft, base, draft.splits)
    return measures


def _parted(draft: TableDraft, base: Measure, splits: Splits) -> list[Measure]:
    """One measure for each year or phase that the rows are parted into."""
    measures = []
    for split, said in enumerate(splits.names):
        one = _with(
            base, name=f"{base.name} {said}".strip(), year=splits.years[split] or base.year, split=split
        )
        if one.role == Role.AMOUNT and words.DIFFERENCE.search(said):
            one = _with(one, role=str(Role.MEMO), reason="its rows are the change between two others")
        measures.append(_added(draft, one, split))
    return measures


def _with(measure: Measure, **changes: object) -> Measure:
    from dataclasses import replace

    return replace(measure, **changes)  # type: ignore[arg-type]  # the names are checked by replace itself


def _added(draft: TableDraft, measure: Measure, split: int | None) -> Measure:
    figures = draft.figures[measure.column]
    lines = draft.lines
    taken = draft.loaded(measure.column)[lines]
    if split is not None and draft.splits is not None:
        taken = taken & (draft.splits.of_row[lines] == split)
    whole = figures.whole[lines]
    side = draft.sides.of_column.get(measure.column, 0)
    factor = measure.unit.factor

    def money(value: int) -> Decimal:
        return figures.decimal(value) * factor

    if side == INCOME_SIDE:
        total = int(whole[taken].sum())
        return _with(
            measure,
            lines=int(taken.sum()),
            total=money(-total if measure.column in draft.sides.negative_columns else total),
        )
    of_line = draft.sides.of_row[lines]
    income_at = taken & (of_line == INCOME_SIDE)
    turned = draft.sides.turned[lines]
    income = int(whole[income_at & ~turned].sum()) - int(whole[income_at & turned].sum())
    income *= -1 if draft.sides.minus is Minus.ON_INCOME else 1
    expenditure = int(whole[taken & (of_line != INCOME_SIDE)].sum())
    expenditure *= -1 if draft.sides.minus is Minus.ON_EXPENDITURE else 1
    if side == EXPENDITURE_SIDE or not income_at.any():
        return _with(measure, lines=int(taken.sum()), total=money(expenditure + income))
    if income_at.sum() == taken.sum():
        return _with(measure, lines=int(taken.sum()), total=money(income))
    return _with(
        measure,
        lines=int(taken.sum()),
        total=money(expenditure - income),
        expenditure=money(expenditure),
        income=money(income),
    )
