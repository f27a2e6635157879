"""What amount an officer meant by what was typed: brackets, signs, separators, units and dashes.

An amount is read exactly, as a `Decimal`, or not at all: text that is only partly a number ("12 posts",
"3a") is text. A dash or "nil" is nought; "n/a", "…" and "[x]" say that there is a figure but not which.
"""

import re
from collections.abc import Iterable
from decimal import Decimal
from enum import IntEnum

CURRENCY = {"£": "GBP", "€": "EUR", "$": "USD", "¥": "JPY"}
"""The signs that may stand before or after an amount."""

_THOUSANDS = re.compile(r"\W*0{3}\W*s?")
_SPACES = re.compile(r"[\s\u00a0\u2000-\u200b\u202f\u205f\u3000]+")
_DASHES = frozenset({"-", "–", "—", "−", "--", "nil", "£-", "-£", "£–", "(-)", "£nil", "$-", "€-"})
_MISSING = frozenset(
    {
        "n/a", "na", "n.a.", "n/k", "not available", "not applicable", "…", "...", "..", ":",
        "[x]", "[c]", "[z]", "[u]", "[low]", "tbc", "tba", "#n/a", "#ref!", "#div/0!", "#value!",
        "#name?", "#null!", "#num!", "unknown", "not known", "*", "**", "x", "k. a.", "n.d.",
    }
)  # fmt: skip
_WORTH_READING = re.compile(
    r"[\d(£€$¥₹+\-–−.,]|(?:gbp|eur|usd|mxn|chf|aud|cad|nzd|sek|nok|dkk|inr|rs|fr|kr)[\s.\d-]"
)
_SHAPE = re.compile(
    r"""
    (?P<open>\()?
    (?P<sign>[-+–−])?
    (?:gbp|eur|usd|mxn|chf|aud|cad|nzd|sek|nok|dkk|inr|rs\.?|fr\.|kr\.?)?[£€$¥₹]?
    (?P<sign2>[-+–−])?
    (?P<digits>\d[\d.,'’]*|[.,]\d+)
    (?P<scale>m|mn|bn|k|million|thousand|billion)?
    (?:gbp|eur|usd|mxn|chf|aud|cad|nzd|sek|nok|dkk|inr|fr\.|kr\.?|[£€$¥₹])?
    (?P<percent>%)?
    (?P<tail>cr|dr|[-–−])?
    (?P<close>\))?
    """,
    re.VERBOSE | re.IGNORECASE,
)
_ENGLISH = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+")
"""Thousands parted by threes, or in lakhs and crores as in India: 12,34,567."""
_CONTINENTAL = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?|,\d+")
_SCALES = {"k": 3, "thousand": 3, "m": 6, "mn": 6, "million": 6, "bn": 9, "billion": 9}
_LEADING_NOUGHT = re.compile(r"0\d+")


class Style(IntEnum):
    """Which of comma and point parts the thousands, and which the pence."""

    ENGLISH = 0
    """1,234.56"""
    CONTINENTAL = 1
    """1.234,56"""


class Missing(IntEnum):
    """What a cell says in place of a figure."""

    NOT_GIVEN = 1


def without_spaces(text: str) -> str:
    """Text with every kind of space taken out, no-break and thin ones too.

    >>> without_spaces(" 1\u00a0234 ")
    '1234'
    """
    return _SPACES.sub("", text)


def read_amount(text: str, style: Style = Style.ENGLISH) -> Decimal | Missing | None:
    """Read an amount as officers type it; None when the text is not an amount at all.

    A percentage is given as its fraction; `is_percentage` tells it from an amount.

    >>> read_amount("(£1,250.50)"), read_amount("500 CR"), read_amount("£1.2m"), read_amount("-")
    (Decimal('-1250.50'), Decimal('-500'), Decimal('1200000.0'), Decimal('0'))
    >>> read_amount("1.234.567", Style.CONTINENTAL), read_amount("12,5 %", Style.CONTINENTAL)
    (Decimal('1234567'), Decimal('0.125'))
    >>> read_amount("n/a") is Missing.NOT_GIVEN, read_amount("12 posts"), read_amount("")
    (True, None, None)
    >>> read_amount("£000"), read_amount("0")
    (None, Decimal('0'))
    """
    lowered = text.strip().lower()
    if not lowered:
        return None
    if without_spaces(lowered) in _DASHES:
        return Decimal(0)
    if lowered in _MISSING:
        return Missing.NOT_GIVEN
    if not _WORTH_READING.match(lowered):
        return None
    if _THOUSANDS.fullmatch(lowered):
        return None  # '£000' names a unit
    shape = _SHAPE.fullmatch(without_spaces(lowered) if _only_number_spaces(lowered) else lowered)
    if shape is None or bool(shape["open"]) != bool(shape["close"]) or (shape["sign"] and shape["sign2"]):
        return None
    digits = _plain_digits(shape["digits"].replace("'", "").replace("’", ""), style)
    if digits is None:
        return None
    amount = Decimal(digits)
    if shape["scale"]:
        amount *= 10 ** _SCALES[shape["scale"]]
    if shape["percent"]:
        amount = amount.scaleb(-2)
    return -amount if _negative(shape) else amount


def _only_number_spaces(text: str) -> bool:
    """Whether the spaces stand inside or around one number ("1 234", "£ 5", "500 cr"), not between two.

    >>> _only_number_spaces("1 234 567"), _only_number_spaces("1309126   1309126")
    (True, False)
    """
    groups = re.findall(r"\d+(?:[.,]\d+)*", text)
    return len(groups) < 2 or (
        len(groups[0]) <= 3 and all(len(re.split(r"[.,]", group)[0]) == 3 for group in groups[1:])
    )


def _plain_digits(digits: str, style: Style) -> str | None:
    if style is Style.CONTINENTAL:
        if _CONTINENTAL.fullmatch(digits):
            return digits.replace(".", "").replace(",", ".")
        # a plain decimal point among continental figures: 14132.50
        return digits if re.fullmatch(r"\d+\.\d{1,2}", digits) else None
    return digits.replace(",", "") if _ENGLISH.fullmatch(digits) else None


def _negative(shape: re.Match[str]) -> bool:
    signs = [shape["open"], shape["sign"] in ("-", "–", "−"), shape["sign2"] in ("-", "–", "−")]
    tail = shape["tail"] in ("cr", "-", "–", "−")
    return any(signs) != tail if shape["open"] and tail else any(signs) or tail


def is_percentage(text: str) -> bool:
    """Whether a figure is written as a percentage.

    >>> is_percentage("1.54%"), is_percentage("1.54")
    (True, False)
    """
    return text.rstrip().rstrip(")").endswith("%")


def is_code(text: str) -> bool:
    """Whether digits are a code and not an amount: a leading nought says so.

    >>> is_code("001"), is_code("0"), is_code("0.5")
    (True, False, False)
    """
    return bool(_LEADING_NOUGHT.fullmatch(text.strip()))


_BEFORE, _AFTER = r"\(?[-–−]?[£€$]?\s?", r"\s?[€%]?\)?"
_SURE_CONTINENTAL = re.compile(
    rf"{_BEFORE}(?:\d{{1,3}}(?:\.\d{{3}}){{2,}}(?:,\d+)?|\d{{1,3}}(?:\.\d{{3}})+,\d+|\d+,\d{{1,2}}){_AFTER}"
)
_SURE_ENGLISH = re.compile(
    rf"{_BEFORE}(?:\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+\.(?:\d{{1,2}}|\d{{4,}})){_AFTER}"
)
_EITHER = re.compile(rf"{_BEFORE}\d{{1,3}}\.\d{{3}}{_AFTER}")


def style_of(texts: Iterable[str]) -> tuple[Style, bool]:
    """The style in which the figures of one sheet are typed, and whether that is sure.

    It is unsure only when every figure could be either: "1.234" alone is a thousand or a fraction.

    >>> style_of({"14.132.602", "3.236", "0"})
    (<Style.CONTINENTAL: 1>, True)
    >>> style_of({"1,234", "5.25"}), style_of({"3.236"})
    ((<Style.ENGLISH: 0>, True), (<Style.ENGLISH: 0>, False))
    """
    continental = english = either = 0
    for text in texts:
        stripped = without_spaces(text) if _only_number_spaces(text.strip()) else text.strip()
        if _SURE_CONTINENTAL.fullmatch(stripped):
            continental += 1
        elif _SURE_ENGLISH.fullmatch(stripped):
            english += 1
        elif _EITHER.fullmatch(stripped):
            either += 1
    if continental > english:
        return Style.CONTINENTAL, True
    return Style.ENGLISH, bool(english) or not either
