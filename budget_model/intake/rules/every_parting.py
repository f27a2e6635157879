"""Every rule about rows that are parted by year or phase, in the order in which they are heard.

The first that finds something holds; a column of years and one of phases hold together, so that every phase of
every year is an alternative of its own. To add one, write a function in a file of its own in `on_parts` and name it
here.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from budget_model.intake.files.cells import Cells
from budget_model.intake.rules.on_parts.phase_column import phase_column
from budget_model.intake.rules.on_parts.repeated_labels import repeated_labels
from budget_model.intake.rules.on_parts.versions import versions
from budget_model.intake.rules.on_parts.year_column import year_column
from budget_model.intake.rules.splits import PartingRule, Sheet, Splits
from budget_model.intake.sheet.columns import Column
from budget_model.intake.sheet.reason import Reason
from budget_model.intake.sheet.regions import Region

YEARS = PartingRule("year column", year_column, (Reason.COLUMN_SAYS_YEAR,))
PHASES = PartingRule("phase column", phase_column, (Reason.COLUMN_SAYS_PHASE,))
PARTING_RULES: tuple[PartingRule, ...] = (
    YEARS,
    PHASES,
    PartingRule("repeated labels", repeated_labels, (Reason.LABELS_COME_AGAIN,)),
    PartingRule("versions", versions, (Reason.COLUMN_SAYS_VERSION,)),
)


def find_splits(cells: Cells, region: Region, columns: Sequence[Column]) -> Splits | None:
    """The parts of a table's rows that are alternatives to each other, if there are any."""
    sheet = Sheet(cells, region, columns)
    by_year, by_phase = _heard(YEARS, sheet), _heard(PHASES, sheet)
    if by_year and by_phase:
        return _of_both(by_year, by_phase)
    return (
        by_year or by_phase or next(filter(None, (_heard(rule, sheet) for rule in PARTING_RULES[2:])), None)
    )


def _heard(rule: PartingRule, sheet: Sheet) -> Splits | None:
    splits = next(rule.find(sheet), None)
    return splits and replace(splits, rule=rule.name)


def _of_both(by_year: Splits, by_phase: Splits) -> Splits:
    """Years and phases: every phase of every year is an alternative of its own."""
    many = len(by_phase.names)
    known = (by_year.of_row >= 0) & (by_phase.of_row >= 0)
    return replace(
        by_phase,
        of_row=np.where(known, by_year.of_row * many + by_phase.of_row, -1).astype(np.int32),
        names=tuple(f"{year} {phase}" for year in by_year.names for phase in by_phase.names),
        years=tuple(year for year in by_year.years for _ in by_phase.names),
    )
