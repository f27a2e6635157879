"""Listings whose columns stand at fixed places, as older systems print them: where the columns begin.

A listing is told by its gaps: positions that are blank on all its lines, and no separator that gives rows of one
width. Lines that do not fit, such as the titles of a page, stay whole in the first cell.
"""

import re
from collections import Counter
from itertools import pairwise
from typing import Final

from budget_model.intake.files.grid import CellValue
from budget_model.intake.files.reading_limits import count

_GAP: Final = re.compile(r"\S(\s{2,})(?=\S)")
_NUMERIC_COMMA: Final = re.compile(r"(?<=\d),(?=\d{2,3}(?!\d))")
_RULE: Final = re.compile(r"[\s\-=_*+]+")
_AMOUNT: Final = re.compile(r"[(\-]?[£€$]?\d[\d.,']*(?:\s?(?:-|CR|DR))?\)?\s*$")
FEWEST_LINES: Final = count("fixed_width", "fewest_lines")
LINES_LOOKED_AT: Final = count("fixed_width", "lines_looked_at")
NARROWEST_GAP: Final = count("fixed_width", "narrowest_gap")


def columns_of(text: str) -> tuple[int, ...] | None:
    r"""Where the columns of a listing begin, the gap before them included; None where the text is none.

    >>> columns_of("SERVICE      BUDGET\nHome care     1,200\nDay care    900,000\nParks           950\n")
    (0, 9)
    >>> columns_of("Service,Budget\nHome care,1200\nParks,950\nRoads,900") is None
    True
    """
    lines = [line.rstrip() for line in _lines(text)[:LINES_LOOKED_AT]]
    lines = [line for line in lines if line.strip() and not _RULE.fullmatch(line)]
    body = [line for line in lines if _GAP.search(line) and _AMOUNT.search(line)]
    if len(body) < FEWEST_LINES or len(body) * 2 < len(lines) or _is_delimited(body):
        return None
    body = _ending_alike(body)
    starts = [0, *(at for at, end in _gaps(body) if end - at >= NARROWEST_GAP or _before_figures(body, end))]
    return tuple(starts) if len(starts) > 1 and len(body) >= FEWEST_LINES else None


def _ending_alike(body: list[str]) -> list[str]:
    """The lines that end where most do, if half of them do: amounts stand right, the titles of pages do not."""
    end, often = Counter(map(len, body)).most_common(1)[0]
    return [line for line in body if len(line) == end] if often * 2 >= len(body) else body


def _gaps(body: list[str]) -> list[tuple[int, int]]:
    """Where runs of positions that are blank on every line begin and end, between what stands on the lines."""
    written = sorted({at for line in body for at, sign in enumerate(line) if sign != " "})
    return [(last + 1, at) for last, at in pairwise(written) if at > last + 1]


def _before_figures(body: list[str], start: int) -> bool:
    """Whether a single blank position parts words from amounts that are as wide as their column."""
    cells = [line[start:].split("  ")[0].strip() for line in body]
    return all(cell[:1].isdigit() or cell[:1] in "-(£€$" for cell in cells if cell)


def _is_delimited(body: list[str]) -> bool:
    """Whether some separator stands on nearly every line, other than the commas inside amounts."""
    for separator in ("\t", ";", "|"):
        if sum(separator in line for line in body) * 2 > len(body):
            return True
    commas = [_NUMERIC_COMMA.sub("", line).count(",") for line in body]
    often = Counter(commas).most_common(1)[0][0]
    return often > 0


def _lines(text: str) -> list[str]:
    return (
        text.replace("\f", "\n").expandtabs(8).split("\n")
        if "\t" not in text
        else text.replace("\f", "\n").split("\n")
    )


def cut(text: str, starts: tuple[int, ...]) -> tuple[list[list[CellValue]], list[str]]:
    """Cut a listing into cells at its columns; a line that crosses a gap stays whole."""
    rows: list[list[CellValue]] = []
    for line in _lines(text):
        if _RULE.fullmatch(line):
            rows.append([])
        elif any(line[at - 1 : at].strip() and line[at : at + 1].strip() for at in starts[1:]):
            fields = re.split(r"\s{2,}", line.strip())
            rows.append([*fields] if len(fields) == len(starts) else [line.strip() or None])
        else:
            ends = (*starts[1:], None)
            rows.append([line[start:end].strip() or None for start, end in zip(starts, ends, strict=True)])
    while rows and not any(rows[-1]):
        rows.pop()
    return rows, [
        f"The file is a listing with {len(starts)} columns at fixed places; it was cut at its gaps."
    ]
