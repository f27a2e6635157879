"""Which words in a header, a label or a title hint at what a column, a row or a table is.

Words are hints and never proofs: arithmetic decides where it can, and where it cannot the officer is
asked. English first; the commonest German, Spanish and French words too.
"""

import re
from typing import Final

from budget_model.intake.files.lists import listed_in
from budget_model.intake.sheet.alternatives_of_words import Words
from budget_model.intake.sheet.header_words import amount_patterns
from budget_model.intake.sheet.hints import hint_patterns
from budget_model.intake.sheet.phase_words import phase_patterns
from budget_model.intake.sheet.side_words import Said, part_patterns, patterns, total_patterns
from budget_model.intake.sheet.word_tables import whole


def any_of(*alternatives: str) -> Words:
    """A pattern that finds any of some words, in small or capital letters."""
    return Words(alternatives)


_HINTS: Final = hint_patterns()


def hints(concept: str, *more: str) -> Words:
    """A pattern for the words of one concept in `data/intake/words/hints.csv`, and for more of them."""
    return any_of(*_HINTS[concept], *more)


def listed(kind: str) -> tuple[str, ...]:
    """Patterns for the words of one kind in `data/intake/money.toml`, in all languages.

    A star stands for any ending; where a script puts no spaces between words, a word is found anywhere.
    """
    told = listed_in("money")
    words = dict.fromkeys(word for some in told.values() for word in some.get(kind, ()))
    return tuple(whole(word.removesuffix("*"), r"\w*" if word.endswith("*") else "") for word in words)


TOTAL = hints("total", *total_patterns())
GRAND_TOTAL = hints("grand_total", *total_patterns("grand"))
NET = hints("net")
SURPLUS = hints("surplus")
INCOME = hints("income", *patterns(Said.INCOME))
INCOME_WITH_A_MINUS = hints("income_with_a_minus")
"""What speaks of income only where it is printed with a minus: a grant may be given as well as received."""
EXPENDITURE = hints("expenditure", *patterns(Said.EXPENDITURE))
DIFFERENCE = hints("difference")
MOVEMENT = hints("movement")
"""What leads from one budget to the next."""
TAX_ON_TOP = hints("tax_on_top")
RATE = hints("rate")
RATE_IN_POUNDS = hints("rate_in_pounds")
COUNT = hints("count")
CLASSIFICATION = hints("classification")
"""Whose codes may have a point: 10.2."""
CODE = hints("code")
SURELY_CODE = hints("surely_code")
"""What by itself is never the header of money, whatever its figures look like: 1, 1.1, 1.2."""
MONEY = hints("money", *amount_patterns(), *listed("columns"))
SAYS_MONEY = hints("says_money", *amount_patterns(), *listed("speaks"))
"""Words that nobody uses of anything but money; 'total', 'plan', 'actual' and 'forecast' are used of all sorts."""
BALANCE = hints("balance")
BALANCE_LINE = hints("balance_line")
"""Lines that say what is held at a date, not what is spent over a year."""
STATISTIC = re.compile(
    r"\W*(?:the )?(?:(?:overall|simple|arithmetic|group|national|county|district|class) )?"
    r"(?P<what>average|avg\.?|mean|median|max(?:imum|\.)?|highest|min(?:imum|\.)?|lowest)"
    r"(?: (?:value|figure|amount|budget|spend|per \w+|of the above|across \w+(?: \w+)?))?\W*",
    re.IGNORECASE,
)
"""A row that says what its lines are on average, or the largest or smallest of them."""
BROUGHT_FORWARD = hints("brought_forward")
CARRIED_FORWARD = hints("carried_forward")
ROW_WITHOUT_MONEY = hints("row_without_money")
"""Rows among amounts that say a count, a rate or a ratio."""
WEAK_TOTAL = hints("weak_total")
"""What is as likely what lines come to as a line: the precept below what it is asked for."""
PART_OF = hints("part_of", *part_patterns())
NOTE = hints("note")
PHASE = hints("phase", *phase_patterns())
NOT_MONEY_TOPIC = hints("not_money_topic")
PRICES = hints("prices")
"""Titles of lists of prices, which are in pounds and no budget."""
BODY = hints("body")
BODY_HEADER = hints("body_header")
BODY_CODE = re.compile(r"E\d{4}|[EWSN]\d{8}|R[A-Z0-9]{2}|\d{2}[A-Z]|Q[A-Z0-9]{2}|[WNS]\d{4}", re.IGNORECASE)
MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
PERIOD_HEADER = hints("period_header")
DATE_HEADER = hints("date_header")
LABEL_HEADER = hints("label_header")
YEAR_HEADER = hints("year_header")

SPENDING = hints("spending")
"""What heads amounts of money whatever else a file is about."""
SERVICES = hints("services")
"""Services that public bodies pay for: a list of them with figures is as a rule a budget."""
