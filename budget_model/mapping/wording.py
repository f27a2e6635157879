"""The words of a budget line, brought to one form, so that two officers' wordings can be compared.

"S022A156-NC - SCHOOL IMPROVEMENT" and "School improvement (NC)" are about the same thing; "Children’s
Social Care" and "CHILDRENS SOCIAL CARE:" are the same wording.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

LONGEST_READ = 400
"""Characters of a description that are looked at: what a line pays for is said in its first words."""

_APOSTROPHES = re.compile("['’‘`´]")
_WORDS = re.compile(r"[^\W_]+(?:&[^\W_]+)?")
_YEARS = re.compile(r"\b(?:19|20)\d\d\s*[-/–]\s*(?:\d{4}|\d{2})\b|\b(?:19|20)\d\d\b")
_LINE_REFERENCES = re.compile(r"[(\[][^()\[\]]*\blines?\s*\d[^()\[\]]*[)\]]")
_LEADING_CODE = re.compile(
    r"^\s*(?P<code>(?=[A-Z0-9./]*\d)[A-Z]{0,4}[0-9][A-Z0-9./]*)(?:\s*[-–—:]+\s*|\s{2,}|\s+)(?P<rest>\S.*)$",
    re.DOTALL,
)
_NUMBER_AT_END = re.compile(r"\d{1,4}$")


@dataclass(frozen=True, slots=True)
class AccountCode:
    """An account's code, parted into the body of accounts it stands in and its number there."""

    stem: str
    number: int


@lru_cache(maxsize=65536)
def plain(text: str) -> str:
    """A wording without case, accents, marks, years, references to other lines and odd spaces.

    >>> plain("Children’s Social Care:  2016-17 (net)")
    'childrens social care net'
    >>> plain("REVENUE EXPENDITURE (total of lines 785 to 796)")
    'revenue expenditure'
    >>> plain("Salud – atención primaria")
    'salud atencion primaria'
    """
    letters = text[: 4 * LONGEST_READ]
    if not letters.isascii():
        marks_apart = unicodedata.normalize("NFKD", letters)
        letters = "".join(mark for mark in marks_apart if not unicodedata.combining(mark))
    letters = _YEARS.sub(" ", _LINE_REFERENCES.sub(" ", _APOSTROPHES.sub("", letters.casefold())))
    return " ".join(_WORDS.findall(letters)[:LONGEST_READ])[:LONGEST_READ]


def both_ways(text: str) -> tuple[str, ...]:
    """A wording with its "and", and as those who write "&" have it.

    >>> both_ways("Parks and open spaces"), both_ways("Libraries")
    (('parks and open spaces', 'parks open spaces'), ('libraries',))
    """
    return tuple(dict.fromkeys((plain(text), plain(text.replace(" and ", " & ")))))


@lru_cache(maxsize=65536)
def take_code(description: str) -> tuple[str, str]:
    """A description's leading account code, if it has one, and the words that follow it.

    >>> take_code("S022A156-NC - SCHOOL IMPROVEMENT")
    ('S022A156', 'NC - SCHOOL IMPROVEMENT')
    >>> take_code("313 Children looked after"), take_code("16-19 funding"), take_code("A&E services")
    (('313', 'Children looked after'), ('', '16-19 funding'), ('', 'A&E services'))
    """
    match = _LEADING_CODE.match(description[: 4 * LONGEST_READ])
    if match is None:
        return "", description
    code, rest = match["code"], match["rest"]
    too_short_to_be_a_code = len(code) < 3
    words_are_left = any(mark.isalpha() for mark in rest)
    return ("", description) if too_short_to_be_a_code or not words_are_left else (code, rest)


def account(code: str) -> AccountCode | None:
    """A code's body of accounts and its number there: codes numbered close together stand for like things.

    >>> account("S022A156"), account("S0034124")
    (AccountCode(stem='S022A', number=156), AccountCode(stem='S003', number=4124))
    >>> account("misc") is None
    True
    """
    code = code.strip().upper()
    match = _NUMBER_AT_END.search(code)
    return AccountCode(code[: match.start()], int(match[0])) if match else None


@lru_cache(maxsize=65536)
def letter_runs(words: str) -> tuple[str, ...]:
    """Every run of three to five letters inside a wording's words, with the words' edges.

    >>> letter_runs("bus")
    (' bu', 'bus', 'us ', ' bus', 'bus ', ' bus ')
    """
    runs: list[str] = []
    for word in words.split():
        edged = f" {word} "
        longest = min(5, len(edged))
        runs += [
            edged[at : at + size] for size in range(3, longest + 1) for at in range(len(edged) - size + 1)
        ]
    return tuple(runs)


@lru_cache(maxsize=65536)
def singular(word: str) -> str:
    """A word without the mark of its plural, near enough to find it again.

    >>> [singular(word) for word in ("libraries", "potholes", "business", "bus", "gas")]
    ['library', 'pothole', 'business', 'bus', 'gas']
    """
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def words_and_pairs(words: str) -> list[str]:
    """Each word, and each two words that follow one another, all in the singular.

    >>> words_and_pairs("adults social care")
    ['adult', 'social', 'care', 'adult social', 'social care']
    """
    single = [singular(word) for word in words.split()]
    return single + [f"{first} {second}" for first, second in pairwise(single)]
