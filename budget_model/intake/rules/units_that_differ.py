"""A title that says millions over a header that says thousands: which is right is asked, the header first."""

from collections.abc import Sequence

from budget_model.intake.files.cells import Cells
from budget_model.intake.rules.draft import TableDraft
from budget_model.intake.sheet.answers import Answers
from budget_model.intake.sheet.unit import UnitSource
from budget_model.intake.sheet.units import Unit, unit_in


def ask_of_units_that_differ(draft: TableDraft, answers: Answers) -> None:
    """Ask for the unit of a table whose titles and header state different multiples of a currency."""
    key = f"unit:{draft.fingerprint}"
    if draft.unit is None or draft.unit.source is not UnitSource.HEADER or key in answers.asked:
        return
    if answers.answered(key) is not None:
        return
    header, titles = (_stated(draft.cells, rows) for rows in (draft.region.headers, draft.region.titles))
    if not header or not titles or {unit.factor for unit in header} & {title.factor for title in titles}:
        return
    best = draft.unit.unit
    other = Unit(titles[-1].currency or best.currency, titles[-1].factor)
    answers.ask(
        key,
        f"The header of {draft.where()} says {best} and its title {other}. In which unit are the amounts?",
        str(best),
        "the header stands nearer to the amounts",
        (str(best), str(other), str(Unit(best.currency, 1))),
    )


def _stated(cells: Cells, rows: Sequence[int]) -> list[Unit]:
    """The multiples that some rows state: thousands, millions."""
    texts = (text for row in rows for j in range(cells.width) if (text := cells.text(row, j)))
    return [unit for text in texts if (unit := unit_in(text)) and unit.factor != 1]
