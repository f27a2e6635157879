"""Where the tables on a sheet are: their header rows, their body and the titles that stand above them.

A table begins where words stand above figures, and ends where the next one begins. Blank rows do not end
a table, since officers part groups with them; a header repeated on the next page does not begin one.
"""

import re
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np

from budget_model.intake.files.cells import CellKind, Cells, Mask
from budget_model.intake.files.marks import in_place, speaks_of_another_place
from budget_model.intake.files.reading_limits import count, limit
from budget_model.intake.sheet import words
from budget_model.intake.sheet.meta_block import meta_block
from budget_model.intake.sheet.months_across import rows_of_months
from budget_model.intake.sheet.side_words import said_by_heading
from budget_model.intake.sheet.units import unit_in
from budget_model.intake.sheet.years import FIRST_YEAR, LAST_YEAR, year_of
from budget_model.intake.sheet.years_across import rows_of_years

LONGEST_NAME: Final = count("regions", "longest_name")
LONGEST_LONE_NAME: Final = count("regions", "longest_lone_name")
NAMED_BELOW: Final = limit("regions", "named_below")
FEWEST_CODES: Final = count("regions", "fewest_codes")
CODES_RISE: Final = limit("regions", "codes_rise")
LARGEST_CODE: Final = count("regions", "largest_code")
LONGEST_END: Final = count("regions", "longest_end")
LONGEST_HEADING: Final = count("regions", "longest_heading")
FURTHEST_HELPER: Final = count("regions", "furthest_helper")
HELPER_NUMBERS: Final = limit("regions", "helper_numbers")
LONGEST_SIDE: Final = count("regions", "longest_side")
FIGURES_BESIDE: Final = limit("regions", "figures_beside")
WIDEST_GAP: Final = count("regions", "widest_gap")
ROWS_BETWEEN: Final = count("regions", "rows_between")
LONGEST_OVER: Final = count("regions", "longest_over")
SAYS_AGAIN: Final = limit("regions", "says_again")
DIFFERENT_LABELS: Final = limit("regions", "different_labels")
LONGEST_AT_THE_END: Final = count("regions", "longest_at_the_end")

ROWS_LOOKED_AT: Final = count("regions", "rows_looked_at")
LONG_YEAR: Final = count("regions", "long_year")
LOOK_AHEAD: Final = count("regions", "look_ahead")


@dataclass(frozen=True, slots=True)
class Region:
    """One table on one sheet; rows and columns count from 0 and `bottom` is the last row of the body."""

    top: int
    bottom: int
    left: int
    right: int
    headers: tuple[int, ...]
    titles: tuple[int, ...] = ()
    repeats: frozenset[int] = frozenset()
    """Rows inside the body that say the header again."""
    helpers: frozenset[int] = field(default_factory=frozenset)
    """Rows of bare numbers above the header: line numbers, look-up columns."""

    @property
    def body(self) -> range:
        """The rows that may hold lines."""
        if self.headers and min(self.headers) > self.top and max(self.headers) == self.bottom:
            return range(self.top, min(self.headers))
        above = [*self.headers, *self.titles, *self.helpers]
        return range(max(above, default=self.top - 1) + 1, self.bottom + 1)


def find_regions(cells: Cells) -> list[Region]:
    """Every table of a sheet, top to bottom, and left to right where several stand side by side."""
    if not cells.height or not cells.width:
        return []
    number = cells.is_number()
    filled = cells.kinds != CellKind.EMPTY
    years = _year_cells(cells, number)
    naming = rows_of_months(cells, number) | rows_of_years(cells, number)
    years[naming] |= number[naming]
    data = _rows_with_figures(cells, number, years) & ~naming
    data &= ~_numbering(cells, filled, data)
    data &= ~_says_the_unit(cells, filled, data)
    about = meta_block(cells)
    data[: about.stop] = False
    if not data.any():
        return []
    held = _rows_in_place_of_figures(cells, number)
    headers = _header_rows(cells, number, filled, years, data, held)
    starts = [row for row in headers if not held[row] and row not in about]
    return [
        _below_its_block(cells, part, about)
        for region in _stack(cells, number, filled, data, starts, held)
        for part in _side_by_side(cells, number, filled, region)
    ]


def _below_its_block(cells: Cells, region: Region, about: range) -> Region:
    """A table with the keys and values above it as its titles; the first row below them heads nothing by chance."""
    if not about or region.top >= about.stop + ROWS_BETWEEN:
        return region
    block = tuple(row for row in about if cells.text(row, 0) or (cells.kinds[row] != CellKind.EMPTY).any())
    titles = (*block, *(row for row in region.titles if row not in about))
    return replace(region, top=min(block), titles=titles)


_COLUMN_NUMBER = re.compile(
    r"[\[(]?(?:(?P<digits>\d{1,2})|(?P<word>text|x|–|-)|(?P<letter>[a-zа-я]))[\])]?\.?(?:\s*=.*)?",
    re.IGNORECASE | re.DOTALL,
)
FEWEST_NUMBERED: Final = count("regions", "fewest_numbered")


def numbers_the_columns(cells: Cells, row: int) -> bool:
    """Whether a row only numbers the columns under a header: (1), (2), (3)=(1)+(2), or a, b, c, or a, b, 1, 2."""
    filled = np.flatnonzero(cells.kinds[row] != CellKind.EMPTY)
    if len(filled) < FEWEST_NUMBERED:
        return False
    matches = [_COLUMN_NUMBER.fullmatch(cells.text(row, int(j))) for j in filled]
    numbers = [match for match in matches if match]
    if len(numbers) < len(filled):
        return False
    letters = "".join(match["letter"].lower() for match in numbers if match["letter"])
    digits = [int(match["digits"]) for match in numbers if match["digits"]]
    first = digits[0] if digits else 1
    return (
        digits == list(range(first, first + len(digits)))
        and first in (1, len(letters) + 1, len(numbers) - len(digits) + 1)
        and any(
            letters == alphabet[: len(letters)]
            for alphabet in ("abcdefghijklmnopqrstuvwxyz", "абвгдежзиклмн")
        )
        and (bool(digits) or len(letters) == len(numbers))
    )


def _numbering(cells: Cells, filled: Mask, data: Mask) -> Mask:
    """The rows of figures that number the columns, below a row of words."""
    found = np.zeros(cells.height, bool)
    for row in np.flatnonzero(data)[:LOOK_AHEAD].tolist():
        above = next((one for one in range(row - 1, max(-1, row - 3), -1) if filled[one].any()), -1)
        if above >= 0 and not data[above] and numbers_the_columns(cells, row):
            found[row] = True
    return found


def _says_the_unit(cells: Cells, filled: Mask, data: Mask) -> Mask:
    """The first rows of figures that hold nothing but a unit, which reads like an amount: '1000 kr', '1.000 €'."""
    found = np.zeros(cells.height, bool)
    for row in np.flatnonzero(data)[:2].tolist():
        (columns,) = np.nonzero(filled[row])
        typed = cells.value(row, int(columns[0])) if len(columns) == 1 else None
        unit = unit_in(typed) if isinstance(typed, str) else None
        found[row] = unit is not None and unit.factor > 1
    return found


def _year_cells(cells: Cells, number: Mask) -> Mask:
    """Where a bare year stands (2016, 2016.0), which may be a heading as well as a figure."""
    with np.errstate(invalid="ignore"):
        whole = number & (cells.numbers >= FIRST_YEAR) & (cells.numbers <= LAST_YEAR)
        whole &= cells.numbers == np.floor(np.where(whole, cells.numbers, 0))
        hundreds, ten_thousands = cells.numbers / 100, cells.numbers / 10_000
        double = number & (hundreds >= FIRST_YEAR) & (hundreds <= LAST_YEAR)
        double |= number & (ten_thousands >= FIRST_YEAR) & (ten_thousands <= LAST_YEAR + 1)
    for row in np.flatnonzero(double.sum(axis=1) >= FEWEST_NUMBERED):
        if (double[row] == number[row]).all() and _financial_years(cells.numbers[row, double[row]]):
            whole[row] = double[row]
    return np.asarray(whole)


def _financial_years(figures: np.ndarray) -> bool:
    """Whether figures are financial years written together, one after the other.

    >>> _financial_years(np.array([201617, 201718])), _financial_years(np.array([201617, 201617])), _financial_years(np.array([201600, 201701]))
    (True, False, False)
    """
    starts = np.where(figures >= LONG_YEAR, figures // 10_000, figures // 100)
    return bool((figures % 100 == (starts + 1) % 100).all() and (np.abs(np.diff(starts)) == 1).all())


def _rows_with_figures(cells: Cells, number: Mask, years: Mask) -> Mask:
    """Rows that hold a figure other than a year."""
    real = number & ~years
    return np.asarray(real.any(axis=1) | _years_that_are_figures(cells, number, years))


def _years_that_are_figures(cells: Cells, number: Mask, years: Mask) -> Mask:
    """Rows whose only figures look like years but stand in a column of ordinary figures beside a label.

    A column that holds nothing but years says nothing of the amounts beside it. Several years that step evenly
    name columns: 2023, 2024, 2025.
    """
    rows = np.zeros(cells.height, bool)
    count, of_years = number.sum(axis=0), years.sum(axis=0)
    ordinary = (count - of_years >= 2) & (count - of_years >= of_years)
    only_years = (count == of_years) & (of_years >= 2)
    candidate = np.flatnonzero(years.any(axis=1) & ~(number & ~years).any(axis=1))
    for row in candidate:
        at = np.flatnonzero(years[row])
        columns = at[~only_years[at]]
        if not len(columns) or not (ordinary[columns].all() or _few_among(cells, columns, int(row))):
            continue
        others = np.flatnonzero(cells.kinds[row] == CellKind.TEXT)
        left = [cells.text(int(row), int(j)) for j in others if j < columns.min()]
        rows[row] = bool(
            left
            and not words.LABEL_HEADER.match(left[-1])
            and not _steps_evenly(cells.numbers[row, columns])
            and _named_above(cells, int(row), columns)
        )
    return rows


def _few_among(cells: Cells, columns: np.ndarray, row: int) -> bool:
    """Whether a single figure that looks like a year stands under words of money, with other figures around it."""
    if len(columns) != 1:
        return False
    j = int(columns[0])
    header = next((i for i in range(row - 1, -1, -1) if cells.kinds[i, j] == CellKind.TEXT), None)
    if header is None:
        return False
    numbers = cells.numbers[cells.kinds[:, j] == CellKind.NUMBER, j]
    others = (numbers < FIRST_YEAR) | (numbers > LAST_YEAR)
    named = words.MONEY.search(cells.text(header, j)) or _heads_label_and_figure(cells, header, row, j)
    return bool(named) and bool(others.any())


def _heads_label_and_figure(cells: Cells, header: int, row: int, figure: int) -> bool:
    """Whether a row above names every filled column of a row, its label too, so that no second header is due below it."""
    filled = np.flatnonzero(cells.kinds[row] != CellKind.EMPTY)
    names = [cells.text(header, int(j)) for j in filled]
    return len(filled) > 1 and all(names) and not words.YEAR_HEADER.search(cells.text(header, figure))


def _steps_evenly(figures: np.ndarray) -> bool:
    """Whether several figures step by one, as the years over columns do.

    >>> _steps_evenly(np.array([2023, 2024, 2025])), _steps_evenly(np.array([1991])), _steps_evenly(np.array([1991, 2033]))
    (True, False, False)
    """
    return len(figures) > 1 and bool((np.abs(np.diff(figures)) == 1).all())


def _named_above(cells: Cells, row: int, columns: np.ndarray) -> bool:
    """Whether words or figures stand over each of some columns a little further up."""
    above = cells.kinds[max(0, row - 12) : row, columns]
    return bool(len(above)) and bool(
        ((above == CellKind.TEXT) | (above == CellKind.NUMBER)).any(axis=0).all()
    )


def _header_rows(cells: Cells, number: Mask, filled: Mask, years: Mask, data: Mask, held: Mask) -> list[int]:
    """Rows that name the columns below them; of several in a run, all of them."""
    text = (cells.kinds == CellKind.TEXT) | years | (cells.kinds == CellKind.DATE)
    candidates = np.flatnonzero(~data & text.any(axis=1)).tolist()
    data_rows = np.flatnonzero(data)
    header_rows: list[int] = []
    last = -1
    for row in candidates:
        after = np.searchsorted(data_rows, row)
        ahead = data_rows[after : after + LOOK_AHEAD]
        if not len(ahead) or _gap(filled, held, row, int(ahead[0])) > WIDEST_GAP:
            continue
        below = number[ahead].sum(axis=0)
        some = (filled[ahead] & (cells.kinds[ahead] != CellKind.DATE)).sum(axis=0)
        numeric = (below * WIDEST_GAP >= len(ahead)) & (below * 2 >= some)
        named = np.flatnonzero(text[row] & numeric)
        if header_rows and row == last + 1 and _says_why_none(cells, row, [header_rows[-1]]):
            last = row
            continue
        if _says_one_thing(cells, row, named) and number[:row, named].any(axis=0).all():
            continue
        if header_rows and (
            _codes_a_section(cells, row, named, numeric) or _holds_amounts_with_words(cells, row, named)
        ):
            continue
        if _names_columns(cells, row, named, np.flatnonzero(numeric), np.flatnonzero(filled[row])):
            header_rows.append(int(row))
            last = int(row)
    return header_rows


def _codes_a_section(cells: Cells, row: int, named: np.ndarray, numeric: Mask) -> bool:
    """Whether a row below a header says nothing but the code of a section over a column of codes: '2055 | POLICE'."""
    amounts = int(np.flatnonzero(numeric)[-1]) if numeric.any() else -1
    texts = [cells.text(row, int(j)) for j in named]
    coded = bool(texts) and not any(ch.isalpha() for text in texts for ch in text)
    words_beside = (
        any(cells.kinds[row, j] == CellKind.TEXT for j in range(int(named[-1]) + 1, cells.width))
        if coded
        else False
    )
    return coded and words_beside and amounts not in named.tolist()


def _holds_amounts_with_words(cells: Cells, row: int, named: np.ndarray) -> bool:
    """Whether a row says nothing but amounts with words in the columns of figures, which never head a column."""
    texts = [cells.text(row, int(j)) for j in named]
    return bool(texts) and all(map(_an_amount_with_words, texts))


def _says_one_thing(cells: Cells, row: int, named: np.ndarray) -> bool:
    """Whether a row with a label says the same word, which is no unit, in each of several columns."""
    texts = {cells.text(row, int(j)).casefold() for j in named}
    label = (cells.kinds[row, : named[0]] == CellKind.TEXT).any() if len(named) else False
    return len(named) > 1 and len(texts) == 1 and bool(label) and not words.MONEY.search(next(iter(texts)))


def _rows_in_place_of_figures(cells: Cells, number: Mask) -> Mask:
    """Rows with a label that say 'see note 4', 'nfp' or '#####' where the columns around them hold figures."""
    placeheld = (cells.kinds == CellKind.MISSING) & number.any(axis=0)
    return np.asarray(placeheld.any(axis=1) & (cells.kinds == CellKind.TEXT).any(axis=1))


def _gap(filled: Mask, held: Mask, row: int, ahead: int) -> int:
    """How many rows of words stand between a would-be header and the first figures below it.

    Up to two blank rows between them are let pass, and lines that say why no amount is given.
    """
    between = np.asarray(filled[row + 1 : ahead].any(axis=1))[~held[row + 1 : ahead]]
    words_between = int(between.sum())
    blank = int((~between).sum())
    return words_between + max(0, blank - 2)


def _names_columns(
    cells: Cells, row: int, named: np.ndarray, numeric: np.ndarray, filled: np.ndarray
) -> bool:
    texts = [cells.text(row, int(j)) for j in named]
    if max(map(len, texts), default=LONGEST_NAME + 1) > LONGEST_NAME:
        return False
    if len(named) == 1 and len(filled) == 1:
        # One word alone: a section heading in the column of codes, or the heading of the only amounts.
        heads_a_section = int(named[0]) == int(numeric[0]) and len(numeric) > 1
        if heads_a_section or len(texts[0]) > LONGEST_LONE_NAME:
            return False
    if len(named) / len(numeric) >= NAMED_BELOW:
        return True
    return len(named) >= 2 and any(words.MONEY.search(text) or year_of(text) for text in texts)


def _stack(
    cells: Cells, number: Mask, filled: Mask, data: Mask, header_rows: list[int], held: Mask
) -> list[Region]:
    """Tables one below the other."""
    groups = _header_groups(cells, filled, data | held, header_rows)
    used = np.flatnonzero(filled.any(axis=1))
    last = int(used[-1])
    if not groups:
        return [_headerless(cells, number, filled, data, 0, last)]
    regions: list[Region] = []
    first_data = int(np.flatnonzero(data)[0])
    first_header = groups[0]
    helpers: frozenset[int] = frozenset()
    if first_data < first_header[0]:
        helpers = _helper_rows(cells, number, filled, data, first_header)
        start = min(helpers, default=first_header[0])
        if data[:start].any():
            regions.append(_headerless(cells, number, filled, data, 0, _end_above(filled, data, start)))
    pending: list[tuple[int, ...]] = []
    repeats: set[int] = set()
    for group in groups:
        if pending and _says_again(cells, pending[-1], group):
            repeats.update(group)
        else:
            pending.append(group)
    pending = _with_figures_below(data, pending)
    for index, group in enumerate(pending):
        following = pending[index + 1] if index + 1 < len(pending) else None
        bottom = last if following is None else _end_above(filled, data, following[0])
        top_of_titles = regions[-1].bottom + 1 if regions else 0
        titles = _titles(filled, data, group[0] if not helpers or index else min(helpers), top_of_titles)
        columns = np.flatnonzero(filled[group[0] : bottom + 1].any(axis=0))
        regions.append(
            Region(
                top=min([*titles, *group, *(helpers if index == 0 else ())]),
                bottom=bottom,
                left=int(columns[0]),
                right=int(columns[-1]),
                headers=group,
                titles=titles,
                repeats=frozenset(row for row in repeats if group[-1] < row <= bottom),
                helpers=helpers if index == 0 else frozenset(),
            )
        )
    return [_header_at_the_end(cells, number, data, region) for region in regions]


def _with_figures_below(data: Mask, groups: list[tuple[int, ...]]) -> list[tuple[int, ...]]:
    """The headers with figures between them and the next one; the others, such as a title with a year, head nothing."""
    ends = [*(group[0] for group in groups[1:]), len(data)]
    return [group for group, end in zip(groups, ends, strict=True) if data[group[-1] + 1 : end].any()]


def _header_groups(cells: Cells, filled: Mask, data: Mask, header_rows: list[int]) -> list[tuple[int, ...]]:
    """Header rows that belong together: nothing but words, blanks or line codes between them."""
    groups: list[list[int]] = []
    for row in header_rows:
        if groups and row - groups[-1][-1] <= ROWS_BETWEEN:
            between = [one for one in range(groups[-1][-1] + 1, row) if data[one]]
            if all(_only_codes(cells, one) for one in between):
                groups[-1].append(row)
                continue
        groups.append([row])
    return [_whole_header(cells, filled, data, group) for group in groups]


def _only_codes(cells: Cells, row: int) -> bool:
    """Whether a row holds whole numbers and next to no words: line codes, look-up columns."""
    figures = cells.numbers[row][np.isfinite(cells.numbers[row])]
    return (
        len(figures) >= FEWEST_CODES
        and int((cells.kinds[row] == CellKind.TEXT).sum()) <= 1
        and bool(np.all(figures == np.floor(figures)))
        and bool(np.all((figures >= 0) & (figures < LARGEST_CODE)))
        and bool((np.diff(figures) >= 0).mean() >= CODES_RISE if len(figures) > 1 else True)
    )


def _whole_header(cells: Cells, filled: Mask, data: Mask, group: list[int]) -> tuple[int, ...]:
    """The header with the rows around it that finish its words: parted words above, '(£000)' below."""
    rows = list(range(group[0], group[-1] + 1))
    row = group[-1] + 1
    while row < cells.height and not data[row] and filled[row].any():
        texts = np.flatnonzero(filled[row])
        over = [cells.text(row, int(j)) for j in texts]
        if _says_why_none(cells, row, group) or _coded_heading(cells, row, group):
            break
        alone = len(texts) == 1 and not _finishes_a_word(cells, row, int(texts[0]), group)
        if alone or max(map(len, over)) > LONGEST_OVER:
            break
        rows.append(row)
        row += 1
    row = group[0] - 1
    while row >= 0 and not data[row] and filled[row].sum() >= 2:
        if not _spread_over(cells, filled, row, group[0]):
            break
        rows.insert(0, row)
        row -= 1
    return tuple(row for row in rows if filled[row].any())


def _says_why_none(cells: Cells, row: int, group: list[int]) -> bool:
    """Whether a row below a header is a line without an amount: a label under a label, and 'nfp' or words beside it."""
    above = group[-1]
    label = next((j for j in range(cells.width) if cells.text(above, j)), None)
    if (
        label is None
        or cells.kinds[row, label] != CellKind.TEXT
        or len(cells.text(above, label)) > LONGEST_LABEL
    ):
        return False
    texts = [
        cells.text(row, j)
        for j in range(label + 1, cells.width)
        if cells.text(above, j) and cells.text(row, j)
    ]
    return bool(texts) and all(_stands_for_an_amount(text) for text in texts)


def _coded_heading(cells: Cells, row: int, group: list[int]) -> bool:
    """Whether a row below a header heads a section by its code and its name: '2055 | POLICE' below 'Head | Description'."""
    said = [j for j in range(cells.width) if cells.text(row, j)]
    if len(said) != 2:
        return False
    code, name = (cells.text(row, j) for j in said)
    named = all(any(ch.isalpha() for ch in cells.text(group[-1], j)) for j in said)
    return named and code[:1].isdecimal() and not any(map(str.isalpha, code)) and name[:1].isalpha()


LONGEST_LABEL: Final = count("regions", "longest_label")
FEWEST_WORDS: Final = count("regions", "fewest_words")


def _stands_for_an_amount(text: str) -> bool:
    """Whether a text says why no amount is given, is a remark, or is an amount with words that are not known."""
    if in_place(text.lower().strip()) is not None or _an_amount_with_words(text):
        return True
    return (
        len(text.split()) >= FEWEST_WORDS
        and not words.MONEY.search(text)
        and not year_of(text)
        and text[:1].islower()
    )


_PARTED_AMOUNT: Final = re.compile(
    r"[^\w\d]*(?:[A-Z]{2,3}\W{0,2})?(?P<first>\d{1,3})(?P<groups>(?:[.,'’\u00a0\u202f ]\d{3})+)(?![\d/]).*",
    re.DOTALL,
)
_SCALED_AMOUNT: Final = re.compile(r"[^\w\d]*\d+(?:[.,]\d+)?\s?(?:k|m|mn|bn)\b.*", re.DOTALL | re.IGNORECASE)


def _an_amount_with_words(text: str) -> bool:
    """Whether a text begins with an amount and is no unit: '412,537 + VAT', '350k–400k', but not '1,000 kr.'.

    >>> [_an_amount_with_words(text) for text in ("£412,537 in kind", "350k–400k", "£1,000s", "2025/26", "12 months")]
    [True, True, False, False, False]
    """
    parted = _PARTED_AMOUNT.fullmatch(text)
    if parted is None:
        return bool(_SCALED_AMOUNT.fullmatch(text))
    digits = "".join(ch for ch in parted["first"] + parted["groups"] if ch.isdecimal())
    return digits.rstrip("0") != "1"


def _finishes_a_word(cells: Cells, row: int, column: int, group: list[int]) -> bool:
    """Whether a lone cell below a header belongs to it: a unit, or the end of a parted word."""
    text, above = cells.text(row, column), cells.text(row - 1, column)
    if row - 1 not in group or not above or _heads_labels(cells, row, column):
        return False
    return len(text) <= LONGEST_END and (
        bool(words.MONEY.search(text)) or text[:1].islower() or text.startswith("(")
    )


def _heads_labels(cells: Cells, row: int, column: int) -> bool:
    """Whether a lone cell names a side of the money and stands over words: it heads the lines below it."""
    below = row + 1 < cells.height and cells.kinds[row + 1, column] == CellKind.TEXT
    return below and said_by_heading(cells.text(row, column)) is not None


def _spread_over(cells: Cells, filled: Mask, row: int, header: int) -> bool:
    """Whether a row of several short words stands over the columns of the header below it."""
    columns = np.flatnonzero(filled[row])
    texts = [cells.text(row, int(j)) for j in columns]
    return max(map(len, texts)) <= LONGEST_HEADING and bool(filled[header, columns[0] :].any())


def _helper_rows(
    cells: Cells, number: Mask, filled: Mask, data: Mask, group: tuple[int, ...]
) -> frozenset[int]:
    """Rows of whole numbers just above the first header, without labels: line codes, look-up columns."""
    rows: list[int] = []
    row = group[0] - 1
    named = filled[group[-1]].sum()
    while row >= 0 and group[0] - row <= FURTHEST_HELPER:
        if data[row]:
            if not (_only_codes(cells, row) and number[row].sum() >= HELPER_NUMBERS * named):
                break
            rows.append(row)
        row -= 1
    return frozenset(rows)


def _headerless(cells: Cells, number: Mask, filled: Mask, data: Mask, top: int, bottom: int) -> Region:
    """Figures without a header above them; whatever stands above the first figure is title."""
    first = top + int(np.flatnonzero(data[top : bottom + 1])[0])
    above = tuple(row for row in range(top, first) if filled[row].any())
    heading = (
        above[-1:] if above and above[-1] == first - 1 and _looks_like_heading(cells, number, first) else ()
    )
    titles = tuple(row for row in above if row not in heading)
    columns = np.flatnonzero(filled[first : bottom + 1].any(axis=0))
    region = Region(
        top=min([*titles, first]),
        bottom=bottom,
        left=int(columns[0]),
        right=int(columns[-1]),
        headers=(),
        titles=titles,
    )
    return _header_at_the_end(cells, number, data, region)


def _looks_like_heading(cells: Cells, number: Mask, first: int) -> bool:
    """Whether the words just above the first figures head the lines and not the table."""
    return first > 0 and bool(number[first].any()) and len(cells.text(first - 1, 0)) <= 0


def _header_at_the_end(cells: Cells, number: Mask, data: Mask, region: Region) -> Region:
    """The same table with its last row as header, where the names of the columns stand below them."""
    if region.headers:
        return region
    last = region.bottom
    body = region.body
    figures = np.flatnonzero(
        number[body.start : last].sum(axis=0) * 2 >= max(1, data[body.start : last].sum())
    )
    if data[last] or not len(figures) or last <= body.start:
        return region
    named = [
        j
        for j in figures
        if cells.kinds[last, j] == CellKind.TEXT and _may_name_a_column(cells.text(last, int(j)))
    ]
    if len(named) * 2 < len(figures):
        return region
    return replace(region, headers=(last,))


def _may_name_a_column(text: str) -> bool:
    """Whether words below some figures may name their column, and do not say why one of them is missing."""
    stands_elsewhere = speaks_of_another_place(text.casefold()) or _stands_for_an_amount(text)
    return len(text) <= LONGEST_AT_THE_END and not stands_elsewhere


def _end_above(filled: Mask, data: Mask, row: int) -> int:
    """The last row of the table that ends above a given row: titles of the next one do not belong to it."""
    last_data = int(np.flatnonzero(data[:row])[-1])
    blanks = [one for one in range(last_data + 1, row) if not filled[one].any()]
    if not blanks:
        return last_data
    return blanks[-1] - 1 if blanks[-1] - 1 >= last_data else last_data


def _titles(filled: Mask, data: Mask, header: int, floor: int) -> tuple[int, ...]:
    """The rows of words above a header, down from the table before it."""
    return tuple(row for row in range(max(floor, header - 25), header) if filled[row].any() and not data[row])


def _says_again(cells: Cells, header: tuple[int, ...], group: tuple[int, ...]) -> bool:
    """Whether a header lower down has the same words in the same columns."""
    for first in header:
        for again in group:
            names = {j: cells.text(first, j).casefold() for j in range(cells.width) if cells.text(first, j)}
            if len(names) < 2:
                continue
            first_name = min(names)
            if cells.text(again, first_name).casefold() != names[first_name]:
                # Receipts above and payments below, under the same columns, are two parts of one table.
                if not (_names_a_side(names[first_name]) and _names_a_side(cells.text(again, first_name))):
                    continue
                names.pop(first_name)
            same = sum(cells.text(again, j).casefold() == name for j, name in names.items())
            if same >= SAYS_AGAIN * len(names):
                return True
    return False


def _names_a_side(text: str) -> bool:
    return len(text) <= LONGEST_SIDE and bool(words.INCOME.search(text)) != bool(
        words.EXPENDITURE.search(text)
    )


def _side_by_side(cells: Cells, number: Mask, filled: Mask, region: Region) -> list[Region]:
    """The tables of a region that stand beside each other, each with labels and figures of its own."""
    body = region.body
    if len(body) < 1:
        return [region]
    rows = slice(min(region.headers, default=body.start), region.bottom + 1)
    used = np.asarray(filled[rows].any(axis=0))
    edges = [
        part
        for left, right in _segments(used, region.left, region.right)
        for part in _parted_by_sides(cells, region, left, right)
    ]
    if len(edges) < 2:
        return [region]
    own = [_stands_alone(cells, number, filled, region, left, right) for left, right in edges]
    if sum(own) < 2:
        return [region]
    tables: list[Region] = []
    for (left, right), alone in zip(edges, own, strict=True):
        if alone or not tables:
            tables.append(_cut(filled, region, left, right))
        else:
            tables[-1] = _cut(filled, region, tables[-1].left, right)
    return tables


def _parted_by_sides(cells: Cells, region: Region, left: int, right: int) -> list[tuple[int, int]]:
    """Receipts and their amounts beside payments and theirs, without an empty column between them.

    Each side's labels stand under its name; before them as many columns belong to the second as to the first.
    """
    labels = _labels_under_a_side(cells, region, left, right)
    if len(labels) != 2 or _side_said(cells, region, labels[0]) == _side_said(cells, region, labels[1]):
        return [(left, right)]
    second = labels[1] - (labels[0] - left)
    figures = cells.kinds[region.body.start : region.body.stop] == CellKind.NUMBER
    if second <= labels[0] or not all(
        figures[:, a:b].any() for a, b in ((left, second), (second, right + 1))
    ):
        return [(left, right)]
    return [(left, second - 1), (second, right)]


def _labels_under_a_side(cells: Cells, region: Region, left: int, right: int) -> list[int]:
    """The columns of words, different on nearly every row, whose header names receipts or payments."""
    body = region.body
    labels = []
    for j in range(left, right + 1):
        if not _side_said(cells, region, j):
            continue
        texts = [cells.text(row, j) for row in body[:ROWS_LOOKED_AT] if cells.kinds[row, j] == CellKind.TEXT]
        if len(texts) >= 2 and len(set(texts)) >= DIFFERENT_LABELS * len(texts):
            labels.append(j)
    return labels


def _side_said(cells: Cells, region: Region, column: int) -> str:
    """Which side the header of a column names: 'income', 'expenditure' or neither."""
    said = " ".join(cells.text(row, column) for row in region.headers or region.titles[-1:])
    if not _names_a_side(said):
        return ""
    return "income" if words.INCOME.search(said) else "expenditure"


def _segments(used: Mask, left: int, right: int) -> list[tuple[int, int]]:
    edges: list[tuple[int, int]] = []
    for j in range(left, right + 1):
        if not used[j]:
            continue
        if edges and edges[-1][1] == j - 1:
            edges[-1] = (edges[-1][0], j)
        else:
            edges.append((j, j))
    return edges


def _stands_alone(cells: Cells, number: Mask, filled: Mask, region: Region, left: int, right: int) -> bool:
    """Whether some columns are a table by themselves: labels on its left, figures beside them, a header."""
    body = region.body
    rows = slice(body.start, body.stop)
    figures = number[rows, left : right + 1].any(axis=1)
    label = next(iter(_labels_under_a_side(cells, region, left, right)), left)
    texts = cells.kinds[rows, label] == CellKind.TEXT
    both = figures & texts
    headed = not region.headers or any(filled[row, left : right + 1].any() for row in region.headers)
    distinct = {cells.text(body.start + int(i), label) for i in np.flatnonzero(both)[:ROWS_LOOKED_AT]}
    return (
        headed
        and right > left
        and bool(figures.any())
        and both.sum() >= max(2, FIGURES_BESIDE * figures.sum())
        and len(distinct) >= 2
    )


def _cut(filled: Mask, region: Region, left: int, right: int) -> Region:
    rows = np.flatnonzero(filled[:, left : right + 1].any(axis=1))
    within = rows[(rows >= region.top) & (rows <= region.bottom)]
    return replace(region, left=left, right=right, bottom=int(within[-1]))
