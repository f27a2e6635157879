"""What stands beside an amount, or in its place: footnote marks, flags, 'c.', 'see note 4', '#####', ranges.

The words are in `data/intake/marks.toml`, by language. An amount with a mark is an amount with a note; a mark in
place of an amount says why none is given, so that whoever reads the layout can name the cell.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Final

from budget_model.intake.files.lists import listed_in
from budget_model.intake.files.reading_limits import count


class Missing(StrEnum):
    """Why a cell gives no amount where one is due; `SENTENCES` tells it."""

    NOT_GIVEN = "not given"
    WITHHELD = "withheld"
    ELSEWHERE = "elsewhere"
    TO_FOLLOW = "to follow"
    RANGE = "range"
    LOST = "lost"


SENTENCES: Final = {
    Missing.NOT_GIVEN: "holds a mark in place of an amount",
    Missing.WITHHELD: "says that the amount is not published",
    Missing.ELSEWHERE: "says that the amount stands elsewhere",
    Missing.TO_FOLLOW: "says that the amount is not known yet",
    Missing.RANGE: "gives a range or a limit and no single amount",
    Missing.LOST: "shows that the column was too narrow: the amount is lost",
}


@dataclass(frozen=True, slots=True)
class Marked:
    """The part of a text that may be a number, and the marks that stand beside it.

    `firm` is False where the same text might as well be a code ('4100r'): then its column decides.
    """

    core: str
    note: str
    firm: bool


@cache
def words(kind: str) -> tuple[str, ...]:
    """The words of one kind in all languages, the longest first, in small letters."""
    lists = listed_in("marks")[kind].values()
    return tuple(sorted({word.lower() for some in lists for word in some}, key=len, reverse=True))


def any_word(some: Iterable[str]) -> str:
    """A pattern for any of some words."""
    return "|".join(map(re.escape, some))


SYMBOLS: Final = "*†‡§¶#^•¹²³⁰⁴⁵⁶⁷⁸⁹ⁿªᵃᵇᶜᵈᵉᵖʳⁱ①②③④⑤⑥⑦⑧⑨"
_LETTERS: Final = "a-zà-öø-ÿ"
_HASHES: Final = re.compile(r"#{2,}")
_ESCAPED: Final = re.compile(
    r"""=\s*"(?P<quoted>[^"]*)"|=\s*(?P<plain>[-+]?[\d.,]+)|['’‘`´](?P<after>[^'’‘`´]*)"""
)
_QUOTES: Final = '"“”„«»'


_BEFORE: Final = re.compile(
    rf"(?P<mark>[{SYMBOLS.replace('#', '').replace('^', '')}~≈∼±]{{1,3}}|\[[^\]]{{1,10}}\](?=\s*[\d£€$-])|\([^()]{{1,3}}\)(?=\s*[\d£€$-])|[epr](?=\d{{1,3}}(?:,\d{{3}})+)|[^\d\W][^\d£€$(-]{{0,18}}?)\s*"
    r"(?P<core>[\d£€$(+-].*)"
)
_MONEY: Final = any_word(
    sorted(
        {
            *(code.lower() for code in listed_in("currencies")),
            *(sign.lower() for about in listed_in("currencies").values() for sign in about.get("signs", ())),
        },
        key=len,
        reverse=True,
    )
)
_AFTER: Final = re.compile(
    rf"(?P<core>.*[\d%€$£₽₴₹){_QUOTES}](?:\s(?:{_MONEY})(?=\s*[{re.escape(SYMBOLS)}]))?[^\d\W]{{0,3}}?[)]?)(?P<space>\s*)"
    rf"(?P<mark>[{re.escape(SYMBOLS)}](?:[\s,'’;˒]?[{re.escape(SYMBOLS)}]){{0,3}}[)⁾]?|\[[^\]]{{1,16}}\]|\{{[^{{}}]{{1,16}}\}}|\([^()]{{1,24}}\)|\d{{1,2}}\)?|[+/]?\s?[^\W\d_][\w.\s]{{0,24}})"
)
_NOTE_NUMBER: Final = re.compile(
    r"(?:fn|note|see note|footnote|anm\.?|fußnote|nota|voetnoot|viz|uwaga|poznámka|прим\.?)\s?\(?\w{1,3}\)?"
)
_SHORT: Final = re.compile(r"\d{1,2}(?:\s?[,;]\s?\d{1,2})*|[^\W\d]{1,2}(?:\s?[,;]\s?[^\W\d]{1,2})*")


@cache
def _set(kind: str) -> frozenset[str]:
    return frozenset(words(kind))


def _is_mark_behind(mark: str, spaced: bool, core: str) -> bool:
    """Whether what stands behind a number is a mark and not a unit, a second number or a word."""
    if mark[0].isdecimal():
        whole = bool(_WHOLE.fullmatch(core)) or (spaced and bool(_UNPARTED.fullmatch(core)))
        return (spaced or whole) if mark[-1] == ")" else (spaced and whole)
    if mark[0] in "([{":
        inner = mark[1:-1].strip()
        return (
            mark[0] in "[{"
            or bool(_SHORT.fullmatch(inner) or _NOTE_NUMBER.fullmatch(inner))
            or inner in _set("remarks")
        )
    if mark[0] in "+/":
        return mark in _set("remarks")
    if mark[0].isalpha() and mark[0] not in SYMBOLS:
        one = spaced and len(mark) == 1
        return one or mark in _set("remarks") or (spaced and bool(_NOTE_NUMBER.fullmatch(mark)))
    return True


def _is_mark_before(mark: str, core: str) -> bool:
    if mark[0] == "(" or mark in _FLAGS:
        return bool(_PARTED.search(core))
    return (
        not mark[0].isalpha()
        or mark[0] in SYMBOLS
        or mark in _set("approximately")
        or f"{mark}." in _set("approximately")
    )


_WHOLE: Final = re.compile(r"[^\d()]{0,5}\d{1,3}(?:[.,'’]\d{3})+")
"""An amount whose thousands are parted: further digits are the number of a note."""
_UNPARTED: Final = re.compile(r"[^\d()]{0,5}[1-9]\d{4,}")
"""So many digits and two more behind a space are no amount with parted thousands."""
_FLAGS: Final = frozenset("epr")
"""Estimated, provisional, revised: before an amount whose thousands are parted."""

_FIGURE: Final = (
    r"[-+–−]?\s*(?:[^\W\d]{1,3}\.?\s?|[£€$¥₹]\s?)?\d[\d.,'’\s\u00a0\u202f]*(?:\s?(?:[^\W\d]{1,3}|[£€$%]))?"
)
_TWO: Final = re.compile(
    rf"{_FIGURE}\s*(?:-|–|—|‑|~|～|\.\.\.?|…|\bto\b|\bbis\b|\bà\b|\ba\b|\bto\b|\btot\b|\bdo\b|\btil\b|\btill\b|\bpână la\b|/|\bor\b|\boder\b|\band\b|\bund\b|\bet\b|\by\b)\s*{_FIGURE}"
)
_PARTED: Final = re.compile(r"\d[.,'’]\d")
_SEPARATED: Final = re.compile(r"\d[.,'’\s]\d{3}(?!\d)|\d{4,}")


_AT_LEAST: Final = re.compile(
    rf"{_FIGURE}\s*(?:\+|or more|or less|oder mehr|ou plus|o más|and above|and over|max\.?|min\.?)"
)
_A_FIGURE: Final = re.compile(rf"\W*{_FIGURE}.{{0,20}}")


def _bounded(lowered: str) -> bool:
    """Whether a word for a limit stands before a figure, or one such as 'or more' behind it."""
    if lowered.startswith(words("range")):
        word = next(word for word in words("range") if lowered.startswith(word))
        rest = lowered[len(word) :]
        if not (word[-1:].isalpha() and rest[:1].isalpha()) and _A_FIGURE.fullmatch(rest):
            return True
    return bool(_AT_LEAST.fullmatch(lowered))


@cache
def _placeholders() -> dict[str, Missing]:
    """Words that by themselves stand in place of an amount."""
    placeholders: dict[str, Missing] = {}
    for kind, why in (
        ("elsewhere", Missing.ELSEWHERE),
        ("to_follow", Missing.TO_FOLLOW),
        ("withheld", Missing.WITHHELD),
        ("not_given", Missing.NOT_GIVEN),
    ):
        placeholders.update(dict.fromkeys((word.strip() for word in words(kind)), why))
    return placeholders


SURE: Final = frozenset(
    {
        "n/a",
        "na",
        "n.a.",
        "n/k",
        "not available",
        "not applicable",
        "…",
        "...",
        "..",
        ":",
        "[x]",
        "[c]",
        "[z]",
        "[u]",
        "[low]",
        "tbc",
        "tba",
        "#n/a",
        "#ref!",
        "#div/0!",
        "#value!",
        "#name?",
        "#null!",
        "#num!",
        "*",
        "**",
        "x",
        "k. a.",
        "n.d.",
    }
)
"""Marks that stand for a figure in whatever column they are."""


LONGEST_TELLING: Final = count("marks", "longest_telling")


def _telling(lowered: str) -> Missing | None:
    """Why a text that begins with 'see', 'included in' and the like, in any language, gives no amount."""
    core = lowered.lstrip("([ ")
    if len(core) > LONGEST_TELLING:
        return None
    for kind, why in (("elsewhere", Missing.ELSEWHERE), ("to_follow", Missing.TO_FOLLOW)):
        if core.startswith(words(kind)):
            word = next(word for word in words(kind) if core.startswith(word))
            long = kind == "elsewhere" or len(word) >= SPEAKING
            if long and not (word[-1:].isalpha() and core[len(word) : len(word) + 1].isalpha()):
                return why
    return None


def speaks_of_another_place(lowered: str) -> bool:
    """Whether a text begins with 'see', 'included in', 'awaiting' and the like, in any language."""
    return _telling(lowered) is not None


SPEAKING: Final = count("marks", "speaking")


def without_escapes(text: str) -> str | None:
    r"""What stands inside the signs by which a spreadsheet is told that a cell is text; None where there are none.

    >>> without_escapes('="412500"'), without_escapes("'412500"), without_escapes("412500")
    ('412500', '412500', None)
    """
    match = _ESCAPED.fullmatch(text)
    if match:
        return next(part for part in match.groups() if part is not None).strip()
    inner = text.strip(_QUOTES)
    return inner.strip() if inner != text else None


def beside(lowered: str) -> Marked | None:
    """The number of a text and the marks around it; None where no known mark stands there.

    >>> beside("388,250*"), beside("c. 412,500"), beside("12 posts")
    (Marked(core='388,250', note='*', firm=True), Marked(core='412,500', note='c.', firm=True), None)
    """
    core, notes, firm = lowered, [], True
    for _ in range(3):
        after = _AFTER.fullmatch(core)
        if after and _is_mark_behind(after["mark"], bool(after["space"]), after["core"]):
            mark, spaced = after["mark"], bool(after["space"])
            firm &= not mark.isalpha() or (spaced and _is_no_code(after["core"]))
            core = after["core"].strip()
            notes.append(mark)
            continue
        before = _BEFORE.fullmatch(core)
        if not before or not _is_mark_before(before["mark"].strip(), before["core"]):
            break
        core = before["core"].strip()
        notes.insert(0, before["mark"].strip())
    return Marked(core, " ".join(notes), firm) if notes else None


def _is_no_code(core: str) -> bool:
    """Whether a number's thousands are parted, or a sign of a currency stands beside it."""
    return bool(_PARTED.search(core) or _CURRENCY_SIGN.search(core))


_CURRENCY_SIGN: Final = re.compile("[€$£₽₴₹]")


def in_place(lowered: str) -> tuple[Missing, bool] | None:
    """Why a text stands in place of an amount, and whether that is sure in any column; None where it does not.

    >>> in_place("#####"), in_place("up to 50,000"), in_place("see note 4"), in_place("adult social care")
    ((<Missing.LOST: 'lost'>, True), (<Missing.RANGE: 'range'>, False), (<Missing.ELSEWHERE: 'elsewhere'>, False), None)
    """
    if _HASHES.fullmatch(lowered):
        return Missing.LOST, True
    if lowered in SURE or lowered in _set("errors"):
        return _placeholders().get(lowered, Missing.NOT_GIVEN), True
    bare = lowered.strip("()[]<>. -–—*") or lowered
    why = _placeholders().get(lowered) or _placeholders().get(bare)
    if why:
        return why, False
    if any(ch.isdecimal() for ch in lowered) and (_bounded(lowered) or _range(lowered)):
        return Missing.RANGE, False
    telling = _telling(lowered)
    return None if telling is None else (telling, False)


def _range(lowered: str) -> bool:
    """Whether two amounts stand in a text; years, dates and telephone numbers are none."""
    match = _TWO.fullmatch(lowered)
    return bool(match) and len(_SEPARATED.findall(lowered)) >= 1 and not _YEARS.search(lowered)


_YEARS: Final = re.compile(r"\b(?:19|20)\d{2}\s?[-–/]\s?\d{2,4}\b|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}")
