"""The tables of words under `data/intake`, each word with its language, what it says and where it may stand."""

import csv
import re
import unicodedata

from budget_model.intake.files.lists import DATA

_MARKS = "".join(chr(code) for code in range(0x300, 0xE50) if unicodedata.category(chr(code))[0] == "M")
"""Vowel signs and accents that stand by themselves, as in Hindi and Thai: parts of a word, not ends of one."""
LETTERS = rf"(?:[^\W\d_][{_MARKS}]*)+"
"""A regular expression of a word in any script."""
_UNSPACED = re.compile(r"[\u0e00-\u0fff\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]")
_INDIC = re.compile(r"[\u0900-\u0dff]")
_IN_A_WORD = rf"[\w{_MARKS}]"
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_HEBREW = re.compile(r"[\u0590-\u05ff]")


def table(name: str) -> list[dict[str, str]]:
    """The rows of one table of words, by its file's name; Greek words without accents too, as capitals are written.

    >>> {row["word"] for row in table("total_words")} >= {"σύνολο", "συνολο"}
    True
    """
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    if not rows or "word" not in rows[0]:
        return rows
    rows = [{**row, "word": row["word"].casefold()} for row in rows]
    greek = [{**row, "word": _without_accents(row["word"])} for row in rows if row.get("language") == "el"]
    return rows + [row for row in greek if row not in rows]


def _without_accents(word: str) -> str:
    return "".join(x for x in unicodedata.normalize("NFD", word) if not unicodedata.combining(x))


def pattern(word: str, where: str = "word") -> str:
    """A regular expression of a word: by itself in a text, or as part of a compound ('Personalaufwand').

    A contract ('Vertrag') holds no yield ('Ertrag').

    >>> bool(re.search(pattern("ertrag", "part"), "zinsertrag")), bool(re.search(pattern("ertrag", "part"), "vertrag"))
    (True, False)
    """
    return rf"(?<!v){re.escape(word)}" if where == "part" else whole(word)


def whole(word: str, ending: str = "") -> str:
    """A regular expression of a word by itself, in whatever script; `ending` is what may follow it at once.

    Where no spaces stand between words it is found anywhere; the article and 'and' that Arabic and Hebrew write
    against a word do not hide it. In India's scripts signs that are no letters belong to a word: 'आय' is income, and
    no part of 'आयोग', a commission.

    >>> [bool(re.search(whole(word), text)) for word, text in (("合计", "支出合计"), ("إيرادات", "والإيرادات"), ("sum", "summe"))]
    [True, True, False]
    >>> [bool(re.search(whole("आय"), text)) for text in ("कुल आय", "निर्वाचन आयोग")]
    [True, False]
    """
    if _INDIC.match(word):
        return rf"(?<!{_IN_A_WORD}){re.escape(word)}" + ("" if ending else rf"(?!{_IN_A_WORD})")
    if _UNSPACED.match(word) and len(word) > 1:
        return re.escape(word)
    if _ARABIC.match(word):
        return rf"\b(?:[وبل]?ال|[وبل]|لل)?{re.escape(word.removeprefix('ال'))}\b"
    if _HEBREW.match(word):
        return rf"\b[והבל]{{0,2}}{re.escape(word)}(?!\w)"
    start, end = (r"\b" if word[at].isalnum() else side for at, side in ((0, r"(?<!\w)"), (-1, r"(?!\w)")))
    return rf"{start}{re.escape(word)}{ending}{end}"


def normal(text: str) -> str:
    """A text's words alone, without marks, numbers and capitals.

    >>> normal("1 - Revenues"), normal("EIN/AUS"), normal("Dr."), normal("DataValue")
    ('revenues', 'ein aus', 'dr', 'data value')
    """
    return " ".join(re.findall(LETTERS, re.sub(r"(?<=[a-zß-ÿ])(?=[A-Z])", " ", text))).casefold()
