"""Which labels say something about a table and are none of its lines: `data/intake/meta_words.csv`."""

import re

from budget_model.intake.sheet.word_tables import normal, table

_KEYS = frozenset(row["word"] for row in table("meta_words"))
_MULTIPLIERS = frozenset(
    {
        "multiplier",
        "scale",
        "faktor",
        "multiplicateur",
        "multiplicador",
        "moltiplicatore",
        "mnożnik",
        "násobek",
    }
)
_OF_A_PROGRAM = re.compile(r"_*[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+_*|_+[A-Z]+_+")


def is_a_key(label: str) -> bool:
    """Whether a label is the key of a value that describes the table.

    >>> is_a_key("UNITS_MULTIPLIER"), is_a_key("Year:"), is_a_key("Roads")
    (True, True, False)
    """
    return bool(_OF_A_PROGRAM.fullmatch(label.strip())) or normal(label) in _KEYS


def names_the_multiplier(label: str) -> bool:
    """Whether a key says by what amounts are to be multiplied.

    >>> names_the_multiplier("UNITS_MULTIPLIER"), names_the_multiplier("Year")
    (True, False)
    """
    return bool(set(normal(label).split()) & _MULTIPLIERS)
