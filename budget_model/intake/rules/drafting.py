"""One table understood by itself: columns, rows, sides and unit, each settled from what the rules say.

Where a table can be read in several ways, each is read to its end, and the reading that explains most stands.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from budget_model.intake.files.cells import CellKind, Cells
from budget_model.intake.files.exact import Places, exact
from budget_model.intake.files.reading_limits import count
from budget_model.intake.rules.across import Across, relate_columns
from budget_model.intake.rules.asked_of_columns import asked_of_memos, column_key, take_answers
from budget_model.intake.rules.asked_of_sides import answered_sides, asked_of_side_columns, asked_of_sides
from budget_model.intake.rules.body import body_of
from budget_model.intake.rules.compete import best_reading
from budget_model.intake.rules.direction_column import asked_of_directions, find_direction_column, left_out_by
from budget_model.intake.rules.draft import OF_FIGURES, TableDraft
from budget_model.intake.rules.every_parting import find_splits
from budget_model.intake.rules.hidden import Concealed, blanked, concealed
from budget_model.intake.rules.labels import labels_of
from budget_model.intake.rules.listen import (
    ANSWERED,
    HEADERS,
    assume,
    columns_settled,
    hear,
    hear_columns,
)
from budget_model.intake.rules.read_rows import roles_of_rows
from budget_model.intake.rules.rows import Rows, take_settled
from budget_model.intake.rules.rule import Needs
from budget_model.intake.rules.settled import Settled
from budget_model.intake.rules.sides import read_sides
from budget_model.intake.rules.verdict import ColumnAt, Relation, RelationKind, Verdict
from budget_model.intake.sheet import words
from budget_model.intake.sheet.answers import Answers
from budget_model.intake.sheet.columns import Column, amounts_of, columns_of
from budget_model.intake.sheet.header import with_header
from budget_model.intake.sheet.mend import Mended, mend
from budget_model.intake.sheet.reason import Because, Reason
from budget_model.intake.sheet.regions import Region
from budget_model.intake.sheet.roles import Role, RowRole
from budget_model.intake.sheet.stated import take_what_is_stated, unit_stated
from budget_model.intake.sheet.table import INCOME_SIDE
from budget_model.intake.sheet.unit import UnitSource
from budget_model.intake.sheet.unit_found import UnitFound, unit_said
from budget_model.intake.sheet.unit_rows import in_units_of_their_column, taken_to_one_unit

TELLING: Final = count("drafting", "telling")


@dataclass(frozen=True, slots=True)
class _LaidOut:
    """Where a table stands and what its columns are by themselves, before any row is looked at."""

    file: str
    number: int
    cells: Cells
    region: Region
    columns: tuple[Column, ...]
    mended: Mended
    mark: str
    header_key: str
    unit: UnitFound | None
    continues: bool
    concealed: tuple[Concealed, ...] = ()

    @property
    def factor(self) -> int:
        """What the unit multiplies amounts by, as far as it is known yet."""
        return self.unit.unit.factor if self.unit else 1


def draft_table(
    file: str,
    number: int,
    cells: Cells,
    region: Region,
    answers: Answers,
    headers: dict[int, tuple[str, ...]] | None = None,
) -> TableDraft | None:
    """Understand one table by itself; None where it holds no figures at all.

    `headers` are the words above each column where the table goes on from another sheet.
    """
    laid = _laid_out(file, number, cells, region, answers, headers)
    if laid is None:
        return None
    draft = _read(laid, answers)
    if not draft.settled.contests:
        return draft
    contest = draft.settled.contests[0]
    readings = {
        candidate.answer: _read(laid, answers, candidate.verdicts) if candidate.verdicts else draft
        for candidate in contest.candidates
    }
    return best_reading(contest, readings, answers)


def _laid_out(
    file: str,
    number: int,
    cells: Cells,
    region: Region,
    answers: Answers,
    headers: dict[int, tuple[str, ...]] | None,
    header_key: str = "",
) -> _LaidOut | None:
    """Columns by their headers and cells; `header_key` is set where the officer has moved the header."""
    mended = mend(cells, region, file)
    columns = take_what_is_stated(columns_of(cells, region, headers), cells.sheet)
    key = header_key or f"header:{fingerprint(columns)}"
    moved = None if header_key else with_header(cells, region, answers.answered(key) or "")
    if moved is not None and moved != region:
        again = _laid_out(file, number, cells, moved, answers, None, key)
        if again is not None:
            return again
    if not any(c.role in (Role.AMOUNT, Role.RATE, Role.COUNT) for c in columns):
        return None
    known = unit_stated(cells.sheet)
    by_rows = taken_to_one_unit(cells, region, columns)
    unit = UnitFound(known, UnitSource.PACKAGE) if known else by_rows or unit_said(cells, region)
    in_units_of_their_column(cells, region, columns, unit.unit if unit else None)
    mark = fingerprint(columns)
    lines = concealed(file, cells, region, columns, mark, answers)
    blanked(cells, lines)
    return _LaidOut(
        file, number, cells, region, tuple(columns), mended, mark, key, unit, headers is not None, lines
    )


def _read(laid: _LaidOut, answers: Answers, assumed: Sequence[Verdict] = ()) -> TableDraft:
    """Read a table to its end; `assumed` is what one of several possible readings takes for granted."""
    cells, region, mark = laid.cells, laid.region, laid.mark
    settled = Settled(assumed=tuple(assumed))
    columns = _columns(laid, settled)
    pending = take_answers(columns, mark, answers)
    hear_columns(columns, settled, ANSWERED)
    splits = find_splits(cells, region, columns)
    directions = find_direction_column(cells, region, columns, amounts_of(columns))
    told_of_sides = answered_sides(mark, answers)
    rows = roles_of_rows(
        cells,
        region,
        columns,
        laid.factor,
        splits.of_row if splits else None,
        _answered_rows(mark, answers),
        left_out_by(directions, told_of_sides) | _unseen(laid),
        settled,
    )
    across = relate_columns(cells, region, columns, rows, laid.factor)
    columns = _across_by_rules(laid, columns, rows, across, settled)
    balances = _only_balances(columns, across)
    settled.directed_by = directions
    body = body_of(cells, region, columns, rows.labels, laid.factor)
    sides = read_sides(replace(body, told_of_sides=told_of_sides), settled)
    lines = np.flatnonzero(rows.roles == RowRole.LINE).astype(np.int32)
    draft = TableDraft(
        laid.file,
        laid.number,
        cells,
        region,
        columns,
        splits,
        rows,
        across,
        sides,
        laid.mended,
        laid.unit,
        mark,
        lines,
        continues=laid.continues,
        pending=pending,
        balances=balances,
        header_key=laid.header_key,
        settled=settled,
    )
    draft.problems += [some.problem for some in laid.concealed]
    draft.figures = _figures(draft)
    draft.alone = _only_totals(draft)
    draft.pending = [question for question in pending if not _adds_up(draft, question.key)]
    draft.pending += [
        one.question for one in laid.concealed if one.question and answers.answered(one.question.key) is None
    ]
    draft.pending += asked_of_side_columns(columns, sides, mark, answers)
    draft.pending += asked_of_memos(columns, mark)
    draft.pending += asked_of_sides(rows.labels, sides, mark)
    if directions is not None:
        draft.pending += asked_of_directions(directions, rows.labels, mark, told_of_sides)
    return draft


def _unseen(laid: _LaidOut) -> dict[int, Because]:
    """The body rows that are left out because they are hidden or struck through."""
    start = laid.region.body.start
    return {
        row - start: Reason.NOT_SEEN.of(some.what)
        for some in laid.concealed
        if some.left_out
        for row in some.rows
    }


def _columns(laid: _LaidOut, settled: Settled) -> list[Column]:
    """The columns, with what rules say of them."""
    columns = [replace(column) for column in laid.columns]
    assume(settled, ColumnAt)
    hear_columns(columns, settled, HEADERS)
    body = body_of(laid.cells, laid.region, columns, labels_of(laid.cells, laid.region, columns), laid.factor)
    hear(Needs.COLUMNS, body, settled)
    return columns_settled(columns, settled)


def _across_by_rules(
    laid: _LaidOut, columns: Sequence[Column], rows: Rows, across: Across, settled: Settled
) -> list[Column]:
    """Let rules speak of columns once it is known which are computed from others."""
    settled.relations.update(across.relations)
    settled.nothing_across = across.nothing
    hear(Needs.ACROSS, body_of(laid.cells, laid.region, columns, rows.labels, laid.factor), settled)
    columns = columns_settled(columns, settled)
    hear(Needs.MONEY_COLUMNS, body_of(laid.cells, laid.region, columns, rows.labels, laid.factor), settled)
    take_settled(rows, settled)
    return columns_settled(columns, settled)


def _figures(draft: TableDraft) -> dict[int, Places]:
    """The figures of each column over all body rows, exactly."""
    body, cells = draft.body, draft.cells
    return {
        column.index: exact(
            np.where(draft.filled(column.index), cells.numbers[body.start : body.stop, column.index], 0.0)
        )
        for column in draft.columns
        if column.role in OF_FIGURES
    }


def _only_totals(draft: TableDraft) -> dict[int, NDArray[np.bool_]]:
    """Lines on which a total across stands alone, its parts being blank: the money is in the total only."""
    kinds = draft.cells.kinds[draft.body.start : draft.body.stop]
    covered = {i for relation in draft.across.relations.values() for i in (*relation.plus, *relation.minus)}
    lines = draft.rows.roles == RowRole.LINE
    found = {}
    for relation in draft.across.relations.values():
        if relation.column not in covered and _sums_amounts(draft, relation):
            blank = ~(kinds[:, list(relation.plus)] == CellKind.NUMBER).any(axis=1)
            alone = (
                lines & draft.filled(relation.column) & (draft.figures[relation.column].whole != 0) & blank
            )
            if alone.any():
                found[relation.column] = np.asarray(alone)
    return found


def _sums_amounts(draft: TableDraft, relation: Relation) -> bool:
    """Whether a total across only adds up amounts of one year, none of them income."""
    by_index = {column.index: column for column in draft.columns}
    parts = [by_index[i] for i in relation.plus]
    sides = {draft.sides.of_column.get(i) for i in (relation.column, *relation.plus)}
    if relation.kind != RelationKind.SUM or relation.minus or INCOME_SIDE in sides:
        return False
    whole, amounts = by_index[relation.column].role, all(column.role is Role.AMOUNT for column in parts)
    return whole is Role.TOTAL and amounts and len({column.years for column in parts}) <= 1


def _adds_up(draft: TableDraft, key: str) -> bool:
    """Whether a column that is asked about adds up to a total of several of its lines: then it holds amounts."""
    for column in draft.columns:
        if column.role is not Role.AMOUNT or key != column_key(column, draft.fingerprint):
            continue
        whole = draft.figures[column.index].whole
        for i, total in draft.rows.totals.items():
            members = [int(whole[k]) for k in total.plus if whole[k]]
            computed = sum(members) - sum(int(whole[k]) for k in total.minus)
            if len(members) >= 2 and int(whole[i]) == computed and abs(computed) >= TELLING:
                return True
    return False


def _called_a_balance(column: Column) -> bool:
    return bool(words.BALANCE.search(column.name)) and not words.PHASE.search(column.name)


def _only_balances(columns: Sequence[Column], across: Across) -> bool:
    """Whether a table shows what is held at two dates, and the movements between them, and little else."""
    held = {column.index for column in columns if _called_a_balance(column)}
    related = [
        {relation.column, *relation.plus, *relation.minus}
        for relation in across.relations.values()
        if relation.column in held
    ]
    told: set[int] = set().union(*(parts for parts in related if len(held & parts) > 1))
    figures = sum(column.role in OF_FIGURES for column in columns)
    if told:
        # A return that ends with its reserves is a return all the same.
        return len(told) * 2 >= figures
    # Two dates beside little else say the same where what lies between them is not all shown.
    unproved = sum(column.index in held and column.role is Role.AMOUNT for column in columns)
    return unproved >= 2 and unproved * 2 >= figures


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
