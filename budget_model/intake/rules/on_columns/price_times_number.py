"""Columns that a third is the product of: what one costs, and how many there are. Only the product is money."""

from collections.abc import Iterator
from itertools import combinations
from typing import Final

import numpy as np

from budget_model.intake.files.cells import CellKind, Numbers
from budget_model.intake.files.reading_limits import count, limit
from budget_model.intake.rules.body import Body
from budget_model.intake.rules.settled import Settled
from budget_model.intake.rules.verdict import Proof, Verdict, column
from budget_model.intake.sheet import words
from budget_model.intake.sheet.columns import Column
from budget_model.intake.sheet.reason import Reason
from budget_model.intake.sheet.roles import Role

HALF_A_UNIT: Final = limit("price_times_number", "half_a_unit")
FEWEST_ROWS: Final = count("price_times_number", "fewest_rows")
MOST_COLUMNS: Final = count("price_times_number", "most_columns")
MOST_ROWS: Final = count("price_times_number", "most_rows")
HOLDS: Final = limit("price_times_number", "holds")
ROUNDED: Final = limit("price_times_number", "rounded")


_SHARE = words.any_of(r"%", r"\bper ?cent", r"\bchange\b", r"\bgrowth\b", r"\bshare\b")


def price_times_number(body: Body, _settled: Settled) -> Iterator[Verdict]:
    """Find an amount that is two other columns multiplied, and say which is the price and which the number."""
    figures = body.of_role(Role.AMOUNT, Role.RATE, Role.COUNT, Role.CODE)
    if body.height < FEWEST_ROWS or len(figures) > MOST_COLUMNS:
        return
    at = {figure.index: _figures(body, figure) for figure in figures}
    factors = [figure for figure in figures if not _SHARE.search(figure.said)]
    for whole in body.of_role(Role.AMOUNT):
        if words.DIFFERENCE.search(whole.said):
            continue  # a change is its base times a percentage
        for one, other in combinations(factors, 2):
            if whole.index in (one.index, other.index):
                continue
            fixed = bool(words.RATE.search(one.said) or words.RATE.search(other.said))
            if _is_product(at[whole.index], at[one.index], at[other.index], fixed=fixed):
                price, number = _price_first(one, other, at[one.index], at[other.index])
                yield from _product(whole, price, number, f"{one.letter} × {other.letter}")
                return


def _product(whole: Column, price: Column, number: Column, told: str) -> Iterator[Verdict]:
    yield column(whole.index, Role.AMOUNT, Reason.PRODUCT.of(told), Proof.ARITHMETIC)
    yield column(price.index, Role.RATE, Reason.PRICE.of(whole.letter, told), Proof.ARITHMETIC)
    yield column(number.index, Role.COUNT, Reason.NUMBER_OF.of(whole.letter, told), Proof.ARITHMETIC)


def _figures(body: Body, one: Column) -> Numbers:
    kinds = body.kinds[:MOST_ROWS, one.index]
    return np.where(kinds == CellKind.NUMBER, body.numbers[:MOST_ROWS, one.index], np.nan)


def _is_product(whole: Numbers, one: Numbers, other: Numbers, *, fixed: bool) -> bool:
    """Whether a column is two others multiplied, neither of them the same on every row but for a `fixed` rate."""
    live = np.isfinite(whole) & np.isfinite(one) & np.isfinite(other) & (whole != 0)
    if live.sum() < FEWEST_ROWS or (np.abs(one[live]) <= 1).all() or (np.abs(other[live]) <= 1).all():
        return False
    same = [len(np.unique(some[live])) < 2 for some in (one, other)]
    if all(same) or (any(same) and not fixed):
        return False
    off = np.abs(one[live] * other[live] - whole[live])
    return bool((off <= np.abs(whole[live]) * ROUNDED + HALF_A_UNIT).mean() >= HOLDS)


def _price_first(one: Column, other: Column, first: Numbers, second: Numbers) -> tuple[Column, Column]:
    """The price, which has pence or is called a rate, before the number."""
    pence = [bool((some[np.isfinite(some)] % 1 != 0).any()) for some in (first, second)]
    swapped = other.role is Role.RATE or one.role is Role.COUNT or (pence[1] and not pence[0])
    return (other, one) if swapped and one.role is not Role.RATE else (one, other)
