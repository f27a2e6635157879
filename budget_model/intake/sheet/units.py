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
    r"(?:£|€|\$|gbp|eur|usd|(?<![^\W_])(?<![a-z]-))\s?['’`´‘]?\s?0{3}['’`´‘]?\s?s?\b(?<!\d0{3})|(?:£|€|\$)\s?k\b|(?<![a-z])thousands?\b|\bT(?:€|EUR\b)|\bTsd\b|\bmiles de\b|\bmiloedd\b",
    re.IGNORECASE,
)
_MILLION = re.compile(
    r"(?:£|€|\$)\s?(?:m|mn|mio|mill)\b|(?<![a-z])millions?\b|\bmio\.?\s?(?:€|eur)?|\bmillones\b|\bM€|\bmiliwn\b|\bmiliynau\b",
    re.IGNORECASE,
)
_ONE = re.compile(
    r"(?:\(|^|\s)(?:£|€|\$|gbp|eur|usd|mxn)\s?(?:['’]?s\b)?(?:\)|$|\s|p\b)|\(\s*[£€$]\s*\)|\bin pounds\b|^\W*[£€$]\W*$",
    re.I,
)
_KNOWN_AFTER_SIGN = re.compile(
    r"(?:s|p|gbp|eur|euros?|usd|sterling|pounds?|net|gross|nett|real|cash|actuals?|budget|excl?\w*|incl?\w*|ex|inc|vat|per|pa|at|in|and|only"
    r"|total|amount|value|current|constant|prices?|a|or|unless|to|rounded|nearest|whole|full|p\.?a|annum|year|\d.*)\b",
    re.IGNORECASE,
)
_WORD_AFTER_SIGN = re.compile(r"\(\s*[£€$]\s*(?P<word>[^\W\d_][^)]*)\)")
_SCALED = re.compile(r"[0#?](?P<commas>,{1,2})(?![0#?,])")
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')


def shown_by(number_format: str) -> int:
    """By what a number format divides a figure before it is shown: 1, 1000 or 1,000,000.

    Each comma behind the last digit takes three digits off the display, not off what is stored.

    >>> shown_by("#,##0.0,,"), shown_by("£#,##0,;(£#,##0,)"), shown_by("#,##0.00"), shown_by('#,##0,"k"')
    (1000000, 1000, 1, 1000)
    """
    found = _SCALED.search(_QUOTED.sub("", number_format.split(";")[0]))
    return int(1000 ** len(found["commas"])) if found else 1


_NUMBER_BEFORE = re.compile(r"[\d.,]\s*$")


def unit_in(text: str) -> Unit | None:
    """The unit that a title or header states; a lone £ says pounds only where it stands as a unit.

    >>> unit_in("Budget (£000)"), unit_in("£ million"), unit_in("Amount (£)")
    (Unit(currency='GBP', factor=1000), Unit(currency='GBP', factor=1000000), Unit(currency='GBP', factor=1))
    >>> unit_in("Savings of £1.2m were found"), unit_in("Budget 2000"), unit_in("£'000s").factor
    (None, None, 1000)
    >>> unit_in("2016-17 £000"), unit_in("Net expenditure, £000"), unit_in("12 000 children")
    (Unit(currency='GBP', factor=1000), Unit(currency='GBP', factor=1000), None)
    >>> unit_in("Cyllideb 2024/25 (£ miloedd)").factor, unit_in("Buiséad (£ mílte)"), unit_in("Value (£ net)").factor
    (1000, None, 1)
    >>> unit_in("(£s)"), unit_in("Plan £'s")
    (Unit(currency='GBP', factor=1), Unit(currency='GBP', factor=1))
    """
    currency = currency_in(text)
    for pattern, factor in ((_THOUSAND, 1000), (_MILLION, 1_000_000)):
        for match in pattern.finditer(text):
            # "5 000" is a number; "2016-17 £000" and "Net expenditure, £000" name a unit
            if match[0][0] not in "£€$" and _NUMBER_BEFORE.search(text[: match.start()]):
                continue
            return Unit(currency, factor)
    if any(not _KNOWN_AFTER_SIGN.match(match["word"]) for match in _WORD_AFTER_SIGN.finditer(text)):
        return None  # a word that may be thousands in a language that is not known
    if currency and _ONE.search(text):
        return Unit(currency, 1)
    return None


def currency_in(text: str) -> str | None:
    """The currency that a text names by sign or word.

    >>> currency_in("Net Amount (£)"), currency_in("Betrag in EUR"), currency_in("Budget")
    ('GBP', 'EUR', None)
    """
    return next((code for pattern, code in _CURRENCY if pattern.search(text)), None)
