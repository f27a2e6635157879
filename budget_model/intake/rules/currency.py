"""In which currency the amounts of a table are, and whether its unit can be right: asked where it is in doubt.

Another currency than pounds, several currencies, a language in which nobody means pounds, and a unit in which the
amounts come to more than any government spends are asked about, never taken for granted.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from budget_model.intake.files.amounts import currencies
from budget_model.intake.files.cells import texts_at_the_top
from budget_model.intake.files.exact import median
from budget_model.intake.files.language import ENGLISH, currency_of, language_of
from budget_model.intake.files.reading_limits import count
from budget_model.intake.rules.draft import TableDraft
from budget_model.intake.rules.units_that_differ import ask_of_units_that_differ
from budget_model.intake.sheet.answers import Answers
from budget_model.intake.sheet.reason import Because, Reason
from budget_model.intake.sheet.roles import Role, RowRole
from budget_model.intake.sheet.unit import UnitSource
from budget_model.intake.sheet.unit_found import OPTIONS, UnitFound
from budget_model.intake.sheet.unit_rows import UnitRows, unit_rows
from budget_model.intake.sheet.units import Unit, currencies_in, currency_in, unit_named

HOME = "GBP"
AS_THEY_ARE, LEAVE = "load them as they are", "leave them out"
LOOKED_AT: Final = count("currency", "looked_at")
FEWEST_IN_FULL: Final = count("currency", "fewest_in_full")
"""What comes to less than so much is not written out in full, whatever its unit makes of it."""
IMPLAUSIBLE: Final = count("currency", "implausible")
IMPLAUSIBLE_LINE: Final = count("currency", "implausible_line")


def ask_of_units(drafts: Sequence[TableDraft], aside: dict[int, Because], answers: Answers) -> None:
    """Ask what is in doubt about the unit and the currency of each table; set aside what is not to be loaded."""
    elsewhere = {
        code
        for draft in drafts
        for text in texts_at_the_top(draft.cells.sheet)
        for code in currencies_in(text)
    }
    for k, draft in enumerate(drafts):
        if k in aside or not draft.amounts() or draft.unit is None:
            continue
        quiet = answers if draft.visible else Answers(answers.given)
        _ask_of_size(draft, quiet)
        ask_of_units_that_differ(draft, quiet)
        reason = _ask_of_currency(draft, elsewhere, quiet)
        if reason is not None:
            aside[k] = reason


def _ask_of_size(draft: TableDraft, answers: Answers) -> None:
    """A stated unit that makes every line larger than any programme: the best guess is that figures are in full."""
    key = f"unit:{draft.fingerprint}"
    if answers.answered(key) is not None:
        for column in draft.columns:
            column.unit = None
        return
    for column in draft.amounts():
        unit = draft.unit_of(column)
        figures = np.abs(draft.cells.numbers[draft.lines + draft.body.start, column.index])
        figures = figures[np.isfinite(figures) & (figures != 0)]
        worth = unit.factor / _to_a_pound(unit.currency)
        if unit.factor == 1 or not len(figures) or figures.sum() < FEWEST_IN_FULL:
            continue
        if figures.sum() * worth >= IMPLAUSIBLE and median(figures) * worth >= IMPLAUSIBLE_LINE:
            best = Unit(unit.currency, 1)
            answer = answers.ask(
                key,
                f"In {unit}, as the file says, the usual line of column {column.letter} of {draft.where()} comes to "
                f"{median(figures) * unit.factor:,.0f}. In which unit are the amounts?",
                str(best),
                "no public body has lines as large; they look written out in full",
                _options(best, unit),
            )
            draft.unit = UnitFound(unit_named(answer), UnitSource.GUESS, sure=False)
            for one in draft.columns:
                one.unit = None
            return


def ask_of_the_whole(draft: TableDraft, answers: Answers) -> None:
    """A stated unit in which a column comes to more than any public budget, though its lines do not, is asked about."""
    if draft.unit is None or draft.unit.unit.factor == 1:
        return
    for column in draft.amounts():
        unit = draft.unit_of(column)
        whole = draft.figures[column.index]
        amount = whole.decimal(int(np.abs(whole.whole[draft.lines]).sum())) * unit.factor
        if unit.factor > 1 and float(amount) / _to_a_pound(unit.currency) >= IMPLAUSIBLE:
            answers.ask(
                f"unit:{draft.fingerprint}",
                f"In {unit}, as the {draft.unit.said_by} says, column {column.letter} of {draft.where()} comes to "
                f"{amount:,.0f}. In which unit are the amounts?",
                str(unit),
                f"the {draft.unit.said_by} says so, but no public budget is as large",
                OPTIONS if str(unit) in OPTIONS else (str(unit), *OPTIONS),
            )
            return


def _to_a_pound(currency: str | None) -> float:
    about: Mapping[str, object] = currencies().get(currency or HOME, {})
    return float(str(about.get("to_a_pound", 1)))


def _options(best: Unit, *others: Unit) -> tuple[str, ...]:
    sizes = [str(Unit(best.currency, factor)) for factor in (1, 1000, 1_000_000)]
    return tuple(dict.fromkeys([str(best), *map(str, others), *sizes, *OPTIONS]))


def _ask_of_currency(draft: TableDraft, elsewhere: set[str], answers: Answers) -> Because | None:
    rows = unit_rows(draft.cells, draft.region, draft.columns)
    named = _currencies_of_columns(draft)
    seen = tuple(dict.fromkeys([*(rows.currencies if rows else ()), *named.values()]))
    if not seen and len(written := _written(draft)) > 1:
        seen = tuple(sorted(written))
    if len(seen) > 1:
        return _ask_of_several(draft, seen, rows, named, answers)
    if draft.unit is None:
        return None
    stated = next(iter(seen), None) or _of_unit(draft.unit) or _in_cells(draft) or _only(elsewhere)
    if stated is None:
        _ask_of_unsaid(draft, answers)
        return None
    currency, reason = _of_its_sign(draft, stated)
    _call(draft, stated, currency)
    return _ask_of_other(draft, currency, reason, answers) if currency != HOME else None


def _of_unit(unit: UnitFound) -> str | None:
    """The currency of a unit, unless it is only pounds for want of a better guess."""
    guessed = unit.source is UnitSource.GUESS and unit.unit.currency == HOME
    return None if guessed else unit.unit.currency


def _of_its_sign(draft: TableDraft, stated: str) -> tuple[str, str]:
    """The currency that a sign stands for, and why; Danes, Norwegians and Swedes write kr, and the language tells them apart."""
    sharing = currencies().get(stated, {}).get("sign_shared_with", [])
    texts = texts_at_the_top(draft.cells.sheet)
    by_code = re.compile(rf"(?<![^\W\d_])[TM]?{stated}(?![^\W\d_])")
    if not sharing or any(map(by_code.search, texts)):
        return stated, "the file names the currency"
    own = currency_of(language_of([*texts, *draft.rows.labels[:LOOKED_AT]]))
    if own is not None and own in (stated, *sharing):
        return (
            own,
            "several currencies have the sign that the file names, and its words are of the language of this one",
        )
    return stated, "several currencies have the sign that the file names, and this one is used most"


def _call(draft: TableDraft, stated: str, currency: str) -> None:
    """Let a table be in a currency, and with it the columns that were taken to be in one of the same sign."""
    for column in draft.columns:
        if column.unit is not None and column.unit.currency == stated:
            column.unit = replace(column.unit, currency=currency)
    if draft.unit is not None:
        draft.unit = replace(draft.unit, unit=Unit(currency, draft.unit.unit.factor))


def _only(elsewhere: set[str]) -> str | None:
    return next(iter(elsewhere)) if len(elsewhere) == 1 else None


def _currencies_of_columns(draft: TableDraft) -> dict[int, str]:
    """The currency that the header of each column of amounts names."""
    told = {
        column.index: column.unit.currency if column.unit else currency_in(column.name)
        for column in draft.amounts()
    }
    return {index: code for index, code in told.items() if code}


def _in_cells(draft: TableDraft) -> str | None:
    """The one currency written in the cells of the amounts, or shown by their number formats."""
    return _only(_written(draft))


def _written(draft: TableDraft) -> set[str]:
    """The currencies written in the cells of the amounts, or shown by their number formats."""
    rows = draft.body[:LOOKED_AT]
    formats = draft.cells.sheet.facts.number_formats
    seen: set[str] = set()
    for column in draft.amounts():
        for row in rows:
            value = draft.cells.value(row, column.index)
            told = value if isinstance(value, str) else formats.get((row, column.index), "")
            seen.update(currencies_in(told[:60]) if told else ())
    return seen


def _ask_of_several(
    draft: TableDraft, seen: Sequence[str], rows: UnitRows | None, named: Mapping[int, str], answers: Answers
) -> Because | None:
    """Amounts in several currencies are not added up: which are loaded is asked, pounds first."""
    best = HOME if HOME in seen else seen[0]
    answer = answers.ask(
        f"currency:{draft.fingerprint}",
        f"The amounts of {draft.where()} are in several currencies: {', '.join(seen)}. They are not added up. "
        "Which are loaded?",
        best,
        "amounts in different currencies make no sum",
        (*seen, AS_THEY_ARE, LEAVE),
    )
    if answer == LEAVE:
        return Reason.IN_CURRENCIES.of(", ".join(seen))
    if answer in seen:
        _keep_only(draft, answer, rows, named)
    return None


def _keep_only(draft: TableDraft, currency: str, rows: UnitRows | None, named: Mapping[int, str]) -> None:
    for column in draft.columns:
        if named.get(column.index, currency) != currency:
            column.role = Role.MEMO
            column.reason = Reason.IN_CURRENCIES.of(named[column.index])
    for i, unit in enumerate(rows.units if rows else ()):
        if unit and unit.currency not in (None, currency) and draft.rows.roles[i] == RowRole.LINE:
            draft.rows.roles[i] = RowRole.NOTE
            draft.rows.reasons[i] = Reason.OTHER_CURRENCY.of(unit.currency, currency)
    draft.lines = np.flatnonzero(draft.rows.roles == RowRole.LINE).astype(np.int32)
    if draft.unit is not None:
        draft.unit = replace(draft.unit, unit=Unit(currency, draft.unit.unit.factor))


def _ask_of_other(draft: TableDraft, currency: str, reason: str, answers: Answers) -> Because | None:
    """One currency other than pounds is loaded as it is only when somebody says so."""
    answer = answers.ask(
        f"currency:{draft.fingerprint}",
        f"The amounts of {draft.where()} are in {_called(currency)}. Nothing is converted. Are they to be loaded as they are?",
        AS_THEY_ARE,
        reason,
        (AS_THEY_ARE, LEAVE),
    )
    return Reason.IN_CURRENCIES.of(currency) if answer == LEAVE else None


def _called(currency: str) -> str:
    signs = currencies().get(currency, {}).get("signs", [])
    return f"{currency} ({signs[0]})" if signs else currency


def _ask_of_unsaid(draft: TableDraft, answers: Answers) -> None:
    """Where no currency is named and the words are of another language, its own is the best guess, and asked."""
    texts = [*texts_at_the_top(draft.cells.sheet), *draft.rows.labels[:LOOKED_AT]]
    language = language_of(texts)
    key = f"unit:{draft.fingerprint}"
    if draft.unit is None or language in ("", ENGLISH) or answers.answered(key) is not None:
        return
    guess = Unit(currency_of(language), draft.unit.unit.factor)
    answers.asked.pop(key, None)
    answer = answers.ask(
        key,
        f"In which unit and currency are the amounts on {draft.where()}? The file names no currency.",
        str(guess),
        "its words are not English, so that pounds are unlikely",
        _options(guess, Unit(HOME, guess.factor)),
    )
    draft.unit = UnitFound(unit_named(answer), UnitSource.GUESS, sure=False)
