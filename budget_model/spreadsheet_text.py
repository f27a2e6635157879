"""Text that a spreadsheet program would take for a formula, and how it is written so that it stays text."""

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_NOT_SHOWN: dict[int, str] = {code: "" for code in range(32) if chr(code) not in "\t\n\r"}


def as_text(text: str) -> str:
    r"""A text as it is put into a cell: one that would start a formula is marked as text by an apostrophe.

    Marks that no program shows, such as NUL, are left out: they break CSV and workbooks.

    >>> as_text("=1+1"), as_text("Roads"), as_text("\0=Ro\0ads")
    ("'=1+1", 'Roads', "'=Roads")
    """
    shown = text.translate(_NOT_SHOWN)
    return f"'{shown}" if shown.startswith(FORMULA_STARTS) else shown
