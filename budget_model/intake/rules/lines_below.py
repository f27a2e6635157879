"""The lines that a total comes down to, through all totals between."""

from collections.abc import Mapping

from budget_model.intake.rules.verdict import Total


def lines_below(totals: Mapping[int, Total], total: Total) -> tuple[list[int], list[int]]:
    """The lines that a total adds up and those that it takes off, as body rows."""
    plus: list[int] = []
    minus: list[int] = []
    waiting = [(i, 1) for i in total.plus] + [(i, -1) for i in total.minus]
    while waiting:
        i, sign = waiting.pop()
        inner = totals.get(i)
        if inner is None:
            (plus if sign > 0 else minus).append(i)
        else:
            waiting += [(k, sign) for k in inner.plus] + [(k, -sign) for k in inner.minus]
    return plus, minus
