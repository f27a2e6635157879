"""What the settings page asks of the store: the lists as they stand, with what was begun made to them."""

from budget_model.place.editing import Edit, Moved, applied
from budget_model.place.lists import LISTS, Rows
from budget_model.store import settings
from pages.shared import kept

rows = kept.kept(settings.rows, today=True)
changes = kept.kept(settings.changes, today=True)
faults = kept.kept(settings.faults, today=True)
preview = kept.kept(settings.preview, today=True)


def begun_here() -> tuple[Edit, ...]:
    """What whoever looks at the page has begun and not kept."""
    return settings.begun(kept.store())


def standing() -> Rows:
    """Every list with what was begun made to it; as it is kept where that cannot be made to it any more."""
    try:
        return applied(rows(), begun_here())
    except Moved:
        return rows()


def named(part: str) -> dict[str, str]:
    """What each row of a list is called, by what other lists name it by: its first column."""
    one = LISTS[part]
    return {row[0]: one.called(row) for row in standing()[part]}
