"""Columns that are sides of one account, kinds of cost, services or months in turn are parts of one whole."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from budget_model.intake.files.reading_limits import count, limit
from budget_model.intake.rules.alternative import ONE_BUDGET
from budget_model.intake.rules.on_alternatives.amounts import Amounts, Grouped
from budget_model.intake.sheet import words
from budget_model.intake.sheet.months_across import FEWEST_WITH_YEARS, in_turn, month_named_by
from budget_model.intake.sheet.table import Measure

MOST_MONTHS: Final = count("alternatives", "most_months")
NAMED_AS_PARTS: Final = limit("alternatives", "named_as_parts")


def parts_of_one_whole(amounts: Amounts) -> Grouped:
    """All columns as one budget, where each has a side or their headers name parts."""
    live = {m.column for m in amounts.measures if m.total or m.expenditure}
    of_sides = bool(live) and live <= set(amounts.draft.sides.of_column)
    parts = of_sides or named_as_parts(amounts.measures) or _months_down(amounts)
    return amounts.all_in(ONE_BUDGET) if parts else {}


def _months_down(amounts: Amounts) -> bool:
    """Whether the lines are the months of a year, so that columns without a phase or a total are what is spent in them."""
    draft, headers = amounts.draft, amounts.columns()
    if not FEWEST_WITH_YEARS <= len(draft.lines) <= MOST_MONTHS:
        return False
    if any(words.PHASE.search(c.name) or words.TOTAL.search(c.name) or c.years for c in headers):
        return False
    rows = (draft.body.start + i for i in draft.lines.tolist())
    months = [month_named_by(draft.cells.value(row, draft.region.left)) for row in rows]
    named = [month for month in months if month]
    return len(named) == len(months) and in_turn(named)


_PARTS = words.hints("alternatives.part_of_a_whole", *(rf"\b{month[:3]}" for month in words.MONTHS))
_CODED_PART = re.compile(r"(?!FY|[QYVPM]\d)[A-Z]{1,3}\d{2,3}[A-Z]?\b.*", re.DOTALL)
"""A kind of cost by its number in a return: E01, E26 Agency supply."""


def named_as_parts(measures: Sequence[Measure]) -> bool:
    """Whether the headers name parts of one whole: kinds of cost, services, months."""
    names = [measure.name.strip() for measure in measures]
    if _months_in_turn(names):
        return True
    named = sum(bool(_PARTS.search(measure.name)) for measure in measures)
    coded = sum(bool(_CODED_PART.fullmatch(name)) for name in names)
    return max(named, coded) >= NAMED_AS_PARTS * len(measures) and len(measures) >= 2


def _months_in_turn(names: Sequence[str]) -> bool:
    """Whether the headers are dates of months that follow each other."""
    found = [re.fullmatch(r"((?:19|20)\d{2})-(\d{2})-\d{2}", name) for name in names]
    months = [int(match[1]) * 12 + int(match[2]) for match in found if match]
    return len(months) == len(names) >= 2 and all(b - a == 1 for a, b in pairwise(months))
