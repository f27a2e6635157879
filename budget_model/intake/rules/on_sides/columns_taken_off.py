"""Columns that a total across adds up or takes off: which of them are income."""

from collections.abc import Iterator, Mapping

from budget_model.intake.rules.body import Body
from budget_model.intake.rules.minus import mostly_negative
from budget_model.intake.rules.on_sides.headers_name_sides import sides_of_headers
from budget_model.intake.rules.settled import Settled
from budget_model.intake.rules.verdict import Proof, Relation, RelationKind, Verdict, column
from budget_model.intake.sheet import words
from budget_model.intake.sheet.columns import Column
from budget_model.intake.sheet.reason import Reason
from budget_model.intake.sheet.roles import Direction, Role


def columns_taken_off(body: Body, settled: Settled) -> Iterator[Verdict]:
    """The sides of the columns that totals across are computed from; the last total speaks for a column of several."""
    by_header = sides_of_headers(body)
    sides: dict[int, Direction] = {}
    unsure: set[int] = set()
    reasons: dict[int, Reason] = {}
    for relation in sums_across(settled):
        if _pays_for_capital(body, relation, by_header):
            sides |= dict.fromkeys(relation.plus, Direction.EXPENDITURE)
            reasons |= dict.fromkeys(relation.plus, Reason.SOURCE_OF_CAPITAL)
            continue
        directions = _sides_of_parts(body, relation, by_header)
        sides |= directions
        unsure |= {index for index in directions if _unsaid(body, relation, by_header, index)}
    for index, side in sides.items():
        doubt = Reason.TAKEN_OFF_UNSAID.of() if index in unsure else None
        because = reasons.get(index, Reason.COLUMN_TAKEN_OFF)
        yield column(index, side, because, Proof.ARITHMETIC, doubt=doubt)


def sums_across(settled: Settled) -> list[Relation]:
    """Columns that are sums of others or differences, and running balances: what these add they take off."""
    relations = settled.relations.values()
    running = [
        Relation(relation.column, relation.minus, relation.plus)
        for relation in relations
        if relation.kind is RelationKind.RUNNING
    ]
    return [*(relation for relation in relations if relation.kind is RelationKind.SUM), *running]


def _sides_of_parts(
    body: Body, relation: Relation, by_header: Mapping[int, Direction]
) -> dict[int, Direction]:
    whole = _column(body, relation.column)
    parts = (*relation.plus, *relation.minus)
    directions = {index: by_header[index] for index in parts}
    if words.DIFFERENCE.search(whole.name) and not any(directions.values()):
        return {}  # a change between two years or phases parts nothing into income and expenditure
    if _pays_for(relation, by_header[whole.index], directions):
        return dict.fromkeys(relation.plus, Direction.EXPENDITURE)
    if not relation.minus and (side := _side_of_all(whole, by_header[whole.index], directions)):
        return dict.fromkeys(relation.plus, side)
    if not relation.minus and _all_of_one_side(body, directions):
        named = {side for side in directions.values() if side}
        return dict.fromkeys(parts, named.pop() if len(named) == 1 else by_header[whole.index])
    return {
        index: Direction.INCOME
        for index in parts
        if _column(body, index).role is Role.AMOUNT and _is_income(relation, directions[index], index)
    }


def _pays_for(relation: Relation, whole: Direction, directions: Mapping[int, Direction]) -> bool:
    """Whether sources of money add up to a cost: grant and match funding to the total cost, which is spent."""
    sources = Direction.INCOME in directions.values() and Direction.EXPENDITURE not in directions.values()
    return not relation.minus and whole is Direction.EXPENDITURE and sources


_SOURCE_OF_CAPITAL = words.hints("sides.source_of_capital")


def _pays_for_capital(body: Body, relation: Relation, by_header: Mapping[int, Direction]) -> bool:
    """Whether grants, borrowing and receipts from sales add up to what schemes cost: the total is spent, by who pays.

    Borrowing pays for what is built and is no income of the year.
    """
    headers = [_column(body, index) for index in relation.plus]
    borrowed = any(_SOURCE_OF_CAPITAL.search(header.name) for header in headers)
    named = (by_header[index] for index in (*relation.plus, relation.column))
    return borrowed and not relation.minus and Direction.EXPENDITURE not in named


def _is_income(relation: Relation, direction: Direction, index: int) -> bool:
    return direction is Direction.INCOME or (
        index in relation.minus and direction is not Direction.EXPENDITURE
    )


def _unsaid(body: Body, relation: Relation, by_header: Mapping[int, Direction], index: int) -> bool:
    """Whether a column is taken for income only because it is taken off, and neither header speaks of that."""
    named = words.NET.search(_column(body, relation.column).name) or words.INCOME_WITH_A_MINUS.search(
        _column(body, index).name
    )
    return bool(relation.minus) and not by_header[index] and not named


def _side_of_all(whole: Column, own: Direction, directions: Mapping[int, Direction]) -> Direction:
    """The side of a total across that names one, as 'Gross income' does for grants and for fees and charges."""
    side = Direction.UNKNOWN if words.NET.search(whole.name) else own
    return side if set(directions.values()) <= {side, Direction.UNKNOWN} else Direction.UNKNOWN


def _all_of_one_side(body: Body, directions: Mapping[int, Direction]) -> bool:
    """Whether columns that add up across, some of them called income, are all of it: none carries a minus.

    'High needs funding' and 'Bursary' that make up a total are not income and expenditure.
    """
    named = [index for index, side in directions.items() if side]
    return Direction.INCOME in directions.values() and not any(
        mostly_negative(body, range(body.height), [index]) for index in named
    )


def _column(body: Body, index: int) -> Column:
    return next(one for one in body.columns if one.index == index)
