"""Columns headed income beside columns headed expenditure."""

from collections.abc import Iterator

from budget_model.intake.rules.body import Body
from budget_model.intake.rules.settled import Settled
from budget_model.intake.rules.side_named import REVENUE_ALONE, side_of, side_of_header
from budget_model.intake.rules.verdict import Proof, Verdict, column
from budget_model.intake.sheet import words
from budget_model.intake.sheet.columns import innermost
from budget_model.intake.sheet.reason import Reason
from budget_model.intake.sheet.roles import Direction, Role

_CAPITAL = words.hints("sides.capital")


def headers_name_sides(body: Body, _settled: Settled) -> Iterator[Verdict]:
    """The sides of columns of amounts, where both are named."""
    by_header = sides_of_headers(body)
    named = {index: side for index in body.amounts if (side := by_header[index])}
    if set(named.values()) == {Direction.INCOME, Direction.EXPENDITURE}:
        for index, side in named.items():
            yield column(index, side, Reason.HEADERS_NAME_SIDES, Proof.WORDS)


def sides_of_headers(body: Body) -> dict[int, Direction]:
    """The side that the header of each column names, where the same column is not headed otherwise further down."""
    by_header = {one.index: side_of_header(one) for one in body.columns}
    if _beside_capital(body, by_header):
        revenue = [one.index for one in body.columns if REVENUE_ALONE.fullmatch(innermost(one.parts).strip())]
        by_header |= dict.fromkeys(revenue, Direction.UNKNOWN)
    otherwise = [index for index, side in by_header.items() if side and _headed_otherwise(body, index, side)]
    return by_header | dict.fromkeys(otherwise, Direction.UNKNOWN)


def _headed_otherwise(body: Body, index: int, side: Direction) -> bool:
    below = (body.cells.text(row, index) for row in body.region.repeats)
    return any(side_of(text) != side for text in below if text)


def _beside_capital(body: Body, by_header: dict[int, Direction]) -> bool:
    """Whether a column is of capital and no other says expenditure: then revenue is what is spent on the day."""
    amounts = body.of_role(Role.AMOUNT, Role.TOTAL)
    capital = {amount.index for amount in amounts if _CAPITAL.search(innermost(amount.parts))}
    others = (by_header[amount.index] for amount in amounts if amount.index not in capital)
    return bool(capital) and Direction.EXPENDITURE not in others
