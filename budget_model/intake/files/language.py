"""In which language a sheet is written, as far as a few of its words tell: for its commas and its currency.

The words are in `data/intake/languages.toml`. A sheet that says too little is in no known language.
"""

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from typing import Final

from budget_model.intake.files.lists import listed_in

ENGLISH: Final = "en"
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?\.?")
_LATIN: Final = re.compile(r"[a-zà-ÿ]")
OTHER: Final = "other"
"""A script that is not Latin, whose language is not looked for any further."""


@cache
def _languages_of() -> dict[str, tuple[str, ...]]:
    languages: dict[str, list[str]] = {}
    for language, about in listed_in("languages").items():
        for word in about["words"]:
            languages.setdefault(word, []).append(language)
    return {word: tuple(some) for word, some in languages.items()}


@cache
def known_words() -> frozenset[str]:
    """The single words of all languages, those for money among them, in small letters."""
    told = listed_in("money").values()
    money = {word for some in told for words in some.values() for word in words if "*" not in word}
    return frozenset(word.lower() for word in {*_languages_of(), *money} if " " not in word)


@cache
def _with_comma() -> frozenset[str]:
    told = listed_in("languages")
    return frozenset(language for language, about in told.items() if about["comma"])


def language_of(texts: Iterable[str]) -> str:
    """The language of which most words are known; '' where there is none.

    >>> language_of(["Dienst", "Begroting 2025"]), language_of(["Adult social care", "Budget"]), language_of(["X12"])
    ('nl', 'en', '')
    """
    votes: Counter[str] = Counter()
    for text in texts:
        lowered = text.lower()
        for word in _WORD.findall(lowered):
            known = _languages_of().get(word) or _languages_of().get(word.rstrip("."))
            votes.update(known or (() if _LATIN.search(word) else (OTHER,)))
    if not votes:
        return ""
    known_languages = {language: count for language, count in votes.items() if language != OTHER}
    best, most = Counter(known_languages or votes).most_common(1)[0]
    return ENGLISH if votes[ENGLISH] >= most else best


@cache
def _currencies() -> dict[str, str]:
    told = listed_in("languages")
    return {language: about["currency"] for language, about in told.items() if "currency" in about}


def currency_of(language: str) -> str | None:
    """The likeliest currency where a language is spoken; None where there is no telling.

    >>> currency_of("pl"), currency_of("en")
    ('PLN', None)
    """
    return _currencies().get(language)


def writes_a_comma(language: str) -> bool:
    """Whether amounts have a decimal comma in a language.

    >>> writes_a_comma("nl"), writes_a_comma("en"), writes_a_comma("")
    (True, False, False)
    """
    return language in _with_comma()
