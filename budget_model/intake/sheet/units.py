"""In what unit and currency amounts are written: pounds, thousands, lakh or millions, and who says so.

The words are in `data/intake/units.toml`, by language; the currencies in `data/intake/currencies.toml`.
"""

import re
from functools import cache, lru_cache
from typing import Final

from budget_model.intake.files.amounts import currencies
from budget_model.intake.files.marks import any_word
from budget_model.intake.files.reading_limits import count
from budget_model.intake.sheet.unit import Unit, names, scales, written_units
from budget_model.intake.sheet.word_tables import whole

__all__ = [
    "Unit",
    "currencies_in",
    "currency_in",
    "names",
    "short_form",
    "shown_by",
    "unit_in",
    "unit_named",
    "unit_of_format",
]


def unit_named(text: str) -> Unit:
    """A unit as an answer names it.

    >>> unit_named("GBP thousand"), unit_named("EUR"), unit_named("INR crore")
    (Unit(currency='GBP', factor=1000), Unit(currency='EUR', factor=1), Unit(currency='INR', factor=10000000))
    """
    code, _, scale = text.partition(" ")
    factors = {name: factor for factor, name in names().items()}
    other = re.fullmatch(r"x (\d{1,12})", scale.strip())
    return Unit(code, int(other[1]) if other else factors.get(scale.strip(), 1))


# Currencies

_LETTERS_ONLY = re.compile(r"[^\W\d_]+\.?")
_KNOWN_FIRST = (
    (re.compile(r"£|\bgbp\b|\bsterling\b|\bpounds?\b", re.I), "GBP"),
    (re.compile(r"€|\beuros?\b|\beur\b|\bT?EUR\b|\bkEUR\b|\bMEUR\b", re.I), "EUR"),
    (re.compile(r"\bchf\b", re.I), "CHF"),
    (re.compile(r"₹|(?i:\binr\b|\brupees?\b)|\bRs\b\.?|\brs\b\.?"), "INR"),  # RS is a revenue summary
    (re.compile(r"mxn|(?<!thousand )(?<!million )(?<!in )(?<!philippine )\bpesos\b", re.I), "MXN"),
)
_DOLLARS = re.compile(r"us\$|(?<![a-z])\$|\busd\b|\bdollars?\b", re.I)


@cache
def _marks() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """For each currency, in small letters, whatever may name it; to pass over most of them quickly."""
    return tuple(
        (
            code,
            tuple(
                {*(mark.lower() for mark in (*about.get("signs", ()), *about.get("words", ()))), code.lower()}
            ),
        )
        for code, about in currencies().items()
    )


@cache
def _pattern_of(code: str) -> re.Pattern[str]:
    """A currency's signs, code and words."""
    about = currencies()[code]
    signs = [_sign(sign) for sign in about.get("signs", ())]
    spoken = [word for word in about.get("words", ()) if word.lower() != code.lower()]
    codes = [rf"(?<![A-Za-z]){code}(?![A-Za-z])"] if code.lower() in about.get("words", ()) else []
    patterns = [*signs, *codes, *(f"(?i:{_whole(word)})" for word in spoken)]
    return re.compile("|".join(patterns) or r"(?!)")


def _sign(sign: str) -> str:
    """A pattern for a sign; one of letters stands beside a figure, a bracket or the end, not within words."""
    if _LETTERS_ONLY.fullmatch(sign):
        return rf"(?<![^\W\d_]){re.escape(sign)}(?![^\W\d_])"
    after = r"(?![^\W\d_])" if sign[-1] == "/" else ""  # S/N numbers the rows
    return (
        rf"(?<![A-Za-z]){re.escape(sign)}{after}"
        if sign[0].isalpha() and sign[0].isascii()
        else re.escape(sign)
    )


def _whole(word: str) -> str:
    """A pattern for a whole word; one without letters of an alphabet is found anywhere."""
    if not re.match(r"[A-Za-zÀ-ɏͰ-ӿऀ-෿؀-ۿ'’\d(]", word) or not word[0].isalnum():
        return re.escape(word)
    return whole(word)


def currencies_in(text: str) -> tuple[str, ...]:
    """Every currency that a text names by sign, code or word, each once.

    >>> currencies_in("Net Amount (£)"), currencies_in("Kwota (tys. zł)"), currencies_in("GBP or EUR"), currencies_in("R$ mil")
    (('GBP',), ('PLN',), ('GBP', 'EUR'), ('BRL',))
    >>> currencies_in("Floor area (sq ft)"), currencies_in("A$'000"), currencies_in("予算額（千円）")
    ((), ('AUD',), ('JPY',))
    """
    return _currencies_in(text[:LONGEST_STATEMENT])


@lru_cache(maxsize=8192)
def _currencies_in(text: str) -> tuple[str, ...]:
    text = _apart(text)
    lowered = text.lower()
    found = [code for pattern, code in _KNOWN_FIRST if pattern.search(text)]
    for code, marks in _marks():
        if code not in found and code not in _BY_HAND and any(mark in lowered for mark in marks):
            found += [code] if _pattern_of(code).search(text) else []
    if _DOLLARS.search(text):
        found.append("USD")
    return tuple(found)


_BY_HAND = frozenset({"GBP", "USD"})


def currency_in(text: str) -> str | None:
    """The first currency that a text names by sign or word.

    >>> currency_in("Net Amount (£)"), currency_in("Betrag in EUR"), currency_in("Budget")
    ('GBP', 'EUR', None)
    """
    return next(iter(currencies_in(text)), None)


# Scales

_CODES: Final = any_word(code for code in currencies())
_GLUED: Final = re.compile(
    rf"(?<![^\W_])(?:(?P<before>k|[TM](?=EUR|CHF|GBP|USD|SEK|NOK|DKK|CZK|PLN|ISK|HUF))(?P<code>{_CODES})"
    rf"|(?P<first>{_CODES})(?P<after>bn|mn|mln|[mk]))(?![^\W_])"
)
_ONE_OF: Final = r"(?<![\d.,])1(?:[.,'’\s]?000){%d}(?![.,'’]?\d)\s?(?:%s)(?![^\W\d_])|(?:%s)\s?1(?:[.,'’\s]?000){%d}(?![.,'’]?\d)"


def _apart(text: str) -> str:
    """A text in which short forms that are written against a currency's code stand apart: GBPm, kCHF."""
    return _GLUED.sub(
        lambda found: " ".join(part for part in found.groups() if part),
        text,
    )


@cache
def _so_many_of(code: str, times: int) -> re.Pattern[str]:
    """A thousand or a million of a currency, as a unit is written: 'in 1000 CHF', 'EUR 1.000'."""
    money = any_word(sorted((*currencies()[code].get("signs", ()), code), key=len, reverse=True))
    return re.compile(_ONE_OF % (times, money, money, times))


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
_LITERAL = re.compile(r'"([^"]*)"|\\(.)')


@cache
def _by_word() -> dict[str, int]:
    """The words of all languages that mean one factor, the longest first, and that factor."""
    factors: dict[str, int] = {}
    for factor, about in scales().items():
        for key, some in about.items():
            if key not in ("name", "glued", "exact") and isinstance(some, list):
                factors.update(dict.fromkeys((word.lower() for word in some), factor))
    return dict(sorted(factors.items(), key=lambda pair: -len(pair[0])))


@cache
def _exact() -> dict[str, int]:
    """Short forms that are read only with their capitals."""
    return {word: factor for factor, about in scales().items() for word in _listed(about, "exact")}


def _word_for(text: str) -> int | None:
    """The factor of the first word for one, by the longest; a word behind a number is none."""
    lowered = text.lower()
    for word, factor in _by_word().items():
        if word in lowered:
            for match in _spoken(word).finditer(text):
                if not _after_a_number(text, match.start()):
                    return factor * _so_many_times(text[: match.start()])
    return next(
        (f for word, f in _exact().items() if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text)), None
    )


@cache
def _spoken(word: str) -> re.Pattern[str]:
    return re.compile(_whole(word), re.IGNORECASE)


def _listed(about: dict[str, object], key: str) -> list[str]:
    some = about.get(key, [])
    return [str(word) for word in some] if isinstance(some, list) else []


@cache
def _short_forms() -> dict[str, int]:
    """Short forms that stand against a currency: k€, €m, ₹ cr, R$ mi."""
    factors: dict[str, int] = {}
    for factor, about in scales().items():
        for word in _listed(about, "glued"):
            factors.setdefault(word, factor)
    return factors


@cache
def _by_sign(code: str) -> re.Pattern[str]:
    """A short form before or behind a sign of one currency."""
    signs = [sign for sign in currencies()[code].get("signs", ()) if sign not in ("T€", "TEUR")]
    money = any_word(sorted((*signs, code), key=len, reverse=True))
    short = any_word(sorted(_short_forms(), key=len, reverse=True))
    return re.compile(
        rf"(?<![^\W\d_])(?:{money})\s?(?P<after>{short})(?![^\W\d_])(?![²³/&]\w?)(?!\.\w)"
        rf"|(?<![^\W\d_])(?P<before>{short})\s?(?:{money})(?![^\W\d_])"
    )


def short_form(text: str) -> int | None:
    """The factor of a short form that stands alone in a cell: k, m, bn.

    >>> short_form("m"), short_form("'000"), short_form("x")
    (1000000, 1000, None)
    """
    return _short_forms().get(text.strip(" ()"))


def shown_by(number_format: str) -> int:
    """By what a number format divides a figure before it is shown: 1, 1000 or 1,000,000.

    Each comma behind the last digit takes three digits off the display, not off what is stored.

    >>> shown_by("#,##0.0,,"), shown_by("£#,##0,;(£#,##0,)"), shown_by("#,##0.00"), shown_by('#,##0,"k"')
    (1000000, 1000, 1, 1000)
    """
    match = _SCALED.search(_QUOTED.sub("", number_format.split(";")[0]))
    return int(1000 ** len(match["commas"])) if match else 1


def unit_of_format(number_format: str) -> Unit | None:
    r"""The unit that a number format writes behind its figures without dividing them.

    >>> unit_of_format('#,##0.0"m"'), unit_of_format('0.0,,"m"'), unit_of_format('0 "тыс. руб."'), unit_of_format("#,##0")
    (Unit(currency=None, factor=1000000), None, Unit(currency='RUB', factor=1000), None)
    """
    section = number_format.split(";")[0]
    literal = "".join(one or two for one, two in _LITERAL.findall(section)).strip(" )(")
    if not literal or shown_by(number_format) != 1:
        return None
    bare = _short_forms().get(literal)
    factor = bare or _factor_in(literal)
    return Unit(currency_in(section), factor) if factor and factor != 1 else None


_NUMBER_BEFORE = re.compile(r"\d[\d.,]*\s*$")
_YEAR_BEFORE = re.compile(r"(?<!\d)(?:19|20)\d{2}(?:\s?[-/–]\s?\d{2,4})?[,;:]?\s*$")


def unit_in(text: str) -> Unit | None:
    """The unit that a title or header states; a lone £ says pounds only where it stands as a unit.

    >>> unit_in("Budget (£000)"), unit_in("£ million"), unit_in("Amount (£)")
    (Unit(currency='GBP', factor=1000), Unit(currency='GBP', factor=1000000), Unit(currency='GBP', factor=1))
    >>> unit_in("Savings of £1.2m were found"), unit_in("Budget 2000"), unit_in("£'000s").factor
    (None, None, 1000)
    >>> unit_in("2016-17 £000"), unit_in("Net expenditure, £000"), unit_in("12 000 children")
    (Unit(currency='GBP', factor=1000), Unit(currency='GBP', factor=1000), None)
    >>> unit_in("Cyllideb 2024/25 (£ miloedd)").factor, unit_in("Buiséad (£ mílte)").factor, unit_in("Value (£ net)").factor
    (1000, 1000, 1)
    >>> unit_in("Rs. in hundred thousand").factor, unit_in("Rs. '00,000").factor, unit_in("in tens of thousands (Rs.)").factor
    (100000, 100000, 10000)
    >>> unit_in("(£s)"), unit_in("Plan £'s")
    (Unit(currency='GBP', factor=1), Unit(currency='GBP', factor=1))
    >>> unit_in("(Rs. in lakh)"), unit_in("BE 2024-25 (₹ crore)"), unit_in("2025 (CHF m)"), unit_in("2024年预算数（万元）")
    (Unit(currency='INR', factor=100000), Unit(currency='INR', factor=10000000), Unit(currency='CHF', factor=1000000), Unit(currency='CNY', factor=10000))
    """
    return _unit_in(text[:LONGEST_STATEMENT])


@lru_cache(maxsize=8192)
def _unit_in(text: str) -> Unit | None:
    text = _apart(text)
    factor = _factor_in(text)
    currency = currency_in(text)
    if factor is not None:
        return Unit(currency, factor)
    if any(not _KNOWN_AFTER_SIGN.match(match["word"]) for match in _WORD_AFTER_SIGN.finditer(text)):
        return None  # a word that may be thousands in a language that is not known
    if currency and (_ONE.search(text) or _stands_alone(text, currency)):
        return Unit(currency, 1)
    return None


@cache
def _alone(code: str) -> re.Pattern[str]:
    about = currencies()[code]
    marks = {*about.get("signs", ()), *(word for word in about.get("words", ()) if word[0].isalnum()), code}
    money = any_word(sorted(marks, key=len, reverse=True))
    signs = any_word(sorted({*about.get("signs", ()), code}, key=len, reverse=True))
    return re.compile(
        rf"\s(?:{signs})$|[(\[（]\s*(?:in |en |w |v |i |в |em |à )?(?:{money})\s*[)\]）]|^\W*(?:in |en |w |v |в )?(?:{money})\W*$|\b(?:in|en|w|v|i|в|em)\s(?:{money})\W*$",
        re.IGNORECASE,
    )


def _stands_alone(text: str, currency: str) -> bool:
    """Whether a currency stands as a unit: alone, in brackets, last after 'in', or its sign last of all."""
    return len(text) <= LONGEST_UNIT and bool(_alone(currency).search(text))


LONGEST_STATEMENT: Final = count("units", "longest_statement")
LONGEST_UNIT: Final = count("units", "longest_unit")


def _factor_in(text: str) -> int | None:
    """By how much a text says that amounts are to be multiplied; None where it does not say it."""
    for pattern, factor in ((_THOUSAND, 1000), (_MILLION, 1_000_000)):
        for match in pattern.finditer(text):
            # "5 000" is a number; "2016-17 £000" and "Net expenditure, £000" name a unit
            if match[0][0] in "£€$" or not _after_a_number(text, match.start()):
                return _larger(text, factor) * _so_many_times(text[: match.start()])
    for code in currencies_in(text):
        for match in _by_sign(code).finditer(text):
            if match["after"] or not _after_a_number(text, match.start()):
                return _short_forms()[match["after"] or match["before"]]
    for code in currencies_in(text) if "000" in text else ():
        for times in (2, 1):
            if _so_many_of(code, times).search(text):
                return int(1000**times)
    word = _word_for(text)
    if word is not None:
        return word
    return _ambiguous(text)


_TIMES: Final = {"ten": 10, "tens": 10, "hundred": 100, "hundreds": 100}
_TIMES_BEFORE = re.compile(rf"\b(?P<times>{'|'.join(_TIMES)})(?: of)?[\s-]*$", re.IGNORECASE)


def _so_many_times(before: str) -> int:
    """By how much the words before 'thousand' multiply it: a hundred thousand is a lakh."""
    match = _TIMES_BEFORE.search(before)
    return _TIMES[match["times"].casefold()] if match else 1


def _after_a_number(text: str, start: int) -> bool:
    """Whether a number other than a year stands before a place: '12 million' is an amount, '2025 million' a unit."""
    before = text[:start]
    return bool(_NUMBER_BEFORE.search(before)) and not _YEAR_BEFORE.search(before)


def _larger(text: str, factor: int) -> int:
    """Thousands of millions are billions: 'miles de millones', 'thousand million'."""
    return 1_000_000_000 if _THOUSAND_MILLION.search(text) else factor


_THOUSAND_MILLION = re.compile(
    r"\b(?:miles? de millones|mil millones|thousand million|mil milhões)\b", re.IGNORECASE
)


def _ambiguous(text: str) -> int | None:
    """Short forms that mean one thing beside one currency and another beside others: R$ mil, mil. Kč."""
    told = written_units().get("by_currency", {})
    currency = currency_in(text)
    for word, factors in told.items():
        match = re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE)
        if match and currency and isinstance(factors, dict) and not _after_a_number(text, match.start()):
            return factors.get(currency)
    return None
