"""What titles call tables that are no budget, in many languages: `data/intake/statement_words.csv`."""

import re

from budget_model.intake.sheet.word_tables import normal, pattern, table

_ROWS = table("statement_words")


def _titles(names: str) -> re.Pattern[str]:
    return re.compile("|".join(pattern(row["word"]) for row in _ROWS if row["names"] == names))


_HOLDINGS, _PRICES = _titles("holdings"), _titles("prices")
_HELD = _titles("held")
_PRICED = frozenset(row["word"] for row in _ROWS if row["names"] == "priced")


def names_holdings(title: str) -> bool:
    """Whether a title names what is held and owed at a date.

    >>> names_holdings("Balance sheet as at 31 March"), names_holdings("Bilancio di previsione")
    (True, False)
    """
    return bool(_HOLDINGS.search(title.casefold()))


def names_what_is_held(header: str) -> bool:
    """Whether the header of a column names what is held or owed at a date.

    >>> names_what_is_held("Net book value £"), names_what_is_held("Restschuld"), names_what_is_held("Net cost")
    (True, True, False)
    """
    return bool(_HELD.search(header.casefold()))


def names_prices(title: str) -> bool:
    """Whether a title names a list of prices.

    >>> names_prices("Gebührentarif 2025"), names_prices("Income from fees")
    (True, False)
    """
    return bool(_PRICES.search(title.casefold()))


def names_one_price(header: str) -> bool:
    """Whether a header says by itself what one of something is charged at.

    >>> names_one_price("Charge"), names_one_price("Gebühr (€)"), names_one_price("Capital charges")
    (True, True, False)
    """
    return normal(header) in _PRICED
