"""Which headers name a string on money, such as match funding or an age band: `data/intake/string_words.csv`."""

from budget_model.intake.sheet.word_tables import normal, table

_NAMED = {row["word"]: row["names"] for row in table("string_words")}
CONTRACT = "contract ends"
"""The day to which a line is committed, which is no string of its funding."""

_OTHER = '[^a-z"]*'
"""What may stand between and around the words of a header."""
AS_ATTRIBUTE = f'"{_OTHER}(?:{"|".join(_OTHER.join(word.split()) for word in sorted(_NAMED))}){_OTHER}":'
"""A pattern of such a header where lines keep it, as the name of an attribute; capitals do not matter."""


def string_named(header: str) -> str:
    """The string that a header names, as `StringOn` calls it, or the end of a contract; empty for none.

    >>> string_named("Match required (%)"), string_named("Revenue/Capital"), string_named("Match officer")
    ('match required', 'revenue or capital', '')
    """
    return _NAMED.get(normal(header), "")
