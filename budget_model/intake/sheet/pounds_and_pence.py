"""Amounts printed over two columns, pounds and pence: '£' and 'p', 'Euro' and 'Cent', 'zł' and 'gr'.

The two are read as one column where their headers say so and no cell speaks against it.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

import numpy as np

from budget_model.intake.files.cells import CellKind, Cells
from budget_model.intake.sheet import words
from budget_model.intake.sheet.regions import Region

OF_MONEY: Final = words.hints("pence.of_money")
HUNDREDTHS: Final = words.hints("pence.hundredths")
HUNDRED: Final = 100
_DIGITS: Final = re.compile(r"\d{1,2}")
_NOTHING: Final = frozenset({"", "-", "–", "—"})


def pence_joined(cells: Cells, region: Region) -> list[tuple[int, int]]:
    """Add pence to the pounds on their left, and give the columns of both."""
    found = []
    for pounds, pence in _headed_for_both(cells, region):
        beside = _pence_of(cells, region, pounds, pence)
        if beside:
            _join(cells, region, pounds, pence, beside)
            found.append((pounds, pence))
    return found


def _headed_for_both(cells: Cells, region: Region) -> Iterator[tuple[int, int]]:
    """Neighbouring columns whose headers say the same and then a currency and its hundredths."""
    headers = [_header(cells, region, j) for j in range(region.left, region.right + 1)]
    for at, (left, right) in enumerate(pairwise(headers), start=region.left):
        pounds, pence = OF_MONEY.search(left), HUNDREDTHS.search(right)
        if pounds and pence and _same(left[: pounds.start()], right[: pence.start()]):
            yield at, at + 1


def _header(cells: Cells, region: Region, column: int) -> str:
    """The lowest header of a column, without brackets around its end."""
    texts = [text for row in region.headers if (text := cells.text(row, column))]
    return texts[-1].strip(" ()[].") if texts else ""


def _same(left: str, right: str) -> bool:
    return not right.strip(" ([") or left.strip(" ([").casefold() == right.strip(" ([").casefold()


def _pence_of(cells: Cells, region: Region, pounds: int, pence: int) -> dict[int, int]:
    """The pence of each row; nothing where a cell of either column says that they are no such thing."""
    found: dict[int, int] = {}
    for row in region.body:
        whole, said = cells.numbers[row, pounds], cells.text(row, pence)
        if cells.kinds[row, pounds] == CellKind.NUMBER and whole != np.floor(whole):
            return {}
        if cells.kinds[row, pence] == CellKind.NUMBER:
            part = cells.numbers[row, pence]
        elif _DIGITS.fullmatch(said):
            part = float(said)
        elif said in _NOTHING or cells.kinds[row, pounds] != CellKind.NUMBER:
            continue
        else:
            return {}
        if part != np.floor(part) or not 0 <= part < HUNDRED:
            return {}
        found[row] = int(part)
    return found


def _join(cells: Cells, region: Region, pounds: int, pence: int, beside: dict[int, int]) -> None:
    for row, part in beside.items():
        whole = cells.numbers[row, pounds] if cells.kinds[row, pounds] == CellKind.NUMBER else 0.0
        amount = whole - part / HUNDRED if whole < 0 else whole + part / HUNDRED
        cells.numbers[row, pounds] = round(amount, 2)
        cells.kinds[row, pounds] = CellKind.NUMBER
    body = slice(region.body.start, region.body.stop)
    cells.kinds[body, pence] = CellKind.EMPTY
    cells.numbers[body, pence] = np.nan
