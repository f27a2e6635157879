"""Codes, levels and counts that a header names in another language, or as bare words: 'Kostenstelle', 'FUND'."""

from collections.abc import Iterator
from typing import Final

import numpy as np

from budget_model.intake.files.cells import CellKind, Numbers
from budget_model.intake.files.reading_limits import count
from budget_model.intake.rules.body import Body
from budget_model.intake.rules.settled import Settled
from budget_model.intake.rules.verdict import Proof, Verdict, column
from budget_model.intake.sheet import words
from budget_model.intake.sheet.columns import Column
from budget_model.intake.sheet.header_words import may_name_a_code, names_a_code, names_a_count, names_a_level
from budget_model.intake.sheet.reason import Reason
from budget_model.intake.sheet.roles import Role
from budget_model.intake.sheet.string_words import string_named
from budget_model.intake.sheet.years import FIRST_YEAR, LAST_YEAR

DEEPEST: Final = count("headers_in_many_languages", "deepest")
_MONEY = words.any_of(r"\bamount\b", r"\bcosts?\b")
_SIGNS = words.any_of(r"[£€$₹]", r"\b(?:gbp|eur|usd|chf)\b")


def headers_in_many_languages(body: Body, _settled: Settled) -> Iterator[Verdict]:
    """Say of figures whose header names a code, a level or a count that they are no amounts."""
    amounts = body.of_role(Role.AMOUNT)
    for amount in amounts:
        numbers = _numbers(body, amount)
        if not len(numbers) or amount.unit is not None or _SIGNS.search(amount.name):
            continue
        alone = len(amounts) == 1
        if not alone and _years_said_often(numbers):
            role = Role.YEAR if _SAYS_YEAR.search(amount.said) else Role.CODE
            yield column(amount.index, role, Reason.YEARS, Proof.FORMAT)
        elif named := _code_named(body, amount, numbers) or _measure_named(amount, numbers, alone=alone):
            role, what = named
            yield column(amount.index, role, Reason.HEADER_NAMES.of(amount.name[:60], what), Proof.WORDS)


def _code_named(body: Body, one: Column, numbers: Numbers) -> tuple[Role, str] | None:
    """What a header says is numbered, if its figures can number it."""
    whole = _is_whole(numbers)
    if whole and names_a_level(one.said) and np.all((numbers >= 0) & (numbers <= DEEPEST)):
        return Role.CODE, "a level"
    if numbers.min() < 0:
        return None
    if names_a_code(one.said) and (whole or _like_an_outline(numbers)):
        return Role.CODE, "a code"
    if whole and may_name_a_code(one.said) and _money_elsewhere(body, one):
        return Role.CODE, "what is numbered"
    return None


def _measure_named(one: Column, numbers: Numbers, *, alone: bool) -> tuple[Role, str] | None:
    """What a header says is measured other than money: a part of it beside other amounts, or a count."""
    if string_named(one.said) and numbers.max() <= 1 and not alone:
        return Role.RATE, "a part of the money"
    return (Role.COUNT, "a count") if names_a_count(one.said) and not _MONEY.search(one.said) else None


FEWEST_YEARS: Final = count("headers_in_many_languages", "fewest_years")
OUTLINED: Final = count("headers_in_many_languages", "outlined")
_SAYS_YEAR = words.any_of(
    r"year",
    r"\bjahr",
    r"\baño\b",
    r"\bann[ée]e?\b",
    r"\banno\b",
    r"\brok\b",
    r"\bjaar\b",
    r"\bår\b",
    r"\bгод",
    r"\bрік\b",
    r"\bexercice\b",
    r"\bejercicio\b",
    r"\besercizio\b",
)


def _is_whole(numbers: Numbers) -> bool:
    return bool(np.all(numbers == np.floor(numbers)))


def _like_an_outline(numbers: Numbers) -> bool:
    """Whether figures are small and have at most two places, as 1, 1.1 and 1.12 do."""
    return bool(np.all(numbers < OUTLINED) and np.allclose(numbers * 100, np.rint(numbers * 100)))


def _years_said_often(numbers: Numbers) -> bool:
    """Whether all figures look like years, each of which is said on several rows."""
    like_years = _is_whole(numbers) and bool(np.all((numbers >= FIRST_YEAR) & (numbers <= LAST_YEAR)))
    return like_years and len(numbers) >= FEWEST_YEARS and len(np.unique(numbers)) <= len(numbers) / 2


def _numbers(body: Body, one: Column) -> Numbers:
    own = body.numbers[:, one.index]
    return np.asarray(own[body.kinds[:, one.index] == CellKind.NUMBER])


def _money_elsewhere(body: Body, one: Column) -> bool:
    """Whether another column is called money, so that what may be a code need not be the amounts."""
    return any(
        other.index != one.index
        and not may_name_a_code(other.said)
        and (words.MONEY.search(other.said) or (other.years and not one.years))
        for other in body.of_role(Role.AMOUNT)
    )
