"""A table as it is handed on: small, frozen, and able to explain itself."""

from collections.abc import Mapping, Sequence
from typing import Final

from budget_model.intake.files.grid import Range, column_name
from budget_model.intake.files.packed import pack
from budget_model.intake.files.reading_limits import count
from budget_model.intake.rules.body import row_marks
from budget_model.intake.rules.currency import ask_of_the_whole
from budget_model.intake.rules.draft import TableDraft, measures_of
from budget_model.intake.rules.every_check import checks_of, problems_of
from budget_model.intake.rules.every_name import names_heard, names_settled
from budget_model.intake.rules.explain import heard, why
from budget_model.intake.rules.named_columns import NamedColumns
from budget_model.intake.rules.settled import Spoken
from budget_model.intake.rules.verdict import AnyRole, ColumnAt
from budget_model.intake.rules.wording import headings_of, wordings_of
from budget_model.intake.sheet.answers import Answers, slug
from budget_model.intake.sheet.reason import Because
from budget_model.intake.sheet.roles import Minus, Naming, RowRole
from budget_model.intake.sheet.table import Check, ColumnSeen, Figures, Question, SheetTable
from budget_model.intake.sheet.unit import UnitSource

TITLES_SHOWN: Final = count("finish", "titles_shown")
LAST_SHOWN: Final = count("finish", "last_shown")

SHOWN: Final = count("finish", "shown")


def finished(
    draft: TableDraft, aside: Because | None, more: Sequence[Check], questions: Sequence[Question]
) -> SheetTable:
    """Put a draft into its final form."""
    lines = draft.lines
    wordings = wordings_of(draft)
    first_amount = next((column.index for column in draft.amounts()), draft.region.right + 1)
    names = names_heard(NamedColumns(wordings, first_amount))
    named = names_settled(names)
    headings, paths = headings_of(draft)
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
        body_column=_named(named, Naming.BODY),
        description_column=_named(named, Naming.DESCRIPTION),
        code_column=_named(named, Naming.CODE),
        moved={f"{row}:{column}": really for (row, column), really in draft.mended.really.items()},
        checks=(*checks_of(draft), *more),
        problems=tuple(problems_of(draft)),
        questions=tuple(questions),
        sample=_sample(draft),
        header_key=draft.header_key,
        row_keys=_row_keys(draft),
        heard=heard(draft, set(_shown(draft)), names, named),
        set_aside=str(aside) if aside else None,
    )


def _named(named: Mapping[AnyRole, Spoken], what: Naming) -> str | None:
    """The letter of the column that names something."""
    spoken = named.get(what)
    return (
        column_name(spoken.verdict.at.index) if spoken and isinstance(spoken.verdict.at, ColumnAt) else None
    )


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
    first = [*draft.region.titles[-TITLES_SHOWN:], *draft.region.headers, *body[: SHOWN // 2]]
    return sorted({*first, *sorted(telling)[: SHOWN // 3], *body[-LAST_SHOWN:]})
