"""In what unit and currency amounts are written: pounds, thousands or millions, and who says so."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unit:
    """A currency, which may be unknown, and what one written unit is worth in it."""

    currency: str | None = None
    factor: int = 1

    def __str__(self) -> str:
        return (self.currency or "GBP") + {1: "", 1000: " thousand", 1_000_000: " million"}[self.factor]


_CURRENCY = (
    (re.compile(r"£|\bgbp\b|\bsterling\b|\bpounds?\b", re.I), "GBP"),
    (re.compile(r"€|\beuros?\b|\beur\b|\bT?EUR\b", re.I), "EUR"),
    (re.compile(r"\bchf\b", re.I), "CHF"),
    (re.compile(r"₹|\binr\b|\brupees?\b|\brs\b\.?", re.I), "INR"),
    (re.compile(r"mxn|\bpesos\b", re.I), "MXN"),
    (re.compile(r"us\$|\$|\busd\b|\bdollars?\b", re.I), "USD"),
)
_THOUSAND = re.compile(
    r"(?:£|€|\$|gbp|eur|usd|(?<![^\W_])(?<![a-z]-))\s?['’`´‘]?\s?0{3}['’`´‘]?\s?s?\b(?<!\d0{3})|(?:£|€|\$)\s?k\b|(?<![a-z])thousands?\b|\bT(?:€|EUR\b)|\bTsd\b|\bmiles de\b",
    re.IGNORECASE,
)
_MILLION = re.compile(
    r"(?:£|€|\$)\s?(?:m|mn|mio|mill)\b|(?<![a-z])millions?\b|\bmio\.?\s?(?:€|eur)?|\bmillones\b|\bM€",
    re.IGNORECASE,
)
_ONE = re.compile(
    r"(?:\(|^|\s)(?:£|€|\$|gbp|eur|usd|mxn)\s?(?:\)|$|\s|p\b)|\(\s*[£€$]\s*\)|\bin pounds\b|^\W*[£€$]\W*$",
    re.I,
)
_NUMBER_BEFORE = re.compile(r"[\d.,]\s*$")


def unit_in(text: str) -> Unit | None:
    """The unit that a title or header states; a lone £ says pounds only where it stands as a unit.

    >>> unit_in("Budget (£000)"), unit_in("£ million"), unit_in("Amount (£)")
    (Unit(currency='GBP', factor=1000), Unit(currency='GBP', factor=1000000), Unit(currency='GBP', factor=1))
    >>> unit_in("Savings of £1.2m were found"), unit_in("Budget 2000"), unit_in("£'000s").factor
    (None, None, 1000)
    >>> unit_in("2016-17 £000"), unit_in("Net expenditure, £000"), unit_in("12 000 children")
    (Unit(currency='GBP', factor=1000), Unit(currency='GBP', factor=1000), None)
    """
    currency = currency_in(text)
    for pattern, factor in ((_THOUSAND, 1000), (_MILLION, 1_000_000)):
        for match in pattern.finditer(text):
            # "5 000" is a number; "2016-17 £000" and "Net expenditure, £000" name a unit
            if match[0][0] not in "£€$" and _NUMBER_BEFORE.search(text[: match.start()]):
                continue
            return Unit(currency, factor)
    if currency and _ONE.search(text):
        return Unit(currency, 1)
    return None


def currency_in(text: str) -> str | None:
    """The currency that a text names by sign or word.

    >>> currency_in("Net Amount (£)"), currency_in("Betrag in EUR"), currency_in("Budget")
    ('GBP', 'EUR', None)
    """
    return next((code for pattern, code in _CURRENCY if pattern.search(text)), None)
