"""A whole workbook: every table understood by itself, then together."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from budget_model.intake.files.amounts import Style
from budget_model.intake.files.cells import CellKind, Cells
from budget_model.intake.files.grid import Visibility, Workbook, column_name
from budget_model.intake.files.reading_limits import count, limit
from budget_model.intake.rules.accounted import account
from budget_model.intake.rules.alternatives import choices
from budget_model.intake.rules.choose import choose
from budget_model.intake.rules.currency import ask_of_units
from budget_model.intake.rules.draft import TableDraft
from budget_model.intake.rules.drafting import draft_table
from budget_model.intake.rules.finish import finished, questions_of
from budget_model.intake.rules.refuse import refusal, tables_without_money, topic
from budget_model.intake.sheet.answers import Answers
from budget_model.intake.sheet.points import typed_as_answered
from budget_model.intake.sheet.reason import Because
from budget_model.intake.sheet.regions import Region, find_regions
from budget_model.intake.sheet.roles import Role
from budget_model.intake.sheet.table import Question, Reading
from budget_model.intake.sheet.unit import UnitSource
from budget_model.intake.sheet.unit_found import (
    UnitFound,
    statements,
    unit_elsewhere,
    unit_guessed,
)
from budget_model.intake.sheet.units import Unit, unit_named
from budget_model.problem import Location, Problem, Severity

CELLS_OF_A_ROW: Final = count("whole", "cells_of_a_row")
FEWEST_COLUMNS_GOING_ON: Final = count("whole", "fewest_columns_going_on")
FILLED_COLUMN: Final = limit("whole", "filled_column")
SOME_OF_BOTH: Final = limit("whole", "some_of_both")


def understand_workbook(workbook: Workbook, given: Mapping[str, str]) -> Reading:
    """Find the tables of a workbook, read each, and decide what would be loaded."""
    answers = Answers(given)
    sheets = [typed_as_answered(sheet, answers) for sheet in workbook.sheets]
    regions = [find_regions(cells) for cells in sheets]
    drafts = _drafts(workbook.file, sheets, regions, answers)
    subject = topic(sheets)
    bare = [cells for cells, region in zip(sheets, regions, strict=True) if not region]
    stated = any(statements(cells, ()) for cells in bare)
    without_money = tables_without_money(drafts, subject, answers, stated=stated)
    _find_units(drafts, sheets, regions, answers, without_money)
    ask_of_units(drafts, without_money, answers)
    choice = choose(drafts, without_money, answers)
    undecided = any(key.startswith(("money:", "load:")) for key in answers.asked)
    refused = refusal(drafts, choice.chosen, subject, asked=undecided)
    counted, stray = account(sheets, regions, drafts, choice.aside)
    tables = []
    for k, draft in enumerate(drafts):
        before = set(answers.asked)
        if k in choice.chosen:
            questions_of(draft, answers)
        table = finished(draft, choice.aside.get(k), choice.checks.get(k, ()), ())
        quiet = answers if k in choice.chosen else Answers(given)
        measures, loaded = choices(draft, table.measures, quiet)
        asked = tuple(q for key, q in answers.asked.items() if key not in before or _about(key, draft))
        tables.append(
            replace(table, measures=measures, choice=loaded, questions=asked if k in choice.chosen else ())
        )
    return Reading(
        workbook.file,
        workbook.sha256,
        workbook.format,
        workbook.size,
        refused,
        tuple(tables),
        () if refused else tuple(choice.chosen),
        (*workbook.problems, *choice.problems, *_problems_of_sheets(workbook, sheets), *stray),
        () if refused else tuple(answers.asked.values()),
        workbook.notes,
        tuple(sorted(answers.heard)),
        counted,
    )


def _about(key: str, draft: TableDraft) -> bool:
    return draft.fingerprint in key


def _drafts(
    file: str, sheets: Sequence[Cells], regions: Sequence[Sequence[Region]], answers: Answers
) -> list[TableDraft]:
    drafts: list[TableDraft] = []
    for number, (cells, found) in enumerate(zip(sheets, regions, strict=True)):
        for region in found:
            headers = _headers_before(cells, region, drafts, number)
            draft = draft_table(file, number, cells, region, answers, headers)
            if draft is not None:
                drafts.append(draft)
    return drafts


def _headers_before(
    cells: Cells, region: Region, drafts: Sequence[TableDraft], number: int
) -> dict[int, tuple[str, ...]] | None:
    """The headers of the table on the sheet before, where this one goes on without any of its own."""
    if region.headers or not drafts or not _may_go_on(drafts[-1], number):
        return None
    before = drafts[-1]
    theirs = _filled(before.cells, before.body, [c.index for c in before.columns if c.role is not Role.EMPTY])
    mine = _filled(cells, region.body, range(region.left, region.right + 1))
    if len(theirs) != len(mine) or len(mine) < FEWEST_COLUMNS_GOING_ON:
        return None
    pairs = list(zip(theirs, mine, strict=True))
    if not all(_alike(before, column, cells, region.body, j) for column, j in pairs):
        return None
    parts = {column.index: column.parts for column in before.columns}
    return {j: parts[column] for column, j in pairs}


def _may_go_on(before: TableDraft, number: int) -> bool:
    """Whether a table stands on the sheet before and has a header, of its own or from before."""
    return before.number == number - 1 and bool(before.region.headers or before.continues)


def _filled(cells: Cells, body: range, columns: Iterable[int]) -> list[int]:
    return [j for j in columns if _share(cells, body, j) >= FILLED_COLUMN]


def _alike(before: TableDraft, column: int, cells: Cells, body: range, j: int) -> bool:
    """Whether two columns hold the same sort of thing."""
    same = _sort(before.cells, before.body, column) == _sort(cells, body, j)
    return same or _of_both(before.cells, before.body, column)


def _of_both(cells: Cells, body: range, j: int) -> bool:
    """Whether a column holds words and figures, as references do."""
    kinds = cells.kinds[body.start : body.stop, j]
    counts = (int((kinds == CellKind.TEXT).sum()), int((kinds == CellKind.NUMBER).sum()))
    return min(counts) >= 2 and min(counts) >= SOME_OF_BOTH * sum(counts)


def _share(cells: Cells, body: range, j: int) -> float:
    rows = cells.kinds[body.start : body.stop]
    filled = (rows != CellKind.EMPTY).sum(axis=1) >= CELLS_OF_A_ROW
    return float((rows[filled, j] != CellKind.EMPTY).mean()) if filled.any() else 0.0


def _sort(cells: Cells, body: range, j: int) -> str:
    kinds = cells.kinds[body.start : body.stop, j]
    counts = {
        "figures": int(((kinds == CellKind.NUMBER) | (kinds == CellKind.PERCENT)).sum()),
        "words": int((kinds == CellKind.TEXT).sum()),
        "dates": int((kinds == CellKind.DATE).sum()),
    }
    return max(counts, key=lambda sort: counts[sort])


def _find_units(
    drafts: Sequence[TableDraft],
    sheets: Sequence[Cells],
    regions: Sequence[Sequence[Region]],
    answers: Answers,
    without_money: Mapping[int, Because],
) -> None:
    """Give every table its unit: from its own words, its neighbours', or a guess to be confirmed."""
    guesses = _Guesses(answers)
    with_money = {draft.number for draft in drafts if draft.amounts()}
    said = {
        n: statements(cells, region if n in with_money else ())
        for n, (cells, region) in enumerate(zip(sheets, regions, strict=True))
    }
    for k, draft in enumerate(drafts):
        answered = answers.answered(f"unit:{draft.fingerprint}")
        if draft.unit is not None and not answered:
            continue
        own = _sure_units(drafts[:k], draft.number) or [*said.get(draft.number, [])]
        elsewhere = {n: units for n, units in said.items() if n != draft.number and n not in with_money}
        others = [(sheets[n].sheet.name, unit) for n, units in elsewhere.items() for unit in units]
        unit_found = None if answered else unit_elsewhere(draft.cells, draft.region, others, own)
        if unit_found is None and draft.continues:
            unit_found = drafts[k - 1].unit
        draft.unit = unit_found or guesses.of(draft, asking=k not in without_money and draft.visible)


def _sure_units(drafts: Sequence[TableDraft], number: int) -> list[Unit]:
    """The units of the tables above on the same sheet that say theirs, but for pence."""
    known = [draft.unit for draft in drafts if draft.number == number and draft.unit and draft.unit.sure]
    return [unit_found.unit for unit_found in known if unit_found.source is not UnitSource.PENCE]


@dataclass(frozen=True, slots=True)
class _Guesses:
    """Units that are guessed; one question serves all tables of a workbook for which the same is guessed."""

    answers: Answers
    first: dict[str, str] = field(default_factory=dict)
    """For each guess the first question that asks it."""

    def of(self, draft: TableDraft, *, asking: bool) -> UnitFound:
        """The unit of a table as it is guessed or answered; `asking` where the officer may be asked."""
        if self.answers.answered(f"unit:{draft.fingerprint}"):
            # What was answered here is the answer for the others of which the same is guessed.
            for key, question in _guessed(draft, {})[1].items():
                self.first.setdefault(question.best, key)
        found, asked = _guessed(draft, self.answers.given)
        for key, question in asked.items() if asking else ():
            first = self.first.setdefault(question.best, key)
            answer = self.answers.answered(first)
            if answer is None:
                self.answers.asked.setdefault(first, question)
            elif answer and first != key:
                found = UnitFound(unit_named(answer), UnitSource.OFFICER)
        return found


def _guessed(draft: TableDraft, given: Mapping[str, str]) -> tuple[UnitFound, Mapping[str, Question]]:
    """The unit of a table by its figures and words, with what would be asked."""
    quiet = Answers(given)
    unit_found = unit_guessed(
        draft.cells, draft.region, draft.columns, quiet, draft.fingerprint, draft.where()
    )
    return unit_found, quiet.asked


def _problems_of_sheets(workbook: Workbook, sheets: Sequence[Cells]) -> list[Problem]:
    """What holds for whole sheets: figures that can be read in two ways, formulas without a result."""
    problems = []
    for cells in sheets:
        sheet = cells.sheet
        if not cells.style_sure:
            problems.append(
                Problem(
                    Location(workbook.file, sheet.name or None),
                    "Figures such as '1.234' may mean one thousand two hundred and thirty-four or one and a fraction; they were "
                    f"read as {'thousands' if cells.style is Style.CONTINENTAL else 'fractions'}.",
                    "Write them without points, or with two places.",
                    Severity.WARNING,
                    "points-in-figures",
                )
            )
        if sheet.facts.uncalculated and sheet.visibility is Visibility.VISIBLE:
            (row, column), _ = min(sheet.facts.uncalculated.items())
            problems.append(
                Problem(
                    Location(workbook.file, sheet.name or None, row + 1, column_name(column)),
                    f"{len(sheet.facts.uncalculated)} formulas on this sheet hold no result; they were read as missing.",
                    "Open the workbook, let it calculate, save it and send it again.",
                    Severity.WARNING,
                    "formulas-without-results",
                )
            )
    return problems
