"""What an officer is asked about the columns of a table, and what the answers make of them."""

from collections.abc import Iterator, Sequence
from typing import Final

from budget_model.intake.files.reading_limits import count
from budget_model.intake.sheet.answers import Answers, slug
from budget_model.intake.sheet.columns import THE_OFFICER, Column
from budget_model.intake.sheet.roles import Role
from budget_model.intake.sheet.table import EXPENDITURE_SIDE, INCOME_SIDE, Question

MOST_COLUMNS_ASKED: Final = count("drafting", "most_columns_asked")
SIDES_NAMED = {"expenditure": EXPENDITURE_SIDE, "income": INCOME_SIDE}
LEFT_OUT = "leave it out"
_ROLES: dict[str, Role] = {
    "amounts": Role.AMOUNT,
    **dict.fromkeys(SIDES_NAMED, Role.AMOUNT),
    "a code": Role.CODE,
    "a count": Role.COUNT,
    "a rate": Role.RATE,
    LEFT_OUT: Role.MEMO,
}


def column_key(column: Column, mark: str) -> str:
    """Under what an answer about a column is kept."""
    return f"column:{mark}:{slug(column.name) or column.letter}"


def take_answers(columns: Sequence[Column], mark: str, answers: Answers) -> list[Question]:
    """Give columns the role that the officer has named; what is unsure of the others is to be asked."""
    pending: list[Question] = []
    for column in columns:
        key = column_key(column, mark)
        answer = answers.answered(key)
        if answer in _ROLES:
            column.role, column.reason, column.unsure = _ROLES[answer], THE_OFFICER, False
            column.side = SIDES_NAMED.get(answer, 0)
        elif column.unsure and column.role in (Role.AMOUNT, Role.CODE, Role.COUNT):
            pending.append(_what_it_holds(column, key))
    return pending[:MOST_COLUMNS_ASKED]


def _what_it_holds(column: Column, key: str) -> Question:
    best = next(text for text, role in _ROLES.items() if role is column.role)
    asking = f"What does column {column.letter}{f', {column.name},' if column.name else ''} hold?"
    return Question(key, asking, best, str(column.reason), tuple(_ROLES))


def asked_of_memos(columns: Sequence[Column], mark: str) -> Iterator[Question]:
    """Whether columns that are left out belong to what is spent, where that is unsure."""
    for column in columns:
        if column.role is Role.MEMO and column.unsure:
            yield Question(
                column_key(column, mark),
                f"Is column {column.letter}, {column.name}, part of what is spent?",
                LEFT_OUT,
                str(column.reason),
                (LEFT_OUT, "amounts"),
            )
