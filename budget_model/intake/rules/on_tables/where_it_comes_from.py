"""Where the money comes from, beside where it goes and as much: the same money, of which one is loaded."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import partial
from typing import Final

from budget_model.intake.files.reading_limits import count
from budget_model.intake.rules.draft import TableDraft, all_income
from budget_model.intake.rules.tables import (
    MOST_NAMED,
    AllTables,
    CheckOf,
    Found,
    TablesChosen,
    leave,
    named,
)
from budget_model.intake.sheet.reason import Reason
from budget_model.intake.sheet.roles import Role
from budget_model.intake.sheet.table import Check, Measure

LAST_TITLES: Final = count("where_it_comes_from", "last_titles")

_COMES = re.compile(
    r"\b(?:comes?|came|coming) from\b|\bpaid for by\b|\bfunded (?:by|from)\b|\bfinanced (?:by|from)\b", re.I
)
_GOES = re.compile(
    r"\b(?:goes|going|went)\b|\b(?:is|was|be|we) spen[dt]\b|\bspent on\b|\bwe spend\b|\bused for\b|\buses? of\b",
    re.I,
)


def where_it_comes_from(tables: AllTables, chosen: TablesChosen) -> Iterator[Found]:
    """Of a table of where the money comes from and one of where it goes, as large, the second is loaded."""
    drafts, measures = tables.drafts, tables.measures
    left = [k for k in range(len(drafts)) if k not in chosen.aside and drafts[k].visible]
    if not 2 <= len(left) <= MOST_NAMED:
        return
    income = {k for k in left if all_income(drafts[k])}
    going = [k for k in left if _only(_GOES, _COMES, _headed(drafts[k]))]
    coming = [k for k in left if k in income or _only(_COMES, _GOES, _headed(drafts[k]))]
    for comes in [k for k in coming if k not in chosen.told]:
        beside = [k for k in left if k in going or (comes in income and k not in income)]
        amounts = _amounts_with_totals(drafts[comes], measures[comes])
        for goes in beside:
            theirs = _amounts_with_totals(drafts[goes], measures[goes])
            if goes not in chosen.aside and _as_large(amounts, theirs):
                yield leave(comes, Reason.WHERE_IT_COMES_FROM.of(named(drafts[goes])))
                yield from map(partial(CheckOf, goes), map(_beside, amounts, theirs))
                break


def _as_large(mine: Sequence[Measure], theirs: Sequence[Measure]) -> bool:
    return bool(mine) and [measure.total for measure in mine] == [measure.total for measure in theirs]


def _only(wanted: re.Pattern[str], unwanted: re.Pattern[str], text: str) -> bool:
    return bool(wanted.search(text)) and not unwanted.search(text)


def _beside(mine: Measure, theirs: Measure) -> Check:
    nothing = Decimal(0)
    return Check(
        f"{mine.name} beside {theirs.name}", abs(mine.total or nothing), abs(theirs.total or nothing)
    )


def _headed(draft: TableDraft) -> str:
    own = range(draft.region.left, draft.region.right + 1)
    titles = [draft.cells.text(row, j) for row in draft.region.titles[-LAST_TITLES:] for j in own]
    return " ".join([draft.sheet, *titles, *(column.name for column in draft.columns)])


def _amounts_with_totals(draft: TableDraft, measures: Sequence[Measure]) -> list[Measure]:
    """The amounts of a table whose lines all are covered by a printed total that agrees."""
    covered = {i for total in draft.rows.totals.values() if not total.off for i in total.plus}
    if not covered.issuperset(draft.lines.tolist()):
        return []
    return [m for m in measures if m.role == Role.AMOUNT and m.total]
