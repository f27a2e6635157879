"""Whether a workbook holds a budget at all, and why not where it does not."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from budget_model.intake.files.cells import CellKind, Cells
from budget_model.intake.files.exact import median
from budget_model.intake.files.grid import Sheet
from budget_model.intake.files.reading_limits import count, limit
from budget_model.intake.rules.draft import TableDraft
from budget_model.intake.rules.rows_of_a_part import rows_of_a_part
from budget_model.intake.sheet import words
from budget_model.intake.sheet.answers import Answers, slug
from budget_model.intake.sheet.columns import Column
from budget_model.intake.sheet.days import is_a_day
from budget_model.intake.sheet.meta_words import is_a_key
from budget_model.intake.sheet.pence import beyond_tenths, to_the_penny, with_places
from budget_model.intake.sheet.periods import period_of
from budget_model.intake.sheet.reason import Because, Reason
from budget_model.intake.sheet.roles import Role, RowRole
from budget_model.intake.sheet.statement_words import (
    names_holdings,
    names_one_price,
    names_prices,
    names_what_is_held,
)
from budget_model.intake.sheet.units import LONGEST_STATEMENT, currency_in, unit_in

MOST_LINES_COMPARED: Final = count("refuse", "most_lines_compared")
ROWS_FOR_A_CURRENCY: Final = count("refuse", "rows_for_a_currency")

LITTLE_MONEY: Final = limit("refuse", "little_money")
LABELS_SAY_MONEY: Final = limit("refuse", "labels_say_money")
LABELS_ARE_SERVICES: Final = limit("refuse", "labels_are_services")
LONGEST_FORM: Final = count("refuse", "longest_form")
FEWEST_CELLS_OF_A_FORM: Final = count("refuse", "fewest_cells_of_a_form")
FILLED_BY_THE_FORM: Final = limit("refuse", "filled_by_the_form")
WORDS_OF_A_TITLE: Final = count("refuse", "words_of_a_title")
WITH_PENCE: Final = limit("refuse", "with_pence")
TWO_PLACES: Final = limit("refuse", "two_places")
WHOLE_PENCE: Final = limit("refuse", "whole_pence")
WITH_A_MINUS: Final = limit("refuse", "with_a_minus")

SMALL: Final = count("refuse", "small")
SCANNED: Final = count("refuse", "scanned")


def topic(sheets: Sequence[Cells]) -> str:
    """What a workbook counts, in its own words, where that is not money; else ''.

    Titles and notes say it; a cell deep in a table does not.
    """
    for cells in sheets:
        for row in range(min(cells.height, SCANNED)):
            texts = np.flatnonzero(cells.kinds[row] == CellKind.TEXT)
            if len(texts) > WORDS_OF_A_TITLE or (cells.kinds[row] == CellKind.NUMBER).any():
                continue
            for j in texts:
                text = cells.text(row, int(j))[:LONGEST_STATEMENT]
                match = words.NOT_MONEY_TOPIC.search(text)
                if match and not currency_in(text):
                    return match[0].casefold()
    return ""


@dataclass(frozen=True, slots=True)
class _Workbook:
    """The tables of a workbook, and what is known of their money before any of them is looked at."""

    drafts: Sequence[TableDraft]
    subject: str
    """What the workbook counts, where it says that this is no money; else ''."""
    answers: Answers
    sheets: frozenset[int]
    """The sheets with a table that speaks of money."""
    layouts: frozenset[str]
    """The layouts of which a table does."""
    says_money: bool
    """Whether anything in the workbook does."""


def tables_without_money(
    drafts: Sequence[TableDraft], subject: str, answers: Answers, *, stated: bool = False
) -> dict[int, Because]:
    """The tables that count something else than money, or may do so, each with its reason.

    `stated` is whether a sheet without a table states a unit of money.

    What is nowhere called money is asked about and left out until the officer says that it is.
    """
    spoken = [draft for draft in drafts if draft.amounts() and _speaks_of_money(draft)]
    sheets, layouts = (frozenset(draft.number for draft in spoken), frozenset(d.fingerprint for d in spoken))
    workbook = _Workbook(drafts, subject, answers, sheets, layouts, bool(spoken) or stated)
    reasons = {k: _why_no_money(workbook, draft) for k, draft in enumerate(drafts)}
    return {k: because for k, because in reasons.items() if because is not None}


def _why_no_money(workbook: _Workbook, draft: TableDraft) -> Because | None:
    """What the first rule that has something to say gives; no later one asks the officer then."""
    return next((because for rule in MONEY_RULES if (because := rule(workbook, draft))), None)


def _counts_only(_workbook: _Workbook, draft: TableDraft) -> Because | None:
    return None if draft.amounts() else Reason.COUNTS_ONLY.of()


def _about_something_else(workbook: _Workbook, draft: TableDraft) -> Because | None:
    about = workbook.subject and not _says_money(draft)
    return Reason.ABOUT_SOMETHING_ELSE.of(workbook.subject) if about else None


MOST_ABOVE: Final = count("refuse", "most_above")


def _figures_above(workbook: _Workbook, draft: TableDraft) -> Because | None:
    """Why a line or two are left out that stand without a header above a table that has one, and are not said to belong to it."""
    below = [d for d in workbook.drafts if d.number == draft.number and d.region.top > draft.region.bottom]
    longer = any(d.region.headers and d.amounts() and len(d.lines) > len(draft.lines) for d in below)
    labels = [draft.rows.labels[i] for i in draft.lines.tolist()]
    if draft.region.headers or draft.continues or not longer or not 0 < len(labels) <= MOST_ABOVE:
        return None
    if all(map(is_a_key, labels)):
        return None
    answer = workbook.answers.ask(
        load_key(draft),
        f"Above the table on {draft.where()} stand a few figures without a header, first '{labels[0]}'. Do they "
        "belong to the budget?",
        LEAVE,
        "a line of a budget stands under its header",
        (LEAVE, LOAD),
    )
    return Reason.FIGURES_ABOVE.of() if answer == LEAVE else None


LOAD, LEAVE = "load it", "leave it out"
"""What the officer may say of a table."""


def _perhaps_no_money(workbook: _Workbook, draft: TableDraft) -> Because | None:
    """Why a table that never speaks of money is left out, if it is; the officer is asked either way."""
    beside = draft.number in workbook.sheets or draft.fingerprint in workbook.layouts
    if draft.continues or beside or not draft.visible or draft.unit is not None:
        return None
    beside_money = workbook.says_money
    named = bool(words.SAYS_MONEY.search(draft.file.replace("_", " ")))
    of_services = _labels_of_services(draft)
    directed = draft.settled.directed_by is not None
    rates = _below_one(draft)
    best = LOAD if (beside_money or named or of_services or directed) and not rates else LEAVE
    answer = workbook.answers.ask(
        f"money:{draft.fingerprint}",
        f"Are the figures of {draft.where()} amounts of money? Nothing in the file says so.",
        best,
        "none of its figures is as large as one, as rates and shares are"
        if rates
        else "other tables of the file hold money"
        if beside_money
        else "only the name of the file speaks of it"
        if named
        else "its lines are services that public bodies pay for"
        if of_services
        else "a column says which rows are income and which are expenditure"
        if directed
        else "no header, title, label or number format speaks of it",
        (LOAD, LEAVE),
    )
    return Reason.NOTHING_SAYS_MONEY.of() if answer == LEAVE else None


def _below_one(draft: TableDraft) -> bool:
    """Whether every figure of a table's lines is smaller than one, as pay awards and shares are."""
    figures = [draft.figures[column.index] for column in draft.amounts()]
    return all(
        figure.decimal(int(np.abs(figure.whole[draft.lines]).max(initial=0))) < 1 for figure in figures
    )


def load_key(draft: TableDraft) -> str:
    """The key under which the officer may say whether one table is loaded."""
    return f"load:{draft.fingerprint}:{slug(draft.sheet) or draft.number}"


def _no_budget_by_its_words(workbook: _Workbook, draft: TableDraft) -> Because | None:
    """Why a list of prices, a balance sheet or the like is left out, if its words say that it is one."""
    told = _called_no_budget(draft)
    if told is None:
        return None
    reason, what, because = told
    answer = workbook.answers.ask(
        load_key(draft),
        f"The table on {draft.where()} seems to be {what}. Does it belong to the budget?",
        LEAVE,
        because,
        (LEAVE, LOAD),
    )
    return reason.of() if answer == LEAVE else None


def _called_no_budget(draft: TableDraft) -> tuple[Reason, str, str] | None:
    """What a table's title or headers call it, if that is no budget: the reason, its name and why not."""
    region = draft.region
    titles = [
        draft.sheet,
        *(draft.cells.text(row, j) for row in region.titles for j in range(draft.cells.width)),
    ]
    each = "what something costs each is not what is spent on it"
    if any(words.PRICES.search(title) or names_prices(title) for title in titles):
        return Reason.PRICE_LIST, "a list of prices or scales", each
    if any(names_holdings(title) for title in titles):
        return (
            Reason.HOLDINGS,
            "a statement of what is held and owed",
            "what is held at a date is not spent in a year",
        )
    amounts = draft.amounts()
    if _held_at_month_ends(draft) or (amounts and all(names_holdings(c.said) for c in amounts)):
        return (
            Reason.HOLDINGS,
            "a statement of what is held at dates",
            "what is held at a date is not spent in a year",
        )
    if _headed_with_prices(draft):
        return Reason.PRICED_ITEMS, "a list of charges", each
    return None


_HELD = words.hints("refuse.held")
_A_DAY = re.compile(r"\D*(?:2[89]|3[01])\D*")


def _held_at_month_ends(draft: TableDraft) -> bool:
    """Whether all amounts stand under last days of months, and the words speak of what is held and of no flow."""
    months = [period_of(column.name) for column in draft.amounts()]
    if len(months) < 2 or not all(month and _A_DAY.fullmatch(month.rest) for month in months):
        return False
    said = [*(draft.rows.labels[:SCANNED_LABELS]), draft.sheet]
    flows = any(words.INCOME.search(text) or words.EXPENDITURE.search(text) for text in said)
    return not flows and any(_HELD.search(text) for text in said)


def _headed_with_prices(draft: TableDraft) -> bool:
    """Whether a table without a total heads its labels, or all its amounts, with the word for one price."""
    if any(not total.off for total in draft.rows.totals.values()):
        return False
    labels = [c.said for c in draft.columns if c.role is Role.WORDS]
    amounts = [c.said for c in draft.amounts()]
    return any(map(names_one_price, labels)) or (bool(amounts) and all(map(names_one_price, amounts)))


def _balances(workbook: _Workbook, draft: TableDraft) -> Because | None:
    """Why a table of reserves is left out, if it is."""
    if not draft.balances:
        return None
    alone = all(words.BALANCE.search(column.name) for column in draft.amounts())
    of_services = alone and _labels_of_services(draft)
    answer = workbook.answers.ask(
        load_key(draft),
        f"The table on {draft.where()} shows what is held at two dates{'' if alone else ' and the movements between them'}. "
        "Does it belong to the budget?",
        LOAD if of_services else LEAVE,
        "its lines are services that public bodies pay for"
        if of_services
        else "what is moved to or from a reserve is as a rule among the lines of the budget already",
        (LEAVE, LOAD),
    )
    return Reason.BALANCES_AND_MOVEMENTS.of() if answer == LEAVE else None


def _perhaps_held(workbook: _Workbook, draft: TableDraft) -> Because | None:
    """Why a table is left out whose only amounts may be what is held at a date, if the officer says so.

    It is loaded unless the officer says otherwise: a schedule may call its budget a balance.
    """
    amounts = draft.amounts()
    if not amounts or draft.balances or not draft.visible:
        return None
    if not all(map(_may_be_held, amounts)) and not _headed_with_days_alone(draft):
        return None
    answer = workbook.answers.ask(
        load_key(draft),
        f"The amounts of {draft.where()} stand under '{amounts[0].name}'. Are they what a year costs, and not what "
        "is held or owed at a date?",
        LOAD,
        "nothing but the header speaks of what is held",
        (LOAD, LEAVE),
    )
    return Reason.OFFICER.of() if answer == LEAVE else None


def _headed_with_days_alone(draft: TableDraft) -> bool:
    """Whether all amounts stand under days, and no word of the table speaks of what comes in or goes out in a year."""
    if not all(is_a_day(column.said) for column in draft.amounts()):
        return False
    titles = [draft.cells.text(row, j) for row in draft.region.titles for j in range(draft.cells.width)]
    headers = [column.said for column in draft.columns]
    spoken = [draft.sheet, *titles, *headers, *draft.rows.labels[:SCANNED_LABELS]]
    return not any(_of_a_year(text) for text in spoken) and not _labels_of_services(draft)


def _of_a_year(text: str) -> bool:
    """Whether words speak of income, expenditure or a budget."""
    return any(kind.search(text) for kind in (words.INCOME, words.EXPENDITURE, words.SPENDING, words.PHASE))


def _may_be_held(column: Column) -> bool:
    """Whether a column's header names what is held or owed at a date, and no phase of a budget."""
    named = names_what_is_held(column.said) or bool(words.BALANCE.search(column.name))
    return named and not words.PHASE.search(column.name)


def _of_a_part_of_the_year(workbook: _Workbook, draft: TableDraft) -> Because | None:
    """Why a table is left out whose rows are of some months only, if the officer says so."""
    part = rows_of_a_part(draft) if draft.visible else None
    if part is None:
        return None
    answer = workbook.answers.ask(
        load_key(draft),
        f"The rows of {draft.where()} are of {part}, by column {part.column.letter}, {part.column.name}. Are they all "
        "that is to be loaded for the year?",
        LOAD,
        "nothing on the sheet says what the whole year comes to",
        (LOAD, LEAVE),
    )
    return Reason.OFFICER.of() if answer == LEAVE else None


MONEY_RULES: Final[tuple[Callable[[_Workbook, TableDraft], Because | None], ...]] = (
    _counts_only,
    _about_something_else,
    _no_budget_by_its_words,
    _balances,
    _perhaps_held,
    _figures_above,
    _perhaps_no_money,
    _of_a_part_of_the_year,
)
"""Every reason for which a table may hold no money of a budget, in the order in which they are looked for."""


def _speaks_of_money(draft: TableDraft) -> bool:
    """Whether anything in a table or around it is said of money alone."""
    if draft.unit is not None or any(column.unit for column in draft.amounts()):
        return True
    # The turnover of staff is no money: what a count or a rate is called says nothing of the amounts beside it.
    said = [draft.sheet, *(c.name for c in draft.columns if c.role not in (Role.COUNT, Role.RATE))]
    counted = {c.index for c in draft.columns if c.role in (Role.COUNT, Role.RATE)}
    cells, region = draft.cells, draft.region
    around = [*range(region.top, draft.body.start), *range(region.bottom + 1, cells.height)][:SCANNED]
    said += [cells.text(row, j) for row in around for j in range(cells.width) if j not in counted]
    if any(words.SAYS_MONEY.search(text.replace("_", " ")) for text in said):
        return True
    return _labels_of_money(draft) or _figures_of_money(draft) or _notes_of_money(draft)


def _notes_of_money(draft: TableDraft) -> bool:
    """Whether a short note at the end of a table states a unit of money."""
    notes = [i for i in draft.body[-LAST_NOTES:] if draft.rows.roles[i - draft.body.start] == RowRole.NOTE]
    texts = (draft.cells.text(row, j) for row in notes for j in range(draft.cells.width))
    return any(len(text) <= LONGEST_NOTE and unit_in(text) is not None for text in texts)


LAST_NOTES: Final = count("refuse", "last_notes")
LONGEST_NOTE: Final = count("refuse", "longest_note")


def _labels_of_money(draft: TableDraft) -> bool:
    """Whether several labels of rows speak of money, or one that is a total or a heading."""
    labels = [label for label in draft.rows.labels[:SCANNED_LABELS] if label]
    told = [
        label
        for label in dict.fromkeys(labels)
        if words.SAYS_MONEY.search(label) and not words.ROW_WITHOUT_MONEY.search(label)
    ]
    telling = {draft.rows.labels[i] for i in draft.rows.totals}
    return len(told) >= max(2, LABELS_SAY_MONEY * len(set(labels))) or any(label in telling for label in told)


FEWEST_SERVICES: Final = count("refuse", "fewest_services")
LEAST_FOR_A_SERVICE: Final = count("refuse", "least_for_a_service")


def _labels_of_services(draft: TableDraft) -> bool:
    """Whether most labels name services of public bodies, and the figures are as large as money is."""
    labels = {label for i in draft.lines[:SCANNED_LABELS].tolist() if (label := draft.rows.labels[i])}
    services = sum(bool(words.SERVICES.search(label)) for label in labels)
    figures = np.concatenate(
        [draft.cells.numbers[draft.lines + draft.body.start, c.index] for c in draft.amounts()]
    )
    figures = np.abs(figures[np.isfinite(figures) & (figures != 0)])
    large = len(figures) > 0 and median(figures) >= LEAST_FOR_A_SERVICE
    return large and services >= max(FEWEST_SERVICES, LABELS_ARE_SERVICES * len(labels))


SCANNED_LABELS: Final = count("refuse", "scanned_labels")
SMALLEST: Final = count("refuse", "smallest")


def _figures_of_money(draft: TableDraft) -> bool:
    """Whether the figures themselves are written as money is: with pence, with a minus, with a sign."""
    body = draft.body
    formats = draft.cells.sheet.facts.number_formats
    if any(currency_in(told) for (row, _), told in list(formats.items())[:SCANNED_LABELS] if row in body):
        return True
    for column in draft.amounts():
        figures = draft.cells.numbers[body.start : body.stop, column.index]
        figures = figures[np.isfinite(figures) & (figures != 0)][:SCANNED_LABELS]
        if len(figures) and (
            (
                median(np.abs(figures)) >= SMALLEST
                and with_places(figures).mean() >= WITH_PENCE
                and beyond_tenths(figures).mean() >= TWO_PLACES
                and to_the_penny(figures).mean() >= WHOLE_PENCE
            )
            or ((figures < 0).mean() >= WITH_A_MINUS and not words.DIFFERENCE.search(column.name))
        ):
            return True
        if any(
            currency_in(t) for row in body[:ROWS_FOR_A_CURRENCY] if (t := draft.cells.text(row, column.index))
        ):
            return True
    return False


def _says_money(draft: TableDraft) -> bool:
    if draft.unit is not None:
        return True
    return any(
        column.unit or currency_in(column.name) or words.SPENDING.search(column.said)
        for column in draft.amounts()
    )


def refusal(
    drafts: Sequence[TableDraft], chosen: Sequence[int], subject: str, *, asked: bool = False
) -> str | None:
    """Why the file is refused, in a sentence that says what to do; None where it is not.

    Where it is `asked` whether a table belongs to a budget, the answer decides.
    """
    if not drafts:
        return "There is no table of figures in this file. Send the workbook that holds the budget itself."
    if subject and _little_money(drafts, chosen):
        return (
            f"This file is about {subject}; its figures are counts and not a budget. "
            "Send the workbook that holds the budget itself."
        )
    if any(draft.amounts() for draft in drafts) and _not_filled_in(drafts):
        return (
            "Every amount in this file is zero or empty: it looks like a form that was not filled in. "
            "Send the completed one."
        )
    if chosen or asked:
        return None
    if without := sum(len(sheet.facts.uncalculated) for sheet in _sheets(drafts)):
        return (
            f"No amount of money can be read from this file: {without} of its cells hold formulas without a result. "
            "Open it in the spreadsheet program, let it calculate, save it and send it again."
        )
    return (
        "There are no amounts of money in this file, only counts, rates or codes. "
        "Send the workbook that holds the budget itself."
    )


def _sheets(drafts: Sequence[TableDraft]) -> list[Sheet]:
    return list({draft.number: draft.cells.sheet for draft in drafts}.values())


def _not_filled_in(drafts: Sequence[TableDraft]) -> bool:
    """Whether all amounts are zero, but for a few small numbers such as those of lines and tables."""
    figures = (
        [
            draft.figures[c.index].decimal(int(v))
            for draft in drafts
            for c in draft.amounts()
            for v in draft.figures[c.index].whole[draft.lines][:MOST_LINES_COMPARED]
        ]
        if sum(len(d.lines) for d in drafts) < LONGEST_FORM
        else None
    )
    if figures is None:
        return not any(draft.figures[c.index].whole.any() for draft in drafts for c in draft.amounts())
    some = [figure for figure in figures if figure]
    return not some or (
        len(figures) >= FEWEST_CELLS_OF_A_FORM
        and len(some) <= FILLED_BY_THE_FORM * len(figures)
        and max(map(abs, some)) < SMALL
    )


def _little_money(drafts: Sequence[TableDraft], chosen: Sequence[int]) -> bool:
    """Whether the tables of money are a small part of what the workbook holds."""
    cells = [int(np.isfinite(d.cells.numbers[d.body.start : d.body.stop]).sum()) for d in drafts]
    return sum(cells[k] for k in chosen) < LITTLE_MONEY * sum(cells)
