"""Text that a spreadsheet program would take for a formula, and how it is written so that it stays text."""

import re

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"[-+]?[\d,]*\.?\d+%?")
_NOT_SHOWN: dict[int, str] = {code: "" for code in range(32) if chr(code) not in "\t\n\r"}


def as_text(text: str) -> str:
    r"""A text as it is put into a cell: one that would start a formula is marked as text by an apostrophe.

    Marks that no program shows, such as NUL, are left out: they break CSV and workbooks.

    >>> as_text("=1+1"), as_text("Roads"), as_text("\0=Ro\0ads")
    ("'=1+1", 'Roads', "'=Roads")
    """
    plain = visible(text)
    return f"'{plain}" if plain.startswith(FORMULA_STARTS) else plain


def visible(text: str) -> str:
    r"""A text without the marks that no program shows.

    >>> visible("Ro\0ads\x07")
    'Roads'
    """
    return text.translate(_NOT_SHOWN)


def is_formula(cell: str) -> bool:
    """Whether a spreadsheet program would take a cell for a formula; a number below nought is none.

    >>> [is_formula(cell) for cell in ("@SUM(A1)", "-5.20", "-2+3", "Roads")]
    [True, False, True, False]
    """
    return cell.startswith(FORMULA_STARTS) and not _NUMBER.fullmatch(cell)


def marked(cell: str) -> str:
    """A cell of a list that is read back, marked as text where it would be a formula."""
    return as_text(cell) if is_formula(cell) else cell


def unmarked(cell: str) -> str:
    """The cell again, whether a spreadsheet program kept the mark or not.

    >>> unmarked(marked("=1+1")), unmarked("'tis")
    ('=1+1', "'tis")
    """
    return cell[1:] if cell.startswith("'") and is_formula(cell[1:]) else cell
