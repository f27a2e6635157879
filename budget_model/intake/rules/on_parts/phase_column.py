"""A column that says budget or actual on every row parts them, where each line comes again with every phase."""

import re
from collections.abc import Iterator, Sequence
from functools import reduce
from typing import Final

import numpy as np

from budget_model.intake.files.reading_limits import count, limit
from budget_model.intake.rules.splits import Kinds, Sheet, Splits, lines_of, year_named
from budget_model.intake.sheet import words
from budget_model.intake.sheet.columns import Column
from budget_model.intake.sheet.phase_words import phase_alone
from budget_model.intake.sheet.reason import Reason

MOST_PHASES: Final = count("splits", "most_phases")
BLANKS: Final = count("splits", "blanks")
SHARED_AMONG_PARTS: Final = limit("splits", "shared_among_parts")
_A_PHASE = re.compile(
    r"\W*(?:(?:19|20)\d{2}(?:\W\d{2,4})?\s+)?"
    r"(?:(?:original|revised|approved|latest|current|working|final|draft|proposed|adopted|base|initial|annual|full[ -]year|projected"
    r"|provisional|estimated|profiled?|year[ -]to[ -]date|ytd|last year|this year|prior year|net|gross)\s+)*"
    r"(?:budgets?|estimates?|forecasts?|actuals?|out-?turns?|plan(?:ned)?|projections?|original|revised|approved|ytd|year[ -]to[ -]date)"
    r"(?:\s+(?:out-?turn|budget|spend|expenditure|amount|ytd|to date))?(?:\s+(?:19|20)\d{2}(?:\W\d{2,4})?)?\W*",
    re.IGNORECASE,
)
"""What names a phase of a budget and nothing else; 'Planned maintenance' does not."""


def phase_column(sheet: Sheet) -> Iterator[Splits]:
    """Find the column of phases whose lines come again."""
    for column in sheet.worded():
        if sheet.cells.variety(column.index, sheet.region.body) > MOST_PHASES + BLANKS:
            continue
        kinds = sheet.kinds(column)
        phases = _phases(kinds)
        if phases and _come_again(sheet, column, kinds, phases):
            order = sorted(kinds.texts, key=lambda code: int(np.argmax(kinds.codes == code)))
            names = tuple(kinds.texts[code] for code in order)
            because = Reason.COLUMN_SAYS_PHASE.of(column.letter, " or ".join(names))
            years = tuple(year_named(name) for name in names)
            yield Splits(kinds.placed(order), names, column.index, because, years)


def _phases(kinds: Kinds) -> list[int]:
    """The texts that name a phase, where there are several and all others name the difference of two; else none."""
    phases = [code for code, text in kinds.texts.items() if _names_a_phase(text)]
    others = [text for code, text in kinds.texts.items() if code not in phases]
    few = 2 <= len(kinds.texts) <= MOST_PHASES
    return phases if few and len(phases) >= 2 and all(map(words.DIFFERENCE.search, others)) else []


def _names_a_phase(text: str) -> bool:
    return bool(_A_PHASE.fullmatch(text)) or phase_alone(text) is not None


def _come_again(sheet: Sheet, column: Column, kinds: Kinds, phases: Sequence[int]) -> bool:
    """Whether the lines of one phase are those of the next, and not other months or other services.

    What is different on every row, as a reference is, says nothing; a blank means the same as above.
    """
    together = lines_of(sheet, column)
    if together is None:
        return _nothing_but_phases(sheet, column, kinds)
    lines = [np.unique(together[kinds.rows(code)]) for code in phases]
    shared = reduce(np.intersect1d, lines)
    return len(shared) >= 2 and len(shared) >= SHARED_AMONG_PARTS * min(map(len, lines))


def _nothing_but_phases(sheet: Sheet, column: Column, kinds: Kinds) -> bool:
    """Whether the only words of the lines are phases, each said once: services run across, budget and actual down."""
    return sheet.worded() == [column] and all(len(kinds.rows(code)) == 1 for code in kinds.texts)
