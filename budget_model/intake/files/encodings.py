"""In which character set a text file is written that is not UTF-8: by the words and letters that come out.

A few hundred bytes of headers and labels decide, which is too little for statistics of letters alone
(charset-normalizer took 9 of 15 such samples for another set); known words of budgets decide better.
"""

import re
import unicodedata
from functools import cache
from typing import Final

from budget_model.intake.files.language import known_words
from budget_model.intake.files.lists import listed_in
from budget_model.intake.files.reading_limits import count, limit

SAMPLE: Final = 1 << 16
"""So many bytes tell the character set."""
_LATIN: Final = ("cp1250", "iso-8859-2", "cp1254", "cp1257", "cp852", "mac_roman")
"""Sets of Latin letters beside cp1252, cp850 and iso-8859-15, in the order of their use."""
_OTHERS: Final = (
    "cp1251",
    "koi8-r",
    "koi8-u",
    "cp866",
    "iso8859-5",
    "mac-cyrillic",
    "cp1253",
    "gb18030",
    "cp932",
    "euc_jp",
    "big5",
    "cp950",
    "cp949",
    "cp1255",
    "cp1256",
    "iso8859-6",
    "cp874",
)
_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_RUNS: Final = re.compile(rb"[\x80-\xff]{4,}")
_BEYOND: Final = re.compile(rb"[\x80-\xff]")
_IDEOGRAPH: Final = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af\u3000-\u303f\uff00-\uffef]")


_IDEOGRAPHIC: Final = ("gb18030", "cp932", "euc_jp", "big5", "cp950", "cp949")
WORDS_FOUND: Final = limit("encodings", "words_found")


def _cut_off(sample: bytes) -> bytes:
    """A sample up to its last whole line, so that no letter is cut in two."""
    return sample if len(sample) < SAMPLE else sample[: sample.rfind(b"\n") + 1]


@cache
def _ideographic_words() -> tuple[str, ...]:
    told = []
    for name in ("money", "units", "marks"):
        for some in listed_in(name).values():
            lists = some.values() if isinstance(some, dict) else ()
            told += [word for words in lists if isinstance(words, list) for word in words]
    return tuple(dict.fromkeys(word for word in told if _IDEOGRAPH.search(word)))


def other_encoding(data: bytes) -> str | None:
    r"""A character set other than the West European ones that makes clearly more sense of a text; else None.

    >>> other_encoding("Название;Расходы\\nДороги;12".encode("cp1251")), other_encoding("Café;Montant".encode("cp1252"))
    ('cp1251', None)
    """
    sample = data[:SAMPLE]
    beyond = len(_BEYOND.findall(sample))
    if not beyond:
        return None
    whole = [encoding for encoding in _IDEOGRAPHIC if "\ufffd" not in _text(_cut_off(sample), encoding)]
    likeliest = max(whole, key=lambda encoding: _sense(sample, encoding), default=None)
    if likeliest is not None and _sense(sample, likeliest) >= WORDS_FOUND:
        return likeliest
    in_runs = sum(len(run) for run in _RUNS.findall(sample))
    if in_runs * 2 >= beyond:
        best = max(_OTHERS, key=lambda encoding: (_sense(sample, encoding), -_OTHERS.index(encoding)))
        return best if _sense(sample, best) > 0 else None
    usual = max(_words_of(sample, "cp1252"), _words_of(sample, "cp850"))
    best = max(_LATIN, key=lambda encoding: (_words_of(sample, encoding), -_LATIN.index(encoding)))
    return best if _words_of(sample, best) > usual else None


def _text(sample: bytes, encoding: str) -> str:
    return sample.decode(encoding, errors="replace")


def _words_of(sample: bytes, encoding: str) -> int:
    """How many known words with letters beyond ASCII come out."""
    words = {word for word in _WORD.findall(_text(sample, encoding).lower()) if not word.isascii()}
    return len(words & known_words())


def _sense(sample: bytes, encoding: str) -> float:
    """How much sense a text in another script makes: known words, then letters that follow each other as letters do."""
    text = _text(sample, encoding)
    letters = [ch for ch in text if ch > "\x7f"]
    if not letters or text.count("\ufffd") * 50 > len(letters):
        return -1.0
    ideographs = len(_IDEOGRAPH.findall(text))
    if encoding in _IDEOGRAPHIC:
        found = sum(word in text for word in _ideographic_words())
        return 10.0 * found + ideographs / len(letters)
    orderly = sum(_orderly(word) for word in _WORD.findall(text) if not word.isascii())
    strange = sum(not ch.isalpha() and ch not in "№«»–—“”’…°€" for ch in letters)
    return 10.0 * _words_of(sample, encoding) + (orderly - strange * 3) / len(letters) * 5 - ideographs


def _orderly(word: str) -> int:
    """The length of a word whose capitals stand as capitals do, and zero or less for others."""
    return len(word) if word.islower() or word.isupper() or word.istitle() else -len(word)


def is_japanese_mail(data: bytes) -> bool:
    r"""Whether a text turns to Japanese letters and back by the signs of ISO-2022-JP, in bytes of seven bits.

    >>> is_japanese_mail("科目,予算".encode("iso2022_jp")), is_japanese_mail(b"Parks,12")
    (True, False)
    """
    return b"\x1b$" in data[:SAMPLE] and b"\x1b(" in data[:SAMPLE] and not _BEYOND.search(data)


def is_latin_9(data: bytes) -> bool:
    r"""Whether a West European text has the euro where ISO-8859-15 has it: its old sign stands beside amounts.

    >>> is_latin_9(b"Budget (\xa4);12"), is_latin_9(b"Budget (\x80);12"), is_latin_9(b"Caf\xe9")
    (True, False, False)
    """
    return bool(_EURO_ALONE.search(data)) and not re.search(rb"[\x80-\x9f]", data)


_EURO_ALONE: Final = re.compile(rb"(?<![A-Za-z\x80-\xff])\xa4(?![A-Za-z\x80-\xff])")


_CONTINUED: Final = "[\u0080-\u00bf\u20ac\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u017d\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u017e\u0178]"
_DOUBLED: Final = re.compile(
    f"[\u00c2\u00c3\u00c4\u00c5\u00d0\u00d1\u00e2\u00ce\u00cf]{_CONTINUED}|[\u00e0-\u00e9]{_CONTINUED}{{2}}"
)
_SIGNS: Final = frozenset({"Â£", "â‚", "â\u0082", "Ã©", "Ã¨", "Ã¼", "Ã¶", "Ã¤", "Ã±", "Ã³", "Ã¡"})
"""Pairs that come of nothing but text encoded twice: £, €, é, è, ü, ö, ä, ñ, ó, á."""
FEWEST_PAIRS: Final = count("encodings", "fewest_pairs")
MOST_ENCODED: Final = count("encodings", "most_encoded")


def utf_16_without_mark(data: bytes) -> str | None:
    r"""Which UTF-16 a text without a byte order mark is in: its signs between cells and its digits tell; else None.

    >>> utf_16_without_mark("Ποσό;12\n".encode("utf-16-be")), utf_16_without_mark(b"Parks;12\n")
    ('utf-16-be', None)
    """
    sample = data[: SAMPLE - SAMPLE % 2]
    if b"\0" not in sample or len(data) % 2:
        return None
    plain = {encoding: _plain_signs(sample, encoding) for encoding in ("utf-16-le", "utf-16-be")}
    best = max(plain, key=lambda encoding: plain[encoding])
    return best if plain[best] >= FEWEST_PLAIN else None


FEWEST_PLAIN: Final = limit("encodings", "fewest_plain")


def _plain_signs(sample: bytes, encoding: str) -> float:
    """The part of a text that is ASCII; -1 where it holds what no text does, or no end of a line."""
    try:
        text = sample.decode(encoding)
    except UnicodeDecodeError:
        return -1.0
    strange = any(ch not in "\t\r\n" and unicodedata.category(ch) in ("Cc", "Cn", "Co", "Cs") for ch in text)
    if strange or not re.search(r"[\r\n]", text):
        return -1.0
    return sum(ch.isascii() for ch in text) / len(text)


def undoubled(text: str) -> str | None:
    """The text with lines that were encoded twice put right; None where there are none.

    >>> undoubled("Budget (Â£)"), undoubled("CafÃ© â‚¬5"), undoubled("Café"), undoubled("SÃO PAULO")
    ('Budget (£)', 'Café €5', None, None)
    """
    pairs = set(_DOUBLED.findall(text))
    if not pairs & _SIGNS and len(pairs) < FEWEST_PAIRS:
        return None
    lines = [_undoubled_line(line) for line in text.split("\n")]
    mended = "\n".join(lines)
    return mended if mended != text else None


def _undoubled_line(line: str) -> str:
    for _ in range(MOST_ENCODED):
        if not _DOUBLED.search(line):
            break
        try:
            once = b"".join(_byte(ch) for ch in line).decode("utf-8")
        except UnicodeError:
            return _DOUBLED_RUN.sub(_undoubled_run, line)
        if once == line:
            break
        line = once
    return line


_DOUBLED_RUN: Final = re.compile(r"[^\x00-\x7f]{2,4}")


def _undoubled_run(match: "re.Match[str]") -> str:
    """Some letters of a line, where the line as a whole holds others that were encoded once."""
    try:
        return b"".join(_byte(ch) for ch in match[0]).decode("utf-8")
    except UnicodeError:
        return match[0]


def _byte(ch: str) -> bytes:
    """The byte that a letter was mistaken for: by cp1252, and by latin-1 where that has none."""
    try:
        return ch.encode("cp1252")
    except UnicodeEncodeError:
        return ch.encode("latin-1")
