"""Real public-finance files with known totals, where they are at hand: every figure found, nothing doubled."""

import csv
from collections import defaultdict
from decimal import Decimal, InvalidOperation
from pathlib import Path

import pytest

from budget_model.intake.files.formats import open_workbook
from budget_model.intake.files.grid import Workbook
from budget_model.intake.reading import Reading, understand

EXAMPLES = Path(__file__).parents[3] / "shared" / "examples"
FACTORS = {"thousand": 1000, "million": 1_000_000}

pytestmark = [pytest.mark.shared, pytest.mark.slow]


def controls() -> dict[str, list[dict[str, str]]]:
    """The known totals, by file."""
    if not EXAMPLES.exists():
        return {}
    found: defaultdict[str, list[dict[str, str]]] = defaultdict(list)
    with (EXAMPLES / "controls.csv").open(encoding="utf-8") as rows:
        for row in csv.DictReader(rows):
            found[f"{row['dir']}/{row['file']}"].append(row)
    return found


def figures_of(control: dict[str, str]) -> list[Decimal]:
    figures = []
    for text in control["control_total"].replace("/", " ").replace(";", " ").split():
        try:
            figures.append(Decimal(text))
        except InvalidOperation:
            continue
    return figures


def no_budget(rows: list[dict[str, str]]) -> bool:
    return all("NEGATIVE CONTROL" in row["trap"] for row in rows)


def known_figures(reading: Reading) -> list[Decimal]:
    """Every total that the reading gives: of columns, of sides, printed and computed, over sheets."""
    found: list[Decimal] = []
    by_name: defaultdict[str, Decimal] = defaultdict(Decimal)
    for number, table in enumerate(reading.tables):
        for measure in table.measures:
            found += [x for x in (measure.total, measure.expenditure, measure.income) if x is not None]
            if number in reading.chosen and measure.role == "line amount":
                by_name[measure.name.strip().casefold()] += measure.total or Decimal(0)
        found += [figure for check in table.checks for figure in (check.printed, check.computed)]
    return [*found, *by_name.values()]


def assert_whole(book: Workbook) -> None:
    """Something was read, and no number was lost."""
    assert any(sheet.rows for sheet in book.sheets)
    assert not [str(problem) for problem in book.problems if problem.code == "numbers-lost"]


def at_hand() -> list[str]:
    """The real files at hand, whether or not a total of them is known."""
    kinds = (".xlsx", ".xls", ".ods", ".csv")
    found = (path.relative_to(EXAMPLES) for path in EXAMPLES.rglob("*") if path.suffix.lower() in kinds)
    return [str(path) for path in found if path.name != "controls.csv"]


FILES = {**{file: [] for file in at_hand()}, **controls()} or {"": []}


@pytest.mark.parametrize("file", sorted(FILES))
def test_a_real_file_opens_loses_no_number_and_gives_its_known_totals(file: str) -> None:
    if not file:
        pytest.skip(
            "The real files are not at hand: they are kept beside the repository, in ../shared/examples."
        )
    path = EXAMPLES / file
    book = open_workbook(path.read_bytes(), path.name)
    assert_whole(book)
    if not FILES[file]:
        return
    reading = understand(book)
    rows = FILES[file]
    if no_budget(rows):
        assert reading.refused
        return
    assert reading.refused is None
    assert reading.chosen
    have = known_figures(reading)
    for row in rows:
        if row["rows"] == "1" or "NEGATIVE" in row["trap"]:
            continue
        factor = next((value for word, value in FACTORS.items() if word in row["unit"]), 1)
        for figure in figures_of(row):
            wanted = {figure * factor, figure if "not stated" in row["unit"] else figure * factor}
            slack = Decimal("0.51") * factor
            assert any(abs(x - w) <= slack for x in have for w in wanted), f"{row['measure']}: {figure}"
