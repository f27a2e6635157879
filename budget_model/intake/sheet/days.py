"""Whether a header is a day, as amounts that are held or owed at it are headed, and nothing more.

The words that stand before or behind such a day are in `data/intake/words/hints.csv`.
"""

import re

from budget_model.intake.sheet import words
from budget_model.intake.sheet.periods import is_of_a_unit, month_named

_AS_AT = words.hints("days.as_at")
_A_DAY = re.compile(
    r"(?<!\d)(?:(?:19|20)\d{2}\s?[-/.年년]\s?\d{1,2}\s?[-/.月월]\s?\d{1,2}\s?[日일]?"
    r"|\d{1,2}\.?\s?[-/.]\s?\d{1,2}\s?[-/.]\s?(?:19|20)?\d{2}\.?)(?!\d)"
)
_DAY_OF_A_MONTH = re.compile(
    r"(?<!\d)(?:[0-2]?\d|3[01])(?:st|nd|rd|th|er|º|\.)?(?:\s(?:de|of|d['’]))?\s?\0\.?,?(?:\s(?:de|del|of))?\s?(?:19|20)\d{2}(?!\d)"
    r"|\0\.?\s(?:[0-2]?\d|3[01])(?:st|nd|rd|th)?,?\s(?:19|20)\d{2}(?!\d)"
    r"|(?:19|20)\d{2}\.?\s(?:[^\W\d]{1,6}\.?\s)?\0\s(?:[0-2]?\d|3[01])\.?(?!\d)"
    r"|(?:19|20)\d{2}\.?\s(?:[^\W\d]{1,6}\.?\s)?(?:[0-2]?\d|3[01])\.?\s?\0"
)


def is_a_day(header: str) -> bool:
    """Whether a header is a day of a stated year, with its unit and a word such as 'as at' at the most.

    >>> [is_a_day(text) for text in ("31 March 2025 £000", "As at 31/03/2025", "Stand 31.12.2024 (EUR)", "2025-03-31")]
    [True, True, True, True]
    >>> [is_a_day(text) for text in ("Year ended 31 March 2025", "Budget 31.12.2024", "March 2025", "2024/25")]
    [False, False, False, False]
    """
    text = " ".join(header.casefold().split())
    rest = _A_DAY.sub(" ", text, count=1)
    if rest == text and (month := month_named(text)):
        rest = _DAY_OF_A_MONTH.sub(" ", text.replace(month, "\0", 1), count=1)
        rest = text if "\0" in rest else rest
    if rest == text:
        return False
    return all(map(is_of_a_unit, _AS_AT.without(rest).split()))
