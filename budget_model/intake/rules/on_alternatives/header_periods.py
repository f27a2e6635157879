"""What a header says of year and phase: 'last year', '2016-17 budget', 'spent to date'."""

import re
from collections.abc import Sequence

from budget_model.intake.rules.alternative import Alternative
from budget_model.intake.rules.on_alternatives.amounts import Grouped
from budget_model.intake.sheet import words
from budget_model.intake.sheet.periods import to_date
from budget_model.intake.sheet.phase_words import phase_word_within
from budget_model.intake.sheet.table import Measure

TO_DATE = words.hints("alternatives.to_date")
"""What is so only of a part of the year, or of the years before."""
_RELATIVE = re.compile(
    r"\b(?P<last>last|previous|prior|preceding)(?: financial)? year\b|\b(?P<this>this|current)(?: financial)? year\b"
    r"|\b(?P<next>next|coming|following|forthcoming)(?: financial)? year\b",
    re.IGNORECASE,
)
"""Years that a header names without a number."""
_IN_TURN = {"last year": "1", "this year": "2", "next year": "3"}


def _relative_year(name: str) -> str:
    match = _RELATIVE.search(name)
    return f"{match.lastgroup} year" if match else ""


def year_and_phase(measure: Measure) -> str:
    """The year and phase that a header names: '2016-17 budget'; '' where it names none."""
    year = measure.year or _relative_year(measure.name)
    phase = _phase(_RELATIVE.sub(" ", measure.name))
    so_far = TO_DATE.search(measure.name) or to_date.search(measure.name.casefold())
    part = "to date" if so_far and (year or phase) else ""
    return " ".join(text for text in (year, phase, part) if text)


def _phase(name: str) -> str:
    """The longest words that name a phase."""
    phase = words.PHASE.search(name)
    longest = phase_word_within(name)
    return phase[0].casefold() if phase and len(phase[0]) >= len(longest) else longest


def latest_year(option: Alternative, amounts: Sequence[Measure], grouped: Grouped) -> str:
    """The latest year of the columns of an alternative, in an order that sorts; '' where none is named."""
    own = (measure for measure in amounts if grouped[measure] == option)
    return max((m.year or _IN_TURN.get(_relative_year(m.name), "") for m in own), default="")
