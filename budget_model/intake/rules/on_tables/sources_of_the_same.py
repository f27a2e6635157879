"""Several tables of one sheet that together come to a table of another sheet: the same money."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from budget_model.intake.rules.draft import TableDraft
from budget_model.intake.rules.figures import (
    TELLING,
    digits,
)
from budget_model.intake.rules.tables import (
    AllTables,
    CheckOf,
    Found,
    TablesChosen,
    leave,
    listed,
    named,
)
from budget_model.intake.sheet.reason import Reason
from budget_model.intake.sheet.roles import Role
from budget_model.intake.sheet.table import Check, Measure


def sources_of_the_same(tables: AllTables, chosen: TablesChosen) -> Iterator[Found]:
    """Several tables of one sheet that together come, column by column, to a table of another sheet.

    A form lists the contributions to a pool in a table each, and what the pool pays for on the next sheet: the
    same money, of which the side with more lines is loaded.
    """
    drafts = tables.drafts
    unsettled = [k for k in tables.measures if k not in {*chosen.aside, *chosen.told}]
    totals = {k: _column_totals(tables.measures[k]) for k in unsettled}
    by_sheet: defaultdict[int, list[int]] = defaultdict(list)
    for k in filter(totals.__getitem__, totals):
        by_sheet[drafts[k].number].append(k)
    for number, group in by_sheet.items():
        together = _together([totals[k] for k in group])
        same = [k for k, own in totals.items() if own == together and drafts[k].number != number]
        other = next((k for k in same if k not in chosen.aside), None)
        if together and other is not None:
            yield from _one_of_both(drafts, group, other, together[0])


def _together(totals: Sequence[list[Decimal]]) -> list[Decimal]:
    """What the columns of several tables come to; none where they differ in number, or tell too little."""
    if len(totals) < 2 or len({len(own) for own in totals}) > 1:
        return []
    together = [sum(column, Decimal(0)) for column in zip(*totals, strict=True)]
    return together if max(map(digits, together)) >= TELLING else []


def _one_of_both(
    drafts: Sequence[TableDraft], group: list[int], other: int, amount: Decimal
) -> Iterator[Found]:
    """Leave the side with fewer lines: some tables of one sheet, or the one that comes to the same."""
    fewer = sum(len(drafts[k].lines) for k in group) <= len(drafts[other].lines)
    gone, kept = (group, other) if fewer else ([other], group[0])
    reason = Reason.WITH_TABLES_BESIDE if fewer else Reason.TABLES_IN_MORE_DETAIL
    yield from [leave(k, reason.of(listed([drafts[kept].sheet]))) for k in gone]
    what = f"{named(drafts[other])} beside the tables of {named(drafts[group[0]])} together"
    yield CheckOf(kept, Check(what, amount, amount))


def _column_totals(measures: Sequence[Measure]) -> list[Decimal]:
    return [m.total for m in measures if m.role == Role.AMOUNT and m.split is None and m.total is not None]
