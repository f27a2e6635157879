"""What a room can read of a table: as many rows and columns as fit in large type, and nothing of the sums lost."""

from decimal import Decimal
from typing import Any

from budget_model.exhibits.figures import HeatMap, Mark
from budget_model.exhibits.tables import Kind
from pages.away_day.screens import reduced

BODIES = tuple(Mark(f"body-{number}", f"Body {number}") for number in range(19))
ROWS = (*BODIES, Mark("others", "11 others", number=11))
COLUMNS = tuple(Mark(f"board-{number}", f"Board {number}") for number in range(9))


def heat(**more: Any) -> HeatMap:
    values = tuple(tuple(Decimal(row * 1_000_000 + column) for column in range(9)) for row in range(20))
    return HeatMap("Organisation", "Theme", ROWS, COLUMNS, values, **more)


def test_what_has_no_room_is_gathered_and_every_sum_stays_what_it_was() -> None:
    whole, shown = heat(), reduced(heat(), 940.0, 480.0)
    assert len(shown.rows) < len(whole.rows)
    assert len(shown.columns) < len(whole.columns)
    assert sum(shown.row_total(row) for row in range(len(shown.rows))) == sum(
        whole.row_total(row) for row in range(len(whole.rows))
    )
    gathered = len(whole.rows) - len(shown.rows) + 11
    assert shown.rows[-1].name == f"{gathered} others", (
        "Those that were gathered before are counted one by one."
    )


def test_shares_are_not_gathered_since_they_do_not_add_up() -> None:
    shown = reduced(heat(kind=Kind.SHARE, summed=False), 940.0, 480.0)
    assert shown.rows == ROWS[: len(shown.rows)]
    assert shown.columns == COLUMNS[: len(shown.columns)]


def test_a_table_that_fits_is_shown_as_it_is() -> None:
    small = HeatMap("Organisation", "Theme", ROWS[:3], COLUMNS[:2], heat().values[:3])
    small = HeatMap("Organisation", "Theme", ROWS[:3], COLUMNS[:2], tuple(row[:2] for row in small.values))
    assert reduced(small, 940.0, 480.0) == small
