"""What amount an officer meant by what was typed: brackets, signs, separators, units, dashes and marks.

An amount is read exactly, as a `Decimal`, or not at all: text that is only partly a number ("12 posts",
"3a") is text. A dash or "nil" is zero; "n/a", "see note 4" and "#####" say that there is a figure but not
which. Digits of every script are read, and marks beside an amount become its note.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum
from functools import cache, lru_cache
from itertools import chain
from typing import Final

from budget_model.intake.files.leaders import without_leaders
from budget_model.intake.files.lists import listed_in
from budget_model.intake.files.marks import (
    SURE,
    SYMBOLS,
    Missing,
    any_word,
    beside,
    in_place,
    without_escapes,
)
from budget_model.intake.files.reading_limits import count

__all__ = [
    "AmountText",
    "Missing",
    "Style",
    "begins_as_words",
    "is_code",
    "is_percentage",
    "read_text",
    "style_of",
]

_THOUSANDS = re.compile(r"\W*0{3}\W*s?")
_SPACES = re.compile(r"[\s\u00a0\u2000-\u200b\u202f\u205f\u3000]+")
_DASHES = frozenset(
    {
        "-",
        "–",
        "—",
        "−",
        "--",
        "nil",
        "£-",
        "-£",
        "£–",
        "(-)",
        "£nil",
        "$-",
        "€-",
        "-€",
        "---",
        "€–",
        "-,-",
        "-.-",
    }
)


@cache
def currencies() -> dict[str, dict[str, list[str]]]:
    """The currencies that are known: code → its signs and words."""
    return listed_in("currencies")


_SHORT_SCALES: Final = {
    **dict.fromkeys(("k", "tsd", "tys", "tis", "тыс", "хил."), 3),
    **dict.fromkeys(("万", "萬"), 4),
    **dict.fromkeys(("m", "mn", "milj.", "εκατ."), 6),
    **dict.fromkeys(("億", "亿"), 8),
    "bn": 9,
}
"""Short forms that count only against a figure: in a text they may be words of their own."""
_WITH_A_LETTER: Final = (
    "eur",
    "chf",
    "sek",
    "nok",
    "dkk",
    "gbp",
    "usd",
    "czk",
    "pln",
    "isk",
    "huf",
    "rsd",
    "€",
)


@cache
def _scales() -> dict[str, int]:
    """By how many powers of ten a word behind an amount takes it, without its spaces: those of `units.toml` too."""
    factors = {int(factor): about for factor, about in listed_in("units").items() if factor.isdigit()}
    scales: dict[str, int] = {}
    for factor, about in factors.items():
        words = (word for kind, some in about.items() if kind not in ("name", "glued") for word in some)
        powers = len(str(factor)) - 1
        scales |= dict.fromkeys(
            (_folded_word(word) for word in words if _LETTERS_ALONE.fullmatch(word)), powers
        )
    for money in _WITH_A_LETTER:
        scales |= {f"t{money}": 3, f"k{money}": 3, f"m{money}": 6}
    return scales | _SHORT_SCALES


def _folded_word(word: str) -> str:
    return _SPACES.sub("", word).lower()


_LETTERS_ALONE: Final = re.compile(r"[^\d()×'’]{2,}|[^\x00-\x7f]")
"""Words that are no figures themselves: 'x 1.000' stands in a title, never behind an amount."""


_OTHER_MONEY = ("fr", "kr", "kr.", "fcfa")
_SIDES = ("cr", "dr")


@cache
def _shape() -> re.Pattern[str]:
    """A number with what may stand around it and still be only a number."""
    signs = {sign.lower() for currency in currencies().values() for sign in currency.get("signs", ())}
    known = {*signs, *(code.lower() for code in currencies()), *_OTHER_MONEY}
    money = any_word(sorted({sign.replace(" ", "") for sign in known}, key=len, reverse=True))
    return re.compile(
        rf"""
        (?:(?P<before>[tkm](?:{any_word(_WITH_A_LETTER)}))|{money})?
        (?P<open>\()?
        (?P<sign>[-+–−])?
        (?P<side>cr\.?|dr\.?)?
        (?:{money})?
        (?P<sign2>[-+–−])?
        (?P<digits>\d[\d.,'’ʼ´`·]*|[.,]\d+)
        (?P<power>e[-+]?\d{{1,3}})?
        (?P<nocents>(?<=[.,])[-–—−=]{{1,2}})?
        (?:[/:][-–—=])?
        (?P<scale>{any_word(sorted(_scales(), key=len, reverse=True))})?
        (?:{money})?
        (?P<percent>%)?
        (?P<tail>cr\.?|dr\.?|credit|debit|soll|haben|h|[-–−])?
        (?P<close>\))?
        """,
        re.VERBOSE | re.IGNORECASE,
    )


@cache
def _worth_reading() -> re.Pattern[str]:
    letters = {sign[0].lower() for currency in currencies().values() for sign in currency.get("signs", ())}
    codes = any_word(code.lower() for code in currencies())
    return re.compile(rf"[\d(+\-–−.,{re.escape(''.join(letters))}]|(?:{codes}|fr|kr|cr|dr)[\s.\d-]")


_ENGLISH = re.compile(
    r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?|\d{1,2}(?:,\d{2}){2,}|\d+(?:\.\d+)?|\.\d+"
)
"""Thousands parted by threes, or in lakhs and crores as in India: 12,34,567, and 12,45,05 where thousands are counted."""
_CONTINENTAL = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?|,\d+")
_LEADING_ZERO = re.compile(r"0\d+")


class Style(IntEnum):
    """Which of comma and point parts the thousands, and which the pence."""

    ENGLISH = 0
    """1,234.56"""
    CONTINENTAL = 1
    """1.234,56"""


@dataclass(frozen=True, slots=True)
class AmountText:
    """An amount as it is typed in a cell, and the marks that stand beside it ('*', 'r', 'c.').

    `firm` is False where the same text might as well be a code ('4100r'): then its column decides.
    """

    amount: Decimal
    note: str = ""
    percent: bool = False
    firm: bool = True


def without_spaces(text: str) -> str:
    """Text with every kind of space taken out, no-break and thin ones too.

    >>> without_spaces(" 1\u00a0234 ")
    '1234'
    """
    return _SPACES.sub("", text)


def read_text(text: str, style: Style = Style.ENGLISH) -> AmountText | tuple[Missing, bool] | None:
    """Read a cell's text: an amount with its note; or why none is given, and whether that is sure; or None.

    >>> read_text("120,400 (a)"), read_text("412500 p").firm, read_text("see note 4")
    (AmountText(amount=Decimal('120400'), note='(a)', percent=False, firm=True), False, (<Missing.ELSEWHERE: 'elsewhere'>, False))
    """
    lowered = folded(text).strip().lower()
    if not lowered:
        return None
    if without_spaces(lowered) in _DASHES:
        return AmountText(Decimal(0))
    amount = _number(lowered, style)
    if amount is not None:
        return AmountText(amount, percent=is_percentage(lowered))
    if missing := in_place(lowered):
        return missing
    if not _HAS_DIGIT.search(lowered):
        return None
    inner = without_escapes(lowered)
    if inner is not None:
        return None if is_code(inner) else read_text(inner, style)
    if style is Style.ENGLISH and _COMMA_FOR_POINT.fullmatch(lowered):
        amount = _number(lowered.replace(",", "."), style)
        return None if amount is None else AmountText(amount, ",", firm=False)
    if _LEADING_ZERO.match(lowered):
        return None  # a code: '0412 A'
    marked = beside(lowered)
    amount = _number(marked.core, style) if marked else None
    if marked is None or amount is None:
        return None
    return AmountText(amount, marked.note, is_percentage(marked.core), marked.firm)


@cache
def _with_dots() -> re.Pattern[str]:
    """A currency whose thousands are parted by dots, beside such an amount or in brackets."""
    dotted = {code: about for code, about in currencies().items() if about.get("dots")}
    money = any_word(
        sorted({*dotted, *(s for a in dotted.values() for s in a.get("signs", ()))}, key=len, reverse=True)
    )
    parted = r"\d{1,3}(?:\.\d{3})+(?![\d.,])"
    return re.compile(
        rf"(?<![^\W\d_])(?:{money})\s?-?{parted}|(?<![\d.,]){parted}(?:,\d+)?\s?(?:{money})(?![^\W\d_])"
        rf"|(?<![\d.,]){parted}(?:,\d+)?\s?(?:€|EUR\b)|[(\[]\s*(?:i |in |u |v |în )?(?:{money})\s*[)\]]"
    )


def parts_thousands_by_dots(text: str) -> bool:
    """Whether a text holds an amount, or names a unit, in a currency whose thousands are parted by dots.

    >>> [parts_thousands_by_dots(text) for text in ("412.537 kr.", "Rp 412.537", "Budget (kr.)", "412.5 kr.", "$412.537")]
    [True, True, True, False, False]
    """
    return bool(_with_dots().search(text))


LETTERS: Final = count("amounts", "letters_of_words")


@cache
def _first_letters() -> frozenset[str]:
    """The first letters of every mark that is so long: in place of an amount, or before one."""
    lists = (some for kind in listed_in("marks").values() for some in kind.values())
    return frozenset(word.lower()[:LETTERS] for word in (*SURE, *chain.from_iterable(lists)))


@cache
def _money_words() -> frozenset[str]:
    """What may stand before the digits of an amount with or without a space."""
    signs = (sign.lower() for currency in currencies().values() for sign in currency.get("signs", ()))
    return frozenset({*signs, *(code.lower() for code in currencies()), *_OTHER_MONEY, *_SIDES})


def begins_as_words(text: str) -> bool:
    """Whether a text begins with so many letters, which are no known mark: then it is no amount and stands for none.

    >>> begins_as_words("Supplier 412 Ltd"), begins_as_words("Confidential"), begins_as_words("EUR 500")
    (True, False, False)
    """
    return _begins_no_mark(text[: LETTERS + 1])


@lru_cache(maxsize=4096)
def _begins_no_mark(text: str) -> bool:
    start = text.lower()[:LETTERS]
    if len(start) < LETTERS or not start.isalpha() or start[0] in SYMBOLS or start in _first_letters():
        return False
    return not any(start[:letters] in _money_words() for letters in range(1, LETTERS + 1))


_COMMA_FOR_POINT = re.compile(r"\(?[-–−]?\d{1,4},\d{1,2}\)?")
"""A slip among figures with points, '37,9': the column decides whether it is a figure at all."""
_HAS_DIGIT = re.compile(r"\d")
_WIDE = str.maketrans("，．－＋（）％：′٫٬،＊＃～￡￥△▲", ",.-+()%:'.,,*#~£¥--")


_UNDERSCORES = re.compile(r"(?<=\d)_(?=\d{3}(?!\d))")
"""What parts thousands where programs write figures for each other: 412_500."""


_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
"""Signs that nobody sees: they break words or tell which way letters run."""


def folded(text: str) -> str:
    """Text with the digits and signs of every script as in ours; raised digits, which are marks, stay.

    >>> folded("４１２,５００"), folded("٤١٢٬٥٠٠"), folded("388,250¹"), folded("412_500")
    ('412,500', '412,500', '388,250¹', '412500')
    """
    if not text[:1].isalnum() or not text[-1:].isalnum():
        text = without_leaders(text)
    if "_" in text:
        text = _UNDERSCORES.sub("", text)
    if text.isascii():
        return text
    plain = _UNSEEN.sub("", text).translate(_WIDE)
    return "".join(str(unicodedata.decimal(ch)) if ch.isdecimal() and ch > "9" else ch for ch in plain)


def _number(lowered: str, style: Style) -> Decimal | None:
    """The number that a text in small letters is as a whole."""
    if not _worth_reading().match(lowered) or _THOUSANDS.fullmatch(lowered):
        return None  # '£000' names a unit
    lowered = _RAND.sub("", lowered)
    shape = _shape().fullmatch(without_spaces(lowered) if _only_number_spaces(lowered) else lowered)
    if shape is None or bool(shape["open"]) != bool(shape["close"]) or (shape["sign"] and shape["sign2"]):
        return None
    written = shape["digits"].translate(_APOSTROPHES)
    written = written[:-1] if shape["nocents"] else written
    digits = written if shape["power"] and _MANTISSA.fullmatch(written) else _plain_digits(written, style)
    if digits is None:
        return None
    amount = Decimal(digits.replace(",", ".")) if shape["power"] else Decimal(digits)
    if shape["power"]:
        amount = _scaled(amount, int(shape["power"][1:]))
    if scale := shape["scale"] or shape["before"]:
        amount *= 10 ** _scales()[scale]
    if shape["percent"]:
        amount = amount.scaleb(-2)
    return -amount if _negative(shape) else amount


def says_its_scale(text: str) -> bool:
    """Whether an amount says by itself that it is in thousands or millions, whatever its column says.

    >>> says_its_scale("£450k"), says_its_scale("1.2 million"), says_its_scale("450")
    (True, True, False)
    """
    shape = _shape().fullmatch(without_spaces(folded(text)).lower())
    return shape is not None and bool(shape["scale"] or shape["before"])


_RAND = re.compile(r"(?<![^\W_])r\s?(?=\d{1,3}(?:[\s,]\d{3})+(?:[.,]\d{2})?\)?$|\d+[.,]\d{2}\)?$)")
"""The sign of the rand, a letter that only figures with parted thousands or cents tell from a code: R 412 500."""
_APOSTROPHES = str.maketrans({"'": "", "’": "", "ʼ": "", "´": "", "`": "", "·": "."})
_MANTISSA = re.compile(r"\d(?:[.,]\d+)?")
LARGEST_POWER = 15
"""No amount of a public budget has more digits before its point."""


def _scaled(amount: Decimal, power: int) -> Decimal:
    """A number written with a power of ten; whole ones without an exponent of their own."""
    if abs(power) > LARGEST_POWER:
        return amount.scaleb(max(-300, min(300, power)))
    return amount * 10**power if power >= 0 else amount.scaleb(power)


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


_CREDIT = frozenset({"cr", "cr.", "credit", "haben", "h", "-", "–", "−"})


def _negative(shape: re.Match[str]) -> bool:
    signs = [shape["open"], shape["sign"] in ("-", "–", "−"), shape["sign2"] in ("-", "–", "−")]
    credit = shape["tail"] in _CREDIT or shape["side"] in _CREDIT
    return any(signs) != credit if shape["open"] and credit else any(signs) or credit


def is_percentage(text: str) -> bool:
    """Whether a figure is written as a percentage.

    >>> is_percentage("1.54%"), is_percentage("1.54")
    (True, False)
    """
    return text.rstrip().rstrip(")").endswith("%")


def is_code(text: str) -> bool:
    """Whether digits are a code and not an amount: a leading zero says so, in a code of parts too.

    >>> is_code("001"), is_code("01.02"), is_code("0"), is_code("0.5"), is_code("00412.50")
    (True, True, False, False, False)
    """
    bare = text.strip()
    return bool(_LEADING_ZERO.fullmatch(bare) or _PARTED_CODE.fullmatch(bare))


_PARTED_CODE = re.compile(r"0\d(?:\.\d{2})+")
"""A chapter and what stands in it, each in two digits: 01.02."""


_BEFORE = r"\(?[-–−+]?[^\d.,()\n]{0,5}(?:(?<=[^\W\d_])\.)?[-–−]?"
_AFTER = r"[^\d.,()]{0,6}(?:(?<=[^\W\d_])\.[^\d.,()]{0,4})?%?\)?"
_SURE_CONTINENTAL = re.compile(
    rf"{_BEFORE}(?:\d{{1,3}}(?:\.\d{{3}}){{2,}}(?:,\d+)?|\d{{1,3}}(?:\.\d{{3}})+,(?:\d+|[-–—]{{1,2}})|\d+,\d{{1,2}}){_AFTER}"
)
_SURE_ENGLISH = re.compile(
    rf"{_BEFORE}(?:(?P<parted>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?)|(?P<short>\d+\.\d{{1,2}})|\d+\.\d{{4,}}|0\.\d{{3}}|\d+\.\d+(?=\s?(?:k|m|mn|bn|thousand|million|billion)\b)){_AFTER}"
)
_EITHER = re.compile(rf"{_BEFORE}\d{{1,3}}\.\d{{3}}{_AFTER}")
_FRACTION_WITH_COMMA = re.compile(rf"{_BEFORE}0,\d{{3}}{_AFTER}")
"""No thousand begins with a zero: 0,645."""


def style_of(texts: Iterable[str], leaning: Style | None = None) -> tuple[Style, bool]:
    """The style in which the figures of one sheet are typed, and whether that is sure.

    It is unsure where every figure could be either: "1.234" alone is a thousand or a fraction; and where figures
    with two places stand beside such with three, of which one could be a thousand. `leaning` is the style of the
    sheet's language, which then decides.

    >>> style_of({"14.132.602", "3.236", "0"})
    (<Style.CONTINENTAL: 1>, True)
    >>> style_of({"1,234", "5.25"}), style_of({"3.236"}), style_of({"3.236"}, Style.CONTINENTAL)
    ((<Style.ENGLISH: 0>, True), (<Style.ENGLISH: 0>, False), (<Style.CONTINENTAL: 1>, False))
    >>> style_of({"2,311", "0,645"}, Style.CONTINENTAL), style_of({"2,311", "0,645"})
    ((<Style.CONTINENTAL: 1>, True), (<Style.ENGLISH: 0>, True))
    >>> style_of({"50.32", "1.000"}, Style.CONTINENTAL), style_of({"50.32", "1.125"})
    ((<Style.CONTINENTAL: 1>, False), (<Style.ENGLISH: 0>, True))
    """
    continental = english = parted = fractions = 0
    pointed = False
    either: list[str] = []
    short: list[str] = []
    for text in texts:
        figure = _bare(text)
        fractions += bool(_FRACTION_WITH_COMMA.fullmatch(figure)) and leaning is Style.CONTINENTAL
        pointed |= "." in figure or figure.count(",") > 1
        if _SURE_CONTINENTAL.fullmatch(figure):
            continental += 1
        elif match := _SURE_ENGLISH.fullmatch(figure):
            english += 1
            parted += match["parted"] is not None
            short += [figure] if match["short"] else []
        elif _EITHER.fullmatch(figure):
            either.append(figure)
    if continental > english or (fractions and not pointed):
        return Style.CONTINENTAL, True
    if not either or parted:
        return Style.ENGLISH, True
    if not english:
        return leaning or Style.ENGLISH, False
    # with two places throughout, a third place means something else
    even = any(figure.endswith("0") for figure in (*either, *short))
    if even and leaning is Style.CONTINENTAL:
        return Style.CONTINENTAL, False
    return Style.ENGLISH, not even or leaning is Style.ENGLISH


def _bare(text: str) -> str:
    """A figure without its marks, spaces and apostrophes, to tell its style by."""
    plain = folded(text).strip()
    inner = without_escapes(plain)
    plain = (plain if inner is None else inner).translate(_APOSTROPHES)
    if not plain.isascii() or not plain[-1:].isdigit() or plain[:1].isalpha():
        marked = beside(plain.lower())
        plain = marked.core if marked else plain
    return without_spaces(plain) if _only_number_spaces(plain) else plain
