"""What was taken for granted about income and expenditure, as questions."""

from collections.abc import Iterator, Sequence

from budget_model.intake.rules.asked_of_columns import LEFT_OUT, column_key
from budget_model.intake.rules.on_sides.called_income import INCOME_LINES, THEY_ARE, THEY_ARE_NOT
from budget_model.intake.rules.on_sides.column_of_signs import PLUS_COMES_IN, PLUS_GOES_OUT, SIGNS
from budget_model.intake.rules.on_sides.net_totals import TAKEN_FROM, TAKEN_OFF
from budget_model.intake.rules.sides import Sides
from budget_model.intake.sheet.answers import Answers, slug
from budget_model.intake.sheet.columns import Column
from budget_model.intake.sheet.reason import Reason
from budget_model.intake.sheet.table import Question


def answered_sides(mark: str, answers: Answers) -> dict[str, str]:
    """What the officer has said of the sides of a table, by what was asked."""
    prefix = f"side:{mark}:"
    return {key.removeprefix(prefix): value for key, value in answers.given.items() if key.startswith(prefix)}


def asked_of_side_columns(
    columns: Sequence[Column], sides: Sides, mark: str, answers: Answers
) -> Iterator[Question]:
    """Whether columns that are taken off others are income."""
    for column in columns:
        key = column_key(column, mark)
        if column.index in sides.unsure_columns and answers.answered(key) is None:
            yield Question(
                key,
                f"Column {column.letter}, {column.name or 'without a header'}, is taken off the columns beside it. Is it income?",
                "income",
                Reason.TAKEN_OFF_UNSAID.value,
                ("income", "expenditure", LEFT_OUT),
            )


def asked_of_sides(labels: Sequence[str], sides: Sides, mark: str) -> Iterator[Question]:
    """Whether lines that only their words call income are, and which lines a net total takes off."""
    if lines := sides.doubt(Reason.ONLY_WORDS_SAY_SIDE):
        yield Question(
            f"side:{mark}:{INCOME_LINES}",
            f"{len(lines.rows)} of the lines speak of income, first '{labels[lines.rows[0]]}', but no sign, heading or total "
            "sets them apart. Are they income?",
            THEY_ARE,
            str(lines.because),
            (THEY_ARE, THEY_ARE_NOT),
        )
    if signs := sides.doubt(Reason.PLUS_TAKEN_FOR_INCOME):
        yield Question(
            f"side:{mark}:{SIGNS}",
            "A plus or a minus stands before each line. Which of them is income?",
            PLUS_COMES_IN,
            str(signs.because),
            (PLUS_COMES_IN, PLUS_GOES_OUT),
        )
    if net := sides.doubt(Reason.SECOND_TAKEN_FOR_INCOME):
        label = net.because.words[0]
        yield Question(
            f"side:{mark}:{slug(label)}",
            f"'{label}' takes some lines off others. Which of them are income?",
            TAKEN_OFF,
            "nothing in the table says it",
            (TAKEN_OFF, TAKEN_FROM),
        )
