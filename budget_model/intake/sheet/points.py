"""Whether '1.234' is a thousand or a fraction: typed as the sheet's other figures tell, and asked where none does."""

import re
from typing import Final

from budget_model.intake.files.amounts import Style
from budget_model.intake.files.cells import CellKind, Cells, typed
from budget_model.intake.files.grid import Sheet
from budget_model.intake.files.reading_limits import count
from budget_model.intake.sheet.answers import Answers, slug

SHORTEST_TAIL: Final = count("points", "shortest_tail")

THOUSANDS, FRACTIONS = "thousands", "fractions"
_STYLES = {THOUSANDS: Style.CONTINENTAL, FRACTIONS: Style.ENGLISH}
_NAMES = {style: name for name, style in _STYLES.items()}


def typed_as_answered(sheet: Sheet, answers: Answers) -> Cells:
    """Type a sheet's cells; ask what a point in its figures means where that is not sure."""
    key = f"points:{slug(sheet.name) or 'file'}"
    answer = answers.answered(key)
    cells = typed(sheet, _STYLES.get(answer) if answer else None)
    if cells.style_sure or cells.leaning is Style.ENGLISH or not _any_figure_with_a_point(cells):
        return cells
    answers.ask(
        key,
        f"What does the point in figures such as '{_example(cells)}' mean"
        + (f" on sheet '{sheet.name}'?" if sheet.name else "?"),
        _NAMES[cells.style],
        "it may part thousands or be a decimal point, and no other figure of the sheet decides it",
        (THOUSANDS, FRACTIONS),
    )
    return cells


def _any_figure_with_a_point(cells: Cells) -> bool:
    """Whether any text that was read as a figure has three digits behind a point: words that hold some decide nothing."""
    return any(
        isinstance(cell, str) and cells.kinds[i, j] == CellKind.NUMBER and _POINT.search(cell)
        for i, row in enumerate(cells.sheet.rows)
        for j, cell in enumerate(row)
    )


_POINT: Final = re.compile(r"\d\.\d{3}(?!\d)")


def _example(cells: Cells) -> str:
    """The first text with a point and three digits behind it."""
    texts = (cell for row in cells.sheet.rows for cell in row if isinstance(cell, str))
    return next((text.strip()[:20] for text in texts if _three_places(text)), "1.234")


def _three_places(text: str) -> bool:
    whole, point, places = text.strip().rpartition(".")
    return (
        bool(point)
        and whole[-1:].isdigit()
        and len(places) >= SHORTEST_TAIL
        and places[:3].isdigit()
        and not places[3:4].isdigit()
    )
