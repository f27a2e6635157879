"""The workbooks that ship are what the published figures give today."""

import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tools import write_areas, write_external_funding, write_memoranda, write_workbooks, write_years

PROJECT = Path(__file__).parents[2]
SHARED = PROJECT.parent / "shared"
FOLDER = PROJECT / "data" / "derby"


@pytest.mark.slow
@pytest.mark.shared
def test_what_ships_is_what_the_published_figures_give(tmp_path: Path) -> None:
    if not SHARED.is_dir():
        pytest.skip("The published files that the worked example is written from are not on this machine.")
    for table in FOLDER.glob("*.csv"):
        shutil.copy(table, tmp_path)
    write_workbooks.write_all(SHARED, tmp_path)
    write_years.write_all(SHARED, tmp_path)
    write_areas.write_all(SHARED, tmp_path)
    write_external_funding.write_all(SHARED, tmp_path)
    write_memoranda.write_all(SHARED, tmp_path)
    written = sorted(path.name for path in (tmp_path / "workbooks").iterdir())
    assert written == sorted(path.name for path in (FOLDER / "workbooks").iterdir())
    for name in written:
        for data_only in (True, False):
            assert cells(tmp_path / "workbooks" / name, data_only) == cells(
                FOLDER / "workbooks" / name, data_only
            )
    for table in FOLDER.glob("*.csv"):
        assert (tmp_path / table.name).read_text(encoding="utf-8") == table.read_text(encoding="utf-8")


def cells(path: Path, data_only: bool) -> dict[str, list[tuple[object, ...]]]:
    """All that a workbook says: its values, or its formulas."""
    book = load_workbook(path, data_only=data_only, read_only=True)
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}
