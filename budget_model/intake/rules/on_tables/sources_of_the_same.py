"""Several tables of one sheet that together come to a table of another sheet: the same money."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

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
    unsettled = (k for k in tables.measures if k not in {*chosen.aside, *chosen.told})
    totals = {k: _column_totals(tables.measures[k]) for k in unsettled}
    by_sheet: defaultdict[int, list[int]] = defaultdict(list)
    for k, own in totals.items():
        if own:
            by_sheet[drafts[k].number].append(k)
    for number, group in by_sheet.items():
        if len(group) < 2 or len({len(totals[k]) for k in group}) > 1:
            continue
        together = [sum(column, Decimal(0)) for column in zip(*(totals[k] for k in group), strict=True)]
        if max(map(digits, together)) < TELLING:
            continue
        for other, own in totals.items():
            if drafts[other].number == number or own != together or other in chosen.aside:
                continue
            fewer = sum(len(drafts[k].lines) for k in group) <= len(drafts[other].lines)
            gone, kept = (group, other) if fewer else ([other], group[0])
            reason = Reason.WITH_TABLES_BESIDE if fewer else Reason.TABLES_IN_MORE_DETAIL
            yield from [leave(k, reason.of(listed([drafts[kept].sheet]))) for k in gone]
            what = f"{named(drafts[other])} beside the tables of {named(drafts[group[0]])} together"
            yield CheckOf(kept, Check(what, own[0], together[0]))
            break


def _column_totals(measures: Sequence[Measure]) -> list[Decimal]:
    return [m.total for m in measures if m.role == Role.AMOUNT and m.split is None and m.total is not None]
