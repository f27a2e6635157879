"""One table while it is being understood: its columns, rows, sides and unit, and the figures behind them."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from budget_model.intake.files.cells import CellKind, Cells
from budget_model.intake.files.exact import Places, exact
from budget_model.intake.files.grid import Visibility
from budget_model.intake.rules.across import RUNNING, Across, relate_columns
from budget_model.intake.rules.direction_column import asked_of_directions, find_direction_column, left_out_by
from budget_model.intake.rules.rows import Rows, roles_of_rows
from budget_model.intake.rules.sides import (
    INCOME_LINES,
    TAKEN_FROM,
    TAKEN_OFF,
    THEY_ARE,
    THEY_ARE_NOT,
    Sides,
    find_sides,
)
from budget_model.intake.rules.splits import Splits, find_splits
from budget_model.intake.sheet import words
from budget_model.intake.sheet.answers import Answers, slug
from budget_model.intake.sheet.columns import THE_OFFICER, Column, columns_of
from budget_model.intake.sheet.header import with_header
from budget_model.intake.sheet.mend import Mended, mend
from budget_model.intake.sheet.reason import Reason
from budget_model.intake.sheet.regions import Region
from budget_model.intake.sheet.roles import Role, RowRole
from budget_model.intake.sheet.stated import take_what_is_stated, unit_stated
from budget_model.intake.sheet.table import EXPENDITURE_SIDE, INCOME_SIDE, Measure, Question
from budget_model.intake.sheet.unit_found import UnitFound, unit_said
from budget_model.intake.sheet.units import Unit
from budget_model.problem import Problem

BY_LOOKS = (Reason.SHAPE_OF_AMOUNTS, Reason.PENCE)
"""Why a column holds amounts of whose header nothing speaks of money."""
MOST_COLUMNS_ASKED = 6
TELLING = 1_000
"""A sum of so much is no chance."""
SIDES_NAMED = {"expenditure": EXPENDITURE_SIDE, "income": INCOME_SIDE}
LEFT_OUT = "leave it out"
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
            and self.unit.source in ("title", "header")
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


def draft_table(
    file: str,
    number: int,
    cells: Cells,
    region: Region,
    answers: Answers,
    headers: dict[int, tuple[str, ...]] | None = None,
    header_key: str = "",
) -> TableDraft | None:
    """Understand one table by itself; None where it holds no figures at all.

    `headers` are the words above each column where the table goes on from another sheet; `header_key` is
    set where the officer has moved the header.
    """
    mended = mend(cells, region, file)
    columns = take_what_is_stated(columns_of(cells, region, headers), cells.sheet)
    key = header_key or f"header:{fingerprint(columns)}"
    moved = None if header_key else with_header(cells, region, answers.answered(key) or "")
    if moved is not None and moved != region:
        again = draft_table(file, number, cells, moved, answers, None, key)
        if again is not None:
            return again
    if not any(c.role in (Role.AMOUNT, Role.RATE, Role.COUNT) for c in columns):
        return None
    mark = fingerprint(columns)
    known = unit_stated(cells.sheet)
    unit = UnitFound(known, "package") if known else unit_said(cells, region)
    factor = unit.unit.factor if unit else 1
    _that_hide_totals(cells, region, columns, factor)
    pending = _answered_columns(columns, mark, answers)
    splits = find_splits(cells, region, columns)
    directions = find_direction_column(
        cells, region, columns, [c.index for c in columns if c.role is Role.AMOUNT]
    )
    told_of_sides = _answered_sides(mark, answers)
    rows = roles_of_rows(
        cells,
        region,
        columns,
        factor,
        splits.of_row if splits else None,
        _answered_rows(mark, answers),
        left_out_by(directions, told_of_sides),
    )
    across = relate_columns(cells, region, columns, rows, factor)
    balances = _balances_across(columns, across)
    relations = [(r.column, r.plus, r.minus) for r in across.relations.values() if r.kind == "sum"]
    relations += [(r.column, r.minus, r.plus) for r in across.relations.values() if r.kind == RUNNING]
    _only_balances(cells, columns, rows, across)
    sides = find_sides(cells, region, columns, rows, relations, told_of_sides, directions)
    lines = np.flatnonzero(rows.roles == RowRole.LINE).astype(np.int32)
    draft = TableDraft(
        file, number, cells, region, columns, splits, rows, across, sides, mended, unit, mark, lines, continues=headers is not None,
        pending=pending, balances=balances, header_key=key,
    )  # fmt: skip
    body = region.body
    for column in columns:
        if column.role in OF_FIGURES:
            filled = draft.filled(column.index)
            draft.figures[column.index] = exact(
                np.where(filled, cells.numbers[body.start : body.stop, column.index], 0.0)
            )
    draft.alone = _only_totals(draft)
    draft.pending = [one for one in pending if not _adds_up(draft, one.key)]
    draft.pending += _asked_of_sides(columns, rows, sides, mark, answers)
    if directions is not None:
        draft.pending += asked_of_directions(directions, rows.labels, mark, told_of_sides)
    return draft


MOST_TRIED = 5_000
"""In longer tables no column is tried for hiding the totals of the others."""


def _that_hide_totals(cells: Cells, region: Region, columns: Sequence[Column], factor: int) -> None:
    """A column whose header says nothing of money, and without which the others add up to totals, is none.

    Totals have to agree in nearly every column of amounts; one that only looks like it would hide them all.
    """
    amounts = [column for column in columns if column.role is Role.AMOUNT]
    by_looks = [column for column in amounts if column.reason.reason in BY_LOOKS]
    if not 0 < len(by_looks) < len(amounts) or len(region.body) > MOST_TRIED:
        return
    if roles_of_rows(cells, region, columns, factor).totals:
        return
    for column in by_looks:
        column.role = Role.CODE
        found = roles_of_rows(cells, region, columns, factor).totals.values()
        if sum(len(total.plus) >= 2 and not total.off for total in found) >= 2:
            column.reason, column.unsure = (
                Reason.TOTALS_LEAVE_IT_OUT.of(),
                True,
            )
            return
        column.role = Role.AMOUNT


def _only_totals(draft: TableDraft) -> dict[int, NDArray[np.bool_]]:
    """Lines on which a total across stands alone, its parts being blank: the money is in the total only."""
    by_index = {column.index: column for column in draft.columns}
    kinds = draft.cells.kinds[draft.body.start : draft.body.stop]
    covered = {i for one in draft.across.relations.values() for i in (*one.plus, *one.minus)}
    income = {index for index, side in draft.sides.of_column.items() if side == INCOME_SIDE}
    found = {}
    for one in draft.across.relations.values():
        parts = [by_index[i] for i in one.plus]
        if one.kind != "sum" or one.minus or one.column in covered or income & {one.column, *one.plus}:
            continue
        if by_index[one.column].role is not Role.TOTAL or any(c.role is not Role.AMOUNT for c in parts):
            continue
        if len({column.years for column in parts}) > 1:
            continue
        alone = (
            (draft.rows.roles == RowRole.LINE)
            & draft.filled(one.column)
            & (draft.figures[one.column].whole != 0)
            & ~(kinds[:, list(one.plus)] == CellKind.NUMBER).any(axis=1)
        )
        if alone.any():
            found[one.column] = np.asarray(alone)
    return found


def _only_balances(cells: Cells, columns: Sequence[Column], rows: Rows, across: Across) -> None:
    """In a cash book, a row with nothing but what is held moves no money."""
    running = {one.column for one in across.relations.values() if one.kind == RUNNING}
    if not running:
        return
    moving = [c.index for c in columns if c.role is Role.AMOUNT]
    for i in np.flatnonzero(rows.roles == RowRole.LINE).tolist():
        if not (cells.kinds[rows.start + i, moving] == CellKind.NUMBER).any():
            rows.roles[i], rows.reasons[i] = (
                RowRole.NOTE,
                Reason.BALANCE_HELD.of(),
            )
            rows.doubts.pop(i, None)


def _adds_up(draft: TableDraft, key: str) -> bool:
    """Whether a column that is asked about adds up to a total of several of its lines: then it holds amounts."""
    for column in draft.columns:
        if column.role is not Role.AMOUNT or key != _key_of(column, draft.fingerprint):
            continue
        whole = draft.figures[column.index].whole
        for i, total in draft.rows.totals.items():
            members = [int(whole[k]) for k in total.plus if whole[k]]
            computed = sum(members) - sum(int(whole[k]) for k in total.minus)
            if len(members) >= 2 and int(whole[i]) == computed and abs(computed) >= TELLING:
                return True
    return False


def _key_of(column: Column, mark: str) -> str:
    return f"column:{mark}:{slug(column.name) or column.letter}"


def _balances_across(columns: Sequence[Column], across: Across) -> bool:
    """Leave out columns of what is held at a date, where one and the movements beside it make the other.

    A reserve of five million is not spent; what is taken from it is.
    """
    held = {c.index for c in columns if words.BALANCE.search(c.name) and not words.PHASE.search(c.name)}
    found = [
        relation
        for relation in across.relations.values()
        if relation.column in held and held & {*relation.plus, *relation.minus}
    ]
    for column in columns:
        if found and column.index in held and column.role in OF_FIGURES:
            column.role, column.reason = Role.MEMO, Reason.HELD_AT_DATE.of()
    told = {index for one in found for index in (one.column, *one.plus, *one.minus)}
    figures = sum(column.role in OF_FIGURES for column in columns)
    # Two dates beside little else say the same where what lies between them is not all shown.
    unproved = [c for c in columns if c.index in held and c.role is Role.AMOUNT]
    if not found and len(unproved) >= 2 and len(unproved) * 2 >= figures:
        return True
    # A return that ends with its reserves is a return all the same.
    return len(told) * 2 >= figures and bool(found)


def _answered_columns(columns: Sequence[Column], mark: str, answers: Answers) -> list[Question]:
    """Give columns the role that the officer has named; what is unsure of the others is to be asked."""
    pending: list[Question] = []
    named = {
        "amounts": Role.AMOUNT,
        **dict.fromkeys(SIDES_NAMED, Role.AMOUNT),
        "a code": Role.CODE,
        "a count": Role.COUNT,
        "a rate": Role.RATE,
        LEFT_OUT: Role.MEMO,
    }
    for column in columns:
        key = _key_of(column, mark)
        answer = answers.answered(key)
        if answer in named:
            column.role, column.reason, column.unsure = named[answer], THE_OFFICER, False
            column.side = SIDES_NAMED.get(answer, 0)
        elif column.unsure and column.role in (Role.AMOUNT, Role.CODE, Role.COUNT):
            best = next(text for text, role in named.items() if role is column.role)
            asking = f"What does column {column.letter}{f', {column.name},' if column.name else ''} hold?"
            pending.append(Question(key, asking, best, str(column.reason), tuple(named)))
    return pending[:MOST_COLUMNS_ASKED]


def _asked_of_sides(
    columns: Sequence[Column], rows: Rows, sides: Sides, mark: str, answers: Answers
) -> list[Question]:
    """What was taken for granted about income and expenditure, as questions."""
    found = [
        Question(
            _key_of(column, mark),
            f"Column {column.letter}, {column.name or 'without a header'}, is taken off the columns beside it. Is it income?",
            "income",
            "nothing in its header says what it is",
            ("income", "expenditure", LEFT_OUT),
        )
        for column in columns
        if column.index in sides.unsure_columns and answers.answered(_key_of(column, mark)) is None
    ]
    found += [
        Question(
            _key_of(column, mark),
            f"Is column {column.letter}, {column.name}, part of what is spent?",
            LEFT_OUT,
            str(column.reason),
            (LEFT_OUT, "amounts"),
        )
        for column in columns
        if column.role is Role.MEMO and column.unsure
    ]
    if sides.unsure_lines:
        first = rows.labels[sides.unsure_lines[0]]
        found.append(
            Question(
                f"side:{mark}:{INCOME_LINES}",
                f"{len(sides.unsure_lines)} of the lines speak of income, first '{first}', but no sign, heading or total "
                "sets them apart. Are they income?",
                THEY_ARE,
                "their words say so",
                (THEY_ARE, THEY_ARE_NOT),
            )
        )
    if sides.unsure_total is not None:
        label = rows.labels[sides.unsure_total] or f"row {rows.start + sides.unsure_total + 1}"
        found.append(
            Question(
                f"side:{mark}:{slug(label)}",
                f"'{label}' takes some lines off others. Which of them are income?",
                TAKEN_OFF,
                "nothing in the table says it",
                (TAKEN_OFF, TAKEN_FROM),
            )
        )
    return found


def _answered_sides(mark: str, answers: Answers) -> dict[str, str]:
    prefix = f"side:{mark}:"
    return {key.removeprefix(prefix): value for key, value in answers.given.items() if key.startswith(prefix)}


def _answered_rows(mark: str, answers: Answers) -> dict[str, str]:
    prefix = f"row:{mark}:"
    return {key.removeprefix(prefix): value for key, value in answers.given.items() if key.startswith(prefix)}


def fingerprint(columns: Sequence[Column]) -> str:
    """What stays the same from year to year in a layout: the words of its headers without years.

    Where there are no headers it is the order of what the columns hold.
    """
    said = "|".join("".join(ch for ch in c.name.casefold() if ch.isalpha()) for c in columns)
    if not said.strip("|"):
        said = "|".join(str(c.role) for c in columns)
    return hashlib.sha256(said.encode()).hexdigest()[:12]


def measures_of(draft: TableDraft) -> list[Measure]:
    """Every column of figures with its role and its total, in whole currency units, each amount once."""
    found = []
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
            found.append(_with(base, lines=int(some[draft.lines].sum())))
        elif draft.splits is None:
            found.append(_added(draft, base, None))
        else:
            found += _parted(draft, base, draft.splits)
    return found


def _parted(draft: TableDraft, base: Measure, splits: Splits) -> list[Measure]:
    """One measure for each year or phase that the rows are parted into."""
    found = []
    for split, said in enumerate(splits.names):
        one = _with(
            base, name=f"{base.name} {said}".strip(), year=splits.years[split] or base.year, split=split
        )
        if one.role == Role.AMOUNT and words.DIFFERENCE.search(said):
            one = _with(one, role=str(Role.MEMO), reason="its rows are the change between two others")
        found.append(_added(draft, one, split))
    return found


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
    turned = np.isin(lines, list(draft.sides.turned))
    income = int(whole[income_at & ~turned].sum()) - int(whole[income_at & turned].sum())
    income *= -1 if draft.sides.negative else 1
    expenditure = int(whole[taken & (of_line != INCOME_SIDE)].sum())
    expenditure *= -1 if draft.sides.spending_negative else 1
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
