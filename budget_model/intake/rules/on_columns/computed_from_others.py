"""Columns that are computed from others: totals across, differences, balances, repeats, totals of groups."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from budget_model.intake.files.reading_limits import count
from budget_model.intake.rules.body import Body
from budget_model.intake.rules.settled import Settled
from budget_model.intake.rules.verdict import Proof, Relation, RelationKind, Verdict, column
from budget_model.intake.sheet import words
from budget_model.intake.sheet.columns import Column
from budget_model.intake.sheet.reason import Reason
from budget_model.intake.sheet.roles import Role

MOST_LETTERS: Final = count("computed_from_others", "most_letters")
_REASONS: Mapping[RelationKind, tuple[Role, Reason]] = {
    RelationKind.SUM: (Role.TOTAL, Reason.ACROSS),
    RelationKind.DIFFERENCE: (Role.MEMO, Reason.DIFFERENCE_ACROSS),
    RelationKind.EITHER_WAY: (Role.MEMO, Reason.DIFFERENCE_ACROSS),
    RelationKind.RUNNING: (Role.MEMO, Reason.BALANCE_ABOVE),
    RelationKind.WITH_TAX: (Role.MEMO, Reason.WITH_TAX),
    RelationKind.REPEAT: (Role.MEMO, Reason.COLUMN_AGAIN),
    RelationKind.GROUP_TOTAL: (Role.MEMO, Reason.GROUP_TOTAL),
}
_CALLED_NET = words.hints("computed_from_others.called_net")
_CALLED_GROSS = words.hints("computed_from_others.called_gross")


def computed_from_others(body: Body, settled: Settled) -> Iterator[Verdict]:
    """Say of each column that is computed from others what it is, and of tax on top that it is none of the money."""
    by_index = {one.index: one for one in body.columns}
    for index, relation in settled.relations.items():
        if relation.kind in _REASONS:
            role, reason = _REASONS[relation.kind]
            because = reason.of(_named(relation, by_index))
            doubt = because if by_index[index].unsure else None
            yield column(index, role, because, Proof.ARITHMETIC, doubt=doubt)
        if relation.kind is RelationKind.WITH_TAX:
            yield _tax(relation, by_index)


def _tax(relation: Relation, by_index: Mapping[int, Column]) -> Verdict:
    """Tax is reclaimed as a rule; whether it is here is asked unless the columns are called net and gross."""
    net, tax = relation.plus
    plainly = _CALLED_NET.search(by_index[net].name) and _CALLED_GROSS.search(by_index[relation.column].name)
    because = Reason.TAX_ON_TOP.of()
    return column(tax, Role.MEMO, because, Proof.ARITHMETIC, doubt=None if plainly else because)


def _named(relation: Relation, by_index: Mapping[int, Column]) -> str:
    """The columns behind one by their letters."""
    named = _letters(relation.plus, by_index, " + ")
    named += " + …" if len(relation.plus) > MOST_LETTERS else ""
    return f"{named} − {_letters(relation.minus, by_index, ' − ')}" if relation.minus else named


def _letters(indices: Sequence[int], by_index: Mapping[int, Column], between: str) -> str:
    return between.join(by_index[i].letter for i in indices[:MOST_LETTERS])
