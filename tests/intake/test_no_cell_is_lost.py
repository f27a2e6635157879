"""The law of the reader: every figure is a line, a total, another column, left out with a reason, or named."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import combinations
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from budget_model.intake.files.cells import typed
from budget_model.intake.files.grid import Sheet
from budget_model.intake.reading import Reading, lines
from budget_model.intake.sheet.table import CellsAs
from tests.intake.sheets import read

LABELS = [
    "Adult care",
    "Children",
    "Highways",
    "Waste",
    "Libraries",
    "Planning",
    "Parks",
    "Leisure",
    "Parking",
]
pence = st.integers(3, 99_999_999).map(lambda whole: Decimal(whole) / 100)
written = st.sampled_from(
    [
        "{:,.2f}",
        "£{:,.2f}",
        "{:,.2f}*",
        "{:,.2f} (a)",
        "{:,.2f}¹",
        "c. {:,.2f}",
        "'{:.2f}",
        "+{:.2f}",
        "({:,.2f})",
        "{:,.2f} r",
    ]
)
in_place = st.sampled_from(
    [
        "#####",
        "see note 4",
        "included above",
        "nfp",
        "up to 50,000",
        "10,000-20,000",
        "to follow",
        "n/a",
        "awaiting the grant letter",
    ]
)


@st.composite
def cells_of_money(draw: st.DrawFn) -> tuple[object, Decimal | None]:
    """What stands in a cell where an amount is due, and what it means; None where it gives none."""
    if draw(st.integers(0, 5)) == 0:
        return draw(in_place), None
    amount = draw(pence)
    if draw(st.booleans()):
        return float(amount), amount
    form = draw(written)
    return form.format(amount), -amount if form.startswith("(") else amount


def said(reading: Reading) -> str:
    return " ".join(
        str(problem)
        for problem in [*reading.problems, *(p for table in reading.tables for p in table.problems)]
    )


def any_is_the_sum_of_others(amounts: Sequence[Decimal]) -> bool:
    """Whether an amount is exactly what two or more rows beside each other come to: it is a total as well as a line."""
    runs = ((start, end) for start, end in combinations(range(len(amounts) + 1), 2) if end - start > 1)
    return any(
        sum(amounts[start:end]) == amount
        for start, end in runs
        for amount in (*amounts[:start], *amounts[end:])
    )


@settings(max_examples=60)
@given(st.lists(cells_of_money(), min_size=4, max_size=9), st.booleans())
def test_each_amount_is_loaded_and_each_cell_without_one_is_named(
    money: list[tuple[object, Decimal | None]], total: bool
) -> None:
    known = [meant for _, meant in money if meant is not None]
    if len(known) < 3:
        return
    assume(not any_is_the_sum_of_others(known))
    rows: list[list[Any]] = [
        ["Service", "Budget £"],
        *([name, shown] for name, (shown, _) in zip(LABELS, money, strict=False)),
    ]
    if total:
        rows.append(["Total", float(sum(known))])
    reading = read(rows)
    loaded = sum((line.amount for line in lines(reading)), Decimal(0))
    told = {problem.code for table in reading.tables for problem in table.problems}
    doubted = (
        any(question.key.startswith("row:") for question in reading.questions) or "total-disagrees" in told
    )
    assert loaded == sum(known) or doubted, (loaded, known)
    for row, (_, meant) in enumerate(money, start=2):
        assert meant is not None or f"B{row}" in said(reading)


figures = st.one_of(
    st.none(),
    st.sampled_from(["Roads", "Total", "2024-25", "£", "Notes", "of which"]),
    st.integers(-5_000_000, 5_000_000).map(float),
    pence.map(float),
)


@settings(max_examples=120)
@given(st.lists(st.lists(figures, min_size=1, max_size=6), min_size=1, max_size=14))
def test_every_figure_of_any_grid_is_counted_once_and_the_parts_make_the_whole(grid: list[list[Any]]) -> None:
    sheet = Sheet("Any", [list(row) for row in grid])
    numbers = typed(Sheet("Any", [list(row) for row in grid]))
    reading = read(sheet)
    there = numbers.is_number()
    assert sum(cell.cells for cell in reading.cells) == int(there.sum())
    assert abs(sum(cell.total for cell in reading.cells) - float(numbers.numbers[there].sum())) < 0.01
    stray = [cell for cell in reading.cells if cell.what is CellsAs.STRAY]
    years = (numbers.numbers >= 1980) & (numbers.numbers <= 2100)
    if stray and reading.tables and not (there & years).any():
        assert "stand" in said(reading)


def test_figures_of_lines_are_what_is_loaded() -> None:
    reading = read(
        [
            ["Service", "Budget £"],
            *([name, 100.5 + k * k] for k, name in enumerate(LABELS)),
            ["Total", sum(100.5 + k * k for k in range(9))],
        ]
    )
    counted = {cell.what: (cell.cells, cell.total) for cell in reading.cells}
    assert counted == {CellsAs.LINE: (9, 1108.5), CellsAs.TOTAL: (1, 1108.5)}
