"""Whether a column says of each row which way its money goes: EIN/AUS, E/R, Debit/Credit, Приходи/Разходи.

A file that holds both sides must never load their sum. What only finances (loans, repayments, transfers between
accounts of one body) is neither income nor expenditure, and a result is what the others leave.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from budget_model.intake.files.cells import Cells, present
from budget_model.intake.files.reading_limits import count, limit
from budget_model.intake.sheet.columns import Column
from budget_model.intake.sheet.reason import Because, Reason
from budget_model.intake.sheet.regions import Region
from budget_model.intake.sheet.roles import Direction, Role
from budget_model.intake.sheet.side_words import (
    Said,
    heads_posting_keys,
    heads_sides,
    said_by_cell,
    sides_of_keys,
    sides_of_pair,
)
from budget_model.intake.sheet.table import Question

LONGEST_LETTERS: Final = count("direction_column", "longest_letters")
MOST_KINDS: Final = count("direction_column", "most_kinds")
CLASSED: Final = limit("direction_column", "classed")
CLASSED_UNDER_A_HEADER: Final = limit("direction_column", "classed_under_a_header")

_DIRECTIONS = {Said.EXPENDITURE: Direction.EXPENDITURE, Said.INCOME: Direction.INCOME}


SAID_BY_COLUMN, FINANCING = "said-by-column", "financing"
"""Under what the officer's answers are kept."""
IT_SAYS, NOT_SAID = "it says which rows are income", "it says something else"
LEFT_OUT, FINANCING_IS_INCOME, FINANCING_IS_SPENT = (
    "leave them out",
    "they are income",
    "they are expenditure",
)


@dataclass(frozen=True, slots=True)
class DirectionColumn:
    """A column that tells the side of each row."""

    column: Column
    of_row: NDArray[np.uint8]
    """The direction of each body row."""
    financing: tuple[int, ...]
    """Body rows that it calls financing."""
    results: tuple[int, ...]
    """Body rows that it calls a result."""
    unknown: tuple[str, ...]
    """Its values of which nothing is known: their rows count as expenditure."""
    by_letters: bool
    """Whether two letters tell the sides, under a header that does not say so."""
    of_accounts: bool
    """Whether posting keys tell them, and some of them are of customers' or vendors' accounts."""


def find_direction_column(
    cells: Cells, region: Region, columns: Sequence[Column], amounts: Sequence[int]
) -> DirectionColumn | None:
    """The first column that says on nearly every row whether it is income or expenditure."""
    body = slice(region.body.start, region.body.stop)
    figured = np.asarray(np.isfinite(cells.numbers[body][:, list(amounts)]).any(axis=1))
    for column in columns:
        if column.role not in (Role.WORDS, Role.CODE):
            continue
        codes, kinds = _kinds(cells, body, column, figured)
        if not 2 <= len(kinds) <= MOST_KINDS:
            continue
        direction_column = _read(column, codes, kinds, figured)
        if direction_column is not None:
            return direction_column
    return None


def _kinds(
    cells: Cells, body: slice, column: Column, figured: NDArray[np.bool_]
) -> tuple[NDArray[np.int32], dict[int, str]]:
    """What stands in a column beside figures, each once by its code; keys that are numbers only under their header."""
    coded = cells.coded(column.index)
    codes = coded.codes[body]
    beside = present(codes[figured]).tolist()
    kinds = {code: coded.texts[code] for code in beside[: MOST_KINDS + 2] if code}
    if kinds or not heads_sides(column.said):
        return codes, kinds
    numbers = np.nan_to_num(cells.numbers[body][:, column.index]).astype(np.int32)
    return numbers, {int(number): str(number) for number in np.unique(numbers[figured]) if number}


def _read(
    column: Column, codes: NDArray[np.int32], kinds: dict[int, str], figured: NDArray[np.bool_]
) -> DirectionColumn | None:
    headed = heads_sides(column.said, kinds.values())
    if heads_posting_keys(column.said):
        of_keys, of_accounts = sides_of_keys(kinds.values())
        said, by_letters = {code: of_keys[text] for code, text in kinds.items() if text in of_keys}, False
    else:
        (said, by_letters), of_accounts = _said_by_kinds(kinds, headed=headed), False
    if not {Said.EXPENDITURE, Said.INCOME} <= set(said.values()) and not (
        Said.FINANCING in said.values() and len(set(said.values())) > 1
    ):
        return None
    known = np.isin(codes, list(said)) & figured
    if known.sum() < (CLASSED_UNDER_A_HEADER if headed else CLASSED) * figured.sum():
        return None
    of_row = np.zeros(len(codes), np.uint8)
    for code, side in said.items():
        of_row[codes == code] = _DIRECTIONS.get(side, Direction.UNKNOWN)

    def rows_of(side: Said) -> tuple[int, ...]:
        chosen = [code for code, one in said.items() if one is side]
        return tuple(np.flatnonzero(np.isin(codes, chosen) & figured).tolist())

    return DirectionColumn(
        column,
        of_row,
        rows_of(Said.FINANCING),
        rows_of(Said.RESULT),
        tuple(text for code, text in kinds.items() if code not in said),
        by_letters and not headed,
        of_accounts,
    )


def _said_by_kinds(kinds: dict[int, str], *, headed: bool) -> tuple[dict[int, Said], bool]:
    """The side of each value, and whether a pair of letters tells it."""
    pair = sides_of_pair(kinds.values())
    if pair is not None and (headed or not all(map(str.isdigit, pair))):
        return {code: pair[text] for code, text in kinds.items()}, _short(kinds)
    said = {code: side for code, text in kinds.items() if (side := said_by_cell(text))}
    letters = {
        code: text
        for code, text in kinds.items()
        if code not in said and len(text.strip()) <= LONGEST_LETTERS
    }
    beside = sides_of_pair(letters.values())
    if beside is not None and headed:
        said |= {code: beside[text] for code, text in letters.items()}
    return said, False


def _short(kinds: dict[int, str]) -> bool:
    return max(map(len, kinds.values())) <= LONGEST_LETTERS


def left_out_by(directions: DirectionColumn | None, told: Mapping[str, str]) -> dict[int, Because]:
    """The body rows that a direction column calls financing or a result, each with its reason.

    `told` is what the officer says of the sides of this table.
    """
    if directions is None or told.get(SAID_BY_COLUMN) == NOT_SAID:
        return {}
    letter = directions.column.letter
    reasons = dict.fromkeys(directions.results, Reason.CALLED_RESULT.of(letter))
    if told.get(FINANCING, LEFT_OUT) == LEFT_OUT:
        reasons |= dict.fromkeys(directions.financing, Reason.CALLED_FINANCING.of(letter))
    return reasons


def _why_doubtful(directions: DirectionColumn) -> str:
    if directions.by_letters:
        return "two letters stand in it that tell sides elsewhere"
    if directions.unknown:
        return f"of some of its values nothing is known: {', '.join(directions.unknown[:4])}"
    return "some of its posting keys are of customers’ or vendors’ accounts, which hold the other side of each entry"


def asked_of_directions(
    directions: DirectionColumn, labels: Sequence[str], mark: str, told: Mapping[str, str]
) -> list[Question]:
    """What the officer is asked: whether letters tell sides, and whether financing belongs to the budget."""
    letter, name = directions.column.letter, directions.column.name
    questions = []
    doubtful = directions.by_letters or directions.unknown or directions.of_accounts
    if doubtful and told.get(SAID_BY_COLUMN) is None:
        questions.append(
            Question(
                f"side:{mark}:{SAID_BY_COLUMN}",
                f"Does column {letter}{f', {name},' if name else ''} say which rows are income and which expenditure?",
                IT_SAYS,
                _why_doubtful(directions),
                (IT_SAYS, NOT_SAID),
            )
        )
    if directions.financing and told.get(FINANCING) is None:
        first = labels[directions.financing[0]]
        questions.append(
            Question(
                f"side:{mark}:{FINANCING}",
                f"{len(directions.financing)} rows are called financing in column {letter}, first '{first}'. Do they "
                "belong to the budget?",
                LEFT_OUT,
                "what is borrowed, repaid or moved between accounts is neither earned nor spent",
                (LEFT_OUT, FINANCING_IS_INCOME, FINANCING_IS_SPENT),
            )
        )
    return questions
