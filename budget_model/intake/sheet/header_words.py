"""What the words of a header say that a column holds, in many languages: `data/intake/header_words.csv`."""

import re

from budget_model.intake.sheet.word_tables import normal, pattern, table

_ROWS = table("header_words")


def amount_patterns() -> list[str]:
    """Regular expressions of the words that say money within a header."""
    return [pattern(row["word"], row["where"]) for row in _ROWS if row["names"] == "amount"]


def _compiled(names: str, *where: str) -> re.Pattern[str]:
    own = [row for row in _ROWS if row["names"] == names and row["where"] in where]
    return re.compile("|".join(pattern(row["word"], row["where"]) for row in own) or r"(?!)")


_WITHIN = {names: _compiled(names, "word", "part") for names in ("code", "count")}
_ALONE = {
    names: frozenset(row["word"] for row in _ROWS if row["names"] == names and row["where"] == "cell")
    for names in ("code", "count", "level")
}
_BARE = frozenset(row["word"] for row in _ROWS if row["where"] == "bare")


def names_a_level(header: str) -> bool:
    """Whether a header says that its column tells how deep each row stands.

    >>> names_a_level("Poziom"), names_a_level("Level 2 services")
    (True, False)
    """
    return normal(header) in _ALONE["level"]


def names_a_code(header: str) -> bool:
    """Whether a header surely names codes.

    >>> names_a_code("Kostenstelle"), names_a_code("Código programa"), names_a_code("Fund")
    (True, True, False)
    """
    words = normal(header)
    return words in _ALONE["code"] or bool(_WITHIN["code"].search(words))


def may_name_a_code(header: str) -> bool:
    """Whether a header names what is numbered as well as paid: a fund, a programme, a chapter.

    >>> may_name_a_code("FUND"), may_name_a_code("Položka"), may_name_a_code("Funding")
    (True, True, False)
    """
    return normal(header) in _BARE


def names_a_count(header: str) -> bool:
    """Whether a header names what is counted and not paid.

    >>> names_a_count("Anzahl Stellen"), names_a_count("Nombre d'habitants"), names_a_count("Volume")
    (True, True, True)
    """
    words = normal(header)
    return words in _ALONE["count"] or bool(_WITHIN["count"].search(words))
