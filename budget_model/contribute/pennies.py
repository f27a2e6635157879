"""Lines in whole pennies: what a file says finer than that is rounded by one rule, and no total moves by it."""

from collections.abc import Sequence
from dataclasses import replace

from budget_model.intake.reading import ReadLine
from budget_model.money import to_pennies_together
from budget_model.vocabulary import Side

FINEST = -2
"""The exponent of a penny."""


def in_whole_pennies(lines: Sequence[ReadLine]) -> tuple[ReadLine, ...]:
    """The same lines in whole pennies, making together what they made, rounded; see `to_pennies_together`."""
    if all(_is_whole(line) for line in lines):
        return tuple(lines)
    signs = [1 if line.side is Side.EXPENDITURE else -1 for line in lines]
    rounded = to_pennies_together([sign * line.amount for sign, line in zip(signs, lines, strict=True)])
    return tuple(
        replace(line, amount=sign * amount) for line, sign, amount in zip(lines, signs, rounded, strict=True)
    )


def _is_whole(line: ReadLine) -> bool:
    exponent = line.amount.as_tuple().exponent
    return isinstance(exponent, int) and exponent >= FINEST
