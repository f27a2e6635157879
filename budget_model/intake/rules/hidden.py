"""What a person who opens the workbook does not see: lines hidden, struck through or white on white, hidden columns, lost signs.

Nothing hidden is loaded, or left out, in silence. A printed total decides whether hidden lines count, where it adds
up with them or without them; where it does not, the officer is asked.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from budget_model.intake.files.cells import CellKind, Cells
from budget_model.intake.files.grid import column_name
from budget_model.intake.files.reading_limits import count, limit
from budget_model.intake.rules.draft import TableDraft
from budget_model.intake.sheet import words
from budget_model.intake.sheet.answers import Answers
from budget_model.intake.sheet.columns import Column, amounts_of
from budget_model.intake.sheet.regions import Region
from budget_model.intake.sheet.roles import Role
from budget_model.intake.sheet.table import Question
from budget_model.problem import Location, Problem, Severity

LOAD, LEAVE = "load them", "leave them out"
HIDDEN, STRUCK, BLENDED = "hidden", "struck through", "in the colour of what they stand on"
_KEYS: Final = {HIDDEN: "hidden", STRUCK: "struck", BLENDED: "blended"}
SHOWN_WHOLE: Final = limit("hidden", "shown_whole")
SHOWN_IN_PLACES: Final = limit("hidden", "shown_in_places")
MOST_LISTED: Final = count("hidden", "most_listed")


@dataclass(frozen=True, slots=True)
class Concealed:
    """Lines with amounts that are hidden, struck through or in the colour of their background, and what becomes of them."""

    what: str
    rows: tuple[int, ...]
    """Rows of the sheet, counted from 0."""
    left_out: bool
    question: Question | None
    problem: Problem


def concealed(
    file: str, cells: Cells, region: Region, columns: Sequence[Column], mark: str, answers: Answers
) -> tuple[Concealed, ...]:
    """The lines of a table that are hidden, struck through or blended, each kind with what a total or the officer says of it."""
    facts = cells.sheet.facts
    if not (facts.hidden_rows or facts.struck_cells or facts.blended_cells):
        return ()
    amounts = amounts_of(columns)
    labels = [column.index for column in columns if column.role in (Role.WORDS, Role.CODE)][:2]
    struck = {row for row, column in facts.struck_cells if column in (*amounts, *labels)}
    found = []
    blended = {row for row, column in facts.blended_cells if column in amounts}
    for what, rows in ((HIDDEN, facts.hidden_rows), (STRUCK, struck), (BLENDED, blended - facts.hidden_rows)):
        lines = tuple(row for row in region.body if row in rows and _holds_amount(cells, row, amounts))
        if lines:
            found.append(_decided(file, cells, region, amounts, mark, answers, what, lines))
    return tuple(found)


def _holds_amount(cells: Cells, row: int, amounts: Sequence[int]) -> bool:
    return bool((cells.kinds[row, list(amounts)] == CellKind.NUMBER).any())


def _decided(
    file: str,
    cells: Cells,
    region: Region,
    amounts: Sequence[int],
    mark: str,
    answers: Answers,
    what: str,
    lines: tuple[int, ...],
) -> Concealed:
    key = f"{_KEYS[what]}:{mark}"
    counted = _counted_by_a_total(cells, region, amounts, frozenset(lines))
    best = LEAVE if counted is False or (counted is None and what != HIDDEN) else LOAD
    many, are = _named_lines(lines), "are" if len(lines) > 1 else "is"
    worth = _worth(cells, amounts, lines)
    where = f"sheet '{cells.sheet.name}'" if cells.sheet.name else "this file"
    question = Question(
        key,
        f"{many} of {where} {are} {what}{_by_filter(what)}, with {worth} in "
        f"column {column_name(amounts[0])}. Are they part of the budget?",
        best,
        _reason(what, counted),
        (best, LEAVE if best == LOAD else LOAD),
    )
    answer = answers.answered(key)
    left_out = (answer or best) == LEAVE
    asked = question if counted is not True else None
    told = "left out" if left_out else "loaded"
    problem = Problem(
        Location(file, cells.sheet.name or None, lines[0] + 1),
        f"{many} {are} {what}{_by_filter(what)}, with {worth} in column "
        f"{column_name(amounts[0])}; they were {told}, since {_reason(what, counted)}.",
        "Answer the question whether they are part of the budget." if asked else "Nothing to do.",
        Severity.WARNING if asked else Severity.NOTE,
        f"{_KEYS[what]}-lines",
    )
    return Concealed(what, lines, left_out, asked, problem)


def _named_lines(lines: tuple[int, ...]) -> str:
    """Some lines by number and row, the first of many: '2 lines (rows 4, 7)'."""
    listed = ", ".join(str(row + 1) for row in lines[:MOST_LISTED])
    more = " …" if len(lines) > MOST_LISTED else ""
    s = "s" if len(lines) > 1 else ""
    return f"{len(lines)} line{s} (row{s} {listed}{more})"


def _by_filter(what: str) -> str:
    return " by hand or by a filter" if what == HIDDEN else ""


def _reason(what: str, counted: bool | None) -> str:
    if counted is None:
        return f"no printed total tells{_AS_A_RULE[what]}"
    return "the printed total counts them" if counted else "the printed total leaves them out"


_AS_A_RULE: Final = {
    HIDDEN: "",
    STRUCK: ", and what is struck through is as a rule deleted",
    BLENDED: ", and nobody who reads the sheet sees it",
}


def _worth(cells: Cells, amounts: Sequence[int], lines: Sequence[int]) -> str:
    figures = cells.numbers[list(lines), amounts[0]]
    return f"{float(np.nansum(figures)):,.2f}".removesuffix(".00")


def _counted_by_a_total(
    cells: Cells, region: Region, amounts: Sequence[int], lines: frozenset[int]
) -> bool | None:
    """Whether a printed total is the sum with some lines, or without them; None where neither holds."""
    first = min(amounts, default=region.left)
    totals = [row for row in region.body if row not in lines and _is_total(cells, row, first)]
    others = [row for row in region.body if row not in totals]
    for row in reversed(totals):
        for j in amounts:
            if cells.kinds[row, j] != CellKind.NUMBER:
                continue
            printed = cells.numbers[row, j]
            of_all = _sum(cells, others, j)
            of_seen = _sum(cells, [other for other in others if other not in lines], j)
            if abs(of_all - of_seen) > SLACK:
                if abs(printed - of_all) <= SLACK:
                    return True
                if abs(printed - of_seen) <= SLACK:
                    return False
    return None


SLACK: Final = limit("hidden", "slack")


def _is_total(cells: Cells, row: int, first: int) -> bool:
    texts = (cells.text(row, j) for j in range(first) if cells.kinds[row, j] == CellKind.TEXT)
    return any(words.TOTAL.search(text) for text in texts)


def _sum(cells: Cells, rows: Sequence[int], j: int) -> float:
    at = [row for row in rows if cells.kinds[row, j] == CellKind.NUMBER]
    return float(cells.numbers[at, j].sum()) if at else 0.0


def blanked(cells: Cells, lines: Iterable[Concealed]) -> frozenset[int]:
    """Take the lines that are left out of what is read; the cells of the file stay as they are. Gives their rows."""
    rows = frozenset(row for some in lines if some.left_out for row in some.rows)
    for row in rows:
        cells.kinds[row] = CellKind.EMPTY
        cells.numbers[row] = np.nan
    return rows


# What else cannot be seen

_SIGN_OR_BRACKET = re.compile(r"[-−(]|\[Red\]|\[Color|\[Rouge|\[Rot", re.IGNORECASE)
_LITERALS = re.compile(r'"[^"]*"|\\.|_.|\*.')
MOST_LOOKED_AT: Final = count("hidden", "most_looked_at")


def hides_a_minus(number_format: str) -> bool:
    """Whether a number format shows a figure below zero like one above it, or not at all.

    >>> hides_a_minus("#,##0;#,##0"), hides_a_minus("#,##0;(#,##0)"), hides_a_minus("#,##0"), hides_a_minus("0;;0")
    (True, False, False, True)
    """
    sections = number_format.split(";")
    if len(sections) < 2 or sections[0].lower() in ("general", "@"):
        return False
    negative = sections[1]
    return not _SIGN_OR_BRACKET.search(_LITERALS.sub(_kept_sign, negative))


def _kept_sign(match: re.Match[str]) -> str:
    return "-" if re.search(r"[-−(]|cr", match[0], re.IGNORECASE) and match[0][0] != "_" else ""


def hides_the_figure(number_format: str) -> bool:
    """Whether a number format shows nothing of a figure above zero.

    >>> hides_the_figure(";;;"), hides_the_figure("#,##0;;"), hides_the_figure("General"), hides_the_figure("@")
    (True, False, False, False)
    """
    first, *others = number_format.split(";")
    return bool(others) and not re.search(r"[0#?@]|general", _LITERALS.sub("", first), re.IGNORECASE)


def unseen(draft: TableDraft) -> Iterable[Problem]:
    """Hidden columns of amounts, figures and minus signs that a number format hides, and codes that became powers of ten."""
    yield from _hidden_columns(draft)
    yield from _hidden_signs(draft)
    yield from _hidden_figures(draft)
    yield from _powers_of_ten(draft)


def _hidden_columns(draft: TableDraft) -> Iterable[Problem]:
    hidden = [c for c in draft.amounts() if c.index in draft.cells.sheet.facts.hidden_columns]
    if hidden:
        listed = ", ".join(f"{c.letter}{f' ({c.name})' if c.name else ''}" for c in hidden[:MOST_LISTED])
        yield Problem(
            Location(draft.file, draft.sheet or None, None, hidden[0].letter),
            f"{'Columns' if len(hidden) > 1 else 'Column'} {listed} {'are' if len(hidden) > 1 else 'is'} hidden and "
            f"{'hold' if len(hidden) > 1 else 'holds'} amounts.",
            "Make sure that what is loaded is the column that is meant.",
            Severity.WARNING,
            "hidden-columns",
        )


def _hidden_signs(draft: TableDraft) -> Iterable[Problem]:
    formats, cells = draft.cells.sheet.facts.number_formats, draft.cells
    known: dict[str, bool] = {}
    found = []
    for column in draft.amounts():
        for row in draft.body[:MOST_LOOKED_AT]:
            if not cells.numbers[row, column.index] < 0:
                continue
            told = formats.get((row, column.index), "")
            if told and known.setdefault(told, hides_a_minus(told)):
                found.append((row, column.index))
    if found:
        row, j = found[0]
        yield Problem(
            Location(draft.file, draft.sheet or None, row + 1, column_name(j)),
            f"{len(found)} amount{'s are' if len(found) > 1 else ' is'} negative, but the number format hides the minus "
            f"sign, first {column_name(j)}{row + 1} ({cells.numbers[row, j]:,.2f}); "
            f"{'they were' if len(found) > 1 else 'it was'} read as negative.",
            "Compare with the sheet as printed: the sign cannot be seen there.",
            Severity.WARNING,
            "hidden-minus",
        )


def _hidden_figures(draft: TableDraft) -> Iterable[Problem]:
    formats, cells = draft.cells.sheet.facts.number_formats, draft.cells
    known = {told: hides_the_figure(told) for told in set(formats.values())}
    if not any(known.values()):
        return
    at = [
        (row, column.index)
        for column in draft.amounts()
        for row in draft.body[:MOST_LOOKED_AT]
        if known.get(formats.get((row, column.index), "")) and cells.numbers[row, column.index] > 0
    ]
    if at:
        row, j = at[0]
        yield Problem(
            Location(draft.file, draft.sheet or None, row + 1, column_name(j)),
            f"{len(at)} amount{'s' if len(at) > 1 else ''} cannot be seen, since the number format shows nothing, first "
            f"{column_name(j)}{row + 1} ({cells.numbers[row, j]:,.2f}); {'they were' if len(at) > 1 else 'it was'} loaded.",
            "Make sure that they are meant to be part of the budget.",
            Severity.WARNING,
            "hidden-figures",
        )


_POWER = re.compile(r"-?\d(?:[.,]\d{1,5})?E[+-]?\d{1,3}", re.IGNORECASE)


def _may_show_powers(draft: TableDraft, column: Column) -> bool:
    """Whether a column's body holds texts, or figures so large or so small that they are shown with a power of ten.

    Of a long column of other figures no text has to be made to know that.
    """
    cells = draft.cells
    if cells.holds_texts(column.index, draft.body):
        return True
    sizes = np.abs(cells.numbers[:, column.index])
    with np.errstate(invalid="ignore"):
        return bool(((sizes >= SHOWN_WHOLE) | ((sizes > 0) & (sizes < SHOWN_IN_PLACES))).any())


def _powers_of_ten(draft: TableDraft) -> Iterable[Problem]:
    for column in draft.columns:
        if column.role is Role.EMPTY or not _may_show_powers(draft, column):
            continue
        coded = draft.cells.coded(column.index)
        powers = {
            code for code, text in enumerate(coded.texts) if text[-1:].isdigit() and _POWER.fullmatch(text)
        }
        if not powers:
            continue
        body = draft.body
        at = [row for row in body if int(coded.codes[row]) in powers]
        if not at:
            continue
        figures = column.role in (Role.AMOUNT, Role.TOTAL, Role.MEMO)
        what = (
            "rounded to the digits that are shown"
            if figures
            else "codes that a spreadsheet has turned into numbers"
        )
        yield Problem(
            Location(draft.file, draft.sheet or None, at[0] + 1, column.letter),
            f"{len(at)} cell{'s' if len(at) > 1 else ''} of column {column.letter} "
            f"{'are' if len(at) > 1 else 'is'} in scientific notation, first {column.letter}{at[0] + 1} "
            f"'{draft.cells.text(at[0], column.index)}': {what}.",
            "Export the file again with that column as text."
            if not figures
            else "Compare the total with your own.",
            Severity.WARNING,
            "scientific-notation",
        )
