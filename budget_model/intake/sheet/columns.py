"""What each column of a table is: what its header says, and what stands in it.

A column is an amount, a rate, a count, a code, a date, a year, words, or empty. The header hints; the
shape of the figures decides where it says nothing.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final

import numpy as np

from budget_model.financial_year import beginning_in
from budget_model.intake.files.cells import CellKind, Cells, Numbers
from budget_model.intake.files.exact import median
from budget_model.intake.files.grid import column_name
from budget_model.intake.files.reading_limits import count, limit
from budget_model.intake.sheet import words
from budget_model.intake.sheet.header_words import may_name_a_code, names_a_code
from budget_model.intake.sheet.months_across import FEWEST_WITH_YEARS, Month, months_across
from budget_model.intake.sheet.pence import to_the_penny
from budget_model.intake.sheet.periods import IN_A_YEAR, Part, Run, period_of, runs
from budget_model.intake.sheet.reason import Because, Reason
from budget_model.intake.sheet.regions import Region, numbers_the_columns
from budget_model.intake.sheet.roles import Role
from budget_model.intake.sheet.units import Unit, shown_by, unit_in, unit_of_format
from budget_model.intake.sheet.years import FIRST_YEAR, LAST_YEAR, year_of, years_in
from budget_model.intake.sheet.years_across import years_across

FIRST_OF_CHAPTER: Final = count("columns", "first_of_chapter")
SHORTEST_CODE: Final = count("columns", "shortest_code")
FEWEST_NUMBERS: Final = count("columns", "fewest_numbers")
FEWEST_BESIDE_MONEY: Final = count("columns", "fewest_beside_money")
FEWEST_OF_OUTLINE: Final = count("columns", "fewest_of_outline")
OUTLINE_RISES: Final = limit("columns", "outline_rises")
OUTLINE_TEXTS: Final = limit("columns", "outline_texts")
AXIS_WORDS: Final = count("columns", "axis_words")
LONGEST_END_OF_WORD: Final = count("columns", "longest_end_of_word")
NEARLY_FULL_ROW: Final = limit("columns", "nearly_full_row")
LONGEST_SPREAD: Final = count("columns", "longest_spread")
FEWEST_CODES: Final = count("columns", "fewest_codes")
FEWEST_COUNTING: Final = count("columns", "fewest_counting")
LARGEST_CLASS: Final = count("columns", "largest_class")
FEWEST_YEARS: Final = count("columns", "fewest_years")
NEARLY_ALL_DIFFERENT: Final = limit("columns", "nearly_all_different")
SHORTEST_NUMBER: Final = count("columns", "shortest_number")
LARGEST_RATE: Final = count("columns", "largest_rate")
WORDS_TO_A_FIGURE: Final = count("columns", "words_to_a_figure")
LAST_WEEK: Final = count("columns", "last_week")
FIRST_PERIOD: Final = count("columns", "first_period")
LAST_PERIOD: Final = count("columns", "last_period")

THE_OFFICER = Reason.OFFICER.of()
"""The reason of what was answered: nothing that is worked out changes it again."""


@dataclass(slots=True)
class Column:
    """One column of a table."""

    index: int
    parts: tuple[str, ...]
    """Its header from the outermost part to the innermost."""
    role: Role
    reason: Because
    years: tuple[str, ...] = ()
    unit: Unit | None = None
    unsure: bool = False
    """Whether the role rests on a guess that the officer should see."""
    side: int = 0
    """The side of its amounts where the officer has said so."""
    shown_by: int = 1
    """By what its number format divides the figures before they are shown; its header names what is shown."""

    @property
    def letter(self) -> str:
        """Its name in a spreadsheet."""
        return column_name(self.index)

    @property
    def said(self) -> str:
        """Its header as words, where a program wrote it: cost_centre_code.

        >>> Column(0, ("cost_centre_code",), Role.EMPTY, Reason.NOTHING_IN_IT.of()).said
        'cost centre code'
        """
        return _spaced(self.name)

    @property
    def name(self) -> str:
        """Its header on one line, without stars and units that stand alone."""
        return " ".join(dict.fromkeys(part for part in self.parts if part)).strip("* ").strip()


def amounts_of(columns: Sequence[Column]) -> list[int]:
    """Where the columns of amounts stand."""
    return [column.index for column in columns if column.role is Role.AMOUNT]


def _spaced(header: str) -> str:
    """A header as words, where a program wrote it as one."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", header.replace("_", " "))


def columns_of(
    cells: Cells, region: Region, inherited: dict[int, tuple[str, ...]] | None = None
) -> list[Column]:
    """Name and type every column of a table, which may have its headers from the sheet before."""
    headers = header_parts(cells, region) if inherited is None else inherited
    body = region.body
    columns = [_column(cells, j, headers.get(j, ()), body) for j in range(region.left, region.right + 1)]
    _numbers_before_names(cells, body, columns)
    _numbered_as_an_outline(cells, body, columns)
    _marks_before_names(cells, body, columns)
    _years_by_their_last_month(columns)
    _years_of_months_in_turn(columns)
    _beside_the_amount(columns)
    _shown_divided(cells, body, columns)
    return columns


LOOKED_AT: Final = count("columns", "looked_at")


def _shown_divided(cells: Cells, body: range, columns: Sequence[Column]) -> None:
    """Columns whose number format shows thousands or millions of what is stored, on most rows."""
    formats = cells.sheet.facts.number_formats
    if not formats:
        return
    rows = body[:LOOKED_AT]
    for column in columns:
        if column.role is not Role.AMOUNT:
            continue
        filled = cells.kinds[rows.start : rows.stop, column.index] == int(CellKind.NUMBER)
        given = [formats.get((rows.start + i, column.index), "") for i in np.flatnonzero(filled).tolist()]
        written = unit_of_format(max(set(given), key=given.count)) if given else None
        if written and (column.unit is None or column.unit.factor == 1):
            column.unit = Unit(
                written.currency or (column.unit.currency if column.unit else None), written.factor
            )
        known = {one: shown_by(one) for one in dict.fromkeys(given)}
        divided = [known[one] for one in given if known[one] > 1]
        if divided and 2 * len(divided) > len(given):
            column.shown_by = max(divided, key=divided.count)


_THE_AMOUNT = re.compile(
    r"\W*(?:net |gross |total |line |transaction )?(?:amount|value|importe|betrag|monto)(?: (?:paid|net|gbp|eur|usd))?\W*",
    re.IGNORECASE,
)
MANY_WORDS: Final = count("columns", "many_words")


def _beside_the_amount(columns: Sequence[Column]) -> None:
    """In a list of records with a column called the amount, others that only look like amounts are none."""
    described = sum(c.role in (Role.WORDS, Role.CODE, Role.DATE, Role.YEAR) for c in columns)
    called = next((c for c in columns if c.role is Role.AMOUNT and _THE_AMOUNT.fullmatch(c.said)), None)
    if called is None or described < MANY_WORDS:
        return
    for column in columns:
        if column.role is Role.AMOUNT and column.reason.reason is Reason.SHAPE_OF_AMOUNTS:
            column.role, column.reason = (
                Role.MEMO,
                Reason.CALLED_THE_AMOUNT.of(called.letter, called.name),
            )
            column.unsure = False


def _numbers_before_names(cells: Cells, body: range, columns: Sequence[Column]) -> None:
    """Whole numbers left of the first words number what the words name, if they look like it.

    They are the same on every row, or all have as many digits while another column surely holds the money.
    """
    first = next((c.index for c in columns if c.role is Role.WORDS), -1)
    amounts = [c for c in columns if c.role is Role.AMOUNT and c.index > first]
    sure = any(not c.unsure for c in amounts)
    fewest = FEWEST_BESIDE_MONEY if any(words.MONEY.search(c.said) for c in amounts) else FEWEST_NUMBERS
    for column in columns:
        if column.role is not Role.AMOUNT or column.index >= first:
            continue
        numbers = cells.numbers[body.start : body.stop, column.index]
        some = numbers[np.isfinite(numbers)]
        if len(some) >= 2 and np.array_equal(some, np.arange(1, len(some) + 1)):
            column.role, column.reason = Role.CODE, Reason.NUMBERS_ROWS.of()
            column.unsure = False
        if _is_said_to_be_money(column) or len(some) < max(fewest, 1) or not _could_number(some):
            continue
        if len(np.unique(some)) == 1 and column.name:
            column.role, column.reason = Role.CODE, Reason.SAME_NUMBER.of()
        elif sure and _of_one_length(some):
            column.role, column.unsure = Role.CODE, not column.name
            column.reason = Reason.SAME_LENGTH.of()


def _is_said_to_be_money(column: Column) -> bool:
    return bool(words.MONEY.search(column.said) or column.years or column.unit)


def _could_number(figures: Numbers) -> bool:
    """Whether figures are whole and not below zero, as numbers of things are."""
    return bool(np.all(figures == np.floor(figures)) and figures.min() >= 0)


def _numbered_as_an_outline(cells: Cells, body: range, columns: Sequence[Column]) -> None:
    """Figures left of the first words that count 1, 1.1, 1.2, 2, 2.1 number the rows, whatever their header."""
    first = next((c.index for c in columns if c.role is Role.WORDS), -1)
    for column in columns:
        if column.role is not Role.AMOUNT or column.index >= first or words.MONEY.search(column.said):
            continue
        numbers = cells.numbers[body.start : body.stop, column.index]
        if _outline(numbers[np.isfinite(numbers)]):
            column.role, column.unsure = Role.CODE, False
            column.reason = Reason.OUTLINE.of()


_LAST_DAY = re.compile(r"(?<![\d.,/])(?:2[89]|3[01])[./](?P<month>\d{1,2})[./](?P<year>(?:20)?\d{2})(?!\d)")
_YEAR_OF_MONTH = re.compile(r"^\W*(?P<year>(?:20)?\d{2})(?!\d)")


def _years_by_their_last_month(columns: Sequence[Column]) -> None:
    """Columns that name one month of several years are of the years that end with it: 'Mar-25' beside 'Mar-26'."""
    ends = {column.index: end for column in columns if not column.years and (end := _last_month(column.name))}
    if len(set(ends.values())) < 2 or len({month for month, _ in ends.values()}) > 1:
        return
    for column in columns:
        if column.role is Role.AMOUNT and column.index in ends:
            month, year = ends[column.index]
            whole = month == IN_A_YEAR[Part.MONTH]
            column.years = (str(year) if whole else f"{year - 1}-{year % 100:02d}",)


_YEAR_AFTER_MONTH = re.compile(r"(?P<month>\d{1,2})/(?P<year>(?:19|20)\d{2})")


def _years_of_months_in_turn(columns: Sequence[Column]) -> None:
    """Months that follow each other over the turn of a year, or for a whole year, are of the one year that they make up."""
    months = {
        c.index: Month(month[1], month[0])
        for c in columns
        if c.role is Role.AMOUNT and (month := _month_headed(c.name))
    }
    for run in _in_turn(months):
        first, last = months[run[0]], months[run[-1]]
        if first.year == last.year and len(run) < IN_A_YEAR[Part.MONTH]:
            continue
        year = str(first.year) if first.year == last.year else beginning_in(first.year)
        for column in columns:
            if column.index in run:
                column.years = (year,)


def _in_turn(months: Mapping[int, Month]) -> Iterator[list[int]]:
    """The columns of months each of which follows the one before, at most a year of them together."""
    run: list[int] = []
    for index in sorted(months):
        if run and (months[index] != months[run[-1]].following or len(run) == IN_A_YEAR[Part.MONTH]):
            yield from [run] if len(run) >= FEWEST_WITH_YEARS else []
            run = []
        run.append(index)
    yield from [run] if len(run) >= FEWEST_WITH_YEARS else []


def _month_headed(name: str) -> tuple[int, int] | None:
    """The month and year that a header names."""
    if match := _YEAR_AFTER_MONTH.fullmatch(name):
        return int(match["month"]), int(match["year"])
    return _last_month(name)


def _last_month(name: str) -> tuple[int, int] | None:
    """The month and year that a header names as one date, if it does: of a day, where it is a month's last.

    >>> _last_month("Mar-26 £"), _last_month("12 months to 31.03.25"), _last_month("March"), _last_month("Mar 12 posts")
    ((3, 2026), (3, 2025), None, (3, 2012))
    >>> _last_month("From 01.04.26") is None
    True
    """
    if match := _LAST_DAY.search(name):
        return int(match["month"]), int(f"20{match['year'][-2:]}")
    period = period_of(name)
    year = _YEAR_OF_MONTH.match(period.rest) if period and period.part is Part.MONTH else None
    return (period.number, int(f"20{year['year'][-2:]}")) if period and year else None


_ROMAN = re.compile(r"[IVX]{1,5}\.?")
_SIGN = re.compile(r"[-+−–]")


def _marks_before_names(cells: Cells, body: range, columns: Sequence[Column]) -> None:
    """What stands left of the first words and is a plus or a minus on every row, or I, 1, 2, II, 1: no amounts.

    A dash by itself reads as nothing, and a Roman number beside Arabic ones as a mark in place of an amount.
    """
    first = next((c.index for c in columns if c.role is Role.WORDS), -1)
    for column in columns:
        if column.role is not Role.AMOUNT or column.index >= first:
            continue
        said = {text for row in body[:LOOKED_AT] if (text := _as_typed(cells, row, column.index))}
        if _only_signs(said) or _romans_among_numbers(said):
            column.role, column.unsure = Role.CODE, False
            column.reason = (Reason.SIGNS if _only_signs(said) else Reason.OUTLINE).of()


def _only_signs(said: AbstractSet[str]) -> bool:
    return len(said) > 1 and "+" in said and all(map(_SIGN.fullmatch, said))


def _romans_among_numbers(said: AbstractSet[str]) -> bool:
    romans = {text for text in said if _ROMAN.fullmatch(text)}
    return bool(romans) and all(text.rstrip(".").isdecimal() for text in said - romans)


def _as_typed(cells: Cells, row: int, column: int) -> str:
    """A cell as it was typed, a whole number without its point."""
    value = cells.value(row, column)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value).strip()


def _outline(figures: Numbers) -> bool:
    """Whether figures count chapters and, behind the point, what stands in them.

    >>> _outline(np.array([1, 1.1, 1.2, 2, 2.1])), _outline(np.array([1.5, 2.5, 1.1, 0.9, 3.0]))
    (True, False)
    """
    chapters = np.floor(figures)
    if len(figures) < FEWEST_OF_OUTLINE or chapters[0] not in (0, 1) or not (figures != chapters).any():
        return False
    steps = np.diff(chapters)
    begins = figures[1:][steps == 1]
    # A chapter begins with itself or with its first part; within it the parts rise, but for 1.9 to 1.10.
    return bool(
        np.isin(steps, (0, 1)).all()
        and np.all(np.rint((begins - np.floor(begins)) * 100) <= FIRST_OF_CHAPTER)
        and (np.diff(figures)[steps == 0] > 0).mean() >= OUTLINE_RISES
        and np.allclose(figures * 100, np.rint(figures * 100))
    )


_DEPTH = re.compile(
    r"\W*(?:hierarchy |outline |budget )?(?:levels?|depth|tiers?)(?: (?:no\.?|number))?\W*", re.IGNORECASE
)
_OUTLINE_TEXT = re.compile(r"\d{1,3}(?:\.\d{1,3})*\.?")


def tells_depth(cells: Cells, body: range, column: Column) -> bool:
    """Whether a column says how deep each row stands: a level, or an outline's numbers, 1 and 1.1 below it.

    Such a column is filled in on totals as on lines, and so says nothing of a single payment.
    """
    if column.role not in (Role.CODE, Role.WORDS) or len(body) > MOST_OUTLINED:
        return False
    if _DEPTH.fullmatch(column.said):
        return True
    texts = [text for text in cells.coded(column.index).over(body) if text]
    pointed = sum("." in text.rstrip(".") for text in texts)
    return 2 <= pointed < len(texts) == len(set(texts)) and sum(
        bool(_OUTLINE_TEXT.fullmatch(t)) for t in texts
    ) >= OUTLINE_TEXTS * len(texts)


MOST_OUTLINED: Final = count("columns", "most_outlined")


def _of_one_length(figures: Numbers) -> bool:
    """Whether whole numbers of three digits or more all have as many."""
    return bool(figures.min() >= SHORTEST_NUMBER) and len(str(int(figures.min()))) == len(
        str(int(figures.max()))
    )


def header_parts(cells: Cells, region: Region) -> dict[int, tuple[str, ...]]:
    """The words above each column, outermost first; a heading over several columns counts for each."""
    parts: dict[int, list[str]] = {j: [] for j in range(region.left, region.right + 1)}
    rows = sorted(region.headers)
    starts: set[int] = set()
    for position, row in enumerate(rows):
        texts = {j: cells.text(row, j) for j in parts}
        periods = {**months_across(cells, row), **years_across(cells, row)}
        last = position == len(rows) - 1
        if not periods and (
            row in region.helpers
            or _is_code_row(cells, row, list(parts))
            or numbers_the_columns(cells, row)
            or (not last and _names_an_axis(texts))
        ):
            continue
        texts |= {j: name for j, name in periods.items() if j in parts}
        spread, merged = _merged_right(cells, row, texts)
        if not last and not merged:
            spread = _spread_right(cells, rows[position + 1 :], spread, starts)
        for j, text in spread.items():
            if text and (not parts[j] or parts[j][-1] != text):
                parts[j].append(_joined(parts[j], text))
        starts |= {j for j, text in texts.items() if text}
    return {j: tuple(part for part in found if part) for j, found in parts.items()}


_SUMMED = re.compile(r"\W*(?:sum|total|average|min|max|count|product) of \S.*", re.IGNORECASE)


def _names_an_axis(texts: dict[int, str]) -> bool:
    """Whether a row above the header is a pivot's: what is summed up, and which field runs across.

    The name of the field ('Period') says nothing of what stands below each of its values.
    """
    filled = [text for _, text in sorted(texts.items()) if text]
    return (
        1 <= len(filled) <= AXIS_WORDS
        and bool(_SUMMED.fullmatch(filled[0]))
        and not filled[0].lower().startswith("count")
    )


def _joined(before: list[str], text: str) -> str:
    """The text, taken together with the row above where a word was parted: 'Unrecoverabl' + 'e VAT'.

    >>> _joined(["Unrecoverabl"], "e VAT"), _joined(["2016/17"], "Budget")
    ('Unrecoverable VAT', 'Budget')
    """
    if (
        before
        and text[:1].islower()
        and before[-1][-1:].isalpha()
        and len(text.split()[0]) <= LONGEST_END_OF_WORD
    ):
        return before.pop() + text
    return text


def _is_code_row(cells: Cells, row: int, columns: list[int]) -> bool:
    kinds = cells.kinds[row, columns]
    figures = cells.numbers[row, columns][kinds == CellKind.NUMBER]
    return (
        len(figures) >= 2
        and int((kinds == CellKind.TEXT).sum()) <= 1
        and not np.all((figures >= FIRST_YEAR) & (figures <= LAST_YEAR))
        and not all(len(years_in(str(int(figure)))) == 1 for figure in figures)
    )


def _merged_right(cells: Cells, row: int, texts: dict[int, str]) -> tuple[dict[int, str], bool]:
    """The words of a row with merged cells filled, and whether the row has any."""
    found = dict(texts)
    any_merged = False
    for merged in cells.sheet.merged:
        if merged.top <= row <= merged.bottom and merged.right > merged.left:
            text = cells.text(merged.top, merged.left)
            any_merged = any_merged or merged.left in found
            for j in range(merged.left, merged.right + 1):
                if j in found and not found[j]:
                    found[j] = text
    return found, any_merged


def _spread_right(cells: Cells, below: list[int], texts: dict[int, str], starts: set[int]) -> dict[int, str]:
    """A heading stands for the columns to its right until the next one, if a row below names them.

    It does not pass an empty column, nor one whose own words stand alone in this row, nor one at which a
    heading in a row above begins (`starts`).
    """
    filled = [j for j, text in texts.items() if text]
    if not filled or len(filled) >= NEARLY_FULL_ROW * len(texts):
        return texts
    found = dict(texts)
    carried = ""
    for j in sorted(texts):
        if texts[j]:
            carried = texts[j] if len(texts[j]) <= LONGEST_SPREAD else ""
        elif j in starts or not any(cells.text(row, j) for row in below):
            carried = ""
        found[j] = texts[j] or carried
    return found


def _column(cells: Cells, j: int, parts: tuple[str, ...], body: range) -> Column:
    kinds = cells.kinds[body.start : body.stop, j]
    counts = np.bincount(kinds, minlength=6)
    figures, percents = int(counts[CellKind.NUMBER]), int(counts[CellKind.PERCENT])
    texts, dates = int(counts[CellKind.TEXT]), int(counts[CellKind.DATE])
    name = " ".join(parts).replace("_", " ")
    column = Column(j, parts, Role.EMPTY, Reason.NOTHING_IN_IT.of(), _years_of(parts), _unit_of(parts))
    if not figures + percents + texts + dates:
        if counts[CellKind.MISSING]:
            column.role, column.reason = Role.WORDS, Reason.MARKS_ONLY.of()
        return column
    if dates > max(figures, texts) or (dates and words.DATE_HEADER.search(name)):
        column.role, column.reason = Role.DATE, Reason.DATES.of()
    elif figures + percents < texts and not (
        figures and words.MONEY.search(name) and figures * WORDS_TO_A_FIGURE >= texts
    ):
        column.role, column.reason = Role.WORDS, Reason.WORDS.of()
    elif percents > figures:
        column.role, column.reason = Role.RATE, Reason.PERCENTAGES.of()
    else:
        numbers = cells.numbers[body.start : body.stop, j]
        column.role, column.reason, column.unsure = _role_of_figures(parts, numbers[kinds == CellKind.NUMBER])
    return column


def innermost(parts: tuple[str, ...]) -> str:
    """The innermost words of a header that say more than a year or a unit.

    >>> innermost(("Pupils", "2015-16")), innermost(("2016/17", "Budget")), innermost(("2016",))
    ('Pupils', 'Budget', '2016')
    """
    for part in reversed(parts):
        if (
            not year_of(part)
            and len(re.sub(r"[^A-Za-zÀ-ÿ]", "", part)) >= 2
            and not re.fullmatch(r"\W*(?:gbp|eur|usd|k|m|s)\W*", part, re.IGNORECASE)
        ):
            return part
    return parts[-1] if parts else ""


def _years_of(parts: tuple[str, ...]) -> tuple[str, ...]:
    """The years of a header: those of its innermost part that names any."""
    return next((years for part in reversed(parts) if (years := years_in(part))), ())


def _unit_of(parts: tuple[str, ...]) -> Unit | None:
    return next((unit for unit in map(unit_in, reversed(parts)) if unit), None)


def _role_of_figures(parts: tuple[str, ...], figures: Numbers) -> tuple[Role, Because, bool]:
    """The role of a column of figures, why, and whether that is a guess."""
    parts = tuple(_spaced(part) for part in parts)
    name, last = " ".join(parts), innermost(parts)
    if parts and _PERCENT_SIGN.fullmatch(parts[-1]):
        return Role.RATE, Reason.PERCENT_SIGN.of(name[:60]), False
    whole = bool(np.all(figures == np.floor(figures)))
    headed = bool(words.YEAR_HEADER.search(name))
    if whole and _all_years(figures) and (headed or _like_years(name, figures)):
        return Role.YEAR, Reason.YEARS.of(), False
    if told := _role_by_name(name, last, figures, whole=whole):
        role, what = told
        return role, Reason.HEADER_NAMES.of((name if role is Role.AMOUNT else last)[:60], what), False
    return _role_by_shape(name, last, figures, whole=whole)


def _role_by_name(name: str, last: str, figures: Numbers, *, whole: bool) -> tuple[Role, str] | None:
    """What the header says of a column of figures, if it says anything."""
    signed = any(sign in name for sign in "£€$")
    money = signed or _surely_money(last)
    if _names_a_rate(last, figures, signed=signed):
        return Role.RATE, "a rate"
    if words.PERIOD_HEADER.search(last) and whole and _like_periods(figures):
        return Role.CODE, "a period"
    if not money and words.CLASSIFICATION.search(last):
        return Role.CODE, "a classification"
    if (not money and whole and words.CODE.search(last)) or words.SURELY_CODE.fullmatch(last):
        return Role.CODE, "a code"
    if not money and words.COUNT.search(last):
        return Role.COUNT, "a count"
    if words.MONEY.search(name) or years_in(name):
        return Role.AMOUNT, "money"
    return None


def _names_a_rate(last: str, figures: Numbers, *, signed: bool) -> bool:
    """Whether a header names a rate: surely, or by words beside figures that are small or per something."""
    if words.RATE_IN_POUNDS.search(last):
        return True
    if signed or not words.RATE.search(last):
        return False
    return median(np.abs(figures)) <= LARGEST_RATE or _per_something(last)


def _role_by_shape(name: str, last: str, figures: Numbers, *, whole: bool) -> tuple[Role, Because, bool]:
    """What the figures look like where their header says nothing."""
    if not whole and _fractions(figures):
        return Role.RATE, Reason.FRACTIONS.of(), True
    if not whole:
        return Role.AMOUNT, Reason.PENCE.of(), False
    many = len(figures) >= FEWEST_CODES
    if many and _all_years(figures):
        return Role.CODE, Reason.NUMBERS_SAID_ONCE.of(), True
    if len(figures) >= FEWEST_COUNTING and bool((np.diff(figures) == 1).all()):
        return Role.CODE, Reason.COUNTS_UP.of(), False
    if many and _looks_like_codes(figures):
        return Role.CODE, Reason.ORDERED_CODES.of(), not (names_a_code(last) or may_name_a_code(last))
    if many and set(np.unique(figures)) == {0.0, 1.0}:
        return Role.COUNT, Reason.ZEROS_AND_ONES.of(), False
    if _CLASSES.search(last) and float(np.abs(figures).max()) < LARGEST_CLASS:
        return Role.CODE, Reason.HEADER_NAMES.of(last[:60], "a class of something"), False
    return Role.AMOUNT, Reason.SHAPE_OF_AMOUNTS.of(), not name


_CLASSES = words.hints("columns.classes")
_PERCENT_SIGN = re.compile(r"\W*(?:%|per ?cent(?:age)?|% (?:of total|change|share))\W*", re.IGNORECASE)

_SURELY_MONEY = words.hints("columns.surely_money")
_SURELY_CODE = words.hints("columns.surely_code")


def _surely_money(name: str) -> bool:
    return bool(_SURELY_MONEY.search(name)) and not _SURELY_CODE.search(name)


def _per_something(name: str) -> bool:
    return bool(words.any_of(r"\bper\b", r"%", r"\bperc", r"\baverage\b").search(name))


def _like_periods(figures: Numbers) -> bool:
    """Whether figures number weeks or months: 1 to 53, or 202304."""
    return bool(
        np.all((figures >= 0) & (figures <= LAST_WEEK))
        or np.all((figures >= FIRST_PERIOD) & (figures <= LAST_PERIOD))
    )


def _all_years(figures: Numbers) -> bool:
    return bool(np.all((figures >= FIRST_YEAR) & (figures <= LAST_YEAR)))


def _like_years(name: str, figures: Numbers) -> bool:
    """Whether figures between 1980 and 2100 are years though no header calls them so.

    A year is said on many rows; school 2000, school 2003, school 2007 are identifiers.
    """
    if len(figures) < 2 or words.MONEY.search(name):
        return False
    many = len(figures) >= FEWEST_YEARS and len(np.unique(figures)) > NEARLY_ALL_DIFFERENT * len(figures)
    return not (many or words.CODE.search(name))


def _fractions(figures: Numbers) -> bool:
    """Whether figures lie between -1 and 1 with more places than pence have."""
    return bool(np.all(np.abs(figures) <= 1.0)) and bool(np.any(~to_the_penny(figures)))


def _looks_like_codes(figures: Numbers) -> bool:
    if figures.min() < SHORTEST_CODE:
        return False
    lengths = np.floor(np.log10(figures))
    rising = np.diff(figures)
    return bool(
        lengths.min() == lengths.max() and len(np.unique(figures)) == len(figures) and (rising > 0).all()
    )


FEWEST_PARTS: Final = count("columns", "fewest_parts")


def runs_of_columns(columns: Sequence[Column]) -> list[Run]:
    """The runs among some columns, by their headers; places count those columns."""
    found = runs([column.said for column in columns])
    return [run for run in found if run.whole or len(run.places) >= FEWEST_PARTS]


def in_one_run(columns: Sequence[Column]) -> set[frozenset[int]]:
    """The pairs of columns, by their places, that are different parts of one year: never the same money twice."""
    return {
        frozenset((place, other))
        for run in runs_of_columns(columns)
        for place in run.places
        for other in run.places
        if place != other
    }
