"""A table as it is handed on: small, frozen, and able to explain itself."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from budget_model.intake.files.cells import CellKind, present
from budget_model.intake.files.grid import Range, column_index
from budget_model.intake.files.packed import pack
from budget_model.intake.files.reading_limits import count, limit
from budget_model.intake.rules.body import row_marks
from budget_model.intake.rules.checks import checks_of, problems_of, why
from budget_model.intake.rules.currency import ask_of_the_whole
from budget_model.intake.rules.draft import TableDraft, measures_of
from budget_model.intake.rules.explain import heard
from budget_model.intake.sheet import words
from budget_model.intake.sheet.answers import Answers, slug
from budget_model.intake.sheet.columns import Column
from budget_model.intake.sheet.reason import Because
from budget_model.intake.sheet.roles import Minus, Role, RowRole
from budget_model.intake.sheet.string_words import string_named
from budget_model.intake.sheet.table import Check, ColumnSeen, Figures, Question, SheetTable, Words
from budget_model.intake.sheet.unit import UnitSource

MOST_HEADINGS: Final = count("finish", "most_headings")
BLANK_BELOW: Final = limit("finish", "blank_below")
BLANK_LABELS: Final = limit("finish", "blank_labels")
LABELLED_FURTHER_RIGHT: Final = limit("finish", "labelled_further_right")
FEWEST_BODIES_HEADED: Final = count("finish", "fewest_bodies_headed")
FEWEST_BODIES: Final = count("finish", "fewest_bodies")
NAMED_AS_BODIES: Final = limit("finish", "named_as_bodies")

SHOWN: Final = count("finish", "shown")


def finished(
    draft: TableDraft, aside: Because | None, more: Sequence[Check], questions: Sequence[Question]
) -> SheetTable:
    """Put a draft into its final form."""
    lines = draft.lines
    described = [c for c in draft.columns if c.role in _TELLING or _says_a_string(c)]
    wordings = tuple(_wording(draft, column) for column in described)
    naming = tuple(one for one in wordings if not string_named(one.name))
    headings, paths = _headings(draft)
    sides = draft.sides
    return SheetTable(
        sheet=draft.sheet,
        sheet_number=draft.number,
        visible=draft.visible,
        extent=Range(draft.region.top, draft.region.left, draft.region.bottom, draft.region.right),
        header_rows=tuple(sorted(row + 1 for row in draft.region.headers)),
        titles=tuple(_row_text(draft, row) for row in draft.region.titles),
        unit=draft.unit_stored(),
        unit_from=draft.unit.said_by if draft.unit else "",
        unit_guessed=draft.unit is not None and draft.unit.source is UnitSource.GUESS,
        columns=tuple(ColumnSeen(c.letter, c.name, str(c.role), str(c.reason)) for c in draft.columns),
        measures=tuple(measures_of(draft)),
        fingerprint=draft.fingerprint,
        first_row=draft.body.start,
        roles=pack(draft.rows.roles),
        reasons=_reasons(draft),
        line_rows=pack(lines),
        figures={
            index: Figures(pack(places.whole[lines]), pack(draft.loaded(index)[lines]), places.places)
            for index, places in draft.figures.items()
        },
        words=wordings,
        headings=pack(headings),
        heading_paths=paths,
        sides=pack(sides.of_row[lines]),
        income_is_negative=sides.minus is Minus.ON_INCOME,
        turned=pack(sides.turned[lines]),
        expenditure_is_negative=sides.minus is Minus.ON_EXPENDITURE,
        side_of_column={index: int(side) for index, side in sides.of_column.items()},
        negative_columns=tuple(sorted(sides.negative_columns)),
        splits=pack(draft.splits.of_row[lines] + 1) if draft.splits else None,
        split_names=draft.splits.names if draft.splits else (),
        year=_year(draft),
        body_column=_body(naming),
        description_column=_description(draft, naming),
        code_column=_code(wordings),
        moved={f"{row}:{column}": really for (row, column), really in draft.mended.really.items()},
        checks=(*checks_of(draft), *more),
        problems=tuple(problems_of(draft)),
        questions=tuple(questions),
        sample=_sample(draft),
        header_key=draft.header_key,
        row_keys=_row_keys(draft),
        heard=heard(draft, set(_shown(draft))),
        set_aside=str(aside) if aside else None,
    )


_TELLING: Final = (Role.WORDS, Role.CODE, Role.DATE, Role.YEAR)


def _says_a_string(column: Column) -> bool:
    """Whether a column of rates says what is tied to the money, such as how much match it needs."""
    return column.role is Role.RATE and bool(string_named(column.name))


def _reasons(draft: TableDraft) -> dict[int, str]:
    """Why each row is what it is, in sentences."""
    computed = {i: why(draft, total) for i, total in draft.rows.totals.items()}
    return {**computed, **{i: str(because) for i, because in draft.rows.reasons.items()}}


def questions_of(draft: TableDraft, answers: Answers) -> list[Question]:
    """The questions that one table raises by itself."""
    before = set(answers.asked)
    for question in draft.pending:
        answers.ask(question.key, question.ask, question.best, question.reason, question.options)
    ask_of_the_whole(draft, answers)
    for i, doubt in sorted(draft.rows.doubts.items()):
        answers.ask(
            f"row:{draft.fingerprint}:{slug(draft.label(i))}",
            f"Is '{draft.label(i)}' (row {draft.body.start + i + 1} of {draft.where()}) a line or a total?",
            "a line" if draft.rows.roles[i] == RowRole.LINE else "a total",
            str(doubt),
            ("a line", "a total"),
        )
    return [question for key, question in answers.asked.items() if key not in before]


def _row_text(draft: TableDraft, row: int) -> str:
    return " ".join(text for j in range(draft.cells.width) if (text := draft.cells.text(row, j)))[:300]


def _wording(draft: TableDraft, column: Column) -> Words:
    """The words of one column on every line.

    A blank below a filled cell means the same again where only the first of several lines is labelled.
    """
    body, cells = draft.body, draft.cells
    coded = cells.coded(column.index)
    codes = coded.codes[draft.lines + body.start]
    blank = (codes == 0).mean() if len(codes) else 0.0
    if column.role is Role.WORDS and BLANK_BELOW <= blank < 1 and not string_named(column.name):
        texts = coded.over(draft.lines + body.start)
        if _labels_the_first_only(draft, column, texts):
            texts = _carried_down(draft, column, texts)
            index: dict[str, int] = {}
            carried = np.fromiter(
                (index.setdefault(text, len(index)) for text in texts), np.int32, len(texts)
            )
            return Words(column.letter, column.name, str(column.role), pack(carried), tuple(index))
    used = present(codes)
    place = np.zeros(len(coded.texts), np.int32)
    place[used] = np.arange(len(used), dtype=np.int32)
    places = place[codes]
    return Words(
        column.letter, column.name, str(column.role), pack(places), tuple(coded.texts[code] for code in used)
    )


def _labels_the_first_only(draft: TableDraft, column: Column, texts: Sequence[str]) -> bool:
    """Whether blanks in a column mean 'same as above': another column to its right labels those lines."""
    blank = [k for k, text in enumerate(texts) if not text]
    if not blank or not any(texts) or len(blank) < BLANK_LABELS * len(texts):
        return False
    right = [c.index for c in draft.columns if c.role is Role.WORDS and c.index > column.index]
    amounts = [c.index for c in draft.amounts()]
    right = [j for j in right if not amounts or j < amounts[0]]
    rows = [draft.body.start + int(draft.lines[k]) for k in blank]
    return any((draft.cells.kinds[rows, j] == CellKind.TEXT).mean() >= LABELLED_FURTHER_RIGHT for j in right)


def _carried_down(draft: TableDraft, column: Column, texts: Sequence[str]) -> list[str]:
    found = []
    current = ""
    wanted = {int(i): k for k, i in enumerate(draft.lines)}
    for i, role in enumerate(draft.rows.roles):
        text = draft.cells.text(draft.body.start + i, column.index)
        if text and role in (RowRole.LINE, RowRole.HEADING):
            current = text
        if i in wanted:
            found.append(texts[wanted[i]] or current)
    return found


def _headings(draft: TableDraft) -> tuple[np.ndarray, tuple[tuple[str, ...], ...]]:
    """The headings above each line, outermost first.

    Headings that follow each other are nested, and a total above its detail heads it too.
    """
    rows = draft.rows
    over: dict[int, int] = {}
    for i, total in rows.totals.items():
        if total.plus and min(total.plus) > i:
            over.update(dict.fromkeys(total.plus, i))
    if not over and not (rows.roles == RowRole.HEADING).any():
        return np.zeros(len(draft.lines), np.int32), ((),)
    paths: dict[tuple[str, ...], int] = {(): 0}
    above = np.zeros(len(rows.roles), np.int32)
    current: list[str] = []
    before = RowRole.BLANK
    for i, role in enumerate(rows.roles):
        if role == RowRole.HEADING:
            text = _first_text(draft, i)
            current = [*current, text] if before == RowRole.HEADING else [text]
            before = RowRole.HEADING
        elif role in (RowRole.LINE, RowRole.TOTAL):
            before = RowRole.LINE
        if role == RowRole.LINE:
            parents: list[str] = []
            parent = over.get(i)
            while parent is not None and len(parents) < MOST_HEADINGS:
                parents.insert(0, rows.labels[parent])
                parent = over.get(parent)
            above[i] = paths.setdefault((*current[-4:], *parents), len(paths))
    return above[draft.lines], tuple(paths)


def _first_text(draft: TableDraft, i: int) -> str:
    row = draft.body.start + i
    return next(
        (t for j in range(draft.region.left, draft.region.right + 1) if (t := draft.cells.text(row, j))), ""
    )


_DESCRIBES = words.hints("finish.describes")


def _description(draft: TableDraft, wordings: Sequence[Words]) -> str | None:
    wordy = [one for one in wordings if one.role == Role.WORDS and len(one.texts) > 1] or [
        one for one in wordings if one.role == Role.WORDS
    ]
    if not wordy:
        return next((one.letter for one in wordings if one.role == Role.CODE), None)
    first_amount = next((c.index for c in draft.amounts()), draft.region.right + 1)
    before = [one for one in wordy if column_index(one.letter) < first_amount] or wordy
    hinted = [one for one in before if _DESCRIBES.search(one.name)]
    return max(hinted or before, key=lambda one: (len(one.texts), column_index(one.letter))).letter


def _code(wordings: Sequence[Words]) -> str | None:
    named = words.any_of(r"code", r"\bcost ?cent", r"\baccount\b", r"\bsubjective\b")
    codes = [one for one in wordings if one.role == Role.CODE or named.search(one.name)]
    if not codes:
        return None
    return max(codes, key=lambda one: (bool(named.search(one.name)), len(one.texts))).letter


def _body(wordings: Sequence[Words]) -> str | None:
    """The column that names an organisation on each row, in tables of many."""
    for one in wordings:
        if (
            one.role == Role.WORDS
            and len(one.texts) >= FEWEST_BODIES_HEADED
            and words.BODY_HEADER.search(one.name)
        ):
            return one.letter
    for one in wordings:
        texts = [text for text in one.texts if text]
        if (
            one.role == Role.WORDS
            and len(texts) >= FEWEST_BODIES
            and len(texts) >= NAMED_AS_BODIES * len(one.codes)
            and sum(bool(words.BODY.search(t)) for t in texts) >= NAMED_AS_BODIES * len(texts)
        ):
            return one.letter
    return None


def _year(draft: TableDraft) -> str | None:
    """The one year that the titles or the sheet's name speak of."""
    from budget_model.intake.sheet.years import years_in

    for text in (*(_row_text(draft, row) for row in reversed(draft.region.titles)), draft.sheet):
        found = years_in(text)
        if len(found) == 1:
            return found[0]
    return None


def _row_keys(draft: TableDraft) -> dict[int, str]:
    """For the rows that may be shown, under what a correction of their role is kept."""
    shown = [row for row in _shown(draft) if row in draft.body]
    marks = row_marks(draft.cells, draft.region, shown)
    return {row: f"row:{draft.fingerprint}:{marks[row]}" for row in shown}


def _sample(draft: TableDraft) -> dict[int, tuple[str, ...]]:
    """The cells of the rows that are shown."""
    columns = range(draft.region.left, min(draft.region.right, draft.region.left + 39) + 1)
    return {row: tuple(draft.cells.text(row, j)[:60] for j in columns) for row in _shown(draft)}


def _shown(draft: TableDraft) -> list[int]:
    """The rows that tell most: the first, the last, every total and what raises a doubt."""
    body = list(draft.body)
    telling = [draft.body.start + i for i in (*draft.rows.totals, *draft.rows.doubts, *draft.rows.reasons)]
    first = [*draft.region.titles[-6:], *draft.region.headers, *body[: SHOWN // 2]]
    return sorted({*first, *sorted(telling)[: SHOWN // 3], *body[-15:]})
