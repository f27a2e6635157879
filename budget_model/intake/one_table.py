"""Understand one table: from its place on the sheet to its columns, rows, unit, measures and checks."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from budget_model.intake import words
from budget_model.intake.across import Across, relate_columns
from budget_model.intake.cells import Cells, Kind
from budget_model.intake.columns import Column, Role, columns_of
from budget_model.intake.exact import exact
from budget_model.intake.grid import Range, Visibility, column_name
from budget_model.intake.regions import Region
from budget_model.intake.rows import RowRole, Rows, roles_of_rows
from budget_model.intake.splits import Splits, find_splits
from budget_model.intake.table import Check, ColumnSeen, Figures, Measure, Table, Words
from budget_model.intake.totals import Total
from budget_model.intake.units import Unit
from budget_model.problem import Place, Problem, Severity

MOST_CHECKS = 4000


@dataclass(slots=True)
class Draft:
    """A table while it is being understood."""

    cells: Cells
    region: Region
    columns: list[Column]
    rows: Rows
    across: Across
    splits: Splits | None
    unit: Unit
    unit_from: str


def understand_table(
    cells: Cells, number: int, region: Region, unit: Unit | None, unit_from: str, file: str
) -> Table | None:
    """Read one table; None where it holds no figures that could be amounts, rates or counts."""
    columns = columns_of(cells, region)
    if not any(c.role in (Role.AMOUNT, Role.RATE, Role.COUNT) for c in columns):
        return None
    splits = find_splits(cells, region, columns)
    factor = unit.factor if unit else 1
    rows = roles_of_rows(cells, region, columns, factor, splits.of_row if splits else None)
    across = relate_columns(cells, region, columns, rows, factor)
    draft = Draft(cells, region, columns, rows, across, splits, unit or Unit(), unit_from)
    return _table(draft, number, unit, file)


def _table(draft: Draft, number: int, unit: Unit | None, file: str) -> Table:
    cells, region, columns, rows = draft.cells, draft.region, draft.columns, draft.rows
    body = region.body
    lines = np.flatnonzero(rows.roles == RowRole.LINE).astype(np.int32)
    lines = lines[~np.isin(lines, list(rows.parts))] if rows.parts else lines
    figures = {c.index: _figures(cells, body, lines, c.index) for c in columns if c.role in (Role.AMOUNT, Role.TOTAL, Role.MEMO)}
    measures = tuple(_measures(draft, lines, figures))
    headings, paths = _headings(draft, lines)
    described = [c for c in columns if c.role in (Role.WORDS, Role.CODE, Role.DATE, Role.YEAR)]
    wordings = tuple(_wording(cells, body, lines, c) for c in described)
    sheet = cells.sheet
    return Table(
        sheet=sheet.name,
        sheet_number=number,
        visible=sheet.visibility is Visibility.VISIBLE,
        extent=Range(region.top, region.left, region.bottom, region.right),
        header_rows=tuple(row + 1 for row in region.headers),
        titles=tuple(_row_text(cells, row, region) for row in region.titles),
        unit=unit,
        unit_from=draft.unit_from,
        columns=tuple(ColumnSeen(c.letter, c.name, str(c.role), c.reason) for c in columns),
        measures=measures,
        fingerprint=fingerprint(columns),
        first_row=body.start,
        roles=rows.roles,
        reasons={**rows.reasons, **{i: _why(draft, total) for i, total in rows.totals.items()}},
        line_rows=lines,
        figures=figures,
        words=wordings,
        headings=headings,
        heading_paths=paths,
        sides=np.zeros(len(lines), np.uint8),
        splits=draft.splits.of_row[lines] if draft.splits else None,
        split_names=draft.splits.names if draft.splits else (),
        description_column=_description(draft, wordings),
        code_column=_code(wordings),
        body_column=_body(wordings),
        checks=tuple(_checks(draft, lines)),
        problems=tuple(_problems(draft, file)),
    )


def fingerprint(columns: Sequence[Column]) -> str:
    """What stays the same from year to year in a layout: the words of its headers without years."""
    said = "|".join("".join(ch for ch in c.name.casefold() if ch.isalpha()) for c in columns)
    return hashlib.sha256(said.encode()).hexdigest()[:12]


def _row_text(cells: Cells, row: int, region: Region) -> str:
    del region
    return " ".join(text for j in range(cells.width) if (text := cells.text(row, j)))


def _figures(cells: Cells, body: range, lines: NDArray[np.int32], j: int) -> Figures:
    numbers = cells.numbers[body.start : body.stop, j][lines]
    filled = (cells.kinds[body.start : body.stop, j] == Kind.NUMBER)[lines]
    taken = exact(np.where(filled, numbers, 0.0))
    return Figures(taken.whole, filled, taken.places)


def _wording(cells: Cells, body: range, lines: NDArray[np.int32], column: Column) -> Words:
    index: dict[str, int] = {}
    codes = np.fromiter(
        (index.setdefault(cells.text(body.start + int(i), column.index), len(index)) for i in lines), np.int32, len(lines)
    )
    return Words(column.letter, column.name, str(column.role), codes, tuple(index))


def _measures(draft: Draft, lines: NDArray[np.int32], figures: dict[int, Figures]) -> list[Measure]:
    found = []
    for column in draft.columns:
        if column.role not in (Role.AMOUNT, Role.TOTAL, Role.MEMO, Role.RATE, Role.COUNT):
            continue
        unit = _unit_of(column, draft)
        year = column.years[-1] if len(column.years) == 1 else None
        name = column.name or f"column {column.letter}"
        role = {Role.COUNT: "memo"}.get(column.role, str(column.role))
        base = Measure(column.index, name, role, column.reason, unit, year)
        if column.index not in figures:
            some = int(np.isfinite(draft.cells.numbers[draft.region.body.start : draft.region.body.stop, column.index]).sum())
            found.append(replace(base, lines=some))
            continue
        if draft.splits is None:
            found.append(_added(base, figures[column.index], None))
            continue
        parts = draft.splits.of_row[lines]
        for split, said in enumerate(draft.splits.names):
            one = replace(base, name=f"{name} {said}".strip(), year=draft.splits.years[split] or year, split=split, choice=said)
            if words.DIFFERENCE.search(said) and one.role == str(Role.AMOUNT):
                one = replace(one, role=str(Role.MEMO), reason="its rows are the change between two others")
            found.append(_added(one, figures[column.index], parts == split))
    return found


def _added(measure: Measure, figures: Figures, where: NDArray[np.bool_] | None) -> Measure:
    filled = figures.filled if where is None else figures.filled & where
    total = Decimal(int(figures.whole[filled].sum())).scaleb(-figures.places) * measure.unit.factor
    return replace(measure, lines=int(filled.sum()), total=total)


def _unit_of(column: Column, draft: Draft) -> Unit:
    unit = draft.unit
    if column.unit:
        # A lone £ in a header names the currency; a title that says thousands still counts.
        factor = column.unit.factor if column.unit.factor != 1 or draft.unit_from != "title" else unit.factor
        return Unit(column.unit.currency or unit.currency, factor)
    return unit


def _headings(draft: Draft, lines: NDArray[np.int32]) -> tuple[NDArray[np.int32], tuple[tuple[str, ...], ...]]:
    """The headings above each line, outermost first: headings that follow each other are nested."""
    rows = draft.rows
    paths: dict[tuple[str, ...], int] = {(): 0}
    above = np.zeros(len(rows.roles), np.int32)
    current: list[str] = []
    before = RowRole.BLANK
    for i, role in enumerate(rows.roles):
        if role == RowRole.HEADING:
            text = _heading_text(draft, i)
            current = [*current, text] if before == RowRole.HEADING else [text]
            before = RowRole.HEADING
        elif role in (RowRole.LINE, RowRole.TOTAL):
            before = RowRole.LINE
        above[i] = paths.setdefault(tuple(current[-4:]), len(paths))
    return above[lines], tuple(paths)


def _heading_text(draft: Draft, i: int) -> str:
    row = draft.rows.start + i
    return next((t for j in range(draft.region.left, draft.region.right + 1) if (t := draft.cells.text(row, j))), "")


def _description(draft: Draft, wordings: Sequence[Words]) -> str | None:
    wordy = [one for one in wordings if one.role == str(Role.WORDS)]
    named = words._any_of(r"\bdescription\b", r"\bservices?\b", r"\bdetails?\b", r"\bpurpose\b", r"\bname\b", r"\bitem\b", r"\bdescr\b", r"\btitle\b", r"\bcategory\b", r"\bexpense type\b", r"\bdescripcion\b", r"\bactivity\b", r"\bprogramme\b")  # fmt: skip
    if not wordy:
        return next((one.letter for one in wordings), None)
    first_amount = next((c.index for c in draft.columns if c.role is Role.AMOUNT), draft.region.right)
    before = [one for one in wordy if _index(one.letter) < first_amount] or wordy
    hinted = [one for one in before if named.search(one.name)]
    return max(hinted or before, key=lambda one: (len(one.texts), one.letter)).letter


def _index(letter: str) -> int:
    index = 0
    for one in letter:
        index = index * 26 + ord(one) - 64
    return index - 1


def _code(wordings: Sequence[Words]) -> str | None:
    codes = [one for one in wordings if one.role == str(Role.CODE)]
    return max(codes, key=lambda one: (bool(words._any_of(r"code").search(one.name)), len(one.texts))).letter if codes else None


def _body(wordings: Sequence[Words]) -> str | None:
    for one in wordings:
        if one.role == str(Role.WORDS) and len(one.texts) >= 20 and words.BODY_HEADER.search(one.name):
            return one.letter
    return None


def _label(draft: Draft, i: int) -> str:
    return draft.rows.labels[i] or f"row {draft.rows.start + i + 1}"


def _why(draft: Draft, total: Total) -> str:
    def named(rows: Sequence[int]) -> str:
        numbers = sorted(draft.rows.start + i + 1 for i in rows)
        if len(numbers) == 1:
            return f"row {numbers[0]}"
        run = numbers[-1] - numbers[0] + 1 == len(numbers)
        return f"rows {numbers[0]} to {numbers[-1]}" if run else f"{len(numbers)} rows between {numbers[0]} and {numbers[-1]}"

    said = f"{total.why} {named(total.plus)}"
    return f"{said} less {named(total.minus)}" if total.minus else said


def _checks(draft: Draft, lines: NDArray[np.int32]) -> list[Check]:
    """Every printed total of the table's rows beside the lines that it covers."""
    del lines
    rows, body = draft.rows, draft.region.body
    columns = [c for c in draft.columns if c.role in (Role.AMOUNT, Role.TOTAL, Role.MEMO)]
    taken = {c.index: _figures(draft.cells, body, np.arange(len(body), dtype=np.int32), c.index) for c in columns}
    found: list[Check] = []
    for i, total in sorted(rows.totals.items()):
        plus, minus = _lines_below(rows, total)
        for c in columns:
            figures = taken[c.index]
            if not figures.filled[i] or len(found) >= MOST_CHECKS:
                continue
            factor = _unit_of(c, draft).factor
            computed = int(figures.whole[list(plus)].sum()) - (int(figures.whole[list(minus)].sum()) if minus else 0)
            found.append(
                Check(
                    f"{_label(draft, i)}, {c.name or 'column ' + c.letter} (cell {c.letter}{body.start + i + 1})",
                    Decimal(int(figures.whole[i])).scaleb(-figures.places) * factor,
                    Decimal(computed).scaleb(-figures.places) * factor,
                )
            )
    return found


def _lines_below(rows: Rows, total: Total) -> tuple[list[int], list[int]]:
    """The lines that a total comes down to, those added and those taken off."""
    plus: list[int] = []
    minus: list[int] = []
    waiting = [(i, 1) for i in total.plus] + [(i, -1) for i in total.minus]
    while waiting:
        i, sign = waiting.pop()
        inner = rows.totals.get(i)
        if inner is None:
            (plus if sign > 0 else minus).append(i)
        else:
            waiting += [(k, sign) for k in inner.plus] + [(k, -sign) for k in inner.minus]
    return plus, minus


def _problems(draft: Draft, file: str) -> list[Problem]:
    found: list[Problem] = []
    rows, sheet = draft.rows, draft.cells.sheet.name
    for i, total in sorted(rows.totals.items()):
        if total.off:
            found.append(
                Problem(
                    Place(file, sheet, rows.start + i + 1),
                    f"The printed total '{_label(draft, i)}' disagrees with the lines it covers in "
                    f"{len(total.off)} column{'s' if len(total.off) > 1 else ''}.",
                    "Compare both figures in the checks, and correct the one that is wrong.",
                    Severity.WARNING,
                    "total-disagrees",
                )
            )
    for i, why in sorted(rows.doubts.items()):
        if rows.roles[i] == RowRole.LINE:
            found.append(
                Problem(
                    Place(file, sheet, rows.start + i + 1),
                    f"'{_label(draft, i)}' is counted as a line, but {why}.",
                    "Say whether it is a total or a line.",
                    Severity.WARNING,
                    "perhaps-a-total",
                )
            )
    return found


__all__ = ["Draft", "Mapping", "column_name", "fingerprint", "understand_table"]
