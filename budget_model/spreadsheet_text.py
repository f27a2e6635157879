"""Text that a spreadsheet program would take for a formula, and how it is written so that it stays text."""

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def as_text(text: str) -> str:
    """A text as it is put into a cell: one that would start a formula is marked as text by an apostrophe.

    >>> as_text("=1+1"), as_text("Roads")
    ("'=1+1", 'Roads')
    """
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
